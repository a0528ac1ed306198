"""Makes the shipped Word template of the digest again: python reports/digest/build.py [FOLDER]

Not needed at run time: staff open digest.docx in Word and change wording, sizes, colours there. Here it is kept in a
form that can be compared and reviewed; a test holds the two equal. ``{%p … %}`` and ``{%tr … %}`` are docxtpl's: they
take a paragraph, a row, of their own, which disappears. ``**…**`` is a bold run.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

from monitor.config.layout import load_layout
from monitor.model.layout import Layout
from monitor.report.digest_docx import BAR, CONTENTS, PART
from monitor.word.layout import apply
from monitor.word.template import same_each_time

TOP = Path(__file__).parents[2]
BLUE, RED, SOFT = "0B4F8A", "B3201B", "444444"


@dataclass(frozen=True, kw_only=True)
class Style:
    """A style of the digest's own; sizes, spaces in pt, indents in cm."""

    name: str
    size: float
    bold: bool = False
    italic: bool = False
    colour: str = "000000"
    align: str = "left"
    left: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    level: int | None = None
    """Its level in Word's navigation and in the PDF's bookmarks."""
    line: str = ""
    """Where it has a line: "bottom" or "left"."""


STYLES = {
    "scan": Style(name="Điểm tin – Giờ quét", size=12, italic=True, align="center", before=2),
    "words": Style(name="Điểm tin – Lời dẫn", size=13, align="justify", before=3, after=3),
    "part": Style(
        name=PART, size=13, bold=True, colour=BLUE, before=14, after=4, keep=True, level=0, line="bottom"
    ),
    "list": Style(name="Điểm tin – Tiêu đề bảng", size=12, bold=True, before=10, after=3, keep=True),
    "item": Style(name="Điểm tin – Tiêu đề tin", size=13, bold=True, before=8, keep=True),
    "line": Style(name="Điểm tin – Tin một dòng", size=12, before=4),
    "facts": Style(name="Điểm tin – Nguồn, giờ đăng", size=11, colour=SOFT, before=1, keep=True),
    "also": Style(name="Điểm tin – Đăng lại", size=11, colour=SOFT, before=1),
    "alarm": Style(name="Điểm tin – Cần chú ý", size=11, bold=True, colour=RED, before=1, keep=True),
    "sum": Style(name="Điểm tin – Tóm tắt", size=13, align="justify", before=2),
    "note": Style(name="Điểm tin – Ghi thêm", size=11, italic=True, before=1),
    "mark": Style(name="Điểm tin – Dấu của tin", size=11, bold=True, before=1),
    "remark": Style(name="Điểm tin – Ghi chú của cán bộ", size=12, left=0.4, before=3, after=2, line="left"),
    "plain": Style(name="Điểm tin – Danh sách", size=12, before=2),
    "small": Style(name="Điểm tin – Chú thích", size=10, italic=True, colour=SOFT, before=4),
    "cell": Style(name="Điểm tin – Ô bảng", size=11, before=1, after=1),
    "count": Style(name="Điểm tin – Ô số", size=11, align="right", before=1, after=1),
    "contents": Style(name=CONTENTS, size=11, before=1, after=1),
    "bar": Style(name=BAR, size=7, before=3, after=3),
}  # fmt: skip

Block = tuple[str, str]


def when(condition: str, *blocks: Block, other: tuple[Block, ...] = ()) -> list[Block]:
    """Blocks that appear when ``condition`` holds, ``other`` when not."""
    found: list[Block] = [("plain", f"{{%p if {condition} %}}"), *blocks]
    if other:
        found += [("plain", "{%p else %}"), *other]
    return [*found, ("plain", "{%p endif %}")]


def each(what: str, *blocks: Block) -> list[Block]:
    """Blocks repeated: ``what`` is "part in digest.sections"."""
    return [("plain", f"{{%p for {what} %}}"), *blocks, ("plain", "{%p endfor %}")]


