"""Opening a case, describing it, and who may see it.

A case takes its articles from a story or by hand; the id of the case is the caller's business.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.errors import RefusedError
from monitor.labels import label
from monitor.model.action import CaseAction, Step, gate, roles_of
from monitor.model.case import (
    Case,
    CaseStatus,
    Closing,
    End,
    Marking,
    Reached,
)
from monitor.model.people import OfficeRole, Person
from monitor.triage.moving import step, wanted

_SEEN = (Reached.PUBLISHED, Reached.SOCIAL)
"""Nobody wrote to us: there is no day of receipt."""
UNDO = timedelta(days=1)
"""How long an act of triage can be taken back."""


def open_case(
    ident: str,
    title: str,
    *,
    actor: Person,
    now: datetime,
    story: str = "",
    articles: Iterable[str] = (),
    topic: str = "",
    reached: Reached = Reached.PUBLISHED,
    reached_at: datetime | None = None,
    first_published: datetime | None = None,
    units: Iterable[str] = (),
) -> Step:
    """A new case. Raises RefusedError where the person may not, or what reached us by letter has no date."""
    if actor.disabled:
        raise RefusedError("person_disabled", person=actor.id)
    if not actor.has(OfficeRole.LEADER, OfficeRole.PRESS):
        raise RefusedError("role_missing", action=CaseAction.ADD_CLAIM, roles=roles_of(CaseAction.ADD_CLAIM))
    if reached not in _SEEN and reached_at is None:
        raise RefusedError("reached_when", reached=reached)
    case = Case(
        id=ident,
        title=_title(title),
        opened=now,
        opened_by=actor.id,
        story=story,
        articles=tuple(dict.fromkeys(articles)),
        topic=topic,
        reached=reached,
        reached_at=reached_at,
        first_published=first_published,
        units=tuple(dict.fromkeys(units)),
    )
    return step(case, "case.open", after=case.status.value, refs=case.articles)


_LONGEST_TITLE = 500


def _title(text: str) -> str:
    """A title on one line. Raises RefusedError for none, and for one that would flood every list."""
    line = " ".join(wanted(text, label("case", "title")).split())
    if len(line) > _LONGEST_TITLE:
        raise RefusedError("title_long", most=_LONGEST_TITLE)
    return line


def describe(
    case: Case,
    *,
    actor: Person,
    title: str | None = None,
    topic: str | None = None,
    reached: Reached | None = None,
    reached_at: datetime | None = None,
    units: Iterable[str] | None = None,
    accused: Iterable[str] | None = None,
    marking: str | None = None,
) -> Step:
    """What is known of the case, as far as given. An accused body that still has the check is refused.

    Raises RefusedError also for a marking that such a machine may not hold.
    """
    gate(case, CaseAction.DESCRIBE, actor)
    if reached not in (None, *_SEEN) and reached_at is None and case.reached_at is None:
        raise RefusedError("reached_when", reached=reached)
    changed = replace(
        case,
        title=case.title if title is None else _title(title),
        topic=case.topic if topic is None else topic,
        reached=reached or case.reached,
        reached_at=reached_at or case.reached_at,
        units=case.units if units is None else tuple(dict.fromkeys(units)),
        accused=case.accused if accused is None else tuple(dict.fromkeys(accused)),
        marking=case.marking if marking is None else marking_of(marking),
    )
    if changed.accused:
        changed = replace(changed, units=tuple(dict.fromkeys((*changed.units, *changed.accused))))
    if changed.lead and changed.lead.unit in changed.accused:
        raise RefusedError("verifies_itself", unit=changed.lead.unit)
    return step(changed, "case.describe", refs=(*changed.units, *changed.accused))


def marking_of(said: str) -> Marking:
    """The marking of this word. Raises RefusedError for those of state secrets, and for unknown ones."""
    try:
        return Marking(said.strip().lower())
    except ValueError:
        key = "marking_secret" if said.strip().lower() in _SECRET else "marking_unknown"
        raise RefusedError(key, value=said) from None


_SECRET = {"secret", "top_secret", "mật", "tối mật", "tuyệt mật", "mat", "toi mat", "tuyet mat"}


def restrict(case: Case, allowed: Iterable[str], *, actor: Person) -> Step:
    """From now on only these persons see that the case exists; who restricts is always among them."""
    gate(case, CaseAction.RESTRICT, actor)
    named = tuple(dict.fromkeys((actor.id, *allowed)))
    return step(replace(case, restricted=True, allowed=named), "case.restrict", refs=named)


def lift(case: Case, *, actor: Person) -> Step:
    """Everybody may see the case again."""
    gate(case, CaseAction.LIFT, actor)
    return step(replace(case, restricted=False, allowed=()), "case.lift")


def visible(case: Case, person: Person, acts_for: Iterable[str] = ()) -> bool:
    """Whether the person may know of the case, for himself or for one he stands in for.

    Where a body or its officer is accused, its own people are left out unless they are named themselves: nobody
    watches over his own verification, in another's place neither.
    """
    if person.id in case.allowed:
        return True
    if person.unit and person.unit in case.accused:
        return False
    return not case.restricted or not set(case.allowed).isdisjoint(acts_for)


def add_articles(case: Case, articles: Iterable[str], *, actor: Person) -> Step:
    """Further items that carry the matter."""
    gate(case, CaseAction.ADD_ARTICLE, actor)
    new = tuple(a for a in dict.fromkeys(articles) if a not in case.articles)
    return step(replace(case, articles=(*case.articles, *new)), "case.add_article", refs=new)


def drop_article(case: Case, article: str, *, actor: Person) -> Step:
    """An item that does not belong here. One that a claim or a request rests on stays."""
    gate(case, CaseAction.DROP_ARTICLE, actor)
    if article not in case.articles:
        raise RefusedError("article_not_here", article=article, case=case.id)
    rests = [claim.id for claim in case.live_claims if claim.article == article]
    rests += [r.id for r in case.requests if any(p.article == article for p in r.publications)]
    if rests:
        raise RefusedError("article_in_use", article=article, things=", ".join(rests))
    left = tuple(one for one in case.articles if one != article)
    return step(replace(case, articles=left), "case.drop_article", refs=(article,))


def undo_open(case: Case, *, actor: Person, now: datetime) -> Step:
    """Takes back the opening of a case with which nothing was done yet: it stays, closed as opened by mistake."""
    gate(case, CaseAction.UNDO, actor)
    if now - case.opened > UNDO:
        raise RefusedError("undo_too_late", case=case.id)
    if case.last or case.reopened or case.arrivals:
        raise RefusedError("case_went_on", case=case.id, action=CaseAction.UNDO)
    end = End(closing=Closing.MISTAKEN, by=actor.id, at=now)
    done = replace(case, status=CaseStatus.CLOSED, end=end)
    return step(done, "case.undo", before=case.status.value, after=done.status.value, why=Closing.MISTAKEN.value)
