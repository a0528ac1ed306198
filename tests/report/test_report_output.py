"""The printed digest: safe whatever the press writes, the same in every form, editable by staff."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import pytest
from report_making import OFFICE, REPORTS, TOPICS, WEEK, article, at, digest, gap, source, tags

from monitor.errors import ConfigError, UsageError
from monitor.labels import wording
from monitor.model.article import Completeness
from monitor.model.digest import PLAIN, Digest
from monitor.model.fetch import Status
from monitor.model.tag import Relevance, Tone
from monitor.report import FORMS, render_digest
from monitor.report.words import day, link, markdown, number

HOSTILE = '<script>alert(1)</script> [bấm](javascript:x) | *đậm* `mã` & "kép" # _a_ <img src=x onerror=alert(2)>'


def printed(made: Digest, form: str = "html", *folders: Path) -> str:
    return render_digest(made, form, folders=(*folders, REPORTS), topics=TOPICS)


class Tags(HTMLParser):
    """Every tag and attribute of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]


def rich() -> Digest:
    """A digest with every relevance, tone, completeness and section, and every status."""
    items = [
        article(
            f"{relevance}-{tone}-{state}-{alarm}-{len(places)}",
            tags(
                relevance, *places, topics=("T02", "T77"), tone=tone, attention=alarm, why="ngừng việc" if alarm else ""
            ),
            completeness=state,
            lead="Công đoàn tặng quà cho công nhân." if alarm else "",
            modified=at(8, 9),
        )
        for relevance, tone, state, alarm, places in product(
            Relevance, (*Tone, None), Completeness, (True, False), ((), ("Yên Bái>Lào Cai",))
        )
    ]
    health = tuple(source(f"s-{status}", status, newest=at(8, 1)) for status in Status)
    return digest(*items, health=health)


@pytest.mark.parametrize("form", FORMS)
def test_the_templates_render_with_every_member_of_every_enum(form: str) -> None:
    made = rich()
    assert {item.section for item in made.items} == set(PLAIN)
    assert "Yên Bái" in printed(made, form)


def test_the_page_is_one_file_without_script_or_outside_resource() -> None:
    page = printed(rich())
    assert page.lstrip().startswith("<!doctype html>")
    assert '<html lang="vi">' in page
    assert 'name="viewport"' in page
    found = Tags(page)
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & set(found.names)
    assert not {name for name in found.attributes if name.startswith("on") or name in ("src", "style")}
    assert "@import" not in page
    assert "url(" not in page


def test_hostile_words_are_words_in_html() -> None:
    bad = article(HOSTILE, tags("union", HOSTILE, attention=True, why=HOSTILE), title=HOSTILE, lead=HOSTILE)
    made = digest(
        replace(bad, url="javascript:alert(1)", outlet=HOSTILE),
        replace(
            bad, id="b", url="https://suoi.test/a?b=\"><script>x</script>&c='", title=f"Khác hẳn {HOSTILE}", lead=""
        ),
        health=(source("x", outlet_name=HOSTILE, reason=HOSTILE, gaps=(gap("x", at(8, 1), at(8, 2)),)),),
    )
    page = printed(replace(made, office=replace(OFFICE, name=HOSTILE)))
    found = Tags(page)
    assert "script" not in found.names
    assert "img" not in found.names
    assert "onerror" not in found.attributes
    outward = [target for target in found.links if not target.startswith("#")]
    assert outward == ["https://suoi.test/a?b=%22%3E%3Cscript%3Ex%3C/script%3E&c='"]
    assert page.count('rel="noopener noreferrer"') == 1


def test_hostile_words_are_words_in_markdown() -> None:
    bad = article("a", tags("union"), title=HOSTILE, lead="- " + HOSTILE, url="javascript:alert(1)", outlet="a|b")
    text = printed(digest(bad), "md")
    assert not re.search(r"(?<!\\)<", text)
    assert not re.search(r"(?<!\\)\[bấm", text)
    assert "](javascript" not in text.replace(r"\]\(javascript", "")
    assert r"| a\|b | 1 |" in text
    assert r"\*đậm\*" in text


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("- a", r"\- a"),
        ("+ a", r"\+ a"),
        ("1. a", r"1\. a"),
        ("12) a", r"12\) a"),
        ("# a", r"\# a"),
        ("=== a", r"\=== a"),
    ],
)
def test_what_would_begin_a_list_or_heading_does_not(raw: str, safe: str) -> None:
    assert markdown(raw) == safe


@pytest.mark.parametrize(
    "url",
    [
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "data:text/html,x",
            "//suoi.test",
            "/a",
            "",
            None,
            "http://",
            "http://[x",
        ),
        *("https://suoi.test/a b", "https://suoi.test\\@xa.test", "https://suoi.test@xa.test/", "ftp://suoi.test/a"),
    ],
)
def test_only_ordinary_web_addresses_become_links(url: str | None) -> None:
    assert link(url) is None


