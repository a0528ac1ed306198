"""What an edition prints: its items' articles as they are stored now, with our remarks; or as they were frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from monitor.config import load_settings
from monitor.desk.edition_notice import notice
from monitor.desk.sitting import Sitting
from monitor.errors import StoreError
from monitor.jobs.digest import outlet_groups
from monitor.jobs.health import health
from monitor.jobs.reading import book
from monitor.labels import label, of
from monitor.model.article import Article
from monitor.model.case import Marking
from monitor.model.digest import EditionHead, Period, SourceHealth
from monitor.model.edition import Carried, Content, Direction, Edition, EditionItem, Frozen, Laid
from monitor.model.intake import Intake
from monitor.model.report import OutletGroup
from monitor.model.source import Medium
from monitor.report.digest import failed, open_gaps
from monitor.report.edition import concerns, corrected
from monitor.report.reprints import moment
from monitor.store import articles, cases, intake, sources
from monitor.store import editions as store
from monitor.store.db import Database


def conditions(sitting: Sitting, edition: Edition) -> tuple[SourceHealth, ...]:
    """The health of the sources over the edition's hours. It opens the file anew: never within a transaction."""
    return health(sitting.home, start=edition.start, end=edition.end)


def content(
    sitting: Sitting,
    edition: Edition,
    hidden: Collection[str],
    sources_health: Sequence[SourceHealth],
    *,
    approved: datetime | None = None,
) -> Content:
    """What the edition's digest is built of, from what is stored now, without the ``hidden`` articles."""
    db, period = sitting.db, period_of(edition)
    wanted = [item for item in edition.kept if item.article not in hidden]
    ids = [article for item in wanted for article in item.articles if article not in hidden]
    known = {article.id: article for article in articles.by_ids(db, ids) if concerns(article)}
    typed, internal = intake.of(db, ids), _internal(db, ids)
    directed = {} if approved else {one.article: one.case for one in directions(sitting, edition)}
    laid = []
    for item in wanted:
        if item.article not in known:
            continue  # it concerns us no more, or turned out to be another article
        others = tuple(known[one.article] for one in item.also if one.article in known)
        laid.append(
            Laid(
                article=known[item.article],
                others=others,
                section=item.section,
                comment=item.comment,
                remarks=remarks(item),
                where=where(typed.get(item.article)),
                internal=item.internal or bool(internal & set(item.articles)),
                directed=next((directed[a] for a in item.articles if a in directed), ""),
            )
        )
    gone = [a for a in articles.by_ids(db, sorted(hidden)) if period.start <= moment(a) < period.end]
    return Content(
        head=head(edition, approved, notice(edition, failed(sources_health), open_gaps(sources_health, period))),
        office=load_settings(sitting.home.rules).office,
        period=period,
        made=approved or edition.made,
        laid=tuple(laid),
        outlets=tuple(sorted(_names(db, known.values()).items())),
        topics=tuple(sorted(book(sitting.home.rules).topics.items())),
        failed=failed(sources_health),
        gaps=open_gaps(sources_health, period),
        scanned=articles.count(db, period.start, period.end) - len(gone),
        groups=_groups(db, known.values()),
    )


def intact(sitting: Sitting, edition: Edition) -> Frozen:
    """An approved edition as it was frozen. Raises StoreError where what is stored is not what was approved."""
    made = store.frozen(sitting.db, edition.id)
    if made is None or hashlib.sha256(made.html.encode()).hexdigest() != edition.sha256:
        raise StoreError("edition_not_intact", edition=edition.name)
    return made


def frozen(sitting: Sitting, edition: Edition) -> Content:
    """What an approved edition was built of, with the directions and the corrections of today."""
    made = store.frozen(sitting.db, edition.id)
    assert made is not None  # it was approved
    prints = [a.id for one in made.content.laid for a in (one.article, *one.others)]
    content = corrected(made.content, {a.id: a for a in articles.by_ids(sitting.db, prints)})
    directed = {one.article: one.case for one in directions(sitting, edition)}
    laid = tuple(
        replace(
            one,
            directed=next((directed[a.id] for a in (one.article, *one.others) if a.id in directed), ""),
        )
        for one in content.laid
    )
    return replace(content, laid=laid)


def directions(sitting: Sitting, edition: Edition) -> list[Direction]:
    """The directions on its items, of cases that he may see; the latest of an item comes last."""
    known = store.directions(sitting.db, edition.id)
    seen = {
        ident for ident in {one.case for one in known} if (case := cases.get(sitting.db, ident)) and sitting.sees(case)
    }
    return [one for one in known if one.case in seen]


def head(edition: Edition, approved: datetime | None = None, told: str = "") -> EditionHead:
    """What makes its digest an edition; what the program has ``told`` of it stands before the opening words."""
    return EditionHead(
        id=edition.id,
        series=edition.series.value,
        name=edition.name,
        end=edition.end,
        approved=approved or edition.approved_at,
        comment=edition.comment,
        opening="\n".join(filter(None, (told, edition.opening))),
        internal=edition.internal,
    )


def period_of(edition: Edition) -> Period:
    """From the last cut-off to its own."""
    name = label("edition", f"name_{edition.series.value}", name=edition.name)
    return Period(name=name, start=edition.start, end=edition.end)


def remarks(item: EditionItem) -> tuple[str, ...]:
    """What the edition says of an item that the series, or its story, had before."""
    told: tuple[tuple[str, Carried | None], ...] = (
        ("corrects", item.corrects), ("changed", item.changed), ("earlier", item.earlier),
    )  # fmt: skip
    return tuple(label("edition", key, name=one.name, number=one.number) for key, one in told if one)


def where(typed: Intake | None) -> str:
    """The medium of an item entered by hand, with its programme, page, issue or account."""
    if typed is None or typed.medium is Medium.ONLINE:
        return ""
    told = [(key, getattr(typed, key)) for key in ("programme", "page", "issue", "account")]
    if typed.medium not in (Medium.RADIO, Medium.TV):
        told[0] = ("column", typed.programme)  # paper has columns where broadcasts have programmes
    return ", ".join([of(typed.medium), *(label("edition", f"where_{key}", value=said) for key, said in told if said)])


def internal_now(sitting: Sitting, edition: Edition) -> set[str]:
    """The articles that stand for items of which a print belongs to a case so marked today."""
    marked = _internal(sitting.db, [article for item in edition.items for article in item.articles])
    return {item.article for item in edition.items if marked & set(item.articles)}


def _internal(db: Database, ids: Sequence[str]) -> set[str]:
    """Those of these articles that belong to a case marked "lưu hành nội bộ"."""
    held = cases.by_article(db, ids)
    known = {ident: cases.get(db, ident) for ident in {case for into in held.values() for case in into}}
    marked = {ident for ident, case in known.items() if case and case.marking is Marking.INTERNAL}
    return {article for article, into in held.items() if marked & set(into)}


def _groups(db: Database, known: Collection[Article]) -> tuple[tuple[str, str], ...]:
    groups = outlet_groups(db)
    return tuple(sorted({a.outlet: groups.get(a.outlet, OutletGroup.UNKNOWN.value) for a in known}.items()))


def _names(db: Database, known: Collection[Article]) -> dict[str, str]:
    wanted = {article.outlet for article in known}
    return {ident: name for ident, name in sources.outlet_names(db).items() if ident in wanted}
