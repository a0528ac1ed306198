"""Whether a reader wants an item, by the topics, places and units he chose; of what he left open he wants all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from monitor.model.delivery import Profile
from monitor.model.tag import Role, Tagging
from monitor.text import one_tone_spelling


def wants(
    profile: Profile, tags: Sequence[Tagging], *, topics: Collection[str] = (), bodies: Iterable[str] = ()
) -> bool:
    """Whether what is read in the prints of an item (``tags``), is on ``topics`` (ids), or names ``bodies`` is wanted.

    Each of his choices must be met by one of the prints; a unit is met by a body whose name holds it. The two spellings
    of a tone (hoà, hòa) and capitals make no difference.
    """
    read = {topic.id for tag in tags for topic in tag.topics} | set(topics)
    places = {_same(name) for tag in tags for place in tag.places for name in (place.name, place.present)}
    named = [_same(name) for name in bodies]
    return (
        (not profile.topics or not read.isdisjoint(profile.topics))
        and (not profile.places or any(_same(name) in places for name in profile.places))
        and (not profile.units or any(_same(unit) in body for unit in profile.units for body in named))
    )


def bodies_in(tags: Iterable[Tagging]) -> list[str]:
    """The bodies of which the prints tell, not only in passing: their normal names, and the words there."""
    return [
        said
        for tag in tags
        for body in tag.organisations
        if body.role is not Role.PASSING
        for said in (body.name, body.text)
    ]


def _same(name: str) -> str:
    return one_tone_spelling(name).casefold()
