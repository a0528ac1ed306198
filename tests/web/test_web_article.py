"""The page of an article: its words and why they are marked, its tags and their correction, what is decided on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from article_making import TEXT, TITLE, brought, crawled
from bs4 import BeautifulSoup
from desk_office import LOGINS, Desk, ids

from monitor import clock
from monitor.desk import article as article_desk
from monitor.desk import moving, triage
from monitor.desk.article import article
from monitor.desk.intake import NewItem, take_in
from monitor.jobs.importing import import_archive
from monitor.model.case import TriageState
from monitor.model.source import Medium
from monitor.model.tag import Relevance
from monitor.model.watch import Corrected
from monitor.store import watch_changes
from monitor.web import behind


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Evidence is asked for, and no host of an invented press is."""
    asked: list[str] = []
    monkeypatch.setattr(behind, "take_evidence", lambda home, case, by: asked.append(case))
    yield asked


def soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def view(desk: Desk, ident: str) -> Any:
    with desk.sitting() as s:
        return article(s, ident)


# Reading.


@pytest.mark.parametrize("role", LOGINS)
def test_everybody_reads_it_and_only_editors_change_it(desk: Desk, role: str) -> None:
    ident = ids(desk)[0]
    page = desk.role(role).get(f"/bai/{ident}")
    assert page.status_code == 200
    assert [one.text for one in soup(page).find_all("h1")] == [view(desk, ident).article.title]
    forms = {one.get("id", "") for one in soup(page).find("main").find_all("form")}
    assert bool(forms) is (role in ("leader", "press"))
    sent = desk.role(role).post_form(f"/bai/{ident}/phan-loai", state="noted")
    assert sent.status_code == (200 if role in ("leader", "press") else 403)


def test_marked_words_say_why_and_every_tag_tells_its_evidence(desk: Desk) -> None:
    ident, _ = crawled(desk)
    page = soup(desk.client("bao").get(f"/bai/{ident}"))
    marks = {one.text: one["title"] for one in page.select(".text mark, h1 mark")}
    assert "đình công" in marks and all(marks.values())
    assert all(why in page.select_one(".legend").text for why in marks.values())
    assert "“đình công”" in page.select_one("#nhan-topics").text
    assert [one.text for one in page.select(".text > p")] == TEXT.split("\n")


def test_the_way_back_keeps_the_lists_filters_and_leads_nowhere_else(desk: Desk) -> None:
    client, ident = desk.client("bao"), ids(desk)[0]
    link = soup(client.get(f"/bai/{ident}", params={"tu": "/hop-tin?trang=2&tu=01/11/2026"})).select_one(".tools a")
    assert link["href"] == "/hop-tin?trang=2&tu=01/11/2026"
    for hostile in ("https://evil.example", "//evil.example", "javascript:alert(1)"):
        assert soup(client.get(f"/bai/{ident}", params={"tu": hostile})).select_one(".tools a")["href"] == "/hop-tin"


def test_earlier_versions_are_compared_word_by_word(desk: Desk) -> None:
    crawled(desk, hours=5)
    ident, _ = crawled(desk, text=TEXT.replace("tháng trước", "ba tháng"), page=b"<p>2</p>", hours=1)
    client = desk.client("co")
    assert f"/bai/{ident}/sua-doi/1" in client.get(f"/bai/{ident}").text
    page = soup(client.get(f"/bai/{ident}/sua-doi/1"))
    assert [one.text for one in page.select(".diff del")] == [" trước"]
    assert [one.text for one in page.select(".diff ins")] == ["ba "]
    for wrong in ("2", "0", "x", "9" * 20):
        assert client.get(f"/bai/{ident}/sua-doi/{wrong}").status_code == 404


def test_the_stored_page_is_shown_without_what_acts_and_kept_as_it_was(desk: Desk) -> None:
    ident, sha = crawled(desk)
    client = desk.client("bao")
    page = client.get(f"/bai/{ident}/trang/{sha}")
    stored = soup(page).select_one(".stored")
    assert sha in page.text and "không phải trang đang có trên mạng" in page.text
    assert "alert" not in str(stored) and "Chữ" in stored.text
    assert not [one for one in stored.find_all("a") if not one.text.strip()]
    raw = client.get(f"/bai/{ident}/trang/{sha}/goc")
    assert raw.headers["content-type"] == "application/octet-stream"
    assert raw.headers["content-disposition"].startswith("attachment;")
    assert b"<script>alert(1)</script>" in raw.content
    assert client.get(f"/bai/{ident}/trang/{'0' * 64}").status_code == 404
    assert client.get(f"/bai/{ident}/trang/{'0' * 64}/goc").status_code == 404


