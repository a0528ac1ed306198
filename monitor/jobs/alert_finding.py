"""What a round of alerts finds: items that want attention and were not told of, and days with too many stories.

    prints of the last hours ──ours?──▶ fresh
    prints of today and yesterday ──ours?──▶ stories by topic and by body ──too many?──▶ surges

It only reads; ``jobs.alert`` keeps what was found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from monitor.clock import local
from monitor.model.alert import AlertKind, AlertPlaces, AlertSettings
from monitor.model.case import TriageState
from monitor.model.tag import Relevance
from monitor.report.alerting import passed
from monitor.store import alerts as store
from monitor.store import inbox, people, triage
from monitor.store.alerts import Item
from monitor.store.db import Database
from monitor.text import clean, fold

_ASIDE = (TriageState.NOTED, TriageState.IRRELEVANT)


@dataclass(frozen=True, kw_only=True)
class Surge:
    """A topic or body with more stories on a day than its number; ``items`` is one print of each."""

    key: str
    kind: AlertKind
    about: str
    day: date
    count: int
    threshold: int
    items: tuple[str, ...]


@dataclass
class Finding:
    """One look; ``province`` is the office's, as it is named today."""

    db: Database
    settings: AlertSettings
    province: str
    now: datetime

    @cached_property
    def units(self) -> dict[str, str]:
        """Ids of our bodies by every folded name they have."""
        known = people.units(self.db)
        return {fold(clean(name)): unit.id for unit in known for name in (unit.name, *unit.aliases)}

    def fresh(self) -> list[Item]:
        """What wants attention, concerns us, was told of by no alert, and nobody has laid aside."""
        if not self.settings.attention:
            return []
        since = self.now - timedelta(hours=self.settings.max_age_hours)
        found = store.fresh(self.db, since, self.settings.relevances)
        far = [one for one in found if one.relevance != Relevance.UNION]
        near = self._near(far)
        ours = [one for one in found if one.relevance == Relevance.UNION or one.id in near]
        aside = self.laid_aside({one.id: one.subject for one in ours})
        return [one for one in ours if one.id not in aside]

    def laid_aside(self, items: Mapping[str, str], states: Sequence[TriageState] = _ASIDE) -> set[str]:
        """Of these items (their story by their id) those that staff noted or found irrelevant: who has dealt with a
        thing need not be told of it. What is taken back is new again."""
        if not items:
            return set()
        decided, alone = inbox.decided(self.db, set(items.values())), triage.of(self.db, list(items))
        return {
            ident
            for ident, story in items.items()
            if any(done and done.state in states for done in (decided.get(story), alone.get(ident)))
        }

    @property
    def first_day(self) -> date:
        """The first of the two days whose numbers are looked at."""
        return local(self.now).date() - timedelta(days=1)

    def surges(self) -> list[Surge]:
        """Every topic and body that has passed its number today or yesterday; without what is restricted, and what
        staff found irrelevant."""
        rules = self.settings
        if (
            rules.default_topic is None
            and rules.default_unit is None
            and not any(n is not None for _, n in rules.topics)
        ):
            return []
        items = store.of_days(self.db, self.first_day, local(self.now).date(), rules.relevances)
        found = self._passed(items)
        if not found:
            return []
        irrelevant = self.laid_aside({one.id: one.subject for one in items}, (TriageState.IRRELEVANT,))
        hidden = store.restricted(self.db) | irrelevant
        return self._passed([one for one in items if one.id not in hidden]) if hidden else found

    def _passed(self, items: Sequence[Item]) -> list[Surge]:
        named = self._bodies(items)
        near = self._near(items, named)
        kept = [one for one in items if one.id in near]
        groups: dict[str, dict[str, str]] = defaultdict(dict)
        numbers: dict[str, int | None] = {}
        for kind, about, one in (*self._by_topic(kept), *self._by_unit(kept, named)):
            key = f"{kind.value}:{about}:{one.day}"
            groups[key].setdefault(one.subject, one.id)
            rules = self.settings
            numbers[key] = rules.threshold(about) if kind is AlertKind.TOPIC else rules.default_unit
        return [_surge(key, groups[key], numbers[key] or 0, n) for key, n in passed(groups, numbers).items()]

    def _by_topic(self, items: Sequence[Item]) -> list[tuple[AlertKind, str, Item]]:
        by_number = {one.n: one for one in items}
        return [
            (AlertKind.TOPIC, topic, by_number[n]) for topic, n in sorted(store.topics_of(self.db, items), key=_last)
        ]

    def _by_unit(self, items: Sequence[Item], named: dict[str, set[str]]) -> list[tuple[AlertKind, str, Item]]:
        return [(AlertKind.UNIT, unit, one) for one in items for unit in sorted(named.get(one.id, ()))]

    def _near(self, items: Sequence[Item], named: dict[str, set[str]] | None = None) -> set[str]:
        """Those of these items that concern us."""
        if self.settings.places is AlertPlaces.ALL or not items:
            return {one.id for one in items}
        here = store.naming_place(self.db, items, self.province)
        return here | set(self._bodies(items) if named is None else named)

    def _bodies(self, items: Sequence[Item]) -> dict[str, set[str]]:
        """Ids of our bodies by the items that are about them."""
        return self.bodies([one.id for one in items])

    def bodies(self, articles: Sequence[str]) -> dict[str, set[str]]:
        """Ids of our bodies by the articles that are about them."""
        found: dict[str, set[str]] = defaultdict(set)
        for article, name in store.bodies_of(self.db, articles):
            unit = self.units.get(fold(clean(name)))
            if unit:
                found[article].add(unit)
        return dict(found)


def _surge(key: str, stories: dict[str, str], threshold: int, count: int) -> Surge:
    kind, about, day = key.split(":")
    return Surge(
        key=key, kind=AlertKind(kind), about=about, day=date.fromisoformat(day), count=count, threshold=threshold,
        items=tuple(stories.values()),
    )  # fmt: skip


def _last(pair: tuple[str, int]) -> int:
    return pair[1]
