"""``rules/layout.yaml``: page, fonts, sizes, lines and symbols of all papers, read strictly."""

from __future__ import annotations

from pathlib import Path

from monitor.config import fields
from monitor.config.tree import Table, compose, parsed, rule_file
from monitor.model.layout import Align, Layout, PageSize, RuleLine, TextStyle
from monitor.model.paper import PaperKind

FILE = "layout.yaml"
RULES = ("motto", "issuer", "summary")
STYLES = (
    "national", "motto", "superior", "issuer", "number", "place_date", "letter_subject", "scope", "title", "summary",
    "to", "to_line", "basis", "body", "heading", "link", "quote", "blank", "table_head", "table_cell", "authority",
    "signer", "recipients", "recipient", "page_number", "anchor",
)  # fmt: skip
_TOP = ("basis", "page", "font", "columns", "rules", "styles", "symbols")
_PAGE = ("width", "height", "top", "bottom", "left", "right", "number_at", "number_on_first")
_STYLE = (
    "name",
    "size",
    "bold",
    "italic",
    "caps",
    "align",
    "left",
    "first",
    "before",
    "after",
    "line",
    "keep_with_next",
)
_KINDS = tuple(kind.value for kind in PaperKind)


def load_layout(folders: tuple[Path, ...]) -> Layout:
    """``layout.yaml`` of the first of ``folders`` that has one.

    Raises ConfigError with file, line and key at the first mistake, and when no folder has the file.
    """
    return parsed(rule_file(folders, FILE), _layout)


def _layout(text: str, file: str) -> Layout:
    top = Table(file, compose(text, file), _TOP)
    page = _page(_must(top, "page", _PAGE))
    columns = _must(top, "columns", ("header", "signature"))
    rules = _must(top, "rules", ("thickness", *RULES))
    return Layout(
        basis=top.take("basis", fields.text),
        page=page,
        font=top.take("font", fields.text),
        header_columns=_columns(columns, "header", page),
        signature_columns=_columns(columns, "signature", page),
        rule_thickness=rules.take("thickness", fields.number(0.25, 6)),
        rules=tuple(_rule(rules, key) for key in RULES),
        styles=_styles(_must(top, "styles", STYLES)),
        symbols=_symbols(top),
    )


def _must(table: Table, key: str, allowed: tuple[str, ...]) -> Table:
    found = table.table(key, allowed)
    if found is None:
        raise table.wrong("config_missing_key", key)
    return found


def _page(table: Table) -> PageSize:
    side, margin = fields.number(100, 500), fields.number(5, 60)
    return PageSize(
        width=table.take("width", side),
        height=table.take("height", side),
        top=table.take("top", margin),
        bottom=table.take("bottom", margin),
        left=table.take("left", margin),
        right=table.take("right", margin),
        number_at=table.take("number_at", fields.number(2, 50)),
        number_on_first=table.take_or("number_on_first", _flag, False),
    )


def _columns(table: Table, key: str, page: PageSize) -> tuple[float, float]:
    widths = table.values(key, fields.number(20, 300))
    if len(widths) != 2 or sum(widths) > page.body_width:
        raise table.wrong("layout_columns", key, most=f"{page.body_width:g}")
    return widths[0], widths[1]


def _rule(table: Table, key: str) -> RuleLine:
    inner = _must(table, key, ("name", "share", "gap", "after"))
    return RuleLine(
        key=key,
        name=inner.take("name", fields.text),
        share=inner.take("share", fields.number(0.1, 1)),
        gap=inner.take_or("gap", fields.number(0, 20), 3.0),
        after=inner.take_or("after", fields.number(0, 40), 0.0),
    )


def _styles(table: Table) -> tuple[TextStyle, ...]:
    styles: list[TextStyle] = []
    for key in STYLES:
        style = _style(_must(table, key, _STYLE), key)
        if any(style.name == other.name for other in styles):
            raise table.wrong("layout_doubled_style", key, value=style.name)
        styles.append(style)
    return tuple(styles)


def _style(table: Table, key: str) -> TextStyle:
    points = fields.number(0, 200)
    return TextStyle(
        key=key,
        name=table.take("name", fields.text),
        size=table.take("size", fields.number(6, 40)),
        bold=table.take_or("bold", _flag, False),
        italic=table.take_or("italic", _flag, False),
        caps=table.take_or("caps", _flag, False),
        align=table.take_or("align", fields.choice(Align), Align.LEFT),
        left=table.take_or("left", fields.number(0, 15), 0.0),
        first=table.take_or("first", fields.number(-5, 5), 0.0),
        before=table.take_or("before", points, 0.0),
        after=table.take_or("after", points, 0.0),
        line=table.take_or("line", fields.number(0.8, 3), 1.0),
        keep_with_next=table.take_or("keep_with_next", _flag, False),
    )


def _symbols(top: Table) -> tuple[tuple[PaperKind, str], ...]:
    table = top.table("symbols", _KINDS)
    if table is None:
        return ()
    return tuple((kind, table.take(kind.value, fields.text)) for kind in PaperKind if kind.value in table)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise fields.Wrong("config_not_flag")
    return value
