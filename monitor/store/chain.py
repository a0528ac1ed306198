"""The hash of an event: SHA-256 over its fields in one fixed form, the previous hash among them.

The form is part of what printed heads vouch for: it is never changed, only joined by a new one with a new prefix.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from monitor.clock import iso_utc
from monitor.model.event import Happening

ROOT = "0" * 64
"""What stands for the previous hash of the first event."""


def digest(  # one keyword a field of the row
    *, n: int, at: datetime, actor: str, case: str, happened: Happening, on_behalf: str, previous: str
) -> str:
    """The hash of the event with these fields."""
    fields = [
        "v1", n, iso_utc(at), actor, case, happened.action, happened.thing, happened.before, happened.after,
        happened.why, list(happened.refs), on_behalf, previous,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()
