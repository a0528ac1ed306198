"""What is remembered of sources, hosts and gaps between two rounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database
from store_making import NOW, announce, entry

from monitor.model.fetch import FetchState, Gap, Status
from monitor.model.source import Level, Outlet, OutletKind
from monitor.store import sources as store
from monitor.store.db import opened

GAP = Gap(source="tin24/1", start=NOW - timedelta(hours=3), end=NOW - timedelta(hours=1), found=NOW)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path / "monitor.db") as made:
        yield made


def test_a_state_comes_back_as_it_was_and_the_newer_one_replaces_it(db: Database) -> None:
    state = FetchState(
        source="tin24/1",
        status=Status.FROZEN,
        reason="Tin mới nhất từ ngày 01/10/2026.",
        etag='W/"đ"',
        modified="Sun, 01 Nov 2026 00:00:00 GMT",
        digest="abc",
        entries=12,
        newest=NOW,
        checked=NOW,
        next=NOW + timedelta(minutes=15),
        failures=2,
    )
    store.put_state(db, state)
    assert store.states(db) == {"tin24/1": state}
    later = replace(state, status=Status.OK, failures=0, next=None)
    store.put_state(db, later)
    assert store.states(db) == {"tin24/1": later}


@pytest.mark.parametrize("status", Status)
def test_every_status_can_be_kept(db: Database, status: Status) -> None:
    store.put_state(db, FetchState(source="s", status=status))
    assert store.states(db)["s"].status is status


def test_a_host_s_hold_lasts_until_its_end(db: Database) -> None:
    until = NOW + timedelta(seconds=90)
    store.put_hold(db, "tin24.test", until)
    assert store.holds(db, NOW) == {"tin24.test": until}
    assert store.holds(db, until) == {}


def test_holds_and_robots_of_a_host_do_not_overwrite_each_other(db: Database) -> None:
    until = NOW + timedelta(hours=1)
    store.put_hold(db, "tin24.test", until)
    store.put_robots(db, [("tin24.test", "User-agent: *\nDisallow: /tìm", NOW)])
    store.put_hold(db, "tin24.test", until + timedelta(hours=1))
    assert store.holds(db, NOW) == {"tin24.test": until + timedelta(hours=1)}
    assert store.robots(db) == [("tin24.test", "User-agent: *\nDisallow: /tìm", NOW)]


def test_a_host_that_never_asked_to_wait_is_not_held(db: Database) -> None:
    store.put_robots(db, [("tin24.test", "", NOW)])
    assert store.holds(db, NOW) == {}


def test_an_open_gap_is_told_where_it_touches_the_hours_asked_for(db: Database) -> None:
    with db.atomic():
        store.put_gap(db, GAP)
        store.put_gap(db, GAP)
    assert store.gaps(db, NOW - timedelta(days=1), NOW) == [GAP]
    assert store.gaps(db, NOW - timedelta(hours=2), NOW) == [GAP]
    assert store.gaps(db, GAP.end, NOW) == []
    assert store.gaps(db, NOW - timedelta(days=1), GAP.start) == []


def test_a_closed_gap_is_told_no_more_and_never_opens_again(db: Database) -> None:
    with db.atomic():
        store.put_gap(db, GAP)
        store.put_gap(db, replace(GAP, closed=True))
        store.put_gap(db, GAP)
    assert store.gaps(db, NOW - timedelta(days=1), NOW) == []


def test_an_outlet_keeps_its_name_after_it_left_the_file(db: Database) -> None:
    old = Outlet(id="tin24", name="Tin 24", kind=OutletKind.PRESS, level=Level.CENTRAL)
    store.remember_outlets(db, [old])
    store.remember_outlets(db, [Outlet(id="khac", name="Khác", kind=OutletKind.PORTAL, level=Level.UNION)])
    store.remember_outlets(db, [replace(old, name="Tin 24 giờ", province="Lào Cai")])
    assert store.outlet_names(db) == {"tin24": "Tin 24 giờ", "khac": "Khác"}


def test_the_newest_item_of_a_source_is_that_of_its_own_articles(db: Database) -> None:
    announce(db, entry(5), entry(2), entry(9, published=None))
    announce(db, entry(1), source="khac/1")
    assert store.newest_by_source(db) == {"tin24/1": NOW - timedelta(minutes=2), "khac/1": NOW - timedelta(minutes=1)}
