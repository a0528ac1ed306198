"""What people do with a unit's report: fill in, hand in, take back, accept, give back.

    form (stored, or fresh with what the program counted) ──▶ save ──▶ submit ──▶ accept
                                                               ▲          └──▶ give back, with a remark ──▶ save …

Every act is one transaction with its event. The federation's own report needs nobody's acceptance. One that is changed
after it was accepted waits for its acceptance anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from monitor.clock import local
from monitor.desk import unit_rights as rights
from monitor.desk.sitting import Sitting
from monitor.desk.unit_known import Known
from monitor.desk.unit_owed import current, due_on, owed, period_of, periods
from monitor.errors import RefusedError
from monitor.labels import label
from monitor.model.event import Happening
from monitor.model.people import FEDERATION, Unit
from monitor.model.report import Span
from monitor.model.unit_report import UnitReport, UnitReportRules, UnitReportState, Wording
from monitor.store import unit_reports as store
from monitor.text import clean, paragraphs

__all__ = [
    "accept", "current", "due_on", "form", "forms", "give_back", "owed", "period_of", "periods", "save", "stored",
    "submit", "take_in", "warnings", "withdraw",
]  # fmt: skip

MOST = 10**12
MOST_TEXT = 5_000
S = UnitReportState


def form(sitting: Sitting, unit: str, span: Span) -> UnitReport:
    """The body's report as it is stored, or a fresh draft (revision 0) with what the program counted.

    Raises RefusedError for a body he may not see, or that was not there in the period.
    """
    return forms(sitting, (unit,), span)[0]


def forms(sitting: Sitting, units: Iterable[str], span: Span, counted: Known | None = None) -> tuple[UnitReport, ...]:
    """``form`` of several bodies; what the program counted is read once for all of them."""
    found, made = rights.grown(sitting), list[UnitReport]()
    for unit in units:
        body = rights.body(sitting, unit, found)
        _was_there(body, span)
        have = store.find(sitting.db, body.id, span.first, span.last)
        if have is None:
            counted = counted or Known(sitting, span)
            values = tuple(counted.of(body.id).items())
            have = UnitReport(id="", unit=body.id, first=span.first, last=span.last, values=values)
        made.append(have)
    return tuple(made)


def stored(sitting: Sitting, ident: str) -> UnitReport:
    """The report of this id. Raises RefusedError where there is none that he may see."""
    found = store.get(sitting.db, clean(ident))
    if found is None or not rights.sees(sitting.actor, rights.grown(sitting), found.unit):
        raise RefusedError("unit_report_unknown", value=ident[:40])
    return found


def save(
    sitting: Sitting, unit: str, span: Span, values: Mapping[str, int], words: Mapping[Wording, str], *, seen: int,
    via: str = "desk",
) -> UnitReport:  # fmt: skip
    """Stores what the form says; ``seen`` is the revision it was filled in from (0: there was none yet).

    What stands in neither ``values`` nor ``words`` is empty from then on. Nothing is stored where nothing changed. An
    accepted report goes back to handed in. Raises RefusedError for who may not, and for values that cannot be;
    ConflictError where somebody was quicker.
    """
    body = rights.body(sitting, unit)
    if not rights.fills(sitting.actor, body.id):
        raise RefusedError("unit_report_fill", unit=body.name)
    _was_there(body, span)
    rules = rights.rules_of(sitting)
    numbers, texts = _values(rules, body, values), _words(words)
    with sitting.db.atomic():
        have = store.find(sitting.db, body.id, span.first, span.last)
        before = have or UnitReport(id="", unit=body.id, first=span.first, last=span.last)
        if before.revision != seen:
            raise store.conflict(sitting.db, before)
        # What a field said that is asked no more stays where it is.
        kept = tuple(one for one in before.values if rules.field(one[0]) is None)
        after = replace(before, values=(*numbers, *kept), words=texts, via=via)
        if have and replace(after, via=before.via) == have:
            return have
        if before.state in (S.SUBMITTED, S.ACCEPTED):
            after = replace(after, state=S.SUBMITTED, submitted=sitting.now, submitted_by=sitting.actor.id,
                            decided=None, decided_by="")  # fmt: skip
        return _keep(sitting, before, after, "unit_report.save")


def take_in(
    sitting: Sitting, unit: str, span: Span, values: Mapping[str, int], words: Mapping[Wording, str], *, seen: int,
    name: str, raw: bytes,
) -> UnitReport:  # fmt: skip
    """``save`` of what a workbook says, and the workbook kept with it."""
    with sitting.db.atomic():
        made = save(sitting, unit, span, values, words, seen=seen, via="workbook")
        store.keep_book(sitting.db, made.id, clean(name)[:200], raw, by=sitting.actor.id, now=sitting.now)
    return made


def submit(sitting: Sitting, ident: str, *, seen: int | None = None) -> UnitReport:
    """Hands the report in; the federation's own is accepted with it.

    Raises RefusedError for who may not, for an empty one, for a period to come, and where it is handed in already.
    """
    with sitting.db.atomic():
        before = _held(sitting, ident, seen)
        _filling(sitting, before)
        own = before.unit == FEDERATION
        _in(before, S.DRAFT, S.RETURNED, *((S.SUBMITTED,) if own else ()))
        if not before.values and not before.words:
            raise RefusedError("unit_report_empty")
        if before.first > local(sitting.now).date():
            raise RefusedError("unit_report_early", first=f"{before.first:%d/%m/%Y}")
        after = replace(
            before, state=S.ACCEPTED if own else S.SUBMITTED, submitted=sitting.now, submitted_by=sitting.actor.id,
            first_submitted=before.first_submitted or sitting.now, remark="",
            decided=sitting.now if own else None, decided_by=sitting.actor.id if own else "",
        )  # fmt: skip
        return _keep(sitting, before, after, "unit_report.submit")


def withdraw(sitting: Sitting, ident: str, *, seen: int | None = None) -> UnitReport:
    """Takes a report back that nobody has decided on; it comes in when it is handed in anew. Raises RefusedError."""
    with sitting.db.atomic():
        before = _held(sitting, ident, seen)
        _filling(sitting, before)
        _in(before, S.SUBMITTED)
        after = replace(before, state=S.DRAFT, first_submitted=None, submitted=None, submitted_by="")
        return _keep(sitting, before, after, "unit_report.withdraw")


def accept(sitting: Sitting, ident: str, *, seen: int | None = None) -> UnitReport:
    """The body above, or the federation, takes the report as it is. Raises RefusedError."""
    with sitting.db.atomic():
        before = _held(sitting, ident, seen)
        _deciding(sitting, before)
        _in(before, S.SUBMITTED)
        after = replace(before, state=S.ACCEPTED, decided=sitting.now, decided_by=sitting.actor.id, remark="")
        return _keep(sitting, before, after, "unit_report.accept")


def give_back(sitting: Sitting, ident: str, remark: str, *, seen: int | None = None) -> UnitReport:
    """The body above, or the federation, gives it back to be corrected, accepted ones too. Raises RefusedError."""
    text = paragraphs(remark)
    if not text:
        raise RefusedError("words_missing", what=label("unit_report", "remark"))
    _fits(text, label("unit_report", "remark"))
    with sitting.db.atomic():
        before = _held(sitting, ident, seen)
        _deciding(sitting, before)
        _in(before, S.SUBMITTED, S.ACCEPTED)
        after = replace(before, state=S.RETURNED, decided=sitting.now, decided_by=sitting.actor.id, remark=text)
        return _keep(sitting, before, after, "unit_report.return")


def warnings(report: UnitReport, rules: UnitReportRules) -> tuple[str, ...]:
    """What is odd in a report, in sentences; none of it is refused."""
    found = []
    for field in rules.asked(report.unit):
        whole = rules.field(field.of)
        part, most = report.value(field.id), report.value(whole.id) if whole else None
        if whole and part is not None and most is not None and part > most:
            found.append(label("unit_report", "part_more", part=field.label, value=part, whole=whole.label, most=most))
    empty = sum(report.value(field.id) is None for field in rules.asked(report.unit))
    if empty:
        found.append(label("unit_report", "empty", count=empty))
    return tuple(found)


def _was_there(body: Unit, span: Span) -> None:
    if (body.starts and body.starts > span.last) or (body.ends and body.ends < span.first):
        raise RefusedError("unit_report_no_body", unit=body.name, period=span.name)


def _values(rules: UnitReportRules, body: Unit, values: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    asked = {field.id: field for field in rules.asked(body.id)}
    for ident, value in values.items():
        field = asked.get(ident)
        if field is None:
            raise RefusedError("unit_report_field", value=ident[:40])
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
            raise RefusedError("unit_report_value", name=field.label)
    return tuple((ident, values[ident]) for ident in asked if ident in values)


def _words(words: Mapping[Wording, str]) -> tuple[tuple[Wording, str], ...]:
    made = []
    for wording in Wording:
        text = paragraphs(words.get(wording, ""))
        _fits(text, label("Wording", wording.value))
        if text:
            made.append((wording, text))
    return tuple(made)


def _fits(text: str, name: str) -> None:
    if len(text) > MOST_TEXT:
        raise RefusedError("field_too_long", name=name, most=f"{MOST_TEXT:,}".replace(",", "."))


def _held(sitting: Sitting, ident: str, seen: int | None) -> UnitReport:
    found = stored(sitting, ident)
    if seen is not None and found.revision != seen:
        raise store.conflict(sitting.db, found)
    return found


def _in(report: UnitReport, *states: UnitReportState) -> None:
    if report.state not in states:
        raise RefusedError("unit_report_state", state=report.state)


def _filling(sitting: Sitting, report: UnitReport) -> None:
    if not rights.fills(sitting.actor, report.unit):
        raise RefusedError("unit_report_fill", unit=_name(sitting, report.unit))


def _deciding(sitting: Sitting, report: UnitReport) -> None:
    found = rights.grown(sitting)
    unit = found.by_id[report.unit]
    to = rights.reports_to(found, rights.rules_of(sitting), unit, report.last)
    if not rights.decides(sitting.actor, unit.id, to.id):
        raise RefusedError("unit_report_decide", unit=unit.name, to=to.name)


def _name(sitting: Sitting, unit: str) -> str:
    found = rights.grown(sitting).by_id.get(unit)
    return found.name if found else unit


def _keep(sitting: Sitting, before: UnitReport, after: UnitReport, action: str) -> UnitReport:
    made = replace(after, id=before.id or store.next_id(sitting.db), revision=before.revision + 1)
    store.put(sitting.db, made, before=before.revision, actor=sitting.actor.id, now=sitting.now)
    told = before.state.value if before.revision else ""
    sitting.note(Happening(action=action, thing=made.id, before=told, after=made.state.value, refs=(made.unit,)))
    return made
