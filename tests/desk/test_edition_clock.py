"""The clock of the editions: due at the set hour whenever it is served, over stops and days off; nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from delivery_making import deliver_yaml
from editions_making import HOUR, ids, office, put, seated
from hypothesis import given, settings
from hypothesis import strategies as some
from press_server import NOW

from monitor.clock import VN
from monitor.config import Home
from monitor.desk import edition_clock, editions
from monitor.desk.audit import audit
from monitor.desk.sitting import Sitting
from monitor.labels import label
from monitor.model.calendar import NamedDay, WorkCalendar, WorkYear
from monitor.model.delivery import MessageKind
from monitor.model.edition import Edition, EditionState, Series, Stop
from monitor.model.fetch import Gap
from monitor.report import cut_offs
from monitor.report.cut_offs import Timetable
from monitor.store import editions as store
from monitor.store import events, outbox, sources, ticks

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SEVEN = "digest:\n  by_itself: '07:00'\n"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """November 2026; the 9th is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=VN)


TABLE = Timetable(daily_at=time(6, 30), weekly_at=time(15), weekly_on=3)


def closed(*days: int) -> Timetable:
    off = tuple(NamedDay(on=date(2026, 11, day), name="nghỉ") for day in days)
    return replace(TABLE, calendar=WorkCalendar(years=(WorkYear(year=2026, off=off),)))


# When something is due.


@pytest.mark.parametrize(
    ("now", "last"),
    [(at(9, 6, 29), at(6, 6, 30)), (at(9, 6, 30), at(9, 6, 30)), (at(8, 12), at(6, 6, 30)), (at(10, 3), at(9, 6, 30))],
)
def test_the_daily_cut_off_is_the_set_hour_of_the_last_working_day(now: datetime, last: datetime) -> None:
    assert cut_offs.latest(Series.DAILY, TABLE, now) == last


def test_days_off_are_made_where_the_office_says_so() -> None:
    assert cut_offs.latest(Series.DAILY, replace(TABLE, skip=False), at(8, 12)) == at(8, 6, 30)


@pytest.mark.parametrize(
    ("off", "now", "last"),
    [
        ((), at(13, 9), at(12, 15)),
        ((12,), at(13, 9), at(11, 15)),  # the working day before
        ((11, 12), at(13, 9), at(10, 15)),
        ((9, 10, 11, 12), at(13, 9), at(5, 15)),  # nothing of that week before it: the next edition covers it
        ((12,), at(11, 14), at(5, 15)),
    ],
)
def test_a_weekly_edition_whose_day_is_off_is_made_on_the_working_day_before(
    off: tuple[int, ...], now: datetime, last: datetime
) -> None:
    assert cut_offs.latest(Series.WEEKLY, closed(*off), now) == last


def test_nobody_s_own_series_has_a_cut_off() -> None:
    assert cut_offs.latest(Series.OWN, TABLE, at(13, 9)) is None


@pytest.mark.parametrize(
    ("cut", "hour", "alone"),
    [
        (at(9, 6, 30), time(7), at(9, 7)),
        (at(9, 6, 30), time(6), at(10, 6)),
        (at(12, 15), time(7), at(13, 7)),
        (at(13, 15), time(7), at(16, 7)),  # Friday afternoon: Monday
    ],
)
def test_the_hour_of_going_out_alone_is_the_first_after_the_cut_off_on_a_working_day(
    cut: datetime, hour: time, alone: datetime
) -> None:
    assert cut_offs.by_itself(replace(TABLE, by_itself=hour), cut) == alone
    assert cut_offs.by_itself(TABLE, cut) is None


def test_a_pause_of_a_few_minutes_is_no_stop() -> None:
    assert cut_offs.resumed(at(9, 6), at(9, 6, 15)) is None
    assert cut_offs.resumed(None, at(9, 6)) is None
    assert cut_offs.resumed(at(9, 6, 20), at(9, 6)) is None  # the clock was put back
    assert cut_offs.resumed(at(9, 6), at(9, 6, 16)) == Stop(start=at(9, 6), end=at(9, 6, 16))


