"""Who acts, who stands in for whom, and the bodies: kept with events of ids alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from press_server import NOW

from monitor.clock import local
from monitor.config import Home
from monitor.desk import people, units_csv
from monitor.desk.sitting import Sitting, sitting
from monitor.errors import InputError, MonitorError, RefusedError, UsageError
from monitor.model.people import OfficeRole, Person, Unit, UnitKind
from monitor.store import events
from monitor.store import people as store

TODAY = local(NOW).date()
DAY = timedelta(days=1)


@pytest.fixture
def home(root: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv("MONITOR_USER", raising=False)
    monkeypatch.setenv("LOGNAME", "anh.nv")
    return Home(root=root)


@pytest.fixture
def s(home: Home) -> Iterator[Sitting]:
    with sitting(home) as made:
        yield made


def add(s: Sitting, name: str, *roles: OfficeRole, login: str = "") -> Person:
    return people.add_person(s.db, s.actor, name, roles or (OfficeRole.PRESS,), login=login, now=s.now)


def put(s: Sitting, name: str, **more: Any) -> Unit:
    made = replace(Unit(id="", name=name, kind=UnitKind.WARD), **more)
    return people.put_unit(s.db, s.actor, made, now=s.now)


def key_of(error: pytest.ExceptionInfo[MonitorError]) -> str:
    return error.value.key


# Who acts.


def test_the_first_act_makes_a_person_of_whoever_sits_at_the_machine(s: Sitting) -> None:
    assert (s.actor.id, s.actor.name, s.actor.roles) == ("u1", "anh.nv", tuple(OfficeRole))
    assert [(e.action, e.refs) for e in events.every(s.db)] == [("person.add", ("u1",))]


def test_the_only_active_person_acts_without_being_named(s: Sitting) -> None:
    gone = add(s, "Nguyễn Văn Bình")
    people.disable_person(s.db, s.actor, gone.id, now=s.now)
    assert people.actor(s.db, None).id == "u1"


def test_with_several_persons_somebody_has_to_be_named(s: Sitting) -> None:
    add(s, "Trần Thị Hoa", login="hoa")
    with pytest.raises(UsageError) as error:
        people.actor(s.db, None)
    assert key_of(error) == "actor_which"


@pytest.mark.parametrize("said", ["u2", "hoa", "Trần Thị Hoa", "  Trần  Thị Hoa "])
def test_a_person_is_named_by_id_login_or_name(s: Sitting, said: str) -> None:
    add(s, "Trần Thị Hoa", login="hoa")
    assert people.actor(s.db, said).id == "u2"


def test_the_variable_names_who_acts_and_the_option_wins_over_it(s: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    add(s, "Trần Thị Hoa", login="hoa")
    monkeypatch.setenv("MONITOR_USER", "hoa")
    assert people.actor(s.db, None).id == "u2"
    assert people.actor(s.db, "u1").id == "u1"
    monkeypatch.setenv("MONITOR_USER", "la")
    with pytest.raises(UsageError) as error:
        people.actor(s.db, None)
    assert key_of(error) == "actor_unknown"


def test_a_name_that_two_persons_have_names_nobody(s: Sitting) -> None:
    add(s, "Trần Thị Hoa")
    add(s, "Trần Thị Hoa")
    with pytest.raises(UsageError):
        people.actor(s.db, "Trần Thị Hoa")


def test_a_login_that_looks_like_an_id_takes_nobody_else_s_place(s: Sitting) -> None:
    add(s, "Trần Thị Hoa", login="u3")
    add(s, "Nguyễn Văn Bình")
    assert people.actor(s.db, "u3").name == "Nguyễn Văn Bình"


def test_a_disabled_person_changes_nothing(s: Sitting) -> None:
    other = add(s, "Trần Thị Hoa", OfficeRole.ADMIN, OfficeRole.LEADER)
    gone = people.disable_person(s.db, s.actor, other.id, now=s.now)
    for act in (
        lambda: people.add_person(s.db, gone, "Ai đó", (OfficeRole.PRESS,), now=s.now),
        lambda: people.put_unit(s.db, gone, Unit(id="", name="X", kind=UnitKind.WARD), now=s.now),
        lambda: people.add_stand_in(s.db, gone, "u1", "u2", first=TODAY, last=TODAY, now=s.now),
    ):
        with pytest.raises(RefusedError):
            act()


# Persons.


@pytest.mark.parametrize(
    ("name", "roles", "login", "key"),
    [
        ("Hoa", (), "", "roles_missing"),
        ("  ", (OfficeRole.PRESS,), "", "words_missing"),
        ("Hoa", (OfficeRole.PRESS,), "anh.nv", "login_taken"),
    ],
)
def test_what_cannot_be_a_person_is_refused(
    s: Sitting, name: str, roles: tuple[OfficeRole, ...], login: str, key: str
) -> None:
    with pytest.raises(RefusedError) as error:
        people.add_person(s.db, s.actor, name, roles, login=login, now=s.now)
    assert key_of(error) == key
    assert len(store.every(s.db)) == 1


def test_only_who_keeps_the_program_adds_persons(s: Sitting) -> None:
    press = add(s, "Trần Thị Hoa")
    with pytest.raises(RefusedError) as error:
        people.add_person(s.db, press, "Ai đó", (OfficeRole.ADMIN,), now=s.now)
    assert key_of(error) == "people_role"


def test_the_last_one_with_every_right_cannot_be_disabled(s: Sitting) -> None:
    with pytest.raises(RefusedError) as error:
        people.disable_person(s.db, s.actor, "u1", now=s.now)
    assert key_of(error) == "last_admin"


def test_erasing_blanks_the_person_and_keeps_id_and_events(s: Sitting) -> None:
    hoa = people.add_person(
        s.db, s.actor, "Trần Thị Hoa", (OfficeRole.PRESS,), title="Chuyên viên", login="hoa", now=s.now
    )
    with pytest.raises(RefusedError) as error:
        people.erase_person(s.db, s.actor, hoa.id, now=s.now)
    assert key_of(error) == "erase_active"
    people.disable_person(s.db, s.actor, hoa.id, now=s.now)
    people.erase_person(s.db, s.actor, hoa.id, now=s.now)
    left = store.get(s.db, hoa.id)
    assert left is not None
    assert (left.id, left.title, left.login) == ("u2", "", "")
    dump = "\n".join(s.db.conn.iterdump())
    assert "Hoa" not in dump
    assert "hoa" not in dump
    assert [e.action for e in events.every(s.db) if hoa.id in e.refs] == [
        "person.add",
        "person.disable",
        "person.erase",
    ]


# Stand-ins.


@pytest.mark.parametrize(
    ("first", "last", "allowed"),
    [(0, 0, True), (-3, 0, True), (0, 4, True), (-5, -1, False), (1, 4, False)],
)
def test_somebody_acts_for_an_absent_one_on_those_days_alone(
    home: Home, s: Sitting, first: int, last: int, allowed: bool
) -> None:
    chief, hoa = add(s, "Lê Văn Chín", OfficeRole.LEADER), add(s, "Trần Thị Hoa")
    people.add_stand_in(
        s.db, chief, chief.id, hoa.id, first=TODAY + first * DAY, last=TODAY + last * DAY, now=s.now
    )  # fmt: skip
    if allowed:
        with sitting(home, hoa.id, on_behalf=chief.id) as at:
            assert (at.acts_for, at.on_behalf) == ((chief.id,), chief.id)
    else:
        with pytest.raises(UsageError) as error, sitting(home, hoa.id, on_behalf=chief.id):
            pass
        assert key_of(error) == "no_stand_in"


def test_nobody_stands_in_for_himself_or_backwards_or_once_gone(s: Sitting) -> None:
    hoa, gone = add(s, "Trần Thị Hoa"), add(s, "Nguyễn Văn Bình")
    people.disable_person(s.db, s.actor, gone.id, now=s.now)
    for who, last in ((s.actor.id, TODAY), (hoa.id, TODAY - DAY), (gone.id, TODAY)):
        with pytest.raises(RefusedError) as error:
            people.add_stand_in(s.db, s.actor, s.actor.id, who, first=TODAY, last=last, now=s.now)
        assert key_of(error) == "stand_in_unfit"


# Bodies.


def test_a_body_gets_an_id_of_its_name_and_another_where_that_is_taken(s: Sitting) -> None:
    assert [put(s, "Công đoàn phường Đông").id for _ in range(2)] == [
        "cong-doan-phuong-dong",
        "cong-doan-phuong-dong-2",
    ]


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"id": "Có dấu"}, "unit_id"),
        ({"id": "../a"}, "unit_id"),
        ({"parent": "khong-co"}, "unit_unknown"),
        ({"starts": TODAY, "ends": TODAY - DAY}, "unit_dates"),
        ({"name": " "}, "words_missing"),
    ],
)
def test_what_cannot_be_a_body_is_refused(s: Sitting, more: dict[str, Any], key: str) -> None:
    with pytest.raises(RefusedError) as error:
        put(s, **{"name": "Công đoàn xã Tây"} | more)
    assert key_of(error) == key


def test_no_body_stands_above_itself(s: Sitting) -> None:
    top = put(s, "Công đoàn ngành", id="nganh")
    middle = put(s, "Công đoàn khu", id="khu", parent="nganh")
    low = put(s, "Công đoàn cơ sở", id="cs", parent="Công đoàn khu")
    assert low.parent == middle.id
    for above in ("nganh", "khu", "cs"):
        with pytest.raises(RefusedError) as error:
            people.put_unit(s.db, s.actor, replace(top, parent=above), now=s.now)
        assert key_of(error) == "unit_circle"


def test_bodies_written_to_a_table_are_read_as_the_same(s: Sitting) -> None:
    put(s, "Công đoàn phường Đông", id="dong", aliases=("CĐP Đông", "Đông"), phone="+84 214 3840 034",
        starts=TODAY, ends=TODAY + DAY)  # fmt: skip
    put(s, '=Công đoàn; "lạ", tên', id="la", parent="dong", heading="DÒNG MỘT")
    before = store.units(s.db)
    raw = units_csv.to_csv(before)
    assert units_csv.take_in(s, raw).known == 2
    changed = raw.decode().replace("DÒNG MỘT", "DÒNG HAI").encode()
    done = units_csv.take_in(s, changed)
    assert (done.stored, done.known, done.bad) == (1, 1, ())
    assert [one.heading for one in store.units(s.db) if one.id == "la"] == ["DÒNG HAI"]


def test_a_body_may_stand_above_the_one_it_belongs_to(s: Sitting) -> None:
    raw = "Tên đơn vị;Loại đơn vị;Cấp trên trực tiếp\nCĐCS A;grassroots;Công đoàn phường Đông\n" \
          "Công đoàn phường Đông;ward;\nVòng 1;ward;Vòng 2\nVòng 2;ward;Vòng 1\nLạ;lạ;\n"  # fmt: skip
    done = units_csv.take_in(s, raw.encode())
    assert done.stored == 2
    assert [number for number, _ in done.bad] == [4, 5, 6]
    assert store.unit(s.db, "CĐCS A").parent == "cong-doan-phuong-dong"  # type: ignore[union-attr]


def test_a_table_of_bodies_needs_its_columns_and_a_person_with_the_right(s: Sitting) -> None:
    with pytest.raises(InputError) as error:
        units_csv.take_in(s, "Tên đơn vị\nX\n".encode())
    assert error.value.key == "sheet_columns"
    with pytest.raises(RefusedError):
        units_csv.take_in(replace(s, actor=add(s, "Trần Thị Hoa")), b"name,kind\nX,ward\n")