def test_an_item_without_words_says_so(desk: Desk) -> None:
    ident = brought(desk, "http://bao9.example/rong.html", "Giá vàng hôm nay", "")
    page = desk.client("bao").get(f"/bai/{ident}")
    assert "Chưa có nội dung bài" in page.text
    # Of what does not concern us nothing but that is to be put right.
    assert [one["id"] for one in soup(page).select("#nhan ~ * form")] == [f"sua-relevance-{ident}"]


def test_a_correction_published_stands_at_the_top(desk: Desk) -> None:
    ident, _ = crawled(desk)
    with desk.sitting() as s, s.db.atomic():
        said = Corrected(article=ident, date=s.now, where="trang 2, số 45", change=None, by=s.actor.id)
        watch_changes.mark_corrected(s.db, said, s.now)
    assert "tại trang 2, số 45" in desk.client("co").get(f"/bai/{ident}").text


def test_an_unknown_item_is_said_to_be_unknown(desk: Desk) -> None:
    for path in ("/bai/khongco", "/bai/khongco/sua-doi/1", "/bai/khongco/tep/b1", "/bai/khongco/trang/00/goc"):
        assert desk.client("bao").get(path).status_code == 404
    assert desk.client("bao").post_form("/bai/khongco/phan-loai", state="noted").status_code == 422


# Hostile press.


def test_hostile_words_and_addresses_stay_words(desk: Desk) -> None:
    bad = '"><script>alert(1)</script><img src=x onerror=alert(2)> công đoàn'
    ident, sha = crawled(
        desk, title=bad, lead=bad, text=f"{bad} đình công\n{{{{ 7*7 }}}}", hours=3,
        page=b'<a href="javascript:alert(1)">x</a><a href="data:text/html,x">y</a><svg onload=alert(1)>',
    )  # fmt: skip
    crawled(desk, title=bad + "2", text=bad, page=b"<p>2</p>")
    client = desk.client("bao")
    for path in (f"/bai/{ident}", f"/bai/{ident}/sua-doi/1", f"/bai/{ident}/trang/{sha}"):
        page = soup(client.get(path))
        assert len(page.find_all("script")) == 1, path
        assert not page.select("[onerror], [onload], [style], main img")
        assert not [a["href"] for a in page.select("main a[href]") if not a["href"].startswith(("/", "http", "?", "#"))]
    assert "{{ 7*7 }}" in client.get(f"/bai/{ident}/sua-doi/1").text


# Decisions.


def test_decisions_are_taken_and_taken_back_without_script(desk: Desk) -> None:
    client, ident = desk.client("bao"), ids(desk)[0]
    page = client.submit(f"/bai/{ident}?tu=/hop-tin", f"ghi-nhan-{ident}")
    assert page.url.query == b"tu=/hop-tin" or "tu=%2Fhop-tin" in str(page.url)
    assert view(desk, ident).triaged.state is TriageState.NOTED
    assert soup(page).select_one("[data-key=x]") and not soup(page).select_one("[data-key=e]")
    client.submit(f"/bai/{ident}", f"khong-lien-quan-{ident}")
    assert view(desk, ident).triaged.state is TriageState.IRRELEVANT
    client.submit(f"/bai/{ident}", f"hoan-tac-{ident}")
    assert view(desk, ident).triaged.state is TriageState.NOTED


def test_what_another_decided_meanwhile_is_not_overruled_unseen(desk: Desk) -> None:
    client, ident = desk.client("bao"), ids(desk)[0]
    page = soup(client.get(f"/bai/{ident}"))
    form = page.find("form", id=f"khong-lien-quan-{ident}")
    fields = {one["name"]: one["value"] for one in form.find_all("input")}
    with desk.sitting("bao2") as s:
        triage.decide(s, ident, TriageState.NOTED)
    answer = client.post(form["action"], data=fields)
    assert answer.status_code == 409 and "Bùi Thị Ký" in answer.text
    assert view(desk, ident).triaged.state is TriageState.NOTED


