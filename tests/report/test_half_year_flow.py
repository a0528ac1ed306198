"""How cases flow from period to period: by what the log says at midnight of the office, whatever came after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.clock import VN, day_bounds
from monitor.config.period import parse
from monitor.model.case import Case, CaseVerdict, Closing
from monitor.model.report import HalfYears
from monitor.report.half_year_cases import Lists, balance, courses, flows
from monitor.report.half_year_checks import WENT

OPENED = datetime(2026, 1, 1, tzinfo=VN)
ENDS = (*(one.value for one in CaseVerdict), *(one.value for one in Closing if one is not Closing.CONCLUDED))


@dataclass(frozen=True, kw_only=True)
class Log:
    """A case's moments; every one is at a midnight or a second before it, so that the edges are met."""

    moments: tuple[tuple[str, str, datetime], ...]

    def live(self, at: datetime) -> bool | None:
        """Worked out by hand: None before it was opened."""
        said = [action for action, _, when in self.moments if when < at]
        turns = [one for one in said if one in ("case.open", "case.close", "case.reopen")]
        return None if not said else turns[-1] != "case.close"


@st.composite
def logs(draw: st.DrawFn) -> Log:
    steps = draw(st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=7))
    whens = sorted(OPENED + timedelta(days=30 * month) - timedelta(seconds=before) for month, before in steps)
    made = [("case.open", "", whens[0])]
    for when in whens[1:]:
        if made[-1][0] == "case.close":
            made.append(("case.reopen", "", when))
        elif draw(st.booleans()):
            made += [
                ("case.conclude", draw(st.sampled_from(CaseVerdict)).value, when),
                ("case.close", "concluded", when),
            ]
        else:
            how = draw(st.sampled_from([one.value for one in Closing if one is not Closing.CONCLUDED]))
            made.append(("case.close", how, when))
    return Log(moments=tuple(made))


def counted(found: Iterable[Log], first: int, last: int) -> tuple[Lists, datetime, datetime]:
    """The balance of the months of thirty days ``first`` … ``last``."""
    start, end = (OPENED + timedelta(days=30 * n) for n in (first, last))
    cases = [Case(id=f"VV{n}", title="Vụ", opened=one.moments[0][2], opened_by="u1") for n, one in enumerate(found)]
    told = [(f"VV{n}", *moment) for n, one in enumerate(found) for moment in one.moments]
    return balance(flows(courses(cases, told), start, end)), start, end


def ids(lists: Lists, *keys: str) -> list[str]:
    return sorted(row.id for key in keys for row in lists.get(f"balance.{key}", ()))


@given(st.lists(logs(), max_size=8), st.integers(0, 4), st.integers(1, 4), st.integers(1, 4))
@settings(max_examples=150, deadline=None)
def test_what_one_period_carries_over_the_next_carries_in_and_two_are_as_one(
    found: list[Log], first: int, wide: int, more: int
) -> None:
    one, start, middle = counted(found, first, first + wide)
    two, _, end = counted(found, first + wide, first + wide + more)
    both, _, _ = counted(found, first, first + wide + more)
    live = {when: sorted(f"VV{n}" for n, log in enumerate(found) if log.live(when)) for when in (start, middle, end)}
    assert ids(one, "carried_in") == ids(both, "carried_in") == live[start]
    assert ids(one, "carried_over") == ids(two, "carried_in") == live[middle]
    assert ids(two, "carried_over") == ids(both, "carried_over") == live[end]
    assert ids(both, "opened") == sorted(ids(one, "opened") + ids(two, "opened"))
    for lists in (one, two, both):
        came = ids(lists, "carried_in", "opened", "reopened")
        assert came == ids(lists, *ENDS, "carried_over") == ids(lists, "total")
        assert len(set(came)) == len(came)
    assert {f"balance.{key}" for key in (*ENDS, "carried_over")} == set(WENT)


@pytest.mark.parametrize(("at", "came"), [("2026-06-14T23:59:59", "carried_in"), ("2026-06-15T00:00:00", "opened")])
def test_half_years_as_state_reports_count_turn_at_midnight_of_the_office(at: str, came: str) -> None:
    when = datetime.fromisoformat(f"{at}+07:00")
    span = parse("2026H2", HalfYears.STATE)
    case = Case(id="VV1", title="Vụ", opened=when, opened_by="u1")
    (flow,) = flows(courses([case], [("VV1", "case.open", "", when)]), *day_bounds(span.first, span.last))
    assert flow.came == came
