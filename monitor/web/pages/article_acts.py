"""What people do on the page of an article: decide, correct the reading, put its story right."""

from __future__ import annotations

from datetime import datetime

from starlette.responses import Response

from monitor import clock
from monitor.desk import article as desk
from monitor.desk import sorting, triage, watching
from monitor.desk.article_seen import seen_article
from monitor.desk.sorting import Outcome
from monitor.errors import UsageError
from monitor.labels import label, of
from monitor.model.article import Article
from monitor.model.case import Reached, TriageState
from monitor.model.correction import Field
from monitor.model.story import Action
from monitor.web import behind
from monitor.web.pages.article import here, show
from monitor.web.route import EDITORS, post
from monitor.web.visit import Visit


def _article(v: Visit) -> Article:
    """The article meant. Raises UsageError where there is none that he may know of."""
    return seen_article(v.at, v.part("id"))


def _said(key: str, **facts: object) -> str:
    return label("web_article", key, **facts)


def decide(v: Visit) -> Response:
    """Noted, or irrelevant."""
    article = _article(v)
    state = v.form.needed("state", TriageState, _said("decision"))
    _done(sorting.decide(v.at, [article.id], state, note=v.form.text("note"), shown=_shown(v)))
    return v.back(here(article.id), _said("decided", state=of(state)), undo=f"{here(article.id)}/phan-loai/hoan-tac")


def _done(outcome: Outcome) -> None:
    """Raises the reason where it was left as it is."""
    if outcome.left:
        raise outcome.left[0]


def _shown(v: Visit) -> datetime | None:
    """When the page was shown, so that what another decided after that is not overruled unseen."""
    try:
        return clock.from_iso(v.form.text("luc") or None)
    except ValueError:
        return None


def undo_decision(v: Visit) -> Response:
    """Takes the decision back, within a day."""
    article = _article(v)
    _done(sorting.undo(v.at, [article.id], shown=_shown(v)))
    return v.back(here(article.id), _said("undone"))


def open_case(v: Visit) -> Response:
    """A case of the article and its reprints."""
    article, form = _article(v), v.form
    what = triage.Opening(
        title=form.text("title"), topic=form.text("topic"), reached=form.choice("reached", Reached, _said("reached")),
        reached_at=form.moment("reached_at", _said("reached_at")),
    )  # fmt: skip
    with v.db.atomic():
        case = triage.open_case(v.at, [article.id], what)
        watching.begin(v.at, case)
    behind.take_evidence(v.home, case.id, v.at.actor.id)
    # The undo button stands on the case's page, but what it takes back is this article's.
    return v.back(f"/vu-viec/{case.id}", _said("opened", case=case.id), undo=f"{here(article.id)}/phan-loai/hoan-tac")


def join_case(v: Visit) -> Response:
    """The article and its reprints join a case."""
    article = _article(v)
    ident = v.form.need("case", _said("case"))
    case = sorting.add(v.at, ident, [article.id], shown=_shown(v)).case
    assert case is not None
    return v.back(here(article.id), _said("joined", case=case.id))


def correct(v: Visit) -> Response:
    """A person's word on one field of the reading."""
    article, form = _article(v), v.form
    try:
        field = Field(v.part("field"))
    except ValueError:
        raise UsageError("field_no_choice", what=_said("field"), value=v.part("field")[:40]) from None
    values = list(dict.fromkeys(form.many("value")))
    done = desk.correct(v.at, article.id, field, values, form.text("note"))
    said = _said("corrected_due" if done.due else "corrected", field=of(field))
    number = str(done.words[0].id)
    return v.back(here(article.id), said, undo=f"{here(article.id)}/bo-sua", fields={"so": number})


def undo_correction(v: Visit) -> Response:
    """Takes one word back."""
    article = _article(v)
    desk.undo_correction(v.at, _number(v))
    return v.back(here(article.id), _said("uncorrected"))


def story(v: Visit) -> Response:
    """Prints of one text, or not; texts on one event, or not."""
    article, form = _article(v), v.form
    action = form.needed("action", Action, _said("action"))
    others = form.many("other")
    if action is Action.MERGE:
        desk.merge_stories(v.at, article.id, [form.need("other", _said("other"))])
    elif action is Action.SPLIT:
        if not others:
            raise UsageError("field_missing", what=_said("chosen"))
        desk.split_story(v.at, article.id, others)
    else:
        desk.confirm_story(v.at, article.id, others)
    return v.back(here(article.id), _said(f"story_{action.value}"))


def confirm_prints(v: Visit) -> Response:
    """All prints are one text, whatever boxes were ticked."""
    article = _article(v)
    desk.confirm_story(v.at, article.id)
    return v.back(here(article.id), _said("story_confirm"))


def undo_story(v: Visit) -> Response:
    """Takes a decision on the story back."""
    article = _article(v)
    desk.undo_story_act(v.at, _number(v))
    return v.back(here(article.id), _said("story_undone"))


def _number(v: Visit) -> int:
    found = v.form.whole("so", _said("number"))
    if found is None:
        raise UsageError("field_missing", what=_said("number"))
    return found


PAGES = (
    post("/bai/{id}/phan-loai", decide, EDITORS, shown=show),
    post("/bai/{id}/phan-loai/hoan-tac", undo_decision, EDITORS, shown=show),
    post("/bai/{id}/vu-viec", open_case, EDITORS, shown=show),
    post("/bai/{id}/vao-vu-viec", join_case, EDITORS, shown=show),
    post("/bai/{id}/sua/{field}", correct, EDITORS, shown=show),
    post("/bai/{id}/bo-sua", undo_correction, EDITORS, shown=show),
    post("/bai/{id}/cau-chuyen", story, EDITORS, shown=show),
    post("/bai/{id}/cau-chuyen/xac-nhan", confirm_prints, EDITORS, shown=show),
    post("/bai/{id}/cau-chuyen/hoan-tac", undo_story, EDITORS, shown=show),
)
