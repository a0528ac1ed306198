"""What units' reports come to up the tree, what the program counted itself, and where the two differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from finding_making import NOW, put, tagging
from finding_making import WARD as BACHA
from finding_making import sits as sits_at
from half_year_making import Hand, moment
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unit_report_making import OTHER, PRESS, SHOP, WARD, half, handed_in, office, sits

from monitor.config import Home
from monitor.desk import moving, reporting_told, triage, unit_books, unit_known, unit_rights, unit_totals
from monitor.desk import unit_reports as desk
from monitor.desk.reporting import report
from monitor.desk.unit_owed import period_of
from monitor.errors import RefusedError
from monitor.model.case import ClaimVerdict
from monitor.model.intake import Intake
from monitor.model.people import FEDERATION, Unit, UnitKind
from monitor.model.report import UnitWords
from monitor.model.request import DemandKind, DemandResult
from monitor.model.source import Medium
from monitor.model.tag import Organisation, Role
from monitor.model.unit_report import FieldTotal, UnitReport, UnitReportState, Wording
from monitor.respond.results import Outcome
from monitor.store import intake, people
from monitor.store import unit_reports as store
from monitor.store.db import Database, opened

S = UnitReportState
IDS = tuple(f"b{n}" for n in range(7))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with office(tmp_path) as made:
        yield made


def summed(root: Path, db: Database, of: str = FEDERATION, said: str = "2026H1") -> dict[str, FieldTotal]:
    s, span = sits(root, db), half(root, said)
    rows = unit_totals.totals(db, unit_rights.rules_of(s), span.first, span.last, of=of)
    return {row.field.id: row for row in rows}


def test_only_accepted_reports_are_summed_each_level_once(tmp_path: Path, db: Database) -> None:
    press = sits(tmp_path, db, PRESS)
    handed_in(press, FEDERATION, {"news_sent": 100, "press_conferences": 2})
    ward = handed_in(sits(tmp_path, db, WARD), "phuong", {"news_sent": 10})
    shop = handed_in(sits(tmp_path, db, SHOP), "coso", {"news_sent": 1, "fan_posts": 0})
    assert (summed(tmp_path, db)["news_sent"].below, summed(tmp_path, db)["news_sent"].total) == (None, 100)
    for ident in (ward.id, shop.id):
        desk.accept(press, ident)
    found = summed(tmp_path, db)
    assert (found["news_sent"].own, found["news_sent"].below, found["news_sent"].reported) == (100, 11, 2)
    assert (found["fan_posts"].total, found["fan_posts"].reported) == (0, 1)
    assert (found["press_conferences"].own, found["press_conferences"].below) == (2, None)
    assert found["trainings"].total is None
    below = summed(tmp_path, db, "phuong")
    assert (below["news_sent"].own, below["news_sent"].below) == (10, 1)
    assert "press_conferences" not in below
    desk.give_back(press, shop.id, "Sửa lại")
    assert summed(tmp_path, db)["news_sent"].total == 110


bodies = st.lists(
    st.tuples(
        st.sampled_from(("ld", "", "nowhere", *IDS)),
        st.sampled_from((None, *S)),
        st.one_of(st.none(), st.integers(0, 10**12)),
    ),
    min_size=len(IDS), max_size=len(IDS),
)  # fmt: skip
_days = iter(range(10_000))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies, st.permutations(range(len(IDS))), st.sampled_from((FEDERATION, *IDS)))
def test_a_total_is_the_sum_over_the_subtree_in_whatever_order_reports_come_in(
    tmp_path: Path,
    made: list[tuple[str, UnitReportState | None, int | None]],
    order: list[int],
    of: str,
) -> None:
    shift = timedelta(days=next(_days))
    with opened(Home(root=tmp_path).database) as db:
        span = half(tmp_path)
        first, last = span.first + shift, span.last + shift
        with db.atomic():
            people.put_unit(db, Unit(id="ld", name="LĐLĐ", kind=UnitKind.FEDERATION))
            for ident, (parent, _, _) in zip(IDS, made, strict=True):
                people.put_unit(db, Unit(id=ident, name=ident, kind=UnitKind.WARD, parent=parent))
            for n in order:
                _, state, value = made[n]
                if state:
                    values = () if value is None else (("news_sent", value),)
                    report = UnitReport(id=store.next_id(db), unit=IDS[n], first=first, last=last, values=values,
                                        state=state, revision=1)  # fmt: skip
                    store.put(db, report, before=0, actor="u1", now=NOW)
        rules = unit_rights.rules_of(sits(tmp_path, db))
        rows = {row.field.id: row for row in unit_totals.totals(db, rules, first, last, of=of)}
    parents = {ident: parent if parent in IDS and parent != ident else "ld" for ident, (parent, _, _) in
               zip(IDS, made, strict=True)}  # fmt: skip
    below = [n for n, ident in enumerate(IDS) if ident != of and of in _up(ident, parents)]
    said = [value for n in below if (value := made[n][2]) is not None and made[n][1] is S.ACCEPTED]
    own = made[IDS.index(of)] if of in IDS else ("", None, None)
    first_said = own[2] if own[1] in (S.ACCEPTED, S.SUBMITTED) else None
    assert (rows["news_sent"].own, rows["news_sent"].below) == (first_said, sum(said) if said else None)
    assert rows["news_sent"].reported == len(said)


def _up(ident: str, parents: dict[str, str]) -> set[str]:
    """Everything above, also where the levels go in a circle; the federation is above everybody."""
    found: set[str] = set()
    at = ident
    while at in parents and parents[at] not in found:
        at = parents[at]
        found.add(at)
    return found | {"ld"}


def test_words_of_accepted_reports_are_told_by_part_with_the_units_names(tmp_path: Path, db: Database) -> None:
    s, span = sits(tmp_path, db, PRESS), half(tmp_path)
    told = {
        "phuong": {Wording.WORK: "Mở lớp", Wording.PROPOSALS: "Cấp máy"},
        "kcn": {Wording.WORK: "–"},
        "nganh": {Wording.WORK: "Ký phối hợp"},
    }
    for unit, words in told.items():
        made = desk.save(s, unit, span, {}, words, seen=0)
        desk.submit(s, made.id)
        if unit != "kcn":
            desk.accept(s, made.id)
    assert unit_totals.words(db, span.first, span.last) == (
        UnitWords(unit="Công đoàn ngành Giáo dục", part="work", text="Ký phối hợp"),
        UnitWords(unit="Công đoàn phường Suối", part="work", text="Mở lớp"),
        UnitWords(unit="Công đoàn phường Suối", part="proposals", text="Cấp máy"),
    )


def test_notes_beside_figures_are_for_who_sums_up_and_stay_out_of_the_report(tmp_path: Path, db: Database) -> None:
    s, span = sits(tmp_path, db, PRESS), half(tmp_path)
    note = "Ghi chú ở chỉ tiêu “Tin, bài”: tạm tính"
    for unit, text in (("phuong", f"Mở lớp\n{note}"), ("nganh", note)):
        made = desk.save(s, unit, span, {}, {Wording.WORK: text}, seen=0)
        desk.accept(s, desk.submit(s, made.id).id)
    assert [one.text.split("\n")[-1] for one in unit_totals.words(db, span.first, span.last)] == [note, note]
    assert reporting_told.words(db, span) == (UnitWords(unit="Công đoàn phường Suối", part="work", text="Mở lớp"),)


def test_the_same_workbook_goes_one_level_up(tmp_path: Path, db: Database) -> None:
    s, span = sits(tmp_path, db, PRESS), half(tmp_path)
    desk.accept(s, handed_in(sits(tmp_path, db, SHOP), "coso", {"news_sent": 4}).id)
    handed_in(s, "phuong", {"news_sent": 5})
    assert unit_books.summed(s, span, "phuong")[:2] == b"PK"
    with pytest.raises(RefusedError):
        unit_books.summed(sits(tmp_path, db, OTHER), span, "phuong")


# -- what the program counted itself ---------------------------------------------------------------------------------


@pytest.fixture
def hand(tmp_path: Path) -> Iterator[Hand]:
    with opened(Home(root=tmp_path).database) as made:
        yield Hand(root=tmp_path, db=made)


def counted(hand: Hand, unit: str, said: str = "2026H1") -> dict[str, int]:
    s = sits_at(hand.root, hand.db, now=moment("2026-07-20"))
    return unit_known.known(s, unit, period_of(s.home, said))


def test_what_the_program_knows_is_counted_for_each_body_within_the_period(hand: Hand) -> None:
    right, wrong = hand.opened(moment("2026-02-02")), hand.opened(moment("2026-03-02"))
    hand.concluded(right.id, moment("2026-02-05"), ClaimVerdict.RIGHT)
    remedy = hand.remedy(right.id, moment("2026-02-06"), "2026-03-30", "bacha")
    done = moment("2026-04-01").date()
    moving.finish_remedy(hand.at(moment("2026-04-02")), right.id, remedy, done=done, result="Đã đối thoại")
    hand.concluded(wrong.id, moment("2026-03-05"), ClaimVerdict.WRONG)
    request = hand.sent(wrong.id, moment("2026-03-10"), "bao-mot", (DemandKind.CORRECT,))
    hand.result(wrong.id, request, DemandKind.CORRECT, moment("2026-07-02"),
                Outcome(result=DemandResult.IN_TIME, on=moment("2026-07-01").date()))  # fmt: skip
    late = hand.opened(moment("2026-06-01"))
    hand.assigned(late.id, moment("2026-06-02"))
    found = counted(hand, "bacha")
    assert {key: value for key, value in found.items() if value} == {
        "cases_found": 3, "cases_verified": 2, "cases_right": 1, "cases_wrong": 1, "cases_open": 1, "answers_late": 1,
        "remedied": 1,
    }  # fmt: skip
    federation = counted(hand, "ld")
    assert (federation["requests_sent"], federation["corrected"], federation["cases_found"]) == (1, 0, 0)
    figures = report(sits_at(hand.root, hand.db, now=moment("2026-07-20")), "2026H1")
    counts = {
        key: one.count for key in ("balance.opened", "remedy.late", "request.sent") if (one := figures.figure(key))
    }
    assert counts == {"balance.opened": 3, "remedy.late": 1, "request.sent": 1}, "as the federation's report counts"
    assert counted(hand, "ld", "2026H2")["corrected"] == 1
    assert counted(hand, "bacha", "2026H2")["cases_found"] == 0
    assert counted(hand, "bacha", "2025H2") == {}, "nothing was recorded then, so there is nothing to compare"


def test_a_body_is_told_nothing_of_cases_it_may_not_know_of(hand: Hand) -> None:
    hand.opened(moment("2026-02-02"))
    hand.opened(moment("2026-02-03"), allowed=("u1",))
    accused = hand.opened(moment("2026-02-04"))
    moving.describe(hand.at(moment("2026-02-04", 10)), accused.id, units=("bacha",), accused=("bacha",))
    assert counted(hand, "bacha")["cases_found"] == 1
    ward = sits_at(hand.root, hand.db, BACHA, moment("2026-07-20"))
    assert desk.form(ward, "bacha", period_of(ward.home, "2026H1")).value("cases_found") == 1


def test_items_entered_by_hand_for_cases_it_may_not_know_of_are_not_counted_for_a_body(hand: Hand) -> None:
    name = next(unit.name for unit in people.units(hand.db) if unit.id == "bacha")
    body = Organisation(name=name, text=name, kind="ward", role=Role.SUBJECT, start=0, end=1)
    read = replace(tagging(), organisations=(body,))
    typed = [put(hand.db, n, at=moment("2026-02-02"), read=read) for n in (1, 2, 3)]
    put(hand.db, 4, at=moment("2026-02-02"), read=read)
    with hand.db.atomic():
        for one in typed:
            came = moment("2026-02-02")
            intake.put(hand.db, Intake(article=one, medium=Medium.RADIO, at=came, typed_by="u1", entered=came))
    for ident, allowed in zip(typed, (("u1",), None, ("u1",)), strict=True):
        opening = triage.Opening(title="Vụ", allowed=allowed)
        case = triage.open_case(hand.at(moment("2026-02-03")), [ident], opening)
    accused = {"units": ("bacha",), "accused": ("bacha",)}
    moving.lift(hand.at(moment("2026-02-04")), case.id)
    moving.describe(hand.at(moment("2026-02-04")), case.id, **accused)  # type: ignore[arg-type]
    assert (counted(hand, "bacha")["press_items"], counted(hand, "ld")["press_items"]) == (2, 0)


def test_where_a_report_says_something_else_than_was_counted_it_is_told(hand: Hand) -> None:
    for day in ("2026-02-02", "2026-02-03"):
        hand.opened(moment(day))
    s = sits_at(hand.root, hand.db, now=moment("2026-07-05"))
    span = period_of(s.home, "2026H1")
    made = desk.save(s, "bacha", span, {"cases_found": 3, "cases_open": 2, "news_sent": 8}, {}, seen=0)
    assert unit_known.differences(s, span) == (), "a draft says nothing yet"
    desk.submit(s, made.id)
    found = unit_known.differences(s, span)
    assert [(one.unit.id, one.field.id, one.said, one.counted) for one in found] == [("bacha", "cases_found", 3, 2)]
    desk.save(s, "bacha", span, {"cases_found": 2}, {}, seen=2)
    found = unit_known.differences(s, span)
    assert [(one.field.id, one.said, one.counted) for one in found] == [("cases_open", None, 2)]
