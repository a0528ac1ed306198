"""``case direct|comment|remind|assign|answer-link|answer|hand-over|claim|verify|conclude|reverify|remedy``."""

from __future__ import annotations

import click

from monitor.cli.cases.group import acting, at_desk, case, moment, needed_day, one_of, told, words
from monitor.config import load_web
from monitor.desk import answering, messages, moving, verifying
from monitor.errors import UsageError
from monitor.labels import label
from monitor.model.access import LinkKind
from monitor.model.case import Capacity, ClaimVerdict, Ground, Part, Way


@case.command(help=label("case_cli", "comment"))
@click.argument("ident", metavar="CASE")
@click.argument("text", metavar="WORDS")
@acting
def comment(*, ident: str, text: str, by: str | None, on_behalf: str) -> None:
    """A remark."""
    with at_desk(by, on_behalf) as s:
        told(moving.comment(s, ident, words(text)), "changed")


@case.command(help=label("case_cli", "direct"))
@click.argument("ident", metavar="CASE")
@click.argument("text", metavar="WORDS")
@acting
def direct(*, ident: str, text: str, by: str | None, on_behalf: str) -> None:
    """A leader's direction."""
    with at_desk(by, on_behalf) as s:
        told(moving.direct(s, ident, words(text)), "changed")


@case.command(help=label("case_cli", "remind"))
@click.argument("ident", metavar="CASE")
@click.argument("text", metavar="WORDS|ID")
@click.option("--due", metavar="D", help=label("case_cli", "due"))
@click.option("--person", default="", metavar="WHO", help=label("case_cli", "remind_whom"))
@click.option("--done", is_flag=True, help=label("case_cli", "remind_done"))
@acting
def remind(*, ident: str, text: str, due: str | None, person: str, done: bool, by: str | None, on_behalf: str) -> None:
    """A reminder, or that one was seen to."""
    with at_desk(by, on_behalf) as s:
        if done:
            told(moving.reminded(s, ident, text), "changed")
            return
        if due is None:
            raise UsageError("option_missing", option="--due")
        made = moving.remind(s, ident, words(text), needed_day(due), person)
    told(made, "added", thing=made.reminders[-1].id)


@case.command(help=label("case_cli", "assign"))
@click.argument("ident", metavar="CASE")
@click.option("--unit", default="", metavar="UNIT", help=label("case_cli", "assign_unit"))
@click.option("--person", default="", metavar="WHO", help=label("case_cli", "assign_person"))
@click.option("--task", required=True, metavar="WORDS", help=label("case_cli", "task"))
@click.option("--due", required=True, metavar="D", help=label("case_cli", "due"))
@click.option("--cooperate", is_flag=True, help=label("case_cli", "cooperate"))
@click.option("--directed-by", default="", metavar="WHO", help=label("case_cli", "directed_by"))
@click.option("--way", type=one_of(Way), default=Way.LETTER.value, help=label("case_cli", "way"))
@acting
def assign(*, ident: str, unit: str, person: str, task: str, due: str, cooperate: bool, directed_by: str, way: str,
    by: str | None, on_behalf: str,
) -> None:  # fmt: skip
    """Somebody is asked to check, or to help; the words to send are printed."""
    with at_desk(by, on_behalf) as s:
        made = verifying.assign(
            s,
            ident,
            verifying.Task(
                part=Part.COOPERATES if cooperate else Part.LEAD,
                task=words(task),
                due=needed_day(due),
                unit=unit,
                person=person,
                directed_by=directed_by,
                way=Way(way),
            ),
        )
        message = messages.assignment(s, made, made.assignments[-1])
    told(made, "added", thing=made.assignments[-1].id)
    if Way(way) in (Way.ZALO, Way.MAIL):
        click.echo()
        click.echo(message)


@case.command("answer-link", help=label("access_cli", "answer_link"))
@click.argument("ident", metavar="CASE")
@click.argument("assignment", metavar="ID")
@acting
def answer_link(ident: str, assignment: str, by: str | None, on_behalf: str) -> None:
    """A one-time link to the answer form of an assignment."""
    with at_desk(by, on_behalf) as s:
        made = s.case(ident)
        secret = answering.answer_link(s, made.id, assignment)
        days = load_web(s.home.rules).answer_days
    click.echo(label("access_cli", "answer_link_made", id=made.id, assignment=assignment, days=days))
    click.echo(LinkKind.ANSWER.path(secret))


