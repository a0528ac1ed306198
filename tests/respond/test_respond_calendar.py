"""The working calendar: proposals, the file, confirming it, and the commands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from monitor.cli.calendar import calendar as commands
from monitor.config import Home, shipped
from monitor.config.calendar import load_calendar, parse_calendar, with_year
from monitor.desk import calendar as desk
from monitor.desk import people
from monitor.desk.sitting import Sitting, sitting
from monitor.errors import ConfigError, MonitorError, UsageError
from monitor.labels import wording
from monitor.model.calendar import NamedDay, NationalDay, WorkCalendar, WorkYear
from monitor.model.law import Certainty
from monitor.model.people import OfficeRole, Unit, UnitKind
from monitor.respond.propose import EARLIEST, LATEST, amended, filled, propose
from monitor.store import events

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
SHIPPED = shipped() / "rules" / "calendar.yaml"
TEXT = SHIPPED.read_text(encoding="utf-8")
RULES = parse_calendar(TEXT, "calendar.yaml")


def days(year: WorkYear) -> set[date]:
    return {day.on for day in year.off}


# Proposals.


def test_the_proposal_knows_what_the_library_forgets() -> None:
    year = propose(RULES, 2026)
    assert {date(2026, 1, 1), date(2026, 1, 2), date(2026, 8, 31), date(2026, 11, 24)} <= days(year)
    assert {day.on for day in year.worked} == {date(2026, 1, 10), date(2026, 8, 22)}
    assert not year.confirmed


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2026, "16/2 17/2 18/2 19/2 20/2 26/4 27/4 30/4 1/5 1/9 2/9"),
        (2027, "1/1 5/2 6/2 7/2 8/2 9/2 16/4 30/4 1/5 3/5 2/9 3/9 24/11"),
        (2028, "3/1 25/1 26/1 27/1 28/1 4/4 30/4 1/5 2/5 2/9 24/11"),
    ],
)  # fmt: skip
def test_tet_gio_to_and_the_other_days_are_proposed(year: int, expected: str) -> None:
    wanted = {date(year, int(month), int(day)) for day, month in (part.split("/") for part in expected.split())}
    assert wanted <= days(propose(RULES, year))


def test_the_day_of_culture_is_added_where_the_library_lacks_such_a_day_and_moves_off_a_weekend() -> None:
    day = NationalDay(month=10, day=17, name="Ngày thử", first=2026, last=2027, status=Certainty.MEMORY)
    cal = WorkCalendar(extra=(day,))  # 17/10/2026 is a Saturday, 17/10/2027 a Sunday
    assert {date(2026, 10, 17), date(2026, 10, 19)} <= days(propose(cal, 2026))
    assert {date(2027, 10, 17), date(2027, 10, 18)} <= days(propose(cal, 2027))
    assert date(2025, 10, 17) not in days(propose(cal, 2025))
    assert date(2028, 10, 17) not in days(propose(cal, 2028))
    before = [day.on for day in propose(RULES, 2026).off]
    assert before.count(date(2026, 11, 24)) == 1


def test_every_year_within_reach_can_be_proposed_and_no_other() -> None:
    for year in (EARLIEST, 2017, 2024, LATEST):
        proposed = propose(RULES, year)
        assert {date(year, 1, 1), date(year, 4, 30), date(year, 9, 2)} <= days(proposed)
        assert all(day.on.weekday() >= 5 for day in proposed.worked)
        assert not days(proposed) & {day.on for day in proposed.worked}
    for year in (EARLIEST - 1, LATEST + 1):
        with pytest.raises(UsageError, match="calendar_year_range"):
            propose(RULES, year)


def test_filling_adds_only_the_years_that_are_missing() -> None:
    whole = filled(RULES, range(2024, 2029))
    assert [year.year for year in whole.years] == [2024, 2025, 2026, 2027, 2028]
    assert whole.year(2026) is RULES.year(2026)
    assert filled(RULES, (2026, 1800)) is RULES


# What the office says of single days.


def said(*on: date, name: str = "") -> list[NamedDay]:
    return [NamedDay(on=day, name=name) for day in on]


def test_the_office_s_word_goes_before_the_proposal() -> None:
    base = propose(RULES, 2026)
    year = amended(base, said(date(2026, 8, 22), date(2026, 12, 31), name="Nghỉ"), said(date(2026, 11, 24)))
    assert {date(2026, 8, 22), date(2026, 12, 31)} <= days(year)
    assert date(2026, 11, 24) not in days(year)
    assert [day.on for day in year.worked] == [date(2026, 1, 10)]
    year = amended(base, [], said(date(2026, 12, 26)))
    assert date(2026, 12, 26) in {day.on for day in year.worked}


@pytest.mark.parametrize(
    ("key", "off", "worked"),
    [
        ("calendar_said_both", said(date(2026, 12, 26)), said(date(2026, 12, 26))),
        ("calendar_said_twice", said(date(2026, 12, 26), date(2026, 12, 26)), []),
        ("calendar_said_year", said(date(2027, 1, 1)), []),
        ("calendar_said_year", [], said(date(2025, 12, 27))),
        ("calendar_said_worked", [], said(date(2026, 12, 23))),
    ],
)
def test_a_contradiction_is_refused(key: str, off: list[NamedDay], worked: list[NamedDay]) -> None:
    with pytest.raises(UsageError) as told:
        amended(propose(RULES, 2026), off, worked)
    assert told.value.key == key
    assert "/2" in wording(told.value)


# The file.


def test_the_shipped_years_are_the_proposals_and_nobody_has_confirmed_them() -> None:
    assert [year.year for year in RULES.years] == [2026, 2027]
    for year in RULES.years:
        assert not RULES.confirmed(year.year)
        assert year == propose(RULES, year.year)


def signed(year: int) -> WorkYear:
    base = propose(RULES, year)
    return WorkYear(
        year=year, off=base.off, worked=base.worked, confirmed=True, by='Bà "Hà" # thử', at=date(2026, 11, 21)
    )


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_a_year_is_put_into_the_text_and_every_other_line_stays(year: int) -> None:
    marked = TEXT.replace("  - year: 2027\n", "  # ghi chú của văn phòng\n  - year: 2027\n")
    changed = with_year(marked, "x", signed(year))
    assert parse_calendar(changed, "x").year(year) == signed(year)
    for other in {2026, 2027} - {year}:
        assert parse_calendar(changed, "x").year(other) == RULES.year(other)
    assert "  # ghi chú của văn phòng\n" in changed
    assert changed.startswith(marked[: marked.index("years:")])
    assert with_year(changed, "x", signed(year)) == changed


@pytest.mark.parametrize(
    "text",
    [
        "extra: []\n", "years:\n", "years: []\n", "years: ~", "years:\n- year: 2025\n", "extra: []\nyears:\n# cuối\n",
        "years:\n    - {year: 2026, days_off: []}\n    # cuối\nswaps: []\n",
        "swaps: []\r\nyears:\r\n  - year: 2026\r\n",
    ],
)  # fmt: skip
def test_any_tidy_file_takes_a_year(text: str) -> None:
    changed = with_year(text, "x", signed(2026))
    assert parse_calendar(changed, "x").year(2026) == signed(2026)
    assert ("# cuối" in changed) is ("# cuối" in text)
    assert with_year(changed, "x", signed(2026)) == changed
    if "\r\n" in text:
        assert changed.count("\n") == changed.count("\r\n")


def test_years_in_brackets_cannot_be_added_to() -> None:
    with pytest.raises(ConfigError, match="config_flow_list"):
        with_year("years: [{year: 2025}]\n", "x", signed(2026))


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("calendar_year_twice", "years:\n  - year: 2026\n  - year: 2026\n"),
        ("calendar_both", "years:\n  - year: 2026\n    days_off: [{date: 2026-01-10, name: a}]\n"
                          "    days_worked: [{date: 2026-01-10, name: b}]\n"),
        ("calendar_worked_weekday", "years:\n  - year: 2026\n    days_worked: [{date: 2026-01-09, name: b}]\n"),
        ("calendar_worked_weekday", "swaps:\n  - {day_off: 2026-01-02, day_worked: 2026-01-09, status: V}\n"),
        ("calendar_other_year", "years:\n  - year: 2026\n    days_off: [{date: 2025-12-31, name: a}]\n"),
        ("calendar_day_twice", "years:\n  - year: 2026\n    days_off:\n      - {date: 2026-01-01, name: a}\n"
                               "      - {date: 2026-01-01, name: b}\n"),
        ("calendar_unsigned", "years:\n  - year: 2026\n    confirmed: true\n    by: Hà\n"),
        ("law_not_boolean", "years:\n  - year: 2026\n    confirmed: có\n"),
        ("config_bad_day", "years:\n  - year: 2026\n    days_off: [{date: 2026-02-30, name: a}]\n"),
        ("config_bad_day", "extra:\n  - {month: 2, day: 29, name: a, first: 2026, status: V}\n"),
        ("config_unknown_key", "years:\n  - year: 2026\n    holiday: []\n"),
        ("config_missing_key", "years:\n  - confirmed: false\n"),
        ("config_out_of_range", "years:\n  - year: 20266\n"),
        ("config_not_list", "years: 2026\n"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_file_is_told_with_its_line(key: str, text: str) -> None:
    with pytest.raises(ConfigError) as told:
        parse_calendar(text, "calendar.yaml")
    assert told.value.key == key
    assert wording(told.value).startswith("calendar.yaml, dòng ")


# Confirming at the desk.


def test_confirming_writes_into_the_working_folder_and_leaves_the_shipped_rules_alone(tmp_path: Path) -> None:
    home = Home(root=tmp_path)
    year, file = desk.confirm(home, desk.draft(home, 2027, said(date(2027, 2, 3)), []), "  Nguyễn  Văn A ", NOW)
    assert file == tmp_path / "rules" / "calendar.yaml"
    assert SHIPPED.read_text(encoding="utf-8") == TEXT
    assert (year.by, year.at) == ("Nguyễn Văn A", date(2026, 11, 21))
    cal = load_calendar(home.rules)
    assert cal.year(2027) == year
    assert cal.confirmed(2027)
    assert not cal.confirmed(2026)
    assert cal.off(date(2027, 2, 3))
    assert [path.name for path in file.parent.iterdir()] == ["calendar.yaml"]


def test_a_confirmation_needs_a_name(tmp_path: Path) -> None:
    home = Home(root=tmp_path)
    with pytest.raises(UsageError, match="calendar_no_name"):
        desk.confirm(home, desk.draft(home, 2027, [], []), "  ", NOW)
    assert not (tmp_path / "rules").exists()


def test_the_desk_s_calendar_reaches_back_and_ahead_without_confirming_anything(tmp_path: Path) -> None:
    cal = desk.working_calendar(Home(root=tmp_path), NOW)
    assert [year.year for year in cal.years] == list(range(2017, 2030))
    assert not any(cal.confirmed(year.year) for year in cal.years)
    assert cal.off(date(2024, 4, 29))
    assert not cal.off(date(2024, 5, 4))
    assert desk.press_law(Home(root=tmp_path)).on(date(2026, 7, 1))


# The commands.


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    monkeypatch.delenv("MONITOR_USER", raising=False)
    monkeypatch.setenv("MONITOR_NOW", "2026-11-21T09:00:00+07:00")

    def call(*words: str) -> Result:
        result = CliRunner().invoke(commands, words)
        if result.exception is not None and not isinstance(result.exception, SystemExit | MonitorError):
            raise result.exception
        return result

    return call


def test_calendar_alone_shows_this_year_and_a_number_another(run) -> None:
    assert "năm 2026: CHƯA XÁC NHẬN" in run().output
    assert "năm 2027" in run("2027").output
    assert run("show", "2027").output == run("2027").output
    assert "thứ Bảy ngày 22/08/2026 · Làm bù cho ngày 31/08/2026" in run("show").output


def test_a_proposal_is_shown_and_nothing_is_written(run, tmp_path: Path) -> None:
    output = run("propose", "2028").output
    assert "Ngày Giỗ Tổ Hùng Vương" in output
    assert not list(tmp_path.iterdir())


@pytest.fixture
def office(run, tmp_path: Path) -> Iterator[Sitting]:
    """Persons of every role; the first one keeps the program."""
    with sitting(Home(root=tmp_path)) as s:
        people.put_unit(s.db, s.actor, Unit(id="bacha", name="CĐ Bắc Hà", kind=UnitKind.WARD), now=s.now)
        for name, role, unit in (
            ("Bà Hà", OfficeRole.LEADER, ""), ("Văn thư", OfficeRole.CLERK, ""), ("Đơn vị", OfficeRole.UNIT, "bacha"),
            ("Chủ tịch đơn vị", OfficeRole.LEADER, "bacha"), ("Báo chí", OfficeRole.PRESS, ""),
        ):  # fmt: skip
            people.add_person(s.db, s.actor, name, (role,), unit=unit, now=s.now)
        yield s


def test_who_confirms_a_year_is_in_the_log(run, office: Sitting) -> None:
    assert run("confirm", "2027", "--by", "Báo chí").exit_code == 0
    last = list(events.every(office.db))[-1]
    assert (last.action, last.actor, last.refs) == ("calendar.confirm", "u6", ("2027",))


@pytest.mark.parametrize(
    ("who", "key"),
    [
        ("Văn thư", "calendar_role"),
        ("Đơn vị", "calendar_role"),
        ("Chủ tịch đơn vị", "calendar_role"),
        ("Ai", "actor_unknown"),
    ],
)
def test_who_may_not_confirm_a_year_changes_no_date(run, office: Sitting, tmp_path: Path, who: str, key: str) -> None:
    result = run("confirm", "2027", "--by", who)
    assert isinstance(result.exception, MonitorError)
    assert result.exception.key == key
    assert not (tmp_path / "rules").exists()
    assert "calendar.confirm" not in {event.action for event in events.every(office.db)}


def test_a_year_that_cannot_be_written_is_not_in_the_log(office: Sitting, tmp_path: Path) -> None:
    (tmp_path / "rules").write_text("", encoding="utf-8")  # a file where the folder would be
    with pytest.raises(MonitorError):
        desk.sign(office, desk.draft(office.home, 2027, [], []))
    assert "calendar.confirm" not in {event.action for event in events.every(office.db)}


def test_a_year_is_confirmed_with_a_full_look_at_it(run, office: Sitting, tmp_path: Path) -> None:
    result = run("confirm", "2027", "--off", "2027-02-03=Nghỉ hoán đổi", "--worked", "13/02/2027", "--by", "Bà Hà")
    assert result.exit_code == 0
    assert "thứ Tư ngày 03/02/2027 · Nghỉ hoán đổi" in result.output
    assert "thứ Bảy ngày 13/02/2027 · Làm bù theo thông báo" in result.output
    assert str(tmp_path) in result.output
    assert "Bà Hà xác nhận ngày 21/11/2026" in run("2027").output


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (("confirm", "2027", "--off", "2027-02-13", "--worked", "2027-02-13"), "calendar_said_both"),
        (("confirm", "2027", "--off", "2026-12-31"), "calendar_said_year"),
        (("confirm", "2027", "--off", "ngày kia"), "bad_date"),
        (("confirm", "2200"), "calendar_year_range"),
        (("propose", "1900"), "calendar_year_range"),
        (("due", "--from", "hôm nào"), "bad_date"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    run, tmp_path: Path, words: tuple[str, ...], key: str
) -> None:
    result = run(*words)
    assert isinstance(result.exception, MonitorError)
    assert result.exception.key == key
    assert not list(tmp_path.iterdir())


def test_a_deadline_is_told_with_its_computation_and_its_basis(run) -> None:
    output = run("due", "--from", "20/11/2026 18:30", "--medium", "tv").output
    assert "Đăng ý kiến phản hồi: hết ngày thứ Hai ngày 23/11/2026" in output
    assert "18 giờ 30 thứ Sáu ngày 20/11/2026" in output
    assert "Căn cứ: Khoản 1 Điều 21 Nghị định 237/2026/NĐ-CP" in output
    assert "chưa được cơ quan xác nhận" in output
    assert (
        "thứ Năm ngày 26/11/2026" in run("due", "--from", "2026-11-21", "--medium", "weekly", "--weekday", "5").output
    )
    assert "không có mốc ngày" in run("due", "--from", "2026-11-21").output
    assert "Tạm tính" in run("due", "--from", "2026-11-21", "--medium", "tv", "--sent").output
    for kind in ("answer", "correction", "forward_answer", "own_verify", "press_conference_notice"):
        assert "Căn cứ: " in run("due", "--from", "2026-11-21", "--kind", kind).output


def test_every_day_off_of_a_confirmed_year_is_read_back_as_it_was(tmp_path: Path) -> None:
    home = Home(root=tmp_path)
    for number in range(2025, 2031):
        desk.confirm(home, desk.draft(home, number, [], []), "Văn phòng", NOW)
    cal = load_calendar(home.rules)
    assert [year.year for year in cal.years] == list(range(2025, 2031))
    for year in cal.years:
        assert year.off == propose(RULES, year.year).off
        assert year.confirmed
