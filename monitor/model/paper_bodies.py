"""What each of the nine papers says, as data; the wording around it stands in ``reports/papers/*.docx``.

Words for deadlines and bases come ready ("trước ngày 10/11/2026", "khoản 6 Điều 18 Nghị định …").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from monitor.model.paper import (
    AdmittedLine,
    Attendee,
    ClaimLine,
    DemandLine,
    DisputedWork,
    MeasureLine,
    PaperBody,
    PaperKind,
    Signature,
    Statement,
)
from monitor.model.request import AddresseeKind


@dataclass(frozen=True, kw_only=True)
class RequestBody(PaperBody):
    """To one addressee: what was right first, then each false passage with the right fact, then what is asked.

    ``basis`` are the acts in force on the letter's date, each a noun phrase ("Luật Báo chí số …"). ``honorific`` is
    how sentences call the addressee ("Quý Báo", "Quý Đài", "Ông/Bà"). ``on_behalf_of`` is the harmed body or person
    whose authorisation is attached; ``informs`` says that the office only informs and has no right of response.
    """

    kind: ClassVar[PaperKind] = PaperKind.REQUEST_LETTER
    addressee: AddresseeKind
    honorific: str = "Quý cơ quan"
    works: tuple[DisputedWork, ...]
    claims: tuple[ClaimLine, ...]
    demands: tuple[DemandLine, ...]
    admitted: tuple[AdmittedLine, ...] = ()
    basis: tuple[str, ...] = ()
    on_behalf_of: str = ""
    informs: bool = False
    response_attached: bool = False


@dataclass(frozen=True, kw_only=True)
class ResponseBody(PaperBody):
    """The text to be published. It has no number of its own: ``letter`` is the công văn's it goes with, in words
    ("số 07/LĐLĐ-TG"); where it is empty the paper's ``number`` or a blank stands there.

    ``audience`` are those it is for ("bạn đọc", "thính giả", "khán giả"); ``closing`` an own last sentence.
    """

    kind: ClassVar[PaperKind] = PaperKind.RESPONSE_TEXT
    works: tuple[DisputedWork, ...]
    claims: tuple[ClaimLine, ...]
    admitted: tuple[AdmittedLine, ...] = ()
    on_behalf_of: str = ""
    letter: str = ""
    audience: str = "bạn đọc"
    closing: str = ""


@dataclass(frozen=True, kw_only=True)
class ReminderBody(PaperBody):
    """The ``nth`` letter in a matter: ``letters`` are the earlier ones in words, ``received`` when the first arrived.

    ``outstanding`` is what was due and did not come, ``deadline`` the new day in words, ``next_step`` what follows.
    """

    kind: ClassVar[PaperKind] = PaperKind.REMINDER
    nth: int = 2
    honorific: str = "Quý cơ quan"
    works: tuple[DisputedWork, ...]
    letters: tuple[str, ...]
    received: str = ""
    outstanding: tuple[DemandLine, ...]
    deadline: str
    next_step: str = ""


@dataclass(frozen=True, kw_only=True)
class PetitionBody(PaperBody):
    """To an authority: what was published, what is true, what was asked before and came of it, what is proposed.

    ``history`` are sentences, oldest first. ``informs`` turns it into a notice that only reports the matter.
    """

    kind: ClassVar[PaperKind] = PaperKind.PETITION
    works: tuple[DisputedWork, ...]
    claims: tuple[ClaimLine, ...]
    demands: tuple[DemandLine, ...]
    admitted: tuple[AdmittedLine, ...] = ()
    history: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    on_behalf_of: str = ""
    informs: bool = False


@dataclass(frozen=True, kw_only=True)
class SubmissionBody(PaperBody):
    """To the leader: the matter in short, what was found, what is proposed, by when a decision is needed.

    ``drafts`` are the papers laid before him for signature; ``matter`` and ``opinion`` are paragraphs.
    """

    kind: ClassVar[PaperKind] = PaperKind.SUBMISSION
    works: tuple[DisputedWork, ...]
    matter: str
    findings: tuple[ClaimLine, ...] = ()
    opinion: str = ""
    proposals: tuple[str, ...]
    drafts: tuple[str, ...] = ()
    deadline: str = ""


@dataclass(frozen=True, kw_only=True)
class AssignmentBody(PaperBody):
    """Who checks what until when. ``direction`` is the leader's word, ``directed_by`` who gave it.

    ``deadline_note`` says where the deadline comes from when it is practice and no law. ``reply`` tells how to answer.
    """

    kind: ClassVar[PaperKind] = PaperKind.ASSIGNMENT
    works: tuple[DisputedWork, ...]
    lead: str
    helpers: tuple[str, ...] = ()
    questions: tuple[str, ...]
    quotes: tuple[str, ...] = ()
    directed_by: str = ""
    direction: str = ""
    deadline: str
    deadline_note: str = ""
    reply: str = ""


@dataclass(frozen=True, kw_only=True)
class VerificationBody(PaperBody):
    """What was checked, how, and what is true, passage by passage.

    ``verdict`` is the case's ("đúng một phần"); empty tuples print "không phát sinh" where the report must say so.
    """

    kind: ClassVar[PaperKind] = PaperKind.VERIFICATION_REPORT
    works: tuple[DisputedWork, ...]
    steps: tuple[str, ...]
    findings: tuple[ClaimLine, ...]
    verdict: str
    causes: str = ""
    remedies: tuple[MeasureLine, ...] = ()
    proposals: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MinutesBody(PaperBody):
    """A meeting: when (words), where, who was there, what was said, agreed and left open.

    The chair signs as the paper's ``signature``; ``signers`` are the secretary and one for each party.
    """

    kind: ClassVar[PaperKind] = PaperKind.MINUTES
    opened: str
    closed: str = ""
    venue: str
    present: tuple[Attendee, ...]
    purpose: str
    works: tuple[DisputedWork, ...] = ()
    statements: tuple[Statement, ...] = ()
    agreed: tuple[str, ...] = ()
    open_points: tuple[str, ...] = ()
    copies: int = 2
    signers: tuple[Signature, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RemedyBody(PaperBody):
    """To the outlet whose report was right: what was found and what is done.

    ``in_reply_to`` is the outlet's letter in words where it forwarded the matter; ``basis`` the duty to tell it.
    """

    kind: ClassVar[PaperKind] = PaperKind.REMEDY_NOTICE
    honorific: str = "Quý cơ quan"
    works: tuple[DisputedWork, ...]
    in_reply_to: str = ""
    basis: str = ""
    admitted: tuple[AdmittedLine, ...]
    others: tuple[ClaimLine, ...] = ()
    measures: tuple[MeasureLine, ...] = ()
    next_report: str = ""
