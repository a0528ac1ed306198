"""What is done with a token to matters, articles and links; acts on a case are in ``acts_case``.

Each is one act of the desk's.
"""

from __future__ import annotations

from monitor.desk import article, handed, sorting, triage, watching
from monitor.desk.sitting import Sitting
from monitor.desk.sorting import Outcome
from monitor.web import behind
from monitor.web.api import asked as ask
from monitor.web.api.shapes_case import CaseRow, case_row
from monitor.web.api.shapes_office import HandedIn
from monitor.web.api.shapes_press import Article, Decided, article_of
from monitor.web.api.table import act, make
from monitor.web.api.values import Ident
from monitor.web.route import EDITORS, EVERYBODY


def decide(s: Sitting, id: Ident, body: ask.Decide) -> Decided:  # noqa: A002
    """Notes a story or item, or lays it aside as irrelevant."""
    return _decided(sorting.decide(s, [id], body.state, note=body.note, shown=body.shown))


def undo(s: Sitting, id: Ident, body: ask.Undo) -> Decided:  # noqa: A002
    """Takes the last decision back; of a case that was just opened, the case with it."""
    return _decided(sorting.undo(s, [id], shown=body.shown))


def _decided(done: Outcome) -> Decided:
    if done.left:
        raise done.left[0]
    return Decided.model_validate(done.said[-1])


def open_case(s: Sitting, body: ask.Open) -> CaseRow:
    """Opens a case of one or more stories or items."""
    what = triage.Opening(
        title=body.title, reached=body.reached, reached_at=body.reached_at, units=body.units, topic=body.topic,
        allowed=body.allowed,
    )  # fmt: skip
    with s.db.atomic():
        case = triage.open_case(s, body.subjects, what)
        watching.begin(s, case)
    if body.evidence:
        behind.take_evidence(s.home, case.id, s.actor.id)
    return case_row(s, case)


def add_to_case(s: Sitting, id: Ident, body: ask.Join) -> CaseRow:  # noqa: A002
    """Further stories or items join a case; they are decided on with it."""
    case = s.case(id)
    sorting.add(s, case.id, body.subjects, shown=body.shown)
    return case_row(s, s.case(case.id))


def correct_article(s: Sitting, id: Ident, body: ask.Correct) -> Article:  # noqa: A002
    """Keeps a person's word on one field of the reading; it wins over the machine's."""
    article.correct(s, id, body.field, body.values, body.note)
    return article_of(article.article(s, id))


def hand_in(s: Sitting, body: ask.HandIn) -> HandedIn:
    """Keeps a link that somebody saw; nothing is fetched."""
    kept = handed.keep(
        s,
        handed.Found(
            link=body.link, medium=body.medium, title=body.title, text=body.text, seen_by=body.seen_by, at=body.at,
            hour=body.at is not None,
        ),
    )  # fmt: skip
    return HandedIn.model_validate(kept)


ROUTES = (
    act("/matters/{id}/decide", decide, EDITORS),
    act("/matters/{id}/undo", undo, EDITORS),
    make("/cases", open_case, EDITORS),
    act("/cases/{id}/articles", add_to_case, EDITORS),
    act("/articles/{id}/corrections", correct_article, EDITORS),
    make("/handed-in", hand_in, EVERYBODY),
)
