"""What the press said, as it goes out: rows of the inbox, an article with its tags and evidence."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel

from monitor.jobs import exporting
from monitor.model.article import Completeness
from monitor.model.case import CaseStatus, TriageState
from monitor.model.correction import Field
from monitor.model.evidence import EvidenceKind
from monitor.model.intake import WhyMissed
from monitor.model.source import Medium
from monitor.model.story import LinkState
from monitor.model.tag import Relevance, Tone
from monitor.model.view_article import ArticleView
from monitor.web.api.values import Rows, Said, Shape, When

S = TypeVar("S", bound=BaseModel)


class Mended(Shape):
    """That its outlet corrected the item: when, and where that stands."""

    date: When
    where: str


class InboxItem(Shape):
    """A story, or an item that belongs to none (``subject``), by its first print that is to be decided on."""

    subject: str
    article: str
    articles: tuple[str, ...]
    title: str
    url: Said
    outlet: str
    outlet_id: str
    published: When
    reprints: int
    outlets: tuple[str, ...]
    places: tuple[str, ...]
    topics: tuple[str, ...]
    tone: Tone | None
    relevance: Relevance
    attention: bool
    why: tuple[str, ...]
    state: TriageState
    by: Said
    decided_at: When | None
    note: Said
    case: Said
    joins: Said
    corrected: Mended | None
    intake: bool
    medium: Medium | None


class InboxRows(Rows[InboxItem]):
    """A page of the inbox; ``counts`` are those of every state under the same filters."""

    counts: dict[str, int]


class Decided(Shape):
    """What was decided of a matter, and what before."""

    subject: str
    state: TriageState
    before: TriageState
    by: str
    at: When
    case: Said
    note: Said


class Tag(Shape):
    """One answer of the reading with the words it rests on; ``by`` is null where the machine said it."""

    field: Field
    value: str
    name: str
    evidence: tuple[str, ...]
    why: tuple[str, ...]
    by: Said


class CorrectionRow(Shape):
    """A person's word on the reading; ``holds`` tells that it is the one in force."""

    id: int
    field: Field
    values: tuple[str, ...]
    by: str
    at: When
    note: Said
    undone: When | None
    holds: bool


class PrintRow(Shape):
    """Another print of the text, or a text on the same event."""

    article: str
    story: Said
    title: str
    url: Said
    outlet: str
    at: When
    state: LinkState
    first: bool


class CaseName(Shape):
    """A case the article belongs to."""

    id: str
    title: str
    status: CaseStatus


class EvidenceRow(Shape):
    """A file kept as evidence; its bytes are had at the desk."""

    id: str
    case: Said
    kind: EvidenceKind
    name: str
    media_type: str
    sha256: str
    size: int
    taken: When
    url: Said
    note: Said


class PageRow(Shape):
    """A stored page."""

    url: str
    fetched: When
    sha256: str


class VersionRow(Shape):
    """An earlier version, in force until ``replaced``."""

    n: int
    replaced: When
    title: str


class IntakeRow(Shape):
    """What is known of an item entered by hand."""

    medium: Medium
    at: When
    programme: Said
    page: Said
    issue: Said
    account: Said
    seen_by: Said
    why_missed: WhyMissed
    why_note: Said
    passage: Said
    typed_by: str
    entered: When


class Article(Shape):
    """An article: the row of ``monitor export`` with its words, tags and whatever hangs on it."""

    id: str
    url: str | None
    outlet: str
    outlet_name: str
    title: str
    lead: str
    text: str
    authors: tuple[str, ...]
    published: When | None
    fetched: When | None
    completeness: Completeness
    relevance: Relevance | None
    topics: tuple[str, ...]
    places: tuple[str, ...]
    tone: Tone | None
    attention: bool
    story: str | None
    corrected: Mended | None
    tags: tuple[Tag, ...]
    corrections: tuple[CorrectionRow, ...]
    reprints: tuple[PrintRow, ...]
    follow_ups: tuple[PrintRow, ...]
    versions: tuple[VersionRow, ...]
    decided: Decided | None
    cases: tuple[CaseName, ...]
    intake: IntakeRow | None
    pages: tuple[PageRow, ...]
    evidence: tuple[EvidenceRow, ...]
    may_correct: bool


def article_of(view: ArticleView) -> Article:
    """The page of an article as it goes out."""
    return Article.model_validate(
        exporting.row(view.article)
        | {
            "outlet_name": view.outlet_name,
            "lead": view.article.lead,
            "text": view.article.text,
            "authors": view.article.authors,
            "tags": each(Tag, view.tags),
            "corrections": [
                CorrectionRow(
                    id=one.correction.id, field=one.correction.field, values=one.correction.values, by=one.by,
                    at=one.correction.at, note=one.correction.note, undone=one.correction.undone, holds=one.holds,
                )
                for one in view.corrections
            ],
            "reprints": each(PrintRow, view.reprints),
            "follow_ups": each(PrintRow, view.follow_ups),
            "versions": each(VersionRow, view.revisions),
            "decided": Decided.model_validate(view.triaged) if view.triaged else None,
            "cases": each(CaseName, view.cases),
            "intake": IntakeRow.model_validate(view.intake.intake) if view.intake else None,
            "pages": each(PageRow, view.snapshots),
            "evidence": each(EvidenceRow, view.evidence),
            "may_correct": view.may_correct,
        }
    )  # fmt: skip


def each(shape: type[S], rows: object) -> tuple[S, ...]:
    """Rows of the desk's own dataclasses, each in this shape."""
    assert isinstance(rows, tuple | list)
    return tuple(shape.model_validate(one) for one in rows)
