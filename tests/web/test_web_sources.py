"""Nguồn: health with reasons, a look now, pauses, and adding an address after seeing what it would bring."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from bs4 import BeautifulSoup
from desk_office import Desk
from one_place import placed
from press_server import Answer, Press, outlet

from monitor.config import load_sources
from monitor.desk import sources as corridor
from monitor.errors import BusyError
from monitor.jobs.collect import held

OFFICE = "office:\n  name: LĐLĐ tỉnh Thử\n  short: LĐLĐ tỉnh Thử\n  superior: TLĐ\n  province: Lào Cai\n"


@pytest.fixture
def desk(_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A fresh office, always at one place."""
    return placed(_made, tmp_path_factory.getbasetemp())


def watch(desk: Desk, *outlets: str) -> None:
    """The office watches these alone, and may read loopback."""
    desk.home.sources_file.write_text("outlets:\n" + "".join(outlets) if outlets else "outlets: []\n", encoding="utf-8")
    rules = desk.home.root / "rules" / "office.yaml"
    rules.write_text(OFFICE + "crawl:\n  allow_hosts: [127.0.0.1]\n", encoding="utf-8")


def soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def words(answer: Any) -> str:
    return " ".join(soup(answer).get_text(" ").split())


@pytest.fixture
def press() -> Any:
    with Press() as made:
        made.grow(3)
        yield made


@pytest.fixture
def watched(desk: Desk, press: Press) -> Desk:
    watch(
        desk, outlet("tot", f"{{feed: {press.base}/rss/home.rss, pace: 0}}"),
        outlet("hong", f"{{feed: {press.base}/khong-co.rss, pace: 0}}"),
        outlet("nghi", f"{{feed: {press.base}/nghi.rss, paused: Đang sửa trang}}"),
    )  # fmt: skip
    return desk


def test_every_role_reads_the_table_and_only_who_keeps_sources_sees_the_buttons(watched: Desk) -> None:
    for role, keeps in (("leader", False), ("clerk", False), ("unit", False), ("press", True), ("admin", True)):
        page = watched.role(role).get("/nguon")
        assert page.status_code == 200
        assert "Đang sửa trang" in page.text
        assert ("Kiểm tra ngay" in page.text) is keeps
        answer = watched.role(role).post_form("/nguon/kiem-tra", mot="tot/1")
        assert (answer.status_code == 200) is keeps
        assert (watched.role(role).get("/nguon/them").status_code == 200) is keeps


def test_a_look_at_ticked_sources_says_what_came_and_failing_ones_stand_first(watched: Desk) -> None:
    client = watched.role("press")
    page = client.submit("/nguon", "kiem", nguon=["tot/1", "hong/1"])
    told = soup(page).select_one(".flash").get_text()
    assert "Đã xem 2 nguồn, có 3 tin mới." in told
    assert "Báo tot (tot/1): 3 tin mới." in told
    assert "mã 404" in told
    assert [row["id"] for row in soup(page).select("tr[data-row]")] == ["n-hong-1", "n-tot-1", "n-nghi-1"]
    failing, paused = client.get("/nguon?tinh-trang=loi"), client.get("/nguon?tinh-trang=tam-dung")
    assert [row["id"] for row in soup(failing).select("tr[data-row]")] == ["n-hong-1"]
    assert [row["id"] for row in soup(paused).select("tr[data-row]")] == ["n-nghi-1"]
    assert len(soup(client.get("/nguon?q=bao+tot")).select("tr[data-row]")) == 1
    assert "Không có nguồn nào khớp" in client.get("/nguon?q=khongthay").text


def test_a_look_at_nothing_and_beside_another_round_is_refused_in_words(watched: Desk) -> None:
    client = watched.role("press")
    none = client.submit("/nguon", "kiem")
    assert none.status_code == 422
    assert "Chưa chọn nguồn nào" in none.text
    with held(watched.home.data / "collect.lock", BusyError("round_under_way")):
        busy = client.submit("/nguon?q=tot", "kiem", nguon=["tot/1"])
    assert busy.status_code == 422
    assert "Một lượt thu thập khác đang chạy" in busy.text
    assert [row["id"] for row in soup(busy).select("tr[data-row]")] == ["n-tot-1"]
    assert soup(busy).select_one('input[name="nguon"]').has_attr("checked")


