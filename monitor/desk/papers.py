"""Papers at the desk, from the draft to the receipt; the program itself never sends anything.

    draft ──▶ content from the case ──▶ .docx (respond.papers) ──▶ kept as evidence ──▶ the paper's file
    … submit, return, sign … ──▶ number: made anew with number, date and who signs, for printing, signature and stamp
    ──▶ issue: made anew with the log's head too, and frozen

Which bytes a paper is stands in the log as ``paper.file`` with id and SHA-256, each time it gets a document.

A document that staff changed in Word and handed in stays as it is: from then on nothing is made anew, and the number
and date are theirs to write. What is issued is never changed; another paper replaces it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from monitor.clock import local
from monitor.desk import asking, composing, naming, proof
from monitor.desk.recording import due_of, request_of
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError
from monitor.model.action import PaperAction, Step
from monitor.model.case import Case
from monitor.model.event import AnchorKind, Happening
from monitor.model.evidence import Evidence, EvidenceKind
from monitor.model.filing import Arrival, PaperRecord, Writing
from monitor.model.paper import PaperKind, PaperState
from monitor.model.parts import exchanged
from monitor.model.people import FEDERATION
from monitor.model.request import DemandKind
from monitor.respond import drafting, filing
from monitor.respond.papers import render_paper
from monitor.store import cards, events, reports
from monitor.store import evidence as files

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def paper_of(case: Case, ident: str) -> PaperRecord:
    """The paper of this id. Raises RefusedError naming those there are."""
    for one in case.papers:
        if one.id == ident:
            return one
    raise RefusedError("thing_unknown", thing=ident, case=case.id, known=", ".join(p.id for p in case.papers) or "–")


def draft(
    sitting: Sitting,
    ident: str,
    kind: PaperKind,
    *,
    request: str = "",
    assignment: str = "",
    issuer: str = "",
    subject: str = "",
    replaces: str = "",
    writing: Writing | None = None,
) -> Case:
    """A draft of one of the nine papers, with its document. A letter of a request is its issuer's."""
    book = Rulebook(sitting.home)
    said = writing or Writing()

    def move(case: Case) -> Step:
        asked = next((r for r in case.requests if r.id == request), None)
        body = issuer or (asked.issuer if asked else "")
        step = drafting.draft(
            case,
            kind,
            issuer=composing.issuer_unit(sitting, body).id,
            subject=subject or composing.subject_of(kind, case, asked),
            request=request,
            assignment=assignment,
            replaces=replaces,
            actor=sitting.actor,
            now=sitting.now,
        )
        new = replace(step.case.papers[-1], writing=said)
        step = replace(step, case=_with(step.case, new))
        return _with_document(sitting, book, step, new)

    return sitting.act(ident, move)


def redraft(
    sitting: Sitting,
    ident: str,
    paper: str,
    *,
    subject: str | None = None,
    writing: Writing | None = None,
    file: Path | None = None,
) -> Case:
    """The draft is made anew from the case as it is now, or is the document that staff hand in."""
    book = Rulebook(sitting.home)

    def move(case: Case, given: Evidence | None) -> Step:
        step = filing.redraft(case, paper, subject=subject, file=given.id if given else None, actor=sitting.actor)
        now = paper_of(step.case, paper)
        if given:
            return _filed(replace(step, case=_with(step.case, replace(now, edited=True))), paper, given)
        now = replace(now, writing=writing or now.writing, edited=False)
        return _with_document(sitting, book, replace(step, case=_with(step.case, now)), now)

    return _act_with(sitting, ident, file, move)


def submit(sitting: Sitting, ident: str, paper: str) -> Case:
    """To the leader."""
    return sitting.act(ident, lambda case: filing.submit(case, paper, actor=sitting.actor, now=sitting.now))


def return_(sitting: Sitting, ident: str, paper: str, remarks: str) -> Case:
    """Back with remarks."""
    return sitting.act(ident, lambda case: filing.return_(case, paper, remarks, actor=sitting.actor))


