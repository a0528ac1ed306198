"""A year of replayed press with cases of every kind, and the six-monthly report on its second half in every form.

    python bench/half_year.py REPLAY --out FOLDER [--seed 5] [--thin 4] [--cases 3]

The fortnight is collected, then played into every month of the year before through ``monitor import`` (one item in
``--thin``), cases are walked through by commands, and the reports are written to FOLDER/bao-cao. Every count of the
JSON is opened and compared with its list. Exit 1 where one differs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import zlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from openpyxl import load_workbook

from bench.fortnight import sources
from bench.half_year_cases import UNITS, bodies, put_cases
from bench.hand import Hand
from bench.walkthrough import replayed
from bench.walkthrough_cases import cards, people
from monitor.clock import local
from monitor.config import Home, load_sources
from monitor.desk.reporting import Report
from monitor.desk.sitting import sitting
from monitor.store.db import opened

FORTNIGHTS = 36
AFTER = "2027-01-08"


def copies(home: Path, thin: int) -> Iterator[dict[str, Any]]:
    """The collected items again, a fortnight earlier each time; an address of its own for each copy."""
    with opened(home / "data" / "monitor.db") as db:
        rows = db.execute(
            "SELECT url, outlet, title, lead, text, published FROM articles WHERE published IS NOT NULL AND url <> ''"
        ).fetchall()
    for back in range(1, FORTNIGHTS + 1):
        for url, outlet, title, lead, text, published in rows:
            if zlib.crc32(f"{back} {url}".encode()) % thin:
                continue
            at = local(datetime.fromisoformat(published)) - timedelta(days=14 * back)
            yield {
                "url": f"{url}?ky={back}", "outlet": outlet, "title": f"{title} ({at:%d/%m})",
                "published": at.isoformat(), "summary": lead, "body": text,
            }  # fmt: skip


def outlets(home: Path) -> list[str]:
    """All that are collected."""
    return [outlet.id for outlet in load_sources(home / "sources.yaml").outlets]


def stories(hand: Hand, wanted: int) -> dict[str, list[tuple[str, date]]]:
    """So many union items of every month before November, with their days."""
    found: dict[str, list[tuple[str, date]]] = {}
    for line in hand("export", "articles").splitlines():
        row = json.loads(line)
        month = row["published"][:7]
        if row["relevance"] == "union" and "2025-08" <= month < "2026-11":
            found.setdefault(month, []).append((row["id"], date.fromisoformat(row["published"][:10])))
    return {month: ids[:: max(1, len(ids) // wanted)][:wanted] for month, ids in found.items()}


def compared(home: Path, period: str) -> tuple[int, list[str]]:
    """How many counts the report has, and those whose list is of another length."""
    with sitting(Home(root=home), "baochi") as s:
        report = Report(s, period)
        counts = [figure for figure in report.data().figures if figure.count is not None]
        return len(counts), [
            f"{one.key}: {one.count}, {report.listed(one.key).count} rows"
            for one in counts
            if report.listed(one.key).count != one.count
        ]


def main() -> int:
    """Collects, imports, walks, reports, compares."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("replay", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--thin", type=int, default=4)
    parser.add_argument("--cases", type=int, default=3, help="cases a month")
    said = parser.parse_args()
    home = said.out.absolute()
    hand = Hand(home=home)
    hand("init", str(home))
    (home / "sources.yaml").write_text(sources(said.replay, said.seed, faults=False), encoding="utf-8")
    with replayed(said.replay, said.seed):
        hand("collect")
    os.environ.pop("HTTP_PROXY", None)
    archive = home / "luu-tru.jsonl"
    with archive.open("w", encoding="utf-8") as out:
        many = sum(bool(out.write(json.dumps(row, ensure_ascii=False) + "\n")) for row in copies(home, said.thin))
    begun = time.perf_counter()
    hand("import", str(archive))
    print(f"{many} items imported in {time.perf_counter() - begun:.0f} s")
    hand("case", "list")  # who comes first keeps the program
    people(hand)
    bodies(hand)
    hand.at("2025-07-01")
    cards(hand, outlets(home), "01/01/2025")
    begun = time.perf_counter()
    made = put_cases(hand, stories(hand, said.cases), count(1), home / "walk.log")
    print(f"{made} cases, {len(hand.log)} commands in {time.perf_counter() - begun:.0f} s")
    return reports(home, hand)


def reports(home: Path, hand: Hand) -> int:
    """The two half-years of 2026 in every form, and their counts held against their lists."""
    folder = home / "bao-cao"
    folder.mkdir(exist_ok=True)
    wrong: list[str] = []
    hand.at(AFTER)
    handed_in(hand, folder, "2026H2")
    for period in ("2026H1", "2026H2"):
        for form in ("json", "html", "xlsx", "docx", "pdf"):
            begun = time.perf_counter()
            hand("report", "--period", period, "--format", form, "-o", str(folder / f"{period}.{form}"))
            print(f"{period}.{form}: {time.perf_counter() - begun:.1f} s")
        counts, unequal = compared(home, period)
        print(f"{period}: {counts} counts, {len(unequal)} with another list")
        wrong += unequal
    issued(hand)
    print("\n".join(wrong))
    return 1 if wrong else 0


def handed_in(hand: Hand, folder: Path, period: str) -> None:
    """Four units send back the workbook they were given, one of them with another figure than was counted."""
    for n, (unit, _) in enumerate(UNITS[:4]):
        book = folder / f"{unit}.xlsx"
        hand("unit-report", "form", "--unit", unit, "--period", period, "-o", str(book))
        filled(book, plus=1 if n == 0 else 0)
        report = hand("unit-report", "read", str(book), "--submit").split()[0]
        hand("unit-report", "accept", report)
    for what in ("list", "differences", "total"):
        hand("unit-report", what, "--period", period)
        print(hand.log[-1])
    hand("unit-report", "total", "--period", period, "-o", str(folder / "tong-hop.xlsx"))


def filled(book: Path, *, plus: int) -> None:
    """The workbook as a clerk fills it in: what is empty gets its row's number; ``plus`` on the first figure."""
    found = load_workbook(book)
    sheet = found.worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
    numbers = [cell for cell in cells if sheet.cell(cell.row, 1).value and isinstance(cell.value, int | None)]
    for cell in numbers:
        cell.value = cell.row if cell.value is None else cell.value
    numbers[0].value += plus
    found.save(book)


def issued(hand: Hand) -> None:
    """Issued, something found out later, issued again with what changed."""
    day = "/".join(reversed(AFTER.split("-")))
    hand("report", "issue", "--period", "2026H2", "--number", "15", "--day", day, "--signer", "Lê Thị Lãnh Đạo")
    [(article, _)] = stories(hand, 1)["2026-10"]
    hand("tag-fix", article, "tone=neg")
    hand("report", "issue", "--period", "2026H2", "--number", "16", "--day", day, "--signer", "Lê Thị Lãnh Đạo")
    print(hand.log[-1])


if __name__ == "__main__":
    sys.exit(main())
