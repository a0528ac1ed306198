"""What a clerk put into a cell for a count, read strictly: a whole number, none below zero, and nothing guessed.

Taken: 12, 12.0 as programs paste it, the text 12, and 1.234 as text: in Vietnam that is one thousand two hundred and
thirty-four, and no count has three decimals. Refused with a hint: 1,234 (a decimal here, thousands elsewhere), the
number 1.234 (typed in a program set to English it may have been meant as 1234), words, days, logical values, errors.
"""

from __future__ import annotations

import re
from decimal import Decimal

from monitor.errors import InputError
from monitor.labels import label
from monitor.report.unit_book_cells import Holds, RawCell
from monitor.report.unit_book_layout import MOST

_WHOLE, _GROUPED = re.compile(r"\d{1,12}"), re.compile(r"\d{1,3}(?:\.\d{3})+")
_COMMAS = re.compile(r"\d{1,3}(?:[,  '’]\d{3})+")
_DECIMAL = re.compile(r"[+-]?\d+[.,]\d+")
_NEGATIVE, _DAY = (
    re.compile(r"[-–−]\s*\d[\d.,]*"),
    re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](?:\d\d|\d{4})|\d{4}-\d{1,2}-\d{1,2}"),
)
_NEAR = Decimal("1e-9")
_SHOWN = 40


class NoNumberError(InputError):
    """What is wrong with a cell, for the list of mistakes; its sentence is ``label("unit_book", key, **facts)``."""

    @property
    def said(self) -> str:
        """The sentence, without the place."""
        return label("unit_book", self.key, **self.facts)


def count(cell: RawCell) -> int | None:
    """The count, None for an empty cell. Raises NoNumberError."""
    if cell.blank:
        return None
    if cell.formula is not None:
        raise NoNumberError("m_formula")
    if cell.holds is Holds.TEXT:
        return _of_text(cell.said.replace("\u00a0", " ").strip())
    if cell.holds is Holds.DAY:
        day = cell.day
        raise NoNumberError("m_day", said=f"{day:%d/%m/%Y}" if day else cell.said[:_SHOWN])
    if cell.holds is Holds.LOGICAL:
        raise NoNumberError("m_logical")
    if cell.holds is not Holds.NUMBER:
        raise NoNumberError("m_error", said=cell.said[:_SHOWN])
    found = cell.number
    if found is None:
        raise NoNumberError("m_words", said=cell.said[:_SHOWN])
    return _whole(found)


def _whole(found: Decimal) -> int:
    near = found.to_integral_value()
    if abs(found - near) > _NEAR:
        raise NoNumberError("m_decimal", said=_vietnamese(found))
    if near < 0:
        raise NoNumberError("m_negative", said=f"{near:f}")
    if near > MOST:
        raise NoNumberError("m_large", most=f"{MOST:,}".replace(",", "."))
    return int(near)


def _of_text(said: str) -> int:
    plain = said.replace(".", "")
    if _WHOLE.fullmatch(said) or (_GROUPED.fullmatch(said) and _WHOLE.fullmatch(plain)):
        return _whole(Decimal(plain))
    if _COMMAS.fullmatch(said):
        raise NoNumberError("m_commas", said=said[:_SHOWN], plain=re.sub(r"\D", "", said)[:12])
    if _NEGATIVE.fullmatch(said):
        raise NoNumberError("m_negative", said=said[:_SHOWN])
    if _DAY.fullmatch(said):
        raise NoNumberError("m_day", said=said)
    if _DECIMAL.fullmatch(said):
        raise NoNumberError("m_decimal", said=said[:_SHOWN])
    raise NoNumberError("m_words", said=said[:_SHOWN])


def _vietnamese(found: Decimal) -> str:
    return f"{found.normalize():f}".replace(".", ",")[:_SHOWN]
