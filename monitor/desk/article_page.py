"""The stored page as it was fetched, made safe to be shown: words, headings, lists, tables and links, and no more.

    snapshot bytes ──decode──▶ html ──nh3──▶ html without scripts, styles, pictures, forms, frames, event handlers

The cleaning is a parser's (ammonia by nh3), never a pattern's. The result is still a stranger's words: whoever shows
it does so apart from the desk's own words and under a policy that runs no script.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from html import unescape

import nh3

from monitor.crawl import urls
from monitor.desk.article_seen import seen_article
from monitor.desk.sitting import Sitting
from monitor.errors import UsageError
from monitor.store import article_facts
from monitor.text import decode

MOST_CHARACTERS = 2_000_000
_TAGS = {
    "a", "abbr", "article", "aside", "b", "bdi", "blockquote", "br", "caption", "center", "cite", "code", "col",
    "colgroup", "dd", "del", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "i", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre", "q", "s", "section",
    "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul",
}  # fmt: skip
_GONE_WITH_CONTENT = {
    "applet", "audio", "button", "canvas", "datalist", "embed", "frame", "frameset", "head", "iframe", "input", "map",
    "math", "noembed", "noframes", "noscript", "object", "optgroup", "option", "picture", "plaintext", "portal",
    "script", "select", "style", "svg", "template", "textarea", "title", "video", "xmp",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "ol": {"start"}, "time": {"datetime"},
}  # fmt: skip
_BASE = re.compile(r"""<base\s[^>]{0,500}?href\s*=\s*["']?([^"'\s>]{1,2000})""", re.I)
_HIDDEN = re.compile(r"<(script|style|noscript|template|svg)\b.*?(</\1\s*>|$)|<!--.*?(-->|$)", re.I | re.S)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})\b[^<>]*>")
_ALL_BUT_LINES = re.compile(r"<(?!(?:p|br)[\s/>])[^<>]*>", re.I)
_LINE = re.compile(r"<(p|br)[^<>]*>", re.I)
_CLOSED_BY_ITSELF = frozenset(
    (
        *(
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "param",
            "source",
            "track",
            "wbr",
        ),
        *("p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "optgroup", "rt", "rp"),
        *("colgroup", "html", "head", "body"),
    )
)
# An HTML5 parser takes quadratic time, or makes millions of nodes, of what no page needs.
_MOST_TAGS = 50_000
_MOST_OPEN = 200
_MOST_OPEN_STYLES = 40
_STYLES = frozenset(("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"))
_SMALL = re.compile(r"[1-9]\d{0,2}")
_FIRST_HEADING = re.compile(r"(</?)h1(?=[\s>])")


def page(sitting: Sitting, article: str, sha256: str) -> str:
    """A stored page of an article as safe HTML (a fragment). Raises UsageError for what is not there."""
    found = seen_article(sitting, article)
    stored = article_facts.snapshot(sitting.db, found.id, sha256.lower())
    if stored is None:
        raise UsageError("snapshot_unknown", article=found.id)
    kind = next((value for name, value in stored.headers if name.lower() == "content-type"), "")
    return safe_html(decode(stored.body, kind), stored.url)


def safe_html(html: str, url: str) -> str:
    """A page's markup with nothing left that could act; relative links are resolved at ``url``.

    At most two million characters are read; of a page that nests without end only its lines are left.
    """
    html = html[:MOST_CHARACTERS]
    named = _BASE.search(html[:20_000])
    base = (urls.join(url, unescape(named[1])) if named else None) or url
    html = _HIDDEN.sub(" ", html)
    if _monstrous(html):
        html = _LINE.sub(r"<\1>", _ALL_BUT_LINES.sub(" ", html))
    cleaned = nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_GONE_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=_kept(base),
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )
    # The desk's page around it has the one first heading already.
    return _FIRST_HEADING.sub(r"\1h2", cleaned)


def _monstrous(html: str) -> bool:
    """Whether the page has more tags, or more of them open at once, than any that was written to be read."""
    opened: Counter[str] = Counter()
    deep = styles = 0
    for count, found in enumerate(_TAG.finditer(html)):
        name = found[2].lower()
        if name in _CLOSED_BY_ITSELF:
            step = 0
        elif found[1]:
            step = -1 if opened[name] else 0
        else:
            step = 1
        opened[name] += step
        deep += step
        styles += step * (name in _STYLES)
        if count > _MOST_TAGS or deep > _MOST_OPEN or styles > _MOST_OPEN_STYLES:
            return True
    return False


def _kept(base: str) -> Callable[[str, str, str], str | None]:
    def kept(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "href":
            # A jump within the page would lead out of the desk's own page.
            return None if value.strip().startswith("#") else urls.join(base, value)
        if attribute in ("colspan", "rowspan", "start"):
            return value if _SMALL.fullmatch(value) else None
        return value

    return kept
