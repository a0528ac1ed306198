"""The command line: read, one call, render. Every word a person sees is Vietnamese.

Exit codes: 0 done (also when some sources failed), 1 nothing could be done (all sources failed, bad lines in a file),
2 the words or a file are wrong, 3 another process is at work, 130 interrupted.
"""

from monitor.locale import install

install()  # before click declares anything: it asks for its own words while commands are being made

from monitor.cli.main import main  # noqa: E402

__all__ = ["main"]
