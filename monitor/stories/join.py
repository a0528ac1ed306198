"""Where an item belongs, given what it matches and what people said.

    matches (machine) + verdicts (people) -> the stories to be one

People win: two articles they set apart are never in one story by the machine's doing, however it comes about;
two they put together are, whatever the texts say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitor.model.story import Likeness

Pair = frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Placing:
    """The stories that become one with the item in it, best match first; empty when it stands alone."""

    stories: tuple[str, ...]
    evidence: Likeness | None


def place(
    article: str,
    matches: Iterable[Likeness],
    *,
    story_of: Mapping[str, str],
    members: Mapping[str, frozenset[str]],
    apart: frozenset[Pair],
    together: frozenset[str],
) -> Placing:
    """Chooses the stories for ``article``.

    ``story_of`` gives the story of each matched article, ``members`` the articles of these stories, ``apart`` the
    pairs people set apart, ``together`` the articles people put with this one.
    """
    wanted = [Likeness(why="person", with_=other, contained=1.0) for other in sorted(together)]
    wanted += sorted(matches, key=lambda m: (-m.contained, -m.shared, m.with_))
    chosen: list[str] = []
    evidence: Likeness | None = None
    inside = {article}
    for match in wanted:
        story = story_of.get(match.with_)
        if story is None or story in chosen:
            continue
        joining = members.get(story, frozenset()) - {article}
        if any(frozenset((a, b)) in apart for a in inside for b in joining):
            continue
        chosen.append(story)
        inside |= joining
        evidence = evidence or match
    return Placing(stories=tuple(chosen), evidence=evidence)
