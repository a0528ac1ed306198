"""Điểm tin: the editions to read, and the draft to make ready: drop, move, remark, mark, approve, direct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from starlette.responses import Response

from monitor import clock
from monitor.config import load_settings
from monitor.desk import edition_sending, editions, outgoing
from monitor.desk import outlets as outlet_names
from monitor.desk.digest_files import MEDIA
from monitor.desk.edition_cases import open_cases
from monitor.desk.edition_files import of_edition
from monitor.desk.edition_notice import notice
from monitor.desk.edition_rights import may, roles_of
from monitor.desk.outgoing import Line
from monitor.desk.rulebook import Rulebook
from monitor.errors import RefusedError, UsageError
from monitor.labels import label, of
from monitor.model.digest import DigestItem, Section
from monitor.model.edition import Edition, EditionAct, EditionState, Series
from monitor.model.law import ClockKind
from monitor.model.people import FEDERATION, Person
from monitor.model.settings import Approver, SendWhen
from monitor.store import articles, people
from monitor.text import vietnamese_order
from monitor.web.pages.case_choices import person_words, unit_said, unit_words, workers
from monitor.web.pages.case_rules import Hand, hand
from monitor.web.route import DESK, EDITORS, LEADERS, OFFICE, get, post
from monitor.web.visit import Visit

_DAYS = 5
"""Days to report in where the office's practice names none; it stands in the form to be changed."""
_SHELF = ("number", "since", "until", "count", "state", "approved_at")
_COLUMNS = ("section", "number", "title", "outlet", "published", "summary", "comment", "link", "case")


def shelf(v: Visit) -> Response:
    """What is being made, and the archive of a year."""
    this = clock.local(v.now).year
    year = v.whole("nam", this, most=this)
    shown = [(series, editions.editions(v.at, series, year)) for series in Series]
    drafts = [one for _, all_ in shown for one in all_ if one.state is EditionState.DRAFT]
    approved = [(s, [one for one in all_ if one.state is EditionState.APPROVED]) for s, all_ in shown]
    if v.wants_sheet:
        rows = [(name(e), e.start, e.end, len(e.kept), of(e.state), e.approved_at) for _, all_ in shown for e in all_]
        return v.sheet(f"diem-tin-{year}", f"{year}", [label("web_editions", one) for one in _SHELF], rows)
    return v.page(
        "editions.html", drafts=drafts, approved=approved, year=year, this=this, making=_hand(v, EditionAct.EDIT),
        reading=may(v.at.actor, EditionAct.READ_DRAFT), name=name,
    )  # fmt: skip


def _hand(v: Visit, act: EditionAct, approver: Approver = Approver.PRESS) -> Hand | None:
    """By whose hand he may do it, his own or an absent one's; None where he may not."""

    def check(who: Person) -> None:
        if not may(who, act, approver):
            raise RefusedError("edition_role", act=act, roles=roles_of(act, approver))

    return hand(v, check)


def begin(v: Visit) -> Response:
    """Makes the draft of a series where there is none yet."""
    series = v.form.needed("series", Series, label("web_editions", "series"))
    made = editions.draft(v.at, series.value)
    return v.to(f"/diem-tin/{made.id}")


def show(v: Visit) -> Response:
    """One edition: to read, and while it is a draft to make ready. Reading an approved one is noted."""
    found = editions.edition(v.at, v.part("id"))
    digest = editions.preview(v.at, found.id)
    if v.wants_sheet:
        return v.sheet(found.id, name(found), [label("web_editions", one) for one in _COLUMNS], _rows(digest.items))
    if found.state is EditionState.APPROVED and v.request.method == "GET":
        editions.read(v.at, found.id)
    dropped = [item.article for item in found.items if item.dropped]
    digest_of = load_settings(v.home.rules).digest
    can = {act.value: whose for act in EditionAct if (whose := _hand(v, act, digest_of.approve))}
    knows = may(v.at.actor, EditionAct.READERS)
    return v.page(
        "edition.html", edition=found, digest=digest, can=can, name=name, knows=knows,
        giving=_giving(v) if "direct" in can else None, handled=open_cases(v.at, found),
        goes_out=digest_of.send is SendWhen.ON_APPROVAL, notice=notice(found, digest.failed, digest.gaps),
        draft=found.state is EditionState.DRAFT, items={item.article: item for item in found.items},
        dropped=articles.by_ids(v.db, dropped), outlets=outlet_names.names(v.at),
        readers=editions.readers(v.at, found.id) if knows else (), outgoing=_outgoing(v, found),
        unread=editions.unread(v.at, found.id) if knows else (),
        directed={d.article: d for d in editions.directions(v.at, found.id)}, Section=Section,
    )  # fmt: skip


def _outgoing(v: Visit, found: Edition) -> Sequence[Line] | None:
    """Who gets an approved edition and what became of it; None for who has no part in sending."""
    if found.state is EditionState.DRAFT or not may(v.at.actor, EditionAct.SEND):
        return None
    return outgoing.of_edition(v.at, found)


