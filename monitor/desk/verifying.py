"""The check, at the desk: each act is one move of ``triage`` on one case, in one transaction.

    sitting, case id, what was entered ──▶ move ──▶ case as stored

Whose unit a person belongs to, and where a quotation stands in the stored page, is looked up here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from monitor.desk import people, refs
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError
from monitor.extract import extract
from monitor.jobs.reading import sites
from monitor.model.action import Step
from monitor.model.article import Page
from monitor.model.case import Capacity, Case, ClaimVerdict, Ground, Part, Way
from monitor.model.people import OfficeRole, Person
from monitor.store import articles, cases, snapshots
from monitor.store import people as stored
from monitor.store.db import Database
from monitor.text import clean, decode, one_tone_spelling
from monitor.triage import assigning, verifying


@dataclass(frozen=True, kw_only=True)
class Task:
    """Who is asked to do what until when; exactly one of ``unit`` and ``person``."""

    part: Part
    task: str
    due: date
    unit: str = ""
    person: str = ""
    directed_by: str = ""
    way: Way = Way.LETTER


def assign(sitting: Sitting, ident: str, task: Task, *, expected: int | None = None) -> Case:
    """Asks a body or a person; directed by a leader, or by who acts."""
    person = _person(sitting.db, task.person) if task.person else None
    unit = people.unit(sitting.db, task.unit).id if task.unit else ""
    directed = _person(sitting.db, task.directed_by).id if task.directed_by else sitting.actor.id

    def move(case: Case) -> Step:
        return assigning.assign(
            case,
            actor=sitting.actor,
            now=sitting.now,
            part=task.part,
            task=task.task,
            due=task.due,
            directed_by=directed,
            unit=unit,
            person=person.id if person else "",
            person_unit=person.unit if person else "",
            way=task.way,
        )

    return sitting.act(ident, move, expected=expected)


def answer(
    sitting: Sitting,
    ident: str,
    assignment: str,
    text: str,
    *,
    at: datetime | None = None,
    way: Way = Way.PROGRAM,
    source: str = "",
    evidence: Iterable[str] = (),
) -> Case:
    """What the assignee answered, or what an officer recorded on its behalf: from whom, when, by which way."""
    return sitting.act(
        ident,
        lambda case: assigning.answer(
            case, assignment, text, actor=sitting.actor, now=sitting.now, at=at, way=way, source=source,
            evidence=refs.held(sitting, case, evidence),
        ),
    )  # fmt: skip


def hand_over(sitting: Sitting, giver: str, taker: str) -> list[Case]:
    """Everything one person has to do goes to another, in one transaction; returns the cases it touched.

    A leader does it, or the giver himself. What the actor may not see stays where it is: he cannot open it to anyone.
    """
    from_, to = _person(sitting.db, giver), _person(sitting.db, taker)
    if from_.id == to.id or to.disabled:
        raise RefusedError("hand_over_whom", giver=from_.id, taker=to.id)
    if sitting.actor.id != from_.id and not sitting.actor.has(OfficeRole.LEADER):
        raise RefusedError("hand_over_role", giver=from_.id)
    done = []
    with sitting.db.atomic():
        for case in list(cases.every(sitting.db)):
            if not sitting.sees(case):
                continue
            step = assigning.hand_over(case, from_.id, to, actor=sitting.actor)
            if step is not None:
                done.append(sitting.keep(case, step))
    return done


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A disputed passage as entered: from an article's text, or typed from paper or broadcast."""

    quote: str
    article: str = ""
    typed: bool = False
    fact: str = ""
    source: str = ""
    harmed: str = ""
    capacity: Capacity = Capacity.OWN


def add_claim(sitting: Sitting, ident: str, passage: Passage) -> Case:
    """A claim. A quotation must stand in the article's stored text, word for word; else it has to be said typed.

    Without an article the case's only one is meant.
    """

    def move(case: Case) -> Step:
        article = passage.article or (case.articles[0] if len(case.articles) == 1 else "")
        snapshot = ""
        if not (article or passage.typed):
            raise RefusedError("claim_whence", case=case.id)
        if article and not passage.typed:
            article, snapshot = _quoted(sitting, case, article, passage.quote)
        return verifying.add_claim(
            case,
            clean(passage.quote),
            actor=sitting.actor,
            article=article,
            snapshot=snapshot,
            typed=passage.typed,
            fact=passage.fact,
            source=passage.source,
            harmed=refs.called(sitting, passage.harmed),
            capacity=passage.capacity,
        )

    return sitting.act(ident, move)


def _quoted(sitting: Sitting, case: Case, said: str, quote: str) -> tuple[str, str]:
    """The article that was meant, and the hash of the earliest snapshot that holds the quotation.

    Accents count: a letter must not misquote the paper. A page edited since is still quoted from what it was.
    """
    found = articles.by_ids(sitting.db, [said]) if said in case.articles else []
    if not found:
        raise RefusedError("article_not_here", article=said, case=case.id)
    words = _plain(quote)
    kept = snapshots.of(sitting.db, said)
    for one in kept:
        page = Page(url=one.url, html=decode(one.body, dict(one.headers).get("content-type", "")), fetched=one.fetched)
        read = extract(page, sites(sitting.home.rules))
        if words in _plain(" ".join((read.title, read.lead, read.text))):
            return said, one.sha256
    if words in _plain(" ".join((found[0].title, found[0].lead, found[0].text))):
        return said, ""
    raise RefusedError("quote_not_found", article=said)


def _plain(text: str) -> str:
    return one_tone_spelling(clean(text)).casefold()


def judge(
    sitting: Sitting,
    ident: str,
    claim: str,
    verdict: ClaimVerdict,
    *,
    ground: Ground | None = None,
    why: str = "",
    fact: str = "",
    source: str = "",
) -> Case:
    """The verdict on one claim."""
    return sitting.act(
        ident,
        lambda case: verifying.judge(
            case, claim, verdict, actor=sitting.actor, now=sitting.now, ground=ground, why=why, fact=fact, source=source
        ),
    )


def _person(db: Database, said: str) -> Person:
    found = stored.get(db, said)
    if found is None:
        raise RefusedError("person_unknown", person=said)
    return found
