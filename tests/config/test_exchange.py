"""OPML out and in, and adding what came in to sources.yaml without touching what stands there."""

from __future__ import annotations

import stat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.config import add_outlets, from_opml, load_sources, shipped, to_opml
from monitor.errors import ConfigError, InputError, MonitorError
from monitor.labels import wording
from monitor.model.source import Level, Medium, Outlet, OutletKind, Source, SourceKind, Sources

MINE = """\
# đầu tệp
defaults: {pace: 3, every: 30}  # chung
outlets:
  # một báo
  - id: bao-mau
    name: Báo Mẫu   # ghi chú
    kind: press
    level: central
    sources:
      - feed: https://bao-mau.test/home.rss   # nguồn chính

# cuối tệp
"""

FOREIGN = """<?xml version="1.0" encoding="UTF-16"?>
<opml version="1.1"><body>
  <outline text="Địa phương">
    <outline type="rss" text="Báo Một" xmlUrl="https://www.mot.test/rss.xml" htmlUrl="https://mot.test/"/>
    <outline text="Sâu hơn"><outline text="x" xmlUrl="https://hai.test/a.rss"/></outline>
  </outline>
  <outline text="y" xmlUrl="https://hai.test/b.rss"/>
  <outline text="lặp" xmlUrl="http://HAI.test/a.rss"/>
  <!-- <outline xmlUrl="x"/> -->
</body></opml>"""


def outlet(ident="bao-moi-1", *urls, name="Báo Mới"):
    sources = tuple(
        Source(id=f"{ident}/{n}", outlet=ident, kind=SourceKind.FEED, url=url) for n, url in enumerate(urls, 1)
    )
    return Outlet(id=ident, name=name, kind=OutletKind.PRESS, level=Level.CENTRAL, sources=sources)


RICH = Outlet(
    id="cong-a",
    name='Cổng "A" & <B>: # thử',
    kind=OutletKind.PORTAL,
    level=Level.UNION,
    province="Cao Bằng",
    sources=(
        Source(
            id="cong-a/tin",
            outlet="cong-a",
            kind=SourceKind.LISTING,
            url="https://cong-a.test/tin?a=1&b=%20",
            medium=Medium.RADIO,
            links='div[class="x"] > a',
            next="?trang={page}",
            pages=4,
            pace=0.5,
            every=90,
            paused="Lý do: “sửa”, #1",
        ),
        Source(id="cong-a/2", outlet="cong-a", kind=SourceKind.SITEMAP, url="https://cong-a.test/s.xml"),
        Source(id="cong-a/yes", outlet="cong-a", kind=SourceKind.FEED, url="https://cong-a.test/x#y"),
    ),
)


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "sources.yaml"
    path.write_text(MINE, encoding="utf-8")
    return path


def test_export_and_import_lose_nothing():
    sources = Sources(outlets=(outlet("bao-mau", "https://bao-mau.test/1"), RICH))
    assert from_opml(to_opml(sources)) == sources.outlets
    assert from_opml(to_opml(sources).encode()) == sources.outlets


def test_the_shipped_sources_survive_the_round_trip():
    sources = load_sources(shipped() / "sources.yaml")
    assert from_opml(to_opml(sources)) == sources.outlets


def test_a_foreign_list_becomes_one_outlet_a_host_and_an_address_once():
    mot, hai = from_opml(FOREIGN)
    assert (mot.id, mot.name, [s.url for s in mot.sources]) == (
        "mot-test",
        "Báo Một",
        ["https://www.mot.test/rss.xml"],
    )
    assert (hai.id, hai.name) == ("hai-test", "hai.test")
    assert [(s.id, s.url) for s in hai.sources] == [
        ("hai-test/1", "https://hai.test/a.rss"),
        ("hai-test/2", "https://hai.test/b.rss"),
    ]


BOMB = (
    '<!DOCTYPE o [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><opml><body><outline text="&b;"/></body></opml>'
)

GROUP = '<outline xmlns:m="urn:union-press-monitor:opml" m:id="a" text="A" m:kind="press" m:level="union"/>'
CROWD = f"<opml><body>{GROUP * 5001}</body></opml>"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (BOMB, "opml_doctype"),
        (BOMB.encode("utf-16"), "opml_doctype"),
        ('<!DOCTYPE o SYSTEM "file:///etc/passwd"><opml><body/></opml>', "opml_doctype"),
        ("", "opml_broken"),
        (b"\x00\xff\xfe\x01", "opml_broken"),
        ("<opml><body>", "opml_broken"),
        ("<opml><body>&x;</body></opml>", "opml_broken"),
        ("<o>" * 20000, "opml_broken"),
        (CROWD, "opml_too_many"),
        ("<rss><channel/></rss>", "opml_not"),
        ("<opml><head/></opml>", "opml_no_body"),
        ('<opml><body>\n<outline xmlUrl="javascript:x"/></body></opml>', "config_url_scheme"),
        ('<opml><body>\n<outline xmlUrl="http://a b/"/></body></opml>', "config_url_characters"),
    ],
)
def test_a_hostile_or_broken_list_is_refused_with_a_sentence(text, key):
    with pytest.raises(InputError) as caught:
        from_opml(text)
    assert caught.value.key == key
    assert wording(caught.value)


