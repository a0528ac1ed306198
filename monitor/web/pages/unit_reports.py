"""Báo cáo của các đơn vị: who owes one, who handed it in, forms handed out and read, differences, what it comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from starlette.responses import Response

from monitor.clock import local
from monitor.desk import unit_books, unit_known, unit_reminding, unit_rights, unit_totals
from monitor.desk.unit_owed import before_use, current, due_on, owed, period_of, periods, standing
from monitor.desk.unit_reminding import Mailed
from monitor.errors import InputError, RefusedError, UsageError
from monitor.labels import label, of
from monitor.model.finding import of_page, pages_of
from monitor.model.people import FEDERATION, OfficeRole, Person, Unit
from monitor.model.report import Span
from monitor.model.unit_report import Owed, Standing
from monitor.report.unit_book_file import MOST_BYTES
from monitor.store import unit_mails
from monitor.store import unit_reports as store
from monitor.text import nfc
from monitor.web import excel
from monitor.web.form import Upload
from monitor.web.pages.case_rules import Hand, hand
from monitor.web.route import DESK, OFFICE, get, post
from monitor.web.visit import Visit

HOME = "/bao-cao/don-vi"
_PAGE = 50
_MACRO_BOOKS = (".xlsm", ".xlam")
_BACK = 8
"""Periods to choose from."""
_OPEN = (Standing.WAITING, Standing.MISSING, Standing.RETURNED)
_COLUMNS = ("unit", "to", "due", "standing", "late", "submitted", "address", "forms", "reminders")
_SENDERS = (OfficeRole.LEADER, OfficeRole.PRESS, OfficeRole.CLERK)
Named = tuple[Span, ...]


def shelf(v: Visit) -> Response:
    """The period's bodies with where each report stands; for a unit's people their own reports, and those below."""
    span, choice = chosen(v), spans(v)
    rows = owed(v.at, span)
    mails = unit_mails.of_period(v.db, span.first) if v.at.actor.body == FEDERATION else {}
    if v.wants_sheet:
        heads = [label("web_unit_reports", f"col_{one}") for one in _COLUMNS]
        return v.sheet(f"bao-cao-don-vi-{span.key}", span.name, heads, (_line(row, mails) for row in rows))
    body = v.at.actor.body
    counts = Counter(row.standing for row in rows if row.asked)
    wanted = v.query.get("tinh-trang", "")
    shown = [row for row in rows if row.unit.id != body and (not wanted or row.standing == wanted)]
    number = max(1, min(v.whole("trang", 1), pages_of(len(shown), _PAGE)))
    rules, own = unit_rights.rules_of(v.at), unit_rights.body(v.at, body)
    return v.page(
        "unit-reports.html", span=span, spans=choice, rows=of_page(shown, number, _PAGE), total=len(shown),
        number=number, pages=pages_of(len(shown), _PAGE), counts=counts, wanted=wanted, mails=mails,
        asked=sum(counts.values()), handed=sum(n for one, n in counts.items() if one not in _OPEN),
        standings=[one for one in Standing if counts[one]], due=due_on(rules, span), every=rules.every,
        own=own, mine=_mine(v, own, choice), office=body == FEDERATION,
        sending=sending(v), filling=_filling(v), below=any(row.unit.id != body for row in rows),
        before=before_us(v, span),
    )  # fmt: skip


def chosen(v: Visit) -> Span:
    """The period asked for, else the one the office is busy with."""
    if said := v.query.get("ky", ""):
        return period_of(v.home, said)
    today = local(v.now).date()
    found = current(v.home, today)
    return periods(v.home, today)[0] if before_us(v, found) else found


def before_us(v: Visit, span: Span) -> bool:
    """Whether its reports were due before the office began with the program, so that none is missing here."""
    return before_use(v.db, unit_rights.rules_of(v.at), span)


def spans(v: Visit) -> Named:
    """Periods to choose from, the latest first."""
    found = list(periods(v.home, local(v.now).date()))
    while len(found) < _BACK:
        found += periods(v.home, found[-1].first - timedelta(days=1))
    return tuple(found[:_BACK])


def _mine(v: Visit, body: Unit, choice: Sequence[Span]) -> list[tuple[Span, Standing | None, int]]:
    """His own body's reports, of the last periods and all that it ever began; no standing of one that nobody owes."""
    rules, today = unit_rights.rules_of(v.at), local(v.now).date()
    held = {(one.first, one.last): one for one in store.of_unit(v.db, body.id)}
    older = [periods(v.home, last)[0] for _, last in held]
    last = [one for one in choice[:3] if not before_us(v, one)]
    found = {(one.first, one.last): one for one in (*last, *older)}
    rows: list[tuple[Span, Standing | None, int]] = []
    for days, span in sorted(found.items(), reverse=True):
        at, late = standing(held.get(days), due_on(rules, span), today)
        owes = unit_rights.owes(rules, body, span.last) or days in held
        rows.append((span, at, late) if owes else (span, None, 0))
    return rows


