"""What the office's lists cost when the years have filled them.

    python bench/desk.py [--cases 2000] [--small 200]

Makes so many cases of every kind (open, under verification, restricted, with a letter on its way, answered, put right
and closed, closed as another one's double) by the desk's own moves, stores them in a folder of its own, and types the
commands that read them all. Each is told in seconds, as a ratio to reading the same rows plainly, and to reading the
cases and nothing more, in the same run, and as its growth from the small folder to the large one. Exit 1 where one
grows twice as much as the cases do.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hand import Hand

from monitor.clock import local
from monitor.config import Home
from monitor.desk.asking import terms
from monitor.desk.rulebook import Rulebook
from monitor.model.action import Step
from monitor.model.asking import Terms
from monitor.model.card import OutletCard
from monitor.model.case import Case, ClaimVerdict, Closing, Ground, Part
from monitor.model.event import Head
from monitor.model.paper import PaperKind
from monitor.model.people import OfficeRole, Person
from monitor.model.request import AddresseeKind, DemandKind, Publication
from monitor.model.source import Medium
from monitor.respond import drafting, filing, outcomes, requests, results
from monitor.store import cases
from monitor.store.db import Database, opened
from monitor.triage import assigning, closing, opening, remedying, verifying

FIRST = datetime(2026, 7, 6, 2, tzinfo=UTC)
"""Under the rules of 1 July 2026; cases are spread over the hundred days after it."""
WHO = Person(id="u1", name="Người làm hết mọi việc", roles=tuple(OfficeRole))
ASKED = (DemandKind.CORRECT, DemandKind.PUBLISH_RESPONSE, DemandKind.ANSWER)
TIMES = 3


class Matter:
    """Case ``n`` on its way; each act is one of the desk's own moves, a day after the last one where days matter."""

    def __init__(self, n: int, rules: Terms) -> None:
        self.n, self.rules = n, rules
        self.now = FIRST + timedelta(days=n % 100)
        self.outlet = f"bao-{n % 40}"
        self.case = opening.open_case(
            f"VV2026-{n:04d}", f"Báo nêu công nhân bị nợ lương ở doanh nghiệp số {n}", actor=WHO, now=self.now,
            articles=[f"x{n}a", f"x{n}b"], first_published=self.now - timedelta(hours=9),
        ).case  # fmt: skip

    def do(self, act: Callable[..., Step], *words: object, **said: object) -> Case:
        """One move by the one person."""
        self.case = act(self.case, *words, actor=WHO, **said).case
        return self.case

    def verify(self) -> None:
        """With somebody who has the lead, and three claims."""
        due = local(self.now).date() + timedelta(days=5)
        self.do(assigning.assign, now=self.now, part=Part.LEAD, task="Xác minh nội dung báo nêu", due=due,
                directed_by="u1", unit="cd-kcn")  # fmt: skip
        for quote in ("nợ lương ba tháng", "không đóng bảo hiểm xã hội", "công đoàn cơ sở không lên tiếng"):
            self.do(verifying.add_claim, quote, article=f"x{self.n}a", typed=True, harmed="Công đoàn cơ sở A")

    def conclude(self) -> None:
        """One claim right and being put right, two wrong."""
        first, *others = [claim.id for claim in self.case.claims]
        self.do(verifying.judge, first, ClaimVerdict.RIGHT, now=self.now)
        for ident in others:
            self.do(verifying.judge, ident, ClaimVerdict.WRONG, now=self.now, ground=Ground.FALSE,
                    fact="Đã đóng đủ đến tháng 6", source="Bảng lương; giấy nộp tiền")  # fmt: skip
        self.do(verifying.conclude, now=self.now, text="Đúng một phần")
        due = local(self.now).date() + timedelta(days=20)
        self.do(remedying.add_remedy, "Trả đủ lương", who="Công ty", due=due, now=self.now, claims=[first])

    def write(self) -> None:
        """A letter to one outlet, signed, numbered, gone out and received."""
        day = local(self.now).date()
        work = Publication(
            id="", article=f"x{self.n}a", outlet=self.outlet, medium=Medium.ONLINE, title="Công nhân bị nợ lương",
            published=self.now - timedelta(hours=9), url=f"https://{self.outlet}.example/{self.n}",
        )  # fmt: skip
        wrong = [claim.id for claim in self.case.claims if claim.ground]
        self.do(requests.add_request, terms=self.rules, addressee=AddresseeKind.PRESS, name=f"Báo số {self.n % 40}",
                issuer="ld", claims=wrong, demands=ASKED, publications=(work,), outlet=self.outlet,
                now=self.now)  # fmt: skip
        request = self.case.requests[0].id
        self.do(drafting.draft, PaperKind.REQUEST_LETTER, issuer="ld", subject="đề nghị cải chính và đăng phản hồi",
                request=request, now=self.now)  # fmt: skip
        paper = self.case.papers[0].id
        card = OutletCard(outlet=self.outlet, legal_name=f"Báo số {self.n % 40}", managing_body="Cơ quan A",
                          authority="Sở B", address="Số 1", valid_from=day.replace(month=1, day=1))  # fmt: skip
        self.do(filing.submit, paper, now=self.now)
        self.do(filing.sign, paper, now=self.now)
        self.do(filing.number, paper, number=self.n, symbol="LĐLĐ-TG", dated=day, now=self.now)
        self.do(filing.issue, paper, addressees=[f"Báo số {self.n % 40}"], file=f"b{self.n}", card=card,
                head=Head(count=self.n, hash="ab" * 32), terms=self.rules, now=self.now)  # fmt: skip
        self.now += timedelta(days=1)
        self.do(outcomes.mark_received, request, self.now, proof="Giấy báo phát", now=self.now)

    def answered(self) -> None:
        """The outlet's letter, and everything done that was asked."""
        self.now += timedelta(days=3)
        day, request = local(self.now).date(), self.case.requests[0].id
        self.do(drafting.arrive, sender=f"Báo số {self.n % 40}", sign=f"{self.n}/BB", dated=day,
                arrival_number=str(self.n), arrived=day, subject="Trả lời", request=request, now=self.now)  # fmt: skip
        done = results.Outcome(on=day, proof=(f"b{self.n}",), reply=self.case.arrivals[0].id)
        for demand in ASKED:
            self.do(results.record_result, request, demand.value, done, now=self.now)

    def close(self) -> None:
        """With the remedy carried out."""
        day = local(self.now).date()
        remedy = self.case.remedies[0].id
        self.do(remedying.finish_remedy, remedy, done=day, result="Đã trả đủ", now=self.now)
        self.do(closing.close, now=self.now, why="Đã có kết quả")


