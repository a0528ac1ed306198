"""A draft to the edition that goes out: what is stored at this moment, without what may not stand in it, frozen.

draft ──▶ items as they are now, none carried before, none of a restricted case ──▶ Content ──▶ html, md, json
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from monitor.clock import local
from monitor.config import Home
from monitor.desk import edition_content as contents
from monitor.desk import edition_rights as rights
from monitor.desk.edition_making import version
from monitor.desk.sitting import Sitting
from monitor.jobs.reading import book
from monitor.model.article import Article
from monitor.model.digest import Digest, SourceHealth
from monitor.model.edition import Edition, EditionItem, EditionState, Frozen
from monitor.report import FORMS, build_edition, render_digest
from monitor.report.edition import concerns, to_keep
from monitor.report.edition_items import numbered
from monitor.store import articles
from monitor.store import editions as store


def approved(
    sitting: Sitting, before: Edition, conditions: Sequence[SourceHealth]
) -> tuple[Edition, Frozen, tuple[int, ...]]:
    """The edition as it goes out, its pages, and of each item its number in them (0: dropped).

    Within the caller's transaction; nothing is stored. What became a restricted case's since the draft was refreshed
    is left out and not held to be carried.
    """
    db, hidden = sitting.db, rights.restricted(sitting.db)
    year = local(before.end).year
    after = replace(
        before,
        state=EditionState.APPROVED,
        approved_by=sitting.actor.id,
        approved_at=sitting.now,
        made=sitting.now,
        year=year,
        number=store.next_number(db, before.series, year),
        items=_standing(sitting, before, hidden),
        revision=before.revision + 1,
    )
    content = to_keep(contents.content(sitting, after, hidden, conditions, approved=sitting.now))
    digest = build_edition(content)
    pages = {form: forms_of(sitting.home, digest, form) for form in FORMS}
    sha256 = hashlib.sha256(pages["html"].encode()).hexdigest()
    numbers = {item.article.id: item.number for item in digest.items}
    return (
        replace(after, sha256=sha256),
        Frozen(content=content, sha256=sha256, html=pages["html"], md=pages["md"], json=pages["json"]),
        tuple(numbers.get(item.article, 0) for item in after.items),
    )


def _standing(sitting: Sitting, before: Edition, hidden: frozenset[str]) -> tuple[EditionItem, ...]:
    """The items with their prints as they are stored now; a print that the series carried as it is now goes."""
    ids = [article for item in before.items for article in item.articles if article not in hidden]
    known = {article.id: article for article in articles.by_ids(sitting.db, ids) if concerns(article)}
    carried = store.carried(sitting.db, before.series, list(known))
    now = {i: v for i, v in _versions(known).items() if all(one.version != v for one in carried.get(i, ()))}
    kept = [
        replace(
            item,
            version=now[item.article],
            also=tuple(replace(one, version=now[one.article]) for one in item.also if one.article in now),
        )
        for item in before.items
        if item.article in now
    ]
    return numbered(kept)


def _versions(known: Mapping[str, Article]) -> dict[str, str]:
    return {ident: version(article) for ident, article in known.items()}


def forms_of(home: Home, digest: Digest, form: str) -> str:
    """The digest in one form, by the office's templates."""
    return render_digest(digest, form, folders=home.reports, topics=book(home.rules).topics)
