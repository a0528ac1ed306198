"""``monitor unit-report``: what the bodies report on a period, from the form handed out to what all of it comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from monitor.cli.cases.group import at_desk, by_whom, words
from monitor.cli.common import read_bytes, to_json
from monitor.cli.output_bytes import to_file
from monitor.clock import iso_local, local
from monitor.desk import unit_books, unit_known, unit_owed, unit_reminding, unit_reports, unit_rights
from monitor.desk.sitting import Sitting
from monitor.desk.unit_totals import totals
from monitor.labels import label, of
from monitor.model.people import FEDERATION
from monitor.model.report import Span
from monitor.model.unit_report import Difference, FieldTotal, Owed, Standing, UnitReport
from monitor.store import people

F = TypeVar("F", bound=Callable[..., Any])
_WAITED = (Standing.WAITING, Standing.MISSING, Standing.RETURNED)


def _period(command: F) -> F:
    return click.option("--period", metavar="P", default="", help=label("unit_report_cli", "period"))(command)


_JSON = click.option("--json", "as_json", is_flag=True, help=label("cli", "json"))
_FILE = click.Path(path_type=Path)


@click.group("unit-report", help=label("unit_report_cli", "unit_report"))
def unit_report() -> None:
    """Reports of the units."""


@unit_report.command("list", help=label("unit_report_cli", "list"))
@_period
@_JSON
@by_whom
def list_(*, period: str, as_json: bool, by: str | None, on_behalf: str) -> None:
    """Who has reported, who is late, who is missing."""
    with at_desk(by, on_behalf) as s:
        span = _span(s, period)
        rows = unit_owed.owed(s, span)
        due = unit_owed.due_on(unit_rights.rules_of(s), span)
    if as_json:
        click.echo(to_json({**_days(span), "due": due.isoformat(), "units": [_row(row) for row in rows]}))
        return
    asked = [row for row in rows if row.asked]
    handed = sum(row.standing not in _WAITED for row in asked)
    click.echo(label("unit_report_cli", "head", **_said(span), due=f"{due:%d/%m/%Y}", handed=handed, all=len(asked)))
    _tell_all(map(_line, rows), "none")


@unit_report.command(help=label("unit_report_cli", "form"))
@click.option("--unit", required=True, metavar="UNIT", help=label("unit_report_cli", "unit"))
@_period
@click.option("-o", "--output", type=_FILE, help=label("unit_report_cli", "output_xlsx"))
@by_whom
def form(*, unit: str, period: str, output: Path | None, by: str | None, on_behalf: str) -> None:
    """A body's form as a workbook."""
    with at_desk(by, on_behalf) as s:
        to_file(unit_books.template(s, unit, _span(s, period)), output)
        if output and str(output) != "-":
            click.echo(label("unit_report_cli", "written", unit=unit_rights.body(s, unit).name, file=output))


@unit_report.command(help=label("unit_report_cli", "read"))
@click.argument("file", metavar="FILE.xlsx")
@click.option("--submit", "hand_in", is_flag=True, help=label("unit_report_cli", "submit_too"))
@click.option("--unit", default="", metavar="UNIT", help=label("unit_report_cli", "read_unit"))
@click.option("--revision", metavar="N", type=click.IntRange(0), help=label("unit_report_cli", "read_revision"))
@by_whom
def read(*, file: str, hand_in: bool, unit: str, revision: int | None, by: str | None, on_behalf: str) -> None:
    """A filled-in form taken in."""
    raw = read_bytes(file)
    with at_desk(by, on_behalf) as s:
        made = unit_books.read(s, raw, Path(file).name, unit=unit, seen=revision, hand_in=hand_in)
        _tell(s, made)
        for warning in unit_reports.warnings(made, unit_rights.rules_of(s)):
            click.echo(warning)


@unit_report.command(help=label("unit_report_cli", "submit"))
@click.argument("ident", metavar="ID")
@by_whom
def submit(*, ident: str, by: str | None, on_behalf: str) -> None:
    """Hands a report in."""
    with at_desk(by, on_behalf) as s:
        _tell(s, unit_reports.submit(s, ident))


@unit_report.command(help=label("unit_report_cli", "accept"))
@click.argument("ident", metavar="ID")
@by_whom
def accept(*, ident: str, by: str | None, on_behalf: str) -> None:
    """Takes a report."""
    with at_desk(by, on_behalf) as s:
        _tell(s, unit_reports.accept(s, ident))


@unit_report.command("return", help=label("unit_report_cli", "return"))
@click.argument("ident", metavar="ID")
@click.option("--why", required=True, metavar="WORDS", help=label("unit_report_cli", "remark"))
@by_whom
def return_(*, ident: str, why: str, by: str | None, on_behalf: str) -> None:
    """Gives a report back."""
    with at_desk(by, on_behalf) as s:
        _tell(s, unit_reports.give_back(s, ident, words(why)))


