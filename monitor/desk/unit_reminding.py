"""Mails to the bodies that owe a report: the form handed out, and reminders before and after the day it is due.

    period ──▶ bodies that owe and have not handed in ──▶ the last milestone that passed ──▶ one mail each ──▶ outbox

A milestone is so many days before the due day, or every so many days after it, until the next period's end. Which mails
went is known from the outbox: each milestone goes once, and of those that passed while the machine stood still only
the last. What was due before the office began to use the program nobody is reminded of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from monitor.clock import local
from monitor.config import Home, load_settings
from monitor.config.deliver import load_deliver
from monitor.config.unit_report import load_unit_report
from monitor.desk import unit_rights as rights
from monitor.desk.sitting import Sitting
from monitor.desk.unit_books import templates
from monitor.desk.unit_owed import due_on, listed, periods, standing
from monitor.errors import RefusedError
from monitor.labels import label
from monitor.model.delivery import Attachment, Channel, Message, MessageKind, mail_address
from monitor.model.event import Happening
from monitor.model.people import FEDERATION, OfficeRole, Unit
from monitor.model.report import Span
from monitor.model.unit_report import Owed, Standing, UnitReportRules
from monitor.store import outbox
from monitor.store import unit_reports as store
from monitor.store.db import Database, opened
from monitor.text import clean

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WAITED = (Standing.WAITING, Standing.MISSING, Standing.RETURNED)
_SENDS = (OfficeRole.LEADER, OfficeRole.PRESS, OfficeRole.CLERK)


@dataclass(frozen=True, kw_only=True)
class Mailed:
    """What became of one body's mail: the message's id, or the reason in words why there is none."""

    unit: Unit
    id: str = ""
    why: str = ""


def remind(home: Home, now: datetime) -> tuple[Mailed, ...]:
    """Queues the reminders whose day has come; the clock walks it, and walking it again queues nothing again.

    Only bodies that were mailed now, or that have no address to be mailed at, are in the answer. Raises ConfigError.
    """
    with opened(home.database) as db, db.atomic():
        return _remind(home, db, now)


def remind_now(sitting: Sitting) -> tuple[Mailed, ...]:
    """``remind`` by a person of the federation. Raises RefusedError."""
    _sends(sitting)
    with sitting.db.atomic():
        done = _remind(sitting.home, sitting.db, sitting.now)
        _note(sitting, "unit_report.remind", done)
    return done


def hand_out(sitting: Sitting, span: Span, units: Iterable[str] = ()) -> tuple[Mailed, ...]:
    """Queues the form as a workbook for these bodies (none named: all that owe the period and have not handed in).

    A body gets one form of a period a day. Raises RefusedError for who may not send, and for a body that is not there.
    """
    _sends(sitting)
    post = _Post(sitting.home, sitting.db, sitting.now)
    rows = _wanted(sitting, span, tuple(units))
    done = {row.unit.id: Mailed(unit=row.unit, why=why) for row in rows if (why := post.why_not(row.unit))}
    going = {row.unit.id: row for row in rows if row.unit.id not in done}
    books = list(templates(sitting, going, span)) if going else []
    with sitting.db.atomic():
        for unit, body in books:
            name = outbox.hashed(body)
            file = Attachment(name=f"bao-cao-{unit.id}-{span.key}.xlsx", media_type=XLSX, sha256=name)
            row = going[unit.id]
            about = f"unit-form:{unit.id}:{span.first}:{local(sitting.now).date()}"
            text = "\n\n".join(_words(post, row, span, form=True))
            made = post.message(MessageKind.REPORT, row, span, about=about, what="form", text=text)
            done[unit.id] = post.queue(row, replace(made, attachments=(file,)), {name: body})
        _note(sitting, "unit_report.hand_out", done.values())
    return tuple(done[row.unit.id] for row in rows)


def _wanted(sitting: Sitting, span: Span, units: tuple[str, ...]) -> list[Owed]:
    rules, found = rights.rules_of(sitting), rights.grown(sitting)
    today = local(sitting.now).date()
    rows = {row.unit.id: row for row in listed(sitting.db, rules, found, span, today)}
    if not units:
        return [row for row in rows.values() if _waited(row)]
    named = [rights.body(sitting, said, found) for said in units]
    due = due_on(rules, span)
    at, late = standing(None, due, today)
    return [
        rows.get(unit.id)
        or Owed(
            unit=unit, to=rights.reports_to(found, rules, unit, span.last), due=due, standing=at, late=late,
            asked=False,
        )
        for unit in {one.id: one for one in named}.values()
    ]  # fmt: skip


def milestone(rules: UnitReportRules, due: date, today: date) -> str:
    """The last milestone that has passed on that day ("b7": seven days before, "a2": the second one after), if any."""
    days = (due - today).days
    if days >= 0:
        passed = [before for before in rules.remind_days if before >= days]
        return f"b{min(passed)}" if passed else ""
    times = -days // rules.remind_late_days if rules.remind_late_days else 0
    return f"a{times}" if times else ""


def _remind(home: Home, db: Database, now: datetime) -> tuple[Mailed, ...]:
    begun, today = store.begun(db), local(now).date()
    rules, done = load_unit_report(home.rules), list[Mailed]()
    # The period before the last is over and done with: the next one's reports are in the making.
    for span in periods(home, today)[:2]:
        due = due_on(rules, span)
        mark = milestone(rules, due, today)
        if mark and begun and local(begun).date() <= due:
            rows = listed(db, rules, rights.whole(home, db), span, today)
            done += _to_those(_Post(home, db, now), [row for row in rows if _waited(row)], span, mark)
    return tuple(done)


def _waited(row: Owed) -> bool:
    return row.asked and row.standing in _WAITED


class _Post:
    """The outbox as it stands, and how mail leaves the office."""

    def __init__(self, home: Home, db: Database, now: datetime) -> None:
        self.db, self.now = db, now
        self.settings, self.office = load_deliver(home.rules), load_settings(home.rules).office

    def why_not(self, unit: Unit) -> str:
        """Why no mail goes to this body, in words."""
        if not self.settings.smtp.host:
            return label("delivery", "no_server")
        if not unit.email:
            return label("unit_report", "no_address")
        return "" if mail_address(unit.email) else label("delivery", "bad_address")

    def went(self, kind: MessageKind, about: str) -> bool:
        """Whether there was a mail about this."""
        return bool(outbox.about(self.db, kind, about))

    def queue(self, row: Owed, message: Message, files: dict[str, bytes] | None = None) -> Mailed:
        """One mail more."""
        domain = self.settings.smtp.sender.rpartition("@")[2] or "localhost"
        return Mailed(unit=row.unit, id=outbox.put(self.db, message, files, domain=domain))

    def message(self, kind: MessageKind, row: Owed, span: Span, *, about: str, what: str, text: str) -> Message:
        """A mail to the body, in plain words."""
        subject = label(
            "unit_report", f"{what}_subject", office=self.office.short, period=span.name, unit=row.unit.name
        )
        return Message(
            kind=kind, about=about, reader=clean(row.unit.name), channel=Channel.MAIL, address=row.unit.email,
            subject=clean(subject), text=text, made=self.now, due=self.now,
        )  # fmt: skip


def _to_those(post: _Post, rows: Iterable[Owed], span: Span, mark: str) -> Iterator[Mailed]:
    for row in rows:
        about = f"unit:{row.unit.id}:{span.first}:{mark}"
        if why := post.why_not(row.unit):
            yield Mailed(unit=row.unit, why=why)
        elif not post.went(MessageKind.REMINDER, about):
            text = "\n\n".join(_words(post, row, span))
            made = post.message(MessageKind.REMINDER, row, span, about=about, what="remind", text=text)
            yield post.queue(row, made)


def _words(post: _Post, row: Owed, span: Span, *, form: bool = False) -> Iterator[str]:
    yield label("unit_report", "mail_to", unit=row.unit.name)
    days = {"first": f"{span.first:%d/%m/%Y}", "last": f"{span.last:%d/%m/%Y}", "due": f"{row.due:%d/%m/%Y}"}
    yield label("unit_report", "mail_ask", to=row.to.name, period=span.name, **days)
    if row.late and row.standing is Standing.MISSING:
        yield label("unit_report", "mail_late", days=row.late)
    if row.standing is Standing.RETURNED and row.report:
        yield label("unit_report", "mail_returned", remark=row.report.remark)
    if form:
        yield label("unit_report", "mail_form")
    yield label("unit_report", "mail_how")
    if not form:
        yield label("unit_report", "mail_sent")
    yield post.office.name


def _note(sitting: Sitting, action: str, done: Iterable[Mailed]) -> None:
    refs = tuple(one.id for one in done if one.id)
    if refs:
        sitting.note(Happening(action=action, refs=refs))


def _sends(sitting: Sitting) -> None:
    if sitting.actor.body != FEDERATION or not sitting.actor.has(*_SENDS):
        raise RefusedError("unit_report_send")
