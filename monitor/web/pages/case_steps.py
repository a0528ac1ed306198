"""What comes next for a request, in sentences, from where it stands: proposes, decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.desk.clocks import CaseClock
from monitor.labels import of
from monitor.model.asking import NextWay
from monitor.model.card import OutletCard
from monitor.model.case import Case
from monitor.model.law import ClockKind, ClockState
from monitor.model.paper import PaperKind, PaperState
from monitor.model.request import AddresseeKind, DemandKind, DemandResult, Request, RequestState
from monitor.respond.filing import LETTERS

_GONE = (PaperState.ISSUED, PaperState.RECEIVED)
_READY = (PaperState.SIGNED, PaperState.NUMBERED, *_GONE)


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """A sentence; ``draft`` is the paper that could be drafted for it, ``paper`` one that waits, ``outlet`` a card
    that is missing, ``act`` the act of this card that is meant."""

    words: str
    draft: PaperKind | None = None
    paper: str = ""
    outlet: str = ""
    act: str = ""
    late: bool = False


def steps(
    case: Case, request: Request, clocks: Iterable[CaseClock], card: OutletCard | None, rounds_max: int | None
) -> tuple[NextStep, ...]:
    """The next steps, the most pressing first; none for a request that has ended."""
    if not request.state.open or case.end is not None:
        return ()
    before = request.state is RequestState.DRAFTED
    found = _before(case, request, card) if before else _after(case, request, tuple(clocks), rounds_max)
    return tuple(found)


def _before(case: Case, request: Request, card: OutletCard | None) -> Iterator[NextStep]:
    if request.outlet and card is None and request.addressee in (AddresseeKind.PRESS, AddresseeKind.AGGREGATOR):
        words = "Lập phiếu cơ quan báo chí: chưa có phiếu còn hiệu lực thì không phát hành được văn bản."
        yield NextStep(words=words, outlet=request.outlet)
    live = [p for p in case.papers if p.request == request.id and p.state is not PaperState.WITHDRAWN]
    letter = next((p for p in live if p.kind in LETTERS), None)
    kind = PaperKind.PETITION if request.addressee is AddresseeKind.AUTHORITY else PaperKind.REQUEST_LETTER
    if letter is None:
        yield NextStep(words=f"Soạn {of(kind).lower()}.", draft=kind)
    else:
        yield NextStep(words=f"{of(letter.kind)}: {of(letter.state).lower()}. {_WAITS[letter.state]}", paper=letter.id)
    if request.asks(DemandKind.PUBLISH_RESPONSE):
        text = next((p for p in live if p.kind is PaperKind.RESPONSE_TEXT), None)
        if text is None:
            words = "Soạn ý kiến phản hồi để gửi kèm công văn."
            yield NextStep(words=words, draft=PaperKind.RESPONSE_TEXT)
        elif text.state not in _READY:
            words = f"Ý kiến phản hồi gửi kèm: {of(text.state).lower()}; cần ký trước khi công văn phát hành."
            yield NextStep(words=words, paper=text.id)


_WAITS = {
    PaperState.DRAFTED: "Trình lãnh đạo ký.",
    PaperState.RETURNED: "Sửa theo ý kiến rồi trình lại.",
    PaperState.SUBMITTED: "Chờ lãnh đạo ký.",
    PaperState.SIGNED: "Chờ văn thư vào số.",
    PaperState.NUMBERED: "Chờ văn thư phát hành.",
    PaperState.ISSUED: "Ghi ngày nơi nhận nhận được.",
    PaperState.RECEIVED: "",
    PaperState.WITHDRAWN: "",
}


def waits(state: PaperState) -> str:
    """What a paper in this state waits for."""
    return _WAITS[state]


def _after(case: Case, request: Request, clocks: tuple[CaseClock, ...], rounds_max: int | None) -> Iterator[NextStep]:
    if request.received is None:
        words = "Ghi ngày giờ nơi nhận nhận được văn bản: thời hạn chỉ tính từ lúc đó."
        yield NextStep(words=words, act="receive")
    if rounds_max and len(request.rounds) >= rounds_max:
        ways = "; ".join(of(way).lower() for way in NextWay)
        words = f"Đã đủ {rounds_max} lần đăng ý kiến qua lại: cơ quan báo chí có quyền dừng. Hướng tiếp theo: {ways}."
        yield NextStep(words=words, act="escalate")
    late = [c for c in clocks if c.state is ClockState.OVERDUE or c.past]
    if late and not request.escalated:
        what = ", ".join(dict.fromkeys(of(c.due.kind).lower() for c in late))
        law = all(c.state is ClockState.OVERDUE for c in late)
        words = f"{'Quá hạn' if law else 'Quá mốc nhắc của cơ quan'}: {what}. Ghi kết quả, nhắc lại hoặc kiến nghị."
        yield NextStep(words=words, late=law, draft=None if _reminded(case, request) else PaperKind.REMINDER)
    yield from _beyond(case, request, clocks)
    if request.received and not late and any(d.result is DemandResult.PENDING for d in request.demands):
        yield NextStep(words="Theo dõi; khi có kết quả thì ghi cho từng yêu cầu.", act="result")


def _beyond(case: Case, request: Request, clocks: tuple[CaseClock, ...]) -> Iterator[NextStep]:
    for ident in request.escalated:
        other = next((one for one in case.requests if one.id == ident), None)
        if other is not None and other.state.open:
            yield NextStep(words=f"Đã kiến nghị {other.name} ({ident}); chờ kết luận bằng văn bản.")
        elif other is not None and not request.conclusion:
            words = f"{other.name} đã có kết quả ({ident}): ghi ngày cơ quan báo chí nhận được văn bản kết luận."
            yield NextStep(words=words, act="conclusion")
    dormant = any(c.due.kind is ClockKind.CORRECTION and c.state is ClockState.NOT_ARISEN for c in clocks)
    if dormant and not request.escalated and request.received:
        words = (
            "Thời hạn cải chính chưa phát sinh. Nếu báo không tự cải chính: kiến nghị cơ quan có thẩm quyền "
            "kết luận bằng văn bản."
        )
        yield NextStep(words=words, act="escalate")


def _reminded(case: Case, request: Request) -> bool:
    """Whether a reminder is being written already."""
    under_way = (p for p in case.papers if p.request == request.id and p.kind is PaperKind.REMINDER)
    return any(p.state not in (*_GONE, PaperState.WITHDRAWN) for p in under_way)
