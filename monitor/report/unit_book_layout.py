"""Where what stands in a unit's workbook: sheets, columns, the mark by which the file is known again.

    “Số liệu”    A STT · B chỉ tiêu · C đơn vị tính · D số đơn vị báo · E số hệ thống ghi nhận · F ghi chú ·
                 G id, hidden
    “Nội dung”   A the words · B whose words, hidden
    “Hướng dẫn”  for people alone

A row of ours that takes no figure has ``OURS`` in the hidden column, so that one that somebody added is known by its
gap. The mark is a plain cell that people see: what hides in a file's properties is lost by a copy into a new one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from monitor.labels import label

VERSION = 1
"""Of the form's shape; the fields are the office's own."""
OURS = "-"
NUMBER, NAME, COUNTED, VALUE, KNOWN, NOTE, IDENT = range(1, 8)
"""The columns of the figures."""
WORDS, WHOSE = 1, 2
"""The columns of the words."""
MOST = 999_999_999
LONGEST = 5_000
"""Characters of one part in words, as on the desk's form; a cell of Excel takes 32,767."""
_MARK = re.compile(
    r"BCDV(?P<version>\d{1,3}):(?P<kind>bieu|tonghop):(?P<unit>[A-Za-z0-9_-]{1,80}):"
    r"(?P<first>\d{4}-\d{2}-\d{2}):(?P<last>\d{4}-\d{2}-\d{2})"
)
FORM, TOTAL = "form", "total"
_WORD = {FORM: "bieu", TOTAL: "tonghop"}
_KIND = {word: kind for kind, word in _WORD.items()}


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What a workbook says it is: ``kind`` is FORM, a body's own figures, or TOTAL, with those of the bodies below."""

    unit: str
    first: date
    last: date
    kind: str = FORM
    version: int = VERSION

    @property
    def said(self) -> str:
        """As it stands in the cell."""
        return f"BCDV{self.version}:{_WORD[self.kind]}:{self.unit}:{self.first}:{self.last}"


def mark_in(text: str) -> Mark | None:
    """The mark within a cell's text, None where it holds none that can be read."""
    found = _MARK.search(text)
    if found is None:
        return None
    try:
        first, last = date.fromisoformat(found["first"]), date.fromisoformat(found["last"])
    except ValueError:
        return None
    return Mark(
        unit=found["unit"], first=first, last=last, kind=_KIND[found["kind"]], version=int(found["version"])
    )  # fmt: skip


def figures_sheet() -> str:
    """The title of the sheet with the figures."""
    return label("unit_book", "sheet_figures")


def words_sheet() -> str:
    """The title of the sheet with the parts in words."""
    return label("unit_book", "sheet_words")
