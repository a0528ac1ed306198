"""The list of a case's papers (mục lục văn bản), ours and those that arrived, in the order of their dates."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from monitor.clock import local
from monitor.desk import naming
from monitor.labels import label
from monitor.model.case import Case
from monitor.model.layout import Layout
from monitor.model.paper import PaperState

_GONE = (PaperState.ISSUED, PaperState.RECEIVED)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A paper of the file: its sign, date, who it is from and to, what it is about, the evidence id of the document."""

    dated: date
    sign: str
    sender: str
    addressee: str
    subject: str
    file: str = ""
    arrived: str = ""


def rows(case: Case, names: Mapping[str, str] | None = None) -> tuple[Row, ...]:
    """Issued papers and arrivals, oldest first; ``names`` are those of the issuing bodies by id."""
    called = names or {}
    ours = [
        Row(
            dated=p.dated or local(p.issued or p.drafted).date(),
            sign=p.sign if p.number is not None else label("register", "unnumbered"),
            sender=called.get(p.issuer, p.issuer),
            addressee="; ".join(p.addressees),
            subject=naming.titled(p),
            file=p.file,
        )
        for p in case.papers
        if p.state in _GONE
    ]
    theirs = [
        Row(
            dated=a.dated,
            sign=a.sign,
            sender=a.sender,
            addressee="",
            subject=a.subject,
            file=a.file,
            arrived=f"{a.arrival_number} ({a.arrived:%d/%m/%Y})",
        )
        for a in case.arrivals
    ]
    return tuple(sorted((*ours, *theirs), key=lambda row: (row.dated, row.sign)))


def document(layout: Layout, case: Case, names: Mapping[str, str]) -> bytes:
    """The list as a Word file: the file's title, symbol and retention, then its papers."""
    from docx import Document
    from docx.shared import Mm, Pt

    made: Any = Document()
    page = layout.page
    section = made.sections[0]
    section.page_width, section.page_height = Mm(page.height), Mm(page.width)  # a wide table lies better
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    made.styles["Normal"].font.name = layout.font
    made.styles["Normal"].font.size = Pt(12)
    made.add_paragraph().add_run(label("filing", "title")).bold = True
    retention = case.end.retention if case.end and case.end.retention else label("filing", "retention_unset")
    for key, value in (("name", case.title), ("symbol", case.id), ("retention", retention)):
        made.add_paragraph(label("filing", key, value=value))
    found = rows(case, names)
    if not found:
        made.add_paragraph(label("filing", "none"))
    else:
        _table(made, found)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


_WIDTHS = (12, 38, 26, 44, 52, 82)


def _table(made: Any, found: tuple[Row, ...]) -> None:
    from docx.shared import Mm

    heads = [label("filing", f"head_{key}") for key in ("n", "sign", "dated", "sender", "addressee", "subject")]
    table = made.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    for at, row in enumerate(found, start=1):
        sign = f"{row.sign}\n{label('filing', 'arrival', number=row.arrived)}" if row.arrived else row.sign
        values = (str(at), sign, f"{row.dated:%d/%m/%Y}", row.sender, row.addressee, row.subject)
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = value
    for line in table.rows:
        for cell, width in zip(line.cells, _WIDTHS, strict=True):
            cell.width = Mm(width)
