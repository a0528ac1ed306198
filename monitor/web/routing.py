"""The table of all pages, and what the side menu shows of it to whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.desk.alerts import unseen
from monitor.desk.outgoing import failures
from monitor.desk.sitting import Sitting
from monitor.labels import label
from monitor.web.pages import (
    account,
    admin,
    admin_calendar,
    admin_handover,
    admin_people,
    admin_units,
    alerts,
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
    outbox,
    outlet_cards,
    outlets,
    overview,
    paper,
    readers,
    register,
    report_period,
    reports,
    rules,
    sources,
    tasks,
    unit_report,
    unit_reports,
)
from monitor.web.route import DESK, EVERYBODY, KEEPERS, OFFICE, Page, Who

if TYPE_CHECKING:
    from monitor.web.visit import Visit

PAGES: tuple[Page, ...] = (
    *account.PAGES,
    *unit_reports.PAGES,
    *unit_report.PAGES,
    *admin.PAGES,
    *admin_people.PAGES,
    *admin_handover.PAGES,
    *admin_units.PAGES,
    *admin_calendar.PAGES,
    *alerts.PAGES,
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
    *reports.PAGES,
    *report_period.PAGES,
    *inbox_acts.PAGES,
    *article.PAGES,
    *article_acts.PAGES,
    *finding.PAGES,
    *handing.PAGES,
    *editions.PAGES,
    *outbox.PAGES,
    *readers.PAGES,
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
        ("/canh-bao", "canh_bao", OFFICE),
        ("/viec", "viec", EVERYBODY),
        ("/vu-viec", "vu_viec", DESK),
        ("/diem-tin", "diem_tin", DESK),
        ("/gui-di", "gui_di", OFFICE),
        ("/tim", "tim", EVERYBODY),
    ),
    (
        ("/tong-quan", "tong_quan", OFFICE),
        ("/bao-cao", "bao_cao", DESK),
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


_WAITING: dict[str, tuple[Callable[[Sitting], int], tuple[str, str]]] = {
    "/canh-bao": (unseen, ("web_alerts", "unseen_count")),
    "/gui-di": (failures, ("menu", "gui_di_count")),
}
"""What stands behind a line of the menu that somebody should see to, and its words."""


def _entry(v: Visit, path: str, name: str) -> Entry:
    here = v.path == path or v.path.startswith(path + "/")
    if path not in _WAITING:
        return Entry(path=path, name=label("menu", name), here=here)
    counted, (group, key) = _WAITING[path]
    count = counted(v.at)
    return Entry(path=path, name=label("menu", name), here=here, count=count, count_said=label(group, key, count=count))


def menu(v: Visit) -> tuple[tuple[Entry, ...], ...]:
    """The side menu of who is signed in: groups of lines, each only where a page of it may be called."""
    made = (tuple(_entry(v, path, name) for path, name, who in group if who.admits(v.me)) for group in _MENU)
    return tuple(group for group in made if group)