def sign(sitting: Sitting, ident: str, paper: str, *, title: str = "", at: datetime | None = None) -> Case:
    """The leader has signed."""
    return sitting.act(
        ident, lambda case: filing.sign(case, paper, title=title, at=at, actor=sitting.actor, now=sitting.now)
    )


def number(sitting: Sitting, ident: str, paper: str, *, value: int, symbol: str, dated: date) -> Case:
    """Number, symbol and date as the văn thư has entered them in the office's register.

    They stand in the document from here on, for this is the copy that is printed, signed by hand and stamped; one that
    staff changed in Word stays as they wrote it.
    """
    book = Rulebook(sitting.home)

    def move(case: Case) -> Step:
        found = paper_of(case, paper)
        issuer = composing.issuer(sitting, book, composing.issuer_unit(sitting, found.issuer))
        sign_ = symbol or book.layout.symbol(found.kind, issuer.letterhead.symbol)
        step = filing.number(case, paper, number=value, symbol=sign_, dated=dated, actor=sitting.actor, now=sitting.now)
        now = paper_of(step.case, paper)
        if now.issuer == FEDERATION and reports.numbered(sitting.db, now.sign, dated.year):
            raise RefusedError("number_taken", sign=now.sign, year=dated.year)  # an issued report bears it
        return step if now.edited else _with_document(sitting, book, step, now)

    return sitting.act(ident, move)


def issue(sitting: Sitting, ident: str, paper: str, *, at: datetime | None = None, file: Path | None = None) -> Case:
    """The paper has gone out: its document is frozen with number, date and the head of the log.

    ``file`` is the signed document as it went out (a scan); without it the program's own stands, or what staff
    handed in. Only the program's own has the head printed in it, which has then left the office. The office sends
    it: the program does not.
    """
    book = Rulebook(sitting.home)

    def move(case: Case, given: Evidence | None) -> Step:
        found = paper_of(case, paper)
        filing.target(found, PaperAction.ISSUE)
        if given or found.edited:
            frozen = given or files.get(sitting.db, found.file)
        else:
            head = events.anchor(sitting.db, AnchorKind.PAPER, f"{case.id}/{paper}", sitting.now)
            found = replace(found, head=head)
            frozen = _render(sitting, book, case, found)
        content = composing.content(sitting, book, case, found)
        request = next((r for r in case.requests if r.id == found.request), None)
        dated = found.dated or local(sitting.now).date()
        card = cards.get(sitting.db, request.outlet, dated) if request and request.outlet else None
        step = filing.issue(
            case, paper, addressees=content.addressees or (found.subject,), file=frozen.id, head=found.head, card=card,
            terms=asking.terms(book, dated), at=at, actor=sitting.actor, now=sitting.now,
        )  # fmt: skip
        return _filed(step, paper, frozen)

    return _act_with(sitting, ident, file, move)


def receive(sitting: Sitting, ident: str, paper: str, at: datetime, proof: str, *, why: str = "") -> Case:
    """The addressee has received it."""
    return sitting.act(
        ident,
        lambda case: filing.receive(case, paper, at, receipt=proof, why=why, actor=sitting.actor, now=sitting.now),
    )


def withdraw(sitting: Sitting, ident: str, paper: str, why: str) -> Case:
    """The paper does not go out."""
    return sitting.act(ident, lambda case: filing.withdraw(case, paper, why, actor=sitting.actor, now=sitting.now))


def copy(
    sitting: Sitting,
    ident: str,
    kind: PaperKind,
    file: Path,
    *,
    issuer: str,
    subject: str,
    value: int,
    symbol: str,
    dated: date,
    addressees: tuple[str, ...],
    request: str = "",
) -> Case:
    """A letter that a unit wrote and sent outside the program, from the copy received."""
    rules = asking.terms(Rulebook(sitting.home), dated)
    unit = composing.issuer_unit(sitting, issuer).id

    def move(case: Case, given: Evidence | None) -> Step:
        assert given  # a copy is its file
        step = drafting.record_copy(
            case, kind, issuer=unit, subject=subject, number=value, symbol=symbol, dated=dated, addressees=addressees,
            file=given.id, request=request, terms=rules, actor=sitting.actor, now=sitting.now,
        )  # fmt: skip
        return _filed(step, step.case.papers[-1].id, given)

    return _act_with(sitting, ident, file, move)


