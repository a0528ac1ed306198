"""The press law as data: rule sets with their dates, clocks with their rules, and what a clock comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from monitor.model.source import Medium


class ClockKind(StrEnum):
    """What is to be done by when: by the outlet, or by us (``own_…``)."""

    RESPONSE = "response"
    ANSWER = "answer"
    CORRECTION = "correction"
    FORWARD_ANSWER = "forward_answer"
    """The agency passes our answer on to its readers."""
    OWN_VERIFY = "own_verify"
    OWN_REMEDY = "own_remedy"
    OWN_SOCIAL = "own_social"
    OWN_MEASURES = "own_measures"
    """The outlet forwarded an opinion or criticism: tell it the measures."""
    OWN_COMPLAINT = "own_complaint"
    """A complaint the outlet forwarded was concluded: tell it the conclusion."""
    OWN_ANSWER = "own_answer"
    """The editor asks for an answer on the press."""
    PRESS_CONFERENCE_NOTICE = "press_conference_notice"

    @property
    def own(self) -> bool:
        """Whether it binds us and not the outlet."""
        return self.value.startswith("own_")


class ClockState(StrEnum):
    """Where a clock stands; always derived, never stored."""

    NOT_ARISEN = "not_arisen"
    RUNNING = "running"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met_late"
    NO_RULE = "no_rule"
    NO_DATE = "no_date"


class PeriodUnit(StrEnum):
    """How a period is told."""

    CALENDAR = "calendar"
    WORKING = "working"
    NEAREST_ISSUE = "nearest_issue"
    IMMEDIATELY = "immediately"
    IMMEDIATELY_THEN_ISSUE = "immediately_then_issue"
    DAYS_THEN_ISSUE = "days_then_issue"
    HOURS_BEFORE = "hours_before"
    NONE = "none"
    """The law says nothing for this."""


class Certainty(StrEnum):
    """How sure we are of a value of the rules."""

    READ = "V"
    TRANSLATION = "V-en"
    SECONDARY = "V2"
    INFERRED = "I"
    MEMORY = "M"
    PRACTICE = "practice"
    UNKNOWN = "unknown"


class Citation(StrEnum):
    """What a letter may have to cite; the wording is the rule set's."""

    RIGHT_TO_RESPOND = "right_to_respond"
    MUST_PUBLISH = "must_publish"
    RESPONSE_CONTENT = "response_content"
    REFUSAL = "refusal"
    ROUNDS = "rounds"
    CORRECTION = "correction"
    CONCLUSION = "conclusion"
    CORRECTION_PLACE = "correction_place"
    CORRECTION_CONTENT = "correction_content"
    TAKE_DOWN = "take_down"
    RERUN = "rerun"
    ANSWER = "answer"
    PRESS_CONFERENCE = "press_conference"


@dataclass(frozen=True, kw_only=True)
class Cited:
    """A place in the law, as a sentence cites it."""

    what: Citation
    text: str
    status: Certainty


@dataclass(frozen=True, kw_only=True)
class ClockRule:
    """One period. ``media`` empty: whatever the medium. ``amount`` is days, or hours for ``hours_before``.

    ``over`` limits the rule to products with more days than that between issues, ``upto`` to the others.
    ``rolls``: a period of days that ends on a day off runs to the end of the next working day.
    ``basis`` is the sentence it rests on; ``binds_us`` is false where it stands here only to be told.
    """

    kind: ClockKind
    media: tuple[Medium, ...] = ()
    unit: PeriodUnit
    amount: int | None = None
    over: int | None = None
    upto: int | None = None
    rolls: bool = True
    basis: str
    status: Certainty
    note: str = ""
    binds_us: bool = True

    def fits(self, kind: ClockKind, medium: Medium | None, interval: int | None) -> bool:
        """Whether the rule is for this; a product whose interval is unknown is taken for one that is not slow."""
        if self.kind is not kind or (self.media and medium not in self.media):
            return False
        if self.over is not None:
            return interval is not None and interval > self.over
        return self.upto is None or interval is None or interval <= self.upto


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """The law of a span of days, both ends included; ``valid_to`` None: still in force.

    ``rounds_max``: published exchanges after which the outlet may stop. ``keep_days``: how long an online
    correction stays up, None where the text could not be read.
    """

    id: str
    law: str
    short: str
    valid_from: date
    valid_to: date | None = None
    rounds_max: int
    keep_days: int | None
    keep_status: Certainty
    keep_note: str = ""
    rules: tuple[ClockRule, ...]
    citations: tuple[Cited, ...]

    def holds(self, on: date) -> bool:
        """Whether it was in force on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def rule(self, kind: ClockKind, medium: Medium | None = None, interval: int | None = None) -> ClockRule | None:
        """The rule for a clock, a medium, and a product with that many days between issues."""
        return next((rule for rule in self.rules if rule.fits(kind, medium, interval)), None)

    def cite(self, what: Citation) -> Cited:
        """The place in the law; the loader has seen to it that every one is there."""
        return next(cited for cited in self.citations if cited.what is what)


@dataclass(frozen=True, kw_only=True)
class PressLaw:
    """``rules/press_law.yaml``: rule sets by date, the office's practice, and its threshold for "ngay" in hours."""

    rulesets: tuple[RuleSet, ...]
    practice: tuple[ClockRule, ...]
    threshold_hours: float

    def on(self, day: date) -> RuleSet | None:
        """The rule set in force that day; None before the first one known."""
        return next((ruleset for ruleset in self.rulesets if ruleset.holds(day)), None)

    def of(self, ident: str) -> RuleSet | None:
        """The rule set of this id."""
        return next((ruleset for ruleset in self.rulesets if ruleset.id == ident), None)

    def practised(self, kind: ClockKind) -> ClockRule | None:
        """The office's practice for a clock of its own."""
        return next((rule for rule in self.practice if rule.kind is kind), None)


