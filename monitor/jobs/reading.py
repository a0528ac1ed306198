"""The heavy part of collecting as one pure function: bytes of a page -> what a reader sees -> what it is about.

    PageWork --decode--> html --extract--> Extracted --tag--> Reading

It runs in an executor (in this process, or in several); rules are loaded once a process. Nothing here asks the
network or the database.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from monitor import text
from monitor.crawl import urls
from monitor.extract import SiteRules, extract, load_sites
from monitor.model.article import Entry, Page, Snapshot
from monitor.model.tag import TagInput
from monitor.store.articles import Reading
from monitor.tag import RuleBook, load_rules, tag


@dataclass(frozen=True, kw_only=True)
class PageWork:
    """A fetched page with what its source said of it, and the folders the rules are in."""

    entry: Entry
    final_url: str
    raw: bytes
    headers: tuple[tuple[str, str], ...]
    fetched: datetime
    rules: tuple[Path, ...]


@lru_cache(maxsize=4)
def book(rules: tuple[Path, ...]) -> RuleBook:
    """The office's rules, compiled once a process."""
    return load_rules(rules)


@lru_cache(maxsize=4)
def sites(rules: tuple[Path, ...]) -> SiteRules:
    """The site rules, compiled once a process."""
    return load_sites(rules)


def read_page(work: PageWork) -> Reading:
    """Reads one page. What the page does not say is taken from what its source said."""
    kind = next((value for name, value in work.headers if name.lower() == "content-type"), "")
    html = text.decode(work.raw, kind)
    found = extract(Page(url=work.final_url, html=html, fetched=work.fetched), sites(work.rules))
    found = replace(
        found,
        title=found.title or work.entry.title,
        lead=found.lead or work.entry.summary,
        authors=found.authors or work.entry.authors,
    )
    tagging = tag(TagInput(title=found.title, summary=found.lead, body=found.text), book(work.rules))
    digest = hashlib.sha256(work.raw).hexdigest()
    own = urls.key(work.entry.url)
    others = {urls.key(at) for at in (found.canonical, work.final_url) if at and urls.same_site(at, work.entry.url)}
    return Reading(
        extracted=found,
        tagging=tagging,
        fetched=work.fetched,
        page_hash=digest,
        other_keys=tuple(sorted(key for key in others - {own} if not key.endswith("/"))),
        snapshot=Snapshot(url=work.final_url, fetched=work.fetched, sha256=digest, headers=work.headers, body=work.raw),
    )
