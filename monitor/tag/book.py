"""The rule book: every rule file of the office, read once, checked, and compiled into one automaton.

words.yaml          lists of words that the other files use by name ($workers)
union.yaml          what names a union body
false_friends.yaml  what only looks like it; credit lines
labour.yaml         what makes an item one about workers
foreign.yaml        what makes it play abroad, and what there concerns us
topics.yaml  tone.yaml  attention.yaml  places.yaml
organisations.yaml  the kinds of union bodies and how their names are made
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from monitor import text as spelling
from monitor.errors import ConfigError
from monitor.tag import beside, bodies, gazetteer
from monitor.tag.bodies import Organisations
from monitor.tag.document import Masks
from monitor.tag.gazetteer import Gazetteer
from monitor.tag.lexicon import Lexicon, lowered
from monitor.tag.rule import Rule
from monitor.tag.rulefile import Entry, RuleReader, open_file

TOPIC_IDS = frozenset(f"T{number:02d}" for number in range(1, 22))
UNION_KINDS = frozenset(("sure", "open", "hint"))


@dataclass(frozen=True, kw_only=True)
class FalseFriends:
    """Ways in which "công đoàn" is none. Syllables are lower case, in one tone spelling; surnames as written."""

    covers: tuple[Rule, ...]
    cross_before: frozenset[str]
    cross_delegations: frozenset[str]
    cross_bodies: frozenset[str]
    surnames: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A topic with the rules that point at it."""

    id: str
    name: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True)
class RuleBook:
    """Everything the office decided about reading; made by ``load_rules``, used by ``tag``."""

    lexicon: Lexicon
    plain: Lexicon
    masks: Masks
    union: tuple[Rule, ...]
    false_friends: FalseFriends
    labour: tuple[Rule, ...]
    abroad: tuple[Rule, ...]
    home: tuple[Rule, ...]
    foreign: tuple[Rule, ...]
    topic_rules: tuple[Topic, ...]
    good: tuple[Rule, ...]
    deeds: tuple[Rule, ...]
    bad: tuple[Rule, ...]
    attention: tuple[Rule, ...]
    gazetteer: Gazetteer
    organisations: Organisations
    leaning: Mapping[str, float]
    limits: Mapping[str, float]

    @property
    def topics(self) -> Mapping[str, str]:
        """Topic id (T01 … T21) -> its Vietnamese name."""
        return {topic.id: topic.name for topic in self.topic_rules}

    def present(self, name: str) -> str | None:
        """The present (34) name of an old or present province or of another way to write it, else None."""
        return self.gazetteer.present(name)

    def former(self, present: str) -> tuple[str, ...]:
        """The old provinces merged into a present one, without itself."""
        return self.gazetteer.former(present)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule, for the checks."""
        topics = tuple(rule for topic in self.topic_rules for rule in topic.rules)
        own = (self.union, self.false_friends.covers, self.labour, self.abroad, self.home, self.foreign)
        tone = (self.good, self.deeds, self.bad)
        return tuple(rule for group in (*own, topics, *tone, self.attention) for rule in group)


def _top(folders: tuple[Path, ...], file: str, *keys: str) -> dict[str, Entry]:
    """The file's entries; all of ``keys`` must be there and no other."""
    found = open_file(folders, file, frozenset(keys))
    for key in keys:
        if key not in found:
            raise ConfigError("rule_missing_key", file=file, line=1, name=key, missing=key)
    return found


def _limits(entry: Entry, names: tuple[str, ...]) -> dict[str, float]:
    found = {name: value.number() for name, value in entry.mapping(frozenset(names)).items()}
    for name in names:
        if name not in found:
            entry.wrong("rule_missing_key", missing=name)
    return found


def _false_friends(folders: tuple[Path, ...], reader: RuleReader) -> tuple[FalseFriends, Masks]:
    top = _top(folders, "false_friends.yaml", "covers", "cross_words", "surnames", "credits")
    cross = top["cross_words"].mapping(frozenset(("before", "delegations", "bodies")))
    credit = top["credits"].mapping(frozenset(("heads", "tails", "signs")))
    for entry, keys in ((top["cross_words"], cross), (top["credits"], credit)):
        if len(keys) < 3:
            entry.wrong("rule_missing_key", missing="before, delegations, bodies | heads, tails, signs")

    def syllables(entry: Entry) -> frozenset[str]:
        return frozenset(lowered(word) for word in entry.texts())

    friends = FalseFriends(
        covers=reader.rules(top["covers"]),
        cross_before=syllables(cross["before"]),
        cross_delegations=syllables(cross["delegations"]),
        cross_bodies=syllables(cross["bodies"]),
        surnames=frozenset(top["surnames"].texts()),
    )
    return friends, Masks(*(credit[key].texts() for key in ("heads", "tails", "signs")))


