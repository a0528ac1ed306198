"""A listing page's links to articles: by the configured selector, or by what article links look like.

Without a selector: of all links of the page's own site, an article's link has a long enough text of its own (a
headline) and an address that looks like an article rather than a section (ends in .html and the like, carries a
number, or a slug of several words). Menus, tag clouds and paging fall out by that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import soupsieve
from bs4 import BeautifulSoup, Tag

from monitor import dates
from monitor.crawl import urls
from monitor.model.article import Entry
from monitor.text import clean, decode

_ARTICLE_PATH = re.compile(
    r"(\.(html?|htm|chn|epi|vnp|vov|aspx|ldo|tpo|amp|antd|shtml|bld|d\d+)$)|(-?\d{5,})|(post\d{4,})|/\d{4}/\d{2}/",
    re.I,
)
_NOT_ARTICLE = re.compile(
    r"/(tag|tags|tu-khoa|chu-de|topic|tac-gia|author|search|tim-kiem|rss|login|dang-nhap|dang-ky|lien-he|gioi-thieu|"
    r"quang-cao|video-index|photo-index|trang-\d+|page/\d+|sitemap|privacy|dieu-khoan)(/|\.|-\d|$)|\.(jpe?g|png|gif|webp|avif|pdf|docx?|xlsx?|zip|rar|mp[34]|xml|rss|css|js)$",
    re.I,
)
_ASP_ARTICLE = re.compile(r"(^|&)(nid|newsid|id|itemid|articleid|news_id|idnews|contentid)=\d+", re.I)
_MENU = "nav, footer, .menu, .breadcrumb, .pagination, .paging, .tags, .tag-list"
_TITLE = 500
MAX_ENTRIES = 500


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A parsed listing page; ``next`` is the page's own word on its next page (rel=next), or empty."""

    entries: tuple[Entry, ...]
    next: str = ""


def parse(
    raw: bytes, *, url: str, content_type: str = "", links: str | None = None, now: datetime | None = None
) -> Listing:
    """The articles a listing page links to, in the page's order, each once. Never raises.

    ``links`` is a CSS selector (checked when the configuration was loaded) of the links or of elements around them.
    """
    soup = BeautifulSoup(decode(raw, content_type), "lxml")
    base = soup.find("base", href=True)
    root = (urls.join(url, str(base["href"])) if isinstance(base, Tag) else None) or url
    anchors = _selected(soup, links) if links else _likely(soup, root)
    entries: dict[str, Entry] = {}
    for anchor in anchors:
        entry = _entry(anchor, root, now)
        if not entry:
            continue
        known = entries.get(key := urls.key(entry.url))
        # A picture's link comes first on most pages; the headline's link says more.
        if (
            known is None
            or (not known.title and entry.title)
            or (len(entry.title) > len(known.title) > 0 and not links)
        ):
            entries[key] = entry
        if len(entries) >= MAX_ENTRIES:
            break
    further = soup.find("link", rel="next", href=True) or soup.find("a", rel="next", href=True)
    following = urls.join(root, str(further["href"])) if isinstance(further, Tag) else None
    return Listing(
        entries=tuple(entries.values()),
        next=following if following and urls.same_site(following, url) else "",
    )


def _selected(soup: BeautifulSoup, selector: str) -> list[Tag]:
    found: list[Tag] = []
    for element in soupsieve.select(selector, soup, limit=MAX_ENTRIES * 2):
        found += (
            [element] if element.name == "a" else [a for a in element.find_all("a", href=True) if isinstance(a, Tag)]
        )
    return found


def _likely(soup: BeautifulSoup, base: str) -> list[Tag]:
    for menu in soup.select(_MENU):
        menu.decompose()
    anchors = [a for a in soup.find_all("a", href=True) if isinstance(a, Tag)]
    titled = {urls.key(link) for a in anchors if _headline(a) and (link := urls.join(base, str(a["href"])))}
    return [
        a
        for a in anchors
        if (link := urls.join(base, str(a["href"]))) and looks_like_article(link, base) and urls.key(link) in titled
    ]


def looks_like_article(link: str, base: str) -> bool:
    """Whether an address is of an article of the same site, as far as an address can tell."""
    if not urls.same_site(link, base):
        return False
    parts = urlsplit(link)
    path = parts.path.rstrip("/")
    if not path or _NOT_ARTICLE.search(path):
        return False
    last = path.rpartition("/")[2]
    return bool(_ARTICLE_PATH.search(path) or last.count("-") >= 4 or _ASP_ARTICLE.search(parts.query))


def _headline(anchor: Tag) -> str:
    text = clean(anchor.get_text(" ")) or clean(str(anchor.get("title") or ""))
    return text if len(text) >= 15 and " " in text else ""


def _entry(anchor: Tag, base: str, now: datetime | None) -> Entry | None:
    link = urls.join(base, str(anchor.get("href") or ""))
    if not link:
        return None
    title = clean(anchor.get_text(" ")) or clean(str(anchor.get("title") or ""))
    when, summary = _around(anchor, title, now)
    return Entry(url=urls.canonical(link), title=title[:_TITLE], summary=summary, published=when, guessed=True)


def _around(anchor: Tag, title: str, now: datetime | None) -> tuple[datetime | None, str]:
    """The time and the lead in the smallest box around the link that holds no other article."""
    box: Tag = anchor
    for _ in range(4):
        outer = box.parent
        if outer is None or outer.name in ("body", "html", "[document]", "main"):
            break
        # A box that holds another headline is the list itself: its time and lead are another article's.
        if any(a.get("href") != anchor.get("href") and _headline(a) for a in outer.find_all("a", href=True, limit=40)):
            break
        box = outer
    if box is anchor:
        return None, ""
    stamp = box.find("time", attrs={"datetime": True})
    said = [str(stamp["datetime"])] if isinstance(stamp, Tag) else []
    said += [
        text
        for e in box.find_all(["span", "time", "div", "p", "small", "em", "i", "label"])
        if len(text := clean(e.get_text(" "))) < 60
    ]
    when = next((at for text in said if dates.has_clock(text) and (at := dates.parse(text, now=now))), None)
    leads = [
        clean(p.get_text(" "))
        for p in box.find_all(["p", "div"])
        if isinstance(p, Tag) and not p.find(["a", "p", "div"])
    ]
    summary = max((lead for lead in leads if len(lead) > 40 and lead != title), key=len, default="")
    return when, summary[:2000]
