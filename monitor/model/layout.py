"""How papers look: the values of ``rules/layout.yaml``. Lengths of the page in mm, of text in pt, indents in cm."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from monitor.model.paper import PaperKind


class Align(StrEnum):
    """How the lines of a paragraph stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True, kw_only=True)
class PageSize:
    """The sheet and its margins; ``number_at`` is the distance of the page number from the upper edge."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    number_at: float
    number_on_first: bool

    @property
    def body_width(self) -> float:
        """What the margins leave for text."""
        return self.width - self.left - self.right


@dataclass(frozen=True, kw_only=True)
class TextStyle:
    """One component of a paper: ``name`` is the style's name in Word, by which templates call it."""

    key: str
    name: str
    size: float
    bold: bool = False
    italic: bool = False
    caps: bool = False
    align: Align = Align.LEFT
    left: float = 0.0
    first: float = 0.0
    """First line, from ``left``; negative for a hanging one."""
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    keep_with_next: bool = False


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    """A drawn line: ``share`` of the width of the text above it, ``gap`` pt below that, ``after`` above the next."""

    key: str
    name: str
    share: float
    gap: float
    after: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The whole file. ``symbols`` are the abbreviations of named papers; a kind without one is a công văn."""

    basis: str
    page: PageSize
    font: str
    header_columns: tuple[float, float]
    signature_columns: tuple[float, float]
    rule_thickness: float
    rules: tuple[RuleLine, ...]
    styles: tuple[TextStyle, ...]
    symbols: tuple[tuple[PaperKind, str], ...]

    def style(self, key: str) -> TextStyle:
        """The style of that key; KeyError where the program asks for one that is no part of a layout."""
        for style in self.styles:
            if style.key == key:
                return style
        raise KeyError(key)

    def rule(self, key: str) -> RuleLine:
        """The line of that key."""
        for rule in self.rules:
            if rule.key == key:
                return rule
        raise KeyError(key)

    def symbol(self, kind: PaperKind, letters: str) -> str:
        """The symbol of a paper of ``kind`` of a body whose letters carry ``letters`` ("LĐLĐ-TG" → "BC-LĐLĐ")."""
        short = dict(self.symbols).get(kind, "")
        return f"{short}-{letters.partition('-')[0]}" if short else letters
