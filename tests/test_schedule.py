"""The clock: comes up without a network, stops where nothing is half done, runs once, outlives a job that crashes."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from apscheduler.triggers.date import DateTrigger
from filelock import FileLock
from press_server import NOW, Press, outlet, write_home

from monitor import clock
from monitor.config import Home
from monitor.errors import BusyError, ConfigError, StoreError
from monitor.model.edition import Edition, Series
from monitor.model.settings import ScheduleSettings
from monitor.schedule import Clockwork, Job, serve
from monitor.store import articles, editions, ticks
from monitor.store.db import integrity, opened

PROGRAM = [sys.executable, "-c", "from monitor.cli import main; main()"]
RUN = ("run", "--port", "0")
"""Somebody else may have the usual port."""
YESTERDAY = clock.local(NOW).date() - timedelta(days=1)
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")


@pytest.fixture
def press() -> Iterator[Press]:
    with Press(feed_size=60) as made:
        yield made


def feed_of(press: Press) -> str:
    return outlet("tin24", f"{{feed: {press.base}/rss/home.rss}}")


class Said:
    """What was said so far, by whatever thread."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __call__(self, line: str) -> None:
        self.lines.append(line)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def wait_for(happened: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


@contextmanager
def serving(home: Home, clockwork: type[Clockwork] = Clockwork) -> Iterator[Said]:
    """The clock in a thread, stopped at the end; whatever it raised is raised."""
    said, stop, raised = Said(), threading.Event(), list[BaseException]()

    def run() -> None:
        try:
            serve(home, stop, say=said, clockwork=clockwork)
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield said
    finally:
        stop.set()
        thread.join(60)
    assert not thread.is_alive()
    if raised:
        raise raised[0]


def clockwork(home: Home) -> tuple[Clockwork, Said]:
    """The clock's jobs, which the test walks itself, and what they say."""
    said = Said()
    return Clockwork(home, threading.Event(), said), said


def digests(home: Home) -> list[str]:
    folder = home.data / "digests"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_it_collects_makes_the_digest_that_was_missed_and_says_so(root: Path, press: Press) -> None:
    press.grow(3, newest=NOW - timedelta(days=1))
    home = write_home(root, feed_of(press))
    with serving(home) as said:
        wait_for(lambda: digests(home))
    assert digests(home) == [f"diem-tin-{YESTERDAY}.html"]
    text = (home.data / "digests" / digests(home)[0]).read_text(encoding="utf-8")
    assert press.items[0].headline in text
    assert "1 nguồn, 3 tin mới, 0 nguồn có vấn đề" in said.text
    assert "Chưa ghi địa chỉ liên hệ" in said.text
    assert said.lines[-1] == "Đã dừng. Không mất dữ liệu nào."


def test_it_tells_when_each_job_is_next(root: Path, press: Press) -> None:
    home = write_home(root, feed_of(press))
    with serving(home) as said:
        wait_for(lambda: "Bảo trì cơ sở dữ liệu: lần tới" in said.text)
    for name in ("Thu thập tin", "Lập điểm tin ngày", "Lập điểm tin tuần"):
        assert f"{name}: lần tới" in said.text


@pytest.mark.parametrize(("hour", "before", "after"), [(8, "", "html"), (8, "cũ", "cũ"), (6, "", "")])
def test_a_digest_is_made_at_the_start_only_where_the_morning_was_missed(
    root: Path, surroundings: pytest.MonkeyPatch, hour: int, before: str, after: str
) -> None:
    surroundings.setenv("MONITOR_NOW", f"2026-11-08T{hour:02d}:00:00+07:00")
    home = write_home(root, outlet("tin24", "{feed: http://127.0.0.1:9/rss.xml}"))
    target = home.data / "digests" / f"diem-tin-{YESTERDAY}.html"
    if before:
        target.parent.mkdir(parents=True)
        target.write_text(before, encoding="utf-8")
    work, _ = clockwork(home)
    work.first(ScheduleSettings())
    assert target.exists() is bool(after)
    assert not after or after in target.read_text(encoding="utf-8")


def test_it_comes_up_without_a_network_and_says_which_sources_cannot_be_reached(root: Path) -> None:
    dead = outlet("tin24", "{feed: http://127.0.0.1:9/rss.xml}")
    home = write_home(root, dead + outlet("tinh", "{listing: http://khong-co-that.invalid/tin}"))
    with serving(home) as said:
        wait_for(lambda: digests(home))
    assert "2 nguồn có vấn đề" in said.text
    assert any("tin24/1" in line and "Không kết nối được" in line for line in said.lines)
    assert any("tinh/1" in line for line in said.lines)
    assert "Kiểm tra kết nối mạng" in said.text


def test_a_source_that_stays_away_is_named_once_until_it_has_been_back(
    root: Path, press: Press, surroundings: pytest.MonkeyPatch
) -> None:
    from press_server import Answer

    home = write_home(root, feed_of(press))
    work, said = clockwork(home)
    broken = Answer(status=404)
    for hour, answer in enumerate((broken, broken, None, broken)):
        surroundings.setenv("MONITOR_NOW", (NOW + timedelta(days=hour)).isoformat())
        press.answers = {"/rss/home.rss": answer} if answer else {}
        press.grow(1, newest=NOW + timedelta(days=hour))
        work.collect()
    assert sum("✗ tin24/1" in line for line in said.lines) == 2


def test_a_minute_in_which_nothing_is_due_is_silent(root: Path, press: Press) -> None:
    home = write_home(root, feed_of(press) + outlet("nghi", '{feed: http://a.test/rss, paused: "nghỉ"}'))
    work, said = clockwork(home)
    work.collect()
    before = list(said.lines)
    work.collect()
    assert said.lines == before


def test_a_round_that_is_under_way_elsewhere_is_left_out_quietly(root: Path, press: Press) -> None:
    home = write_home(root, feed_of(press))
    home.data.mkdir(exist_ok=True)
    work, said = clockwork(home)
    with FileLock(home.data / "collect.lock"):
        work.collect()
    assert said.lines == []


class Crashing(Clockwork):
    """One job raises what it should not, one what it may, one is well."""

    def table(self, times: ScheduleSettings) -> tuple[Job, ...]:
        now = DateTrigger(run_date=datetime.now(clock.VN))
        return (
            Job(name="tidy", trigger=now, walk=self._crash),
            Job(name="weekly", trigger=now, walk=self._refuse),
            Job(name="daily", trigger=now, walk=self.daily),
        )

    def _crash(self) -> None:
        raise ZeroDivisionError("a programmer's mistake")

    def _refuse(self) -> None:
        raise StoreError("database_unusable", file="x.db", detail="đĩa đầy")


def test_a_job_that_crashes_is_told_and_logged_and_the_others_go_on(root: Path, press: Press) -> None:
    home = write_home(root, feed_of(press))
    handlers = list(logging.getLogger().handlers)
    with serving(home, Crashing) as said:
        wait_for(lambda: digests(home) and "đĩa đầy" in said.text and "ZeroDivisionError" in said.text)
    told = next(line for line in said.lines if "ZeroDivisionError" in line)
    assert "Bảo trì cơ sở dữ liệu" in told and "các công việc khác vẫn chạy" in told
    assert "Traceback" not in said.text
    log = (home.data / "monitor.log").read_text(encoding="utf-8")
    assert "a programmer's mistake" in log and "Traceback" in log
    assert logging.getLogger().handlers == handlers


class FirstRoundCrashes(Clockwork):
    def collect(self) -> bool:
        raise ZeroDivisionError


@posix
def test_what_a_crashed_job_leaves_behind_is_in_the_log_and_not_on_the_terminal(root: Path, press: Press) -> None:
    home = write_home(root, feed_of(press))
    program = (
        "import monitor.schedule as s\n"
        "def crash(self): raise ZeroDivisionError('an inner mistake')\n"
        "s.Clockwork.collect = crash\n"
        "from monitor.cli import main; main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, *RUN], env=_env(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    log = home.data / "monitor.log"
    wait_for(lambda: log.exists() and "an inner mistake" in log.read_text(encoding="utf-8"))
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err.decode()) == (0, "")
    assert "an inner mistake" not in out.decode() and "ZeroDivisionError" in out.decode()
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_the_missed_digest_is_made_even_when_the_first_round_crashes(root: Path, press: Press) -> None:
    home = write_home(root, feed_of(press))
    with serving(home, FirstRoundCrashes) as said:
        wait_for(lambda: digests(home) and "ZeroDivisionError" in said.text)


def test_half_a_configuration_starts_nothing(root: Path, press: Press) -> None:
    home = write_home(root, outlet("tin24", "{feed: nothing}"))
    with pytest.raises(ConfigError), serving(home) as said:
        pass
    assert said.lines == []
    assert not home.database.exists()


def test_a_second_one_on_the_same_data_is_refused_and_the_first_goes_on(root: Path, press: Press) -> None:
    home = write_home(root, feed_of(press))
    with serving(home) as first:
        wait_for(lambda: first.lines)
        with pytest.raises(BusyError), serving(home):
            pass
        done = subprocess.run([*PROGRAM, *RUN], env=_env(home), capture_output=True, timeout=60, check=False)
        assert done.returncode == 3
        assert done.stderr.decode().count("\n") == 1
    assert first.lines[-1].startswith("Đã dừng")
    with serving(home) as again:
        wait_for(lambda: again.lines)


def _env(home: Home) -> dict[str, str]:
    return os.environ | {"MONITOR_HOME": str(home.root)}


@posix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_in_the_middle_of_a_round_stops_it_cleanly(root: Path, press: Press, number: signal.Signals) -> None:
    press.grow(50)
    press.delay = 0.05
    home = write_home(root, feed_of(press))
    process = subprocess.Popen([*PROGRAM, *RUN], env=_env(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        wait_for(lambda: len(press.paths()) > 4 or process.poll() is not None)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0, err.decode()
    assert "Traceback" not in err.decode()
    assert "Đã dừng. Không mất dữ liệu nào." in out.decode()
    assert len(press.paths()) < 50
    with FileLock(home.data / "run.lock", timeout=0), FileLock(home.data / "collect.lock", timeout=0):
        pass
    with opened(home.database) as db:
        assert integrity(db) == "ok"
        assert articles.count(db) == 50


@posix
def test_a_killed_one_leaves_no_lock_behind(root: Path, press: Press) -> None:
    press.grow(5)
    press.delay = 0.05
    home = write_home(root, feed_of(press))
    process = subprocess.Popen([*PROGRAM, *RUN], env=_env(home), stdout=subprocess.DEVNULL)
    wait_for(press.paths)
    process.kill()
    process.wait()
    press.delay = 0
    with serving(home) as said:
        wait_for(lambda: digests(home))
    assert "Đã dừng" in said.text


# Editions of the digest.

MONDAY = datetime(2026, 11, 9, 6, 30, tzinfo=clock.VN)


def drafts(home: Home) -> list[Edition]:
    with opened(home.database) as db:
        return [one for one in (editions.draft(db, Series.DAILY), editions.draft(db, Series.WEEKLY)) if one]


def test_what_a_stop_left_out_is_collected_before_its_edition_is_made(
    root: Path, press: Press, surroundings: pytest.MonkeyPatch
) -> None:
    surroundings.setenv("MONITOR_NOW", (MONDAY + timedelta(hours=3)).isoformat())
    press.grow(3, newest=MONDAY - timedelta(hours=1))
    home = write_home(root, feed_of(press))
    with opened(home.database) as db, db.atomic():
        ticks.put(db, MONDAY - timedelta(hours=13))
    work, said = clockwork(home)
    work.first(ScheduleSettings())
    (made,) = drafts(home)
    assert (made.end, made.late) == (MONDAY, True)
    with opened(home.database) as db:
        assert {i for item in made.items for i in item.articles} <= {a.id for a in articles.between(db)}
        assert articles.count(db) == 3
    assert "Đã chuẩn bị dự thảo Điểm tin ngày số 1/2026" in said.text


def test_a_machine_that_slept_collects_before_it_makes_what_it_missed(
    root: Path, press: Press, surroundings: pytest.MonkeyPatch
) -> None:
    home = write_home(root, feed_of(press))
    work, _ = clockwork(home)
    surroundings.setenv("MONITOR_NOW", (MONDAY - timedelta(hours=2)).isoformat())
    work.first(ScheduleSettings())
    assert drafts(home) == []
    surroundings.setenv("MONITOR_NOW", (MONDAY + timedelta(hours=2)).isoformat())
    work.beat()
    with FileLock(home.data / "collect.lock"):
        work.editions()
    assert drafts(home) == []
    work.editions()
    (made,) = drafts(home)
    assert (made.end, made.late) == (MONDAY, True)
    work.editions()
    assert drafts(home) == [made]


def test_an_edition_is_made_though_the_round_before_it_crashes(
    root: Path, press: Press, surroundings: pytest.MonkeyPatch
) -> None:
    home = write_home(root, feed_of(press))
    surroundings.setenv("MONITOR_NOW", (MONDAY + timedelta(hours=2)).isoformat())
    work = FirstRoundCrashes(home, threading.Event(), Said())
    with pytest.raises(ZeroDivisionError):
        work.editions()
    work.editions()
    assert len(drafts(home)) == 1


def test_the_clock_of_a_running_program_makes_the_edition_and_sends_what_nobody_approved(
    root: Path, press: Press, surroundings: pytest.MonkeyPatch
) -> None:
    surroundings.setenv("MONITOR_NOW", (MONDAY + timedelta(hours=1)).isoformat())
    home = write_home(root, feed_of(press), crawl="digest:\n  by_itself: '07:00'\n")
    with serving(home) as said:
        wait_for(lambda: "tự duyệt" in said.text)
    assert drafts(home) == []
    with opened(home.database) as db:
        (gone,) = editions.of_year(db, Series.DAILY, 2026)
    assert gone.alone
    assert "Điểm tin ngày số 1/2026: chương trình tự duyệt" in said.text


def test_the_weekly_file_is_written_on_the_day_and_at_the_hour_of_its_cut_off(root: Path, press: Press) -> None:
    work, _ = clockwork(write_home(root, feed_of(press)))
    (weekly,) = (job for job in work.table(ScheduleSettings()) if job.name == "weekly")
    assert weekly.trigger.get_next_fire_time(None, MONDAY) == datetime(2026, 11, 12, 15, tzinfo=clock.VN)
