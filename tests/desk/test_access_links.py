"""One-time links: the first administrator's, those to set a password, and answers of bodies that never sign in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

import pytest
from desk.access_making import CHEAP, GOOD, OTHER, TODAY, Door, add, case_asking
from press_server import NOW, outlet, write_home

from monitor.config import Home
from monitor.desk import access, audit, moving, people, triage, verifying
from monitor.desk.sitting import Sitting, seated, sitting
from monitor.errors import InputError, RefusedError, UsageError
from monitor.jobs.importing import import_archive
from monitor.labels import wording
from monitor.model.access import AnswerForm, LinkKind, WebSettings
from monitor.model.case import AssignmentState, Closing, Part, Way
from monitor.model.evidence import EvidenceKind
from monitor.model.people import OfficeRole, Person, Unit, UnitKind
from monitor.store import events, evidence
from monitor.store import people as stored
from monitor.store.db import Database, opened

ROLE = OfficeRole
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def home(root: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv("MONITOR_USER", raising=False)
    monkeypatch.setenv("LOGNAME", "anh.nv")
    return write_home(root, outlet("tin24", "{feed: http://tin24.test/rss}"))


@pytest.fixture
def fresh(home: Home) -> Iterator[Database]:
    with opened(home.database) as db:
        yield db


@pytest.fixture
def s(home: Home) -> Iterator[Sitting]:
    with sitting(home) as made:
        people.put_unit(made.db, made.actor, Unit(id="bacha", name="CĐ xã Bắc Hà", kind=UnitKind.WARD), now=made.now)
        yield made


def ended(error: RefusedError, *parts: str) -> None:
    assert error.key == "link_ended"
    for part in parts:
        assert part in wording(error)


# The first administrator.


def first(home: Home, db: Database, secret: str, **said: str) -> Person:
    given = {"name": "Nguyễn Văn Anh", "login": "anh", "password": GOOD} | said
    return access.use_first_link(home, db, secret, **given, now=NOW, hasher=CHEAP)


def test_on_a_fresh_database_the_first_link_makes_the_first_person_with_every_role(home: Home, fresh: Database) -> None:
    secret = access.first_link(home, fresh, NOW)
    assert secret is not None
    assert access.first_link_person(fresh, secret, NOW) is None
    made = first(home, fresh, secret)
    assert (made.id, made.name, made.login, made.roles) == ("u1", "Nguyễn Văn Anh", "anh", tuple(ROLE))
    assert people.actor(fresh, None) == made
    assert [(e.action, e.actor) for e in events.every(fresh)] == [("person.add", "u1"), ("person.password", "u1")]
    with pytest.raises(RefusedError) as told:
        first(home, fresh, secret, login="hai")
    ended(told.value, "monitor run")
    assert access.first_link(home, fresh, NOW) is None
    assert secret not in "\n".join(fresh.conn.iterdump())


def test_each_start_makes_a_new_first_link_and_ends_the_one_before(home: Home, fresh: Database) -> None:
    old, new = access.first_link(home, fresh, NOW), access.first_link(home, fresh, NOW)
    assert old and new and old != new
    with pytest.raises(RefusedError, match="link_ended"):
        access.first_link_person(fresh, old, NOW)
    assert access.first_link_person(fresh, new, NOW + 71 * HOUR) is None
    with pytest.raises(RefusedError, match="link_ended"):
        access.first_link_person(fresh, new, NOW + 72 * HOUR)


def test_where_somebody_keeps_the_program_without_a_password_the_link_is_his(home: Home, s: Sitting) -> None:
    secret = access.first_link(home, s.db, NOW)
    assert secret is not None
    assert access.first_link_person(s.db, secret, NOW) == s.actor
    made = first(home, s.db, secret, name="")
    assert (made.id, made.name, made.login) == ("u1", "anh.nv", "anh")
    assert Door(home=home, s=s)("anh").person == made


def test_the_first_link_ends_when_an_administrator_gets_a_password_by_another_way(home: Home, s: Sitting) -> None:
    secret = access.first_link(home, s.db, NOW)
    assert secret is not None
    access.set_password(home, s.db, "u1", GOOD, by=s.actor, now=NOW, hasher=CHEAP)
    with pytest.raises(RefusedError, match="link_ended"):
        first(home, s.db, secret)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"name": " "}, "words_missing"),
        ({"login": ""}, "words_missing"),
        ({"login": "a" * 201}, "name_long"),
        ({"password": "matkhau123"}, "password_common"),
        ({"password": "Nguyễn Văn Anh"}, "password_is_name"),
    ],
)
def test_a_first_link_refused_still_holds(home: Home, fresh: Database, said: dict[str, str], key: str) -> None:
    secret = access.first_link(home, fresh, NOW)
    assert secret is not None
    with pytest.raises(RefusedError) as told:
        first(home, fresh, secret, **said)
    assert told.value.key == key
    wording(told.value)
    assert first(home, fresh, secret).id == "u1"


def test_a_login_that_is_another_s_is_refused(home: Home, s: Sitting) -> None:
    add(s, "Hoa", ROLE.PRESS)
    secret = access.first_link(home, s.db, NOW)
    assert secret is not None
    with pytest.raises(RefusedError, match="login_taken"):
        first(home, s.db, secret, login="hoa")


# Links to set a password.


def test_a_password_link_works_once_and_for_its_person(home: Home, s: Sitting) -> None:
    hoa, door = add(s, "Hoa", ROLE.PRESS), Door(home=home, s=s)
    session = door("hoa").secret
    old, secret = access.password_link(s, "hoa"), access.password_link(s, hoa.id)
    with pytest.raises(RefusedError, match="link_ended"):
        access.password_link_person(s.db, old, NOW)
    assert access.password_link_person(s.db, secret, NOW) == hoa
    with pytest.raises(RefusedError, match="password_short"):
        access.use_password_link(home, s.db, secret, "ngắn", now=NOW, hasher=CHEAP)
    assert access.use_password_link(home, s.db, secret, OTHER, now=NOW, hasher=CHEAP) == hoa
    with pytest.raises(RefusedError) as told:
        access.use_password_link(home, s.db, secret, GOOD, now=NOW, hasher=CHEAP)
    ended(told.value, "người quản trị")
    assert door("hoa", OTHER).person == hoa
    assert access.session_of(s.db, session, WebSettings(), NOW) is None
    said = [e.action for e in events.every(s.db)]
    assert said[-3:] == ["person.password_link", "person.password_link", "person.password"]


def test_a_password_link_ends_in_time_and_with_its_person(home: Home, s: Sitting) -> None:
    add(s, "Hoa", ROLE.PRESS)
    secret = access.password_link(s, "hoa")
    with pytest.raises(RefusedError, match="link_ended"):
        access.password_link_person(s.db, secret, NOW + 72 * HOUR)
    people.disable_person(s.db, s.actor, "hoa", now=NOW)
    with pytest.raises(RefusedError, match="link_ended"):
        access.use_password_link(home, s.db, secret, GOOD, now=NOW, hasher=CHEAP)
    with pytest.raises(RefusedError, match="person_disabled"):
        access.password_link(s, "hoa")


def test_a_link_is_good_for_its_own_kind_alone(home: Home, s: Sitting) -> None:
    add(s, "Hoa", ROLE.PRESS)
    secret = access.password_link(s, "hoa")
    for ask in (
        lambda: access.first_link_person(s.db, secret, NOW),
        lambda: access.answer_form(home, s.db, secret, NOW),
    ):
        with pytest.raises(RefusedError, match="link_ended"):
            ask()


def test_only_an_administrator_makes_password_links(home: Home, s: Sitting) -> None:
    hoa = add(s, "Hoa", ROLE.LEADER)
    with pytest.raises(RefusedError, match="people_role"):
        access.password_link(seated(home, s.db, hoa.id), hoa.id)


def test_who_just_set_his_password_comes_in_without_waiting(home: Home, s: Sitting) -> None:
    hoa, door = add(s, "Hoa", ROLE.PRESS), Door(home=home, s=s)
    for _ in range(5):
        with pytest.raises(RefusedError):
            door("hoa", OTHER)
    done = access.enter(home, s.db, hoa, address="10.0.0.1", device="", agent="", now=NOW)
    assert door("hoa", device=done.device).person == hoa


# Answers.


@pytest.fixture
def asked(home: Home, s: Sitting) -> str:
    """The secret of a link to the one thing a ward's union is asked, in a case with more in it."""
    row = (
        '{"title": "Bữa ăn ca bị bớt xén", "body": "Công nhân nói bữa ăn ca thiếu. Công đoàn cơ sở biết.", '
        '"url": "http://tin24.test/an-ca.html", "outlet": "tin24", "published": "2026-11-07T06:00:00+07:00"}'
    )
    assert import_archive(home, [row]).stored == 1
    made = case_asking(s, unit="bacha", task="Kiểm tra bữa ăn ca từ 01/11.\nGửi kèm thực đơn.")
    article = triage.matter(s.db, "http://tin24.test/an-ca.html").articles[0]
    triage.add_to_case(s, made.id, ["http://tin24.test/an-ca.html"])
    moving.comment(s, made.id, "Ý kiến nội bộ: theo dõi ông Tư.")
    verifying.add_claim(s, made.id, verifying.Passage(quote="Nội dung bí mật", typed=True))
    moving.direct(s, made.id, "Chỉ đạo nội bộ của lãnh đạo")
    assert article in s.case(made.id).articles
    return access.answer_link(s, made.id, made.assignments[0].id)


