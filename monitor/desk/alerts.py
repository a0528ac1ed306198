"""Cảnh báo at the desk: what was told of and what waits, as far as one may know of it; marked as seen, or let be.

alerts, their items ──less what he may not know of──▶ rows ──▶ seen · not told of · told of after all
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from monitor.clock import local, now
from monitor.config import Home, load_settings
from monitor.config.alerts import load_alerts
from monitor.config.deliver import load_deliver
from monitor.desk import edition_rights as rights
from monitor.desk.article_seen import hidden as typed
from monitor.desk.masking import mask
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError, UsageError
from monitor.jobs import alert as job
from monitor.jobs.alert_finding import Finding
from monitor.jobs.alert_telling import Telling
from monitor.labels import label
from monitor.model.action import elsewhere
from monitor.model.alert import Alert, AlertAct, AlertKind, AlertReport, AlertSettings, AlertState, Matter
from monitor.model.delivery import MessageKind, MessageState, Profile
from monitor.model.event import Happening
from monitor.model.people import FEDERATION, OfficeRole, Person
from monitor.report.alerting import readers
from monitor.store import alerts as store
from monitor.store import cases, outbox

A, R = AlertAct, OfficeRole
ROLES: dict[AlertAct, tuple[OfficeRole, ...]] = {A.READ: (R.LEADER, R.PRESS, R.CLERK), A.MARK: (R.LEADER, R.PRESS)}
_DONE = (MessageState.SENT, MessageState.MAYBE_SENT)


@dataclass(frozen=True, kw_only=True)
class AlertRow:
    """An alert with what its reader may know of it; ``stories`` are those of its event, ``prints`` all their prints.

    ``case`` is the case that holds one of its items, ``subject`` what the inbox knows it by. ``messages`` were made of
    it, ``sent`` of them are gone and ``failed`` will not go by themselves.
    """

    alert: Alert
    matter: Matter
    subject: str
    stories: int
    prints: int
    case: str = ""
    messages: int = 0
    sent: int = 0
    failed: int = 0


@dataclass(frozen=True, kw_only=True)
class AlertRules:
    """What is told of, and to whom: the settings and the readers for whom there is a way."""

    settings: AlertSettings
    readers: tuple[Profile, ...]
    office: str


def look(home: Home, *, stop: threading.Event | None = None) -> AlertReport:
    """One round, as the clock walks it. Raises as ``jobs.alert.alert``."""
    return job.alert(home, stop=stop, mask=mask)


def walk(home: Home, stop: threading.Event, say: Callable[[str], None]) -> None:
    """``look`` for the clock; where something was told of, or stands on the desk alone, one line says so."""
    done = look(home, stop=stop)
    if done.told or done.kept:
        told, time = len(done.told) + done.kept, f"{local(now()):%H:%M}"
        say(label("run", "alerted", time=time, told=told, messages=len(done.messages)))


def may(person: Person, act: AlertAct) -> bool:
    """Whether the person may do this: alerts are the federation's own."""
    return not (person.disabled or elsewhere(person, FEDERATION)) and person.has(*ROLES[act])


def entitled(sitting: Sitting, act: AlertAct) -> None:
    """Raises RefusedError where who sits may not do this."""
    if not may(sitting.actor, act):
        raise RefusedError("alert_role", act=act, roles=ROLES[act])


def rules(sitting: Sitting) -> AlertRules:
    """The settings as they stand. Raises ConfigError."""
    entitled(sitting, A.READ)
    settings, folders = load_alerts(sitting.home.rules), sitting.home.rules
    known = load_deliver(folders)
    return AlertRules(
        settings=settings, readers=readers(settings, known), office=load_settings(folders).office.short
    )  # fmt: skip


def alerts(sitting: Sitting, *, days: int = 30, kind: str = "", only_unseen: bool = False) -> list[Alert]:
    """The alerts of the last days that he may know of, the latest first."""
    entitled(sitting, A.READ)
    found = store.listed(sitting.db, since=sitting.now - timedelta(days=days))
    found = [one for one in found if (not kind or one.kind == kind) and not (only_unseen and one.seen)]
    return _known(sitting, found)


def rows(sitting: Sitting, wanted: Sequence[Alert]) -> list[AlertRow]:
    """These alerts with words; ``wanted`` comes from ``alerts``."""
    entitled(sitting, A.READ)
    gone = _hidden(sitting, wanted)
    telling = _telling(sitting)
    matters = [_less(one, gone) for one in telling.matters(wanted, also_restricted=True)]
    held = cases.by_article(sitting.db, [a.id for one in matters for a in one.articles])
    return [_row(sitting, one, held) for one in matters if one.articles]


