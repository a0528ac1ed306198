"""Cases in every state, made by the moves themselves, and one call for every action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from monitor.model.action import CaseAction, Step
from monitor.model.case import Case, CaseStatus, ClaimVerdict, Closing, Ground, Part
from monitor.model.people import OfficeRole, Person
from monitor.triage import assigning, closing, noting, opening, remedying, verifying

NOW = datetime(2026, 11, 5, 2, tzinfo=UTC)
DAY = date(2026, 11, 10)
ADMIN = Person(id="u1", name="Nguyễn Thị Quản Trị", roles=tuple(OfficeRole))


def opened(**said: object) -> Case:
    return opening.open_case(
        "VV2026-0001", "Báo nêu công nhân bị nợ lương", actor=ADMIN, now=NOW, articles=["x1", "x2"], **said
    ).case  # type: ignore[arg-type]


def verifying_case() -> Case:
    case = assigning.assign(
        opened(), actor=ADMIN, now=NOW, part=Part.LEAD, task="Xác minh nội dung báo nêu", due=DAY, directed_by="u1",
        unit="cd-kcn",
    ).case  # fmt: skip
    case = verifying.add_claim(case, "nợ lương ba tháng", actor=ADMIN, article="x1", typed=True).case
    case = noting.remind(case, "Gọi đơn vị", DAY, actor=ADMIN, now=NOW).case
    return remedying.add_remedy(case, "Trả đủ lương", who="Công ty A", due=DAY, actor=ADMIN, now=NOW).case


def judged() -> Case:
    case = verifying_case()
    return verifying.judge(
        case, case.claims[0].id, ClaimVerdict.WRONG, actor=ADMIN, now=NOW, ground=Ground.FALSE,
        fact="Lương đã trả đủ ngày 30/10", source="Bảng lương tháng 10",
    ).case  # fmt: skip


def handling() -> Case:
    return verifying.conclude(judged(), actor=ADMIN, now=NOW).case


def closed() -> Case:
    case = handling()
    case = remedying.drop_remedy(case, case.remedies[0].id, "Không còn cần", actor=ADMIN).case
    return closing.close(case, actor=ADMIN, now=NOW).case


IN: dict[CaseStatus, Callable[[], Case]] = {
    CaseStatus.OPEN: opened,
    CaseStatus.VERIFYING: judged,
    CaseStatus.HANDLING: handling,
    CaseStatus.CLOSED: closed,
}


def _first(things: tuple[object, ...], what: str) -> str:
    return str(getattr(things[0], "id", what)) if things else f"{what}0"


A = CaseAction
# What triage itself moves; requests and papers are moved by ``respond`` and tested there.
ACTS: dict[CaseAction, Callable[[Case], Step]] = {
    A.ADD_ARTICLE: lambda c: opening.add_articles(c, ["x3"], actor=ADMIN),
    A.DROP_ARTICLE: lambda c: opening.drop_article(c, "x2", actor=ADMIN),
    A.DESCRIBE: lambda c: opening.describe(c, actor=ADMIN, topic="T03"),
    A.RESTRICT: lambda c: opening.restrict(c, ["u2"], actor=ADMIN),
    A.LIFT: lambda c: opening.lift(c, actor=ADMIN),
    A.COMMENT: lambda c: noting.comment(c, "Đã gọi", actor=ADMIN, now=NOW),
    A.DIRECT: lambda c: noting.direct(c, "Làm gấp", actor=ADMIN, now=NOW),
    A.REMIND: lambda c: noting.remind(c, "Gọi lại", DAY, actor=ADMIN, now=NOW),
    A.REMINDED: lambda c: noting.reminded(c, _first(c.reminders, "t"), actor=ADMIN, now=NOW),
    A.ASSIGN: lambda c: assigning.assign(
        c, actor=ADMIN, now=NOW, part=Part.COOPERATES, task="Giúp", due=DAY, directed_by="u1", person="u3"
    ),
    A.ANSWER: lambda c: assigning.answer(
        c, _first(c.assignments, "a"), "Đã trả lương", actor=ADMIN, now=NOW, source="Chị Hoa"
    ),
    A.UNASSIGN: lambda c: assigning.unassign(c, _first(c.assignments, "a"), "Nhầm", actor=ADMIN),
    A.ADD_CLAIM: lambda c: verifying.add_claim(c, "không đóng bảo hiểm", actor=ADMIN, typed=True),
    A.CHANGE_CLAIM: lambda c: verifying.change_claim(c, _first(c.claims, "c"), actor=ADMIN, harmed="Công đoàn A"),
    A.DROP_CLAIM: lambda c: verifying.drop_claim(c, _first(c.claims, "c"), "Trùng", actor=ADMIN),
    A.FIND: lambda c: verifying.add_finding(c, "Có bảng lương", actor=ADMIN, now=NOW),
    A.JUDGE: lambda c: verifying.judge(
        c, _first(c.claims, "c"), ClaimVerdict.RIGHT, actor=ADMIN, now=NOW, why="Có tài liệu mới"
    ),
    A.CONCLUDE: lambda c: verifying.conclude(c, actor=ADMIN, now=NOW),
    A.REVERIFY: lambda c: verifying.reverify(c, "Có tài liệu mới", actor=ADMIN, now=NOW),
    A.ADD_REMEDY: lambda c: remedying.add_remedy(c, "Đối thoại", who="CĐCS A", due=DAY, actor=ADMIN, now=NOW),
    A.FINISH_REMEDY: lambda c: remedying.finish_remedy(
        c, _first(c.remedies, "m"), done=date(2026, 11, 4), result="Đã trả", actor=ADMIN, now=NOW
    ),
    A.DROP_REMEDY: lambda c: remedying.drop_remedy(c, _first(c.remedies, "m"), "Thôi", actor=ADMIN),
    A.CLOSE: lambda c: closing.close(c, actor=ADMIN, now=NOW),
    A.CLOSE_WITHOUT: lambda c: closing.close_without(c, Closing.MISTAKEN, actor=ADMIN, now=NOW, why="Mở nhầm"),
    A.REOPEN: lambda c: closing.reopen(c, "Có đơn mới", actor=ADMIN, now=NOW),
    A.UNDO: lambda c: opening.undo_open(c, actor=ADMIN, now=NOW + timedelta(hours=2)),
}
