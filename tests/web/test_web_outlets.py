"""Cơ quan báo chí: who stands behind each, its cards by date, tables in and out, and how it answered before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from bs4 import BeautifulSoup
from desk_office import Desk
from one_place import placed
from press_server import outlet

from monitor import clock
from monitor.desk import cards, moving, triage
from monitor.model.card import OutletCard
from monitor.model.request import AddresseeKind, Demand, DemandKind, DemandResult, Request
from monitor.store import cases

TODAY = clock.local(clock.now()).date()
GOOD = {
    "legal_name": "Báo Không", "managing_body": "Hội A", "authority": "Bộ VHTTDL", "address": "1 phố B",
    "valid_from": "01/10/2026",
}  # fmt: skip


@pytest.fixture
def desk(_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A fresh office, always at one place."""
    return placed(_made, tmp_path_factory.getbasetemp())


@pytest.fixture
def bare(desk: Desk) -> Desk:
    """Only the outlets of the invented items are watched."""
    told = [outlet(f"bao{n}", f"{{feed: http://bao{n}.example/rss}}") for n in range(3)]
    desk.home.sources_file.write_text("outlets:\n" + "".join(told), encoding="utf-8")
    return desk


def soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def words(answer: Any) -> str:
    return " ".join(soup(answer).get_text(" ").split())


def card(**more: Any) -> OutletCard:
    base = OutletCard(
        outlet="bao0", legal_name="Báo Không", managing_body="Hội A", authority="Bộ", address="1 phố B",
        valid_from=date(2026, 1, 1),
    )  # fmt: skip
    return replace(base, **more)


def asked(desk: Desk) -> str:
    """A case with a request to bao0: one demand refused, one open."""
    with desk.sitting() as s:
        ident = triage.open_case(s, [triage.pending(s)[0].subject], triage.Opening(title="Vụ <b>thử</b>")).id
        case = cases.get(s.db, ident)
        assert case is not None
        sent = s.now - timedelta(days=9)
        one = Request(
            id="r1", addressee=AddresseeKind.PRESS, name="Báo", outlet="bao0", issuer="ld", sent=sent, received=sent,
            demands=(
                Demand(id="r1.1", kind=DemandKind.ANSWER, result=DemandResult.REFUSED, on=TODAY),
                Demand(id="r1.2", kind=DemandKind.CORRECT),
            ),
            made=sent, by=s.actor.id,
        )  # fmt: skip
        with s.db.atomic():
            after = replace(case, requests=(one,), revision=case.revision + 1)
            cases.put(s.db, after, before=case.revision, actor=s.actor.id, now=s.now)
    return ident


def test_the_office_reads_the_list_and_nobody_else_does(bare: Desk) -> None:
    for role, status in (("leader", 200), ("press", 200), ("clerk", 200), ("unit", 403), ("admin", 403)):
        for path in ("/co-quan", "/co-quan/bao0"):
            assert bare.role(role).get(path).status_code == status
    page = bare.role("press").get("/co-quan")
    assert [row["id"] for row in soup(page).select("tr[data-row]")] == ["o-bao0", "o-bao1", "o-bao2"]
    assert bare.role("press").get("/co-quan/khong-co").status_code == 404


def test_filters_narrow_the_list_and_an_empty_one_says_so(bare: Desk) -> None:
    client = bare.role("press")
    assert len(soup(client.get("/co-quan?q=bao1")).select("tr[data-row]")) == 1
    assert len(soup(client.get("/co-quan?phieu=chua")).select("tr[data-row]")) == 3
    for query in ("phieu=co", "loai=social", "q=khongthay"):
        assert "Không có cơ quan báo chí nào khớp" in client.get(f"/co-quan?{query}").text


def test_a_card_is_kept_and_a_later_one_ends_it(bare: Desk) -> None:
    client = bare.role("clerk")
    products = "Báo in Không | Báo in ra hằng ngày | thứ Hai-thứ Bảy\nKhông điện tử | online"
    done = client.submit("/co-quan/bao0", "phieu", **GOOD, products=products)
    assert "Đã lưu phiếu, có hiệu lực từ 01/10/2026." in words(done)
    assert "Báo in Không – Báo in ra hằng ngày: thứ Hai-thứ Bảy" in words(done)
    assert soup(done).find("textarea", {"name": "products"}).text.strip().count("\n") == 1
    later = client.submit("/co-quan/bao0", "phieu", address="2 phố C", valid_from="05/11/2026")
    assert "Phiếu từ 05/11/2026" in words(later)
    assert "Phiếu từ 01/10/2026 đến hết 04/11/2026" in words(later)
    with bare.sitting() as s:
        first, second = cards.history(s, "bao0")
    assert (first.address, second.address, second.products) == ("1 phố B", "2 phố C", first.products)
    assert "Phiếu không có gì thay đổi" in client.submit("/co-quan/bao0", "phieu", valid_from="05/11/2026").text


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"address": ""}, "Thiếu Địa chỉ"),
        ({"valid_from": ""}, "Thiếu Có hiệu lực từ"),
        ({"valid_from": "hôm kia"}, "hôm kia"),
        ({"email": "khong phai thu"}, "khong phai thu"),
        ({"corrections": "javascript:alert(1)"}, "không phải địa chỉ trang"),
        ({"products": "chỉ có tên"}, "chỉ có tên"),
    ],
)
def test_a_card_that_cannot_be_is_refused_and_stays_typed(bare: Desk, changed: dict[str, str], why: str) -> None:
    answer = bare.role("press").submit("/co-quan/bao0", "phieu", **{**GOOD, "editor": "Bà <i>Tổng</i>", **changed})
    assert answer.status_code == 422
    form = soup(answer).find("form", id="phieu")
    assert why in form.select_one(".wrong").get_text()
    assert form.find("input", {"name": "editor"})["value"] == "Bà <i>Tổng</i>"
    with bare.sitting() as s:
        assert cards.every(s) == []


