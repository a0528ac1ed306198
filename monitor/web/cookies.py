"""Our three cookies: the session, the device that signed in before, and a word for forms before sign-in."""

from __future__ import annotations

from starlette.responses import Response

from monitor.model.access import WebSettings

SESSION = "phien"
DEVICE = "thiet_bi"
BEFORE = "truoc"
_YEAR = 365 * 24 * 3600


def name(settings: WebSettings, plain: str) -> str:
    """Over HTTPS a name that no other host, and no page of ours sent in the clear, can set."""
    return f"__Host-{plain}" if settings.https else plain


def keep(answer: Response, settings: WebSettings, plain: str, value: str) -> None:
    """Sets one; scripts cannot read it, other sites cannot send it. The device's stays for a year."""
    answer.set_cookie(
        name(settings, plain), value, httponly=True, samesite="lax", secure=settings.https, path="/",
        max_age=_YEAR if plain == DEVICE else None,
    )  # fmt: skip


def forget(answer: Response, settings: WebSettings, plain: str) -> None:
    """Takes one away."""
    answer.delete_cookie(name(settings, plain), path="/", httponly=True, samesite="lax", secure=settings.https)
