"""``monitor letter``: papers from the draft to the receipt, arriving papers, and the register."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from monitor.cli.cases.group import F, acting, at_desk, moment, needed_day, one_of, told, words
from monitor.cli.common import day
from monitor.cli.output_bytes import to_file
from monitor.desk import papers, pdf, register, watching
from monitor.errors import UsageError
from monitor.labels import label, of
from monitor.model.case import Case
from monitor.model.filing import Arrival, Writing
from monitor.model.paper import PaperKind
from monitor.store import cases

_WORDS = ("opinion", "contact", "venue", "opened", "in_reply_to", "deadline")
_ROWS = ("proposals", "attachments", "present", "statements", "agreed")


@click.group(help=label("letter_cli", "letter"))
def letter() -> None:
    """Papers."""


def writing(command: F) -> F:
    """Options for the words only who drafts can say."""
    for name in (*reversed(_ROWS), *reversed(_WORDS)):
        flag, many = f"--{name.replace('_', '-')}", name in _ROWS
        default = None if many else ""
        said = label("letter_cli", name)
        command = click.option(flag, name, default=default, multiple=many, metavar="WORDS", help=said)(command)
    return command


def _said(given: dict[str, Any]) -> Writing:
    said: dict[str, Any] = {name: words(given[name]) for name in _WORDS}
    said |= {name: tuple(map(words, given[name])) for name in _ROWS}
    return Writing(**said)


def _split(ref: str) -> tuple[str, str]:
    """ "VV2026-0001/v7" as case and paper."""
    case, _, paper = ref.partition("/")
    if not paper:
        raise UsageError("letter_ref", value=ref)
    return case.upper(), paper


def _shown(made: Case, paper: str) -> None:
    found = papers.paper_of(made, paper)
    sign = f" {found.sign}" if found.number is not None else ""
    click.echo(f"{made.id}/{found.id}  {of(found.kind)}{sign} · {of(found.state)}")
    click.echo(f"  {found.subject}")


@letter.command(help=label("letter_cli", "draft"))
@click.argument("ident", metavar="CASE")
@click.argument("kind", type=one_of(PaperKind), metavar="KIND")
@click.option("--request", default="", metavar="REQUEST", help=label("letter_cli", "request"))
@click.option("--assignment", default="", metavar="ID", help=label("letter_cli", "assignment"))
@click.option("--issuer", default="", metavar="UNIT", help=label("case_cli", "issuer"))
@click.option("--subject", default="", metavar="WORDS", help=label("letter_cli", "subject"))
@click.option("--replaces", default="", metavar="PAPER", help=label("letter_cli", "replaces"))
@writing
@acting
def draft(
    *, ident: str, kind: str, request: str, assignment: str, issuer: str, subject: str, replaces: str,
    by: str | None, on_behalf: str, **given: Any,
) -> None:  # fmt: skip
    """One of the nine papers, drafted from the case."""
    with at_desk(by, on_behalf) as s:
        made = papers.draft(
            s, ident, PaperKind(kind), request=request, assignment=assignment, issuer=issuer, subject=words(subject),
            replaces=replaces, writing=_said(given),
        )  # fmt: skip
    _shown(made, made.papers[-1].id)


@letter.command(help=label("letter_cli", "redraft"))
@click.argument("ref", metavar="LETTER")
@click.option("--subject", metavar="WORDS", help=label("letter_cli", "subject"))
@click.option("--file", "path", type=click.Path(path_type=Path), help=label("letter_cli", "redraft_file"))
@writing
@acting
def redraft(*, ref: str, subject: str | None, path: Path | None, by: str | None, on_behalf: str, **given: Any) -> None:
    """The draft made anew, or taken from a document changed in Word."""
    ident, paper = _split(ref)
    said = _said(given)
    with at_desk(by, on_behalf) as s:
        made = papers.redraft(s, ident, paper, subject=subject, file=path, writing=said if said != Writing() else None)
    _shown(made, paper)


@letter.command(help=label("letter_cli", "submit"))
@click.argument("ref", metavar="LETTER")
@acting
def submit(*, ref: str, by: str | None, on_behalf: str) -> None:
    """To the leader."""
    ident, paper = _split(ref)
    with at_desk(by, on_behalf) as s:
        _shown(papers.submit(s, ident, paper), paper)


@letter.command("return", help=label("letter_cli", "return"))
@click.argument("ref", metavar="LETTER")
@click.option("--remarks", required=True, metavar="WORDS", help=label("letter_cli", "remarks"))
@acting
def return_(*, ref: str, remarks: str, by: str | None, on_behalf: str) -> None:
    """Back to who drafted it."""
    ident, paper = _split(ref)
    with at_desk(by, on_behalf) as s:
        _shown(papers.return_(s, ident, paper, words(remarks)), paper)


@letter.command(help=label("letter_cli", "sign"))
@click.argument("ref", metavar="LETTER")
@click.option("--title", default="", metavar="WORDS", help=label("letter_cli", "title"))
@click.option("--at", metavar="D", help=label("letter_cli", "at"))
@acting
def sign(*, ref: str, title: str, at: str | None, by: str | None, on_behalf: str) -> None:
    """The leader has signed."""
    ident, paper = _split(ref)
    with at_desk(by, on_behalf) as s:
        _shown(papers.sign(s, ident, paper, title=title, at=moment(at)), paper)


@letter.command(help=label("letter_cli", "number"))
@click.argument("ref", metavar="LETTER")
@click.argument("value", type=int, metavar="NUMBER")
@click.option("--symbol", default="", metavar="WORDS", help=label("letter_cli", "symbol"))
@click.option("--date", "dated", required=True, metavar="D", help=label("letter_cli", "date"))
@acting
def number(*, ref: str, value: int, symbol: str, dated: str, by: str | None, on_behalf: str) -> None:
    """Number and date from the văn thư's register."""
    ident, paper = _split(ref)
    with at_desk(by, on_behalf) as s:
        _shown(papers.number(s, ident, paper, value=value, symbol=symbol, dated=needed_day(dated)), paper)