def test_a_wrong_value_of_our_own_names_line_and_attribute():
    text = to_opml(Sources(outlets=(RICH,)))
    for old, new, name in (
        ('pages="4"', 'pages="0"', "pages"),
        ('every="90"', 'every="x"', "every"),
        ('kind="portal"', 'kind="báo"', "kind"),
        ('province="Cao Bằng"', 'province="Bắc Kạn"', "province"),
        ('name="2"', 'name="tin"', "name"),
    ):
        assert old in text
        with pytest.raises(InputError) as caught:
            from_opml(text.replace(old, new))
        assert caught.value.facts["name"] == name
        assert "OPML, dòng" in wording(caught.value)


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(max_size=80), st.binary(max_size=80)))
def test_no_input_breaks_the_reader(text):
    head, tail = ("<opml><body>", "</body></opml>") if isinstance(text, str) else (b"<opml><body>", b"</body></opml>")
    for tried in (text, head + text + tail):
        try:
            from_opml(tried)
        except MonitorError as error:
            assert wording(error)


def test_adding_keeps_every_byte_of_the_file(mine):
    assert add_outlets(mine, (RICH,)) == 3
    text = mine.read_text(encoding="utf-8")
    head, tail = MINE.split("\n# cuối tệp")
    assert text.startswith(head)
    assert text.endswith("\n# cuối tệp" + tail)
    before, added = load_sources(mine).outlets
    assert before.id == "bao-mau"
    assert (added.name, added.province) == (RICH.name, RICH.province)
    assert added.sources[0] == RICH.sources[0]
    assert [source.id for source in added.sources] == ["cong-a/tin", "cong-a/2", "cong-a/yes"]
    assert added.sources[1].pace == 3  # a stranger keeps to the pace of the file


def test_what_is_watched_already_is_not_added_again(mine):
    known = outlet("khac", "http://BAO-MAU.test/home.rss")
    assert add_outlets(mine, (known,)) == 0
    assert mine.read_text(encoding="utf-8") == MINE
    assert add_outlets(mine, (RICH,)) == 3
    assert add_outlets(mine, (RICH,)) == 0


def test_a_taken_id_gets_a_number(mine):
    new = outlet("bao-mau", "https://bao-mau.test/a", "https://bao-mau.test/home.rss", "https://bao-mau.test/b")
    assert add_outlets(mine, (new, outlet("bao-mau", "https://khac.test/"))) == 3
    first, second, third = load_sources(mine).outlets
    assert [first.id, second.id, third.id] == ["bao-mau", "bao-mau-2", "bao-mau-3"]
    assert [source.id for source in second.sources] == ["bao-mau-2/1", "bao-mau-2/3"]


@pytest.mark.parametrize(
    "text",
    [
        "outlets: []   # chưa có\ndefaults: {pace: 2}\n",
        "outlets: []",
        MINE.replace("defaults: {pace: 3, every: 30}  # chung\n", "") + "defaults:\n  pace: 1\n",
        MINE.rstrip().removesuffix("# cuối tệp").rstrip(),
        MINE.replace("\n", "\r\n"),
        "\ufeff" + MINE,
        "outlets:\n- {id: a, name: A, kind: press, level: union, sources: [{feed: 'http://a.test/'}]} # x\n# y\n",
        MINE.replace("# nguồn chính", "\n        paused: |\n          hai dòng\n          chữ\n"),
    ],
)
def test_outlets_can_be_added_however_the_file_is_written(tmp_path, text):
    path = tmp_path / "sources.yaml"
    path.write_bytes(text.encode())
    old = load_sources(path)
    assert add_outlets(path, (RICH,)) == 3
    assert load_sources(path).outlets[:-1] == old.outlets
    raw = path.read_bytes().decode()
    assert all(line in raw for line in text.splitlines() if "outlets: []" not in line)
    assert ("\r\n" in raw) == ("\r\n" in text)
    assert raw.startswith("\ufeff") == text.startswith("\ufeff")
    assert raw.count("\r\n") in (0, raw.count("\n"))


def test_a_list_in_brackets_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "sources.yaml"
    text = "outlets: [{id: a, name: A, kind: press, level: union, sources: []}]\n"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        add_outlets(path, (RICH,))
    assert "dấu ngoặc vuông" in wording(caught.value)
    assert path.read_text() == text


def test_nothing_is_written_when_the_result_would_not_load(mine):
    bad = outlet("mã xấu", "https://moi.test/")
    with pytest.raises(ConfigError):
        add_outlets(mine, (bad,))
    assert mine.read_text(encoding="utf-8") == MINE
    assert [path.name for path in mine.parent.iterdir()] == ["sources.yaml"]


def test_a_linked_file_stays_a_link_and_keeps_its_rights(mine, tmp_path):
    mine.chmod(0o640)
    link = tmp_path / "lien-ket.yaml"
    link.symlink_to(mine)
    assert add_outlets(link, (RICH,)) == 3
    assert link.is_symlink()
    assert stat.S_IMODE(mine.stat().st_mode) == 0o640
