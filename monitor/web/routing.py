"""The table of all pages, and what the side menu shows of it to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.labels import label
from monitor.web.pages import (
    account,
    admin,
    admin_calendar,
    admin_handover,
    admin_people,
    admin_units,
    answers,
    article,
    article_acts,
    case_acts,
    case_asking,
    case_evidence,
    case_filing,
    case_quote,
    case_record,
    case_verify,
    cases,
    editions,
    finding,
    handing,
    inbox_acts,
    outlet_cards,
    outlets,
    overview,
    paper,
    register,
    rules,
    sources,
    tasks,
)
from monitor.web.route import DESK, EVERYBODY, KEEPERS, OFFICE, Page, Who

if TYPE_CHECKING:
    from monitor.web.visit import Visit

PAGES: tuple[Page, ...] = (
    *account.PAGES,
    *admin.PAGES,
    *admin_people.PAGES,
    *admin_handover.PAGES,
    *admin_units.PAGES,
    *admin_calendar.PAGES,
    *answers.PAGES,
    *cases.PAGES,
    *case_verify.PAGES,
    *case_quote.PAGES,
    *case_evidence.PAGES,
    *case_acts.PAGES,
    *case_asking.PAGES,
    *case_record.PAGES,
    *case_filing.PAGES,
    *paper.PAGES,
    *register.PAGES,
    *inbox_acts.PAGES,
    *article.PAGES,
    *article_acts.PAGES,
    *finding.PAGES,
    *handing.PAGES,
    *editions.PAGES,
    *sources.PAGES,
    *outlet_cards.PAGES,
    *outlets.PAGES,
    *rules.PAGES,
    *overview.PAGES,
    *tasks.PAGES,
)

_MENU: tuple[tuple[tuple[str, str, Who], ...], ...] = (
    (
        ("/hop-tin", "hop_tin", OFFICE),
        ("/viec", "viec", EVERYBODY),
        ("/vu-viec", "vu_viec", DESK),
        ("/diem-tin", "diem_tin", DESK),
        ("/tim", "tim", EVERYBODY),
    ),
    (
        ("/tong-quan", "tong_quan", OFFICE),
        ("/van-ban", "van_ban", OFFICE),
        ("/co-quan", "co_quan", OFFICE),
        ("/gui-tin", "gui_tin", EVERYBODY),
    ),
    (
        ("/nguon", "nguon", EVERYBODY),
        ("/quy-tac", "quy_tac", EVERYBODY),
        ("/quan-tri", "quan_tri", KEEPERS),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of the side menu; ``count`` is how much waits behind it."""

    path: str
    name: str
    here: bool
    count: int = 0
    count_said: str = ""


def menu(v: Visit) -> tuple[tuple[Entry, ...], ...]:
    """The side menu of who is signed in: groups of lines, each only where a page of it may be called."""
    made = (
        tuple(
            Entry(path=path, name=label("menu", name), here=v.path == path or v.path.startswith(path + "/"))
            for path, name, who in group
            if who.admits(v.me)
        )
        for group in _MENU
    )
    return tuple(group for group in made if group)
