"""Which union bodies an item names, and whether each acts, is what the item is about, or is named in passing.

    true union mentions -> names of bodies there -> one line a body -> its weightiest role

A short name ("LĐLĐ tỉnh") is the full one's where the item has only one of that kind. Does not decide what a union
mention is (union).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from monitor import text as spelling
from monitor.config.provinces import known
from monitor.model.tag import Organisation, Role
from monitor.tag.bodies import Kind, Organisations
from monitor.tag.document import Document, Zone
from monitor.tag.rule import Match

_MOST_READ = 300
"""Mentions looked at: an item of megabytes names the same bodies again and again."""
_LONGEST_NAME = 160
_MOST = 40
_ORDER = (Role.ACTOR, Role.SUBJECT, Role.PASSING)
_HCM = ("HCM", "Hồ Chí Minh", "TPHCM")
_SPACES = re.compile(r"\s+")
_ZONES = {"khu công nghiệp": "KCN", "khu chế xuất": "KCX", "khu kinh tế": "KKT", "khu công nghệ cao": "KCNC"}
# What kind of company it is, which is no name.
_FORMS = re.compile(
    r"(?i)(?<!\w)(?:TNHH|CP|MTV|TM|DV|SX|XNK|cổ phần|trách nhiệm hữu hạn|một thành viên|hai thành viên)(?!\w)"
)
_CITY_RANK = re.compile(r"(?i)thành phố|t\.?p\.?")


@dataclass(frozen=True, slots=True)
class _Named:
    """A body named at a place; ``own`` is empty where its own name was left out."""

    kind: Kind
    start: int
    end: int
    name: str
    province: str
    short: bool
    role: Role


def find(document: Document, bodies: Organisations, mentions: Sequence[Match]) -> tuple[Organisation, ...]:
    """The bodies named at these true mentions, the weightiest role first, then by place in the text."""
    named: list[_Named] = []
    reach = -1
    for mention in mentions[:_MOST_READ]:
        if mention.start < reach:
            continue
        best = _best(document, bodies, mention)
        if best:
            named.append(best)
            reach = best.end
    return tuple(_organisation(document, one) for one in _one_a_body(_joined(named))[:_MOST])


def _best(document: Document, bodies: Organisations, mention: Match) -> _Named | None:
    """The longest name that begins within the mention."""
    best: _Named | None = None
    _, stop = document.sentence_span(mention.start)
    # Abbreviations ("TP. HCM") may look like the end of a sentence; a line feed never is part of a name.
    line = document.text.find("\n", mention.start, mention.end + _LONGEST_NAME)
    stop = min(max(stop, mention.end), mention.end + _LONGEST_NAME, line if line != -1 else len(document.text))
    for kind in bodies.kinds:
        found = kind.pattern.search(document.text, mention.start, stop)
        if found is None or found.start() >= mention.end:
            continue
        one = _named(document, bodies, kind, found)
        if one and (best is None or (one.start, -one.end) < (best.start, -best.end)):
            best = one
    return best


def _named(document: Document, bodies: Organisations, kind: Kind, found: re.Match[str]) -> _Named | None:
    """The body of this match; None where what follows shows that it is of another kind."""
    if found[0].isupper() and kind.tail in ("place", "unit", "zone"):
        return None  # in a line of capitals nobody can say where the name ends
    said = {key: value or "" for key, value in found.groupdict().items()}
    province = known(said.get("where", "")) or ""
    own: str | None = ""
    short = False
    if kind.tail == "province":
        own, province = _of_province(kind, said)
        short = not province
    elif kind.tail == "place":
        own = _of_place(bodies, said)
    elif kind.tail == "unit":
        own = _of_unit(kind, said)
    elif kind.tail == "zone":
        place = province or said["place"]
        own, short = f"{_abbreviated(said['own'])} {place}".strip(), not place
    elif kind.tail == "sector":
        if said["own"][0].islower() and not province and "ngành" not in found[0].lower():
            return None  # "công đoàn xây dựng phương án": what a union does, no name
        own, short = f"{_sector(bodies, said)} {_with_rank(bodies, province)}".strip(), not province
    elif kind.tail == "sector_vn":
        own = _sector(bodies, said)
    if own is None:
        return None
    end = found.start() + len(found[0].rstrip(" -–&"))
    name = spelling.one_tone_spelling(_SPACES.sub(" ", kind.name.format(own=own)))
    return _Named(kind, found.start(), end, name, province, short, _role(document, bodies, found.start(), end))


def _of_province(kind: Kind, said: dict[str, str]) -> tuple[str | None, str]:
    """ "tỉnh Lào Cai" and the province; only the rank where no name follows; None for a city of a province."""
    word = said["own"] or said["bare"]
    is_city = word in _HCM or word in kind.cities
    if said["rank"] and _CITY_RANK.fullmatch(said["rank"]) and not is_city:
        return None, ""
    province = known("TP.HCM" if word in _HCM else word) or ""
    if not province:
        return "tỉnh" if word.lower() == "tỉnh" else "thành phố", ""
    return (_city(province) if is_city else f"tỉnh {province}"), province


def _of_place(bodies: Organisations, said: dict[str, str]) -> str | None:
    low = said["rank"].lower().rstrip(".")
    rank = {"tx": "thị xã", "tp": "thành phố"}.get(low, low)
    return None if rank == "thành phố" and said["own"] in _cities(bodies) else f"{rank} {said['own']}"


def _of_unit(kind: Kind, said: dict[str, str]) -> str | None:
    """The unit's name; None where only the kind of unit is told ("công đoàn công ty")."""
    own, rank = said["own"].rstrip(" -–&"), said["rank"]
    if own.endswith(" số"):
        own = own.removesuffix(" số")
    bare = rank.lower() not in kind.whole and not _FORMS.sub("", own[len(rank) :]).strip(" -–&")
    return None if bare else own


