"""Bài viết: the page of one article, its earlier versions, the stored page, its files. Changes: ``article_acts``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

from starlette.responses import Response

from monitor import clock
from monitor.desk import article as desk
from monitor.desk import inbox
from monitor.desk.article_seen import seen_article
from monitor.errors import UsageError
from monitor.model.case import CaseStatus, Reached, TriageState
from monitor.model.correction import Field
from monitor.model.finding import CaseHead
from monitor.model.tag import Relevance
from monitor.model.view import ArticleView, Choices, Segment, TagLine, paragraphs
from monitor.store import article_facts, finding
from monitor.store import evidence as evidence_store
from monitor.triage.opening import UNDO
from monitor.web.route import EVERYBODY, get
from monitor.web.visit import Visit, own

_OPEN_CASES = 100
_SHOWN = 60_000
"""Characters of a text that the page shows at once; no article of the press is longer."""
_MORE_PLACES = 2
_HOLLOW = re.compile(r'<(a|span|b|em|i|strong|small|h[1-6]|figure|div|p|li|ul|ol)(?: [a-z]+="[^"]*")*>\s*</\1>')
"""An element with nothing in it: mostly a link around a picture, which nobody can read out.

Only what ``article.page`` returns is matched: there a quote within an attribute is always written ``&quot;``.
"""


@dataclass(frozen=True, kw_only=True)
class FieldForm:
    """A field of the reading with its answers, and what its form holds now."""

    field: Field
    lines: tuple[TagLine, ...]
    values: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    rows: int = 1

    @property
    def said(self) -> str:
        """Who corrected it, if anybody."""
        return next((line.said for line in self.lines if line.said), "")


def show(v: Visit) -> Response:
    """All that is known of an article."""
    view = desk.article(v.at, v.part("id"))
    may = view.may_correct
    choices = desk.choices(v.at)
    body, cut = shortened(view.text_lines, _SHOWN if "toan-van" not in v.query else None)
    return v.page(
        "article.html", a=view, body=body, cut=cut, lead=paragraphs(view.lead), here=here(view.article.id),
        back=came_from(v),
        legend=legend(view), fields=fields(view, choices), topics=choices.topics, first_topic=_first_topic(view),
        may=may, relevant=_relevant(view), may_open=may and _free(view), state=_state(view), earlier=_earlier(v, view),
        may_undo=bool(may and view.triaged and v.now - view.triaged.at <= UNDO), shown=clock.iso_utc(v.now),
        open_cases=open_cases(v, view) if may else (), reached=[(one.value, one) for one in Reached],
    )  # fmt: skip


def shortened(lines: Sequence[tuple[Segment, ...]], most: int | None) -> tuple[list[tuple[Segment, ...]], bool]:
    """The paragraphs up to so many characters, and whether any is left out or cut: no article is that long, but what
    somebody publishes may be."""
    kept: list[tuple[Segment, ...]] = []
    left = most if most is not None else sum(len(one.text) for line in lines for one in line) + 1
    for line in lines:
        if left <= 0:
            return kept, True
        short, whole = [], True
        for one in line:
            short.append(replace(one, text=one.text[:left]))
            whole = whole and len(one.text) <= left
            left -= len(one.text)
            if left <= 0:
                break
        kept.append(tuple(short))
        if not whole:
            return kept, True
    return kept, False


def _state(view: ArticleView) -> TriageState:
    if view.triaged:
        return view.triaged.state
    return TriageState.CASE if view.cases else TriageState.NEW


def here(ident: str) -> str:
    """The article's own address."""
    return f"/bai/{ident}"


def came_from(v: Visit) -> str:
    """The list it was opened from, with its filters; the queue where that is not told."""
    asked = v.query.get("tu", "")
    if not asked and v.request.method == "POST":
        asked = (parse_qs(urlsplit(own(v.form.text("_trang"))).query).get("tu") or [""])[0]
    return own(asked)


def legend(view: ArticleView) -> tuple[tuple[str, str], ...]:
    """Why something is marked, with the words that are: each reason once, in the order of the text."""
    found: dict[str, dict[str, None]] = {}
    for segment in (*view.title, *view.lead, *view.text):
        if segment.mention:
            found.setdefault(segment.what, {})[_clean(segment)] = None
    return tuple((what, ", ".join(f"“{word}”" for word in list(words)[:8])) for what, words in found.items())


def _clean(segment: Segment) -> str:
    return " ".join(segment.text.split())


