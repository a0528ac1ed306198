"""What a page's handler holds: the request, who came, his sitting at the desk, and the ways to answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from starlette.responses import HTMLResponse, RedirectResponse, Response

from monitor.config import Home, load_settings
from monitor.desk import access
from monitor.desk.sitting import Sitting
from monitor.errors import ConfigError, UsageError
from monitor.model.people import OfficeRole, Person
from monitor.store import people
from monitor.web import excel, templating
from monitor.web.form import Form

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams
    from starlette.requests import Request

    from monitor.model.access import Session, WebSettings
    from monitor.store.db import Database
    from monitor.web.route import Page

_SEE_OTHER = 303
_BYTES = "application/octet-stream"
_ACTIVE = (
    "text/html",
    "text/xml",
    "application/xml",
    "application/xhtml",
    "image/svg",
    "text/javascript",
    "application/javascript",
)


@dataclass(kw_only=True)
class Visit:
    """One request, from the door to the answer.

    ``wrong`` is why a form was refused; ``form`` is then what was typed and the page is shown again.
    """

    request: Request
    route: Page
    home: Home
    settings: WebSettings
    db: Database
    now: datetime
    form: Form
    seated: Sitting | None = None
    session: Session | None = None
    csrf: str = ""
    wrong: str = ""
    status: int = 200

    # -- what came --------------------------------------------------------------------------------------------------
    @property
    def at(self) -> Sitting:
        """The sitting of who is signed in; pages open to the public have none."""
        assert self.seated is not None, f"{self.route.name} is public"
        return self.seated

    @property
    def me(self) -> Person | None:
        """Who is signed in."""
        return self.seated.actor if self.seated else None

    @property
    def query(self) -> QueryParams:
        """What stands behind the question mark."""
        return self.request.query_params

    def part(self, name: str) -> str:
        """A variable part of the page's address."""
        return str(self.request.path_params[name])

    def whole(self, name: str, default: int, *, most: int = 1_000_000) -> int:
        """A number of the query, the default where it is none."""
        said = self.query.get(name, "")
        return min(int(said), most) if said.isascii() and said.isdigit() and len(said) < 12 else default

    def is_(self, *roles: str) -> bool:
        """Whether who is signed in has one of these roles; for templates."""
        return self.me is not None and self.me.has(*(OfficeRole(role) for role in roles))

    @cached_property
    def office(self) -> str:
        """The office's short name; nothing where its file cannot be read, for the page that says so has a frame too."""
        try:
            return load_settings(self.home.rules).office.short
        except ConfigError:
            return ""

    @cached_property
    def said(self) -> Mapping[str, object]:
        """What the last act left to be told, once: it is taken when a whole page asks for it."""
        nothing = {"text": "", "undo": "", "fields": {}, "taken": "", "failed": False}
        if self.session is None or self.request.method != "GET":
            return nothing
        left = access.take_flash(self.db, self.session.id)
        return nothing | json.loads(left) if left else nothing

    @cached_property
    def rights(self) -> tuple[Person, ...]:
        """Who is signed in, and he with the rights of each one he stands in for: what he may do is what one of them
        may."""
        absent = (people.get(self.db, ident) for ident in self.at.acts_for)
        return (self.at.actor, *(self.at.actor.acting_for(one) for one in absent if one is not None))

    @property
    def absent(self) -> list[str]:
        """The names of those he stands in for today."""
        return [one.name for ident in self.at.acts_for if (one := people.get(self.db, ident)) is not None]

    @property
    def path(self) -> str:
        """The page's own path."""
        return self.request.url.path

    # -- for templates ----------------------------------------------------------------------------------------------
    def link(self, /, path: str = "", **changes: object) -> str:
        """This page (or ``path``) with the present query, changed: None and "" take a field out."""
        kept = [(name, value) for name, value in self.query.multi_items() if name not in changes and name != "trang"]
        new = [(name, str(value)) for name, value in changes.items() if value not in (None, "")]
        query = urlencode(kept + new)
        return (path or self.path) + (f"?{query}" if query else "")

    def typed(self, form: str, name: str, default: object = "") -> str:
        """What was typed into the field of the form that was refused, else ``default``."""
        if self.wrong and self.form.ident == form:
            found = self.form.fields.get(name)
            return found[0] if found else ""
        return "" if default is None else str(default)

    def ticked(self, form: str, name: str, value: str, *, default: bool = False) -> bool:
        """Whether the box or option was chosen in the form that was refused, else ``default``."""
        if self.wrong and self.form.ident == form:
            return value in self.form.fields.get(name, ())
        return default

    # -- answers ----------------------------------------------------------------------------------------------------
    def page(self, template: str, /, **values: object) -> Response:
        """The template, filled; ``v`` is this visit."""
        text = templating.render(template, v=self, **values)
        return HTMLResponse(text, status_code=self.status)

    def back(
        self,
        path: str = "",
        said: str = "",
        *,
        undo: str = "",
        fields: Mapping[str, str] | None = None,
        failed: bool = False,
    ) -> Response:
        """On to another page of ours (where the form says ``_back``, there) after a change.

        ``said`` is shown there once, with a button that posts ``fields`` to ``undo`` where that is given; as a warning
        where what was asked for was tried and ``failed``.
        """
        taken = self.form.ident
        if (said or taken) and self.session is not None:
            note = {"text": said, "undo": undo, "fields": dict(fields or {}), "taken": taken, "failed": failed}
            access.flash(self.db, self.session.id, json.dumps(note, ensure_ascii=False))
        asked = self.form.text("_back")
        return RedirectResponse(own(asked) or path or self.path, status_code=_SEE_OTHER)

    def to(self, path: str) -> Response:
        """On to another page of ours."""
        return RedirectResponse(path, status_code=_SEE_OTHER)

    def download(self, body: bytes | str, name: str, media_type: str) -> Response:
        """A file to keep, never shown in the page's own rights."""
        raw = body.encode() if isinstance(body, str) else body
        plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
        headers = {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"}
        # Attached or not: what a browser could take for a page of ours goes out as bytes.
        plain_type = _BYTES if media_type.startswith(_ACTIVE) else media_type
        return Response(raw, media_type=plain_type, headers=headers)

    def sheet(self, name: str, title: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Response:
        """The list as an Excel file; no cell of it is a formula."""
        return self.download(excel.workbook(title, columns, rows), f"{name}.xlsx", excel.MEDIA_TYPE)

    @property
    def wants_sheet(self) -> bool:
        """Whether the list was asked for as an Excel file."""
        return self.query.get("xuat") == "xlsx"

    def revision(self) -> int | None:
        """The revision of the thing that the form showed."""
        said = self.form.text("_revision")
        if said and not (said.isascii() and said.isdigit()):
            raise UsageError("form_stale")
        return int(said) if said else None


def own(address: str) -> str:
    """The address where it is one of our own pages, else nothing: nobody is sent elsewhere from here."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if plain and "\\" not in address and all(c.isprintable() for c in address) else ""
