"""The digest as a Word file, by ``reports/digest/digest.docx``, which staff may edit in Word.

    Digest ──view──▶ the template filled ──▶ titles linked, contents linked, bars drawn ──▶ layout.yaml ──▶ bytes

What comes from pages is only ever printed; an address is a link only where it is an ordinary web address. A bar is the
shading of an empty paragraph, so that it stays as long in Word, LibreOffice and print, and staff can recolour it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from docxtpl import RichText
from markupsafe import Markup

from monitor.model.digest import Digest
from monitor.model.layout import Layout
from monitor.report.view import DigestView, ItemView, view
from monitor.word import text
from monitor.word.layout import heading_lines
from monitor.word.template import Template, finished

TEMPLATE = "digest/digest.docx"
PART = "Điểm tin – Phần"
"""The style of a part's heading: the table of contents leads there."""
CONTENTS = "Điểm tin – Mục lục"
"""The style of a line of the table of contents."""
BAR = "Điểm tin – Thanh biểu đồ"
"""The style of a bar: its paragraph holds the length, 0–100, until the bar is drawn."""
_COLOUR = "0B4F8A"
_LINK = "Hyperlink"
"""The style of links' words; without it LibreOffice leaves the links out of a PDF."""
# What Word leaves free on both sides of a cell's text.
_CELL_SIDES = Emu(2 * 68_580)


def digest_docx(digest: Digest, *, templates: tuple[Path, ...], layout: Layout, topics: Mapping[str, str]) -> bytes:
    """The digest as ``.docx``: equal content, layout and template give equal bytes.

    ``templates`` are looked through for ``digest/digest.docx``, the office's own first; ``topics`` maps T01 … to
    names. Raises ConfigError naming the template when there is none or an edited one does not work.
    """
    told = text.tidied(view(digest, topics, str))
    document = Template(templates, TEMPLATE).filled(
        {
            "digest": told,
            "superior": heading_lines(told.superior, layout, "superior", layout.header_columns[0]),
            "heading_lines": heading_lines(told.office, layout, "issuer", layout.header_columns[0]),
            "heading": _heading,
        }
    )
    _link(document, told)
    _lead(document)
    _draw(document)
    name = told.edition.name if told.edition else f"{told.title} – {told.span}"
    return finished(document, layout, title=name, author=told.office)


def _heading(item: ItemView) -> Markup | str:
    """The title, a link where there is an address; the link's target is added to the document by ``_link``."""
    if not item.link:
        return item.title
    made = RichText()
    made.add(item.title, url_id=_target(item), style=_LINK)
    # docxtpl would read braces even after the template was filled; it has escaped the rest.
    return Markup(str(made).replace("{", "&#123;").replace("}", "&#125;"))


def _target(item: ItemView) -> str:
    return f"tin{item.number}"


def _link(document: Any, told: DigestView) -> None:
    for part in told.sections:
        for item in part.entries:
            if item.link:
                document.part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, item.link, _target(item), True)


def _styled(document: Any, name: str) -> Iterator[Paragraph]:
    """The paragraphs of that style, in cells too; an edited template need not have any."""
    style = next((one.style_id for one in document.styles if one.name == name), None)
    for node in document.element.body.iter(qn("w:p")):
        found = node.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style and found is not None and found.get(qn("w:val")) == style:
            yield Paragraph(node, document)


def _lead(document: Any) -> None:
    """Each line of the contents leads to the part of the same words; parts have "(3)" behind theirs."""
    parts = list(_styled(document, PART))
    for number, line in enumerate(_styled(document, CONTENTS)):
        said = line.text
        target = next((one for one in parts if said and one.text.startswith(said)), None)
        if target is None:
            continue
        name = f"phan_{number + 1}"
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(number + 1))
        start.set(qn("w:name"), name)
        target._p.get_or_add_pPr().addnext(start)
        target._p.append(end)
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), name)
        runs = list(line._p.findall(qn("w:r")))
        runs[0].addprevious(link)
        for run in runs:
            if _LINK in document.styles:
                Run(run, line).style = document.styles[_LINK]
            link.append(run)


def _draw(document: Any) -> None:
    """Each bar's paragraph is shaded over so many percent of its cell."""
    for line in _styled(document, BAR):
        said = line.text.strip()
        if not said.isascii() or not said.isdigit():
            continue  # an edited template may print something else there
        for run in list(line.runs):
            line._p.remove(run._r)
        cell = line._p.getparent()
        if not int(said) or cell.tag != qn("w:tc"):
            continue
        room = (_Cell(cell, document).width or Emu(0)) - _CELL_SIDES
        line.paragraph_format.right_indent = Emu(max(0, round(room * (100 - min(100, int(said))) / 100)))
        shading = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", _COLOUR)):
            shading.set(qn(f"w:{key}"), value)
        line._p.get_or_add_pPr().find(qn("w:ind")).addprevious(shading)
