"""The clock: a table of jobs walked by APScheduler, in one process on one database.

    collect  every minute, the sources that are due · watch every five minutes, the pages that are due
    deliver  every minute, the messages whose time has come
    daily 06:30 · weekly Monday 07:00 · upkeep 03:15

A job that crashes is logged and told, the others go on. A signal stops the clock where nothing is half done. What
is due is kept as data, so a restart loses nothing; a digest missed while the machine was off is made at the start.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from logging.handlers import RotatingFileHandler
from threading import Event

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from monitor import clock
from monitor.config import Home, load_settings, load_sources
from monitor.config.deliver import load_deliver
from monitor.desk import editions, watching
from monitor.errors import BusyError, MonitorError
from monitor.jobs.collect import collect
from monitor.jobs.deliver import deliver
from monitor.jobs.digest import write_daily, write_weekly
from monitor.jobs.health import told
from monitor.jobs.locking import held
from monitor.jobs.reading import book, sites
from monitor.jobs.tidying import tidy_up
from monitor.labels import label, wording
from monitor.model.delivery import MessageState
from monitor.model.edition import Series
from monitor.model.fetch import RoundReport
from monitor.model.settings import ScheduleSettings
from monitor.store.db import opened

log = logging.getLogger("monitor.schedule")
_LATE = 3600
"""Seconds after which a job that was due is left out rather than run late (a laptop that slept)."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """A row of the table: what is walked when; ``name`` is the key of its label."""

    name: str
    trigger: BaseTrigger
    walk: Callable[[], None]


class Clockwork:
    """The jobs over one working folder. ``say`` tells a person one line; it is called from several threads."""

    def __init__(self, home: Home, stop: Event, say: Callable[[str], None]) -> None:
        self._home, self._stop, self._say = home, stop, say
        self._told: set[str] = set()

    def table(self, times: ScheduleSettings) -> tuple[Job, ...]:
        """What runs when."""
        zone = clock.VN
        return (
            Job(name="collect", trigger=IntervalTrigger(minutes=1, timezone=zone), walk=self.collect),
            Job(name="deliver", trigger=IntervalTrigger(minutes=1, timezone=zone), walk=self.deliver),
            Job(name="watch", trigger=IntervalTrigger(minutes=5, timezone=zone), walk=self.watch),
            Job(
                name="daily",
                trigger=CronTrigger(hour=times.digest_at.hour, minute=times.digest_at.minute, timezone=zone),
                walk=self.daily,
            ),
            Job(
                name="weekly",
                trigger=CronTrigger(
                    day_of_week="mon",
                    hour=times.weekly_digest_at.hour,
                    minute=times.weekly_digest_at.minute,
                    timezone=zone,
                ),
                walk=self.weekly,
            ),
            Job(
                name="tidy",
                trigger=CronTrigger(hour=times.maintenance_at.hour, minute=times.maintenance_at.minute, timezone=zone),
                walk=self.tidy,
            ),
        )

    def collect(self) -> None:
        """Due sources; a source that cannot be reached is told once, not every quarter of an hour."""
        try:
            report = collect(self._home, due=True, stop=self._stop)
        except BusyError:
            log.info("another round is under way; this one is left out")
            return
        if report.sources:
            self._tell_round(report)

    def _tell_round(self, report: RoundReport) -> None:
        failed = [line for line in report.sources if line.status.failed]
        new = sum(line.new for line in report.sources)
        self._say(label("run", "collected", time=_time(), sources=len(report.sources), new=new, failed=len(failed)))
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
            self._say(label("run", "watched", time=_time(), pages=len(report.lines), changes=len(report.changes)))

    def deliver(self) -> None:
        """Messages that are due; only what went or will not go is told."""
        try:
            report = deliver(self._home, stop=self._stop)
        except BusyError:
            log.info("another process sends; this round is left out")
            return
        gone, lost = report.of(MessageState.SENT), report.of(MessageState.FAILED, MessageState.MAYBE_SENT)
        if gone or lost:
            self._say(label("run", "delivered", time=_time(), sent=gone, failed=lost, waiting=report.waiting))

    def daily(self) -> None:
        """Yesterday's digest, and the day's edition ready to be looked through."""
        made = write_daily(self._home, clock.local(clock.now()).date() - timedelta(days=1))
        self._say(label("run", "digest_made", time=_time(), file=made))
        self._prepare(Series.DAILY)

    def _prepare(self, series: Series) -> None:
        made = editions.prepare(self._home, series, clock.now())
        name = label("edition", f"name_{series.value}", name=made.name)
        self._say(label("run", "edition_made", time=_time(), name=name, count=len(made.kept)))

    def weekly(self) -> None:
        """Last week's digest."""
        made = write_weekly(self._home, clock.local(clock.now()).date() - timedelta(days=7))
        self._say(label("run", "digest_made", time=_time(), file=made))
        self._prepare(Series.WEEKLY)

    def tidy(self) -> None:
        """Upkeep of the database."""
        tidy_up(self._home)

    def first(self, times: ScheduleSettings) -> None:
        """The first round, then the digest that a stopped machine missed this morning, also when the round crashed."""
        try:
            self.collect()
        finally:
            now = clock.local(clock.now())
            target = self._home.data / "digests" / f"diem-tin-{now.date() - timedelta(days=1):%Y-%m-%d}.html"
            if now.time() >= times.digest_at and not target.exists() and not self._stop.is_set():
                self.daily()


