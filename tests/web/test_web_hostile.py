"""Hostile press and hostile people: stored, and shown on every page and in every export, they stay words."""

from __future__ import annotations

import csv
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import hostile_office
import openpyxl
import pytest
import walls
from bs4 import BeautifulSoup
from click.testing import CliRunner
from desk_office import Desk
from hostile_office import MARKUP, Filled
from lxml import etree
from one_place import placed

from monitor import clock
from monitor.cli.main import commands
from monitor.desk import access
from monitor.store import articles, people
from monitor.store.db import opened
from monitor.web import api, served
from monitor.web.routing import PAGES

REPLAY = Path(__file__).parents[2] / ".." / "shared" / "press" / "replay"
EVALUATED = str(7 * 191)
QUERIES = ("", "?xuat=xlsx")
MORE = {
    "/van-ban": ("?xuat=so",), "/vu-viec": ("?trang-thai=tat-ca",), "/hop-tin": ("?trang-thai=all", "?tu-khoa=luong"),
    "/tim": ("?q=luong", "?q=luong&xuat=xlsx"),
}  # fmt: skip
FORMS = ("html", "docx", "md", "json")
SCHEMES = ("http://", "https://", "/", "#", "?")
EVIL = """defaults: {pace: 0}
outlets:
  - {id: evil, name: Báo Xấu, kind: press, level: central, sources: [{feed: "http://evil.test/rss/home.rss"}]}
"""
WATCHED = ("href", "src", "action", "formaction", "data-presence", "xlink:href", "poster", "srcset", "background")
VIEWERS = ("xau", "xaud")
UNITS = ("/viec", "/vu-viec", "/gui-tin", "/bai/", "/diem-tin")
"""Where a unit's page is another one than the office's."""


@dataclass(kw_only=True)
class Shown:
    """Every answer of an office: page by address, file by address."""

    desk: Desk
    filled: Filled
    pages: dict[str, str] = field(default_factory=dict)
    files: dict[str, Any] = field(default_factory=dict)


def addresses(desk: Desk, filled: Filled) -> list[str]:
    """All addresses that read something: pages, lists with their queries, exports."""
    who = {login: desk.person(login).id for login in ("xau", "xaud", "bao2")}
    values = {
        "id": (filled.case,), "thing": filled.evidence, "article": (filled.article, filled.typed),
        "paper": filled.papers, "arrival": (filled.arrival,), "sha": (filled.page,), "n": ("1",),
        "subject": (filled.article, filled.typed), "name": ("office.yaml", "topics.yaml"),
        "outlet": ("bao1",), "secret": (filled.answer.rpartition("/")[2],), "file": filled.evidence,
        "period": (walls.half_year(),), "unit": ("xau",),
    }  # fmt: skip
    made = []
    for page in PAGES:
        if page.method != "GET" or page.path.endswith("/pdf") or page.path.startswith(("/bat-dau", "/dat-mat")):
            continue
        mine = dict(values)
        if page.path.startswith("/bai"):
            mine |= {"id": (filled.article, filled.typed, filled.social), "file": filled.handed}
            if page.path.endswith("/tep/{file}"):
                mine["id"] = (filled.social,)
        elif page.path.endswith("/tep/{file}"):
            mine["file"] = filled.documents
        elif page.path.startswith("/diem-tin"):
            mine["id"] = (filled.edition,)
        elif page.path.startswith("/quan-tri/nguoi-dung/"):
            mine["id"] = (who["xau"], who["xaud"])
        elif page.path.startswith("/quan-tri/don-vi/"):
            mine["id"] = ("xau",)
        for one in walls.addresses(page.path, mine):
            made += [one + query for query in (*QUERIES, *MORE.get(one, ()))[: 1 if "{" in page.path else None]]
    return [
        *made, *(f"/diem-tin/{filled.edition}/tai?dang={form}" for form in FORMS),
        f"/quan-tri/ban-giao?tu={who['xau']}&den={who['bao2']}", f"/hop-tin?giao={filled.article}",
        f"/vu-viec/{filled.case}?nhat-ky=het", f"/vu-viec/{filled.case}?de-nghi={filled.request}",
        f"/gui-tin?da-gui={filled.typed}", "/co-quan/bao1?xuat=xlsx", "/tong-quan/danh-sach?xuat=xlsx",
    ]  # fmt: skip


