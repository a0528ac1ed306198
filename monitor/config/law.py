"""``rules/press_law.yaml``: the press law by dates, read strictly.

Every rule set must answer for every clock it has and, where the medium matters, for every medium: what the law does
not settle is written down as ``unit: none``, never left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import yaml

from monitor.config import fields
from monitor.config.tree import Table, compose, parsed, rule_file
from monitor.model.law import Certainty, Citation, Cited, ClockKind, ClockRule, PeriodUnit, PressLaw, RuleSet
from monitor.model.source import Medium
from monitor.text import clean

FILE = "press_law.yaml"

_SET = (
    "id", "law", "short", "valid_from", "valid_to", "rounds_max", "keep_days", "keep_status", "keep_note",
    "clocks", "citations",
)  # fmt: skip
_RULE = (
    "kind", "media", "unit", "amount", "over", "upto", "rolls", "basis", "status", "note", "binds_us", "periods_of",
)  # fmt: skip
_BY_MEDIUM = (ClockKind.RESPONSE, ClockKind.CORRECTION, ClockKind.FORWARD_ANSWER)
_ALWAYS = (ClockKind.ANSWER, ClockKind.OWN_MEASURES, ClockKind.OWN_COMPLAINT, ClockKind.OWN_ANSWER)
_PRACTICE = (ClockKind.OWN_VERIFY, ClockKind.OWN_REMEDY, ClockKind.OWN_SOCIAL)
_COUNTED = (PeriodUnit.CALENDAR, PeriodUnit.WORKING, PeriodUnit.DAYS_THEN_ISSUE, PeriodUnit.HOURS_BEFORE)
_LONGEST = 600


def load_law(folders: tuple[Path, ...]) -> PressLaw:
    """``press_law.yaml`` of the first of ``folders`` that has one.

    Raises ConfigError with file, line and key at the first mistake, and when no folder has the file.
    """
    return parsed(rule_file(folders, FILE), parse_law)


def parse_law(text: str, file: str) -> PressLaw:
    """The same from the file's text."""
    top = Table(file, compose(text, file), ("threshold_hours", "rulesets", "practice"))
    tables = top.tables("rulesets", _SET)
    rulesets = tuple(_ruleset(table) for table in tables)
    if not rulesets:
        raise top.wrong("config_missing_key", "rulesets")
    _in_order(tables, rulesets)
    practice = tuple(_rule(table) for table in top.tables("practice", _RULE))
    kinds = [rule.kind for rule in practice]
    if sorted(kinds) != sorted(_PRACTICE):
        raise top.wrong("law_practice", "practice", wanted=", ".join(_PRACTICE))
    return PressLaw(
        rulesets=rulesets,
        practice=practice,
        threshold_hours=top.take("threshold_hours", fields.number(0.25, 24 * 60)),
    )


def _in_order(tables: list[Table], rulesets: tuple[RuleSet, ...]) -> None:
    """One after the other without a gap or an overlap: each day has one law."""
    for table, before, after in zip(tables[1:], rulesets, rulesets[1:], strict=False):
        if after.id in {one.id for one in rulesets if one is not after}:
            raise table.wrong("law_doubled", "id", value=after.id)
        if before.valid_to is None or after.valid_from != before.valid_to + timedelta(days=1):
            raise table.wrong("law_gap", "valid_from", before=before.id)


def _ruleset(table: Table) -> RuleSet:
    valid_from, valid_to = table.take("valid_from", day), table.take_or("valid_to", day, None)
    if valid_to is not None and valid_to < valid_from:
        raise table.wrong("config_bad_day", "valid_to", value=valid_to)
    return RuleSet(
        id=table.take("id", fields.slug),
        law=table.take("law", fields.text),
        short=table.take("short", fields.text),
        valid_from=valid_from,
        valid_to=valid_to,
        rounds_max=table.take("rounds_max", fields.whole(1, 20)),
        keep_days=table.take_or("keep_days", fields.whole(1, 3660), None),
        keep_status=table.take("keep_status", fields.choice(Certainty)),
        keep_note=table.take_or("keep_note", sentence, ""),
        rules=_rules(table),
        citations=_citations(table),
    )