def _sector(bodies: Organisations, said: dict[str, str]) -> str:
    return bodies.sectors.get(said["own"].lower(), said["own"])


def _abbreviated(zones: str) -> str:
    for long, brief in _ZONES.items():
        zones = re.sub(long, brief, zones, flags=re.I)
    return zones


def _with_rank(bodies: Organisations, province: str) -> str:
    if not province:
        return ""
    return _city(province) if province in _cities(bodies) else f"tỉnh {province}"


def _city(province: str) -> str:
    return province if province.startswith("TP") else f"thành phố {province}"


def _cities(bodies: Organisations) -> frozenset[str]:
    return frozenset(city for kind in bodies.kinds for city in kind.cities)


def _role(document: Document, bodies: Organisations, start: int, end: int) -> Role:
    """What the body is to its sentence, and failing that, whether it stands at the front of the item."""
    first, last = document.sentence_span(start)
    before = document.text[max(first, start - 80) : start]
    after = document.text[end : min(max(last, end), end + 160)]
    if bodies.passing_before.search(before):
        return Role.PASSING
    if bodies.subject_after.match(after):
        return Role.SUBJECT
    if bodies.actor_after.match(after):
        return Role.ACTOR
    if bodies.subject_before.search(before) or document.zone(start) <= Zone.LEAD:
        return Role.SUBJECT
    return Role.PASSING


def _joined(named: list[_Named]) -> list[_Named]:
    """Short names given the full name where only one body of that kind is named in full."""
    full: dict[str, dict[str, str]] = {}
    for one in named:
        if not one.short:
            full.setdefault(one.kind.id, {})[one.name] = one.province
    made = []
    for one in named:
        names = full.get(one.kind.id, {})
        if one.short and len(names) == 1:
            ((name, province),) = names.items()
            one = _Named(one.kind, one.start, one.end, name, province, False, one.role)  # noqa: PLW2901
        made.append(one)
    return made


def _one_a_body(named: list[_Named]) -> list[_Named]:
    best: dict[str, _Named] = {}
    for one in named:
        old = best.get(one.name.casefold())
        if old is None or _ORDER.index(one.role) < _ORDER.index(old.role):
            best[one.name.casefold()] = one
    return sorted(best.values(), key=lambda one: (_ORDER.index(one.role), one.start))


def _organisation(document: Document, one: _Named) -> Organisation:
    start, end = document.copy.back(one.start), document.copy.back(one.end)
    return Organisation(
        name=one.name,
        kind=one.kind.id,
        role=one.role,
        start=start,
        end=end,
        text=document.copy.original[start:end],
        parent=one.kind.parent,
        province=one.province,
        since=one.kind.since,
        until=one.kind.until,
    )
