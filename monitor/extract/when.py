"""When a page was published and changed, from what it says to machines and what it shows to readers.

What is shown wins over what is said where the two differ by exactly the seven hours of Vietnamese time: then the
machine's date is local time with a wrong or missing zone. Otherwise what is said wins, because pages show the
dates of many other things. Vietnamese pages write the day first, whatever stands behind the hour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from lxml import etree

from monitor.clock import local
from monitor.dates import has_clock, parse
from monitor.extract.marks import Mark
from monitor.extract.outline import Layout, Outline
from monitor.extract.tree import hint, words

_ZONE_SLIP = timedelta(hours=7)
_SLACK = timedelta(minutes=1)
_AFTER, _BEFORE = 25, 15
"""How many blocks after and before the title its date may stand."""
_DATE = re.compile(r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\s*tháng\s*\d{1,2}", re.I)
_HALF = re.compile(r"(\d{1,2})(\s*[:hg]\s*\d{2}(?:[:']\s*\d{2})?)\s*(AM|PM|SA|CH)\b", re.I)
_AMERICAN = re.compile(
    r"(?<![\d/])(?:\d/\d{1,2}|\d\d/\d)/\d{4}\W{1,3}\d{1,2}:\d\d(?::\d\d)?\s?[AP]M"
    r"|\d\d/\d\d/\d{4}\W{1,3}\d{1,2}:\d\d:\d\d\s?[AP]M"
)
_UPDATED = re.compile(r"cập nhật|sửa|update|modif", re.I)
_LONGEST = 160
_UNIX = re.compile(r"1[0-9]{9}")


def find_times(layout: Layout, chosen: list[etree._Element], now: datetime) -> tuple[datetime | None, datetime | None]:
    """Published and modified, UTC; None where the page says nothing that can be read.

    ``chosen`` is what a site rule named, ``now`` the time of fetching.
    """
    page, claims = layout.page, layout.claims
    said = _said(claims.published, now) or _said(_itemprops(page.root, "datePublished"), now)
    shown = _shown(layout, chosen, now)
    published, shift = _agree(said, shown)
    if published is None:
        published = _tagged(layout, now) or _day_only(layout, now)
    changed = _said(claims.modified, now) or _said(_itemprops(page.root, "dateModified"), now)
    modified = changed[0] if changed else None
    if modified and shift and modified - shift >= (published or modified) - _SLACK:
        modified -= shift
    if modified and published and modified < published - _SLACK:
        modified = None
    return published, modified


def _said(texts: Iterable[str], now: datetime) -> list[datetime]:
    """The readable ones of machine dates that name an hour."""
    found = []
    for text in texts:
        at = datetime.fromtimestamp(int(text), tz=now.tzinfo) if _UNIX.fullmatch(text) else None
        at = at or (read(text, now) if has_clock(text) else None)
        if at:
            found.append(at)
    return found


def _agree(said: list[datetime], shown: list[datetime]) -> tuple[datetime | None, timedelta | None]:
    """The publishing time, and by how much the machine's dates are to be put back."""
    if not said:
        return (shown[0] if shown else None), None
    for at in said:
        if any(abs(at - seen) <= _SLACK for seen in shown):
            return at, None
    first = said[0]
    for seen in shown:
        for slip in (_ZONE_SLIP, -_ZONE_SLIP):
            if abs(first - seen - slip) <= _SLACK:
                return seen, slip
    midnight = local(first).time().replace(second=0) == datetime.min.time()
    same_day = [seen for seen in shown if local(seen).date() == local(first).date()]
    return (same_day[0] if midnight and same_day else first), None


def read(text: str, now: datetime) -> datetime | None:
    """A date as Vietnamese pages write it: day first, and "00:01 AM" or "14:30 PM" are hours of a day of 24.

    Only what a server set to American habits prints, 11/5/2026 2:30:00 PM, has the month first.
    """
    text = text[: _LONGEST * 2]
    return parse(text, now=now) if _AMERICAN.search(text) else parse(_HALF.sub(_to_24, text))