@letter.command(help=label("letter_cli", "issue"))
@click.argument("ref", metavar="LETTER")
@click.option("--at", metavar="D", help=label("letter_cli", "at"))
@click.option("--file", "path", type=click.Path(path_type=Path), help=label("letter_cli", "issue_file"))
@acting
def issue(*, ref: str, at: str | None, path: Path | None, by: str | None, on_behalf: str) -> None:
    """The paper has gone out, and is frozen."""
    ident, paper = _split(ref)
    with at_desk(by, on_behalf) as s, s.db.atomic():
        made = papers.issue(s, ident, paper, at=moment(at), file=path)
        watching.refresh(s, made)
    _shown(made, paper)
    if papers.lacks_response(made, paper):
        click.echo(label("letter_cli", "no_response"))
    click.echo(label("letter_cli", "not_sent"))


@letter.command(help=label("letter_cli", "receive"))
@click.argument("ref", metavar="LETTER")
@click.option("--at", required=True, metavar="D", help=label("letter_cli", "receive_at"))
@click.option("--proof", required=True, metavar="WORDS", help=label("letter_cli", "receive_proof"))
@click.option("--why", default="", metavar="WORDS", help=label("case_cli", "why"))
@acting
def receive(*, ref: str, at: str, proof: str, why: str, by: str | None, on_behalf: str) -> None:
    """The addressee has received it."""
    ident, paper = _split(ref)
    with at_desk(by, on_behalf) as s, s.db.atomic():
        made = papers.receive(s, ident, paper, _moment(at), words(proof), why=words(why))
        watching.refresh(s, made)
    _shown(made, paper)


def _moment(text: str) -> datetime:
    found = moment(text)
    assert found is not None  # a text was given
    return found


@letter.command(help=label("letter_cli", "withdraw"))
@click.argument("ref", metavar="LETTER")
@click.option("--why", required=True, metavar="WORDS", help=label("case_cli", "why"))
@acting
def withdraw(*, ref: str, why: str, by: str | None, on_behalf: str) -> None:
    """The paper does not go out."""
    ident, paper = _split(ref)
    with at_desk(by, on_behalf) as s:
        _shown(papers.withdraw(s, ident, paper, words(why)), paper)


@letter.command(help=label("letter_cli", "copy"))
@click.argument("ident", metavar="CASE")
@click.argument("kind", type=one_of(PaperKind), metavar="KIND")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--issuer", required=True, metavar="UNIT", help=label("case_cli", "issuer"))
@click.option("--subject", required=True, metavar="WORDS", help=label("letter_cli", "subject"))
@click.option("--number", "value", required=True, type=int, metavar="N", help=label("letter_cli", "copy_number"))
@click.option("--symbol", required=True, metavar="WORDS", help=label("letter_cli", "symbol"))
@click.option("--date", "dated", required=True, metavar="D", help=label("letter_cli", "date"))
@click.option("--to", multiple=True, required=True, metavar="WORDS", help=label("letter_cli", "to"))
@click.option("--request", default="", metavar="REQUEST", help=label("letter_cli", "request"))
@acting
def copy(*, ident: str, kind: str, path: Path, issuer: str, subject: str, value: int, symbol: str, dated: str,
    to: tuple[str, ...], request: str, by: str | None, on_behalf: str,
) -> None:  # fmt: skip
    """A unit's letter, recorded from the copy received."""
    with at_desk(by, on_behalf) as s:
        made = papers.copy(
            s, ident, PaperKind(kind), path, issuer=issuer, subject=words(subject), value=value, symbol=symbol,
            dated=needed_day(dated), addressees=to, request=request,
        )  # fmt: skip
    _shown(made, made.papers[-1].id)


