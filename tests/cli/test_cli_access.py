"""Ways in by the command line: passwords, links, sessions, tokens, links to answer forms."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from cli.cli_running import Done, Run, runner
from desk.access_making import GOOD, case_asking
from press_server import NOW, outlet, write_home

from monitor.config import Home
from monitor.desk import access, hashing, people
from monitor.desk.hashing import Argon2
from monitor.desk.sitting import sitting
from monitor.model.people import Unit, UnitKind
from monitor.store.db import opened


@pytest.fixture
def home(root: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv("MONITOR_USER", raising=False)
    monkeypatch.setenv("LOGNAME", "anh.nv")
    cheap = Argon2(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    monkeypatch.setattr(hashing, "HASHER", cheap)
    return write_home(root, outlet("tin24", "{feed: http://tin24.test/rss}"))


@pytest.fixture
def run(home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    made = runner(monkeypatch, capsys, home.root)
    assert made("user", "list").code == 0  # whoever sits here is the first person
    return made


def enter(home: Home, login: str, password: str) -> str:
    with opened(home.database) as db:
        return access.sign_in(home, db, login, password, address="10.0.0.7", device="", agent="Firefox", now=NOW).secret


def test_a_password_is_read_from_standard_input(home: Home, run: Run) -> None:
    done = run("user", "password", "u1", "-", stdin=f"{GOOD}\n".encode())
    assert done.code == 0, done
    assert "u1" in done.out and "anh.nv" in done.out
    assert GOOD not in done.out
    assert enter(home, "anh.nv", GOOD)
    run("user", "password", "u1", "-", stdin=b"matkhau123\n").complains("hay bị đoán")
    run("user", "password", "ai", "-", stdin=b"x").complains("Không có người “ai”")
    run("user", "password", "u1").complains("dấu -")


def test_at_a_terminal_it_is_typed_twice_without_being_shown(
    home: Home, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed: list[str] = []
    asked: list[bool] = []

    def prompt(text: str, *, hide_input: bool) -> str:
        asked.append(hide_input)
        return typed.pop(0)

    monkeypatch.setattr("monitor.cli.access.click.prompt", prompt)
    monkeypatch.setattr("monitor.cli.access._terminal", lambda: True)
    typed += [GOOD, GOOD + "?"]
    run("user", "password", "u1").complains("không giống nhau")
    typed += [GOOD, GOOD]
    assert run("user", "password", "u1").code == 0
    assert asked == [True] * 4
    assert enter(home, "anh.nv", GOOD)


def test_a_link_to_set_a_password_is_printed_once(home: Home, run: Run) -> None:
    assert run("user", "add", "Hoa", "--role", "press", "--login", "hoa").code == 0
    done = run("user", "link", "Hoa", "--by", "u1")
    assert done.code == 0, done
    secret = last(done, r"/dat-mat-khau/([\w-]{43})")
    with opened(home.database) as db:
        assert access.use_password_link(home, db, secret, GOOD, now=NOW).login == "hoa"
    run("user", "link", "u1", "--by", "hoa").complains("người quản trị")


def last(done: Done, pattern: str) -> str:
    found = re.fullmatch(pattern, done.out.splitlines()[-1])
    assert found, done
    return found[1]


def test_sessions_are_listed_and_ended(home: Home, run: Run) -> None:
    assert "Không có phiên" in run("user", "sessions", "u1").out
    run("user", "password", "u1", "-", stdin=GOOD.encode())
    enter(home, "anh.nv", GOOD)
    line = run("user", "sessions", "u1").out
    assert "08/11/2026 08:00" in line and "10.0.0.7" in line and "Firefox" in line
    assert "1 phiên" in run("user", "sessions", "u1", "--end").out
    assert "Không có phiên" in run("user", "sessions", "u1").out


def test_a_token_is_made_and_ended(home: Home, run: Run) -> None:
    secret = last(run("user", "token", "u1"), r"([\w-]{43})")
    with opened(home.database) as db:
        found = access.token_person(db, secret, NOW)
        assert found is not None and found.id == "u1"
    assert "Đã hủy" in run("user", "token", "u1", "--end").out
    assert "không có mã" in run("user", "token", "u1", "--end").out


def test_a_link_to_an_answer_form_is_made_where_the_assignment_is(home: Home, run: Run) -> None:
    with sitting(home) as s:
        people.put_unit(s.db, s.actor, Unit(id="bacha", name="CĐ xã Bắc Hà", kind=UnitKind.WARD), now=s.now)
        made = case_asking(s, unit="bacha")
    done = run("case", "answer-link", made.id.lower(), made.assignments[0].id)
    assert done.code == 0, done
    secret = last(done, r"/tra-loi/([\w-]{43})")
    with opened(home.database) as db:
        assert access.answer_form(home, db, secret, NOW).unit == "CĐ xã Bắc Hà"
    run("case", "answer-link", made.id, "a99").complains("a99")
    run("case", "answer-link", made.id, made.assignments[0].id, "--revision", "1").complains("")
