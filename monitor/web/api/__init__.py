"""``/api/v1``: the desk's reads and acts for programs, with a person's token and his rights. No cookie counts here.

    request ──▶ whole (size) ──▶ door: token ▶ may this role? ──▶ shapes checked ──▶ handler: one call to desk ──▶ JSON
                                   └─ refused ──▶ {"error": key, "message": in words}

``table`` says what a row of ``ROUTES`` is, ``reads`` and ``acts`` hold the handlers, ``values`` and ``shapes_*`` what
comes in and goes out: the only place where shapes are pydantic's.
"""

from monitor.web.api.app import ROUTES, InJson, build
from monitor.web.api.table import ApiRoute

__all__ = ["ROUTES", "ApiRoute", "InJson", "build"]
