"""A link that somebody saw, handed in: on a social network or anywhere else, by anyone who is signed in.

    link ──checked, medium and account by its host──▶ desk.intake ──▶ an article like all others

Nothing is fetched here, so no address can lead anywhere: the collection visits what the press publishes, and a case
takes its evidence under the network's own guards. Who hands in what the collection has adds that he saw it.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from monitor.crawl import urls
from monitor.desk.article_seen import hidden
from monitor.desk.intake import AUTO, NewItem, Taken, take_in
from monitor.desk.outlets import configured
from monitor.desk.sitting import Sitting
from monitor.errors import InputError, RefusedError
from monitor.labels import label
from monitor.model.article import Article
from monitor.model.intake import Intake
from monitor.model.people import OfficeRole
from monitor.model.source import Medium
from monitor.model.tag import Relevance
from monitor.store import addresses, articles, corrections, intake
from monitor.text import clean

_SOCIAL = re.compile(
    r"(^|\.)(facebook\.com|fb\.com|fb\.me|fb\.watch|zalo\.me|zaloapp\.com|tiktok\.com|youtube\.com|youtu\.be|x\.com|"
    r"twitter\.com|t\.co|instagram\.com|threads\.net|threads\.com|telegram\.me|t\.me|lotus\.vn|gapo\.vn|linkedin\.com|"
    r"viber\.com|discord\.com|reddit\.com)$"
)
_NO_NAME = frozenset(
    (
        *("watch", "posts", "post", "p", "reel", "reels", "share", "sharer", "story.php", "permalink.php", "photo"),
        *("photo.php", "photos", "video", "videos", "v", "shorts", "status", "i", "events", "hashtag", "search"),
        *("login", "l.php", "r", "s", "playlist", "feed", "live"),
    )
)
"""First steps of an address that name a kind of page and nobody."""
_NAMED_BY_NEXT = frozenset(("groups", "pages", "people", "channel", "c", "user", "in", "company"))
_HANDED = (Medium.ONLINE, Medium.SOCIAL_CHANNEL)
_TITLE_OF_TEXT = 90
_MOST_TITLE, _MOST_TEXT = 500, 20_000


def hand_in(
    sitting: Sitting,
    *,
    link: str,
    title: str = "",
    text: str = "",
    seen_by: str = "",
    medium: str = "",
    at: datetime | None = None,
    files: tuple[Path, ...] = (),
) -> Taken:
    """Keeps a link; the same link handed in again is the same item, which learns what is new about it.

    ``medium`` is "online" or "social_channel", by default as the host tells; ``at`` when it came out, where he knows
    and we do not. Raises InputError for what is no http(s)
    link, RefusedError for words that are too long.
    """
    url = urls.join("", link)
    if url is None:
        raise InputError("link_unfit", value=link[:80])
    if len(title) > _MOST_TITLE or len(text) > _MOST_TEXT:
        what, most = ("col_title", _MOST_TITLE) if len(title) > _MOST_TITLE else ("col_text", _MOST_TEXT)
        raise InputError("words_long", what=label("intake", what), most=most)
    key = urls.key(url)
    have = addresses.known(sitting.db, [key]).get(key)
    known = articles.by_ids(sitting.db, [have]) if have else []
    if known and hidden(sitting, [known[0].id]):
        known = []  # what he may not know of is not there; ``take_in`` overrules nothing of it
    before = intake.of(sitting.db, [known[0].id]).get(known[0].id) if known else None
    kind = _medium(medium, url)
    shown = clean(title) or (known[0].title if known else "")
    if not shown and kind is Medium.SOCIAL_CHANNEL:
        shown = _first_words(text)
    shown = shown or _untitled(url)
    item = NewItem(
        medium=kind, at=_at(sitting, known, before, at), title=shown, text=text, link=url,
        seen_by=clean(seen_by) or sitting.actor.name,
        account=account_of(url) if kind is Medium.SOCIAL_CHANNEL else "",
        outlet=_outlet(sitting, url, known) if kind is Medium.ONLINE else "",
        relevance=_relevance(sitting, known), files=files,
    )  # fmt: skip
    return take_in(sitting, item)


def account_of(url: str) -> str:
    """The page, group or person a post's address names, with the network's host; else the host alone."""
    host = urls.host(url).removeprefix("www.").removeprefix("m.")
    steps = [unquote(step) for step in urlsplit(url).path.split("/") if step]
    if steps and steps[0].lower() in _NAMED_BY_NEXT and len(steps) > 1:
        return clean(f"{host}/{steps[0]}/{steps[1]}")[:200]
    if steps and steps[0].lower() not in _NO_NAME and not steps[0].isdigit() and len(steps[0]) < 80:
        return clean(f"{host}/{steps[0]}")[:200]
    return host


def _medium(said: str, url: str) -> Medium:
    if not said:
        return Medium.SOCIAL_CHANNEL if _SOCIAL.search(urls.host(url)) else Medium.ONLINE
    if said not in {one.value for one in _HANDED}:
        raise RefusedError("handed_medium", value=said[:40])
    return Medium(said)


def _first_words(text: str) -> str:
    """What a post without a title is called: the first line's first words."""
    line = next((clean(one) for one in text.splitlines() if clean(one)), "")
    kept = line[:_TITLE_OF_TEXT].rsplit(" ", 1)[0] if len(line) > _TITLE_OF_TEXT else line
    return kept if kept == line else f"{kept}…"


def _untitled(url: str) -> str:
    return label("article", "untitled_link", host=urls.host(url).removeprefix("www."))


def _outlet(sitting: Sitting, url: str, known: list[Article]) -> str:
    """Whose page it is: as we have it, the outlet that is watched at this host, else the host's name."""
    if known:
        return known[0].outlet
    host = urls.host(url).removeprefix("www.")
    same = {
        one.id for one in configured(sitting).values() for s in one.sources
        if urls.host(s.url).removeprefix("www.") == host
    }  # fmt: skip
    return next(iter(same)) if len(same) == 1 else host


def _at(sitting: Sitting, known: list[Article], before: Intake | None, told: datetime | None) -> datetime:
    """When it came out: as we have it, else as he says, else now; handing in again changes no hour."""
    if before:
        return before.at
    said = known[0].published if known else None
    return said if said and said <= sitting.now else told or sitting.now


def _relevance(sitting: Sitting, known: list[Article]) -> str:
    """What is handed in is held to concern us until somebody says otherwise.

    The reading of what is known is changed only by those whose word on readings counts.
    """
    if not known or sitting.actor.has(OfficeRole.LEADER, OfficeRole.PRESS):
        said = corrections.relevance_said(sitting.db, [known[0].id]) if known else {}
        if not said and not (known and known[0].tagging and known[0].tagging.relevance.ours):
            return Relevance.UNION.value
    return AUTO
