"""The report as a paper: what officers write stays, what is restricted stays inside, every form says the same."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from finding_making import LEADER, PRESS, WARD, put
from half_year_making import Hand, moment
from issuing_making import CLERK, HIDDEN, KEEPER, filled, here, plain, rules
from test_desk_reporting import LATER

from monitor.config.report import load_report_paper
from monitor.desk import report_paper, report_rights
from monitor.desk.reporting import Report
from monitor.errors import ConfigError, ConflictError, MonitorError, RefusedError, UsageError
from monitor.model.people import OfficeRole, Person
from monitor.model.report_paper import PARTS, Adjustment, Passage, ReportAct
from monitor.store import events
from monitor.store import reports as store
from monitor.store.db import opened

OTHER = Person(id="u2", name="Báo", roles=(OfficeRole.PRESS,))


@pytest.fixture
def hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    monkeypatch.setenv("MONITOR_NOW", LATER.isoformat())
    with opened(tmp_path / "data" / "monitor.db") as db:
        yield Hand(tmp_path, db)


def part(hand: Hand, name: str = "II") -> Passage:
    found = report_paper.paper(here(hand), "2026H1").passage(name)
    assert found is not None
    return found


def test_what_an_officer_wrote_survives_whatever_is_computed_anew_and_says_when_it_is_stale(hand: Hand) -> None:
    put(hand.db, 1, at=moment("2026-02-01"))
    draft = part(hand)
    assert draft.text == draft.drafted != ""
    report_paper.write(here(hand, PRESS), "2026H1", "II", "Lời của tôi.", draft.drafted, draft.revision)
    mine = part(hand)
    assert (mine.text, mine.stale, mine.by, mine.drafted) == ("Lời của tôi.", False, "u2", draft.drafted)
    put(hand.db, 2, at=moment("2026-02-02"))
    later = part(hand)
    assert (later.text, later.stale, later.based_on) == ("Lời của tôi.", True, draft.drafted)
    assert later.drafted != draft.drafted
    report_paper.write(here(hand), "2026H1", "II", None, "", later.revision)
    back = part(hand)
    assert (back.text, back.edited, back.stale, back.revision) == (later.drafted, None, False, later.revision + 1)
    assert hand.db.execute("SELECT count(*) FROM report_passages").fetchone() == (2,)


def test_a_draft_that_came_back_through_a_form_is_the_same_draft(hand: Hand) -> None:
    draft = part(hand)
    through = draft.drafted.replace("\n", "\r\n") + "\r\n"
    report_paper.write(here(hand), "2026H1", "II", "x\r\n\r\ny\x07 \u202ez", through, 0)
    mine = part(hand)
    assert (mine.text, mine.stale) == ("x\ny z", False)


def test_words_belong_to_their_period_and_their_part(hand: Hand) -> None:
    report_paper.write(here(hand), "2026H1", "X", "Kiến nghị riêng")
    for other in ("2026", "2026Q1", "2025H1"):
        found = report_paper.paper(here(hand), other).passage("X")
        assert found is not None and found.edited is None
    assert part(hand, "X").text == "Kiến nghị riêng"
    assert [one.part for one in report_paper.paper(here(hand), "2026H1").passages] == list(PARTS)
    days = report_paper.paper(here(hand), "2026-01-01..2026-06-30").passage("X")
    assert days is not None and days.text == "Kiến nghị riêng"


def test_who_comes_second_is_told_who_was_first_and_nothing_is_overwritten(hand: Hand) -> None:
    seen = part(hand).revision
    report_paper.write(here(hand, PRESS), "2026H1", "II", "Trước", "", seen)
    with pytest.raises(ConflictError) as caught:
        report_paper.write(here(hand), "2026H1", "II", "Sau", "", seen)
    assert (caught.value.key, caught.value.facts["by"]) == ("report_part_changed", "u2")
    assert part(hand).text == "Trước"
    report_paper.write(here(hand), "2026H1", "III", "Phần khác", "", 0)


def test_what_is_written_is_held_in_the_log_without_its_words(hand: Hand) -> None:
    report_paper.write(here(hand), "2026H1", "IX", "Nhiệm vụ")
    told = [one for one in events.every(hand.db) if one.action == "report.write"]
    assert [(one.thing, one.refs[0], len(one.refs[1])) for one in told] == [("IX", "2026-01-01..2026-06-30", 64)]


def test_a_text_that_is_no_part_or_too_long_is_refused(hand: Hand) -> None:
    with pytest.raises(UsageError, match="report_part"):
        report_paper.write(here(hand), "2026H1", "XI", "x")
    with pytest.raises(RefusedError, match="report_text_long"):
        report_paper.write(here(hand), "2026H1", "IX", "x" * 20_001)
    with pytest.raises(UsageError, match="report_form"):
        report_paper.made(here(hand), "2026H1", "odt")
    assert store.written(hand.db, *_days(hand)) == []


def _days(hand: Hand) -> tuple[object, object]:
    span = Report(here(hand), "2026H1").span
    return span.first, span.last


def test_each_does_what_his_part_in_the_office_allows(hand: Hand) -> None:
    for who, acts in {
        LEADER: {"read", "write", "issue", "send"}, PRESS: {"read", "write", "issue", "send"},
        CLERK: {"read", "send"}, KEEPER: set(), WARD: set(),
    }.items():  # fmt: skip
        assert {act.value for act in ReportAct if report_rights.may_here(here(hand, who), act)} == acts, who
    rules(hand.root, "  issue: leader\n")
    assert not report_rights.may_here(here(hand, PRESS), ReportAct.ISSUE)
    gone = replace(PRESS, disabled=LATER)
    assert not report_rights.may(gone, ReportAct.READ)
    for who in (CLERK, WARD, KEEPER):
        with pytest.raises(RefusedError, match="report_role"):
            report_paper.write(here(hand, who), "2026H1", "IX", "x")


@pytest.mark.parametrize("form", ["docx", "xlsx", "html", "json"])
def test_a_restricted_case_is_in_no_form_that_leaves_the_office_though_it_is_counted(hand: Hand, form: str) -> None:
    made = filled(hand)
    whole = plain(form, report_paper.made(here(hand), "2026H1", form))
    leaving = plain(form, report_paper.made(here(hand), "2026H1", form, circulated=True))
    for hidden in (made["F"], HIDDEN):
        assert hidden not in leaving
    assert made["B"] in whole and made["B"] in leaving
    # The leader who may see it finds it in his own draft.
    assert HIDDEN in whole
    assert report_paper.paper(here(hand), "2026H1", circulated=True).data.figure("balance.opened").count == 6  # type: ignore[union-attr]


def test_the_sentences_are_the_same_for_all_who_read_them(hand: Hand) -> None:
    filled(hand)
    said = [report_paper.paper(here(hand, who), "2026H1").passages for who in (LEADER, PRESS, CLERK)]
    said.append(report_paper.paper(here(hand), "2026H1", circulated=True).passages)
    assert said[0] == said[1] == said[2] == said[3]
    assert all(HIDDEN not in one.text for one in said[0])


def test_the_json_of_a_draft_has_its_head_and_its_sentences(hand: Hand) -> None:
    report_paper.write(here(hand), "2026H1", "opening", "Thực hiện chương trình công tác")
    said = json.loads(report_paper.made(here(hand), "2026H1", "json"))
    assert (said["version"], said["number"], said["day"], said["symbol"]) == (0, "", None, "BC-LĐLĐ")
    assert said["passages"][0] == {"part": "opening", "text": "Thực hiện chương trình công tác", "edited": True}
    assert "6 tháng đầu năm 2026" in said["head"]["about"]
    assert said["head"]["to"] == ["Tỉnh ủy", "Tổng Liên đoàn Lao động Việt Nam"]
    assert said["head"]["recipients"][0] == "Như kính gửi"
    assert said["head"]["formula"] == "TM. BAN THƯỜNG VỤ"
    rows = [row for s in said["sections"] for t in s["tables"] for row in t["rows"]]
    assert all("value" in row and row["value"] is None for row in rows)


def test_the_office_s_own_words_stand_in_the_head_and_mistakes_are_told_with_their_line(hand: Hand) -> None:
    rules(hand.root, "  symbol: BC-BTV\n  about: Tình hình báo chí {period} {x}\n  to: [Thành ủy]\n  signer: Bà Mười\n")
    head = report_paper.paper(here(hand), "2026Q1").head
    assert (head.symbol, head.about, head.to) == ("BC-BTV", "Tình hình báo chí quý I năm 2026 {x}", ("Thành ủy",))
    assert (head.signer, head.recipients) == ("Bà Mười", ())
    for line, key in {
        "about: Không có kỳ": "report_no_period", "mail: [x@@y]": "deliver_bad_address",
        "kind: x": "config_unknown_key", "issue: clerk": "config_not_choice",
    }.items():  # fmt: skip
        rules(hand.root, f"  {line}\n")
        with pytest.raises(ConfigError, match=key) as caught:
            load_report_paper((hand.root / "rules",))
        assert caught.value.facts["line"] == 5
    rules(hand.root, "  symbol: ''\n")
    # A file from before there were papers is filled up from the shipped one.
    text = (hand.root / "rules" / "report.yaml").read_text(encoding="utf-8").partition("paper:")[0]
    (hand.root / "rules" / "report.yaml").write_text(text, encoding="utf-8")
    assert load_report_paper(here(hand).home.rules).to[0] == "Tỉnh ủy"


def test_links_lead_to_the_list_behind_a_count_and_nowhere_from_a_value(hand: Hand) -> None:
    report = Report(here(hand), "2026-01-15..2026-06-14")
    link = report_paper.links(here(hand), report.span)
    total, told = report.data().figure("items.total"), report.data().figure("official.1")
    assert total is not None and told is not None
    assert link(total) == "http://127.0.0.1:8000/bao-cao/ky/2026-01-15..2026-06-14/danh-sach?muc=items.total"
    assert link(replace(total, key="unit.~Công đoàn X&y")).endswith("?muc=unit.~C%C3%B4ng%20%C4%91o%C3%A0n%20X%26y")
    assert link(told) == ""
    (hand.root / "rules").mkdir(exist_ok=True)
    (hand.root / "rules" / "web.yaml").write_text("address: http://192.168.1.20:8000/\n", encoding="utf-8")
    assert report_paper.links(here(hand), report.span)(total).startswith("http://192.168.1.20:8000/bao-cao/ky/")


def test_without_libreoffice_the_lack_of_a_pdf_is_said(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_SOFFICE", "khong-co-chuong-trinh-nay")
    with pytest.raises(MonitorError, match="pdf_no_program"):
        report_paper.made(here(hand), "2026H1", "pdf")


def test_the_workbook_of_a_paper_has_its_number_its_sentences_and_what_it_adjusts(hand: Hand) -> None:
    report_paper.write(here(hand), "2026H1", "X", "=1+1\nKiến nghị hai")
    made = report_paper.drawn(here(hand), "2026H1")
    draft = openpyxl.load_workbook(io.BytesIO(report_paper.rendered(here(hand), made, "xlsx")))
    assert "Dự thảo, chưa phát hành" in [row[0].value for row in draft.worksheets[0].iter_rows()]
    said = [(row[0].value, row[1].value, row[1].data_type) for row in draft["Lời văn"].iter_rows()]
    assert ("X. Kiến nghị, đề xuất", "=1+1", "s") in said
    head = replace(made.paper.head, number="46", day=LATER.date())
    changes = (Adjustment(key="items.total", label="Tổng số tin, bài", before=None, after=2),)
    before = "45/BC-LĐLĐ ngày 05/7/2026"
    issued = replace(made.paper, head=head, version=2, adjusts=before, changes=changes, chain="3-ab")
    body = report_paper.rendered(here(hand), replace(made, paper=issued), "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(body))
    front = " ".join(str(row[0].value) for row in book.worksheets[0].iter_rows())
    assert "Số 46/BC-LĐLĐ, ngày 01/08/2026; bản phát hành lần 2; mã sổ sự kiện 3-ab" in front
    rows = [[cell.value for cell in row] for row in book["Điều chỉnh"].iter_rows()]
    assert rows[1][0] == f"Điều chỉnh so với báo cáo số {before}"
    assert rows[2] == ["Tổng số tin, bài", None, 2]
