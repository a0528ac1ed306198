"""The digest of a day or a week from what is stored: sums that agree, failures with reasons, gaps in words."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from press_server import NOW, Answer, Press, outlet, write_home

from monitor import clock
from monitor.config import Home
from monitor.errors import ConfigError, UsageError
from monitor.jobs import digest as job
from monitor.jobs.collect import collect
from monitor.jobs.health import health

TODAY = clock.local(NOW).date()


@pytest.fixture
def press() -> Iterator[Press]:
    with Press() as made:
        yield made


def home_of(root: Path, press: Press) -> Home:
    return write_home(
        root, outlet("tin24", f"{{feed: {press.base}/rss/home.rss}}", f"{{feed: {press.base}/mat.rss, name: mat}}")
    )


def told(home: Home, period: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(job.digest(home, period, "json"))
    return made


def test_the_figures_of_a_day_agree_with_each_other(root: Path, press: Press) -> None:
    press.grow(3, ours=False)
    press.grow(4)
    press.grow(2, newest=NOW - timedelta(days=1))
    home = home_of(root, press)
    collect(home)
    found = told(home, job.day(TODAY))
    assert (found["scanned"], found["kept"]) == (7, 4)
    items = [item for section in found["sections"] for item in section["items"]]
    assert [item["number"] for item in items] == list(range(1, len(items) + 1))
    assert sum(1 + len(item["also"]) for item in items) == found["kept"]
    for table in ("outlet", "tone"):
        assert sum(row["count"] for row in found["counts"][table]) == found["kept"]
    assert found["counts"]["outlet"] == [{"key": "tin24", "label": "Báo tin24", "count": 4}]
    assert found["date"] == TODAY.isoformat()


def test_a_week_is_the_sum_of_its_days(root: Path, press: Press) -> None:
    for day in range(9):
        press.grow(2, newest=NOW - timedelta(days=day))
    press.feed_size = 50
    home = home_of(root, press)
    collect(home)
    monday = TODAY - timedelta(days=TODAY.weekday())
    name = f"{TODAY.isocalendar().year}-W{TODAY.isocalendar().week:02d}"
    week = told(home, job.week(name))
    days = [told(home, job.day(monday + timedelta(days=n))) for n in range(7)]
    assert week["kept"] == sum(day["kept"] for day in days) == 2 * (TODAY.weekday() + 1)
    assert week["dates"] == {"from": monday.isoformat(), "to": (monday + timedelta(days=6)).isoformat()}
    assert week["date"] is None
    assert told(home, job.week(name.lower())) == week


def test_a_day_without_anything_is_a_digest_too(root: Path, press: Press) -> None:
    home = home_of(root, press)
    for form in job.FORMS:
        assert job.digest(home, job.day(TODAY), form)
    found = told(home, job.day(TODAY))
    assert (found["scanned"], found["kept"]) == (0, 0)
    assert "không có tin nào" in job.digest(home, job.day(TODAY), "md")


def test_a_source_that_failed_is_named_with_its_reason(root: Path, press: Press) -> None:
    press.grow(1)
    press.answers["/mat.rss"] = Answer(status=404)
    home = home_of(root, press)
    collect(home)
    (failed,) = told(home, job.day(TODAY))["failed_sources"]
    assert (failed["id"], failed["status"]) == ("tin24/mat", "gone")
    assert "404" in failed["reason"]
    assert "404" in job.digest(home, job.day(TODAY), "html")


def test_hours_that_may_be_missing_are_told(root: Path, press: Press, surroundings: pytest.MonkeyPatch) -> None:
    press.grow(10)
    home = write_home(root, outlet("tin24", f"{{feed: {press.base}/rss/home.rss}}"))
    collect(home, pages=False)
    later = NOW + timedelta(hours=4)
    surroundings.setenv("MONITOR_NOW", later.isoformat())
    press.grow(40, newest=later)
    collect(home, pages=False)
    found = told(home, job.day(TODAY))
    (gap,) = found["gaps"]
    assert gap["source"] == "tin24/1"
    assert gap["from"] < gap["to"]
    assert "có thể còn thiếu tin" in job.digest(home, job.day(TODAY), "html")
    assert told(home, job.day(TODAY - timedelta(days=3)))["gaps"] == []


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-45", "2026-W", "2026-W60", "2026-W00", "W45", "45", "2026-W45-1", "9999-W53", "0000-W01"]
)
def test_what_is_no_week_is_told(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        job.week(text)
    assert caught.value.key == "bad_week"


@pytest.mark.parametrize("text", ["9999-W52", "0001-W01"])
def test_a_week_at_the_end_of_the_calendar_is_told_not_suffered(text: str) -> None:
    with pytest.raises(UsageError):
        job.week(text)


def test_a_form_that_does_not_exist_is_told(root: Path, press: Press) -> None:
    with pytest.raises(UsageError):
        job.digest(home_of(root, press), job.day(TODAY), "docx")


def test_a_day_begins_at_midnight_in_the_office() -> None:
    period = job.day(date(2026, 11, 8))
    assert clock.iso_local(period.start) == "2026-11-08T00:00:00+07:00"
    assert clock.iso_local(period.end) == "2026-11-09T00:00:00+07:00"


def test_the_daily_file_is_put_in_place_at_once(root: Path, press: Press) -> None:
    press.grow(3)
    home = home_of(root, press)
    collect(home)
    target = job.write_daily(home, TODAY)
    assert target == home.data / "digests" / f"diem-tin-{TODAY}.html"
    first = target.read_text(encoding="utf-8")
    assert "</html>" in first
    # Whoever reads while it is written anew reads the old one or the new one, never half of one.
    seen: set[str] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add(target.read_text(encoding="utf-8")[-20:])

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(5):
        job.write_daily(home, TODAY)
    done.set()
    reader.join()
    assert {text.strip()[-7:] for text in seen} == {"</html>"}
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_a_broken_template_leaves_the_digest_of_before(root: Path, press: Press) -> None:
    home = home_of(root, press)
    target = job.write_daily(home, TODAY)
    before = target.read_bytes()
    (root / "reports" / "digest.html").write_text("{{ digest.nothing_like_it }", encoding="utf-8")
    with pytest.raises(ConfigError):
        job.write_daily(home, TODAY)
    assert target.read_bytes() == before
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_the_weekly_file_is_named_after_its_iso_week(root: Path, press: Press) -> None:
    home = home_of(root, press)
    assert job.write_weekly(home, date(2027, 1, 2)).name == "diem-tin-2026-W53.html"
    assert job.write_weekly(home, date(2024, 12, 30)).name == "diem-tin-2025-W01.html"


def test_sources_have_a_health_before_anyone_looked(root: Path, press: Press) -> None:
    every = health(home_of(root, press))
    for found in every:
        assert (found.checked, found.newest, found.next) == (None, None, None)
        assert found.reason
        assert found.beside is (sum(one.outlet == found.outlet for one in every) > 1)
