"""A file that came from outside, opened as a workbook only when it is one and does nothing of itself.

    bytes ──▶ is it a zip at all? ──▶ how much would it unpack to? ──▶ macros, links, objects? ──▶ parts, one by one

The zip's directory is judged before anything is unpacked, and a part gives no more bytes than the directory said.
XML with a document type is refused: no workbook has one, and only there can entities be made.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from lxml import etree

from monitor.errors import InputError
from monitor.labels import label
from monitor.text import nfc

MOST_BYTES = 10 * 2**20
"""Of the file as it comes; a filled form has some ten thousand."""
_MOST_UNPACKED, _MOST_XML, _MOST_PARTS = 50 * 2**20, 16 * 2**20, 1000
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MACROS = ("vbaproject", "/macrosheets/", "/vbadata", "/dialogsheets/")
_OBJECTS = ("/embeddings/", "/activex/", "/ctrlprops/")
_LINKS = ("/externallinks/", "/querytables/", "xl/connections.xml", "xl/webextensions/", "/customdata/")
_OTHERS = (("word/document.xml", "word"), ("ppt/presentation.xml", "powerpoint"), ("xl/workbook.bin", "xlsb"))
_READING = (BadZipFile, LargeZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError)
"""All that a spoiled zip makes ``zipfile`` raise."""


@dataclass(kw_only=True)
class BookFile:
    """The parts of a workbook's file; ``name`` is what people call it. Names of parts are read in any case."""

    name: str
    _zip: ZipFile
    _parts: dict[str, ZipInfo]
    _trees: int = field(default=0)

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part.lower() in self._parts

    def names(self) -> list[str]:
        """The names of all parts, in small letters."""
        return list(self._parts)

    def xml(self, part: str) -> etree._Element:
        """A part as a tree. Raises InputError where there is none, or it is no plain XML."""
        info = self._parts.get(part.lower())
        if info is None:
            raise InputError("book_broken", file=self.name)
        try:
            raw = self._zip.read(info)
        except _READING as error:
            raise InputError("book_broken", file=self.name) from error
        return self._tree(raw)

    def _tree(self, raw: bytes) -> etree._Element:
        # Without the zeros a text of two bytes a letter reads like one of one.
        if b"<!DOCTYPE" in raw.replace(b"\0", b""):
            raise InputError("book_broken", file=self.name)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(raw, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise InputError("book_broken", file=self.name) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise InputError("book_broken", file=self.name)
        return root


def opened(data: bytes, name: str) -> BookFile:
    """The file as a workbook. Raises InputError in a clerk's words for what is none, is too large or may act."""
    shown = nfc(name)[-120:] or label("unit_book", "file")
    _kind(data, shown)
    try:
        made = ZipFile(BytesIO(data))
        infos = made.infolist()
    except _READING as error:
        raise InputError("book_broken", file=shown) from error
    parts = {info.filename.lower().lstrip("/"): info for info in infos if not info.is_dir()}
    _size(infos, parts, shown)
    found = BookFile(name=shown, _zip=made, _parts=parts)
    _content(found)
    return found


def _kind(data: bytes, name: str) -> None:
    """By the first bytes, for a name tells nothing."""
    last = PurePosixPath(name.replace("\\", "/")).name
    if last.startswith(("~$", ".~lock.")):
        raise InputError("book_lock_file", file=last)
    if not data:
        raise InputError("book_empty", file=name)
    if len(data) > MOST_BYTES:
        raise InputError("book_large", file=name, most=MOST_BYTES // 2**20)
    if data.startswith(_OLE):
        raise InputError("book_encrypted" if _ENCRYPTED in data else "book_old", file=name)
    if not data.startswith(_ZIP):
        raise InputError("book_other", file=name, what=label("unit_book", f"is_{_looks(data)}"))


def _looks(data: bytes) -> str:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"%pdf"):
        return "pdf"
    if head.startswith((b"\xff\xd8\xff", b"\x89png", b"gif8")):
        return "picture"
    if b"<html" in head or b"<!doctype html" in head or head.startswith(b"<table"):
        return "html"
    if head.startswith(b"<?xml"):
        return "xml"
    plain = b"\0" not in head and not any(byte < 9 for byte in head)
    return "text" if plain else "unknown"


def _size(infos: list[ZipInfo], parts: dict[str, ZipInfo], name: str) -> None:
    if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > _MOST_UNPACKED:
        raise InputError("book_unpacked", file=name, most=_MOST_UNPACKED // 2**20)
    files = [info for info in infos if not info.is_dir()]
    if len(parts) != len(files):
        raise InputError("book_broken", file=name)
    if any(info.flag_bits & 1 for info in files):
        raise InputError("book_encrypted", file=name)
    if sum(info.file_size for key, info in parts.items() if key.endswith((".xml", ".rels"))) > _MOST_XML:
        raise InputError("book_many_cells", file=name)


def _content(book: BookFile) -> None:
    """By what is in it: macros also where the file was given another name."""
    names = book.names()
    if "mimetype" in names:
        raise InputError("book_other", file=book.name, what=label("unit_book", "is_ods"))
    for part, what in _OTHERS:
        if part in names:
            raise InputError("book_other", file=book.name, what=label("unit_book", f"is_{what}"))
    if not book.has("[Content_Types].xml"):
        raise InputError("book_other", file=book.name, what=label("unit_book", "is_zip"))
    types = " ".join(str(said).lower() for one in book.xml("[Content_Types].xml") for said in one.attrib.values())
    if "macroenabled" in types or "vbaproject" in types or _any(names, _MACROS):
        raise InputError("book_macro", file=book.name)
    if _any(names, _OBJECTS):
        raise InputError("book_object", file=book.name)
    if _any(names, _LINKS) or _outside(book):
        raise InputError("book_calls_out", file=book.name)


def _any(names: list[str], wanted: tuple[str, ...]) -> bool:
    return any(one in "/" + name or name == one for name in names for one in wanted)


def _outside(book: BookFile) -> bool:
    """Whether a part refers to something elsewhere. A link in a cell that somebody may click is none."""
    return any(
        one.get("TargetMode", "").lower() == "external" and not one.get("Type", "").endswith("/hyperlink")
        for name in book.names()
        if name.endswith(".rels")
        for one in book.xml(name)
        if isinstance(one.tag, str)
    )
