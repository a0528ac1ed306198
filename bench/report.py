"""Measures a half-year's report over the invented archive in every form: seconds, and the most memory the process took.

    python bench/report.py [--folder F] [--articles 200000] [--cases 1000] [--period 2026H1] [--rounds 5]

``--folder`` is one that ``bench/archive.py --keep`` made (F/200000). Its cases have their openings alone in the event
log, so that their conclusions and ends are added for the measurement and taken back after it: nothing is changed.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.archive import NOW, make
from bench.archive_cases import PEOPLE
from monitor.config import Home
from monitor.desk import pdf, report_paper
from monitor.desk.reporting import Report
from monitor.desk.reporting_xlsx import workbook
from monitor.desk.sitting import Sitting
from monitor.model.event import Happening
from monitor.model.report_paper import FORMS
from monitor.report.half_year_json import as_json
from monitor.store import cases, events
from monitor.store.db import Database, opened


def add_ends(db: Database) -> int:
    """The events that the archive leaves out, within the caller's transaction; so many."""
    added = 0
    for case in list(cases.every(db)):
        if case.conclusion:
            verdict = case.verdict.value if case.verdict else ""
            told = [Happening(action="case.conclude", before="verifying", after="handling", why=verdict)]
            added += len(events.append(db, told, case=case.id, actor="u1", now=case.conclusion.at))
        if case.end:
            told = [Happening(action="case.close", before="handling", after="closed", why=case.end.closing.value)]
            added += len(events.append(db, told, case=case.id, actor="u1", now=case.end.at))
    return added


def measured(home: Home, period: str, rounds: int) -> None:
    """Prints the medians of figures, JSON and workbook."""
    with opened(home.database) as db:
        db.execute("BEGIN")
        try:
            print(f"{add_ends(db)} events added for the measurement")
            took: dict[str, list[float]] = {
                "figures": [],
                "figures, of the processor": [],
                "json": [],
                "one list": [],
                "xlsx": [],
            }
            for n in range(rounds):
                begun, worked = time.perf_counter(), time.process_time()
                report = Report(Sitting(home=home, db=db, actor=PEOPLE[0], now=NOW), period)
                data = report.data()
                took["figures"].append(time.perf_counter() - begun)
                took["figures, of the processor"].append(time.process_time() - worked)
                begun = time.perf_counter()
                as_json(data)
                took["json"].append(time.perf_counter() - begun)
                begun = time.perf_counter()
                report.listed("tone.neg")
                took["one list"].append(time.perf_counter() - begun)
                if n == 0:
                    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                    print(f"peak memory with the figures: {peak:.0f} MB")
                    begun = time.perf_counter()
                    size = len(workbook(report))
                    took["xlsx"].append(time.perf_counter() - begun)
                    print(f"workbook: {size / 1e6:.1f} MB")
            forms(Sitting(home=home, db=db, actor=PEOPLE[0], now=NOW), period)
        finally:
            db.execute("ROLLBACK")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for name, seconds in took.items():
        print(f"{name}: {statistics.median(seconds):.2f} s (first {seconds[0]:.2f} s)")
    print(f"peak memory: {peak:.0f} MB")
    for key in ("items.total", "tone.total", "balance.total", "request.total", "late.total"):
        figure = data.figure(key)
        print(f"{key}: {figure.count if figure else '-'}")


def forms(sitting: Sitting, period: str) -> None:
    """Prints what the paper takes, and each form of it on top, as it leaves the office."""
    begun = time.perf_counter()
    made = report_paper.drawn(sitting, period, circulated=True)
    print(f"paper, figures and sentences: {time.perf_counter() - begun:.2f} s")
    for form in FORMS:
        if form == "pdf" and not pdf.available():
            continue
        begun = time.perf_counter()
        size = len(report_paper.rendered(sitting, made, form))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"  {form}: {time.perf_counter() - begun:.2f} s, {size / 1e6:.2f} MB, peak memory {peak:.0f} MB")


def main() -> int:
    """Finds or makes the archive, and measures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--cases", type=int, default=1_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--period", default="2026H1")
    parser.add_argument("--rounds", type=int, default=5)
    said = parser.parse_args()
    if said.folder:
        measured(Home(root=said.folder), said.period, said.rounds)
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        home = make(Path(scratch) / "archive", articles=said.articles, cases=said.cases)
        measured(home, said.period, said.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
