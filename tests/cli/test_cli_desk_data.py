"""``monitor user|unit|outlet|intake`` as their caller meets them."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_running import Run
from press_server import outlet, write_home

from monitor.cli import intake, people
from monitor.cli import outlet as outlet_cli
from monitor.cli.main import commands
from monitor.config import Home
from monitor.desk.sitting import sitting
from monitor.triage.opening import open_case

CARD = (
    "--legal-name",
    "Báo Tin 24",
    "--managing-body",
    "Tỉnh ủy",
    "--authority",
    "Sở VHTTDL",
    "--address",
    "12 phố Mới",
)


@pytest.fixture(autouse=True)
def office(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one outlet, and one person at the machine."""
    monkeypatch.delenv("MONITOR_USER", raising=False)
    monkeypatch.setenv("LOGNAME", "anh.nv")
    for command in (people.user, people.unit, outlet_cli.outlet, intake.intake):
        monkeypatch.setitem(commands.commands, command.name or "", command)
    write_home(root, outlet("tin24", "{feed: http://tin24.test/rss}"))
    return root


# Persons and bodies.


def test_persons_are_added_listed_disabled_and_erased(run: Run) -> None:
    assert "Mới có một người dùng" in run("user", "list").out
    done = run("user", "add", "Trần Thị Hoa", "--role", "press", "--role", "clerk", "--login", "hoa", "--by", "u1")
    assert (done.code, "u2" in done.out) == (0, True)
    out = run("user", "list", "--by", "u1").out
    assert "u2 · Trần Thị Hoa · Cán bộ báo chí, Văn thư · hoa" in out
    run("user", "list").complains("--by")
    run("user", "add", "Ai", "--role", "press", "--by", "hoa").complains("quản trị")
    run("user", "erase", "hoa", "--by", "u1").complains("Ngừng sử dụng")
    assert run("user", "disable", "hoa", "--by", "u1").code == 0
    assert run("user", "erase", "u2").code == 0  # the only active one acts without being named
    out = run("user", "list").out
    assert "Hoa" not in out
    assert "u2" in out
    run("user", "disable", "u9").complains("u9")


def test_a_stand_in_is_kept_for_its_days(run: Run) -> None:
    run("user", "add", "Lê Văn Chín", "--role", "leader", "--by", "u1").complains("monitor user list")
    run("user", "add", "Lê Văn Chín", "--role", "leader")
    run("user", "stand-in", "u2", "u1", "--from", "1/11/2026", "--to", "30/11/2026", "--by", "u1").complains("u1", "u2")
    done = run("user", "stand-in", "u2", "u1", "--from", "01/11/2026", "--to", "2026-11-30", "--by", "u2")
    assert "u1 làm thay u2 từ 01/11/2026 đến hết 30/11/2026" in done.out
    assert "làm thay" in run("user", "list", "--by", "u1").out
    run("user", "stand-in", "u2", "u1", "--from", "9/11/2026", "--to", "1/11/2026", "--by", "u1").complains("u2")
    run("user", "stand-in", "u2", "u1", "--from", "mai", "--to", "1/11/2026", "--by", "u1").complains("mai")


def test_the_second_of_two_who_saw_one_revision_is_told(run: Run, root: Path) -> None:
    with sitting(Home(root=root)) as s, s.db.atomic():
        s.begin(open_case("VV2026-0001", "Báo nêu nợ lương", actor=s.actor, now=s.now))
    assert "(r1)" in run("case", "show", "VV2026-0001").out
    assert run("case", "comment", "VV2026-0001", "Đã gọi", "--revision", "1").code == 0
    run("case", "comment", "VV2026-0001", "Đã gọi", "--revision", "1").complains("VV2026-0001", "u1")
    assert run("case", "comment", "VV2026-0001", "Gọi lại", "--revision", "2").code == 0
    assert run("case", "comment", "VV2026-0001", "Gọi nữa").code == 0


def test_bodies_are_added_changed_exported_and_imported(run: Run, root: Path) -> None:
    assert "Chưa có đơn vị nào" in run("unit", "list").out
    words = ("--kind", "ward", "--symbol", "CĐP", "--alias", "CĐ Đông", "--alias", "Đông", "--starts", "1/7/2025")
    assert "cong-doan-phuong-dong" in run("unit", "add", "Công đoàn phường Đông", *words).out
    assert run("unit", "add", "CĐCS A", "--kind", "grassroots", "--id", "a", "--parent", "CĐ Đông").code == 0
    run("unit", "add", "Khác", "--kind", "ward", "--id", "a").complains("a", "unit change")
    assert run("unit", "change", "a", "--name", "CĐCS B", "--ends", "1/1/2026").code == 0
    out = run("unit", "list").out
    assert "a · CĐCS B · Công đoàn cơ sở · thuộc cong-doan-phuong-dong · hiện không hoạt động" in out
    assert run("unit", "change", "a", "--parent", "", "--ends", "").code == 0
    assert "a · CĐCS B · Công đoàn cơ sở\n" in run("unit", "list").out
    file = root / "don-vi.csv"
    assert run("unit", "export", "-o", str(file)).code == 0
    assert "đã có sẵn 2" in run("unit", "import", str(file)).out
    file.write_text("name,kind\nX,ward\nY,lạ\n", encoding="utf-8")
    done = run("unit", "import", str(file))
    assert (done.code, "3" in done.err, "Đã ghi 1" in done.out) == (1, True, True)
    assert run("unit", "export").out.startswith("\ufeffMã đơn vị")


