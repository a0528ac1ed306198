"""Hộp tin: the queue of stories to decide on, and one of them beside the queue. What is done there: ``inbox_acts``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from starlette.responses import Response

from monitor import clock
from monitor.config.provinces import PRESENT
from monitor.desk import article, earlier, inbox, outlets, presence, saved, triage
from monitor.desk.article_words import topic_names
from monitor.desk.rulebook import Rulebook
from monitor.labels import label, of
from monitor.model.action import CaseAction, roles_of
from monitor.model.case import CaseStatus, TriageState
from monitor.model.finding import CaseHead, InboxFilter, InboxPage, InboxRow
from monitor.model.law import ClockKind
from monitor.model.people import OfficeRole, UnitKind
from monitor.model.tag import Tone
from monitor.model.view_article import Segment
from monitor.store import finding, people, sources
from monitor.store import presence as seen
from monitor.text import vietnamese_order
from monitor.triage.opening import UNDO
from monitor.web.asked import days
from monitor.web.visit import Visit

PAGE = "hop-tin"
STATES = {one: label("web_inbox", one) for one in (*(state.value for state in TriageState), "all")}
_SORTS = tuple((one, label("web_inbox", f"by_{one}")) for one in ("newest", "attention", "reprints"))
_DAYS = (3, 7, 14, 30, 90, 365)
_KINDS = tuple((one, label("web_inbox", one)) for one in ("union", "labour", "foreign"))
_LIVE = (CaseStatus.OPEN, CaseStatus.VERIFYING, CaseStatus.HANDLING)
_CASES = 60
_GLIMPSE = 1500
"""Characters of the text that a quick look shows: the first sentences. The whole is one key away."""
_COLUMNS = tuple(
    label("web_inbox", f"col_{one}")
    for one in (
        *("at", "title", "outlet", "reprints", "reprinters", "places", "topics", "tone", "attention", "why", "state"),
        *("by", "decided", "note", "case", "corrected", "entered", "url"),
    )
)


@dataclass(frozen=True, kw_only=True)
class Words:
    """Names that rows are told with: topics, persons, and who else has a story open, by id."""

    topics: Mapping[str, str]
    people: Mapping[str, str]
    open_by: Mapping[str, str]


def filter_of(v: Visit) -> tuple[InboxFilter, tuple[str, ...]]:
    """What the address asks for, and what of it could not be read."""
    ask = v.query.get
    day, unread = days(v, "tu", "den")
    wrong: list[str] = []

    def known(name: str, values: Mapping[str, str] | tuple[tuple[str, str], ...], default: str) -> str:
        said = ask(name, "")
        if said and said not in dict(values):
            wrong.append(said[:40])
        return said if said in dict(values) else default

    plain = InboxFilter()
    made = InboxFilter(
        state=known("trang-thai", STATES, plain.state),
        days=v.whole("ngay", plain.days, most=inbox.MOST_DAYS) or plain.days,
        since=day["tu"], until=day["den"], outlet=ask("bao", "")[:80], topic=ask("chu-de", "")[:10],
        place=ask("noi", "")[:80], tone=known("sac-thai", tuple((t.value, of(t)) for t in Tone), ""),
        attention=ask("chu-y") == "1", relevance=known("nhom", _KINDS, ""), words=ask("tu-khoa", "")[:200],
        mine=ask("cua-toi") == "1", sort=known("xep", _SORTS, plain.sort), page=v.whole("trang", 1),
    )  # fmt: skip
    return made, (*wrong, *unread)


def narrowed(asked: InboxFilter) -> bool:
    """Whether anything is left out that a plain list of this state would hold."""
    return replace(asked, state="new", sort="newest", page=1) != InboxFilter()


def page(v: Visit) -> Response:
    """The list, or all of it as an Excel file."""
    asked, wrong = filter_of(v)
    if v.wants_sheet and not wrong:
        return v.sheet("hop-tin", label("web_inbox", "sheet"), _COLUMNS, _lines(v, asked))
    found = inbox.inbox(v.at, asked)
    kept = {name: value for name, value in v.query.items() if value and name not in ("trang", "xuat", "giao")}
    return v.page(
        "inbox.html", asked=asked, ignored=wrong, found=found, words=_words(v, found), narrowed=narrowed(asked),
        place=_place(v, found.page), order=" ".join(row.subject for row in found.rows), query=urlencode(kept),
        saved=saved.saved(v.at, PAGE), choices=_choices(v, asked, found), may=may_decide(v),
        assign=v.query.get("giao", ""), cases=_cases(v), giving=_giving(v) if v.query.get("giao") else None,
        last=_last_look(v), undo_from=v.now - UNDO, states=STATES, most_days=_cut(v, asked),
    )  # fmt: skip


def _cut(v: Visit, asked: InboxFilter) -> int:
    """How many days are looked at where more were asked for, else 0."""
    return inbox.MOST_DAYS if not asked.since and v.whole("ngay", 0) > inbox.MOST_DAYS else 0


def may_decide(v: Visit) -> bool:
    """Whether decisions are this person's to make; the desk refuses them to others in any case."""
    return v.me is not None and v.me.has(*roles_of(CaseAction.ADD_ARTICLE))


