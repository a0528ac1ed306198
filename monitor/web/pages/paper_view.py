"""What the page of one paper shows: where it stands, its versions and words, who did what, what may be done now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from monitor.clock import local
from monitor.desk import composing, naming, papers, pdf
from monitor.errors import MonitorError
from monitor.labels import label, of
from monitor.model.action import PaperAction
from monitor.model.case import Case
from monitor.model.event import Event
from monitor.model.evidence import Evidence
from monitor.model.filing import PaperRecord
from monitor.model.paper import PaperContent, PaperKind, PaperState
from monitor.model.people import Person
from monitor.model.request import Request
from monitor.respond import filing
from monitor.store import cards, events
from monitor.store import evidence as files
from monitor.web.pages import case_rules, case_steps, paper_text

if TYPE_CHECKING:
    from monitor.web.visit import Visit

S = PaperState
_READ_BYTES = 20 * 1024 * 1024

FIELDS: dict[PaperKind, tuple[str, ...]] = {
    PaperKind.REQUEST_LETTER: ("contact", "attachments"),
    PaperKind.RESPONSE_TEXT: (),
    PaperKind.REMINDER: ("deadline", "contact", "attachments"),
    PaperKind.PETITION: ("contact", "attachments"),
    PaperKind.SUBMISSION: ("opinion", "proposals", "deadline", "attachments"),
    PaperKind.ASSIGNMENT: ("contact", "attachments"),
    PaperKind.VERIFICATION_REPORT: ("opinion", "proposals", "attachments"),
    PaperKind.MINUTES: ("opened", "venue", "present", "statements", "agreed", "attachments"),
    PaperKind.REMEDY_NOTICE: ("in_reply_to", "contact", "attachments"),
}
"""What only who drafts can say, by kind of paper: the fields of ``Writing`` that its body or frame prints."""
LISTS = frozenset({"proposals", "attachments", "present", "statements", "agreed"})
"""Those that are lists: one line each."""
_FIELDS = (
    *("contact", "attachments", "deadline", "opinion", "proposals", "in_reply_to", "opened", "venue", "present"),
    *("statements", "agreed"),
)
_WORDS = {one: (label("web_paper", one), label("web_paper", f"{one}_help")) for one in _FIELDS}
_CAUSES = (label("web_paper", "causes"), label("web_paper", "causes_help"))
_STEPS = ("draft", "redraft", "submit", "return", "sign", "number", "issue", "receive", "withdraw", "copy", "file")
_DONE_WORDS = {one: label("web_paper", f"did_{one}") for one in _STEPS}


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field of the draft that the person fills in: name, words, hint, what stands there; ``lines``: one a line."""

    name: str
    title: str
    hint: str
    value: str
    lines: bool


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A station on the paper's way."""

    name: str
    done: bool
    now: bool = False
    at: datetime | None = None
    day: date | None = None
    who: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Version:
    """A document the paper was at some time."""

    file: Evidence
    at: datetime
    by: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class Done:
    """Something that was done to the paper."""

    what: str
    at: datetime
    by: str


def values(v: Visit, case: Case, paper: PaperRecord) -> dict[str, object]:
    """What ``paper.html`` shows."""
    names = case_rules.person_names(v)
    happened = [one for one in events.of_case(v.db, case.id) if one.thing == paper.id]
    kept = {one.id: one for one in files.of_case(v.db, case.id)}
    request = next((one for one in case.requests if one.id == paper.request), None)
    acts = _acts(v, case, paper)
    frozen = paper.state in (S.ISSUED, S.RECEIVED)
    content = None if frozen or paper.copy else _content(v, case, paper)
    file = kept.get(paper.file)
    return {
        "case": case, "paper": paper, "request": request, "acts": acts, "frozen": frozen,
        "issuer": case_rules.unit_names(v).get(paper.issuer, paper.issuer),
        "stages": tuple(_stages(paper, names)), "waits": case_steps.paper_waits(paper),
        "enclosed": naming.enclosed(paper),
        "versions": tuple(_versions(paper, happened, kept, names)), "history": tuple(_history(happened, names)),
        "file": file, "blocks": _blocks(v, file), "word": file is not None and file.media_type == papers.DOCX,
        "pdf": pdf.available(), "fields": fields(paper), "content": content,
        "symbol": _symbol(v, paper, content) if "number" in acts else "", "title": v.at.actor.title,
        "lacks": not frozen and papers.lacks_response(case, paper.id), "card_wanted": _card_wanted(v, request, paper),
        "replaced_by": tuple((one.id, naming.signed(one)) for one in case.papers if one.replaces == paper.id),
        "replaces": next((naming.signed(one) for one in case.papers if one.id == paper.replaces), ""),
        "capacities": _capacities(case, request), "of_paper": paper.id,
    }  # fmt: skip


def fields(paper: PaperRecord) -> tuple[Field, ...]:
    """The drafter's own fields of this kind of paper, as they stand."""
    made = []
    for name in FIELDS[paper.kind]:
        title, hint = _CAUSES if (name, paper.kind) == ("opinion", PaperKind.VERIFICATION_REPORT) else _WORDS[name]
        said = getattr(paper.writing, name)
        text = "\n".join(said) if name in LISTS else said
        made.append(Field(name=name, title=title, hint=hint, value=text, lines=name in LISTS or name == "opinion"))
    return tuple(made)


