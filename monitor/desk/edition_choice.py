"""What of an edition a reader wants, by his topics, places and units, and the words that tell him so."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.labels import label
from monitor.model.article import Article
from monitor.model.delivery import Profile
from monitor.model.edition import Laid
from monitor.report import wanting


def wants(profile: Profile, one: Laid, now: Mapping[str, Article]) -> bool:
    """Whether the reader wants this item; ``now`` are the edition's articles as they are stored today."""
    prints = (one.article, *one.others)
    tags = [article.tagging for article in prints if article.tagging]
    # What is frozen holds what is printed; which bodies it names stands with the stored article.
    current = [tag for one in prints if one.id in now and (tag := now[one.id].tagging)]
    return wanting.wants(profile, tags, bodies=wanting.bodies_in(current))


def note(profile: Profile, topics: Mapping[str, str]) -> str:
    """By what the reader's mail was chosen, in words; empty where it was not."""
    named = [topics.get(topic, topic) for topic in profile.topics]
    told = [("by_topics", named), ("by_places", list(profile.places)), ("by_units", list(profile.units))]
    chosen = [label("delivery", key, names=", ".join(names)) for key, names in told if names]
    return label("delivery", "chosen", what="; ".join(chosen)) if chosen else ""
