"""Choosing the disputed passage from an item's own sentences: nobody types what he can point at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.desk import outlets, timeline, verifying
from monitor.desk.verifying import Passage
from monitor.errors import RefusedError, UsageError
from monitor.labels import label
from monitor.model.action import CaseAction
from monitor.model.case import Capacity
from monitor.store import articles
from monitor.web.pages.case_acts import done, said
from monitor.web.pages.case_choices import options
from monitor.web.pages.case_rules import hands
from monitor.web.route import DESK, get, post

if TYPE_CHECKING:
    from starlette.responses import Response

    from monitor.model.article import Article
    from monitor.model.case import Case
    from monitor.web.visit import Visit

_END = re.compile(r"(?<=[.!?…])[”\"']?\s+(?=[“\"'A-ZĐÀ-ỸƠƯ0-9–-])")
_MOST = 400


def _item(v: Visit) -> tuple[Case, Article]:
    case = v.at.case(v.part("id"))
    found = articles.by_ids(v.db, [v.part("article")]) if v.part("article") in case.articles else []
    if not found:
        raise UsageError("matter_unknown", value=v.part("article")[:40])
    return case, found[0]


def sentences(article: Article) -> tuple[str, ...]:
    """Title, lead and text of an item in sentences, at most so many as fit a page."""
    paragraphs = [article.title, article.lead, *article.text.split("\n")]
    found = [one.strip() for part in paragraphs for one in _END.split(part) if one.strip()]
    return tuple(found[:_MOST])


def choose(v: Visit) -> Response:
    """The sentences with a box each."""
    case, article = _item(v)
    may = hands(v, case, (CaseAction.ADD_CLAIM,)).get(CaseAction.ADD_CLAIM.value)
    if may is None:
        raise RefusedError("verdict_stands", case=case.id, action=CaseAction.ADD_CLAIM)
    return v.page(
        "case-quote.html", case=case, article=article, outlet=outlets.names(v.at).get(article.outlet, article.outlet),
        sentences=tuple(enumerate(sentences(article))), capacities=options(Capacity), may=may,
        name=timeline.names(v.at, case),
    )  # fmt: skip


def add(v: Visit) -> Response:
    """The sentences that were ticked, which stand one after the other, as a claim."""
    case, article = _item(v)
    lines = sentences(article)
    ticked = sorted({int(one) for one in v.form.many("cau") if one.isascii() and one.isdigit() and len(one) < 5})
    if not ticked or ticked[-1] >= len(lines):
        raise UsageError("field_missing", what=label("case", "quote"))
    if ticked[-1] - ticked[0] >= len(ticked):
        raise UsageError("quote_gap")
    passage = Passage(
        quote=" ".join(lines[n] for n in ticked), article=article.id, fact=v.form.text("fact"),
        source=v.form.text("source"), harmed=v.form.text("harmed"),
        capacity=v.form.choice("capacity", Capacity, said("capacity")) or Capacity.OWN,
    )  # fmt: skip
    made = verifying.add_claim(v.at, case.id, passage)
    return done(v, "claim_added", made.claims[-1].id)


PAGES = (
    get("/vu-viec/{id}/trich/{article}", choose, DESK),
    post("/vu-viec/{id}/trich/{article}", add, DESK, shown=choose),
)