HEAD: list[Block] = [
    ("title", "{{ digest.title }}"),
    *when(
        "digest.edition", ("summary", "{{ digest.edition.name }}{% if digest.edition.draft %} (bản dự thảo){% endif %}")
    ),
    ("summary", "{{ digest.span }}"),
    ("rule summary", ""),
    *when("digest.edition", ("scan", "Giờ chốt tin: {{ digest.edition.cut_off }}.")),
    ("scan", "Thời gian quét: {{ digest.window }}."),
    (
        "scan",
        "Đã quét {{ digest.scanned }} tin, chọn {{ digest.kept }} tin về công đoàn và lao động"
        "{% if digest.listed != digest.kept %}, gộp tin đăng lại còn {{ digest.listed }} mục{% endif %}.",
    ),
    *when(
        "digest.edition",
        *each("line in digest.edition.opening", ("words", "{{ line }}")),
        *when("digest.edition.comment", ("remark", "Ghi chú của số này: {{ digest.edition.comment }}")),
    ),
    *when("digest.empty", ("words", "**Trong thời gian trên không có tin nào về công đoàn và lao động.**")),
    ("list", "Mục lục"),
]
ADDED: list[Block] = [
    *each("remark in item.remarks", ("note", "{{ remark | sentence }}")),
    *when("item.internal", ("mark", "Lưu hành nội bộ.")),
    *when("item.comment", ("remark", "Ghi chú: {{ item.comment }}")),
    *when("item.directed", ("mark", "Đã chỉ đạo (vụ việc {{ item.directed }}).")),
]
WHERE = (
    "{% if item.medium %} – {{ item.medium }}{% endif %} – {{ item.time }}"
    "{% if item.places %} – {{ item.places }}{% endif %}"
)
SHORT: tuple[Block, ...] = (
    (
        "line",
        "{{ item.number }}. {{r heading(item) }} – **{{ item.outlet }}**" + WHERE
        + "{% if item.also %} – Cũng đăng: {{ item.also }}{% endif %}"
        "{% if item.corrected %} – {{ item.corrected | sentence }}{% endif %}",
    ),
)  # fmt: skip
LONG: tuple[Block, ...] = (
    ("item", "{{ item.number }}. {{r heading(item) }}"),
    *when("item.attention", ("alarm", "Cần chú ý{% if item.why %}: {{ item.why }}{% endif %}")),
    (
        "facts",
        "**{{ item.outlet }}**" + WHERE + "{% if item.topics %} – {{ item.topics }}{% endif %}"
        "{% if item.tone %} – Sắc thái: {{ item.tone | lower }}{% endif %}",
    ),
    *when("item.summary", ("sum", "{{ item.summary }}")),
    *when("item.also", ("also", "Cũng đăng: {{ item.also }}")),
    *when("item.corrected", ("mark", "{{ item.corrected | sentence }}")),
    *when("item.note", ("note", "{{ item.note | sentence }}")),
)
PARTS: list[Block] = each(
    "part in digest.sections",
    ("part", "{{ part.letter }}. {{ part.title }} ({{ part.count }})"),
    *each("item in part.entries", *when("item.compact", *SHORT, other=LONG), *ADDED),
    *when("not part.entries", ("words", "{{ part.none }}")),
)
FAILED: list[Block] = [
    ("part", "Nguồn không quét được ({{ digest.failed_count }})"),
    *each(
        "source in digest.failed",
        *when(
            "digest.failed_grouped",
            ("plain", "- **{{ source.state }}** ({{ source.count }} nguồn): {{ source.names | sentence }}"),
            other=(
                (
                    "plain",
                    "- **{{ source.names }}**: {{ (source.reason or source.state) | sentence }}"
                    "{% if source.newest %} Tin mới nhất đã có: {{ source.newest }}.{% endif %}",
                ),
            ),
        ),
    ),
    *when("not digest.failed", ("words", "Không phát sinh.")),
    *when(
        "digest.gaps",
        ("part", "Khoảng thời gian có thể thiếu tin"),
        *each("gap in digest.gaps", ("plain", "- {{ gap | sentence }}")),
        *when("digest.hidden_gaps", ("plain", "- Còn {{ digest.hidden_gaps }} khoảng khác; xem ở trang Nguồn tin.")),
    ),
    (
        "small",
        "Lập lúc {{ digest.made }}.{% if digest.edition and digest.edition.approved %} Duyệt lúc "
        "{{ digest.edition.approved }}.{% endif %} Tóm tắt do chương trình trích tự động; khi sử dụng cần đối chiếu "
        "với bài gốc.",
    ),
]


