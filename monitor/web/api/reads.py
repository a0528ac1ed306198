"""What is read with a token: each one read of the desk's, with the rights of whose token it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from monitor.clock import local
from monitor.desk import article, case_list, due, editions, figures, finding, inbox, mine, outlet_record, sources
from monitor.desk.article_seen import hidden_of
from monitor.desk.sitting import Sitting
from monitor.model.case import Case
from monitor.model.finding import InboxFilter
from monitor.model.request import Request
from monitor.store import cases as stored
from monitor.web.api import asked as ask
from monitor.web.api.shapes_case import CaseRow, EventRow, LetterRow, RequestRow, case_row
from monitor.web.api.shapes_found import SearchRows, found_of
from monitor.web.api.shapes_office import (
    DueRow,
    EditionRow,
    Me,
    OutletLine,
    OutletPage,
    SourceState,
    TaskRow,
    edition_of,
    outlet_line,
    outlet_page,
)
from monitor.web.api.shapes_press import (
    Article,
    InboxItem,
    InboxRows,
    article_of,
    each,
)
from monitor.web.api.table import read
from monitor.web.api.values import Ident, Paged, Rows, cut, listed
from monitor.web.route import DESK, EVERYBODY, OFFICE

_INSTANT = timedelta(microseconds=1)


def who_am_i(s: Sitting) -> Me:
    """Whose token it is, and what he is."""
    return Me(id=s.actor.id, name=s.actor.name, roles=s.actor.roles, unit=s.actor.unit, acts_for=s.acts_for)


def list_inbox(s: Sitting, asked: Annotated[ask.InboxAsked, Query()]) -> InboxRows:
    """What the press said and, by default, nobody has decided on yet."""
    found = inbox.inbox(
        s,
        InboxFilter(
            state=asked.state, days=asked.days, since=asked.since, until=asked.until, outlet=asked.outlet,
            topic=asked.topic, place=asked.place, tone=asked.tone or "", attention=asked.attention,
            relevance=asked.relevance or "", words=asked.words, mine=asked.mine, sort=asked.sort, page=asked.page,
            per_page=asked.per_page,
        ),
    )  # fmt: skip
    beyond = asked.page > found.page  # the desk shows its last page instead
    return InboxRows(
        page=asked.page, per_page=asked.per_page, total=found.total, counts=dict(found.counts),
        items=() if beyond else each(InboxItem, found.rows),
    )  # fmt: skip


def get_article(s: Sitting, id: Ident) -> Article:  # noqa: A002
    """An article with its words, its tags with the words they rest on, corrections, prints, cases and evidence."""
    return article_of(article.article(s, id))


def search(s: Sitting, asked: Annotated[ask.SearchAsked, Query()]) -> SearchRows:
    """Articles by words and fields; letters by their number; cases by id or title."""
    found = finding.find(
        s, asked.q, outlet=asked.outlet, topic=asked.topic, place=asked.place, since=asked.since, until=asked.until,
        page=asked.page, per_page=asked.per_page,
    )  # fmt: skip
    made = found_of(found, asked.per_page)
    return made.model_copy(update={"page": asked.page, "items": ()}) if asked.page > found.page else made


def list_cases(s: Sitting, asked: Annotated[ask.CasesAsked, Query()]) -> Rows[CaseRow]:
    """Cases: what is overdue first, then by the next due date, then the newest."""
    query = case_list.CaseQuery(
        statuses=tuple(asked.status), verdict=asked.verdict, unit=asked.unit, topic=asked.topic, overdue=asked.overdue,
        mine=asked.mine, start=asked.since, end=asked.until, words=asked.words,
    )  # fmt: skip
    found = case_list.listed(s, query, page=asked.page, size=asked.per_page)
    row = figures.rows_of(s)
    rows = () if asked.page > found.page else found.rows  # the desk shows its last page instead
    return listed((CaseRow.model_validate(row(s.case(one.head.id))) for one in rows), found.total, asked)


def get_case(s: Sitting, id: Ident) -> CaseRow:  # noqa: A002
    """One case."""
    return case_row(s, s.case(id))


def list_requests(s: Sitting, asked: Annotated[ask.RequestsAsked, Query()]) -> Rows[RequestRow]:
    """Requests by case, the oldest first, with every demand and every clock."""
    start, end = asked.bounds
    found = [
        (case, request)
        for case in stored.every(s.db, start=start, end=end)
        if asked.case in ("", case.id) and s.sees(case)
        for request in case.requests
        if asked.outlet in ("", request.outlet) and (not asked.state or request.state in asked.state)
    ]
    return listed(_requests(s, list(cut(found, asked))), len(found), asked)


def _requests(s: Sitting, wanted: list[tuple[Case, Request]]) -> list[RequestRow]:
    """Their rows; clocks are computed of the cases between the first and the last of the page alone."""
    if not wanted:
        return []
    times = [case.opened for case, _ in wanted]
    names = [(case.id, request.id) for case, request in wanted]
    rows = {(row["case"], row["id"]): row for row in figures.request_rows(s, min(times), max(times) + _INSTANT)}
    return [RequestRow.model_validate(rows[name]) for name in names]


def list_letters(s: Sitting, asked: Annotated[ask.LettersAsked, Query()]) -> Rows[LetterRow]:
    """Papers of ours and those that arrived, by case."""
    found = [
        row
        for row in figures.letter_rows(s, *asked.bounds)
        if asked.case in ("", row["case"]) and asked.direction in (None, row["direction"])
    ]
    return listed(map(LetterRow.model_validate, cut(found, asked)), len(found), asked)


def list_events(s: Sitting, asked: Annotated[ask.EventsAsked, Query()]) -> Rows[EventRow]:
    """The log, oldest first; ids only."""
    gone = hidden_of(s, stored.every(s.db))
    found = [
        row
        for row in figures.event_rows(s, *asked.bounds)
        if asked.case in ("", row["case"]) and not (gone and gone & _named(row))
    ]
    return listed(map(EventRow.model_validate, cut(found, asked)), len(found), asked)


def _named(row: figures.Row) -> set[object]:
    refs = row["refs"]
    return {row["thing"], *(refs if isinstance(refs, list) else ())}


def list_due(s: Sitting, asked: Annotated[ask.DueAsked, Query()]) -> Rows[DueRow]:
    """Clocks, assignments, remedies and reminders, the most pressing first."""
    found = due.due(s, days=asked.days)
    return listed(each(DueRow, cut(found, asked)), len(found), asked)


def list_mine(s: Sitting, asked: Annotated[ask.MineAsked, Query()]) -> Rows[TaskRow]:
    """What waits for whose token it is, the most pressing first."""
    found = [task for _, group in mine.mine(s, days=asked.days) for task in group]
    return listed(each(TaskRow, cut(found, asked)), len(found), asked)


def list_sources(s: Sitting, asked: Annotated[Paged, Query()]) -> Rows[SourceState]:
    """Every source with its health and the reason for it."""
    found = sources.sources(s)
    return listed(each(SourceState, cut(found, asked)), len(found), asked)


def list_editions(s: Sitting, asked: Annotated[ask.EditionsAsked, Query()]) -> Rows[EditionRow]:
    """Editions of the digest, the latest first."""
    found = editions.editions(s, asked.series, asked.year or local(s.now).year)
    return listed(map(edition_of, cut(found, asked)), len(found), asked)


def get_edition(s: Sitting, id: Ident) -> Response:  # noqa: A002
    """An edition as ``monitor digest --edition ID --format json`` gives it."""
    return Response(editions.rendered(s, id, "json"), media_type="application/json")


def list_outlets(s: Sitting, asked: Annotated[Paged, Query()]) -> Rows[OutletLine]:
    """Outlets with today's cards."""
    found = outlet_record.outlets(s, local(s.now).date())
    return listed(map(outlet_line, cut(found, asked)), len(found), asked)


def get_outlet(s: Sitting, id: Ident) -> OutletPage:  # noqa: A002
    """One outlet: every card, what was asked of it, and what it corrected."""
    return outlet_page(outlet_record.record(s, id))


ROUTES = (
    read("/me", who_am_i, EVERYBODY),
    read("/inbox", list_inbox, OFFICE),
    read("/articles/{id}", get_article, EVERYBODY),
    read("/search", search, EVERYBODY),
    read("/cases", list_cases, DESK),
    read("/cases/{id}", get_case, DESK),
    read("/requests", list_requests, DESK),
    read("/letters", list_letters, OFFICE),
    read("/events", list_events, OFFICE),
    read("/due", list_due, DESK),
    read("/mine", list_mine, EVERYBODY),
    read("/sources", list_sources, EVERYBODY),
    read("/editions", list_editions, DESK),
    read("/editions/{id}", get_edition, DESK),
    read("/outlets", list_outlets, OFFICE),
    read("/outlets/{id}", get_outlet, OFFICE),
)