def gathered(desk: Desk, filled: Filled) -> Shown:
    """The office asked for everything, as somebody with every role and as a unit's."""
    shown = Shown(desk=desk, filled=filled)
    for login in VIEWERS:
        client = desk.client(login)
        for address in addresses(desk, filled):
            if login == "xaud" and ("?" in address or not address.startswith(UNITS)):
                continue
            answer = client.get(address)
            assert answer.status_code < 500, (address, answer.text[:500])
            if answer.status_code != 200:
                continue
            said = filled.plain(address)
            if answer.headers["content-type"].startswith("text/html") and "attachment" not in answer.headers.get(
                "content-disposition", ""
            ):
                shown.pages[f"{login} {said}"] = answer.text
            else:
                shown.files[f"{login} {said}"] = answer
    for form in ("goi", "ho-so"):
        page = f"/vu-viec/{filled.case}/{form}"
        shown.files[f"xau {page}"] = desk.client("xau").post_form(page)
    return shown


@pytest.fixture(scope="module")
def offices(_made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Shown, Shown]:
    """The hostile office, still there, and what its twin with plain words showed."""
    base, files = tmp_path_factory.mktemp("twins"), tmp_path_factory.mktemp("files")
    plain = placed(_made, base)
    twin = gathered(plain, hostile_office.fill(plain, files, hostile=False))
    bad = placed(_made, base)
    return gathered(bad, hostile_office.fill(bad, files, hostile=True)), twin


def skeleton(html: str) -> set[tuple[str, tuple[str, ...]]]:
    """Which elements with which attributes; how often says nothing, for the rules read other words in other ways."""
    soup = BeautifulSoup(html, "lxml")
    for kept in soup.select(".stored"):  # a page of the press, cleaned; the next test looks at it
        kept.clear()
    return {(one.name, tuple(sorted(one.attrs))) for one in soup.find_all(True)}


def test_no_element_and_no_attribute_of_a_page_comes_out_of_the_data(offices: tuple[Shown, Shown]) -> None:
    bad, twin = offices
    assert set(bad.pages) == set(twin.pages)
    assert len(bad.pages) > 80
    ours = set().union(*(skeleton(html) for html in twin.pages.values()))
    for address, html in bad.pages.items():
        assert not skeleton(html) - ours, address


def test_nothing_on_a_page_runs_and_no_link_leads_elsewhere_than_the_web(offices: tuple[Shown, Shown]) -> None:
    said = 0
    for address, html in offices[0].pages.items():
        if "<!doctype" not in html:  # a part of a page, fetched by our script
            continue
        soup = BeautifulSoup(html, "lxml")
        for one in soup.find_all(True):
            assert one.name not in ("iframe", "object", "embed", "base", "style", "frame"), address
            for name, value in one.attrs.items():
                assert not name.startswith("on") and name not in ("style", "srcdoc"), (address, name)
                if name in WATCHED:
                    assert str(value).startswith(SCHEMES), (address, one.name, name, value)
            if one.name == "a" and str(one.get("href", "")).startswith("http"):
                assert {"noopener", "noreferrer"} <= set(one["rel"]), address
        (script,) = soup.find_all("script")
        assert script["src"].startswith("/tinh/desk.js") and not script.text
        assert EVALUATED not in html, address
        for one in soup.select(".stored *"):
            assert set(one.attrs) <= {"href", "rel"}, (address, one)
            assert one.name in ("p", "a", "h1", "h2", "h3", "ul", "li", "b", "strong", "em", "br", "div"), one.name
        said += "__pwned" in html
    assert said > 60, "the harmful words are hardly shown: the test shows nothing"


def test_a_megabyte_in_one_line_does_not_make_a_list_or_a_case_heavy(offices: tuple[Shown, Shown]) -> None:
    heavy = {address: len(html) for address, html in offices[0].pages.items() if len(html) > 400_000}
    assert all(address.endswith(f"/bai/{offices[0].filled.article}") for address in heavy), heavy


# Files.


def books(shown: Shown) -> Iterator[tuple[str, bytes]]:
    """Every workbook that was downloaded, those inside packed files too."""
    for address, answer in shown.files.items():
        for name, body in unpacked(address, answer.content):
            if name.endswith(".xlsx") or ("xuat=" in name and body[:2] == b"PK"):
                yield name, body


