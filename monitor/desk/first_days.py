"""What a new office still lacks before its desk can work: people, bodies, sources that answer, its own name."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.config import load_settings
from monitor.desk.people_change import keeps
from monitor.desk.sitting import Sitting
from monitor.jobs.health import health
from monitor.model.fetch import Status
from monitor.model.people import FEDERATION, OfficeRole
from monitor.store import people

_NEEDED = (OfficeRole.LEADER, OfficeRole.PRESS, OfficeRole.CLERK)
_FINE = (Status.OK, Status.UNCHANGED)


@dataclass(frozen=True, kw_only=True)
class Lacking:
    """What is missing. ``shipped`` is the name of the program's sample office where it still stands for ours;
    ``failing`` how many sources there are where none of them answers."""

    roles: tuple[OfficeRole, ...]
    units: bool
    sources: bool
    failing: int
    shipped: str

    @property
    def any(self) -> bool:
        """Whether anything is."""
        return bool(self.roles or self.units or self.sources or self.failing or self.shipped)


def lacking(sitting: Sitting) -> Lacking:
    """See ``Lacking``. For who keeps the program. Raises RefusedError for another, ConfigError for a broken file."""
    keeps(sitting.actor)
    active = [one for one in people.every(sitting.db) if one.disabled is None and one.body == FEDERATION]
    ours = load_settings(sitting.home.rules).office
    sample = load_settings(sitting.home.rules[-1:]).office
    watched = [one for one in health(sitting.home) if one.status is not Status.PAUSED]
    return Lacking(
        roles=tuple(role for role in _NEEDED if not any(one.has(role) for one in active)),
        units=all(one.id == FEDERATION for one in people.units(sitting.db)),
        sources=not watched,
        failing=len(watched) if watched and not any(one.status in _FINE for one in watched) else 0,
        shipped=ours.name if ours == sample else "",
    )
