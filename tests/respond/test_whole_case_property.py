"""Whatever is done to cases, in whatever order, through the desk and a real database: the log explains every state."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from request_making import LATER, NOW, asking, printed
from test_requests_property import MOVES, unchanged
from triage.triage_making import ACTS, ADMIN

from monitor.config import Home
from monitor.desk.audit import audit, told
from monitor.desk.sitting import Sitting
from monitor.errors import ConflictError, RefusedError
from monitor.model.action import CaseAction, Step
from monitor.model.case import Case, CaseStatus, ClaimVerdict, Closing, Ground, Part
from monitor.store import cases, events
from monitor.store.db import Database, opened
from monitor.triage import assigning, closing, opening, remedying, verifying

DAY = LATER.date()
HOW = {"actor": ADMIN, "now": LATER}


def sitting(db: Database) -> Sitting:
    return Sitting(home=Home(root=Path()), db=db, actor=ADMIN, now=LATER)


def begin(s: Sitting) -> Case:
    with s.db.atomic():
        ident = cases.next_id(s.db, NOW)
        return s.begin(opening.open_case(ident, "Báo nêu nợ lương", actor=ADMIN, now=NOW, articles=["x1", "x2", "x3"]))


def lead(case: Case) -> Step:
    return assigning.assign(case, **HOW, part=Part.LEAD, task="Xác minh", due=DAY, directed_by="u1", unit="cd-kcn")


def claim(case: Case) -> Step:
    return verifying.add_claim(case, "nợ lương ba tháng", actor=ADMIN, typed=True, harmed="Công đoàn A")


def judge(case: Case) -> Step:
    """Every claim that has no verdict yet, right and wrong by turns."""
    step = Step(case=case, happened=())
    for n, one in enumerate(case.live_claims):
        wrong = n % 2 == 0
        step = step.then(
            verifying.judge(
                step.case,
                one.id,
                ClaimVerdict.WRONG if wrong else ClaimVerdict.RIGHT,
                **HOW,
                ground=Ground.FALSE if wrong else None,
                fact="đã trả đủ",
                source="bảng lương",
                why="xem lại",
            )
        )
    return step


def ask(case: Case) -> Step:
    wrong = [one.id for one in case.live_claims if one.ground is Ground.FALSE]
    return asking(case, claims=wrong[:1], publications=(printed("x1"),))


def finish(case: Case) -> Step:
    """What keeps the case from ending is dropped, then it ends."""
    step = Step(case=case, happened=())
    for ident in closing.still_open(case):
        if ident.startswith("m"):
            step = step.then(remedying.drop_remedy(step.case, ident, "thôi", actor=ADMIN))
    return step.then(closing.close(step.case, **HOW))


ON: tuple[Callable[[Case], Step], ...] = (*ACTS.values(), lead, claim, judge, judge, ask, ask, finish)


def checked(s: Sitting, case: Case) -> None:
    assert (case.status is CaseStatus.CLOSED) is (case.end is not None)
    if case.end:
        assert (case.end.closing is Closing.CONCLUDED) is (case.verdict is not None)
        assert case.end.closing is Closing.CONCLUDED or case.end.why or case.end.closing is Closing.MISTAKEN
    if case.conclusion:
        assert case.verdict is not None
    idents = [one for one in told(case) if one]
    assert len(idents) == len(set(idents))
    assert cases.get(s.db, case.id) == case


def balance(s: Sitting) -> None:
    """Opened = concluded + closed without verdict + carried over (response.md E), by the log and by the documents.

    The log alone tells how each case ended ("" while it goes on) and with what verdict.
    """
    ended, verdicts = {}, {}
    for event in events.every(s.db):
        match event.action:
            case "case.open":
                assert event.case not in ended
                ended[event.case] = ""
            case "case.close" | "case.undo":
                assert ended[event.case] == ""
                ended[event.case] = event.why
            case "case.reopen":
                assert ended[event.case] != ""
                ended[event.case] = ""
            case "case.conclude":
                verdicts[event.case] = event.why
            case "case.reverify":
                del verdicts[event.case]
    stored = {case.id: case for case in cases.every(s.db)}
    assert ended == {ident: case.end.closing.value if case.end else "" for ident, case in stored.items()}
    assert verdicts == {ident: case.verdict.value for ident, case in stored.items() if case.verdict}
    assert {one for one, how in ended.items() if how == Closing.CONCLUDED.value} <= set(verdicts)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_random_acts_on_several_cases_keep_log_states_and_balance(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder, opened(Path(folder) / "monitor.db") as db:
        s = sitting(db)
        made = {case.id: case for case in (begin(s), begin(s))}
        for _ in range(data.draw(st.integers(5, 40))):
            ident = data.draw(st.sampled_from(sorted(made)))
            move: Callable[[Case], Step]
            if data.draw(st.booleans()):
                move = data.draw(st.sampled_from(ON))
            else:
                other = data.draw(st.sampled_from(MOVES))

                def move(case: Case, other: Callable[..., Step] = other) -> Step:
                    return other(case, data.draw)

            before, count = made[ident], events.head(db)
            try:
                after = s.act(ident, move)
            except RefusedError:
                assert cases.get(db, ident) == before
                assert events.head(db) == count
                continue
            unchanged(before.papers, after.papers)
            assert after.revision == before.revision + 1
            made[ident] = after
            checked(s, after)
        balance(s)
        assert audit(db).flaws == ()


def test_a_long_walk_reaches_every_status_and_holds(tmp_path: Path) -> None:
    dice = random.Random(20261121)
    seen: set[CaseStatus] = set()
    with opened(tmp_path / "monitor.db") as db:
        s = sitting(db)
        made = [begin(s) for _ in range(4)]
        # Ends without a verdict are many, and would end every walk early.
        ends = (ACTS[CaseAction.CLOSE_WITHOUT], ACTS[CaseAction.UNDO])
        on = [move for move in ON if move not in ends]
        for n in range(800):
            at = dice.randrange(len(made))
            try:
                made[at] = s.act(made[at].id, dice.choice(on if n % 40 else ends))
            except RefusedError:
                continue
            seen.add(made[at].status)
        assert seen == set(CaseStatus)
        balance(s)
        report = audit(db)
        assert report.flaws == ()
        assert report.count > 300


def test_of_two_people_at_once_the_second_is_told_and_nothing_is_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "monitor.db"
    with opened(file) as one, opened(file) as other:
        first, second = sitting(one), sitting(other)
        case = begin(first)
        first.act(case.id, claim, expected=case.revision)
        with pytest.raises(ConflictError) as told_:
            second.act(case.id, claim, expected=case.revision)
        assert told_.value.facts["by"] == ADMIN.id
        stored = cases.get(other, case.id)
        assert stored is not None
        assert len(stored.claims) == 1


def test_a_move_made_on_an_old_copy_is_refused_by_the_store_itself(tmp_path: Path) -> None:
    with opened(tmp_path / "monitor.db") as db:
        s = sitting(db)
        case = begin(s)
        s.act(case.id, claim)
        with pytest.raises(ConflictError), db.atomic():
            s.keep(case, claim(case))
        assert len(next(cases.every(db)).claims) == 1


def test_a_number_is_used_once_a_year_and_issuer(tmp_path: Path) -> None:
    with opened(tmp_path / "monitor.db") as db:
        s = sitting(db)
        idents = []
        for _ in range(2):
            case = begin(s)
            for move in (lead, claim, judge, lambda c: verifying.conclude(c, **HOW), ask):
                case = s.act(case.id, move)
            idents.append(case.id)
        numbered(s, idents[0], 7)
        with pytest.raises(RefusedError, match="number_taken"):
            numbered(s, idents[1], 7)
        assert all(p.number is None for p in s.case(idents[1]).papers)
        again(s, idents[1], 8)
        # A number mistyped and put right is free again.
        again(s, idents[0], 9)
        again(s, idents[1], 7)


def numbered(s: Sitting, ident: str, number: int) -> None:
    from request_making import drafted

    from monitor.respond import filing

    with s.db.atomic():
        case = s.act(ident, lambda c: drafted(c, c.requests[0].id))
        paper = case.papers[-1].id
        s.act(ident, lambda c: filing.submit(c, paper, **HOW))
        s.act(ident, lambda c: filing.sign(c, paper, **HOW))
        s.act(ident, lambda c: filing.number(c, paper, number=number, symbol="LĐLĐ-TG", dated=DAY, **HOW))


def again(s: Sitting, ident: str, number: int) -> None:
    from monitor.respond import filing

    if not s.case(ident).papers:
        numbered(s, ident, number)
        return
    paper = s.case(ident).papers[-1].id
    s.act(ident, lambda c: filing.number(c, paper, number=number, symbol="LĐLĐ-TG", dated=DAY, **HOW))


def test_the_log_of_a_case_alone_rebuilds_every_state(tmp_path: Path) -> None:
    with opened(tmp_path / "monitor.db") as db:
        s = sitting(db)
        case = begin(s)
        for move in (lead, claim, claim, judge, lambda c: verifying.conclude(c, **HOW), ask):
            case = s.act(case.id, move)
        folded: dict[str, str] = {}
        for event in events.of_case(db, case.id):
            if event.before or event.after:
                assert folded.get(event.thing, "") == event.before
                folded[event.thing] = event.after
        assert {thing: folded[thing] for thing in told(case)} == told(case)
        spoiled = replace(case, status=CaseStatus.OPEN)
        assert told(spoiled) != told(case)
