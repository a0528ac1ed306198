"""Makes the shipped Word template of the digest again: python reports/digest/build.py [FOLDER]

Not needed at run time: staff open digest.docx in Word and change wording, sizes, colours there. Here it is kept in a
form that can be compared and reviewed; a test holds the two equal. ``{%p … %}`` and ``{%tr … %}`` are docxtpl's: they
take a paragraph, a row, of their own, which disappears. ``**…**`` is a bold run.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from monitor.model.layout import Layout
from monitor.report.digest_docx import BAR, CONTENTS, PART
from monitor.word.blocks import Block, each, when
from monitor.word.making import Maker, write_all

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


class DigestMaker(Maker):
    """Puts the parts of the digest into a Word document, with styles of its own."""

    def __init__(self, layout: Layout) -> None:
        super().__init__(layout)
        for key, style in STYLES.items():
            self.names[key] = style.name
            self._style(style)
        self.names["tag"] = self.names["plain"]
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

    def write(self, paragraph: Any, text: str) -> None:
        """The text of a paragraph; between two stars on either side it is bold."""
        for number, part in enumerate(text.split("**")):
            if part:
                paragraph.add_run(part).bold = True if number % 2 else None

    def header(self) -> None:
        """Bodies and the edition's number on the left, place and day on the right."""
        made = self.centred(1, self.layout.header_columns, None)
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
        self.box(made.cell(0, 1).paragraphs[-2], 14)
        for paragraph in made.cell(0, 0).paragraphs[-3:]:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def rows(self, what: str, columns: tuple[tuple[str, float, str, str], ...], *, head: bool = True) -> None:
        """A ruled table: ``what`` is repeated; columns are (title, width, style, cell)."""
        top = int(head)
        made = self.centred(3 + top, tuple(width for _, width, _, _ in columns))
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
            [("tag", "{%p if not digest.empty %}"), ("part", "Số lượng tin"), ("tag", "{%p if digest.groups %}")]
        )
        self.counted("Theo nhóm báo", "digest.groups")
        self.blocks([("tag", "{%p endif %}")])
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
            ("tag", "{%p endif %}"),
        ])  # fmt: skip


def make(layout: Layout) -> bytes:
    """The template."""
    maker = DigestMaker(layout)
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
    return maker.made()


if __name__ == "__main__":
    write_all(Path(__file__), {"digest.docx": make})