def arrive(sitting: Sitting, ident: str, what: Arrival, *, file: Path | None = None, answers: bool = False) -> Case:
    """A paper that arrived, with its scan; one that answers us settles that demand by its clock."""
    book = Rulebook(sitting.home)

    def move(case: Case, given: Evidence | None) -> Step:
        due = due_of(sitting, book, request_of(case, what.request), "answer") if answers else None
        step = drafting.arrive(
            case, sender=what.sender, sign=what.sign, dated=what.dated, arrival_number=what.arrival_number,
            arrived=what.arrived, subject=what.subject, request=what.request, file=given.id if given else "",
            answers=answers, due=due, actor=sitting.actor, now=sitting.now,
        )  # fmt: skip
        return _filed(step, step.case.arrivals[-1].id, given) if given else step

    return _act_with(sitting, ident, file, move)


def lacks_response(case: Case, ident: str) -> bool:
    """Whether a letter says that our response goes with it while that text is not signed yet."""
    paper = paper_of(case, ident)
    request = next((r for r in case.requests if r.id == paper.request), None)
    if paper.kind is not PaperKind.REQUEST_LETTER or request is None or not request.asks(DemandKind.PUBLISH_RESPONSE):
        return False
    ready = (PaperState.SIGNED, PaperState.NUMBERED, PaperState.ISSUED, PaperState.RECEIVED)
    texts = [p for p in case.papers if p.request == request.id and p.kind is PaperKind.RESPONSE_TEXT]
    return not any(p.state in ready for p in texts)


def document(sitting: Sitting, ident: str, paper: str) -> tuple[Evidence, bytes]:
    """The paper's document as it stands."""
    found = paper_of(sitting.case(ident), paper)
    kept = files.get(sitting.db, found.file)
    return kept, b"".join(files.body(sitting.db, kept.id))


def _act_with(sitting: Sitting, ident: str, file: Path | None, move: Callable[[Case, Evidence | None], Step]) -> Case:
    """An act with the file that is handed in for it: both are done, or neither."""
    with sitting.db.atomic():
        given = proof.add_file(sitting, ident, file, EvidenceKind.DOCUMENT) if file else None
        return sitting.act(ident, lambda case: move(case, given))


def _filed(step: Step, thing: str, document: Evidence) -> Step:
    """The step, and which bytes the paper is: the log vouches for these, not for a number alone."""
    action = "arrival.file" if any(one.id == thing for one in step.case.arrivals) else "paper.file"
    told = Happening(action=action, thing=thing, refs=(proof.ref(document),))
    return replace(step, happened=(*step.happened, told))


def _with(case: Case, paper: PaperRecord) -> Case:
    return replace(case, papers=exchanged(case.papers, paper.id, lambda _: paper))


def _with_document(sitting: Sitting, book: Rulebook, step: Step, paper: PaperRecord) -> Step:
    made = _render(sitting, book, step.case, paper)
    return _filed(replace(step, case=_with(step.case, replace(paper, file=made.id))), paper.id, made)


def _render(sitting: Sitting, book: Rulebook, case: Case, paper: PaperRecord) -> Evidence:
    body = render_paper(sitting.home.reports, book.layout, composing.content(sitting, book, case, paper))
    return files.put(
        sitting.db,
        Evidence(
            case=case.id,
            kind=EvidenceKind.DOCUMENT,
            name=naming.file_name(paper),
            media_type=DOCX,
            taken=sitting.now,
            by=sitting.actor.id,
        ),
        body,
    )
