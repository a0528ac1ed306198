"""The headline a reader sees, and the address the page gives itself."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import etree

from monitor.extract.structured import Claims
from monitor.extract.tree import hint, words
from monitor.text import clean, fold

_BETWEEN = re.compile(r"\s+[-–—|:»·•]{1,2}\s+|\s*\|\s*|\s+::\s+")
_OUTLET = re.compile(
    r"^(?:Báo (?:điện tử |tỉnh )?[A-ZĐÀ-Ỹ]|Tạp chí [A-ZĐ]|Cổng (?:TTĐT|[Tt]hông tin)|Trang (?:TTĐT|[Tt]hông tin|chủ)"
    r"|Đài (?:PT|[Pp]hát thanh|[Tt]ruyền hình)|Thời báo [A-ZĐ]|(?:LĐLĐ|Liên đoàn Lao động|UBND) (?:tỉnh|thành phố)"
    r"|Tin tức(?: \w+)?$)"
)
_DOMAIN = re.compile(r"^[\w.-]+\.(?:vn|com|net|org|gov|test)\b|\bonline$|\bđiện tử\b", re.I)


def find_title(
    root: etree._Element, claims: Claims, url: str, chosen: list[etree._Element]
) -> tuple[str, etree._Element | None]:
    """The headline and its element (None where only the head names it); "" on a page without any.

    An h1 that the head confirms is best; then the head's title without the site's name; then any h1.
    """
    for element in chosen:
        if text := _text(element):
            return text, element
    names = outlet_names(claims, url)
    tag = root.find(".//title")
    page_title = _text(tag) if tag is not None else ""
    told = [*claims.titles, page_title] if page_title else list(claims.titles)
    bare = [without_outlet(title, names) for title in told]
    speaking = [title for title in bare if not _says_nothing(title, names)]
    headings = [(text, h) for h in _headings(root) if (text := _text(h)) and fold(text) not in names]
    # A short title is one where the head names it as the article's; "Chi tiết tin" is the template's.
    for text, element in headings:
        if any(_same(text, title) for title in (*claims.titles, *speaking)) or _opens(page_title, text):
            return text, element
    firsts = [
        (text, h) for text, h in headings if h.tag == "h1" and len(text.split()) >= 3 and not _is_logo(text, h, names)
    ]
    for text, element in firsts:
        if any(_akin(text, title) for title in speaking) or (len(firsts) == 1 and "title" in hint(element)):
            return text, element
    if speaking:
        return next((title for title in speaking if len(title.split()) >= 3), speaking[0]), None
    titled = [(text, h) for text, h in headings if 4 <= len(text.split()) <= 45 and h.find(".//a") is None]
    if firsts or titled:
        return (firsts or titled)[0]
    return (bare[0] if bare else ""), None


def _opens(title: str, text: str) -> bool:
    """Whether a page's title is that text and something more behind a dash."""
    return title.startswith(text) and len(text.split()) > 3 and bool(_BETWEEN.match(title, len(text)))


def _is_logo(text: str, element: etree._Element, names: set[str]) -> bool:
    """Whether an h1 is the outlet's name on top of every page."""
    near = (element, *islice(element.iterancestors(), 2))
    return _is_outlet(text, names) or any("logo" in words(hint(up)) for up in near)


def outlet_names(claims: Claims, url: str) -> set[str]:
    """How the outlet may be called, folded: its site name, its publisher, its host with and without ending."""
    host = (_parts(url)[0]).removeprefix("www.")
    names = {fold(name) for name in claims.outlets} | {host, host.partition(".")[0]}
    names |= {fold(name.removeprefix("Báo ").removeprefix("báo ")) for name in claims.outlets}
    return {name for name in names if name}


def without_outlet(title: str, names: set[str]) -> str:
    """A head's title without " - Name of the outlet", in front or behind, once or twice."""
    for _ in range(3):
        cuts = list(_BETWEEN.finditer(title))
        if not cuts:
            break
        head, tail = title[: cuts[-1].start()].strip(), title[cuts[-1].end() :].strip()
        first, rest = title[: cuts[0].start()].strip(), title[cuts[0].end() :].strip()
        if head and _is_outlet(tail, names):
            title = head
        elif rest and fold(first) in names:
            title = rest
        else:
            break
    return title


def _is_outlet(text: str, names: set[str]) -> bool:
    folded = fold(text)
    bare = folded.replace(" ", "")
    if len(folded.split()) > 10:
        return False
    if folded in names or bare in names or _DOMAIN.search(text) or _OUTLET.match(text):
        return True
    return any(
        len(name) > 3 and (name.replace(" ", "") == bare or (name in folded and 2 * len(name) >= len(folded)))
        for name in names
    )


def _says_nothing(title: str, names: set[str]) -> bool:
    """Whether a head's title is the site's own on every page: its name, "Chi tiết tin"."""
    return all(len(part.split()) <= 3 or _is_outlet(part, names) for part in _BETWEEN.split(title))


def _headings(root: etree._Element) -> list[etree._Element]:
    found = [h for h in root.iter("h1", "h2", "h3", "div", "p", "span", "td") if h.tag == "h1" or _titled(h)]
    return sorted(found, key=lambda h: h.tag != "h1")[:60]


def _titled(element: etree._Element) -> bool:
    names = (element.get("class") or "") + " " + (element.get("id") or "") + " " + (element.get("itemprop") or "")
    return "title" in names.lower() or "tieude" in names.lower() or "headline" in names.lower()


def _text(element: etree._Element) -> str:
    return clean("".join(text for _, text in zip(range(60), element.itertext(), strict=False)))[:500]


def _same(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", fold(text))


def _akin(one: str, other: str) -> bool:
    """Half of the words of the longer in common: an h1 and a title shortened for search engines."""
    a, b = set(fold(one).split()), set(fold(other).split())
    return len(a & b) * 2 >= max(len(a), len(b), 1)


def find_canonical(claims: Claims, url: str) -> str | None:
    """The first address the page gives itself that is absolute http(s), of the same site, and no front page."""
    host, path = _parts(url)
    for told in claims.addresses:
        try:
            address = urljoin(url, told)
        except ValueError:
            continue
        its_host, its_path = _parts(address)
        if not address.lower().startswith(("http://", "https://")) or not _same_site(host, its_host):
            continue
        if its_path in ("", "/") and path not in ("", "/"):
            continue
        return address.partition("#")[0]
    return None


def host_of(url: str) -> str:
    """The host of an address in lower case, "" where there is none."""
    return _parts(url)[0]


def _parts(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").lower(), parts.path
    except ValueError:
        return "", ""


def _same_site(one: str, other: str) -> bool:
    a, b = (re.sub(r"^(?:www|m|mobile|amp|wap)\.", "", host) for host in (one, other))
    return bool(a and b) and (a == b or a.endswith("." + b) or b.endswith("." + a)) and "." in min(a, b, key=len)
