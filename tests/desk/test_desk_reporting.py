"""Figures of a half-year worked out by hand, and over random offices: every count opens to a list of so many rows."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from finding_making import LEADER, NOW, OUTLETS, PRESS, WARD, ident, put, random_press, tagging
from half_year_making import D, Hand, R, V, moment
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.config.report import load_report_rules
from monitor.config.unit_report import load_unit_report
from monitor.desk import moving, reporting_data, verifying
from monitor.desk.reporting import Report, listed, report
from monitor.desk.reporting_xlsx import workbook
from monitor.desk.verifying import Task
from monitor.errors import RefusedError, UsageError
from monitor.model.action import Step
from monitor.model.case import Closing, Part
from monitor.model.filing import PaperRecord
from monitor.model.paper import PaperKind, PaperState
from monitor.model.people import OfficeRole, Person
from monitor.model.report import ReportData
from monitor.model.tag import Organisation, Relevance, Role, Tagging, Tone
from monitor.model.unit_report import UnitReport, UnitReportState, Wording
from monitor.report import half_year_checks as checks
from monitor.report.half_year_json import as_json
from monitor.report.half_year_text import drafted
from monitor.respond.results import Outcome, record_result
from monitor.store import reporting as store
from monitor.store import unit_reports
from monitor.store.db import opened

REPORTS = Path(__file__).parents[2] / "reports"
LATER = moment("2026-08-01")
NUMBERS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@pytest.fixture
def hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    monkeypatch.setenv("MONITOR_NOW", LATER.isoformat())
    with opened(tmp_path / "data" / "monitor.db") as db:
        yield Hand(tmp_path, db)


def by_key(data: ReportData, *parts: str) -> dict[str, int]:
    return {f.key: f.count for f in data.figures if f.count and f.key.startswith(parts)}


def year(hand: Hand) -> dict[str, str]:
    """Cases of every kind around the first half of 2026, by a letter."""
    made = {"A": hand.opened(moment("2025-12-20")).id, "E": hand.opened(moment("2025-11-01")).id}
    hand.concluded(made["E"], moment("2025-11-03"), V.RIGHT)
    moving.close(hand.at(moment("2025-12-10")), made["E"])
    hand.concluded(made["A"], moment("2025-12-23"), V.RIGHT)
    done = hand.remedy(made["A"], moment("2026-01-05"), "2026-01-15", "Công đoàn xã Bắc Hà")
    moving.finish_remedy(
        hand.at(moment("2026-01-20")), made["A"], done, done=date(2026, 1, 15), result="Đã đối thoại"
    )  # fmt: skip
    moving.close(hand.at(moment("2026-01-21")), made["A"])
    _wrong(hand, made)
    made["C"] = hand.opened(moment("2026-03-01")).id
    moving.close_without(hand.at(moment("2026-03-02")), made["C"], Closing.MISTAKEN, "Không phải việc của mình")
    made["H"] = hand.opened(moment("2026-03-10")).id
    hand.undone(made["H"], moment("2026-03-10", 11))
    made["D"] = hand.opened(moment("2026-04-01")).id
    hand.assigned(made["D"], moment("2026-04-01"))
    hand.remedy(made["D"], moment("2026-04-02"), "2026-05-01", "công đoàn xã bắc hà")
    moving.reopen(hand.at(moment("2026-05-05")), made["E"], "Báo nêu tiếp")
    late = hand.remedy(made["E"], moment("2026-05-06"), "2026-05-20", "Ông Nguyễn Văn Nào Đó")
    moving.finish_remedy(hand.at(moment("2026-06-02")), made["E"], late, done=date(2026, 6, 1), result="Xong")
    made["F"] = hand.opened(moment("2026-06-10"), allowed=()).id
    moving.close(hand.at(moment("2026-07-20")), made["E"])
    made["G"] = hand.opened(moment("2026-07-02")).id
    return made


def _wrong(hand: Hand, made: dict[str, str]) -> None:
    made["B"] = hand.opened(moment("2026-02-01"), items=2).id
    hand.concluded(made["B"], moment("2026-02-03"), V.WRONG)
    one = hand.sent(made["B"], moment("2026-02-10"), "bao-mot", (D.CORRECT, D.PUBLISH_RESPONSE, D.ANSWER))
    two = hand.sent(made["B"], moment("2026-02-10", 10), "bao-hai", (D.TAKE_DOWN,))
    for kind, day in ((D.CORRECT, "2026-02-12"), (D.PUBLISH_RESPONSE, "2026-02-13"), (D.ANSWER, "2026-02-20")):
        hand.result(made["B"], one, kind, moment(day, 10), Outcome(result=R.IN_TIME, on=date.fromisoformat(day)))
    hand.result(
        made["B"], two, D.TAKE_DOWN, moment("2026-03-01"),
        Outcome(result=R.REMOVED_SILENTLY, on=date(2026, 2, 25), proof=("b1",)),
    )  # fmt: skip
    moving.close(hand.at(moment("2026-03-15")), made["B"])
    made["K"] = hand.opened(moment("2026-05-01")).id
    hand.concluded(made["K"], moment("2026-05-04"), V.WRONG)
    asked = hand.sent(made["K"], moment("2026-06-20"), "bao-mot", (D.CORRECT,))
    hand.result(made["K"], asked, D.CORRECT, moment("2026-07-10", 10),
                Outcome(result=R.LATE, on=date(2026, 7, 10), note="trễ"))  # fmt: skip


H1 = {
    "balance.carried_in": 1, "balance.opened": 6, "balance.reopened": 1, "balance.total": 8, "balance.right": 1,
    "balance.wrong": 1, "balance.mistaken": 2, "balance.carried_over": 4, "balance.carried_over.verdict": 2,
    "balance.carried_over.unchecked": 2, "verdict.total": 8, "verdict.right": 2, "verdict.wrong": 2,
    "verdict.open": 2, "verdict.none": 2, "official.6": 2, "official.6_of": 6, "remedy.total": 3, "remedy.added": 3,
    "remedy.in_time": 1, "remedy.late": 1, "remedy.open": 1, "remedy.overdue": 1, "request.total": 3,
    "request.sent": 3, "request.settled": 2, "request.open": 1, "request.corrected_in_time": 1, "request.response": 1,
    "request.answered": 1, "request.silent": 1, "late.bacha.answer_overdue": 1, "late.bacha.remedy_overdue": 1,
    "late.ld.conclude_overdue": 2, "late.~.remedy_late": 1, "late.total": 5,
}  # fmt: skip
OF_CASES = ("balance.", "verdict.", "official.", "remedy.", "request.", "late.", "correction.")


def test_a_half_year_with_cases_of_every_kind_is_counted_as_by_hand(hand: Hand) -> None:
    year(hand)
    data = report(hand.at(LATER), "2026H1")
    assert by_key(data, *OF_CASES) == H1
    opened_before = data.figure("balance.opened")
    assert opened_before is not None
    assert (opened_before.previous, opened_before.last_year) == (2, None)
    assert data.checked[0].case == "VV2025-0002"


def test_a_past_period_stays_what_it_was_and_the_next_takes_over_what_was_left(hand: Hand) -> None:
    year(hand)
    before = by_key(report(hand.at(LATER), "2025H2"), "balance.")
    assert before == {
        "balance.opened": 2, "balance.total": 2, "balance.right": 1, "balance.carried_over": 1,
        "balance.carried_over.verdict": 1,
    }  # fmt: skip
    after = report(hand.at(LATER), "2026H2")
    found = by_key(after, "balance.", "request.")
    assert (found["balance.carried_in"], found["balance.right"], found["balance.opened"]) == (4, 1, 1)
    assert (found["request.carried_in"], found["request.corrected_late"], found["request.settled"]) == (1, 1, 1)
    assert "chưa kết thúc" in after.notes[0]


def test_what_ended_without_a_day_of_its_own_counts_when_it_was_entered_and_not_in_the_period_before(
    hand: Hand,
) -> None:
    case = hand.opened(moment("2026-05-04")).id
    hand.concluded(case, moment("2026-05-08"), V.WRONG)
    remedy = hand.remedy(case, moment("2026-05-10"), "2026-06-10", "Ban Tổ chức")
    asked = hand.sent(case, moment("2026-05-11"), OUTLETS[0], (D.CORRECT,))
    moving.drop_remedy(hand.at(moment("2026-07-08")), case, remedy, "không còn cần")
    s = hand.at(moment("2026-07-09"))
    dropped = partial(
        record_result, ident=asked, demand=D.CORRECT.value, outcome=Outcome(result=R.DROPPED), actor=s.actor, now=s.now
    )
    s.act(case, partial(dropped, why="không đề nghị nữa"))
    first, second = (report(hand.at(LATER), one) for one in ("2026H1", "2026H2"))
    open_ones = {"remedy.open": 1, "remedy.overdue": 1, "request.open": 1}
    assert by_key(first, *open_ones, "remedy.dropped", "request.settled") == open_ones
    ended = {"remedy.carried_in": 1, "remedy.dropped": 1, "request.carried_in": 1, "request.settled": 1}
    assert by_key(second, *ended) == ended
    assert {key: f.previous for key in open_ones if (f := second.figure(key))} == open_ones


def test_before_the_period_is_over_a_measure_is_overdue_from_its_day_on_and_not_sooner(hand: Hand) -> None:
    case = hand.opened(moment("2026-07-04")).id
    hand.concluded(case, moment("2026-07-08"), V.RIGHT)
    hand.remedy(case, moment("2026-07-10"), "2026-07-20", "bacha")
    hand.remedy(case, moment("2026-07-10"), "2026-08-20", "bacha")
    now = report(hand.at(LATER), "2026H2")
    assert by_key(now, "remedy.overdue", "late.bacha.remedy") == {"remedy.overdue": 1, "late.bacha.remedy_overdue": 1}


def test_who_may_not_see_a_case_finds_it_counted_and_nowhere_else(hand: Hand) -> None:
    made = year(hand)
    for here, circulated in ((hand.at(LATER, PRESS), False), (hand.at(LATER), True)):
        made_ = Report(here, "2026H1", circulated)
        data = made_.data()
        assert by_key(data, *OF_CASES) == H1
        found = made_.listed("balance.opened")
        assert (found.count, len(found.rows), found.hidden) == (6, 5, 1)
        figure = data.figure("balance.opened")
        assert figure is not None and figure.hidden == 1
        assert (len(data.checked), data.unseen) == (7, 1)
        assert made["F"] not in as_json(data)
        assert made["F"].encode() not in _unzipped(workbook(made_))


def test_what_was_late_is_told_with_whose_it_was_and_by_when(hand: Hand) -> None:
    made = year(hand)
    found = Report(hand.at(LATER), "2026H1")
    rows = {(row.case, row.text): row for row in found.listed("late.total").rows}
    title = "Vụ ngày 01/04/2026"
    wanted = {
        (made["D"], f"Trả lời giao việc: Xác minh – Công đoàn xã Bắc Hà, hạn 06/04/2026 – {title}"): "#giao",
        (made["D"], f"Khắc phục: Tổ chức đối thoại – công đoàn xã bắc hà, hạn 01/05/2026 – {title}"): "#khac-phuc",
    }
    for key, anchor in wanted.items():
        assert key in rows, list(rows)
        assert rows[key].link == f"/vu-viec/{made['D']}{anchor}"
    whose = [row.text for row in found.listed("late.~.remedy_late").rows]
    assert whose == ["Khắc phục: Tổ chức đối thoại – Ông Nguyễn Văn Nào Đó, hạn 20/05/2026 – Vụ ngày 01/11/2025"]
    concluding = found.listed("late.ld.conclude_overdue").rows
    assert concluding and all(row.text.startswith("Kết luận xác minh, hạn ") for row in concluding)
    hidden = Report(hand.at(LATER, PRESS), "2026H1").listed("late.ld.conclude_overdue")
    assert (hidden.hidden, [row.case for row in hidden.rows]) == (1, [made["D"]])
    book = openpyxl.load_workbook(BytesIO(workbook(found)))
    cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {text for _, text in wanted} <= cells


def test_a_long_task_is_cut_and_a_number_in_it_does_not_leave_the_office(hand: Hand) -> None:
    case = hand.opened(moment("2026-03-02")).id
    asked = Task(part=Part.LEAD, unit="bacha", task="Gọi 0912 345 678 hỏi lại " + "nội dung " * 90,
                 due=date(2026, 3, 12))  # fmt: skip
    verifying.assign(hand.at(moment("2026-03-02")), case, asked)
    inner = Report(hand.at(LATER), "2026H1")
    for made, many in ((inner, 1), (inner.as_circulated(), 0)):
        text = made.listed("late.bacha.answer_overdue").rows[0].text
        assert text.count("0912 345 678") == many
        assert len(text) < 300
        assert "… – Công đoàn xã Bắc Hà, hạn 12/03/2026 – Vụ ngày 02/03/2026" in text


def test_measures_and_letters_are_named_beside_the_case(hand: Hand) -> None:
    made = year(hand)
    found = Report(hand.at(LATER), "2026H1")
    assert any(one.text == "Tổ chức đối thoại – Vụ ngày 01/04/2026" for one in found.listed("remedy.total").rows)
    assert [one.text for one in found.listed("request.open").rows] == ["bao-mot – Vụ ngày 01/05/2026"]
    assert made["K"] == found.listed("request.open").rows[0].case


def test_of_a_time_before_there_were_any_data_nothing_is_said_not_to_have_happened(hand: Hand) -> None:
    year(hand)
    before = report(hand.at(LATER), "2024H1")
    assert before.missing == ("cases", "editions", "press")
    assert [one.partition(":")[0] for one in before.notes if "chưa có dữ liệu nào" in one] == ["Tin, bài", "Vụ việc"]
    assert all("6 tháng đầu năm 2024" in one for one in before.notes)
    whole = "\n".join(one.drafted for one in drafted(before, (REPORTS,)))
    assert "không phát sinh" not in whole
    assert "Về vụ việc phải kiểm tra, xác minh, chương trình chưa có số liệu trong kỳ." in whole
    since = report(hand.at(LATER), "2026H1")
    assert since.missing == ()  # the press is there: that no edition was approved is known
    assert not any("chưa có dữ liệu nào" in one for one in since.notes)


def test_the_sheets_of_a_report_end_their_titles_with_a_word(hand: Hand) -> None:
    year(hand)
    found = Report(hand.at(LATER), "2026H1")
    names = openpyxl.load_workbook(BytesIO(workbook(found))).sheetnames
    titles = {table.title for table in found.data().tables}
    listed_ = [name.split(" ", 2)[2] for name in names if name.startswith("DS ")]
    for name in listed_:
        assert name == "Tin, bài" or any(re.match(re.escape(name) + r"(?!\w)", title) for title in titles), name
    assert len(listed_) > 5
    assert len(set(names)) == len(names)


def test_what_leaves_the_office_is_the_same_from_a_report_that_its_maker_sees_whole(hand: Hand) -> None:
    year(hand)
    whole = Report(hand.at(LATER), "2026H1")
    assert whole.data().unseen == 0
    leaving = whole.as_circulated()
    assert leaving.data() == Report(hand.at(LATER), "2026H1", circulated=True).data()
    assert leaving.as_circulated() is leaving


def test_what_leaves_the_office_holds_no_telephone_number_and_the_office_itself_reads_it(
    hand: Hand, tmp_path: Path
) -> None:
    case = hand.opened(moment("2026-05-04")).id
    moving.describe(hand.at(moment("2026-05-05")), case, title="Bà Năm (0912 345 678) tố công ty")
    hand.concluded(case, moment("2026-05-08"), V.RIGHT)
    hand.remedy(case, moment("2026-05-10"), "2026-06-10", "bacha")
    inner = Report(hand.at(LATER), "2026H1")
    outer = inner.as_circulated()
    for report_, many in ((inner, 3), (outer, 0)):
        found = report_.data()
        said = [one.matter for one in (*found.checked, *found.remedies)]
        said += [row.text for row in report_.listed("balance.total").rows]
        assert (len(said), sum("0912 345 678" in one for one in said)) == (3, many)
    (tmp_path / "a.xlsx").write_bytes(workbook(outer))
    for sheet in openpyxl.load_workbook(tmp_path / "a.xlsx"):
        assert not any("345 678" in str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


def test_items_of_restricted_cases_alone_are_counted_but_not_listed_in_what_leaves_the_office(hand: Hand) -> None:
    hidden = hand.opened(moment("2026-03-01"), allowed=())
    hand.opened(moment("2026-03-02"))
    leaving = Report(hand.at(LATER), "2026H1", circulated=True).listed("items.total")
    assert (leaving.count, leaving.hidden) == (2, 1)
    assert hidden.articles[0] not in {row.id for row in leaving.rows}
    assert Report(hand.at(LATER), "2026H1").listed("items.total").hidden == 0


def test_units_and_who_only_keeps_the_program_read_no_report(hand: Hand) -> None:
    keeper = Person(id="u9", name="Máy", roles=(OfficeRole.ADMIN,))
    for who in (WARD, keeper, replace(LEADER, unit="bacha")):
        with pytest.raises(RefusedError, match="report_role"):
            Report(hand.at(LATER, who), "2026H1")
    clerk = Person(id="u8", name="Văn thư", roles=(OfficeRole.CLERK,))
    assert report(hand.at(LATER, clerk), "2026H1").span.key == "2026H1"


def test_a_case_in_which_the_federation_itself_is_accused_is_no_reader_s_in_what_leaves_the_office(hand: Hand) -> None:
    case = hand.opened(moment("2026-03-01"))
    hand.at(LATER).act(case.id, lambda c: Step(case=replace(c, accused=("ld",)), happened=()))
    made = Report(hand.at(LATER), "2026H1")
    assert (made.data().unseen, made.as_circulated().data().unseen) == (0, 1)
    assert made.as_circulated().listed("balance.total").hidden == 1


def test_papers_of_ours_are_counted_on_the_day_they_went_out_and_lead_to_their_pages(hand: Hand) -> None:
    def sent(case: str, number: int, day: str, **facts: object) -> None:
        paper = PaperRecord(
            id=f"v{number}", kind=PaperKind.REQUEST_LETTER, state=PaperState.ISSUED, issuer="ld", subject="cải chính",
            drafted=moment(day), drafted_by="u1", number=number, symbol="LĐLĐ-TG", issued=moment(day),
        )  # fmt: skip
        paper = replace(paper, **facts)  # type: ignore[arg-type]
        hand.at(LATER).act(case, lambda c: Step(case=replace(c, papers=(*c.papers, paper)), happened=()))

    open_, hidden = hand.opened(moment("2026-02-01")).id, hand.opened(moment("2026-02-02"), allowed=()).id
    sent(open_, 1, "2026-02-03")
    sent(open_, 2, "2026-07-03")
    sent(open_, 3, "2026-02-03", kind=PaperKind.REMINDER)
    sent(open_, 4, "2026-02-03", issuer="bacha")
    sent(open_, 5, "2026-02-03", copy=True)
    sent(open_, 6, "2026-02-03", state=PaperState.SIGNED, issued=None)
    sent(hidden, 7, "2026-02-04")
    made = Report(hand.at(LATER, PRESS), "2026H1")
    assert by_key(made.data(), "papers.") == {
        "papers.request_letter": 2, "papers.reminder": 1, "papers.total": 3,
    }  # fmt: skip
    found = made.listed("papers.request_letter")
    assert (found.hidden, [row.link for row in found.rows]) == (1, [f"/vu-viec/{open_}/van-ban/v1"])
    assert "01/LĐLĐ-TG" in found.rows[0].text
    assert next(one for one in made.data().sections if one.number == "I").note == ""


def test_what_was_reported_is_a_value_of_its_period_with_nothing_to_open(hand: Hand) -> None:
    def told(n: int, unit: str, first: str, last: str, **values: int) -> None:
        one = UnitReport(
            id=f"bd{n}", unit=unit, first=date.fromisoformat(first), last=date.fromisoformat(last),
            state=UnitReportState.ACCEPTED, values=tuple(values.items()), revision=1,
            words=((Wording.DIFFICULTIES, "Thiếu cán bộ"),),
        )  # fmt: skip
        unit_reports.put(hand.db, one, before=0, actor="u1", now=LATER)

    asked = load_unit_report(hand.at(LATER).home.rules).fields
    official = next(one.id for one in asked if one.figure == "official.1")
    other = next(one for one in asked if not one.figure and not one.federation)
    told(1, "ld", "2026-01-01", "2026-06-30", **{official: 3})
    told(2, "bacha", "2026-01-01", "2026-06-30", **{other.id: 20})
    told(3, "bacha", "2025-07-01", "2025-12-31", **{other.id: 7})
    data = report(hand.at(LATER), "2026H1")
    one, row = data.figure("official.1"), data.figure(f"programme.{other.id}")
    assert one is not None and (one.count, one.value, one.number) == (None, 3, 3)
    assert row is not None and (row.value, row.previous, row.last_year) == (20, 7, None)
    assert "1 đơn vị" in row.note and other.label in row.label
    assert {(words.part, words.text) for words in data.told} == {("difficulties", "Thiếu cán bộ")}
    assert json.loads(as_json(data))["told"][0]["text"] == "Thiếu cán bộ"
    with pytest.raises(UsageError):
        listed(hand.at(LATER), "2026H1", row.key)
    halves = report(hand.at(LATER), "2025-07-01..2026-06-30").figure(row.key)
    assert halves is not None and halves.value == 27
    empty = next(one for one in report(hand.at(LATER), "2026Q3").sections if one.number == "VII")
    assert (empty.tables, "Chưa có số liệu" in empty.note) == ((), True)


def test_a_figure_and_its_list_are_of_one_moment_though_others_write_meanwhile(hand: Hand) -> None:
    put(hand.db, 1, at=moment("2026-02-01"))
    report(hand.at(LATER), "2026H1")
    made = Report(hand.at(LATER), "2026H1")
    with opened(hand.root / "data" / "monitor.db") as other, store.steady(hand.db):
        before = store.first_item(hand.db)
        put(other, 2, at=moment("2026-01-01"))
        assert store.first_item(hand.db) == before
        assert made.data().figure("items.total").count == 1  # type: ignore[union-attr]
    assert not hand.db.conn.in_transaction
    assert report(hand.at(LATER), "2026H1").figure("items.total").count == 2  # type: ignore[union-attr]


def test_the_log_is_asked_along_its_index_of_acts(hand: Hand) -> None:
    seen: list[str] = []
    hand.db.conn.set_trace_callback(seen.append)
    store.moments(hand.db, ("case.open", "case.close"))
    hand.db.conn.set_trace_callback(None)
    plan = hand.db.execute(f"EXPLAIN QUERY PLAN {seen[-1]}").fetchall()
    assert any("events_action" in str(step[-1]) for step in plan), plan


def _unzipped(body: bytes) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(body)) as pack:
        return b"".join(pack.read(name) for name in pack.namelist())


def test_items_are_counted_by_group_month_topic_and_tone(hand: Hand) -> None:
    days = {n: moment(day) for n, day in enumerate(("2026-01-31", "2026-02-01", "2026-06-30", "2026-07-01"), 1)}
    outlets = {1: "bao-mot", 2: "trang-mxh", 3: "bao-tinh", 4: "cong-cd"}
    for n, at in days.items():
        put(hand.db, n, outlet=outlets[n], at=at, read=tagging(topics=("T06", "T01"), tone=Tone.NEG))
    put(hand.db, 5, outlet="la-ai", at=days[1], read=tagging(Relevance.LABOUR))
    put(hand.db, 6, at=days[1], read=tagging(Relevance.FOREIGN))
    put(hand.db, 7, at=moment("2026-06-30", 23), read=tagging(tone=None, places=("Lào Cai",)))
    data = report(hand.at(LATER), "2026H1")
    assert by_key(data, "items.", "topic.", "tone.") == {
        "items.central": 2, "items.central.2026-01": 1, "items.central.2026-06": 1, "items.social": 1,
        "items.social.2026-02": 1, "items.provincial": 1, "items.provincial.2026-06": 1, "items.unknown": 1,
        "items.unknown.2026-01": 1, "items.total": 5, "items.month.2026-01": 2, "items.month.2026-02": 1,
        "items.month.2026-06": 2, "items.own": 1, "topic.T06": 3, "topic.-": 2, "topic.total": 5, "tone.neg": 3,
        "tone.-": 1, "tone.total": 4,
    }  # fmt: skip
    tones = next(table for table in data.tables if table.id == "tones")
    assert "chỉ tính tin về công đoàn" in tones.title
    assert [row.share for row in tones.rows] == [0, 0, 75, 25]
    assert [row.id for row in listed(hand.at(LATER), "2026H1", "items.unknown").rows] == [ident(5)]
    assert "la-ai" in listed(hand.at(LATER), "2026H1", "items.unknown").rows[0].text


def test_bodies_overlap_ours_come_by_every_name_and_the_rest_is_one_row(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def naming(*names: str) -> Tagging:
        spots = (Organisation(name=n, kind="ward", role=Role.ACTOR, text=n, start=0, end=1) for n in names)
        return replace(tagging(), organisations=tuple(spots))

    put(hand.db, 1, at=moment("2026-02-01"), read=naming("CÔNG ĐOÀN XÃ BẮC HÀ", "Công đoàn Y"))
    put(hand.db, 2, at=moment("2026-02-02"), read=naming("Công đoàn xã Bắc Hà"))
    put(hand.db, 3, at=moment("2026-02-03"), read=naming("Công đoàn X", "Công đoàn Y"))
    put(hand.db, 4, at=moment("2026-07-03"), read=naming("Công đoàn xã Bắc Hà"))
    here = hand.at(LATER)
    found = report(here, "2026H1")
    assert by_key(found, "unit.") == {"unit.bacha": 2, "unit.~Công đoàn X": 1, "unit.~Công đoàn Y": 2, "unit.total": 3}
    few = replace(load_report_rules(here.home.rules), most_bodies=1)
    monkeypatch.setattr(reporting_data, "load_report_rules", lambda _: few)
    assert by_key(report(here, "2026H1"), "unit.") == {
        "unit.bacha": 2, "unit.~Công đoàn Y": 2, "unit.rest": 1, "unit.total": 3,
    }  # fmt: skip
    assert [row.id for row in listed(here, "2026H1", "unit.rest").rows] == [ident(3)]
    table = next(table for table in found.tables if table.id == "bodies")
    assert (table.sums, "trùng nhau" in table.note) == (False, True)
    assert found.figure("topic.-").label == "Chưa phân loại"  # type: ignore[union-attr]


def test_with_no_data_at_all_everything_is_nought_and_nothing_is_compared(hand: Hand) -> None:
    data = report(hand.at(LATER), "2026Q1")
    assert {figure.count for figure in data.figures} == {0, None}
    assert {(figure.previous, figure.last_year) for figure in data.figures} == {(None, None)}
    absent = data.figure("official.1")
    assert absent is not None and absent.note == "Chưa ghi nhận trong chương trình"


def test_a_list_of_no_figure_is_refused_and_an_empty_one_is_empty(hand: Hand) -> None:
    put(hand.db, 1, at=moment("2026-02-01"))
    assert listed(hand.at(LATER), "2026H1", "balance.right").rows == ()
    for key in ("x", "official.1", "items.khong", "unit."):
        with pytest.raises(UsageError):
            listed(hand.at(LATER), "2026H1", key)


def test_a_figure_that_does_not_hold_stops_the_report_and_is_named(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    put(hand.db, 1, at=moment("2026-02-01"))
    data = report(hand.at(LATER), "2026H1")
    whole = {figure.key: range(figure.count or 0) for figure in data.figures}
    checks.check(data, whole)
    with pytest.raises(RefusedError) as caught:
        checks.check(data, whole | {"items.central": range(7)})
    assert caught.value.facts["key"] == "items.central"
    case = hand.opened(moment("2026-03-01")).id
    hand.concluded(case, moment("2026-03-02"), V.RIGHT)
    moving.close(hand.at(moment("2026-03-03")), case)
    for (name,) in hand.db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events'"
    ).fetchall():
        hand.db.execute(f"DROP TRIGGER {name}")  # somebody with another program
    hand.db.execute("UPDATE events SET why = '' WHERE action = 'case.conclude'")
    with pytest.raises(RefusedError) as caught:
        report(hand.at(LATER), "2026H1")
    assert case in str(caught.value.facts["rows"])


def test_the_workbook_holds_numbers_days_sums_and_no_formula_from_data(hand: Hand, tmp_path: Path) -> None:
    put(hand.db, 1, title='=HYPERLINK("http://x.test","bấm")', at=moment("2026-02-01"))
    year(hand)
    made = Report(hand.at(LATER), "2026H1")
    (tmp_path / "r.xlsx").write_bytes(workbook(made))
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    front = book.worksheets[0]
    formulas = {c.value for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"}
    assert formulas and all(str(one).startswith("=SUM(") for one in formulas)
    rows = {row[0].value: row for row in front.iter_rows() if row[0].value}
    assert rows["Mới phát sinh trong kỳ"][1].value == 6
    items = next(sheet for sheet in book if sheet.title.startswith("DS 1"))
    assert items.max_row - 1 == made.listed("items.total").count
    assert items["A2"].is_date
    assert '=HYPERLINK("http://x.test","bấm")' in [row[5] for row in items.values]
    assert len(book.sheetnames) == len({name.casefold() for name in book.sheetnames})
    checked = book.worksheets[1]
    assert checked.max_row - 1 == 8


def test_json_has_every_figure_under_its_key(hand: Hand) -> None:
    year(hand)
    data = report(hand.at(LATER), "2026H1")
    said = json.loads(as_json(data))
    rows = [row for s in said["sections"] for t in s["tables"] for row in t["rows"]]
    assert {row["key"]: row["count"] for row in rows}["balance.wrong"] == 1
    assert [section["number"] for section in said["sections"]] == list(NUMBERS)
    assert len(said["verification"]) == 8
    assert said["period"] == {
        "key": "2026H1", "name": "6 tháng đầu năm 2026", "first": "2026-01-01", "last": "2026-06-30",
    }  # fmt: skip


def random_cases(hand: Hand, rng: random.Random, many: int) -> None:
    """Cases whose acts lie anywhere in the year before ``NOW``, some closed, some reopened, some hidden."""
    for _ in range(many):
        at = NOW - timedelta(days=rng.randint(30, 330))
        case = hand.opened(at, allowed=() if rng.random() < 0.2 else None).id

        def later() -> object:
            nonlocal at
            at += timedelta(days=rng.randint(0, 9), hours=1)
            return at

        later()
        if rng.random() < 0.2:
            moving.close_without(hand.at(at), case, rng.choice([Closing.MISTAKEN, Closing.PASSED_ON]), "x", "nơi khác")
            continue
        if rng.random() < 0.2:
            hand.assigned(case, at)
            continue
        hand.concluded(case, at, rng.choice(list(V)))
        measure = hand.remedy(case, at, f"{(at + timedelta(days=rng.randint(0, 20))).date()}", "bacha")
        later()
        if rng.random() < 0.8:
            moving.finish_remedy(hand.at(at), case, measure, done=at.date(), result="xong")
            later()
            moving.close(hand.at(at), case)
            if rng.random() < 0.4:
                later()
                moving.reopen(hand.at(at), case, "nêu tiếp")


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6))
def test_over_random_offices_and_periods_every_count_opens_to_its_list(tmp_path_factory: object, seed: int) -> None:
    rng = random.Random(seed)
    root = tmp_path_factory.mktemp("office")  # type: ignore[attr-defined]
    with opened(root / "data" / "monitor.db") as db, pytest.MonkeyPatch.context() as surroundings:
        surroundings.setenv("MONITOR_NOW", NOW.isoformat())
        hand = Hand(root, db)
        random_press(db, rng, 60)
        random_cases(hand, rng, 10)
        first = NOW.date() - timedelta(days=rng.randint(0, 300))
        length = rng.randint(0, 120)
        last = first + timedelta(days=length)
        for who, circulated in ((LEADER, False), (PRESS, False), (LEADER, True)):
            _opens(hand, who, f"{first}..{last}", circulated)
        following = f"{last + timedelta(days=1)}..{last + timedelta(days=1 + length)}"
        now, then = (
            by_key(report(hand.at(NOW), one), "balance.", "remedy.") for one in (f"{first}..{last}", following)
        )
        assert now.get("balance.carried_over", 0) == then.get("balance.carried_in", 0)
        assert now.get("remedy.open", 0) == then.get("remedy.carried_in", 0)


def _opens(hand: Hand, who: Person, period: str, circulated: bool) -> None:
    made = Report(hand.at(NOW, who), period, circulated)
    seen = {case.id for case in made._desk.cases if made.sitting.sees(case) and not (circulated and case.restricted)}
    said = json.loads(as_json(made.data()))
    tables = [table for section in said["sections"] for table in section["tables"]]
    rows = [row for table in tables for row in (*table["rows"], *([table["total"]] if table["total"] else []))]
    figures = [one for row in rows for one in (row, *row["cells"])]
    assert {one["key"] for one in figures} == {one.key for one in made.data().figures}
    for figure in figures:
        if figure["count"] is not None:
            found = made.listed(figure["key"])
            assert (found.count, found.hidden) == (figure["count"], figure["hidden"]), figure["key"]
            assert len({row.id for row in found.rows}) == len(found.rows), figure["key"]
            assert {row.case for row in found.rows if row.case} <= seen
