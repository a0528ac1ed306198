"""Addresses of articles: made canonical for storing, and reduced to a key that tells whether two are the same.

``canonical`` changes as little as a reader would notice: no tracking parameters, no fragment, no AMP or mobile
twin. ``key`` forgets more (scheme, ``www.``, a trailing slash), because outlets mix those within one feed.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"^(utm_.*|at_(medium|campaign|custom\d|link.*)|fbclid|gclid|gbraid|wbraid|dclid|yclid|msclkid|zarsrc|zalo.*|igshid|"
    r"mc_[ce]id|_ga|_gl|ref|ref_src|ref_url|referrer|referer|cmpid|cmp|ocid|ncid|spm|share|shared|s_cid|"
    r"gidzl|vn_source|vn_medium|vn_campaign|vn_term|vn_content|src|source|feature|rss|from_rss)$",
    re.I,
)
# Parameters that name the article itself on older (ASP.NET) portals are never among the above.
_AMP_PARAMETER = re.compile(r"^(amp|is_?amp|outputtype)$", re.I)
_AMP_PATH = re.compile(r"(/amp/?$)|(\.amp(?=\.html?$|$))|(^/amp(?=/))", re.I)
_MOBILE = re.compile(r"^(m|mobile|amp|wap)\.(?=[^.]+\.[^.]+)", re.I)
_SAFE = "/%:=&?~#+!$,;'@()*[]-._"
MAX_LENGTH = 2000


def join(base: str, link: str) -> str | None:
    """An absolute http(s) URL for a link found at ``base``, or None where it leads nowhere we may go."""
    link = link.strip()
    if not link or len(link) > MAX_LENGTH:
        return None
    try:
        parts = urlsplit(urljoin(base, link))
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname or parts.username is not None:
            return None
        _ = parts.port
    except ValueError:
        return None
    return urlunsplit(parts)


def host(url: str) -> str:
    """The host of a URL, lower case, without port."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def netloc(url: str) -> str:
    """Host and port: what has one connection pace and one robots.txt."""
    return urlsplit(url).netloc.lower().rpartition("@")[2]


def canonical(url: str) -> str:
    """The address an article is stored under. Takes what ``join`` gave."""
    parts = urlsplit(url)
    name = _MOBILE.sub("", (parts.hostname or "").rstrip("."))
    port = parts.port
    if port and port != {"http": 80, "https": 443}[parts.scheme.lower()]:
        name = f"{name}:{port}"
    path = _AMP_PATH.sub("", parts.path) or "/"
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _dropped(k)])
    return urlunsplit(SplitResult(parts.scheme.lower(), name, quote(path, safe=_SAFE), query, ""))


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
    second = {"com", "org", "net", "gov", "edu", "co", "info", "ac"}
    return ".".join(labels[-3:] if len(labels) > 2 and labels[-2] in second else labels[-2:])


def moved(asked: str, final: str) -> bool:
    """Whether a permanent redirect means that the source lives elsewhere now, rather than https or www."""
    one, other = key(asked), key(final)
    return one != other
