"""What holds for every page: dates as typed, headers around everything, a locked database, stand-ins, lost sessions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from desk_office import Client, Desk
from hypothesis import given
from hypothesis import strategies as st

from monitor import clock
from monitor.desk import access, editions, people, triage
from monitor.desk.hashing import Argon2
from monitor.store import events
from monitor.store.db import opened
from monitor.web import door
from monitor.web.form import Form


@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_as_it_is_written_here_whatever_day_it_is_today(day: date) -> None:
    form = Form(fields={"due": [f"{day:%d/%m/%Y}"], "at": [f"{day:%d/%m/%Y} 14:30"]})
    assert form.day("due", "Hạn") == day
    there = clock.local(form.moment("at", "Lúc") or datetime.now(UTC))
    assert (there.date(), f"{there:%H:%M}") == (day, "14:30")


@contextmanager
def locked(desk: Desk) -> Iterator[None]:
    """Somebody else is writing, and does not end."""
    with opened(desk.home.database) as db:
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            db.conn.execute("ROLLBACK")


def test_who_reads_does_not_wait_for_who_writes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = desk.client("bao")
    client.get("/viec")
    # The session was last noted long ago: its use would be written now.
    monkeypatch.setenv("MONITOR_NOW", (clock.now() + timedelta(hours=1)).isoformat())
    monkeypatch.setattr(door, "_PATIENCE", 60.0)
    with locked(desk):
        assert client.get("/viec").status_code == 200
        assert client.get("/hop-tin").status_code == 200


def test_what_could_not_be_stored_is_shown_to_be_copied(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "_PATIENCE", 0.05)
    with desk.sitting() as s:
        case = triage.open_case(s, [triage.pending(s)[0].subject], triage.Opening()).id
    client = desk.client("bao")
    words = "Đã trao đổi với Chủ tịch công đoàn cơ sở <b>"
    client.get("/tai-khoan")
    token = client.get("/tai-khoan").text.split('name="_csrf" value="')[1].split('"')[0]
    with locked(desk):
        answer = client.post(f"/vu-viec/{case}/y-kien", data={"_csrf": token, "text": words})
    assert answer.status_code == 503
    assert "Đã trao đổi với Chủ tịch công đoàn cơ sở &lt;b&gt;" in answer.text


def test_the_page_of_a_crash_has_our_headers_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*args: object, **more: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("monitor.web.pages.tasks.mine.mine", crash)
    client = Client(desk.app, base_url="http://localhost", raise_server_exceptions=False)
    client.cookies.set("phien", desk.cookie("bao"))
    answer = client.get("/viec")
    assert answer.status_code == 500
    assert "data/monitor.log" in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    for path in ("/khong-co", "/tinh/desk.css", "/api/v1/cases", "/dang-nhap"):
        assert client.get(path).headers["x-content-type-options"] == "nosniff", path


def test_a_mistake_in_the_office_s_file_is_told_on_the_page(desk: Desk) -> None:
    file = desk.home.root / "rules" / "office.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("short:", "shrt:"), encoding="utf-8")
    for path in ("/viec", "/hop-tin", "/vu-viec"):
        assert desk.client("bao").get(path).status_code == 200, path
    assert desk.client().get("/dang-nhap").status_code == 200
    told = desk.client("quan").get("/quan-tri/co-quan")
    assert told.status_code == 500
    assert "office.yaml" in told.text
    assert "data/monitor.log" not in told.text


def test_a_stand_in_comes_through_the_door_in_the_others_place_and_the_log_says_so(desk: Desk) -> None:
    with desk.sitting() as s:
        edition = editions.draft(s, "weekly")
        editions.approve(s, edition.id)
    today = clock.local(clock.now()).date()
    with opened(desk.home.database) as db:
        people.add_stand_in(db, people.person(db, "quan"), "lanh", "thu", first=today, last=today, now=clock.now())
    client = desk.client("thu")
    assert "Đang làm thay: Lê Thị Lãnh" in client.get("/viec").text
    answer = client.post_form(f"/diem-tin/{edition.id}/chi-dao", article=edition.items[0].article, note="Kiểm tra ngay")
    assert answer.status_code == 200
    with opened(desk.home.database) as db:
        directed = [one for one in events.every(db) if "direct" in one.action]
        assert {one.on_behalf for one in directed} == {people.person(db, "lanh").id}


def test_a_look_without_a_page_takes_no_message_away(desk: Desk) -> None:
    client = desk.client("bao")
    answer = client.submit("/diem-tin", "lap-weekly")
    ident = answer.url.path
    with desk.sitting() as s:
        article = editions.edition(s, ident.rpartition("/")[2]).items[0].article
    client.follow_redirects = False
    client.post_form(f"{ident}/sua", act="drop", article=article)
    client.head("/viec")
    client.follow_redirects = True
    assert "Đã bỏ một tin" in client.get(ident).text
    assert "Đã bỏ một tin" not in client.get(ident).text


def test_after_a_lost_session_the_form_that_is_offered_signs_in(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "monitor.desk.hashing.HASHER", Argon2(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    )
    with opened(desk.home.database) as db:
        access.set_password(desk.home, db, desk.person("bao").id, "một câu dài dễ nhớ 7", by=None, now=clock.now())
    client = Client(desk.app, base_url="http://localhost", follow_redirects=True)
    client.cookies.set("phien", "x" * 43)
    lost = client.post("/gui-tin", data={"title": "Một tin dài hơn hai mươi ký tự"})
    assert lost.status_code == 401
    assert "Một tin dài hơn hai mươi ký tự" in lost.text
    token = lost.text.split('name="_csrf" value="')[1].split('"')[0]
    fields = {
        "_csrf": token,
        "_form": "dang-nhap",
        "login": "bao",
        "password": "một câu dài dễ nhớ 7",
        "den": "/gui-tin",
    }
    client.cookies.delete("phien")
    assert client.post("/dang-nhap", data=fields).url.path == "/gui-tin"


def test_what_an_open_page_asks_by_itself_does_not_keep_the_session_alive(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.sitting() as s:
        case = triage.open_case(s, [triage.pending(s)[0].subject], triage.Opening()).id
    client, start = desk.client("bao"), clock.now()
    for hours in (6, 11):
        monkeypatch.setenv("MONITOR_NOW", (start + timedelta(hours=hours)).isoformat())
        assert client.get(f"/vu-viec/{case}/dang-mo").status_code == 200
    monkeypatch.setenv("MONITOR_NOW", (start + timedelta(hours=13)).isoformat())
    assert client.get("/viec").url.path == "/dang-nhap"
