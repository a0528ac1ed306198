"""Which items of an edition are being worked on already: the newest open case of each that its reader may see.

edition ──▶ its prints, and the other prints of their stories ──▶ cases that hold one ──▶ by item
"""

from __future__ import annotations

from monitor.desk.sitting import Sitting
from monitor.model.case import CaseStatus
from monitor.model.edition import Edition
from monitor.model.finding import CaseHead
from monitor.store import cases, finding, stories

_GOING_ON = [one for one in CaseStatus if one is not CaseStatus.CLOSED]


def open_cases(sitting: Sitting, edition: Edition) -> dict[str, CaseHead]:
    """The open case of each item by the item's article, as ``edition_direct.direct`` would find it.

    Items without one, or only with cases that he may not know of, are left out.
    """
    shown = [article for item in edition.items for article in item.articles]
    told = stories.story_of(sitting.db, shown)
    members = stories.members_of(sitting.db, set(told.values()))
    prints = {
        item.article: {*item.articles, *(one for a in item.articles if a in told for one in members[told[a]])}
        for item in edition.items
    }
    held = cases.by_article(sitting.db, sorted({one for every in prints.values() for one in every}))
    if not held:
        return {}
    wanted = {ident for idents in held.values() for ident in idents}
    heads = [one for one in finding.heads(sitting.db, idents=wanted, statuses=_GOING_ON) if sitting.sees(one.guard)]
    found = {}
    for item, every in prints.items():
        mine = {ident for one in every for ident in held.get(one, ())}
        newest = next((head for head in heads if head.id in mine), None)
        if newest is not None:
            found[item] = newest
    return found
