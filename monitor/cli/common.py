"""What several commands share: the working folder, days, and where output goes."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from signal import SIGINT, SIGTERM, Signals, signal
from threading import Event
from types import FrameType
from typing import BinaryIO, TextIO

import click

from monitor import clock, dates
from monitor.config import Home, home
from monitor.errors import InputError, UsageError
from monitor.labels import label, os_reason


def here() -> Home:
    """The working folder: MONITOR_HOME, or the current one."""
    return Home(root=home())


def day(text: str | None) -> date | None:
    """A day as typed: 2026-11-08 or 08/11/2026."""
    if text is None:
        return None
    found = dates.parse(text)
    if found is None:
        raise UsageError("bad_date", value=text)
    return clock.local(found).date()


def span(since: str | None, until: str | None) -> tuple[datetime | None, datetime | None]:
    """The interval of whole days ``since`` … ``until``, both included."""
    first, last = day(since), day(until)
    return (clock.day_bounds(first)[0] if first else None, clock.day_bounds(last)[1] if last else None)


def user() -> str:
    """Who sits at the machine, as the system knows it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return label("story", "somebody")


def to_json(value: object) -> str:
    """Readable JSON with Vietnamese as it is."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def write(text: str, target: Path | None) -> None:
    """To the file, put in place at once, or to standard output."""
    if target is None or str(target) == "-":
        click.echo(text, nl=not text.endswith("\n"))
        return
    draft = target.with_name(target.name + ".tmp")
    try:
        try:
            draft.write_text(text, encoding="utf-8", newline="\n")
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise InputError("file_unwritable", file=target, detail=os_reason(error)) from error


@contextmanager
def lines_to(target: Path | None) -> Iterator[Callable[[str], None]]:
    """A function that writes one line, to the file or to standard output."""
    if target is None or str(target) == "-":
        yield click.echo
        return
    try:
        with target.open("w", encoding="utf-8", newline="\n") as stream:
            yield lambda line: print(line, file=stream)
    except OSError as error:
        raise InputError("file_unwritable", file=target, detail=os_reason(error)) from error


def read_bytes(source: str) -> bytes:
    """The content of a file, or of standard input for ``-``."""
    try:
        return sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise InputError("file_unreadable", file=source, detail=os_reason(error)) from error


@contextmanager
def open_lines(source: str) -> Iterator[Iterator[str]]:
    """The lines of a UTF-8 file, or of standard input for ``-``, one at a time."""

    def unreadable(error: OSError) -> InputError:
        return InputError("file_unreadable", file=source, detail=os_reason(error))

    def lines(stream: BinaryIO) -> Iterator[str]:
        try:
            for line in stream:
                yield line.decode("utf-8", "replace")
        except OSError as error:
            raise unreadable(error) from error

    try:
        stream = sys.stdin.buffer if source == "-" else Path(source).open("rb")  # noqa: SIM115  (closed below)
    except OSError as error:
        raise unreadable(error) from error
    # Outside: what goes wrong with the lines, a closed pipe say, is not the file's fault.
    with stream:
        yield lines(stream)


@contextmanager
def stopping() -> Iterator[Event]:
    """An event that Ctrl+C or a termination signal sets, so that work ends where nothing is half done."""
    event = Event()

    def ask(number: int, frame: FrameType | None) -> None:
        if event.is_set() and number == SIGINT:
            raise KeyboardInterrupt  # the second Ctrl+C means now
        event.set()

    before: dict[Signals, object] = {number: signal(number, ask) for number in (SIGINT, SIGTERM)}
    try:
        yield event
    finally:
        for number, handler in before.items():
            signal(number, handler)  # type: ignore[arg-type]


def status_line(stream: TextIO) -> Callable[[str], None] | None:
    """A function that rewrites one line on a terminal; None where there is no terminal to write on."""
    if not stream.isatty():
        return None
    width = 0

    def show(text: str) -> None:
        nonlocal width
        stream.write("\r" + text.ljust(width))
        width = len(text)
        stream.flush()

    return show
