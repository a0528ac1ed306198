"""The report's numbers as its tables print them: dots for thousands, a comma for decimals, a dash where none is."""

from __future__ import annotations

from datetime import date

from monitor.report import words

NONE = "–"


def number(value: int | None) -> str:
    """1234 → 1.234; None → –."""
    return NONE if value is None else words.number(value)


def percent(value: float | None, decimals: int = 2) -> str:
    """41.96 → 41,96%; 12.50 → 12,5%; None → –."""
    if value is None:
        return NONE
    whole, _, rest = f"{value:.{decimals}f}".partition(".")
    rest = rest.rstrip("0")
    return words.number(int(whole)) + (f",{rest}" if rest else "") + "%"


def share_of(difference: int, before: int) -> str:
    """The difference as percent of ``before``, without a sign; "" of nothing."""
    return percent(100 * abs(difference) / before, 1) if before else ""


def change(now: int | None, before: int | None) -> str:
    """ "+12 (20%)", "-3 (5,1%)", "0", "+4" where there was nothing before; – without data."""
    if now is None or before is None:
        return NONE
    more = now - before
    if not more:
        return "0"
    sign = "+" if more > 0 else "-"
    part = share_of(more, before)
    return f"{sign}{words.number(abs(more))}" + (f" ({part})" if part else "")


def day(at: date | None) -> str:
    """21/11/2026; "" for none."""
    return f"{at:%d/%m/%Y}" if at else ""
