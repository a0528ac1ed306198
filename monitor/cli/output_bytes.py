"""What commands share that give files and tables: put in place at once, fit for the screen, what became of lines."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from monitor.cli.common import write
from monitor.desk.sheets import Loaded
from monitor.errors import InputError, UsageError
from monitor.labels import label, os_reason

TEXTS = ("html", "md", "json")
"""Forms of a paper that can be read on a screen."""
_SHOWN = 50


def to_screen(form: str, target: Path | None) -> None:
    """Refuses to throw a file that is no text at a terminal; asked before the work is done."""
    if form not in TEXTS and (target is None or str(target) == "-") and _terminal():
        raise UsageError("form_to_terminal", form=form)


def _terminal() -> bool:
    return sys.stdout.isatty()


def in_form(body: bytes, form: str, target: Path | None) -> None:
    """A paper in one of its forms; text as text, so that it comes out whole whatever the terminal's charset is."""
    if form in TEXTS:
        write(body.decode(), target)
    else:
        to_file(body, target)


def to_file(body: bytes, target: Path | None) -> None:
    """To the file, or to standard output."""
    if target is None or str(target) == "-":
        click.echo(body, nl=False)
        return
    draft = target.with_name(target.name + ".tmp")
    try:
        try:
            draft.write_bytes(body)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise InputError("file_unwritable", file=target, detail=os_reason(error)) from error


def told_lines(done: Loaded) -> bool:
    """Says what became of the lines; returns whether some were bad."""
    for notice in done.notices[:_SHOWN]:
        click.echo(notice)
    for number, problem in done.bad[:_SHOWN]:
        click.echo(label("cli", "bad_line", number=number, problem=problem), err=True)
    if len(done.bad) > _SHOWN:
        click.echo(label("table", "more_bad", count=len(done.bad) - _SHOWN), err=True)
    click.echo(label("table", "done", stored=done.stored, known=done.known, bad=len(done.bad)))
    sys.stdout.flush()
    return bool(done.bad)
