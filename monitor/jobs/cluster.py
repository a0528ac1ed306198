"""Stories told apart: every new or changed article finds the text it is a print of, and perhaps the event.

    queue ──▶ comparable ──▶ sketch ──index──▶ candidates ──texts──▶ same text?  ──people's word──▶ story
                                                    └──────────────▶ same event? ──────────────▶ a proposal

The queue is filled by the database itself. A transaction takes a few articles from it and stores where they belong,
so a kill loses nothing. The cost of an article is that of a few seeks and at most ``_CANDIDATES`` comparisons, however
large the archive is.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from monitor import clock
from monitor.config import Home
from monitor.jobs.follow import Follower
from monitor.model.article import Article
from monitor.model.story import Likeness, LinkState, Relation
from monitor.model.tag import Relevance
from monitor.store import articles, decisions, prints
from monitor.store import stories as store
from monitor.store.db import Database, opened
from monitor.stories import (
    REPRINT_DAYS,
    Comparable,
    Placing,
    Sketch,
    comparable,
    first_of,
    place,
    same_text,
    sketch,
)

_BATCH = 40
_CANDIDATES = 12
_SHARED = 3
"""Hashes two sketches must have in common: prints of one text have ten, set phrases make one or two."""
_KEPT = 600
"""Comparables kept in memory: neighbours in time are asked for again and again."""


@dataclass(frozen=True, kw_only=True)
class ClusterReport:
    """What a run did: articles placed, stories founded, stories merged into others, follow-ups proposed."""

    placed: int = 0
    founded: int = 0
    merged: int = 0
    proposed: int = 0


def cluster(
    home: Home, *, progress: Callable[[int, int], None] | None = None, stop: threading.Event | None = None
) -> ClusterReport:
    """Places every article that is new or changed; ``progress`` is told how many of how many are done."""
    with opened(home.database) as db:
        return place_due(db, progress=progress, stop=stop)


def place_due(
    db: Database, *, progress: Callable[[int, int], None] | None = None, stop: threading.Event | None = None
) -> ClusterReport:
    """Like ``cluster``, in an open database; costs one look at an empty table when nothing is new."""
    queue = prints.due(db)
    work = _Clustering(db)
    for at in range(0, len(queue), _BATCH):
        if stop and stop.is_set():
            break
        with db.atomic():
            for article in prints.take(db, queue[at : at + _BATCH]):
                work.place(article)
            work.name_firsts()
        if progress:
            progress(min(at + _BATCH, len(queue)), len(queue))
    return work.report


class _Clustering:
    """One run; every method works within the caller's transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._seen: OrderedDict[str, Comparable] = OrderedDict()
        self._touched: set[str] = set()
        self._follower = Follower(db, self._comparables)
        self.report = ClusterReport()

    def place(self, ident: str) -> None:
        """Finds the story of an article, or founds one; proposes the event it goes on with."""
        self._seen.pop(ident, None)
        found = articles.by_ids(self._db, [ident])
        old = store.story_of(self._db, [ident]).get(ident)
        if not found or not _concerns(found[0]):
            prints.drop(self._db, ident)
            store.leave(self._db, ident)
            self._touched |= {old} if old else set()
            return
        one = self._keep(comparable(found[0]))
        marks = sketch(one)
        prints.put(self._db, ident, one.at, marks.all)
        window = timedelta(days=REPRINT_DAYS)
        near = prints.having(self._db, marks.all, one.at - window, one.at + window)
        close = self._candidates(one, marks, near)
        story = self._join(one, [m for other in close if (m := same_text(one, other))], old)
        proposed = self._follower.follow(one, story, marks, near, close)
        self.report = replace(self.report, placed=self.report.placed + 1, proposed=self.report.proposed + proposed)

    def name_firsts(self) -> None:
        """Names the first publication of every story that was touched."""
        for story in store.load(self._db, sorted(self._touched)):
            known = self._comparables([m.article.id for m in story.members])
            first = first_of(story.members, {c.id: c.credits for c in known})
            if first != story.first:
                store.set_first(self._db, story.id, first)
        self._touched.clear()

    def _candidates(self, one: Comparable, marks: Sketch, near: dict[int, tuple[str, ...]]) -> list[Comparable]:
        """The articles that share most of the sketch, names apart."""
        shared: Counter[str] = Counter()
        for mark in {*marks.text, *marks.title, *marks.head}:
            shared.update(near.get(mark, ()))
        del shared[one.id]
        best = sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES]
        return self._comparables([ident for ident, count in best if count >= _SHARED])

    def _join(self, one: Comparable, matches: list[Likeness], old: str | None) -> str:
        """Puts the article into the story it belongs to, and makes one of those that it ties together."""
        placing, by = self._placing(one, matches)
        targets = list(placing.stories)
        if old and old not in targets:
            if store.members_of(self._db, [old])[old] == {one.id}:
                targets.append(old)
            else:
                store.leave(self._db, one.id)
                self._touched.add(old)
        now = clock.now()
        if targets:
            into = store.oldest(self._db, targets)
            for other in targets:
                if other != into:
                    store.merge(self._db, into, other)
                    self.report = replace(self.report, merged=self.report.merged + 1)
        else:
            into = store.found(self._db, one.id, now)
            self.report = replace(self.report, founded=self.report.founded + 1)
        state = LinkState.CONFIRMED if by else LinkState.PROPOSED
        store.put(self._db, one.id, into, state=state, by=by, evidence=placing.evidence, now=now)
        self._touched.add(into)
        return into

    def _placing(self, one: Comparable, matches: list[Likeness]) -> tuple[Placing, str]:
        """Where the texts and the people put the article, and which person did."""
        own = decisions.verdicts(self._db, [one.id], Relation.REPRINT)
        together = {v.other if v.article == one.id else v.article: by for v, by in own if v.together}
        story_of = store.story_of(self._db, {m.with_ for m in matches} | set(together))
        members = store.members_of(self._db, set(story_of.values()))
        inside = sorted({one.id}.union(*members.values()))
        said = decisions.verdicts(self._db, inside, Relation.REPRINT)
        placing = place(
            one.id,
            matches,
            story_of=story_of,
            members=members,
            apart=frozenset(frozenset((v.article, v.other)) for v, _ in said if not v.together),
            together=frozenset(together),
        )
        return placing, next(iter(together.values()), "")

    def _comparables(self, idents: Iterable[str]) -> list[Comparable]:
        wanted = list(idents)
        missing = [ident for ident in wanted if ident not in self._seen]
        made = {a.id: self._keep(comparable(a)) for a in articles.by_ids(self._db, missing)} if missing else {}
        return [c for ident in wanted if (c := made.get(ident) or self._seen.get(ident))]

    def _keep(self, one: Comparable) -> Comparable:
        self._seen[one.id] = one
        self._seen.move_to_end(one.id)
        while len(self._seen) > _KEPT:
            self._seen.popitem(last=False)
        return one


def _concerns(article: Article) -> bool:
    return article.tagging is not None and article.tagging.relevance is not Relevance.NONE
