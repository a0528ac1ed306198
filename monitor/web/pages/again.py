"""A list that a refused form stood on, shown again: with its filters and its page, at its own address."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from monitor.web.visit import Visit, own


def again(show: Callable[[Visit], Response], path: str) -> Callable[[Visit], Response]:
    """``show`` as the ``shown`` of a form on the page ``path``: the query is that of the page the form says."""

    def shown(v: Visit) -> Response:
        stood = urlsplit(own(v.form.text("_trang")))
        query = stood.query if stood.path == path else ""
        v.request = Request({**v.request.scope, "path": path, "query_string": query.encode()})
        return show(v)

    return shown
