"""Outlets and what we watch at each: the content of ``sources.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OutletKind(StrEnum):
    """What an outlet is, which later decides who can be asked for what."""

    PRESS = "press"
    PORTAL = "portal"
    AGGREGATOR = "aggregator"
    SOCIAL = "social"


class Level(StrEnum):
    """Whose outlet it is."""

    CENTRAL = "central"
    PROVINCIAL = "provincial"
    SECTOR = "sector"
    UNION = "union"


class Medium(StrEnum):
    """In what form the outlet publishes; the clocks of corrections depend on it."""

    ONLINE = "online"
    DAILY_PRINT = "daily_print"
    WEEKLY = "weekly"
    MAGAZINE = "magazine"
    RADIO = "radio"
    TV = "tv"
    SOCIAL_CHANNEL = "social_channel"


class SourceKind(StrEnum):
    """How the outlet tells what is new."""

    FEED = "feed"
    LISTING = "listing"
    SITEMAP = "sitemap"


@dataclass(frozen=True, kw_only=True)
class Source:
    """One feed, listing page or news sitemap of an outlet.

    ``id`` is stable: the outlet's id and a name or number. ``links`` is a CSS selector of a listing's article
    links; ``next`` the pattern of its further pages with ``{page}``, of which at most ``pages`` are walked
    (the first page included). ``pace`` is seconds between two requests to one host, ``every`` minutes
    between two looks. ``paused`` is the reason why it is not looked at, or empty.
    """

    id: str
    outlet: str
    kind: SourceKind
    url: str
    medium: Medium = Medium.ONLINE
    links: str | None = None
    next: str | None = None
    pages: int = 1
    pace: float = 1.0
    every: int = 15
    paused: str = ""


@dataclass(frozen=True, kw_only=True)
class Outlet:
    """A paper, station, portal or page; ``province`` is the present name without "tỉnh", or None."""

    id: str
    name: str
    kind: OutletKind
    level: Level
    province: str | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sources:
    """The whole of ``sources.yaml``."""

    outlets: tuple[Outlet, ...]
    file: str = "sources.yaml"

    def outlet(self, ident: str) -> Outlet | None:
        """The outlet of that id."""
        return next((outlet for outlet in self.outlets if outlet.id == ident), None)

    @property
    def all(self) -> tuple[Source, ...]:
        """Every source of every outlet, in the file's order."""
        return tuple(source for outlet in self.outlets for source in outlet.sources)