def test_a_source_is_paused_for_a_reason_undone_and_taken_up_again(watched: Desk) -> None:
    client = watched.role("press")
    refused = client.submit("/nguon", "dung-tot-1")
    assert refused.status_code == 422
    assert "Thiếu lý do tạm dừng" in refused.text
    paused = client.submit("/nguon", "dung-tot-1", **{"ly-do": "Báo đổi <b>máy chủ</b>"})
    assert "Đã tạm dừng nguồn tot/1." in words(paused)
    assert "Báo đổi &lt;b&gt;máy chủ" in paused.text
    assert soup(paused).select_one('.flash form[action="/nguon/chay-lai"]')
    again = client.submit("/nguon", "chay-tot-1")
    assert "Đã theo dõi lại nguồn tot/1." in words(again)
    assert load_sources(watched.home.sources_file).outlet("tot").sources[0].paused == ""


def test_many_sources_stand_on_pages_and_a_change_keeps_the_place(desk: Desk) -> None:
    lines = [f"{{feed: http://nhieu.example/{n}.rss}}" for n in range(95)]
    watch(desk, outlet("nhieu", *lines))
    client = desk.role("press")
    first, last = client.get("/nguon"), client.get("/nguon?trang=3")
    assert len(first.content) < 110_000
    assert [len(soup(page).select("tr[data-row]")) for page in (first, last)] == [40, 15]
    done = client.submit("/nguon?trang=3", "dung-nhieu-90", **{"ly-do": "Thử"})
    assert "Trang 3 / 3" in words(done)
    many = client.post_form("/nguon/kiem-tra", nguon=[f"nhieu/{n}" for n in range(1, 60)])
    assert many.status_code == 422
    assert "nhiều nhất 50 nguồn" in many.text


def test_the_table_goes_to_excel_and_to_other_programs(watched: Desk) -> None:
    client = watched.role("unit")
    rows = list(openpyxl.load_workbook(BytesIO(client.get("/nguon?xuat=xlsx").content)).active.values)
    assert rows[0][:3] == ("Mã nguồn", "Cơ quan báo chí", "Loại nguồn")
    assert {row[0] for row in rows[1:]} == {"tot/1", "hong/1", "nghi/1"}
    opml = client.get("/nguon/opml")
    assert "attachment" in opml.headers["content-disposition"]
    assert "/rss/home.rss" in opml.text


def test_an_office_that_watches_nothing_is_told_what_to_do(desk: Desk) -> None:
    watch(desk)
    assert "Chưa theo dõi nguồn nào" in desk.role("press").get("/nguon").text


def test_an_address_is_seen_first_and_then_added_without_javascript(desk: Desk, press: Press) -> None:
    watch(desk)
    client = desk.role("press")
    seen = client.submit("/nguon/them", "xem", **{"dia-chi": f"{press.base}/rss/home.rss"})
    assert seen.status_code == 200
    entries = soup(seen).select(".preview tbody tr")
    assert len(entries) == 3
    assert "Công đoàn cơ sở" in entries[0].get_text()
    assert load_sources(desk.home.sources_file).all == ()
    form = soup(seen).find("form", id="them")
    fields = {one["name"]: one.get("value", "") for one in form.find_all("input")}
    wrong = client.post("/nguon/them", data={**fields, "ma": "Mã Sai!", "ten": "Báo Thử"})
    assert wrong.status_code == 422
    assert "không dùng được" in wrong.text
    kept = soup(wrong).find("form", id="them")
    assert (kept.find("input", {"name": "ma"})["value"], kept.find("input", {"name": "ten"})["value"]) == (
        "Mã Sai!", "Báo Thử",
    )  # fmt: skip
    assert kept.find("input", {"name": "dia-chi"})["value"] == f"{press.base}/rss/home.rss"
    chosen = {"ma": "bao-thu", "ten": "Báo Thử", "loai-hinh": "portal", "cap": "sector", "tinh": "Lào Cai"}
    done = client.post("/nguon/them", data={**fields, **chosen})
    assert "Đã thêm 1 nguồn của Báo Thử" in words(done)
    made = load_sources(desk.home.sources_file).outlet("bao-thu")
    assert (made.name, made.kind, made.level, made.province) == ("Báo Thử", "portal", "sector", "Lào Cai")
    again = client.submit("/nguon/them", "xem", **{"dia-chi": f"{press.base}/rss/home.rss"})
    assert "đang được theo dõi" in again.text
    assert soup(again).find("form", id="them") is None