@case.command(help=label("case_cli", "unassign"))
@click.argument("ident", metavar="CASE")
@click.argument("assignment", metavar="ID")
@click.option("--why", required=True, metavar="WORDS", help=label("case_cli", "why"))
@acting
def unassign(*, ident: str, assignment: str, why: str, by: str | None, on_behalf: str) -> None:
    """An assignment is taken back."""
    with at_desk(by, on_behalf) as s:
        told(moving.unassign(s, ident, assignment, words(why)), "changed")


@case.command(help=label("case_cli", "answer"))
@click.argument("ident", metavar="CASE")
@click.argument("assignment", metavar="ID")
@click.option("--text", required=True, metavar="WORDS", help=label("case_cli", "text"))
@click.option("--from", "source", default="", metavar="WHO", help=label("case_cli", "answer_from"))
@click.option("--way", type=one_of(Way), default=Way.PROGRAM.value, help=label("case_cli", "way"))
@click.option("--at", metavar="D", help=label("case_cli", "answer_at"))
@click.option("--proof", multiple=True, metavar="EVIDENCE", help=label("case_cli", "proof"))
@acting
def answer(*, ident: str, assignment: str, text: str, source: str, way: str, at: str | None, proof: tuple[str, ...],
    by: str | None, on_behalf: str,
) -> None:  # fmt: skip
    """What the assignee answered."""
    with at_desk(by, on_behalf) as s:
        made = verifying.answer(
            s, ident, assignment, words(text), at=moment(at), way=Way(way), source=source, evidence=proof
        )
    told(made, "changed")


@case.command("hand-over", help=label("case_cli", "hand_over"))
@click.argument("giver", metavar="WHO")
@click.argument("taker", metavar="WHO")
@acting
def hand_over(*, giver: str, taker: str, by: str | None, on_behalf: str) -> None:
    """All of one person's work goes to another."""
    with at_desk(by, on_behalf) as s:
        done = verifying.hand_over(s, giver, taker)
        record = messages.handover(s, giver, taker, done)
    click.echo(record)


@case.command(help=label("case_cli", "claim"))
@click.argument("ident", metavar="CASE")
@click.argument("claim_id", metavar="[CLAIM]", required=False)
@click.option("--quote", default="", metavar="WORDS", help=label("case_cli", "quote"))
@click.option("--article", default="", metavar="ID", help=label("case_cli", "claim_article"))
@click.option("--typed", is_flag=True, help=label("case_cli", "typed"))
@click.option("--fact", metavar="WORDS", help=label("case_cli", "fact"))
@click.option("--source", metavar="WORDS", help=label("case_cli", "source"))
@click.option("--harmed", metavar="WORDS", help=label("case_cli", "harmed"))
@click.option("--capacity", type=one_of(Capacity), help=label("case_cli", "capacity"))
@click.option("--authority", metavar="EVIDENCE", help=label("case_cli", "authority"))
@click.option("--drop", metavar="WORDS", help=label("case_cli", "claim_drop"))
@acting
def claim(
    *, ident: str, claim_id: str | None, quote: str, article: str, typed: bool, fact: str | None,
    source: str | None, harmed: str | None, capacity: str | None, authority: str | None, drop: str | None,
    by: str | None, on_behalf: str,
) -> None:  # fmt: skip
    """A disputed passage is added, changed or dropped."""
    how = Capacity(capacity) if capacity else None
    with at_desk(by, on_behalf) as s:
        if claim_id is None:
            passage = verifying.Passage(
                quote=words(quote),
                article=article,
                typed=typed,
                fact=words(fact or ""),
                source=words(source or ""),
                harmed=words(harmed or ""),
                capacity=how or Capacity.OWN,
            )
            made = verifying.add_claim(s, ident, passage)
            told(made, "added", thing=made.claims[-1].id)
            return
        if drop is not None:
            made = moving.drop_claim(s, ident, claim_id, words(drop))
        else:
            made = moving.change_claim(
                s, ident, claim_id, fact=fact, source=source, harmed=harmed, capacity=how, authority=authority
            )
    told(made, "changed")


