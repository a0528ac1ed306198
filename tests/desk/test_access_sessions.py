"""Sessions, what is kept for their next page, tokens, passwords: how they begin, hold and end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from desk.access_making import CHEAP, GOOD, OTHER, Door, add
from press_server import NOW

from monitor.config import Home
from monitor.desk import access, audit, people
from monitor.desk.sitting import Sitting, seated, sitting
from monitor.errors import RefusedError, UsageError
from monitor.labels import wording
from monitor.model.access import WebSettings
from monitor.model.people import OfficeRole, Person
from monitor.store import events
from monitor.store.db import opened

ROLE = OfficeRole
WEB = WebSettings()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def home(root: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv("MONITOR_USER", raising=False)
    monkeypatch.setenv("LOGNAME", "anh.nv")
    return Home(root=root)


@pytest.fixture
def s(home: Home) -> Iterator[Sitting]:
    with sitting(home) as made:
        yield made


@pytest.fixture
def door(home: Home, s: Sitting) -> Door:
    return Door(home=home, s=s)


@pytest.fixture
def hoa(s: Sitting) -> Person:
    return add(s, "Hoa", ROLE.PRESS)


# A seat on an open database.


def test_a_seat_on_an_open_database_is_the_sitting_of_that_person_at_that_time(
    home: Home, s: Sitting, hoa: Person
) -> None:
    with opened(home.database) as db:
        made = seated(home, db, hoa.id, expected=3, now=NOW + HOUR)
        assert (made.actor, made.now, made.expected, made.db) == (hoa, NOW + HOUR, 3, db)
        assert seated(home, db, hoa.id).now == NOW
        with pytest.raises(UsageError, match="no_stand_in"):
            seated(home, db, hoa.id, on_behalf="u1")
        people.disable_person(s.db, s.actor, hoa.id, now=s.now)
        with pytest.raises(RefusedError, match="person_disabled"):
            seated(home, db, hoa.id)


# Sessions.


def test_a_session_ends_when_it_is_idle_too_long_or_too_old(door: Door, hoa: Person) -> None:
    secret, db = door("hoa").secret, door.s.db
    at = NOW
    while at < NOW + 14 * DAY:
        session = access.session_of(db, secret, WEB, at)
        assert session is not None
        assert session.expires == NOW + 14 * DAY
        at += timedelta(hours=11)
    assert access.session_of(db, secret, WEB, NOW + 14 * DAY) is None
    again = door("hoa").secret
    assert access.session_of(db, again, WEB, NOW + 12 * HOUR) is None
    assert access.session_of(db, again, WEB, NOW) is None  # what ended stays ended
    third = door("hoa").secret
    assert access.session_of(db, third, WebSettings(session_days=1, idle_hours=700), NOW + DAY) is None


@pytest.mark.parametrize("secret", ["", "x", "' OR 1=1 --", "\ud800"])
def test_an_unknown_secret_is_nobody_s(door: Door, hoa: Person, secret: str) -> None:
    door("hoa")
    assert access.session_of(door.s.db, secret, WEB, NOW) is None
    assert access.token_person(door.s.db, secret, NOW) is None


def test_use_is_written_down_every_five_minutes_at_most(door: Door, hoa: Person) -> None:
    secret, db = door("hoa").secret, door.s.db
    writes = db.conn.total_changes
    for minutes in range(5):
        found = access.session_of(db, secret, WEB, NOW + timedelta(minutes=minutes))
        assert found is not None
        assert found.seen == NOW
    assert db.conn.total_changes == writes
    access.session_of(db, secret, WEB, NOW + timedelta(minutes=5))
    assert db.conn.total_changes == writes + 1
    assert access.sessions_of(db, hoa)[0].seen == NOW + timedelta(minutes=5)


def test_who_acts_no_more_is_out_at_once(door: Door, s: Sitting, hoa: Person) -> None:
    secret, token = door("hoa").secret, access.make_token(s.db, hoa, NOW)
    people.disable_person(s.db, s.actor, hoa.id, now=s.now)
    assert access.session_of(s.db, secret, WEB, NOW) is None
    assert access.token_person(s.db, token, NOW) is None
    with pytest.raises(RefusedError, match="person_disabled"):
        access.make_token(s.db, people.person(s.db, hoa.id), NOW)


def test_a_new_password_ends_the_token_too(s: Sitting, hoa: Person) -> None:
    kept = access.make_token(s.db, s.actor, NOW)
    token = access.make_token(s.db, hoa, NOW)
    access.set_password(s.home, s.db, hoa.id, OTHER, by=hoa, now=NOW, hasher=CHEAP)
    assert access.token_person(s.db, token, NOW) is None
    assert access.token_of(s.db, hoa) is None
    assert access.token_person(s.db, kept, NOW) == s.actor


def test_sessions_are_listed_and_ended_one_by_one_or_all_but_one(door: Door, s: Sitting, hoa: Person) -> None:
    add(s, "Mai", ROLE.CLERK)
    door("mai")
    secrets = []
    for door.at in (0, 1, 2, 3):
        secrets.append(door("hoa", agent=f"Máy {door.at}").secret)
    listed = access.sessions_of(s.db, hoa)
    assert [one.agent for one in listed] == ["Máy 3", "Máy 2", "Máy 1", "Máy 0"]
    access.end_session(s.db, listed[0].id, NOW)
    access.end_session(s.db, "none", NOW)
    assert access.session_of(s.db, secrets[3], WEB, NOW) is None
    assert access.end_all(s.db, hoa, NOW, but=listed[1].id) == 2
    assert [one.id for one in access.sessions_of(s.db, hoa)] == [listed[1].id]
    assert access.session_of(s.db, secrets[2], WEB, NOW) is not None
    assert access.end_all(s.db, hoa, NOW) == 1
    assert access.sessions_of(s.db, hoa) == []
    assert [one.agent for one in access.sessions_of(s.db, people.person(s.db, "mai"))] == ["Firefox"]


def test_what_is_past_its_end_is_not_kept(door: Door, hoa: Person) -> None:
    door("hoa")
    door.at = 15 * 86_400
    door("hoa")
    assert len(access.sessions_of(door.s.db, hoa)) == 1


def test_a_message_is_shown_once_and_to_its_session_alone(door: Door, hoa: Person) -> None:
    db = door.s.db
    door("hoa"), door("hoa")
    one, two = access.sessions_of(db, hoa)
    access.flash(db, one.id, '{"text": "cũ"}')
    access.flash(db, one.id, '{"text": "Đã ghi."}')
    access.flash(db, "none", "x")
    assert access.take_flash(db, two.id) == ""
    assert access.take_flash(db, one.id) == '{"text": "Đã ghi."}'
    assert access.take_flash(db, one.id) == ""


def test_an_administrator_ends_another_s_sessions_and_the_log_says_so_in_ids(
    door: Door, s: Sitting, hoa: Person
) -> None:
    door("hoa")
    assert access.end_sessions(s, hoa.id) == 1
    assert access.end_sessions(s, hoa.id) == 0
    last = list(events.every(s.db))[-1]
    assert (last.action, last.refs, last.actor) == ("person.sessions_end", (hoa.id,), "u1")
    assert audit.audit(s.db).flaws == ()
    mine = seated(s.home, s.db, hoa.id)
    assert access.end_sessions(mine, hoa.id) == 0
    for act in (access.end_sessions, access.give_token, access.take_token):
        with pytest.raises(RefusedError, match="people_role"):
            act(mine, "u1")


# Tokens.


def test_a_person_has_one_token_and_its_use_is_written_down_now_and_then(s: Sitting, hoa: Person) -> None:
    assert access.token_of(s.db, hoa) is None
    first = access.make_token(s.db, hoa, NOW)
    assert access.token_person(s.db, first, NOW) == hoa
    second = access.give_token(s, hoa.id)
    assert access.token_person(s.db, first, NOW) is None
    assert access.token_person(s.db, second, NOW + HOUR) == hoa
    assert access.token_person(s.db, second, NOW + HOUR + timedelta(minutes=4)) == hoa
    token = access.token_of(s.db, hoa)
    assert token is not None
    assert (token.person, token.created, token.used) == (hoa.id, NOW, NOW + HOUR)
    assert access.take_token(s, hoa.id)
    assert not access.take_token(s, hoa.id)
    assert access.token_person(s.db, second, NOW) is None
    assert second not in "\n".join(s.db.conn.iterdump())


# Passwords.


@pytest.mark.parametrize(
    ("password", "key"),
    [
        ("ngắn quá", "password_short"),
        ("", "password_blank"),
        (" " * 30, "password_blank"),
        ("\u200b" * 30, "password_blank"),
        ("matkhau123", "password_common"),
        ("Mật khẩu 123", "password_common"),
        ("lienDoan2026", "password_common"),
        ("Liên Đoàn @ 1975!", "password_common"),
        ("1234567890", "password_common"),
        ("Qwertyuiop1", "password_common"),
        ("aaaaaaaaaaaaaa", "password_common"),
        ("Nguyễn Thị Hoa", "password_is_name"),
        ("nguyenthihoa99", "password_is_name"),
        ("hoa.nt.tuyengiao", "password_is_name"),
        ("á" * 600, "password_long"),
        ("a" * 10**7, "password_long"),
    ],
)
def test_a_password_that_is_guessed_first_is_refused_with_what_to_do(s: Sitting, password: str, key: str) -> None:
    who = people.add_person(s.db, s.actor, "Nguyễn Thị Hoa", (ROLE.PRESS,), login="hoa.nt.tuyengiao", now=s.now)
    with pytest.raises(RefusedError) as told:
        access.set_password(s.home, s.db, who.id, password, by=s.actor, now=s.now, hasher=CHEAP)
    assert told.value.key == key
    assert "mật khẩu" in wording(told.value).lower()
    assert not access.has_password(s.db, who)


@pytest.mark.parametrize(
    "password", [GOOD, "Gió mùa đông bắc", "k7#Qz!mL2p", "ba con gà và 2 con vịt", "hoa mai nở muộn"]
)
def test_other_passwords_are_taken(door: Door, s: Sitting, hoa: Person, password: str) -> None:
    access.set_password(s.home, s.db, hoa.id, password, by=s.actor, now=s.now, hasher=CHEAP)
    assert door("hoa", password).person == hoa


def test_the_office_asks_for_longer_ones(home: Home, s: Sitting, hoa: Person) -> None:
    (home.root / "rules").mkdir(exist_ok=True)
    own = home.root / "rules" / "web.yaml"
    own.write_text("password_min: 30\n", encoding="utf-8")
    try:
        with pytest.raises(RefusedError) as told:
            access.set_password(home, s.db, hoa.id, GOOD, by=s.actor, now=s.now, hasher=CHEAP)
        assert "30" in wording(told.value)
    finally:
        own.unlink()


def test_who_changes_his_password_stays_in_where_he_is_and_is_out_elsewhere(
    door: Door, s: Sitting, hoa: Person
) -> None:
    here, there = door("hoa").secret, door("hoa").secret
    session = access.session_of(s.db, here, WEB, NOW)
    assert session is not None
    access.set_password(s.home, s.db, hoa.id, OTHER, by=hoa, now=NOW, but=session.id, hasher=CHEAP)
    assert access.session_of(s.db, here, WEB, NOW) is not None
    assert access.session_of(s.db, there, WEB, NOW) is None
    with pytest.raises(RefusedError, match="sign_in_wrong"):
        door("hoa", GOOD)
    assert door("hoa", OTHER).person == hoa


def test_only_the_person_and_an_administrator_set_a_password_and_the_log_has_ids_alone(s: Sitting, hoa: Person) -> None:
    mai = add(s, "Mai", ROLE.LEADER)
    with pytest.raises(RefusedError, match="people_role"):
        access.set_password(s.home, s.db, hoa.id, OTHER, by=mai, now=NOW, hasher=CHEAP)
    with pytest.raises(RefusedError, match="person_unknown"):
        access.set_password(s.home, s.db, "u99", OTHER, by=s.actor, now=NOW, hasher=CHEAP)
    access.set_password(s.home, s.db, hoa.id, OTHER, by=s.actor, now=NOW, hasher=CHEAP)
    last = list(events.every(s.db))[-1]
    assert (last.action, last.refs, last.actor, last.case) == ("person.password", (hoa.id,), "u1", "")
    people.disable_person(s.db, s.actor, hoa.id, now=s.now)
    with pytest.raises(RefusedError, match="person_disabled"):
        access.set_password(s.home, s.db, hoa.id, GOOD, by=s.actor, now=NOW, hasher=CHEAP)
