"""A case that a leader has concluded, with its outlets' cards; and the way of a letter by desk corridors, for tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from desk_office import Desk

from monitor import clock
from monitor.desk import asking, cards, moving, papers, triage, verifying
from monitor.model.card import OutletCard
from monitor.model.case import Case, ClaimVerdict, Ground, Part
from monitor.model.paper import PaperKind

Made = TypeVar("Made")
_FOLDER = TemporaryDirectory(prefix="monitor-office-")
_KEPT: dict[str, object] = {}
SOURCES = "defaults: {pace: 0}\noutlets:\n" + "".join(
    f"  - {{id: {name}, name: Báo {name}, kind: press, level: provincial, sources: [{{feed: 'http://{name}.example/rss'}}]}}\n"
    for name in ("bao0", "bao1", "bao2")
)
QUOTE = "tổ chức công đoàn cơ sở chưa kịp thời đối thoại với doanh nghiệp"


def today() -> date:
    return clock.local(clock.now()).date()


def verifying_case(desk: Desk, title: str = "") -> str:
    """A case of one item being verified, with one claim."""
    with desk.sitting("bao") as s:
        first = triage.pending(s, days=60)[0]
        case = triage.open_case(s, [first.subject], triage.Opening(title=title))
        until = today() + timedelta(days=3)
        verifying.assign(s, case.id, verifying.Task(part=Part.LEAD, task="Xác minh", due=until, person="bao"))
        made = verifying.add_claim(s, case.id, verifying.Passage(
            quote=QUOTE, article=case.articles[0], fact="Công đoàn cơ sở đã đối thoại hai lần.",
            source="Biên bản đối thoại", harmed="Liên đoàn Lao động tỉnh"))  # fmt: skip
    return made.id


def _kept(desk: Desk, name: str, make: Callable[[], Made]) -> Made:
    """What ``make`` does to the office, done once and copied from then on: it is always the same."""
    if name in _KEPT:
        shutil.rmtree(desk.home.root)
        shutil.copytree(Path(_FOLDER.name) / name, desk.home.root)
    else:
        _KEPT[name] = make()
        shutil.copytree(desk.home.root, Path(_FOLDER.name) / name)
    return _KEPT[name]  # type: ignore[return-value]


def first_handled(desk: Desk) -> str:
    """``handled`` as the first thing a test does."""
    return _kept(desk, "handled", lambda: handled(desk))


def handled(
    desk: Desk, ground: Ground = Ground.FALSE, *, title: str = "", card: bool = True, known: bool = True
) -> str:
    """… and concluded: wrong, or not objective, on that ground; its outlet is known, and has a card."""
    if known:
        desk.home.sources_file.write_text(SOURCES, encoding="utf-8")
    ident = verifying_case(desk, title)
    verdict = ClaimVerdict.NOT_OBJECTIVE if ground is Ground.NOT_OBJECTIVE else ClaimVerdict.WRONG
    with desk.sitting("bao") as s:
        case = verifying.judge(
            s, ident, s.case(ident).claims[0].id, verdict, ground=ground, why="Đã đối chiếu biên bản"
        )
        outlet = asking.publications(s, case)[0].outlet
        if card:
            made = OutletCard(
                outlet=outlet, legal_name="Báo Số Không", managing_body="Tỉnh ủy", address="Số 1 đường Trần Phú",
                authority="Sở Văn hóa, Thể thao và Du lịch", valid_from=date(2020, 1, 1),
            )  # fmt: skip
            cards.put(s, made)
    with desk.sitting("lanh") as s:
        moving.conclude(s, ident, "Báo nêu không đúng.")
    return ident


def stored(desk: Desk, ident: str, login: str = "dau") -> Case:
    with desk.sitting(login) as s:
        return s.case(ident)


def asked(desk: Desk, ident: str) -> str:
    """A request for everybody who carries the story; the id of the first."""
    with desk.sitting("bao") as s:
        return asking.add_all(s, ident).requests[0].id


def drafted(desk: Desk, ident: str, request: str = "", kind: PaperKind = PaperKind.REQUEST_LETTER) -> str:
    with desk.sitting("bao") as s:
        return papers.draft(s, ident, kind, request=request).papers[-1].id


def sent(desk: Desk) -> tuple[str, str, str]:
    """A case, its request and the letter that went out; the first thing a test does."""

    def make() -> tuple[str, str, str]:
        ident = handled(desk)
        request = asked(desk, ident)
        return ident, request, issued(desk, ident, request)

    return _kept(desk, "sent", make)


def issued(desk: Desk, ident: str, request: str, number: int = 7) -> str:
    """The letter of the request, from the draft to the issue, each step by who may."""
    paper = drafted(desk, ident, request)
    with desk.sitting("bao") as s:
        papers.submit(s, ident, paper)
    with desk.sitting("lanh") as s:
        papers.sign(s, ident, paper, title="Phó Chủ tịch")
    with desk.sitting("thu") as s:
        papers.number(s, ident, paper, value=number, symbol="LĐLĐ-TG", dated=today())
        papers.issue(s, ident, paper)
    return paper
