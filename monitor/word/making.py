"""Makes the Word templates that are shipped: paragraphs, tables, letterhead, signature, in the styles of the layout.

Not needed at run time: staff open the .docx files in Word. The programs in ``reports/*/build*.py`` hold the wording in
a form that can be compared and reviewed, and each what is its own; what they share stands here.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from monitor.config.layout import load_layout
from monitor.model.layout import Layout
from monitor.word.blocks import Block, Grid, Words
from monitor.word.layout import apply
from monitor.word.template import same_each_time


@dataclass(frozen=True, kw_only=True)
class Signing:
    """The names a template uses at its end; all but ``recipients`` and ``authority`` are whole texts."""

    recipients: str
    recipient: str
    chain: str
    """When a mark of the case's log is printed, as a condition."""
    mark: str
    authority: str
    title: str
    name: str


class Maker:
    """Puts blocks into a Word document with the styles of the layout."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.document = Document()
        for old in list(self.document.element.body)[:-1]:
            self.document.element.body.remove(old)
        apply(self.document, layout)
        self.names = {style.key: style.name for style in layout.styles}
        self.names |= {f"rule {rule.key}": rule.name for rule in layout.rules}
        self.names |= {"gap": self.names["table_cell"], "tag": self.names["body"]}

    def write(self, paragraph: Any, text: str) -> None:
        """The text of a paragraph, as one run."""
        if text:
            paragraph.add_run(text)

    def paragraph(self, where: Any, style: str, text: str, *, first: bool = False) -> Any:
        """A paragraph in the document or a cell; a new cell has one already."""
        added = where.paragraphs[0] if first else where.add_paragraph()
        added.style = self.document.styles[self.names[style]]
        self.write(added, text)
        return added

    def fill(self, cell: Any, *blocks: Words) -> None:
        """The paragraphs of a cell."""
        for number, (style, text) in enumerate(blocks):
            self.paragraph(cell, style, text, first=number == 0)

    def tag(self, text: str, style: str = "tag") -> None:
        """A paragraph that holds a tag alone and disappears."""
        self.paragraph(self.document, style, f"{{%p {text} %}}")

    def blocks(self, blocks: Iterable[Block]) -> None:
        """Paragraphs and ruled tables of the body."""
        for block in blocks:
            if isinstance(block, Grid):
                self.grid(block)
            else:
                self.paragraph(self.document, *block)

    def table(self, rows: int, widths: tuple[float, ...], above: int = 0) -> Any:
        """A table without lines, and without margins in its cells but ``above`` (twentieths of a point)."""
        made = self.document.add_table(rows, len(widths))
        _set_cells(made, widths)
        self.margins(made, {"top": above, "left": 0, "right": 0})
        return made

    def margins(self, table: Any, sides: Mapping[str, int]) -> None:
        """The room around the text of the cells, in twentieths of a point."""
        margins = OxmlElement("w:tblCellMar")
        for side, width in sides.items():
            margin = OxmlElement(f"w:{side}")
            margin.set(qn("w:w"), str(width))
            margin.set(qn("w:type"), "dxa")
            margins.append(margin)
        # The schema has an order: margins stand before the look.
        table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)

    def centred(self, rows: int, widths: tuple[float, ...], style: str | None = "Table Grid") -> Any:
        """A table in the middle whose columns have these widths in mm; ruled, where no other style is asked for."""
        made = self.document.add_table(rows, len(widths), style)
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        _set_cells(made, widths)
        for column, width in zip(made._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
            column.set(qn("w:w"), str(round(width / 25.4 * 1440)))
        return made

    def grid(self, grid: Grid) -> Any:
        """A ruled table whose middle row is repeated."""
        made = self.centred(4, tuple(width for _, width, _ in grid.columns))
        for number, (title, _, text) in enumerate(grid.columns):
            self.fill(made.cell(0, number), ("table_head", title))
            self.fill(made.cell(2, number), ("table_cell", text))
        self.fill(made.cell(1, 0), ("table_cell", f"{{%tr for {grid.each} %}}"))
        self.fill(made.cell(3, 0), ("table_cell", "{%tr endfor %}"))
        made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        return made

    def letterhead(self) -> Any:
        """Bodies on the left, the state's name and motto on the right; returns the table, whose second row is free."""
        made = self.table(2, self.layout.header_columns)
        self.fill(
            made.cell(0, 0),
            ("superior", "{%p if superior %}"),
            ("superior", "{{ superior }}"),
            ("superior", "{%p endif %}"),
            ("issuer", "{{ heading }}"),
            ("rule issuer", ""),
        )
        self.fill(
            made.cell(0, 1),
            ("national", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ("motto", "Độc lập - Tự do - Hạnh phúc"),
            ("rule motto", ""),
        )
        return made

    def sign(self, names: Signing) -> None:
        """Recipients on the left, who signs on the right."""
        made = self.table(1, self.layout.signature_columns, above=160)
        self.fill(
            made.cell(0, 0),
            ("recipients", "Nơi nhận:"),
            ("recipient", f"{{%p for one in {names.recipients} %}}"),
            ("recipient", names.recipient),
            ("recipient", "{%p endfor %}"),
            # In the cell, so that it never stands on a page of its own.
            ("anchor", f"{{%p if {names.chain} %}}"),
            ("anchor", names.mark),
            ("anchor", "{%p endif %}"),
        )
        self.fill(
            made.cell(0, 1),
            ("authority", f"{{%p for line in {names.authority} %}}"),
            ("authority", "{{ line }}"),
            ("authority", "{%p endfor %}"),
            ("authority", names.title),
            ("signer", names.name),
        )

    def box(self, paragraph: Any, side: float = 12) -> None:
        """A thin frame around a line, ``side`` mm from the edges of its column."""
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(side)
        borders = OxmlElement("w:pBdr")
        for edge in ("top", "left", "bottom", "right"):
            border = OxmlElement(f"w:{edge}")
            for key, value in (("val", "single"), ("sz", "6"), ("space", "2"), ("color", "000000")):
                border.set(qn(f"w:{key}"), value)
            borders.append(border)
        paragraph._p.pPr.find(qn("w:ind")).addprevious(borders)

    def page_numbers(self) -> None:
        """The number in the middle of the upper margin of every section."""
        for section in self.document.sections:
            paragraph = self.paragraph(section.header, "page_number", "", first=True)
            for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
                run = paragraph.add_run()
                node = OxmlElement("w:fldChar" if kind else "w:instrText")
                if kind:
                    node.set(qn("w:fldCharType"), kind)
                node.text = text or None
                run._r.append(node)

    def end(self) -> None:
        """Word wants a paragraph after the last table: as small as can be, so that it makes no page of its own."""
        last = self.paragraph(self.document, "gap", "")
        last.paragraph_format.space_before = last.paragraph_format.space_after = Pt(0)
        last.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        last.paragraph_format.line_spacing = Pt(1)

    def made(self) -> bytes:
        """The template as a file: same for same, with page numbers and without title, author and dates."""
        self.page_numbers()
        apply(self.document, self.layout)
        stream = io.BytesIO()
        self.document.save(stream)
        return same_each_time(_nameless(stream.getvalue()))


def _set_cells(table: Any, widths: tuple[float, ...]) -> None:
    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def _nameless(raw: bytes) -> bytes:
    """The archive without the title and the author of python-docx's own empty document."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(stream, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"(<dc:(?:title|creator|description|subject)>)[^<]*", rb"\1", content)
            target.writestr(entry.filename, content)
    return stream.getvalue()


def write_all(program: Path, templates: Mapping[str, Callable[[Layout], bytes]]) -> None:
    """Writes the templates (by file name) beside ``program`` (reports/<name>/build.py), or into its first argument."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else program.parent
    layout = load_layout((program.parents[2] / "rules",))
    for name, make in templates.items():
        (folder / name).write_bytes(make(layout))