STAGES = (Matter.verify, Matter.conclude, Matter.write, Matter.answered, Matter.close)
KINDS = 8


def matter(n: int, rules: Terms) -> Case:
    """Case ``n``: after none, one … or all of the stages, closed as a double, or restricted."""
    made = Matter(n, rules)
    kind = n % KINDS
    for stage in STAGES[: kind if kind <= len(STAGES) else 1]:
        stage(made)
    if kind == len(STAGES) + 1:
        made.do(closing.close_without, Closing.DUPLICATE, now=made.now, why="Trùng vụ việc", other="VV2026-0001")
    if kind == len(STAGES) + 2:
        made.do(opening.restrict, ["u1"])
    return made.case


def filled(root: Path, count: int) -> Hand:
    """A working folder with so many cases."""
    hand = Hand(home=root)
    hand("init", str(root))
    hand("case", "list")
    rules = terms(Rulebook(Home(root=root)), local(FIRST).date())
    with opened(Home(root=root).database) as db, db.atomic():
        for n in range(1, count + 1):
            case = matter(n, rules)
            cases.put(db, case, before=0, actor=WHO.id, now=case.opened)
    return hand


def plainly(db: Database) -> int:
    """Every row of the cases, read and thrown away."""
    return sum(
        len(row[0]) for row in db.execute("SELECT doc, id, status, verdict, opened, closed FROM cases ORDER BY n")
    )


def read(db: Database) -> int:
    """Every case as the desk has it, and nothing done with it."""
    return sum(1 for _ in cases.every(db))


def best(act: Callable[[], object]) -> float:
    """Seconds of the quickest of a few goes: what else the machine does only makes it slower."""
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def measured(hand: Hand) -> dict[str, float]:
    """Seconds of each command, and of the plain reading."""
    hand.at("2026-11-09")
    out = str(hand.home / "out")
    typed = {
        "case list --all": ("case", "list", "--all"),
        "case due": ("case", "due"),
        "export cases": ("export", "cases", "-o", out),
        "export requests": ("export", "requests", "-o", out),
        "letter list": ("letter", "list"),
        "letter register": ("letter", "register", "-o", out + ".xlsx"),
    }
    with opened(Home(root=hand.home).database) as db:
        base = {"plain rows": best(lambda: plainly(db)), "cases read": best(lambda: read(db))}
    return base | {name: best(lambda words=words: hand(*words)) for name, words in typed.items()}


def main() -> int:
    """Both folders, every command, and whether any grows faster than the cases."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--small", type=int, default=200)
    said = parser.parse_args()
    found = []
    for count in (said.small, said.cases):
        with tempfile.TemporaryDirectory() as folder:
            found.append(measured(filled(Path(folder) / "home", count)))
    small, large = found
    times = said.cases / said.small
    print(f"{said.small} -> {said.cases} cases, {times:g} times as many")
    print(f"{'':18} {'small s':>8} {'large s':>8} {'x plain':>8} {'x read':>7} {'growth':>7}")
    for name, taken in large.items():
        plain, whole = taken / large["plain rows"], taken / large["cases read"]
        print(f"{name:18} {small[name]:8.4f} {taken:8.4f} {plain:8.1f} {whole:7.1f} {taken / small[name]:7.1f}")
    return int(any(taken / small[name] > 2 * times for name, taken in large.items() if name != "plain rows"))


if __name__ == "__main__":
    sys.exit(main())
