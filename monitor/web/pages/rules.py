"""Quy tắc: the files by which items are read, and what fires on a pasted text. Nothing is changed here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from starlette.responses import Response

from monitor.desk import trying
from monitor.labels import label
from monitor.model.view_office import Fired, RuleSheet
from monitor.web.route import EVERYBODY, get, post
from monitor.web.visit import Visit

_PART = 64_000
"""Bytes of a file on one page, with what marks up its lines."""
_MARKUP = 32
_LINE = 4000
"""A longer line is cut; it stands whole in the file."""
_ID = re.compile(r"""^\s*-?\s*\{?\s*id:\s*["']?([\w.-]+)""")
_COLUMNS = ("name", "about", "own", "lines")

Line = tuple[int, str]


def rules(v: Visit) -> Response:
    """The list of files, or the same as an Excel file."""
    sheets = trying.rules(v.at)
    if v.wants_sheet:
        columns = [label("web_rules", f"col_{one}") for one in _COLUMNS]
        return v.sheet(
            "quy-tac", label("web_rules", "title"), columns,
            ((one.name, one.about, label("web_rules", whose(one)), one.lines) for one in sheets),
        )  # fmt: skip
    return v.page("rules.html", sheets=sheets, whose=whose)


def whose(sheet: RuleSheet) -> str:
    """Whose file it is: the program's, the office's own copy, or one that the office changed."""
    return "changed" if sheet.changed else "own" if sheet.own else "shipped"


def file(v: Visit) -> Response:
    """One file, with its lines numbered, a part of it a page."""
    sheet = trying.rule_file(v.at, v.part("name"))
    parts = cut(sheet.text)
    wanted = v.whole("dong", 0)
    page = min(max(1, v.whole("trang", 1)), len(parts))
    if wanted:
        page = next((n for n, part in enumerate(parts, 1) if part and wanted <= part[-1][0]), len(parts))
    return v.page("rule-file.html", sheet=sheet, lines=parts[page - 1], page=page, pages=len(parts), whose=whose)


def cut(text: str) -> list[list[Line]]:
    """The file's lines with their numbers, in parts that a page can carry; an empty file is one empty part."""
    parts: list[list[Line]] = [[]]
    weight = 0
    for number, line in enumerate(text.splitlines(), 1):
        said = line if len(line) <= _LINE else f"{line[:_LINE]} {label('web_rules', 'line_cut')}"
        size = len(escape(said).encode()) + _MARKUP
        if weight + size > _PART and parts[-1]:
            parts.append([])
            weight = 0
        parts[-1].append((number, said))
        weight += size
    return parts


def try_page(v: Visit) -> Response:
    """The form for trying a text."""
    return _tried(v, None)


def try_(v: Visit) -> Response:
    """A pasted text as the collection would read it, and why."""
    return _tried(v, trying.fire(v.at, v.form.text("tieu-de"), v.form.text("noi-dung")))


def _tried(v: Visit, fired: Fired | None) -> Response:
    return v.page(
        "rules-try.html", fired=fired, where=places(trying.rules(v.at)) if fired else {},
        title=v.form.text("tieu-de") if fired else "", text=v.form.text("noi-dung") if fired else "",
    )  # fmt: skip


def places(sheets: Sequence[RuleSheet]) -> Mapping[str, tuple[str, int]]:
    """Where each rule stands: file and line by its id."""
    found: dict[str, tuple[str, int]] = {}
    for sheet in sheets:
        if sheet.name.endswith(".yaml"):
            for number, line in enumerate(sheet.text.splitlines(), 1):
                if begins := _ID.match(line):
                    found.setdefault(begins[1], (sheet.name, number))
    return found


PAGES = (
    get("/quy-tac", rules, EVERYBODY),
    get("/quy-tac/thu", try_page, EVERYBODY),
    post("/quy-tac/thu", try_, EVERYBODY, shown=try_page),
    get("/quy-tac/{name}", file, EVERYBODY),
)
