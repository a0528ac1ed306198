"""Floors on labelled real items, set a little under what the rules reach, so that they cannot sink silently.

Fold 0 was tuned on; fold 1 was only ever scored. The distance between the two is how far we fool ourselves.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor.model.tag import TagInput
from monitor.tag import load_rules, tag

ROOT = Path(__file__).parents[2]
LABELLED = ROOT / ".." / "shared" / "labels" / "dev.jsonl"
FLOORS = {
    0: {"union": 0.99, "relevance": 0.975, "attention": 0.97, "places": 0.93, "topics": 0.82, "tone": 0.91},
    1: {"union": 0.985, "relevance": 0.88, "attention": 0.80, "places": 0.92, "topics": 0.75, "tone": 0.70},
}

pytestmark = pytest.mark.skipif(not LABELLED.exists(), reason="the labelled items are not on this machine")


def _f1(pairs: Iterable[tuple[set[Any], set[Any]]]) -> float:
    """F1 over pairs of (wanted, given) sets."""
    both = wanted_only = given_only = 0
    for wanted, given in pairs:
        both += len(wanted & given)
        wanted_only += len(wanted - given)
        given_only += len(given - wanted)
    return 2 * both / (2 * both + wanted_only + given_only) if both else 0.0


def _macro(pairs: list[tuple[str | None, str | None]]) -> float:
    classes = sorted({wanted for wanted, _ in pairs if wanted})
    scores = [_f1([({c} & {w}, {c} & {g}) for w, g in pairs]) for c in classes]
    return sum(scores) / len(scores)


def _read(fold: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    book = load_rules((ROOT / "rules",))
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        if item["fold"] != fold:
            continue
        text = TagInput(title=item["title"] or "", summary=item["summary"] or "", body=item["body"] or "")
        found = tag(text, book)
        for mention in found.mentions:
            assert text.joined[mention.start : mention.end] == mention.text
        given = {
            "rel": found.relevance.value,
            "topics": {topic.id for topic in found.topics},
            "places": {place.name for place in found.places},
            "tone": found.tone.value if found.tone else None,
            "attention": found.attention,
        }
        yield item["label"], given


@pytest.mark.parametrize("fold", FLOORS)
def test_the_rules_reach_their_floors_on_labelled_items(fold: int) -> None:
    read = list(_read(fold))
    ours = [(w, g) for w, g in read if w["rel"] != "none"]
    toned = [(w["tone"], g["tone"]) for w, g in read if w["tone"] and g["rel"] == "union"]
    reached = {
        "union": _f1([({w["rel"]} & {"union"}, {g["rel"]} & {"union"}) for w, g in read]),
        "relevance": _macro([(w["rel"], g["rel"]) for w, g in read]),
        "attention": _f1([({w["attention"]} & {True}, {g["attention"]} & {True}) for w, g in read]),
        "places": _f1([(set(w["places"]), g["places"]) for w, g in ours]),
        "topics": _f1([(set(w["topics"]), g["topics"]) for w, g in ours]),
        "tone": _macro(toned),
    }
    assert Counter(g["rel"] for _, g in read)["union"] > 0
    short = {name: round(value, 3) for name, value in reached.items() if value < FLOORS[fold][name]}
    assert not short, f"below the floors {FLOORS[fold]}"
