"""Figures: every one opens to a list of exactly so many, sums are sums, restricted cases are counted and not shown."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from finding_making import LEADER, NOW, PRESS, ident, office, put, random_press, sits, tagging

from monitor.desk import triage
from monitor.desk.overview import OTHERS, case_list, listed, overview, spans, step_of
from monitor.desk.triage import Opening
from monitor.errors import UsageError
from monitor.model.action import Step
from monitor.model.case import Case
from monitor.model.overview import Figure, Overview, TimeStep
from monitor.model.tag import Relevance, Tone
from monitor.store.db import Database, opened
from monitor.triage import noting

DAY = date(2026, 11, 21)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path / "data" / "monitor.db") as made:
        office(made)
        yield made


def press_figures(found: Overview) -> list[Figure]:
    return [found.total, *found.times, *found.topics, *found.tones, *found.outlets, *found.places]


def as_fields(figure: Figure) -> dict[str, object]:
    said = dict(figure.query)
    days = {name: date.fromisoformat(said.pop(name)) for name in ("since", "until") if name in said}
    return {**said, **days}


@pytest.mark.parametrize("seed", range(5))
def test_every_figure_opens_to_a_list_of_exactly_that_many(tmp_path: Path, db: Database, seed: int) -> None:
    rng = random.Random(seed)
    random_press(db, rng, 150)
    for n in range(200, 230):
        put(db, n, outlet=f"bao-{n}", at=NOW - timedelta(hours=n))
    here = sits(tmp_path, db)
    since = DAY - timedelta(days=rng.choice([5, 20, 33, 100, 200]))
    for fields in (
        {}, {"relevance": ""}, {"relevance": "labour"}, {"topic": "T06"}, {"topic": "-"}, {"place": "Lào Cai"},
        {"outlet": "bao-hai"}, {"outlet": "bao-hai", "topic": "T01", "relevance": ""}, {"outlet": "khong-co"},
        {"outlet": f"{OTHERS}bao-hai|bao-210"}, {"outlet": f"{OTHERS}bao-hai", "relevance": ""},
    ):  # fmt: skip
        found = overview(here, since=since, until=DAY, **fields)  # type: ignore[arg-type]
        for figure in press_figures(found):
            page = listed(here, per_page=500, **as_fields(figure))  # type: ignore[arg-type]
            assert (page.total, len(page.rows)) == (figure.count, figure.count), figure
        total = found.total.count
        for parts in (found.times, found.topics, found.outlets):
            assert sum(figure.count for figure in parts) == total
        union = overview(here, since=since, until=DAY, **{**fields, "relevance": "union"})  # type: ignore[arg-type]
        if fields.get("relevance") != "labour":
            assert sum(figure.count for figure in found.tones) == union.total.count


def test_tones_are_those_of_union_items_and_outlets_beyond_twenty_are_one_row(tmp_path: Path, db: Database) -> None:
    for n in range(1, 26):
        put(db, n, outlet=f"bao-{n:02d}", read=tagging(tone=Tone.NEG if n == 1 else Tone.POS))
    put(db, 30, read=tagging(Relevance.LABOUR))
    found = overview(sits(tmp_path, db), since=DAY - timedelta(days=9), until=DAY, relevance="")
    assert {figure.key: figure.count for figure in found.tones} == {"pos": 24, "neu": 0, "neg": 1}
    assert (len(found.outlets), found.outlets[-1].key, found.outlets[-1].count) == (21, OTHERS, 6)
    assert [figure.label for figure in found.topics] == ["Chưa phân loại"]


def test_places_overlap_and_the_main_topic_alone_is_counted(tmp_path: Path, db: Database) -> None:
    put(db, 1, read=tagging(topics=("T06", "T01"), places=("Lào Cai", "Cần Thơ")))
    found = overview(sits(tmp_path, db), since=DAY, until=DAY)
    assert [figure.key for figure in found.topics] == ["T06"]
    assert {figure.key for figure in found.places} == {"Lào Cai", "Cần Thơ"}


def test_days_are_those_of_the_office(tmp_path: Path, db: Database) -> None:
    put(db, 1, at=NOW.replace(hour=16, minute=59))  # 23:59 there
    put(db, 2, at=NOW.replace(hour=17, minute=0))  # the day after
    here = sits(tmp_path, db, now=NOW + timedelta(days=2))
    found = overview(here, since=DAY, until=DAY + timedelta(days=1))
    assert [figure.count for figure in found.times] == [1, 1]


@pytest.mark.parametrize(
    ("days", "step", "parts"),
    [(1, TimeStep.DAY, 1), (31, TimeStep.DAY, 31), (40, TimeStep.WEEK, 6), (366, TimeStep.MONTH, 13)],
)
def test_a_period_is_cut_without_gap_or_overlap(days: int, step: TimeStep, parts: int) -> None:
    since = DAY - timedelta(days=days - 1)
    assert step_of(since, DAY) is step
    found = list(spans(since, DAY, step))
    assert len(found) == parts == len({key for key, *_ in found})
    at = since
    for _, _, first, length in found:
        assert (first, length > 0) == (at, True)
        at += timedelta(days=length)
    assert at == DAY + timedelta(days=1)


def test_a_month_narrows_a_list_and_pages_follow_one_another(tmp_path: Path, db: Database) -> None:
    for n in range(1, 8):
        put(db, n, at=NOW - timedelta(days=10 * n))
    here, year = sits(tmp_path, db), {"since": DAY - timedelta(days=300), "until": DAY}
    assert listed(here, **year, month="2026-10").total == 3  # type: ignore[arg-type]
    assert listed(here, **year, month="2020-10").total == 0  # type: ignore[arg-type]
    pages = [listed(here, **year, per_page=3, page=page).rows for page in (1, 2, 3)]  # type: ignore[arg-type]
    assert [row.id for rows in pages for row in rows] == [ident(n) for n in range(1, 8)]
    for wrong in ({"month": "xx"}, {"relevance": "none"}, {"since": DAY + timedelta(days=1)}):
        with pytest.raises(UsageError):
            listed(here, **{**year, **wrong})  # type: ignore[arg-type]


def late(case: Case) -> Step:
    return noting.remind(case, "Gọi lại", DAY - timedelta(days=3), actor=LEADER, now=NOW)


def test_restricted_cases_are_counted_and_not_listed(tmp_path: Path, db: Database) -> None:
    put(db, 1)
    put(db, 2)
    here, press = sits(tmp_path, db), sits(tmp_path, db, PRESS)
    plain = triage.open_case(here, [ident(1)], Opening(title="Thường"))
    kept = triage.open_case(here, [ident(2)], Opening(title="Kín", allowed=()))
    for case in (plain, kept):
        here.act(case.id, late)
    found = overview(press, since=DAY, until=DAY)
    for figure in (found.open, found.overdue, *found.statuses, *found.verdicts):
        rows = case_list(press, **as_fields(figure))  # type: ignore[arg-type]
        assert figure.count == len(rows.rows) + rows.hidden
        assert figure.hidden == rows.hidden
        assert kept.id not in {head.id for head in rows.rows}
    assert (found.open.count, found.overdue.count, found.open.hidden) == (2, 2, 1)
    assert case_list(here, cases="open").hidden == 0
    with pytest.raises(UsageError):
        case_list(here, cases="x")
