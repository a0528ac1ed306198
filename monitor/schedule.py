"""The clock: APScheduler driving ``monitor.clockwork``'s table of jobs, in one process on one database.

A job that crashes is logged and told, the others go on. A signal stops the clock where nothing is half done.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from logging.handlers import RotatingFileHandler
from threading import Event

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from monitor import clock
from monitor.clockwork import Clockwork, Job, now_said
from monitor.config import Home, load_settings, load_sources
from monitor.config.alerts import load_alerts
from monitor.config.deliver import load_deliver
from monitor.config.unit_report import load_unit_report
from monitor.errors import BusyError, MonitorError
from monitor.jobs.locking import held
from monitor.jobs.reading import book, sites
from monitor.labels import label, wording
from monitor.model.settings import ScheduleSettings
from monitor.store.db import opened

__all__ = ["Clockwork", "Job", "serve"]

log = logging.getLogger("monitor.schedule")
_LATE = 3600
"""Seconds after which a job that was due is left out rather than run late (a laptop that slept)."""
_OWN = ("first", "beat")
"""Jobs of which nobody asks when they are next."""


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
    load_deliver(home.rules), load_unit_report(home.rules), load_alerts(home.rules)
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
        if job.id not in _OWN:
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
    say(label("run", "job_failed", time=now_said(), name=name, detail=detail, file=home.data / "monitor.log"))


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