def test_feeds_that_a_page_names_are_offered_and_added_together(desk: Desk, press: Press) -> None:
    watch(desk)
    named = (
        f'<link rel="alternate" type="application/rss+xml" title="Tin &lt;mới&gt;" href="{press.base}/rss/home.rss">'
    )
    links = "".join(f'<h3><a href="/bai-{n}.html">Tin dài số {n} về người lao động</a></h3>' for n in range(5))
    page = f"<html><head><title>Trang thử</title>{named}</head><body>{links}</body></html>"
    press.answers["/trang-chu"] = Answer(body=page.encode(), kind="text/html; charset=utf-8")
    client = desk.role("admin")
    seen = client.submit("/nguon/them", "xem", **{"dia-chi": f"{press.base}/trang-chu"})
    assert "Nguồn tin mà trang này giới thiệu" in seen.text
    assert "Tin &lt;mới&gt;" in seen.text
    one = soup(seen).find("form", id="xem-1")
    assert one.find("input", {"name": "dia-chi"})["value"] == f"{press.base}/rss/home.rss"
    form = soup(seen).find("form", id="them")
    fields = {i["name"]: i.get("value", "") for i in form.find_all("input") if i.get("type") != "checkbox"}
    box = form.find("input", {"name": "them-nua"})["value"]
    done = client.post("/nguon/them", data={**fields, "ma": "trang", "ten": "Trang", "them-nua": box})
    assert "Đã thêm 2 nguồn" in words(done)
    assert [s.kind for s in load_sources(desk.home.sources_file).all] == ["listing", "feed"]


def test_nothing_that_is_no_address_and_nothing_inside_the_office_is_taken(desk: Desk, press: Press) -> None:
    watch(desk)
    client = desk.role("press")
    assert "Chưa nhập địa chỉ" in client.submit("/nguon/them", "xem", **{"dia-chi": ""}).text
    for address in ("javascript:alert(1)", "ftp://x.test/", "http://10.0.0.8/rss", f"{press.base}/khong-co"):
        answer = client.submit("/nguon/them", "xem", **{"dia-chi": address})
        assert "Không thu thập được từ địa chỉ này" in answer.text
        assert soup(answer).find("form", id="them") is None
    for address in ("http://10.0.0.8/rss", "http://localhost/rss", "http://[::1]/rss", "javascript:alert(1)"):
        sent = {"_form": "them", "dia-chi": address, "loai": "feed", "ma": "trong", "ten": "Trong"}
        assert client.post_form("/nguon/them", **sent).status_code == 422
    assert load_sources(desk.home.sources_file).all == ()


def test_headlines_of_an_outlet_are_text_in_the_preview(desk: Desk, press: Press) -> None:
    watch(desk)
    rss = (
        "<rss version='2.0'><channel><title>&lt;script&gt;alert(1)&lt;/script&gt;</title><item><title>"
        "&lt;img src=x onerror=alert(1)&gt; Tin</title><link>http://a.test/1</link></item><item><title>Hai</title>"
        "<link>javascript:alert(2)</link></item></channel></rss>"
    )
    press.answers["/doc.rss"] = Answer(body=rss.encode(), kind="application/xml")
    page = desk.role("press").submit("/nguon/them", "xem", **{"dia-chi": f"{press.base}/doc.rss"})
    shown = soup(page).find("main")
    assert not shown.find_all(["script", "img"])
    assert not [a for a in shown.find_all("a") if a.get("href", "").startswith("javascript")]


def test_in_a_browser_an_address_is_previewed_and_added(
    desk: Desk, press: Press, open_page: Callable[..., Any]
) -> None:
    watch(desk)
    page = open_page("bao", "/nguon/them")
    page.get_by_label("Địa chỉ nguồn tin").fill(f"{press.base}/rss/home.rss")
    page.get_by_role("button", name="Xem thử").click()
    page.get_by_role("heading", name="Đọc được ở địa chỉ này").wait_for()
    assert page.locator(".preview tbody tr").count() == 3
    page.get_by_label("Mã cơ quan báo chí").fill("bao-thu")
    page.get_by_label("Tên cơ quan báo chí").fill("Báo Thử")
    page.get_by_role("button", name="Thêm nguồn").click()
    page.get_by_text("Đã thêm 1 nguồn của Báo Thử").wait_for()
    page.get_by_role("button", name="Kiểm tra ngay nguồn bao-thu/1").click()
    page.get_by_text("có 3 tin mới").wait_for()
    with desk.sitting() as s:
        assert [row.newest is not None for row in corridor.sources(s)] == [True]
