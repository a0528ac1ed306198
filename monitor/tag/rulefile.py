"""Rule files from YAML, checked: whatever is wrong is named with file, line and key before anything is read.

A rule file is looked up in the first of several folders that has it, so an office can change one file and
keep the shipped others.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import yaml

from monitor import text as spelling
from monitor.errors import ConfigError
from monitor.tag.document import Zone
from monitor.tag.lexicon import Lexicon
from monitor.tag.rule import ZONE_NAMES, Rule

# libyaml reads ten times as fast; both know the lines.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LISTS = (
    "near",
    "never",
    "anywhere",
    "nowhere",
    "headline",
    "before",
    "not_before",
    "after",
    "not_after",
    "not_between",
)
_KEYS = frozenset(("id", "why", "words", "weight", "kind", "where", "reach", "yes", "no", *_LISTS))


class Entry:
    """A node of a YAML file that knows where it stands."""

    def __init__(self, file: str, node: yaml.Node, name: str = "") -> None:
        self.file = file
        self.node = node
        self.name = name

    @property
    def line(self) -> int:
        """1-based."""
        return int(self.node.start_mark.line) + 1

    def wrong(self, key: str, **facts: object) -> NoReturn:
        """Raise the error ``key`` about this place."""
        raise ConfigError(key, file=self.file, line=self.line, name=self.name or "(đầu tệp)", **facts)

    def mapping(self, allowed: frozenset[str] | None = None) -> dict[str, Entry]:
        """The keys and values here; a key outside ``allowed``, or twice, is an error."""
        if not isinstance(self.node, yaml.MappingNode):
            self.wrong("rule_wrong_type", wanted="các cặp “khóa: giá trị”")
        found: dict[str, Entry] = {}
        for key, value in self.node.value:
            name = str(key.value)
            here = Entry(self.file, key, name)
            if allowed is not None and name not in allowed:
                here.wrong("rule_unknown_key", allowed=", ".join(sorted(allowed)))
            if name in found:
                here.wrong("rule_doubled", what="khóa")
            found[name] = Entry(self.file, value, name)
        return found

    def items(self) -> Iterator[Entry]:
        """The entries of the list here."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.wrong("rule_wrong_type", wanted="một danh sách")
        for value in self.node.value:
            yield Entry(self.file, value, self.name)

    def text(self) -> str:
        """The text here, tidy; empty is an error."""
        if not isinstance(self.node, yaml.ScalarNode):
            self.wrong("rule_wrong_type", wanted="một dòng chữ")
        found = spelling.clean(str(self.node.value))
        if not found or self.node.tag == "tag:yaml.org,2002:null":
            self.wrong("rule_empty")
        return found

    def texts(self) -> tuple[str, ...]:
        """The list of texts here; an empty list is an error."""
        found = tuple(entry.text() for entry in self.items())
        if not found:
            self.wrong("rule_empty")
        return found

    def number(self) -> float:
        """The number here."""
        try:
            return float(self.text())
        except ValueError:
            self.wrong("rule_wrong_type", wanted="một số")


def open_file(folders: tuple[Path, ...], name: str, allowed: frozenset[str]) -> dict[str, Entry]:
    """The top of the rule file ``name`` in the first folder that has it.

    Raises ConfigError where no folder has it, it is no YAML, or a key is unknown.
    """
    path = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if path is None:
        raise ConfigError("rule_file_missing", file=name, line=0, name=name)
    try:
        node = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigError("rule_yaml", file=str(path), line=line, name=name, detail=error.problem or "") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError("rule_yaml", file=str(path), line=1, name=name, detail=str(error)[:80]) from error
    if node is None:
        raise ConfigError("rule_yaml", file=str(path), line=1, name=name, detail="tệp trống")
    return Entry(str(path), node).mapping(allowed)


class RuleReader:
    """Makes rules of entries: puts their words into the lexicon and refuses doubled ids."""

    def __init__(self, lexicon: Lexicon, lists: dict[str, tuple[str, ...]]) -> None:
        self._lexicon = lexicon
        self._lists = lists
        self._lines: dict[str, Entry] = {}

    def more_lists(self, lists: dict[str, Entry]) -> None:
        """Lists of words that a rule file brings along, called by name as those of words.yaml."""
        for name, entry in lists.items():
            if name in self._lists:
                entry.wrong("rule_doubled", what=f"nhóm từ “{name}”")
            self._lists[name] = entry.texts()

    def words(self, entry: Entry) -> frozenset[int]:
        """The words listed here; ``$name`` stands for a list of words.yaml."""
        found: set[int] = set()
        for item in entry.items():
            word = item.text()
            if word.startswith("$"):
                if word[1:] not in self._lists:
                    item.wrong("rule_unknown_list", value=word)
                found.update(self._lexicon.add(each) for each in self._lists[word[1:]])
            else:
                found.add(self._lexicon.add(word))
        if not found:
            entry.wrong("rule_empty")
        return frozenset(found)

    def rules(self, entry: Entry, kinds: frozenset[str] = frozenset()) -> tuple[Rule, ...]:
        """The rules listed here; ``kinds`` are the allowed values of ``kind`` (the key is unknown without)."""
        return tuple(self._rule(item, kinds) for item in entry.items())

    def _rule(self, entry: Entry, kinds: frozenset[str]) -> Rule:
        keys = entry.mapping(_KEYS if kinds else _KEYS - {"kind"})
        for needed in ("id", "why", "words", "yes"):
            if needed not in keys:
                entry.name = keys["id"].text() if "id" in keys else entry.name
                entry.wrong("rule_no_example" if needed == "yes" else "rule_missing_key", missing=needed)
        ident = keys["id"].text()
        if ident in self._lines:
            keys["id"].wrong("rule_doubled", what=f"mã quy tắc “{ident}”")
        self._lines[ident] = keys["id"]
        kind = keys["kind"].text() if "kind" in keys else ""
        if kinds and kind not in kinds:
            keys.get("kind", entry).wrong("rule_wrong_type", wanted="một trong: " + ", ".join(sorted(kinds)))
        return Rule(
            id=ident,
            why=keys["why"].text(),
            words=self.words(keys["words"]),
            weight=keys["weight"].number() if "weight" in keys else 1.0,
            kind=kind,
            reach=keys["reach"].number() if "reach" in keys else Rule.reach,
            zones=self._zones(keys["where"]) if "where" in keys else Rule.zones,
            yes=keys["yes"].texts(),
            no=keys["no"].texts() if "no" in keys else (),
            **{name: self.words(keys[name]) for name in _LISTS if name in keys},
        )

    @staticmethod
    def _zones(entry: Entry) -> frozenset[Zone]:
        zones: set[Zone] = set()
        for item in entry.items():
            name = item.text()
            if name not in ZONE_NAMES:
                item.wrong("rule_wrong_type", wanted="một trong: " + ", ".join(ZONE_NAMES))
            zones.add(ZONE_NAMES[name])
        return frozenset(zones)
