"""The clocks: from what happened when, and the law of that day, to a due date that explains itself. Pure.

    outlet received our response ────────────▶ response_due
    … and the letter asks for an answer ─────▶ answer_due
    a conclusion reached it, or it found out ▶ correction_due     (our letter is neither: "chưa phát sinh")
    outlet received our answer ──────────────▶ forward_answer_due
    it reached us, we concluded, it appeared ▶ own_due

The rule set is that of the day on which the outlet received the request; while only the day of sending is known the
result is provisional. All moments are aware; days are days on the office's clock. Naive moments raise ValueError.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from monitor.clock import local
from monitor.errors import UsageError
from monitor.labels import label
from monitor.model.calendar import IssueDays, WorkCalendar
from monitor.model.law import ClockKind, Due, PressLaw, RuleSet, in_time, past_threshold, reply_state, state
from monitor.model.source import Medium
from monitor.respond import words
from monitor.respond.applying import Context, Start, count
from monitor.respond.words import remaining

__all__ = [
    "answer_due",
    "correction_due",
    "forward_answer_due",
    "in_time",
    "own_due",
    "past_threshold",
    "remaining",
    "reply_state",
    "response_due",
    "rounds_max",
    "ruleset",
    "state",
]

_FIRST_YEAR, _LAST_YEAR = 1990, 2190
_FROM_LAW = (
    ClockKind.OWN_MEASURES,
    ClockKind.OWN_COMPLAINT,
    ClockKind.OWN_ANSWER,
    ClockKind.PRESS_CONFERENCE_NOTICE,
)


def ruleset(law: PressLaw, on: date) -> RuleSet | None:
    """The rule set for a request that the outlet received on that (local) day; None before the first known."""
    return law.on(on)


def rounds_max(law: PressLaw, on: date) -> int | None:
    """After how many published exchanges the outlet may stop, for a request received on that day."""
    found = law.on(on)
    return found.rounds_max if found else None


def response_due(
    law: PressLaw,
    cal: WorkCalendar,
    *,
    medium: Medium,
    received: datetime | None,
    sent: datetime | None = None,
    issues: IssueDays | None = None,
    threshold_hours: float | None = None,
) -> Due:
    """By when the outlet publishes our response. ``issues`` are those of the product that carried the disputed work."""
    start = _received(received, sent, "response")
    return _lawful(law, cal, ClockKind.RESPONSE, medium, start, issues=issues, hours=threshold_hours)


def answer_due(
    law: PressLaw,
    cal: WorkCalendar,
    *,
    asks_answer: bool,
    received: datetime | None,
    sent: datetime | None = None,
    medium: Medium | None = None,
) -> Due:
    """By when the outlet answers us in writing; it owes that only when the letter asks for it."""
    start = _received(received, sent, "answer") if asks_answer else None
    due = _lawful(law, cal, ClockKind.ANSWER, medium, start)
    return due if asks_answer else replace(due, computation=label("clock", "not_asked"))


def correction_due(
    law: PressLaw,
    cal: WorkCalendar,
    *,
    medium: Medium,
    conclusion_received: datetime | None = None,
    self_found: datetime | None = None,
    received: datetime | None = None,
    sent: datetime | None = None,
    issues: IssueDays | None = None,
    threshold_hours: float | None = None,
) -> Due:
    """By when the outlet corrects and apologises: from a competent body's conclusion or its own finding, the earlier.

    ``received`` and ``sent`` are those of our request; they choose the rule set (without them the start does) and start
    nothing.
    """
    starts = [Start(at=_checked(at), event=event) for at, event in (
        (conclusion_received, "conclusion"), (self_found, "self_found"),
    ) if at is not None]  # fmt: skip
    start = min(starts, key=lambda one: one.at, default=None)
    chosen = _received(received, sent, "response")
    due = _lawful(law, cal, ClockKind.CORRECTION, medium, start, issues=issues, hours=threshold_hours, chosen=chosen)
    if start is None or chosen is None:
        return due
    then = law.on(local(start.at).date())
    if then is None or due.ruleset in (None, then.id):
        return due
    note = label("clock", "other_law", law=then.short, day=f"{local(start.at):%d/%m/%Y}")
    return replace(due, notes=(*due.notes, note))


def forward_answer_due(
    law: PressLaw,
    cal: WorkCalendar,
    *,
    medium: Medium,
    received: datetime | None,
    sent: datetime | None = None,
    issues: IssueDays | None = None,
) -> Due:
    """By when the outlet passes our answer on to its readers, from when it received the answer."""
    start = _received(received, sent, "forward_answer")
    return _lawful(law, cal, ClockKind.FORWARD_ANSWER, medium, start, issues=issues)


def own_due(kind: ClockKind, law: PressLaw, cal: WorkCalendar, *, start: datetime | None) -> Due:
    """By when we act.

    ``start``: the outlet's paper reached us (measures, answer), the complaint was concluded, the item appeared (verify,
    remedy), the post was noticed (social), or the press conference begins.

    Verifying, remedies and social posts are practice: the result says that it is no law. Raises ValueError for a
    clock of the outlet.
    """
    began = None if start is None else Start(at=_checked(start), event=kind.value)
    if kind in _FROM_LAW:
        return _lawful(law, cal, kind, None, began)
    rule = law.practised(kind)
    if rule is None:
        raise ValueError(f"{kind} binds the outlet")
    if began is None:
        return _not_arisen(kind, None)
    return count(rule, Context(cal=cal, issues=None, hours=law.threshold_hours), began, None, None)


def _checked(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment without its zone")
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        raise UsageError("clock_far", year=at.year)
    return at.astimezone(UTC)


def _received(received: datetime | None, sent: datetime | None, event: str) -> Start | None:
    if received is not None:
        return Start(at=_checked(received), event=event)
    return None if sent is None else Start(at=_checked(sent), event="sent", provisional=True)


def _lawful(
    law: PressLaw,
    cal: WorkCalendar,
    kind: ClockKind,
    medium: Medium | None,
    start: Start | None,
    *,
    issues: IssueDays | None = None,
    hours: float | None = None,
    chosen: Start | None = None,
) -> Due:
    """A clock of the law; ``chosen`` is the event that chooses the rule set where that is not the start."""
    if start is None:
        return _not_arisen(kind, medium)
    by = chosen or start
    rules = law.on(local(by.at).date())
    rule = rules.rule(kind, medium, issues.interval if issues else None) if rules else None
    if rules is None or rule is None:
        day = f"{local(by.at):%d/%m/%Y}"
        return Due(
            kind=kind, medium=medium, start=start.at, ruleset=rules.id if rules else None,
            computation=words.began(start.event, start.at), basis=label("clock", "no_ruleset", day=day),
            provisional=start.provisional,
        )  # fmt: skip
    if chosen is not None and chosen.provisional and law.on(local(start.at).date()) is not rules:
        start = replace(start, provisional=True)  # the day of receipt may yet bring the other law
    context = Context(cal=cal, issues=issues, hours=law.threshold_hours if hours is None else hours)
    return count(rule, context, start, medium, rules)


def _not_arisen(kind: ClockKind, medium: Medium | None) -> Due:
    key = "not_arisen_correction" if kind is ClockKind.CORRECTION else "not_arisen"
    return Due(kind=kind, medium=medium, computation=label("clock", key))
