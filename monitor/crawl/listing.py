"""A listing page's links to articles: by the configured selector, or by what article links look like.

Without a selector: of all links of the page's own site, an article's link has a long enough text of its own (a
headline) and an address that looks like an article rather than a section (carries a number, ends in .html and the
like, or is a slug of several words). Menus, tag clouds and paging fall out by that. Where most of such addresses
carry numbers, those without are sections with long names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from urllib.parse import urlsplit

import soupsieve
from bs4 import BeautifulSoup, Tag

from monitor import dates
from monitor.crawl import urls
from monitor.model.article import Entry
from monitor.text import clean, decode

_NUMBERED = re.compile(r"\d{5,}|post\d{4,}|/\d{4}/\d{2}/|\.d\d+$", re.I)
_FILE = re.compile(r"\.(html?|chn|epi|vnp|vov|aspx|ldo|tpo|amp|antd|shtml|bld)$", re.I)
_NOT_ARTICLE = re.compile(
    r"/(tag|tags|tu-khoa|chu-de|topic|event|dong-su-kien|category|tac-gia|author|search|tim-kiem|rss|login|dang-nhap|"
    r"dang-ky|lien-he|gioi-thieu|quang-cao|video-index|photo-index|trang-\d+|page/\d+|sitemap|privacy|dieu-khoan)"
    r"(/|\.|-\d|$)|\.(jpe?g|png|gif|webp|avif|pdf|docx?|xlsx?|zip|rar|mp[34]|xml|rss|css|js)$",
    re.I,
)
_ASP_ARTICLE = re.compile(r"(^|&)(nid|newsid|id|itemid|articleid|news_id|idnews|contentid)=\d+", re.I)
_MENU = "nav, footer, [role=navigation], .menu, .breadcrumb, .pagination, .paging, .tags, .tag-list"
_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
_WHOLE_PAGE = ("[document]", "html", "body", "main", "form")
_TITLE = 500
_MAX_PAGE = 2_000_000
_MAX_ANCHORS = 5000
# A picture, a headline and a lead may each link to the article; more links say nothing new.
_LINKS_OF_ONE = 4
MAX_ENTRIES = 500


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A parsed listing page; ``next`` is the page's own word on its next page (rel=next), or empty."""

    entries: tuple[Entry, ...]
    next: str = ""


@dataclass(frozen=True)
class _Link:
    anchor: Tag
    url: str
    key: str


def parse(
    raw: bytes, *, url: str, content_type: str = "", links: str | None = None, now: datetime | None = None
) -> Listing:
    """The articles a listing page links to, in the page's order, each once. Never raises.

    ``links`` is a CSS selector (checked when the configuration was loaded) of the links or of elements around them.
    """
    soup = BeautifulSoup(decode(raw, content_type)[:_MAX_PAGE], "lxml")
    base = soup.find("base", href=True)
    root = (urls.join(url, str(base["href"])) if isinstance(base, Tag) else None) or url
    further = soup.find("link", rel="next", href=True) or soup.find("a", rel="next", href=True)
    following = urls.join(root, str(further["href"])) if isinstance(further, Tag) else None
    found = _selected(soup, links, root) if links else _likely(soup, root, urls.key(url))
    articles: dict[str, list[_Link]] = {}
    for link in found:
        articles.setdefault(link.key, []).append(link)
    boxes = _Boxes({id(link.anchor): link.key for link in found})
    return Listing(
        entries=tuple(_entry(group, boxes, now) for group in islice(articles.values(), MAX_ENTRIES)),
        next=following if following and urls.same_site(following, url) else "",
    )


def _links(anchors: list[Tag], root: str) -> list[_Link]:
    made = ((anchor, urls.join(root, str(anchor.get("href") or ""))) for anchor in anchors[:_MAX_ANCHORS])
    return [_Link(anchor, url, urls.key(url)) for anchor, url in made if url]


def _selected(soup: BeautifulSoup, selector: str, root: str) -> list[_Link]:
    found: list[Tag] = []
    for element in soupsieve.select(selector, soup, limit=MAX_ENTRIES * 2):
        found += (
            [element] if element.name == "a" else [a for a in element.find_all("a", href=True) if isinstance(a, Tag)]
        )
    return _links(found, root)


def _likely(soup: BeautifulSoup, root: str, own: str) -> list[_Link]:
    for menu in soup.select(_MENU):
        if menu.name not in _WHOLE_PAGE:
            menu.decompose()
    anchors = [a for a in soup.find_all("a", href=True, limit=_MAX_ANCHORS) if isinstance(a, Tag)]
    links = [link for link in _links(anchors, root) if link.key != own and looks_like_article(link.url, root)]
    titled = {link.key for link in links if _headline(link.anchor)}
    numbered = {link.key for link in links if link.key in titled and _is_numbered(link.url)}
    rest = titled - numbered
    if len(numbered) < 5 or len(numbered) * 2 < len(rest):
        numbered |= {link.key for link in links if link.key in rest and _stands_out(link.anchor)}
    return [link for link in links if link.key in numbered]


