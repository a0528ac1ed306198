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
from monitor.model.tag import Relevance, Tagging, TagInput
from monitor.store.articles import Reading
from monitor.tag import RuleBook, load_rules, tag
from monitor.tag.learned import Learned
from monitor.tag.learned import load as load_learned


@dataclass(frozen=True, kw_only=True)
class PageWork:
    """A fetched page with what its source said of it, the folders the rules are in, and what was learned.

    ``told`` is the relevance a person gave to the article.
    """

    entry: Entry
    final_url: str
    raw: bytes
    headers: tuple[tuple[str, str], ...]
    fetched: datetime
    rules: tuple[Path, ...]
    learned: Path | None = None
    told: Relevance | None = None


@lru_cache(maxsize=4)
def book(rules: tuple[Path, ...]) -> RuleBook:
    """The office's rules, compiled once a process."""
    return load_rules(rules)


@lru_cache(maxsize=4)
def sites(rules: tuple[Path, ...]) -> SiteRules:
    """The site rules, compiled once a process."""
    return load_sites(rules)


def learned(file: Path) -> Learned | None:
    """What was learned from corrections, opened anew when the file changes; None where there is none to use."""
    try:
        stat = file.stat()
    except OSError:
        return None
    return _learned(file, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=2)
def _learned(file: Path, changed: int, size: int) -> Learned | None:
    return load_learned(file)


def read_item(
    item: TagInput, rules: tuple[Path, ...], learned_file: Path | None, *, told: Relevance | None = None
) -> Tagging:
    """The machine's reading of an item: by the rules, and by what was learned. A person's word comes after it."""
    tagging = tag(item, book(rules), told=told)
    model = learned(learned_file) if learned_file else None
    return model.applied(tagging, item, book(rules), told=told) if model else tagging


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
    item = TagInput(title=found.title, summary=found.lead, body=found.text)
    tagging = read_item(item, work.rules, work.learned, told=work.told)
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
