"""Quản trị: the union bodies, level by level; one changed, many in and out as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from starlette.responses import Response

from monitor import clock, labels
from monitor.desk import people, people_change, shown, units_csv
from monitor.desk.sheets import Loaded
from monitor.errors import UsageError
from monitor.labels import label
from monitor.model.people import FEDERATION, Unit, UnitKind
from monitor.store import people as store
from monitor.text import clean, fold
from monitor.web.pages.admin_words import bodies
from monitor.web.route import KEEPERS, get, post
from monitor.web.visit import Visit

_LIST = "/quan-tri/don-vi"
_PAGE = 50
_TEXTS = ("superior", "heading", "symbol", "place", "formula", "email", "phone")


def listed(v: Visit) -> Response:
    """All bodies under the ones they belong to."""
    return _listed(v)


def _listed(v: Visit, done: Loaded | None = None) -> Response:
    found = store.units(v.db)
    if v.wants_sheet:
        names = {one.id: one.name for one in found}
        heads = [label("units", f"col_{name}") for name in ("id", "name", "kind", "parent", *_TEXTS, "starts", "ends")]
        rows = (
            (one.id, one.name, labels.of(one.kind), names.get(one.parent, ""), *(getattr(one, t) for t in _TEXTS),
             one.starts, one.ends)
            for one in found
        )  # fmt: skip
        return v.sheet("don-vi", label("web_admin", "units"), heads, rows)
    wanted = fold(clean(v.query.get("q", "")))
    shown = [
        row for row in tree(found) if not wanted or any(wanted in fold(said) for said in (row[1].name, *row[1].aliases))
    ]
    pages = max(1, -(-len(shown) // _PAGE))
    at = min(max(1, v.whole("trang", 1)), pages)
    return v.page(
        "admin-units.html", tree=shown[(at - 1) * _PAGE : at * _PAGE], total=len(shown), page=at, pages=pages,
        few=not wanted and all(one.id == FEDERATION for one in found),
        today=clock.local(v.now).date(), done=done, units=_above(found), q=v.query.get("q", ""),
        kinds=[(kind.value, labels.of(kind)) for kind in UnitKind],
    )  # fmt: skip


def _above(found: Iterable[Unit], but: Unit | None = None) -> list[tuple[str, str]]:
    """What may stand above a body: there are hundreds of grassroots unions, and one is above none as a rule."""
    return bodies(
        one for one in found
        if one.id == (but.parent if but else "") or (one.kind is not UnitKind.GRASSROOTS and one != but)
    )  # fmt: skip


def _row_of(v: Visit, ident: str) -> str:
    """Where the body stands in the list."""
    place = next((n for n, (_, one) in enumerate(tree(store.units(v.db))) if one.id == ident), 0)
    return f"{_LIST}?trang={place // _PAGE + 1}#dv-{ident}"


def tree(found: Iterable[Unit]) -> Iterator[tuple[int, Unit]]:
    """Bodies with their depth, each after the one it belongs to; those whose superior is not there at the top."""
    every = list(found)
    known = {one.id for one in every}
    below: dict[str, list[Unit]] = {}
    for one in every:
        below.setdefault(one.parent if one.parent in known else "", []).append(one)
    waiting = [(0, one) for one in reversed(below.pop("", []))]
    while waiting:
        depth, one = waiting.pop()
        yield depth, one
        waiting += [(depth + 1, inner) for inner in reversed(below.pop(one.id, []))]
    # Bodies above one another in a circle, from a file edited by hand, still show.
    yield from ((0, one) for rest in below.values() for one in rest)


def add(v: Visit) -> Response:
    """A new body."""
    made = _said(v, Unit(id=v.form.text("id"), name="", kind=UnitKind.GRASSROOTS))
    made = people.new_unit(v.db, v.at.actor, made, now=v.now)
    return v.back(_row_of(v, made.id), label("web_admin", "unit_added", name=made.name))


def one(v: Visit) -> Response:
    """One body."""
    found = people.unit(v.db, v.part("id"))
    return v.page(
        "admin-unit.html", unit=found, units=_above(store.units(v.db), found),
        kinds=[(kind.value, labels.of(kind)) for kind in UnitKind], base=f"{_LIST}/{found.id}",
        people=[who for who in store.every(v.db) if who.body == found.id and who.disabled is None],
        today=clock.local(v.now).date(), seen=shown.mark(found),
    )  # fmt: skip


def change(v: Visit) -> Response:
    """What is said of it, replaced."""
    people_change.keeps(v.at.actor)
    with v.db.atomic():
        before = people.unit(v.db, v.part("id"))
        after = _said(v, before)
        if after != before:
            people.put_unit(v.db, v.at.actor, after, now=v.now, seen=v.form.text("_seen") or None)
    return v.back(_row_of(v, after.id), label("web_admin", "unit_kept", name=after.name))


def _said(v: Visit, base: Unit) -> Unit:
    aliases = (clean(one) for one in v.form.text("aliases").replace("\n", ";").split(";"))
    texts = {name: clean(v.form.text(name)) for name in _TEXTS}
    if too_long := next((name for name, said in texts.items() if len(said) > 300), None):
        raise UsageError("field_too_long", name=label("units", f"col_{too_long}"), most=300)
    return replace(
        base, name=clean(v.form.need("name", label("people", "unit_name"))),
        kind=v.form.needed("kind", UnitKind, label("units", "col_kind")), parent=v.form.text("parent"),
        aliases=tuple(dict.fromkeys(one for one in aliases if one)),
        starts=v.form.day("starts", label("units", "col_starts")), ends=v.form.day("ends", label("units", "col_ends")),
        **texts,
    )  # fmt: skip


def take_in(v: Visit) -> Response:
    """Bodies from a table; the page tells what became of each line."""
    came = v.form.upload("file")
    if came is None:
        raise UsageError("field_missing", what=label("web_admin", "csv"))
    if came.size > 5 * 2**20:
        raise UsageError("csv_large", most=5)
    return _listed(v, units_csv.take_in(v.at, came.path.read_bytes()))


def give_out(v: Visit) -> Response:
    """Bodies as a table that can be taken in again."""
    return v.download(units_csv.to_csv(store.units(v.db)), "don-vi.csv", "text/csv; charset=utf-8")


PAGES = (
    get(_LIST, listed, KEEPERS),
    post(_LIST, add, KEEPERS, shown=listed),
    get(_LIST + ".csv", give_out, KEEPERS),
    post(_LIST + "/nhap", take_in, KEEPERS, shown=listed, uploads=True),
    get(_LIST + "/{id}", one, KEEPERS),
    post(_LIST + "/{id}", change, KEEPERS, shown=one),
)
