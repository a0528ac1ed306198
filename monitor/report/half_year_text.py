"""The sentences of the report, drafted from its figures with the wording of ``reports/report/loi_van.txt``.

    loi_van.txt ──filled with the figures──▶ parts "=== II ===" ──▶ paragraphs, parted by blank lines ──▶ Passage

The wording is a template that staff edit in any text editor. What an officer then writes into the report itself is
kept elsewhere and stands above these drafts.
"""

from __future__ import annotations

import re
from pathlib import Path

from monitor.errors import ConfigError
from monitor.model.report import ReportData
from monitor.model.report_paper import PARTS, Passage
from monitor.render import render
from monitor.report import half_year_said as said

TEMPLATE = "report/loi_van.txt"
_HEAD = re.compile(r"^={3,}[ \t]*(\S+)[ \t]*={3,}[ \t]*$", re.M)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
# A condition that holds no more leaves a space before the mark that follows it.
_BEFORE_MARK = re.compile(r" +([,;.:)])(?=\s|$)")


def drafted(data: ReportData, folders: tuple[Path, ...]) -> tuple[Passage, ...]:
    """A passage for every one of ``PARTS``; ``folders`` are those of ``reports/``, the office's before the shipped.

    A part that the wording leaves out is empty. Raises ConfigError with file and line when the edited wording does
    not work, or heads a part by a name that is none.
    """
    whole = render(folders, TEMPLATE, **said.names(data))
    _, *pieces = _HEAD.split(whole)
    found = dict(zip(pieces[::2], pieces[1::2], strict=True))
    for name in found:
        if name not in PARTS:
            raise ConfigError("report_wording_part", file=TEMPLATE, value=name[:40], parts=", ".join(PARTS))
    return tuple(Passage(part=part, drafted=_paragraphs(found.get(part, ""))) for part in PARTS)


def _paragraphs(written: str) -> str:
    """Paragraphs on a line each: within one, line feeds of the template are spaces."""
    joined = (" ".join(one.split()) for one in _BLANK_LINE.split(written))
    return "\n".join(_BEFORE_MARK.sub(r"\1", one) for one in joined if one)