def test_brackets_in_an_address_do_not_end_a_markdown_link() -> None:
    assert link("https://suoi.test/a_(b)?c=đ%20") == "https://suoi.test/a_%28b%29?c=%C4%91%20"


def test_an_item_tells_where_when_why_and_who_else() -> None:
    one = article(
        "a",
        tags("labour", "Yên Bái>Lào Cai", topics=("T06",), attention=True, why="ngừng việc"),
        title="Công nhân xưởng mây dừng làm",
        published=at(7, 14, 30),
        lead="Sáng nay, 60 công nhân ngừng việc.",
        completeness=Completeness.GIVEN_UP,
    )
    page = printed(digest(one, replace(one, id="b", outlet="tin24", published=at(7, 15)), period=WEEK))
    for words in (
        "Thứ bảy 07/11, 14:30",
        "Yên Bái (nay là Lào Cai)",
        "Quan hệ lao động, đình công",
        "Cần chú ý: “ngừng việc”",
        "Cũng đăng: Tin 24 (15:00)",
        "Không lấy được toàn văn; chỉ có tiêu đề, tóm tắt từ nguồn tin.",
        "Tuần 45 (từ ngày 02/11/2026 đến ngày 08/11/2026)",
        "Đã quét <b>1.234</b> tin, chọn <b>2</b> tin",
        "gộp tin đăng lại còn <b>1</b> mục",
    ):
        assert words in page


def test_an_empty_day_says_so_and_still_names_what_failed() -> None:
    made = digest(health=(source("down", gaps=(gap("down", at(8, 8, 10), at(8, 11, 45)),)),))
    for form in ("html", "md"):
        text = printed(made, form)
        assert "Trong thời gian trên không có tin nào về công đoàn và lao động." in text
        assert text.count("Không phát sinh.") == len(PLAIN)
        assert "Không kết nối được sau 30 giây." in text
        assert "Tin 24: từ 08:10 đến 11:45 ngày 08/11/2026 có thể còn thiếu tin." in text
        assert "Ngày 08 tháng 11 năm 2026" in text
        assert "từ 00:00 ngày 08/11/2026 đến 24:00 ngày 08/11/2026" in text
    assert printed(digest()).count("Không phát sinh.") == len(PLAIN) + 1


def test_a_failed_source_is_named_by_its_outlet_and_where_that_has_several_by_its_path() -> None:
    several = (
        source("ben-doi/1", outlet="doi", outlet_name="Bên Đồi", url="https://doi.test/rss/lao-dong.rss"),
        source("ben-doi/2", outlet="doi", outlet_name="Bên Đồi", url="https://doi.test/rss/?muc=2"),
        source("tin24/1", beside=True, url="https://tin24.test/"),
        source("song/1", outlet="song", outlet_name="Báo Sông", url="https://song.test/rss"),
        source("nui/1", outlet="nui", outlet_name="Báo Núi", url="http://[nui/rss", beside=True),
    )
    made = digest(health=several)
    page = printed(made)
    for name in ("Bên Đồi (/rss/lao-dong.rss)", "Bên Đồi (/rss?muc=2)", "Tin 24 (tin24.test)", "Báo Sông", "Báo Núi"):
        assert f"<b>{name}</b>" in page, name
    for form in ("html", "md"):
        assert not [one.id for one in several if one.id in printed(made, form)]
    assert {one["id"] for one in json.loads(printed(made, "json"))["failed_sources"]} == {one.id for one in several}


def test_a_gap_over_midnight_names_both_days() -> None:
    made = digest(health=(source("down", gaps=(gap("down", at(7, 22, 10), at(8, 5, 45)),)),))
    assert "Tin 24: từ 22:10 ngày 07/11/2026 đến 05:45 ngày 08/11/2026 có thể còn thiếu tin." in printed(made)


def test_many_failed_sources_are_told_by_their_kind() -> None:
    down = [source(f"s{n}", Status.GONE if n % 4 else Status.CHALLENGE, outlet_name=f"Báo số {n}") for n in range(40)]
    page = printed(digest(health=tuple(down)))
    assert "<b>Không còn địa chỉ</b> (30 nguồn): Báo số 1, " in page
    assert "và 22 nguồn khác" in page
    assert page.count("Báo số") == 16
    assert len(json.loads(printed(digest(health=tuple(down)), "json"))["failed_sources"]) == 40


def test_a_digest_of_a_running_day_ends_when_it_was_made() -> None:
    made = replace(digest(), made=at(8, 16, 5))
    assert "từ 00:00 ngày 08/11/2026 đến 16:05 ngày 08/11/2026 (lúc lập điểm tin)" in printed(made)


