"""Every date dialect of feeds and pages, to the minute and in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor import dates
from monitor.clock import VN

AT = datetime(2026, 11, 5, 14, 30, tzinfo=VN)


@pytest.mark.parametrize(
    "text",
    [
        # feeds
        "Thu, 05 Nov 2026 14:30:00 +0700",
        "Thu, 5 Nov 2026 14:30:00 +07",
        "Thu, 05 Nov 2026 14:30:00 +07:00",
        "Thu, 05 Nov 2026 14:30:00 +7",
        "Thu, 05 Nov 2026 07:30:00 GMT",
        "Thu, 05 Nov 2026 07:30:00 Z",
        "Thu, 05 Nov 2026 07:30:00 UT",
        "Thu, 05 Nov 2026 14:30:00 GMT+7",
        "Thu, 05 Nov 2026 14:30:00 ICT",
        "Thu, 05 Nov 2026 14:30:00",
        "Thu, 05 Nov 26 14:30:00 +0700",
        "Thu, 05 Nov 26 14:30 +0700",
        "05 November 2026 14:30:00 +0700",
        "05 Nov 2026, 14:30",
        "Thursday, 05-Nov-26 07:30:00 GMT",
        "11/5/2026 2:30:00\u202fPM",
        "11/5/2026 2:30:00 PM",
        "\u200e11/\u200e5/\u200e2026 2:30:00\u00a0PM",
        "2026-11-05T14:30:00+07:00",
        "2026-11-05T07:30:00Z",
        "2026-11-05T07:30:00.1234567Z",
        "2026-11-05T14:30:00",
        "2026-11-05 14:30",
        "2026-11-05, 14:30",
        "2026/11/05 14:30:00",
        "2026-11-05T02:00:00-05:30",
        "2026-11-05T02:30:00-0500",
        # pages
        "Thứ năm, 05/11/2026, 14:30 (GMT+7)",
        "Thứ Năm, ngày 05/11/2026 - 14:30",
        "thứ năm, 5/11/2026 14:30 GMT +7",
        "05/11/2026 14:30 (GMT + 7)",
        "05/11/2026 | 14:30",
        "05-11-2026 | 14:30",
        "05.11.2026 14h30",
        "05/11/2026 lúc 14:30",
        "05/11/2026 14:30:59",
        "05/11/2026 14g30",
        "05/11/2026 14 giờ 30 phút",
        "05/11/2026 02:30 CH",
        "05/11/2026 2:30 ch",
        "05/11/2026 02:30 PM",
        "05-11-2026 2:30 PM",
        "14:30 05/11/2026",
        "14:30 - 05/11/2026",
        "14:30 | 05/11/2026",
        "14h30 ngày 05/11/2026",
        "14:30, thứ năm ngày 05/11/2026",
        "14:30 Thứ năm, 05/11/2026",
        "02:30 PM | 5/11/2026",
        "14:30 (GMT+7) 05/11/2026",
        "14:30 ngày 5 tháng 11 năm 2026",
        "14 giờ 30 phút, ngày 5 tháng 11 năm 2026",
        "14:30 (GMT+7), thứ năm ngày 5 tháng 11 năm 2026",
        "ngày 5 tháng 11 năm 2026, 14:30",
        "5 tháng 11, 2026 lúc 14:30",
        "Cập nhật: 05/11/2026 14:30 - 5 bình luận",
        "  Đăng lúc\n 14:30\t05/11/2026 ",
    ],
)
def test_one_moment_in_every_dialect(text: str) -> None:
    found = dates.parse(text)
    assert found is not None
    assert found.replace(second=0, microsecond=0) == AT
    assert found.tzinfo is UTC
    assert dates.has_clock(text)


@pytest.mark.parametrize(
    ("text", "hour"),
    [("05/11/2026 12:05 SA", 0), ("05/11/2026 12:05 CH", 12), ("11/5/2026 12:05 AM", 0), ("11/5/2026 12:05:00 PM", 12)],
)
def test_noon_and_midnight_in_halves_of_the_day(text: str, hour: int) -> None:
    assert dates.parse(text) == datetime(2026, 11, 5, hour, 5, tzinfo=VN)


@pytest.mark.parametrize("text", ["05/11/2026 08:30 Chủ nhật", "05/11/2026 08:30 sáng", "05/11/2026 08:30 Chia sẻ"])
def test_a_word_after_the_clock_is_no_half_of_the_day(text: str) -> None:
    assert dates.parse(text) == datetime(2026, 11, 5, 8, 30, tzinfo=VN)


@pytest.mark.parametrize("day", range(1, 31))
@pytest.mark.parametrize("dash", ["-", "–", "|", "/", ","])
def test_a_dash_between_clock_and_date_is_no_zone(day: int, dash: str) -> None:
    assert dates.parse(f"14:30 {dash} {day:02d}/11/2026") == datetime(2026, 11, day, 14, 30, tzinfo=VN)


@pytest.mark.parametrize("text", ["05/11/2026", "ngày 5 tháng 11 năm 2026", "2026-11-05", "5.11.2026", "05 Nov 2026"])
def test_a_bare_date_is_its_midnight_here_and_names_no_hour(text: str) -> None:
    assert dates.parse(text) == datetime(2026, 11, 5, tzinfo=VN)
    assert not dates.has_clock(text)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("05/11/2026 14:30", (5, 11)),
        ("8/23/2026 5:20:00 AM", (23, 8)),
        ("23/8/2026 5:20:00 AM", (23, 8)),
        ("8/9/2026 5:20:00 AM", (9, 8)),
        ("08/09/2026 05:20 AM", (8, 9)),
        ("8-9-2026 5:20 AM", (8, 9)),
        ("8/9/2026 14:20 PM", (8, 9)),
        ("8/9/2026 5:20 SA", (8, 9)),
        ("5:20 AM 8/9/2026", (8, 9)),
        ("12/31/2026 14:30", (31, 12)),
    ],
)
def test_the_day_stands_first_but_where_americans_write(text: str, order: tuple[int, int]) -> None:
    found = dates.parse(text)
    assert found is not None
    assert (found.astimezone(VN).day, found.astimezone(VN).month) == order


def test_a_date_that_would_lie_ahead_is_read_the_other_way_round() -> None:
    now = datetime(2026, 11, 8, tzinfo=UTC)
    assert dates.parse("8/11/2026 5:20:00 AM", now=now) == datetime(2026, 8, 11, 5, 20, tzinfo=VN)
    assert dates.parse("12/8/2026 5:20:00 AM", now=now) == datetime(2026, 8, 12, 5, 20, tzinfo=VN)
    assert dates.parse("12/12/2026 14:30", now=now) == datetime(2026, 12, 12, 14, 30, tzinfo=VN)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "   ",
        "hôm qua",
        "14:30",
        "ngày 31 tháng 2 năm 2026",
        "31/02/2026 14:30",
        "2026-13-45",
        "45/45/2026",
        "05/11/2026 25:00",
        "05/11/2026 14:75",
        "00/00/0000",
        "01/01/0001 00:00:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-12:00",
        "31/12/9999",
        "Thu, 32 Nov 2026 14:30:00 +0700",
        "Thu, 05 Nxv 2026 14:30:00 +0700",
        "1/2/3",
        "192.168.1.2026",
        "x" * 10_000 + " 05/11/2026",
    ],
)
def test_what_is_no_date_is_none(text: str | None) -> None:
    assert dates.parse(text) is None


def test_a_zone_that_cannot_be_is_not_believed() -> None:
    assert dates.parse("Thu, 05 Nov 2026 14:30:00 +9900") == AT


def test_a_text_not_composed_is_read_as_well() -> None:
    assert dates.parse(normalize("NFD", "14 giờ 30, thứ năm ngày 5 tháng 11 năm 2026")) == AT


@settings(deadline=None, max_examples=500)
@given(
    st.one_of(
        st.text(max_size=80),
        st.text(alphabet="0123456789/-.:+ TZgmhGMTngàythángămSACHP()'|\u202f", max_size=60),
        st.lists(
            st.sampled_from(
                [
                    "99",
                    "0",
                    "11",
                    "2026",
                    "/",
                    "-",
                    ":",
                    " ",
                    "GMT",
                    "+",
                    "tháng",
                    "ngày",
                    "PM",
                    "Nov",
                    "T",
                    "Z",
                    "²",
                    "٣",
                ]
            ),
            max_size=14,
        ).map("".join),
    )
)
@example("14:30 -05/11/2026")
@example("٠٥/١١/٢٠٢٦ ١٤:٣٠")
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    found = dates.parse(text, now=datetime(2026, 11, 8, tzinfo=UTC))
    assert found is None or found.tzinfo is UTC
    dates.has_clock(text)


def test_a_text_made_to_be_slow_is_not() -> None:
    for text in ("1" * 10_000, "1/1" * 5000, "14:30 " * 3000, "ngày " * 3000, " " * 50_000 + "x", "(" * 5000):
        assert dates.parse(text) is None


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _zone(at: datetime, colon: str = "") -> str:
    minutes = int((at.utcoffset() or timedelta()).total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{colon}{abs(minutes) % 60:02d}"


def _rfc822(at: datetime, year: str = "%Y") -> str:
    return at.strftime(f"{at.day:02d} {_MONTHS[at.month - 1]} {year} %H:%M:%S ")


def _half(at: datetime) -> str:
    return f"{at.hour % 12 or 12}:{at.minute:02d}:{at.second:02d}"


WITH_ZONE = {
    "rfc 822": lambda at: _rfc822(at) + _zone(at),
    "rfc 822 with a colon": lambda at: _rfc822(at) + _zone(at, ":"),
    "two-digit year": lambda at: _rfc822(at, "%y") + _zone(at),
    "iso": lambda at: at.isoformat(timespec="seconds"),
    "iso with parts of a second": lambda at: at.isoformat(timespec="milliseconds"),
    "gmt": lambda at: _rfc822(at.astimezone(UTC)) + "GMT",
    "z": lambda at: at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    "a page with its zone": lambda at: at.strftime("%d/%m/%Y, %H:%M (GMT") + _zone(at, ":") + ")",
}
LOCAL = {
    "no zone": lambda at: _rfc822(at).strip(),
    "+07": lambda at: _rfc822(at) + "+07",
    "american": lambda at: f"{at.month}/{at.day}/{at.year} {_half(at)}\u202f{at:%p}",
    "american with a space": lambda at: f"{at.month}/{at.day}/{at.year} {_half(at)} {at:%p}",
    "page": lambda at: at.strftime("%d/%m/%Y %H:%M"),
    "page with a bar": lambda at: at.strftime("%d-%m-%Y | %H:%M"),
    "clock first": lambda at: at.strftime("%H:%M - %d/%m/%Y"),
    "clock first with h": lambda at: at.strftime("%Hh%M ngày %d/%m/%Y"),
    "words": lambda at: f"{at:%H:%M} ngày {at.day} tháng {at.month} năm {at.year}",
    "words first": lambda at: f"ngày {at.day} tháng {at.month} năm {at.year}, {at:%H:%M}",
    "halves": lambda at: f"{at:%d/%m/%Y} {_half(at)} {'SA' if at.hour < 12 else 'CH'}",
}
MOMENTS = st.datetimes(datetime(2000, 1, 2), datetime(2068, 12, 30))  # noqa: DTZ001
OFFSETS = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))


@pytest.mark.parametrize("dialect", WITH_ZONE)
@settings(deadline=None, max_examples=60)
@given(at=st.datetimes(datetime(2000, 1, 2), datetime(2068, 12, 30), timezones=OFFSETS))  # noqa: DTZ001
def test_a_moment_written_with_its_zone_is_read_to_the_minute(dialect: str, at: datetime) -> None:
    found = dates.parse(WITH_ZONE[dialect](at))
    assert found is not None
    assert abs(found - at) < timedelta(minutes=1)


@pytest.mark.parametrize("dialect", LOCAL)
@settings(deadline=None, max_examples=60)
@given(at=MOMENTS)
def test_a_moment_written_without_a_zone_is_read_as_time_here(dialect: str, at: datetime) -> None:
    here = at.replace(tzinfo=VN)
    text = LOCAL[dialect](here)
    found = dates.parse(text)
    assert found is not None
    assert abs(found - here) < timedelta(minutes=1), text
