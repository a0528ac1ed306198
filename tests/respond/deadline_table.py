"""Deadlines worked out by hand, before the program was written, from printed month sheets.

Each row: what is asked, the start on the office's clock, what must come out, and the working by hand. ``!`` after a
time says that the instant is written in UTC. The calendar is in ``calendar_of_the_table``: confirmed by nobody but us.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from monitor.model.calendar import IssueDays, NamedDay, WorkCalendar, WorkYear
from monitor.model.law import ClockKind
from monitor.model.source import Medium

VN = ZoneInfo("Asia/Ho_Chi_Minh")

THURSDAYS = IssueDays(weekdays=(3,))
FRIDAYS = IssueDays(weekdays=(4,))
FIFTEENTH = IssueDays(days=(15,))
FIRST = IssueDays(days=(1,))
# 10/1/2026, then 12/3/2026: 21 days of January, 28 of February, 12 of March make 61.
SLOW_SPRING = IssueDays(every=61, anchor=date(2026, 1, 10))
# 5/10/2026, then 5/12/2026: 26 days of October, 30 of November, 5 of December make 61.
SLOW_AUTUMN = IssueDays(every=61, anchor=date(2026, 10, 5))
LEAP_DAYS = IssueDays(days=(29,), months=(2,))

ISSUES = {
    "thursdays": THURSDAYS,
    "fridays": FRIDAYS,
    "15th": FIFTEENTH,
    "1st": FIRST,
    "slow spring": SLOW_SPRING,
    "slow autumn": SLOW_AUTUMN,
    "29/2": LEAP_DAYS,
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One deadline. ``due`` is the last day, ``look`` the office's threshold, ``reply`` the last day of the reply."""

    name: str
    kind: ClockKind
    medium: Medium | None
    start: str
    how: str
    issues: str
    due: str
    look: str
    reply: str
    rules: str
    by_hand: str


K, M = ClockKind, Medium
RESPONSE, ANSWER, CORRECTION, FORWARD = K.RESPONSE, K.ANSWER, K.CORRECTION, K.FORWARD_ANSWER
_OLD, _NEW = "LBC2016", "LBC2025"