def test_a_case_is_opened_of_it_and_another_item_joins(desk: Desk, no_network: list[str]) -> None:
    client, (first, second) = desk.client("bao"), ids(desk)[:2]
    client.submit(
        f"/bai/{first}", f"mo-vu-viec-{first}", title="Vụ thử", reached="editor_asks", reached_at="01/11/2025"
    )
    (case,) = view(desk, first).cases
    assert case.title == "Vụ thử" and no_network == [case.id]
    page = client.submit(f"/bai/{second}", f"vao-vu-viec-{second}", case=case.id)
    assert f"/vu-viec/{case.id}" in page.text
    assert [one.id for one in view(desk, second).cases] == [case.id]
    assert not soup(page).find("form", id=f"mo-vu-viec-{second}")


def test_a_refused_form_keeps_what_was_typed_and_says_why(desk: Desk) -> None:
    client, ident = desk.client("bao"), ids(desk)[0]
    answer = client.submit(
        f"/bai/{ident}?tu=/tim", f"mo-vu-viec-{ident}", title="Tên đang gõ", reached_at="hôm kia kìa"
    )
    assert answer.status_code == 422
    form = soup(answer).find("form", id=f"mo-vu-viec-{ident}")
    assert form.select_one(".wrong") and form.find("input", {"name": "title"})["value"] == "Tên đang gõ"
    assert form.find_parent("details").has_attr("open")
    assert soup(answer).select_one(".tools a")["href"] == "/tim"


# Corrections.


def test_every_field_is_corrected_with_the_reason_and_taken_back(desk: Desk) -> None:
    client, ident = desk.client("bao"), ids(desk)[0]
    before = view(desk, ident).article.tagging
    client.submit(f"/bai/{ident}", f"sua-topics-{ident}", value=["T13", "T06"], note="Nói về quỹ")
    client.submit(f"/bai/{ident}", f"sua-places-{ident}", value=["Nghệ An", ""])
    client.submit(f"/bai/{ident}", f"sua-tone-{ident}", value="neg")
    client.submit(f"/bai/{ident}", f"sua-attention-{ident}", value="true")
    page = client.submit(f"/bai/{ident}", f"sua-relevance-{ident}", value="labour")
    now = view(desk, ident).article.tagging
    assert [one.id for one in now.topics] == ["T13", "T06"] and [one.name for one in now.places] == ["Nghệ An"]
    assert (now.relevance, now.attention) == (Relevance.LABOUR, True)
    assert "Nói về quỹ" in page.text and "người sửa: Trần Văn Báo" in page.text
    for number in range(1, 6):
        client.submit(f"/bai/{ident}", f"bo-sua-{number}")
    assert view(desk, ident).article.tagging == before


def test_a_value_there_is_none_of_is_refused_at_its_form(desk: Desk) -> None:
    client, ident = desk.client("bao"), ids(desk)[0]
    answer = client.submit(f"/bai/{ident}", f"sua-topics-{ident}", value="T99", note="vẫn còn đây")
    assert answer.status_code == 422
    assert soup(answer).find("form", id=f"sua-topics-{ident}").find("input", {"name": "note"})["value"] == "vẫn còn đây"
    assert client.post_form(f"/bai/{ident}/sua/mau-sac", value="x").status_code == 422
    assert client.post_form(f"/bai/{ident}/bo-sua", so="abc").status_code == 422
    assert not view(desk, ident).corrections


# Stories.


