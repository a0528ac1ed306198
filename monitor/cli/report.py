"""``report``: the figures of a period in any form, the list behind one, officers' sentences, and issued reports."""

from __future__ import annotations

from pathlib import Path

import click

from monitor.cli import outbox
from monitor.cli.cases.group import at_desk, by_whom, needed_day
from monitor.cli.common import read_bytes, to_json, write
from monitor.cli.output_bytes import in_form, to_screen
from monitor.clock import iso_local
from monitor.desk import pdf, report_issuing, report_paper, report_sending
from monitor.desk.reporting import Report
from monitor.labels import label
from monitor.model.report_paper import FORMS, PARTS, Adjustment, IssuedReport
from monitor.report.half_year_json import list_as_json, unsaid
from monitor.text import decode

_form = click.Choice(FORMS)
_path = click.Path(path_type=Path)


def _said(key: str) -> str:
    return label("report_cli", key)


@click.group(invoke_without_command=True, help=label("cli", "report"))
@click.option("--period", metavar="P", help=label("cli", "report_period"))
@click.option("--format", "form", type=_form, default="xlsx", show_default=True, help=label("cli", "report_format"))
@click.option("-o", "--output", type=_path, help=label("cli", "output"))
@click.option("--list", "key", metavar="KEY", help=_said("list"))
@by_whom
@click.pass_context
def report(
    ctx: click.Context, *, period: str | None, form: str, output: Path | None, key: str | None, by: str | None,
    on_behalf: str,
) -> None:  # fmt: skip
    """The report on a period as it stands now, or the list behind one of its figures."""
    if ctx.invoked_subcommand:
        return
    if not period:
        raise click.MissingParameter(ctx=ctx, param=next(one for one in ctx.command.params if one.name == "period"))
    if key is not None:
        with at_desk(by, on_behalf) as s:
            write(list_as_json(Report(s, period).listed(key)), output)
        return
    to_screen(form, output)
    with at_desk(by, on_behalf) as s:
        body = report_paper.made(s, period, form)
    in_form(body, form, output)


@report.command(help=_said("issue"))
@click.option("--period", metavar="P", required=True, help=label("cli", "report_period"))
@click.option("--number", metavar="N", required=True, help=_said("number"))
@click.option("--day", "on", metavar="D", required=True, help=_said("day"))
@click.option("--signer", metavar="NAME", default="", help=_said("signer"))
@click.option("--position", metavar="TITLE", default="", help=_said("position"))
@by_whom
def issue(*, period: str, number: str, on: str, signer: str, position: str, by: str | None, on_behalf: str) -> None:
    """Issues the report, or its next version."""
    with at_desk(by, on_behalf) as s:
        made = report_issuing.issue(s, period, number=number, day=needed_day(on), signer=signer, position=position)
        silent = unsaid(report_issuing.file(s, made.id, "json").decode())
    told = label(
        "report_cli", "done_issue", sign=made.number, day=f"{made.day:%d/%m/%Y}", version=made.version, id=made.id,
        forms=_forms(made),
    )  # fmt: skip
    click.echo(told)
    if not pdf.available():
        click.echo(_said("no_pdf"))
    if silent:
        click.echo(label("report_cli", "silent", parts=", ".join(silent)))
    if made.adjusts:
        click.echo(label("report_cli", "adjusts", adjusts=made.adjusts))
        _changes(made.changes)


@report.command(help=_said("issued"))
@click.option("--period", metavar="P", help=_said("issued_period"))
@click.option("--changes", is_flag=True, help=_said("changes"))
@click.option("--json", "as_json", is_flag=True, help=label("cli", "json"))
@by_whom
def issued(*, period: str | None, changes: bool, as_json: bool, by: str | None, on_behalf: str) -> None:
    """The issued reports, the latest first."""
    with at_desk(by, on_behalf) as s:
        found = report_issuing.issued(s, period)
        since = {one.id: report_issuing.changes_since(s, one.id) if changes else None for one in found}
    if as_json:
        click.echo(to_json([_as_dict(one, since[one.id]) for one in found]))
        return
    if not found:
        click.echo(_said("nothing"))
    for one in found:
        line = label(
            "report_cli", "line", id=one.id, sign=one.number, day=f"{one.day:%d/%m/%Y}", period=one.span.name,
            version=one.version, forms=_forms(one),
        )  # fmt: skip
        click.echo(line)
        if now := since[one.id]:
            click.echo(_said("since"))
            _changes(now)


@report.command("file", help=_said("file"))
@click.argument("ident", metavar="ID")
@click.option("--format", "form", type=_form, default="docx", show_default=True, help=_said("file_format"))
@click.option("-o", "--output", type=_path, help=label("cli", "output"))
@by_whom
def file_(*, ident: str, form: str, output: Path | None, by: str | None, on_behalf: str) -> None:
    """A file as it was issued, byte by byte."""
    to_screen(form, output)
    with at_desk(by, on_behalf) as s:
        body = report_issuing.file(s, ident, form)
    in_form(body, form, output)


@report.command("write", help=_said("write"))
@click.argument("source", metavar="[FILE|-]", default="-")
@click.option("--period", metavar="P", required=True, help=label("cli", "report_period"))
@click.option("--part", type=click.Choice(PARTS), metavar="PART", required=True, help=_said("part"))
@click.option("--draft", is_flag=True, help=_said("draft"))
@click.option("--revision", metavar="N", type=click.IntRange(0), help=_said("revision"))
@by_whom
def write_(
    *, source: str, period: str, part: str, draft: bool, revision: int | None, by: str | None, on_behalf: str
) -> None:  # fmt: skip
    """An officer's own sentences for a part, or back to the draft."""
    text = None if draft else decode(read_bytes(source))
    with at_desk(by, on_behalf) as s:
        made = report_paper.write(s, period, part, text, seen=revision)
    click.echo(label("report_cli", "undone" if draft else "written", part=part, revision=made))


@report.command(help=_said("send"))
@click.argument("ident", metavar="ID")
@by_whom
def send(*, ident: str, by: str | None, on_behalf: str) -> None:
    """An issued report to the addresses of the rules; exit 1 where one failed."""
    with at_desk(by, on_behalf) as s:
        queued = report_sending.send(s, ident)
        outbox.now_sent([one.id for one in queued if one.id])
        if not outbox.tell(s, queued):
            raise click.exceptions.Exit(1)


def _forms(one: IssuedReport) -> str:
    return ", ".join(file.form for file in one.files)


def _changes(found: tuple[Adjustment, ...]) -> None:
    none = _said("none")
    for one in found:
        before, after = (none if number is None else number for number in (one.before, one.after))
        click.echo(label("report_cli", "change", label=one.label, before=before, after=after))


def _as_dict(one: IssuedReport, since: tuple[Adjustment, ...] | None) -> dict[str, object]:
    said: dict[str, object] = {
        "id": one.id, "period": one.span.key, "first": one.span.first.isoformat(), "last": one.span.last.isoformat(),
        "version": one.version, "number": one.number, "day": one.day.isoformat(), "signer": one.signer,
        "issued": iso_local(one.issued), "by": one.by, "sha256": one.sha256, "chain": one.chain,
        "adjusts": one.adjusts, "changes": [_change(change) for change in one.changes],
        "files": [{"format": f.form, "sha256": f.sha256, "bytes": f.size} for f in one.files],
    }  # fmt: skip
    return said if since is None else said | {"changes_since": [_change(change) for change in since]}


def _change(one: Adjustment) -> dict[str, object]:
    return {"key": one.key, "label": one.label, "before": one.before, "after": one.after}
