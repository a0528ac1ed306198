"""``case request|record|escalate|withdraw``: what is asked of whom, and what came of it."""

from __future__ import annotations

import click

from monitor.cli.cases.group import acting, at_desk, case, moment, needed_day, one_of, told, words
from monitor.desk import asking, recording, watching
from monitor.errors import UsageError
from monitor.labels import label, of
from monitor.model.asking import Proposal
from monitor.model.request import AddresseeKind, DemandKind, DemandResult
from monitor.respond.results import Outcome

_DEMANDS = [kind.value for kind in DemandKind]


@case.command(help=label("case_cli", "request"))
@click.argument("ident", metavar="CASE")
@click.option("--all", "everyone", is_flag=True, help=label("case_cli", "request_all"))
@click.option("--outlet", default="", metavar="O", help=label("case_cli", "request_outlet"))
@click.option("--name", default="", metavar="WORDS", help=label("case_cli", "request_name"))
@click.option("--kind", type=one_of(AddresseeKind), help=label("case_cli", "request_kind"))
@click.option("--issuer", default="", metavar="UNIT", help=label("case_cli", "issuer"))
@click.option("--claim", "claims", multiple=True, metavar="CLAIM", help=label("case_cli", "request_claim"))
@click.option("--demand", "demands", multiple=True, type=click.Choice(_DEMANDS), help=label("case_cli", "demand"))
@click.option("--article", "articles", multiple=True, metavar="ID", help=label("case_cli", "request_article"))
@click.option("--change", default="", metavar="REQUEST", help=label("case_cli", "request_change"))
@acting
def request(
    *, ident: str, everyone: bool, outlet: str, name: str, kind: str | None, issuer: str, claims: tuple[str, ...],
    demands: tuple[str, ...], articles: tuple[str, ...], change: str, by: str | None, on_behalf: str,
) -> None:  # fmt: skip
    """Without options: who could be asked for what. Else a request, or one for everybody."""
    asked = tuple(DemandKind(one) for one in demands)
    with at_desk(by, on_behalf) as s:
        before = {one.id for one in s.case(ident).requests}
        if everyone:
            made = asking.add_all(s, ident, issuer)
        elif change:
            made = asking.change(s, ident, change, claims=claims or None, demands=asked or None, name=name or None)
        elif outlet or name or articles:
            made = asking.add(
                s,
                ident,
                asking.Asking(
                    outlet=outlet,
                    name=words(name),
                    addressee=AddresseeKind(kind) if kind else None,
                    issuer=issuer,
                    claims=claims,
                    demands=asked,
                    articles=articles,
                ),
            )
        else:
            _propose(asking.proposals(s, ident))
            return
    told(made, "changed")
    for one in made.requests:
        if one.id not in before:
            click.echo(f"  {one.id}  {one.name} — {', '.join(of(d.kind) for d in one.demands)}")


def _propose(found: tuple[Proposal, ...]) -> None:
    if not found:
        click.echo(label("case_cli", "no_proposals"))
    for one in found:
        kind = of(one.addressee) if one.addressee else label("case_cli", "kind_unknown")
        asked = ", ".join(of(d) for d in one.demands) or label("case_cli", "nothing_to_ask")
        card = (
            ""
            if one.card or one.addressee not in (AddresseeKind.PRESS, AddresseeKind.AGGREGATOR)
            else (" · " + label("case_cli", "no_card"))
        )
        joins = " · " + label("case_cli", "joins", request=one.request) if one.request else ""
        click.echo(f"{one.outlet or '–'}  {one.name} · {kind} · {len(one.publications)}{joins}{card}")
        click.echo(f"    {asked}")
        for publication in one.publications:
            click.echo(f"    - {publication.article} · {of(publication.medium)} · {publication.title}")


