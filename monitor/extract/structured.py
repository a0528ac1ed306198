"""What a page says of itself for machines: JSON-LD, meta tags, canonical links.

Vietnamese outlets write JSON-LD by template: raw line feeds in strings, entities escaped twice, objects in
``@graph`` or in lists in lists, an empty author. What cannot be parsed is searched for its few fields.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from monitor.text import clean

_ARTICLE = re.compile(r"Article|Posting|Report|VideoObject|WebPage", re.I)
_FIELD = r'"{name}"\s*:\s*"((?:[^"\\]|\\.){{0,2000}})"'
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_MOST_OBJECTS = 3000


@dataclass(frozen=True, kw_only=True)
class Claims:
    """The page's own words, cleaned; dates as written. Lists are best first; ``people`` are JSON-LD persons."""

    titles: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    """Author names of meta tags, which are as often the outlet's account."""
    outlets: tuple[str, ...] = ()
    """Names of the outlet: og:site_name, publisher."""
    addresses: tuple[str, ...] = ()
    """link rel=canonical first, then og:url."""


def read_claims(root: etree._Element) -> Claims:
    """Everything the head and the scripts say. Never raises."""
    meta = _metas(root)
    news = _news(root)
    first = news[0] if news else {}
    return Claims(
        titles=_texts(meta.get("og:title"), [_string(first.get("headline"))], meta.get("twitter:title")),
        descriptions=_texts([_string(first.get("description"))], meta.get("og:description"), meta.get("description")),
        published=_texts(
            [_string(item.get("datePublished")) for item in news],
            *(meta.get(name) for name in _PUBLISHED),
        ),
        modified=_texts([_string(item.get("dateModified")) for item in news], *(meta.get(name) for name in _MODIFIED)),
        people=_texts([name for item in news for name in _people(item.get("author"))]),
        signed=_texts(*(meta.get(name) for name in _SIGNED)),
        outlets=_texts(meta.get("og:site_name"), [name for item in news for name in _people(item.get("publisher"))]),
        addresses=tuple(_canonical(root) + meta.get("og:url", [])),
    )


_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "pubdate",
    "publishdate", "publish_date", "publish-date", "publication_date", "article:published", "dc.date.issued",
    "dcterms.issued", "dc.date.published", "dcterms.date", "dc.date", "date", "article.published", "sailthru.date",
    "cxenseparse:recs:publishtime", "its_publication",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified",
    "article:updated_time", "dcterms.modified", "dc.date.modified",
)  # fmt: skip
_SIGNED = ("article:author", "dable:author", "author", "dc.creator", "dcterms.creator", "byl", "cxenseparse:author")


def _metas(root: etree._Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = (element.get("content") or "").strip()
        if not content:
            continue
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").strip().lower()
            if name:
                found.setdefault(name, []).append(content)
    return found


def _canonical(root: etree._Element) -> list[str]:
    links = [link for link in root.iter("link") if (link.get("rel") or "").strip().lower() == "canonical"]
    return [(link.get("href") or "").strip() for link in links if link.get("href")]


def _news(root: etree._Element) -> list[dict[str, object]]:
    """The JSON-LD objects about the article, real articles before pages and videos."""
    found: list[dict[str, object]] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            found += [item for item in _objects(_load(script.text)) if _ARTICLE.search(_kind(item))]
    rank = {"article": 0, "posting": 0, "report": 0}
    return sorted(
        (item for item in found if item.get("headline") or item.get("datePublished")),
        key=lambda item: min((v for k, v in rank.items() if k in _kind(item).lower()), default=1),
    )


def _load(text: str) -> object:
    text = text.strip().removeprefix("<![CDATA[").removeprefix("//<![CDATA[").removesuffix("]]>").rstrip("/").strip()
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return _salvage(text)


def _salvage(text: str) -> object:
    """The few fields of a JSON-LD that is no JSON."""
    item: dict[str, object] = {"@type": "NewsArticle"} if _ARTICLE.search(text) else {}
    for name in ("headline", "description", "datePublished", "dateModified"):
        if found := re.search(_FIELD.format(name=name), text):
            item[name] = found[1].replace('\\"', '"').replace("\\/", "/")
    if found := re.search(r'"author"\s*:\s*[\[{][^\]}]{0,300}?"name"\s*:\s*"([^"]{2,100})"', text):
        item["author"] = found[1]
    return item


def _objects(loaded: object) -> Iterator[dict[str, object]]:
    todo, seen = [loaded], 0
    while todo and seen < _MOST_OBJECTS:
        item = todo.pop(0)
        seen += 1
        if isinstance(item, list):
            todo = item + todo
        elif isinstance(item, dict):
            yield item
            todo += [
                item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement") if key in item
            ]


def _kind(item: dict[str, object]) -> str:
    kind = item.get("@type")
    return " ".join(map(str, kind)) if isinstance(kind, list) else str(kind or "")


def _people(value: object) -> list[str]:
    names: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            name = item.get("name")
            names += [str(part) for part in name] if isinstance(name, list) else [_string(name)]
        else:
            names.append(_string(item))
    return names


def _string(value: object) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, str) else ""


def _texts(*groups: list[str] | None) -> tuple[str, ...]:
    """Cleaned, entities undone (twice: some escape what was escaped), without blanks and repeats."""
    texts = [clean(html.unescape(html.unescape(text[:5000]))) for group in groups for text in group or ()]
    return tuple(dict.fromkeys(text for text in texts if text))
