"""The program's entry: the group of all commands, and how errors are told."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import sys

import click

from monitor import __version__
from monitor.cli.lazy import Commands, LazyGroup
from monitor.errors import BusyError, MonitorError
from monitor.labels import hint, label, wording

_PLACES: dict[str, tuple[str, tuple[str, str]]] = {
    "init": ("folder:init", ("cli", "init")),
    "run": ("folder:run", ("cli", "run")),
    "collect": ("collecting:collect", ("cli", "collect")),
    "sources": ("collecting:sources", ("cli", "sources")),
    "extract": ("reading:extract", ("cli", "extract")),
    "tag": ("reading:tag", ("cli", "tag")),
    "retag": ("tagging:retag", ("cli", "retag")),
    "tag-fix": ("tagging:tag_fix", ("cli", "tag_fix")),
    "rules": ("rules:rules", ("cli", "rules")),
    "search": ("archive:search", ("cli", "search")),
    "import": ("archive:import_", ("cli", "import")),
    # The desk's figures join the group of archive.export.
    "export": ("desk_export:export", ("cli", "export")),
    "story": ("story:story", ("cli", "story")),
    "case": ("cases.every:case", ("case_cli", "case")),
    "letter": ("letter:letter", ("letter_cli", "letter")),
    "calendar": ("calendar:calendar", ("calendar", "help")),
    "watch": ("watch:watch", ("watch_cli", "watch")),
    "intake": ("intake:intake", ("intake_cli", "intake")),
    "outlet": ("outlet:outlet", ("outlet_cli", "outlet")),
    # Ways in join the group of people.user.
    "user": ("access:user", ("user_cli", "user")),
    "unit": ("people:unit", ("user_cli", "units")),
    "digest": ("output:digest", ("cli", "digest")),
    "outbox": ("outbox:outbox", ("outbox_cli", "outbox")),
    "alert": ("alert:alert", ("alert_cli", "alert")),
    "report": ("report:report", ("cli", "report")),
    "unit-report": ("unit_report:unit_report", ("unit_report_cli", "unit_report")),
    "demo": ("output:demo", ("cli", "demo")),
}
"""Where each command is, and its help in labels.yaml."""


class _Monitor(LazyGroup):
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
    cls=_Monitor,
    commands=Commands({name: (where, label(*told)) for name, (where, told) in _PLACES.items()}),
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


def main() -> None:
    """Runs the command line and exits; an error is a sentence on standard error, never a traceback."""
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
        if more := hint(error):
            click.echo(label("cli", "hint", hint=more), err=True)
        sys.exit(3 if isinstance(error, BusyError) else 2)
