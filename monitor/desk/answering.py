"""Answers of bodies that never sign in: a link to the one question, used once.

answer_link ──▶ letter, mail, Zalo ──▶ answer_form: the question alone ──▶ answer: recorded as who made the link

The form shows what the letter of assignment says and nothing else of the case: no claims, no papers, no names of
others. A link ends when it is used, replaced or too old, when the assignment is answered or taken back, when the case
is closed, when the body asked turns out to be the accused one, and when who made it may no longer record an answer.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from monitor.config import Home, load_settings, load_web
from monitor.desk import bodies_in, draft, proof, verifying
from monitor.desk.hashing import digest
from monitor.desk.sitting import Sitting, seated
from monitor.errors import InputError, RefusedError, UsageError
from monitor.evidence import media_type
from monitor.evidence.files import HEAD
from monitor.labels import label, os_reason
from monitor.model.access import AnswerForm, AskedWork, Link, LinkKind
from monitor.model.action import CaseAction, Step, answers, gate
from monitor.model.case import Assignment, AssignmentState, Case, Way
from monitor.model.event import Happening
from monitor.model.evidence import EvidenceKind
from monitor.model.parts import find
from monitor.store import access_links
from monitor.store import people as stored
from monitor.store.db import Database
from monitor.text import clean, nfc

MOST_TEXT = 20_000
"""Characters of an answer; what is longer comes as a file."""
MOST_FILES = 10
_MOST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What a link leads to; who made it sits at the desk."""

    sitting: Sitting
    link: Link
    case: Case
    assignment: Assignment


def answer_link(sitting: Sitting, case_id: str, assignment_id: str) -> str:
    """The secret of a link to the assignment's answer form; earlier ones for it end.

    Whoever may assign makes one. Raises RefusedError where the assignment is not open any more, or the case is not so
    far that it could be answered.
    """
    days = load_web(sitting.home.rules).answer_days
    secret = secrets.token_urlsafe(32)

    def move(case: Case) -> Step:
        gate(case, CaseAction.ASSIGN, sitting.actor)
        gate(case, CaseAction.ANSWER, sitting.actor)
        asked = find(case.assignments, assignment_id, case=case.id)
        if asked.state is not AssignmentState.OPEN:
            raise RefusedError("answer_link_state", assignment=asked.id, state=asked.state)
        if _body(sitting.db, asked) in case.accused:
            raise RefusedError("verifies_itself", unit=_body(sitting.db, asked))
        return Step(case=case, happened=(Happening(action="assignment.link", thing=asked.id),))

    with sitting.db.atomic():
        case = sitting.act(case_id, move)
        link = Link(
            kind=LinkKind.ANSWER, made=sitting.now, expires=sitting.now + timedelta(days=days), by=sitting.actor.id,
            case=case.id, assignment=assignment_id,
        )  # fmt: skip
        access_links.put(sitting.db, link, digest(secret))
    return secret


def _body(db: Database, asked: Assignment) -> str:
    person = stored.get(db, asked.person) if asked.person else None
    return asked.unit or (person.unit if person else "")


def answer_form(home: Home, db: Database, secret: str, now: datetime) -> AnswerForm:
    """The one question of the link. Raises RefusedError "link_ended", which says whom to ask."""
    asked = _asked(home, db, secret, now)
    office = load_settings(home.rules).office
    works = draft.case_works(asked.sitting, asked.case)
    return AnswerForm(
        office=office.name,
        unit=bodies_in.named(asked.sitting, asked.assignment),
        task=asked.assignment.task,
        due=asked.assignment.due,
        expires=asked.link.expires,
        part=asked.assignment.part,
        works=tuple(AskedWork(title=w.title, outlet=w.outlet, url=_web(w.url)) for w in works),
        contact=office.contact,
    )


def _web(url: str) -> str:
    return url if url.lower().startswith(("http://", "https://")) else ""


def answer(
    home: Home, db: Database, secret: str, *, name: str, title: str, phone: str, text: str, files: Sequence[Path],
    now: datetime,
) -> None:  # fmt: skip
    """Records the answer with its files as evidence; the link is used up, whole or not at all.

    A file's name is what it is kept under. Raises RefusedError for an ended link, a missing name or text, and what is
    too long or too many; InputError for a file that is unreadable, empty, too large, or a program.
    """
    who = _who(name, title, phone)
    said = nfc(text).strip()
    if not said:
        raise RefusedError("words_missing", what=label("access", "answer_text"))
    if len(said) > MOST_TEXT:
        raise RefusedError("answer_long", most=f"{MOST_TEXT:,}".replace(",", "."), have=len(said))
    if len(files) > MOST_FILES:
        raise RefusedError("answer_files", most=MOST_FILES, have=len(files))
    kinds = [(path, _kind(path, load_web(home.rules).upload_mb)) for path in files]
    with db.atomic():
        asked = _asked(home, db, secret, now)
        note = label("access", "file_note", who=bodies_in.named(asked.sitting, asked.assignment))
        kept = [proof.add_file(asked.sitting, asked.case.id, path, kind, note=note) for path, kind in kinds]
        verifying.answer(
            asked.sitting, asked.case.id, asked.assignment.id, said, way=Way.LINK, source=who,
            evidence=tuple(dict.fromkeys(one.id for one in kept)),
        )  # fmt: skip
        access_links.drop(db, asked.link)


def _asked(home: Home, db: Database, secret: str, now: datetime) -> _Asked:
    link = access_links.get(db, digest(secret), LinkKind.ANSWER, now)
    office = load_settings(home.rules).office
    ended = RefusedError("link_ended", whom=label("access", "whom_answer", office=office.name))
    if link is None:
        raise ended
    try:
        sitting = seated(home, db, link.by, now=now)
        case = sitting.whole(link.case)
        assignment = find(case.assignments, link.assignment, case=case.id)
        gate(case, CaseAction.ANSWER, sitting.actor)
        # The answer may be any body's: he records it for them.
        answers(sitting.actor, own=False)
    except (RefusedError, UsageError):
        raise ended from None
    if assignment.state is not AssignmentState.OPEN or _body(db, assignment) in case.accused:
        raise ended
    return _Asked(sitting=sitting, link=link, case=case, assignment=assignment)


def _who(name: str, title: str, phone: str) -> str:
    """Who filled it in, in words; a phone number is personal data and stands in the case alone, in no event."""
    if not clean(name):
        raise RefusedError("words_missing", what=label("access", "answer_name"))
    if max(map(len, (name, title, phone))) > _MOST_NAME:
        raise RefusedError("name_long", most=_MOST_NAME)
    parts = [clean(name), clean(title), label("access", "phone", phone=clean(phone)) if clean(phone) else ""]
    return label("access", "filled_in_by", who=", ".join(part for part in parts if part))


def _kind(path: Path, most: int) -> EvidenceKind:
    """What the file is, by its first bytes. Raises InputError for one that is too large, unreadable or a program."""
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            media = media_type(path.name, stream.read(HEAD))
    except OSError as error:
        raise InputError("file_unreadable", file=path.name, detail=os_reason(error)) from error
    if size > most * 2**20:
        raise InputError("evidence_too_large", file=path.name, size=f"{size / 2**20:.0f}", limit=most)
    if media.startswith("image/"):
        return EvidenceKind.SCAN
    return EvidenceKind.RECORDING if media.startswith(("audio/", "video/")) else EvidenceKind.DOCUMENT
