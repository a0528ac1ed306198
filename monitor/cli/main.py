"""The program's entry: the group of all commands, and how errors are told."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import sys

import click

from monitor import __version__
from monitor.cli import (
    archive,
    calendar,
    collecting,
    desk_export,  # noqa: F401 - its commands join the group of archive.export
    folder,
    intake,
    letter,
    outlet,
    output,
    people,
    reading,
    rules,
    story,
    tagging,
    watch,
)
from monitor.cli.cases import case
from monitor.errors import BusyError, MonitorError
from monitor.labels import label, wording


class _Commands(click.Group):
    """A group whose reader may have enough (``monitor export … | head``): that is no failure, as click has it."""

    def invoke(self, ctx: click.Context) -> object:
        """See click; what is still buffered is written here, not at the very end where it would be complained of."""
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()
            return done
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(0) from None


@click.group(
    cls=_Commands,
    name="monitor",
    help=label("cli", "monitor"),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "--version", help=label("cli", "version"), message="%(prog)s %(version)s")
@click.option("-v", "--verbose", is_flag=True, help=label("cli", "verbose"))
def commands(verbose: bool) -> None:
    """The group; its help is in labels.yaml."""
    if verbose:
        logging.basicConfig(level=logging.DEBUG, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    else:
        # Traces are for data/monitor.log; the terminal gets sentences.
        logging.getLogger().addHandler(logging.NullHandler())
    for noisy in ("httpx", "httpcore", "trafilatura", "htmldate", "apscheduler", "tzlocal"):
        logging.getLogger(noisy).setLevel(logging.INFO if verbose else logging.CRITICAL)


for command in (
    folder.init,
    folder.run,
    collecting.collect,
    collecting.sources,
    reading.extract,
    reading.tag,
    tagging.retag,
    tagging.tag_fix,
    rules.rules,
    archive.search,
    archive.import_,
    archive.export,
    story.story,
    case,
    letter.letter,
    calendar.calendar,
    watch.watch,
    intake.intake,
    outlet.outlet,
    people.user,
    people.unit,
    output.digest,
    output.demo,
):
    commands.add_command(command)


def main() -> None:
    """Runs the command line and exits; an error is one sentence on standard error, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # Windows consoles and pipes may have another charset; Vietnamese needs this one.
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(OSError, ValueError):
                stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        sys.exit(commands.main(standalone_mode=False, prog_name="monitor") or 0)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo(label("cli", "interrupted"), err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except MonitorError as error:
        click.echo(wording(error), err=True)
        sys.exit(3 if isinstance(error, BusyError) else 2)
