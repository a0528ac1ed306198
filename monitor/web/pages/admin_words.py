"""Words that the pages of Quản trị share."""

from __future__ import annotations

from collections.abc import Iterable

from monitor import labels
from monitor.labels import label
from monitor.model.people import OfficeRole, Unit


def columns(*keys: str) -> list[str]:
    """Heads of an Excel file's columns."""
    return [label("web_admin", f"col_{key}") for key in keys]


def roles() -> list[tuple[str, str]]:
    """Every role with what it does, for a form."""
    return [(role.value, f"{labels.of(role)}: {label('web_roles', role.value)}") for role in OfficeRole]


def bodies(found: Iterable[Unit]) -> list[tuple[str, str]]:
    """Bodies for a form's list, each under its name."""
    return [(unit.id, unit.name) for unit in found]
