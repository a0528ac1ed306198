"""Site rules: dated data over the general reading, and what is said of a file that cannot be read."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import html

from monitor.errors import ConfigError
from monitor.extract import SiteRules, extract, load_sites
from monitor.extract.selector import compile_css
from monitor.labels import wording
from monitor.model.article import Page

SHIPPED = Path(__file__).parents[2] / "rules"
OLD = "<h1>Tiêu đề của bài báo mẫu</h1><div class='cu'><p>Lời văn theo giao diện cũ, đủ dài để là một đoạn.</p></div>"
NEW = "<h1>Tiêu đề của bài báo mẫu</h1><div class='cu'><p>Lời rao quảng cáo, đứng chỗ cũ của bài viết.</p></div>"
NEW += "<div class='moi'><p>Lời văn theo giao diện mới, đủ dài để là một đoạn.</p></div>"
RULES = """
rules:
  - {name: mới, sites: [bao.test], since: 2026-03-01, body: div.moi}
  - {name: cũ, sites: [bao.test], until: 2026-02-28, body: div.cu}
"""


def write(folder: Path, text: str) -> tuple[Path, ...]:
    (folder / "sites.yaml").write_text(text, encoding="utf-8")
    return (folder,)


def read(markup: str, sites: SiteRules, day: date, url: str = "https://www.bao.test/bai") -> str:
    fetched = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    return extract(Page(url=url, html=markup, fetched=fetched), sites).text


def test_a_layout_that_changed_is_read_by_the_rule_of_its_days(tmp_path: Path) -> None:
    sites = load_sites(write(tmp_path, RULES))
    assert "giao diện mới" in read(NEW, sites, date(2026, 3, 5))
    assert "giao diện cũ" in read(OLD, sites, date(2026, 2, 5))


def test_the_day_of_the_article_counts_and_not_the_day_it_was_fetched(tmp_path: Path) -> None:
    sites = load_sites(write(tmp_path, RULES))
    dated = '<meta property="article:published_time" content="2026-02-05T08:00:00+07:00">' + NEW
    assert "quảng cáo" in read(dated, sites, date(2026, 5, 1))


def test_a_rule_that_finds_nothing_is_passed_over(tmp_path: Path) -> None:
    sites = load_sites(write(tmp_path, RULES))
    assert "giao diện cũ" in read(OLD, sites, date(2026, 3, 5))


def test_a_rule_for_a_system_is_used_where_its_mark_stands_and_one_for_the_outlet_comes_first(tmp_path: Path) -> None:
    text = "rules:\n  - {name: hệ, marks: div.moi, body: div.cu}\n"
    assert "quảng cáo" in read(NEW, load_sites(write(tmp_path, text)), date(2026, 3, 5))
    text += "  - {name: báo, sites: [bao.test], body: div.moi}\n"
    assert "giao diện mới" in read(NEW, load_sites(write(tmp_path, text)), date(2026, 3, 5))


def test_a_rule_may_drop_and_name_every_field(tmp_path: Path) -> None:
    text = (
        "rules:\n  - {name: đủ, sites: [bao.test], title: .a, lead: .b, "
        "body: .c, authors: .d, published: .e, drop: .f}\n"
    )
    markup = (
        "<div class=e>05/11/2026 08:30</div><p class=a>Tên bài</p><p class=d>Lò Văn Pao</p>"
        "<p class=b>Lời dẫn của bài.</p>"
        "<div class=c><p>Đoạn văn thứ nhất của bài báo mẫu này.</p><p class=f>Đoạn văn không thuộc về bài báo.</p>"
        "</div>"
    )
    page = Page(url="https://bao.test/x", html=markup, fetched=datetime(2026, 11, 6, tzinfo=UTC))
    found = extract(page, load_sites(write(tmp_path, text)))
    assert (found.title, found.lead, found.authors) == ("Tên bài", "Lời dẫn của bài.", ("Lò Văn Pao",))
    assert found.text == "Đoạn văn thứ nhất của bài báo mẫu này."
    assert found.published == datetime(2026, 11, 5, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "key", "line", "name"),
    [
        ("rules:\n  - {name: a, sites: [b.test], bodi: p}\n", "config_unknown_key", 2, "bodi"),
        ("rules:\n  - name: a\n    sites: [b.test]\n    body: 'p['\n", "config_bad_selector", 4, "body"),
        ("rules:\n  - name: a\n    sites: [b.test]\n    body: 'p:hover'\n", "config_bad_selector", 4, "body"),
        ("rules:\n  - name: a\n    sites: [b.test]\n    since: 2026-13-01\n", "config_bad_day", 4, "since"),
        ("rules:\n  - name: a\n    sites: [b.test]\n    until: hôm qua\n", "config_bad_day", 4, "until"),
        (
            "rules:\n  - name: a\n    sites: [b.test]\n    since: 2026-02-01\n    until: 2026-01-01\n",
            "config_bad_day", 5, "until",
        ),
        ("rules:\n  - name: a\n    sites: b.test\n", "config_not_list", 3, "sites"),
        ("rules:\n  - name: a\n    body: p\n", "config_missing_key", 2, "sites"),
        ("rules:\n  - sites: [b.test]\n", "config_missing_key", 2, "name"),
        ("rule: []\n", "config_unknown_key", 1, "rule"),
    ],
)  # fmt: skip
def test_a_mistake_names_file_line_and_key(tmp_path: Path, text: str, key: str, line: int, name: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_sites(write(tmp_path, text))
    assert (caught.value.key, caught.value.facts["line"], caught.value.facts["name"]) == (key, line, name)
    assert str(tmp_path) in wording(caught.value)


def test_the_first_folder_that_has_the_file_is_read(tmp_path: Path) -> None:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    write(shipped, RULES)
    assert len(load_sites((tmp_path, shipped)).rules) == 2
    write(tmp_path, "rules: []\n")
    assert load_sites((tmp_path, shipped)).rules == ()


def test_no_file_at_all_is_said() -> None:
    with pytest.raises(ConfigError) as caught:
        load_sites((Path("does-not-exist"),))
    assert caught.value.key == "config_missing"


def test_the_shipped_rules_are_read_and_travel_to_worker_processes() -> None:
    sites = load_sites((SHIPPED,))
    assert sites.rules
    again = pickle.loads(pickle.dumps(sites))
    assert again == sites


TREE = html.document_fromstring(
    '<div id="a" class="x y"><p class="y" data-k="one two">1</p><ul><li>2</li></ul><span title="it\'s">3</span></div>'
)


@pytest.mark.parametrize(
    ("css", "texts"),
    [
        ("p", ["1"]),
        ("#a p.y", ["1"]),
        (".x > ul li", ["2"]),
        ("div > li", []),
        ("li, p", ["1", "2"]),
        ("[data-k~=two]", ["1"]),
        ("[data-k^='one']", ["1"]),
        ("[data-k$=two]", ["1"]),
        ("[data-k*='e t']", ["1"]),
        ('[title="it\'s"]', ["3"]),
        ("span[title]", ["3"]),
        ("* > li", ["2"]),
    ],
)
def test_selectors_name_what_css_says_they_name(css: str, texts: list[str]) -> None:
    assert [element.text for element in compile_css(css)(TREE)] == texts


@pytest.mark.parametrize("css", ["", "p,", "p >", "p:first-child", "p + p", "p[", "..a", "a b >", '[a="b\'"c]'])
def test_what_is_no_such_selector_is_refused(css: str) -> None:
    with pytest.raises(ValueError):
        compile_css(css)
