"""An office with something on every page: cases in each state, letters, an edition, a handover, links that work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import article_making
import paper_making
import pytest
from delivery_making import message
from desk_office import Desk

from monitor.config.deliver import load_deliver
from monitor.desk import (
    access,
    alerts,
    editions,
    handing_over,
    moving,
    papers,
    people,
    proof,
    readers,
    recording,
    report_issuing,
    saved,
    triage,
    unit_reports,
    verifying,
)
from monitor.desk.unit_owed import periods
from monitor.model.casework import ClaimVerdict, Closing, Ground, Part, TriageState
from monitor.model.delivery import MessageState
from monitor.model.evidence import EvidenceKind
from monitor.model.filing import Arrival
from monitor.model.paper import PaperKind
from monitor.model.unit_report import Wording
from monitor.store import outbox

_PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@dataclass(frozen=True, kw_only=True)
class Full:
    """What stands where in the office; ids and secrets as they stand in addresses."""

    verifying: str
    handling: str
    concluded: str
    closed: str
    article: str
    quoted: str
    sha: str
    subject: str
    draft: str
    sent: str
    edition: str
    approved: str
    message: str
    reader: str
    handover: str
    person: str
    password: str
    answer: str
    report: str
    unit_period: str


def filled(desk: Desk, folder: Path) -> Full:
    """Everything is done through the desk as people would do it; the items left over wait in the queue."""
    handling, request, sent = paper_making.sent(desk)
    first, _ = article_making.crawled(desk, lead="Công nhân ngừng việc từ sáng.", hours=3)
    article, sha = article_making.crawled(
        desk, title=article_making.TITLE + " (cập nhật)", text=article_making.TEXT + "\nCông ty đã trả lương.",
        lead="Công nhân đã trở lại làm việc.", page=article_making.PAGE + b"<p>2</p>",
    )  # fmt: skip
    assert first == article
    checked, answer = _verified(desk, folder)
    concluded = paper_making.handled(desk, title="Vụ đã kết luận, chưa đề nghị", known=False, card=False)
    _handled(desk, handling, request)
    with desk.sitting("bao") as s:
        waiting = triage.pending(s, days=60)
        closed = triage.open_case(s, [waiting[0].subject], triage.Opening(title="Vụ đã đóng")).id
        moving.close_without(s, closed, Closing.MISTAKEN, "Báo nêu đơn vị ở tỉnh khác.")
        triage.decide(s, waiting[1].subject, TriageState.NOTED, "Tiếp tục theo dõi.")
        triage.decide(s, waiting[2].subject, TriageState.IRRELEVANT)
        saved.save(s, "hop-tin", "Cần chú ý", "chu-y=1")
        edition = editions.draft(s, "daily").id
        approved = editions.draft(s, "weekly").id
        editions.comment(s, approved, editions.edition(s, approved).items[0].article, "Cần theo dõi tiếp.")
        editions.approve(s, approved)
    handover, password = _handed_over(desk)
    assert alerts.look(desk.home).made
    return Full(
        verifying=checked, handling=handling, concluded=concluded, closed=closed, article=article, sha=sha,
        quoted=paper_making.stored(desk, concluded).articles[0],
        subject=waiting[4].subject, draft=_drafted(desk, handling), sent=sent, edition=edition, approved=approved,
        message=_sent(desk, approved), reader=readers.key_of(load_deliver(desk.home.rules).profiles[0]),
        handover=str(handover), person=desk.person("bao2").id, password=password, answer=answer,
        report=_reported(desk), unit_period=_unit_reported(desk),
    )  # fmt: skip


def _sent(desk: Desk, edition: str) -> str:
    """A message on its way, one that did not go, and one that went."""
    made = [(f"{n}@x.example", state) for n, state in enumerate(("queued", "failed", "sent"))]
    with desk.sitting("thu") as s, s.db.atomic():
        for address, state in made:
            one = message(about=edition, address=address, attachments=(), message_id=f"<{address}>")
            found = outbox.get(s.db, outbox.put(s.db, one))
            gone = s.now if state == "sent" else None
            outbox.settle(
                s.db, replace(found, state=MessageState(state), sent_at=gone, error="Máy chủ thư từ chối: 550")
            )
    return found.id


def _verified(desk: Desk, folder: Path) -> tuple[str, str]:
    """A case at its beginning with something of everything, overdue; and the link by which a unit answers."""
    day, scan = paper_making.today(), folder / "bien-ban.png"
    scan.write_bytes(_PNG)
    with desk.sitting("bao") as s:
        subject = triage.pending(s, days=60)[0].subject
        case = triage.open_case(s, [subject], triage.Opening(title="Phản ánh chậm trả lương", units=("kcn",))).id
        for who, part in (("co", Part.LEAD), ("bao2", Part.COOPERATES)):
            task = verifying.Task(part=part, task="Kiểm tra việc trả lương.", due=day + timedelta(days=3), person=who)
            verifying.assign(s, case, task)
        task = verifying.Task(part=Part.COOPERATES, task="Gửi bảng lương.", due=day + timedelta(days=2), unit="may")
        asked = verifying.assign(s, case, task).assignments[-1].id
        claim = verifying.add_claim(
            s, case, verifying.Passage(quote="Công nhân ba tháng chưa nhận lương", typed=True, harmed="kcn")
        ).claims[-1].id  # fmt: skip
        verifying.judge(
            s, case, claim, ClaimVerdict.WRONG, ground=Ground.FALSE, fact="Chậm năm ngày.", source="Bảng lương"
        )
        kept = proof.add_file(s, case, scan, EvidenceKind.SCAN, note="Biên bản làm việc")
        moving.find(s, case, "Công ty chậm lương 5 ngày.", (claim,), (kept.id,))
        moving.remind(s, case, "Gọi tòa soạn", day - timedelta(days=1))
        moving.comment(s, case, "Đã hẹn làm việc sáng mai.")
        link = access.answer_link(s, case, asked)
    with desk.sitting("lanh") as s:
        moving.direct(s, case, "Làm rõ trách nhiệm người đứng đầu.")
    return case, link


def _handled(desk: Desk, case: str, request: str) -> None:
    """The letter came to its outlet, which wrote back; and something is to be remedied."""
    day = paper_making.today()
    with desk.sitting("thu") as s:
        recording.received(s, case, request, s.now, "Giấy báo phát")
        came = Arrival(
            id="", sender="Báo Số Không", sign="12/CV-TS", dated=day, arrival_number="88", arrived=day,
            subject="Trả lời đề nghị cải chính", request=request, by=s.actor.id, at=s.now,
        )  # fmt: skip
        papers.arrive(s, case, came)
    with desk.sitting("bao") as s:
        moving.add_remedy(s, case, "Công khai bảng lương hằng tháng", who="kcn", due=day + timedelta(days=10))


def _drafted(desk: Desk, case: str) -> str:
    with desk.sitting("bao") as s:
        return papers.draft(s, case, PaperKind.SUBMISSION, subject="Phiếu trình xử lý thông tin báo nêu").papers[-1].id


def _unit_reported(desk: Desk) -> str:
    """A unit's report of this period, handed in with a figure that differs; the one below it has none."""
    with desk.sitting("bao") as s:
        span = periods(desk.home, paper_making.today())[0]
        form = unit_reports.form(s, "kcn", span)
        values = {ident: value + 1 for ident, value in form.values}
        made = unit_reports.save(s, "kcn", span, values, {Wording.WORK: "Đã mở hai lớp tập huấn."}, seen=0)
        unit_reports.submit(s, made.id)
        return span.key


def _reported(desk: Desk) -> str:
    """A report on the days up to yesterday, issued; without its PDF, which takes seconds."""
    last = paper_making.today() - timedelta(days=1)
    with pytest.MonkeyPatch.context() as patch, desk.sitting("bao") as s:
        patch.setenv("MONITOR_SOFFICE", "no-such-program")
        span = f"{last - timedelta(days=20)}..{last}"
        return report_issuing.issue(s, span, number="45", day=paper_making.today()).id


def _handed_over(desk: Desk) -> tuple[int, str]:
    day = paper_making.today()
    with desk.sitting("lanh") as s:
        number = handing_over.do(s, "bao2", "bao")
        people.add_stand_in(
            s.db, s.actor, "lanh", "bao", first=day, last=day + timedelta(days=3), now=s.now
        )  # fmt: skip
    with desk.sitting("quan") as s:
        return number, access.password_link(s, desk.person("bao2").id)
