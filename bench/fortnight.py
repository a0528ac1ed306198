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
import unicodedata
import urllib.request
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

PORT = 8190
FAULTY = ("nofeed",)


def sources(replay: Path, seed: int, *, faults: bool) -> str:
    """A sources.yaml over what ``replay --hosts`` lists."""
    out = subprocess.run(
        [sys.executable, str(replay), "--hosts", "--seed", str(seed)], capture_output=True, text=True, check=True
    ).stdout
    text = "defaults: {pace: 0, every: 15}\noutlets:\n"
    for line in out.splitlines():
        url, *rest = line.split("\t")
        if ".test/" not in url or (not faults and len(rest) < 4) or "feeds.test" in url:
            continue
        name = url.split("/")[2].removesuffix(".test")
        text += f"  - {{id: {name}, name: {name}, kind: press, level: central, sources: ["
        if url.endswith("tin-moi"):
            text += f'{{listing: "{url}", links: "article.item h3 a", next: "/tin-moi/trang-{{page}}", pages: 5}}'
        else:
            text += f'{{feed: "{url}"}}'
        text += "]}\n"
    return text


@contextlib.contextmanager
def web(replay: Path, seed: int, until: date, port: int) -> Iterator[None]:
    """The press as it stood at the end of ``until``."""
    process = subprocess.Popen(
        [sys.executable, str(replay), "--port", str(port), "--seed", str(seed), "--until", until.isoformat()],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        process.stdout.readline()
        yield
    finally:
        process.terminate()
        process.wait()


def hits(port: int) -> dict[str, int]:
    with urllib.request.urlopen(
        urllib.request.Request(f"http://127.0.0.1:{port}/hits", headers={"Host": "replay.test"})
    ) as answer:
        return dict(json.load(answer))


def run(home: Path, at: str, *words: str, port: int) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"MONITOR_HOME": str(home), "MONITOR_NOW": at, "HTTP_PROXY": f"http://127.0.0.1:{port}"}
    return subprocess.run(
        [sys.executable, "-c", "from monitor.cli import main; main()", *words],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("replay", type=Path)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--home", type=Path)
    words = parser.parse_args()
    home = words.home or Path(tempfile.mkdtemp(prefix="fortnight-"))
    home.mkdir(parents=True, exist_ok=True)
    (home / "sources.yaml").write_text(sources(words.replay, words.seed, faults=words.faults), encoding="utf-8")
    first, total = date(2026, 11, 1), {"requests": 0, "bytes": 0, "seconds": 0.0, "second_new": 0, "second_articles": 0}
    for n in range(words.days):
        day = first + timedelta(days=n)
        with web(words.replay, words.seed, day, words.port):
            at = f"{day}T23:59:59+07:00"
            begun = datetime.now()
            done = run(home, at, "collect", "--json", port=words.port)
            total["seconds"] += (datetime.now() - begun).total_seconds()
            if done.returncode:
                print(done.stderr[-3000:])
                return 1
            lines = json.loads(done.stdout)
            total["requests"] += sum(line["requests"] for line in lines)
            total["bytes"] += sum(line["bytes"] for line in lines)
            again = json.loads(run(home, at, "collect", "--json", port=words.port).stdout)
            total["second_new"] += sum(line["new"] + line["changed"] for line in again)
            total["second_articles"] += sum(max(0, line["requests"] - 1) for line in again if line["status"] == "unchanged")
            print(f"{day}: {sum(line['new'] for line in lines)} new, {len([x for x in again if x['new']])} sources with news on the second round")
    return compare(words, home, day, total)


def compare(words: argparse.Namespace, home: Path, last: date, total: dict[str, float]) -> int:
    truth = json.loads(
        subprocess.run(
            [sys.executable, str(words.replay), "--truth", "--seed", str(words.seed)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )
    due = {a["url"]: a for a in truth if a["published"][:10] <= last.isoformat()}
    rows = [json.loads(line) for line in run(home, f"{last}T23:59:59+07:00", "export", "articles", port=1).stdout.splitlines()]
    stored: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        stored.setdefault(row["url"], []).append(row)
    missed = [url for url in due if url not in stored]
    doubled = [url for url, found in stored.items() if len(found) > 1]
    late = [url for url, a in due.items() if url in stored and stored[url][0]["published"][:16] != a["published"][:16]]
    odd = [r["url"] for r in rows if unicodedata.normalize("NFC", r["title"]) != r["title"]]
    titles = [u for u, a in due.items() if u in stored and stored[u][0]["title"] != " ".join(unicodedata.normalize("NFC", a["title"]).split())]
    for name, urls in (("missed", missed), ("doubled", doubled), ("wrong time", late), ("not NFC", odd), ("other title", titles)):
        print(f"{name}: {len(urls)}", *urls[:5], sep="\n  " if urls else "")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"articles {len(rows)} of {len(due)} due, requests {total['requests']:.0f}, bytes {total['bytes'] / 1e6:.1f} MB, "
        f"seconds {total['seconds']:.0f}, peak memory {peak:.0f} MB (largest process), "
        f"second rounds: {total['second_new']:.0f} new or changed, {total['second_articles']:.0f} article requests"
    )
    good = not missed and not doubled and not odd and len(late) <= len(due) / 1000 and not total["second_new"]
    return 0 if good and not total["second_articles"] else 1


if __name__ == "__main__":
    sys.exit(main())
