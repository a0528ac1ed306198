"""One round of alerts: what is new is kept, what is ripe is told; the clock walks it every minute.

    look (reads only) ──nothing?──▶ done
         │ one transaction
         ▼
    fresh ──by event──▶ an alert it belongs to, or a new one ─┐
    surges ──by topic or body and day──▶ the same             ▼
    waiting ──settled, still true, one an event──▶ choose ──▶ a message a reader ──▶ outbox, alert told

An event is told of once: an item joins the alert that told of any print of its story, or of a story that goes on with
it. A round killed anywhere has done nothing, and the next one finds the same. Handing over is ``jobs.deliver``'s.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor import clock
from monitor.clock import local
from monitor.config import Home, load_settings
from monitor.config.alerts import load_alerts
from monitor.config.deliver import load_deliver
from monitor.jobs.alert_finding import Finding, Surge
from monitor.jobs.alert_telling import Telling
from monitor.model.alert import Alert, AlertKind, AlertReport, AlertSettings, AlertState
from monitor.report.alerting import is_quiet, over, settled
from monitor.store import alerts as store
from monitor.store import articles
from monitor.store.alerts import Item
from monitor.store.db import Database, opened
from monitor.text import clean


def alert(
    home: Home, *, stop: threading.Event | None = None, mask: Callable[[str], str] = str
) -> AlertReport:  # fmt: skip
    """Walks one round; ``mask`` hides telephone and account numbers in words that leave.

    Raises ConfigError, StoreError. Where alerts are switched off nothing is looked at.
    """
    settings, known = load_alerts(home.rules), load_deliver(home.rules)
    if not settings.enabled or (stop and stop.is_set()):
        return AlertReport()
    office = load_settings(home.rules).office
    with opened(home.database) as db:
        found = Finding(db=db, settings=settings, province=office.province, now=clock.now())
        round_ = _Round(found=found, quiet=is_quiet(settings.quiet or known.quiet, found.now))
        if not round_.anything():
            return AlertReport(waiting=len(store.waiting(db)))
        telling = Telling(home=home, found=found, known=known, office=office, mask=mask)
        telling.prepare()  # rules are compiled, which takes a while, before anybody is kept from writing
        with db.atomic():
            # Found again within the transaction: another process may have been quicker.
            made, joined = round_.keep()
            round_.clear()
            told, messages = telling.tell(round_.ripe())
        left = tuple(one for one in told if one.state is AlertState.TOLD)
        return AlertReport(
            made=made, joined=joined, told=left, kept=len(told) - len(left), messages=messages,
            waiting=len(store.waiting(db)),
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Round:
    """The steps of a round on one look."""

    found: Finding
    quiet: bool

    @property
    def _db(self) -> Database:
        return self.found.db

    @property
    def _settings(self) -> AlertSettings:
        return self.found.settings

    def anything(self) -> bool:
        """Whether there is something to keep or to tell."""
        waits_for_nothing = not self.quiet or self._settings.always
        if (waits_for_nothing and self.ripe()) or self.found.fresh():
            return True
        surges = self.found.surges()
        known = store.by_key(self._db, [one.key for one in surges])
        return any(one.key not in known or known[one.key].count < one.count for one in surges)

    def ripe(self) -> list[Alert]:
        """What waits and has waited long enough."""
        return [one for one in store.waiting(self._db) if settled(one, self._settings, self.found.now)]

    # -- what was found ---------------------------------------------------------------------------------------------
    def keep(self) -> tuple[int, int]:
        """Keeps what was found; returns how many alerts that made and how many items joined others."""
        made = joined = 0
        by_story: dict[str, list[Item]] = {}
        for one in self.found.fresh():
            by_story.setdefault(one.subject, []).append(one)
        for story, items in by_story.items():
            new = self._event(story, items)
            made += new
            joined += 0 if new else len(items)
        return made + sum(self._surge(one) for one in self.found.surges()), joined

    def _event(self, story: str, items: Sequence[Item]) -> bool:
        """Gives the items to the alert of their event, or makes one; whether it made one."""
        now = self.found.now
        event = store.of_event(self._db, [story], linked=self._settings.follow_ups)
        known = [one for one in event if not over(one, self._settings, now)]
        held = known[0] if known else None
        if held and held.state is not AlertState.WAITING and story not in self._stories(held):
            # Another text on the event: no second message, but the desk shows it as something new.
            store.put(self._db, replace(held, grown=now, seen=None, seen_by=""), now)
        into = held or self._made(
            AlertKind.ATTENTION, story, key=f"story:{story}", day=local(now).date(), of=items[0].id
        )
        store.add_items(self._db, into.id, [one.id for one in items], now)
        return held is None

    def _stories(self, known: Alert) -> set[str]:
        held = store.articles_of(self._db, [known.id]).get(known.id, [])
        return {subject for subject, _ in store.subjects_of(self._db, held).values()}

    def _made(
        self, kind: AlertKind, about: str, *, key: str, day: date, of: str, count: int = 1, threshold: int = 0
    ) -> Alert:  # fmt: skip
        number, free = 1, key
        while store.by_key(self._db, [free]):  # told of long ago, or by a story of this name that is no more
            number += 1
            free = f"{key}:{number}"
        title = clean(articles.by_ids(self._db, [of])[0].title)
        made = Alert(
            id="", key=free, kind=kind, about=about, title=title, day=day, count=count, threshold=threshold,
            made=self.found.now,
        )  # fmt: skip
        return store.add(self._db, made)

    def _surge(self, one: Surge) -> bool:
        """Keeps a day's number, or that it grew; whether it was new."""
        known = store.by_key(self._db, [one.key]).get(one.key)
        if known is None:
            into = self._made(
                one.kind, one.about, key=one.key, day=one.day, of=one.items[0], count=one.count,
                threshold=one.threshold,
            )  # fmt: skip
            store.add_items(self._db, into.id, one.items, self.found.now)
        elif known.count < one.count:
            store.put(self._db, replace(known, count=one.count), self.found.now)
            store.add_items(self._db, known.id, one.items, self.found.now)
        return known is None

    # -- what waits -------------------------------------------------------------------------------------------------
    def clear(self) -> None:
        """Of what is to be told now: one alert an event, and none that is not true any more."""
        counts = {one.key: one.count for one in self.found.surges()}
        for one in self.ripe():
            if one.kind is AlertKind.ATTENTION:
                self._clear_event(one)
            elif one.key not in counts:
                if one.day >= self.found.first_day:  # of earlier days nothing is counted any more
                    store.remove(self._db, one)  # reprints have joined their stories: it was no surge
            elif one.count != counts[one.key]:
                store.put(self._db, replace(one, count=counts[one.key]), self.found.now)

    def _clear_event(self, one: Alert) -> None:
        held = store.subjects_of(self._db, store.articles_of(self._db, [one.id]).get(one.id, []))
        aside = self.found.laid_aside({ident: story for ident, (story, _) in held.items()})
        if not any(attention for ident, (_, attention) in held.items() if ident not in aside):
            store.remove(self._db, one)  # somebody said that it wants none, or has laid it aside
            return
        stories = {subject for subject, _ in held.values()}
        event = store.of_event(self._db, stories, linked=self._settings.follow_ups)
        others = [known for known in event if known.id != one.id and not over(known, self._settings, self.found.now)]
        told = [known for known in others if known.state is not AlertState.WAITING]
        older = [known for known in others if known.made <= one.made and _n(known) < _n(one)]
        if told or older:
            store.absorb(self._db, (told or older)[0].id, one)


def _n(known: Alert) -> int:
    return int(known.id.removeprefix("cb"))
