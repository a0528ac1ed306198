"""A message by a Zalo bot: ``zalobot://TOKEN/CHAT`` in the place of an apprise address, for apprise has no such way.

One POST to the bot platform's ``sendMessage`` with ``chat_id`` and ``text`` (1 to 2,000 characters). A refusal comes as
``{"ok": false, …}``, with the status 200 too, so that the answer's body decides. The token is part of the address that
is asked: neither goes into a reason, a log or an exception.

Source: the platform's own pages (bot.zaloplatforms.com/docs, read in copies of October 2026); never tried on the
platform itself, which an office does with "Gửi thử".
"""

from __future__ import annotations

import re

import httpx

from monitor.labels import label
from monitor.model.delivery import Failure, FailureKind, Sent

SCHEME = "zalobot://"
API = "https://bot-api.zaloplatforms.com"
_ADDRESS = re.compile(r"zalobot://(?P<token>[\w.~-]+:[\w.~-]+)/(?P<chat>[\w.~-]+)/?")
_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
_MOST = 64 * 1024
_CONFIGURED = (400, 401, 403, 404)
"""Statuses, and the platform's own codes, that trying again alone does not mend: a wrong token or chat."""


def send(address: str, text: str, *, api: str = API) -> Sent | Failure:
    """Hands ``text`` to the bot. ``api`` is the platform's address, another one for tests."""
    found = _ADDRESS.fullmatch(address.strip())
    if found is None:
        return Failure(kind=FailureKind.TEMPORARY, reason=label("delivery", "zalo_address"), closed=True)
    try:
        with httpx.Client(timeout=_TIMEOUT, follow_redirects=False) as client:
            answer = client.post(
                f"{api}/bot{found['token']}/sendMessage", json={"chat_id": found["chat"], "text": text}
            )
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError):
        return Failure(kind=FailureKind.TEMPORARY, reason=label("delivery", "zalo_unreached"), closed=True)
    except httpx.HTTPError:
        # All of it may have arrived before the line broke.
        return Failure(kind=FailureKind.UNKNOWN, reason=label("delivery", "zalo_no_answer"))
    return _judged(answer)


def _judged(answer: httpx.Response) -> Sent | Failure:
    told = _body(answer)
    if answer.is_success and told.get("ok") is True:
        result = told.get("result")
        return Sent(reply=str(result.get("message_id", ""))[:80] if isinstance(result, dict) else "")
    code = told.get("error_code")
    number = code if isinstance(code, int) and not answer.is_error else answer.status_code
    detail = " ".join(str(told.get("description") or "").split())[:120]
    wrong = number in _CONFIGURED
    reason = label("delivery", "zalo_refused" if wrong else "zalo_failed", code=number, detail=detail or "–")
    return Failure(kind=FailureKind.TEMPORARY, reason=reason, closed=wrong)


def _body(answer: httpx.Response) -> dict[str, object]:
    if len(answer.content) > _MOST:
        return {}
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
