"""Pages looked at again: what changed, whether the article still stands, and whether it was corrected. Pure.

    Extracted, html --seen--> Seen --standing--> present | removed | redirected | unknown
    Seen, Seen --compare--> Difference --advance--> Change (told once), Pending
    lines --notices--> Notice --check--> CorrectionFound
    next_look            when to look again

Nothing here asks the network or the database.
"""

from monitor.watch.compare import Difference, compare
from monitor.watch.correction import Work, check, names_work
from monitor.watch.diff import readable
from monitor.watch.notice import Notice, heads, notices, of_article
from monitor.watch.page import Line, Visible, visible
from monitor.watch.plan import after_failure, next_look, story_until
from monitor.watch.seen import Seen, Standing, seen, standing
from monitor.watch.step import Advance, advance

__all__ = [
    "Advance",
    "Difference",
    "Line",
    "Notice",
    "Seen",
    "Standing",
    "Visible",
    "Work",
    "advance",
    "after_failure",
    "check",
    "compare",
    "heads",
    "names_work",
    "next_look",
    "notices",
    "of_article",
    "readable",
    "seen",
    "standing",
    "story_until",
    "visible",
]
