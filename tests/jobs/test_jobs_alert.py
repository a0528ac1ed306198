"""Alerts: one event is told of once, whatever comes in whatever order; nothing is lost and nothing old is told."""

from __future__ import annotations

import threading
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from alert_making import alarming, alert_yaml, at, bring, known, messages, office, quiet_one, told
from hypothesis import given, settings
from hypothesis import strategies as st
from mail_server import mail_server
from press_server import NOW

from monitor.config import Home
from monitor.desk import alerts as desk
from monitor.desk import moving, people, triage
from monitor.desk.sitting import sitting
from monitor.errors import ConfigError
from monitor.jobs import alert_telling
from monitor.jobs.alert import alert
from monitor.jobs.cluster import place_due
from monitor.jobs.correcting import correct
from monitor.jobs.deliver import deliver
from monitor.jobs.retag import retag
from monitor.model.alert import AlertKind, AlertState
from monitor.model.case import Marking
from monitor.model.delivery import MessageState
from monitor.model.people import OfficeRole
from monitor.model.tag import Relevance
from monitor.store import alerts as store
from monitor.store import articles, stories
from monitor.store.db import opened


def ids(home: Home) -> list[str]:
    with opened(home.database) as db:
        return [one.id for one in articles.between(db)]


# One event is one alert.


def test_thirty_reprints_in_one_round_are_one_alert_and_one_message(root: Path) -> None:
    home = office(root)
    bring(home, *(alarming(1, outlet=f"bao{n}") for n in range(30)))
    done = alert(home)
    assert (done.made, len(done.told)) == (1, 1)
    (mail,) = messages(home)
    assert "Cũng đăng: bao1, bao2" in mail.text and "và 17 báo, trang khác" in mail.text
    assert mail.text.count("http://bao") == 1
    again = alert(home)
    assert (again.made, again.joined, again.told, again.messages) == (0, 0, (), ())
    assert len(messages(home)) == 1


def test_reprints_that_come_later_join_the_alert_without_a_second_message(
    root: Path, surroundings: pytest.MonkeyPatch
) -> None:
    home = office(root)
    for n in range(6):
        at(surroundings, 10 * n)
        bring(home, *(alarming(1, outlet=f"bao{n}{k}") for k in range(5)))
        alert(home)
    (only,) = known(home)
    assert only.state is AlertState.TOLD and only.grown is None
    assert len(messages(home)) == 1
    with opened(home.database) as db:
        assert len(store.articles_of(db, [only.id])[only.id]) == 30


def test_reprints_have_time_to_join_before_anybody_is_told(root: Path, surroundings: pytest.MonkeyPatch) -> None:
    home = office(root, settle_minutes=10)
    bring(home, alarming(1))
    assert (alert(home).waiting, messages(home)) == (1, [])
    at(surroundings, 5)
    bring(home, alarming(1, outlet="bao1"))
    assert alert(home).joined == 1
    at(surroundings, 9)
    assert alert(home).told == ()
    at(surroundings, 10)
    assert told(alert(home)) == ["cb1"]
    assert "Cũng đăng: bao1" in messages(home)[0].text


def test_two_events_of_one_round_are_one_message_with_both(root: Path) -> None:
    home = office(root)
    bring(home, alarming(1), alarming(2), alarming(2, outlet="bao1"))
    assert len(alert(home).told) == 2
    (mail,) = messages(home)
    assert mail.subject == "LĐLĐ tỉnh Lào Cai – Có 2 cảnh báo mới"
    assert "1. Công nhân" in mail.text and "2. Công nhân" in mail.text and "Vì: " in mail.text


def test_stories_that_are_merged_before_they_are_told_are_one_alert_and_split_ones_are_not_told_again(
    root: Path, surroundings: pytest.MonkeyPatch
) -> None:
    home = office(root, settle_minutes=10)
    bring(home, alarming(1), alarming(2))
    assert alert(home).made == 2
    with opened(home.database) as db, db.atomic():
        first, other = stories.story_of(db, ids(home)).values()
        stories.merge(db, first, other)
    at(surroundings, 11)
    assert len(alert(home).told) == 1
    (only,) = known(home)
    assert len(messages(home)) == 1
    with opened(home.database) as db, db.atomic():
        loose = stories.dissolve(db, [first])
        for ident in loose:
            db.execute("INSERT OR IGNORE INTO story_due VALUES (?)", [ident])
    with opened(home.database) as db:
        place_due(db)
        assert len(set(stories.story_of(db, loose).values())) == 2
    at(surroundings, 30)
    assert (alert(home).made, known(home)) == (0, [only])


