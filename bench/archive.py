"""Makes an archive of invented press and cases, and measures what its pages ask of the server.

    python bench/archive.py [--articles 200000] [--cases 1000] [--small 20000] [--folder F --keep]

The articles lie in five years before 21 November 2026 and go straight into the real tables, with what the program
stores beside them: tags with evidence, mentions, stories, the full-text index, narrow rows by their triggers. A few
hundred texts are read by the real rules and varied by the sentences behind them. A folder made once is used again.
Prints the median of every read in milliseconds, for the small archive and the big one, with the ratio.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.archive_cases import PEOPLE, put_cases, put_people
from bench.archive_texts import RARE, Text, read, tails, varied
from monitor.clock import iso_utc
from monitor.config import Home, load_sources
from monitor.config import init as init_home
from monitor.desk.due import due
from monitor.desk.finding import find
from monitor.desk.inbox import InboxFilter, earlier, inbox
from monitor.desk.overview import listed, overview
from monitor.desk.sitting import Sitting
from monitor.desk.triage import matter, pending
from monitor.store import articles as store
from monitor.store import cases as case_store
from monitor.store import sources, tags
from monitor.store.addresses import article_id
from monitor.store.db import opened
from monitor.tag import load_rules

NOW = datetime(2026, 11, 21, 1, tzinfo=UTC)
YEARS = 5
_BATCH = 2_000


def make(folder: Path, *, articles: int = 200_000, cases: int = 1_000, seed: int = 1) -> Home:
    """The working folder with that archive; made only where there is none of that size yet."""
    home = Home(root=folder)
    mark = folder / "archive.txt"
    if mark.exists() and mark.read_text() == f"{articles} {cases} {seed}":
        return home
    if home.database.exists():
        home.database.unlink()
    init_home(folder)
    rng = random.Random(seed)
    outlets = load_sources(home.sources_file).outlets
    ours, none = read(load_rules(home.rules))
    with opened(home.database) as db:
        sources.remember_outlets(db, outlets)
        # A killed run is made anew, so nothing has to be safe on the way.
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -400000")
        with db.atomic():
            put_people(db)
        rows = _articles(rng, articles, [one.id for one in outlets], ours, none)
        done: list[Row] = []
        for row in rows:
            done.append(row)
            if len(done) == _BATCH:
                _store(db, done)
                done.clear()
        _store(db, done)
        with db.atomic():
            put_cases(db, cases, rng, NOW)
        db.execute("ANALYZE")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    mark.write_text(f"{articles} {cases} {seed}")
    return home


Row = tuple[int, str, str, datetime, str, Text]
"""Number, id, outlet, time, story, text."""


def _articles(
    rng: random.Random, count: int, outlets: Sequence[str], ours: list[Text], none: list[Text]
) -> Iterator[Row]:
    """Seven of ten concern us; of those one in six is a print of an item of the hours before."""
    known, last = tails(), ("", ours[0])
    for n in range(1, count + 1):
        at = NOW - timedelta(days=365 * YEARS) * ((count - n + 1) / count)
        ident = article_id(f"bench.example/{n}")
        outlet = outlets[min(int(rng.expovariate(6) * len(outlets)), len(outlets) - 1)]
        if rng.random() < 0.3:
            yield n, ident, outlet, at, "", varied(rng, none, known, n)
        elif last[0] and rng.random() < 0.16:
            yield n, ident, outlet, at, last[0], last[1]
        else:
            last = ("s" + ident[1:], varied(rng, ours, known, n))
            yield n, ident, outlet, at, *last


def _store(db: Any, rows: list[Row]) -> None:
    """As the program stores what it reads; only the two spellings for the index are not made anew."""
    with db.atomic():
        db.conn.executemany(
            "INSERT INTO articles (n, id, url, url_key, outlet, source, title, lead, text, published, found, fetched, "
            "completeness) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'page')",
            [
                (n, ident, f"https://{outlet}.example/{n}.html", f"{outlet}.example/{n}", outlet, f"{outlet}/1",
                 text.title, text.lead, text.body, iso_utc(at), iso_utc(at), iso_utc(at))
                for n, ident, outlet, at, _, text in rows
            ],
        )  # fmt: skip
        for _, ident, _, _, _, text in rows:
            tags.replace(db, ident, text.tagging)
        db.conn.executemany(
            "INSERT INTO article_fts (rowid, title, text, folded) VALUES (?, ?, ?, ?)",
            [(n, text.title.lower(), text.plain, text.folded) for n, _, _, _, _, text in rows],
        )
        db.conn.executemany(
            "UPDATE article_facts SET folded = ? WHERE n = ?",
            [(text.folded.partition("\n")[0], n) for n, _, _, _, _, text in rows],
        )
        told = [(story, ident, iso_utc(at)) for _, ident, _, at, story, _ in rows if story]
        db.conn.executemany("INSERT OR IGNORE INTO stories (id, first, made) VALUES (?, ?, ?)", told)
        db.conn.executemany(
            "INSERT INTO story_members (article, story, state, at) VALUES (?, ?, 'proposed', ?)",
            [(ident, story, at) for story, ident, at in told],
        )
        db.execute("DELETE FROM story_due")


def reads(s: Sitting) -> dict[str, Callable[[], object]]:
    """What the pages ask, by name."""
    db = s.db
    day = date(2026, 11, 21)
    article = db.execute(
        "SELECT f.id, f.subject, a.url FROM article_facts f JOIN articles a ON a.n = f.n "
        "WHERE f.relevance = 'union' ORDER BY f.n DESC"
    ).fetchone()
    case = db.execute("SELECT id FROM cases WHERE restricted = 0 ORDER BY n DESC").fetchone()[0]
    year = {"since": day - timedelta(days=364), "until": day}
    return {
        "inbox": lambda: inbox(s, InboxFilter()),
        "inbox, all states of 90 days": lambda: inbox(s, InboxFilter(state="all", days=90)),
        "inbox, a word in five years": lambda: inbox(s, InboxFilter(state="all", days=1900, words="ngung viec")),
        "earlier cases of a story": lambda: earlier(s, article[1]),
        "queue of the command line": lambda: pending(s),
        "article": lambda: store.by_ids(db, [article[0]]),
        "matter of an address": lambda: matter(db, article[2]),
        "case": lambda: s.case(case),
        "find, a rare word": lambda: find(s, RARE),
        "find, a frequent word": lambda: find(s, "lao động"),
        "find, a frequent word without accents": lambda: find(s, "lao dong"),
        "find, two frequent words": lambda: find(s, "công đoàn người lao động"),
        "find, a phrase": lambda: find(s, '"thỏa ước lao động tập thể"'),
        "find, frequent in one outlet": lambda: find(s, "lao động", outlet="vtv"),
        "find, frequent in a year": lambda: find(s, "lao động", since=date(2023, 1, 1), until=date(2023, 12, 31)),
        "find, frequent and rare": lambda: find(s, f"lao động {RARE}"),
        "find, a number": lambda: find(s, "số 45"),
        "find, a word that is nowhere": lambda: find(s, "khôngcóchữnày"),
        "overview of a month": lambda: overview(s, since=day - timedelta(days=30), until=day),
        "overview of a year": lambda: overview(s, **year),
        "overview of five years": lambda: overview(s, since=day - timedelta(days=1825), until=day),
        "list behind a figure": lambda: listed(s, **year, tone="neg"),
        "due": lambda: due(s),
        "every case": lambda: list(case_store.every(db)),
    }


def measured(home: Home, *, rounds: int = 9) -> dict[str, float]:
    """Medians in milliseconds, each on a connection of its own as a request has it."""
    found = {}
    with opened(home.database) as db:
        names = list(reads(Sitting(home=home, db=db, actor=PEOPLE[0], now=NOW)))
    times: dict[str, list[float]] = {name: [] for name in (*names, "open the database")}
    for _ in range(rounds):
        for name in names:
            begun = time.perf_counter()
            with opened(home.database) as db:
                times["open the database"].append(time.perf_counter() - begun)
                sitting = Sitting(home=home, db=db, actor=PEOPLE[0], now=NOW)
                one = reads(sitting)[name]
                begun = time.perf_counter()
                one()
                times[name].append(time.perf_counter() - begun)
    for name, took in times.items():
        found[name] = statistics.median(took) * 1000
    return found


def main() -> int:
    """Makes (or finds) both archives and tells the medians."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--small", type=int, default=20_000, help="0: only the big one")
    parser.add_argument("--cases", type=int, default=1_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--rounds", type=int, default=9)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = said.folder if said.folder and said.keep else Path(scratch)
        found = []
        for count in filter(None, (said.small, said.articles)):
            begun = time.perf_counter()
            home = make(folder / str(count), articles=count, cases=said.cases)
            size = home.database.stat().st_size / 1e6
            print(f"{count} articles, {said.cases} cases: {size:.0f} MB, {time.perf_counter() - begun:.0f} s")
            found.append(measured(home, rounds=said.rounds))
    print(f"\n| read | {'small | big | ratio' if len(found) > 1 else 'ms'} |\n|---|{'---|' * (2 * len(found) - 1)}")
    for name in found[-1]:
        ms = [f"{one[name]:.1f}" for one in found]
        print(f"| {name} | {' | '.join(ms + ([f'{found[1][name] / found[0][name]:.1f}'] if len(found) > 1 else []))} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
