"""What the commands that take tables in and out share: a file put in place at once, and what became of the lines."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from monitor.desk.sheets import Loaded
from monitor.errors import InputError
from monitor.labels import label

_SHOWN = 50


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
        raise InputError("file_unwritable", file=target, detail=error.strerror or str(error)) from error


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
