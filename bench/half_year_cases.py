"""Cases of every kind over the months of a replayed year, each act at a moment of its own, by commands alone.

right, put right in time or late or not yet · partly · wrong: corrected, corrected late, refused, silent, answered ·
not objective · unsettled · opened by mistake, doubled, passed on · restricted · reopened · still open
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bench.hand import Hand
from bench.walkthrough_cases import arrive, asked_of

LEADER = ("--by", "Lê Thị Lãnh Đạo")
UNITS = tuple((f"cd-{n}", f"Công đoàn xã Bản Mẫu {n}") for n in range(1, 7))


@dataclass
class Course:
    """One case from its opening on; ``day`` is the day of its next act."""

    hand: Hand
    article: str
    unit: str
    day: date
    case: str = ""
    numbers: Iterator[int] | None = None

    def later(self, days: int) -> None:
        """Some days on."""
        self.day += timedelta(days=days)
        self.hand.at(self.day.isoformat())

    def said(self) -> str:
        """The day as a person types it."""
        return f"{self.day:%d/%m/%Y}"

    def open(self, *words: str) -> None:
        """Opened from an article, without a picture of its page: the replayed web has gone on."""
        self.hand.at(self.day.isoformat())
        self.case = self.hand.case(self.article, "--no-evidence", "--unit", self.unit, *words)

    def assign(self, days: int = 5) -> str:
        """The unit has the lead."""
        due = f"{self.day + timedelta(days=days):%d/%m/%Y}"
        return self.hand.made("case", "assign", self.case, "--unit", self.unit, "--task", "Xác minh", "--due", due)

    def answer(self, asked: str) -> None:
        """What the unit said, taken down by the press officer."""
        self.hand("case", "answer", self.case, asked, "--text", "Đã kiểm tra, báo cáo kèm theo", "--from", "Ông Tám")

    def claim(self, verdict: str) -> str:
        """A claim with its verdict."""
        ident = self.hand.made("case", "claim", self.case, "--typed", "--quote", "Chậm trả lương", "--harmed", "LĐLĐ")
        ground = {"wrong": "false", "not_objective": "not_objective"}.get(verdict)
        extra = ("--ground", ground, "--fact", "Đã trả đủ ngày 05", "--source", "Bảng lương") if ground else ()
        self.hand("case", "verify", self.case, "--claim", ident, "--verdict", verdict, *extra)
        return ident

    def concluded(self, *verdicts: str, answered: int = 3, after: int = 1) -> list[str]:
        """Assigned, answered, judged and concluded."""
        asked = self.assign()
        self.later(answered)
        self.answer(asked)
        claims = [self.claim(one) for one in verdicts]
        self.later(after)
        self.hand("case", "conclude", self.case, *LEADER)
        return claims

    def remedy(self, days: int) -> str:
        """A measure with its day."""
        due = f"{self.day + timedelta(days=days):%d/%m/%Y}"
        return self.hand.made("case", "remedy", self.case, "--measure", "Đối thoại", "--who", self.unit, "--due", due)

    def done(self, remedy: str) -> None:
        """It is carried out today."""
        self.hand("case", "remedy", self.case, remedy, "--done", self.said(), "--result", "Đã xong")

    def asked(self) -> tuple[str, list[str]]:
        """A letter to the first outlet went out and arrived; the request and what it demands."""
        self.hand("case", "request", self.case, "--all")
        [request, *others] = asked_of(self.hand, self.case).values()
        for one in others:
            self.hand("case", "withdraw", self.case, one, "--why", "Đăng lại, sẽ sửa theo bài gốc")
        assert self.numbers is not None
        ref = self.hand.letter(self.case, "request_letter", next(self.numbers), "--request", request)
        self.hand("letter", "receive", ref, "--at", self.hand.clock, "--proof", "Giấy báo phát")
        rows = [json.loads(line) for line in self.hand("export", "requests").splitlines()]
        demands = next(row["demands"] for row in rows if row["id"] == request and row["case"] == self.case)
        return request, [one["kind"] for one in demands]

    def result(self, request: str, demands: list[str], *words: str) -> None:
        """What came of the demands."""
        told = [word for one in demands for word in ("--demand", one)]
        self.hand("case", "record", self.case, request, *told, *words)

    def close(self, *words: str) -> None:
        """The end."""
        self.hand("case", "close", self.case, *words)


def right_in_time(c: Course) -> None:
    """The press was right, and it was put right."""
    c.open()
    c.concluded("right")
    remedy = c.remedy(10)
    c.later(6)
    c.done(remedy)
    c.close("--why", "Đã khắc phục")


def right_late(c: Course) -> None:
    """Everything came late."""
    c.open()
    c.concluded("right", answered=9, after=6)
    remedy = c.remedy(5)
    c.later(12)
    c.done(remedy)
    c.close("--why", "Đã khắc phục")


def right_not_yet(c: Course) -> None:
    """The measure is not done, and the case goes on."""
    c.open()
    c.concluded("right")
    c.remedy(20)


def partly(c: Course) -> None:
    """Two claims, one of them right."""
    c.open()
    c.concluded("right", "wrong")
    remedy = c.remedy(8)
    request, demands = c.asked()
    c.later(4)
    c.result(request, demands, "--result", "in_time", "--on", c.said(), "--note", "Đã xem trang")
    c.done(remedy)
    c.close("--why", "Đã có kết quả")


def wrong(*words: str, after: int = 3) -> Callable[[Course], None]:
    """The press was wrong, and this came of our letter."""

    def walk(c: Course) -> None:
        c.open()
        c.concluded("wrong")
        request, demands = c.asked()
        c.later(after)
        if words[1] == "refused":
            assert c.numbers is not None
            reply = arrive(c.hand, c.case, request, "7/TS", str(next(c.numbers)))
            words_now = (*words, "--reply", reply)
        else:
            words_now = (*words, "--on", c.said()) if words[1] in ("in_time", "late") else words
        c.result(request, demands, *words_now)
        c.close("--why", "Đã có kết quả")

    return walk


def silent(c: Course) -> None:
    """No answer came; a correction was owed by nobody yet, so it is asked no more."""
    c.open()
    c.concluded("wrong")
    request, demands = c.asked()
    c.later(40)
    owed = [one for one in demands if one in ("publish_response", "answer")]
    c.result(request, owed, "--result", "nothing")
    c.result(request, [one for one in demands if one not in owed], "--result", "dropped", "--why", "Không theo tiếp")
    c.close("--why", "Báo không trả lời")


def not_objective(c: Course) -> None:
    """Nothing false, but one side alone was heard."""
    c.open()
    c.concluded("not_objective")
    c.close("--why", "Đã trao đổi với tòa soạn")


def unsettled(c: Course) -> None:
    """It could not be found out."""
    c.open()
    c.concluded("unsettled")
    c.close("--why", "Không đủ căn cứ")


def without(why: str, *words: str) -> Callable[[Course], None]:
    """Ended without a verdict."""

    def walk(c: Course) -> None:
        c.open()
        c.later(1)
        c.close("--without", why, "--why", "Lý do ghi trong sổ", *words)

    return walk


def restricted(c: Course) -> None:
    """Only the leader and the press officer may know of it."""
    c.open("--only", "baochi", "--only", "Lê Thị Lãnh Đạo", *LEADER)
    c.concluded("right")
    c.close("--why", "Đã xử lý nội bộ")


def reopened(c: Course) -> None:
    """It was not over after all."""
    right_in_time(c)
    c.later(5)
    c.hand("case", "reopen", c.case, "--why", "Có tin mới", *LEADER)


def open_still(c: Course) -> None:
    """Given out and never answered."""
    c.open()
    c.assign()


LATE = "Báo tự thấy sai từ đầu tháng"
KEPT = "Tòa soạn giữ quan điểm"
KINDS: tuple[Callable[[Course], None], ...] = (
    right_in_time, right_late, wrong("--result", "in_time"), not_objective, without("mistaken"), partly,
    wrong("--result", "late", "--note", LATE, after=14), unsettled, restricted,
    wrong("--result", "refused", "--note", KEPT), right_not_yet, without("passed_on", "--other", "Sở Nội vụ"),
    silent, open_still, reopened,
)  # fmt: skip


def bodies(hand: Hand) -> None:
    """The units that are asked."""
    federation = "Liên đoàn Lao động tỉnh Lào Cai"
    hand("unit", "add", federation, "--kind", "federation", "--id", "ld")
    for ident, name in UNITS:
        hand("unit", "add", name, "--kind", "ward", "--id", ident, "--parent", "ld")


def put_cases(hand: Hand, stories: dict[str, list[tuple[str, date]]], numbers: Iterator[int], log: Path) -> int:
    """Cases kind after kind; ``stories`` are articles and their days by month. Returns how many."""
    made = 0
    for month, articles in sorted(stories.items()):
        for article, day in articles:
            unit, opened = UNITS[made % len(UNITS)][0], day + timedelta(days=1)
            course = Course(hand=hand, article=article, unit=unit, day=opened, numbers=numbers)
            KINDS[made % len(KINDS)](course)
            made += 1
        print(f"{month}: {made} cases", flush=True)
    log.write_text("\n".join(hand.log), encoding="utf-8")
    return made
