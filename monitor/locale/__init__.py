"""The command line's own words in Vietnamese: "Usage:", "No such option" and the rest of what click says.

click asks the default gettext domain ("messages") for each sentence, some of them already while a command is
being declared. So ``install`` runs before the first module that declares commands is imported.
The catalogue is ``vi/LC_MESSAGES/messages.po``; after a change compile it with
``pybabel compile -d monitor/locale -l vi`` (a test compares the two).
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

FOLDER = Path(__file__).parent
DOMAIN = "messages"


def install() -> None:
    """Make gettext answer in Vietnamese for the rest of the process, whatever the system's locale is.

    ``LANGUAGE`` is overwritten, not just filled in: many English desktops set it, and half a page in English
    and half in Vietnamese helps nobody. May be called any number of times.
    """
    os.environ["LANGUAGE"] = "vi"
    gettext.bindtextdomain(DOMAIN, FOLDER)
    gettext.textdomain(DOMAIN)
