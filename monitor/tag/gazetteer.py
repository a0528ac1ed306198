"""Provinces then and now: 63 old names, 34 present ones, and the districts and communes that lie in one of them.

rules/places.yaml        provinces, other ways to write them, words that strengthen or weaken a mention
rules/places_wards.tsv   province, district, communes (made from the table of the 2025 rearrangement)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from monitor import text as spelling
from monitor.errors import ConfigError
from monitor.tag.lexicon import Lexicon, lowered
from monitor.tag.rulefile import Entry, RuleReader, open_file

FILE = "places.yaml"
WARDS_FILE = "places_wards.tsv"
_KEYS = frozenset(
    (
        "limits",
        "provinces",
        "names",
        "districts",
        "never",
        "stronger_before",
        "weaker_before",
        "origin_before",
        "weaker_after",
    )
)
# How a district is written before its name; the table has the long form only.
_DISTRICT_FORMS = {
    "quận": ("quận", "Q.", "Q. "),
    "huyện": ("huyện", "H.", "H. "),
    "thị xã": ("thị xã", "TX", "TX.", "TX. ", "thị trấn"),
    "thành phố": ("thành phố", "TP", "TP.", "TP. ", "Tp.", "Tp. "),
}
_PREFIXES = ("tỉnh ", "thành phố ", "tp.", "tp ", "t.p ")


@dataclass(frozen=True, kw_only=True)
class Gazetteer:
    """What a place word of the lexicon stands for, and how provinces were merged.

    ``whole`` are names of provinces, ``parts`` of districts and communes: (province then, province now)
    choices, of which a reader takes the only one or none.
    """

    present_of: dict[str, str]
    former_of: dict[str, tuple[str, ...]]
    whole: dict[int, str]
    districts: dict[int, frozenset[str]]
    old_wards: dict[int, frozenset[str]]
    new_wards: dict[int, frozenset[str]]
    never: frozenset[int]
    stronger_before: frozenset[int]
    weaker_before: frozenset[int]
    origin_before: frozenset[int]
    weaker_after: frozenset[int]
    least: float
    share: float
    alone: float
    _known: dict[str, str] = field(default_factory=dict)

    def present(self, name: str) -> str | None:
        """The present province of an old or present name or another way to write it; None if it is none."""
        key = lowered(spelling.clean(name))
        for _ in range(2):  # "tỉnh" may stand before a name that itself has a prefix
            if key in self._known:
                return self.present_of[self._known[key]]
            key = next((key[len(p) :].strip() for p in _PREFIXES if key.startswith(p)), key)
        return self.present_of.get(self._known.get(key, ""))

    def former(self, present: str) -> tuple[str, ...]:
        """The provinces that were merged into this one, without itself."""
        return self.former_of.get(present, ())


def _provinces(entry: Entry) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    present_of: dict[str, str] = {}
    former_of: dict[str, tuple[str, ...]] = {}
    for item in entry.items():
        keys = item.mapping(frozenset(("name", "was")))
        if "name" not in keys:
            item.wrong("rule_missing_key", missing="name")
        name = keys["name"].text()
        was = keys["was"].texts() if "was" in keys else (name,)
        for old in {*was, name}:
            if present_of.setdefault(old, name) != name:
                keys["name"].wrong("rule_doubled", what=f"tên “{old}”")
        former_of[name] = tuple(old for old in was if old != name)
    return present_of, former_of


def _spellings(name: str) -> Iterator[str]:
    yield name
    if "-" in name:
        yield name.replace("-", " - ")
        yield name.replace("-", " ")


def _wards(folders: tuple[Path, ...], known: dict[str, str]) -> Iterator[tuple[str, str, list[str]]]:
    """The lines of the table: province, district (empty for the communes of today), communes."""
    path = next((folder / WARDS_FILE for folder in folders if (folder / WARDS_FILE).is_file()), None)
    if path is None:
        raise ConfigError("rule_file_missing", file=WARDS_FILE, line=0, name=WARDS_FILE)
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        parts = line.split("\t")
        if len(parts) != 3 or parts[0] not in known:
            raise ConfigError("rule_bad_line", file=str(path), line=number, name=parts[0][:40])
        yield parts[0], parts[1], [ward for ward in parts[2].split(";") if ward]


def _parts(
    folders: tuple[Path, ...], known: dict[str, str], lexicon: Lexicon
) -> tuple[dict[int, frozenset[str]], dict[int, frozenset[str]], dict[int, frozenset[str]]]:
    """Districts, communes before July 2025, communes since: word number -> provinces that have one of that name."""
    districts: dict[int, set[str]] = defaultdict(set)
    old: dict[int, set[str]] = defaultdict(set)
    new: dict[int, set[str]] = defaultdict(set)
    for province, district, wards in _wards(folders, known):
        for ward in wards:
            (old if district else new)[lexicon.add(ward)].add(province)
        if not district:
            continue
        kind = next((kind for kind in _DISTRICT_FORMS if district.startswith(kind + " ")), "")
        name = district[len(kind) :].strip()
        for form in _DISTRICT_FORMS.get(kind, ("",)):
            for spelled in _spellings(name):
                word = form + spelled if form.endswith((" ", ".")) else f"{form} {spelled}"
                districts[lexicon.add(word)].add(province)
    frozen = [{word: frozenset(found) for word, found in table.items()} for table in (districts, old, new)]
    return frozen[0], frozen[1], frozen[2]


def load(folders: tuple[Path, ...], lexicon: Lexicon, reader: RuleReader) -> Gazetteer:
    """The gazetteer from the two files; its words go into the lexicon. Raises ConfigError."""
    top = open_file(folders, FILE, _KEYS)
    for needed in ("limits", "provinces", "names"):
        if needed not in top:
            raise ConfigError("rule_missing_key", file=FILE, line=1, name=needed, missing=needed)
    present_of, former_of = _provinces(top["provinces"])
    limits = top["limits"].mapping(frozenset(("least", "share", "alone")))
    whole = {lexicon.add(spelled): name for name in present_of for spelled in _spellings(name)}
    for name, entry in top["names"].mapping(frozenset(present_of)).items():
        whole |= {lexicon.add(spelled): name for other in entry.texts() for spelled in _spellings(other)}
    districts, old_wards, new_wards = _parts(folders, present_of, lexicon)
    if "districts" in top:
        for name, entry in top["districts"].mapping(frozenset(present_of)).items():
            districts |= {lexicon.add(word): frozenset((name,)) for word in entry.texts()}

    def words(key: str) -> frozenset[int]:
        return reader.words(top[key]) if key in top else frozenset()

    return Gazetteer(
        present_of=present_of,
        former_of=former_of,
        whole=whole,
        districts={word: found for word, found in districts.items() if word not in whole},
        old_wards=old_wards,
        new_wards=new_wards,
        never=words("never"),
        stronger_before=words("stronger_before"),
        weaker_before=words("weaker_before"),
        origin_before=words("origin_before"),
        weaker_after=words("weaker_after"),
        least=limits["least"].number() if "least" in limits else 1.0,
        alone=limits["alone"].number() if "alone" in limits else 1.0,
        share=limits["share"].number() if "share" in limits else 0.5,
        _known={lowered(lexicon.word(word)): name for word, name in whole.items()},
    )