def answer(home: Home, db: Database, secret: str, files: tuple[Path, ...] = (), **said: str) -> None:
    given = {"name": "Hoàng Văn Tám", "title": "Chủ tịch", "phone": "0912 345 678", "text": "Đã kiểm tra, đủ suất."}
    access.answer(home, db, secret, **(given | said), files=files, now=NOW)


def test_the_form_shows_the_one_question_and_nothing_else_of_the_case(home: Home, s: Sitting, asked: str) -> None:
    form = access.answer_form(home, s.db, asked, NOW)
    assert form.unit == "CĐ xã Bắc Hà"
    assert form.task == "Kiểm tra bữa ăn ca từ 01/11.\nGửi kèm thực đơn."
    assert (form.due, form.part, form.expires) == (TODAY + 3 * DAY, Part.LEAD, NOW + 14 * DAY)
    assert [(w.title, w.url) for w in form.works] == [("Bữa ăn ca bị bớt xén", "http://tin24.test/an-ca.html")]
    assert form.works[0].outlet
    shown = "".join(str(getattr(form, field.name)) for field in fields(AnswerForm))
    for hidden in ("nội bộ", "bí mật", "ông Tư", "Chỉ đạo", "anh.nv", "VV2026", "Báo nêu"):
        assert hidden not in shown


