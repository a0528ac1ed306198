"""Who stands in for whom, and the handover of a person's work with its record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from starlette.responses import Response

from monitor.desk import handing_over, keeping, people, people_change
from monitor.errors import MonitorError, UsageError
from monitor.labels import label, wording
from monitor.model.people import OfficeRole, Person
from monitor.store import people as store
from monitor.store.handovers import Moved
from monitor.text import vietnamese_order
from monitor.web.pages.admin_words import columns
from monitor.web.route import EVERYBODY, get, post
from monitor.web.visit import Visit

_STAND_IN, _HANDOVER = "/quan-tri/thay-mat", "/quan-tri/ban-giao"


def stand_ins(v: Visit) -> Response:
    """Who stands in for whom, today or later."""
    found, names = people_change.stand_ins(v.at), people_change.names(v.at)
    if v.wants_sheet:
        rows = ((names.get(one.absent), names.get(one.person), one.first, one.last) for one in found)
        heads = columns("absent", "stands_in", "first", "last_day")
        return v.sheet("thay-mat", label("web_admin", "stand_ins"), heads, rows)
    active = _by_name(one for one in store.every(v.db) if one.disabled is None)
    absent = [(one.id, one.name) for one in active if people_change.ends(v.at.actor, one)]
    mine = {ident for ident, _ in absent}
    return v.page(
        "admin-stand-ins.html", lines=found, names=names, absent=absent, mine=mine,
        others=[(one.id, one.name) for one in active if one.id != v.at.actor.id or v.is_("admin", "leader")],
    )  # fmt: skip


def add_stand_in(v: Visit) -> Response:
    """Somebody acts for an absent one."""
    first, last = (v.form.day(name, label("web_admin", name)) for name in ("first", "last_day"))
    absent = v.form.need("absent", label("web_admin", "absent"))
    stands_in = v.form.need("person", label("web_admin", "stands_in"))
    if first is None or last is None:
        raise UsageError("field_missing", what=label("web_admin", "first" if first is None else "last_day"))
    made = people.add_stand_in(v.db, v.at.actor, absent, stands_in, first=first, last=last, now=v.now)
    names = people_change.names(v.at)
    return v.back(_STAND_IN, label("web_admin", "stand_in_kept", absent=names[made.absent], person=names[made.person]))


def end_stand_in(v: Visit) -> Response:
    """Nobody acts for him any more."""
    ended = people_change.end_stand_in(v.at, v.form.whole("id", label("web_admin", "stand_ins")) or 0)
    names = people_change.names(v.at)
    return v.back(_STAND_IN, label("web_admin", "stand_in_ended", absent=names[ended.absent]))


def handover(v: Visit) -> Response:
    """Who has what; with ``tu`` and ``den`` what would move from one to the other."""
    givers, takers = _by_name(handing_over.givers(v.at)), _by_name(handing_over.takers(v.at))
    loads = handing_over.loads(v.at)
    names = people_change.names(v.at)
    giver, taker = v.query.get("tu", ""), v.query.get("den", "")
    planned, problem = None, ""
    if giver and taker:
        try:
            planned = handing_over.of_giver(v.at, giver, taker)
        except MonitorError as error:
            problem = wording(error)
    records = handing_over.records(v.at)
    if v.wants_sheet:
        return _sheet(v, records, names)
    return v.page(
        "admin-handover.html", givers=[(one.id, _named(one.name, loads.get(one.id, 0))) for one in givers],
        takers=[(one.id, one.name) for one in takers], loads=loads, giver=giver, taker=taker, planned=planned,
        problem=problem, records=records, names=names, leads=v.at.actor.has(OfficeRole.LEADER),
    )  # fmt: skip


def _by_name(every: Iterable[Person]) -> list[Person]:
    return sorted(every, key=lambda one: vietnamese_order(one.name))


def _named(name: str, load: int) -> str:
    return label("web_admin", "with_load", name=name, count=load) if load else name


def _sheet(v: Visit, records: Iterable[Moved], known: Mapping[str, str]) -> Response:
    rows = (
        (one.at, known.get(one.giver, one.giver), known.get(one.taker, one.taker), known.get(one.actor, one.actor))
        for one in records
    )
    return v.sheet("ban-giao", label("web_admin", "handovers"), columns("at", "giver", "taker", "actor"), rows)


def do_handover(v: Visit) -> Response:
    """All of it moves, in one act; on to the record."""
    giver, taker = v.form.need("tu", label("web_admin", "giver")), v.form.need("den", label("web_admin", "taker"))
    number = handing_over.do(v.at, giver, taker)
    if not number:
        return v.back(_HANDOVER, label("web_admin", "nothing_to_hand_over"))
    return v.back(f"{_HANDOVER}/{number}", label("web_admin", "handed_over"))


def record(v: Visit) -> Response:
    """The record of a handover, to be printed and signed."""
    number = v.part("n")
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        raise UsageError("handover_unknown", value=number[:40])
    office, _, _ = keeping.office(v.home)
    return v.page("admin-handover-record.html", record=handing_over.record(v.at, int(number)), office=office)


PAGES = (
    get(_STAND_IN, stand_ins, EVERYBODY),
    post(_STAND_IN, add_stand_in, EVERYBODY, shown=stand_ins),
    post(_STAND_IN + "/ket-thuc", end_stand_in, EVERYBODY, shown=stand_ins),
    get(_HANDOVER, handover, EVERYBODY),
    post(_HANDOVER, do_handover, EVERYBODY, shown=handover),
    get(_HANDOVER + "/{n}", record, EVERYBODY),
)