def test_reprints_are_split_confirmed_and_merged_by_editors(desk: Desk) -> None:
    text = TEXT + "\n" + " ".join(f"Câu thứ {n} kể về nhà máy và tiền lương của tổ {n * 7}." for n in range(30))
    first, _ = crawled(desk, text=text, hours=4)
    other = brought(desk, "http://bao9.example/dang-lai.html", TITLE, text)
    client = desk.client("bao")
    page = soup(client.get(f"/bai/{first}"))
    assert page.select_one(f"input[name=other][value={other}]")["form"] == f"cau-chuyen-{first}"
    assert not soup(desk.client("co").get(f"/bai/{first}")).select("input[name=other]")
    wrong = client.submit(f"/bai/{first}", f"cau-chuyen-{first}", action="split")
    assert wrong.status_code == 422 and "đánh dấu ít nhất một bài" in wrong.text
    client.submit(f"/bai/{first}", f"cau-chuyen-{first}", action="split", other=other)
    assert not view(desk, first).reprints
    client.submit(f"/bai/{first}", f"gop-{first}", other="http://bao9.example/dang-lai.html")
    assert [one.article for one in view(desk, first).reprints] == [other]
    done = [one.id for one in view(desk, first).story_acts if not one.undone]
    page = client.submit(f"/bai/{first}", f"huy-{done[-1]}")
    assert "đã hủy" in page.text
    assert client.submit(f"/bai/{first}", f"gop-{first}", other="khong-co-bai-nay").status_code == 422


# Hidden things.


def test_a_restricted_case_and_what_belongs_to_it_alone_never_show(desk: Desk) -> None:
    pressed = ids(desk)[0]
    with desk.sitting("lanh") as s:
        item = NewItem(medium=Medium.DAILY_PRINT, outlet="Báo Kín", at=s.now, title="Đơn tố cáo kín", hour=False)
        typed = take_in(s, item).article.id
        case = triage.open_case(s, [pressed, typed], triage.Opening(title="Vụ kín")).id
        moving.restrict(s, case, ["lanh"])
    assert case in desk.client("lanh").get(f"/bai/{pressed}").text
    for login in ("bao", "thu", "co", "may", "quan"):
        client = desk.client(login)
        assert client.get(f"/bai/{typed}").status_code == 404
        page = client.get(f"/bai/{pressed}")
        assert page.status_code == 200 and case not in page.text and "Vụ kín" not in page.text
    assert desk.client("bao").post_form(f"/bai/{typed}/phan-loai", state="noted").status_code == 422
    answer = desk.client("bao").post_form(f"/bai/{ids(desk)[1]}/vao-vu-viec", case=case)
    assert answer.status_code == 422 and "Vụ kín" not in answer.text


# In a browser.


def test_a_tag_is_corrected_in_place_and_the_undo_offered(desk: Desk, open_page: Callable[..., Any]) -> None:
    ident = ids(desk)[0]
    page = open_page("bao", f"/bai/{ident}")
    page.get_by_text("Sửa sắc thái").click()
    page.locator(f"#sua-tone-{ident} select").select_option("neg")
    page.locator(f"#sua-tone-{ident} button").click()
    page.get_by_text("Đã sửa nhãn “Sắc thái”").wait_for()
    assert "Tiêu cực" in page.locator("#nhan-tone").inner_text()
    page.keyboard.press("u")
    page.get_by_text("Đã bỏ lần sửa nhãn").wait_for()
    assert not view(desk, ident).corrections[0].holds


def test_an_article_fits_a_phone_and_is_decided_by_key(desk: Desk, open_page: Callable[..., Any]) -> None:
    ident, _ = crawled(desk)
    page = open_page("bao", f"/bai/{ident}", phone=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.keyboard.press("e")
    page.get_by_text("Đã phân loại: Đã ghi nhận").wait_for()
    assert view(desk, ident).triaged.state is TriageState.NOTED


def test_a_text_of_a_megabyte_is_shown_in_part_and_whole_when_asked(desk: Desk) -> None:
    line = {
        "url": "http://bao0.example/dai.html", "outlet": "bao0", "title": "Công đoàn tỉnh nói về một bản tin rất dài",
        "published": clock.iso_local(clock.now()), "summary": "Công đoàn", "body": "công đoàn cơ sở " * 60_000,
    }  # fmt: skip
    assert import_archive(desk.home, [json.dumps(line)]).stored == 1
    with desk.sitting() as s:
        ident = article_desk.article(s, str(line["url"])).article.id
    page = desk.client("bao").get(f"/bai/{ident}")
    assert "xem toàn văn" in page.text
    assert len(page.content) < 1_000_000
    whole = desk.client("bao").get(f"/bai/{ident}?toan-van=1")
    assert len(whole.content) > 900_000
    assert "xem toàn văn" not in whole.text