def _giving(v: Visit) -> Mapping[str, object]:
    """Whom a direction can be given to, persons and bodies, and until when the office's practice would have it."""
    today = clock.local(v.now).date()
    every = {unit.id: unit for unit in people.units(v.db)}
    persons = [one for one in workers(people.every(v.db)) if one.id != v.at.actor.id]
    units = [one for one in every.values() if one.exists(today) and one.id != FEDERATION]
    rule = Rulebook(v.home).law.practised(ClockKind.OWN_VERIFY)
    days = rule.amount if rule and rule.amount else _DAYS
    return {
        "persons": [(one.id, person_words(one, every)) for one in persons if one.name],
        "units": [(one.id, unit_words(one, every)) for one in sorted(units, key=lambda u: vietnamese_order(u.name))],
        "due": today + timedelta(days=days), "days": days,
    }  # fmt: skip


def name(edition: Edition) -> str:
    """Its series and number in words."""
    return label("edition", f"name_{edition.series.value}", name=edition.name)


def _rows(items: tuple[DigestItem, ...]) -> list[tuple[object, ...]]:
    return [
        (of(i.section), i.number, i.article.title, i.outlet_name, i.article.published, i.summary, i.comment,
         i.article.url or "", i.directed)
        for i in items
    ]  # fmt: skip


def edit(v: Visit) -> Response:
    """One edit of a draft; the button says which."""
    ident, article, act = v.part("id"), v.form.text("article"), v.form.need("act", label("web_editions", "act"))
    match act:
        case "drop":
            editions.drop(v.at, ident, article)
            undo = {"article": article, "act": "restore"}
            back = f"/diem-tin/{ident}"
            return v.back(back, label("web_editions", "was_dropped"), undo=f"/diem-tin/{ident}/sua", fields=undo)
        case "restore":
            editions.restore(v.at, ident, article)
        case "up" | "down":
            editions.move(v.at, ident, article, act)
        case "place":
            editions.move(v.at, ident, article, v.form.whole("place", label("web_editions", "place")) or 1)
        case "comment":
            editions.comment(v.at, ident, article, v.form.text("comment"))
        case "internal" | "open":
            editions.mark(v.at, ident, article, act == "internal")
        case "opening":
            editions.opening(v.at, ident, v.form.text("opening"))
        case "refresh":
            editions.refresh(v.at, ident)
            return v.back(f"/diem-tin/{ident}", label("web_editions", "refreshed"))
        case _:
            raise UsageError("form_stale")
    return v.back(f"/diem-tin/{ident}" + (f"#t-{article}" if article else ""))


def approve(v: Visit) -> Response:
    """Approves the draft: it is frozen and gets to its readers."""
    done = editions.approve(v.at, v.part("id"))
    return v.back(f"/diem-tin/{done.id}", label("web_editions", "was_approved", name=name(done)))


def send(v: Visit) -> Response:
    """Queues it for its readers; who has it already gets no second one."""
    ident = v.part("id")
    before = {one.message.id for one in outgoing.of_edition(v.at, editions.edition(v.at, ident)) if one.message}
    queued = edition_sending.send(v.at, ident)
    fresh = {one.id for one in queued if one.id} - before
    key = "sent" if fresh else "sent_none"
    if any(one.left_out for one in queued if one.id in fresh):
        key = "sent_without"
    return v.back(f"/diem-tin/{ident}#gui", label("web_editions", key, count=len(fresh)))


def direct(v: Visit) -> Response:
    """A leader's note on an item: it directs it, in its case or in a new one."""
    ident, article = v.part("id"), v.form.need("article", label("web_editions", "item"))
    case = editions.direct(
        v.at, ident, article, v.form.need("note", label("web_editions", "note")),
        handler=unit_said(v.form.text("handler")), due=v.form.day("due", label("web_editions", "due")),
    )  # fmt: skip
    return v.back(f"/diem-tin/{ident}#t-{article}", label("web_editions", "was_directed", case=case.id))


def download(v: Visit) -> Response:
    """The edition as a file; an approved one exactly as it was frozen."""
    form = v.query.get("dang", "html")
    if form not in MEDIA:
        raise UsageError("edition_form", value=form[:20])
    found = editions.edition(v.at, v.part("id"))
    return v.download(of_edition(v.at, found.id, form), f"diem-tin-{found.id}.{form}", MEDIA[form])


def zalo(v: Visit) -> Response:
    """The words to paste into a chat."""
    found = editions.edition(v.at, v.part("id"))
    return v.page("edition-zalo.html", edition=found, name=name, words=editions.zalo(v.at, found.id))


PAGES = (
    get("/diem-tin", shelf, DESK),
    post("/diem-tin", begin, EDITORS, shown=shelf),
    get("/diem-tin/{id}", show, DESK),
    post("/diem-tin/{id}/sua", edit, EDITORS, shown=show),
    post("/diem-tin/{id}/duyet", approve, EDITORS, shown=show),
    post("/diem-tin/{id}/gui", send, OFFICE, shown=show),
    post("/diem-tin/{id}/chi-dao", direct, LEADERS, shown=show),
    get("/diem-tin/{id}/tai", download, DESK),
    get("/diem-tin/{id}/zalo", zalo, OFFICE),
)