@case.command(help=label("case_cli", "record"))
@click.argument("ident", metavar="CASE")
@click.argument("request_id", metavar="REQUEST")
@click.option("--received", metavar="D", help=label("case_cli", "record_received"))
@click.option("--conclusion", metavar="D", help=label("case_cli", "record_conclusion"))
@click.option("--self-found", metavar="D", help=label("case_cli", "record_self_found"))
@click.option("--round", "round_", nargs=2, metavar="D D", help=label("case_cli", "record_round"))
@click.option("--demand", "demands", multiple=True, metavar="DEMAND", help=label("case_cli", "record_demand"))
@click.option("--result", "outcome", type=one_of(DemandResult), help=label("case_cli", "record_result"))
@click.option("--on", metavar="D", help=label("case_cli", "record_on"))
@click.option("--missing", multiple=True, metavar="WORDS", help=label("case_cli", "record_missing"))
@click.option("--note", default="", metavar="WORDS", help=label("case_cli", "record_note"))
@click.option("--reply", default="", metavar="ARRIVAL", help=label("case_cli", "record_reply"))
@click.option("--proof", multiple=True, metavar="WORDS|EVIDENCE", help=label("case_cli", "record_proof"))
@click.option("--why", default="", metavar="WORDS", help=label("case_cli", "record_why"))
@acting
def record(*, ident: str, request_id: str, received: str | None, conclusion: str | None, self_found: str | None,
    round_: tuple[str, str] | None, demands: tuple[str, ...], outcome: str | None, on: str | None,
    missing: tuple[str, ...], note: str, reply: str, proof: tuple[str, ...], why: str, by: str | None, on_behalf: str,
) -> None:  # fmt: skip
    """A receipt, a conclusion, a round, or what came of demands."""
    shown = proof[0] if proof else ""
    with at_desk(by, on_behalf) as s, s.db.atomic():
        made = None
        if at := moment(received):
            made = recording.received(s, ident, request_id, at, words(shown), why=words(why))
        if at := moment(conclusion):
            made = recording.conclusion(s, ident, request_id, at, shown, why=words(why))
        if at := moment(self_found):
            made = recording.self_found(s, ident, request_id, at, shown, why=words(why))
        if round_:
            done = recording.round_(s, ident, request_id, needed_day(round_[0]), needed_day(round_[1]))
            click.echo(label("case_cli", "round", number=done.number))
            for way in done.ways:
                click.echo(f"  → {of(way)}")
            made = s.case(ident)
        if demands:
            said = Outcome(
                result=DemandResult(outcome) if outcome else None,
                on=needed_day(on) if on else None,
                missing=missing,
                note=words(note),
                reply=reply,
                proof=proof,
            )
            for one in demands:
                made = recording.result(s, ident, request_id, one, said, why=words(why))
        if made is None:
            raise UsageError("option_missing", option="--received, --conclusion, --self-found, --round, --demand")
        watching.refresh(s, made)
    state = of(recording.request_of(made, request_id).state)
    told(made, "recorded", request=request_id, state=state)


@case.command(help=label("case_cli", "escalate"))
@click.argument("ident", metavar="CASE")
@click.argument("request_id", metavar="REQUEST")
@click.option("--to", default="", metavar="WORDS", help=label("case_cli", "escalate_to"))
@click.option("--issuer", default="", metavar="UNIT", help=label("case_cli", "issuer"))
@acting
def escalate(*, ident: str, request_id: str, to: str, issuer: str, by: str | None, on_behalf: str) -> None:
    """The matter goes to an authority."""
    with at_desk(by, on_behalf) as s:
        made = recording.escalate(s, ident, request_id, words(to), issuer)
    told(made, "escalated", thing=made.requests[-1].id, name=made.requests[-1].name)


@case.command(help=label("case_cli", "withdraw"))
@click.argument("ident", metavar="CASE")
@click.argument("request_id", metavar="REQUEST")
@click.option("--why", required=True, metavar="WORDS", help=label("case_cli", "why"))
@acting
def withdraw(*, ident: str, request_id: str, why: str, by: str | None, on_behalf: str) -> None:
    """A request is taken back."""
    with at_desk(by, on_behalf) as s:
        told(recording.withdraw(s, ident, request_id, words(why)), "changed")
