"""Tells the stories of the press fortnight and compares them with what is known of it.

    python bench/stories.py ../shared/press/replay [--seed 2026 ...] [--pages] [--growth 20000] [--show]

For every seed the texts are tagged as they are (or, with --pages, read from the pages as an outlet serves them),
stored, and clustered in the order of a bulk import. Prints pairwise precision and recall of reprints over the articles
that our reading calls union or labour, the share of first publications named rightly, proposed follow-ups, and
with --growth what an article costs in an archive of 2,000 and of so many more invented ones. Exit 1 below the floors.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from itertools import combinations
from pathlib import Path
from typing import Any

from monitor.crawl import urls
from monitor.extract import extract, load_sites
from monitor.jobs.cluster import place_due
from monitor.jobs.exporting import story_rows
from monitor.model.article import Article, Completeness, Page
from monitor.model.source import Level, Outlet, OutletKind
from monitor.model.story import Relation
from monitor.model.tag import Relevance, Tagging, TagInput
from monitor.store import addresses, articles
from monitor.store import sources as outlets
from monitor.store.db import opened
from monitor.tag import load_rules, tag

RULES = (Path(__file__).parents[1] / "rules",)
PRECISION, RECALL, FIRST = 0.995, 0.98, 0.98


@dataclass(frozen=True, kw_only=True)
class Score:
    """How well the stories of a fortnight were told; ``wrong`` and ``missed`` are pairs of URLs."""

    articles: int
    pairs: int
    precision: float
    recall: float
    first: float
    follow_ups: int
    seconds: float
    wrong: tuple[tuple[str, str], ...] = ()
    missed: tuple[tuple[str, str], ...] = ()
    not_first: tuple[tuple[str, str], ...] = ()
    events: tuple[tuple[str, ...], ...] = ()


def replayed(script: Path) -> Any:
    """The replay as a module (it has no .py ending)."""
    loader = SourceFileLoader("press_replay", str(script))
    spec = spec_from_loader("press_replay", loader)
    assert spec
    module = module_from_spec(spec)
    sys.dont_write_bytecode = True
    loader.exec_module(module)
    return module


def made(module: Any, seed: int, *, pages: bool = False) -> tuple[Any, list[Article]]:
    """The web of a seed, and those of its articles that our reading finds relevant."""
    web, book, sites = module.Web(seed), load_rules(RULES), load_sites(RULES)
    found = []
    for item in web.articles.values():
        title, lead, text = item["title"], item["summary"], item["body"]
        if pages:
            name, _, template, _ = module.OUTLETS[item["host"]]
            html = module.page(item, name, template, web.byhost[item["host"]][:5])
            read = extract(Page(url=item["url"], html=html, fetched=datetime.now(UTC)), sites)
            title, lead, text = read.title, read.lead, read.text
        tagging = tag(TagInput(title=title, summary=lead, body=text), book)
        if tagging.relevance is not Relevance.NONE:
            found.append(_article(item["url"], item["host"], item["at"], (title, lead, text), tagging))
    return web, found


def _article(url: str, outlet: str, at: datetime, said: tuple[str, str, str], tagging: Tagging) -> Article:
    title, lead, text = said
    return Article(
        id=addresses.article_id(urls.key(url)),
        url=url,
        outlet=outlet,
        title=title,
        lead=lead,
        text=text,
        published=at.astimezone(UTC),
        found=at.astimezone(UTC),
        completeness=Completeness.IMPORTED,
        tagging=tagging,
    )


def scored(module: Any, seed: int, *, pages: bool = False) -> Score:
    """Stores, clusters and compares one fortnight."""
    web, found = made(module, seed, pages=pages)
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "monitor.db") as db:
        outlets.remember_outlets(
            db,
            [
                Outlet(
                    id=host,
                    name=name,
                    kind=OutletKind.AGGREGATOR if odd == "aggregator" else OutletKind.PRESS,
                    level=Level.CENTRAL,
                )
                for host, (name, _, _, odd) in module.OUTLETS.items()
            ],
        )
        store(db, found)
        begun = time.perf_counter()
        place_due(db)
        seconds = time.perf_counter() - begun
        rows = list(story_rows(db, None, None))
    return compare(web, [a.url or "" for a in found if a.tagging and a.tagging.relevance.ours], rows, seconds)


def store(db: Any, found: Iterable[Article]) -> None:
    """As an import does it."""
    with db.atomic():
        for article in found:
            articles.put_imported(db, article, urls.key(article.url or ""))


def compare(web: Any, exported: list[str], rows: list[dict[str, Any]], seconds: float) -> Score:
    """The exported stories against what is a reprint of what, over the articles that are exported."""
    text_of = {url: web.articles[url]["text"] for url in exported}
    told = [row for row in rows if row["relation"] == Relation.REPRINT]
    ours = {pair for row in told for pair in combinations(sorted(row["articles"]), 2)}
    groups: dict[int, list[str]] = defaultdict(list)
    for url, text in text_of.items():
        groups[text].append(url)
    truth = {pair for group in groups.values() for pair in combinations(sorted(group), 2)}
    # The first publication that an archive of these articles can know.
    first = {text: min(group, key=lambda u: web.articles[u]["at"]) for text, group in groups.items()}
    several = [row for row in told if len(row["articles"]) > 1]
    not_first = [(row["first"], first[text_of[row["first"]]]) for row in several]
    not_first = [pair for pair in not_first if pair[0] != pair[1]]
    right = len(ours & truth)
    return Score(
        articles=len(exported),
        pairs=len(truth),
        precision=right / max(len(ours), 1),
        recall=right / max(len(truth), 1),
        first=1 - len(not_first) / max(len(several), 1),
        follow_ups=len(rows) - len(told),
        seconds=seconds,
        wrong=tuple(sorted(ours - truth)),
        missed=tuple(sorted(truth - ours)),
        not_first=tuple(not_first),
        events=tuple(tuple(row["articles"]) for row in rows if row["relation"] == Relation.FOLLOW_UP),
    )


def growth(large: int) -> tuple[float, float]:
    """Seconds an article costs in an archive of 2,000 and of ``large`` invented articles, all within ten months."""
    rnd = random.Random(7)
    syllables = [
        a + b
        for a in ("b", "ch", "d", "g", "kh", "l", "m", "nh", "ph", "t", "th", "tr")
        for b in ("an", "em", "inh", "ông")
    ]
    vocabulary = [" ".join(rnd.sample(syllables, 2)) for _ in range(4000)]
    weights = [1 / (n + 3) for n in range(4000)]
    start = datetime(2026, 1, 1, tzinfo=UTC)

    def invented(n: int) -> Article:
        text = " ".join(rnd.choices(vocabulary, weights, k=150)).capitalize() + "."
        at = start + timedelta(minutes=rnd.randrange(432_000))
        title = " ".join(rnd.choices(vocabulary, k=5))
        tagging = Tagging(relevance=Relevance.LABOUR)
        return _article(f"http://invented.test/{n}.html", f"outlet{n % 50}", at, (title, "", text), tagging)

    costs = []
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "monitor.db") as db:
        for size in (2000, large):
            have = db.table("articles").count
            store(db, (invented(n) for n in range(have, size)))
            place_due(db)
            fresh = [invented(n) for n in range(size, size + 300)]
            store(db, fresh)
            begun = time.perf_counter()
            place_due(db)
            costs.append((time.perf_counter() - begun) / len(fresh))
    return costs[0], costs[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("replay", type=Path)
    parser.add_argument("--seed", type=int, nargs="*", default=[2026, 7, 99])
    parser.add_argument("--pages", action="store_true")
    parser.add_argument("--growth", type=int, default=0)
    parser.add_argument("--show", action="store_true")
    said = parser.parse_args()
    module, good = replayed(said.replay), True
    for seed in said.seed:
        score = scored(module, seed, pages=said.pages)
        good &= score.precision >= PRECISION and score.recall >= RECALL and score.first >= FIRST
        print(
            f"seed {seed}: {score.articles} articles, {score.pairs} pairs, precision {score.precision:.4f}, "
            f"recall {score.recall:.4f}, first {score.first:.4f}, follow-ups {score.follow_ups}, "
            f"{1000 * score.seconds / max(score.articles, 1):.1f} ms an article"
        )
        if said.show:
            for name in ("wrong", "missed", "not_first", "events"):
                for row in getattr(score, name):
                    print(" ", name, *row, sep="\n    ")
    if said.growth:
        small, large = growth(said.growth)
        print(f"an article costs {1000 * small:.1f} ms among 2,000, {1000 * large:.1f} ms among {said.growth}")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
