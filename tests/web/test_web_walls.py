"""Who may call what; and the walls around a restricted case: no page, list, search or export tells that it exists."""

from __future__ import annotations

from pathlib import Path

import pytest
import walls
from click.testing import CliRunner
from desk_office import Desk
from starlette.routing import Mount, Route
from walls import WORD, Hidden

from monitor import clock
from monitor.cli.main import commands
from monitor.config import load_web
from monitor.desk import editions, people, triage
from monitor.model.people import OfficeRole
from monitor.web import build
from monitor.web.route import PUBLIC, Page
from monitor.web.routing import PAGES

_EXAMPLE = {"secret": ("x" * 43,), "n": ("1",), "period": (walls.half_year(),), "unit": ("kcn", "may")}
LISTS = ("", "?xuat=xlsx", f"?q={WORD}", f"?tu-khoa={WORD}", "?trang-thai=tat-ca", "?trang-thai=case")
COMMANDS = (
    ["case", "list", "--all"], ["case", "due"], ["case", "queue"], ["case", "show", "ID"], ["letter", "list"],
    ["export", "cases"], ["export", "requests"], ["export", "events"], ["export", "letters"], ["watch", "show"],
)  # fmt: skip
OUTSIDERS = ("may", "co", "thu", "bao2", "quan")


@pytest.fixture
def hidden(desk: Desk, tmp_path: Path) -> Hidden:
    """The case nobody else may know of."""
    return walls.hide(desk, tmp_path)


def tried(hidden: Hidden, page: Page) -> list[str]:
    """Its address for every part of the hidden case; at most 40, for a part that fits no place is refused alike."""
    case, parts = (hidden.case,), hidden.parts
    values = {**_EXAMPLE, "field": ("tone",), "outlet": ("bao0",), "name": ("office.yaml",), "login": ("may",)}
    if page.path.startswith("/vu-viec/"):
        values |= {"id": case}
    elif page.path.startswith(("/hop-tin", "/bai")):
        values |= {"id": hidden.articles, "subject": (*hidden.articles, *parts[:3])}
    elif page.path.startswith("/diem-tin"):
        values |= {"id": ("dt1",)}
    return walls.addresses(page.path, {"part": parts, **values})[:40]


def test_every_page_of_the_program_is_in_the_table_with_who_may_call_it(desk: Desk) -> None:
    app = build(desk.home, load_web(desk.home.rules))
    plain = {one.path for one in app.routes if isinstance(one, Route)}
    assert plain == {page.path for page in PAGES} | {"/tinh/{name}"}
    assert {one.path for one in app.routes if isinstance(one, Mount)} <= {"/api/v1"}
    assert len({page.name for page in PAGES}) == len(PAGES)
    assert all(page.who is PUBLIC or page.who.roles for page in PAGES)


def test_who_is_not_signed_in_gets_nowhere(desk: Desk, hidden: Hidden) -> None:
    client = desk.client()
    for page in PAGES:
        if page.who.public:
            continue
        address = tried(hidden, page)[0]
        if page.method == "GET":
            assert client.get(address).url.path == "/dang-nhap", page.name
        else:
            assert client.post(address, data={"_csrf": "x"}).status_code == 401, page.name


MOSTLY = [one if one in ("bao2", "may") else pytest.param(one, marks=pytest.mark.exhaustive) for one in OUTSIDERS]
"""Another officer and the accused unit's person; of the others only where everything is run."""


@pytest.mark.parametrize("role", list(OfficeRole))
def test_a_role_that_a_page_is_not_for_is_refused_at_the_door(desk: Desk, hidden: Hidden, role: OfficeRole) -> None:
    client = desk.role(role.value)
    refused = 0
    for page in PAGES:
        if page.who.public or role in page.who.roles:
            continue
        address = tried(hidden, page)[0]
        answer = client.get(address) if page.method == "GET" else client.post_form(address)
        assert answer.status_code == 403, page.name
        refused += 1
    assert refused > (0 if role is OfficeRole.PRESS else 5)


@pytest.mark.parametrize("login", MOSTLY)
def test_no_page_tells_an_outsider_of_a_restricted_case(desk: Desk, hidden: Hidden, login: str) -> None:
    client = desk.client(login)
    for page in PAGES:
        if page.method != "GET":
            continue
        for address in tried(hidden, page):
            for query in LISTS if "{" not in page.path else ("",):
                answer = client.get(address + query)
                assert answer.status_code != 500, address
                said = walls.text_of(answer.content)
                told = said.replace(f'value="{WORD}"', "").replace(f"q={WORD}", "").replace(f"“{WORD}”", "")
                assert WORD not in told.replace(f"tu-khoa={WORD}", "").replace("%C3%A2nxanh", ""), (address, query)
                assert hidden.case not in said or hidden.case in address, (address, query)


@pytest.mark.parametrize("login", ["may", "bao2"])
def test_no_form_of_an_outsider_touches_or_tells_of_it(desk: Desk, hidden: Hidden, login: str) -> None:
    client = desk.client(login)
    with desk.sitting("lanh") as s:
        before = s.case(hidden.case)
    for page in PAGES:
        if page.method != "POST" or page.who.public or "{" not in page.path:
            continue
        for address in tried(hidden, page)[:6]:
            if page.path.startswith("/vu-viec/"):
                answer = client.post_form(address, _revision=str(before.revision))
                assert answer.status_code in (403, 404, 422), address
                assert WORD not in answer.text, address
    with desk.sitting("lanh") as s:
        assert s.case(hidden.case) == before