def looks_like_article(link: str, base: str) -> bool:
    """Whether an address is of an article of the same site, as far as an address can tell."""
    if not urls.same_site(link, base):
        return False
    path = urlsplit(link).path.rstrip("/")
    if _NOT_ARTICLE.search(path):
        return False
    return _is_numbered(link) or bool(_FILE.search(path)) or path.rpartition("/")[2].count("-") >= 4


def _is_numbered(link: str) -> bool:
    parts = urlsplit(link)
    return bool(_NUMBERED.search(parts.path.rstrip("/")) or _ASP_ARTICLE.search(parts.query))


def _headline(anchor: Tag) -> str:
    """The link's text where it is long enough for a headline, else an empty string."""
    text = _title(anchor)
    return text if len(text) >= 15 and " " in text else ""


def _stands_out(anchor: Tag) -> bool:
    """Whether a link reads as a headline where its address does not tell: set as a heading, or a whole sentence."""
    text = _headline(anchor)
    return bool(text) and (_in_heading(anchor) or len(text) >= 30)


def _in_heading(anchor: Tag) -> bool:
    near = islice(anchor.parents, 3)
    return anchor.find(_HEADINGS) is not None or any(outer.name in _HEADINGS for outer in near)


def _title(anchor: Tag) -> str:
    """What the link says: the heading of a card, its text, or its ``title`` where the text is missing or cut."""
    heading = anchor.find(_HEADINGS)
    text = clean((heading if isinstance(heading, Tag) else anchor).get_text(" "))
    told = clean(str(anchor.get("title") or ""))
    cut = not text or text.endswith(("...", "…"))
    return told if cut and len(told) > len(text) else text


def _entry(group: list[_Link], boxes: _Boxes, now: datetime | None) -> Entry:
    """One article of all links to it: the heading's words are its title, the time may stand beside any."""
    group = group[:_LINKS_OF_ONE]
    best = max(
        group, key=lambda link: (bool(_headline(link.anchor)), _in_heading(link.anchor), bool(_title(link.anchor)))
    )
    title = _title(best.anchor)[:_TITLE]
    around = [boxes.around(link, title, now) for link in group]
    return Entry(
        url=urls.canonical(best.url),
        title=title,
        summary=next((summary for _, summary in around if summary), ""),
        published=next((when for when, _ in around if when), None),
        guessed=True,
    )


class _Boxes:
    """What stands around a link, up to the box that holds another article."""

    def __init__(self, keys: dict[int, str]) -> None:
        self._keys = keys
        self._met: dict[int, set[str]] = {}

    def around(self, link: _Link, title: str, now: datetime | None) -> tuple[datetime | None, str]:
        """The time and the lead nearest to the link."""
        when, summary = None, ""
        for box in self._outwards(link):
            when = when or _when(box, now)
            summary = summary or self._lead(box, link, title)
            if when and summary:
                break
        return when, summary[:2000]

    def _outwards(self, link: _Link) -> Iterator[Tag]:
        yield link.anchor
        for outer in islice(link.anchor.parents, 4):
            if outer.name in _WHOLE_PAGE or self._articles(outer) - {link.key}:
                return
            yield outer

    def _articles(self, box: Tag) -> set[str]:
        """The articles that a box links to, and whatever else in it reads like a headline."""
        if id(box) not in self._met:
            anchors = [a for a in box.find_all("a", href=True, limit=40) if isinstance(a, Tag)]
            named = {self._keys.get(id(a)) or (str(a["href"]) if len(_headline(a)) >= 30 else "") for a in anchors}
            self._met[id(box)] = named - {""}
        return self._met[id(box)]

    def _lead(self, box: Tag, link: _Link, title: str) -> str:
        leads = [
            clean(block.get_text(" "))
            for block in box.find_all(["p", "div"], limit=60)
            if isinstance(block, Tag)
            and not block.find(["p", "div", *_HEADINGS])
            and all(self._keys.get(id(a)) == link.key for a in block.find_all("a", limit=3))
        ]
        return max((lead for lead in leads if len(lead) > 40 and lead != title), key=len, default="")


def _when(box: Tag, now: datetime | None) -> datetime | None:
    """The first time of day beside a date in a box: said to machines, or alone in a small element."""
    stamp = box.find(True, attrs={"datetime": True})
    said = [str(stamp["datetime"])] if isinstance(stamp, Tag) else []
    for small in box.find_all(["span", "time", "div", "p", "small", "em", "i", "label"], limit=60):
        if isinstance(small, Tag) and sum(1 for _ in islice(small.descendants, 12)) < 12:
            text = clean(small.get_text(" "))
            said += [text] if len(text) < 60 else []
    return next((at for text in said if dates.has_clock(text) and (at := dates.parse(text, now=now))), None)
