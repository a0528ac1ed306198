"""The words of a Word file, to be read on a page: paragraphs, and rows of tables as cells side by side.

What was frozen is read, not what the case would make today. A file may be somebody's from outside: nothing but the
one XML part is opened, within limits, and no entity of it is followed.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PART = "word/document.xml"
_MOST_BYTES = 8 * 1024 * 1024
_MOST_BLOCKS = 1500
_BLANKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


@dataclass(frozen=True, kw_only=True)
class Block:
    """A paragraph (one cell), or a row of a table; ``strong`` where all of a paragraph is bold."""

    cells: tuple[tuple[str, ...], ...]
    strong: bool = False
    center: bool = False

    @property
    def row(self) -> bool:
        """Whether it is a row of a table."""
        return len(self.cells) > 1


def read(body: bytes) -> tuple[Block, ...] | None:
    """The text in its order; None where the file is no Word file that could be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            if archive.getinfo(_PART).file_size > _MOST_BYTES:
                return None
            with archive.open(_PART) as stream:
                xml = stream.read(_MOST_BYTES + 1)
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, RuntimeError, NotImplementedError, zlib.error, ValueError):
        return None
    if len(xml) > _MOST_BYTES:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:
        return None
    top = root.find(f"{_W}body")
    if top is None:
        return None
    found: list[Block] = []
    for block in _blocks(top):
        found.append(block)
        if len(found) >= _MOST_BLOCKS:
            break
    return tuple(found)


def _blocks(top: etree._Element) -> Iterator[Block]:
    for child in top:
        if child.tag == f"{_W}p":
            text = _text(child)
            if text:
                yield Block(cells=((text,),), strong=_bold(child), center=_centred(child))
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                cells = tuple(
                    tuple(text for one in cell.iter(f"{_W}p") if (text := _text(one))) for cell in row.iter(f"{_W}tc")
                )
                if any(cells):
                    yield Block(cells=cells)
        elif child.tag == f"{_W}sdt":
            inner = child.find(f"{_W}sdtContent")
            if inner is not None:
                yield from _blocks(inner)


def _text(paragraph: etree._Element) -> str:
    said = []
    for one in paragraph.iter():
        if one.tag == f"{_W}t":
            said.append(one.text or "")
        elif isinstance(one.tag, str) and one.tag in _BLANKS:
            said.append(_BLANKS[one.tag])
    return "".join(said).strip()


def _bold(paragraph: etree._Element) -> bool:
    runs = [run for run in paragraph.iter(f"{_W}r") if run.find(f"{_W}t") is not None]
    return bool(runs) and all(run.find(f"{_W}rPr/{_W}b") is not None for run in runs)


def _centred(paragraph: etree._Element) -> bool:
    align = paragraph.find(f"{_W}pPr/{_W}jc")
    return align is not None and align.get(f"{_W}val") == "center"
