"""The way in and out of every page: limits, session, role, CSRF, the sitting; and each error's own page.

form read (limited) ──▶ in a worker thread: database ▶ session ▶ may this role? ▶ is the form ours? ▶ sitting ▶ handler
                                                 └─ refused ──▶ the form's page again, with what was typed and why
"""

from __future__ import annotations

import hmac
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import Response

from monitor import clock
from monitor.config import Home
from monitor.desk import access
from monitor.desk.naming import named
from monitor.desk.sitting import seated
from monitor.errors import ConfigError, ConflictError, MonitorError, RefusedError, StoreError, UsageError
from monitor.labels import label, wording
from monitor.model.access import Session, WebSettings
from monitor.store.db import hurry, opened
from monitor.web import cookies
from monitor.web.form import Form
from monitor.web.route import PUBLIC, Page
from monitor.web.visit import Visit, own

log = logging.getLogger("monitor.web")
_FIELDS = 2000
_FILES = 20
_TEXT_PART = 4 * 1024 * 1024
_PATIENCE = 10.0
"""Seconds that a page waits for another writer (a round of collecting, an import)."""
_SAFE_SITES = ("same-origin", "none")

Endpoint = Callable[[Request], Awaitable[Response]]


def endpoint(home: Home, settings: WebSettings, page: Page) -> Endpoint:
    """The page as Starlette calls it."""

    async def call(request: Request) -> Response:
        form = await _read(request, page) if page.method == "POST" else Form()
        try:
            return await run_in_threadpool(_walk, home, settings, page, request, form)
        finally:
            form.close()

    return call


async def _read(request: Request, page: Page) -> Form:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise HTTPException(415)
    try:
        sent = await request.form(
            max_files=_FILES if page.uploads else 0, max_fields=_FIELDS, max_part_size=_TEXT_PART
        )  # fmt: skip
    except (MultiPartException, ValueError) as error:
        raise HTTPException(400) from error
    fields: dict[str, list[str]] = {}
    files: dict[str, list[UploadFile]] = {}
    for name, value in sent.multi_items():
        if isinstance(value, UploadFile):
            files.setdefault(name, []).append(value)
        else:
            fields.setdefault(name, []).append(value)
    return Form(fields=fields, files=files)


def _walk(home: Home, settings: WebSettings, page: Page, request: Request, form: Form) -> Response:
    now = clock.now()
    try:
        with opened(home.database) as db:
            secret = request.cookies.get(cookies.name(settings, cookies.SESSION), "")
            hurry(db, _PATIENCE)
            session = access.session_of(db, secret, settings, now, touch=not page.quiet) if secret else None
            visit = Visit(
                request=request, route=page, home=home, settings=settings, db=db, now=now, form=form, session=session,
                csrf=_token(request, settings, session),
            )  # fmt: skip
            answer = _come_in(visit)
            if session is None and visit.route.who.public:
                cookies.keep(answer, settings, cookies.BEFORE, visit.csrf)
            return answer
    except StoreError as error:
        log.error("store: %s", error)
        return plain_error(503, wording(error), typed=long_words(form))


def _token(request: Request, settings: WebSettings, session: Session | None) -> str:
    """What our own forms carry: the session's word, before sign-in one that also lies in a cookie."""
    if session is not None:
        return session.csrf
    kept = request.cookies.get(cookies.name(settings, cookies.BEFORE), "")
    return kept if len(kept) >= 32 else secrets.token_urlsafe(32)


def _come_in(v: Visit) -> Response:
    if v.session is None and not v.route.who.public:
        return _sign_in_first(v)
    if v.session is not None:
        try:
            v.seated = seated(v.home, v.db, v.session.person.id, now=v.now)
        except MonitorError:
            if not v.route.who.public:
                return _sign_in_first(v)
    if not _admitted(v):
        return error_page(v, 403, label("web", "other_role"))
    if v.route.method == "POST":
        if not _ours(v):
            return error_page(v, 403, label("web", "foreign_form"))
        try:
            _as_seen(v)
            return v.route.handle(v)
        except MonitorError as error:
            return _again(v, error)
    try:
        return v.route.handle(v)
    except MonitorError as error:
        return error_page(v, _status(error, reading=True), _words(v, error))


