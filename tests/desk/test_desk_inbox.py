"""The inbox: one queue with the command line, nothing of hidden cases, filters, order, and what is around a story."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from finding_making import LEADER, NOW, PRESS, WARD, ident, office, put, random_press, sits, tagging, tale

from monitor.desk import triage
from monitor.desk.earlier import companies
from monitor.desk.inbox import InboxFilter, earlier, inbox, neighbours
from monitor.desk.sitting import Sitting
from monitor.desk.triage import Matter, Opening
from monitor.errors import UsageError
from monitor.model.article import Article
from monitor.model.case import CaseStatus, Closing, TriageState
from monitor.model.tag import Relevance, Tone
from monitor.store import articles, cases, stories
from monitor.store import triage as decisions
from monitor.store.db import Database, opened
from monitor.triage import closing, opening


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path / "data" / "monitor.db") as made:
        office(made)
        yield made


def subjects(sitting: Sitting, **asked: object) -> list[str]:
    return [row.subject for row in inbox(sitting, InboxFilter(**asked)).rows]  # type: ignore[arg-type]


def plainly_pending(sitting: Sitting, *, days: int, attention: bool) -> list[Matter]:
    """The queue as its rules say it, article by article."""
    found: dict[str, list[Article]] = {}
    for article in articles.between(sitting.db, sitting.now - timedelta(days=days), sitting.now, ours=True):
        if article.tagging and article.tagging.relevance.ours:
            found.setdefault(article.story or article.id, []).append(article)
    held = cases.by_article(sitting.db, [article.id for prints in found.values() for article in prints])
    merged = stories.merged_into(sitting.db, list(found))
    made = []
    for subject, prints in found.items():
        into = [c for a in prints for i in held.get(a.id, ()) if (c := cases.get(sitting.db, i))]
        into = [case for case in into if not (case.end and case.end.closing is Closing.MISTAKEN)]
        new = [article for article in prints if not any(article.id in case.articles for case in into)]
        live = [case for case in into if case.status is not CaseStatus.CLOSED]
        if into and not live:
            aside = (TriageState.NOTED, TriageState.IRRELEVANT)
            said = decisions.of(sitting.db, [article.id for article in new])
            new = [article for article in new if article.id not in said or said[article.id].state not in aside]
        joins = next((case.id for case in live if sitting.sees(case)), "")
        known = decisions.of(sitting.db, [subject, *merged.get(subject, ())])
        decided = any(done.state is not TriageState.NEW for done in known.values())
        told = [article.tagging for article in new if article.tagging]
        asks = any(t.attention or (not attention and t.relevance is Relevance.UNION) for t in told)
        if new and (joins or (not live and (into or not decided) and asks)):
            made.append(Matter(subject=subject, first=new[0], articles=tuple(a.id for a in new), joins=joins))
    return sorted(made, key=lambda m: m.first.published or m.first.found, reverse=True)


def decide_at_random(sitting: Sitting, rng: random.Random) -> None:
    waiting = [one.subject for one in triage.pending(sitting, days=40) if not one.joins]
    for subject in rng.sample(waiting, len(waiting) // 2):
        if rng.random() < 0.6:
            triage.decide(sitting, subject, rng.choice([TriageState.NOTED, TriageState.IRRELEVANT]))
            if rng.random() < 0.2:
                triage.undo(sitting, subject)
            continue
        allowed = rng.choice([None, None, ("u1",)])
        case = triage.open_case(sitting, [subject], Opening(title=subject, allowed=allowed))
        if len(case.articles) > 1 and rng.random() < 0.5:
            sitting.act(case.id, lambda c: opening.drop_article(c, c.articles[-1], actor=sitting.actor))
        ways = {"mistaken": Closing.MISTAKEN, "duplicate": Closing.DUPLICATE}
        if how := ways.get(rng.choice(["mistaken", "duplicate", "", ""])):
            end(sitting, case.id, how)


def end(sitting: Sitting, ident: str, how: Closing) -> None:
    sitting.act(
        ident,
        lambda c: closing.close_without(c, how, actor=sitting.actor, now=sitting.now, why="x", other="nơi khác"),
    )


@pytest.mark.parametrize("seed", range(6))
def test_the_inbox_the_command_line_and_the_rules_agree_on_the_queue(tmp_path: Path, db: Database, seed: int) -> None:
    rng = random.Random(seed)
    random_press(db, rng, 120)
    for _ in range(2):
        # The second time also on the new prints of what was closed the first time.
        decide_at_random(sits(tmp_path, db, LEADER), rng)
    random_after = rng.choice([7, 14, 40])
    for who in (LEADER, PRESS):
        sitting = sits(tmp_path, db, who)
        for attention in (False, True):
            said = plainly_pending(sitting, days=random_after, attention=attention)
            assert triage.pending(sitting, days=random_after, attention=attention) == said
            page = inbox(sitting, InboxFilter(days=random_after, attention=attention, per_page=200))
            rows = [(row.subject, row.article, row.articles, row.joins) for row in page.rows]
            assert rows == [(m.subject, m.first.id, m.articles, m.joins) for m in said]


@pytest.mark.parametrize("seed", range(4))
def test_every_count_is_the_length_of_its_list_and_the_states_sum_up(tmp_path: Path, db: Database, seed: int) -> None:
    rng = random.Random(seed)
    random_press(db, rng, 100)
    decide_at_random(sits(tmp_path, db), rng)
    for asked in (
        {},
        {"outlet": "bao-hai"},
        {"topic": "T06"},
        {"place": "Lào Cai"},
        {"tone": "neg"},
        {"words": "so 1"},
    ):
        page = inbox(sits(tmp_path, db, PRESS), InboxFilter(days=40, per_page=200, **asked))  # type: ignore[arg-type]
        counts = dict(page.counts)
        assert counts["all"] == sum(counts[state.value] for state in TriageState)
        for state, count in counts.items():
            seen = subjects(sits(tmp_path, db, PRESS), state=state, days=40, per_page=200, **asked)
            assert len(seen) == len(set(seen)) == count


def test_what_belongs_to_a_hidden_case_is_in_no_state_and_in_no_count(tmp_path: Path, db: Database) -> None:
    put(db, 1, story=1)
    put(db, 2, story=2)
    leader, press = sits(tmp_path, db), sits(tmp_path, db, PRESS)
    triage.open_case(leader, [tale(1)], Opening(title="Kín", allowed=()))
    put(db, 3, story=1, outlet="bao-hai", at=NOW - timedelta(minutes=5))
    assert subjects(leader, state="new")[0] == tale(1)
    page = inbox(press, InboxFilter(state="all"))
    assert [row.subject for row in page.rows] == [tale(2)]
    assert dict(page.counts) == {"new": 1, "noted": 0, "irrelevant": 0, "case": 0, "all": 1}


def test_the_accused_unit_s_user_does_not_see_its_story(tmp_path: Path, db: Database) -> None:
    put(db, 1, story=1)
    leader = sits(tmp_path, db)
    case = triage.open_case(leader, [tale(1)], Opening(title="Bắc Hà"))
    assert subjects(sits(tmp_path, db, WARD), state="case") == [tale(1)]
    leader.act(case.id, lambda c: opening.describe(c, actor=LEADER, accused=["bacha"]))
    assert subjects(sits(tmp_path, db, WARD), state="all") == []
    assert inbox(leader, InboxFilter(state="case")).rows[0].case == case.id


def test_a_row_says_what_the_page_shows(tmp_path: Path, db: Database) -> None:
    read = tagging(topics=("T06", "T01"), places=("Lào Cai",), tone=Tone.NEG, attention=True)
    put(db, 1, title="Ngừng việc ở Bắc Hà", read=read, story=1)
    put(db, 2, story=1, outlet="bao-hai", at=NOW - timedelta(minutes=20), read=read)
    put(db, 3, story=1, outlet="bao-hai", at=NOW - timedelta(minutes=10), read=read)
    (row,) = inbox(sits(tmp_path, db), InboxFilter()).rows
    assert (row.title, row.outlet, row.outlet_id, row.reprints) == ("Ngừng việc ở Bắc Hà", "Bao-Mot", "bao-mot", 2)
    assert (row.outlets, row.topics, row.places) == (("Bao-Hai",), ("T06", "T01"), ("Lào Cai",))
    assert (row.attention, row.why, row.tone) == (True, ("ngừng việc",), Tone.NEG)
    assert (row.state, row.by, row.case, row.intake) == (TriageState.NEW, "", "", False)
    triage.decide(sits(tmp_path, db, PRESS), tale(1), TriageState.NOTED, "đã biết")
    (row,) = inbox(sits(tmp_path, db), InboxFilter(state="noted")).rows
    assert (row.by, row.note, row.decided_at) == ("u2", "đã biết", NOW)


def test_filters_fold_accents_and_narrow(tmp_path: Path, db: Database) -> None:
    put(db, 1, title="Đình công ở khu công nghiệp")
    put(db, 2, title="Dinh dưỡng bữa ăn ca", outlet="bao-hai", read=tagging(Relevance.LABOUR, attention=True))
    put(db, 3, title="Việc làm", read=tagging(Relevance.LABOUR))
    put(db, 4, title="Ở nước ngoài", read=tagging(Relevance.FOREIGN))
    here = sits(tmp_path, db)
    assert subjects(here) == [ident(1), ident(2)]
    assert subjects(here, words="DINH CONG") == subjects(here, words="đình  công") == [ident(1)]
    assert subjects(here, outlet="bao-hai") == [ident(2)]
    assert subjects(here, attention=True) == [ident(2)]
    assert subjects(here, relevance="labour") == [ident(2), ident(3)]
    assert subjects(here, relevance="foreign") == [ident(4)]
    assert subjects(here, sort="attention") == [ident(2), ident(1)]
    assert subjects(here, since=date(2026, 11, 22), until=date(2026, 11, 30)) == []
    for wrong in ({"state": "x"}, {"sort": "x"}, {"relevance": "none"}):
        with pytest.raises(UsageError):
            inbox(here, InboxFilter(**wrong))  # type: ignore[arg-type]


def test_mine_is_what_i_decided_on(tmp_path: Path, db: Database) -> None:
    put(db, 1)
    put(db, 2)
    triage.decide(sits(tmp_path, db, PRESS), ident(1), TriageState.NOTED)
    triage.decide(sits(tmp_path, db), ident(2), TriageState.NOTED)
    assert subjects(sits(tmp_path, db, PRESS), state="all", mine=True) == [ident(1)]


def test_pages_hold_together_and_neighbours_go_from_one_to_the_next(tmp_path: Path, db: Database) -> None:
    for n in range(1, 8):
        put(db, n)
    here, asked = sits(tmp_path, db), InboxFilter(per_page=3)
    whole = [ident(n) for n in range(1, 8)]
    pages = [inbox(here, InboxFilter(per_page=3, page=page)) for page in (1, 2, 3, 99)]
    assert [row.subject for page in pages[:3] for row in page.rows] == whole
    assert (pages[3].page, pages[3].pages, pages[3].total) == (3, 3, 7)
    assert [neighbours(here, asked, one) for one in (whole[0], whole[3], whole[6], "x")] == [
        ("", whole[1]), (whole[2], whole[4]), (whole[5], ""), ("", ""),
    ]  # fmt: skip


def test_earlier_cases_are_of_the_same_body_company_or_outlet_and_none_that_is_hidden(
    tmp_path: Path, db: Database
) -> None:
    here = sits(tmp_path, db)
    put(db, 1, title="Bữa ăn ca", text="Công nhân Công ty TNHH May Suối Bạc phản ánh.", outlet="bao-mot")
    put(db, 2, title="Chuyện khác", outlet="bao-hai")
    put(db, 3, title="Chuyện kín", text="Công ty cổ phần Suối Bạc", outlet="bao-ba")
    put(db, 4, title="Của xã", outlet="bao-ba")
    company = triage.open_case(here, [ident(1)], Opening(title="Bữa ăn ca"))
    outlet = triage.open_case(here, [ident(2)], Opening(title="Cùng báo"))
    hidden = triage.open_case(here, [ident(3)], Opening(title="Kín", allowed=()))
    unit = triage.open_case(here, [ident(4)], Opening(title="Cùng đơn vị", units=("bacha",)))
    put(db, 9, text="Công nhân Công ty Suối Bạc và Công đoàn xã Bắc Hà đối thoại.", outlet="bao-hai")
    found = {one.id: one.why for one in earlier(sits(tmp_path, db, PRESS), ident(9))}
    assert list(found) == [unit.id, company.id, outlet.id]
    assert found[company.id] == ("Cùng doanh nghiệp Công ty Suối Bạc",)
    assert found[unit.id] == ("Cùng đơn vị Công đoàn xã Bắc Hà",)
    assert found[outlet.id] == ("Cùng cơ quan báo chí Bao-Hai",)
    assert hidden.id in {one.id for one in earlier(here, ident(9))}
    assert earlier(here, "không có") == ()
    assert company.id not in {one.id for one in earlier(here, ident(1))}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Công ty TNHH May Suối Bạc nợ lương", ["suoi bac"]),
        ("Công ty cổ phần Giày Đồi Chè Việt Nam, Nhà máy Thép Bến Đá", ["doi che", "thep ben da"]),
        ("Công ty này nợ lương", []),
        ("công ty Suối Bạc", []),
        ("Công ty TNHH MTV 27", []),
    ],
)
def test_companies_are_known_by_their_own_names(text: str, keys: list[str]) -> None:
    assert list(companies(text)) == keys