def unpacked(name: str, body: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, body
    if body[:2] == b"PK" and is_zipfile(BytesIO(body)):
        with ZipFile(BytesIO(body)) as packed:
            inside = packed.namelist()
            if "[Content_Types].xml" not in inside:
                for one in inside:
                    yield from unpacked(f"{name}!{one}", packed.read(one))


def test_every_file_comes_to_be_kept_and_never_as_a_page(offices: tuple[Shown, Shown]) -> None:
    assert len(offices[0].files) > 40
    for address, answer in offices[0].files.items():
        if "/ai" in address:
            continue
        assert answer.status_code == 200, (address, answer.text[:300])
        assert answer.headers["content-disposition"].startswith("attachment"), address
        assert answer.headers["x-content-type-options"] == "nosniff", address
        named = answer.headers["content-disposition"]
        assert not re.search(r"[<>\\/]|\.\.", named), named
        if "/chung-cu/" in address or "/tep/" in address or "/goc" in address:
            kind = answer.headers["content-type"]
            assert not kind.startswith(("text/html", "image/svg", "application/xhtml", "text/xml")), (address, kind)


def test_no_cell_of_any_workbook_is_a_formula(offices: tuple[Shown, Shown]) -> None:
    count = risky = 0
    for name, body in books(offices[0]):
        for sheet in openpyxl.load_workbook(BytesIO(body)).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f", (name, cell.coordinate, cell.value)
                    assert cell.hyperlink is None, (name, cell.coordinate)
                    risky += isinstance(cell.value, str) and cell.value.lstrip("'")[:1] in ("=", "+", "-", "@")
        count += 1
    assert count >= 12
    assert risky > 20, "no cell held what could have been a formula: the test shows nothing"


def test_no_cell_of_any_csv_starts_a_formula(offices: tuple[Shown, Shown]) -> None:
    count = risky = 0
    for address, answer in offices[0].files.items():
        for name, body in unpacked(address, answer.content):
            if not name.partition("?")[0].endswith(".csv"):
                continue
            count += 1
            for row in csv.reader(StringIO(body.decode("utf-8-sig"), newline="")):
                for cell in row:
                    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")), (name, cell[:80])
                    risky += cell.startswith(("'=", "'+", "'-", "'@"))
    assert count >= 2
    assert risky


def test_a_word_paper_has_the_same_elements_whatever_is_written_into_it(offices: tuple[Shown, Shown]) -> None:
    bad, twin = ({a: f for a, f in one.files.items() if f.content[:2] == b"PK" and "/tep/" in a} for one in offices)
    assert bad and set(bad) == set(twin)
    for address, answer in bad.items():
        with ZipFile(BytesIO(answer.content)) as one, ZipFile(BytesIO(twin[address].content)) as other:
            assert set(one.namelist()) == set(other.namelist())
            for name in one.namelist():
                if name.endswith((".xml", ".rels")):
                    here, there = ({node.tag for node in etree.fromstring(z.read(name)).iter()} for z in (one, other))
                    # A line break in the words is one in the paper; nothing else comes of words.
                    assert here <= there | {W + "br", W + "tab", W + "cr"}, (address, name, here - there)
                    assert b"TargetMode" not in one.read(name) or one.read(name) == other.read(name)


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_the_pages_inside_a_case_file_and_a_digest_run_nothing(offices: tuple[Shown, Shown]) -> None:
    seen = 0
    for address, answer in offices[0].files.items():
        for name, body in unpacked(address, answer.content):
            ours = "dang=html" in name or ("!" in name and name.endswith((".html", ".htm")))
            if not ours or body in {raw for _, raw in hostile_office.FILES} or b"document.domain" in body[:200]:
                continue
            soup = BeautifulSoup(body, "lxml")
            assert not soup.find_all(["script", "iframe", "object", "embed", "svg", "img", "form"]), name
            for one in soup.find_all(True):
                assert not [a for a in one.attrs if a.startswith("on")], (name, one.name)
                assert str(one.get("href", "http://")).startswith(SCHEMES), (name, one["href"])
            seen += 1
    assert seen


def test_a_digest_in_markdown_holds_no_markup_and_no_link_that_runs(offices: tuple[Shown, Shown]) -> None:
    (text,) = {a.text for n, a in offices[0].files.items() if "dang=md" in n and n.startswith("xau ")}
    assert "pwned" in text
    assert not re.search(r"(?<!\\)<(script|img|svg|iframe|a|/textarea)\b", text)
    assert not re.search(r"(?<!\\)\]\(\s*(javascript|data):", text)


def test_the_api_and_the_command_line_give_it_as_data(
    offices: tuple[Shown, Shown], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, filled = offices[0].desk, offices[0].filled
    with opened(desk.home.database) as db:
        token = access.make_token(db, people.get(db, "xau"), clock.now())
    ids = {"/cases/": filled.case, "/articles/": filled.article, "/editions/": filled.edition, "/outlets/": "bao1"}
    said = 0
    for route in api.ROUTES:
        if route.method != "GET":
            continue
        known = next((one for start, one in ids.items() if route.path.startswith(start)), "")
        answer = desk.client().get(
            "/api/v1" + route.path.replace("{id}", known), headers={"authorization": f"Bearer {token}"},
            params={"q": "luong"} if route.path == "/search" else {},
        )  # fmt: skip
        assert answer.status_code == 200, (route.path, answer.text[:300])
        assert answer.headers["content-type"].startswith("application/json"), route.path
        assert answer.headers["x-content-type-options"] == "nosniff"
        json.loads(answer.text)
        said += "pwned" in answer.text
    assert said > 5
    monkeypatch.setenv("MONITOR_HOME", str(desk.home.root))
    monkeypatch.setenv("MONITOR_USER", "xau")
    for name in ("articles", "cases", "events", "letters", "requests", "stories"):
        done = CliRunner().invoke(commands, ["export", name])
        assert done.exit_code == 0, done.output
        for line in done.output.splitlines():
            json.loads(line)
        assert not re.search("[\x00-\x08\x0b-\x1f]", done.output)


# The hostile host of the shared press.


@pytest.mark.skipif(not REPLAY.exists(), reason="../shared/press is not beside this checkout: no evil.test to crawl")
def test_the_hostile_host_of_the_replay_is_collected_and_stays_words(
    _made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = placed(_made, tmp_path)
    desk.home.sources_file.write_text(EVIL, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("MONITOR_HOME", str(desk.home.root))
    monkeypatch.setenv("MONITOR_USER", "bao")
    monkeypatch.setenv("MONITOR_NOW", "2026-11-14T20:00:00+07:00")
    running = subprocess.Popen([sys.executable, str(REPLAY), "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        done = CliRunner().invoke(commands, ["collect"])
    finally:
        running.terminate()
        running.wait(timeout=10)
    assert done.exit_code == 0, done.output
    with desk.sitting("bao") as s:
        found = [one for one in articles.between(s.db) if one.outlet == "evil"]
    assert {one.url for one in found} == {"http://evil.test/1.html", "http://evil.test/2.html"}
    client = desk.client("bao")
    for path in ("/hop-tin?trang-thai=all&ngay=365", *(f"/bai/{one.id}" for one in found), "/tim?q=cong+doan"):
        page = client.get(path)
        assert page.status_code == 200, path
        soup = BeautifulSoup(page.text, "lxml")
        assert len(soup.find_all("script")) == 1 and not soup.find_all("img"), path
        assert not soup.select("[onerror], [onmouseover], a[href^=javascript]"), path
    sheet = openpyxl.load_workbook(BytesIO(client.get("/tim?q=cong+doan&bao=evil&xuat=xlsx").content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=") for cell in cells), (
        [c.value for c in cells if c.row > 1],
        [one.title for one in found],
    )
    assert all(cell.data_type != "f" for cell in cells)


# A real browser.

WATCH = """
window.__violations = [];
document.addEventListener("securitypolicyviolation", (e) => {
  window.__violations.push([e.violatedDirective, e.blockedURI, e.sample].join(" "));
});
"""


def test_in_a_browser_no_script_runs_and_the_policy_has_nothing_to_stop(
    offices: tuple[Shown, Shown], chromium: Any
) -> None:
    shown = offices[0]
    troubles: list[str] = []
    with served(shown.desk.home, "127.0.0.1", 0, lambda line: None) as base:
        context = chromium.new_context(locale="vi-VN", base_url=base)
        context.add_cookies([{"name": "phien", "value": shown.desk.cookie("xau"), "url": base}])
        context.add_init_script(WATCH)
        page = context.new_page()
        page.on("dialog", lambda dialog: (troubles.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("console", lambda said: said.type == "error" and troubles.append(f"{page.url}: {said.text}"))
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        asked = [
            one.partition(" ")[2] for one, html in shown.pages.items() if one[:4] == "xau " and "<!doctype" in html
        ]
        for address in asked:
            page.goto(shown.filled.real(address), wait_until="domcontentloaded")
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            assert page.evaluate("window.__pwned") is None, address
            assert page.evaluate("window.__violations") == [], address
        # What is swapped in behind the page, and a message once shown, go other ways than a page's own markup.
        page.goto(f"/vu-viec/{shown.filled.case}")
        page.get_by_text("Ghi ý kiến", exact=True).click()
        page.fill("#gop-y-text", MARKUP[1])
        page.click("#gop-y button.main")
        page.locator(".flash").wait_for()
        page.reload()
        assert page.evaluate("window.__pwned") is None
        assert page.evaluate("window.__violations") == []
        context.close()
    assert not troubles, troubles[:5]


def test_in_a_browser_a_digest_kept_as_a_file_runs_nothing_where_no_policy_guards_it(
    offices: tuple[Shown, Shown], chromium: Any, tmp_path: Path
) -> None:
    (body,) = {a.content for n, a in offices[0].files.items() if "dang=html" in n and n.startswith("xau ")}
    (tmp_path / "d.html").write_bytes(body)
    context = chromium.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.goto((tmp_path / "d.html").as_uri())
    assert page.evaluate("window.__pwned") is None and not said
    assert "pwned" in page.inner_text("body")
    context.close()
