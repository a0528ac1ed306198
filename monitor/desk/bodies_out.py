"""What the papers to outlets and authorities say: request, response, reminder, petition, notice of remedies."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.clock import local
from monitor.desk import wording
from monitor.desk.draft import Draft
from monitor.labels import label, of
from monitor.model import paper_bodies as kinds
from monitor.model.case import Case
from monitor.model.law import Citation
from monitor.model.paper import PaperBody
from monitor.model.request import AddresseeKind, DemandResult, Request
from monitor.model.source import Medium


def _basis(of_: Draft) -> tuple[str, ...]:
    ruleset = of_.book.law.on(of_.on)
    if ruleset is None or of_.asked.addressee is AddresseeKind.SOCIAL:
        return ()
    right = of_.asked.addressee is AddresseeKind.PRESS and not of_.informs
    return (ruleset.cite(Citation.RIGHT_TO_RESPOND).text if right else ruleset.law,)


def request(of_: Draft) -> PaperBody:
    """The letter to one addressee."""
    request = of_.asked
    return kinds.RequestBody(
        addressee=request.addressee,
        honorific=wording.honorific(request),
        works=of_.works,
        claims=wording.faulty(of_.claims),
        demands=wording.demand_lines(of_.book, request, of_.on),
        admitted=wording.admitted(of_.case),
        basis=_basis(of_),
        on_behalf_of=of_.on_behalf,
        informs=of_.informs,
        response_attached=request.demand("publish_response") is not None,
    )


def response(of_: Draft) -> PaperBody:
    """The text to be published."""
    media = {p.medium for p in of_.asked.publications}
    key = "radio" if media == {Medium.RADIO} else "tv" if Medium.TV in media else "readers"
    letter = next((p.sign for p in of_.case.papers if p.id == of_.asked.letter and p.number is not None), "")
    return kinds.ResponseBody(
        works=of_.works,
        claims=wording.faulty(of_.claims),
        admitted=wording.admitted(of_.case),
        on_behalf_of=of_.on_behalf,
        letter=label("letter", "number", sign=letter) if letter else "",
        audience=label("letter", f"audience_{key}"),
    )


def reminder(of_: Draft) -> PaperBody:
    """What was due and did not come."""
    request = of_.asked
    letters = [p for p in of_.case.papers if p.request == request.id and p.issued and p.dated and p.id != of_.paper.id]
    told = tuple(label("letter", "earlier", sign=p.sign, day=wording.day_words(p.dated)) for p in letters if p.dated)
    lines = wording.demand_lines(of_.book, request, of_.on)
    left = tuple(
        demand_line
        for demand, demand_line in zip(request.demands, lines, strict=True)
        if demand.result in (DemandResult.PENDING, DemandResult.DEFECTIVE, DemandResult.NOTHING)
    )
    return kinds.ReminderBody(
        nth=len(letters) + 1,
        honorific=wording.honorific(request),
        works=of_.works,
        letters=told,
        received=wording.day_words(local(request.received).date()) if request.received else "",
        outstanding=left,
        deadline=of_.said.deadline or label("letter", "reminder_deadline"),
        next_step=label("letter", "reminder_next"),
    )


def petition(of_: Draft) -> PaperBody:
    """The matter laid before an authority."""
    request = of_.asked
    return kinds.PetitionBody(
        works=of_.works,
        claims=wording.faulty(of_.claims),
        demands=wording.demand_lines(of_.book, request, of_.on),
        admitted=wording.admitted(of_.case),
        history=tuple(history(of_.case, request)),
        basis=_basis(of_),
        on_behalf_of=of_.on_behalf,
        informs=of_.informs,
    )


def history(case: Case, request: Request) -> Iterable[str]:
    """What was asked before and what came of it, oldest first: the request this one goes on from, or all others."""
    before = [r for r in case.requests if r.id == request.escalates] or [r for r in case.requests if r.id != request.id]
    for one in before:
        letters = [p for p in case.papers if p.request == one.id and p.issued and p.dated]
        for paper in letters:
            if paper.dated:
                day = wording.day_words(paper.dated)
                yield label("letter", "history_sent", sign=paper.sign, day=day, name=one.name)
        if one.received:
            yield label("letter", "history_received", name=one.name, day=wording.day_words(local(one.received).date()))
        for demand in one.demands:
            if demand.result is not DemandResult.PENDING:
                on = label("letter", "on_day", day=wording.day_words(demand.on)) if demand.on else ""
                yield label("letter", "history_result", what=of(demand.kind), result=of(demand.result), on=on).strip()
        if one.sent and all(demand.result is DemandResult.PENDING for demand in one.demands):
            yield label("letter", "history_silent", name=one.name)


def remedy(of_: Draft) -> PaperBody:
    """To the outlet whose report was right."""
    ruleset = of_.book.law.on(of_.on)
    return kinds.RemedyBody(
        honorific=wording.honorific(of_.request) if of_.request else label("letter", "dear_body"),
        works=of_.works,
        in_reply_to=of_.said.in_reply_to,
        basis=ruleset.law if ruleset and of_.said.in_reply_to else "",
        admitted=wording.admitted(of_.case),
        others=wording.faulty(of_.case.live_claims),
        measures=wording.measures(of_.case),
    )
