"""Makes the shipped template of the report on one case again: python reports/report/build_case.py [FOLDER]

Not needed at run time: staff open case.docx in Word and change the wording there. Lines have fixed heights and tables
the widths of ``monitor.respond.case_report``, for the program reckons with them what two pages hold.
"""

from __future__ import annotations

from pathlib import Path

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.shared import Pt

from monitor.model.layout import Layout
from monitor.respond.case_report import BODY, CELL, CELL_GAP, CELL_LINE, COLUMNS, GAP, HEAD_GAP, LINE
from monitor.word.blocks import Grid
from monitor.word.making import Maker, write_all

TEXT, HEADING, REST, CELLS, HEADS = (
    f"Vụ việc – {name}" for name in ("nội dung", "đề mục", "mục khác", "ô bảng", "đầu bảng")
)
_MORE = "… và {{{{ report.{part}.more }}}} mục khác, xem hồ sơ vụ việc."

TABLES = {
    "published": (("Ngày", "{{ row.day }}"), ("Cơ quan báo chí, trang", "{{ row.outlet }}"),
                  ("Tin, bài", "{{ row.title }}"), ("Mã chứng cứ", "{{ row.evidence }}")),
    "claims": (("TT", "{{ row.number }}"), ("Báo nêu", "{{ row.quote | quoted }}"),
               ("Kết quả, căn cứ", "{{ row.found }}"), ("Kết luận", "{{ row.verdict }}")),
    "remedies": (("Biện pháp", "{{ row.measure }}"), ("Đơn vị, người thực hiện", "{{ row.who }}"),
                 ("Thời hạn", "{{ row.due }}"), ("Kết quả", "{{ row.result }}")),
    "demands": (("Gửi đến", "{{ row.to }}"), ("Đề nghị", "{{ row.what }}"), ("Thời hạn, căn cứ", "{{ row.due }}"),
                ("Kết quả", "{{ row.result }}")),
}  # fmt: skip
PARTS = (
    ("published", "Tin, bài đã đăng, phát", "Chưa ghi nhận tin, bài nào."),
    ("checks", "Giao xác minh", "Chưa giao xác minh."),
    ("claims", "Nội dung báo nêu", "Chưa ghi nội dung báo nêu."),
    ("findings", "Kết quả kiểm tra, xác minh", "Chưa có kết quả kiểm tra, xác minh."),
    ("remedies", "Biện pháp khắc phục", "Không phát sinh."),
    ("demands", "Văn bản đề nghị và kết quả", "Không phát sinh."),
    ("corrections", "Cải chính, phản hồi đã đăng", "Chưa ghi nhận."),
    ("papers", "Văn bản đi, đến", "Chưa có văn bản nào phát hành hoặc đến."),
    ("ahead", "Việc tiếp theo và thời hạn", "Không còn việc nào."),
    ("events", "Diễn biến chính", "Chưa ghi nhận."),
)


class CaseMaker(Maker):
    """Puts the report into a Word document: the letterhead of the office's papers, small lines of fixed height."""

    def __init__(self, layout: Layout) -> None:
        super().__init__(layout)
        for name, size, line, before, after in (
            (TEXT, BODY, LINE, 0, GAP), (HEADING, BODY, LINE, HEAD_GAP, GAP), (REST, BODY, LINE, 0, GAP),
            (CELLS, CELL, CELL_LINE, CELL_GAP, CELL_GAP), (HEADS, CELL, CELL_LINE, CELL_GAP, CELL_GAP),
        ):  # fmt: skip
            style = self.document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = self.document.styles["Normal"]
            style.font.size, style.font.bold = Pt(size), name in (HEADING, HEADS)
            style.font.italic = name == REST
            form = style.paragraph_format
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
            form.space_before, form.space_after = Pt(before), Pt(after)
            form.keep_with_next = name in (HEADING, HEADS)
            form.alignment = WD_ALIGN_PARAGRAPH.CENTER if name == HEADS else WD_ALIGN_PARAGRAPH.LEFT
            self.names[name] = name
        self.names |= {"table_head": HEADS, "table_cell": CELLS, "body": TEXT, "tag": TEXT}

    def head(self) -> None:
        """The letterhead, the title, and where the case stands."""
        made = self.letterhead()
        self.fill(
            made.cell(1, 0),
            ("number", "{%p if report.scope %}"), ("scope", "{{ report.scope }}"), ("number", "{%p endif %}"),
        )  # fmt: skip
        self.box(made.cell(1, 0).paragraphs[1])
        self.fill(made.cell(1, 1), ("place_date", "{{ place_date }}"))
        for style, text in (("title", "Báo cáo vụ việc {{ report.id }}"), ("summary", "{{ about }}"),
                            ("rule summary", "")):  # fmt: skip
            self.paragraph(self.document, style, text)
        self.lines("Tình trạng: ", "{{ report.state | sentence }} {{ report.until | sentence }}")

    def lines(self, name: str, text: str) -> None:
        """A paragraph that begins with its name in bold."""
        made = self.paragraph(self.document, TEXT, "")
        made.add_run(name).bold = True
        made.add_run(text)

    def parts(self) -> None:
        """The numbered parts."""
        self.paragraph(self.document, HEADING, "1. Thông tin chung")
        self.tag("for one in report.facts")
        self.lines("{{ one.name }}: ", "{{ one.text | sentence }}")
        self.tag("endfor")
        for number, (part, title, none) in enumerate(PARTS, start=2):
            self.paragraph(self.document, HEADING, f"{number}. {title}")
            self.tag(f"if report.{part}.rows")
            if part in TABLES:
                columns = tuple(
                    (name, width, text)
                    for (name, text), width in zip(TABLES[part], COLUMNS[part], strict=True)
                )  # fmt: skip
                made = self.grid(Grid(each=f"row in report.{part}.rows", columns=columns))
                for row in made.rows:
                    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
            else:
                self.tag(f"for row in report.{part}.rows")
                self.paragraph(self.document, TEXT, "- {{ row | sentence }}")
                self.tag("endfor")
            self.tag(f"elif not report.{part}.more")
            self.paragraph(self.document, TEXT, none)
            self.tag("endif")
            self.tag(f"if report.{part}.more")
            self.paragraph(self.document, REST, _MORE.format(part=part))
            self.tag("endif")
            if part == "findings":
                self.tag("if report.conclusion")
                self.lines("Kết luận: ", "{{ report.conclusion | sentence }}")
                self.tag("endif")

    def maker(self) -> None:
        """Who made it, on the right; the check of the log on the left."""
        made = self.table(1, self.layout.signature_columns, above=60)
        self.fill(
            made.cell(0, 0),
            ("anchor", "{%p if report.head %}"), ("anchor", "Mã kiểm tra hồ sơ: {{ report.head }}"),
            ("anchor", "{%p endif %}"),
        )  # fmt: skip
        self.fill(made.cell(0, 1), (HEADING, "Người lập báo cáo"), (TEXT, ""), (TEXT, ""), (TEXT, "{{ report.by }}"))
        for paragraph in made.cell(0, 1).paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.keep_with_next = True


def make(layout: Layout) -> bytes:
    """The template."""
    maker = CaseMaker(layout)
    maker.head()
    maker.parts()
    maker.maker()
    maker.end()
    return maker.made()


if __name__ == "__main__":
    write_all(Path(__file__), {"case.docx": make})
