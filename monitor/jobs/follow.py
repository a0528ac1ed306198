"""Events: which story goes on with which, as a proposal for people.

    sketch of names ──index──▶ rare names, stories that share them ──texts──▶ same event? ──people's word──▶ a link

Only links are made here; no article changes its story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta

from monitor import clock
from monitor.model.story import FollowUp, Likeness, LinkState, Relation
from monitor.store import decisions
from monitor.store import stories as store
from monitor.store.db import Database
from monitor.stories import FOLLOW_DAYS, RARE, Comparable, Sketch, same_event

_CANDIDATES = 12


class Follower:
    """Works within the caller's transaction; ``comparables`` hands out articles as they are compared."""

    def __init__(self, db: Database, comparables: Callable[[Iterable[str]], list[Comparable]]) -> None:
        self._db = db
        self._comparables = comparables

    def follow(
        self,
        one: Comparable,
        story: str,
        marks: Sketch,
        near: dict[int, tuple[str, ...]],
        close: list[Comparable],
    ) -> int:
        """Proposes the event this article goes on with, or takes a person's word for it; returns how many links."""
        made = 0
        told = decisions.verdicts(self._db, [one.id], Relation.FOLLOW_UP)
        for verdict, by in told:
            other = verdict.other if verdict.article == one.id else verdict.article
            theirs = store.story_of(self._db, [other]).get(other)
            if verdict.together and theirs and theirs != story:
                made += self._link(one, story, theirs, Likeness(why="person", with_=other), by)
        if any(link.story == story and link.state is not LinkState.SPLIT for link in store.follow_ups(self._db, story)):
            return made
        rare, candidates = self._events(one, story, marks, near, close)
        found = [
            m for c in candidates if (m := same_event(one, c, [n for n in rare if n in c.names or n in c.numbers]))
        ]
        for match in sorted(found, key=lambda m: (-len(m.words), -m.contained, m.with_))[:1]:
            theirs = store.story_of(self._db, [match.with_]).get(match.with_)
            if theirs:
                made += self._link(one, story, theirs, match, "")
        return made

    def _events(
        self,
        one: Comparable,
        story: str,
        marks: Sketch,
        near: dict[int, tuple[str, ...]],
        close: list[Comparable],
    ) -> tuple[list[str], list[Comparable]]:
        """The rare names of the article, and the articles of other stories that share them or stretches of text."""
        sharing = {name: near.get(mark, ()) for mark, name in marks.names.items() if mark in near}
        everyone = {ident for idents in sharing.values() for ident in idents} | {c.id for c in close}
        stories = _story_of_many(self._db, everyone)
        shared: Counter[str] = Counter({c.id: 1 for c in close})
        rare = []
        for name, idents in sharing.items():
            if len({stories.get(ident) for ident in idents}) <= RARE:
                rare.append(name)
                shared.update(idents)
        best = [ident for ident, _ in shared.most_common() if stories.get(ident, story) != story][:_CANDIDATES]
        days = timedelta(days=FOLLOW_DAYS)
        return rare, [c for c in self._comparables(best) if abs(c.at - one.at) <= days]

    def _link(self, one: Comparable, story: str, other: str, evidence: Likeness, by: str) -> bool:
        """Stores the later story as a follow-up of the earlier one's event, unless people set the two apart."""
        known = self._comparables([evidence.with_])
        later, earlier = (story, other) if not known or one.at >= known[0].at else (other, story)
        links = store.follow_ups(self._db, later)
        if any(link.story == later and link.state is not LinkState.SPLIT for link in links) and not by:
            return False
        root = next(
            (
                link.of
                for link in store.follow_ups(self._db, earlier)
                if link.story == earlier and link.state is not LinkState.SPLIT and link.of != later
            ),
            earlier,
        )
        root = earlier if by else root
        ours, theirs = (store.members_of(self._db, [ident])[ident] for ident in (later, root))
        for verdict, _ in decisions.verdicts(self._db, sorted(ours), Relation.FOLLOW_UP):
            if not verdict.together and {verdict.article, verdict.other} & theirs:
                return False
        state = LinkState.CONFIRMED if by else LinkState.PROPOSED
        link = FollowUp(story=later, of=root, state=state, by=by, evidence=evidence)
        store.put_follow_up(self._db, link, clock.now())
        return True


def _story_of_many(db: Database, idents: set[str]) -> dict[str, str]:
    ordered = sorted(idents)
    found: dict[str, str] = {}
    for at in range(0, len(ordered), 400):
        found |= store.story_of(db, ordered[at : at + 400])
    return found
