"""What is done with a token on a case; each answers with the case as it is then, its new revision among it."""

from __future__ import annotations

from collections.abc import Callable

from monitor.desk import asking, casefile, moving, recording, verifying, watching
from monitor.desk.sitting import Sitting
from monitor.desk.verifying import Passage, Task
from monitor.model.case import Case, Closing
from monitor.respond.results import Outcome
from monitor.web.api import asked as ask
from monitor.web.api.shapes_case import CaseRow, case_row
from monitor.web.api.table import act, make
from monitor.web.api.values import Ident
from monitor.web.route import DESK


def _done(s: Sitting, ident: str, move: Callable[[], Case]) -> CaseRow:
    """The act, and what is looked at of the case's pages from then on, in one transaction.

    A case that is not to be seen is told first, whatever else is wrong.
    """
    with s.db.atomic():
        s.case(ident)
        made = move()
        watching.refresh(s, made)
    return case_row(s, made)


def assign(s: Sitting, id: Ident, body: ask.Assign) -> CaseRow:  # noqa: A002
    """Asks a body or a person."""
    task = Task(
        part=body.part, task=body.task, due=body.due, unit=body.unit, person=body.person,
        directed_by=body.directed_by, way=body.way,
    )  # fmt: skip
    return _done(s, id, lambda: verifying.assign(s, id, task))


def answer(s: Sitting, id: Ident, thing: Ident, body: ask.Answered) -> CaseRow:  # noqa: A002
    """What the assignee answered, or an officer records for it."""
    return _done(
        s,
        id,
        lambda: verifying.answer(
            s, id, thing, body.text, at=body.at, way=body.way, source=body.source, evidence=body.evidence
        ),
    )


def add_claim(s: Sitting, id: Ident, body: ask.NewClaim) -> CaseRow:  # noqa: A002
    """A disputed passage."""
    passage = Passage(
        quote=body.quote, article=body.article, typed=body.typed, fact=body.fact, source=body.source,
        harmed=body.harmed, capacity=body.capacity,
    )  # fmt: skip
    return _done(s, id, lambda: verifying.add_claim(s, id, passage))


def judge(s: Sitting, id: Ident, thing: Ident, body: ask.Judge) -> CaseRow:  # noqa: A002
    """The verdict on a claim."""
    return _done(
        s,
        id,
        lambda: verifying.judge(
            s, id, thing, body.verdict, ground=body.ground, why=body.why, fact=body.fact, source=body.source
        ),
    )


def comment(s: Sitting, id: Ident, body: ask.Words) -> CaseRow:  # noqa: A002
    """A remark."""
    return _done(s, id, lambda: moving.comment(s, id, body.text))


def direct(s: Sitting, id: Ident, body: ask.Words) -> CaseRow:  # noqa: A002
    """A leader's direction."""
    return _done(s, id, lambda: moving.direct(s, id, body.text))


def conclude(s: Sitting, id: Ident, body: ask.Conclude) -> CaseRow:  # noqa: A002
    """The verification ends; the case's verdict follows from its claims."""
    return _done(s, id, lambda: moving.conclude(s, id, body.text))


def add_remedy(s: Sitting, id: Ident, body: ask.NewRemedy) -> CaseRow:  # noqa: A002
    """A measure."""
    return _done(s, id, lambda: moving.add_remedy(s, id, body.measure, who=body.who, due=body.due, claims=body.claims))


def finish_remedy(s: Sitting, id: Ident, thing: Ident, body: ask.Finished) -> CaseRow:  # noqa: A002
    """A measure was carried out."""
    return _done(
        s, id, lambda: moving.finish_remedy(s, id, thing, done=body.done, result=body.result, proof=body.proof)
    )  # fmt: skip


def add_request(s: Sitting, id: Ident, body: ask.Ask) -> CaseRow:  # noqa: A002
    """A request to one addressee."""
    what = asking.Asking(
        outlet=body.outlet, name=body.name, addressee=body.addressee, issuer=body.issuer, claims=body.claims,
        demands=body.demands, articles=body.articles,
    )  # fmt: skip
    return _done(s, id, lambda: asking.add(s, id, what))


def add_all_requests(s: Sitting, id: Ident, body: ask.AskAll) -> CaseRow:  # noqa: A002
    """A request, or an addition to one, for every proposal that allows to ask something."""
    return _done(s, id, lambda: asking.add_all(s, id, body.issuer))


def record_received(s: Sitting, id: Ident, thing: Ident, body: ask.Received) -> CaseRow:  # noqa: A002
    """The addressee received the letter: his clocks start."""
    return _done(s, id, lambda: recording.received(s, id, thing, body.at, body.proof, why=body.why))


def record_result(s: Sitting, id: Ident, thing: Ident, body: ask.Result) -> CaseRow:  # noqa: A002
    """What came of one demand."""
    outcome = Outcome(
        result=body.result, on=body.on, missing=body.missing, note=body.note, reply=body.reply, proof=body.proof
    )  # fmt: skip
    return _done(s, id, lambda: recording.result(s, id, thing, body.demand, outcome, why=body.why))


def close(s: Sitting, id: Ident, body: ask.Close) -> CaseRow:  # noqa: A002
    """The end of a case; its file is made."""

    def move() -> Case:
        if body.closing is Closing.CONCLUDED:
            return moving.close(s, id, body.why, body.retention)
        return moving.close_without(s, id, body.closing, body.why, body.other)

    made = _done(s, id, move)
    casefile.make(s, made.id)
    return made


ROUTES = (
    make("/cases/{id}/assignments", assign, DESK),
    act("/cases/{id}/assignments/{thing}/answer", answer, DESK),
    make("/cases/{id}/claims", add_claim, DESK),
    act("/cases/{id}/claims/{thing}/judge", judge, DESK),
    make("/cases/{id}/comments", comment, DESK),
    make("/cases/{id}/directions", direct, DESK),
    act("/cases/{id}/conclude", conclude, DESK),
    make("/cases/{id}/remedies", add_remedy, DESK),
    act("/cases/{id}/remedies/{thing}/finish", finish_remedy, DESK),
    make("/cases/{id}/requests", add_request, DESK),
    make("/cases/{id}/requests/all", add_all_requests, DESK),
    act("/cases/{id}/requests/{thing}/received", record_received, DESK),
    act("/cases/{id}/requests/{thing}/result", record_result, DESK),
    act("/cases/{id}/close", close, DESK),
)