def unseen(sitting: Sitting) -> int:
    """How many of the latest nobody has marked as seen, of those he may know of; 0 for whom they are not."""
    return len(_known(sitting, store.unseen(sitting.db))) if may(sitting.actor, A.READ) else 0


def seen(sitting: Sitting, idents: Iterable[str], *, undo: bool = False) -> list[Alert]:
    """Marks alerts as seen, or takes that back. Raises RefusedError, and UsageError for one he may not know of."""
    entitled(sitting, A.MARK)
    with sitting.db.atomic():
        after = []
        for ident in dict.fromkeys(idents):
            one = _one(sitting, ident)
            at = None if undo else (one.seen or sitting.now)
            made = replace(one, seen=at, seen_by="" if undo else (one.seen_by or sitting.actor.id))
            store.put(sitting.db, made, sitting.now)
            after.append(made)
    return after


def mute(sitting: Sitting, ident: str, *, undo: bool = False) -> Alert:
    """No message about this event (on this topic or body that day) from now on; or after all. Raises as ``seen``."""
    entitled(sitting, A.MARK)
    with sitting.db.atomic():
        one = _one(sitting, ident)
        state = one.state
        if not undo and state is AlertState.WAITING:
            state = AlertState.MUTED
        elif undo and state is AlertState.MUTED:
            state = AlertState.WAITING
        at, by = (None, "") if undo else (sitting.now, sitting.actor.id)
        made = replace(one, state=state, muted=at, muted_by=by)
        store.put(sitting.db, made, sitting.now)
        sitting.note(Happening(action="alert.unmute" if undo else "alert.mute", thing=one.id, after=state.value))
    return made


def _one(sitting: Sitting, ident: str) -> Alert:
    found = store.get(sitting.db, ident)
    if not _known(sitting, [found]):
        raise UsageError("alert_unknown", value=ident[:40])
    return found


def _known(sitting: Sitting, found: Sequence[Alert]) -> list[Alert]:
    """Those of which he may know: of an event at least one item shows to him."""
    held, gone = store.articles_of(sitting.db, [one.id for one in found]), _hidden(sitting, found)
    return [one for one in found if not gone.issuperset(held.get(one.id, ()))]


def _hidden(sitting: Sitting, found: Sequence[Alert]) -> frozenset[str]:
    """Of the items of these alerts those that he may not know of."""
    held = store.articles_of(sitting.db, [one.id for one in found])
    gone = rights.hidden(sitting)
    return gone | typed(sitting, [ident for of in held.values() for ident in of if ident not in gone])


def _less(matter: Matter, gone: frozenset[str]) -> Matter:
    kept = tuple(one for one in matter.articles if one.id not in gone)
    outlets = {one.outlet for one in kept}
    if len(kept) == len(matter.articles):
        return matter
    return replace(matter, articles=kept, outlets=tuple(o for o in matter.outlets if o[0] in outlets))


def _telling(sitting: Sitting) -> Telling:
    office = load_settings(sitting.home.rules).office
    found = Finding(
        db=sitting.db, settings=load_alerts(sitting.home.rules), province=office.province, now=sitting.now
    )  # fmt: skip
    made = Telling(home=sitting.home, found=found, known=load_deliver(sitting.home.rules), office=office, mask=mask)
    made.prepare()
    return made


def _row(sitting: Sitting, matter: Matter, held: dict[str, list[str]]) -> AlertRow:
    one, idents = matter.alert, [article.id for article in matter.articles]
    stories = {subject for subject, _ in store.subjects_of(sitting.db, idents).values()}
    event = one.kind is AlertKind.ATTENTION
    into = [case for ident in idents for case in held.get(ident, ())] if event else []
    seen_cases = [ident for ident in into if (case := cases.get(sitting.db, ident)) and sitting.sees(case)]
    sent = outbox.about(sitting.db, MessageKind.ALERT, one.batch) if one.batch else []
    mine = [message for message in sent if message.reader in one.readers]
    return AlertRow(
        alert=one,
        matter=matter,
        subject=min(stories) if event and stories else "",
        stories=len(stories),
        prints=len(matter.articles),
        case=seen_cases[-1] if seen_cases else "",
        messages=len(mine),
        sent=sum(message.state in _DONE for message in mine),
        failed=sum(message.state is MessageState.FAILED for message in mine),
    )  # fmt: skip
