"""Outlets as the desk knows them: those of sources.yaml, and those that were remembered once."""

from __future__ import annotations

from monitor.config.sources import load_sources
from monitor.desk.sitting import Sitting
from monitor.model.source import Outlet
from monitor.store import sources


def configured(sitting: Sitting) -> dict[str, Outlet]:
    """The outlets of sources.yaml by id; none where the folder has no such file."""
    file = sitting.home.sources_file
    return {one.id: one for one in load_sources(file).outlets} if file.exists() else {}


def names(sitting: Sitting) -> dict[str, str]:
    """Display names by outlet id, of all outlets configured now or ever."""
    return sources.outlet_names(sitting.db) | {one.id: one.name for one in configured(sitting).values()}


def outlet(sitting: Sitting, ident: str) -> Outlet | None:
    """The outlet of this id, as configured or else as remembered."""
    return configured(sitting).get(ident) or sources.outlet(sitting.db, ident)
