"""Page -> Extracted, step by step:

    parse -> what the head says -> headline -> outline -> body -> times -> lead -> authors -> text

Pure: nothing is fetched, no clock is read. Whatever cannot be found stays empty; nothing is raised.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain

from lxml import etree

from monitor.clock import local
from monitor.dates import parse as parse_date
from monitor.extract.body import find_body, keep_text
from monitor.extract.byline import find_authors
from monitor.extract.headline import find_canonical, find_title, host_of, outlet_names
from monitor.extract.lead import find_lead
from monitor.extract.outline import Layout, outline
from monitor.extract.selector import Selector
from monitor.extract.sites import Rule, SiteRules
from monitor.extract.structured import Claims, read_claims
from monitor.extract.tree import parse
from monitor.extract.when import find_times
from monitor.model.article import Extracted, Page
from monitor.text import clean, paragraphs

_LEAST_TEXT = 60
_MOST_FOR_RESCUE = 1_500_000
# What trafilatura and the parsers below it are known to raise on pages that are none.
_RESCUE_FAILS = (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError, etree.LxmlError)


def extract(page: Page, sites: SiteRules) -> Extracted:
    """What a reader sees on a page. Never raises: a page without an article gives empty fields."""
    root = parse(page.html)
    if root is None:
        return Extracted(url=page.url)
    claims = read_claims(root)
    rules = sites.covering(host_of(page.url), _day(claims, page.fetched), root)
    for rule in rules:
        found = _read(page, root, claims, rule)
        if found.text:
            return found
    found = _read(page, root, claims, None)
    return found if len(found.text) >= _LEAST_TEXT else _rescued(page, found)


def _day(claims: Claims, fetched: datetime) -> date | None:
    """The day a page is from, which decides what layout it has; the day it was fetched where it tells none."""
    said = next((at for text in claims.published if (at := parse_date(text))), None)
    return local(said or fetched).date()


@dataclass(frozen=True, kw_only=True)
class _Chosen:
    """The elements a rule names on this page."""

    title: list[etree._Element]
    lead: list[etree._Element]
    body: list[etree._Element]
    authors: list[etree._Element]
    published: list[etree._Element]
    drop: list[etree._Element]


def _choose(rule: Rule | None, root: etree._Element) -> _Chosen:
    def found(selector: Selector | None) -> list[etree._Element]:
        return selector(root) if selector else []

    if rule is None:
        return _Chosen(title=[], lead=[], body=[], authors=[], published=[], drop=[])
    return _Chosen(
        title=found(rule.title), lead=found(rule.lead)[:1], body=found(rule.body), authors=found(rule.authors),
        published=found(rule.published), drop=found(rule.drop),
    )  # fmt: skip


def _read(page: Page, root: etree._Element, claims: Claims, rule: Rule | None) -> Extracted:
    """One reading of a page, by a rule or without; a rule whose body is not there gives no text."""
    chosen = _choose(rule, root)
    if rule and rule.body and not chosen.body:
        return Extracted(url=page.url)
    title, element = find_title(root, claims, page.url, chosen.title)
    keep = frozenset(chain((element,), element.iterancestors())) if element is not None else frozenset()
    told = outline(root, keep=keep, drop=chosen.drop)
    at = next(iter(told.inside(element)), -1) if element is not None else -1
    numbers, holder = find_body(told, at, chosen.body)
    if at in numbers:
        numbers = [n for n in numbers if n > at]
    body = keep_text(told, numbers, title, holder)
    layout = Layout(page=told, claims=claims, title=at, body=body)
    lead, led = find_lead(layout, title, chosen.lead)
    layout = replace(layout, body=[n for n in body if n not in led])
    published, modified = find_times(layout, chosen.published, page.fetched)
    authors, signed = find_authors(layout, outlet_names(claims, page.url), chosen.authors)
    return Extracted(
        url=page.url,
        canonical=find_canonical(claims, page.url),
        title=title,
        lead=lead,
        text="\n".join(told.blocks[n].text for n in layout.body if n not in signed),
        authors=authors,
        published=published,
        modified=modified,
    )


def _rescued(page: Page, found: Extracted) -> Extracted:
    """The reading with trafilatura's text where ours found next to nothing and it finds more."""
    if len(page.html) > _MOST_FOR_RESCUE:
        return found
    from trafilatura import bare_extraction

    root = parse(page.html)
    try:
        document = bare_extraction(root, include_comments=False, favor_precision=True, with_metadata=False)
    except _RESCUE_FAILS:
        return found
    text = paragraphs(getattr(document, "text", None) or "")
    lines = [line for line in text.split("\n") if clean(line) not in (found.title, found.lead)]
    text = "\n".join(lines)
    if len(text) <= max(len(found.text), _LEAST_TEXT):
        return found
    return replace(found, text=text)
