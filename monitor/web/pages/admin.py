"""Quản trị: what needs attention, the office's names, the log's soundness, the state of the folder."""

from __future__ import annotations

from starlette.responses import Response

from monitor import clock, labels
from monitor.config.provinces import PRESENT
from monitor.desk import calendar, first_days, keeping, people_change, shown
from monitor.labels import label
from monitor.text import vietnamese_order
from monitor.web.pages.admin_words import columns
from monitor.web.route import KEEPERS, get, post
from monitor.web.visit import Visit


def overview(v: Visit) -> Response:
    """Where things are, and what is missing."""
    found = people_change.lines(v.at)
    active = [one for one in found if one.person.disabled is None]
    year = clock.local(v.now).year
    office, _, _ = keeping.office(v.home)
    return v.page(
        "admin.html", active=len(active), disabled=len(found) - len(active),
        no_password=[one.person for one in active if not one.ways.password],
        unconfirmed=[n for n in (year, year + 1) if not calendar.shown(v.home, n).confirmed],
        contact=office.contact, lacking=first_days.lacking(v.at), head=keeping.log(v.at).head,
    )  # fmt: skip


def office_page(v: Visit) -> Response:
    """The office's names as its file says them."""
    found, path, own = keeping.office(v.home)
    return v.page(
        "admin-office.html", office=found, file=path, own=own,
        provinces=[(name, name) for name in sorted(PRESENT, key=vietnamese_order)], seen=shown.mark(found),
    )  # fmt: skip


def office_change(v: Visit) -> Response:
    """New names, written into the file; what is written beside them there stays."""
    names = {key: v.form.need(key, label("web_admin", key)) for key in ("name", "short", "superior", "province")}
    changed = keeping.rename(
        v.at, names | {"contact": v.form.text("contact")}, seen=v.form.text("_seen") or None
    )  # fmt: skip
    return v.back("/quan-tri/co-quan", label("web_admin", "office_kept" if changed else "nothing_changed"))


def log_page(v: Visit) -> Response:
    """The log's head and where it was printed; with ``kiem`` the whole of it checked."""
    printed = v.query.get("ma", "").split()[:50]
    report = keeping.audited(v.at, printed) if v.query.get("kiem") else None
    log = keeping.log(v.at)
    if v.wants_sheet:
        rows = ((labels.of(one.kind), one.where, str(one.head), one.at) for one in log.anchors)
        return v.sheet("ma-nhat-ky", label("web_admin", "anchors"), columns("kind", "where", "head", "at"), rows)
    return v.page("admin-log.html", log=log, report=report, printed="\n".join(printed))


def state_page(v: Visit) -> Response:
    """The database and the other sources of truth; with ``kiem`` the file is checked."""
    found = keeping.folder_state(v.at)
    if v.wants_sheet:
        rows = [(label("keeping", name), count) for name, count in found.held.rows]
        rows += [(label("keeping", one.key), one.size or 0) for one in found.places]
        return v.sheet("du-lieu", label("web_admin", "data"), columns("what", "count"), rows)
    verdict = keeping.checked(v.at) if v.query.get("kiem") else ""
    return v.page("admin-data.html", state=found, root=v.home.root, verdict=verdict)


PAGES = (
    get("/quan-tri", overview, KEEPERS),
    get("/quan-tri/co-quan", office_page, KEEPERS),
    post("/quan-tri/co-quan", office_change, KEEPERS, shown=office_page),
    get("/quan-tri/nhat-ky", log_page, KEEPERS),
    get("/quan-tri/du-lieu", state_page, KEEPERS),
)
