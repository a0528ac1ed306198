"""The outlet card: who stands behind an outlet, on which days; without one no letter is issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from monitor.model.calendar import IssueDays
from monitor.model.source import Medium


@dataclass(frozen=True, kw_only=True)
class Product:
    """A press product of an outlet: a daily, a weekly, a programme, a channel; ``issues`` where it has issue days."""

    id: str
    name: str
    medium: Medium
    issues: IssueDays | None = None


@dataclass(frozen=True, kw_only=True)
class OutletCard:
    """What a letter to an outlet needs, as it stood from ``valid_from`` on (to ``valid_to``, both included).

    ``managing_body`` is the cơ quan chủ quản, ``authority`` who manages the press it belongs to (Bộ VHTTDL, which
    Sở), ``corrections`` the address where the outlet prints its corrections, if it has such a page.
    """

    outlet: str
    legal_name: str
    managing_body: str
    authority: str
    address: str
    editor: str = ""
    email: str = ""
    phone: str = ""
    corrections: str = ""
    products: tuple[Product, ...] = ()
    valid_from: date
    valid_to: date | None = None
    checked: date | None = None
    note: str = ""

    def holds(self, on: date) -> bool:
        """Whether the card was valid on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def product(self, medium: Medium) -> Product | None:
        """The first product of that medium."""
        return next((product for product in self.products if product.medium is medium), None)