def test_a_story_that_goes_on_with_the_event_joins_it_and_shows_on_the_desk_as_new(
    root: Path, surroundings: pytest.MonkeyPatch
) -> None:
    home = office(root, follow_ups=True)
    bring(home, alarming(1))
    alert(home)
    with sitting(home) as s:
        desk.seen(s, ["cb1"])
    bring(home, alarming(2))
    with opened(home.database) as db, db.atomic():
        first, later = (stories.story_of(db, [one])[one] for one in sorted_ids(home))
        db.execute(
            'INSERT OR IGNORE INTO story_follow_ups (story, "of", state, at) VALUES (?, ?, ?, ?)',
            [later, first, "proposed", "2026-11-08"],
        )
    at(surroundings, 5)
    done = alert(home)
    assert (done.made, done.joined, len(messages(home))) == (0, 1, 1)
    (only,) = known(home)
    assert only.grown and only.seen is None


def test_stories_of_one_event_that_come_together_are_one_entry_with_all_headlines(root: Path) -> None:
    home = office(root, follow_ups=True)
    bring(home, alarming(1), alarming(1, title="Vụ đình công: huyện họp khẩn", outlet="bao1"), alarming(2))
    with opened(home.database) as db, db.atomic():
        first, later = dict.fromkeys(stories.story_of(db, sorted_ids(home)).values())
        db.execute(
            'INSERT OR IGNORE INTO story_follow_ups (story, "of", state, at) VALUES (?, ?, ?, ?)',
            [later, first, "confirmed", "2026-11-08"],
        )
    assert len(alert(home).told) == 1
    (mail,) = messages(home)
    assert "Công nhân Khoáng sản Nam Hà 2" in mail.text and "Công nhân Gỗ Thanh Sơn 1" in mail.text


def sorted_ids(home: Home) -> list[str]:
    with opened(home.database) as db:
        found = articles.by_ids(db, ids(home))
        return [one.id for one in sorted(found, key=lambda one: one.url or "")]


def test_an_event_is_told_again_only_where_the_office_wants_it(root: Path, surroundings: pytest.MonkeyPatch) -> None:
    home = office(root, again_after_hours=6)
    bring(home, alarming(1))
    alert(home)
    at(surroundings, 5 * 60)
    bring(home, alarming(1, outlet="bao1", at=NOW + timedelta(hours=5)))
    assert alert(home).told == ()
    at(surroundings, 7 * 60)
    bring(home, alarming(1, outlet="bao2", at=NOW + timedelta(hours=7)))
    assert len(alert(home).told) == 1
    assert len(messages(home)) == 2


# Nothing is lost, nothing doubled.


@pytest.mark.parametrize("where", ["_send", "_told"])
def test_a_round_killed_in_the_middle_has_done_nothing_and_the_next_one_does_all(
    root: Path, surroundings: pytest.MonkeyPatch, where: str
) -> None:
    home = office(root)
    bring(home, alarming(1), alarming(2))
    whole = getattr(alert_telling.Telling, where)
    calls: list[int] = []

    def killed(*given: object, **named: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return whole(*given, **named)

    with surroundings.context() as patch:
        patch.setattr(alert_telling.Telling, where, killed)
        with pytest.raises(KeyboardInterrupt):
            alert(home)
    assert (known(home), messages(home)) == ([], [])
    assert len(alert(home).told) == 2
    assert len(messages(home)) == 1
    assert alert(home).messages == ()


def test_over_any_arrivals_and_rounds_every_event_is_told_exactly_once(
    root: Path, surroundings: pytest.MonkeyPatch
) -> None:
    home, tried = office(root, settle_minutes=3, most_an_hour=2), count()

    @settings(max_examples=5, deadline=None)
    @given(st.lists(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), max_size=4), min_size=1, max_size=5))
    def holds(rounds: list[list[tuple[int, int]]]) -> None:
        # Weeks apart on one database: what an earlier example brought is old and silent.
        first = next(tried)
        before, came = len(messages(home)), set[tuple[int, int]]()
        for n, arrivals in enumerate([*rounds, [], [], []]):
            now = at(surroundings, first * 30 * 24 * 60 + 40 * n)
            new = {(first * 5 + event, outlet) for event, outlet in arrivals} - came
            bring(home, *(alarming(event, outlet=f"bao{outlet}", at=now) for event, outlet in sorted(new)))
            came |= new
            alert(home)
        texts = [one.text for one in messages(home)[before:]]
        for event in {event for event, _ in came}:
            assert sum(text.count(f" {event} đình công") for text in texts) == 1, (event, texts)
        assert alert(home).waiting == 0

    holds()


