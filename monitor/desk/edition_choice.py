"""What of an edition a reader wants, by his topics, places and units, and the words that tell him so."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.labels import label
from monitor.model.article import Article
from monitor.model.delivery import Profile
from monitor.model.edition import Laid
from monitor.model.tag import Role
from monitor.text import one_tone_spelling


def wants(profile: Profile, one: Laid, now: Mapping[str, Article]) -> bool:
    """Whether the reader wants this item; ``now`` are the edition's articles as they are stored today."""
    prints = (one.article, *one.others)
    tags = [article.tagging for article in prints if article.tagging]
    topics = {topic.id for tag in tags for topic in tag.topics}
    places = {_same(name) for tag in tags for place in tag.places for name in (place.name, place.present)}
    # What is frozen holds what is printed; which bodies it names stands with the stored article.
    current = [now[a.id].tagging for a in prints if a.id in now]
    bodies = [
        _same(said)
        for tag in current
        if tag
        for body in tag.organisations
        if body.role is not Role.PASSING
        for said in (body.name, body.text)
    ]
    return (
        (not profile.topics or not topics.isdisjoint(profile.topics))
        and (not profile.places or any(_same(name) in places for name in profile.places))
        and (not profile.units or any(_same(unit) in body for unit in profile.units for body in bodies))
    )


def _same(name: str) -> str:
    return one_tone_spelling(name).casefold()


def note(profile: Profile, topics: Mapping[str, str]) -> str:
    """By what the reader's mail was chosen, in words; empty where it was not."""
    named = [topics.get(topic, topic) for topic in profile.topics]
    told = [("by_topics", named), ("by_places", list(profile.places)), ("by_units", list(profile.units))]
    chosen = [label("delivery", key, names=", ".join(names)) for key, names in told if names]
    return label("delivery", "chosen", what="; ".join(chosen)) if chosen else ""