@dataclass
class Series_:  # noqa: N801 - what the store would hold of one series
    """A series as the store has it: its approved editions, and the draft's start and end."""

    begun: datetime
    approved: list[tuple[datetime, datetime]] = field(default_factory=list)
    draft: tuple[datetime, datetime] | None = None

    @property
    def last(self) -> datetime | None:
        return self.approved[-1][1] if self.approved else None

    def make(self, cut: datetime) -> None:
        self.draft = (self.last or (self.draft[0] if self.draft else cut - DAY), cut)

    def approve(self) -> None:
        assert self.draft
        self.approved.append(self.draft)
        self.draft = None

    def walk(self, series: Series, table: Timetable, now: datetime) -> None:
        for _ in range(2):
            if self.draft:
                alone = cut_offs.by_itself(table, self.draft[1])
                if alone and now >= alone and table.works(now.astimezone(VN).date()):
                    self.approve()
            served = self.draft[1] if self.draft else self.last
            cut = cut_offs.due(series, table, now=now, served=served, since=self.begun)
            if cut:
                self.make(cut)


_hours = some.builds(time, some.integers(0, 23), some.sampled_from((0, 15, 30)))
_tables = some.builds(
    Timetable, daily_at=_hours, weekly_at=_hours, weekly_on=some.integers(0, 6), skip=some.booleans(),
    by_itself=some.none() | _hours,
    calendar=some.lists(some.integers(1, 30), max_size=8, unique=True).map(lambda days: closed(*days).calendar),
)  # fmt: skip
_stops = some.lists(some.tuples(some.integers(0, 27 * 48), some.integers(1, 200)), max_size=6)
_people = some.sets(some.integers(0, 27 * 48), max_size=8)


@settings(max_examples=60, deadline=None)
@given(table=_tables, stops=_stops, people=_people, series=some.sampled_from((Series.DAILY, Series.WEEKLY)))
def test_every_working_cut_off_is_in_exactly_one_edition_whatever_stops(
    table: Timetable, stops: list[tuple[int, int]], people: set[int], series: Series
) -> None:
    """Half-hours of a month; the machine is off in ``stops``, a person approves in ``people``."""
    begin = at(1, 0)
    off = {n for start, length in stops for n in range(start, start + length)}
    kept = Series_(begun=begin)
    for n in range(27 * 48):
        now = begin + n * 30 * MINUTE
        if n in off:
            continue
        kept.walk(series, table, now)
        kept.walk(series, table, now)  # a second walk of the same minute changes nothing
        if n in people and kept.draft:
            kept.approve()
    every = [*kept.approved, *([kept.draft] if kept.draft else [])]
    assert all(before[1] == after[0] for before, after in pairwise(every))  # they abut
    assert all(start < end for start, end in every)
    cuts = {
        cut for n in range(27) for hour in (0, 12) for minute in (0, 59)
        if (cut := cut_offs.latest(series, table, begin + n * DAY + hour * HOUR + minute * MINUTE)) and cut >= begin
    }  # fmt: skip
    assert {end for _, end in every} <= cuts | {cut_offs.latest(series, table, now)}
    assert all(table.works(end.astimezone(VN).date()) for _, end in every)
    last_run = max((n for n in range(27 * 48) if n not in off), default=-1)
    due = cut_offs.latest(series, table, begin + last_run * 30 * MINUTE) if last_run >= 0 else None
    if due and due >= begin:
        assert every and every[-1][1] == due
        assert all(sum(start < cut <= end for start, end in every) == 1 for cut in cuts if every[0][0] < cut <= due)


# On a real database.


