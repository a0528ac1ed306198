"""What leaves an edition for people: a leader's direction on an item, and the words to paste into Zalo.

direction ──▶ the item's open case, or a new one ──▶ words on the case ──▶ (asked of whom, until when)
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from monitor.clock import local
from monitor.config import load_settings
from monitor.desk import edition_content as contents
from monitor.desk import edition_rights as rights
from monitor.desk import moving, people, triage, verifying
from monitor.desk.edition_change import visible
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError
from monitor.labels import label
from monitor.model.action import Step
from monitor.model.case import AssignmentState, Case, CaseStatus, Part
from monitor.model.delivery import chat_fitted
from monitor.model.digest import Digest, DigestItem
from monitor.model.edition import Direction, Edition, EditionAct, EditionItem, EditionState
from monitor.model.event import Happening
from monitor.report import build_edition
from monitor.report.words import link
from monitor.store import cases
from monitor.store import editions as store
from monitor.store import people as known_people
from monitor.text import clean, shortened

_TITLE = 200
_LINK = 400
"""One address of tracking words shall not take the place of ten items: of a longer one the headline alone goes."""


def direct(
    sitting: Sitting, ident: str, article: str, text: str, *, handler: str = "", due: date | None = None
) -> Case:
    """A leader's note on an item: it goes to the open case that the item belongs to, or opens one; returns the case.

    With ``handler`` (a person or a body) the check is asked of that one until ``due``: the lead where nobody has it,
    else to help. All in one transaction; the edition itself does not change. Taking the evidence of a new case is an
    act of its own. Raises RefusedError.
    """
    rights.entitled(sitting, EditionAct.DIRECT)
    if handler and due is None:
        raise RefusedError("words_missing", what=label("edition", "due"))
    # The revision he saw is the edition's; the case he moves on as it stands.
    acting = replace(sitting, expected=None)
    with sitting.db.atomic():
        found = rights.stored(sitting, ident)
        item = visible(found, article, rights.hidden_in(sitting, found))
        case = _case(acting, item)
        case = moving.direct(acting, case.id, text)
        made = Direction(
            edition=found.id, article=item.article, case=case.id, note=case.notes[-1].id, by=sitting.actor.id,
            at=sitting.now,
        )  # fmt: skip
        store.put_direction(sitting.db, made)
        # An event of the case: one of the edition would tell of it to those who may not know of the case.
        told = Happening(action="edition.direct", thing=made.note, refs=(found.id, item.article))
        acting.log(Step(case=case, happened=(told,)), case.id)
        if handler and due:
            case = verifying.assign(acting, case.id, _task(acting, case, text, handler, due))
    return case


def _case(sitting: Sitting, item: EditionItem) -> Case:
    """The newest open case of one of its prints that he sees, or a new one of its story."""
    held = cases.with_articles(sitting.db, list(dict.fromkeys((*item.articles, *_story(sitting, item.article)))))
    for case in held:
        if case.status is not CaseStatus.CLOSED and sitting.sees(case):
            return case
    return triage.open_case(sitting, [item.article], triage.Opening())


def _story(sitting: Sitting, article: str) -> tuple[str, ...]:
    return triage.matter(sitting.db, article).articles


def _task(sitting: Sitting, case: Case, text: str, handler: str, due: date) -> verifying.Task:
    whom = known_people.get(sitting.db, clean(handler))
    lead = case.lead
    led = lead is not None and lead.state is AssignmentState.OPEN
    return verifying.Task(
        part=Part.COOPERATES if led else Part.LEAD,
        task=text,
        due=due,
        person=whom.id if whom else "",
        unit="" if whom else people.unit(sitting.db, handler).id,
        directed_by=sitting.actor.id,
    )


def zalo(sitting: Sitting, ident: str) -> str:
    """The approved edition as a chat message of at most 2,000 characters: number, headlines, links.

    What is marked "lưu hành nội bộ", what its outlet has corrected, and what belongs to a restricted case never leave
    by chat. What does not fit is counted at the end. Raises RefusedError for a draft, and an edition marked as a whole.
    """
    rights.entitled(sitting, EditionAct.ZALO)
    found = rights.stored(sitting, ident)
    if found.state is not EditionState.APPROVED:
        raise RefusedError("edition_not_approved", edition=found.name)
    if found.internal:
        raise RefusedError("edition_internal", edition=found.name)
    return chat_text(sitting, found)


def chat_text(sitting: Sitting, found: Edition, only: Collection[str] | None = None) -> str:
    """The words of ``zalo`` for an edition of which that was asked; of its items the ``only`` ones, by article."""
    gone = rights.hidden_in(sitting, found) | rights.restricted(sitting.db)
    digest = build_edition(contents.frozen(sitting, found), without=gone)
    marked = contents.internal_now(sitting, found)
    shown = [
        one
        for one in digest.items
        if not (one.internal or one.article.corrected or one.article.id in marked)
        and (only is None or one.article.id in only)
    ]
    return _message(found, digest, shown, load_settings(sitting.home.rules).office.short)


def _message(found: Edition, digest: Digest, shown: list[DigestItem], office: str) -> str:
    head = label(
        "edition", "zalo_head", office=office, name=label("edition", f"name_{found.series.value}", name=found.name),
        at=f"{local(found.end):%H:%M %d/%m/%Y}",
    )  # fmt: skip
    if not shown:
        return f"{head}\n{label('edition', 'zalo_none')}"
    blocks = [_block(number, one) for number, one in enumerate(shown, start=1)]
    return chat_fitted(head, blocks, lambda left: label("edition", "zalo_more", count=left))


def _block(number: int, one: DigestItem) -> str:
    title = shortened(clean(one.article.title) or one.article.id, _TITLE)
    line = label("edition", "zalo_item", number=number, title=title, outlet=clean(one.outlet_name))
    address = link(one.article.url)
    if address and len(address) > _LINK:
        return line
    return f"{line}\n{address}" if address else f"{line} ({one.where})" if one.where else line
