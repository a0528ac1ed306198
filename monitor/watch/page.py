"""A whole page as lines that a reader sees, with what is linked: notices and listings stand outside the article.

    html -> Visible(lines, refresh)

What it does not do: tell the article from the rest (that is ``extract``'s).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree, html

from monitor.text import clean
from monitor.watch.normal import word_set

_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SILENT = word_set("script style noscript template head svg math iframe object select option textarea button")
_INLINE = word_set(
    """a abbr b bdi bdo big cite code del dfn em font i ins kbd label mark nobr q s samp small span strike strong sub
    sup time tt u var wbr"""
)
_PARAGRAPHS = word_set("p h1 h2 h3 h4 h5 h6 li dt dd pre")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_REFRESH = re.compile(r"\s*(\d{1,4})\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"'\s]{1,2000})", re.I)
_SCRIPTED = re.compile(
    r"(?:window|document|self|top)?\.?location(?:\.href)?\s*=\s*[\"']([^\"']{1,2000})[\"']"
    r"|location\.(?:replace|assign)\(\s*[\"']([^\"']{1,2000})[\"']",
)
_MOST_LINES = 6000
_MOST_CHARACTERS = 600_000
_SHORT_PAGE = 4000


@dataclass(frozen=True, kw_only=True)
class Line:
    """A paragraph of the page. ``path`` numbers the boxes it stands in, outermost first."""

    text: str
    linked: float = 0.0
    links: tuple[str, ...] = ()
    heading: bool = False
    path: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Visible:
    """The lines of a page; ``refresh`` is where a page without words of its own sends its readers."""

    lines: tuple[Line, ...] = ()
    refresh: str = ""


def visible(page: str) -> Visible:
    """What a reader sees of a page. Never raises: what is no page has no lines."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(_BAD.sub(" ", page).encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return Visible()
    walk = _Walk()
    body = root.find("body")
    for event, element in etree.iterwalk(root if body is None else body, events=("start", "end")):
        if isinstance(element.tag, str):
            walk.enter(element) if event == "start" else walk.leave(element)
        if len(walk.lines) >= _MOST_LINES or walk.size > _MOST_CHARACTERS:
            break
    walk.flush()
    return Visible(lines=tuple(walk.lines), refresh=_refresh(root, page) if walk.size < 400 else "")


def _refresh(root: etree._Element, page: str) -> str:
    """Where a page with next to no words leads: by its meta element, or by the one line of script it is."""
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").strip().lower() == "refresh" and (
            found := _REFRESH.match(meta.get("content") or "")
        ):
            return found[2]
    if len(page) <= _SHORT_PAGE and (scripted := _SCRIPTED.search(page)):
        return str(scripted[1] or scripted[2])
    return ""


@dataclass
class _Walk:
    lines: list[Line] = field(default_factory=list)
    size: int = 0
    silent: int = 0
    boxes: int = 0
    path: list[int] = field(default_factory=list)
    headings: int = 0
    anchors: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    linked: int = 0

    def enter(self, element: etree._Element) -> None:
        tag = element.tag
        get = element.attrib.get
        if self.silent or tag in _SILENT or "hidden" in element.attrib or _HIDDEN.search(get("style", "")):
            self.silent += 1
            return
        if tag not in _INLINE:
            self.flush()
            if tag not in _PARAGRAPHS and tag != "br":
                self.boxes += 1
                self.path.append(self.boxes)
            self.headings += tag in ("h1", "h2", "h3", "h4")
        if tag == "a":
            self.anchors.append(get("href", "").strip()[:2000])
        self._add(element.text)

    def leave(self, element: etree._Element) -> None:
        tag = element.tag
        if self.silent:
            self.silent -= 1
        else:
            if tag not in _INLINE:
                self.flush()
                if tag not in _PARAGRAPHS and tag != "br":
                    self.path.pop()
                self.headings -= tag in ("h1", "h2", "h3", "h4")
            if tag == "a" and self.anchors:
                self.anchors.pop()
        if not self.silent:
            self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        self.text.append(text)
        if self.anchors:
            self.linked += len("".join(text.split()))
            if self.anchors[-1] not in self.links and len(self.links) < 20:
                self.links.append(self.anchors[-1])

    def flush(self) -> None:
        text = clean("".join(self.text)) if self.text else ""
        if text:
            share = min(self.linked / max(len(text.replace(" ", "")), 1), 1.0)
            self.lines.append(
                Line(
                    text=text,
                    linked=share,
                    links=tuple(self.links),
                    heading=self.headings > 0,
                    path=tuple(self.path),
                )
            )
            self.size += len(text)
        self.text, self.links, self.linked = [], [], 0
