"""rules/organisations.yaml read and compiled: the kinds of union bodies, how their names are made, what tells roles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from monitor.config.provinces import FORMER, PRESENT
from monitor.tag.rulefile import Entry, open_file

FILE = "organisations.yaml"
TAILS = frozenset(("none", "province", "place", "sector", "sector_vn", "unit", "zone"))
_KEYS = frozenset(
    ("id", "why", "parent", "name", "words", "tail", "ranks", "cities", "whole", "since", "until", "yes", "no")
)
_NEEDED = ("id", "why", "name", "words", "tail", "yes")
_ROLES = ("actor", "subject_after", "subject_before", "passing_before", "skip")

_UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯ" + "".join(c for c in map(chr, range(0x1EA0, 0x1EFA)) if c.isupper())
CAPITAL = rf"[{_UPPER}][\w&.’'-]*(?<!\.)"
"""A syllable that begins with a capital letter."""
_PLACE = rf"(?:{CAPITAL}(?: {CAPITAL}){{0,2}}(?: - {CAPITAL}(?: {CAPITAL})?)?|\d{{1,2}})"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of union body; ``pattern`` finds its names, with groups ``rank`` and ``own`` where a tail is asked."""

    id: str
    parent: str
    name: str
    tail: str
    pattern: re.Pattern[str]
    cities: frozenset[str]
    whole: frozenset[str]
    """Ranks that are a name by themselves, in small letters."""
    since: str
    until: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Organisations:
    """All kinds, in the order of the file, and what tells roles apart."""

    kinds: tuple[Kind, ...]
    sectors: Mapping[str, str]
    """In small letters -> as the file writes it."""
    actor_after: re.Pattern[str]
    subject_after: re.Pattern[str]
    subject_before: re.Pattern[str]
    passing_before: re.Pattern[str]


def load(folders: tuple[Path, ...]) -> Organisations:
    """Raises ConfigError naming file, line and key for anything wrong."""
    keys = ("kinds", "sectors", "inside", "roles")
    top = open_file(folders, FILE, frozenset(keys))
    first = next(iter(top.values()))
    for key in keys:
        if key not in top:
            first.wrong("rule_missing_key", missing=key)
    sectors, inside = top["sectors"].texts(), top["inside"].texts()
    kinds: dict[str, Kind] = {}
    entries = list(top["kinds"].items())
    for entry in entries:
        kind = _kind(entry, sectors, inside)
        if kind.id in kinds:
            entry.wrong("rule_doubled", what=f"mã “{kind.id}”")
        kinds[kind.id] = kind
    for entry, kind in zip(entries, kinds.values(), strict=True):
        if kind.parent and kind.parent not in kinds:
            entry.wrong("rule_wrong_type", wanted="parent là một trong: " + ", ".join(kinds))
    return Organisations(
        kinds=tuple(kinds.values()), sectors={name.lower(): name for name in sectors}, **_roles(top["roles"])
    )


def _kind(entry: Entry, sectors: tuple[str, ...], inside: tuple[str, ...]) -> Kind:
    keys = entry.mapping(_KEYS)
    for needed in _NEEDED:
        if needed not in keys:
            entry.wrong("rule_missing_key", missing=needed)
    tail = keys["tail"].text()
    if tail not in TAILS:
        keys["tail"].wrong("rule_wrong_type", wanted="một trong: " + ", ".join(sorted(TAILS)))
    ranks = keys["ranks"].texts() if "ranks" in keys else ()
    if tail in ("province", "place", "unit", "zone") and not ranks:
        entry.wrong("rule_missing_key", missing="ranks")
    pattern = rf"(?<!\w)(?i:{any_of(keys['words'].texts())}){_tail(tail, ranks, sectors, inside)}(?!\w)"
    return Kind(
        id=keys["id"].text(),
        parent=keys["parent"].text() if "parent" in keys else "",
        name=keys["name"].text(),
        tail=tail,
        pattern=re.compile(pattern),
        cities=frozenset(keys["cities"].texts()) if "cities" in keys else frozenset(),
        whole=frozenset(word.lower() for word in keys["whole"].texts()) if "whole" in keys else frozenset(),
        since=_day(keys.get("since")),
        until=_day(keys.get("until")),
        yes=keys["yes"].texts(),
        no=keys["no"].texts() if "no" in keys else (),
    )


