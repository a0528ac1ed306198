"""Gửi đi: what leaves the office, what failed and why; tried again or let be, and each message as it goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from starlette.responses import Response

from monitor.config.deliver import load_deliver
from monitor.desk import outgoing, readers
from monitor.labels import label, of
from monitor.model.delivery import Message, MessageState
from monitor.web.route import OFFICE, get, post
from monitor.web.visit import Visit

S = MessageState
_PAGE, _DONE = 50, 500
_ORDER = (S.FAILED, S.MAYBE_SENT, S.SENDING, S.QUEUED, S.SENT, S.DROPPED)
_GROUPS: dict[str, tuple[MessageState, ...]] = {
    "": _ORDER,
    "loi": (S.FAILED,),
    "cho": (S.MAYBE_SENT, S.SENDING, S.QUEUED),
    "xong": (S.SENT, S.DROPPED),
}
_COLUMNS = ("kind", "subject", "reader", "address", "state", "error", "tries", "made", "next_try", "sent_at")


def shelf(v: Visit) -> Response:
    """What failed first, then what waits, then what went; the whole of it as an Excel file."""
    every = sorted(outgoing.messages(v.at, done=_DONE), key=lambda one: _ORDER.index(one.state))
    group = v.query.get("tinh-trang", "")
    group = group if group in _GROUPS else ""
    found = [one for one in every if one.state in _GROUPS[group]]
    if v.wants_sheet:
        heads = [label("web_outbox", f"col_{one}") for one in _COLUMNS]
        return v.sheet("gui-di", label("web_outbox", "title"), heads, _rows(found))
    pages = max(1, -(-len(found) // _PAGE))
    page = min(max(1, v.whole("trang", 1)), pages)
    settings = load_deliver(v.home.rules)
    return v.page(
        "outbox.html", rows=found[(page - 1) * _PAGE : page * _PAGE], total=len(found), page=page, pages=pages,
        counts={key: sum(one.state in states for one in every) for key, states in _GROUPS.items()}, group=group,
        can_retry=outgoing.can_retry, can_drop=outgoing.can_drop, quiet=settings.quiet, keeps=readers.may(v.at.actor),
        unset=not settings.smtp.host and not settings.channels, nobody=not any(p.addresses for p in settings.profiles),
    )  # fmt: skip


def _rows(found: Sequence[Message]) -> Iterator[tuple[object, ...]]:
    for one in found:
        yield (
            of(one.kind), one.subject, one.reader, one.address, of(one.state), one.error, one.tries, one.made,
            one.next_try, one.sent_at,
        )  # fmt: skip


def show(v: Visit) -> Response:
    """One message as it goes, with what became of it."""
    found, open_ = outgoing.message(v.at, v.part("id"))
    return v.page(
        "outbox-message.html", m=found, open=open_, can_retry=outgoing.can_retry(found),
        can_drop=outgoing.can_drop(found),
    )  # fmt: skip


def retry(v: Visit) -> Response:
    """It is tried again, and now."""
    done = outgoing.retry(v.at, v.part("id"))
    return v.back(f"/gui-di/{done.id}", label("web_outbox", "again"))


def drop(v: Visit) -> Response:
    """It is not tried any more."""
    done = outgoing.drop(v.at, v.part("id"))
    return v.back(f"/gui-di/{done.id}", label("web_outbox", "dropped"))


PAGES = (
    get("/gui-di", shelf, OFFICE),
    get("/gui-di/{id}", show, OFFICE),
    post("/gui-di/{id}/gui-lai", retry, OFFICE, shown=shelf),
    post("/gui-di/{id}/bo", drop, OFFICE, shown=shelf),
)
