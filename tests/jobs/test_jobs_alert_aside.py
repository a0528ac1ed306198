"""Alerts of what staff dealt with before anybody was told, of clocks that go back, and of what is restricted late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alert_making import alarming, at, bring, known, messages, office, quiet_one
from mail_server import mail_server
from press_server import NOW

from monitor.config import Home
from monitor.desk import moving, outgoing, triage
from monitor.desk.sitting import sitting
from monitor.jobs.alert import alert
from monitor.jobs.deliver import deliver
from monitor.model.alert import AlertState
from monitor.model.case import TriageState
from monitor.model.delivery import MessageState
from monitor.store import alerts as store
from monitor.store import articles, stories
from monitor.store.db import opened


def articles_of(home: Home) -> list[str]:
    with opened(home.database) as db:
        return [one.id for one in sorted(articles.between(db), key=lambda one: one.url or "")]


def say(home: Home, article: str, state: TriageState) -> None:
    with sitting(home) as s:
        triage.decide(s, article, state)


@pytest.mark.parametrize("state", [TriageState.NOTED, TriageState.IRRELEVANT])
def test_what_staff_laid_aside_before_it_was_told_is_not_told_and_what_they_take_up_again_is(
    root: Path, surroundings: pytest.MonkeyPatch, state: TriageState
) -> None:
    home = office(root, settle_minutes=10)
    bring(home, alarming(1), alarming(1, outlet="bao1"), alarming(2))
    first, other, _ = articles_of(home)
    say(home, first, state)  # before any alert was made of it
    assert alert(home).made == 1
    say(home, other, state)  # while its alert waits
    at(surroundings, 11)
    assert (alert(home).told, messages(home), known(home)) == ((), [], [])
    with sitting(home) as s:
        triage.undo(s, first)
    at(surroundings, 12)
    assert alert(home).made == 1
    at(surroundings, 23)
    assert len(alert(home).told) == 1


def test_of_an_event_the_story_that_staff_laid_aside_is_left_out_of_the_message(
    root: Path, surroundings: pytest.MonkeyPatch
) -> None:
    home = office(root, settle_minutes=10, follow_ups=True)
    bring(home, alarming(1), alarming(2))
    with opened(home.database) as db, db.atomic():
        first, later = (stories.story_of(db, [one])[one] for one in articles_of(home))
        db.execute(
            'INSERT OR IGNORE INTO story_follow_ups (story, "of", state, at) VALUES (?, ?, ?, ?)',
            [later, first, "confirmed", "2026-11-08"],
        )
        titles = [one.title for one in articles.by_ids(db, articles_of(home))]
    alert(home)
    say(home, articles_of(home)[0], TriageState.IRRELEVANT)
    at(surroundings, 11)
    assert len(alert(home).told) == 1
    (mail,) = messages(home)
    assert titles[1] in mail.text and titles[0] not in mail.text


def test_what_is_irrelevant_makes_no_surge_and_what_is_noted_counts(root: Path) -> None:
    home = office(root, attention=False, topics={"T02": 2})
    bring(home, *(quiet_one(n) for n in range(3)))
    first, second, *_ = articles_of(home)
    say(home, first, TriageState.IRRELEVANT)
    say(home, second, TriageState.NOTED)
    assert alert(home).made == 0
    bring(home, quiet_one(3))
    assert [one.count for one in alert(home).told] == [3]


def test_a_number_that_waited_while_the_machine_stood_still_is_told_all_the_same(
    root: Path, surroundings: pytest.MonkeyPatch
) -> None:
    home = office(root, attention=False, topics={"T02": 2}, settle_minutes=10)
    bring(home, *(quiet_one(n) for n in range(3)))
    assert alert(home).made == 1
    at(surroundings, 8 * 24 * 60)
    assert len(alert(home).told) == 1


def test_what_a_clock_that_ran_a_year_ahead_found_and_told_keeps_nothing_waiting(
    root: Path, surroundings: pytest.MonkeyPatch
) -> None:
    home = office(root, settle_minutes=10, most_an_hour=1)
    bring(home, alarming(1), alarming(2))
    alert(home)
    with opened(home.database) as db, db.atomic():
        one, two = (replace(k, made=k.made + timedelta(days=365)) for k in store.waiting(db))
        store.put(db, replace(one, state=AlertState.TOLD, told=NOW + timedelta(days=365), batch=one.id), NOW)
        store.put(db, two, NOW)
    at(surroundings, 1)
    assert len(alert(home).told) == 1


def test_what_was_queued_and_is_restricted_before_it_is_handed_over_does_not_leave(root: Path) -> None:
    with mail_server() as server:
        home = office(root, server.port)
        bring(home, alarming(1), alarming(2))
        assert len(alert(home).told) == 2
        with sitting(home) as s:
            case = triage.open_case(s, articles_of(home)[:1], triage.Opening(title="Vụ", allowed=(s.actor.id,))).id
        deliver(home)
        assert server.mails == []
        (mail,) = messages(home)
        assert mail.state is MessageState.FAILED and "vụ việc hạn chế" in mail.error
        with sitting(home) as s:
            moving.lift(s, case)
            outgoing.retry(s, mail.id)
        deliver(home, only=[mail.id])
        assert len(server.mails) == 1
