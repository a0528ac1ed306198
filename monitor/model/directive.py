"""To whom papers are copied, and how bodies were called when: the values of ``rules/directive.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from monitor.model.paper import PaperKind, Recipient
from monitor.model.source import Level


class NameStatus(StrEnum):
    """How sure the name of a body on a day is."""

    VERIFIED = "verified"
    """Read in an act or in a paper of the office itself."""
    SECONDARY = "secondary"
    INFERRED = "inferred"
    UNCHECKED = "unchecked"


class IssuerKind(StrEnum):
    """Whose papers a line of Nơi nhận is for."""

    ANY = "any"
    FEDERATION = "federation"
    UNIT = "unit"


@dataclass(frozen=True, kw_only=True)
class DatedName:
    """A body's name from ``since`` on, until the next one."""

    name: str
    since: date
    status: NameStatus
    note: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether somebody should check it before a letter bears it."""
        return self.status in (NameStatus.INFERRED, NameStatus.UNCHECKED)


@dataclass(frozen=True, kw_only=True)
class Body:
    """A body outside or above, with its names, oldest first."""

    id: str
    names: tuple[DatedName, ...]

    def on(self, day: date) -> DatedName | None:
        """Its name on that day; None before the first."""
        return next((name for name in reversed(self.names) if name.since <= day), None)


@dataclass(frozen=True, kw_only=True)
class CopyRule:
    """One line of Nơi nhận: a ``body`` by its id or a fixed ``text``, for which papers, issuers, outlets and days."""

    body: str = ""
    text: str = ""
    note: str = ""
    papers: tuple[PaperKind, ...]
    issuer: IssuerKind = IssuerKind.ANY
    levels: tuple[Level, ...] = ()
    since: date | None = None
    until: date | None = None

    def fits(self, on: date, *, issuer_is_unit: bool, kind: PaperKind, level: Level | None) -> bool:
        """Whether the line stands in such a paper. A line for certain levels needs to know the level."""
        issuers = (IssuerKind.ANY, IssuerKind.UNIT if issuer_is_unit else IssuerKind.FEDERATION)
        return (
            kind in self.papers
            and self.issuer in issuers
            and (not self.levels or level in self.levels)
            and (self.since is None or self.since <= on)
            and (self.until is None or on <= self.until)
        )


@dataclass(frozen=True, kw_only=True)
class Authority:
    """Who manages the press of outlets of ``levels`` from ``since`` on, and the words of the act that says so."""

    levels: tuple[Level, ...]
    body: str
    basis: str
    since: date


@dataclass(frozen=True, kw_only=True)
class IssuerDefaults:
    """What a body's papers bear where nothing else is entered for it; ``archive`` follows "Lưu:"."""

    superior: str
    symbol: str
    authority: str
    archive: str


@dataclass(frozen=True, kw_only=True)
class Directive:
    """The whole file. ``basis`` names the directive it carries out."""

    basis: str
    federation: IssuerDefaults
    unit: IssuerDefaults
    bodies: tuple[Body, ...]
    copies: tuple[CopyRule, ...]
    authorities: tuple[Authority, ...]

    def name(self, body: str, on: date) -> DatedName | None:
        """How the body of that id was called on that day."""
        return next((found.on(on) for found in self.bodies if found.id == body), None)

    def recipients(
        self,
        on: date,
        *,
        issuer_is_unit: bool,
        kind: PaperKind,
        level: Level | None = None,
        archive: str = "",
        addressees: tuple[str, ...] = (),
    ) -> tuple[Recipient, ...]:
        """The lines of Nơi nhận, "Lưu" last.

        ``level`` is the outlet's, ``archive`` replaces the default one. Whoever is an addressee needs no copy:
        "Sở X tỉnh Y" in Kính gửi stands for "Sở X".
        """
        lines: list[Recipient] = []
        for rule in self.copies:
            if not rule.fits(on, issuer_is_unit=issuer_is_unit, kind=kind, level=level):
                continue
            named = self.name(rule.body, on)
            text = named.name if named else rule.text
            if any(to.startswith(text) for to in addressees):
                continue
            if text and all(text != line.name for line in lines):
                lines.append(Recipient(name=text, note=rule.note))
        kept = archive or (self.unit if issuer_is_unit else self.federation).archive
        return (*lines, Recipient(name=f"Lưu: {kept}"))

    def authority(self, level: Level, on: date) -> tuple[DatedName, str] | None:
        """Who manages the press of such an outlet on that day, with the basis in words."""
        fitting = [one for one in self.authorities if level in one.levels and one.since <= on]
        if not fitting:
            return None
        latest = max(fitting, key=lambda one: one.since)
        named = self.name(latest.body, on)
        return (named, latest.basis) if named else None

    def doubts(self, on: date) -> tuple[DatedName, ...]:
        """The names in use on that day that somebody should check."""
        names = (body.on(on) for body in self.bodies)
        return tuple(name for name in names if name is not None and name.doubtful)
