"""Tags and rules in the words of the office: what a value is called, why a rule is there, which question it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from monitor.desk.sitting import Sitting
from monitor.jobs import reading
from monitor.labels import label, of
from monitor.model.correction import CORRECTION, Correction, Field
from monitor.model.tag import Evidence, Relevance, Tagging, Tone
from monitor.model.view_article import TagLine
from monitor.store import people
from monitor.tag import RuleBook
from monitor.tag.learned import RULE as LEARNED
from monitor.tag.rule import Rule

_OF_PLACES = {"places.province": "province", "places.district": "district", "places.commune": "commune"}
"""What names a place without a rule of its own: the lists of the country's provinces, districts and communes."""
_NOT_RULES = {CORRECTION, LEARNED}


class Words:
    """Names of one sitting: rules, topics, and the persons who said something."""

    def __init__(self, sitting: Sitting) -> None:
        self._db = sitting.db
        self._why = rule_words(sitting.home.rules)
        self.topics: Mapping[str, str] = topic_names(sitting.home.rules)
        self._people: dict[str, str] = {}

    def rule(self, ident: str) -> str:
        """Why a rule is there; for a rule that is no longer in the book, its id."""
        if ident in _OF_PLACES:
            return label("article", _OF_PLACES[ident])
        return self._why.get(ident) or label("article", "rule", id=ident)

    def person(self, said: str) -> str:
        """The name of who is meant by an id, login or name; what was written where nobody is."""
        if said not in self._people:
            found = people.get(self._db, said) if said else None
            self._people[said] = found.name if found else said
        return self._people[said]

    def value(self, field: Field, values: tuple[str, ...]) -> str:
        """A corrected value in words."""
        named = ", ".join(self.one(field, value) for value in values)
        return named or label("article", "no_tone" if field is Field.TONE else "none")

    def one(self, field: Field, value: str) -> str:
        """One value of a field in words."""
        if field is Field.RELEVANCE:
            return of(Relevance(value))
        if field is Field.TONE:
            return of(Tone(value))
        if field is Field.ATTENTION:
            return label("article", "attention" if value == "true" else "no_attention")
        return self.topics.get(value, value) if field is Field.TOPICS else value

    def tags(self, tagging: Tagging, said: Mapping[Field, Correction]) -> tuple[TagLine, ...]:
        """Every answer of a reading with its evidence; ``said`` are the words of people that hold."""
        return tuple(self._lines(tagging, said))

    def _lines(self, tagging: Tagging, said: Mapping[Field, Correction]) -> Iterator[TagLine]:
        def line(field: Field, value: str, evidence: tuple[Evidence, ...]) -> TagLine:
            word = said.get(field)
            by = self.person(word.by) if word else ""
            real = [e for e in evidence if e.rule not in _NOT_RULES]
            why = [self.rule(e.rule) for e in real] + [e.text for e in evidence if e.rule == LEARNED]
            return TagLine(
                field=field, value=value, name=self.one(field, value) if value else self.value(field, ()),
                evidence=tuple(dict.fromkeys(e.text for e in real if e.text)), why=tuple(dict.fromkeys(why)), by=by,
                said=label("article", "fixed_by", who=by) if by else "",
            )  # fmt: skip

        yield line(Field.RELEVANCE, tagging.relevance.value, tagging.relevance_evidence)
        for topic in tagging.topics:
            yield line(Field.TOPICS, topic.id, topic.evidence)
        for place in tagging.places:
            yield line(Field.PLACES, place.name, place.evidence)
        if tagging.tone or Field.TONE in said:
            yield line(Field.TONE, tagging.tone.value if tagging.tone else "", tagging.tone_evidence)
        flag = "true" if tagging.attention else "false"
        if tagging.relevance.ours or tagging.attention:
            yield line(Field.ATTENTION, flag, tagging.attention_evidence)


@lru_cache(maxsize=4)
def topic_names(folders: tuple[Path, ...]) -> Mapping[str, str]:
    """Topics by id."""
    return dict(reading.book(folders).topics)


@lru_cache(maxsize=4)
def rule_words(folders: tuple[Path, ...]) -> dict[str, str]:
    """By rule id: the question it speaks to and why it is there ("Cần chú ý: đình công, ngừng việc")."""
    found = {"union.plain": label("article", "plain")}
    for area, rules in _areas(reading.book(folders)):
        for rule in rules:
            found.setdefault(rule.id, f"{area}: {_sentence(rule.why)}")
    return found


def area_words(folders: tuple[Path, ...]) -> Callable[[str], str]:
    """The words of an area, a topic's id included."""
    topics = topic_names(folders)
    return lambda area: label("article", "topic", name=topics[area]) if area in topics else label("area", area)


def _areas(book: RuleBook) -> Iterator[tuple[str, tuple[Rule, ...]]]:
    yield label("area", "union"), book.union
    yield label("area", "false_friend"), book.false_friends.covers
    yield label("area", "labour"), book.labour
    yield label("area", "abroad"), book.abroad
    yield label("area", "home"), book.home
    yield label("area", "foreign"), book.foreign
    for topic in book.topic_rules:
        yield label("article", "topic", name=topic.name), topic.rules
    yield label("area", "tone_good"), (*book.good, *book.deeds)
    yield label("area", "tone_bad"), book.bad
    yield label("area", "attention"), book.attention


def _sentence(why: str) -> str:
    why = why.strip().rstrip(".")
    return why[:1].lower() + why[1:] if why[1:2].islower() or why[1:2] == " " else why
