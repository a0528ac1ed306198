"""An alert: an event that asks for attention, or more stories on a topic or a body in a day than the office set.

(found) ──▶ waiting ──▶ told      one message a reader, perhaps with other alerts in it
               ├──────▶ kept      nobody is there to be told, or nothing of it may leave: it stands on the desk alone
               └──────▶ muted     a person said not to tell of it
A person who has seen it says so; that changes nothing of what is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.model.article import Article
from monitor.model.delivery import Quiet
from monitor.model.tag import Relevance


class AlertKind(StrEnum):
    """What it is about."""

    ATTENTION = "attention"
    """One event: a story with its reprints, and the stories that go on with it."""
    TOPIC = "topic"
    """More stories on one topic in a day than the office set."""
    UNIT = "unit"
    """More stories in a day that name one of our bodies than the office set."""


class AlertState(StrEnum):
    """Whether it was told."""

    WAITING = "waiting"
    TOLD = "told"
    KEPT = "kept"
    MUTED = "muted"


class AlertPlaces(StrEnum):
    """Whose matters are told of."""

    OWN = "own"
    """What concerns our province or names one of our bodies; of the union, what wants attention anywhere."""
    ALL = "all"


class AlertAct(StrEnum):
    """What a person may do with alerts; ``desk.alerts`` says who."""

    READ = "read"
    MARK = "mark"


@dataclass(frozen=True, kw_only=True)
class Alert:
    """An alert as stored. Times are UTC.

    ``key`` is unique: "story:s12ab", "topic:T03:2026-11-21", "unit:kcn:2026-11-21"; ``about`` is the story, topic or
    body in it. ``count`` are the stories of ``day`` and ``threshold`` the number they passed; 1 and 0 for an event.
    ``batch`` names the round that told it, which is what its messages are about; ``many`` says that the round made one
    short digest of many. ``grown`` is when a further story joined it.
    """

    id: str
    key: str
    kind: AlertKind
    about: str
    title: str
    day: date
    count: int = 1
    threshold: int = 0
    made: datetime
    state: AlertState = AlertState.WAITING
    told: datetime | None = None
    batch: str = ""
    many: bool = False
    readers: tuple[str, ...] = ()
    grown: datetime | None = None
    seen: datetime | None = None
    seen_by: str = ""
    muted: datetime | None = None
    muted_by: str = ""


@dataclass(frozen=True, kw_only=True)
class AlertSettings:
    """The whole of ``rules/alerts.yaml``.

    ``topics`` are pairs of a topic and its number of stories a day, None for never; ``default_topic`` and
    ``default_unit`` hold for the others. ``always`` are topics that wait for no quiet hours. ``again_after`` in hours,
    None: an event is told of once; ``follow_ups``: a story that goes on with an event is no event of its own. ``to``
    are names of readers, mail addresses or chat channels; empty: every reader of the office's own.
    """

    enabled: bool = True
    attention: bool = True
    relevances: tuple[Relevance, ...] = (Relevance.UNION, Relevance.LABOUR)
    places: AlertPlaces = AlertPlaces.OWN
    topics: tuple[tuple[str, int | None], ...] = ()
    default_topic: int | None = None
    default_unit: int | None = None
    settle_minutes: int = 10
    most_an_hour: int = 5
    quiet: Quiet | None = None
    always: tuple[str, ...] = ()
    max_age_hours: int = 48
    again_after: int | None = None
    follow_ups: bool = True
    to: tuple[str, ...] = ()

    def threshold(self, topic: str) -> int | None:
        """The number of stories on this topic in a day that may come without an alert."""
        return dict(self.topics).get(topic, self.default_topic)


@dataclass(frozen=True, kw_only=True)
class Matter:
    """An alert with what may be told of it: its items, the earliest first; what a message is written from.

    ``outlets`` are pairs of id and name of all that printed it. ``named`` is the topic or body in words, ``bodies``
    those of ours that its items name. ``internal`` are the items of cases marked "lưu hành nội bộ".
    """

    alert: Alert
    articles: tuple[Article, ...]
    outlets: tuple[tuple[str, str], ...] = ()
    named: str = ""
    bodies: tuple[str, ...] = ()
    internal: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class AlertReport:
    """What one round did: ``made`` new alerts, ``joined`` items that came to known ones; ``told`` left, in
    ``messages`` (ids of the outbox), ``kept`` stand on the desk alone, ``waiting`` wait for their time."""

    made: int = 0
    joined: int = 0
    told: tuple[Alert, ...] = ()
    kept: int = 0
    messages: tuple[str, ...] = ()
    waiting: int = 0
