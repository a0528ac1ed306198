"""What the clock drives: a row for each job, and what each says to the person at the terminal.

    collect  every minute, the sources that are due · watch every five minutes, the pages that are due
    deliver  every minute, the messages whose time has come · alert every minute, what asks for attention
    editions every minute, the digest's cut-offs that passed · beat every minute, that the clock runs
    daily 06:30, weekly Thursday 15:00 (as the office set it), the digest's file · upkeep 03:15
    unit_remind hourly from 7:20 to 17:20, units whose report is due

What is due is kept as data, so a restart loses nothing; a digest missed while the machine was off, or slept, is made
when the press of those hours has been collected.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from threading import Event, Lock

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from monitor import clock
from monitor.config import Home
from monitor.desk import alerts, edition_clock, watching
from monitor.desk.unit_reminding import remind
from monitor.errors import BusyError
from monitor.jobs.collect import collect
from monitor.jobs.deliver import deliver
from monitor.jobs.digest import write_daily, write_weekly
from monitor.jobs.health import told
from monitor.jobs.tidying import tidy_up
from monitor.labels import label
from monitor.model.delivery import MessageState
from monitor.model.fetch import RoundReport
from monitor.model.settings import ScheduleSettings

log = logging.getLogger("monitor.schedule")


@dataclass(frozen=True, kw_only=True)
class Job:
    """A row of the table: what is walked when; ``name`` is the key of its label."""

    name: str
    trigger: BaseTrigger
    walk: Callable[[], object]


def _every(minutes: int, name: str, walk: Callable[[], object]) -> Job:
    return Job(name=name, trigger=IntervalTrigger(minutes=minutes, timezone=clock.VN), walk=walk)


def _at(hour: time, name: str, walk: Callable[[], object], *, day_of_week: str | None = None) -> Job:
    """A job of every day, or of one day of the week."""
    when = CronTrigger(day_of_week=day_of_week, hour=hour.hour, minute=hour.minute, timezone=clock.VN)
    return Job(name=name, trigger=when, walk=walk)


class Clockwork:
    """The jobs over one working folder. ``say`` tells a person one line; it is called from several threads."""

    def __init__(self, home: Home, stop: Event, say: Callable[[str], None]) -> None:
        self._home, self._stop, self._say = home, stop, say
        self._told: set[str] = set()
        self._behind = True
        """The press of the hours in which the clock stood still is not collected yet."""
        self._turn = Lock()

    def table(self, times: ScheduleSettings) -> tuple[Job, ...]:
        """What runs when."""
        return (
            _every(1, "collect", self.collect),
            _every(1, "alert", lambda: alerts.walk(self._home, self._stop, self._say)),
            _every(1, "deliver", self.deliver),
            _every(1, "beat", self.beat),
            _every(1, "editions", self.editions),
            _every(5, "watch", self.watch),
            _at(times.digest_at, "daily", self.daily),
            _at(times.weekly_digest_at, "weekly", self.weekly, day_of_week=times.weekly_digest_day.value),
            _at(times.maintenance_at, "tidy", self.tidy),
            # Every hour of the day's work: a machine that is off at one hour still reminds at the next.
            Job(
                name="unit_remind",
                trigger=CronTrigger(hour="7-17", minute=20, timezone=clock.VN),
                walk=self.unit_remind,
            ),
        )

    def collect(self) -> bool:
        """Due sources; a source that cannot be reached is told once, not every quarter of an hour.

        False where another round is under way.
        """
        try:
            report = collect(self._home, due=True, stop=self._stop)
        except BusyError:
            log.info("another round is under way; this one is left out")
            return False
        if report.sources:
            self._tell_round(report)
        return True

    def _tell_round(self, report: RoundReport) -> None:
        failed = [line for line in report.sources if line.status.failed]
        new = sum(line.new for line in report.sources)
        self._say(label("run", "collected", time=now_said(), sources=len(report.sources), new=new, failed=len(failed)))
        fresh = [line for line in failed if line.id not in self._told]
        if fresh:
            self._say(label("run", "unreached"))
        for line in told(fresh):
            self._say(line)
        if report.all_failed:
            self._say(label("cli", "all_failed"))
        self._told |= {line.id for line in failed}
        self._told -= {line.id for line in report.sources if not line.status.failed}

    def watch(self) -> None:
        """Watched pages that are due; what is found is told in one line and waits in the case."""
        try:
            report = watching.look(self._home, stop=self._stop)
        except BusyError:
            log.info("a round is under way; the watch waits")
            return
        if report.changes:
            self._say(label("run", "watched", time=now_said(), pages=len(report.lines), changes=len(report.changes)))

    def deliver(self) -> None:
        """Messages that are due; only what went or will not go is told."""
        try:
            report = deliver(self._home, stop=self._stop)
        except BusyError:
            log.info("another process sends; this round is left out")
            return
        gone, lost = report.of(MessageState.SENT), report.of(MessageState.FAILED, MessageState.MAYBE_SENT)
        if gone or lost:
            self._say(label("run", "delivered", time=now_said(), sent=gone, failed=lost, waiting=report.waiting))

    def beat(self) -> None:
        """That the clock runs; after a stop the press comes before the editions."""
        if edition_clock.tick(self._home, clock.now()):
            self._behind = True

    def editions(self) -> None:
        """The editions whose cut-off or hour has come, each as soon as the press of a stop has been collected."""
        if not self._turn.acquire(blocking=False):
            return  # the first round is under way
        try:
            if self._behind:
                self._behind = False  # a round that crashes is no reason to make no edition
                if not self.collect():
                    self._behind = True
                    return
            self._prepare()
        finally:
            self._turn.release()

    def _prepare(self) -> None:
        for done in edition_clock.walk(self._home, clock.now()):
            made = done.edition
            name = label("edition", f"name_{made.series.value}", name=made.name)
            key = "edition_alone" if done.approved else "edition_made"
            self._say(label("run", key, time=now_said(), name=name, count=len(made.kept)))

    def daily(self) -> None:
        """Yesterday's digest, as a file."""
        made = write_daily(self._home, clock.local(clock.now()).date() - timedelta(days=1))
        self._say(label("run", "digest_made", time=now_said(), file=made))

    def weekly(self) -> None:
        """Last week's digest, as a file."""
        made = write_weekly(self._home, clock.local(clock.now()).date() - timedelta(days=7))
        self._say(label("run", "digest_made", time=now_said(), file=made))

    def unit_remind(self) -> None:
        """Mails to the bodies whose report is nearly due, or overdue; each once."""
        gone = sum(bool(one.id) for one in remind(self._home, clock.now()))
        if gone:
            self._say(label("run", "units_reminded", time=now_said(), count=gone))

    def tidy(self) -> None:
        """Upkeep of the database."""
        tidy_up(self._home)

    def first(self, times: ScheduleSettings) -> None:
        """The first round, then the digest and the editions that a stopped machine missed, also when it crashed."""
        with self._turn:
            self.beat()
            try:
                self.collect()
            finally:
                self._behind = False
                if not self._stop.is_set():
                    self._missed(times)

    def _missed(self, times: ScheduleSettings) -> None:
        now = clock.local(clock.now())
        target = self._home.data / "digests" / f"diem-tin-{now.date() - timedelta(days=1):%Y-%m-%d}.html"
        if now.time() >= times.digest_at and not target.exists():
            self.daily()
        self._prepare()


def now_said() -> str:
    """The time of day, as a line at the terminal begins with it."""
    return f"{clock.local(clock.now()):%H:%M}"
