"""Signing in: who may, what is told of a failure, and how guessing is slowed down without locking anybody out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from desk.access_making import CHEAP, GOOD, OTHER, Cheap, Door, add
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from press_server import NOW

from monitor.config import Home, load_web
from monitor.desk import access, people, signing_in, throttling
from monitor.desk.hashing import HASHER, Argon2, nobodys
from monitor.desk.sitting import Sitting, sitting
from monitor.errors import RefusedError
from monitor.labels import wording
from monitor.model.people import OfficeRole, Person
from monitor.store import access as store
from monitor.store import people as stored
from monitor.store.db import opened

ROLE = OfficeRole


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


def refused(door: Door, login: str, password: str = "sai rồi nhé", **said: str) -> RefusedError:
    with pytest.raises(RefusedError) as told:
        door(login, password, **said)
    return told.value


# Who comes in.


def test_login_and_password_become_a_session_of_which_only_hashes_are_stored(
    home: Home, door: Door, hoa: Person
) -> None:
    done = door("hoa")
    assert done.person == hoa
    session = access.session_of(door.s.db, done.secret, load_web(home.rules), NOW)
    assert session is not None
    assert (session.person, session.address, session.agent) == (hoa, "10.0.0.1", "Firefox")
    assert session.csrf not in (done.secret, done.device)
    dump = "\n".join(door.s.db.conn.iterdump())
    assert done.secret not in dump
    assert done.device not in dump
    assert GOOD not in dump
    assert "$argon2id$" in dump


@pytest.mark.parametrize("typed", ["hoa", "HOA", "  Hoa "])
def test_small_and_capital_letters_of_the_login_do_not_matter(door: Door, hoa: Person, typed: str) -> None:
    assert door(typed).person == hoa


def test_of_two_logins_that_differ_in_that_alone_the_one_typed_is_meant(door: Door, s: Sitting, hoa: Person) -> None:
    other = people.add_person(s.db, s.actor, "Hoa hai", (ROLE.PRESS,), login="HOA", now=s.now)
    access.set_password(s.home, s.db, other.id, OTHER, by=s.actor, now=s.now, hasher=CHEAP)
    assert door("HOA", OTHER).person == other
    assert door("hoa").person == hoa
    assert refused(door, "Hoa", GOOD).key == "sign_in_wrong"


def test_who_was_given_no_login_signs_in_with_his_id_and_nobody_with_a_name(
    door: Door, s: Sitting, hoa: Person
) -> None:
    bare = people.add_person(s.db, s.actor, "Bảy", (ROLE.CLERK,), now=s.now)
    access.set_password(s.home, s.db, bare.id, OTHER, by=s.actor, now=s.now, hasher=CHEAP)
    assert door(bare.id, OTHER).person == bare
    assert refused(door, "Bảy", OTHER).key == "sign_in_wrong"
    assert refused(door, hoa.id, GOOD).key == "sign_in_wrong"


def test_a_password_typed_with_another_input_method_is_the_same(door: Door, hoa: Person) -> None:
    import unicodedata

    assert door("hoa", unicodedata.normalize("NFD", GOOD)).person == hoa


@pytest.mark.parametrize("who", ["nobody", "wrong", "disabled", "no_password", "no_role", "empty", "endless"])
def test_every_failure_is_told_alike_and_costs_one_look_at_a_hash(
    door: Door, s: Sitting, hoa: Person, who: str
) -> None:
    add(s, "Không", ROLE.PRESS, password="")
    gone = add(s, "Nghỉ", ROLE.PRESS)
    people.disable_person(s.db, s.actor, gone.id, now=s.now)
    idle = add(s, "Rỗi", ROLE.PRESS)
    with s.db.atomic():
        stored.put(s.db, replace(idle, roles=()))
    login, password = {
        "nobody": ("ai", GOOD), "wrong": ("hoa", OTHER), "disabled": ("nghỉ", GOOD), "no_password": ("không", GOOD),
        "no_role": ("rỗi", GOOD), "empty": ("hoa", ""), "endless": ("hoa", "á" * 5000),
    }[who]  # fmt: skip
    CHEAP.asked.clear()
    error = refused(door, login, password)
    assert (error.key, error.facts) == ("sign_in_wrong", {})
    assert len(CHEAP.asked) == 1
    own = who in ("wrong", "empty", "endless")
    assert CHEAP.asked == [store.password(s.db, hoa.id) if own else nobodys(CHEAP)]
    assert wording(error).startswith("Tên đăng nhập hoặc mật khẩu")


def test_nobody_s_hash_is_the_hash_of_no_password_that_is_taken(door: Door, hoa: Person) -> None:
    assert CHEAP.matches(nobodys(CHEAP), "")
    assert refused(door, "ai", "").key == "sign_in_wrong"


def test_a_hash_of_weaker_parameters_is_renewed_at_the_next_sign_in(home: Home, s: Sitting, hoa: Person) -> None:
    stronger = Cheap(made=PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    before = store.password(s.db, hoa.id)
    for expected in ("m=16,t=2", "m=16,t=2"):
        signing_in.sign_in(home, s.db, "hoa", GOOD, address="", device="", agent="", now=NOW, hasher=stronger)
        assert expected in store.password(s.db, hoa.id)
    assert "m=8,t=1" in before


def test_the_program_s_own_hasher_is_not_weakened() -> None:
    assert isinstance(HASHER, Argon2)
    made = HASHER.made
    assert made.memory_cost >= 64 * 1024
    assert made.time_cost >= 3
    assert not HASHER.matches("no hash at all", "x")


def test_a_password_changed_while_it_was_looked_at_lets_nobody_in(home: Home, s: Sitting, hoa: Person) -> None:
    class Slow(Cheap):
        def matches(self, hashed: str, password: str) -> bool:
            with opened(home.database) as other:
                access.set_password(home, other, hoa.id, OTHER, by=None, now=NOW, hasher=CHEAP)
            return super().matches(hashed, password)

    with pytest.raises(RefusedError, match="sign_in_wrong"):
        signing_in.sign_in(home, s.db, "hoa", GOOD, address="", device="", agent="", now=NOW, hasher=Slow())


# Guessing.


def test_the_table_of_waits() -> None:
    at = [throttling.waits(n, 5, NOW, NOW) for n in range(14)]
    assert at == [0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60, 60]
    assert throttling.waits(10**9, 5, NOW, NOW) == 60
    assert throttling.waits(7, 5, NOW, NOW + timedelta(seconds=3.5)) == 5
    assert throttling.waits(7, 5, NOW, NOW + timedelta(seconds=8)) == 0
    assert throttling.waits(7, 5, NOW + timedelta(days=300), NOW) == 8
    assert throttling.waits(9, 5, None, NOW) == 0


def test_after_five_failures_one_waits_ever_longer_and_waiting_costs_nothing(door: Door, hoa: Person) -> None:
    for _ in range(5):
        assert refused(door, "hoa").key == "sign_in_wrong"
    told = []
    for _ in range(7):
        error = refused(door, "hoa", GOOD)
        assert error.key == "sign_in_wait"
        told.append(error.facts["seconds"])
        CHEAP.asked.clear()
        assert refused(door, "hoa", GOOD).facts == error.facts  # asking again makes it no longer
        assert CHEAP.asked == []
        door.at += told[-1]
        assert refused(door, "hoa").key == "sign_in_wrong"
    assert told == [2, 4, 8, 16, 32, 60, 60]
    door.at += 60
    assert door("hoa").person == hoa
    assert refused(door, "hoa").key == "sign_in_wrong"  # and all is forgiven


def test_failures_are_forgotten_a_day_after_the_last(door: Door, hoa: Person) -> None:
    for _ in range(5):
        refused(door, "hoa")
    door.at = 86_401
    for _ in range(5):
        assert refused(door, "hoa").key == "sign_in_wrong"
    assert door.s.db.execute("SELECT sum(count) FROM access_failures WHERE key LIKE 'login:%'").fetchone()[0] == 5


def test_a_clock_that_was_ahead_makes_nobody_wait(door: Door, hoa: Person) -> None:
    door.at = 86_400 * 300
    for _ in range(9):
        refused(door, "hoa")
    door.at = 0
    assert door("hoa").person == hoa


def test_guessing_at_many_logins_from_one_address_is_slowed_down_there_alone(
    door: Door, s: Sitting, hoa: Person
) -> None:
    for n in range(20):
        for _ in range(3 if n < 19 else 1):  # a login mistyped again is no further one
            assert refused(door, f"ai{n}").key == "sign_in_wrong"
    assert refused(door, "hoa", GOOD).key == "sign_in_wait"
    assert door("hoa", address="10.0.0.2").person == hoa
    door.at += 2
    assert door("hoa").person == hoa


def test_an_office_behind_one_address_mistypes_freely(door: Door, s: Sitting) -> None:
    for n in range(30):
        add(s, f"nguoi{n}", ROLE.PRESS)
        for _ in range(4):
            assert refused(door, f"nguoi{n}").key == "sign_in_wrong"
        assert door(f"nguoi{n}").person.login == f"nguoi{n}"


def test_who_signs_in_rightly_does_not_take_back_what_others_guessed(door: Door, s: Sitting, hoa: Person) -> None:
    for _ in range(5):
        refused(door, "anh.nv")
    door("hoa")
    assert refused(door, "anh.nv").key == "sign_in_wait"


def test_a_known_device_has_a_counter_of_its_own(door: Door, hoa: Person) -> None:
    device = door("hoa").device
    for _ in range(5):
        refused(door, "hoa", device=device)
    assert refused(door, "hoa", GOOD, device=device).key == "sign_in_wait"
    assert door("hoa").person == hoa  # elsewhere he does not wait


def test_a_device_is_known_for_those_who_signed_in_on_it(door: Door, s: Sitting, hoa: Person) -> None:
    add(s, "Mai", ROLE.CLERK)
    device = door("hoa").device
    assert door("mai", device=device).device == device
    other = door("mai", device="made-up")
    assert other.device not in ("made-up", device)  # what somebody planted in a browser is never taken over
    for _ in range(5):
        refused(door, "anh.nv", device=device)
    assert refused(door, "anh.nv", device=device).key == "sign_in_wait"


def test_a_new_password_set_by_an_administrator_ends_the_wait(door: Door, s: Sitting, hoa: Person) -> None:
    for _ in range(5):
        refused(door, "hoa")
    access.set_password(s.home, s.db, hoa.id, OTHER, by=s.actor, now=s.now, hasher=CHEAP)
    assert door("hoa", OTHER).person == hoa


def test_who_guesses_without_end_elsewhere_keeps_nobody_out_on_a_new_device(door: Door, hoa: Person) -> None:
    for _ in range(200):
        door.at += 1
        assert refused(door, "hoa", address="10.6.6.6").key in ("sign_in_wrong", "sign_in_wait")
    assert door("hoa", address="10.0.0.9").person == hoa


def guess_from_everywhere(door: Door) -> None:
    """More failures at one login than are free, each from an address of its own."""
    for n in range(throttling.FREE_LOGIN + 10):
        assert refused(door, "hoa", address=f"10.7.{n}.1").key == "sign_in_wrong"


def test_guessing_at_one_login_from_many_addresses_slows_each_of_them_down(door: Door, hoa: Person) -> None:
    guess_from_everywhere(door)
    error = refused(door, "hoa", GOOD, address="10.7.3.1")
    assert (error.key, error.facts) == ("sign_in_wait", {"seconds": 60})
    assert refused(door, "ai", address="10.7.3.1").key == "sign_in_wrong"  # another login is another matter


def test_a_wait_that_others_made_longer_is_not_renewed_by_them(door: Door, hoa: Person) -> None:
    refused(door, "hoa", address="10.0.0.9")
    guess_from_everywhere(door)
    for n in range(59):
        door.at += 1
        refused(door, "hoa", address=f"10.8.{n}.1")
    assert refused(door, "hoa", GOOD, address="10.0.0.9").facts == {"seconds": 1}
    door.at += 1
    assert door("hoa", address="10.0.0.9").person == hoa


def test_who_comes_in_takes_back_what_he_mistyped_and_not_what_others_guessed(door: Door, hoa: Person) -> None:
    guess_from_everywhere(door)
    assert door("hoa", address="10.0.0.9").person == hoa
    assert refused(door, "hoa", GOOD, address="10.7.3.1").key == "sign_in_wait"


def test_all_addresses_of_one_customer_s_net_are_one(door: Door, hoa: Person) -> None:
    for n in range(5):
        refused(door, "hoa", address=f"2001:db8:1:2::{n + 1:x}")
    assert refused(door, "hoa", GOOD, address="2001:db8:1:2:ffff::9").key == "sign_in_wait"
    assert door("hoa", address="2001:db8:1:3::1").person == hoa
    for _ in range(5):
        refused(door, "hoa", address="::ffff:10.1.1.1")
    assert refused(door, "hoa", GOOD, address="10.1.1.1").key == "sign_in_wait"
    assert door("hoa", address="::ffff:10.1.1.2").person == hoa


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Door, str]]:
    """An office whose rightful user has a known device."""
    home = Home(root=tmp_path_factory.mktemp("attacked"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MONITOR_NOW", NOW.isoformat())
        patched.delenv("MONITOR_USER", raising=False)
        with sitting(home) as s:
            add(s, "Hoa", ROLE.PRESS)
            door = Door(home=home, s=s)
            yield door, door("hoa").device


attacks = st.lists(
    st.tuples(
        st.sampled_from(["hoa", "HOA", "u2", "ai", ""]),
        st.sampled_from(["sai", "", OTHER]),
        st.sampled_from(["10.0.0.1", "10.6.6.6", ""]),
        st.sampled_from(["", "made-up", "another"]),
        st.integers(0, 90),
    ),
    max_size=30,
)


@given(attacks=attacks)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_done_elsewhere_a_known_device_comes_in_at_once(
    office: tuple[Door, str], attacks: list[tuple[str, str, str, str, int]]
) -> None:
    door, device = office
    for login, password, address, mark, pause in attacks:
        door.at += pause
        assert refused(door, login, password, address=address, device=mark).key in ("sign_in_wrong", "sign_in_wait")
    assert door("hoa", device=device).person.login == "hoa"


@given(attacks=attacks, storm=st.integers(0, 45))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_done_elsewhere_a_right_password_from_a_fresh_address_comes_in_at_once(
    office: tuple[Door, str], attacks: list[tuple[str, str, str, str, int]], storm: int
) -> None:
    door, _ = office
    for n in range(storm):
        refused(door, "hoa", address=f"10.9.{n}.1")
    for login, password, address, mark, pause in attacks:
        door.at += pause
        assert refused(door, login, password, address=address, device=mark).key in ("sign_in_wrong", "sign_in_wait")
    assert door("hoa", address="10.0.0.77").person.login == "hoa"


def test_the_old_password_is_not_to_be_guessed_at_an_open_screen(s: Sitting, hoa: Person) -> None:
    assert access.is_password(s.db, hoa, GOOD, now=NOW, hasher=CHEAP)
    for _ in range(5):
        assert not access.is_password(s.db, hoa, OTHER, now=NOW, hasher=CHEAP)
    with pytest.raises(RefusedError, match="sign_in_wait"):
        access.is_password(s.db, hoa, GOOD, now=NOW, hasher=CHEAP)
    assert access.is_password(s.db, hoa, GOOD, now=NOW + timedelta(seconds=2), hasher=CHEAP)
