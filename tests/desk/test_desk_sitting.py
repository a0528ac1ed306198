"""A sitting: who may sit, whose rights he has, and that of two people at one case the second is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from press_server import NOW

from monitor.clock import local
from monitor.config import Home
from monitor.desk import moving, people, watching
from monitor.desk.sitting import Sitting, sitting
from monitor.errors import ConflictError, RefusedError, UsageError
from monitor.model.action import CaseAction, entitled
from monitor.model.case import Case, Reached
from monitor.model.people import OfficeRole, Person, Unit, UnitKind
from monitor.store import events
from monitor.triage import opening

TODAY = local(NOW).date()
ROLE = OfficeRole


@pytest.fixture
def home(root: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv("MONITOR_USER", raising=False)
    return Home(root=root)


@pytest.fixture
def s(home: Home) -> Iterator[Sitting]:
    with sitting(home) as made:
        people.put_unit(made.db, made.actor, Unit(id="bacha", name="CĐ Bắc Hà", kind=UnitKind.WARD), now=made.now)
        yield made


def add(s: Sitting, name: str, *roles: OfficeRole, unit: str = "") -> Person:
    return people.add_person(s.db, s.actor, name, roles, unit=unit, login=name.lower(), now=s.now)


def begin(s: Sitting) -> Case:
    with s.db.atomic():
        return s.begin(opening.open_case("VV2026-0001", "Báo nêu nợ lương", actor=s.actor, now=s.now))


# Two people at one case.


def test_the_second_of_two_is_told_and_his_own_later_acts_follow_his_first(home: Home, s: Sitting) -> None:
    case = begin(s)
    with sitting(home, expected=case.revision) as second:
        moving.comment(s, case.id, "trước")
        with pytest.raises(ConflictError):
            moving.comment(second, case.id, "sau")
    with sitting(home, expected=case.revision + 1) as third:
        moving.comment(third, case.id, "một")
        moving.comment(third, case.id, "hai")
        moving.comment(s, case.id, "chen vào")
        with pytest.raises(ConflictError):
            moving.comment(third, case.id, "ba")
    assert [note.text for note in s.case(case.id).notes] == ["trước", "một", "hai", "chen vào"]


def test_what_an_act_says_of_the_revision_wins_over_the_sitting(home: Home, s: Sitting) -> None:
    case = begin(s)
    with sitting(home, expected=99) as other:
        with pytest.raises(ConflictError):
            moving.comment(other, case.id, "sai")
        after = other.act(case.id, lambda c: opening.lift(c, actor=other.actor), expected=case.revision)
    assert after.revision == case.revision + 1


# Who sits.


def test_who_is_disabled_does_not_even_read(home: Home, s: Sitting) -> None:
    gone = add(s, "Hoa", ROLE.PRESS)
    people.disable_person(s.db, s.actor, gone.id, now=s.now)
    with pytest.raises(RefusedError, match="person_disabled"), sitting(home, "hoa"):
        pass


def test_a_stand_in_has_the_absent_one_s_rights_only_while_he_acts_for_him(home: Home, s: Sitting) -> None:
    case = begin(s)
    chief, hoa = add(s, "Chín", ROLE.LEADER), add(s, "Hoa", ROLE.PRESS)
    people.add_stand_in(s.db, chief, "Chín", "Hoa", first=TODAY, last=TODAY, now=s.now)
    with sitting(home, "Hoa") as alone, pytest.raises(RefusedError, match="role_missing"):
        moving.direct(alone, case.id, "Làm gấp")
    with sitting(home, "hoa", on_behalf="chín") as for_him:  # by login; an id would do as well
        moving.direct(for_him, case.id, "Làm gấp")
    last = list(events.every(s.db))[-1]
    assert (last.actor, last.on_behalf) == (hoa.id, chief.id)
    with pytest.raises(UsageError, match="no_stand_in"), sitting(home, "Chín", on_behalf="Hoa"):
        pass
    with pytest.raises(RefusedError, match="person_unknown"), sitting(home, "Hoa", on_behalf="Ai"):
        pass


def test_rights_in_one_body_give_none_in_another(home: Home, s: Sitting) -> None:
    hoa = add(s, "Hoa", ROLE.PRESS)
    theirs = add(s, "Mười", ROLE.LEADER, unit="bacha")
    people.add_stand_in(s.db, theirs, theirs.id, hoa.id, first=TODAY, last=TODAY, now=s.now)
    with sitting(home, "Hoa", on_behalf="Mười") as at, pytest.raises(RefusedError, match="role_missing"):
        entitled(CaseAction.CONCLUDE, at.actor)


@pytest.mark.parametrize(
    ("by", "absent", "person", "fine"),
    [
        ("Chín", "Chín", "Hoa", True),
        ("Chín", "Hoa", "Bảy", True),
        ("Hoa", "Hoa", "Bảy", True),
        ("u1", "Sáu", "Hoa", True),
        ("Chín", "Hoa", "Chín", False),
        ("Bảy", "Hoa", "Bảy", False),
        ("Hoa", "Chín", "Bảy", False),
        ("Chín", "Sáu", "Hoa", False),
        ("Chín", "u1", "Hoa", False),
        ("Mười", "Hoa", "Bảy", False),
        ("u1", "Sáu", "u1", False),
    ],
)
def test_who_appoints_a_stand_in(s: Sitting, by: str, absent: str, person: str, fine: bool) -> None:
    for name, role, unit in (
        ("Chín", ROLE.LEADER, ""), ("Sáu", ROLE.LEADER, ""), ("Hoa", ROLE.PRESS, ""), ("Bảy", ROLE.PRESS, ""),
        ("Mười", ROLE.LEADER, "bacha"),
    ):  # fmt: skip
        add(s, name, role, unit=unit)
    who = people.person(s.db, by)
    if fine:
        people.add_stand_in(s.db, who, absent, person, first=TODAY, last=TODAY, now=s.now)
        return
    with pytest.raises(RefusedError) as refused:
        people.add_stand_in(s.db, who, absent, person, first=TODAY, last=TODAY, now=s.now)
    assert refused.value.key == "stand_in_role"


def test_who_only_works_for_a_unit_decides_on_no_change_that_was_found(home: Home, s: Sitting) -> None:
    case = begin(s)
    add(s, "Tám", ROLE.UNIT, unit="bacha")
    with sitting(home, "Tám") as theirs, pytest.raises(RefusedError, match="role_missing"):
        watching.decide(theirs, case.id, 1, accepted=True)


# When it reached us.


def test_what_reached_us_did_so_before_now(s: Sitting) -> None:
    case, ahead = begin(s), NOW + timedelta(days=1)
    with pytest.raises(RefusedError, match="in_the_future"):
        moving.describe(s, case.id, reached=Reached.FORWARDED, reached_at=ahead)
    assert s.case(case.id) == case
    with pytest.raises(RefusedError, match="in_the_future"), s.db.atomic():
        s.begin(opening.open_case("VV2026-0002", "x", actor=s.actor, now=s.now, reached_at=ahead))
    assert moving.describe(s, case.id, reached=Reached.FORWARDED, reached_at=NOW).reached_at == NOW