def _place(v: Visit, number: int) -> str:
    """The address of the list as it is seen, without what was opened on it."""
    return v.link(f"/{PAGE}", giao=None, trang=number if number > 1 else None)


def _words(v: Visit, found: InboxPage) -> Words:
    names = {one.id: one.name for one in people.every(v.db)}
    me = v.me.id if v.me else ""
    here = {}
    for row in found.rows:
        others = [
            names.get(person, "")
            for person, at in seen.of(v.db, row.subject).items()
            if person != me and v.now - at.seen <= presence.NEAR
        ]
        if others:
            here[row.subject] = ", ".join(sorted(others))
    return Words(topics=topic_names(v.home.rules), people=names, open_by=here)


def _choices(v: Visit, asked: InboxFilter, found: InboxPage) -> Mapping[str, object]:
    """What can be filtered by: all that is known, and what stands on the page or in its address beside that."""
    asked_for = {asked.outlet: asked.outlet} if asked.outlet else {}
    named = asked_for | {row.outlet_id: row.outlet for row in found.rows} | outlets.names(v.at)
    places = {*PRESENT, *(place for row in found.rows for place in row.places), *filter(None, [asked.place])}
    return {
        "outlets": sorted(named.items(), key=lambda one: vietnamese_order(one[1])),
        "topics": tuple(topic_names(v.home.rules).items()), "places": sorted(places, key=vietnamese_order),
        "tones": tuple((t.value, of(t)) for t in Tone),
        "sorts": _SORTS, "days": _DAYS, "kinds": _KINDS,
    }  # fmt: skip


def _cases(v: Visit) -> list[CaseHead]:
    """The open cases that something can be added to, the newest first."""
    return [head for head in finding.heads(v.db, statuses=_LIVE) if v.at.sees(head.guard)][:_CASES]


def _giving(v: Visit) -> Mapping[str, object]:
    """Whom a check can be given to, and until when the office's practice would have it."""
    today = clock.local(v.now).date()
    rule = Rulebook(v.home).law.practised(ClockKind.OWN_VERIFY)
    units = [one for one in people.units(v.db) if one.exists(today)]
    persons = [one for one in people.every(v.db) if not one.disabled and one.roles != (OfficeRole.ADMIN,)]
    return {
        # There may be thousands of grass-roots bodies: of those only what was typed in full is found.
        "units": [one for one in units if one.kind is not UnitKind.GRASSROOTS][:150] or units[:150],
        "persons": sorted(persons, key=lambda one: vietnamese_order(one.name))[:150],
        "due": today + timedelta(days=rule.amount) if rule and rule.amount else None,
        "practice": rule.amount if rule else None,
    }  # fmt: skip


def _last_look(v: Visit) -> datetime | None:
    """When a source was last looked at; None where there is none at all."""
    if not outlets.configured(v.at):
        return None
    checked = [state.checked for state in sources.states(v.db).values() if state.checked]
    return max(checked, default=datetime.min.replace(tzinfo=clock.VN))


