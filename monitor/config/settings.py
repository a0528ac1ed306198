"""``rules/office.yaml``: whose monitor this is, how politely it crawls, and when the clock does what."""

from __future__ import annotations

from datetime import time
from pathlib import Path

from monitor.config import fields
from monitor.config.provinces import former_of
from monitor.config.tree import Table, compose, parsed, raw, rule_file
from monitor.model.digest import Office
from monitor.model.settings import (
    Approver,
    CrawlSettings,
    DaysOff,
    DigestSettings,
    ScheduleSettings,
    SendWhen,
    Settings,
    Weekday,
)

FILE = "office.yaml"
_OFFICE = ("name", "short", "superior", "province", "contact")
_CRAWL = tuple(CrawlSettings.__dataclass_fields__)
_SCHEDULE = tuple(ScheduleSettings.__dataclass_fields__)
_DIGEST = tuple(DigestSettings.__dataclass_fields__)


def load_settings(folders: tuple[Path, ...]) -> Settings:
    """``office.yaml`` of the first of ``folders`` that has one.

    Raises ConfigError with file, line and key at the first mistake, and when no folder has the file.
    """
    return parsed(rule_file(folders, FILE), _settings)


def _settings(text: str, file: str) -> Settings:
    top = Table(file, compose(text, file), ("office", "crawl", "schedule", "digest"))
    office = top.table("office", _OFFICE)
    if office is None:
        raise top.wrong("config_missing_key", "office")
    crawl = top.table("crawl", _CRAWL)
    schedule = top.table("schedule", _SCHEDULE)
    digest = top.table("digest", _DIGEST)
    return Settings(
        office=_office(office),
        crawl=_crawl(crawl) if crawl else CrawlSettings(),
        schedule=_schedule(schedule) if schedule else ScheduleSettings(),
        digest=_digest(digest) if digest else DigestSettings(),
    )


def _office(table: Table) -> Office:
    province = table.take("province", fields.province)
    return Office(
        name=table.take("name", fields.text),
        short=table.take("short", fields.text),
        superior=table.take("superior", fields.text),
        province=province,
        former=former_of(province),
        contact=table.take_or("contact", fields.contact, ""),
    )


def _crawl(table: Table) -> CrawlSettings:
    base = CrawlSettings()
    seconds = fields.number(0.1, 600)
    settings = CrawlSettings(
        allow_hosts=table.values("allow_hosts", fields.host),
        connect_timeout=table.take_or("connect_timeout", seconds, base.connect_timeout),
        read_timeout=table.take_or("read_timeout", seconds, base.read_timeout),
        total_timeout=table.take_or("total_timeout", seconds, base.total_timeout),
        max_bytes=table.take_or("max_bytes", fields.whole(1024, 1024**3), base.max_bytes),
        max_redirects=table.take_or("max_redirects", fields.whole(0, 20), base.max_redirects),
        hosts_at_once=table.take_or("hosts_at_once", fields.whole(1, 200), base.hosts_at_once),
        frozen_days=table.take_or("frozen_days", fields.whole(1, 3660), base.frozen_days),
        page_tries=table.take_or("page_tries", fields.whole(1, 100), base.page_tries),
        hole_pages=table.take_or("hole_pages", fields.whole(0, 1000), base.hole_pages),
        workers=table.take_or("workers", fields.whole(0, 64), base.workers),
    )
    return settings


def _schedule(table: Table) -> ScheduleSettings:
    base = ScheduleSettings()
    at = raw(fields.clock)
    # Files written before the day could be chosen have the hour alone, and meant Mondays by it.
    day = Weekday.MON if "weekly_digest_at" in table else base.weekly_digest_day
    return ScheduleSettings(
        digest_at=table.take_or("digest_at", at, base.digest_at),
        weekly_digest_day=table.take_or("weekly_digest_day", fields.choice(Weekday), day),
        weekly_digest_at=table.take_or("weekly_digest_at", at, base.weekly_digest_at),
        maintenance_at=table.take_or("maintenance_at", at, base.maintenance_at),
    )


def _digest(table: Table) -> DigestSettings:
    base = DigestSettings()
    return DigestSettings(
        approve=table.take_or("approve", fields.choice(Approver), base.approve),
        send=table.take_or("send", fields.choice(SendWhen), base.send),
        days_off=table.take_or("days_off", fields.choice(DaysOff), base.days_off),
        by_itself=table.take_or("by_itself", _hour_or_none, base.by_itself),
    )


def _hour_or_none(value: object) -> time | None:
    return None if value == "" else raw(fields.clock)(value)
