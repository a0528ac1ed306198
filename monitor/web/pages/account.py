"""Coming in and going out: sign-in, the first administrator, one's own account."""

from __future__ import annotations

from starlette.responses import Response

from monitor.desk import access
from monitor.errors import RefusedError, UsageError
from monitor.labels import label
from monitor.model.access import SignedIn
from monitor.model.people import OfficeRole, Person
from monitor.web import cookies
from monitor.web.route import EVERYBODY, PUBLIC, get, post
from monitor.web.visit import Visit, own


def start(v: Visit) -> Response:
    """The first page of each role: the queue for the press officer, one's own tasks for everybody else."""
    if v.me is None:
        return v.to("/dang-nhap")
    if v.me.roles == (OfficeRole.ADMIN,):
        return v.to("/quan-tri")
    return v.to("/hop-tin" if v.me.has(OfficeRole.PRESS) else "/viec")


def sign_in_page(v: Visit) -> Response:
    """The sign-in form."""
    if v.me is not None and not v.wrong:
        return v.to("/")
    return v.page("sign-in.html", den=own(v.form.text("den") or v.query.get("den", "")), typed=())


def sign_in(v: Visit) -> Response:
    """Login and password become a session."""
    key = cookies.name(v.settings, cookies.DEVICE)
    done = access.sign_in(
        v.home, v.db, v.form.text("login"), (v.form.fields.get("password") or [""])[0],
        address=_address(v), device=v.request.cookies.get(key, ""), agent=v.request.headers.get("user-agent", "")[:200],
        now=v.now,
    )  # fmt: skip
    return _signed_in(v, done, own(v.form.text("den")) or "/")


def _signed_in(v: Visit, done: SignedIn, path: str) -> Response:
    answer = v.to(path)
    cookies.keep(answer, v.settings, cookies.SESSION, done.secret)
    cookies.keep(answer, v.settings, cookies.DEVICE, done.device)
    return answer


def _address(v: Visit) -> str:
    return v.request.client.host if v.request.client else ""


def sign_out(v: Visit) -> Response:
    """Ends this session."""
    if v.session is not None:
        access.end_session(v.db, v.session.id, v.now)
    answer = v.to("/dang-nhap")
    cookies.forget(answer, v.settings, cookies.SESSION)
    return answer


def first_page(v: Visit) -> Response:
    """Where the link printed at the first start leads: the first administrator."""
    person = access.first_link_person(v.db, v.part("secret"), v.now)
    return v.page("first.html", person=person, secret=v.part("secret"))


def first(v: Visit) -> Response:
    """Makes the first administrator, or gives the one there is a password."""
    login, password = v.form.need("login", label("web_account", "login")), _twice(v)
    person = access.use_first_link(
        v.home, v.db, v.part("secret"), name=v.form.text("name"), login=login, password=password, now=v.now
    )
    return _signed_in(v, _fresh(v, person), "/")


def _fresh(v: Visit, person: Person) -> SignedIn:
    device = v.request.cookies.get(cookies.name(v.settings, cookies.DEVICE), "")
    agent = v.request.headers.get("user-agent", "")[:200]
    return access.enter(v.home, v.db, person, address=_address(v), device=device, agent=agent, now=v.now)


def _twice(v: Visit) -> str:
    one, two = ((v.form.fields.get(name) or [""])[0] for name in ("password", "again"))
    if one != two:
        raise UsageError("passwords_differ")
    return one


def renew_page(v: Visit) -> Response:
    """Where a link for setting one's password leads."""
    person = access.password_link_person(v.db, v.part("secret"), v.now)
    return v.page("renew.html", person=person, secret=v.part("secret"))


def renew(v: Visit) -> Response:
    """Sets the password that the link is for."""
    password = _twice(v)
    person = access.use_password_link(v.home, v.db, v.part("secret"), password, now=v.now)
    return _signed_in(v, _fresh(v, person), "/")


def account(v: Visit) -> Response:
    """One's own account: password, sessions, token."""
    assert v.me is not None and v.session is not None
    return v.page(
        "account.html", sessions=access.sessions_of(v.db, v.me), here=v.session.id,
        token=access.token_of(v.db, v.me), secret="",
    )  # fmt: skip


def change_password(v: Visit) -> Response:
    """A new password for oneself; the old one is asked for."""
    assert v.me is not None and v.session is not None
    if not access.is_password(v.db, v.me, (v.form.fields.get("old") or [""])[0]):
        raise RefusedError("password_old_wrong")
    access.set_password(v.home, v.db, v.me.id, _twice(v), by=v.me, now=v.now, but=v.session.id)
    return v.back("/tai-khoan", label("web_account", "password_changed"))


def end_session(v: Visit) -> Response:
    """Ends one of one's sessions, or all others."""
    assert v.me is not None and v.session is not None
    wanted = v.form.text("session")
    if wanted == "others":
        access.end_all(v.db, v.me, v.now, but=v.session.id)
    elif wanted in {one.id for one in access.sessions_of(v.db, v.me)}:
        access.end_session(v.db, wanted, v.now)
    return v.back("/tai-khoan", label("web_account", "session_ended"))


def make_token(v: Visit) -> Response:
    """A token for programs, shown this once."""
    assert v.me is not None and v.session is not None
    secret = access.make_token(v.db, v.me, v.now)
    return v.page(
        "account.html", sessions=access.sessions_of(v.db, v.me), here=v.session.id,
        token=access.token_of(v.db, v.me), secret=secret,
    )  # fmt: skip


def end_token(v: Visit) -> Response:
    """Takes the token back."""
    assert v.me is not None
    access.end_token(v.db, v.me, v.now)
    return v.back("/tai-khoan", label("web_account", "token_ended"))


PAGES = (
    get("/", start, PUBLIC),
    get("/dang-nhap", sign_in_page, PUBLIC),
    post("/dang-nhap", sign_in, PUBLIC, shown=sign_in_page),
    post("/dang-xuat", sign_out, PUBLIC),
    get("/bat-dau/{secret}", first_page, PUBLIC),
    post("/bat-dau/{secret}", first, PUBLIC, shown=first_page),
    get("/dat-mat-khau/{secret}", renew_page, PUBLIC),
    post("/dat-mat-khau/{secret}", renew, PUBLIC, shown=renew_page),
    get("/tai-khoan", account, EVERYBODY),
    post("/tai-khoan/mat-khau", change_password, EVERYBODY, shown=account),
    post("/tai-khoan/phien", end_session, EVERYBODY),
    post("/tai-khoan/khoa", make_token, EVERYBODY),
    post("/tai-khoan/khoa/huy", end_token, EVERYBODY),
)