def _lines(v: Visit, asked: InboxFilter) -> Iterator[tuple[object, ...]]:
    """All rows of the filter, whatever page is looked at."""
    topics, names = topic_names(v.home.rules), {one.id: one.name for one in people.every(v.db)}
    return (_line(row, topics, names) for row in inbox.every(v.at, asked))


def _line(row: InboxRow, topics: Mapping[str, str], names: Mapping[str, str]) -> tuple[object, ...]:
    mended = row.corrected
    entered = of(row.medium) if row.medium else label("web_inbox", "entered") if row.intake else ""
    return (
        row.published, row.title, row.outlet, row.reprints, ", ".join(row.outlets), ", ".join(row.places),
        ", ".join(topics.get(one, one) for one in row.topics), of(row.tone) if row.tone else "", row.attention,
        ", ".join(row.why), STATES[row.state.value], names.get(row.by, row.by), row.decided_at, row.note,
        row.case or row.joins, clock.local(mended.date).date() if mended else None, entered, row.url or "",
    )  # fmt: skip


def item(v: Visit) -> Response:
    """One story beside its queue: enough to decide on most, without leaving the list."""
    asked, _ = filter_of(v)
    matter = triage.known(v.at, v.part("subject"))
    subject = matter.subject
    found, row = _page_with(v, asked, subject)
    shown = article.article(v.at, row.article if row else matter.first.id)
    presence.look(v.at, subject, v.now)
    before, after = _beside(v, asked, found, subject)
    state = row.state if row else shown.triaged.state if shown.triaged else TriageState.NEW
    return v.page(
        "inbox-item.html", asked=asked, found=found, subject=subject, row=row, shown=shown, state=state,
        text=_glimpse(shown.text_lines), earlier=earlier.earlier(v.at, subject), before=before, after=after,
        here=presence.others(v.at, subject, v.now), words=_words(v, found), cases=_cases(v), giving=_giving(v),
        may=may_decide(v), place=_place(v, found.page), states=STATES, undo_from=v.now - UNDO,
        decided_at=shown.triaged.at if shown.triaged else None, number=found.page if found.page > 1 else None,
    )  # fmt: skip


def _page_with(v: Visit, asked: InboxFilter, subject: str) -> tuple[InboxPage, InboxRow | None]:
    """The page of the list that the story is on: the one in the address, or where one came over its end a next one."""
    first = inbox.inbox(v.at, asked)
    for number in (first.page, first.page + 1, first.page - 1):
        found = first if number == first.page else inbox.inbox(v.at, replace(asked, page=number))
        if row := next((one for one in found.rows if one.subject == subject), None):
            return found, row
        if first.pages == 1:
            break
    return first, None


def _beside(v: Visit, asked: InboxFilter, found: InboxPage, subject: str) -> tuple[str, str]:
    order = [one.subject for one in found.rows]
    if subject in order and (found.pages == 1 or 0 < order.index(subject) < len(order) - 1):
        at = order.index(subject)
        return order[at - 1] if at else "", order[at + 1] if at + 1 < len(order) else ""
    return inbox.neighbours(v.at, asked, subject)


def _glimpse(lines: tuple[tuple[Segment, ...], ...]) -> list[tuple[Segment, ...]]:
    """The first lines; one that alone is longer than a glimpse (a text without line breaks) is cut."""
    kept, size = [], 0
    for line in lines:
        if size >= _GLIMPSE:
            break
        words: list[Segment] = []
        for one in line:
            left = 2 * _GLIMPSE - size
            if left <= 0:
                break
            words.append(one if len(one.text) <= left else replace(one, text=one.text[:left].rstrip() + "…"))
            size += len(one.text)
        kept.append(tuple(words))
    return kept


def here(v: Visit) -> Response:
    """Who else has the story open, as the piece of the page that is asked for again and again."""
    subject = v.part("subject")
    presence.look(v.at, subject, v.now)
    return v.page("inbox-here.html", here=presence.others(v.at, subject, v.now))
