"""Báo cáo: the report on a period as pages; every figure opens to so many rows, and what is issued is frozen."""

from __future__ import annotations

import re
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import paper_making
import pytest
from bs4 import BeautifulSoup
from desk_office import Client, Desk
from one_place import placed

from monitor import clock
from monitor.desk import moving, papers, report_issuing, triage
from monitor.desk.reporting import Report
from monitor.model.casework import ClaimVerdict, Closing
from monitor.store.db import opened


@pytest.fixture
def desk(_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A fresh office, always at one place."""
    return placed(_made, tmp_path_factory.getbasetemp())


def today() -> date:
    return clock.local(clock.now()).date()


def period(*, over: bool = False) -> str:
    """A free range that holds the office's items; one that is over ends yesterday."""
    last = today() - timedelta(days=1) if over else today()
    return f"{today() - timedelta(days=20)}..{last}"


def page(over: bool = False) -> str:
    return f"/bao-cao/ky/{period(over=over)}"


def soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def figures(found: BeautifulSoup) -> dict[str, int]:
    """Every figure that is a link, by the list behind it."""
    links = found.select("main table.report a[href*='danh-sach?muc=']")
    return {one["href"]: int(re.sub(r"\D", "", one.text)) for one in links}


def rows(client: Client, address: str) -> int:
    """How many rows all pages of the list behind a figure hold."""
    found = soup(client.get(address))
    many = len(found.select("[data-row]"))
    while further := found.select_one("nav.pages a[rel=next]"):
        found = soup(client.get(further["href"]))
        many += len(found.select("[data-row]"))
    return many


def test_the_office_reads_reports_and_nobody_else(desk: Desk) -> None:
    for role, status in (("leader", 200), ("press", 200), ("clerk", 200), ("unit", 403), ("admin", 403)):
        for path in (page(), f"{page()}/danh-sach?muc=items.total") if status == 200 else (page(), f"{page()}/tai"):
            assert desk.role(role).get(path).status_code == status, (role, path)
    assert desk.role("clerk").get("/bao-cao").status_code == 200
    assert desk.role("admin").get("/bao-cao").status_code == 403


def test_who_works_for_a_unit_gets_on_to_the_reports_of_units(desk: Desk) -> None:
    answer = desk.role("unit").get("/bao-cao", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/bao-cao/don-vi")


def test_every_figure_of_a_report_opens_to_a_list_of_so_many_rows(desk: Desk) -> None:
    paper_making.sent(desk)
    client = desk.role("press")
    found = figures(soup(client.get(page())))
    with desk.sitting("bao") as s:
        data = Report(s, period()).data()
    counted = {one.key for one in data.figures if one.count}
    linked = {unquote(address.partition("muc=")[2]) for address in found}
    assert {key for key in counted if key not in linked} == set()
    some = [one for one in found if found[one]]
    none = [one for one in found if not found[one]][::12]
    assert len(some) > 15
    assert {one: rows(client, one) for one in (*some, *none)} == {one: found[one] for one in (*some, *none)}


def test_the_periods_before_and_the_usual_ones_are_a_link_away(desk: Desk) -> None:
    client = desk.role("leader")
    shelf = soup(client.get("/bao-cao"))
    links = shelf.select("table.periods a")
    assert len(links) == 8
    for link in (links[1], links[5]):
        assert client.get(link["href"]).status_code == 200
    beside = [one["href"] for one in soup(client.get("/bao-cao/ky/2026H1")).select("p.meta a[href^='/bao-cao/ky/']")]
    assert beside[:2] == ["/bao-cao/ky/2025H2", "/bao-cao/ky/2025H1"]


def test_a_free_range_leads_to_its_report_and_an_impossible_one_says_why(desk: Desk) -> None:
    client = desk.role("press")
    answer = client.get("/bao-cao?tu=01/10/2026&den=15/10/2026", follow_redirects=False)
    assert answer.headers["location"] == "/bao-cao/ky/2026-10-01..2026-10-15"
    for query, said in (("tu=15/10/2026&den=01/10/2026", "bị ngược"), ("tu=mai", "mai"), ("tu=01/10/2026", "đến ngày")):
        refused = client.get(f"/bao-cao?{query}")
        assert refused.status_code == 422
        assert said in soup(refused).select_one(".wrong").text
    assert client.get("/bao-cao/ky/sai").status_code == 404


def test_pictures_are_of_the_numbers_of_the_page(desk: Desk) -> None:
    client = desk.role("press")
    found = [one["src"] for one in soup(client.get(page())).select("figure img")]
    assert len(found) >= 4
    answer = client.get(found[0])
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    assert client.get(f"{page()}/bieu-do/month.png?so=cu").content == answer.content
    assert client.get(f"{page()}/bieu-do/khac.png").status_code == 404
    assert desk.role("unit").get(found[0]).status_code == 403


def test_what_an_officer_writes_stays_until_he_takes_it_back(desk: Desk) -> None:
    client = desk.role("press")
    drafted = soup(client.get(page())).select_one("#phan-II .lines").text
    client.submit(f"{page()}?sua=II", "loi-van", text="Trong kỳ, báo chí <b>bình yên</b>.\nKhông có gì khác.")
    found = soup(client.get(page())).select_one("#phan-II")
    assert found.select_one(".lines").text == "Trong kỳ, báo chí <b>bình yên</b>.\nKhông có gì khác."
    assert "Trần Văn Báo" in found.text
    assert "Số liệu đã thay đổi" not in found.text
    paper_making.verifying_case(desk)  # nothing of part II changes by it
    assert "bình yên" in client.get(page()).text
    client.submit(page(), "lay-lai-II")
    assert soup(client.get(page())).select_one("#phan-II .lines").text == drafted


def test_who_wrote_is_told_when_the_figures_are_others_since(desk: Desk) -> None:
    client = desk.role("press")
    client.submit(f"{page()}?sua=III", "loi-van", text="Không phát sinh vụ việc nào.")
    paper_making.verifying_case(desk)
    found = soup(client.get(page())).select_one("#phan-III")
    assert "Số liệu đã thay đổi từ khi sửa" in found.text
    assert found.select_one(".lines").text == "Không phát sinh vụ việc nào."
    client.submit(page(), "giu-III")
    found = soup(client.get(page())).select_one("#phan-III")
    assert "Số liệu đã thay đổi" not in found.text
    assert found.select_one(".lines").text == "Không phát sinh vụ việc nào."


def test_of_two_who_write_the_same_part_the_second_is_told_and_loses_nothing(desk: Desk) -> None:
    first, second = desk.role("press"), desk.role("leader")
    token = soup(second.get(f"{page()}?sua=I")).select_one("#loi-van")
    data = {one["name"]: one.get("value", "") for one in token.select("input")} | {"text": "Lời của lãnh đạo."}
    first.submit(f"{page()}?sua=I", "loi-van", text="Lời của cán bộ.")
    answer = second.post(token["action"], data=data)
    assert answer.status_code == 409
    assert "Lời của lãnh đạo." in soup(answer).select_one("#loi-van textarea").text
    assert "Lời của cán bộ." in first.get(page()).text


def test_a_clerk_reads_the_sentences_and_writes_none(desk: Desk) -> None:
    client = desk.role("clerk")
    assert "Sửa lời văn" not in client.get(page()).text
    assert client.post_form(f"{page()}/loi-van", part="I", text="x").status_code == 403
    assert client.post_form(f"{page(over=True)}/phat-hanh", number="1", day="01/01/2026").status_code == 403


def issued(desk: Desk, number: str = "45", client: Client | None = None) -> Any:
    one = client or desk.role("press")
    return one.submit(page(over=True), "phat-hanh", number=number, day=f"{today():%d/%m/%Y}", signer="Lê Thị Lãnh")


def test_an_issued_report_is_frozen_and_the_next_one_says_what_it_adjusts(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONITOR_SOFFICE", "no-such-program")  # LibreOffice takes seconds
    client = desk.role("press")
    answer = soup(issued(desk))
    assert "Báo cáo số 45/BC-LĐLĐ" in answer.h1.text
    files = {
        one["href"]: one.find_next("td", {"data-label": "SHA-256"}).text for one in answer.select("#tep ~ table a")
    }
    assert len(files) == 4
    kept = {address: client.get(address).content for address in files}
    assert {address: sha256(body).hexdigest() for address, body in kept.items()} == files
    assert "Không có số liệu nào thay đổi." in answer.text
    again = issued(desk, "46")
    assert again.status_code == 422
    assert "Không có gì thay đổi" in soup(again).select_one("#phat-hanh .wrong").text
    assert soup(again).select_one("#phat-hanh-number")["value"] == "46"
    _changed_since(desk, client, kept)
    _sent(desk, client)


def _changed_since(desk: Desk, client: Client, kept: dict[str, bytes]) -> None:
    with opened(desk.home.database) as db:
        db.execute("UPDATE article_facts SET topic = '' WHERE n = (SELECT min(n) FROM article_facts WHERE topic <> '' "
                   "AND day < ?)", [f"{today()}"])  # fmt: skip
        db.conn.commit()
    since = soup(client.get("/bao-cao/ban/bc1"))
    assert "số liệu nay khác bản đã phát hành" in since.text
    assert {address: client.get(address).content for address in kept} == kept
    draft = soup(client.get(page(over=True)))
    assert "Số liệu điều chỉnh so với báo cáo số 45/BC-LĐLĐ" in draft.text
    second = soup(issued(desk, "46"))
    assert "Điều chỉnh so với báo cáo số 45/BC-LĐLĐ" in second.text
    assert "lần phát hành 2" in second.text
    shelf = soup(client.get("/bao-cao"))
    assert [one.text for one in shelf.select("#da-phat-hanh ~ table [data-row] td:first-child")] == [
        "46/BC-LĐLĐ", "45/BC-LĐLĐ",
    ]  # fmt: skip
    book = openpyxl.load_workbook(BytesIO(client.get("/bao-cao?xuat=xlsx").content))
    assert book.active.max_row == 3


def _sent(desk: Desk, client: Client) -> None:
    """Without an address it says what is missing; with one, what became of it."""
    refused = client.submit("/bao-cao/ban/bc1", "gui-thu")
    assert refused.status_code == 422
    assert "rules/report.yaml" in soup(refused).select_one("#gui-thu .wrong").text
    rules = desk.home.root / "rules"
    file = rules / "report.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("  mail: []", "  mail: [vp@tinh.example]"), "utf-8")
    deliver = rules / "deliver.yaml"
    text = deliver.read_text(encoding="utf-8").replace('  host: ""', "  host: mail.example", 1)
    deliver.write_text(text.replace('  sender: ""', "  sender: gui@tinh.example", 1), "utf-8")
    sent = soup(client.submit("/bao-cao/ban/bc1", "gui-thu"))
    assert "vp@tinh.example" in sent.select_one("#gui ~ table").text


def test_a_period_that_is_not_over_is_not_issued_and_a_bad_number_is_refused_at_its_form(desk: Desk) -> None:
    client = desk.role("press")
    assert "chưa phát hành được" in client.get(page()).text
    refused = client.submit(page(over=True), "phat-hanh", number="số 5", day=f"{today():%d/%m/%Y}")
    assert refused.status_code == 422
    assert "số 5" in soup(refused).select_one("#phat-hanh .wrong").text
    assert client.get("/bao-cao/ban/bc9").status_code == 404


def test_a_restricted_case_is_counted_and_shown_to_nobody_else(desk: Desk) -> None:
    with desk.sitting("lanh") as s:
        subject = triage.pending(s, days=60)[0].subject
        case = triage.open_case(s, [subject], triage.Opening(title="Vụ kín về quỹ", allowed=())).id
    seen, hidden = desk.role("leader").get(page()).text, desk.role("press").get(page()).text
    assert case in seen
    assert "Vụ kín" not in hidden
    assert case not in hidden
    assert "1 vụ việc hạn chế được tính trong số liệu" in " ".join(hidden.split())
    listed = soup(desk.role("press").get(f"{page()}/danh-sach?muc=balance.opened"))
    assert "Vụ kín" not in listed.text
    assert "1 mục thuộc vụ việc hạn chế" in listed.text
    for form in ("json", "html"):
        assert "Vụ kín" not in desk.role("leader").get(f"{page()}/tai?dang={form}").text


def test_hostile_titles_stay_words(desk: Desk) -> None:
    with desk.sitting("bao") as s:
        subject = triage.pending(s, days=60)[0].subject
        triage.open_case(s, [subject], triage.Opening(title='=HYPERLINK("http://x")<script>alert(1)</script>'))
    client = desk.role("press")
    for path in (page(), f"{page()}/danh-sach?muc=balance.opened", f"{page()}/danh-sach?muc=<script>"):
        assert "<script>alert" not in client.get(path).text
        assert "muc=<script>" not in client.get(path).text
    book = openpyxl.load_workbook(BytesIO(client.get(f"{page()}/danh-sach?muc=balance.opened&xuat=xlsx").content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "d", "n"}


def test_a_figure_there_is_none_of_is_not_found(desk: Desk) -> None:
    assert desk.role("press").get(f"{page()}/danh-sach?muc=khong.co").status_code == 404
    assert desk.role("press").get(f"{page()}/danh-sach").status_code == 404
    empty = desk.role("press").get(f"{page()}/danh-sach?muc=balance.right")
    assert "Không phát sinh." in empty.text


def test_figures_that_do_not_hold_are_told_with_the_rows_named(desk: Desk) -> None:
    ident = paper_making.handled(desk)
    with desk.sitting("bao") as s:
        for claim in s.case(ident).claims:
            assert claim.verdict is ClaimVerdict.WRONG
        moving.close(s, ident)
    with opened(desk.home.database) as db:  # what nobody does through the program
        db.execute("DROP TRIGGER events_kept")
        db.execute("DELETE FROM events WHERE action = 'case.conclude'")
        db.conn.commit()
    answer = desk.role("press").get(page())
    assert answer.status_code == 409
    assert ident in soup(answer).select_one(".wrong").text


def test_a_period_of_nothing_says_so(desk: Desk) -> None:
    client = desk.role("press")
    found = soup(client.get("/bao-cao/ky/2020H1"))
    assert "không phát sinh" in found.text
    assert set(figures(found).values()) <= {0}
    assert found.select("figure") == []
    assert "Chưa phát hành báo cáo nào." in client.get("/bao-cao").text


def test_the_report_on_a_case_is_a_button_of_its_page(desk: Desk) -> None:
    ident, *_ = paper_making.sent(desk)
    answer = desk.role("press").submit(f"/vu-viec/{ident}", "bao-cao-word")
    assert answer.headers["content-type"] == papers.DOCX
    assert f"{ident}-bao-cao.docx" in answer.headers["content-disposition"]
    assert answer.content.startswith(b"PK")
    assert 'id="bao-cao-word"' not in desk.role("clerk").get(f"/vu-viec/{ident}").text
    assert desk.role("clerk").post_form(f"/vu-viec/{ident}/bao-cao").status_code == 403


def test_what_was_closed_by_mistake_stays_in_the_count(desk: Desk) -> None:
    with desk.sitting("bao") as s:
        subject = triage.pending(s, days=60)[0].subject
        case = triage.open_case(s, [subject], triage.Opening(title="Mở nhầm")).id
        moving.close_without(s, case, Closing.MISTAKEN, "Không phải việc của tỉnh.")
        assert report_issuing.issued(s) == []
    assert rows(desk.role("press"), f"{page()}/danh-sach?muc=balance.mistaken") == 1
