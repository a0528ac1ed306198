"""The items of a draft as people order them: what came since is taken in, what they did is kept. Pure.

old items + texts as they are now ──▶ merged ──▶ items; moved, changed: one item elsewhere, or with other words
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from monitor.errors import RefusedError, UsageError
from monitor.model.digest import Section
from monitor.model.edition import EditionItem, Print
from monitor.report.edition import Placed

UP, DOWN = "up", "down"


def merged(old: Sequence[EditionItem], texts: Sequence[Placed], versions: Mapping[str, str]) -> tuple[EditionItem, ...]:
    """The items after a refresh. ``texts`` hold every article that may stand in the edition, ``versions`` its hash.

    A text that an item stands for keeps that item: its place, comment and whether it was dropped; new prints join it.
    The others are new, and stand where their rank is among the items that nobody moved. An item of whose articles
    none is left goes. Two items are never made one: what people wrote on either stays.
    """
    alive = set(versions)
    keys = {}  # the print by which an item is known now -> the item
    for item in old:
        key = next((article for article in item.articles if article in alive), None)
        if key is not None:
            keys[key] = item
    made: dict[str, EditionItem] = {}
    fresh: list[EditionItem] = []
    ranks: dict[str, tuple[float, ...]] = {}
    for text in texts:
        mine = [article.id for article in text.articles if article.id in keys]
        kept = _shared(text, mine, keys)
        if not mine:
            kept = {text.article.id: [article.id for article in text.articles]}
        for key, prints in kept.items():
            base = keys.get(key) or EditionItem(article=key, version=versions[key], section=text.section)
            one = replace(
                base,
                article=key,
                version=versions[key],
                also=tuple(Print(article=a, version=versions[a]) for a in prints if a != key),
                story=next((a.story for a in text.articles if a.id == key and a.story), ""),
                section=text.section,
            )
            ranks[key] = text.rank
            if key in keys and base.section is text.section:
                made[key] = one
            else:
                fresh.append(replace(one, moved=False))
    standing = [made[key] for key in keys if key in made]
    return numbered(_inserted(standing, fresh, ranks))


def _shared(text: Placed, mine: Sequence[str], keys: Mapping[str, EditionItem]) -> dict[str, list[str]]:
    """The prints of one text among the items that stand for it: each keeps its own, the first shown takes the rest."""
    if not mine:
        return {}
    kept = {key: [key] for key in mine}
    heir = next((key for key in mine if not keys[key].dropped), mine[0])
    for article in text.articles:
        if article.id not in kept:
            owner = next((key for key in mine if article.id in keys[key].articles), heir)
            kept[owner].append(article.id)
    return kept


def _inserted(
    standing: Sequence[EditionItem], fresh: Sequence[EditionItem], ranks: Mapping[str, tuple[float, ...]]
) -> list[EditionItem]:
    made: list[EditionItem] = []
    for part in Section:
        row = [item for item in standing if item.section is part]
        for item in (one for one in fresh if one.section is part):
            at = next(
                (n for n, one in enumerate(row) if not one.moved and ranks[one.article] > ranks[item.article]), len(row)
            )
            row.insert(at, item)
        made += row
    return made


def numbered(items: Sequence[EditionItem]) -> tuple[EditionItem, ...]:
    """The items by section, in their order, each with its position there."""
    made = []
    for part in Section:
        row = [item for item in items if item.section is part]
        made += [replace(item, position=n) for n, item in enumerate(row, 1)]
    return tuple(made)


def changed(
    items: Sequence[EditionItem], article: str, change: Callable[[EditionItem], EditionItem]
) -> tuple[EditionItem, ...]:
    """The items with one of them changed. Raises UsageError where none is of that article."""
    found = _found(items, article)
    return tuple(change(item) if item is found else item for item in items)


def moved(
    items: Sequence[EditionItem], article: str, to: int | str, visible: Callable[[EditionItem], bool]
) -> tuple[EditionItem, ...]:
    """The items with one at position ``to`` of its section (from 1, as he sees it), or one "up" or "down".

    What is not ``visible`` to who moves keeps its slot. Raises RefusedError for what is no position.
    """
    found = _found(items, article)
    row = [item for item in items if item.section is found.section and visible(item)]
    now = row.index(found)
    if isinstance(to, str) and to.strip().lstrip("+-").isdigit():
        to = int(to)
    if isinstance(to, str):
        if to not in (UP, DOWN):
            raise RefusedError("edition_position", value=to[:40])
        wanted = now - 1 if to == UP else now + 1
    else:
        wanted = to - 1
    target = max(0, min(len(row) - 1, wanted))
    row.pop(now)
    row.insert(target, replace(found, moved=True) if target != now else found)
    slots = iter(row)
    return numbered([next(slots) if i.section is found.section and visible(i) else i for i in items])


def _found(items: Sequence[EditionItem], article: str) -> EditionItem:
    found = next((item for item in items if article in item.articles), None)
    if found is None:
        raise UsageError("edition_no_item", value=article[:80])
    return found
