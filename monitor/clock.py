"""Time at the edges: the zone of the office, and a clock that a command's caller may set.

Datetimes are aware and UTC inside; Asia/Ho_Chi_Minh where people see or write them.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.errors import UsageError

VN = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The present in UTC, or what ``MONITOR_NOW`` (ISO 8601) says; a zone-less value is Vietnamese time."""
    wanted = os.environ.get("MONITOR_NOW")
    if not wanted:
        return datetime.now(UTC)
    try:
        at = datetime.fromisoformat(wanted)
    except ValueError:
        raise UsageError("bad_now", value=wanted) from None
    try:
        return (at if at.tzinfo else at.replace(tzinfo=VN)).astimezone(UTC)
    except OverflowError:
        raise UsageError("bad_now", value=wanted) from None


def local(at: datetime) -> datetime:
    """The same instant on the office's clock."""
    return at.astimezone(VN)


def iso_local(at: datetime | None) -> str | None:
    """ISO 8601 with +07:00, to the second; the form of every export."""
    return local(at).isoformat(timespec="seconds") if at else None


def iso_utc(at: datetime) -> str:
    """The one form in which times are stored: UTC, microseconds always, so that text order is time order."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def from_iso(text: str | None) -> datetime | None:
    """What ``iso_utc`` stored."""
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def day_bounds(first: date, last: date | None = None) -> tuple[datetime, datetime]:
    """The half-open UTC interval of the local days ``first`` … ``last`` (both included)."""
    end = (last or first) + timedelta(days=1)
    return (
        datetime.combine(first, time(), VN).astimezone(UTC),
        datetime.combine(end, time(), VN).astimezone(UTC),
    )