def _to_24(found: re.Match[str]) -> str:
    hour, late = int(found[1]), found[3].upper() in ("PM", "CH")
    if late and hour < 12:
        hour += 12
    elif not late and hour == 12:
        hour = 0
    return f"{hour:02d}{found[2]} "


def _shown(layout: Layout, chosen: list[etree._Element], now: datetime) -> list[datetime]:
    """The dates with an hour that a reader sees by the title, the likeliest first."""
    page = layout.page
    texts = [page.blocks[n].text for element in chosen for n in page.inside(element)]
    texts += [_with_neighbour(page, n) for n in _places(layout)]
    found = [at for text in texts if _DATE.search(text) and has_clock(text) and (at := read(_dated(text), now))]
    return sorted(dict.fromkeys(found), key=lambda at: at > now + timedelta(days=2))


def _dated(text: str) -> str:
    """The part of a line from a little before its date on: names and sections stand around it."""
    found = _DATE.search(text)
    return text[max(found.start() - 45, 0) :] if found else text


def _places(layout: Layout) -> list[int]:
    """Where a date may stand, best first: named as one after the title, other lines there, before, at the end."""
    page, title, body = layout.page, layout.title, layout.body
    anchor = title if title >= 0 else (body[0] if body else 0)
    stop = body[1] if len(body) > 1 and body[1] > anchor else anchor + _AFTER
    after = range(anchor, min(stop, anchor + _AFTER, len(page.blocks)))
    before = range(max(anchor - _BEFORE, 0), anchor)
    end = range(body[-1], min(body[-1] + 10, len(page.blocks))) if body else range(0)
    order = [n for n in after if _timed(page, n)] + [n for n in after if not _timed(page, n)]
    order += [n for n in before if _timed(page, n)] + [n for n in reversed(before) if not _timed(page, n)]
    order += [n for n in end if _timed(page, n)]
    short = [n for n in order if len(page.blocks[n].text) <= _LONGEST]
    return sorted(short, key=lambda n: bool(_UPDATED.search(page.blocks[n].text)))


def _timed(page: Outline, number: int) -> bool:
    return page.blocks[number].mostly(Mark.TIME, 0.5)


def _with_neighbour(page: Outline, number: int) -> str:
    """A block's text; with the next one's where the day stands in one and the hour in the other."""
    text = page.blocks[number].text
    if has_clock(text) and _DATE.search(text):
        return text
    follows = page.blocks[number + 1].text if number + 1 < len(page.blocks) else ""
    return f"{text} {follows}" if len(text) <= 40 and len(follows) <= 40 else text


def _itemprops(root: etree._Element, name: str) -> list[str]:
    found = root.xpath("//*[@itemprop=$name]", name=name)
    return [e.get("datetime") or e.get("content") or "".join(e.itertext())[:100] for e in found[:5]]


def _tagged(layout: Layout, now: datetime) -> datetime | None:
    """The first <time datetime> with an hour that stands in no list of other articles."""
    page, title = layout.page, layout.title
    for element in page.root.iter("time", "abbr", "span", "div", "p"):
        told = element.get("datetime") or ""
        if not told and element.tag != "time" and {"time", "date"} & words(hint(element)):
            told = element.get("title") or element.get("data-time") or element.get("data-date") or ""
        if not has_clock(told):
            continue
        numbers = page.inside(element)
        near = not numbers or (title < 0 or abs(numbers[0] - title) <= _AFTER)
        if near and (at := read(told, now)):
            return at
    return None


def _day_only(layout: Layout, now: datetime) -> datetime | None:
    """A date without an hour, the last resort: midnight of that day."""
    page = layout.page
    shown = [page.blocks[n].text for n in _places(layout) if len(page.blocks[n].text) <= 60 or _timed(page, n)]
    for text in (*layout.claims.published, *_itemprops(page.root, "datePublished"), *shown):
        if _DATE.search(text) and (at := read(text, now)):
            return at
    return None