# Cards.


def test_a_card_is_entered_shown_listed_and_changed(run: Run) -> None:
    assert "Chưa có phiếu" in run("outlet", "list").out
    assert "tin24" in run("outlet", "list", "--missing").out
    assert "chưa có phiếu" in run("outlet", "show", "tin24").out
    run("outlet", "show", "la").complains("la")
    run("outlet", "card", "tin24", "--legal-name", "Báo Tin 24").complains("Cơ quan chủ quản", "Địa chỉ")
    product = ("--product", "Báo Tin 24|daily_print|thứ Hai-thứ Bảy", "--product", "Truyền hình 24|tv")
    done = run("outlet", "card", "tin24", *CARD, *product, "--from", "1/1/2026")
    assert (done.code, "thứ Hai-thứ Bảy" in done.out, "Truyền hình 24" in done.out) == (0, True, True)
    assert "Cơ quan nào" in run("outlet", "list", "--missing").out
    assert "tin24 · Báo Tin 24 · Tỉnh ủy" in run("outlet", "list").out
    run("outlet", "card", "tin24", "--editor", "Nguyễn Văn A")
    run("outlet", "card", "tin24", "--address", "34 phố Cũ", "--from", "1/7/2026")
    out = run("outlet", "show", "tin24").out
    assert "từ 01/01/2026 đến hết 30/06/2026" in out
    assert out.count("Nguyễn Văn A") == 2
    assert (out.count("12 phố Mới"), out.count("34 phố Cũ")) == (1, 1)
    assert "sources.yaml" in run("outlet", "card", "bao-la", *CARD).out
    run("outlet", "card", "tin24", "--product", "gì đó").complains("gì đó")


@pytest.mark.parametrize("name", ["phieu.csv", "phieu.json"])
def test_cards_go_out_and_come_in(run: Run, root: Path, name: str) -> None:
    run("outlet", "card", "tin24", *CARD, "--phone", "+84 214 3840034")
    file = root / name
    assert run("outlet", "export", "-o", str(file)).code == 0
    first = file.read_bytes()
    assert "đã có sẵn 1" in run("outlet", "import", str(file)).out
    run("outlet", "export", "-o", str(file))
    assert file.read_bytes() == first
    run("outlet", "import", str(root / "khong-co.csv")).complains("khong-co.csv")
    file.write_bytes(b"\xff\xfe\xfd")
    run("outlet", "import", str(file)).complains("UTF-8")


def test_a_bad_line_of_cards_is_told_and_the_exit_code_says_so(run: Run, root: Path) -> None:
    file = root / "phieu.csv"
    head = "outlet;legal_name;managing_body;authority;address;valid_from\n"
    file.write_text(head + "tin24;Báo;Tỉnh ủy;Sở;12;1/1/2026\ntin24;Báo;;Sở;12;1/1/2026\n", encoding="utf-8")
    done = run("outlet", "import", str(file))
    assert (done.code, "Đã ghi 1" in done.out) == (1, True)
    assert "Cơ quan chủ quản" in done.err
    assert "3" in done.err


# Items by hand.


def test_items_by_hand_are_entered_and_listed(run: Run, root: Path) -> None:
    assert "Chưa có tin nào" in run("intake", "list").out
    scan = root / "trang5.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n" + b"anh" * 50)
    words = ("--outlet", "tin24", "--date", "05/11/2026", "--page", "5", "--title", "Quỹ công đoàn đi đâu?")
    done = run("intake", "print", *words, "--text", "-", "--file", str(scan), stdin="Gọi 0912345678.".encode())
    assert (done.code, "b1" in done.out) == (0, True)
    assert "đã nhập từ trước" in run("intake", "print", *words).out
    on_air = ("--outlet", "Đài Tỉnh A", "--medium", "radio", "--programme", "Thời sự", "--title", "Tin sáng")
    run("intake", "broadcast", *on_air, "--at", "2026-11-05").complains("giờ phát")
    done = run("intake", "broadcast", *on_air, "--at", "2026-11-05 18:30", "--why-missed", "other", "--why-note", "đài")
    assert (done.code, "bản quét hoặc ghi âm" in done.out, "Đài Tỉnh A" in done.out) == (0, True, True)
    post = ("--account", "Trang Tin Nhanh", "--at", "6/11/2026 20:00", "--title", "Công đoàn ăn chặn")
    assert run("intake", "social", "--link", "https://mang.test/1", *post).code == 0
    run("intake", "social", "--link", "mang", *post, "--relevance", "union").complains("mang")
    out = run("intake", "list", "--since", "5/11/2026", "--until", "2026-11-05").out
    assert "05/11/2026 · Báo in ra hằng ngày" in out
    assert "05/11/2026 18:30 · Phát thanh · Đài Tỉnh A · Thời sự" in out
    assert "Trang Tin Nhanh" not in out
    assert "•••••••678" in out
    assert "0912345678" not in out


def test_a_table_of_items_is_taken_and_bad_lines_are_told(run: Run, root: Path) -> None:
    file = root / "tin.csv"
    head = "medium,outlet,at,title\n"
    file.write_text(head + "daily_print,tin24,05/11/2026,Một\nradio,tin24,05/11/2026,Hai\n", encoding="utf-8")
    done = run("intake", "csv", str(file))
    assert (done.code, "Đã ghi 1" in done.out) == (1, True)
    assert "giờ phát" in done.err
    assert "why_missed" in run("intake", "csv", "--help").out
