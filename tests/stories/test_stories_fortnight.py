"""Floors that cannot sink silently: the stories of a replayed fortnight against what is known of it."""

from __future__ import annotations

import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REPLAY = ROOT / ".." / "shared" / "press" / "replay"


@pytest.mark.skipif(not REPLAY.exists(), reason="the shared press is not here: no fortnight to replay")
def test_the_stories_of_a_fortnight_are_told_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader = SourceFileLoader("bench_stories", str(ROOT / "bench" / "stories.py"))
    spec = spec_from_loader(loader.name, loader)
    assert spec
    bench = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, loader.name, bench)
    loader.exec_module(bench)
    score = bench.scored(bench.replayed(REPLAY), 41)
    assert score.pairs > 100
    assert score.precision >= bench.PRECISION, score.wrong
    assert score.recall >= bench.RECALL, score.missed
    assert score.first >= bench.FIRST, score.not_first
