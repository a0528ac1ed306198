"""The shared press, read where it lies; skipped where it is absent. Nothing of it is kept here."""

from __future__ import annotations

import json
import random
import sys
from datetime import UTC, datetime, timedelta
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

from monitor.clock import iso_local
from monitor.extract import SiteRules, extract, load_sites
from monitor.model.article import Page
from monitor.text import clean, decode, nfc

ROOT = Path(__file__).parents[2]
PRESS = ROOT / ".." / "shared" / "press"
SITES = load_sites((ROOT / "rules",))
FETCHED = datetime(2026, 11, 20, tzinfo=UTC)
GOLDEN = PRESS / "pages" / "golden.json"
MANY = 400

needs_press = pytest.mark.skipif(not (PRESS / "replay").exists(), reason="no ../shared/press beside the checkout")


@pytest.fixture(scope="module")
def replay() -> ModuleType:
    loader = SourceFileLoader("press_replay", str(PRESS / "replay"))
    spec = spec_from_loader("press_replay", loader)
    assert spec
    module = module_from_spec(spec)
    kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = kept
    return module


@needs_press
@pytest.mark.parametrize("seed", [2026, 7])
def test_every_page_of_the_replay_is_read_to_the_letter(replay: ModuleType, seed: int) -> None:
    web = replay.Web(seed)
    for article in random.Random(seed).sample(list(web.articles.values()), MANY):
        name, _, template, _ = replay.OUTLETS[article["host"]]
        html = nfc(replay.page(article, name, template, web.byhost[article["host"]][:5]))
        found = extract(Page(url=article["url"], html=html, fetched=FETCHED), SITES)
        assert found.title == clean(article["title"])
        assert found.lead == clean(article["summary"])
        assert found.text.splitlines() == [clean(line) for line in article["body"].split("\n") if clean(line)]
        assert found.published is not None
        assert abs(found.published - article["at"]) < timedelta(minutes=1)


@needs_press
@pytest.mark.parametrize("sites", [SITES, SiteRules()], ids=["with rules", "without rules"])
@pytest.mark.parametrize(
    "name", [item["file"] for item in json.loads(GOLDEN.read_text("utf-8"))] if GOLDEN.exists() else []
)
def test_the_real_pages_are_read_as_a_reader_sees_them(name: str, sites: SiteRules) -> None:
    told = next(item for item in json.loads(GOLDEN.read_text("utf-8")) if item["file"] == name)
    raw = (PRESS / name).read_bytes()
    found = extract(Page(url=told["url"], html=decode(raw), fetched=FETCHED), sites)
    assert (found.title, list(found.authors)) == (told["title"], told["authors"])
    assert (iso_local(found.published) or "")[:16] == told["published"][:16]
    assert (iso_local(found.modified) or "")[:16] == (told["modified"] or "")[:16]
    assert found.lead.startswith(told["lead"][:80])
    assert found.canonical == told["url"]
    squeezed = "".join(found.text.split())
    missing = [part for part in (told["first"], told["last"], *told["must"]) if "".join(part.split()) not in squeezed]
    extra = [part for part in told["must_not"] if "".join(part.split()) in squeezed]
    assert (missing, extra) == ([], [])