# kind, medium, start, how the start is known, issue days, last day, threshold, reply's last day, rule set, by hand
_ROWS: tuple[tuple[ClockKind, Medium | None, str, str, str, str, str, str, str, str], ...] = (
    # Publishing our response, Law of 2016.
    (RESPONSE, M.DAILY_PRINT, "2026-03-02 09:00", "received", "", "2026-03-04", "", "", _OLD, "Mon 2; 3, 4 Wed"),
    (RESPONSE, M.RADIO, "2026-03-05 09:00", "received", "", "2026-03-09", "", "", _OLD, "Thu 5; 6, 7 Sat; 9 Mon"),
    (RESPONSE, M.TV, "2026-03-06 16:30", "received", "", "2026-03-09", "", "", _OLD, "Friday evening; 7, 8 Sun; 9 Mon"),
    (RESPONSE, M.TV, "2026-03-04 17:30!", "received", "", "2026-03-09", "", "", _OLD,
     "00:30 of Thu 5 here; 6, 7 Sat; 9 Mon (the UTC day, Wed 4, would give 6)"),
    (RESPONSE, M.RADIO, "2026-03-06 23:30", "received", "", "2026-03-09", "", "", _OLD, "still Fri 6; 7, 8 Sun; 9 Mon"),
    (RESPONSE, M.ONLINE, "2026-03-02 09:00", "received", "", "", "2026-03-03 09:00", "", _OLD, "ngay: no day"),
    (RESPONSE, M.ONLINE, "2026-03-06 17:00", "received", "", "", "2026-03-07 17:00", "", _OLD, "Fri 17:00 + 24 h"),
    (RESPONSE, M.WEEKLY, "2026-03-02 09:00", "received", "thursdays", "2026-03-05", "", "", _OLD, "Mon 2; Thu 5"),
    (RESPONSE, M.WEEKLY, "2026-03-05 08:00", "received", "thursdays", "2026-03-12", "", "", _OLD,
     "the issue of Thu 5 itself does not count; Thu 12"),
    (RESPONSE, M.WEEKLY, "2026-03-05 08:00", "received", "", "", "", "", _OLD, "issue days unknown: no day"),
    (RESPONSE, M.MAGAZINE, "2026-03-10 08:00", "received", "15th", "2026-03-15", "", "", _OLD,
     "a Sunday; an issue day does not move"),
    (RESPONSE, M.MAGAZINE, "2026-03-15 08:00", "received", "15th", "2026-04-15", "", "", _OLD, "next month's"),
    (RESPONSE, M.MAGAZINE, "2026-03-02 09:00", "received", "slow spring", "2026-03-12", "2026-03-03 09:00", "", _OLD,
     "61 days between issues: reply ngay, issue 12/3"),
    (RESPONSE, M.SOCIAL_CHANNEL, "2026-03-02 09:00", "received", "", "", "", "", _OLD, "the law of 2016 has no rule"),
    (RESPONSE, M.DAILY_PRINT, "2026-02-13 10:00", "received", "", "2026-02-23", "", "", _OLD,
     "Fri 13; 14, 15 Sun; Tet 16-20, weekend 21-22; Mon 23"),
    (RESPONSE, M.RADIO, "2026-02-14 10:00", "received", "", "2026-02-23", "", "", _OLD, "Sat 14; 15, 16 Tet; Mon 23"),
    (RESPONSE, M.TV, "2026-04-24 10:00", "received", "", "2026-04-28", "", "", _OLD,
     "Fri 24; 25, 26 Sun and Gio To; 27 Mon off instead; Tue 28"),
    (RESPONSE, M.DAILY_PRINT, "2026-04-28 10:00", "received", "", "2026-05-04", "", "", _OLD,
     "Tue 28; 29, 30/4 off; 1/5 off, 2-3 weekend; Mon 4"),
    (RESPONSE, M.DAILY_PRINT, "2026-04-29 10:00", "received", "", "2026-05-04", "", "", _OLD, "30/4, 1/5; Mon 4/5"),
    (RESPONSE, M.DAILY_PRINT, "2025-12-31 15:00", "received", "", "2026-01-05", "", "", _OLD,
     "Wed 31; 1/1, 2/1 both off; 3-4 weekend; Mon 5"),
    (RESPONSE, M.DAILY_PRINT, "2026-01-08 15:00", "received", "", "2026-01-10", "", "", _OLD,
     "Thu 8; 9, 10 is a Saturday worked instead of 2/1: stays"),
    # Both sides of 1/7/2026.
    (RESPONSE, M.DAILY_PRINT, "2026-06-30 23:30", "received", "", "2026-07-02", "", "", _OLD, "Tue 30/6; 1, 2/7 Thu"),
    (RESPONSE, M.DAILY_PRINT, "2026-06-30 17:10!", "received", "", "2026-07-03", "", "", _NEW,
     "00:10 of Wed 1/7 here; 2, 3 Fri"),
    (RESPONSE, M.DAILY_PRINT, "2026-07-02 09:00", "received, sent 2026-06-29 09:00", "", "2026-07-06", "", "", _NEW,
     "sent before, received after: the new law; Thu 2; 3, 4 Sat; Mon 6"),
    (RESPONSE, M.DAILY_PRINT, "2026-06-29 09:00", "sent", "", "2026-07-01", "", "", _OLD,
     "only sent: provisional; Mon 29; 30, 1/7 Wed"),
    # Publishing our response, Law of 2025.
    (RESPONSE, M.DAILY_PRINT, "2026-11-20 18:30", "received", "", "2026-11-23", "", "", _NEW,
     "Friday evening; 21, 22 Sun; Mon 23"),
    (RESPONSE, M.TV, "2026-11-22 08:00", "received", "", "2026-11-25", "", "", _NEW, "Sun 22; 23, 24/11 off; Wed 25"),
    (RESPONSE, M.SOCIAL_CHANNEL, "2026-11-20 18:30", "received", "", "", "2026-11-21 18:30", "", _NEW, "ngay: no day"),
    (RESPONSE, M.ONLINE, "2026-11-20 18:30", "received", "", "", "2026-11-21 18:30", "", _NEW, "ngay: no day"),
    (RESPONSE, M.WEEKLY, "2026-11-20 08:00", "received", "fridays", "2026-11-27", "", "", _NEW,
     "the issue of Fri 20 itself does not count"),
    (RESPONSE, M.WEEKLY, "2026-11-23 08:00", "received", "fridays", "2026-11-27", "", "", _NEW, "Mon 23; Fri 27"),
    (RESPONSE, M.MAGAZINE, "2026-07-31 08:00", "received", "1st", "2026-08-01", "", "", _NEW, "next day, Saturday"),
    (RESPONSE, M.MAGAZINE, "2026-11-16 08:00", "received", "slow autumn", "2026-12-05", "", "2026-11-18", _NEW,
     "reply 17, 18 Wed; issue 5/12"),
    (RESPONSE, M.MAGAZINE, "2026-11-20 08:00", "received", "slow autumn", "2026-12-05", "", "2026-11-23", _NEW,
     "reply 21, 22 Sun, Mon 23; issue 5/12"),
    (RESPONSE, M.DAILY_PRINT, "2026-08-28 08:00", "received", "", "2026-09-03", "", "", _NEW,
     "Fri 28; 29, 30 Sun; 31/8, 1/9, 2/9 off; Thu 3"),
    (RESPONSE, M.DAILY_PRINT, "2026-08-20 08:00", "received", "", "2026-08-22", "", "", _NEW,
     "Thu 20; 21, 22 is a Saturday worked instead of 31/8: stays"),
    (RESPONSE, M.DAILY_PRINT, "2026-08-21 08:00", "received", "", "2026-08-24", "", "", _NEW, "22, 23 Sun; Mon 24"),
    (RESPONSE, M.RADIO, "2028-02-27 08:00", "received", "", "2028-02-29", "", "", _NEW, "Sun 27; 28, 29 Tue"),
    (RESPONSE, M.DAILY_PRINT, "2028-02-28 08:00", "received", "", "2028-03-01", "", "", _NEW, "Mon 28; 29, 1/3 Wed"),
    (RESPONSE, M.MAGAZINE, "2027-03-01 08:00", "received", "29/2", "2028-02-29", "", "2027-03-03", _NEW,
     "once in four years: slow; reply 2, 3 Wed; issue 29/2/2028"),
    (RESPONSE, M.DAILY_PRINT, "", "nothing", "", "", "", "", "", "neither sent nor received: not arisen"),
    # Answering us.
    (ANSWER, None, "2026-03-02 09:00", "received", "", "2026-03-17", "", "", _OLD, "2 + 15 = Tue 17"),
    (ANSWER, None, "2026-02-06 09:00", "received", "", "2026-02-23", "", "", _OLD, "6 + 15 = Sat 21; Mon 23"),
    (ANSWER, None, "2026-02-04 09:00", "received", "", "2026-02-23", "", "", _OLD,
     "4 + 15 = Thu 19, Tet; 20 Tet, 21-22 weekend; Mon 23"),
    (ANSWER, None, "2025-12-17 09:00", "received", "", "2026-01-05", "", "", _OLD,
     "17 + 15 = 1/1/2026; 2/1 off too, 3-4 weekend; Mon 5"),
    (ANSWER, None, "2026-06-30 09:00", "received", "", "2026-07-15", "", "", _OLD, "last day of the old law; Wed 15/7"),
    (ANSWER, None, "2026-07-01 09:00", "received", "", "2026-07-22", "", "", _NEW,
     "2-3 (2), 6-10 (7), 13-17 (12), 20, 21, 22 Wed (15)"),
    (ANSWER, None, "2026-07-03 09:00", "received, sent 2026-06-26 09:00", "", "2026-07-24", "", "", _NEW,
     "6-10 (5), 13-17 (10), 20-24 Fri (15)"),
    (ANSWER, None, "2026-11-06 17:45", "received", "", "2026-11-30", "", "", _NEW,
     "9-13 (5), 16-20 (10), 23 (11), 24/11 off, 25 (12), 26, 27 (14), Mon 30 (15)"),
    (ANSWER, None, "2027-01-29 09:00", "received", "", "2027-02-26", "", "", _NEW,
     "1-3/2 (3), Tet 4-10, 11-12 (5), 15-19 (10), 22-26 Fri (15)"),
    (ANSWER, None, "2026-08-17 09:00", "received", "", "2026-09-09", "", "", _NEW,
     "18-21 (4), Sat 22 worked (5), 24-28 (10), 31/8-2/9 off, 3-4 (12), 7, 8, 9 Wed (15)"),
    (ANSWER, None, "2027-04-12 09:00", "received", "", "2027-05-06", "", "", _NEW,
     "13-15 (3), 16 Gio To, 19-23 (8), 26-29 (12), 30/4 off, 1-2/5 weekend, 3/5 off instead, 4, 5, 6 Thu (15)"),
    (ANSWER, None, "2028-02-14 09:00", "received", "", "2028-03-06", "", "", _NEW,
     "15-18 (4), 21-25 (9), 28, 29/2 (11), 1-3/3 (14), Mon 6 (15)"),
    (ANSWER, None, "2026-11-06 17:45", "received, not asked", "", "", "", "", "", "no answer asked: not arisen"),
    # Correcting: from a conclusion or the outlet's own finding only.
    (CORRECTION, M.DAILY_PRINT, "2026-11-02 09:00", "letter only", "", "", "", "", "", "our letter starts nothing"),
    (CORRECTION, M.DAILY_PRINT, "2026-11-16 10:00", "conclusion", "", "2026-11-18", "", "", _NEW, "17, 18 Wed"),
    (CORRECTION, M.ONLINE, "2026-11-16 10:00", "conclusion", "", "", "2026-11-17 10:00", "", _NEW, "ngay: no day"),
    (CORRECTION, M.SOCIAL_CHANNEL, "2026-11-16 10:00", "self", "", "", "2026-11-17 10:00", "", _NEW, "ngay: no day"),
    (CORRECTION, M.TV, "2026-11-21 10:00", "self", "", "2026-11-23", "", "", _NEW, "Sat 21; 22, Mon 23"),
    (CORRECTION, M.WEEKLY, "2026-11-16 10:00", "conclusion", "thursdays", "2026-11-19", "", "", _NEW, "Thu 19"),
    (CORRECTION, M.RADIO, "2026-07-02 10:00", "conclusion, letter 2026-06-25 09:00", "", "2026-07-06", "", "", _OLD,
     "the letter came under the old law; Thu 2; 3, 4 Sat; Mon 6"),
    (CORRECTION, M.DAILY_PRINT, "2026-11-16 10:00", "self, conclusion 2026-11-18 10:00", "", "2026-11-18", "", "", _NEW,
     "the earlier of the two starts: 17, 18 Wed"),
    (CORRECTION, M.SOCIAL_CHANNEL, "2026-05-04 10:00", "conclusion", "", "", "", "", _OLD, "no rule in 2016"),
    (CORRECTION, M.MAGAZINE, "2026-03-02 09:00", "conclusion", "slow spring", "2026-03-12", "2026-03-03 09:00", "",
     _OLD, "reply ngay, issue 12/3"),
    (CORRECTION, M.RADIO, "2026-04-29 09:00", "conclusion", "", "2026-05-04", "", "", _OLD, "30/4, 1/5; Mon 4/5"),
    # Passing our answer on.
    (FORWARD, M.ONLINE, "2026-03-02 09:00", "received", "", "2026-03-12", "", "", _OLD, "2 + 10 = Thu 12"),
    (FORWARD, M.WEEKLY, "2026-03-02 09:00", "received", "thursdays", "2026-03-17", "", "", _OLD, "2 + 15 = Tue 17"),
    (FORWARD, M.TV, "2026-11-16 09:00", "received", "", "2026-12-01", "", "", _NEW,
     "17-20 (4), 23 (5), 24/11 off, 25-27 (8), 30 (9), Tue 1/12 (10)"),
    (FORWARD, M.WEEKLY, "2026-11-16 09:00", "received", "", "2026-12-08", "", "", _NEW,
     "1/12 (10), 2-4 (13), 7, Tue 8 (15)"),
    (FORWARD, M.MAGAZINE, "2026-11-16 09:00", "received", "15th", "2026-12-15", "", "", _NEW, "next issue"),
    # Ours.
    (K.OWN_MEASURES, None, "2026-06-01 09:00", "own", "", "2026-07-01", "", "", _OLD, "1/6 + 30 = Wed 1/7"),
    (K.OWN_MEASURES, None, "2026-11-02 09:00", "own", "", "2026-11-23", "", "", _NEW,
     "3-6 (4), 9-13 (9), 16-20 (14), Mon 23 (15)"),
    (K.OWN_MEASURES, None, "2026-11-03 09:00", "own", "", "2026-11-25", "", "", _NEW,
     "4-6 (3), 9-13 (8), 16-20 (13), 23 (14), 24/11 off, Wed 25 (15)"),
    (K.OWN_COMPLAINT, None, "2026-11-18 09:00", "own", "", "2026-11-26", "", "", _NEW,
     "19-20 (2), 23 (3), 24/11 off, 25 (4), Thu 26 (5)"),
    (K.OWN_COMPLAINT, None, "2026-05-18 09:00", "own", "", "", "", "", _OLD, "no such period in 2016"),
    (K.OWN_ANSWER, None, "2026-10-23 09:00", "own", "", "2026-11-23", "", "", _NEW, "23/10 + 30 = Sun 22/11; Mon 23"),
    (K.OWN_ANSWER, None, "2026-01-15 09:00", "own", "", "2026-02-23", "", "", _OLD,
     "15/1 + 30 = Sat 14/2; 15 Sun, Tet 16-20, 21-22; Mon 23"),
    (K.OWN_VERIFY, None, "2026-11-17 06:10", "own", "", "2026-11-23", "", "", "", "practice: 17 + 5 = Sun 22; Mon 23"),
    (K.OWN_REMEDY, None, "2026-11-04 06:10", "own", "", "2026-11-25", "", "", "",
     "practice: 4 + 20 = Tue 24/11, off; Wed 25"),
    (K.OWN_SOCIAL, None, "2026-11-12 06:10", "own", "", "2026-11-17", "", "", "", "practice: 12 + 5 = Tue 17"),
    (K.PRESS_CONFERENCE_NOTICE, None, "2026-11-25 09:00", "own", "", "", "2026-11-24 09:00", "", _NEW,
     "24 h before, and it binds others"),
)  # fmt: skip


