"""The room of stories: which items are one text, which tell of one event, and who printed first. Pure.

Article -> comparable -> sketch (to the index, and to ask it) -> same_text | same_event -> place -> first_of
"""

from monitor.stories.first import first_of
from monitor.stories.follow import FOLLOW_DAYS, RARE, same_event
from monitor.stories.join import Placing, place
from monitor.stories.plain import Comparable, comparable
from monitor.stories.same import REPRINT_DAYS, same_text
from monitor.stories.sketch import Sketch, sketch

__all__ = [
    "FOLLOW_DAYS",
    "RARE",
    "REPRINT_DAYS",
    "Comparable",
    "Placing",
    "Sketch",
    "comparable",
    "first_of",
    "place",
    "same_event",
    "same_text",
    "sketch",
]
