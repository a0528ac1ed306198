"""New prints of old cases, what an undo takes out, and items that somebody may not know of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from finding_making import LEADER, NOW, PRESS, ident, office, put, sits, tale

from monitor.desk import casefile, figures, moving, proof, sorting, triage
from monitor.desk.audit import audit
from monitor.desk.inbox import InboxFilter, inbox
from monitor.desk.intake import NewItem, take_in
from monitor.desk.sitting import Sitting
from monitor.desk.triage import Opening
from monitor.errors import ConflictError, MonitorError, RefusedError, UsageError
from monitor.model.case import CaseStatus, Closing, TriageState
from monitor.model.people import OfficeRole, Person
from monitor.model.source import Medium
from monitor.model.story import LinkState
from monitor.store import articles, cases, intake, people, stories
from monitor.store import triage as decisions
from monitor.store.db import Database, opened

CLERK = Person(id="u4", name="Văn", roles=(OfficeRole.CLERK,))
AIRED = NewItem(
    medium=Medium.TV, at=NOW - timedelta(hours=5), title="Bản tin tối", outlet="Đài tỉnh", programme="Thời sự",
    text="Công nhân phản ánh bữa ăn ca.", seen_by="Lan",
)  # fmt: skip
SOURCES = (
    "outlets: [{id: bao-mot, name: Báo Một, kind: press, level: central, sources: [{feed: 'http://bao.test/'}]}]\n"
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path / "data" / "monitor.db") as made:
        office(made)
        with made.atomic():
            people.put(made, CLERK)
        yield made


def waiting(sitting: Sitting) -> list[tuple[str, tuple[str, ...]]]:
    """The queue, of which command and page have to say the same."""
    rows = [(row.subject, row.articles) for row in inbox(sitting, InboxFilter(per_page=200)).rows]
    assert rows == [(one.subject, one.articles) for one in triage.pending(sitting)]
    return rows


def closed(sitting: Sitting, **said: object) -> str:
    """A case of story 1 that was closed, and what came after it: prints 2 and 3."""
    put(sitting.db, 1, story=1)
    case = triage.open_case(sitting, [tale(1)], Opening(title="Bữa ăn ca", **said))  # type: ignore[arg-type]
    moving.close_without(sitting, case.id, Closing.PASSED_ON, "chuyển", "nơi khác")
    for n in (2, 3):
        put(sitting.db, n, story=1, outlet="bao-hai", at=NOW - timedelta(minutes=10 * n))
    return case.id


def later(sitting: Sitting, minutes: int = 1) -> Sitting:
    return replace(sitting, now=sitting.now + timedelta(minutes=minutes))


@pytest.mark.parametrize("state", [TriageState.NOTED, TriageState.IRRELEVANT])
def test_new_prints_of_a_closed_case_are_decided_on_by_themselves(
    tmp_path: Path, db: Database, state: TriageState
) -> None:
    here = sits(tmp_path, db)
    case = closed(here)
    assert waiting(here) == [(tale(1), (ident(3), ident(2)))]
    done = triage.decide(here, tale(1), state, "đã biết")
    assert (done.state, done.note) == (state, "đã biết")
    assert waiting(here) == []
    own = decisions.get(db, tale(1))
    assert own and (own.state, own.case) == (TriageState.CASE, case)
    put(db, 4, story=1, outlet="bao-ba", at=NOW - timedelta(minutes=1))
    assert waiting(here) == [(tale(1), (ident(4),))]
    assert audit(db).flaws == ()


def test_an_undo_brings_the_new_prints_back_and_leaves_the_closed_case_alone(tmp_path: Path, db: Database) -> None:
    here = sits(tmp_path, db)
    case = closed(here)
    before = waiting(here)
    triage.decide(here, ident(2), TriageState.NOTED)
    triage.decide(later(here), tale(1), TriageState.IRRELEVANT)
    with pytest.raises(RefusedError, match="triage_same"):
        triage.decide(later(here), tale(1), TriageState.IRRELEVANT)
    assert triage.undo(later(here, 2), tale(1)).state is TriageState.NOTED
    assert waiting(here) == []
    assert triage.undo(later(here, 3), tale(1)).state is TriageState.NEW
    assert waiting(here) == before
    with pytest.raises(RefusedError, match="case_went_on"):
        triage.undo(later(here, 4), tale(1))
    assert cases.some(db, [case])[case].status is CaseStatus.CLOSED
    assert audit(db).flaws == ()


def test_prints_of_an_open_case_are_added_and_not_noted(tmp_path: Path, db: Database) -> None:
    here = sits(tmp_path, db)
    put(db, 1, story=1)
    case = triage.open_case(here, [tale(1)], Opening(title="Bữa ăn ca"))
    put(db, 2, story=1, at=NOW - timedelta(minutes=5))
    with pytest.raises(RefusedError, match="triage_is_case") as refused:
        triage.decide(here, tale(1), TriageState.NOTED)
    assert case.id in str(refused.value.facts["case"])


def test_who_may_not_see_the_closed_case_decides_on_what_came_after_it(tmp_path: Path, db: Database) -> None:
    leader, press = sits(tmp_path, db), sits(tmp_path, db, PRESS)
    closed(leader, allowed=())
    assert waiting(press) == [(tale(1), (ident(3), ident(2)))]
    done = sorting.decide(press, [tale(1)], TriageState.NOTED)
    assert [(one.state, one.case) for one in done.said] == [(TriageState.NOTED, "")]
    assert waiting(press) == []
    assert triage.undo(later(press), tale(1)).state is TriageState.NEW
    with pytest.raises(RefusedError, match="triage_nothing"):
        triage.undo(later(press), tale(1))


def test_an_undo_of_new_prints_that_joined_only_takes_them_out(tmp_path: Path, db: Database) -> None:
    here = sits(tmp_path, db)
    put(db, 1, story=1)
    case = triage.open_case(here, [tale(1)], Opening(title="Bữa ăn ca"))
    put(db, 2, story=1, at=NOW - timedelta(minutes=5))
    done = sorting.add(later(here), case.id, [tale(1)])
    assert not done.final
    assert sorting.add(later(here), case.id, [tale(1)]).final
    assert sorting.undo(later(here, 2), [tale(1)]).done == (tale(1),)
    left = here.case(case.id)
    assert (left.status, left.articles) == (CaseStatus.OPEN, (ident(1),))
    assert waiting(here) == [(tale(1), (ident(2),))]
    assert triage.undo(later(here, 3), tale(1)).state is TriageState.NEW
    assert here.case(case.id).end is not None
    assert waiting(here) == [(tale(1), (ident(1), ident(2)))]
    assert audit(db).flaws == ()


def test_undoing_the_opening_brings_back_what_joined_it(tmp_path: Path, db: Database) -> None:
    here = sits(tmp_path, db)
    put(db, 1, story=1)
    put(db, 9)
    case = triage.open_case(here, [tale(1)], Opening(title="Bữa ăn ca"))
    put(db, 2, story=1, at=NOW - timedelta(minutes=5))
    triage.add_to_case(later(here), case.id, [tale(1), ident(9)])
    assert triage.undo_opening(later(here, 2), case.id).end
    assert {subject for subject, _ in waiting(here)} == {tale(1), ident(9)}
    assert decisions.standing(db, [tale(1), ident(2), ident(9)]) == []
    assert audit(db).flaws == ()


def test_a_further_case_of_new_prints_is_undone_to_the_first_one(tmp_path: Path, db: Database) -> None:
    here = sits(tmp_path, db)
    first = closed(here)
    again = triage.open_case(later(here), [tale(1)], Opening(title="Lại bữa ăn ca"))
    assert waiting(later(here)) == []
    done = triage.undo(later(here, 2), tale(1))
    assert (done.state, done.case) == (TriageState.CASE, first)
    assert here.case(again.id).status is CaseStatus.CLOSED
    assert waiting(here) == [(tale(1), (ident(3), ident(2)))]
    assert audit(db).flaws == ()


Act = Callable[[Sitting, str, str], object]


@pytest.mark.parametrize(
    "act",
    [
        lambda s, said, _: triage.decide(s, said, TriageState.NOTED),
        lambda s, said, _: triage.undo(s, said),
        lambda s, said, _: triage.open_case(s, [said], Opening(title="x")),
        lambda s, said, case: triage.add_to_case(s, case, [said]),
        lambda s, said, _: sorting.undo(s, [said]),
    ],
    ids=["decide", "undo", "open", "add", "undo several"],
)
def test_an_item_of_cases_he_does_not_see_is_as_unknown_as_none(tmp_path: Path, db: Database, act: Act) -> None:
    leader, press = sits(tmp_path, db), sits(tmp_path, db, PRESS)
    item = take_in(leader, AIRED).article.id
    put(db, 2)
    mine = triage.open_case(press, [ident(2)], Opening(title="Của Báo"))
    triage.open_case(leader, [item], Opening(title="Kín", allowed=()))
    said = []
    for one in (item, "a" + "0" * len(item[1:])):
        try:
            act(press, one, mine.id)
        except UsageError as error:
            said.append((error.key, error.facts == {"value": one}))
        except MonitorError as error:
            said.append((error.key, False))
    assert said == [("matter_unknown", True)] * 2


def test_of_a_story_he_gets_what_he_may_know(tmp_path: Path, db: Database) -> None:
    leader, press = sits(tmp_path, db), sits(tmp_path, db, PRESS)
    item = take_in(leader, AIRED).article.id
    put(db, 2, story=2)
    with db.atomic():
        stories.put(db, item, tale(2), state=LinkState.PROPOSED, by="", evidence=None, now=NOW)
    case = triage.open_case(leader, [item], Opening(title="Kín", allowed=()))
    leader.act(case.id, lambda c: _only(c, item))
    assert triage.known(press, tale(2)).articles == (ident(2),)
    with pytest.raises(UsageError, match="matter_unknown"):
        triage.known(press, item)
    assert triage.open_case(press, [tale(2)], Opening(title="Công khai")).articles == (ident(2),)


def _only(case: object, item: str) -> object:
    from monitor.triage.opening import drop_article

    return drop_article(case, ident(2), actor=LEADER)  # type: ignore[arg-type]


def test_no_event_names_an_item_he_may_not_know_of(tmp_path: Path, db: Database) -> None:
    leader, press = sits(tmp_path, db), sits(tmp_path, db, PRESS)
    item = take_in(leader, AIRED).article.id
    triage.decide(leader, item, TriageState.NOTED)
    assert item in str(list(figures.event_rows(press, None, None)))
    triage.open_case(leader, [item], Opening(title="Kín", allowed=()))
    assert item[1:] not in str(list(figures.event_rows(press, None, None)))
    assert item in str(list(figures.event_rows(leader, None, None)))


def test_evidence_the_program_takes_is_no_change_for_who_has_the_page_open(tmp_path: Path, db: Database) -> None:
    leader = sits(tmp_path, db)
    (tmp_path / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    item = take_in(leader, AIRED).article.id
    case = triage.open_case(leader, [item], Opening(title="Bữa ăn ca"))
    assert proof.take(sits(tmp_path, db, PRESS), case.id).missing
    assert leader.case(case.id) == case
    assert "evidence.take" in {row["action"] for row in figures.event_rows(leader, None, None)}
    moving.comment(replace(leader, expected=case.revision), case.id, "Xem lại")
    with pytest.raises(ConflictError, match="case_changed"):
        moving.comment(replace(leader, expected=case.revision, _left={}), case.id, "Xem lại lần nữa")
    assert audit(db).flaws == ()


def test_only_leaders_and_press_officers_take_a_case_s_file_along(tmp_path: Path, db: Database) -> None:
    put(db, 1)
    case = triage.open_case(sits(tmp_path, db), [ident(1)], Opening(title="Bữa ăn ca"))
    for make in (
        lambda s: proof.pack(s, case.id, tmp_path / "goi.zip"),
        lambda s: casefile.make(s, case.id, tmp_path / "ho-so.zip"),
        lambda s: casefile.make(s, case.id),
    ):
        with pytest.raises(RefusedError, match="role_missing"):
            make(sits(tmp_path, db, CLERK))
        assert not list(tmp_path.rglob("*.zip"))
    casefile.make(sits(tmp_path, db, PRESS), case.id, tmp_path / "ho-so.zip")
    assert (tmp_path / "ho-so.zip").exists()


def test_who_types_what_is_hidden_from_him_makes_an_item_of_his_own(tmp_path: Path, db: Database) -> None:
    leader, press = sits(tmp_path, db), sits(tmp_path, db, PRESS)
    item = take_in(leader, AIRED).article.id
    triage.open_case(leader, [item], Opening(title="Kín", allowed=()))
    before = intake.of(db, [item])[item]
    typed = replace(AIRED, programme="Khác", seen_by="Báo", text="Chữ khác.")
    mine = take_in(press, typed)
    assert (mine.article.id != item, mine.known, mine.intake.programme) == (True, False, "Khác")
    assert take_in(press, typed).article.id == mine.article.id
    assert intake.of(db, [item])[item] == before
    assert articles.by_ids(db, [item])[0].text == AIRED.text
    assert take_in(leader, AIRED).article.id == item


def test_who_types_an_address_that_is_hidden_from_him_overrules_nothing(tmp_path: Path, db: Database) -> None:
    leader, press = sits(tmp_path, db), sits(tmp_path, db, PRESS)
    post = replace(
        AIRED, medium=Medium.SOCIAL_CHANNEL, outlet="", account="Nhóm A", link="https://mang.example/p/1", programme=""
    )
    item = take_in(leader, post).article.id
    triage.open_case(leader, [item], Opening(title="Kín", allowed=()))
    before = intake.of(db, [item])[item]
    told = take_in(press, replace(post, title="Tít khác", account="Nhóm B", seen_by="Báo", text="Chữ khác."))
    assert (told.known, told.collected, told.article.title, told.intake.account) == (False, False, "Tít khác", "Nhóm B")
    after = intake.of(db, [item])[item]
    assert (after.account, after.seen_by, after.typed_by) == (before.account, before.seen_by, before.typed_by)
    assert "Chữ khác." in after.passage
    kept = articles.by_ids(db, [item])[0]
    assert (kept.title, kept.text) == (post.title, post.text)
