"""The whole archive read again by the rules of today, and a report of what changed.

    learn ──▶ rows after the cursor ──batch──▶ read (rules, learned) ──▶ one transaction: people's word laid over,
                                                                         tags, cursor, report so far

A killed run goes on where it was as long as rules, corrections learned from and dates are the same; with others it
starts anew. Of an irrelevant article only the title was kept: where that sounds relevant now, its page becomes due
again rather than being guessed. Stories of what changed are placed anew at the end.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime

from monitor import clock
from monitor.config import Home
from monitor.errors import BusyError
from monitor.jobs import reading
from monitor.jobs.cluster import place_due
from monitor.jobs.learning import digest, item_of, learn, rules_mark
from monitor.jobs.locking import held
from monitor.model.article import Article, Completeness
from monitor.model.correction import Figure
from monitor.model.tag import Relevance, Tagging
from monitor.store import articles, corrections, retagging, tags
from monitor.store.db import Database, opened

_BATCH = 40
_MOST_EXAMPLES = 50


@dataclass(kw_only=True)
class RetagReport:
    """What a run did, over all its parts where it was killed between.

    ``articles`` read, ``changed`` of them, ``due`` whose page must be read again; ``fields`` counts changes by field,
    ``relevance`` by "none→union"; ``examples`` are ``id, url, title, field, old, new``.
    """

    articles: int = 0
    changed: int = 0
    due: int = 0
    fields: dict[str, int] = field(default_factory=dict)
    relevance: dict[str, int] = field(default_factory=dict)
    examples: list[dict[str, str | None]] = field(default_factory=list)
    learned: tuple[Figure, ...] = ()
    resumed: bool = False
    interrupted: bool = False

    def count(self, article: Article, old: Tagging | None, new: Tagging, *, due: bool) -> None:
        """Adds an article."""
        self.articles += 1
        self.due += due
        before, after = values(old), values(new)
        different = [name for name in after if before[name] != after[name]]
        self.changed += bool(different)
        self.fields = dict(Counter(self.fields) + Counter(different))
        if "relevance" in different:
            self.relevance = dict(Counter(self.relevance) + Counter([f"{before['relevance']}→{after['relevance']}"]))
        for name in different:
            if len(self.examples) < _MOST_EXAMPLES:
                self.examples.append(
                    {"id": article.id, "url": article.url, "title": article.title, "field": name}
                    | {"old": before[name], "new": after[name]}
                )

    def packed(self) -> str:
        """As it is kept between two parts of a run."""
        mine = asdict(self)
        return json.dumps({key: mine[key] for key in _KEPT}, ensure_ascii=False)


_KEPT = ("articles", "changed", "due", "fields", "relevance", "examples")


def values(tagging: Tagging | None) -> dict[str, str]:
    """A reading as one line a field, to compare and to show."""
    if tagging is None:
        return dict.fromkeys(("relevance", "topics", "places", "tone", "attention", "organisations"), "")
    return {
        "relevance": tagging.relevance.value,
        "topics": ", ".join(t.id for t in tagging.topics),
        "places": ", ".join(p.name for p in tagging.places),
        "tone": tagging.tone.value if tagging.tone else "",
        "attention": "true" if tagging.attention else "false",
        "organisations": ", ".join(f"{o.name} ({o.role.value})" for o in tagging.organisations),
    }


def reread(article: Article, home: Home, *, told: Relevance | None, was: Relevance | None) -> tuple[Tagging, bool]:
    """The machine's reading of an article as it is kept, and whether its page must be read again to know.

    ``was`` is the relevance it had: of an irrelevant page only the title is left.
    """
    tagging = reading.read_item(item_of(article), home.rules, home.learned, told=told)
    if told or not is_bare(article) or was not in (None, Relevance.NONE) or tagging.relevance is Relevance.NONE:
        return tagging, False
    return Tagging(relevance=Relevance.NONE), True


def is_bare(article: Article) -> bool:
    """Whether its page was read and not kept."""
    return article.completeness is Completeness.PAGE and article.url is not None and not (article.lead or article.text)


def retag(
    home: Home,
    start: datetime | None = None,
    end: datetime | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
    stop: threading.Event | None = None,
) -> RetagReport:
    """Reads the articles of the interval again; ``progress`` is told how many of how many are done.

    Raises BusyError where another run is under way.
    """
    with held(home.data / "retag.lock", BusyError("retag_under_way")), opened(home.database) as db:
        figures = learn(home, db)
        learned = reading.learned(home.learned)
        model = home.learned.read_bytes() if learned and learned.questions else b""
        mark = digest(rules_mark(home).encode(), model, repr((start, end)).encode())
        report, run = RetagReport(), retagging.under_way(db, mark)
        if run:
            report = RetagReport(**json.loads(run.report), resumed=True)
        else:
            with db.atomic():
                run = retagging.start(db, mark, clock.now())
        report.learned = figures
        todo = retagging.rows(db, run, start, end)
        for at in range(0, len(todo), _BATCH):
            if stop and stop.is_set():
                report.interrupted = True
                return report
            _batch(db, home, todo[at : at + _BATCH], report)
            if progress:
                progress(min(at + _BATCH, len(todo)), len(todo))
        retagging.finish(db)
        place_due(db, stop=stop)
        return report


def _batch(db: Database, home: Home, rows: list[tuple[int, str]], report: RetagReport) -> None:
    """Reads some articles and stores what they are now; the transaction is short, the reading is done before it."""
    idents = [ident for _, ident in rows]
    before = {article.id: article for article in articles.by_ids(db, idents)}
    told = corrections.relevance_said(db, idents)
    made = {i: reread(a, home, told=told.get(i), was=_relevance(a)) for i, a in before.items()}
    with db.atomic():
        said = corrections.standing(db, idents)
        for now in articles.by_ids(db, idents):
            tagging, due = made[now.id] if now.id in made and item_of(now) == item_of(before[now.id]) else (None, False)
            if tagging is None:  # a round has read the page meanwhile
                tagging, due = reread(now, home, told=told.get(now.id), was=_relevance(now))
            new = corrections.overlay(tagging, said.get(now.id, {}))
            if new != now.tagging:
                tags.replace(db, now.id, tagging)
            if due:
                retagging.mark_due(db, now.id, clock.now())
            report.count(now, now.tagging, new, due=due)
        retagging.step(db, rows[-1][0], report.packed())


def _relevance(article: Article) -> Relevance | None:
    return article.tagging.relevance if article.tagging else None