def _tail(tail: str, ranks: tuple[str, ...], sectors: tuple[str, ...], inside: tuple[str, ...]) -> str:
    """What follows the way to call it, as a pattern."""
    rank, provinces = f"(?i:{any_of(ranks)})", f"(?i:{_provinces()})"
    where = rf"(?i: (?:tỉnh|thành phố|TP\.?) ?)?(?: ?(?P<where>{provinces}))"
    if tail == "province":
        return rf" (?:(?P<rank>{rank}) ?(?P<own>{provinces})|(?P<bare>{provinces}|{rank}))"
    if tail == "place":
        return rf" (?P<rank>{rank}) ?(?P<own>{_PLACE})"
    if tail in ("sector", "sector_vn"):
        end = " (?i:Việt Nam|VN)" if tail == "sector_vn" else f"(?! (?i:Việt Nam|VN))(?:{where}|(?i: tỉnh| thành phố))?"
        return rf" (?P<own>(?i:{any_of(sectors)})){end}"
    if tail == "zone":
        more = rf"(?:(?: ?[-,&] ?| và | )(?:các )?{rank}){{0,3}}"
        return rf" (?P<own>{rank}{more})(?:{where}|(?i: tỉnh| thành phố)| (?P<place>{_PLACE}))?"
    if tail == "unit":
        part = rf"(?:(?i:{any_of(inside)})(?!\w)|{CAPITAL}|\d{{1,4}}|[-–&](?= (?!Công đoàn|CĐ|LĐLĐ|Liên đoàn)))"
        return rf" (?P<own>(?P<rank>{rank})(?!\w)(?: {part}){{0,12}})"
    return ""


def _provinces() -> str:
    """All names of provinces, in both spellings of the tone mark and with any dash."""
    names = {*PRESENT, *FORMER, "Hồ Chí Minh", "HCM", "TPHCM"}
    names |= {name.replace("òa", "oà").replace("óa", "oá") for name in names}
    return any_of(names).replace(r" \- ", " ?[-–] ?")


def _roles(entry: Entry) -> dict[str, re.Pattern[str]]:
    keys = entry.mapping(frozenset(_ROLES))
    for needed in _ROLES:
        if needed not in keys:
            entry.wrong("rule_missing_key", missing=needed)
    words = {name: any_of(value.texts()) for name, value in keys.items()}
    # A name, small words, and perhaps a partner may stand between the body and what it does.
    gap = rf"(?: ?\([^()\n]{{1,40}}\))?(?:[ ,:–-]{{1,3}}(?:(?i:{words['skip']})(?!\w)|{CAPITAL})){{0,8}}"
    partner = r"(?:,? (?:và|cùng|phối hợp|phối hợp với|cùng với)(?= )[^.;:!?\n]{1,90}?)?"
    return {
        "actor_after": re.compile(rf"{gap}{partner}[ ,:–-]{{1,3}}(?i:{words['actor']})(?!\w)"),
        "subject_after": re.compile(rf"{gap}[ ,]{{1,2}}(?i:{words['subject_after']})(?!\w)"),
        "subject_before": re.compile(rf"(?<!\w)(?i:{words['subject_before']})(?: [\w/]+){{0,3}} $"),
        "passing_before": re.compile(rf"(?<!\w)(?i:{words['passing_before']})[ :(]{{1,2}}$"),
    }


def any_of(words: Iterable[str]) -> str:
    """The words as alternatives, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(set(words), key=lambda w: (-len(w), w)))


def _day(entry: Entry | None) -> str:
    if entry is None:
        return ""
    try:
        return date.fromisoformat(entry.text()).isoformat()
    except ValueError:
        entry.wrong("rule_wrong_type", wanted="một ngày dạng 2025-06-30")
