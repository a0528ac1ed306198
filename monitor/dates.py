"""Every date dialect of the Vietnamese press, to an aware UTC datetime.

Feeds: RFC 822 (two-digit years too), ISO 8601, ``8/23/2026 5:20:00\\u202fAM`` (US order, no zone),
``... +07`` (which ``email.utils`` reads as +00:07) and ``... +07:00``. Pages: "Thứ năm, 05/11/2026, 14:30 (GMT+7)",
"14:30 05/11/2026", "05-11-2026 | 14:30", "ngày 5 tháng 11 năm 2026". Zone Asia/Ho_Chi_Minh where none is given.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from monitor.clock import VN

_MONTHS = {
    name: n
    for n, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
# The dash of "14:30 - 05/11/2026" is no zone: without GMT a zone's sign stands beside its digits.
_ZONE = (
    r"(?P<zone>\(?(?:(?:GMT|UTC)\s?[+-]\s?\d{1,2}|\+\d{1,2}|-\d{2})(?::?\d{2})?(?![\d/.-])\)?"
    r"|Z\b|UTC?\b|GMT\b|ICT\b)?"
)
_CLOCK = (
    r"(?P<h>\d{1,2})\s*(?:[:hg]|giờ)\s*(?P<mi>\d{2})(?:\s*phút|[:\']\s*(?P<s>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<ap>(?:AM|PM|SA|CH)\b)?"
)
_DAY = r"(?:(?:ngày|thứ\s\w+|chủ\snhật)[\s,]*){0,2}"
_RFC822 = re.compile(
    rf"(?:[A-Za-z]{{3,9}},?\s*)?(?P<d>\d{{1,2}})[\s-](?P<mon>[A-Za-z]{{3}})[a-z]*\.?[\s-](?P<y>\d{{4}}|\d{{2}})(?!\d)(?:,?\s+{_CLOCK}\s*{_ZONE})?",
    re.I,
)
_ISO = re.compile(
    rf"(?<!\d)(?P<y>\d{{4}})(?P<sep>[/-])(?P<mo>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})(?:[T\s,]\s*{_CLOCK}\s*{_ZONE})?(?!\d)",
    re.I,
)
_NUMERIC = re.compile(
    rf"(?<![\d/])(?P<a>\d{{1,2}})\s?(?P<sep>[/.-])\s?(?P<b>\d{{1,2}})\s?(?P=sep)\s?(?P<y>\d{{4}})(?!\d)(?:\W{{0,5}}(?:lúc\s*)?{_CLOCK}\s*{_ZONE})?",
    re.I,
)
_CLOCK_FIRST = re.compile(
    rf"(?<![\d:/]){_CLOCK}\s*(?:{_ZONE})\W{{0,4}}{_DAY}"
    r"(?P<a>\d{1,2})\s?[/.-]\s?(?P<b>\d{1,2})\s?[/.-]\s?(?P<y>\d{4})(?!\d)",
    re.I,
)
_WORDS = re.compile(
    rf"(?:{_CLOCK}\s*{_ZONE}\W{{0,4}})?{_DAY}(?P<d>\d{{1,2}})\s*tháng\s*(?P<mo>\d{{1,2}})[\s,]*(?:năm\s*)?(?P<y>\d{{4}})",
    re.I,
)
_WORDS_CLOCK_LAST = re.compile(
    rf"(?:ngày\s*)?(?P<d>\d{{1,2}})\s*tháng\s*(?P<mo>\d{{1,2}})[\s,]*(?:năm\s*)?(?P<y>\d{{4}})\W{{1,4}}(?:lúc\s*)?{_CLOCK}\s*{_ZONE}",
    re.I,
)
# An article is not older than the Vietnamese web; a feed's "01/01/0001" is a template's default.
_FIRST_YEAR, _LAST_YEAR = 1995, 2200
# Some browsers and servers put direction marks around the parts of a date.
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def parse(text: str | None, *, now: datetime | None = None) -> datetime | None:
    """The first date in ``text`` as UTC, or None. Never raises.

    Numeric dates are day first as the Vietnamese write, but month first beside AM/PM (the habit of the feeds
    that write so, see ``_american``), or where only that order exists. Dates more than two days after ``now``
    are turned down in favour of the other order where that one is not.
    """
    if not text:
        return None
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text[:300]))
    text = re.sub(r"\s+", " ", text).strip()
    for pattern in (_ISO, _RFC822, _CLOCK_FIRST, _NUMERIC, _WORDS_CLOCK_LAST, _WORDS):
        found = pattern.search(text)
        if found and (at := _build(found.groupdict(), now)):
            return at
    return None


def has_clock(text: str) -> bool:
    """Whether a text names an hour beside its date: a bare date is no publishing time to the minute."""
    return bool(re.search(r"\d\s*(?:[:hg]|giờ)\s*\d{2}", text))


def _build(part: dict[str, str | None], now: datetime | None) -> datetime | None:
    written = part["y"] or ""
    year = int(written)
    if len(written) == 2:
        year += 2000 if year < 70 else 1900
    if part.get("mon"):
        orders = [(int(part["d"] or 0), _MONTHS.get((part["mon"] or "").lower()[:3], 0))]
    elif part.get("mo"):
        orders = [(int(part["d"] or 0), int(part["mo"] or 0))]
    else:
        a, b = int(part["a"] or 0), int(part["b"] or 0)
        orders = [(a, b), (b, a)]
        if _american(part):
            orders.reverse()
    made = [at for day, month in orders if (at := _datetime(year, month, day, part))]
    if now and len(made) == 2 and made[0] > now + timedelta(days=2) >= made[1]:
        return made[1]
    return made[0] if made else None


def _american(part: dict[str, str | None]) -> bool:
    """Whether the month stands first: beside AM or PM, unless the writing is a Vietnamese template's.

    "14:30 PM", "00:05 AM" and zeros in front ("05/11/2026 02:30 PM") are such templates' marks; dashes too, and
    the hour before the date.
    """
    a, hour = part["a"] or "", part.get("h") or ""
    if (part.get("ap") or "").upper() not in ("AM", "PM") or part.get("sep") != "/":
        return False
    return 1 <= int(hour) <= 12 and not any(written.startswith("0") for written in (a, part["b"] or "", hour))


def _datetime(year: int, month: int, day: int, part: dict[str, str | None]) -> datetime | None:
    hour, minute, second = (int(part.get(key) or 0) for key in ("h", "mi", "s"))
    half = (part.get("ap") or "").upper()
    if half in ("PM", "CH") and hour < 12:
        hour += 12
    elif half in ("AM", "SA") and hour == 12:
        hour = 0
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=_zone(part.get("zone"))).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(text: str | None) -> tzinfo:
    """+07, +07:00, +0700, GMT+7, (GMT+7), Z, ICT or nothing."""
    if not text:
        return VN
    bare = re.sub(r"[()\s]|GMT|UTC", "", text.upper())
    if bare in ("", "Z", "UT"):
        return UTC
    found = re.fullmatch(r"([+-])(\d{1,2}):?(\d{2})?", bare)
    if not found:
        return VN
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    if offset > timedelta(hours=14):
        return VN
    return timezone(-offset if found[1] == "-" else offset)
