"""Plays the press fortnight day by day and compares what is stored with what appeared.

    python bench/fortnight.py ../shared/press/replay [--seed 2026] [--faults] [--days 14]

For every day: the web as it stood that evening, one collecting round, a second round. Prints articles, requests,
bytes, seconds and peak memory, and every article missed, doubled or dated wrongly. Exit 1 when the promise
(each article once, 99.9 % to the minute, a silent second round) is not kept.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from monitor.text import clean

FIRST = date(2026, 11, 1)


@dataclass
class Total:
    """What the rounds cost, and what the second rounds wrongly did."""

    requests: int = 0
    bytes: int = 0
    seconds: float = 0.0
    again_new: int = 0
    again_articles: int = 0


def sources(replay: Path, seed: int, *, faults: bool) -> str:
    """A sources.yaml over what ``replay --hosts`` lists."""
    listed = subprocess.run(
        [sys.executable, str(replay), "--hosts", "--seed", str(seed)], capture_output=True, text=True, check=True
    ).stdout
    text = "defaults: {pace: 0, every: 15}\noutlets:\n"
    for line in listed.splitlines():
        url, *rest = line.split("\t")
        if ".test/" not in url or "feeds.test" in url or (not faults and len(rest) < 4):
            continue
        name = url.split("/")[2].removesuffix(".test")
        watched = f'feed: "{url}"'
        if url.endswith("tin-moi"):
            watched = f'listing: "{url}", links: "article.item h3 a", next: "/tin-moi/trang-{{page}}", pages: 5'
        text += f"  - {{id: {name}, name: {name}, kind: press, level: central, sources: [{{{watched}}}]}}\n"
    return text


@contextlib.contextmanager
def web(replay: Path, seed: int, until: date, port: int) -> Iterator[None]:
    """The press as it stood at the end of ``until``."""
    command = [sys.executable, str(replay), "--port", str(port), "--seed", str(seed), "--until", until.isoformat()]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        yield
    finally:
        process.terminate()
        process.wait()


def run(home: Path, day: date, *words: str, port: int) -> subprocess.CompletedProcess[str]:
    """A command of the monitor at the end of a day."""
    env = os.environ | {
        "MONITOR_HOME": str(home),
        "MONITOR_NOW": f"{day}T23:59:59+07:00",
        "HTTP_PROXY": f"http://127.0.0.1:{port}",
    }
    command = [sys.executable, "-c", "from monitor.cli import main; main()", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def play(words: argparse.Namespace, home: Path) -> Total:
    """All days; stops with the program's own words when a round does."""
    total = Total()
    for n in range(words.days):
        day = FIRST + timedelta(days=n)
        with web(words.replay, words.seed, day, words.port):
            begun = time.monotonic()
            done = run(home, day, "collect", "--json", port=words.port)
            total.seconds += time.monotonic() - begun
            if done.returncode:
                raise SystemExit(done.stderr[-3000:])
            lines = json.loads(done.stdout)
            again = json.loads(run(home, day, "collect", "--json", port=words.port).stdout)
        total.requests += sum(line["requests"] for line in lines)
        total.bytes += sum(line["bytes"] for line in lines)
        total.again_new += sum(line["new"] + line["changed"] for line in again)
        total.again_articles += sum(max(0, x["requests"] - 1) for x in again if x["status"] == "unchanged")
        print(f"{day}: {sum(line['new'] for line in lines)} new", flush=True)
    return total


def plain(text: str) -> str:
    """How a title should be stored."""
    return clean(text)


def compare(words: argparse.Namespace, home: Path, total: Total) -> bool:
    """Prints the differences and the figures; whether the promise is kept."""
    last = FIRST + timedelta(days=words.days - 1)
    command = [sys.executable, str(words.replay), "--truth", "--seed", str(words.seed)]
    truth = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    due = {a["url"]: a for a in truth if a["published"][:10] <= last.isoformat()}
    rows = [json.loads(line) for line in run(home, last, "export", "articles", port=1).stdout.splitlines()]
    stored: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        stored.setdefault(row["url"], []).append(row)
    here = {url: stored[url][0] for url in due if url in stored}
    odd = {
        "missed": [url for url in due if url not in stored],
        "doubled": [url for url, found in stored.items() if len(found) > 1],
        "wrong time": [url for url, row in here.items() if row["published"][:16] != due[url]["published"][:16]],
        "not NFC": [row["url"] for row in rows if not unicodedata.is_normalized("NFC", row["title"])],
        "other title": [url for url, row in here.items() if row["title"] != plain(due[url]["title"])],
    }
    for name, urls in odd.items():
        print(f"{name}: {len(urls)}", *urls[:5], sep="\n  " if urls else "")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"articles {len(rows)} of {len(due)} due, requests {total.requests}, {total.bytes / 1e6:.1f} MB, "
        f"{total.seconds:.0f} s in first rounds, peak memory {peak:.0f} MB (largest process), second rounds: "
        f"{total.again_new} new or changed, {total.again_articles} article requests"
    )
    exact = len(odd["wrong time"]) <= len(due) / 1000
    lost = odd["missed"] or odd["doubled"] or odd["not NFC"]
    return not lost and exact and not total.again_new and not total.again_articles


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("replay", type=Path)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--port", type=int, default=8190)
    parser.add_argument("--home", type=Path)
    words = parser.parse_args()
    home = words.home or Path(tempfile.mkdtemp(prefix="fortnight-"))
    home.mkdir(parents=True, exist_ok=True)
    (home / "sources.yaml").write_text(sources(words.replay, words.seed, faults=words.faults), encoding="utf-8")
    return 0 if compare(words, home, play(words, home)) else 1


if __name__ == "__main__":
    sys.exit(main())
