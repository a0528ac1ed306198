"""When pages are looked at next, and the office's file that says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.config.watch import load_watch
from monitor.errors import ConfigError
from monitor.labels import wording
from monitor.model.watch import CorrectionPart, WatchReason
from monitor.watch import after_failure, next_look, story_until

SHIPPED = Path(__file__).parents[2] / "rules"
RHYTHM = load_watch((SHIPPED,)).rhythm
NOW = datetime(2026, 11, 8, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def waits(reason: WatchReason, count: int) -> list[timedelta]:
    return [next_look(reason=reason, step=n, now=NOW, rhythm=RHYTHM) - NOW for n in range(count)]


@pytest.mark.parametrize("reason", list(WatchReason))
def test_steps_widen_and_the_last_one_stays(reason: WatchReason) -> None:
    found = waits(reason, 12)
    assert all(one <= other for one, other in pairwise(found))
    assert found[-1] == found[-2] <= timedelta(days=2)


def test_a_case_is_looked_at_more_often_than_a_story() -> None:
    pairs = zip(waits(WatchReason.OPEN_CASE, 8), waits(WatchReason.UNION_STORY, 8), strict=True)
    assert all(case <= story for case, story in pairs)


def test_what_must_be_confirmed_is_looked_at_within_minutes() -> None:
    at = next_look(reason=WatchReason.UNION_STORY, step=9, now=NOW, rhythm=RHYTHM, waiting=True)
    assert at - NOW == RHYTHM.confirm_after


@given(st.integers(0, 30), st.integers(-72, 240))
def test_a_due_date_is_never_slept_over(step: int, hours: int) -> None:
    due = NOW + timedelta(hours=hours)
    at = next_look(reason=WatchReason.OPEN_CASE, step=step, now=NOW, rhythm=RHYTHM, due=due)
    assert NOW < at <= NOW + RHYTHM.case_steps[-1]
    if due - RHYTHM.near_due > NOW:
        assert at <= max(due - RHYTHM.near_due, NOW + RHYTHM.near_due_every)
    elif due + RHYTHM.near_due >= NOW:
        assert at - NOW <= RHYTHM.near_due_every


def test_failures_wait_longer_each_time_a_day_at_most_and_as_long_as_the_host_asks() -> None:
    found = [after_failure(failures=n, now=NOW, rhythm=RHYTHM) - NOW for n in range(1, 40)]
    assert found[0] == RHYTHM.retry_after
    assert found[1] == 2 * RHYTHM.retry_after
    assert max(found) == timedelta(days=1)
    asked = after_failure(failures=1, now=NOW, rhythm=RHYTHM, wait=5 * 3600)
    assert asked - NOW == timedelta(hours=5)


def test_days_of_stories_count_from_publication() -> None:
    assert story_until(NOW, NOW + 60 * MINUTE, RHYTHM) == NOW + timedelta(days=RHYTHM.story_days)
    assert story_until(None, NOW, RHYTHM) == NOW + timedelta(days=RHYTHM.story_days)


# The file.


def changed(folder: Path, old: str, new: str) -> tuple[Path, ...]:
    text = (SHIPPED / "watch.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "watch.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return (folder,)


def test_the_shipped_file_wants_all_parts_and_comments_every_setting() -> None:
    assert set(load_watch((SHIPPED,)).notice.wanted) == set(CorrectionPart)
    lines = (SHIPPED / "watch.yaml").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if line.startswith("  ") and line[2].isalpha():
            assert lines[number - 1].startswith("  # "), line


def test_the_office_s_own_file_comes_first(tmp_path: Path) -> None:
    folders = (*changed(tmp_path, "story_days: 7", "story_days: 3"), SHIPPED)
    assert load_watch(folders).rhythm.story_days == 3


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("story_days: 7", "story_day: 7", "config_unknown_key"),
        ("story_days: 7", "story_days: bảy", "config_not_whole"),
        ("story_days: 7", "story_days:", "config_missing_key"),
        ("confirm_looks: 2", "confirm_looks: 1", "config_out_of_range"),
        ("[15, 60, 180", "[60, 15, 180", "config_not_widening"),
        ("[15, 60, 180, 360, 720, 1440]", "[]", "config_missing_key"),
        ("[attention, neg]", "[attention, buồn]", "config_not_choice"),
        ("[title, work", "[title, ten", "config_not_choice"),
        ("outlets: []", "outlets:\n  - outlet: tin24\n    url: tin24.vn/cai-chinh", "config_url_scheme"),
        ("outlets: []", "outlets: [{outlet: a, url: http://a.vn}, {outlet: a, url: http://b.vn}]", "config_doubled_id"),
        ("rhythm:", "rhytm:", "config_unknown_key"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_watch(changed(tmp_path, old, new))
    assert caught.value.key == key
    assert caught.value.facts["line"]
    assert "watch.yaml" in wording(caught.value)


def test_a_missing_file_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_watch((tmp_path,))
    assert caught.value.key == "config_missing"
