"""What a shipped template says, as data: paragraphs and ruled tables in order, some under a condition, some repeated.

``{%p … %}`` and ``{%tr … %}`` are docxtpl's tags: they take a paragraph, a row, of their own, which disappears.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A ruled table: ``each`` is the list of Jinja, ``columns`` are (title, width in mm, cell)."""

    each: str
    columns: tuple[tuple[str, float, str], ...]


Words = tuple[str, str]
"""(style, text): a paragraph. The style "tag" is for tags alone, "gap" for an empty line."""
Block = Words | Grid


def when(condition: str, *blocks: Block, other: tuple[Block, ...] = ()) -> list[Block]:
    """Blocks that appear when ``condition`` holds, ``other`` when not."""
    found: list[Block] = [("tag", f"{{%p if {condition} %}}"), *blocks]
    if other:
        found += [("tag", "{%p else %}"), *other]
    return [*found, ("tag", "{%p endif %}")]


def each(what: str, *blocks: Block) -> list[Block]:
    """Blocks repeated: ``what`` is "claim in body.claims"."""
    return [("tag", f"{{%p for {what} %}}"), *blocks, ("tag", "{%p endfor %}")]
