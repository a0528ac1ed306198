"""Parts of a case in the words of a letter: works, passages, demands with deadline and basis, measures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from monitor.clock import local
from monitor.desk.rulebook import Rulebook
from monitor.labels import label, of
from monitor.model.case import Case, Claim, ClaimVerdict, Remedy, RemedyState
from monitor.model.law import ClockKind, ClockRule, PeriodUnit, RuleSet
from monitor.model.paper import AdmittedLine, ClaimLine, DemandLine, DisputedWork, MeasureLine
from monitor.model.request import AddresseeKind, Demand, DemandKind, Publication, Request
from monitor.model.source import Medium
from monitor.respond.demands import clock_of

_AIRED = (Medium.RADIO, Medium.TV)


def day_words(day: date) -> str:
    """A day as a letter writes it: 05/11/2026."""
    return f"{day:%d/%m/%Y}"


def when(publication: Publication) -> str:
    """When and how it came out; a broadcast with its hour, print with its day, a page with both."""
    if publication.published is None:
        return label("letter", "no_date")
    at = local(publication.published)
    hour = f"{at:%H} giờ {at:%M} phút "
    if publication.medium in _AIRED:
        return label("letter", "aired", at=hour, day=day_words(at.date()))
    if publication.medium in (Medium.ONLINE, Medium.SOCIAL_CHANNEL):
        return label("letter", "posted", at=hour, day=day_words(at.date()))
    return label("letter", "printed", day=day_words(at.date()))


def work(publication: Publication, outlet: str) -> DisputedWork:
    """A publication as a letter names it."""
    return DisputedWork(
        outlet=outlet,
        title=publication.title,
        published=when(publication),
        form=label("letter", f"form_{publication.medium.value}"),
        column=publication.column,
        issue=publication.issue,
        product=publication.product,
        url=publication.url,
        medium=publication.medium,
    )


def faulty(claims: Iterable[Claim]) -> tuple[ClaimLine, ...]:
    """Passages that are wrong or not objective, beside what is right."""
    return tuple(line(claim) for claim in claims if claim.verdict in (ClaimVerdict.WRONG, ClaimVerdict.NOT_OBJECTIVE))


def line(claim: Claim) -> ClaimLine:
    """A passage with its verdict in words."""
    verdict = (
        label("letter", f"ground_{claim.ground.value}") if claim.ground else of(claim.verdict) if claim.verdict else ""
    )
    return ClaimLine(
        quote=claim.quote,
        fact=claim.fact or claim.why,
        source=claim.source,
        verdict=verdict[:1].lower() + verdict[1:],
        harm=label("letter", "harm", who=claim.harmed) if claim.harmed and claim.ground else "",
    )


def admitted(case: Case) -> tuple[AdmittedLine, ...]:
    """What the press had right, with what is being done about it: a letter says it first."""
    return tuple(
        AdmittedLine(quote=claim.quote, measure="; ".join(_measure(r) for r in case.remedies if claim.id in r.claims))
        for claim in case.live_claims
        if claim.verdict is ClaimVerdict.RIGHT
    )


def _measure(remedy: Remedy) -> str:
    if remedy.state is RemedyState.DONE and remedy.done:
        return label("letter", "measure_done", measure=remedy.measure, day=day_words(remedy.done))
    return label("letter", "measure_due", measure=remedy.measure, day=day_words(remedy.due))


def measures(case: Case) -> tuple[MeasureLine, ...]:
    """The remedies that were not dropped; of those tied to claims, the ones that put right what was right."""
    right = {claim.id for claim in case.live_claims if claim.verdict is ClaimVerdict.RIGHT}
    return tuple(
        MeasureLine(text=r.measure, who=r.who, due=day_words(r.due), result=r.result)
        for r in case.remedies
        if r.state is not RemedyState.DROPPED and (not r.claims or right & set(r.claims))
    )


def demand_lines(book: Rulebook, request: Request, on: date, *, interval: int | None = None) -> tuple[DemandLine, ...]:
    """What is asked, by when, and where that stands in the law in force on the letter's date."""
    ruleset = book.law.on(on)
    return tuple(_demand(book, ruleset, request, demand, interval) for demand in request.demands)


def _demand(
    book: Rulebook, ruleset: RuleSet | None, request: Request, demand: Demand, interval: int | None
) -> DemandLine:
    allowance = book.demands.allowance(request.addressee, demand.kind)
    text = allowance.words if allowance else of(demand.kind)
    cited = ruleset.cite(allowance.cites).text if ruleset and allowance and allowance.cites else ""
    return DemandLine(text=text, deadline=_deadline(ruleset, request, demand.kind, interval), basis=cited)


def _deadline(ruleset: RuleSet | None, request: Request, demand: DemandKind, interval: int | None) -> str:
    """The period in words; each medium of the work once, and only where the law sets one."""
    kind = clock_of(request.addressee, demand)
    if ruleset is None or kind is None or request.addressee is not AddresseeKind.PRESS:
        return ""
    media = tuple(dict.fromkeys(p.medium for p in request.publications)) or (Medium.ONLINE,)
    said: dict[str, list[Medium]] = {}
    for medium in media:
        rule = ruleset.rule(kind, medium, interval)
        if rule and rule.unit is not PeriodUnit.NONE:
            said.setdefault(period(rule), []).append(medium)
    start = label("letter", f"from_{'correction' if kind is ClockKind.CORRECTION else 'receipt'}")
    if len(said) <= 1:
        return " ".join((*said, start)) if said else ""
    parts = (f"{words} ({', '.join(of(m).lower() for m in of_them)})" for words, of_them in said.items())
    return f"{'; '.join(parts)}, {start}"


def period(rule: ClockRule) -> str:
    """A period as a letter says it: "trong 15 ngày làm việc"."""
    return label("letter", f"period_{rule.unit.value}", n=f"{rule.amount or 0:02d}")


def honorific(request: Request) -> str:
    """How sentences call the addressee."""
    if request.addressee is AddresseeKind.AUTHORITY:
        return label("letter", "dear_authority")
    if request.addressee is AddresseeKind.SOCIAL:
        return label("letter", "dear_social")
    if request.addressee is AddresseeKind.AGGREGATOR:
        return label("letter", "dear_site")
    name = request.name.casefold()
    key = "station" if name.startswith("đài") else "magazine" if name.startswith("tạp chí") else "paper"
    return (
        label("letter", f"dear_{key}") if name.startswith(("đài", "tạp chí", "báo")) else label("letter", "dear_body")
    )