def _topics(folders: tuple[Path, ...], reader: RuleReader) -> tuple[tuple[Topic, ...], dict[str, float]]:
    top = _top(folders, "topics.yaml", "limits", "topics")
    topics = []
    for ident, entry in top["topics"].mapping().items():
        if ident not in TOPIC_IDS:
            entry.wrong("rule_unknown_topic", value=ident)
        keys = entry.mapping(frozenset(("name", "rules")))
        if len(keys) < 2:
            entry.wrong("rule_missing_key", missing="name, rules")
        topics.append(Topic(id=ident, name=keys["name"].text(), rules=reader.rules(keys["rules"])))
    missing = TOPIC_IDS - {topic.id for topic in topics}
    if missing:
        top["topics"].wrong("rule_missing_key", missing=", ".join(sorted(missing)))
    return tuple(topics), _limits(top["limits"], ("topic_least", "topic_share", "topic_last"))


def _leaning(entry: Entry) -> dict[str, float]:
    """Topic id -> what it adds to a good tone."""
    found = {}
    for ident, value in entry.mapping().items():
        if ident not in TOPIC_IDS:
            value.wrong("rule_unknown_topic", value=ident)
        found[ident] = value.number()
    return found


def _plain(lexicon: Lexicon, union: tuple[Rule, ...]) -> Lexicon:
    """The union's own words without accents, for texts that have none; single syllables say too little."""
    plain = Lexicon()
    for word in sorted({word for rule in union for word in rule.words}):
        folded = spelling.fold(lexicon.word(word))
        if " " in folded or len(folded) >= 4:
            plain.add(folded)
    plain.close()
    return plain


def load_rules(folders: tuple[Path, ...]) -> RuleBook:
    """The rule book of the office: each file from the first of ``folders`` that has it.

    Raises ConfigError naming file, line and key for anything wrong; nothing is read with half a rule book.
    """
    lexicon = Lexicon()
    words = _top(folders, "words.yaml", "never_cut", "lists")
    lexicon.never_cut(words["never_cut"].texts())
    lists = {name: entry.texts() for name, entry in words["lists"].mapping().items()}
    reader = RuleReader(lexicon, lists)
    union = reader.rules(_top(folders, "union.yaml", "terms")["terms"], UNION_KINDS)
    friends, masks = _false_friends(folders, reader)
    labour = _top(folders, "labour.yaml", "limits", "lists", "rules")
    reader.more_lists(labour["lists"].mapping())
    foreign = _top(folders, "foreign.yaml", "limits", "abroad", "home", "subjects")
    topics, topic_limits = _topics(folders, reader)
    tone = _top(folders, "tone.yaml", "limits", "leaning", "lists", "good", "deeds", "bad")
    reader.more_lists(tone["lists"].mapping())
    attention = _top(folders, "attention.yaml", "limits", "rules")
    book = RuleBook(
        lexicon=lexicon,
        plain=_plain(lexicon, union),
        masks=masks,
        union=union,
        false_friends=friends,
        labour=reader.rules(labour["rules"], frozenset(("about", "home", "abroad"))),
        abroad=reader.rules(foreign["abroad"]),
        home=reader.rules(foreign["home"]),
        foreign=reader.rules(foreign["subjects"], frozenset(("", "union"))),
        topic_rules=topics,
        good=reader.rules(tone["good"], beside.KINDS),
        deeds=reader.rules(tone["deeds"], beside.KINDS),
        bad=reader.rules(tone["bad"], beside.KINDS),
        attention=reader.rules(attention["rules"], beside.KINDS),
        leaning=_leaning(tone["leaning"]),
        gazetteer=gazetteer.load(folders, lexicon, reader),
        organisations=bodies.load(folders),
        limits=_limits(labour["limits"], ("labour_least", "labour_front"))
        | _limits(foreign["limits"], ("abroad_least", "abroad_share", "mixed_share", "subject_least", "subject_front"))
        | _limits(tone["limits"], ("good_least", "bad_least", "bad_share", "deed_each", "deed_share"))
        | _limits(attention["limits"], ("attention_least", "bad_tone"))
        | topic_limits,
    )
    lexicon.close()
    return book
