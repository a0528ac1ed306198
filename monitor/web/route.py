"""One row of the table of pages: address, method, handler, and who may call it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.model.people import OfficeRole, Person

if TYPE_CHECKING:
    from starlette.responses import Response

    from monitor.web.visit import Visit

    Handler = Callable[[Visit], Response]


@dataclass(frozen=True, kw_only=True)
class Who:
    """Who may call a page; what he may do and see there is ``desk``'s to say."""

    roles: frozenset[OfficeRole] = frozenset()
    public: bool = False

    def admits(self, person: Person | None) -> bool:
        """Whether this person, or nobody signed in, comes through."""
        return self.public or (person is not None and person.has(*self.roles))


R = OfficeRole
PUBLIC = Who(public=True)
EVERYBODY = Who(roles=frozenset(R))
"""Whoever is signed in."""
DESK = Who(roles=frozenset({R.LEADER, R.PRESS, R.CLERK, R.UNIT}))
"""Who works on cases; the one who only keeps the program does not."""
OFFICE = Who(roles=frozenset({R.LEADER, R.PRESS, R.CLERK}))
"""The federation's own people."""
EDITORS = Who(roles=frozenset({R.LEADER, R.PRESS}))
LEADERS = Who(roles=frozenset({R.LEADER}))
CLERKS = Who(roles=frozenset({R.CLERK, R.PRESS}))
KEEPERS = Who(roles=frozenset({R.ADMIN}))
"""Who keeps the program: people, bodies, settings."""
SOURCES = Who(roles=frozenset({R.ADMIN, R.PRESS}))


@dataclass(frozen=True, kw_only=True)
class Page:
    """``shown`` is the page a refused form stood on: it is shown again with what was typed and the reason."""

    method: str
    path: str
    handle: Handler
    who: Who
    shown: Handler | None = None
    uploads: bool = False
    quiet: bool = False
    """Asked by the page itself now and then: no use of the session, and no page to show a message on."""

    @property
    def name(self) -> str:
        """Unique among all pages."""
        return f"{self.method} {self.path}"


def get(path: str, handle: Handler, who: Who, *, quiet: bool = False) -> Page:
    """A page to read. ``quiet``: a piece that an open page asks for by itself."""
    return Page(method="GET", path=path, handle=handle, who=who, quiet=quiet)


def post(path: str, handle: Handler, who: Who, *, shown: Handler | None = None, uploads: bool = False) -> Page:
    """A form's target. ``uploads``: files may come with it."""
    return Page(method="POST", path=path, handle=handle, who=who, shown=shown, uploads=uploads)