def _line(row: Owed, mails: dict[str, tuple[unit_mails.UnitMail, ...]]) -> tuple[object, ...]:
    sent = mails.get(row.unit.id, ())
    return (
        row.unit.name, row.to.name, row.due, of(row.standing), row.late or None,
        row.report.submitted if row.report else None, row.unit.email, sum(one.form for one in sent),
        sum(not one.form for one in sent),
    )  # fmt: skip


def sending(v: Visit) -> Hand | None:
    """By whose hand he may mail forms and reminders."""

    def check(who: Person) -> None:
        if who.body != FEDERATION or not who.has(*_SENDERS):
            raise RefusedError("unit_report_send")

    return hand(v, check)


def _filling(v: Visit) -> Hand | None:
    """Whether he may take in a workbook of whatever body."""

    def check(who: Person) -> None:
        if not unit_rights.fills(who, who.body):
            raise RefusedError("unit_report_fill", unit="")

    return hand(v, check)


# -- mails ---------------------------------------------------------------------------------------------------------


def hand_out(v: Visit) -> Response:
    """Mails the form to all that owe the period and have not handed in, or to the one body that is named."""
    span, unit = period_of(v.home, v.form.need("ky", label("web_unit_reports", "period"))), v.form.text("don-vi")
    done = unit_reminding.hand_out(v.at, span, (unit,) if unit else ())
    return v.back(f"{HOME}?ky={span.key}", _told(done, lambda n: label("web_unit_reports", "handed_out", count=n)))


def remind(v: Visit) -> Response:
    """Mails the reminders whose day has come."""
    done = unit_reminding.remind_now(v.at)
    return v.back(HOME, _told(done, lambda n: label("web_unit_reports", "reminded", count=n)))


def _told(done: Iterable[Mailed], went: Callable[[int], str]) -> str:
    """How many mails wait in the outbox now, and who gets none for what reason."""
    every = tuple(done)
    if not every:
        return label("web_unit_reports", "nobody")
    why: dict[str, list[str]] = {}
    for one in every:
        if one.why:
            why.setdefault(one.why, []).append(one.unit.name)
    parts = [went(count)] if (count := sum(not one.why for one in every)) else []
    for reason, names in why.items():
        some = ", ".join(names[:5]) + (label("web_unit_reports", "and_more", count=len(names) - 5) if names[5:] else "")
        parts.append(label("web_unit_reports", "not_mailed", count=len(names), why=reason, names=some))
    return " ".join(parts)


# -- workbooks -----------------------------------------------------------------------------------------------------