@unit_report.command(help=label("unit_report_cli", "total"))
@_period
@click.option("--of", "of_", default=FEDERATION, metavar="UNIT", help=label("unit_report_cli", "of"))
@click.option("-o", "--output", type=_FILE, help=label("unit_report_cli", "output_xlsx"))
@_JSON
@by_whom
def total(*, period: str, of_: str, output: Path | None, as_json: bool, by: str | None, on_behalf: str) -> None:
    """What a body and all below it come to."""
    with at_desk(by, on_behalf) as s:
        span = _span(s, period)
        if output and not as_json:
            to_file(unit_books.summed(s, span, of_), output)
            return
        unit = unit_rights.body(s, of_)
        rows = totals(s.db, unit_rights.rules_of(s), span.first, span.last, of=unit.id)
    if as_json:
        fields = [_sum(row) for row in rows]
        text = to_json({**_days(span), "unit": unit.id, "fields": fields})
        to_file(f"{text}\n".encode(), output) if output else click.echo(text)
        return
    click.echo(label("unit_report_cli", "total_head", unit=unit.name, period=span.name))
    for row in rows:
        numbers = {name: _number(getattr(row, name)) for name in ("total", "own", "below")}
        click.echo(label("unit_report_cli", "total_row", label=row.field.label, reported=row.reported, **numbers))


@unit_report.command(help=label("unit_report_cli", "differences"))
@_period
@_JSON
@by_whom
def differences(*, period: str, as_json: bool, by: str | None, on_behalf: str) -> None:
    """Where reports do not say what was counted."""
    with at_desk(by, on_behalf) as s:
        span = _span(s, period)
        rows = unit_known.differences(s, span)
    if as_json:
        found = [{"unit": r.unit.id, "field": r.field.id, "said": r.said, "counted": r.counted} for r in rows]
        click.echo(to_json({**_days(span), "differences": found}))
        return
    _tell_all(map(_difference, rows), "no_difference")


@unit_report.command("hand-out", help=label("unit_report_cli", "hand_out"))
@click.argument("units", metavar="[UNIT]...", nargs=-1)
@_period
@by_whom
def hand_out(*, units: tuple[str, ...], period: str, by: str | None, on_behalf: str) -> None:
    """Mails the forms."""
    with at_desk(by, on_behalf) as s:
        _mailed(unit_reminding.hand_out(s, _span(s, period), units))


@unit_report.command(help=label("unit_report_cli", "remind"))
@by_whom
def remind(*, by: str | None, on_behalf: str) -> None:
    """Mails the reminders whose day has come."""
    with at_desk(by, on_behalf) as s:
        _mailed(unit_reminding.remind_now(s))


def _span(sitting: Sitting, said: str) -> Span:
    if said:
        return unit_owed.period_of(sitting.home, said)
    return unit_owed.current(sitting.home, local(sitting.now).date())


def _days(span: Span) -> dict[str, str]:
    return {"period": span.key, "first": span.first.isoformat(), "last": span.last.isoformat()}


def _said(span: Span) -> dict[str, str]:
    return {"period": span.name, "first": f"{span.first:%d/%m/%Y}", "last": f"{span.last:%d/%m/%Y}"}


def _line(row: Owed) -> str:
    parts = [row.report.id if row.report else "–", row.unit.name, of(row.standing)]
    if row.late:
        parts.append(label("unit_report_cli", "late", days=row.late))
    if row.to.id != FEDERATION:
        parts.append(label("unit_report_cli", "to", to=row.to.name))
    if not row.asked:
        parts.append(label("unit_report_cli", "own" if row.unit.id == FEDERATION else "unasked"))
    elif row.no_address:
        parts.append(label("unit_report", "no_address"))
    return " · ".join(parts)


def _difference(row: Difference) -> str:
    said = label("unit_report_cli", "empty_said") if row.said is None else _number(row.said)
    facts = {"unit": row.unit.name, "label": row.field.label, "said": said, "counted": _number(row.counted)}
    return label("unit_report_cli", "difference", **facts)


def _row(row: Owed) -> dict[str, object]:
    report = row.report
    return {
        "unit": row.unit.id,
        "name": row.unit.name,
        "to": row.to.id,
        "standing": row.standing.value,
        "late": row.late,
        "asked": row.asked,
        "address": not row.no_address,
        "report": report.id if report else None,
        "state": report.state.value if report else None,
        "submitted": iso_local(report.submitted) if report else None,
        "values": dict(report.values) if report else {},
    }


def _sum(row: FieldTotal) -> dict[str, object]:
    return {
        "field": row.field.id,
        "label": row.field.label,
        "unit": row.field.unit,
        "own": row.own,
        "below": row.below,
        "total": row.total,
        "reported": row.reported,
    }


def _number(value: int | None) -> str:
    return "–" if value is None else f"{value:,}".replace(",", ".")


def _tell(sitting: Sitting, made: UnitReport) -> None:
    unit = people.unit(sitting.db, made.unit)
    days = f"{made.first:%d/%m/%Y} – {made.last:%d/%m/%Y}"
    facts = {"id": made.id, "unit": unit.name if unit else made.unit, "period": days, "state": of(made.state)}
    click.echo(label("unit_report_cli", "state", **facts))


def _mailed(done: tuple[unit_reminding.Mailed, ...]) -> None:
    _tell_all(
        (
            label("unit_report_cli", "not_mailed", unit=one.unit.name, why=one.why)
            if one.why
            else label("unit_report_cli", "mailed", unit=one.unit.name, id=one.id)
            for one in done
        ),
        "nobody",
    )


def _tell_all(lines: Iterable[str], none: str) -> None:
    """Each on its line; ``none`` is the key of what is said where there is not one."""
    for line in list(lines) or [label("unit_report_cli", none)]:
        click.echo(line)
