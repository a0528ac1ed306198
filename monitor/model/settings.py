"""What the office sets in ``rules/office.yaml``; every field has the default of a fresh installation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from monitor.model.digest import Office


@dataclass(frozen=True, kw_only=True)
class CrawlSettings:
    """How politely and how far the crawler goes. Times in seconds, sizes in bytes after decompression."""

    allow_hosts: tuple[str, ...] = ()
    """Hosts that may resolve to private addresses (an intranet portal); nothing else is ever let through."""
    connect_timeout: float = 10.0
    read_timeout: float = 15.0
    total_timeout: float = 30.0
    max_bytes: int = 8 * 1024 * 1024
    max_redirects: int = 5
    hosts_at_once: int = 16
    frozen_days: int = 30
    page_tries: int = 8
    """How often an article page is asked for before the feed's words must do."""
    hole_pages: int = 20
    """How many further listing pages one hole may cost."""
    workers: int = 0
    """Processes that read pages; 0 reads them in this process."""


class Weekday(StrEnum):
    """A day of the week, in the order of ``date.weekday``."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def number(self) -> int:
        """As ``date.weekday`` has it: 0 is Monday."""
        return list(Weekday).index(self)


@dataclass(frozen=True, kw_only=True)
class ScheduleSettings:
    """When the clock does what (local time)."""

    digest_at: time = time(6, 30)
    """The daily edition's cut-off."""
    weekly_digest_day: Weekday = Weekday.THU
    weekly_digest_at: time = time(15, 0)
    """The weekly edition's cut-off: a custom of press offices (Kon Tum, 2017), no rule of the union."""
    maintenance_at: time = time(3, 15)


class Approver(StrEnum):
    """Who may approve an edition of the digest."""

    PRESS = "press"
    """A press officer, or a leader."""
    LEADER = "leader"
    """A leader alone."""


class SendWhen(StrEnum):
    """When an approved edition goes to its readers."""

    BY_HAND = "by_hand"
    ON_APPROVAL = "on_approval"


class DaysOff(StrEnum):
    """What the clock does with editions on days off."""

    SKIP = "skip"
    """None is made or sent; the next one covers them."""
    MAKE = "make"


@dataclass(frozen=True, kw_only=True)
class DigestSettings:
    """How editions of the digest leave the office."""

    approve: Approver = Approver.PRESS
    send: SendWhen = SendWhen.BY_HAND
    days_off: DaysOff = DaysOff.SKIP
    by_itself: time | None = None
    """The local hour at which the program approves and sends what nobody approved; None: it waits for a person."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The whole of ``rules/office.yaml``."""

    office: Office
    crawl: CrawlSettings = field(default_factory=CrawlSettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    digest: DigestSettings = field(default_factory=DigestSettings)
