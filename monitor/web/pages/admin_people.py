"""Quản trị: people, what they may do, and their ways in."""

from __future__ import annotations

from starlette.responses import Response

from monitor import labels
from monitor.desk import access, people, people_change, shown
from monitor.desk.people_change import PersonLine, Told
from monitor.errors import UsageError
from monitor.labels import label
from monitor.model.access import LinkKind
from monitor.model.people import OfficeRole
from monitor.store import people as store
from monitor.web.pages.admin_words import bodies, columns, roles
from monitor.web.route import KEEPERS, get, post
from monitor.web.visit import Visit

_LIST = "/quan-tri/nguoi-dung"
_PAGE = 50


def listed(v: Visit) -> Response:
    """Everybody, or as an Excel file."""
    found = people_change.lines(v.at)
    if v.wants_sheet:
        heads = columns("id", "name", "title", "roles", "unit", "login", "password", "last", "sessions", "disabled")
        return v.sheet("nguoi-dung", label("web_admin", "people"), heads, map(_row, found))
    pages = max(1, -(-len(found) // _PAGE))
    at = min(max(1, v.whole("trang", 1)), pages)
    return v.page(
        "admin-people.html", people=found[(at - 1) * _PAGE : at * _PAGE], total=len(found), page=at, pages=pages,
        roles=roles(), units=bodies(store.units(v.db)),
    )  # fmt: skip


def _row(one: PersonLine) -> tuple[object, ...]:
    who = one.person
    said = ", ".join(labels.of(role) for role in who.roles)
    return (
        who.id, who.name, who.title, said, one.unit, who.login, one.ways.password, one.ways.last, one.ways.sessions,
        who.disabled,
    )  # fmt: skip


def _told(v: Visit) -> Told:
    chosen = []
    for said in v.form.many("roles"):
        if said not in {role.value for role in OfficeRole}:
            raise UsageError("field_no_choice", what=label("web_admin", "col_roles"), value=said[:60])
        chosen.append(OfficeRole(said))
    return Told(
        name=v.form.need("name", label("people", "name")), roles=tuple(dict.fromkeys(chosen)),
        unit=v.form.text("unit"), title=v.form.text("title"), login=v.form.text("login"),
    )  # fmt: skip


def add(v: Visit) -> Response:
    """A new person; on to his page, where the link for a password is made."""
    told = _told(v)
    made = people.add_person(
        v.db, v.at.actor, told.name, told.roles, unit=told.unit, title=told.title, login=told.login, now=v.now
    )
    return v.back(f"{_LIST}/{made.id}", label("web_admin", "person_added", name=made.name))


def one(v: Visit) -> Response:
    """One person."""
    return _one(v)


def _one(v: Visit, link: str = "") -> Response:
    found = people_change.line(v.at, v.part("id"))
    return v.page(
        "admin-person.html", line=found, who=found.person, roles=roles(), units=bodies(store.units(v.db)), link=link,
        base=f"{_LIST}/{found.person.id}", sign_in=access.sign_in_name(found.person),
        sessions=access.sessions_of(v.db, found.person), seen=shown.mark(found.person),
    )  # fmt: skip


def change(v: Visit) -> Response:
    """What is said of him, replaced."""
    after = people_change.change(v.at, v.part("id"), _told(v), seen=v.form.text("_seen") or None)
    return v.back(f"{_LIST}/{after.id}", label("web_admin", "person_kept", name=after.name))


def link(v: Visit) -> Response:
    """A link to set a password, shown this once: only its hash is stored."""
    secret = access.password_link(v.at, v.part("id"))
    scheme = "https" if v.settings.https else v.request.url.scheme
    return _one(v, f"{scheme}://{v.request.headers['host']}{LinkKind.PASSWORD.path(secret)}")


def end_sessions(v: Visit) -> Response:
    """Signs him out everywhere."""
    done = access.end_sessions(v.at, v.part("id"))
    return v.back(f"{_LIST}/{v.part('id')}", label("web_admin", "sessions_ended", count=done))


def end_token(v: Visit) -> Response:
    """His programs come in no more."""
    access.take_token(v.at, v.part("id"))
    return v.back(f"{_LIST}/{v.part('id')}", label("web_admin", "token_ended"))


def disable(v: Visit) -> Response:
    """He acts no more."""
    gone = people.disable_person(v.db, v.at.actor, v.part("id"), now=v.now)
    return v.back(
        f"{_LIST}/{gone.id}", label("web_admin", "person_disabled", name=gone.name),
        undo=f"{_LIST}/{gone.id}/mo-lai",
    )  # fmt: skip


def reinstate(v: Visit) -> Response:
    """He acts again."""
    back = people_change.reinstate(v.at, v.part("id"))
    return v.back(f"{_LIST}/{back.id}", label("web_admin", "person_back", name=back.name))


def erase(v: Visit) -> Response:
    """His personal data goes for good; who does it says so once more."""
    if not v.form.has("sure"):
        raise UsageError("field_missing", what=label("web_admin", "erase_sure"))
    gone = people.erase_person(v.db, v.at.actor, v.part("id"), now=v.now)
    return v.back(f"{_LIST}/{gone.id}", label("web_admin", "person_erased", id=gone.id))


_ONE = _LIST + "/{id}"
PAGES = (
    get(_LIST, listed, KEEPERS),
    post(_LIST, add, KEEPERS, shown=listed),
    get(_ONE, one, KEEPERS),
    post(_ONE, change, KEEPERS, shown=one),
    post(_ONE + "/lien-ket", link, KEEPERS, shown=one),
    post(_ONE + "/ket-thuc-phien", end_sessions, KEEPERS, shown=one),
    post(_ONE + "/huy-khoa", end_token, KEEPERS, shown=one),
    post(_ONE + "/ngung", disable, KEEPERS, shown=one),
    post(_ONE + "/mo-lai", reinstate, KEEPERS, shown=one),
    post(_ONE + "/xoa", erase, KEEPERS, shown=one),
)
