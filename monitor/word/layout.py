"""``rules/layout.yaml`` put upon a Word document: page, styles, drawn lines, columns, what stays together.

Templates only name styles. Setting the styles after a paper is filled lets one file rule all nine papers, also those
that staff have edited; what they set by hand on a single word stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from monitor.model.layout import Align, Layout, RuleLine, TextStyle
from monitor.word.width import broken, width_mm

_ALIGN = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_LANGUAGE = "vi-VN"
_RULE_HEIGHT = 5.0
# How many paragraphs of the text go with the signature to the next page.
_LINES_WITH_SIGNATURE = 2
_P, _VAL = qn("w:p"), qn("w:val")
_STYLE = f"{qn('w:pPr')}/{qn('w:pStyle')}"


def heading_lines(text: str, layout: Layout, style: str, room: float) -> str:
    """``text`` broken for a column of ``room`` mm, a line feed between the lines; in capitals where the style is."""
    found = layout.style(style)
    shown = text.upper() if found.caps else text
    lines = [line for part in shown.split("\n") for line in broken(part, found.size, bold=found.bold, room=room)]
    return "\n".join(lines)


def apply(document: Any, layout: Layout) -> None:
    """Sets everything ``layout`` rules in ``document`` (python-docx), in place."""
    _set_page(document, layout)
    _set_default(document, layout)
    present = {style.name: style for style in document.styles if style.type == WD_STYLE_TYPE.PARAGRAPH}
    for style in layout.styles:
        _set_style(_named(document, present, style.name), style, layout)
    for rule in layout.rules:
        _set_rule_style(_named(document, present, rule.name), rule, layout)
    ids = {name: str(style.style_id) for name, style in present.items()}
    _set_columns(document, layout, ids)
    _draw_rules(document, layout, ids)
    _keep_end_together(document, layout, ids)


def _set_page(document: Any, layout: Layout) -> None:
    page = layout.page
    for number, section in enumerate(document.sections):
        # What lies on its side stays so: the annex of a report.
        lies = section.orientation == WD_ORIENT.LANDSCAPE
        sides = (page.height, page.width) if lies else (page.width, page.height)
        section.page_width, section.page_height = Mm(sides[0]), Mm(sides[1])
        section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
        section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
        section.header_distance = section.footer_distance = Mm(page.number_at)
        section.different_first_page_header_footer = number == 0 and not page.number_on_first


def _set_default(document: Any, layout: Layout) -> None:
    normal = document.styles["Normal"]
    _set_font(normal, layout.font)
    normal.font.size = Pt(layout.style("body").size)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    normal.paragraph_format.widow_control = True


def _set_font(style: Any, font: str) -> None:
    style.font.name = font
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), _LANGUAGE)
    style.font.color.rgb = RGBColor(0, 0, 0)


def _named(document: Any, present: dict[str, Any], name: str) -> Any:
    """The paragraph style of that name, made where a template lost it."""
    if name not in present:
        present[name] = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        present[name].base_style = document.styles["Normal"]
    return present[name]


def _set_style(style: Any, wanted: TextStyle, layout: Layout) -> None:
    _set_font(style, layout.font)
    font, paragraph = style.font, style.paragraph_format
    font.size = Pt(wanted.size)
    font.bold, font.italic, font.all_caps = wanted.bold, wanted.italic, wanted.caps
    paragraph.alignment = _ALIGN[wanted.align]
    paragraph.left_indent, paragraph.first_line_indent = Cm(wanted.left), Cm(wanted.first)
    paragraph.space_before, paragraph.space_after = Pt(wanted.before), Pt(wanted.after)
    paragraph.line_spacing = wanted.line
    paragraph.keep_with_next = wanted.keep_with_next
    paragraph.widow_control = True


def _set_rule_style(style: Any, rule: RuleLine, layout: Layout) -> None:
    _set_font(style, layout.font)
    style.font.size = Pt(2)
    paragraph = style.paragraph_format
    paragraph.space_before, paragraph.space_after = Pt(rule.gap), Pt(rule.after)
    paragraph.line_spacing_rule, paragraph.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(_RULE_HEIGHT)
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    top = OxmlElement("w:top")
    for key, value in (
        ("val", "single"),
        ("sz", str(round(layout.rule_thickness * 8))),
        ("space", "0"),
        ("color", "000000"),
    ):
        top.set(qn(f"w:{key}"), value)
    borders = OxmlElement("w:pBdr")
    borders.append(top)
    # The schema wants borders before shading, tabs and spacing.
    before = next((node for node in properties if node.tag in _AFTER_BORDERS), None)
    if before is None:
        properties.append(borders)
    else:
        before.addprevious(borders)


_AFTER_BORDERS = frozenset(
    qn(f"w:{name}")
    for name in ("shd", "tabs", "suppressAutoHyphens", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr")
)


def _is(node: Any, style: str) -> bool:
    """Whether the paragraph has the style of that id."""
    found = node.find(_STYLE)
    return found is not None and found.get(_VAL) == style


def _styled(root: Any, style: str) -> Iterator[Any]:
    """The paragraphs of the style of that id below ``root``, in order."""
    return (node for node in root.iter(_P) if _is(node, style))


def _has(root: Any, style: str) -> bool:
    return next(_styled(root, style), None) is not None


def _set_columns(document: Any, layout: Layout, ids: dict[str, str]) -> None:
    """The header table and the one with the signature get their columns, no cell margins, and are never parted."""
    for table in document.element.body.findall(qn("w:tbl")):
        for key, columns in (("national", layout.header_columns), ("recipients", layout.signature_columns)):
            if _has(table, ids[layout.style(key).name]):
                _set_widths(table, columns)


def _set_widths(table: Any, columns: tuple[float, float]) -> None:
    for cell, width in zip(table.tblGrid.findall(qn("w:gridCol")), columns, strict=False):
        cell.set(qn("w:w"), str(_twips(width)))
    for row in table.tr_lst:
        properties = row.get_or_add_trPr()
        if properties.find(qn("w:cantSplit")) is None:
            properties.insert(0, OxmlElement("w:cantSplit"))
        if len(row.tc_lst) == len(columns):
            for cell, width in zip(row.tc_lst, columns, strict=True):
                cell.width = Mm(width)


def _twips(mm: float) -> int:
    return round(mm / 25.4 * 1440)


def _draw_rules(document: Any, layout: Layout, ids: dict[str, str]) -> None:
    """Each drawn line is as long as its share of the widest line above it, and stands in the middle."""
    for rule in layout.rules:
        # A line is named after the text it stands under.
        style = layout.style(rule.key)
        for node in _styled(document.element.body, ids[rule.name]):
            room = _room(node, layout)
            above = [line.upper() if style.caps else line for line in _above(node, ids[style.name])]
            wide = max((width_mm(line, style.size, bold=style.bold) for line in above), default=0.0)
            side = max(0.0, (room - min(room, wide) * rule.share) / 2)
            form = Paragraph(node, document).paragraph_format
            form.left_indent = form.right_indent = Mm(side)
            form.first_line_indent = Mm(0)


def _above(node: Any, style: str) -> Iterator[str]:
    """The texts of the paragraphs of that style directly above."""
    for before in node.itersiblings(_P, preceding=True):
        if not _is(before, style):
            return
        yield "".join(part.text or "" for part in before.iter(qn("w:t")))


def _room(node: Any, layout: Layout) -> float:
    """The width in mm that the paragraph has: its column of the header, or the page's body."""
    cell = node.getparent()
    if cell.tag != qn("w:tc"):
        return layout.page.body_width
    row = cell.getparent()
    index = row.findall(qn("w:tc")).index(cell)
    return layout.header_columns[min(index, 1)]


def _keep_end_together(document: Any, layout: Layout, ids: dict[str, str]) -> None:
    """No signature stands alone on a page: the last paragraphs of the text keep with it."""
    signers = (ids[layout.style("recipients").name], ids[layout.style("signer").name])
    for node in document.element.body.findall(qn("w:tbl")):
        if not any(_has(node, style) for style in signers):
            continue
        for paragraph in node.iter(qn("w:p")):
            Paragraph(paragraph, document).paragraph_format.keep_with_next = True
        before, left = node.getprevious(), _LINES_WITH_SIGNATURE
        while before is not None and before.tag == _P and left:
            Paragraph(before, document).paragraph_format.keep_with_next = True
            left -= any(text.text for text in before.iter(qn("w:t")))
            before = before.getprevious()