# What is told of, and what is not.


def test_an_old_archive_is_silent_and_so_is_one_without_dates(root: Path) -> None:
    home = office(root)
    bring(home, *(alarming(n, at=NOW - timedelta(days=30)) for n in range(5)))
    bring(home, *(alarming(10 + n, published=None) for n in range(5)))
    assert (alert(home).made, known(home)) == (0, [])
    retag(home)
    assert alert(home).made == 0


def test_what_people_mark_is_told_and_what_they_unmark_in_time_is_not(
    root: Path, surroundings: pytest.MonkeyPatch
) -> None:
    home = office(root, settle_minutes=10)
    bring(home, alarming(1), quiet_one(2))
    assert alert(home).made == 1
    with opened(home.database) as db:
        loud, calm = (next(a.id for a in articles.between(db) if word in (a.url or "")) for word in ("tin-", "lang-"))
    correct(home, loud, ["attention=false"], by="u1")
    correct(home, calm, ["attention=true"], by="Trần Văn Báo")
    at(surroundings, 11)
    assert alert(home).told == ()
    assert [one.title for one in known(home)] == [alarming_title(home, calm)]
    at(surroundings, 22)
    assert len(alert(home).told) == 1
    (mail,) = messages(home)
    assert "cán bộ đánh dấu cần chú ý" in mail.text and "Trần Văn Báo" not in mail.text + mail.html


def alarming_title(home: Home, ident: str) -> str:
    with opened(home.database) as db:
        return articles.by_ids(db, [ident])[0].title


def test_labour_elsewhere_is_told_of_only_where_the_office_wants_all_places(root: Path) -> None:
    home = office(root)
    far = "Công nhân ngừng việc vì nợ lương tại tỉnh Cà Mau"
    body = "Hàng trăm công nhân ở Cà Mau đình công vì nợ lương."
    bring(home, alarming(1, title=far, summary="Công nhân đình công.", body=body))
    assert alert(home).made == 0
    alert_yaml(root, places="all")
    assert alert(home).made == 1


def test_a_topic_with_more_stories_than_its_number_is_one_alert_a_day_and_reprints_do_not_count(
    root: Path, surroundings: pytest.MonkeyPatch
) -> None:
    home = office(root, attention=False, topics={"T02": 4}, settle_minutes=5)
    bring(home, *(quiet_one(1, outlet=f"bao{n}") for n in range(8)), *(quiet_one(n) for n in (2, 3, 4)))
    assert alert(home).made == 0
    bring(home, quiet_one(5))
    assert alert(home).made == 1
    at(surroundings, 6)
    bring(home, quiet_one(6, at=NOW + timedelta(minutes=6)))
    assert len(alert(home).told) == 1
    (only,) = known(home)
    assert (only.kind, only.about, only.count, only.threshold) == (AlertKind.TOPIC, "T02", 6, 4)
    at(surroundings, 12)
    bring(home, quiet_one(7, at=NOW + timedelta(minutes=12)))
    assert alert(home).told == ()
    assert (known(home)[0].count, len(messages(home))) == (7, 1)
    assert "6 bài viết khác nhau trong ngày 08/11/2026" in messages(home)[0].subject
    assert "và 1 bài khác" in messages(home)[0].text


def test_a_body_of_ours_that_is_named_too_often_in_a_day_is_told_of(root: Path) -> None:
    home = office(root, attention=False, default_unit=2)
    with sitting(home) as s:
        name = people.federation(s.db, home).name
    bring(home, *(quiet_one(n) for n in range(3)))
    (only,) = alert(home).told
    assert (only.kind, only.about, only.count) == (AlertKind.UNIT, "ld", 3)
    assert f"{name}: 3 bài viết khác nhau nêu tên" in messages(home)[0].text


# When.


def test_quiet_hours_over_midnight_gather_what_came_and_tell_it_together_at_their_end(
    root: Path, surroundings: pytest.MonkeyPatch
) -> None:
    home = office(root, quiet={"start": "22:00", "end": "05:30"})
    for n, hour in enumerate(("2026-11-08T22:10", "2026-11-08T23:50", "2026-11-09T00:20", "2026-11-09T05:20")):
        now = at(surroundings, hour=hour)
        bring(home, alarming(n, at=now))
        assert alert(home).told == ()
    assert messages(home) == []
    at(surroundings, hour="2026-11-09T05:30")
    assert len(alert(home).told) == 4
    (mail,) = messages(home)
    assert mail.subject.endswith("Có 4 cảnh báo mới")
    assert mail.urgent