def fields(view: ArticleView, choices: Choices) -> tuple[FieldForm, ...]:
    """The reading field by field, in the order of ``Field``."""
    made = []
    for field in Field:
        lines = tuple(line for line in view.tags if line.field is field)
        values = tuple(line.value for line in lines if line.value)
        made.append(
            FieldForm(
                field=field, lines=lines, values=values, options=getattr(choices, field.value),
                rows=len(values) + _MORE_PLACES if field is Field.PLACES else 1,
            )
        )  # fmt: skip
    return tuple(made)


def open_cases(v: Visit, view: ArticleView) -> tuple[CaseHead, ...]:
    """The open cases that it could join, the latest first."""
    own_ = {case.id for case in view.cases}
    found = [
        head
        for head in finding.heads(v.db, statuses=[one for one in CaseStatus if one is not CaseStatus.CLOSED])
        if head.id not in own_ and v.at.sees(head.guard)
    ]
    return tuple(found[:_OPEN_CASES])


def _free(view: ArticleView) -> bool:
    return all(case.status is CaseStatus.CLOSED for case in view.cases)


def _first_topic(view: ArticleView) -> str:
    return next((line.value for line in view.tags if line.field is Field.TOPICS), "")


def _relevant(view: ArticleView) -> bool:
    tagging = view.article.tagging
    return tagging is not None and tagging.relevance is not Relevance.NONE


def _earlier(v: Visit, view: ArticleView) -> object:
    if not _relevant(view) or not v.is_("leader", "press", "clerk"):
        return ()
    return inbox.earlier(v.at, view.story or view.article.id)


def difference(v: Visit) -> Response:
    """What one version changed, word by word."""
    n = version_number(v)
    lines = desk.diff(v.at, v.part("id"), n)
    found = desk.versions(v.at, v.part("id"))
    article = seen_article(v.at, v.part("id"))
    return v.page(
        "article-diff.html", article=article, here=here(article.id), n=n, versions=found, lines=lines,
        before=found[n - 1], after=found[n].title if n < len(found) else article.title, last=n == len(found),
    )  # fmt: skip


def version_number(v: Visit) -> int:
    """The version's number in the address. Raises UsageError for what is none."""
    said = v.part("n")
    if not (said.isascii() and said.isdigit() and len(said) < 7):
        raise UsageError("revision_unknown", number=said[:20], known=len(desk.versions(v.at, v.part("id"))))
    return int(said)


def stored_page(v: Visit) -> Response:
    """The page as it was fetched, made safe, apart from the desk's own words."""
    article, sha = seen_article(v.at, v.part("id")), v.part("sha").lower()
    html = desk.page(v.at, article.id, sha)
    for _ in range(6):
        html, count = _HOLLOW.subn(" ", html)
        if not count:
            break
    kept = next(one for one in article_facts.snapshots(v.db, article.id) if one.sha256 == sha)
    return v.page("article-page.html", article=article, here=here(article.id), kept=kept, html=html)


def stored_bytes(v: Visit) -> Response:
    """The page's bytes exactly as fetched, to be kept and never to be shown."""
    article = seen_article(v.at, v.part("id"))
    kept = article_facts.snapshot(v.db, article.id, v.part("sha").lower())
    if kept is None:
        raise UsageError("snapshot_unknown", article=article.id)
    name = f"{article.id}-{clock.local(kept.fetched):%Y%m%d-%H%M}-{kept.sha256[:12]}.html.txt"
    return v.download(kept.body, name, "application/octet-stream")


def file(v: Visit) -> Response:
    """A file that belongs to the article, as handed in."""
    view = desk.article(v.at, v.part("id"))
    found = (*(view.intake.files if view.intake else ()), *view.evidence)
    one = next((one for one in found if one.id == v.part("file")), None)
    if one is None:
        raise UsageError("evidence_unknown", value=v.part("file")[:40])
    return v.download(b"".join(evidence_store.body(v.db, one.id)), one.name, "application/octet-stream")


PAGES = (
    get("/bai/{id}", show, EVERYBODY),
    get("/bai/{id}/sua-doi/{n}", difference, EVERYBODY),
    get("/bai/{id}/trang/{sha}", stored_page, EVERYBODY),
    get("/bai/{id}/trang/{sha}/goc", stored_bytes, EVERYBODY),
    get("/bai/{id}/tep/{file}", file, EVERYBODY),
)