def _admitted(v: Visit) -> bool:
    """Whether the page is for him: by his own roles, else in the place of one he stands in for today, which is then
    said with all he does there."""
    if v.route.who.admits(v.me):
        return True
    if v.seated is None:
        return False
    for absent, who in zip(v.seated.acts_for, v.rights[1:], strict=False):
        if v.route.who.admits(who):
            v.seated = seated(v.home, v.db, v.seated.actor.id, on_behalf=absent, now=v.now)
            return True
    return False


def _ours(v: Visit) -> bool:
    """Whether the form came from a page of ours: by the browser's word where it gives one, and by the token."""
    site = v.request.headers.get("sec-fetch-site")
    if site is not None and site not in _SAFE_SITES:
        return False
    origin = v.request.headers.get("origin")
    if origin not in (None, "null") and origin.partition("://")[2] != v.request.headers.get("host", ""):
        return False
    return hmac.compare_digest(v.form.text("_csrf").encode(), v.csrf.encode())


def _as_seen(v: Visit) -> None:
    """The sitting expects the revision that the form showed, and acts for whom the form says."""
    revision, absent = v.revision(), v.form.text("_thay") or (v.seated.on_behalf if v.seated else "")
    if v.seated is not None and (revision is not None or absent):
        v.seated = seated(
            v.home, v.db, v.seated.actor.id, on_behalf=absent, expected=revision, now=v.now
        )  # fmt: skip


def _again(v: Visit, error: MonitorError) -> Response:
    """The page of a refused form, with what was typed; without such a page, an error page."""
    v.wrong, v.status = _words(v, error), _status(error, reading=False)
    if v.route.shown is None:
        return error_page(v, v.status, v.wrong)
    if v.seated is not None:
        v.seated = replace(v.seated, expected=None)
    _stand(v)
    try:
        return v.route.shown(v)
    except MonitorError:  # the page itself is out of reach: the reason of the refusal is what counts
        return error_page(v, v.status, v.wrong)


def _words(v: Visit, error: MonitorError) -> str:
    """Why, with names for ids."""
    case = str(v.request.path_params.get("id", ""))
    return wording(named(v.seated, error, case) if v.seated else error)


def _stand(v: Visit) -> None:
    """Puts the visit where the form stood: a list keeps its filters and its page, and its links lead on from there."""
    stood = urlsplit(own(v.form.text("_trang")))
    if stood.path:
        v.request = Request({**v.request.scope, "path": stood.path, "query_string": stood.query.encode()})


def _status(error: MonitorError, *, reading: bool) -> int:
    if isinstance(error, ConflictError):
        return 409
    if isinstance(error, RefusedError):
        return 403 if reading else 422
    if isinstance(error, UsageError):
        return 404 if reading else 422
    return 500 if isinstance(error, (ConfigError, StoreError)) else 422


def _sign_in_first(v: Visit) -> Response:
    """To the sign-in page and back. What was typed stays readable: it has not been stored."""
    if v.route.method == "GET":
        back = own(v.path + (f"?{v.request.url.query}" if v.request.url.query else ""))
        return v.to(v.link("/dang-nhap", den=back) if v.path != "/" else "/dang-nhap")
    v.status = 401
    typed = long_words(v.form)
    v.route = replace(v.route, who=PUBLIC)
    return v.page("sign-in.html", den=own(v.form.text("_trang")), typed=typed)


def long_words(form: Form) -> list[tuple[str, str]]:
    """What was typed at length: it is shown on a page that could not store it, to be copied."""
    return [(name, one) for name, found in form.fields.items() if name[:1] != "_" for one in found if len(one) > 20]


def error_page(v: Visit, status: int, message: str) -> Response:
    """What went wrong, in a sentence, with a way on."""
    v.status = status
    return v.page("error.html", message=message)


def plain_error(status: int, message: str, *, typed: Sequence[tuple[str, str]] = ()) -> Response:
    """An error page that needs neither database nor session."""
    from monitor.web.templating import render  # noqa: PLC0415

    text = render("plain-error.html", message=message, status=status, typed=typed)
    return Response(text, status, media_type="text/html")