def came(v: Visit) -> tuple[str, bytes]:
    """The workbook that was handed in, under the name it has on its own machine; none is read that is too large."""
    sent = next((one for one in v.form.files.get("tep", ()) if one.filename), None)
    if sent is None:
        raise UsageError("field_missing", what=label("web_unit_reports", "book"))
    name = nfc(sent.filename or "").replace("\\", "/").rpartition("/")[2]
    found = _kept(v, name)
    if found is None:
        raise InputError("book_empty", file=name)
    if found.size > MOST_BYTES:
        raise InputError("book_large", file=name, most=MOST_BYTES // 2**20)
    return name, found.path.read_bytes()


def _kept(v: Visit, name: str) -> Upload | None:
    """The file on disk, None of an empty one; a macro file is refused as a workbook, not as a piece of evidence."""
    try:
        return v.form.upload("tep")
    except InputError as error:
        if error.key != "evidence_program":
            raise
        if not name.lower().endswith(_MACRO_BOOKS):
            raise InputError("book_other", file=name, what=label("unit_book", "is_unknown")) from error
        raise InputError("book_macro", file=name) from error


def read(v: Visit) -> Response:
    """A workbook of whatever body and period it says."""
    name, raw = came(v)
    made = unit_books.read(v.at, raw, name, hand_in=v.form.has("nop"))
    span = periods(v.home, made.last)[0]
    where = f"{HOME}/{span.key}/{made.unit}"
    said = "book_handed_in" if v.form.has("nop") else "book_read"
    unit = unit_rights.body(v.at, made.unit)
    return v.back(where, label("web_unit_reports", said, unit=unit.name, period=span.name))


# -- differences, totals -------------------------------------------------------------------------------------------


def differences(v: Visit) -> Response:
    """Where reports do not say what the program counted."""
    span = period_of(v.home, v.part("period"))
    owed(v.at, span)  # who has nothing to do with reports is told so
    rows = unit_known.differences(v.at, span)
    if v.wants_sheet:
        heads = [label("web_unit_reports", f"col_{one}") for one in ("unit", "field", "said", "counted", "more")]
        lines = ((one.unit.name, one.field.label, one.said, one.counted, (one.said or 0) - one.counted) for one in rows)
        return v.sheet(f"chenh-lech-{span.key}", label("web_unit_reports", "differences"), heads, lines)
    number = max(1, min(v.whole("trang", 1), pages_of(len(rows), _PAGE)))
    return v.page(
        "unit-differences.html", span=span, rows=of_page(rows, number, _PAGE), total=len(rows), number=number,
        pages=pages_of(len(rows), _PAGE), units=len({one.unit.id for one in rows}),
    )  # fmt: skip


def total(v: Visit) -> Response:
    """What a body and all below it come to; as the same workbook one level up."""
    span = period_of(v.home, v.part("period"))
    rows = owed(v.at, span)
    unit = unit_rights.body(v.at, v.query.get("cua", "") or v.at.actor.body)
    if v.wants_sheet:
        return v.download(
            unit_books.summed(v.at, span, unit.id), f"tong-hop-{unit.id}-{span.key}.xlsx", excel.MEDIA_TYPE
        )
    rules = unit_rights.rules_of(v.at)
    below = set(unit_rights.grown(v.at).below(unit.id))
    asked = [row for row in rows if row.unit.id in below and row.asked]
    return v.page(
        "unit-totals.html", span=span, unit=unit, office=v.at.actor.body == FEDERATION, may=_above(rows, v),
        fields=unit_totals.totals(v.db, rules, span.first, span.last, of=unit.id), asked=len(asked),
        accepted=sum(row.standing is Standing.ACCEPTED for row in rows if row.unit.id in below),
        waiting=[row for row in asked if row.standing in (Standing.SUBMITTED, Standing.SUBMITTED_LATE)],
        words=unit_totals.words(v.db, span.first, span.last, of=unit.id),
    )  # fmt: skip


def _above(rows: Iterable[Owed], v: Visit) -> list[Unit]:
    """Bodies to sum up for: his own, and those that others report to."""
    found = {row.to.id: row.to for row in rows}
    own = unit_rights.body(v.at, v.at.actor.body)
    tree = unit_rights.grown(v.at)
    return [own, *(one for one in found.values() if one.id != own.id and unit_rights.sees(v.at.actor, tree, one.id))]


PAGES = (
    get(HOME, shelf, DESK),
    post(HOME + "/phat", hand_out, OFFICE, shown=shelf),
    post(HOME + "/nhac", remind, OFFICE, shown=shelf),
    post(HOME + "/nhan", read, DESK, shown=shelf, uploads=True),
    get(HOME + "/{period}/chenh-lech", differences, DESK),
    get(HOME + "/{period}/tong-hop", total, DESK),
)