@letter.command(help=label("letter_cli", "arrive"))
@click.argument("ident", metavar="CASE")
@click.option("--from", "sender", required=True, metavar="WORDS", help=label("letter_cli", "sender"))
@click.option("--sign", "sign_", default="", metavar="WORDS", help=label("letter_cli", "arrive_sign"))
@click.option("--date", "dated", required=True, metavar="D", help=label("letter_cli", "arrive_date"))
@click.option(
    "--arrival-number", "arrival_number", required=True, metavar="N", help=label("letter_cli", "arrival_number")
)
@click.option("--arrived", required=True, metavar="D", help=label("letter_cli", "arrived"))
@click.option("--subject", required=True, metavar="WORDS", help=label("letter_cli", "subject"))
@click.option("--request", default="", metavar="REQUEST", help=label("letter_cli", "request"))
@click.option("--answers", is_flag=True, help=label("letter_cli", "answers"))
@click.option("--file", "path", type=click.Path(path_type=Path), help=label("letter_cli", "scan"))
@acting
def arrive(
    *, ident: str, sender: str, sign_: str, dated: str, arrival_number: str, arrived: str, subject: str,
    request: str, answers: bool, path: Path | None, by: str | None, on_behalf: str,
) -> None:  # fmt: skip
    """A paper that arrived."""
    with at_desk(by, on_behalf) as s:
        what = Arrival(
            id="", sender=words(sender), sign=sign_, dated=needed_day(dated), arrival_number=arrival_number,
            arrived=needed_day(arrived), subject=words(subject), request=request, by=s.actor.id, at=s.now,
        )  # fmt: skip
        made = papers.arrive(s, ident, what, file=path, answers=answers)
    told(made, "added", thing=made.arrivals[-1].id)


@letter.command(help=label("letter_cli", "export"))
@click.argument("ref", metavar="LETTER")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help=label("letter_cli", "export_to"))
@acting
def export(*, ref: str, output: Path, by: str | None, on_behalf: str) -> None:
    """The paper's document; as PDF where the file is to be called so."""
    ident, paper = _split(ref)
    with at_desk(by, on_behalf) as s:
        kept, body = papers.document(s, ident, paper)
    ending = output.suffix.lower()
    if ending not in (".pdf" if kept.media_type == papers.DOCX else "", Path(kept.name).suffix.lower()):
        raise UsageError("export_ending", file=output.name, ending=Path(kept.name).suffix)
    wants_pdf = output.suffix.lower() == ".pdf"
    if wants_pdf and kept.media_type == papers.DOCX:
        body = pdf.to_pdf(body)
    to_file(body, output)
    click.echo(label("letter_cli", "exported", file=output))


@letter.command("list", help=label("letter_cli", "list"))
@click.argument("ident", metavar="[CASE]", required=False)
@acting
def list_(*, ident: str | None, by: str | None, on_behalf: str) -> None:
    """Papers, of one case or all."""
    with at_desk(by, on_behalf) as s:
        found = [s.case(ident)] if ident else [one for one in cases.every(s.db) if s.sees(one)]
    shown = False
    for one in found:
        for paper in one.papers:
            _shown(one, paper.id)
            shown = True
    if not shown:
        click.echo(label("letter_cli", "list_empty"))


@letter.command("register", help=label("letter_cli", "register"))
@click.option("--since", metavar="D", help=label("cli", "since"))
@click.option("--until", metavar="D", help=label("cli", "until"))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help=label("cli", "output"))
@acting
def register_(*, since: str | None, until: str | None, output: Path, by: str | None, on_behalf: str) -> None:
    """The register as an Excel file."""
    with at_desk(by, on_behalf) as s:
        body = register.register(s, day(since), day(until))
    to_file(body, output)
    click.echo(label("letter_cli", "exported", file=output))