def rows() -> list[Row]:
    """The table, each row with a name to be told by."""
    names = ("kind", "medium", "start", "how", "issues", "due", "look", "reply", "rules", "by_hand")
    return [
        Row(name=f"{number:02d} {row[0]} {row[1] or ''} {row[2]} {row[3]}", **dict(zip(names, row, strict=True)))  # type: ignore[arg-type]
        for number, row in enumerate(_ROWS, 1)
    ]


def at(text: str) -> datetime:
    """An instant of the table."""
    if text.endswith("!"):
        return datetime.fromisoformat(text[:-1] + "+00:00")
    return datetime.fromisoformat(text).replace(tzinfo=VN)


def _year(number: int, off: str, worked: str = "") -> WorkYear:
    def days(text: str) -> tuple[NamedDay, ...]:
        found = []
        for part in text.split():
            day, month = part.split("/")
            found.append(NamedDay(on=date(number, int(month), int(day)), name=f"Ngày nghỉ {part}"))
        return tuple(found)

    return WorkYear(
        year=number, off=days(off), worked=days(worked), confirmed=True, by="bảng tính tay", at=date(number, 1, 1)
    )


def calendar_of_the_table() -> WorkCalendar:
    """The days off and worked instead that the table was worked out with."""
    return WorkCalendar(
        years=(
            _year(2025, "1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9", "26/4"),
            _year(2026, "1/1 2/1 16/2 17/2 18/2 19/2 20/2 26/4 27/4 30/4 1/5 31/8 1/9 2/9 24/11", "10/1 22/8"),
            _year(2027, "1/1 4/2 5/2 6/2 7/2 8/2 9/2 10/2 16/4 30/4 1/5 3/5 2/9 3/9 24/11"),
            _year(2028, "1/1 3/1 24/1 25/1 26/1 27/1 28/1 29/1 4/4 30/4 1/5 2/5 1/9 2/9 4/9 24/11"),
        )
    )
