"""What an office calls its things: papers, their files, and the persons, bodies and items that an error speaks of.

Errors are raised where only ids are at hand; before somebody reads one at the desk, ``named`` puts names for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from monitor.desk.article_seen import hidden
from monitor.desk.sitting import Sitting
from monitor.errors import ConfigError, MonitorError, RefusedError, StoreError, UsageError
from monitor.labels import label, of
from monitor.model.case import Case
from monitor.model.filing import PaperRecord
from monitor.model.paper import PaperKind, PaperState
from monitor.store import articles, people
from monitor.text import fold, shortened

_PERSONS = ("person", "absent", "by", "giver", "taker", "who", "lead")
_BODIES = ("unit", "issuer", "lead", "who")
_THINGS = ("paper", "request", "assignment", "remedy")
_SHORT = 80
RECEIVED = (
    PaperKind.REQUEST_LETTER, PaperKind.PETITION, PaperKind.REMINDER, PaperKind.ASSIGNMENT, PaperKind.REMEDY_NOTICE,
)  # fmt: skip
"""The papers whose receipt is worth recording: they leave for somebody, and not beside another one."""


def titled(paper: PaperRecord) -> str:
    """Kind and subject in one line: "Công văn đề nghị gỡ bỏ …", not "Công văn đề nghị: đề nghị gỡ bỏ …"."""
    kind, subject = of(paper.kind).split(), paper.subject.split()
    for count in range(len(kind), 0, -1):
        if [w.casefold() for w in kind[-count:]] == [w.casefold() for w in subject[:count]]:
            return " ".join((*kind, *subject[count:]))
    return f"{of(paper.kind)}: {paper.subject}"


def signed(paper: PaperRecord) -> str:
    """Kind and number: "Công văn đề nghị số 07/LĐLĐ-TG"; without a number, kind and subject."""
    if paper.number is None:
        return _cut(titled(paper))
    return label("naming", "paper", kind=of(paper.kind), sign=paper.sign)


def enclosed(paper: PaperRecord) -> bool:
    """Whether the paper goes with a letter and has no number of its own: the text of a response, as long as the văn
    thư gives it none."""
    return paper.kind is PaperKind.RESPONSE_TEXT and paper.number is None


def file_name(paper: PaperRecord) -> str:
    """ "cong-van-de-nghi-215.docx", before it has its number "cong-van-de-nghi-du-thao.docx"."""
    sign = str(paper.number) if paper.number is not None else label("naming", "draft")
    if paper.number is None and paper.state in (PaperState.SIGNED, PaperState.ISSUED):
        sign = label("naming", "enclosed")
    bare = fold(f"{of(paper.kind)} {sign}")
    return "-".join("".join(c if c.isalnum() else " " for c in bare).split()) + ".docx"


def named(sitting: Sitting, error: MonitorError, ident: str = "") -> MonitorError:
    """The error with names in place of the ids in its facts; ``ident`` is the case it was about, where that is known.

    Names only what he may know of: an id of anything else stays as it is.
    """
    if isinstance(error, (ConfigError, StoreError)) or not error.facts:
        return error
    case = _case(sitting, str(error.facts.get("case") or ident))
    said: dict[str, Any] = dict(error.facts)
    for names, found in (
        (_PERSONS, {one.id: one.name for one in people.every(sitting.db)}),
        (_BODIES, {one.id: one.name for one in people.units(sitting.db)}),
        (_THINGS, _things(case) if case else {}),
        (("claim",), _claims(case) if case else {}),
    ):
        _put(said, names, found)
    if isinstance(said.get("article"), str):
        _put(said, ("article",), _article(sitting, said["article"]))
    return type(error)(error.key, **said)


def _put(said: dict[str, Any], names: tuple[str, ...], found: Mapping[str, str]) -> None:
    for name in names:
        if isinstance(said.get(name), str):
            said[name] = found.get(said[name], said[name])


def _case(sitting: Sitting, ident: str) -> Case | None:
    try:
        return sitting.case(ident) if ident else None
    except (UsageError, RefusedError):
        return None


def _things(case: Case) -> dict[str, str]:
    """What stands in a case, by id, in words between quotation marks."""
    said = {p.id: signed(p) for p in case.papers} | {r.id: r.name for r in case.requests}
    said |= {a.id: _cut(a.task) for a in case.assignments} | {r.id: _cut(r.measure) for r in case.remedies}
    return {ident: f"“{words}”" for ident, words in said.items()}


def _claims(case: Case) -> dict[str, str]:
    """The claims by their number on the page: dropped ones keep theirs, so that it never moves."""
    return {claim.id: str(n) for n, claim in enumerate(case.claims, start=1)}


def _article(sitting: Sitting, ident: str) -> dict[str, str]:
    if hidden(sitting, [ident]):
        return {}
    return {one.id: f"“{_cut(one.title)}”" for one in articles.by_ids(sitting.db, [ident])}


def _cut(text: str) -> str:
    return shortened(" ".join(text.split()), _SHORT)
