"""The desk's pages over a big archive: milliseconds on the server at the median, and what each weighs.

    python bench/web.py [--folder F] [--articles 200000] [--cases 1000] [--small 20000] [--rounds 21]

Every page is asked for as a signed-in officer's browser would, through the whole application (door, session, handler,
template), without a network between. Ratios are against the same page over the small archive, in the same run.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from starlette.testclient import TestClient

from bench.archive import make
from monitor import clock
from monitor.config import Home, load_web
from monitor.desk import access, people
from monitor.model.people import OfficeRole, Person
from monitor.store import people as store
from monitor.store.db import opened
from monitor.web import build

LIMIT_MS, LIMIT_KB = 100.0, 150.0
BOUND = ("queue", "article", "case")
"""Pages that must answer within the limit, besides the searches."""


def client(home: Home) -> TestClient:
    """Somebody with every role, signed in."""
    now = clock.now()
    with opened(home.database) as db:
        found = [one for one in store.every(db) if one.roles == tuple(OfficeRole) and one.disabled is None]
        maker = Person(id="u0", name="", roles=(OfficeRole.ADMIN,))
        who = found[0] if found else people.add_person(db, maker, "Bench", tuple(OfficeRole), login="bench", now=now)
        secret = access.enter(home, db, who, address="127.0.0.1", device="", agent="bench", now=now).secret
    made = TestClient(build(home, load_web(home.rules)), base_url="http://localhost")
    made.cookies.set("phien", secret)
    return made


def pages(home: Home, browser: TestClient) -> dict[str, str]:
    """The pages measured, by name."""
    queue = browser.get("/hop-tin").text
    article = re.search(r'href="(/bai/[^"?#]+)', queue)
    with opened(home.database) as db:
        case = db.execute("SELECT id FROM cases ORDER BY n DESC LIMIT 1").fetchone()[0]
    return {
        "queue": "/hop-tin",
        "article": article[1] if article else "/hop-tin",
        "case": f"/vu-viec/{case}",
        "search, frequent word": "/tim?q=lao+động",
        "search, two words": "/tim?q=công+nhân",
        "cases": "/vu-viec",
        "my tasks": "/viec",
        "sources": "/nguon",
        "outlets": "/co-quan",
        "overview": "/tong-quan",
    }


def weight(browser: TestClient, text: str) -> float:
    """Kilobytes of the page with its style sheet and script, as they come without packing."""
    files = set(re.findall(r'(?:href|src)="(/tinh/[^"]+)"', text))
    return (len(text.encode()) + sum(len(browser.get(one).content) for one in files)) / 1024


def measured(home: Home, rounds: int) -> dict[str, tuple[float, float, int]]:
    """Per page: median milliseconds, kilobytes, status."""
    browser = client(home)
    made = {}
    for name, path in pages(home, browser).items():
        answer = browser.get(path)
        times = []
        for _ in range(rounds):
            start = time.perf_counter()
            browser.get(path)
            times.append((time.perf_counter() - start) * 1000)
        made[name] = (statistics.median(times), weight(browser, answer.text), answer.status_code)
    return made


def main() -> int:
    """Makes (or reuses) both archives, measures, says which pages are over."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "monitor-archive")
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--small", type=int, default=20_000)
    parser.add_argument("--cases", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=21)
    said = parser.parse_args()
    homes = [make(said.folder / str(n), articles=n, cases=said.cases) for n in (said.small, said.articles)]
    small, big = (measured(home, said.rounds) for home in homes)
    print(f"{'page':<24}{said.articles:>10} art.  {'× small':>8}{'KB':>8}  status")
    over = 0
    for name, (ms, kb, status) in big.items():
        bound = name in BOUND or name.startswith("search")
        wrong = status != 200 or kb > LIMIT_KB or (bound and ms > LIMIT_MS)
        over += wrong
        print(f"{name:<24}{ms:>8.1f} ms  {ms / small[name][0]:>8.1f}{kb:>8.0f}  {status}{'  OVER' if wrong else ''}")
    return 1 if over else 0


if __name__ == "__main__":
    raise SystemExit(main())
