"""When something came out, as a person types it: the day, and the hour only where it was really understood.

``dates.parse`` looks for the first date in any text and may leave an hour that stands apart from it. For a page of the
press that is harmless; here the hour of a broadcast goes into a letter, so an hour that was typed and not understood
is asked back and never becomes midnight.
"""

from __future__ import annotations

import re
from datetime import datetime

from monitor import clock, dates
from monitor.errors import InputError
from monitor.text import clean

_BETWEEN = re.compile(r"(?<=\d)(?:\s*[,;]?\s*(?:vào\s+)?lúc\s+|\s+[-–]\s+|\s*[,;]\s*)(?=\d{1,2}\s*(?:[:hg]|giờ))", re.I)
_MIDNIGHT = re.compile(r"(?<!\d)(?:0{1,2}\s*(?:[:hg]|giờ)\s*00|12\s*[:hg]\s*00(?::00)?\s*(?:AM|SA)\b)", re.I)


def moment(said: str) -> tuple[datetime, bool]:
    """The instant in UTC and whether an hour was said. Raises InputError for no date, or an hour not understood."""
    text = _BETWEEN.sub(" ", clean(said))
    found = dates.parse(text)
    if found is None:
        raise InputError("bad_date", value=said[:60])
    if not dates.has_clock(text):
        return found, False
    local = clock.local(found)
    if (local.hour, local.minute) == (0, 0) and not _MIDNIGHT.search(text):
        raise InputError("bad_moment", value=said[:60])
    return found, True