def test_an_answer_is_recorded_with_its_files_by_who_made_the_link(
    home: Home, s: Sitting, asked: str, tmp_path: Path
) -> None:
    scan, sheet = tmp_path / "Biên bản kiểm tra.png", tmp_path / "thực đơn.txt"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 64)
    sheet.write_text("Thứ hai: cơm, cá, canh", encoding="utf-8")
    answer(home, s.db, asked, (scan, sheet))
    assignment = s.case("VV2026-0001").assignments[0]
    given = assignment.answer
    assert assignment.state is AssignmentState.ANSWERED
    assert given is not None
    assert (given.text, given.way, given.by, given.at) == ("Đã kiểm tra, đủ suất.", Way.LINK, "u1", NOW)
    for part in ("Hoàng Văn Tám", "Chủ tịch", "0912 345 678"):
        assert part in given.source
    kept = [evidence.get(s.db, one) for one in given.evidence]
    assert [(one.kind, one.name) for one in kept] == [
        (EvidenceKind.SCAN, "Bien ban kiem tra.png"), (EvidenceKind.DOCUMENT, "thuc don.txt"),
    ]  # fmt: skip
    log = "".join(str(event) for event in events.every(s.db))
    assert "Tám" not in log
    assert "0912" not in log
    assert [e.action for e in events.of_case(s.db, "VV2026-0001")][-1] == "assignment.answer"
    assert "assignment.link" in log
    assert audit.audit(s.db).flaws == ()
    for ask in (lambda: access.answer_form(home, s.db, asked, NOW), lambda: answer(home, s.db, asked)):
        with pytest.raises(RefusedError) as told:
            ask()
        ended(told.value, "Liên hệ")