@dataclass(frozen=True, kw_only=True)
class Due:
    """What a clock comes to. All times aware, in UTC.

    ``start`` None: it has not arisen. ``due`` is the last second of the period (23:59:59 on the office's clock of its
    last day, which people read as "24 giờ"); None where the law gives no date or the issue days are unknown.
    ``reply_due``: until then a written answer has to come *before* the issue (slow magazines).
    ``threshold``: when the office looks at a duty that is "ngay"; no deadline of the law.
    ``statutory``: the due date is the law's and not our practice. ``provisional``: counted from the day sent.
    ``unconfirmed``: years of the working calendar that were used and not confirmed.
    ``computation``, ``basis`` and ``notes`` are sentences for people.
    """

    kind: ClockKind
    medium: Medium | None = None
    unit: PeriodUnit = PeriodUnit.NONE
    start: datetime | None = None
    due: datetime | None = None
    reply_due: datetime | None = None
    threshold: datetime | None = None
    statutory: bool = False
    provisional: bool = False
    ruleset: str | None = None
    status: Certainty = Certainty.UNKNOWN
    unconfirmed: tuple[int, ...] = ()
    computation: str = ""
    basis: str = ""
    notes: tuple[str, ...] = ()


_SECOND = timedelta(seconds=1)


def in_time(due: datetime, at: datetime) -> bool:
    """Whether ``at`` still lies in the period: all of its last second does."""
    return at < due + _SECOND


def state(due: Due, now: datetime, done: datetime | None = None) -> ClockState:
    """Where the clock stands. ``done``: when what was owed was done, None while it was not.

    Done is done, also where the law gives no date or nothing was owed yet: late is only said of a date. A threshold
    of the office never makes a clock overdue (``past_threshold`` tells it).
    """
    if done is not None:
        return ClockState.MET if due.due is None or in_time(due.due, done) else ClockState.MET_LATE
    if due.start is None:
        return ClockState.NOT_ARISEN
    if due.unit is PeriodUnit.NONE:
        return ClockState.NO_RULE
    if due.due is None:
        return ClockState.NO_DATE
    return ClockState.RUNNING if in_time(due.due, now) else ClockState.OVERDUE


def reply_state(due: Due, now: datetime, replied: datetime | None = None) -> ClockState:
    """The same for the written answer that a slow magazine owes before its issue."""
    if due.reply_due is None and replied is None:
        return ClockState.NOT_ARISEN if due.start is None else ClockState.NO_DATE
    if due.reply_due is None:
        return ClockState.MET
    if replied is not None:
        return ClockState.MET if in_time(due.reply_due, replied) else ClockState.MET_LATE
    return ClockState.RUNNING if in_time(due.reply_due, now) else ClockState.OVERDUE


def past_threshold(due: Due, now: datetime, done: datetime | None = None) -> bool:
    """Whether the office's own threshold for "ngay" has passed without the thing done."""
    return due.threshold is not None and done is None and now > due.threshold
