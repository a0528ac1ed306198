"""What a case is made of: its states, and the things that hang on it. ``model.case`` joins them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class TriageState(StrEnum):
    """What was decided of a story, or of an item that belongs to none."""

    NEW = "new"
    NOTED = "noted"
    IRRELEVANT = "irrelevant"
    CASE = "case"


class CaseStatus(StrEnum):
    """How far the case is; how it ended is ``Closing``, and *overdue* is derived, never a state."""

    OPEN = "open"
    VERIFYING = "verifying"
    HANDLING = "handling"
    CLOSED = "closed"


class Closing(StrEnum):
    """How a case ended."""

    CONCLUDED = "concluded"
    """With a verdict, and nothing left to do."""
    MISTAKEN = "mistaken"
    DUPLICATE = "duplicate"
    PASSED_ON = "passed_on"


class ClaimVerdict(StrEnum):
    """Whether a disputed passage is so."""

    RIGHT = "right"
    WRONG = "wrong"
    NOT_OBJECTIVE = "not_objective"
    UNSETTLED = "unsettled"


class CaseVerdict(StrEnum):
    """The case's verdict, derived from those of its claims."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    NOT_OBJECTIVE = "not_objective"
    UNSETTLED = "unsettled"


class Ground(StrEnum):
    """What is wrong with a passage: it decides what may be asked."""

    FALSE = "false"
    DISTORTED = "distorted"
    SLANDER = "slander"
    INSULT = "insult"
    NOT_OBJECTIVE = "not_objective"
    MISLEADING = "misleading"
    NO_HARM = "no_harm"


class Capacity(StrEnum):
    """In what capacity the office writes."""

    OWN = "own"
    ON_BEHALF = "on_behalf"
    INFORM = "inform"


class Reached(StrEnum):
    """How the matter reached us: it decides our own clocks."""

    PUBLISHED = "published"
    SOCIAL = "social"
    """A private page, group or person on a social network; press agencies' own channels are press."""
    FORWARDED = "forwarded"
    """The outlet sent us an opinion or criticism in writing."""
    COMPLAINT = "complaint"
    """The outlet sent us a complaint or denunciation."""
    EDITOR_ASKS = "editor_asks"


class Marking(StrEnum):
    """Who may read the papers. Higher markings are refused: state secrets may not be on such a machine."""

    ORDINARY = "ordinary"
    INTERNAL = "internal"


class RemedyState(StrEnum):
    """Whether what was wrong with us has been put right."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class AssignmentState(StrEnum):
    """Whether who was asked has answered."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class Part(StrEnum):
    """The part someone has in a case."""

    LEAD = "lead"
    COOPERATES = "cooperates"


class Way(StrEnum):
    """By which way an assignment went out, or an answer came in."""

    LETTER = "letter"
    MAIL = "mail"
    ZALO = "zalo"
    PHONE = "phone"
    TALK = "talk"
    PROGRAM = "program"
    LINK = "link"
    """By a one-time link to an answer form."""


@dataclass(frozen=True, kw_only=True)
class Triaged:
    """What was decided of ``subject`` (the id of a story, or of an item that belongs to none), and what before."""

    subject: str
    state: TriageState
    before: TriageState
    by: str
    at: datetime
    case: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A disputed passage: ``quote`` from the snapshot of ``article``, or typed from paper or broadcast by someone.

    ``fact`` is the right fact and ``source`` where it stands; ``harmed`` the body or person harmed; ``authority`` the
    evidence id of the authorisation where we write on behalf of someone.
    """

    id: str
    quote: str
    article: str = ""
    snapshot: str = ""
    typed_by: str = ""
    fact: str = ""
    source: str = ""
    harmed: str = ""
    capacity: Capacity = Capacity.OWN
    authority: str = ""
    ground: Ground | None = None
    verdict: ClaimVerdict | None = None
    why: str = ""
    judged_by: str = ""
    judged: datetime | None = None
    dropped: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What the check brought to light, on which claims, resting on which evidence."""

    id: str
    text: str
    claims: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """A measure where the press was right: who does it until when, and the proof that it was done."""

    id: str
    measure: str
    who: str
    due: date
    claims: tuple[str, ...] = ()
    state: RemedyState = RemedyState.OPEN
    done: date | None = None
    result: str = ""
    proof: tuple[str, ...] = ()
    why: str = ""
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an assignee answered; ``source`` is who said it where an officer recorded it on the unit's behalf."""

    text: str
    at: datetime
    way: Way
    by: str
    source: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """Someone asked to check or to help: a unit or a person, one lead and any number who cooperate."""

    id: str
    part: Part
    unit: str = ""
    person: str = ""
    task: str
    due: date
    directed_by: str
    way: Way = Way.LETTER
    state: AssignmentState = AssignmentState.OPEN
    answer: Answer | None = None
    why: str = ""
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Note:
    """Words on a case: a comment, or a leader's direction."""

    id: str
    text: str
    direction: bool = False
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """Something to be reminded of on a day; ``person`` empty means the lead."""

    id: str
    due: date
    what: str
    person: str = ""
    done: datetime | None = None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Conclusion:
    """Who concluded the verification, when, with what words."""

    by: str
    at: datetime
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class End:
    """How, when and by whom the case was closed; ``other`` is the case it doubles, or where it went.

    ``retention`` is how long its file is kept, in the words of the office's list of files.
    """

    closing: Closing
    by: str
    at: datetime
    why: str = ""
    other: str = ""
    retention: str = ""