def test_what_is_neither_ours_nor_of_unions_is_one_line() -> None:
    lead = "Công nhân xưởng đá nhận thưởng. Xưởng đá nằm cạnh con sông lớn nhất vùng."
    page = printed(digest(article("a", tags("labour", "Cà Mau"), lead=lead)))
    assert "nhận thưởng" not in page
    page = printed(digest(article("a", tags("union", "Cà Mau"), lead=lead)))
    assert "nhận thưởng" in page
    assert "con sông" not in page


KEYS = {
    "": "date dates period made office scanned kept sections counts topic_names failed_sources gaps",
    "item": "number id url title outlet outlet_name published relevance topics places places_now tone attention why "
    "summary also completeness corrected",
    "failed": "id outlet outlet_name url status reason newest checked",
}


def test_the_json_has_the_documented_keys() -> None:
    one = article(
        "a", tags("union", "Yên Bái>Lào Cai", topics=("T02",), tone="pos"), lead="Công đoàn tặng quà cho công nhân."
    )
    health = (source("down", gaps=(gap("down", at(8, 8, 10), at(8, 11, 45)),)),)
    told = json.loads(printed(digest(one, replace(one, id="b", outlet="nui", url=None), health=health), "json"))
    assert set(told) == set(KEYS[""].split())
    assert (told["date"], told["scanned"], told["kept"]) == ("2026-11-08", 1234, 2)
    assert told["period"]["start"] == "2026-11-08T00:00:00+07:00"
    assert [part["id"] for part in told["sections"]] == [part.value for part in PLAIN]
    (item,) = told["sections"][1]["items"]
    assert set(item) == set(KEYS["item"].split())
    assert item["published"] == "2026-11-08T08:00:00+07:00"
    assert (item["topics"], item["places"], item["places_now"]) == (["T02"], ["Yên Bái"], ["Lào Cai"])
    assert item["also"] == ["Báo Núi Xanh (08:00)"]
    assert told["counts"]["tone"][0] == {"key": "pos", "label": "Tích cực", "count": 2}
    assert set(told["failed_sources"][0]) == set(KEYS["failed"].split())
    assert told["gaps"] == [
        {"source": "down", "outlet": "tin24", "from": "2026-11-08T08:10:00+07:00", "to": "2026-11-08T11:45:00+07:00"}
    ]


def test_the_json_of_several_days_and_a_changed_item() -> None:
    made = digest(article("a", tags("union"), modified=at(8, 9), url="javascript:x"), period=WEEK)
    told = json.loads(printed(made, "json"))
    assert told["date"] is None
    assert told["dates"] == {"from": "2026-11-02", "to": "2026-11-08"}
    item = told["sections"][3]["items"][0]
    assert item["modified"] == "2026-11-08T09:00:00+07:00"
    assert item["url"] is None


def test_an_edited_template_in_the_first_folder_wins(tmp_path: Path) -> None:
    (tmp_path / "digest.html").write_text("Của cơ quan: {{ digest.office }}", encoding="utf-8")
    assert printed(digest(), "html", tmp_path) == "Của cơ quan: Liên đoàn Lao động tỉnh Lào Cai"
    assert printed(digest(), "md", tmp_path).startswith("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM")


@pytest.mark.parametrize("broken", ["{% for x in %}", "{{ digest.no_such_name }}", "{% if digest.empty %}"])
def test_a_broken_template_is_a_clear_error(tmp_path: Path, broken: str) -> None:
    (tmp_path / "digest.html").write_text(broken, encoding="utf-8")
    with pytest.raises(ConfigError) as told:
        printed(digest(), "html", tmp_path)
    assert "digest.html" in wording(told.value)


def test_a_missing_template_and_an_unknown_form_are_clear_errors(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as missing:
        render_digest(digest(), "html", folders=(tmp_path,), topics=TOPICS)
    assert "digest.html" in wording(missing.value)
    with pytest.raises(UsageError) as unknown:
        printed(digest(), "pdf")
    assert "html, md, json" in wording(unknown.value)


def test_numbers_and_days_are_written_as_the_office_writes_them() -> None:
    assert number(1234567) == "1.234.567"
    assert day(at(8).date()) == "Ngày 08 tháng 11 năm 2026"
    assert day(at(8).date().replace(month=2, day=3)) == "Ngày 03 tháng 02 năm 2026"
    assert day(at(8).date().replace(month=3, day=12)) == "Ngày 12 tháng 3 năm 2026"


def test_three_hundred_items_stay_small() -> None:
    made = digest(*(article(f"n{n}", tags("labour", "Cà Mau"), lead="Công nhân nhận thưởng. " * 9) for n in range(300)))
    assert len(printed(made)) < 200_000