def _citations(table: Table) -> tuple[Cited, ...]:
    places = table.table("citations", tuple(Citation))
    if places is None:
        raise table.wrong("config_missing_key", "citations")
    found = []
    for what in Citation:
        cited = places.table(what, ("text", "status"))
        if cited is None:
            raise places.wrong("config_missing_key", what)
        found.append(
            Cited(what=what, text=cited.take("text", sentence), status=cited.take("status", fields.choice(Certainty)))
        )
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class _Reference:
    """A clock whose periods are another's."""

    kind: ClockKind
    of: ClockKind
    basis: str
    status: Certainty


def _rules(table: Table) -> tuple[ClockRule, ...]:
    own: list[ClockRule] = []
    references: list[_Reference] = []
    for one in table.tables("clocks", _RULE):
        if "periods_of" in one:
            references.append(_reference(one))
        else:
            own.append(_rule(one))
    rules = list(own)
    for reference in references:
        # The sentence that refers comes first; the one with the period after it.
        rules += [
            replace(rule, kind=reference.kind, basis=f"{reference.basis} {rule.basis}", status=_weaker(reference, rule))
            for rule in own
            if rule.kind is reference.of
        ]
    _complete(table, rules)
    return tuple(rules)


def _reference(table: Table) -> _Reference:
    for key in ("unit", "media", "amount", "over", "upto", "rolls", "note", "binds_us"):
        if key in table:
            raise table.wrong("law_reference", key)
    return _Reference(
        kind=table.take("kind", fields.choice(ClockKind)),
        of=table.take("periods_of", fields.choice(ClockKind)),
        basis=table.take("basis", sentence),
        status=table.take("status", fields.choice(Certainty)),
    )


def _weaker(reference: _Reference, rule: ClockRule) -> Certainty:
    order = list(Certainty)
    return max(reference.status, rule.status, key=order.index)


def _rule(table: Table) -> ClockRule:
    unit = table.take("unit", fields.choice(PeriodUnit))
    amount = table.take_or("amount", fields.whole(1, 3660), None)
    if (amount is not None) is not (unit in _COUNTED):
        raise table.wrong("law_amount" if amount is None else "law_no_amount", "amount", unit=unit.value)
    over, upto = (table.take_or(key, fields.whole(1, 3660), None) for key in ("over", "upto"))
    if over is not None and upto is not None:
        raise table.wrong("law_over_upto", "upto")
    return ClockRule(
        kind=table.take("kind", fields.choice(ClockKind)),
        media=table.values("media", fields.choice(Medium)) if "media" in table else (),
        unit=unit,
        amount=amount,
        over=over,
        upto=upto,
        rolls=table.take_or("rolls", boolean, True),
        basis=table.take("basis", sentence),
        status=table.take("status", fields.choice(Certainty)),
        note=table.take_or("note", sentence, ""),
        binds_us=table.take_or("binds_us", boolean, True),
    )


def _complete(table: Table, rules: list[ClockRule]) -> None:
    """Every clock has a rule, and every medium exactly one: none is left to chance, none has two."""
    for kind in _ALWAYS:
        if sum(rule.kind is kind for rule in rules) != 1:
            raise table.wrong("law_clock_once", "clocks", kind=kind.value)
    edges = {1} | {edge + more for rule in rules for edge in (rule.over, rule.upto) if edge for more in (0, 1)}
    for kind in _BY_MEDIUM:
        for medium in Medium:
            for interval in edges:
                if sum(rule.fits(kind, medium, interval) for rule in rules) != 1:
                    raise table.wrong("law_medium_once", "clocks", kind=kind.value, medium=medium.value)


def day(value: object) -> date:
    """A day as 2026-11-05; YAML takes an unquoted one for a timestamp and hands over its node."""
    typed = value.value if isinstance(value, yaml.ScalarNode) else value
    try:
        return date.fromisoformat(str(typed))
    except ValueError:
        raise fields.Wrong("config_bad_day", value=typed) from None


def sentence(value: object) -> str:
    """Text of some length, for people to read."""
    wanted = clean(value) if isinstance(value, str) else ""
    if not wanted:
        return fields.text(value)  # whose refusal it is
    if len(wanted) > _LONGEST:
        raise fields.Wrong("config_too_long", most=_LONGEST)
    return wanted


def boolean(value: object) -> bool:
    """``true`` or ``false``."""
    if not isinstance(value, bool):
        raise fields.Wrong("law_not_boolean")
    return value
