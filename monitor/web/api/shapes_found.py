"""What a search found, as it goes out: articles, letters by their numbers, cases."""

from __future__ import annotations

from datetime import date

from monitor.model.case import CaseStatus, CaseVerdict
from monitor.model.finding import Found
from monitor.model.tag import Relevance, Tone
from monitor.web.api.shapes_press import Mended, each
from monitor.web.api.values import Rows, Said, Shape, When


class HitRow(Shape):
    """An article found. ``tier``: 0 the phrase as typed, 1 its words, 2 and 3 the same without accents."""

    id: str
    tier: int
    title: str
    snippet: str
    url: Said
    outlet: str
    outlet_name: str
    published: When
    relevance: Relevance | None
    tone: Tone | None
    attention: bool
    topics: tuple[str, ...]
    places: tuple[str, ...]
    story: Said
    corrected: Mended | None


class LetterFound(Shape):
    """A paper of ours, or one that arrived, by its number."""

    case: str
    case_title: str
    id: str
    incoming: bool
    sign: str
    arrival_number: Said
    dated: date | None
    subject: str
    party: str


class CaseFound(Shape):
    """A case found by its id or the words of its title."""

    id: str
    title: str
    status: CaseStatus
    verdict: CaseVerdict | None
    opened: When


class SearchRows(Rows[HitRow]):
    """What a search found: where ``more``, there are more articles than ``total`` says."""

    more: bool
    months: dict[str, int]
    letters: tuple[LetterFound, ...]
    cases: tuple[CaseFound, ...]


def found_of(found: Found, per_page: int) -> SearchRows:
    """What was found as it goes out."""
    return SearchRows(
        page=found.page, per_page=per_page, total=found.total, items=each(HitRow, found.hits), more=found.more,
        months=dict(found.months), letters=each(LetterFound, found.letters), cases=each(CaseFound, found.cases),
    )  # fmt: skip
