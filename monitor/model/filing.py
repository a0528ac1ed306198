"""Papers as the registry knows them: ours with their way from draft to receipt, and those that arrive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from monitor.model.event import Head
from monitor.model.paper import PaperKind, PaperState


@dataclass(frozen=True, kw_only=True)
class Writing:
    """What only who drafts can say: words of the draft that no field of the case holds."""

    opinion: str = ""
    proposals: tuple[str, ...] = ()
    contact: str = ""
    attachments: tuple[str, ...] = ()
    venue: str = ""
    opened: str = ""
    present: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    in_reply_to: str = ""
    deadline: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperRecord:
    """A paper of ours. Number and date are entered after the signature, from the office's own series.

    ``issuer`` is a unit's id, ``file`` the evidence id of the frozen document (the last draft before that),
    ``replaces`` the paper this one replaces, amends or withdraws, ``copy`` tells that a unit wrote it outside the
    program and sent us a copy. ``subject`` is the line under the number.
    """

    id: str
    kind: PaperKind
    state: PaperState
    issuer: str
    subject: str
    request: str = ""
    assignment: str = ""
    drafted: datetime
    drafted_by: str
    submitted: datetime | None = None
    remarks: str = ""
    signed: datetime | None = None
    signed_by: str = ""
    signer_title: str = ""
    number: int | None = None
    symbol: str = ""
    dated: date | None = None
    issued: datetime | None = None
    issued_by: str = ""
    addressees: tuple[str, ...] = ()
    received: datetime | None = None
    receipt: str = ""
    file: str = ""
    head: Head | None = None
    replaces: str = ""
    copy: bool = False
    writing: Writing = Writing()
    """The words of who drafted it."""
    edited: bool = False
    """Whether ``file`` was handed in by staff: then it is not made anew from the case."""

    @property
    def sign(self) -> str:
        """Number and symbol as written: "07/LĐLĐ-TG"."""
        return f"{self.number:02d}/{self.symbol}" if self.number is not None else f"…/{self.symbol}"


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A paper that arrived (văn bản đến): number and date of the sender, our arrival number, the scan."""

    id: str
    sender: str
    sign: str
    dated: date
    arrival_number: str
    arrived: date
    subject: str
    request: str = ""
    file: str = ""
    by: str
    at: datetime