@case.command(help=label("case_cli", "verify"))
@click.argument("ident", metavar="CASE")
@click.option("--finding", metavar="WORDS", help=label("case_cli", "finding"))
@click.option("--claim", "claims", multiple=True, metavar="CLAIM", help=label("case_cli", "verify_claim"))
@click.option("--proof", multiple=True, metavar="EVIDENCE", help=label("case_cli", "proof"))
@click.option("--verdict", type=one_of(ClaimVerdict), help=label("case_cli", "verdict"))
@click.option("--ground", type=one_of(Ground), help=label("case_cli", "ground"))
@click.option("--why", default="", metavar="WORDS", help=label("case_cli", "why"))
@click.option("--fact", default="", metavar="WORDS", help=label("case_cli", "fact"))
@click.option("--source", default="", metavar="WORDS", help=label("case_cli", "source"))
@acting
def verify(*, ident: str, finding: str | None, claims: tuple[str, ...], proof: tuple[str, ...], verdict: str | None,
    ground: str | None, why: str, fact: str, source: str, by: str | None, on_behalf: str,
) -> None:  # fmt: skip
    """What was found, and the verdict on claims."""
    if finding is None and verdict is None:
        raise UsageError("option_missing", option="--finding, --verdict")
    if verdict is not None and not claims:
        raise UsageError("option_missing", option="--claim")
    with at_desk(by, on_behalf) as s, s.db.atomic():
        if finding is not None:
            made = moving.find(s, ident, words(finding), claims, proof)
        for one in claims if verdict else ():
            made = verifying.judge(
                s,
                ident,
                one,
                ClaimVerdict(str(verdict)),
                ground=Ground(ground) if ground else None,
                why=words(why),
                fact=words(fact),
                source=words(source),
            )
    told(made, "changed")


@case.command(help=label("case_cli", "conclude"))
@click.argument("ident", metavar="CASE")
@click.option("--text", default="", metavar="WORDS", help=label("case_cli", "text"))
@acting
def conclude(*, ident: str, text: str, by: str | None, on_behalf: str) -> None:
    """The verification ends with the case's verdict."""
    with at_desk(by, on_behalf) as s:
        told(moving.conclude(s, ident, words(text)), "concluded")


@case.command(help=label("case_cli", "reverify"))
@click.argument("ident", metavar="CASE")
@click.option("--why", required=True, metavar="WORDS", help=label("case_cli", "why"))
@acting
def reverify(*, ident: str, why: str, by: str | None, on_behalf: str) -> None:
    """Back to checking."""
    with at_desk(by, on_behalf) as s:
        told(moving.reverify(s, ident, words(why)), "changed")


@case.command(help=label("case_cli", "remedy"))
@click.argument("ident", metavar="CASE")
@click.argument("remedy_id", metavar="[REMEDY]", required=False)
@click.option("--measure", default="", metavar="WORDS", help=label("case_cli", "measure"))
@click.option("--who", default="", metavar="WORDS", help=label("case_cli", "who"))
@click.option("--due", metavar="D", help=label("case_cli", "due"))
@click.option("--claim", "claims", multiple=True, metavar="CLAIM", help=label("case_cli", "remedy_claim"))
@click.option("--done", metavar="D", help=label("case_cli", "done"))
@click.option("--result", default="", metavar="WORDS", help=label("case_cli", "result"))
@click.option("--proof", multiple=True, metavar="EVIDENCE", help=label("case_cli", "proof"))
@click.option("--drop", metavar="WORDS", help=label("case_cli", "remedy_drop"))
@acting
def remedy(*, ident: str, remedy_id: str | None, measure: str, who: str, due: str | None, claims: tuple[str, ...],
    done: str | None, result: str, proof: tuple[str, ...], drop: str | None, by: str | None, on_behalf: str,
) -> None:  # fmt: skip
    """A measure is added, finished or dropped."""
    with at_desk(by, on_behalf) as s:
        if remedy_id is None:
            if due is None:
                raise UsageError("option_missing", option="--due")
            made = moving.add_remedy(s, ident, words(measure), who=words(who), due=needed_day(due), claims=claims)
            told(made, "added", thing=made.remedies[-1].id)
            return
        if drop is not None:
            made = moving.drop_remedy(s, ident, remedy_id, words(drop))
        elif done is not None:
            made = moving.finish_remedy(s, ident, remedy_id, done=needed_day(done), result=words(result), proof=proof)
        else:
            raise UsageError("option_missing", option="--done, --drop")
    told(made, "changed")
