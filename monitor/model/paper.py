"""A paper of the office: its kind, its way from draft to receipt, and everything that is printed in it.

``PaperContent`` is the frame all nine papers share (letterhead, number, addressees, recipients, signature); its
``body`` is one of the classes of ``model.paper_bodies`` and decides the kind. All texts are plain: no markup, line
feeds part paragraphs. Articles of law come in as strings, chosen by date elsewhere; no template names one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from monitor.model.event import Head
from monitor.model.source import Medium


class PaperKind(StrEnum):
    """The nine papers."""

    REQUEST_LETTER = "request_letter"
    """Công văn: correction, response, removal; one per addressee."""
    RESPONSE_TEXT = "response_text"
    """Ý kiến phản hồi: the text the outlet must publish, attached to the công văn."""
    REMINDER = "reminder"
    PETITION = "petition"
    """Kiến nghị xem xét, kết luận: to a regulator or managing body."""
    SUBMISSION = "submission"
    """Phiếu trình: to the leader who decides."""
    ASSIGNMENT = "assignment"
    VERIFICATION_REPORT = "verification_report"
    MINUTES = "minutes"
    REMEDY_NOTICE = "remedy_notice"


class PaperState(StrEnum):
    """A paper's way; number and date come after the signature, what is issued never changes."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    SIGNED = "signed"
    NUMBERED = "numbered"
    ISSUED = "issued"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """The top left of page 1: ``superior`` above, ``name`` in bold below it (both printed in capitals).

    ``superior`` may be empty (the General Confederation writes under its own name alone). ``place`` stands before
    the date, without "tỉnh". ``symbol`` is what the body's letters carry after the number ("LĐLĐ-TG"); papers with a
    name of their own derive theirs from it ("BC-LĐLĐ").
    """

    superior: str
    name: str
    place: str
    symbol: str


@dataclass(frozen=True, kw_only=True)
class Signature:
    """``authority`` are the lines above the title ("TM. BAN THƯỜNG VỤ"), ``title`` e.g. "PHÓ CHỦ TỊCH".

    ``name`` is empty in a draft whose signer is not known yet.
    """

    authority: tuple[str, ...] = ()
    title: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """The body that writes: ``name`` as sentences say it first, ``short`` from then on ("LĐLĐ tỉnh")."""

    letterhead: Letterhead
    name: str
    short: str
    unit: bool = False
    """Whether it is a unit of the federation: its papers are copied to the federation."""


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """A line of Nơi nhận: ``note`` is printed in brackets after the name ("b/c", "t/h")."""

    name: str
    note: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.note})" if self.note else self.name


@dataclass(frozen=True, kw_only=True)
class DisputedWork:
    """A work as one outlet put it out, with all that the law wants named; the medium belongs to it, not to the outlet.

    ``form`` is the word for it ("bài", "tin", "phóng sự", "chương trình", "bài viết"), ``column`` the column or
    programme, ``issue`` the number of a printed issue, ``product`` a product whose name is not the outlet's.
    ``published`` is in words, with the hour for broadcasts.
    """

    outlet: str
    title: str
    published: str
    medium: Medium = Medium.ONLINE
    form: str = "bài"
    column: str = ""
    issue: str = ""
    product: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class ClaimLine:
    """A disputed passage beside what is right: ``verdict`` in words ("sai sự thật"), ``harm`` whom it harmed and how.

    In a report a claim may be right; then ``fact`` says what was found.
    """

    quote: str
    fact: str = ""
    source: str = ""
    verdict: str = ""
    harm: str = ""


@dataclass(frozen=True, kw_only=True)
class AdmittedLine:
    """A passage that was right, and what is being or has been done about it."""

    quote: str
    measure: str = ""


@dataclass(frozen=True, kw_only=True)
class DemandLine:
    """One thing asked: what, by when in words, and the article it rests on ("điểm b khoản 3 Điều 19 …")."""

    text: str
    deadline: str = ""
    basis: str = ""


@dataclass(frozen=True, kw_only=True)
class MeasureLine:
    """A remedy: who does it, until when (words), and what came of it."""

    text: str
    who: str = ""
    due: str = ""
    result: str = ""


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """Someone present at a meeting; ``party`` is the body he speaks for."""

    name: str
    title: str = ""
    party: str = ""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What one side said at a meeting."""

    who: str
    text: str


class PaperBody:
    """What a kind of paper says; the classes are in ``model.paper_bodies``."""

    kind: ClassVar[PaperKind]


@dataclass(frozen=True, kw_only=True)
class PaperContent:
    """One paper, ready to be printed.

    ``subject`` is the công văn's line without "V/v", or the line under the name of a named paper. ``number`` and
    ``date`` are empty in a draft, which then prints blanks and ``year``. ``symbol`` as entered by the văn thư; empty
    means derived. ``addressees`` are the lines of Kính gửi; ``recipients`` all lines of Nơi nhận, "Lưu" last.
    ``contact`` is one sentence's end ("Ban Tuyên giáo, điện thoại …"). ``internal`` prints the mark of a paper that
    stays inside. ``head`` is the end of the event log, printed small in what is issued.
    """

    issuer: Issuer
    year: int
    subject: str
    signature: Signature
    body: PaperBody
    number: int | None = None
    date: date | None = None
    symbol: str = ""
    addressees: tuple[str, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    attachments: tuple[str, ...] = ()
    contact: str = ""
    internal: bool = False
    head: Head | None = None

    @property
    def kind(self) -> PaperKind:
        """Which of the nine it is."""
        return self.body.kind
