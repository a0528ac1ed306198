"""Who signs in, with what, from where: settings of the web desk, sessions, tokens for programs, one-time links.

Secrets are here only where they were just made; what is stored is their hash.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.model.casework import Part
from monitor.model.people import Person


@dataclass(frozen=True, kw_only=True)
class WebSettings:
    """The whole of ``rules/web.yaml``."""

    idle_hours: int = 12
    """A session that was not used for so long ends."""
    session_days: int = 14
    """A session ends after so long however much it is used."""
    answer_days: int = 14
    """How long a one-time link to an answer form holds."""
    link_hours: int = 72
    """How long a one-time link to set a password holds."""
    upload_mb: int = 50
    """The largest file handed in over the web, in MB (2^20 bytes)."""
    hosts: tuple[str, ...] = ()
    """Names and addresses by which the office reaches the desk on its own network."""
    address: str = ""
    """The desk's address as readers type it ("http://192.168.1.20:8000"), before links in what leaves the program."""
    password_min: int = 10
    """Characters a password has at least."""
    https: bool = False
    """Cookies go over HTTPS alone."""
    behind_proxy: bool = False
    """Whether a proxy stands before the desk, whose word on the caller's address is taken."""


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """Someone who just signed in: ``secret`` is the value of the session's cookie, ``device`` that of the long-lived
    cookie by which his device is known again."""

    person: Person
    secret: str
    device: str


@dataclass(frozen=True, kw_only=True)
class Session:
    """Someone who is signed in. ``id`` is no secret; ``csrf`` goes into every form; ``expires`` is the latest end."""

    id: str
    person: Person
    csrf: str
    created: datetime
    seen: datetime
    expires: datetime
    address: str = ""
    agent: str = ""


@dataclass(frozen=True, kw_only=True)
class Token:
    """That a person has a token for the API, since when, and when it was last used; never the token itself."""

    person: str
    created: datetime
    used: datetime | None = None


class LinkKind(StrEnum):
    """What a one-time link is for."""

    FIRST = "first"
    """The first administrator sets login and password."""
    PASSWORD = "password"
    """A person sets a password."""
    ANSWER = "answer"
    """A body that never signs in answers the one thing it was asked."""

    def path(self, secret: str) -> str:
        """The link on the web desk, without the host."""
        return f"/{_PATHS[self]}/{secret}"


_PATHS = {LinkKind.FIRST: "bat-dau", LinkKind.PASSWORD: "dat-mat-khau", LinkKind.ANSWER: "tra-loi"}


@dataclass(frozen=True, kw_only=True)
class Link:
    """A one-time link as stored; ``by`` is the id of who made it.

    ``person`` is the id of whose password it sets, ``case`` and ``assignment`` what it answers.
    """

    kind: LinkKind
    made: datetime
    expires: datetime
    by: str = ""
    person: str = ""
    case: str = ""
    assignment: str = ""


@dataclass(frozen=True, kw_only=True)
class AskedWork:
    """A work of the press about which somebody is asked; ``url`` is http(s), or empty where there is none."""

    title: str
    outlet: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerForm:
    """The one question that a link shows: who asks whom for what, until when; nothing else of the case.

    ``unit`` is the name of the body (or the person) that was asked, ``expires`` when the link ends.
    """

    office: str
    unit: str
    task: str
    due: date
    expires: datetime
    part: Part
    works: tuple[AskedWork, ...] = ()
    contact: str = ""
    """How the office is reached, as it says itself; may be empty."""
