"""A paper's content from its case: which of the nine it is decides the body; frame, letterhead and copies are shared.

case, paper's kind, issuer, date ──▶ body (composing_bodies) ──▶ PaperContent, for ``respond.papers`` to render
"""

from __future__ import annotations

from dataclasses import replace

from monitor.clock import local
from monitor.desk import asking, bodies, outlets, people, refs
from monitor.desk.draft import Draft
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Sitting
from monitor.labels import label
from monitor.model.card import OutletCard
from monitor.model.case import Case, Marking
from monitor.model.filing import PaperRecord
from monitor.model.paper import (
    Issuer,
    Letterhead,
    PaperContent,
    PaperKind,
    Signature,
)
from monitor.model.people import Unit, UnitKind
from monitor.model.request import AddresseeKind, Request
from monitor.model.source import Level
from monitor.store import cards
from monitor.store import people as stored
from monitor.text import inner


def content(sitting: Sitting, book: Rulebook, case: Case, paper: PaperRecord) -> PaperContent:
    """The whole paper as it stands: a draft has neither number nor date, an issued one also the head of the log."""
    case = _in_names(sitting, case)
    unit = issuer_unit(sitting, paper.issuer)
    on = paper.dated or local(sitting.now).date()
    request = next((r for r in case.requests if r.id == paper.request), None)
    assignment = next((a for a in case.assignments if a.id == paper.assignment), None)
    card = cards.get(sitting.db, request.outlet, on) if request and request.outlet else None
    said = paper.writing
    of_ = Draft(
        sitting=sitting, book=book, case=case, paper=paper, request=request, assignment=assignment, said=said, on=on
    )
    to = addressees(of_, card)
    is_unit = unit.kind is not UnitKind.FEDERATION
    return PaperContent(
        issuer=issuer(sitting, book, unit),
        year=on.year,
        subject=paper.subject,
        signature=_signature(sitting, book, paper, unit),
        body=bodies.body(of_),
        number=paper.number,
        date=paper.dated,
        symbol=paper.symbol,
        addressees=to,
        recipients=book.directive.recipients(
            on, issuer_is_unit=is_unit, kind=paper.kind, level=_level(sitting, request), addressees=to
        ),
        attachments=(*said.attachments, *_attached(paper.kind, request), *_authorisation(of_)),
        contact=said.contact,
        internal=case.marking is Marking.INTERNAL,
        head=paper.head,
    )


def _in_names(sitting: Sitting, case: Case) -> Case:
    """The case with names for the ids that were typed as who is harmed, or who puts something right."""
    return replace(
        case,
        claims=tuple(replace(c, harmed=refs.called(sitting, c.harmed)) for c in case.claims),
        remedies=tuple(replace(r, who=refs.called(sitting, r.who)) for r in case.remedies),
    )


def issuer_unit(sitting: Sitting, ident: str) -> Unit:
    """The body that issues; the federation where none is named."""
    return people.unit(sitting.db, ident) if ident else people.federation(sitting.db, sitting.home)


def issuer(sitting: Sitting, book: Rulebook, unit: Unit) -> Issuer:
    """Letterhead and names of a body, with the directive's defaults where nothing is entered for it."""
    federation = people.federation(sitting.db, sitting.home)
    office = book.settings.office
    ours = unit.kind is UnitKind.FEDERATION
    defaults = book.directive.federation if ours else book.directive.unit
    above = stored.unit(sitting.db, unit.parent) if unit.parent else None
    superior = unit.superior or defaults.superior or (office.superior if ours else (above or federation).name)
    head = Letterhead(
        superior=superior,
        name=unit.heading or unit.name,
        place=unit.place or office.province,
        symbol=unit.symbol or defaults.symbol,
    )
    short = office.short if ours else unit.name
    return Issuer(letterhead=head, name=unit.name, short=short, unit=not ours)


def _signature(sitting: Sitting, book: Rulebook, paper: PaperRecord, unit: Unit) -> Signature:
    ours = unit.kind is UnitKind.FEDERATION
    defaults = book.directive.federation if ours else book.directive.unit
    signer = stored.get(sitting.db, paper.signed_by) if paper.signed_by else None
    if paper.kind is PaperKind.MINUTES:
        return Signature(title=label("letter", "chair"), name=signer.name if signer else "")
    if paper.kind is PaperKind.SUBMISSION:
        drafter = stored.get(sitting.db, paper.drafted_by)
        return Signature(title=label("letter", "submits"), name=drafter.name if drafter else "")
    title = paper.signer_title or (signer.title if signer else "") or label("letter", "title")
    return Signature(
        authority=(unit.formula or defaults.authority,), title=title.upper(), name=signer.name if signer else ""
    )


def addressees(of_: Draft, card: OutletCard | None) -> tuple[str, ...]:
    """The lines of Kính gửi."""
    sitting, paper, request, assignment = of_.sitting, of_.paper, of_.request, of_.assignment
    if paper.addressees:
        return paper.addressees
    if request is not None:
        return ((card.legal_name if card else request.name),)
    if assignment is not None and assignment.unit:
        return (people.unit(sitting.db, assignment.unit).name,)
    if assignment is not None:
        person = stored.get(sitting.db, assignment.person)
        return (person.name,) if person else ()
    if paper.kind is PaperKind.REMEDY_NOTICE:
        # Those whose report was right: every outlet that carries the matter.
        return tuple(dict.fromkeys(_legal(of_, one.outlet) for one in asking.publications(sitting, of_.case)))
    if paper.kind in (PaperKind.SUBMISSION, PaperKind.VERIFICATION_REPORT):
        return (label("letter", "standing_committee"),)
    return ()


def _legal(of_: Draft, outlet: str) -> str:
    """The legal name of an outlet, or what it is called where there is no card."""
    card = cards.get(of_.sitting.db, outlet, of_.on)
    return card.legal_name if card else outlets.names(of_.sitting).get(outlet, outlet)


def _level(sitting: Sitting, request: Request | None) -> Level | None:
    if request is None or not request.outlet:
        return None
    found = outlets.outlet(sitting, request.outlet)
    return found.level if found else None


def _attached(kind: PaperKind, request: Request | None) -> tuple[str, ...]:
    if kind is PaperKind.REQUEST_LETTER and request and request.demand("publish_response"):
        return (label("letter", "attached_response"),)
    return ()


def _authorisation(of_: Draft) -> tuple[str, ...]:
    outward = of_.paper.kind in (PaperKind.REQUEST_LETTER, PaperKind.PETITION)
    return (label("letter", "attached_authority"),) if outward and of_.request and of_.authorised else ()


def subject_of(kind: PaperKind, case: Case, request: Request | None) -> str:
    """The line under the number, where the drafter gives none: what is asked of whom, of which work."""
    title = inner(request.publications[0].title if request and request.publications else case.title)
    if kind is PaperKind.REQUEST_LETTER and request is not None:
        key = {
            AddresseeKind.PRESS: "press" if request.demand("correct") else "press_response",
            AddresseeKind.AGGREGATOR: "aggregator",
            AddresseeKind.SOCIAL: "social",
            AddresseeKind.AUTHORITY: "authority",
        }[request.addressee]
        return label("letter", f"subject_{key}", title=title)
    return label("letter", f"subject_{kind.value}", title=title)
