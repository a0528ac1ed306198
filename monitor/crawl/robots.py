"""robots.txt: read by protego, kept by host for a day, and what its absence or failure means (RFC 9309).

4xx: there are no rules. 5xx or unreachable: the host is not asked now, and the reason is the host's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

from monitor.model.fetch import Response, Status
from monitor.text import decode

KEEP = timedelta(hours=24)
_MAX = 512 * 1024
_MAX_DELAY = 30.0


@dataclass(frozen=True, kw_only=True)
class Robots:
    """One host's rules as text, when they were read, and why (and for how many seconds) it cannot be asked, if so."""

    host: str
    text: str
    read: datetime
    failure: Status | None = None
    detail: str = ""
    retry_after: float | None = None

    def fresh(self, now: datetime) -> bool:
        """A failure is not kept beyond the round it happened in; rules are kept for a day."""
        return self.failure is None and now - self.read < KEEP


def from_response(host: str, answer: Response, now: datetime) -> Robots:
    """What the answer to GET /robots.txt means for the host."""
    if answer.status is Status.OK:
        text = decode(answer.body[:_MAX], answer.header("content-type"))
        # A web page where robots.txt was due (a challenge, a portal that answers everything) holds no rules.
        return Robots(host=host, text="" if text.lstrip()[:1] == "<" else text, read=now)
    missing = answer.status in (Status.GONE, Status.REDIRECT_LOOP, Status.TOO_LARGE) or 400 <= answer.code < 500
    if missing and answer.status is not Status.ASKED_TO_WAIT:
        return Robots(host=host, text="", read=now)
    return Robots(
        host=host, text="", read=now, failure=answer.status, detail=answer.detail, retry_after=answer.retry_after
    )


class RobotsBook:
    """The rules of all hosts met so far; ``changed`` are those read in this round."""

    def __init__(self, known: tuple[Robots, ...] = ()) -> None:
        self._known = {rules.host: rules for rules in known}
        self._parsed: dict[str, Protego] = {}
        self.changed: dict[str, Robots] = {}

    def get(self, host: str, now: datetime) -> Robots | None:
        """The rules of a host if they are fresh; a failure of this very round counts as known."""
        found = self._known.get(host)
        return found if found and (found.fresh(now) or host in self.changed) else None

    def put(self, rules: Robots) -> None:
        """Keeps what was read just now."""
        self._known[rules.host] = rules
        self.changed[rules.host] = rules
        self._parsed.pop(rules.host, None)

    def _rules(self, host: str) -> Protego:
        if host not in self._parsed:
            self._parsed[host] = Protego.parse(self._known[host].text)
        return self._parsed[host]

    def allows(self, host: str, url: str, agent: str) -> bool:
        """Whether the host's rules let our agent read this URL."""
        return bool(self._rules(host).can_fetch(url, agent))

    def delay(self, host: str, agent: str) -> float:
        """Seconds the host wants between two requests, within reason."""
        said = self._rules(host).crawl_delay(agent) if host in self._known else None
        return min(max(0.0, float(said or 0.0)), _MAX_DELAY)

    def sitemaps(self, host: str) -> tuple[str, ...]:
        """The sitemaps the host announces."""
        return tuple(self._rules(host).sitemaps)[:20] if host in self._known else ()