def test_an_outlet_that_nobody_knows_yet_gets_a_card(bare: Desk) -> None:
    client = bare.role("press")
    refused = client.submit("/co-quan?q=bao1", "phieu-moi", **GOOD, outlet="Mã có dấu")
    assert refused.status_code == 422
    assert "không dùng được" in refused.text
    assert len(soup(refused).select("tr[data-row]")) == 1
    done = client.submit("/co-quan", "phieu-moi", **GOOD, outlet="bao-giay")
    assert "Báo Không" in soup(done).h1.text
    assert "chưa có trong sources.yaml" in words(done)


def test_cards_go_out_as_a_table_and_come_in_with_bad_lines_told(bare: Desk) -> None:
    with bare.sitting() as s:
        cards.put(s, card(legal_name="=HYPERLINK(1)", note="<script>alert(1)</script>"))
    client = bare.role("press")
    table = client.get("/co-quan/tat-ca/phieu.csv")
    assert "attachment" in table.headers["content-disposition"]
    assert "'=HYPERLINK" in table.text
    lines = table.text.rstrip().splitlines()
    changed = "\n".join([lines[0], lines[1].replace("1 phố B", "9 phố D"), lines[1].replace("1 phố B", "")])
    page = client.submit("/co-quan", "nhap", files={"tep": ("phieu.csv", changed.encode(), "text/csv")})
    assert page.status_code == 200
    told = " ".join(soup(page).select_one(".note[role=status]").get_text(" ").split())
    assert "Đã ghi 1" in told
    assert "Dòng 3: Thiếu Địa chỉ" in told
    with bare.sitting() as s:
        assert [one.address for one in cards.every(s)] == ["9 phố D"]
    none = client.submit("/co-quan", "nhap")
    assert none.status_code == 422
    assert "Thiếu tệp phiếu" in none.text


def test_a_broken_table_is_refused_in_words(bare: Desk) -> None:
    for raw in (b"\x00\xff\xfe\x00rubbish", b"a,b\n1,2\n", b"[{"):
        page = bare.role("press").submit("/co-quan", "nhap", files={"tep": ("p.csv", raw, "text/csv")})
        assert soup(page).select_one(".wrong, .note[role=status]"), page.status_code
    with bare.sitting() as s:
        assert cards.every(s) == []


def test_the_page_tells_what_was_asked_and_how_it_answered(bare: Desk) -> None:
    ident = asked(bare)
    row = soup(bare.role("press").get("/co-quan")).find("tr", id="o-bao0").get_text(" ")
    assert "từ chối 1" in row
    page = bare.role("press").get("/co-quan/bao0")
    assert f"/vu-viec/{ident}#r1" in page.text
    assert "Vụ &lt;b&gt;thử" in page.text
    assert "(sau 9 ngày)" in words(page)
    search = next(a["href"] for a in soup(page).find_all("a") if a["href"].startswith("/tim?"))
    found = bare.role("press").get(search)
    assert found.status_code == 200
    assert "bao0" in found.text


def test_a_restricted_case_s_request_does_not_show(bare: Desk) -> None:
    ident = asked(bare)
    with bare.sitting("lanh") as s:
        moving.restrict(s, ident, ["lanh"])
    assert ident in bare.role("leader").get("/co-quan/bao0").text
    page = bare.role("press").get("/co-quan/bao0")
    assert ident not in page.text
    assert "từ chối" not in soup(bare.role("press").get("/co-quan")).find("tr", id="o-bao0").get_text()


def test_the_list_goes_to_excel_and_no_cell_is_a_formula(bare: Desk) -> None:
    with bare.sitting() as s:
        cards.put(s, card(outlet="la", legal_name="=HYPERLINK(1)"))
    asked(bare)
    answer = bare.role("press").get("/co-quan?xuat=xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.rows)
    assert [cell.value for cell in rows[0]][:3] == ["Mã", "Tên", "Loại"]
    by_id = {row[0].value: row for row in rows[1:]}
    assert (by_id["la"][1].value, by_id["la"][1].data_type) == ("=HYPERLINK(1)", "s")
    assert [cell.value for cell in by_id["bao0"]][8:13] == [1, 1, 0, 0, 1]


def test_an_office_without_any_outlet_is_told_what_to_do(bare: Desk) -> None:
    bare.home.sources_file.write_text("outlets: []\n", encoding="utf-8")
    assert "Chưa có cơ quan báo chí nào" in bare.role("press").get("/co-quan").text