@pytest.fixture
def home(root: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv("MONITOR_USER", raising=False)
    return office(root)


@pytest.fixture
def s(home: Home) -> Iterator[Sitting]:
    with seated(home) as made:
        yield made


def daily(home: Home, now: datetime) -> list[Edition]:
    return [one.edition for one in edition_clock.walk(home, now) if one.edition.series is Series.DAILY]


def test_an_edition_ends_at_the_set_hour_and_not_when_the_clock_came_to_it(s: Sitting) -> None:
    put(s.db, 1, at(9, 6, 29))
    put(s.db, 2, at(9, 6, 31))
    (made,) = daily(s.home, at(9, 8, 17))
    assert (made.end, made.cut, made.late, ids(made)) == (at(9, 6, 30), at(9, 6, 30), False, ["x0001"])
    assert daily(s.home, at(9, 8, 18)) == []


def test_the_next_working_day_s_edition_covers_the_days_off(s: Sitting) -> None:
    (friday,) = daily(s.home, at(6, 6, 30))
    editions.approve(replace(s, now=at(6, 8)), friday.id)
    put(s.db, 1, at(7, 12))
    assert daily(s.home, at(7, 7)) == daily(s.home, at(8, 20)) == []
    (monday,) = daily(s.home, at(9, 6, 30))
    assert (monday.start, monday.end, ids(monday)) == (at(6, 6, 30), at(9, 6, 30), ["x0001"])


def test_a_draft_that_waits_grows_to_the_next_cut_off_and_keeps_what_people_did(s: Sitting) -> None:
    put(s.db, 1, at(9, 5))
    (made,) = daily(s.home, at(9, 6, 30))
    editions.drop(replace(s, now=at(9, 7)), made.id, "x0001")
    put(s.db, 2, at(9, 22))
    (again,) = daily(s.home, at(10, 6, 31))
    assert (again.id, again.end, ids(again), ids(again, dropped=False)) == (
        made.id, at(10, 6, 30), ["x0002", "x0001"], ["x0002"],
    )  # fmt: skip


def test_a_draft_that_an_officer_refreshed_beyond_the_cut_off_keeps_his_hour(s: Sitting) -> None:
    mine = editions.draft(replace(s, now=at(9, 6, 40)))
    (kept,) = daily(s.home, at(9, 6, 41))
    assert (kept.id, kept.end, kept.cut) == (mine.id, at(9, 6, 40), at(9, 6, 30))


def test_a_stopped_machine_makes_one_edition_up_to_the_last_cut_off_and_says_so(s: Sitting) -> None:
    edition_clock.tick(s.home, at(9, 6, 30))
    (monday,) = daily(s.home, at(9, 6, 30))
    editions.approve(replace(s, now=at(9, 7)), monday.id)
    with s.db.atomic():
        ticks.put(s.db, at(9, 17))
    assert edition_clock.tick(s.home, at(12, 9))
    assert not edition_clock.tick(s.home, at(12, 9, 1))
    with s.db.atomic():
        sources.put_gap(s.db, Gap(source="nui/1", start=at(10, 8), end=at(11, 9), found=at(12, 9)))
    put(s.db, 1, at(10, 12))
    (made,) = daily(s.home, at(12, 9, 1))
    assert (made.start, made.end, made.late, ids(made)) == (at(9, 6, 30), at(12, 6, 30), True, ["x0001"])
    assert made.stops == (Stop(start=at(9, 17), end=at(12, 9)),)
    told = (
        "Số này lập muộn: chương trình ngừng từ 17:00 09/11/2026 đến 09:00 12/11/2026; có thể thiếu tin của các nguồn"
    )
    for form in ("html", "md", "json"):
        assert told in editions.rendered(replace(s, now=at(12, 10)), made.id, form)
    editions.approve(replace(s, now=at(12, 10)), made.id)
    assert told in editions.rendered(s, made.id)
    assert daily(s.home, at(12, 11)) == []


def test_a_stop_between_two_cut_offs_is_told_only_where_something_may_be_missing(s: Sitting) -> None:
    edition_clock.tick(s.home, at(9, 20))
    edition_clock.tick(s.home, at(10, 5))
    (made,) = daily(s.home, at(10, 6, 30))
    assert not made.late and made.stops
    assert "chương trình" not in editions.preview(s, made.id).edition.opening
    with s.db.atomic():
        sources.put_gap(s.db, Gap(source="nui/1", start=at(9, 21), end=at(10, 4), found=at(10, 5)))
    assert "có lúc ngừng (từ 20:00 09/11/2026 đến 05:00 10/11/2026)" in editions.preview(s, made.id).edition.opening


def test_an_empty_day_has_its_edition(s: Sitting) -> None:
    (made,) = daily(s.home, at(9, 6, 30))
    assert made.items == ()
    assert editions.rendered(s, made.id, "md")


# Approved by the program.


@pytest.fixture
def alone(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sitting]:
    monkeypatch.delenv("MONITOR_USER", raising=False)
    made = office(root, SEVEN)
    deliver_yaml(root, 2525)
    with seated(made) as s:
        yield s


def test_what_nobody_approved_goes_out_at_the_set_hour_and_names_no_person(alone: Sitting) -> None:
    put(alone.db, 1, at(9, 5))
    (draft,) = daily(alone.home, at(9, 6, 59))
    assert draft.state is EditionState.DRAFT
    (gone,) = daily(alone.home, at(9, 7))
    assert (gone.id, gone.alone, gone.approved_by, gone.end) == (draft.id, True, "", at(9, 6, 30))
    assert len(outbox.about(alone.db, MessageKind.EDITION, gone.id)) == 5
    acts = [one for one in events.every(alone.db) if one.thing == gone.id]
    assert {(one.action, one.actor) for one in acts} == {("edition.approve", ""), ("edition.send", "")}
    assert "chương trình tự duyệt lúc 07:00 09/11/2026, chưa có người xem" in editions.rendered(alone, gone.id, "md")
    assert audit(alone.db).flaws == ()
    assert daily(alone.home, at(9, 7, 1)) == []


def test_what_an_officer_approved_is_not_approved_again_and_his_next_draft_waits(alone: Sitting) -> None:
    (draft,) = daily(alone.home, at(9, 6, 30))
    editions.approve(replace(alone, now=at(9, 6, 45)), draft.id)
    mine = editions.draft(replace(alone, now=at(9, 6, 50)))
    assert daily(alone.home, at(9, 7)) == daily(alone.home, at(9, 12)) == []
    assert store.get(alone.db, mine.id).state is EditionState.DRAFT


def test_a_late_edition_goes_out_at_once_and_one_before_it_as_it_was(alone: Sitting) -> None:
    edition_clock.tick(alone.home, at(9, 6, 31))
    (monday,) = daily(alone.home, at(9, 6, 31))
    edition_clock.tick(alone.home, at(10, 9))
    done = daily(alone.home, at(10, 9))
    assert [(one.id, one.state, one.end) for one in done] == [
        (monday.id, EditionState.APPROVED, at(9, 6, 30)),
        (done[1].id, EditionState.DRAFT, at(10, 6, 30)),
        (done[1].id, EditionState.APPROVED, at(10, 6, 30)),
    ]
    assert done[2].late and done[2].start == at(9, 6, 30)


def test_on_a_day_off_nothing_goes_out_alone(alone: Sitting) -> None:
    with alone.db.atomic():
        ticks.put(alone.db, at(5, 20))
    edition_clock.tick(alone.home, at(7, 10))
    (made,) = daily(alone.home, at(7, 10))  # Friday's was missed; the machine was switched on on Saturday
    assert (made.state, made.end) == (EditionState.DRAFT, at(6, 6, 30))
    assert daily(alone.home, at(8, 12)) == []
    (gone,) = daily(alone.home, at(9, 6))
    assert gone.alone


class PowerCut(Exception):  # noqa: N818
    pass


@pytest.mark.parametrize("step", ["make", "approve", "queue"])
def test_a_kill_at_any_step_neither_loses_nor_doubles_an_edition(
    alone: Sitting, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    put(alone.db, 1, at(9, 5))

    def cut(*_: object, **__: object) -> None:
        raise PowerCut

    where = {
        "make": "monitor.store.editions.put", "approve": "monitor.store.editions.freeze",
        "queue": "monitor.desk.editions.queue",
    }[step]  # fmt: skip
    with monkeypatch.context() as patched:
        patched.setattr(where, cut)
        with pytest.raises(PowerCut):
            daily(alone.home, at(9, 7))
        assert not [one for one in store.of_year(alone.db, Series.DAILY, 2026) if one.state is EditionState.APPROVED]
    daily(alone.home, at(9, 7, 5))
    daily(alone.home, at(9, 7, 6))
    (one,) = store.of_year(alone.db, Series.DAILY, 2026)
    assert (one.alone, one.end, ids(one)) == (True, at(9, 6, 30), ["x0001"])
    assert len(outbox.about(alone.db, MessageKind.EDITION, one.id)) == 5


def test_many_outlets_are_told_as_a_number(s: Sitting) -> None:
    assert "và 3 nguồn khác" in label("edition", "lost_more", names="A, B", count=3)


def test_the_ticks_keep_the_latest_stops_only(s: Sitting) -> None:
    for n in range(70):
        edition_clock.tick(s.home, NOW + n * HOUR)
    assert len(ticks.stops(s.db)) == 60
    assert ticks.beat(s.db) == NOW + 69 * HOUR
