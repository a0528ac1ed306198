"""Cases, requests, letters and events as they go out: the very rows of ``monitor export``."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from monitor.desk import figures
from monitor.desk.sitting import Sitting
from monitor.model import case as model
from monitor.model.law import ClockKind, ClockState
from monitor.model.paper import PaperKind, PaperState
from monitor.model.request import AddresseeKind, DemandKind, DemandResult, RequestState
from monitor.model.source import Medium
from monitor.web.api.values import Shape, When


class Clock(Shape):
    """A clock: of which publication, how it stands, when it is due, and the sentence it rests on."""

    kind: ClockKind
    publication: str | None
    medium: Medium | None
    state: ClockState | None
    start: When | None
    due: When | None
    threshold: When | None
    statutory: bool
    provisional: bool
    ruleset: str | None
    computation: str
    basis: str


class ClaimRow(Shape):
    """A disputed passage, without its words."""

    id: str
    article: str | None
    verdict: model.ClaimVerdict | None
    ground: model.Ground | None
    capacity: model.Capacity


class RemedyRow(Shape):
    """A measure, without its words."""

    id: str
    state: model.RemedyState
    due: date
    done: date | None


class AssignmentRow(Shape):
    """Who was asked until when, without the words."""

    id: str
    part: model.Part
    unit: str | None
    person: str | None
    state: model.AssignmentState
    due: date
    directed_by: str
    answered: When | None


class CaseRow(Shape):
    """A case. Free words (quotations, findings, notes) stay at the desk."""

    id: str
    revision: int
    title: str
    status: model.CaseStatus
    verdict: model.CaseVerdict | None
    closing: model.Closing | None
    restricted: bool
    marking: model.Marking
    topic: str | None
    reached: model.Reached
    units: tuple[str, ...]
    accused: tuple[str, ...]
    lead: str | None
    opened: When
    first_published: When | None
    concluded: When | None
    closed: When | None
    reopened: int
    story: str | None
    articles: tuple[str, ...]
    claims: tuple[ClaimRow, ...]
    remedies: tuple[RemedyRow, ...]
    assignments: tuple[AssignmentRow, ...]
    requests: tuple[str, ...]
    clocks: tuple[Clock, ...]


class DemandRow(Shape):
    """One thing asked, and what came of it."""

    id: str
    kind: DemandKind
    result: DemandResult
    on: date | None
    missing: tuple[str, ...]
    reply: str | None
    proof: tuple[str, ...]


class PublicationRow(Shape):
    """The disputed work as the outlet put it out."""

    id: str
    article: str
    medium: Medium
    published: When | None
    url: str | None


class RequestRow(Shape):
    """A request with every demand and every clock."""

    case: str
    id: str
    addressee: AddresseeKind
    outlet: str | None
    name: str
    issuer: str
    state: RequestState
    claims: tuple[str, ...]
    demands: tuple[DemandRow, ...]
    publications: tuple[PublicationRow, ...]
    letter: str | None
    letter_date: date | None
    sent: When | None
    received: When | None
    conclusion: When | None
    self_found: When | None
    rounds: int
    escalates: str | None
    escalated: tuple[str, ...]
    clocks: tuple[Clock, ...]


class LetterRow(Shape):
    """A paper of ours (``direction`` "out") or one that arrived ("in"); fields of the other kind are null."""

    case: str
    id: str
    direction: str
    kind: PaperKind | None = None
    state: PaperState | None = None
    issuer: str | None = None
    sender: str | None = None
    number: int | None = None
    symbol: str | None = None
    sign: str | None = None
    dated: date | None = None
    arrival_number: Annotated[str | None, BeforeValidator(lambda said: None if said is None else f"{said}")] = None
    arrived: date | None = None
    subject: str
    addressees: tuple[str, ...] = ()
    request: str | None = None
    signed_by: str | None = None
    issued: When | None = None
    received: When | None = None
    file: str | None = None
    head: str | None = None
    replaces: str | None = None
    copy_: bool | None = Field(None, alias="copy")


class EventRow(Shape):
    """A link of the log: ids only. Numbers are missing where an event is of a case that is not shown."""

    n: int
    at: When
    actor: str
    on_behalf: str
    case: str
    action: str
    thing: str
    from_: str = Field(alias="from")
    to: str
    why: str
    refs: tuple[str, ...]
    previous: str
    hash: str


def case_row(s: Sitting, case: model.Case) -> CaseRow:
    """The case as it goes out."""
    return CaseRow.model_validate(figures.case_row(s, case))