def test_an_answer_refused_leaves_nothing_behind_and_the_link_open(
    home: Home, s: Sitting, asked: str, tmp_path: Path
) -> None:
    good, program, empty = tmp_path / "a.txt", tmp_path / "ảnh.jpg.exe", tmp_path / "trống.pdf"
    good.write_text("được", encoding="utf-8")
    program.write_bytes(b"MZ" + b"0" * 64)
    empty.write_bytes(b"")
    before = len(list(events.every(s.db)))
    attempts: list[tuple[type[Exception], str, tuple[Path, ...], dict[str, str]]] = [
        (RefusedError, "words_missing", (), {"name": " "}),
        (RefusedError, "words_missing", (), {"text": " \u200b\n"}),
        (RefusedError, "answer_long", (), {"text": "x" * 20_001}),
        (RefusedError, "name_long", (), {"phone": "0" * 201}),
        (RefusedError, "answer_files", (good,) * 11, {}),
        (InputError, "evidence_program", (good, program), {}),
        (InputError, "evidence_empty", (good, empty), {}),
        (InputError, "file_unreadable", (good, tmp_path / "không có.pdf"), {}),
    ]
    for kind, key, files, said in attempts:
        with pytest.raises(kind) as told:
            answer(home, s.db, asked, files, **said)
        assert told.value.key == key  # type: ignore[attr-defined]
        assert wording(told.value)  # type: ignore[arg-type]
    assert len(list(events.every(s.db))) == before
    assert evidence.of_case(s.db, "VV2026-0001") == []
    answer(home, s.db, asked, (good,) * 10, text="x" * 20_000)
    assert len(evidence.of_case(s.db, "VV2026-0001")) == 1  # ten times the same file is one


def test_a_file_larger_than_the_office_takes_is_refused(home: Home, s: Sitting, asked: str, tmp_path: Path) -> None:
    own = home.root / "rules" / "web.yaml"
    before = own.read_text(encoding="utf-8") if own.exists() else None
    own.parent.mkdir(exist_ok=True)
    own.write_text("upload_mb: 1\n", encoding="utf-8")
    try:
        large = tmp_path / "ghi âm.mp3"
        large.write_bytes(b"ID3" + b"0" * (2**20))
        with pytest.raises(InputError, match="evidence_too_large"):
            answer(home, s.db, asked, (large,))
    finally:
        own.unlink() if before is None else own.write_text(before, encoding="utf-8")


def test_a_link_ends_in_time_and_a_new_one_ends_it(home: Home, s: Sitting, asked: str) -> None:
    access.answer_form(home, s.db, asked, NOW + 13 * DAY)
    with pytest.raises(RefusedError, match="link_ended"):
        access.answer_form(home, s.db, asked, NOW + 14 * DAY)
    new = access.answer_link(s, "vv2026-0001", s.case("VV2026-0001").assignments[0].id)
    with pytest.raises(RefusedError, match="link_ended"):
        access.answer_form(home, s.db, asked, NOW)
    assert access.answer_form(home, s.db, new, NOW).unit == "CĐ xã Bắc Hà"
    assert new not in "\n".join(s.db.conn.iterdump())