class Maker:
    """Puts blocks into a Word document with the layout's styles and the digest's own."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.document = Document()
        for old in list(self.document.element.body)[:-1]:
            self.document.element.body.remove(old)
        apply(self.document, layout)
        self.names = {style.key: style.name for style in layout.styles}
        self.names |= {f"rule {rule.key}": rule.name for rule in layout.rules}
        for key, style in STYLES.items():
            self.names[key] = style.name
            self._style(style)
        link = self.document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
        link.font.color.rgb = RGBColor.from_string(BLUE)

    def _style(self, wanted: Style) -> None:
        made = self.document.styles.add_style(wanted.name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = self.document.styles["Normal"]
        made.font.size, made.font.bold, made.font.italic = Pt(wanted.size), wanted.bold, wanted.italic
        made.font.color.rgb = RGBColor.from_string(wanted.colour)
        form = made.paragraph_format
        form.alignment = getattr(WD_ALIGN_PARAGRAPH, wanted.align.upper())
        form.space_before, form.space_after, form.left_indent = Pt(wanted.before), Pt(wanted.after), Cm(wanted.left)
        form.keep_with_next, form.widow_control = wanted.keep, True
        properties = made.element.get_or_add_pPr()
        if wanted.line:
            borders, border = OxmlElement("w:pBdr"), OxmlElement(f"w:{wanted.line}")
            thick = "8" if wanted.line == "bottom" else "18"
            for key, value in (
                ("val", "single"),
                ("sz", thick),
                ("space", "2" if thick == "8" else "6"),
                ("color", BLUE),
            ):
                border.set(qn(f"w:{key}"), value)
            borders.append(border)
            properties.find(qn("w:spacing")).addprevious(borders)
        if wanted.level is not None:
            level = OxmlElement("w:outlineLvl")
            level.set(qn("w:val"), str(wanted.level))
            properties.append(level)

    def paragraph(self, where: Any, style: str, text: str, *, first: bool = False) -> Any:
        """A paragraph in the document or a cell; a new cell has one already."""
        added = where.paragraphs[0] if first else where.add_paragraph()
        added.style = self.document.styles[self.names[style]]
        for number, part in enumerate(text.split("**")):
            if part:
                added.add_run(part).bold = True if number % 2 else None
        return added

    def fill(self, cell: Any, *blocks: Block) -> None:
        """The paragraphs of a cell."""
        for number, (style, text) in enumerate(blocks):
            self.paragraph(cell, style, text, first=number == 0)

    def blocks(self, blocks: list[Block]) -> None:
        """Paragraphs of the body."""
        for style, text in blocks:
            self.paragraph(self.document, style, text)

    def table(self, rows: int, widths: tuple[float, ...], style: str = "") -> Any:
        """A table whose columns have these widths in mm."""
        made = self.document.add_table(rows, len(widths), style or None)
        made.autofit = False
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        for row in made.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
        for column, width in zip(made._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
            column.set(qn("w:w"), str(round(width / 25.4 * 1440)))
        return made

    def header(self) -> None:
        """Bodies and the edition's number on the left, place and day on the right."""
        made = self.table(1, self.layout.header_columns)
        self.fill(
            made.cell(0, 0),
            ("superior", "{%p if superior %}"), ("superior", "{{ superior }}"), ("superior", "{%p endif %}"),
            ("issuer", "{{ heading_lines }}"), ("rule issuer", ""),
            ("number", "{%p if digest.edition %}"), ("number", "Số: {{ digest.edition.number }}"),
            ("number", "{%p endif %}"),
        )  # fmt: skip
        self.fill(
            made.cell(0, 1),
            ("place_date", "{{ digest.province }}, {{ digest.signed | lower }}"),
            ("number", "{%p if digest.edition and digest.edition.internal %}"),
            ("scope", "Lưu hành nội bộ"), ("number", "{%p endif %}"),
        )  # fmt: skip
        self.box(made.cell(0, 1).paragraphs[-2])
        for paragraph in made.cell(0, 0).paragraphs[-3:]:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def box(self, paragraph: Any) -> None:
        """A thin frame around a line."""
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(14)
        borders = OxmlElement("w:pBdr")
        for side in ("top", "left", "bottom", "right"):
            border = OxmlElement(f"w:{side}")
            for key, value in (("val", "single"), ("sz", "6"), ("space", "2"), ("color", "000000")):
                border.set(qn(f"w:{key}"), value)
            borders.append(border)
        paragraph._p.pPr.find(qn("w:ind")).addprevious(borders)

    def rows(self, what: str, columns: tuple[tuple[str, float, str, str], ...], *, head: bool = True) -> None:
        """A ruled table: ``what`` is repeated; columns are (title, width, style, cell)."""
        top = int(head)
        made = self.table(3 + top, tuple(width for _, width, _, _ in columns), "Table Grid")
        for number, (title, _, style, text) in enumerate(columns):
            if head:
                self.fill(made.cell(0, number), ("table_head", title))
            self.fill(made.cell(top + 1, number), (style, text))
        self.fill(made.cell(top, 0), ("cell", f"{{%tr for {what} %}}"))
        self.fill(made.cell(top + 2, 0), ("cell", "{%tr endfor %}"))
        if head:
            made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for row in made.rows:
            row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))

    def counted(self, title: str, rows: str) -> None:
        """A counting table with bars."""
        self.paragraph(self.document, "list", title)
        self.rows(
            f"row in {rows}",
            (
                ("", 85.0, "cell", "{{ row.label }}"), ("", 60.0, "bar", "{{ row.bar }}"),
                ("", 20.0, "count", "{{ row.count }}"),
            ),
            head=False,
        )  # fmt: skip

    def counts(self) -> None:
        """All counting tables; of an empty day there are none."""
        self.blocks(
            [("plain", "{%p if not digest.empty %}"), ("part", "Số lượng tin"), ("plain", "{%p if digest.groups %}")]
        )
        self.counted("Theo nhóm báo", "digest.groups")
        self.blocks([("plain", "{%p endif %}")])
        self.counted(
            "Theo sắc thái đối với tổ chức công đoàn (chỉ {{ digest.unions }} tin về công đoàn)", "digest.tones"
        )
        self.counted("Theo chủ đề", "digest.topics")
        self.paragraph(self.document, "list", "Theo từng báo, trang")
        two = "pair[1].{} if pair | length > 1 else ''"
        self.rows(
            "pair in digest.outlets | batch(2)",
            (
                ("", 62.5, "cell", "{{ pair[0].label }}"), ("", 20.0, "count", "{{ pair[0].count }}"),
                ("", 62.5, "cell", "{{ " + two.format("label") + " }}"),
                ("", 20.0, "count", "{{ " + two.format("count") + " }}"),
            ),
            head=False,
        )  # fmt: skip
        self.blocks([
            ("small", "Tin đăng lại cũng được đếm. Một tin có thể thuộc nhiều chủ đề, nên các dòng chủ đề cộng lại có "
             "thể lớn hơn số tin. Độ dài thanh tính từ 0, so với dòng nhiều tin nhất của bảng."),
            ("plain", "{%p endif %}"),
        ])  # fmt: skip

    def page_number(self) -> None:
        """The number in the middle of the upper margin."""
        paragraph = self.paragraph(self.document.sections[0].header, "page_number", "", first=True)
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            run = paragraph.add_run()
            node = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                node.set(qn("w:fldCharType"), kind)
            node.text = text or None
            run._r.append(node)


def make(layout: Layout) -> bytes:
    """The template."""
    maker = Maker(layout)
    maker.header()
    maker.blocks(HEAD)
    maker.rows(
        "part in digest.sections",
        (
            ("Phần", 110.0, "contents", "{{ part.letter }}. {{ part.title }}"),
            ("Số mục", 22.0, "count", "{{ part.count }}"),
            ("Vị trí", 33.0, "cell", "{{ part.numbers }}"),
        ),
    )  # fmt: skip
    maker.blocks(PARTS)
    maker.counts()
    maker.blocks(FAILED)
    maker.page_number()
    apply(maker.document, layout)
    stream = io.BytesIO()
    maker.document.save(stream)
    return same_each_time(without_dates(stream.getvalue()))


def without_dates(raw: bytes) -> bytes:
    """The archive without the title and the author of python-docx's own empty document."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(stream, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"(<dc:(?:title|creator|description|subject)>)[^<]*", rb"\1", content)
            target.writestr(entry.filename, content)
    return stream.getvalue()


def main() -> None:
    """Writes it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    (folder / "digest.docx").write_bytes(make(load_layout((TOP / "rules",))))


if __name__ == "__main__":
    main()
