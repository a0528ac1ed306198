"""What a look leaves behind: the page as it is known now with its next look, and the sentence for a person."""

from __future__ import annotations

from dataclasses import replace

from monitor.jobs.look import reason
from monitor.jobs.watching import Examined, Look
from monitor.labels import label
from monitor.model.fetch import Status
from monitor.model.watch import LookOutcome, Watched
from monitor.model.watching import WatchSettings
from monitor.watch import after_failure, next_look


def page_after(look: Look, found: Examined, rules: WatchSettings) -> Watched:
    """The page after a look: what is known, and when it is due again."""
    page, moved, rhythm = look.page, found.advance, rules.rhythm
    page = replace(
        page, state=moved.state, pending=moved.pending, looks=page.looks + 1, looked=look.at, status=look.status
    )
    if moved.rebase and found.snapshot:
        page = replace(page, base=found.snapshot.sha256, digest=found.digest)
    elif look.base is not None and not page.digest and not moved.pending.units and not moved.changes:
        # The first look found the page as it was: from now on equal digests need no comparison.
        page = replace(page, digest=found.digest if found.standing.outcome is LookOutcome.PRESENT else "")
    if found.standing.outcome is LookOutcome.UNKNOWN:
        failures = page.failures + 1
        again = after_failure(failures=failures, now=look.at, rhythm=rhythm, wait=look.answer.retry_after)
        return replace(page, failures=failures, next=again)
    step = 0 if found.changes or look.page.looks == 0 else page.step + 1
    again = next_look(reason=page.reason, step=step, now=look.at, rhythm=rhythm, waiting=moved.waiting, due=page.due)
    # A look that only confirms is no step.
    return replace(page, failures=0, next=again, step=page.step if moved.waiting else step)


def sentence(look: Look, found: Examined) -> str:
    """The sentence for a person about a look that told nothing of the article; empty where there is nothing to say."""
    if look.status is Status.GONE and found.standing.outcome is LookOutcome.REMOVED:
        return label("watch", "waiting_removed") if found.advance.waiting else ""
    if look.status not in (Status.OK, Status.EMPTY):
        return label("watch", "unknown", reason=reason(look.status, look.answer.detail, look.answer.retry_after))
    if found.standing.outcome is LookOutcome.UNKNOWN:
        if found.standing.detail == "layout":
            return label("watch", "unknown_layout")
        return label("watch", "unknown_page", detail=found.standing.detail)
    if found.advance.pending.away is not None:
        return label("watch", "waiting_removed")
    return label("watch", "waiting_text") if found.advance.pending.units else ""
