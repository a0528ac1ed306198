"""The rules, to be read and tried: every file as it is in force, and what fires on a pasted text.

Nothing is changed or kept: rules are written in their files, where comments and history are the office's.
"""

from __future__ import annotations

from pathlib import Path

from monitor.desk.article_text import marked
from monitor.desk.article_words import Words, area_words
from monitor.desk.sitting import Sitting
from monitor.errors import InputError, UsageError
from monitor.jobs import reading
from monitor.labels import label, os_reason
from monitor.model.tag import TagInput
from monitor.model.view_office import Fired, FiredRule, RuleSheet
from monitor.tag import explain
from monitor.text import clean, decode, paragraphs

_KINDS = (".yaml", ".tsv")
_MOST_BYTES = 2_000_000
MOST_CHARACTERS = 200_000
"""The longest text that is tried."""
_MOST_TITLE = 2000


def rules(sitting: Sitting) -> tuple[RuleSheet, ...]:
    """Every file of rules as it is in force: the office's own where it has one, else the shipped one. By name."""
    folders = sitting.home.rules
    shipped = folders[-1]
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.is_file() and path.suffix in _KINDS and not path.name.startswith("."):
                found.setdefault(path.name, path)
    return tuple(_sheet(name, path, shipped) for name, path in sorted(found.items()))


def rule_file(sitting: Sitting, name: str) -> RuleSheet:
    """One file of rules. Raises UsageError where there is none of that name."""
    sheet = next((one for one in rules(sitting) if one.name == name), None)
    if sheet is None:
        raise UsageError("rules_unknown", value=name[:80])
    return sheet


def fire(sitting: Sitting, title: str, text: str) -> Fired:
    """A pasted text as the collection would read it, and every rule that fired, with the places marked.

    Raises InputError for a text that is too long, UsageError for none.
    """
    if len(text) > MOST_CHARACTERS or len(title) > _MOST_TITLE:
        raise InputError("words_long", what=label("article", "tried"), most=MOST_CHARACTERS)
    item = TagInput(title=clean(title), body=paragraphs(text))
    if not (item.title or item.body):
        raise UsageError("try_nothing")
    folders = sitting.home.rules
    tagging = reading.read_item(item, folders, sitting.home.learned)
    _, fired = explain(item, reading.book(folders))
    words, area = Words(sitting), area_words(folders)
    head, _, body = marked(item, tagging.mentions, words.rule)
    return Fired(
        tagging=tagging, tags=words.tags(tagging, {}), title=head, text=body,
        rules=tuple(
            FiredRule(
                area=area(one.area), rule=one.rule, why=one.why, text=one.text, zone=label("zone", one.zone),
                points=one.points, times=one.times, counted=one.counted,
            )
            for one in fired
        ),
    )  # fmt: skip


def _sheet(name: str, path: Path, shipped: Path) -> RuleSheet:
    raw = _read(path)
    text = decode(raw)
    own = path.parent != shipped
    default = shipped / name
    changed = own and (not default.is_file() or _read(default) != raw)
    return RuleSheet(name=name, about=_about(text), text=text, own=own, changed=changed, lines=len(text.splitlines()))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_MOST_BYTES)
    except OSError as error:
        raise InputError("file_unreadable", file=path, detail=os_reason(error)) from error


def _about(text: str) -> str:
    """The comment a file begins with, up to its first empty line, as one paragraph."""
    lines: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        words = line.lstrip("#").strip()
        if not words and lines:
            break
        lines.append(words)
    return " ".join(line for line in lines if line)
