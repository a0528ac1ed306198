"""``case list|show|due|changes|evidence|file|audit``: what there is, what is due, what can be proved."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from monitor import clock
from monitor.cli.cases.group import acting, at_desk, case, needed_day, one_of, words
from monitor.cli.cases.sheet import sheet
from monitor.cli.common import to_json
from monitor.cli.output_bytes import in_form, to_screen
from monitor.desk import audit as auditing
from monitor.desk import case_report, casefile, figures, proof, watching
from monitor.desk import due as duties
from monitor.evidence.pack import sentence
from monitor.labels import label, of
from monitor.model.case import CaseStatus
from monitor.model.evidence import Bailiff, EvidenceKind
from monitor.store import cases
from monitor.store import evidence as files


@case.command("list", help=label("case_cli", "list"))
@click.option("--status", "statuses", multiple=True, type=one_of(CaseStatus), help=label("case_cli", "list_status"))
@click.option("--all", "everything", is_flag=True, help=label("case_cli", "list_all"))
@click.option("--json", "as_json", is_flag=True, help=label("cli", "json"))
@acting
def list_(*, statuses: tuple[str, ...], everything: bool, as_json: bool, by: str | None, on_behalf: str) -> None:
    """The cases one may see."""
    wanted = [CaseStatus(s) for s in statuses] or [s for s in CaseStatus if everything or s is not CaseStatus.CLOSED]
    with at_desk(by, on_behalf) as s:
        found = [one for one in cases.every(s.db, statuses=wanted) if s.sees(one)]
        if as_json:
            click.echo(to_json(list(map(figures.rows_of(s), found))))
            return
    if not found:
        click.echo(label("case_cli", "list_empty"))
    for one in found:
        verdict = f" · {of(one.verdict)}" if one.verdict else ""
        mark = " · " + label("case_cli", "restricted_mark") if one.restricted else ""
        click.echo(f"{one.id}  {of(one.status)}{verdict}{mark}  {one.title}")


@case.command(help=label("case_cli", "show"))
@click.argument("ident", metavar="CASE")
@click.option("--json", "as_json", is_flag=True, help=label("cli", "json"))
@acting
def show(*, ident: str, as_json: bool, by: str | None, on_behalf: str) -> None:
    """A case with all that hangs on it."""
    with at_desk(by, on_behalf) as s:
        found = s.case(ident)
        if as_json:
            click.echo(to_json(figures.case_row(s, found)))
            return
        for line in sheet(s, found):
            click.echo(line)


@case.command(help=label("case_cli", "due_list"))
@click.option("--days", type=click.IntRange(0, 3660), default=30, metavar="N", help=label("case_cli", "due_days"))
@acting
def due(*, days: int, by: str | None, on_behalf: str) -> None:
    """What is overdue, and what falls due."""
    with at_desk(by, on_behalf) as s:
        found = duties.due(s, days=days)
    if not found:
        click.echo(label("case_cli", "due_empty", days=days))
    for one in found:
        at = f"{clock.local(one.at):%H:%M %d/%m/%Y}"
        late = label("case_cli", "past_mark" if one.threshold else "overdue")
        mark = late if one.overdue else " " * len(late)
        law = label("case_cli", "by_law" if one.law else "by_office")
        who = f" — {one.who}" if one.who else ""
        click.echo(f"{mark} {at}  {one.case} {one.thing}  {one.what}{who} ({law})")


@case.command(help=label("case_cli", "changes"))
@click.argument("ident", metavar="CASE")
@click.option("--accept", type=int, metavar="N", help=label("case_cli", "change_accept"))
@click.option("--dismiss", type=int, metavar="N", help=label("case_cli", "change_dismiss"))
@acting
def changes(*, ident: str, accept: int | None, dismiss: int | None, by: str | None, on_behalf: str) -> None:
    """What became of the pages."""
    with at_desk(by, on_behalf) as s:
        for number, accepted in ((accept, True), (dismiss, False)):
            if number is not None:
                watching.decide(s, ident, number, accepted=accepted)
        found = watching.changes(s, ident)
    if not found:
        click.echo(label("case_cli", "changes_empty"))
    for change in found:
        state = label("case_cli", "change_open" if change.accepted is None else f"change_{change.accepted}".lower())
        click.echo(
            f"{change.id}  {clock.local(change.at):%H:%M %d/%m/%Y}  {of(change.kind)} · {change.article} · {state}"
        )
        if change.correction:
            parts = ", ".join(of(part) for part in change.correction.missing) or label("case_cli", "correction_full")
            click.echo(f"    {change.correction.title} · {change.correction.url}")
            click.echo(f"    {label('case_cli', 'correction_missing', parts=parts)}")
        for line in change.diff.splitlines():
            click.echo(f"    {line}")


@case.command(help=label("case_cli", "evidence"))
@click.argument("ident", metavar="CASE")
@click.option("--take", is_flag=True, help=label("case_cli", "evidence_take"))
@click.option("--no-pictures", is_flag=True, help=label("case_cli", "evidence_no_pictures"))
@click.option("--file", "path", type=click.Path(path_type=Path), help=label("case_cli", "evidence_file"))
@click.option(
    "--kind", type=one_of(EvidenceKind), default=EvidenceKind.SCAN.value, help=label("case_cli", "evidence_kind")
)
@click.option("--note", default="", metavar="WORDS", help=label("case_cli", "evidence_note"))
@click.option("--article", metavar="ID", help=label("case_cli", "evidence_article"))
@click.option("--bailiff", nargs=4, metavar="EVIDENCE OFFICE NUMBER D", help=label("case_cli", "evidence_bailiff"))
@click.option("-o", "--output", type=click.Path(path_type=Path), help=label("case_cli", "evidence_pack"))
@acting
def evidence(
    *, ident: str, bailiff: tuple[str, str, str, str] | None, take: bool, no_pictures: bool, path: Path | None,
    kind: str, note: str, article: str | None, output: Path | None, by: str | None, on_behalf: str,
) -> None:  # fmt: skip
    """What the case rests on; taken anew, added to, packed."""
    with at_desk(by, on_behalf) as s:
        if take:
            for gap in proof.take(s, ident, pictures=not no_pictures).missing:
                click.echo(f"  – {sentence(gap)}")
        if path:
            proof.add_file(s, ident, path, EvidenceKind(kind), note=words(note), article=article)
        if bailiff:
            which, office, sign, dated = bailiff
            proof.bailiff(s, ident, which, Bailiff(office=words(office), number=sign, dated=needed_day(dated)))
        if output:
            done = proof.pack(s, ident, output)
            click.echo(label("case_cli", "packed", file=output, files=done.files, sha256=done.manifest))
        found = files.of_case(s.db, s.case(ident).id)
    if not found:
        click.echo(label("case_cli", "evidence_empty"))
    for one in found:
        at = f"{clock.local(one.taken):%H:%M %d/%m/%Y}"
        click.echo(f"{one.id}  {at}  {of(one.kind)} · {one.name} · {one.sha256[:16]} · {one.url}".rstrip(" ·"))
        if one.bailiff:
            made = one.bailiff
            told = label("case_cli", "bailiff", office=made.office, number=made.number, day=f"{made.dated:%d/%m/%Y}")
            click.echo(f"    {told}")


@case.command("file", help=label("case_cli", "file"))
@click.argument("ident", metavar="CASE")
@click.option("-o", "--output", type=click.Path(path_type=Path), help=label("cli", "output"))
@acting
def file_(*, ident: str, output: Path | None, by: str | None, on_behalf: str) -> None:
    """The case's file: list of papers, papers in order, evidence."""
    with at_desk(by, on_behalf) as s:
        target, packed = casefile.make(s, ident, output)
    click.echo(label("case_cli", "file_made", file=target, files=packed.files))


