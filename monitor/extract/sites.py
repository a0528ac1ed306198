"""Site rules: dated data over the general reading, from ``rules/sites.yaml``.

A rule names the outlets (``sites``) or the publishing system (``marks``: a selector that only its pages match)
and where on such a page things stand. When a layout changes, the old rule gets ``until`` and a new one with
``since`` is added above it, so that pages kept as evidence are still read as they were.
A rule that finds nothing on a page is passed over: it never makes a page worse than the general reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from lxml import etree

from monitor.config import fields
from monitor.config.tree import Table, compose, read_text
from monitor.errors import ConfigError
from monitor.extract.selector import Selector, compile_css

FILE = "sites.yaml"

_SELECTORS = ("title", "lead", "body", "authors", "published", "drop")
_KEYS = ("name", "sites", "marks", "since", "until", *_SELECTORS)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Where things stand on the pages of some outlets or of one publishing system.

    ``since`` and ``until`` are the days (both included) of the pages it is meant for.
    """

    name: str
    sites: tuple[str, ...] = ()
    marks: Selector | None = None
    since: date | None = None
    until: date | None = None
    title: Selector | None = None
    lead: Selector | None = None
    body: Selector | None = None
    authors: Selector | None = None
    published: Selector | None = None
    drop: Selector | None = None

    def covers(self, host: str, day: date | None, root: etree._Element) -> bool:
        """Whether the rule is meant for a page of ``host`` of that day; an unknown day suits open-ended rules."""
        if self.sites and not any(host == site or host.endswith("." + site) for site in self.sites):
            return False
        if day is None and self.until:
            return False
        if day and ((self.since and day < self.since) or (self.until and day > self.until)):
            return False
        return self.marks is None or bool(self.marks(root))


@dataclass(frozen=True, kw_only=True)
class SiteRules:
    """The whole of ``sites.yaml``; the first rule that covers a page and finds its body is used."""

    rules: tuple[Rule, ...] = ()

    def covering(self, host: str, day: date | None, root: etree._Element) -> list[Rule]:
        """The rules for a page in the file's order, those that name the outlet before those of a system."""
        found = [rule for rule in self.rules if rule.covers(host, day, root)]
        return sorted(found, key=lambda rule: not rule.sites)


def load_sites(folders: tuple[Path, ...]) -> SiteRules:
    """The rules of ``sites.yaml`` in the first of ``folders`` that has one.

    Raises ConfigError with file, line and key at the first mistake, and when no folder has the file.
    """
    path = next((folder / FILE for folder in folders if (folder / FILE).exists()), None)
    if path is None:
        raise ConfigError("config_missing", file=str((folders[0] if folders else Path()) / FILE))
    file = str(path)
    top = Table(file, compose(read_text(path), file), ("rules",))
    return SiteRules(rules=tuple(_rule(table) for table in top.tables("rules", _KEYS)))


def _rule(table: Table) -> Rule:
    found = {name: table.take_or(name, _selector, None) for name in ("marks", *_SELECTORS)}
    sites = table.values("sites", fields.host)
    if not sites and found["marks"] is None:
        raise table.wrong("config_missing_key", "sites")
    since, until = table.take_or("since", _day, None), table.take_or("until", _day, None)
    if since and until and until < since:
        raise table.wrong("config_bad_day", "until", value=until)
    return Rule(
        name=table.take("name", fields.text),
        sites=tuple(site.lower().removeprefix("www.") for site in sites),
        since=since,
        until=until,
        **found,
    )


def _selector(value: object) -> Selector:
    wanted = fields.text(value)
    try:
        return compile_css(wanted)
    except ValueError:
        raise fields.Wrong("config_bad_selector", value=wanted) from None


def _day(value: object) -> date:
    """A day as 2026-11-05; YAML takes an unquoted one for a timestamp and hands over its node."""
    typed = value.value if isinstance(value, yaml.ScalarNode) else value
    try:
        return date.fromisoformat(str(typed))
    except ValueError:
        raise fields.Wrong("config_bad_day", value=typed) from None
