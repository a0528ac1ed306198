"""Sổ theo dõi văn bản báo chí: numbered papers of ours and those that arrived, of the cases one may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from starlette.responses import Response

from monitor.desk import naming, register
from monitor.labels import label, of
from monitor.model.case import Case
from monitor.model.filing import Arrival, PaperRecord
from monitor.store import cases
from monitor.text import fold
from monitor.web import asked, excel
from monitor.web.pages import case_rules
from monitor.web.route import OFFICE, get
from monitor.web.visit import Visit

_PAGE = 50
_COLUMNS = (
    "case", "direction", "sign", "dated", "kind", "party", "subject", "signer", "state", "sent", "received", "arrival",
    "request",
)  # fmt: skip
_OUT, _IN = "di", "den"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the register. ``party`` is who it went to, or came from; ``path`` its page, ``file`` its document;
    ``asked`` the addressee of its request, ``titled`` kind and subject in one."""

    case: str
    out: bool
    sign: str
    number: int | None
    dated: date
    kind: str
    party: str
    subject: str
    path: str
    file: str
    issuer: str = ""
    signer: str = ""
    state: str = ""
    sent: datetime | None = None
    received: datetime | date | None = None
    arrival: str = ""
    request: str = ""
    asked: str = ""
    titled: str = ""
    units: tuple[str, ...] = ()

    @property
    def row(self) -> tuple[object, ...]:
        """As the Excel file has it."""
        return (
            self.case, label("register", "out" if self.out else "in"), self.sign, self.dated, self.kind, self.party,
            self.subject, self.signer, self.state, self.sent, self.received, self.arrival, self.asked,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is looked for, as the query says it."""

    since: date | None = None
    until: date | None = None
    words: str = ""
    number: str = ""
    way: str = ""
    unit: str = ""

    @property
    def only_days(self) -> bool:
        """Whether nothing but days narrows the list: then it is the register itself."""
        return not (self.words or self.number or self.way or self.unit)

    def takes(self, line: Line) -> bool:
        """Whether the line is among what is looked for."""
        if (self.since and line.dated < self.since) or (self.until and line.dated > self.until):
            return False
        if self.way and line.out is not (self.way == _OUT):
            return False
        if self.unit and self.unit not in (line.issuer, *line.units):
            return False
        if self.number and not _numbered(line, self.number):
            return False
        if not self.words:
            return True
        said = fold(f"{line.sign} {line.subject} {line.party} {line.case} {line.kind} {line.signer}")
        return all(word in said for word in fold(self.words).split())


def _numbered(line: Line, said: str) -> bool:
    """ "7" is the number 7 or arrival number 7; anything else a part of number and symbol."""
    if said.isascii() and said.isdigit():
        first = line.sign.partition("/")[0].strip()
        signs = {line.number, int(first) if first.isascii() and first.isdigit() else None}
        return int(said) in signs or line.arrival.lstrip("0") == said.lstrip("0")
    return _plain(said) in _plain(line.sign)


def _plain(sign: str) -> str:
    """A sign as it may be typed: without blanks, and "07/…" like "7/…"."""
    return fold(sign).replace(" ", "").lstrip("0")


def show(v: Visit) -> Response:
    """The register, newest first."""
    wanted, wrong = _wanted(v)
    lines = sorted(filter(wanted.takes, _lines(v)), key=lambda one: (one.dated, one.number or 0), reverse=True)
    if v.wants_sheet and not wrong:
        heads = [label("register", f"head_{name}") for name in _COLUMNS]
        return v.sheet("so-theo-doi-van-ban", label("register", "sheet"), heads, [one.row for one in lines])
    if v.query.get("xuat") == "so" and not wrong:
        body = register.register(v.at, wanted.since, wanted.until)
        return v.download(body, "so-theo-doi-van-ban-bao-chi.xlsx", excel.MEDIA_TYPE)
    pages = max(1, -(-len(lines) // _PAGE))
    page = min(max(1, v.whole("trang", 1)), pages)
    return v.page(
        "register.html", lines=lines[(page - 1) * _PAGE : page * _PAGE], total=len(lines), number=page,
        pages=pages, wanted=wanted, wrong_days=wrong,
        filtered=wanted != Wanted(), units=tuple(case_rules.unit_names(v).items()),
    )  # fmt: skip


def _wanted(v: Visit) -> tuple[Wanted, tuple[str, ...]]:
    """What the query asks for; days that cannot be read are told and left out."""
    days, wrong = asked.days(v, "tu", "den")
    way = v.query.get("chieu", "")
    return Wanted(
        since=days["tu"], until=days["den"], words=v.query.get("q", "").strip()[:200],
        number=v.query.get("so", "").strip()[:60], way=way if way in (_OUT, _IN) else "",
        unit=v.query.get("don-vi", "").strip()[:60],
    ), wrong  # fmt: skip


def _lines(v: Visit) -> Iterator[Line]:
    signers = case_rules.person_names(v)
    for case in cases.every(v.db):
        if (case.papers or case.arrivals) and v.at.sees(case):
            yield from _of_case(case, signers)


def _of_case(case: Case, signers: Mapping[str, str]) -> Iterator[Line]:
    # The same papers as the desk's own register.
    yield from (_ours(case, one, signers, dated) for one in case.papers if (dated := register.entered(one)))
    yield from (_theirs(case, one) for one in case.arrivals)


def _ours(case: Case, paper: PaperRecord, signers: Mapping[str, str], dated: date) -> Line:
    path = f"/vu-viec/{case.id}/van-ban/{paper.id}"
    return Line(
        case=case.id, out=True, sign=register.sign(paper), number=paper.number, dated=dated, kind=of(paper.kind),
        party="; ".join(paper.addressees), subject=paper.subject, titled=naming.titled(paper), path=path,
        file=f"{path}/tep/{paper.file}" if paper.file else "", issuer=paper.issuer,
        signer=signers.get(paper.signed_by, ""), state=of(paper.state), sent=paper.issued, received=paper.received,
        request=paper.request, asked=_asked(case, paper.request), units=case.units,
    )  # fmt: skip


def _asked(case: Case, request: str) -> str:
    return next((one.name for one in case.requests if one.id == request), "")


def _theirs(case: Case, one: Arrival) -> Line:
    return Line(
        case=case.id, out=False, sign=one.sign, number=None, dated=one.dated, kind="", party=one.sender,
        subject=one.subject, path=f"/vu-viec/{case.id}#{one.id}",
        file=f"/vu-viec/{case.id}/van-ban/den/{one.id}" if one.file else "", received=one.arrived,
        arrival=one.arrival_number, request=one.request, asked=_asked(case, one.request), units=case.units,
    )  # fmt: skip


PAGES = (get("/van-ban", show, OFFICE),)