@pytest.mark.parametrize(
    "what", ["answered", "withdrawn", "closed", "accused", "restricted", "maker_gone", "maker_no_officer"]
)
def test_a_link_ends_with_what_it_rests_on(home: Home, s: Sitting, asked: str, what: str) -> None:
    ident, assignment = "VV2026-0001", s.case("VV2026-0001").assignments[0].id
    hoa, chief = add(s, "Hoa", ROLE.PRESS, password=""), add(s, "Chín", ROLE.LEADER, password="")
    link = access.answer_link(seated(home, s.db, hoa.id), ident, assignment)
    if what == "answered":
        verifying.answer(s, ident, assignment, "Đủ suất.", way=Way.PHONE, source="Ông Tám")
    elif what == "withdrawn":
        moving.unassign(s, ident, assignment, "Giao nơi khác")
    elif what == "closed":
        moving.close_without(s, ident, Closing.MISTAKEN, "Mở nhầm")
    elif what == "accused":
        # The desk accuses no body that is asked; but who is asked may be moved to one that is accused.
        moving.unassign(s, ident, assignment, "Đổi")
        moving.describe(s, ident, accused=["bacha"])
        sau = add(s, "Sáu", ROLE.UNIT, password="")
        task = verifying.Task(part=Part.COOPERATES, task="Cung cấp sổ.", due=TODAY, person=sau.id)
        made = verifying.assign(s, ident, task).assignments[-1]
        link = access.answer_link(seated(home, s.db, hoa.id), ident, made.id)
        access.answer_form(home, s.db, link, NOW)
        with s.db.atomic():
            stored.put(s.db, replace(sau, unit="bacha"))
        with pytest.raises(RefusedError, match="verifies_itself"):
            access.answer_link(s, ident, made.id)
    elif what == "restricted":
        moving.restrict(seated(home, s.db, chief.id), ident, [])
    elif what == "maker_gone":
        people.disable_person(s.db, s.actor, hoa.id, now=NOW)
    else:
        with s.db.atomic():
            stored.put(s.db, replace(hoa, roles=(ROLE.CLERK,)))
    for ask in (lambda: access.answer_form(home, s.db, link, NOW), lambda: answer(home, s.db, link)):
        with pytest.raises(RefusedError) as told:
            ask()
        ended(told.value)


@pytest.mark.parametrize("secret", ["", "x", "a" * 100_000, "' OR ''='", "\ud800"])
def test_a_made_up_secret_is_an_ended_link(home: Home, s: Sitting, asked: str, secret: str) -> None:
    with pytest.raises(RefusedError) as told:
        access.answer_form(home, s.db, secret, NOW)
    ended(told.value, "Liên hệ")


def test_who_may_not_assign_makes_no_answer_link(home: Home, s: Sitting, asked: str) -> None:
    clerk = add(s, "Mai", ROLE.CLERK, password="")
    theirs = add(s, "Sáu", ROLE.UNIT, unit="bacha", password="")
    assignment = s.case("VV2026-0001").assignments[0].id
    for person in (clerk, theirs):
        with pytest.raises(RefusedError, match="role_missing"):
            access.answer_link(seated(home, s.db, person.id), "VV2026-0001", assignment)
    with pytest.raises(RefusedError, match="thing_unknown"):
        access.answer_link(s, "VV2026-0001", "a99")
    with pytest.raises(UsageError, match="case_unknown"):
        access.answer_link(s, "VV2026-0099", assignment)
    verifying.answer(s, "VV2026-0001", assignment, "Đủ.", source="Ông Tám")
    with pytest.raises(RefusedError, match="answer_link_state") as told:
        access.answer_link(s, "VV2026-0001", assignment)
    assert "Đã trả lời" in wording(told.value)


def test_a_person_may_be_asked_by_link_too(home: Home, s: Sitting) -> None:
    sau = add(s, "Sáu", ROLE.UNIT, unit="bacha", password="")
    made = case_asking(s, person=sau.id)
    secret = access.answer_link(s, made.id, made.assignments[0].id)
    assert access.answer_form(home, s.db, secret, NOW).unit == "Sáu"
    answer(home, s.db, secret)
    assert s.case(made.id).assignments[0].state is AssignmentState.ANSWERED


def test_every_kind_of_link_has_a_path_of_its_own() -> None:
    assert len({kind.path("x") for kind in LinkKind}) == len(LinkKind)
    assert all(kind.path("x").startswith("/") and kind.path("x").endswith("/x") for kind in LinkKind)