def test_topics_that_cannot_wait_go_in_quiet_hours(root: Path, surroundings: pytest.MonkeyPatch) -> None:
    home = office(root, quiet={"start": "22:00", "end": "05:30"}, always=["T06"])
    now = at(surroundings, hour="2026-11-08T23:10")
    bring(home, alarming(1, at=now))
    assert len(alert(home).told) == 1


def test_the_quiet_hours_of_delivery_hold_where_alerts_have_none(root: Path, surroundings: pytest.MonkeyPatch) -> None:
    home = office(root)
    with (root / "rules" / "deliver.yaml").open("a", encoding="utf-8") as file:
        file.write('quiet:\n  start: "22:00"\n  end: "05:30"\n')
    now = at(surroundings, hour="2026-11-08T23:10")
    bring(home, alarming(1, at=now))
    assert alert(home).told == ()


def test_many_at_once_are_one_short_digest(root: Path) -> None:
    home = office(root, most_an_hour=5)
    bring(home, *(alarming(n) for n in range(12)))
    assert len(alert(home).told) == 12
    (mail,) = messages(home)
    assert mail.subject.endswith("Có 12 cảnh báo mới") and "Vì: " not in mail.text
    assert all(one.many for one in known(home))
    (chat,) = messages(home, "Nhóm cơ sở")
    assert len(chat.text.encode("utf-16-le")) // 2 <= 2_000
    assert chat.text.startswith("Có 12 cảnh báo mới")


def test_after_so_many_messages_in_an_hour_the_rest_waits_and_goes_as_one(
    root: Path, surroundings: pytest.MonkeyPatch
) -> None:
    home = office(root, most_an_hour=2)
    for n in range(5):
        at(surroundings, 5 * n)
        bring(home, alarming(n))
        alert(home)
    assert len(messages(home)) == 2
    at(surroundings, 61)
    assert len(alert(home).told) == 3
    assert messages(home)[-1].subject.endswith("Có 3 cảnh báo mới")


# To whom.


def opened_case(home: Home, article: str, by: str = "", **how: object) -> str:
    with sitting(home, by) as s:
        return triage.open_case(s, [article], triage.Opening(title="Vụ", **how)).id  # type: ignore[arg-type]


def test_what_belongs_to_a_restricted_case_never_leaves_and_shows_to_none_who_may_not_see_it(root: Path) -> None:
    home = office(root)
    bring(home, alarming(1), alarming(1, outlet="bao1"))
    with sitting(home) as s:
        first = people.add_person(s.db, s.actor, "Nguyễn Văn Đầu", tuple(OfficeRole), now=s.now)
        other = people.add_person(s.db, first, "Trần Văn Báo", (OfficeRole.PRESS,), now=s.now)
    opened_case(home, ids(home)[0], first.id, allowed=(first.id,))
    assert (alert(home).told, messages(home)) == ((), [])
    (only,) = known(home)
    assert only.state is AlertState.KEPT
    with sitting(home, first.id) as s:
        assert [one.id for one in desk.alerts(s)] == ["cb1"]
        assert len(desk.rows(s, desk.alerts(s))) == 1
    with sitting(home, other.id) as s:
        assert (desk.alerts(s), desk.unseen(s)) == ([], 0)


def test_what_is_marked_internal_goes_by_mail_to_those_alone_who_may_have_it(root: Path) -> None:
    home = office(root)
    bring(home, alarming(1))
    case = opened_case(home, ids(home)[0])
    with sitting(home) as s:
        moving.describe(s, case, marking=Marking.INTERNAL.value)
    (only,) = alert(home).told
    assert only.readers == ("Ban Thường vụ",)
    (mail,) = messages(home)
    assert mail.internal and "Lưu hành nội bộ" in mail.text
    assert messages(home, "Nhóm cơ sở") == []


def test_readers_outside_and_others_are_told_where_they_are_named(root: Path) -> None:
    home = office(root)
    bring(home, alarming(1))
    assert "Tổng Liên đoàn" not in alert(home).told[0].readers
    alert_yaml(root, to=["Tổng Liên đoàn", "truc@laocai.test", "nhom"])
    bring(home, alarming(2))
    assert alert(home).told[0].readers == ("Tổng Liên đoàn", "truc@laocai.test", "nhom")
    alert_yaml(root, to=["Người lạ"])
    with pytest.raises(ConfigError, match="alerts_unknown_reader"):
        alert(home)


