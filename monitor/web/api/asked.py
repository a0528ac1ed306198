"""What callers say: filters of lists, and the bodies of acts. Words are checked again by the desk; sizes are here."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from monitor.desk.inbox import MOST_DAYS
from monitor.model.case import (
    Capacity,
    CaseStatus,
    CaseVerdict,
    ClaimVerdict,
    Closing,
    Ground,
    Part,
    Reached,
    TriageState,
    Way,
)
from monitor.model.correction import Field as TagField
from monitor.model.edition import Series
from monitor.model.request import AddresseeKind, DemandKind, DemandResult, RequestState
from monitor.model.source import Medium
from monitor.model.tag import Tone
from monitor.web.api.values import Act, Day, Line, Many, Moment, Name, Paged, Shape, Span, Text

Subjects = Annotated[tuple[Name, ...], Field(min_length=1, max_length=100)]


class InboxAsked(Span):
    """See ``model.finding.InboxFilter``; the defaults are the morning's queue."""

    state: Literal["new", "noted", "irrelevant", "case", "all"] = "new"
    days: int = Field(14, ge=1, le=MOST_DAYS)
    outlet: Name = ""
    topic: Name = ""
    place: Name = ""
    tone: Tone | None = None
    attention: bool = False
    relevance: Literal["union", "labour", "foreign"] | None = None
    words: Name = ""
    mine: bool = False
    sort: Literal["newest", "attention", "reprints"] = "newest"


class SearchAsked(Span):
    """Words, with fields as at the search box ("báo:…") or apart; at most 100 to a page."""

    q: Annotated[Line, Field(max_length=400)] = ""
    outlet: Name = ""
    topic: Name = ""
    place: Name = ""
    per_page: int = Field(20, ge=1, le=100)


class CasesAsked(Span):
    """Which cases; ``since`` and ``until`` are days of opening. What presses comes first."""

    status: list[CaseStatus] = Field(default=[], max_length=10)
    verdict: CaseVerdict | None = None
    unit: Name = ""
    topic: Name = ""
    overdue: bool = False
    mine: bool = False
    words: Name = ""


class RequestsAsked(Span):
    """Which requests, of cases opened in these days."""

    case: Name = ""
    outlet: Name = ""
    state: list[RequestState] = Field(default=[], max_length=20)


class LettersAsked(Span):
    """Which papers, of cases opened in these days."""

    case: Name = ""
    direction: Literal["in", "out"] | None = None


class EventsAsked(Span):
    """Which events."""

    case: Name = ""


class DueAsked(Paged):
    """What is overdue, or falls due within so many days."""

    days: int = Field(30, ge=0, le=3650)


class MineAsked(Paged):
    """``days``: how far ahead a due date is soon."""

    days: int = Field(7, ge=0, le=365)


class EditionsAsked(Paged):
    """The archive of a series and year, by default this year's."""

    series: Series = Series.DAILY
    year: int | None = Field(None, ge=2000, le=2100)


class Decide(Act):
    """Noted or irrelevant. ``shown``: when the caller read the list; what another decided since then stays (409)."""

    state: Literal[TriageState.NOTED, TriageState.IRRELEVANT]
    note: Line = ""
    shown: Moment | None = None


class Undo(Act):
    """Takes the last decision back, within a day."""

    shown: Moment | None = None


class Open(Act):
    """A case of stories, items or addresses. ``allowed``: only these persons may know of it."""

    subjects: Subjects
    title: Line = ""
    reached: Reached | None = None
    reached_at: Moment | None = None
    units: Many = ()
    topic: Name = ""
    allowed: Many | None = None
    evidence: bool = True
    """Whether the pages are fetched as evidence, soon and in the background."""


class Join(Act):
    """Further stories or items for a case."""

    subjects: Subjects
    shown: Moment | None = None


class Assign(Act):
    """Who is asked to do what until when; exactly one of ``unit`` and ``person``."""

    part: Part = Part.LEAD
    task: Text
    due: Day
    unit: Name = ""
    person: Name = ""
    directed_by: Name = ""
    way: Way = Way.LETTER


class Answered(Act):
    """What the assignee answered; ``source`` is who said it where an officer records it for a body."""

    text: Text
    at: Moment | None = None
    way: Way = Way.PROGRAM
    source: Line = ""
    evidence: Many = ()


class NewClaim(Act):
    """A disputed passage, word for word from an article's stored text, or ``typed`` from paper or broadcast."""

    quote: Text
    article: Name = ""
    typed: bool = False
    fact: Text = ""
    source: Line = ""
    harmed: Line = ""
    capacity: Capacity = Capacity.OWN


class Judge(Act):
    """The verdict on one claim."""

    verdict: ClaimVerdict
    ground: Ground | None = None
    why: Text = ""
    fact: Text = ""
    source: Line = ""


class Words(Act):
    """A comment, or a leader's direction."""

    text: Text


class Conclude(Act):
    """The verification ends."""

    text: Text = ""


class NewRemedy(Act):
    """A measure: what, by whom, until when."""

    measure: Text
    who: Line
    due: Day
    claims: Many = ()


class Finished(Act):
    """A measure was carried out."""

    done: Day
    result: Text
    proof: Many = ()


class Ask(Act):
    """A request; what is not said comes from the proposal for that outlet."""

    outlet: Name = ""
    name: Line = ""
    addressee: AddresseeKind | None = None
    issuer: Name = ""
    claims: Many = ()
    demands: Annotated[tuple[DemandKind, ...], Field(max_length=20)] = ()
    articles: Many = ()


class AskAll(Act):
    """A request, or an addition, for every proposal."""

    issuer: Name = ""


class Received(Act):
    """When the addressee received the letter, and what shows it; a day put right needs ``why``."""

    at: Moment
    proof: Line
    why: Line = ""


class Result(Act):
    """What came of one demand (its id or kind). ``result`` null: in time or late, as the dates tell."""

    demand: Name
    result: DemandResult | None = None
    on: Day | None = None
    missing: Many = ()
    note: Text = ""
    reply: Name = ""
    proof: Many = ()
    why: Line = ""


class Close(Act):
    """The end of a case: with its verdict ("concluded"), or without one for a named reason.

    ``other`` is the case it doubles, or where it went; ``retention`` how long its file is kept.
    """

    closing: Closing = Closing.CONCLUDED
    why: Text = ""
    other: Line = ""
    retention: Line = ""


class Correct(Shape):
    """A person's word on one field of an article's reading; see ``desk.article.correct`` for the values."""

    field: TagField
    values: Many
    note: Line = ""


class HandIn(Shape):
    """A link that somebody saw. ``medium``: online or social_channel, by default as the host tells."""

    link: Line
    medium: Literal[Medium.ONLINE, Medium.SOCIAL_CHANNEL] | None = None
    title: Line = ""
    text: Text = ""
    seen_by: Line = ""
    at: Moment | None = None