def _acts(v: Visit, case: Case, paper: PaperRecord) -> dict[str, case_rules.Hand]:
    """The steps that are in place now and that he may take, by name."""
    found = {}
    for action in PaperAction:
        if action is PaperAction.DRAFT:
            continue

        def check(who: Person, action: PaperAction = action) -> None:
            filing.allow(case, action, who, paper.issuer)
            filing.target(paper, action)

        if hand := case_rules.hand(v, check):
            found[action.value] = hand
    return found


def _stages(paper: PaperRecord, names: Mapping[str, str]) -> Iterator[Stage]:
    who = names.get
    if paper.copy:
        yield Stage(name=label("web_paper", "stage_copy"), done=True, at=paper.drafted, who=who(paper.drafted_by, ""))
    else:
        back = paper.remarks if paper.state is S.RETURNED else ""
        drafting = paper.state in (S.DRAFTED, S.RETURNED)
        yield Stage(
            name=label("web_paper", "stage_draft"),
            done=not drafting,
            now=drafting,
            at=paper.drafted,
            who=who(paper.drafted_by, ""),
            note=back,
        )
        over = paper.state is S.WITHDRAWN
        yield Stage(
            name=label("web_paper", "stage_submit"),
            done=paper.submitted is not None and not drafting,
            now=paper.state is S.SUBMITTED,
            at=None if drafting else paper.submitted,
        )
        yield Stage(
            name=label("web_paper", "stage_sign"),
            done=paper.signed is not None,
            now=paper.state is S.SIGNED and not over,
            at=paper.signed,
            who=who(paper.signed_by, ""),
            note=paper.signer_title,
        )
    yield Stage(
        name=label("web_paper", "stage_number"),
        done=paper.number is not None,
        now=paper.state is S.NUMBERED,
        day=paper.dated,
        note=_numbered(paper),
    )
    yield Stage(
        name=label("web_paper", "stage_issue"),
        done=paper.issued is not None,
        now=paper.state is S.ISSUED,
        at=paper.issued,
        who=who(paper.issued_by, ""),
    )
    yield Stage(
        name=label("web_paper", "stage_receive"), done=paper.received is not None, at=paper.received, note=paper.receipt
    )


def _numbered(paper: PaperRecord) -> str:
    if paper.number is not None:
        return paper.sign
    return label("web_paper", "no_number") if naming.enclosed(paper) else ""


def _versions(
    paper: PaperRecord, happened: Iterable[Event], kept: Mapping[str, Evidence], names: Mapping[str, str]
) -> Iterator[Version]:
    """The documents the log names for this paper, the newest first."""
    for event in reversed(list(happened)):
        if event.action != "paper.file":
            continue
        ident = event.refs[0].partition(":")[0] if event.refs else ""
        if ident in kept:
            by = names.get(event.actor, "")
            yield Version(file=kept[ident], at=event.at, by=by, current=ident == paper.file)


def version_of(v: Visit, case: Case, paper: PaperRecord, ident: str) -> Evidence | None:
    """The document of this id, where it is or was this paper; None for any other evidence."""
    files_of = {
        event.refs[0].partition(":")[0]
        for event in events.of_case(v.db, case.id)
        if event.thing == paper.id and event.action == "paper.file" and event.refs
    }
    found = files.get(v.db, ident) if ident in files_of else None
    return found if found is not None and found.case == case.id else None


def _history(happened: Iterable[Event], names: Mapping[str, str]) -> Iterator[Done]:
    for event in happened:
        what = _DONE_WORDS.get(event.action.partition(".")[2], "")
        if what and event.action.startswith("paper."):
            by = names.get(event.actor, "")
            if event.on_behalf:
                by = label("web_paper", "on_behalf", by=by, absent=names.get(event.on_behalf, ""))
            yield Done(what=what, at=event.at, by=by)


def _blocks(v: Visit, file: Evidence | None) -> tuple[paper_text.Block, ...] | None:
    if file is None or file.media_type != papers.DOCX or file.size > _READ_BYTES:
        return None
    return paper_text.read(b"".join(files.body(v.db, file.id)))


def _content(v: Visit, case: Case, paper: PaperRecord) -> PaperContent | None:
    """What the case would put into the paper now; None where something it needs is not there any more."""
    try:
        return composing.content(v.at, case_rules.rules(v), case, paper)
    except MonitorError:
        return None


def _symbol(v: Visit, paper: PaperRecord, content: PaperContent | None) -> str:
    if paper.symbol or content is None:
        return paper.symbol
    return case_rules.rules(v).layout.symbol(paper.kind, content.issuer.letterhead.symbol)


def _card_wanted(v: Visit, request: Request | None, paper: PaperRecord) -> str:
    """The outlet whose card is missing, without which the paper cannot go out."""
    if request is None or not request.outlet or paper.state in (S.ISSUED, S.RECEIVED, S.WITHDRAWN):
        return ""
    on = paper.dated or local(v.now).date()
    return "" if cards.get(v.db, request.outlet, on) else request.outlet


def _capacities(case: Case, request: Request | None) -> tuple[str, ...]:
    if request is None:
        return ()
    return tuple(dict.fromkeys(of(c.capacity) for c in case.live_claims if c.id in request.claims))
