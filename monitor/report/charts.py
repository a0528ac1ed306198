"""Bars for reports as PNG: axes from zero, the numbers written at the bars, readable in black and white.

rows ──▶ Figure (matplotlib, Agg, no display) ──▶ PNG bytes, equal for equal rows

matplotlib is imported when the first chart is drawn: few commands need it, and it takes long.
"""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from monitor import text
from monitor.report import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

_DPI = 200
_SIZE = 9.0
_FILL, _EDGE, _HATCH = "#c9d7e8", "#1b1f24", "////"
_ROW, _LINE, _TITLE, _EDGES = 4.0, 3.9, 7.0, 2.0
"""mm: what a bar's row adds to the height of its label, a line of text, the title, the margins."""
_LETTER = 1.75
"""mm: the width of a letter of the labels, rather too much than too little."""
_LONGEST, _MOST_LINES = 34, 3
_MOST_COLUMNS = 14
# The library's fonts and settings are shared by all threads.
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A picture of figures: ``title`` is its caption, ``alt`` says the same in a sentence; ``width`` in mm."""

    key: str
    title: str
    alt: str
    png: bytes
    width: float = 160.0


def bars(
    title: str, rows: Sequence[tuple[str, float]], *, width: float = 160.0, hatched: Collection[int] = ()
) -> bytes:
    """Horizontal bars as PNG, the first row on top: ``rows`` are (label, number), ``width`` is in mm.

    ``hatched`` are the indexes of rows that are unlike the others ("chưa phân loại"). Title "" : none is drawn.
    """
    labels = [_wrapped(label) for label, _ in rows]
    heights = [_ROW + _LINE * (label.count("\n") + 1) for label in labels]
    left = max((len(line) for label in labels for line in label.split("\n")), default=0) * _LETTER + 2
    left = min(left, width * 0.45)
    with _ONE_AT_A_TIME:
        figure, axes = _sheet(title, width, max(sum(heights), _ROW), left=left)
        tops = [sum(heights[:n]) + heights[n] / 2 for n in range(len(rows))]
        values = [value for _, value in rows]
        drawn = axes.barh(tops, values, height=[one * 0.62 for one in heights], color=_FILL, edgecolor=_EDGE)
        for n in hatched:
            drawn[n].set(hatch=_HATCH, facecolor="white")
        most = max([*values, 0.0])
        room = _room(values, width - left)
        axes.set_xlim(min([*values, 0.0]), (most or 1) / room)
        axes.set_ylim(max(sum(heights), _ROW), 0)
        for top, label, value in zip(tops, labels, values, strict=True):
            style = {**_style(), "textcoords": "offset points", "va": "center"}
            axes.annotate(label, (0, top), (-4, 0), ha="right", **style)
            axes.annotate(shown(value), (max(value, 0), top), (4, 0), **style)
        axes.spines[["top", "right", "bottom"]].set_visible(False)
        axes.spines["left"].set_position(("data", 0))
        return _png(figure)


def columns(title: str, rows: Sequence[tuple[str, float]], *, width: float = 160.0, height: float = 55.0) -> bytes:
    """Upright bars as PNG, for what follows in time, the first row at the left. Lengths in mm.

    More than fourteen lie down (``bars``), so that every label stays readable.
    """
    if len(rows) > _MOST_COLUMNS:
        return bars(title, rows, width=width)
    with _ONE_AT_A_TIME:
        figure, axes = _sheet(title, width, height, left=2, below=2 * _LINE + 2)
        values = [value for _, value in rows]
        size = _SIZE if len(rows) <= _MOST_COLUMNS / 2 + 1 else _SIZE - 2
        axes.bar(range(len(rows)), values, width=0.6, color=_FILL, edgecolor=_EDGE)
        axes.set_xlim(-0.6, max(len(rows), 1) - 0.4)
        axes.set_ylim(min([*values, 0.0]), (max([*values, 0.0]) or 1) * 1.15)
        for n, (label, value) in enumerate(rows):
            style = {**_style(size), "textcoords": "offset points", "ha": "center"}
            axes.annotate(shown(value), (n, max(value, 0)), (0, 3), **style)
            axes.annotate(_wrapped(label, longest=12, lines=2), (n, 0), (0, -4), va="top", **style)
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.spines["bottom"].set_position(("data", 0))
        return _png(figure)


def shown(value: float) -> str:
    """1234.5 → 1.234,5; a whole number without decimals."""
    if float(value).is_integer():
        return words.number(int(value))
    return f"{value:,.1f}".replace(",", "\0").replace(".", ",").replace("\0", ".")


def _wrapped(label: str, longest: int = _LONGEST, lines: int = _MOST_LINES) -> str:
    """The label in a few lines; what is longer ends with an ellipsis, and is whole in the table beside."""
    known = _letters()
    plain = "".join(one if ord(one) in known else "\N{REPLACEMENT CHARACTER}" for one in text.clean(label))
    return "\n".join(textwrap.wrap(plain, longest, max_lines=lines, placeholder="…")) or " "


def _room(values: Sequence[float], width: float) -> float:
    """The share of the axis that the longest bar may take, so that the numbers fit behind the bars."""
    longest = max((len(shown(value)) for value in values), default=0) * _LETTER + 4
    return max(0.3, 1 - longest / max(width, 1))


@cache
def _font() -> FontProperties:
    """The font that comes with the library: it has every Vietnamese letter, and is the same on every machine."""
    import matplotlib
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf")


@cache
def _letters() -> frozenset[int]:
    from matplotlib.font_manager import get_font

    return frozenset(get_font(str(_font().get_file())).get_charmap())


def _style(size: float = _SIZE) -> dict[str, Any]:
    # A dollar sign in a name is no formula.
    return {"fontproperties": _font(), "fontsize": size, "color": _EDGE, "parse_math": False}


def _sheet(title: str, width: float, height: float, *, left: float, below: float = _EDGES) -> tuple[Figure, Axes]:
    """An empty figure of these mm with axes that show nothing of their own."""
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    top = _TITLE if title else _EDGES
    whole = height + top + below
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        figure = Figure(figsize=(width / 25.4, whole / 25.4), dpi=_DPI, facecolor="white")
        FigureCanvasAgg(figure)
        axes = figure.add_axes((left / width, below / whole, 1 - (left + _EDGES) / width, height / whole))
    axes.set_xticks([])
    axes.set_yticks([])
    axes.patch.set_visible(False)
    if title:
        axes.text(
            _EDGES / width, 1 - _TITLE / 2 / whole, _wrapped(title, 90, 1), transform=figure.transFigure, va="center",
            **_style(_SIZE + 1),
        )  # fmt: skip
    return figure, axes


def _png(figure: Figure) -> bytes:
    made = BytesIO()
    figure.savefig(made, format="png", dpi=_DPI, metadata={"Software": None})
    return made.getvalue()