def test_a_reader_gets_what_he_wants_and_without_readers_it_stands_on_the_desk(root: Path) -> None:
    home = office(root, readers="profiles:\n  - name: Bảo hiểm\n    addresses: [b@laocai.test]\n    topics: [T13]\n")
    bring(home, alarming(1))
    done = alert(home)
    assert (done.kept, messages(home, "Bảo hiểm")) == (1, [])
    assert known(home)[0].state is AlertState.KEPT


def test_a_telephone_number_in_a_headline_is_hidden(root: Path) -> None:
    home = office(root)
    bring(home, alarming(1, title="Công nhân đình công đòi nợ lương, công đoàn làm ngơ, liên hệ 0912 345 678"))
    desk.look(home)
    mail, chat = messages(home)[0], messages(home, "Nhóm cơ sở")[0]
    for words in (mail.subject, mail.text, mail.html, chat.text):
        assert "0912 345 678" not in words and "•" in words


def test_a_hostile_headline_is_text_in_the_mail_and_one_line_in_the_subject(root: Path) -> None:
    home = office(root)
    title = "Công nhân đình công đòi nợ lương <script>alert(1)</script> " + "rất dài " * 60
    bring(home, alarming(1, title=title))
    alert(home)
    (mail,) = messages(home)
    assert "<script>" not in mail.html and len(mail.subject) <= 150 and "\n" not in mail.subject


def test_a_muted_event_is_not_told_and_can_be_told_after_all(root: Path, surroundings: pytest.MonkeyPatch) -> None:
    home = office(root, settle_minutes=10)
    bring(home, alarming(1))
    alert(home)
    with sitting(home) as s:
        desk.mute(s, "cb1")
    at(surroundings, 11)
    bring(home, alarming(1, outlet="bao1"))
    assert (alert(home).told, messages(home)) == ((), [])
    with sitting(home) as s:
        desk.mute(s, "cb1", undo=True)
    assert len(alert(home).told) == 1


def test_the_clock_says_one_line_where_something_was_told_and_none_where_nothing_was(root: Path) -> None:
    home, said = office(root), list[str]()
    desk.walk(home, threading.Event(), said.append)
    assert said == []
    bring(home, alarming(1))
    desk.walk(home, threading.Event(), said.append)
    desk.walk(home, threading.Event(), said.append)
    assert said == ["08:00 Cảnh báo: 1 sự việc, 3 thư, tin nhắn vào hộp thư đi. Xem bằng lệnh monitor alert."]


def test_a_round_with_nothing_new_looks_along_indexes_alone(root: Path) -> None:
    home = office(root)
    bring(home, alarming(1))
    with opened(home.database) as db:
        asked: list[str] = []
        with db.tracer(lambda sql, _: asked.append(sql)):
            store.fresh(db, NOW, (Relevance.UNION,))
            store.of_event(db, ["s1"], linked=True)
            store.unseen(db)
        plans = [row[3] for sql in asked for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", _blanks(sql)).fetchall()]
    assert [plan for plan in plans if plan.startswith("SCAN") and not _small(plan)] == []


def _blanks(sql: str) -> list[str]:
    return ["[]"] * sql.count("?")


def _small(plan: str) -> bool:
    """A few rows made by the query itself."""
    return any(name in plan for name in ("json_each", "CONSTANT", "SCAN e", "SCAN event"))


def test_switched_off_nothing_is_looked_at(root: Path) -> None:
    home = office(root, enabled=False)
    bring(home, alarming(1))
    assert (alert(home).made, known(home)) == (0, [])


def test_it_arrives_at_a_real_mail_server_with_its_vietnamese_subject(root: Path) -> None:
    with mail_server() as box:
        home = office(root, box.port)
        (root / "rules" / "web.yaml").write_text("address: http://diembao.test:8000/\n", encoding="utf-8")
        bring(home, alarming(1))
        desk.look(home)
        done = deliver(home)
    assert done.of(MessageState.SENT) == 2
    mail = next(one for one in box.mails if one["To"].addresses[0].addr_spec == "ban@laocai.test")
    assert mail["Subject"].startswith("LĐLĐ tỉnh Lào Cai – Cảnh báo: Công nhân Gỗ Thanh Sơn 1 đình công vì bị nợ lương")
    page = mail.get_body(("html",)).get_content()
    assert "Vì: " in page and "http://diembao.test:8000/bai/" in page and "http://bao0.test/tin-00001.html" in page
    assert "Chưa có" not in page and "rules/alerts.yaml" in mail.get_body(("plain",)).get_content()
