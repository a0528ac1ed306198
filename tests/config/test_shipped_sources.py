"""The shipped sources.yaml: broad, unique, explained."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from monitor.config import PRESENT, load_sources, shipped
from monitor.model.source import Level

FILE = shipped() / "sources.yaml"
SOURCES = load_sources(FILE)


def test_the_list_is_broad():
    assert len(SOURCES.outlets) >= 75
    assert {outlet.level for outlet in SOURCES.outlets} == set(Level)
    assert {outlet.province for outlet in SOURCES.outlets} - {None} == PRESENT


def test_ids_and_addresses_are_unique_and_ids_are_plain():
    ids = [source.id for source in SOURCES.all]
    assert len(set(ids)) == len(ids)
    assert all(ident.isascii() and ident == ident.lower() for ident in ids)
    doubled = [url for url, times in Counter(source.url for source in SOURCES.all).items() if times > 1]
    assert doubled == []
    assert all(source.url.startswith("https://") for source in SOURCES.all)


@pytest.mark.parametrize(
    "host",
    [
        *("laodong.vn", "laodongcongdoan.vn", "laodongthudo.vn", "congdoan.vn", "ldld.angiang.gov.vn"),
        *("congdoanbackan.org.vn", "ldld.caobang.gov.vn", "cdvccaobang.vn", "baoangiang.com.vn"),
        *("vov.vn", "vtv.vn", "nhandan.vn", "www.qdnd.vn", "tuoitre.vn", "vietnamnet.vn", "vnexpress.net"),
        *("www.vietnamplus.vn", "baotintuc.vn", "baolaocai.vn", "baocaobang.vn", "baothainguyen.vn"),
    ],
)
def test_what_the_directives_name_is_watched(host):
    assert host in {urlsplit(source.url).hostname for source in SOURCES.all}


def test_a_moved_paper_is_watched_where_it_is_now():
    hosts = {urlsplit(source.url).hostname for source in SOURCES.all}
    gone = {"nld.com.vn", "cand.com.vn", "baoxaydung.com.vn", "baosonla.org.vn", "baohaiphong.com.vn"}
    assert not hosts & gone


def test_a_paused_source_says_why():
    assert all(len(source.paused) > 20 for source in SOURCES.all if source.paused)


def test_the_example_in_the_header_works(tmp_path):
    lines = FILE.read_text(encoding="utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("#   - id:"))
    end = next(n for n, line in enumerate(lines) if line == "# GHI CHÚ TRONG DANH SÁCH")
    example = "\n".join(line[1:] for line in lines[start : end - 1])
    path = Path(tmp_path / "sources.yaml")
    path.write_text(f"outlets:\n{example}\n", encoding="utf-8")
    outlet = load_sources(path).outlets[0]
    assert [source.kind.value for source in outlet.sources] == ["feed", "listing", "sitemap"]
    assert outlet.sources[0].paused
