"""A further source, a pause: written into sources.yaml so that all else stays byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config import add_sources, load_sources, set_paused
from monitor.errors import ConfigError
from monitor.model.source import Source, SourceKind

FILE = """# Danh mục của văn phòng
defaults: {pace: 1, every: 15}   # giây, phút
outlets:
  # Báo tỉnh trước
  - id: bao-a
    name: Báo A   # tên cũ: Báo B
    kind: press
    level: provincial
    sources:
      - feed: http://a.test/rss   # chính
        medium: online
      # hết
      - listing: "http://a.test/tin"
        links: "h3 a"

  - {id: bao-b, name: B, kind: press, level: union, sources: [{feed: "http://b.test"}, {feed: http://c.tv, paused: x}]}
  - id: bao-c
    name: Báo C
    kind: portal
    level: central
    sources:
    - sitemap: http://c.test/s.xml
      paused:
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "sources.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


def feed(url: str, kind: SourceKind = SourceKind.FEED, **more: str) -> Source:
    return Source(id="", outlet="", kind=kind, url=url, links=more.get("links"))


@pytest.mark.parametrize("outlet", ["bao-a", "bao-b", "bao-c"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_sources_join_an_outlet_and_nothing_else_changes(file: Path, outlet: str, newline: str) -> None:
    file.write_bytes(FILE.replace("\n", newline).encode())
    before = load_sources(file)
    new = (feed("http://x.test/rss"), feed("http://x.test/tin", SourceKind.LISTING, links='div "a" a'.replace('"', "")))
    assert add_sources(file, outlet, new) == 2
    after = load_sources(file)
    had, has = before.outlet(outlet), after.outlet(outlet)
    assert had is not None
    assert has is not None
    assert has.sources[: len(had.sources)] == had.sources
    count = len(had.sources)
    assert [(s.id, s.url) for s in has.sources[count:]] == [
        (f"{outlet}/{count + 1}", "http://x.test/rss"), (f"{outlet}/{count + 2}", "http://x.test/tin"),
    ]  # fmt: skip
    assert [o for o in after.outlets if o.id != outlet] == [o for o in before.outlets if o.id != outlet]
    text = file.read_bytes().decode()
    kept = [line for line in text.split(newline) if "x.test" not in line and "div a a" not in line]
    assert kept == [line for line in FILE.split("\n") if outlet != "bao-b" or "id: bao-b" not in line]


def test_a_number_that_is_taken_as_a_name_is_not_used_again(file: Path) -> None:
    file.write_text(FILE.replace("medium: online", 'name: "3"'), encoding="utf-8")
    add_sources(file, "bao-a", (feed("http://x.test/rss"),))
    assert [s.id for s in load_sources(file).outlets[0].sources] == ["bao-a/3", "bao-a/2", "bao-a/4"]


@pytest.mark.parametrize("ident", ["bao-a/1", "bao-a/2", "bao-b/1", "bao-b/2", "bao-c/1"])
def test_a_source_is_paused_and_looked_at_again(file: Path, ident: str) -> None:
    before = {s.id: s for s in load_sources(file).all}
    why = 'Trang báo đổi "địa chỉ": chờ # hỏi'
    set_paused(file, ident, why)
    paused = {s.id: s for s in load_sources(file).all}
    assert paused[ident].paused == why
    assert {i: s for i, s in paused.items() if i != ident} == {i: s for i, s in before.items() if i != ident}
    set_paused(file, ident, "")
    assert [s.paused for s in load_sources(file).all if s.id == ident] == [""]
    for words in ("# hết", "# tên cũ: Báo B", "# giây, phút", "# chính"):
        assert words in file.read_text(encoding="utf-8")


def test_what_is_not_there_is_an_error_and_the_file_stays(file: Path) -> None:
    with pytest.raises(ConfigError):
        add_sources(file, "khong-co", (feed("http://x.test/rss"),))
    with pytest.raises(ConfigError):
        set_paused(file, "bao-a/9", "x")
    with pytest.raises(ConfigError):
        add_sources(file, "bao-a", (feed("ftp://x.test/rss"),))
    assert file.read_text(encoding="utf-8") == FILE
