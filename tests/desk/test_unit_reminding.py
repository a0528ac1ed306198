"""Reminders: each milestone once, the last that passed alone, nobody for what was due before the program was used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from threading import Event

import openpyxl
import pytest
from unit_report_making import CLERK, PRESS, UNITS, WARD, at, half, handed_in, office, sits

from monitor.config import Home
from monitor.config.unit_report import load_unit_report
from monitor.desk import unit_reminding
from monitor.desk import unit_reports as desk
from monitor.desk.unit_reminding import Mailed, milestone, remind
from monitor.errors import RefusedError
from monitor.model.delivery import Message, MessageKind
from monitor.schedule import Clockwork
from monitor.store import events, outbox, people
from monitor.store.db import Database

SMTP = "smtp:\n  host: mail.example\n  sender: bao@cd.example\nchannels: []\nprofiles: []\n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "deliver.yaml").write_text(SMTP, encoding="utf-8")
    return Home(root=tmp_path)


@pytest.fixture
def db(home: Home) -> Iterator[Database]:
    with office(home.root) as made:
        yield made


def gone(home: Home, day: str) -> list[str]:
    return [one.unit.id for one in remind(home, at(day)) if one.id]


def mails(db: Database) -> list[Message]:
    return [outbox.get(db, one.id) for one in outbox.listed(db, done=50)]


def test_each_reminder_goes_once_before_the_day_and_again_after_it(home: Home, db: Database) -> None:
    assert gone(home, "2026-07-02") == []
    assert gone(home, "2026-07-03") == ["nganh", "phuong"], "seven days before"
    assert gone(home, "2026-07-03") == gone(home, "2026-07-08") == []
    assert gone(home, "2026-07-09") == ["nganh", "phuong"], "the day before"
    assert gone(home, "2026-07-12") == []
    handed_in(sits(home.root, db, WARD, "2026-07-13"), "phuong", {"news_sent": 1})
    assert gone(home, "2026-07-17") == ["nganh"], "seven days after"
    assert gone(home, "2026-07-18") == []
    assert gone(home, "2026-08-30") == ["nganh"], "what passed while the machine stood still goes as one"
    assert gone(home, "2026-08-30") == []
    assert {one.kind for one in mails(db)} == {MessageKind.REMINDER}
    assert {one.about for one in mails(db)} == {
        "unit:nganh:2026-01-01:b7", "unit:phuong:2026-01-01:b7", "unit:nganh:2026-01-01:b1",
        "unit:phuong:2026-01-01:b1", "unit:nganh:2026-01-01:a1", "unit:nganh:2026-01-01:a7",
    }  # fmt: skip
    assert "quá hạn 51 ngày" in mails(db)[-1].text
    assert "Công đoàn ngành Giáo dục" in mails(db)[-1].subject


def test_the_next_period_ends_the_reminders_of_the_last(home: Home, db: Database) -> None:
    assert "unit:nganh:2026-01-01:a24" in {one.about for one in mails_after(home, db, "2026-12-31")}
    before = len(mails(db))
    assert gone(home, "2027-01-03") == ["nganh", "phuong"]
    assert [one.about.split(":")[2] for one in mails(db)[before:]] == ["2026-07-01"] * 2


def mails_after(home: Home, db: Database, day: str) -> list[Message]:
    remind(home, at(day))
    return mails(db)


def test_a_report_given_back_is_reminded_of_with_the_remark(home: Home, db: Database) -> None:
    made = handed_in(sits(home.root, db, WARD, "2026-07-02"), "phuong", {"news_sent": 1})
    desk.give_back(sits(home.root, db, PRESS, "2026-07-04"), made.id, "Thiếu số bài đăng")
    assert "phuong" in gone(home, "2026-07-05")
    (told,) = (one for one in mails(db) if one.about.startswith("unit:phuong"))
    assert "Thiếu số bài đăng" in told.text


def test_who_cannot_be_mailed_is_named_with_the_reason(home: Home, db: Database) -> None:
    with db.atomic():
        people.put_unit(db, replace(UNITS[1], email="hai địa chỉ; b@cd.example"))
    done = {one.unit.id: one for one in remind(home, at("2026-07-05"))}
    assert {ident: bool(one.id) for ident, one in done.items()} == {"nganh": True, "kcn": False, "phuong": False}
    assert done["kcn"].why == "chưa có địa chỉ thư"
    (home.root / "rules" / "deliver.yaml").write_text("channels: []\n", encoding="utf-8")
    assert all("máy chủ" in one.why for one in remind(home, at("2026-07-09")))


def test_nobody_is_reminded_of_what_was_due_before_the_program_was_used(home: Home, db: Database) -> None:
    assert list(events.every(db))
    assert remind(home, at("2025-07-20")) == ()


def test_milestones_are_the_last_ones_passed() -> None:
    rules = load_unit_report((Path(__file__).parents[2] / "rules",))
    due = date(2026, 7, 10)
    days = {date(2026, 7, d): milestone(rules, due, date(2026, 7, d)) for d in (2, 3, 8, 9, 10, 11, 17, 24, 30)}
    assert list(days.values()) == ["", "b7", "b7", "b1", "b1", "", "a1", "a2", "a2"]
    assert milestone(replace(rules, remind_late_days=0), due, date(2026, 9, 1)) == ""
    assert milestone(replace(rules, remind_days=(0,)), due, due) == "b0"


def test_the_form_is_handed_out_as_a_workbook_to_those_that_owe(home: Home, db: Database) -> None:
    handed_in(sits(home.root, db, WARD), "phuong", {"news_sent": 1})
    s = sits(home.root, db, CLERK)
    done = unit_reminding.hand_out(s, half(home.root))
    assert [(one.unit.id, bool(one.id)) for one in done] == [("kcn", False), ("nganh", True)]
    assert [one.id for one in unit_reminding.hand_out(s, half(home.root))] == [one.id for one in done], "once a day"
    (mail,) = mails(db)
    assert (mail.kind, mail.address) == (MessageKind.REPORT, "giaoduc@cd.example")
    assert mail.attachments[0].name == "bao-cao-nganh-2026H1.xlsx"
    book = openpyxl.load_workbook(BytesIO(outbox.body(db, mail.attachments[0].sha256)))
    assert any("Giáo dục" in str(cell.value) for row in book.worksheets[0].iter_rows(max_row=12) for cell in row)
    named = unit_reminding.hand_out(s, half(home.root), ("phuong", "coso"))
    assert [one.unit.id for one in named] == ["phuong", "coso"]
    assert all(one.id for one in named)
    for act in (lambda who: unit_reminding.hand_out(who, half(home.root)), unit_reminding.remind_now):
        with pytest.raises(RefusedError):
            act(sits(home.root, db, WARD))


def test_a_person_may_send_the_reminders_and_it_is_in_the_log(home: Home, db: Database) -> None:
    done = unit_reminding.remind_now(sits(home.root, db, CLERK, "2026-07-05"))
    refs = tuple(one.id for one in done if one.id)
    assert [one.refs for one in events.every(db) if one.action == "unit_report.remind"] == [refs]
    assert Mailed(unit=UNITS[3], why="chưa có địa chỉ thư") in done


def test_the_clock_says_how_many_it_reminded(home: Home, db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_NOW", "2026-07-03T08:20:00+07:00")
    said: list[str] = []
    work = Clockwork(home, Event(), said.append)
    work.unit_remind()
    work.unit_remind()
    assert len(said) == 1
    assert "2 thư" in said[0]
