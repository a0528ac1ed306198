"""Articles, offices and days for the tests of the digest; all invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from monitor.clock import VN
from monitor.model.article import Article, Completeness
from monitor.model.digest import Digest, Office, Period, SourceHealth
from monitor.model.fetch import Gap, Status
from monitor.model.tag import Evidence, PlaceTag, Relevance, Tagging, Tone, TopicTag
from monitor.report import build_digest

REPORTS = Path(__file__).parents[2] / "reports"
OFFICE = Office(
    name="Liên đoàn Lao động tỉnh Lào Cai",
    short="LĐLĐ tỉnh Lào Cai",
    superior="Tổng Liên đoàn Lao động Việt Nam",
    province="Lào Cai",
    former=("Yên Bái",),
)
OUTLETS = {"suoi": "Báo Suối Mới", "nui": "Báo Núi Xanh", "tin24": "Tin 24"}
TOPICS = {"T02": "Chăm lo, phúc lợi", "T06": "Quan hệ lao động, đình công", "T12": "Pháp luật, chính sách"}


def at(day: int, hour: int = 8, minute: int = 0) -> datetime:
    """That local time of November 2026 as UTC."""
    return datetime(2026, 11, day, hour, minute, tzinfo=VN).astimezone(UTC)


DAY = Period(name="Ngày 08/11/2026", start=at(8, 0), end=at(9, 0))
WEEK = Period(name="Tuần 45", start=at(2, 0), end=at(9, 0))


def tags(
    relevance: str = "union",
    *places: str,
    topics: tuple[str, ...] = (),
    tone: str | None = None,
    attention: bool = False,
    why: str = "",
) -> Tagging:
    """A reading; places are present names, or "Yên Bái>Lào Cai" for a former one."""
    return Tagging(
        relevance=Relevance(relevance),
        topics=tuple(TopicTag(id=topic, score=1.0, evidence=()) for topic in topics),
        places=tuple(PlaceTag(name=p.split(">")[0], present=p.split(">")[-1]) for p in places),
        tone=Tone(tone) if tone else None,
        attention=attention,
        attention_evidence=(Evidence(rule="r", text=why),) if why else (),
    )


def article(ident: str, tagging: Tagging | None, **other: object) -> Article:
    """An article of 8 November 2026, 08:00, whose title no other has."""
    made = Article(
        id=ident,
        url=f"https://suoi.test/{ident}",
        outlet="suoi",
        title=f"Chuyện ở xưởng {ident} {ident * 3}",
        published=at(8),
        found=at(8, 9),
        completeness=Completeness.PAGE,
        tagging=tagging,
    )
    return replace(made, **other)  # type: ignore[arg-type]


def digest(
    *articles: Article,
    period: Period = DAY,
    health: tuple[SourceHealth, ...] = (),
    scanned: int = 1234,
    groups: dict[str, str] | None = None,
) -> Digest:
    """The digest of the office of Lào Cai, made the morning after."""
    return build_digest(
        articles,
        office=OFFICE,
        period=period,
        made=at(9, 6, 30),
        outlets=OUTLETS,
        topics=TOPICS,
        health=health,
        scanned=scanned,
        groups=groups,
    )


def source(ident: str, status: Status = Status.UNREACHABLE, **other: object) -> SourceHealth:
    """A source of Tin 24."""
    made = SourceHealth(
        id=ident,
        outlet="tin24",
        outlet_name="Tin 24",
        url=f"http://tin24.test/{ident}",
        status=status,
        reason="Không kết nối được sau 30 giây.",
        checked=at(8, 23),
    )
    return replace(made, **other)  # type: ignore[arg-type]


def gap(ident: str, start: datetime, end: datetime, *, closed: bool = False) -> Gap:
    """A hole of that source."""
    return Gap(source=ident, start=start, end=end, found=end, closed=closed)
