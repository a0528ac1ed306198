"""sources.yaml: what is read, and that every mistake names file, line and key in a sentence for people."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.config import load_sources
from monitor.errors import ConfigError
from monitor.labels import hint, wording
from monitor.model.source import Level, Medium, OutletKind, SourceKind

GOOD = """\
defaults: {pace: 2.5, every: 20}
outlets:
  - id: bao-mau
    name: Báo Mẫu
    kind: press
    level: provincial
    province: Lào Cai
    sources:
      - feed: https://bao-mau.test/rss/home.rss
      - listing: https://bao-mau.test/tin-moi
        name: tin-moi
        medium: tv
        links: "article h3 a"
        next: "/tin-moi/trang-{page}"
        pace: 0
        every: 1
      - sitemap: https://bao-mau.test/sitemap-news.xml
        paused: "Đang sửa"
"""


def load(folder: Path, text: str | bytes):
    path = folder / "sources.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_sources(path)


def test_outlets_and_sources_are_read_with_the_defaults_of_the_file(tmp_path):
    outlet = load(tmp_path, GOOD).outlets[0]
    assert (outlet.name, outlet.kind, outlet.level) == ("Báo Mẫu", OutletKind.PRESS, Level.PROVINCIAL)
    assert outlet.province == "Lào Cai"
    feed, listing, sitemap = outlet.sources
    assert (feed.id, feed.kind, feed.pace, feed.every) == ("bao-mau/1", SourceKind.FEED, 2.5, 20)
    assert (listing.id, listing.medium, listing.pace, listing.every) == ("bao-mau/tin-moi", Medium.TV, 0, 1)
    assert (listing.links, listing.next) == ("article h3 a", "/tin-moi/trang-{page}")
    assert (sitemap.id, sitemap.paused) == ("bao-mau/3", "Đang sửa")


def test_a_listing_walks_ten_pages_where_it_says_how_and_one_where_it_does_not(tmp_path):
    pages = [source.pages for source in load(tmp_path, GOOD).all]
    assert pages == [1, 10, 1]
    more = GOOD.replace("pace: 0\n", "pages: 3\n")
    assert load(tmp_path, more).all[1].pages == 3


def test_adding_a_source_at_the_end_renames_none(tmp_path):
    before = [source.id for source in load(tmp_path, GOOD).all]
    after = [source.id for source in load(tmp_path, GOOD + "      - feed: https://bao-mau.test/2.rss\n").all]
    assert after == [*before, "bao-mau/4"]


def test_without_defaults_a_second_and_a_quarter_of_an_hour_hold(tmp_path):
    source = load(tmp_path, GOOD.split("\n", 1)[1]).all[0]
    assert (source.pace, source.every) == (1.0, 15)


def test_a_byte_order_mark_and_windows_lines_are_fine(tmp_path):
    raw = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    assert load(tmp_path, raw).outlets == load(tmp_path, GOOD).outlets


def test_an_optional_key_left_blank_is_not_set(tmp_path):
    assert load(tmp_path, GOOD.replace("province: Lào Cai", "province:")).outlets[0].province is None


@pytest.mark.parametrize(
    "typed", ["Hồ Chí Minh", "Thành phố Hồ Chí Minh", "TP. Hồ Chí Minh", "TP.HCM", "TP HCM", "tp.hcm"]
)
def test_the_city_has_one_name_however_it_is_typed(tmp_path, typed):
    outlet = load(tmp_path, GOOD.replace("province: Lào Cai", f"province: {typed}")).outlets[0]
    assert outlet.province == "TP.HCM"


def test_names_come_out_in_nfc(tmp_path):
    assert load(tmp_path, GOOD.replace("Báo Mẫu", "Ba\u0301o Mâ\u0303u")).outlets[0].name == "Báo Mẫu"


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """GOOD with one thing changed, and what must be said of it."""

    old: str
    new: str
    key: str
    line: int
    name: str | None = None


MISTAKES = {
    "unknown key": Mistake(old="medium:", new="mediun:", key="config_unknown_key", line=12, name="mediun"),
    "unknown top key": Mistake(old="outlets:", new="outlet:", key="config_unknown_key", line=2, name="outlet"),
    "unknown outlet key": Mistake(old="level:", new="leval:", key="config_unknown_key", line=6, name="leval"),
    "unknown default": Mistake(old="{pace", new="{pase", key="config_unknown_key", line=1, name="pase"),
    "doubled key": Mistake(
        old="    level: provincial\n",
        new="    level: union\n    level: union\n",
        key="config_doubled_key",
        line=7,
        name="level",
    ),
    "missing key": Mistake(old="    kind: press\n", new="", key="config_missing_key", line=3, name="kind"),
    "blank key": Mistake(old="name: Báo Mẫu", new="name:", key="config_missing_key", line=4, name="name"),
    "not a scheme": Mistake(old="feed: https://", new="feed: ftp://", key="config_url_scheme", line=9, name="feed"),
    "no address": Mistake(
        old="feed: https://bao-mau.test/rss/home.rss", new="feed: tin", key="config_url_scheme", line=9
    ),
    "no host": Mistake(old="https://bao-mau.test/rss", new="https:///rss", key="config_url_host", line=9),
    "bad port": Mistake(
        old="bao-mau.test/rss", new="bao-mau.test:99999/rss", key="config_url_host", line=9, name="feed"
    ),
    "bad host": Mistake(old="bao-mau.test/rss", new="bao_.-x..vn/rss", key="config_url_host", line=9),
    "login": Mistake(old="bao-mau.test/rss", new="ten:matkhau@bao.vn/rss", key="config_url_login", line=9),
    "space": Mistake(old="/rss/home.rss", new="/rss/ home.rss", key="config_url_characters", line=9),
    "control": Mistake(
        old="https://bao-mau.test/rss/home.rss",
        new='"https://bao-mau.test/\\x01"',
        key="config_url_characters",
        line=9,
    ),
    "line break": Mistake(
        old="https://bao-mau.test/rss/home.rss",
        new='"https://bao-mau.test/\\r\\nX: y"',
        key="config_url_characters",
        line=9,
    ),
    "not text": Mistake(old="name: Báo Mẫu", new="name: 24", key="config_not_text", line=4, name="name"),
    "a list as text": Mistake(old="name: Báo Mẫu", new="name: [a]", key="config_not_text", line=4),
    "a date as id": Mistake(old="id: bao-mau", new="id: 2026-11-03", key="config_not_text", line=3),
    "empty text": Mistake(old="name: Báo Mẫu", new='name: " "', key="config_empty_text", line=4),
    "bad id": Mistake(old="id: bao-mau", new="id: báo mẫu", key="config_bad_id", line=3, name="id"),
    "bad kind": Mistake(old="kind: press", new="kind: báo", key="config_not_choice", line=5, name="kind"),
    "bad medium": Mistake(old="medium: tv", new="medium: fax", key="config_not_choice", line=12),
    "negative pace": Mistake(old="pace: 0", new="pace: -1", key="config_out_of_range", line=15, name="pace"),
    "infinite pace": Mistake(old="pace: 0", new="pace: .inf", key="config_not_number", line=15),
    "pace in words": Mistake(old="pace: 0", new="pace: nhanh", key="config_not_number", line=15),
    "pace yes": Mistake(old="pace: 0", new="pace: yes", key="config_not_number", line=15),
    "every zero": Mistake(old="every: 1\n", new="every: 0\n", key="config_out_of_range", line=16, name="every"),
    "every half": Mistake(old="every: 1\n", new="every: 0.5\n", key="config_not_whole", line=16),
    "default every": Mistake(old="every: 20", new="every: 0", key="config_out_of_range", line=1, name="every"),
    "a number beyond reason": Mistake(old="every: 1\n", new=f"every: {'9' * 5000}\n", key="config_not_whole", line=16),
    "pages zero": Mistake(old="pace: 0\n", new="pages: 0\n", key="config_out_of_range", line=15, name="pages"),
    "bad selector": Mistake(old="article h3 a", new="a[", key="config_bad_selector", line=13, name="links"),
    "next without page": Mistake(old="{page}", new="2", key="config_no_page", line=14, name="next"),
    "next with more": Mistake(old="{page}", new="{page}{x}", key="config_no_page", line=14),
    "links on a feed": Mistake(
        old="home.rss\n", new="home.rss\n        links: a\n", key="config_listing_only", line=10, name="links"
    ),
    "two addresses": Mistake(
        old="        name: tin-moi\n",
        new="        sitemap: https://bao-mau.test/s.xml\n",
        key="config_one_address",
        line=11,
        name="sitemap",
    ),
    "no address at all": Mistake(
        old="- sitemap: https://bao-mau.test/sitemap-news.xml\n        paused",
        new="- paused",
        key="config_one_address",
        line=17,
        name="feed",
    ),
    "doubled name": Mistake(old="name: tin-moi", new='name: "1"', key="config_doubled_id", line=11, name="name"),
    "doubled URL": Mistake(
        old="https://bao-mau.test/sitemap-news.xml",
        new="https://BAO-MAU.test/tin-moi#x",
        key="config_doubled_url",
        line=17,
        name="sitemap",
    ),
    "former province": Mistake(
        old="province: Lào Cai", new="province: Yên Bái", key="config_former_province", line=7, name="province"
    ),
    "no province": Mistake(old="province: Lào Cai", new="province: Atlantis", key="config_unknown_province", line=7),
    "paused yes": Mistake(old='paused: "Đang sửa"', new="paused: true", key="config_not_text", line=18),
    "sources no list": Mistake(old="    sources:\n", new="    sources: x\n    #", key="config_yaml", line=10),
    "tab": Mistake(old="    kind: press", new="\tkind: press", key="config_tab", line=5),
    "unclosed quote": Mistake(old='"article h3 a"', new='"article h3 a', key="config_yaml", line=14),
    "alias": Mistake(old="name: Báo Mẫu", new="name: *ten", key="config_alias", line=4),
    "anchor": Mistake(old="name: Báo Mẫu", new="name: &ten Báo Mẫu", key="config_alias", line=4),
    "custom tag": Mistake(old="name: Báo Mẫu", new="name: !!python/name:os.system ''", key="config_not_text", line=4),
    "nesting": Mistake(old="name: Báo Mẫu", new="name: " + "[" * 5000, key="config_deep", line=4),
    "control character": Mistake(old="Báo Mẫu", new="Báo\x07", key="config_control_character", line=4),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_names_file_line_and_key(tmp_path, mistake):
    assert GOOD.count(mistake.old) >= 1
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, GOOD.replace(mistake.old, mistake.new, 1))
    error = caught.value
    assert (error.key, error.facts["line"]) == (mistake.key, mistake.line)
    assert error.facts["file"] == str(tmp_path / "sources.yaml")
    sentence = wording(error)
    assert f"sources.yaml, dòng {mistake.line}" in sentence
    if mistake.name:
        assert error.facts["name"] == mistake.name
        assert f"“{mistake.name}”" in sentence


def test_a_doubled_id_says_where_the_first_one_stands(tmp_path):
    other = GOOD.split("outlets:\n")[1].replace("bao-mau.test", "bao-khac.test")
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, GOOD + other)
    assert caught.value.key == "config_doubled_id"
    assert caught.value.facts["line"] == GOOD.count("\n") + 1
    assert "“bao-mau” đã dùng ở dòng 3" in wording(caught.value)


def test_a_former_province_is_told_where_it_went(tmp_path):
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, GOOD.replace("Lào Cai", "tỉnh Hoà Bình"))
    assert "nay thuộc Phú Thọ" in wording(caught.value)


def test_a_password_in_a_url_is_not_repeated(tmp_path):
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, GOOD.replace("bao-mau.test/rss", "ten:matkhau@bao.vn/rss"))
    assert "matkhau" not in wording(caught.value) + str(caught.value)


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b"", "config_empty"),
        (b"# ghi ch\xc3\xba\n\n", "config_empty"),
        (b"- a\n", "config_not_table"),
        (b"chu\n", "config_not_table"),
        (b"defaults: {}\n", "config_missing_key"),
        (b"outlets: {}\n", "config_not_list"),
        (b"outlets: [a]\n", "config_not_table"),
        (b"outlets: []\n---\noutlets: []\n", "config_yaml"),
        ("outlets: []\n# Báo".encode("utf-16"), "config_not_utf8"),
        (b"outlets: []\n# B\xe1o", "config_not_utf8"),
        (b"#" * (2 * 1024 * 1024 + 1), "config_too_big"),
        (b"outlets: []\n\x00", "config_control_character"),
    ],
)
def test_a_file_that_is_no_configuration_is_refused_with_a_sentence(tmp_path, raw, key):
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, raw)
    assert caught.value.key == key
    assert "sources.yaml" in wording(caught.value)


def test_a_missing_file_sends_to_init(tmp_path):
    with pytest.raises(ConfigError) as caught:
        load_sources(tmp_path / "sources.yaml")
    assert "Tạo thư mục làm việc" in wording(caught.value)
    assert "monitor init" in hint(caught.value)


def test_a_folder_in_its_place_is_told(tmp_path):
    with pytest.raises(ConfigError) as caught:
        load_sources(tmp_path)
    assert caught.value.key == "config_unreadable"


def test_a_file_without_outlets_yet_is_in_order(tmp_path):
    assert load(tmp_path, "outlets: []\n").outlets == ()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.integers(0, len(GOOD)),
    cut=st.integers(0, 12),
    put=st.text(alphabet="-:{}[]\"'#&*!|>%@`,?\t\n \x00\u2028ạ0a~", max_size=6),
)
def test_whatever_is_typed_the_answer_is_sources_or_a_config_error(tmp_path, at, cut, put):
    try:
        load(tmp_path, GOOD[:at] + put + GOOD[at + cut :])
    except ConfigError as error:
        assert wording(error)
