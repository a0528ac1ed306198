"""A draft edition, made and refreshed: what the press said since the last approved one of its series.

    last cut-off … until ──▶ articles that came out, came late, changed or were corrected ──▶ what the series carried
    in this version is left out ──▶ texts with their reprints ──▶ merged with what people did ──▶ draft

The clock walks it as well as people; what only people do is in ``desk.editions``. Nothing of a restricted case gets in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.clock import local
from monitor.config import Home, load_settings, load_sources
from monitor.desk import edition_rights as rights
from monitor.errors import RefusedError
from monitor.labels import label
from monitor.model.article import Article
from monitor.model.edition import Carried, Edition, EditionItem, Series
from monitor.model.source import Medium, OutletKind
from monitor.report.cut_offs import missed, touching
from monitor.report.edition import concerns, placed
from monitor.report.edition_items import merged, numbered
from monitor.store import articles, intake, sources, ticks
from monitor.store import editions as store
from monitor.store.db import Database

FIRST = {Series.DAILY: timedelta(hours=24), Series.WEEKLY: timedelta(days=7), Series.OWN: timedelta(days=7)}
"""How far back the first edition of a series reaches."""
LATE = {Series.DAILY: timedelta(days=3), Series.WEEKLY: timedelta(days=7), Series.OWN: timedelta(days=7)}
"""How old an item may be that we came to know only after the last cut-off; an archive brought in is no news."""


def version(article: Article) -> str:
    """The hash of what the item says: title, lead, text, and that its outlet corrected it."""
    mark = article.corrected
    told = [article.title, article.lead, article.text]
    told += [mark.date.isoformat(), mark.where] if mark else []
    plain = "\x1f".join(" ".join(part.split()) for part in told)
    return hashlib.blake2b(plain.encode(), digest_size=16).hexdigest()


def make(
    home: Home, db: Database, series: Series, until: datetime, *, now: datetime, by: str = "",
    cut: datetime | None = None,
) -> Edition:  # fmt: skip
    """The series' draft, new or refreshed up to ``until``, within the caller's transaction.

    ``cut`` is the cut-off of the timetable that the clock serves by it, None where a person asks. Raises RefusedError
    for a cut-off to come, or one before the last approved edition's.
    """
    have = store.draft(db, series)
    if until > now:
        raise RefusedError("in_the_future", what=label("edition", "cut_off"))
    last = store.last(db, series)
    start = last.end if last else have.start if have else until - FIRST[series]
    if until < start:
        raise RefusedError("edition_until", last=last.name if last else "–", at=f"{local(start):%H:%M %d/%m/%Y}")
    before = have or Edition(id=store.next_id(db), series=series, year=0, number=0, start=start, end=until, made=now)
    end = max(before.end, until)
    year = local(end).year
    after = replace(
        before, start=start, end=end, made=now, year=year, number=store.next_number(db, series, year),
        revision=before.revision + 1,
    )  # fmt: skip
    stops = ticks.stops(db)
    after = replace(
        after, items=_items(home, db, after), stops=touching(stops, start, end), cut=cut or before.cut,
        late=missed(cut, stops) if cut else before.late,
    )  # fmt: skip
    store.put(db, after, before=before.revision, actor=by, now=now)
    return after


def _items(home: Home, db: Database, edition: Edition) -> tuple[EditionItem, ...]:
    hidden = rights.restricted(db)
    waiting = [item for item in edition.items if item.article in hidden]
    old = [item for item in edition.items if item.article not in hidden]
    ids = [article for item in old for article in item.articles]
    known = {a.id: a for a in articles.by_ids(db, ids)} | {a.id: a for a in _came(db, edition)}
    known = {i: a for i, a in known.items() if i not in hidden and concerns(a)}
    carried = store.carried(db, edition.series, list(known))
    versions = {i: version(a) for i, a in known.items()}
    versions = {i: v for i, v in versions.items() if all(one.version != v for one in carried.get(i, ()))}
    fresh = [known[ident] for ident in versions]
    texts = placed(fresh, load_settings(home.rules).office, _social(home, db, fresh))
    items = merged(old, texts, versions)
    stories = store.carried_stories(db, edition.series, [item.story for item in items])
    told = [_told(item, known[item.article], carried, stories) for item in items]
    # What became a restricted case's waits unseen in its part: what was done with it is there when that is lifted.
    return numbered([*told, *waiting])


def _came(db: Database, edition: Edition) -> list[Article]:
    """What came out since the start, came late, was changed or corrected; carried versions are told apart later."""
    begun = store.first_start(db, edition.series)
    floor = max(begun, edition.start - LATE[edition.series]) if begun else edition.start
    found = [a for a in articles.by_ids(db, store.came(db, floor, edition.end)) if concerns(a)]
    revised, mended = store.revised(db, edition.start), store.corrected(db, edition.start)
    have = {a.id for a in found}
    found += articles.by_ids(db, [ident for ident in {**revised, **mended} if ident not in have])
    carried = store.carried(db, edition.series, [a.id for a in found])
    return [a for a in found if _is_news(a, carried.get(a.id, ()), have, revised.get(a.id), mended.get(a.id))]


def _is_news(
    article: Article,
    carried: Sequence[Carried],
    came: set[str],
    revised: datetime | None,
    corrected: datetime | None,
) -> bool:
    """Whether the series owes its readers the item: it never had it, its outlet changed it, or corrected it.

    That we came to read the page of which the series had the feed's words is no change.
    """
    if not carried:
        return article.id in came
    since = carried[-1].approved
    mended = corrected is not None and corrected >= since and any(one.number for one in carried)
    return mended or (revised is not None and revised >= since)


def _told(
    item: EditionItem, article: Article, carried: dict[str, list[Carried]], stories: dict[str, list[Carried]]
) -> EditionItem:
    """The item with the edition that carried it, or its story, before; what was dropped there nobody read."""
    before = [one for one in carried.get(item.article, ()) if one.number]
    prints = [one for a in item.articles for one in carried.get(a, ()) if one.number]
    known = [one for one in stories.get(item.story, ()) if one.number and one.article not in item.articles]
    corrects = before[0] if before and article.corrected else None
    return replace(
        item,
        corrects=corrects,
        changed=before[-1] if before and not corrects else None,
        earlier=(prints or known)[-1] if (prints or known) and not before else None,
    )


def _social(home: Home, db: Database, found: Sequence[Article]) -> set[str]:
    """The articles seen on social networks: by hand, by their outlet, or by the source that brought them."""
    ids = [article.id for article in found]
    typed = intake.of(db, ids)
    channels = {s.id for s in load_sources(home.sources_file).all if s.medium is Medium.SOCIAL_CHANNEL}
    by = _sources(db, ids) if channels else {}
    kinds = {name: sources.outlet(db, name) for name in {article.outlet for article in found}}
    social = {name for name, outlet in kinds.items() if outlet and outlet.kind is OutletKind.SOCIAL}
    return {
        a.id
        for a in found
        if (a.id in typed and typed[a.id].medium is Medium.SOCIAL_CHANNEL)
        or a.outlet in social
        or by.get(a.id) in channels
    }


def _sources(db: Database, ids: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for at in range(0, len(ids), 500):
        found |= articles.sources_of(db, list(ids[at : at + 500]))
    return found
