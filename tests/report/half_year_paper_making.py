"""Reports as papers for the tests, all invented: figures laid into the real sections, without an office behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from monitor.clock import VN, day_bounds
from monitor.config.layout import load_layout
from monitor.model.case import CaseVerdict
from monitor.model.casework import RemedyState
from monitor.model.report import CheckedLine, RemedyLine, ReportData, Span
from monitor.model.report_paper import ReportHead, ReportPaper
from monitor.report.half_year import Beside, Names, Tally, sections
from monitor.report.half_year_text import drafted

TOP = Path(__file__).parents[2]
REPORTS = (TOP / "reports",)
LAYOUT = load_layout((TOP / "rules",))
FIRST = Span(key="2026H1", name="6 tháng đầu năm 2026", first=date(2026, 1, 1), last=date(2026, 6, 30))
SECOND = Span(key="2025H2", name="6 tháng cuối năm 2025", first=date(2025, 7, 1), last=date(2025, 12, 31))
BEFORE = Span(key="2025H1", name="6 tháng đầu năm 2025", first=date(2025, 1, 1), last=date(2025, 6, 30))
MONTHS = tuple(f"2026-{month:02d}" for month in range(1, 7))
NAMES = Names(
    topics={"T02": "Chăm lo, phúc lợi", "T06": "Quan hệ lao động, đình công"},
    bodies={"unit.bacha": "Công đoàn phường Bắc Hà"}, units={"bacha": "Công đoàn phường Bắc Hà"},
)  # fmt: skip
COUNTS = {
    "items.total": 1234, "items.central": 1200, "items.social": 34, "items.own": 51, "items.month.2026-01": 1234,
    "items.central.2026-01": 1200, "items.social.2026-01": 34, "topic.total": 1234, "topic.T06": 1000, "topic.-": 234,
    "tone.total": 200, "tone.pos": 150, "tone.neg": 50, "unit.total": 7, "unit.bacha": 7, "editions.total": 26,
    "editions.weekly": 26, "balance.total": 12, "balance.carried_in": 2, "balance.opened": 10, "balance.right": 5,
    "balance.wrong": 3, "balance.carried_over": 4, "balance.carried_over.unchecked": 4, "verdict.total": 12,
    "verdict.right": 5, "verdict.wrong": 3, "verdict.open": 4, "remedy.total": 5, "remedy.added": 5,
    "remedy.in_time": 3, "remedy.open": 2, "remedy.overdue": 1, "request.total": 3, "request.sent": 3,
    "request.settled": 2, "request.open": 1, "request.corrected_in_time": 1, "request.silent": 1,
    "request.passed_on": 1, "official.6_of": 10, "official.6": 3, "late.total": 2, "late.bacha.remedy_overdue": 2,
}  # fmt: skip
HEAD = ReportHead(
    superior="Tổng Liên đoàn Lao động Việt Nam", issuer="Liên đoàn Lao động tỉnh Lào Cai", symbol="BC-LĐLĐ",
    place="Lào Cai", about="Kết quả theo dõi, xử lý thông tin báo chí, mạng xã hội 6 tháng đầu năm 2026",
    formula="TM. BAN THƯỜNG VỤ", position="PHÓ CHỦ TỊCH", signer="Lò Thị Mẫu", to=("Tổng Liên đoàn Lao động Việt Nam",),
    recipients=("Như kính gửi", "Thường trực Tỉnh ủy (b/c)", "Lưu: VT, TG"),
)  # fmt: skip
CHECKED = CheckedLine(
    case="VV2026-0001", published=date(2026, 2, 3), outlets=("Báo Suối Mới",), matter="Nợ lương ở Công ty May Núi",
    units=("Công đoàn phường Bắc Hà",), due=date(2026, 2, 10), verdict=CaseVerdict.RIGHT, closing=None,
    concluded=date(2026, 2, 9),
)  # fmt: skip
REMEDY = RemedyLine(
    case="VV2026-0001", matter="Nợ lương ở Công ty May Núi", measure="Tổ chức đối thoại", who="Công đoàn phường Bắc Hà",
    due=date(2026, 3, 1), done=date(2026, 2, 27), result="Đã trả đủ lương", state=RemedyState.DONE,
)  # fmt: skip


def figures(
    counts: Mapping[str, int] = COUNTS,
    previous: Mapping[str, int] | None = None,
    last_year: Mapping[str, int] | None = None,
    **more: Any,
) -> ReportData:
    """A report with these counts; None: there was no data yet in that period."""

    def tally(found: Mapping[str, int] | None) -> Tally:
        missing = frozenset() if found is not None else frozenset({"press", "editions", "cases"})
        return Tally(counts=found or {}, missing=missing, hidden={})

    found = Beside(now=tally(counts), previous=tally(previous), last_year=tally(last_year))
    made = ReportData(
        span=FIRST, previous=SECOND, last_year=BEFORE, office="Liên đoàn Lao động tỉnh Lào Cai",
        made=day_bounds(date(2026, 7, 3))[0].astimezone(VN), until=day_bounds(FIRST.last)[1],
        sections=sections(found, MONTHS, NAMES),
    )  # fmt: skip
    return replace(made, **more)


def report(data: ReportData, head: ReportHead = HEAD, **more: Any) -> ReportPaper:
    """The paper on these figures, with the sentences drafted from them."""
    return ReportPaper(data=data, head=head, passages=drafted(data, REPORTS), **more)


def said(data: ReportData, part: str) -> str:
    """The draft of a part."""
    return next(one.drafted for one in drafted(data, REPORTS) if one.part == part)
