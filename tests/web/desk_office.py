"""An office with a person of every role, invented press in its store, and ways into its desk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from starlette.applications import Starlette
from starlette.testclient import TestClient

from monitor import clock
from monitor.config import Home, init, load_web
from monitor.desk import people, signing_in
from monitor.desk.sitting import Sitting, sitting
from monitor.jobs.importing import import_archive
from monitor.model.people import OfficeRole, Person, Unit, UnitKind
from monitor.store import articles
from monitor.store.db import opened
from monitor.web import build

_PLACES = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
CHROMIUM = next((path for path in map(Path, _PLACES) if path.exists()), None)

PERSONS = (
    ("dau", "Nguyễn Văn Đầu", tuple(OfficeRole), ""),
    ("lanh", "Lê Thị Lãnh", (OfficeRole.LEADER,), ""),
    ("bao", "Trần Văn Báo", (OfficeRole.PRESS,), ""),
    ("bao2", "Bùi Thị Ký", (OfficeRole.PRESS,), ""),
    ("thu", "Phạm Thị Thư", (OfficeRole.CLERK,), ""),
    ("co", "Hoàng Văn Cơ", (OfficeRole.UNIT,), "kcn"),
    ("may", "Đỗ Thị May", (OfficeRole.UNIT,), "may"),
    ("quan", "Vũ Thị Quản", (OfficeRole.ADMIN,), ""),
)
"""login, name, roles, unit."""
UNITS = (
    Unit(id="kcn", name="Công đoàn các Khu công nghiệp tỉnh", kind=UnitKind.ZONE, parent="ld", symbol="CĐKCN"),
    Unit(id="may", name="Công đoàn cơ sở Công ty May Bình Minh", kind=UnitKind.GRASSROOTS, parent="kcn", symbol="CĐCS"),
)
LOGINS = {"leader": "lanh", "press": "bao", "clerk": "thu", "unit": "co", "admin": "quan"}
"""One person a role."""

_BODY = (
    "Sáng nay, Công đoàn các Khu công nghiệp tỉnh cho biết đã nắm thông tin về việc {thing} tại Công ty {name}. "
    "Theo phản ánh của người lao động, tổ chức công đoàn cơ sở chưa kịp thời đối thoại với doanh nghiệp. "
    "Liên đoàn Lao động tỉnh yêu cầu các bên làm rõ tiền lương, bảo hiểm xã hội và thời giờ làm việc."
)
_THINGS = ("chậm trả lương", "nợ bảo hiểm xã hội", "ngừng việc tập thể", "bữa ăn ca", "tai nạn lao động")
_NAMES = ("May Bình Minh", "Gỗ Thanh Sơn", "Khoáng sản Nam Hà", "Giày Đông Phong", "Chè Suối Bạc")


def press(count: int = 25) -> list[dict[str, str]]:
    """Invented items of the last days, newest first, each on a matter of its own."""
    now = clock.now()
    made = []
    for n in range(count):
        thing, name = _THINGS[n % 5], _NAMES[(n // 5 + n) % 5]
        made.append(
            {
                "url": f"http://bao{n % 3}.example/tin-{100000 + n}.html",
                "outlet": f"bao{n % 3}",
                "title": f"Công đoàn lên tiếng về vụ {thing} tại Công ty {name} số {n}",
                "published": clock.iso_local(now - timedelta(hours=3 * n + 1)) or "",
                "summary": f"Vụ {thing} tại Công ty {name} đang được Liên đoàn Lao động tỉnh xem xét.",
                "body": f"Bản tin số {n}, mã {n * 7919 % 10007}. " + _BODY.format(thing=thing, name=name),
            }
        )
    return made


@dataclass(kw_only=True)
class Desk:
    """The office and its desk; a client a person, signed in once."""

    home: Home
    _clients: dict[str, Client] = field(default_factory=dict)

    @cached_property
    def app(self) -> Starlette:
        """The application, made once for all clients of this office."""
        return build(self.home, load_web(self.home.rules))

    def person(self, login: str) -> Person:
        """The person of this login."""
        with opened(self.home.database) as db:
            return people.person(db, login)

    @contextmanager
    def sitting(self, login: str = "bao") -> Iterator[Sitting]:
        """A sitting as the command line would have it."""
        with sitting(self.home, login) as made:
            yield made

    def cookie(self, login: str) -> str:
        """The session cookie of somebody who signed in, without the cost of a password."""
        with opened(self.home.database) as db:
            who = people.person(db, login)
            return signing_in.enter(
                self.home, db, who, address="127.0.0.1", device="", agent="test", now=clock.now()
            ).secret

    def client(self, login: str = "") -> Client:
        """A browser without JavaScript, signed in as this person; as nobody without one."""
        if login not in self._clients:
            made = Client(self.app, base_url="http://localhost", follow_redirects=True, raise_server_exceptions=True)
            if login:
                made.cookies.set("phien", self.cookie(login))
            self._clients[login] = made
        return self._clients[login]

    def role(self, role: str) -> Client:
        """The client of somebody with this role alone."""
        return self.client(LOGINS[role])


class Client(TestClient):
    """Sends forms as a page's own would be: with the token of the page they stand on."""

    def submit(self, page: str, form: str, /, **fields: object) -> object:
        """Loads ``page``, fills its form of this id with ``fields`` over what it holds already, and sends it."""
        from bs4 import BeautifulSoup

        soup = BeautifulSoup(self.get(page).text, "lxml")
        found = soup.find("form", id=form)
        assert found is not None, f"no form {form} on {page}: {[one.get('id') for one in soup.find_all('form')]}"
        data: dict[str, object] = {}
        for one in found.find_all(["input", "select", "textarea"]):
            name, kind = one.get("name"), one.get("type")
            if not name or kind == "file" or (kind in ("checkbox", "radio") and not one.has_attr("checked")):
                continue
            if one.name == "select":
                chosen = one.find("option", selected=True) or one.find("option")
                data[name] = chosen.get("value", chosen.text) if chosen else ""
            elif one.name == "textarea":
                data[name] = one.text.removeprefix("\n")
            else:
                value = one.get("value", "1" if kind == "checkbox" else "")
                data[name] = [*data[name], value] if isinstance(data.get(name), list) else (
                    [data[name], value] if name in data else value)  # fmt: skip
        files = fields.pop("files", None)
        data |= fields
        return self.post(str(found["action"]), data=data, files=files)

    def post_form(self, path: str, /, **fields: object) -> object:
        """Sends a form straight to ``path`` with a good token."""
        token = re.search(r'name="_csrf" value="([^"]+)"', self.get("/tai-khoan").text)
        return self.post(path, data={"_csrf": token[1] if token else "", **fields})


def make(root: Path, items: list[dict[str, str]] | None = None) -> Desk:
    """A folder with people, units and invented press; nothing is decided yet."""
    import json

    init(root)
    home = Home(root=root)
    with opened(home.database) as db:
        boss = Person(id="u0", name="", roles=(OfficeRole.ADMIN,))
        now = clock.now()
        people.federation(db, home)
        first = people.add_person(db, boss, PERSONS[0][1], PERSONS[0][2], login=PERSONS[0][0], now=now)
        for unit in UNITS:
            people.new_unit(db, first, unit, now=now)
        for login, name, roles, unit in PERSONS[1:]:
            people.add_person(db, first, name, roles, unit=unit, login=login, now=now)
    report = import_archive(
        home, [json.dumps(one, ensure_ascii=False) for one in (press() if items is None else items)]
    )
    assert not report.bad
    return Desk(home=home)


def ids(desk: Desk) -> list[str]:
    """The ids of all stored articles, oldest first."""
    with opened(desk.home.database) as db:
        return [one.id for one in articles.between(db)]
