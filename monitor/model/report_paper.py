"""The report as a paper: its sentences, its head, what was issued, and what changed since the version before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.model.report import ReportData, Span
from monitor.model.settings import Approver

PARTS = ("opening", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "closing")
"""Where sentences stand: before the sections, at the head of each, and after them."""
FORMS = ("docx", "pdf", "xlsx", "html", "json")
"""The forms a report is made in; all of the same figures and sentences."""


class ReportAct(StrEnum):
    """What is done with a report."""

    READ = "read"
    WRITE = "write"
    """An officer's own sentences."""
    ISSUE = "issue"
    SEND = "send"


@dataclass(frozen=True, kw_only=True)
class ReportPaperRules:
    """How the office's reports look and whom they go to; what is empty is taken from its letterhead and directive.

    ``issue`` says who issues. ``symbol`` stands after the number, ``about`` under BÁO CÁO with ``{period}`` in it,
    ``formula``, ``position`` and ``signer`` at its end. ``to`` and ``recipients`` are lines as printed, ``mail`` the
    addresses an issued one is sent to.
    """

    issue: Approver = Approver.PRESS
    symbol: str = ""
    about: str = ""
    formula: str = ""
    position: str = ""
    signer: str = ""
    to: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    mail: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Passage:
    """The sentences of one of ``PARTS``; paragraphs are parted by line feeds.

    ``drafted`` is made from the figures as they are now. What an officer wrote (``edited``) stands whatever is
    computed anew; ``based_on`` is the draft that he saw. ``revision`` is that of the words: who writes over them names
    the one he saw (0: nobody wrote anything yet).
    """

    part: str
    drafted: str
    edited: str | None = None
    based_on: str = ""
    by: str = ""
    at: datetime | None = None
    revision: int = 0

    @property
    def text(self) -> str:
        """What is printed."""
        return self.drafted if self.edited is None else self.edited

    @property
    def stale(self) -> bool:
        """Whether the figures say something else since he wrote."""
        return self.edited is not None and self.based_on != self.drafted


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """A figure that is another than in the version before; None: it was not there, or is no more."""

    key: str
    label: str
    before: int | None
    after: int | None


@dataclass(frozen=True, kw_only=True)
class ReportHead:
    """The frame of the paper: ``superior`` and ``issuer`` are the two lines of the letterhead, ``symbol`` what stands
    after the number ("BC-LĐLĐ"), ``about`` the line under BÁO CÁO, ``formula`` above ``position`` and ``signer``.

    ``number`` and ``day`` are empty until they are given. ``to`` are those addressed above the text ("Kính gửi"),
    ``recipients`` the lines of "Nơi nhận".
    """

    superior: str
    issuer: str
    symbol: str
    place: str
    about: str
    formula: str
    position: str = ""
    signer: str = ""
    number: str = ""
    day: date | None = None
    to: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportPaper:
    """Everything the report prints. ``version`` 0 is a draft; ``adjusts`` names the issued one before."""

    data: ReportData
    head: ReportHead
    passages: tuple[Passage, ...]
    version: int = 0
    adjusts: str = ""
    changes: tuple[Adjustment, ...] = ()
    chain: str = ""
    """The head of the log of events when it was issued; printed small, so that the log can be held against it."""

    def passage(self, part: str) -> Passage | None:
        """The sentences of this part."""
        return next((one for one in self.passages if one.part == part), None)


@dataclass(frozen=True, kw_only=True)
class IssuedFile:
    """One form of an issued report ("docx", "html", "xlsx", "json", "pdf"): the hash and size of its bytes."""

    form: str
    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True)
class IssuedReport:
    """A version that was issued; ``number`` is the whole sign ("45/BC-LĐLĐ"), ``sha256`` that of its JSON, in which
    every figure stands.

    ``figures`` are its counts by key, against which the next version is held.
    """

    id: str
    span: Span
    version: int
    number: str
    day: date
    signer: str
    issued: datetime
    by: str
    sha256: str
    chain: str
    files: tuple[IssuedFile, ...]
    adjusts: str = ""
    changes: tuple[Adjustment, ...] = ()
    figures: tuple[tuple[str, str, int | None], ...] = ()
    """key, label, count or typed value"""
