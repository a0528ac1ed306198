"""Evidence as an act on a case: taken now, handed in, and packed to leave the office, each with its event.

take: gather (network, no transaction) ──▶ keep + event in one transaction
pack: evidence + papers in order + list of papers + events, with the head of the log, which is anchored by it once
      it is written, where it leaves the office
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from monitor.clock import iso_local
from monitor.desk import evidence, filing_list
from monitor.desk.evidence import Taken, gather, keep
from monitor.desk.refs import held
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Sitting
from monitor.model.action import CaseAction, Step, gate
from monitor.model.case import Case
from monitor.model.event import AnchorKind, Event, Happening
from monitor.model.evidence import Bailiff, Evidence, EvidenceKind, Packed, PackExtra, PackFile, PackKind
from monitor.store import events, people
from monitor.store import evidence as store


def take(sitting: Sitting, ident: str, targets: Sequence[str] = (), *, pictures: bool = True) -> Taken:
    """The pages of the case's items (or of ``targets``) as they are now; what cannot be had is told."""
    case = sitting.case(ident)
    gate(case, CaseAction.ATTACH, sitting.actor)
    gathered = gather(sitting.home, targets or case.articles, sitting.actor.id, pictures=pictures)
    with sitting.db.atomic():
        taken = keep(sitting.db, gathered, sitting.case(ident).id)
        # Nothing of the case's document changes, and nobody said anything of it: whoever has it before him may go on.
        happened = Happening(action="evidence.take", refs=tuple(map(ref, taken.evidence)))
        sitting.log(Step(case=case, happened=(happened,)), case.id)
    return taken


def add_file(
    sitting: Sitting, ident: str, path: Path, kind: EvidenceKind, *, note: str = "", article: str | None = None
) -> Evidence:
    """A scan, recording, document or message, as evidence of the case."""
    case = sitting.case(ident)
    gate(case, CaseAction.ATTACH, sitting.actor)
    with sitting.db.atomic():
        made = evidence.attach(
            sitting.db, case.id, path, kind, by=sitting.actor.id, note=note, article=article, now=sitting.now
        )
        _happened(sitting, case.id, "evidence.add", (ref(made),))
    return made


def ref(one: Evidence) -> str:
    """The id with the hash: so the log vouches for the bytes, not for a number alone."""
    return f"{one.id}:{one.sha256}"


def bailiff(sitting: Sitting, ident: str, evidence_id: str, made: Bailiff) -> Evidence:
    """The vi bằng a bailiff drew up about a piece of the case's evidence: a court may ask for it."""
    case = sitting.case(ident)
    gate(case, CaseAction.ATTACH, sitting.actor)
    held(sitting, case, [evidence_id])
    with sitting.db.atomic():
        done = store.set_bailiff(sitting.db, evidence_id, made)
        _happened(sitting, case.id, "evidence.bailiff", (evidence_id,))
    return done


def _happened(sitting: Sitting, ident: str, action: str, refs: Iterable[str]) -> None:
    happened = Happening(action=action, refs=tuple(refs))
    sitting.act(ident, lambda case: Step(case=case, happened=(happened,)))


def pack(sitting: Sitting, ident: str, target: Path, *, leaves: bool = True) -> Packed:
    """Everything of a case in one file that verifies itself. Raises RefusedError for who may not have it.

    With ``leaves`` its head is kept as one that left the office; a file that stays beside the database proves
    nothing, for who can rewrite the one can rewrite the other.
    """
    # One transaction: the head in the pack has to be the one that is kept, and of a pack that could not be written
    # nothing is kept at all.
    with sitting.db.atomic():
        case = sitting.case(ident)
        gate(case, CaseAction.PACK, sitting.actor)
        sitting.note(Happening(action="case.pack", refs=(case.id,)))
        extra = PackExtra(files=tuple(_files(sitting, case)), head=events.head(sitting.db), by=sitting.actor.id)
        packed = evidence.pack_from(sitting.db, case.id, extra, target, now=sitting.now)
        if leaves:
            events.anchor(sitting.db, AnchorKind.PACK, case.id, sitting.now)
    return packed


def _files(sitting: Sitting, case: Case) -> Iterator[PackFile]:
    book = Rulebook(sitting.home)
    names = {unit.id: unit.name for unit in people.units(sitting.db)}
    yield PackFile(
        name="00-muc-luc-van-ban.docx", body=filing_list.document(book.layout, case, names), kind=PackKind.LIST
    )
    for at, row in enumerate(filing_list.rows(case), start=1):
        if row.file:
            kept = store.get(sitting.db, row.file)
            body = b"".join(store.body(sitting.db, kept.id))
            yield PackFile(name=f"van-ban/{at:02d}-{kept.name}", body=body, kind=PackKind.PAPER, note=row.sign)
    lines = "".join(_line(event) for event in events.of_case(sitting.db, case.id))
    yield PackFile(name="nhat-ky.jsonl", body=lines.encode(), kind=PackKind.EVENTS)


def _line(event: Event) -> str:
    return json.dumps(event_row(event), ensure_ascii=False) + "\n"


def event_row(event: Event) -> dict[str, object]:
    """An event as the export and the pack have it."""
    return {
        "n": event.n,
        "at": iso_local(event.at),
        "actor": event.actor,
        "on_behalf": event.on_behalf,
        "case": event.case,
        "action": event.action,
        "thing": event.thing,
        "from": event.before,
        "to": event.after,
        "why": event.why,
        "refs": list(event.refs),
        "previous": event.previous,
        "hash": event.hash,
    }
