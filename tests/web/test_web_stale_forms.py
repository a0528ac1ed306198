"""Two officers with one form: the second is told what the first wrote, and overwrites nothing unseen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from desk_office import Desk

from monitor.config import load_settings
from monitor.desk import cards, keeping, people, people_change, shown
from monitor.errors import ConflictError
from monitor.model.card import OutletCard
from monitor.model.people import Unit

CARD = {
    "legal_name": "Báo Không", "managing_body": "Hội A", "authority": "Bộ VHTTDL", "address": "1 phố B",
    "valid_from": "01/10/2026",
}  # fmt: skip


def office_card(desk: Desk, outlet: str = "bao0") -> OutletCard:
    with desk.sitting("bao") as s:
        return cards.history(s, outlet)[-1]


def put_card(desk: Desk, **more: object) -> None:
    with desk.sitting("bao") as s:
        made = {**CARD, "outlet": "bao0", "valid_from": date(2026, 10, 1), **more}
        cards.put(s, OutletCard(**made))  # type: ignore[arg-type]


def unit(desk: Desk) -> Unit:
    with desk.sitting("dau") as s:
        return people.unit(s.db, "kcn")


def settings_name(desk: Desk) -> str:
    return load_settings(desk.home.rules).office.name


FORMS: dict[str, tuple[Callable[[Desk], str], str, str, str, Callable[[Desk], str]]] = {
    "person": (
        lambda desk: f"/quan-tri/nguoi-dung/{desk.person('bao2').id}", "sua-nguoi", "title", "login",
        lambda desk: desk.person("bao2").title,
    ),
    "unit": (lambda desk: "/quan-tri/don-vi/kcn", "sua-don-vi", "phone", "email", lambda desk: unit(desk).phone),
    "office": (lambda desk: "/quan-tri/co-quan", "co-quan", "name", "short", settings_name),
    "card": (lambda desk: "/co-quan/bao0", "phieu", "address", "phone", lambda desk: office_card(desk).address),
}  # fmt: skip
"""page, form, a field that both change, another one, what is stored of the first."""


def fields_of(text: str, form: str) -> dict[str, str]:
    found = BeautifulSoup(text, "lxml").find("form", id=form)
    return {one["name"]: one.get("value", "") for one in found.find_all("input") if one.get("name")}


def fill(kind: str) -> dict[str, str]:
    return {"valid_from": "01/10/2026"} if kind == "card" else {}


@pytest.mark.parametrize("kind", FORMS)
def test_a_stale_form_is_refused_with_the_new_state_and_what_was_typed(desk: Desk, kind: str) -> None:
    place, form, field, other, stored = FORMS[kind]
    put_card(desk)
    page, client = place(desk), desk.client("dau")
    old = fields_of(client.get(page).text, form)["_seen"]
    client.submit(page, form, **{field: "Lời của người thứ nhất"}, **fill(kind))
    assert stored(desk) == "Lời của người thứ nhất"
    # A mistake in between does not make a stale form a fresh one.
    if kind == "card":
        answer = client.submit(page, form, **{field: "Lời thứ hai", "valid_from": "hôm nào", "_seen": old})
        assert answer.status_code == 422
        assert fields_of(answer.text, form)["_seen"] == old
    answer = client.submit(page, form, **{field: "Lời <b>thứ hai", other: "abc", "_seen": old, **fill(kind)})
    told = BeautifulSoup(answer.text, "lxml").find("form", id=form).find(class_="wrong").get_text()
    assert answer.status_code == 409
    assert "Lời của người thứ nhất" in told
    assert stored(desk) == "Lời của người thứ nhất"
    again = fields_of(answer.text, form)
    assert (again[field], again[other]) == ("Lời <b>thứ hai", "abc")
    assert again["_seen"] not in ("", old)
    # Who saw the new state may replace it.
    done = client.submit(page, form, **{field: "Lời thứ hai", "_seen": again["_seen"], **fill(kind)})
    assert done.status_code == 200
    assert stored(desk) == "Lời thứ hai"


@pytest.mark.parametrize("kind", FORMS)
def test_the_same_form_sent_twice_is_no_conflict(desk: Desk, kind: str) -> None:
    place, form, field, _, stored = FORMS[kind]
    put_card(desk)
    page, client = place(desk), desk.client("dau")
    old = fields_of(client.get(page).text, form)["_seen"]
    for _ in range(2):
        assert client.submit(page, form, **{field: "Một lời", "_seen": old, **fill(kind)}).status_code == 200
    assert stored(desk) == "Một lời"


def test_a_new_card_does_not_overwrite_one_that_came_meanwhile(desk: Desk) -> None:
    client = desk.client("bao")
    mark = fields_of(client.get("/co-quan").text, "phieu-moi")["_seen"]
    assert mark == shown.mark()
    put_card(desk, outlet="bao-la")
    answer = client.submit("/co-quan", "phieu-moi", **{**CARD, "outlet": "bao-la", "address": "2 phố C"})
    assert answer.status_code == 409
    assert "bao-la đã có phiếu" in answer.text
    assert office_card(desk, "bao-la").address == "1 phố B"


def test_the_corridors_refuse_what_was_not_seen(desk: Desk) -> None:
    put_card(desk)
    with desk.sitting("dau") as s:
        told = people_change.Told(name="Tên Khác", roles=desk.person("bao2").roles)
        body = people.unit(s.db, "kcn")
        names = {key: getattr(keeping.office(s.home)[0], key) for key in keeping.NAMES}
        acts: tuple[Callable[[], object], ...] = (
            lambda: people_change.change(s, "bao2", told, seen="x"),
            lambda: people.put_unit(s.db, s.actor, Unit(id="kcn", name="X", kind=body.kind), now=s.now, seen="x"),
            lambda: keeping.rename(s, {**names, "name": "X"}, seen="x"),
            lambda: cards.put(
                s, OutletCard(**{**CARD, "outlet": "bao0", "valid_from": date(2026, 10, 1), "address": "X"}), seen="x"
            ),
        )
        for act in acts:
            with pytest.raises(ConflictError):
                act()
        assert people.unit(s.db, "kcn") == body


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("province", "0", "không phải tên tỉnh, thành phố"),
        ("province", "Bắc Kạn", "nay thuộc"),
        ("contact", "đ@x", "không dấu"),
        ("name", "a" * 301, "300 ký tự"),
        ("short", "\u200b", "Chưa nhập"),
    ],
)
def test_an_office_name_that_cannot_be_is_told_at_its_form(desk: Desk, field: str, value: str, words: str) -> None:
    before = keeping.office(desk.home)[0]
    answer = desk.client("quan").submit("/quan-tri/co-quan", "co-quan", **{field: value})
    assert answer.status_code == 422
    told = BeautifulSoup(answer.text, "lxml").find("form", id="co-quan").find(class_="wrong").get_text()
    assert words in told
    assert "office.yaml" not in told
    assert keeping.office(desk.home)[0] == before
    nought = dict.fromkeys(("name", "short", "superior", "province", "contact"), "0")
    assert desk.client("quan").submit("/quan-tri/co-quan", "co-quan", **nought).status_code == 422
