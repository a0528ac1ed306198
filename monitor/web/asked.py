"""Days that a page's address asks for, read alike on every page: as people type them, and never dropped unsaid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from monitor import clock, dates
from monitor.errors import UsageError
from monitor.web.visit import Visit


def day(v: Visit, name: str) -> date | None:
    """The day of this field of the query; None where it is empty. Raises UsageError for what is no day."""
    said = v.query.get(name, "").strip()
    if not said:
        return None
    found = dates.parse(said[:40])
    if found is None:
        raise UsageError("bad_date", value=said[:40])
    return clock.local(found).date()


def days(v: Visit, *names: str) -> tuple[Mapping[str, date | None], tuple[str, ...]]:
    """``day`` of each field for a list that goes on without what it cannot read; and that, as typed, to be told."""
    found: dict[str, date | None] = {}
    wrong = []
    for name in names:
        try:
            found[name] = day(v, name)
        except UsageError as error:
            found[name] = None
            wrong.append(str(error.facts["value"]))
    return found, tuple(wrong)
