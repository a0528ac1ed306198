"""Addresses of articles: made canonical for storing, and reduced to a key that tells whether two are the same.

``canonical`` changes as little as a reader would notice: no tracking parameters, no fragment, no AMP or mobile
twin. ``key`` forgets more (scheme, ``www.``, a trailing slash), because outlets mix those within one feed.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"^(utm_.*|at_(medium|campaign|custom\d|link.*)|fbclid|gclid|gbraid|wbraid|dclid|yclid|msclkid|zarsrc|zalo.*|igshid|"
    r"mc_[ce]id|_ga|_gl|ref|ref_src|ref_url|referrer|referer|cmpid|cmp|ocid|ncid|spm|share|shared|s_cid|"
    r"gidzl|vn_source|vn_medium|vn_campaign|vn_term|vn_content|src|source|feature|rss|from_rss)$",
    re.I,
)
# Parameters that name the article itself on older (ASP.NET) portals are never among the above.
_AMP_PARAMETER = re.compile(r"^(amp|is_?amp|outputtype)$", re.I)
# "&amp;" of a link that was escaped twice, or more often.
_ESCAPED = re.compile(r"^(amp;)+", re.I)
_AMP_PATH = re.compile(r"(/amp/?$)|(\.amp(?=\.html?$|$))|(^/amp(?=/))", re.I)
_MOBILE = re.compile(r"^(m|mobile|amp|wap)\.(?=[^.]+\.[^.]+)", re.I)
_SAFE = "/%:=&?~#+!$,;'@()*[]-._"
_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.?|[\da-f:.]+:[\da-f:.]*(%[\w.-]+)?", re.I)
# Browsers drop these three inside a link; all other control characters have no place in one.
_BREAKS = re.compile(r"[\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_LENGTH = 2000


def join(base: str, link: str) -> str | None:
    """An absolute http(s) URL for a link found at ``base``, or None where it leads nowhere we may go."""
    link = _BREAKS.sub("", link.strip())
    if not link or len(link) > MAX_LENGTH or _CONTROL.search(link):
        return None
    try:
        parts = urlsplit(urljoin(base, link))
        if parts.scheme.lower() not in _DEFAULT_PORTS or parts.username is not None or parts.port == 0:
            return None
        return urlunsplit(parts) if _HOST.fullmatch(parts.hostname or "") else None
    except ValueError:
        return None


def host(url: str) -> str:
    """The host of a URL, lower case, without port."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def netloc(url: str) -> str:
    """Host, and port where it is not the usual one: what has one connection pace and one robots.txt."""
    parts = urlsplit(url)
    return _netloc(host(url), parts.scheme.lower(), parts.port)


def _netloc(name: str, scheme: str, port: int | None) -> str:
    name = f"[{name}]" if ":" in name else name
    return name if port in (None, _DEFAULT_PORTS.get(scheme)) else f"{name}:{port}"


def canonical(url: str) -> str:
    """The address an article is stored under. Takes what ``join`` gave."""
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    name = _netloc(_desktop(host(url)), scheme, parts.port)
    path = parts.path
    while (shorter := _AMP_PATH.sub("", path)) != path:
        path = shorter
    # What is kept of the query is kept as written: an old portal may know only that spelling.
    fields = (_ESCAPED.sub("", field) for field in parts.query.split("&"))
    query = "&".join(field for field in fields if field and not _dropped(field.partition("=")[0]))
    return urlunsplit(SplitResult(scheme, name, quote(path or "/", safe=_SAFE), quote(query, safe=_SAFE), ""))


def _desktop(name: str) -> str:
    """The name without its mobile or AMP label, unless that label is the site's own name (m.com.vn)."""
    while (shorter := _MOBILE.sub("", name)) != name and _site(shorter) == _site(name):
        name = shorter
    return name


def _dropped(name: str) -> bool:
    return bool(_TRACKING.match(name) or _AMP_PARAMETER.match(name))


def key(url: str) -> str:
    """Equal for two spellings of one article's address; not an address itself."""
    parts = urlsplit(canonical(url))
    name = parts.netloc.removeprefix("www.")
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return f"{name}{parts.path.rstrip('/') or '/'}{'?' + query if query else ''}"


def same_site(one: str, other: str) -> bool:
    """Whether two URLs are of one site: the same last labels of the name (three under .com.vn and the like)."""
    return _site(host(one)) == _site(host(other))


def _site(name: str) -> str:
    labels = name.split(".")
    if ":" in name or labels[-1].isdigit():
        return name  # an address has no site above it
    second = {"com", "org", "net", "gov", "edu", "co", "info", "ac"}
    return ".".join(labels[-3:] if len(labels) > 2 and labels[-2] in second else labels[-2:])


def moved(asked: str, final: str) -> bool:
    """Whether a permanent redirect means that the source lives elsewhere now, rather than https or www."""
    one, other = key(asked), key(final)
    return one != other