def serve(
    home: Home, stop: Event, *, say: Callable[[str], None], clockwork: type[Clockwork] = Clockwork,
    beside: Callable[[], AbstractContextManager[object]] = nullcontext,
) -> None:  # fmt: skip
    """Runs the clock until ``stop`` is set; ``clockwork`` is what it drives, ``beside`` what runs along with it.

    Raises ConfigError before anything starts when the configuration is wrong, BusyError when the program runs on
    this database already.
    """
    settings = load_settings(home.rules)
    load_sources(home.sources_file)
    load_deliver(home.rules)
    book(home.rules), sites(home.rules)
    lock = home.data / "run.lock"
    with held(lock, BusyError("already_running", file=lock)):
        with opened(home.database):
            pass  # migrated, or said why not, before the first job
        with _log_to_file(home):
            work = clockwork(home, stop, say)
            say(label("run", "start", folder=home.root))
            if not settings.office.contact:
                say(label("run", "no_contact"))
            with beside():
                _tick(work, settings.schedule, home, stop, say)
            say(label("run", "stopped"))


def _tick(work: Clockwork, times: ScheduleSettings, home: Home, stop: Event, say: Callable[[str], None]) -> None:
    scheduler = BackgroundScheduler(timezone=clock.VN, executors={"default": ThreadPoolExecutor(4)})
    scheduler.add_listener(lambda event: _failed(event, home, say), EVENT_JOB_ERROR)
    for job in work.table(times):
        scheduler.add_job(job.walk, job.trigger, id=job.name, max_instances=1, coalesce=True, misfire_grace_time=_LATE)
    scheduler.add_job(work.first, args=[times], id="first", next_run_time=datetime.now(clock.VN))
    scheduler.start()
    for job in scheduler.get_jobs():
        if job.id != "first":
            when = f"{job.next_run_time.astimezone(clock.VN):%H:%M %d/%m/%Y}"
            say(label("run", "table", name=label("run", job.id), next=when))
    # Not stop.wait(): on Windows a waiting thread hears no Ctrl+C, and a handler that sets the event while this thread
    # is inside it would wait for itself.
    while not stop.is_set():
        time.sleep(0.2)
    say(label("run", "stopping"))
    scheduler.shutdown(wait=True)


def _failed(event: JobExecutionEvent, home: Home, say: Callable[[str], None]) -> None:
    """A job crashed: the trace goes to the log, one sentence to the person."""
    error = event.exception
    log.error("job %s failed", event.job_id, exc_info=error)
    detail = wording(error) if isinstance(error, MonitorError) else type(error).__name__
    name = label("run", "collect" if event.job_id == "first" else event.job_id)
    say(label("run", "job_failed", time=_time(), name=name, detail=detail, file=home.data / "monitor.log"))


@contextmanager
def _log_to_file(home: Home) -> Iterator[None]:
    handler = RotatingFileHandler(home.data / "monitor.log", maxBytes=2_000_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()


def _time() -> str:
    return f"{clock.local(clock.now()):%H:%M}"
