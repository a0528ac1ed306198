"""A round may be killed anywhere: fifty times and more, and still every article is there once and read."""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from signal import SIGKILL

import pytest
from press_server import NOW, Press, outlet, write_home

from monitor.cli.main import commands
from monitor.config import Home
from monitor.jobs.exporting import export_articles
from monitor.store.db import integrity, opened

KILLS = 52


def one_round(root: str, now: str) -> None:
    """``monitor collect`` as a process of its own."""
    os.environ.update({"MONITOR_HOME": root, "MONITOR_NOW": now})
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 1)
    os.dup2(null, 2)
    commands(["collect"], standalone_mode=False)


def started(home: Home) -> BaseProcess:
    """A round in a real process, forked from one that has read the program and the rules: so fifty cost no minute."""
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["warm_round", __name__])
    process = server.Process(target=one_round, args=(str(home.root), NOW.isoformat()))
    process.start()
    return process


def killed(home: Home, moment: Callable[[], bool], linger: float) -> bool:
    """Kills a round ``linger`` seconds after ``moment``; False when it was done before."""
    process = started(home)
    try:
        while not moment() and process.is_alive():
            time.sleep(0.001)
        time.sleep(linger)
    finally:
        process.kill()
    process.join()
    return process.exitcode == -SIGKILL


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_round_killed_fifty_times_loses_nothing_and_stores_nothing_twice(
    tmp_path: Path, surroundings: pytest.MonkeyPatch
) -> None:
    chance = random.Random(20261108)
    with Press(feed_size=25, sitemap=True, delay=0.004) as press:
        home = write_home(
            tmp_path,
            outlet("tin24", f"{{feed: {press.base}/rss/home.rss}}", f"{{sitemap: {press.base}/sitemap-news.xml}}"),
        )
        hits = 0
        # For the process that all are forked from; before 3.13 it does not know where tests lie.
        surroundings.setenv("MONITOR_HOME", str(home.root))
        surroundings.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        for n in range(KILLS * 2):
            press.grow(4, ours=bool(n % 3))
            hits += killed(home, _moment(chance, home, press, n), chance.uniform(0, 0.02))
            if hits == KILLS:
                break
        assert hits == KILLS
        last = started(home)
        last.join(120)
        assert last.exitcode == 0
        wanted = Counter(press.url(item) for item in press.items)
    rows = list(export_articles(home, None, None))
    assert Counter(row["url"] for row in rows) == wanted
    assert {row["completeness"] for row in rows} == {"page"}
    with opened(home.database) as db:
        assert integrity(db) == "ok"
        db.execute("INSERT INTO article_fts (article_fts) VALUES ('integrity-check')")
        assert db.execute("SELECT COUNT(*) FROM article_fts").fetchone()[0] == len(rows)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        texts = db.execute("SELECT COUNT(*) FROM articles WHERE relevance <> 'none' AND text = ''").fetchone()[0]
        assert texts == 0


def _moment(chance: random.Random, home: Home, press: Press, n: int) -> Callable[[], bool]:
    """While the program loads, while the file is made, or after some request of the round."""
    if n % 10 == 9:
        end = time.monotonic() + chance.uniform(0.05, 0.6)
        return lambda: time.monotonic() > end
    if n < 3:
        return home.database.exists
    target = len(press.asked) + chance.randint(1, 9)
    return lambda: len(press.asked) >= target
