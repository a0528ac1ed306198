"""Random days at the desk: whatever people drop, move and refresh, no item is lost, none comes twice, order is kept."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from editions_making import HOUR, office, page, put, reading, text_of
from press_server import NOW

from monitor.desk import editions, moving, triage
from monitor.desk.audit import audit
from monitor.desk.sitting import Sitting, sitting
from monitor.model.edition import Edition
from monitor.store import editions as store

DAYS = 4


@pytest.fixture
def s(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sitting]:
    monkeypatch.delenv("MONITOR_USER", raising=False)
    with sitting(office(root)) as made:
        yield made


class Office:
    """A press that publishes, reprints and changes; an officer who edits; a leader who restricts now and then."""

    def __init__(self, s: Sitting, seed: int) -> None:
        self.s, self.dice, self.n = s, random.Random(seed), 0
        self.secret: set[str] = set()
        self.dropped: set[str] = set()
        self.comments: dict[str, str] = {}
        self.changed: set[str] = set()

    def publish(self) -> None:
        for _ in range(self.dice.randint(1, 4)):
            self.n += 1
            at = self.s.now - self.dice.random() * 6 * HOUR
            # A reprint, now and then, with its first print among the items of this round or an earlier one.
            same = self.dice.randint(1, self.n) if self.dice.random() < 0.3 else self.n
            tagging = reading(attention=self.dice.random() < 0.2, place=self.dice.choice(("Lào Cai", "Hà Nội", "")))
            put(self.s.db, self.n, at, outlet=self.dice.choice(("suoi", "nui", "phuong")), same=same, tagging=tagging)

    def change(self) -> None:
        ident = f"x{self.dice.randint(1, self.n):04d}"
        self.changed.add(ident)
        for k in (0, 1):
            page(self.s.db, ident, self.s.now, text=f"Lần {k} lúc {self.s.now}. {text_of(self.dice.randint(900, 999))}")

    def edit(self, found: Edition) -> None:
        items = editions.edition(self.s, found.id).items
        if not items:
            return
        one = self.dice.choice(items)
        act = self.dice.choice(("drop", "restore", "move", "up", "comment"))
        if act == "drop":
            editions.drop(self.s, found.id, one.article)
        elif act == "restore":
            editions.restore(self.s, found.id, one.article)
        elif act == "move":
            editions.move(self.s, found.id, one.article, self.dice.randint(-2, 12))
        elif act == "up":
            editions.move(self.s, found.id, one.article, self.dice.choice(("up", "down")))
        else:
            editions.comment(self.s, found.id, one.article, f"ghi {self.dice.random()}")

    def restrict(self, found: Edition) -> None:
        items = [item for item in editions.edition(self.s, found.id).items if not item.also]
        if items:
            one = self.dice.choice(items).article
            case = triage.open_case(self.s, [one], triage.Opening())
            moving.restrict(self.s, case.id, [])
            self.secret.add(one)

    def refresh(self, found: Edition) -> None:
        before = editions.edition(self.s, found.id)
        after = editions.refresh(self.s, found.id)
        was = {item.article: item for item in before.items}
        for item in after.items:
            if item.article in was:
                assert (item.dropped, item.comment) == (was[item.article].dropped, was[item.article].comment)
        for part in {item.section for item in after.items}:
            stayed = [i.article for i in before.items if i.section is part]
            kept = [i.article for i in after.items if i.section is part and was.get(i.article, i).section is part]
            assert [a for a in kept if a in stayed] == [a for a in stayed if a in kept]
        gone = set(was) - {item.article for item in after.items}
        assert not gone - self.secret


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_lost_nothing_comes_twice_and_the_order_is_people_s(s: Sitting, seed: int) -> None:
    world = Office(s, seed)
    carried: list[tuple[str, str]] = []
    shown: set[str] = set()
    for day in range(DAYS):
        world.s = replace(s, now=NOW + 24 * day * HOUR)
        world.publish()
        found = editions.draft(world.s)
        for _ in range(world.dice.randint(4, 9)):
            world.s = replace(world.s, now=world.s.now + HOUR)
            step = world.dice.random()
            if step < 0.2:
                world.publish()
            elif step < 0.3 and day:
                world.change()
            elif step < 0.35:
                world.restrict(found)
            elif step < 0.55:
                world.refresh(found)
            else:
                world.edit(found)
            listed = [a for item in editions.edition(world.s, found.id).items for a in item.articles]
            assert len(listed) == len(set(listed))
            assert not set(listed) & world.secret
            assert [i.position for i in editions.edition(world.s, found.id).items if i.position == 0] == []
        world.refresh(found)
        draft = editions.edition(world.s, found.id)
        done = editions.approve(world.s, found.id)
        whole = json.loads(editions.rendered(world.s, found.id, "json"))
        printed = [item["id"] for part in whole["sections"] for item in part["items"]]
        assert printed == [item.article for item in draft.kept]
        shown |= {a for item in done.items for a in item.articles}
        rows = s.db.execute("SELECT article, version FROM edition_prints WHERE edition = ?", [found.id]).fetchall()
        carried += [(article, version) for article, version in rows]
    assert len(carried) == len(set(carried))
    twice = [a for a, _ in carried if sum(a == b for b, _ in carried) > 1]
    assert set(twice) <= world.changed
    # All that came out is in one of the editions, or in a restricted case.
    assert {f"x{n:04d}" for n in range(1, world.n + 1)} - shown - hidden_ever(world) == set()
    assert audit(s.db).flaws == ()
    assert store.last(s.db, done.series) == store.get(s.db, done.id)


def hidden_ever(world: Office) -> set[str]:
    """What belongs to restricted cases."""
    return store.beside(world.s.db, [case.id for case in store.restricted(world.s.db)])
