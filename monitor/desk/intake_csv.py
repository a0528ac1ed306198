"""Items entered by hand, many at once: a table with one item a line; every bad line is told, the good ones are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from monitor.desk.intake import NewItem, take_in
from monitor.desk.moments import moment
from monitor.desk.products import medium_of
from monitor.desk.sheets import Loaded, Row, Told, load, read
from monitor.desk.sitting import Sitting
from monitor.errors import InputError, RefusedError
from monitor.jobs.cluster import place_due
from monitor.labels import label, of
from monitor.model.intake import WhyMissed
from monitor.model.tag import Relevance
from monitor.text import clean, fold

COLUMNS = (
    *("medium", "outlet", "at", "title", "text", "programme", "page", "issue", "account", "link", "seen_by"),
    *("why_missed", "why_note", "relevance"),
)
NEEDED = ("medium", "at", "title")
_TEXTS = ("outlet", "title", "programme", "page", "issue", "account", "link", "seen_by", "why_note")


def take_in_csv(sitting: Sitting, raw: bytes, progress: Told | None = None) -> Loaded:
    """Takes in every good line. Raises InputError for a file that is no such table."""
    sheet = read(raw, "intake", COLUMNS, NEEDED)
    notices: list[str] = []
    done = load(((row.line, _later(sitting, row, notices)) for row in sheet.rows), progress)
    place_due(sitting.db)
    notices += [label("table", "unknown_column", column=name) for name in sheet.unknown]
    return replace(done, bad=tuple(sorted((*sheet.bad, *done.bad))), notices=tuple(dict.fromkeys(notices)))


def _later(sitting: Sitting, row: Row, notices: list[str]) -> Callable[[], bool]:
    def act() -> bool:
        taken = take_in(sitting, _item(row), place=False)
        if taken.new_outlet:
            notices.append(label("intake", "new_outlet", name=taken.outlet_name, outlet=taken.article.outlet))
        if taken.collected:
            notices.append(label("intake", "line_collected", line=row.line, article=taken.article.id))
        return not taken.known

    return act


def _item(row: Row) -> NewItem:
    said = row.get("at")
    if not said:
        raise RefusedError("words_missing", what=label("intake", "col_at"))
    at, hour = moment(said)
    texts: dict[str, Any] = {name: row.get(name) for name in _TEXTS}
    return NewItem(
        medium=medium_of(row.get("medium")),
        at=at,
        hour=hour,
        text=row.cells.get("text", ""),
        why_missed=why_of(row.get("why_missed")),
        relevance=fold(row.get("relevance")) or Relevance.UNION.value,
        **texts,
    )


def why_of(said: str) -> WhyMissed:
    """Why the crawl missed it, by its word or its Vietnamese name; nothing is "not missed"."""
    wanted = fold(clean(said))
    for why in WhyMissed:
        if wanted in (why.value, fold(of(why))):
            return why
    if wanted:
        raise InputError("why_unknown", value=said[:60], known=", ".join(WhyMissed))
    return WhyMissed.NOT_MISSED
