"""The first minutes: the link printed at the first start, the first administrator, opening to the office's network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from desk_office import Client

from monitor import clock
from monitor.config import Home, init, load_web
from monitor.desk import access
from monitor.desk.hashing import Argon2
from monitor.errors import UsageError
from monitor.store import people as store
from monitor.store.db import opened
from monitor.web import build, served

PASSWORD = "một câu dài dễ nhớ 7"


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A new folder with nobody in it; hashing is cheap."""
    cheap = Argon2(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    monkeypatch.setattr("monitor.desk.hashing.HASHER", cheap)
    init(tmp_path / "home")
    return Home(root=tmp_path / "home")


def first_path(home: Home) -> str:
    said: list[str] = []
    with served(home, "127.0.0.1", 0, said.append) as base:
        assert httpx.get(f"{base}/dang-nhap").status_code == 200
    link = next(line for line in said if "/bat-dau/" in line)
    return "/bat-dau/" + link.rpartition("/bat-dau/")[2].strip()


def test_the_link_printed_at_the_first_start_makes_the_first_administrator_once(fresh: Home) -> None:
    path = first_path(fresh)
    client = Client(build(fresh, load_web(fresh.rules)), base_url="http://localhost", follow_redirects=True)
    client.submit(path, "bat-dau", name="Nguyễn Thị Mở", login="mo", password=PASSWORD, again=PASSWORD)
    assert "Nguyễn Thị Mở" in client.get("/tai-khoan").text
    again = Client(build(fresh, load_web(fresh.rules)), base_url="http://localhost").get(path)
    assert again.status_code == 403
    with opened(fresh.database) as db:
        assert len(store.every(db)) == 1
        assert access.first_link(fresh, db, clock.now()) is None


def test_a_refused_first_form_keeps_what_was_typed_but_no_password(fresh: Home) -> None:
    path = first_path(fresh)
    client = Client(build(fresh, load_web(fresh.rules)), base_url="http://localhost", follow_redirects=True)
    answer = client.submit(path, "bat-dau", name="Nguyễn Thị Mở", login="mo", password=PASSWORD, again="khác hẳn")
    assert answer.status_code == 422
    assert "không giống nhau" in answer.text
    assert 'value="Nguyễn Thị Mở"' in answer.text
    assert PASSWORD not in answer.text


def test_nobody_opens_the_desk_to_the_network_before_there_is_a_password(fresh: Home) -> None:
    with pytest.raises(UsageError, match="desk_needs_password"), served(fresh, "0.0.0.0", 0, lambda line: None):
        pass


def test_a_taken_port_is_told_with_the_way_out(fresh: Home) -> None:
    with served(fresh, "127.0.0.1", 0, lambda line: None) as base:
        port = int(base.rpartition(":")[2])
        with pytest.raises(UsageError, match="desk_port"), served(fresh, "127.0.0.1", port, lambda line: None):
            pass


def test_a_person_signs_in_is_led_where_he_wanted_and_signs_out(fresh: Home) -> None:
    client = Client(build(fresh, load_web(fresh.rules)), base_url="http://localhost", follow_redirects=True)
    client.submit(first_path(fresh), "bat-dau", name="Mở", login="mo", password=PASSWORD, again=PASSWORD)
    other = Client(build(fresh, load_web(fresh.rules)), base_url="http://localhost", follow_redirects=True)
    wrong = other.submit("/dang-nhap?den=/tai-khoan", "dang-nhap", login="mo", password="sai hoàn toàn")
    assert wrong.status_code == 422
    assert 'value="mo"' in wrong.text
    answer = other.submit("/dang-nhap?den=/tai-khoan", "dang-nhap", login="mo", password=PASSWORD)
    assert answer.url.path == "/tai-khoan"
    other.post_form("/dang-xuat")
    assert other.get("/tai-khoan").url.path == "/dang-nhap"


def test_somebody_signs_in_in_a_real_browser_without_javascript(fresh: Home, chromium: Any, tmp_path: Path) -> None:
    with served(fresh, "127.0.0.1", 0, lambda line: None) as base:
        with opened(fresh.database) as db:
            path = "/bat-dau/" + str(access.first_link(fresh, db, clock.now()))
        context = chromium.new_context(java_script_enabled=False, locale="vi-VN")
        page = context.new_page()
        page.goto(base + path)
        page.get_by_label("Họ và tên").fill("Nguyễn Thị Mở")
        page.get_by_label("Tên đăng nhập").fill("mo")
        page.get_by_label("Mật khẩu", exact=False).first.fill(PASSWORD)
        page.get_by_label("Nhập lại mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Bắt đầu").click()
        page.wait_for_url(f"{base}/*")
        page.goto(f"{base}/tai-khoan")
        assert page.get_by_role("link", name="Nguyễn Thị Mở").count() == 1
        context.close()
