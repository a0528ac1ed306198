"""Makes the shipped template of the report again: python reports/report/build.py [FOLDER]

Not needed at run time: staff open half_year.docx in Word. The text of the report stands in loi_van.txt; here is how
its parts, tables, charts and the annex are laid out, in a form that can be compared and reviewed; a test holds the
two equal.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from monitor.model.layout import Layout
from monitor.word.making import Maker, Signing, write_all

CENTRE = WD_ALIGN_PARAGRAPH.CENTER
SMALL = Pt(11)
SIGNING = Signing(
    recipients="head.recipients",
    recipient="{{ '' if one.startswith('-') else '- ' }}{{ one | bare }}{{ '.' if loop.last else ';' }}",
    chain="report.chain",
    mark="{{ report.chain }}",
    authority="authority",
    title="{{ head.position }}",
    name="{{ head.signer }}",
)


class ReportMaker(Maker):
    """Puts the parts of the report into a Word document."""

    def header(self) -> None:
        """The letterhead; number and date in a row of their own."""
        made = self.letterhead()
        self.fill(
            made.cell(1, 0),
            ("number", "{{ report.number_line }}"),
            ("number", "{%p if report.draft %}"),
            ("scope", "DỰ THẢO"),
            ("number", "{%p endif %}"),
        )
        self.box(made.cell(1, 0).paragraphs[-2])
        self.fill(made.cell(1, 1), ("place_date", "{{ report.date_line }}"))

    def addressees(self) -> None:
        """One on the line, several below it; none where the report goes to nobody above."""
        self.tag("if head.to | length == 1")
        self.paragraph(self.document, "to", "Kính gửi: {{ head.to[0] | bare }}")
        self.tag("elif head.to")
        self.paragraph(self.document, "to", "Kính gửi:")
        self.tag("for one in head.to")
        self.paragraph(self.document, "to_line", "- {{ one | bare }}{{ '.' if loop.last else ';' }}")
        self.tag("endfor")
        self.paragraph(self.document, "gap", "")
        self.tag("endif")

    def passage(self, what: str) -> None:
        """Paragraphs; what an officer still has to write is marked."""
        self.tag(f"for line in {what}")
        self.tag("if line.todo")
        self.paragraph(self.document, "body", "{{ line.text }}").runs[0].font.highlight_color = WD_COLOR_INDEX.YELLOW
        self.tag("else")
        self.paragraph(self.document, "body", "{{ line.text }}")
        self.tag("endif")
        self.tag("endfor")

    def small(self, text: str) -> Any:
        """A note in small italics."""
        made = self.paragraph(self.document, "table_cell", text)
        made.runs[0].font.size, made.runs[0].font.italic = SMALL, True
        return made

    def grid_of(self, name: str, caption: str) -> None:
        """A table with its caption above and its notes below."""
        above = self.paragraph(self.document, "table_head", caption)
        above.paragraph_format.space_before = Pt(6)
        self.ruled(name)
        self.tag(f"for note in {name}.notes", "table_cell")
        self.small("{{ note }}")
        self.tag("endfor", "table_cell")
        self.paragraph(self.document, "gap", "")

    def ruled(self, name: str) -> None:
        """The table itself: its columns and rows are those of the grid, its widths are set when it is filled."""
        made = self.document.add_table(4, 3, "Table Grid")
        made.autofit = False
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        shape = OxmlElement("w:tblCaption")
        shape.set(qn("w:val"), "{{ " + name + ".shape }}")
        made._tbl.tblPr.append(shape)
        # A millimetre beside the text, so that days and names fit their columns.
        self.margins(made, {"left": 57, "right": 57})
        self.fill(made.cell(0, 0), ("table_head", f"{{%tc for head in {name}.heads %}}"))
        self.fill(made.cell(0, 1), ("table_head", "{{ head }}"))
        made.cell(0, 1).paragraphs[0].runs[0].font.size = SMALL
        self.fill(made.cell(0, 2), ("table_head", "{%tc endfor %}"))
        self.fill(made.cell(1, 0), ("table_cell", f"{{%tr for line in {name}.lines %}}"))
        self.fill(made.cell(2, 0), ("table_cell", "{%tc for cell in line.cells %}"))
        self.cell(made.cell(2, 1))
        self.fill(made.cell(2, 2), ("table_cell", "{%tc endfor %}"))
        self.fill(made.cell(3, 0), ("table_cell", "{%tr endfor %}"))
        for number, row in enumerate(made.rows):
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if number == 0:
                properties.append(OxmlElement("w:tblHeader"))

    def cell(self, cell: Any) -> None:
        """Numbers in the middle, words at the left; totals bold."""
        self.fill(
            cell, ("table_cell", "{%p if cell.centred %}"), ("table_cell", ""), ("table_cell", "{%p else %}"),
            ("table_cell", ""), ("table_cell", "{%p endif %}"),
        )  # fmt: skip
        for number in (1, 3):
            paragraph = cell.paragraphs[number]
            if number == 1:
                paragraph.alignment = CENTRE
            for text in ("{%r if line.strong %}", "{{ cell.text }}", "{%r else %}", "{{ cell.text }}", "{%r endif %}"):
                paragraph.add_run(text).font.size = SMALL
            paragraph.runs[1].font.bold = True

    def block(self) -> None:
        """A chart, a table, or the sentence that stands for an empty one."""
        self.tag("if block.chart")
        picture = self.paragraph(self.document, "table_cell", "{{ picture(block.chart) }}")
        picture.alignment, picture.paragraph_format.keep_with_next = CENTRE, True
        below = self.small("{{ block.caption }}. {{ block.chart.title }}")
        below.alignment, below.paragraph_format.space_after = CENTRE, Pt(8)
        self.tag("elif block.grid.lines")
        self.grid_of("block.grid", "{{ block.caption }}. {{ block.grid.title }}")
        self.tag("else")
        self.paragraph(self.document, "body", "{{ block.grid.nothing }}")
        self.tag("endif")

    def body(self) -> None:
        """From the name of the paper to its last sentence."""
        for style, text in (("title", "{{ report.title }}"), ("summary", "{{ summary }}"), ("rule summary", "")):
            self.paragraph(self.document, style, text)
        self.addressees()
        self.passage("report.opening")
        self.tag("if report.adjusts")
        self.paragraph(self.document, "heading", "{{ report.adjusts | sentence }}")
        self.tag("if report.changes")
        self.grid_of("report.changes", "{{ report.changes.caption }}. {{ report.changes.title }}")
        self.tag("endif")
        self.tag("endif")
        self.tag("for note in report.about", "table_cell")
        self.small("{{ note }}").paragraph_format.space_after = Pt(6)
        self.tag("endfor", "table_cell")
        self.tag("for part in report.parts")
        self.paragraph(self.document, "heading", "{{ part.number }}. {{ part.title | upper }}")
        self.passage("part.paragraphs")
        self.tag("for block in part.blocks")
        self.block()
        self.tag("endfor")
        self.tag("endfor")
        self.passage("report.closing")

    def annex(self) -> None:
        """The list of cases, on sheets that lie on their side."""
        self.tag("if report.annex")
        self.end()
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.header.is_linked_to_previous = False
        self.turn(self.document.element.body)
        for style, text in (("title", "{{ report.annex_title }}"), ("summary", "{{ report.annex_name | upper }}")):
            self.paragraph(self.document, style, text)
        below = self.small("{{ report.annex_of }}")
        below.alignment, below.paragraph_format.keep_with_next = CENTRE, True
        self.tag("for grid in report.annex")
        self.tag("if grid.lines")
        self.grid_of("grid", "{{ grid.caption }}. {{ grid.title }}")
        self.tag("else")
        self.paragraph(self.document, "body", "{{ grid.nothing }}")
        self.tag("endif")
        self.tag("endfor")
        self.tag("endif")

    def turn(self, body: Any) -> None:
        """The break stands in the small paragraph before it, which python-docx gives one of its own."""
        breaks = [node for node in body.iter(qn("w:sectPr")) if node.getparent().tag == qn("w:pPr")]
        own = breaks[-1].getparent().getparent()
        before = own.getprevious()
        before.get_or_add_pPr().append(breaks[-1])
        body.remove(own)


def make(layout: Layout) -> bytes:
    """The template."""
    maker = ReportMaker(layout)
    maker.header()
    maker.body()
    maker.sign(SIGNING)
    maker.annex()
    maker.end()
    return maker.made()


if __name__ == "__main__":
    write_all(Path(__file__), {"half_year.docx": make})