NAMES = (
    "t", "x", "e", "u", "v", "a", "c", "tin", "muc", "article", "articles", "other", "others", "vao", "case", "subject",
    "story", "subjects", "item", "thing", "link", "evidence", "proof", "tieu-de", "ma",
)  # fmt: skip


@pytest.mark.parametrize("login", [pytest.param("bao2", marks=pytest.mark.exhaustive), "may"])
def test_an_outsider_who_knows_the_ids_gets_nothing_by_sending_them(desk: Desk, hidden: Hidden, login: str) -> None:
    """Every form of the desk, standing on things of his own, with the hidden ids in every field there may be."""
    with desk.sitting() as s:
        edition = editions.draft(s, "weekly").id
        own = triage.open_case(s, [triage.pending(s)[0].subject], triage.Opening(units=("may",)))
    client = desk.client(login)
    values = {**_EXAMPLE, "id": (own.id,), "subject": own.articles, "outlet": ("bao0",), "field": ("tone",)}
    for page in PAGES:
        if page.method != "POST" or page.who.public or page.path.startswith(("/dang-xuat", "/tai-khoan")):
            continue
        mine = values | {"id": (edition,)} if page.path.startswith("/diem-tin") else values
        mine = mine | {"id": own.articles} if page.path.startswith("/bai") else mine
        for said in (hidden.item, hidden.case, f"{hidden.item} {own.id}", f"s{hidden.item[1:]}"):
            address = walls.addresses(page.path, {"part": ("x",), **mine})[0]
            answer = client.post_form(address, **dict.fromkeys(NAMES, said), text="chữ", title="chữ", act="drop")
            assert answer.status_code != 500, (address, said)
            assert WORD not in answer.text, (address, said)
            assert said == hidden.case or hidden.case not in answer.text, (address, said)
    assert client.get(f"/bai/{hidden.item}").status_code == 404
    for address in ("/vu-viec", f"/vu-viec/{own.id}", "/viec", f"/tim?q={WORD}"):
        said = client.get(address).text.replace(f'value="{WORD}"', "").replace(f"“{WORD}”", "")
        assert WORD not in said.replace(f"q={WORD}", ""), address


def test_who_else_looks_at_a_hidden_item_is_told_to_nobody(desk: Desk, hidden: Hidden) -> None:
    assert desk.client("bao").get(f"/hop-tin/{hidden.item}").status_code == 200
    for login in ("bao2", "thu"):
        answer = desk.client(login).get(f"/hop-tin/{hidden.item}/ai")
        assert answer.status_code == 404
        assert "Trần Văn Báo" not in answer.text.replace("Tìm", "")


def test_the_two_who_are_named_see_all_of_it(desk: Desk, hidden: Hidden) -> None:
    for login in ("lanh", "bao"):
        page = desk.client(login).get(f"/vu-viec/{hidden.case}")
        assert page.status_code == 200
        assert page.text.count(WORD) > 8
        assert hidden.case in desk.client(login).get("/vu-viec").text


@pytest.mark.parametrize("login", OUTSIDERS)
def test_no_export_or_list_of_the_command_line_tells_of_it(
    desk: Desk, hidden: Hidden, login: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONITOR_HOME", str(desk.home.root))
    monkeypatch.setenv("MONITOR_USER", login)
    for one in COMMANDS:
        words = [hidden.case if word == "ID" else word for word in one]
        done = CliRunner().invoke(commands, words)
        assert WORD not in done.output, words
        assert hidden.case not in done.output or words[:2] == ["case", "show"], words


@pytest.mark.parametrize("login", OUTSIDERS)
def test_nobody_is_told_who_has_a_hidden_item_open(desk: Desk, hidden: Hidden, login: str) -> None:
    assert desk.client("bao").get(f"/hop-tin/{hidden.item}").status_code == 200
    page = desk.client(login).get(f"/hop-tin/{hidden.item}/ai")
    assert page.status_code == desk.client(login).get("/hop-tin/khong-co/ai").status_code
    assert "Trần Văn Báo" not in page.text


def test_an_officer_of_the_accused_unit_who_stands_in_for_a_leader_does_not_see_the_case(
    desk: Desk, hidden: Hidden
) -> None:
    with desk.sitting("dau") as s:
        day = clock.local(s.now).date()
        for login in ("may", "co"):
            leader, other = people.person(s.db, "lanh").id, people.person(s.db, login).id
            people.add_stand_in(s.db, s.actor, leader, other, first=day, last=day, now=s.now)
    assert desk.client("may").get(f"/vu-viec/{hidden.case}").status_code == 404
    assert hidden.case not in desk.client("may").get("/vu-viec").text
    absent = desk.person("lanh").id
    answer = desk.client("may").post_form(f"/vu-viec/{hidden.case}/trao-doi", text="Xem", _thay=absent)
    assert answer.status_code in (403, 404, 422)
    assert WORD not in answer.text
    # Who is of no accused body reads it in the place of one who is named.
    assert desk.client("co").get(f"/vu-viec/{hidden.case}").status_code == 200


def test_an_accused_unit_does_not_see_the_case_against_it_even_where_it_is_not_restricted(
    desk: Desk, hidden: Hidden
) -> None:
    from monitor.desk import moving

    with desk.sitting("lanh") as s:
        moving.lift(s, hidden.case)
    assert desk.client("co").get(f"/vu-viec/{hidden.case}").status_code == 200
    assert desk.client("may").get(f"/vu-viec/{hidden.case}").status_code == 404
    assert hidden.case not in desk.client("may").get("/vu-viec").text