@case.command(help=label("case_cli", "report"))
@click.argument("ident", metavar="CASE")
@click.option(
    "--format", "form", type=click.Choice(case_report.FORMS), default="docx", show_default=True,
    help=label("case_cli", "report_format"),
)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), help=label("cli", "output"))
@acting
def report(*, ident: str, form: str, output: Path | None, by: str | None, on_behalf: str) -> None:
    """The case on two pages."""
    to_screen(form, output)
    with at_desk(by, on_behalf) as s:
        in_form(case_report.case_report(s, ident, form), form, output)


@case.command(help=label("case_cli", "audit"))
@click.option("--head", "heads", multiple=True, metavar="HEAD", help=label("case_cli", "audit_head"))
@acting
def audit(*, heads: tuple[str, ...], by: str | None, on_behalf: str) -> None:
    """Whether the log is whole; exit code 1 when it is not."""
    with at_desk(by, on_behalf) as s:
        report = auditing.audit(s.db, heads)
    click.echo(label("case_cli", "audit_count", count=report.count, head=report.head or "–"))
    if report.anchored:
        where = f"{of(report.anchor.kind)} {report.anchor.where}" if report.anchor else label("case_cli", "audit_given")
        click.echo(label("case_cli", "audit_anchored", count=report.anchored, where=where))
    else:
        click.echo(label("case_cli", "audit_no_anchor"))
    if report.after:
        click.echo(label("case_cli", "audit_after", count=report.after, first=report.anchored + 1))
    for n, flaw, what in report.flaws:
        click.echo(f"  ✗ {n}: {of(flaw)} ({what})")
    if report.flaws:
        sys.exit(1)
    click.echo(label("case_cli", "audit_whole"))
