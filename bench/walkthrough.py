"""Four cases (walkthrough_cases.py) from the first report to the closed file, by commands alone, on a replayed press.

    python bench/walkthrough.py REPLAY [--seed 5] [--out FOLDER]

The folder must be new. It holds the archive, the packs and registers of the cases, and in walk.log every command with
what it answered.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fortnight import sources
from hand import Hand
from walkthrough_cases import walk


@contextlib.contextmanager
def replayed(replay: Path, seed: int, port: int = 8131) -> Iterator[None]:
    """The replay as the web of this process."""
    command = [sys.executable, str(replay), "--port", str(port), "--seed", str(seed), "--until", "2026-11-08"]
    served = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    os.environ["HTTP_PROXY"] = f"http://127.0.0.1:{port}"
    try:
        assert served.stdout is not None
        served.stdout.readline()
        yield
    finally:
        served.terminate()
        served.wait()


def main() -> int:
    """Collects the replayed fortnight, walks, and tells what came of it and how long each took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("replay", type=Path)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--out", type=Path, default=Path("walkthrough"))
    said = parser.parse_args()
    home = said.out.absolute()
    hand = Hand(home=home)
    hand("init", str(home))
    aggregator = aggregator_of(said.replay, said.seed)
    listed = sources(said.replay, said.seed, faults=False)
    listed = re.sub(rf"(id: {aggregator}, name: {aggregator}, kind: )press", r"\1aggregator", listed)
    (home / "sources.yaml").write_text(listed, encoding="utf-8")
    with replayed(said.replay, said.seed):
        begun = time.perf_counter()
        hand("collect")
        collected = time.perf_counter()
        stories = [json.loads(line) for line in hand("export", "stories").splitlines()]
        articles = [json.loads(line) for line in hand("export", "articles").splitlines()]
        true, carriers = chosen(stories, {row["url"]: row for row in articles}, aggregator)
        scan = home / "ban-chup.png"
        scan.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 64)
        walk(hand, true=true, carriers=carriers, aggregator=aggregator, scan=scan)
        walked = time.perf_counter()
    (home / "walk.log").write_text("\n".join(hand.log), encoding="utf-8")
    print("\n".join(hand.log[-2:]))
    print(
        f"{len(articles)} articles in {collected - begun:.0f} s, {len(hand.log)} commands in {walked - collected:.0f} s"
    )
    return 0


def aggregator_of(replay: Path, seed: int) -> str:
    """The id of the outlet that the replay calls an aggregator."""
    command = [sys.executable, str(replay), "--hosts", "--seed", str(seed)]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    url = next(line for line in listed.splitlines() if "aggregator" in line.split("\t")).split("\t")[0]
    return url.split("/")[2].removesuffix(".test")


def chosen(
    stories: list[dict[str, Any]], known: dict[str, dict[str, Any]], aggregator: str
) -> tuple[str, dict[str, str]]:
    """A story of one article about a union, and an article each of five outlets and the aggregator.

    As far as one story reaches they are its prints; the rest are other items: no replayed story is printed six times.
    """
    told = sorted((s for s in stories if s["relation"] == "reprint"), key=lambda s: -len(s["articles"]))
    carriers: dict[str, str] = {}
    for story in told:
        for url in story["articles"]:
            row = known[url]
            if row["outlet"] == aggregator or sum(outlet != aggregator for outlet in carriers) < 5:
                carriers.setdefault(row["outlet"], row["id"])
        if aggregator in carriers and len(carriers) == 6:
            break
    used = set(carriers.values())
    alone = [s for s in told if len(s["articles"]) == 1 and known[s["articles"][0]]["relevance"] == "union"]
    return next(s["id"] for s in alone if known[s["articles"][0]]["id"] not in used), carriers


if __name__ == "__main__":
    sys.exit(main())
