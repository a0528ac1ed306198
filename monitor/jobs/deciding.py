"""What people say of stories: see, confirm, merge, split, undo.

    words ──▶ which stories, which articles ──▶ one transaction: decision kept, stories taken apart ──▶ placed anew

The machine places the articles again with the decision before its eyes, so what a person said holds in the same way
now and in every later comparison. An article is never hidden by a merge: it stays in ``story show`` with the reason
it is there. Nobody's word is deleted; undoing is a word too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from monitor import clock
from monitor.config import Home
from monitor.crawl import urls
from monitor.errors import UsageError
from monitor.jobs.cluster import place_due
from monitor.model.story import Action, Decision, FollowUp, LinkState, Relation, Story, Verdict
from monitor.store import decisions, prints
from monitor.store import stories as store
from monitor.store.db import Database, opened


@dataclass(frozen=True, kw_only=True)
class StoryView:
    """A story, the stories it is linked to, and what people said of it."""

    story: Story
    linked: tuple[tuple[FollowUp, Story], ...]
    decisions: tuple[Decision, ...]


def show(home: Home, said: str) -> StoryView:
    """The story of this id, or of the article with this id or address. Raises UsageError when there is none."""
    with opened(home.database) as db:
        place_due(db)
        return _view(db, _story(db, said))


def confirm(home: Home, said: str, others: Sequence[str], by: str) -> StoryView:
    """Confirms that a story's articles are one text; or, with ``others``, that these stories go on with its event."""

    def words(db: Database, story: Story) -> tuple[list[Verdict], list[Story]]:
        if not others:
            return _pairs(_articles(story), _articles(story), Relation.REPRINT, together=True), [story]
        later = _others(db, story, others)
        pairs = [v for s in later for v in _pairs([s.first], [story.first], Relation.FOLLOW_UP, together=True)]
        return pairs, [story, *later]

    return _decide(home, said, Action.CONFIRM, by, words)


def merge(home: Home, said: str, others: Sequence[str], by: str) -> StoryView:
    """Makes one story of several, because they are prints of one text."""

    def words(db: Database, story: Story) -> tuple[list[Verdict], list[Story]]:
        joined = [story, *_others(db, story, others)]
        everyone = [article for s in joined for article in _articles(s)]
        return _pairs(everyone, everyone, Relation.REPRINT, together=True), joined

    return _decide(home, said, Action.MERGE, by, words)


def split(home: Home, said: str, others: Sequence[str], by: str) -> StoryView:
    """Takes articles out of a story; or, where ``others`` are stories, cuts them off its event."""

    def words(db: Database, story: Story) -> tuple[list[Verdict], list[Story]]:
        members = _articles(story)
        out = [ident for other in others if (ident := _article(db, other)) in members]
        if len(out) == len(others):
            if len(set(out)) == len(members):
                raise UsageError("story_split_all", story=story.id)
            kept = [ident for ident in members if ident not in out]
            return _pairs(out, kept, Relation.REPRINT, together=False), [story]
        linked = _others(db, story, others)
        ours = members
        pairs = [v for s in linked for v in _pairs(_articles(s), ours, Relation.FOLLOW_UP, together=False)]
        return pairs, [story, *linked]

    return _decide(home, said, Action.SPLIT, by, words)


def undo(home: Home, number: int) -> Decision:
    """Takes a decision back: the articles it spoke of are placed as if it had never been."""
    with opened(home.database) as db:
        place_due(db)
        with db.atomic():
            prints.take(db, [])
            decision = decisions.get(db, number)
            if decision is None or decision.undone:
                raise UsageError("story_no_decision", number=number)
            articles = decisions.undo(db, number, clock.now())
            touched = set(store.story_of(db, articles).values())
            prints.put_due(db, store.dissolve(db, sorted(touched)))
        place_due(db)
        return decision


Words = Callable[[Database, Story], tuple[list[Verdict], list[Story]]]


def _decide(home: Home, said: str, action: Action, by: str, words: Words) -> StoryView:
    with opened(home.database) as db:
        place_due(db)
        with db.atomic():
            prints.take(db, [])
            story = _story(db, said)
            verdicts, touched = words(db, story)
            decisions.record(db, action, story=story.id, by=by, verdicts=verdicts, now=clock.now())
            prints.put_due(db, store.dissolve(db, [s.id for s in touched]))
        place_due(db)
        return _view(db, _story(db, story.first))


def _view(db: Database, story: Story) -> StoryView:
    links = [link for link in story.follow_ups if link.state is not LinkState.SPLIT]
    linked = []
    for link in links:
        other = store.load(db, [link.of if link.story == story.id else link.story])
        linked += [(link, found) for found in other]
    return StoryView(story=story, linked=tuple(linked), decisions=tuple(decisions.of(db, _articles(story))))


def _articles(story: Story) -> list[str]:
    return [member.article.id for member in story.members]


def _pairs(some: Iterable[str], others: Iterable[str], relation: Relation, *, together: bool) -> list[Verdict]:
    pairs = {tuple(sorted(pair)) for pair in product(some, others) if pair[0] != pair[1]}
    return [Verdict(article=a, other=b, relation=relation, together=together) for a, b in sorted(pairs)]


def _article(db: Database, said: str) -> str | None:
    return store.article_of(db, said) or (store.article_of(db, urls.key(said)) if "://" in said else None)


def _story(db: Database, said: str) -> Story:
    # An event is known by the id of the story it begins with.
    ident = store.resolve(db, "s" + said[1:] if said.startswith("e") else said)
    if ident is None and (article := _article(db, said)):
        ident = store.resolve(db, article)
    found = store.load(db, [ident]) if ident else []
    if not found:
        raise UsageError("story_unknown", value=said)
    return found[0]


def _others(db: Database, story: Story, said: Sequence[str]) -> list[Story]:
    found = {other.id: other for other in (_story(db, word) for word in said)}
    if story.id in found:
        raise UsageError("story_same", story=story.id)
    return list(found.values())
