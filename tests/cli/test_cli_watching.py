"""``monitor watch`` and what the acts on a case make of it: who is told what, and what is watched no longer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_running import Run
from press_server import Answer, Press, outlet, page, write_home

from monitor.config import Home
from monitor.jobs.collect import collect
from monitor.store import articles, cases, watch
from monitor.store.db import opened


@pytest.fixture
def press() -> Iterator[Press]:
    with Press() as made:
        yield made


@pytest.fixture
def items(run: Run, root: Path, press: Press, surroundings: pytest.MonkeyPatch) -> list[str]:
    """The ids of two plain items, in an office of u1 (the one at the machine) and u2 (press)."""
    surroundings.delenv("MONITOR_USER", raising=False)
    surroundings.setenv("LOGNAME", "anh.nv")
    home = write_home(root, outlet("tin24", f"{{feed: {press.base}/rss/home.rss}}"))
    press.grow(2)
    collect(home)
    run("user", "list")  # who sits at the machine becomes u1
    run("user", "add", "Trần Thị Hoa", "--role", "press", "--by", "u1")
    with opened(home.database) as db:
        return [article.id for article in articles.between(db)]


def opens(run: Run, *words: str) -> str:
    done = run("case", "open", *words, "--no-evidence", "--by", "u1")
    assert done.code == 0, done
    return next(word.strip(":,.") for word in done.out.split() if word.startswith("VV"))


def edit(press: Press) -> None:
    for item in press.items:
        press.answers[item.path] = Answer(body=page(item).replace("buổi sáng", "buổi chiều").encode())


def watched(root: Path, case: str) -> list[watch.Watched]:
    with opened(Home(root=root).database) as db:
        return watch.of_case(db, case)


def test_a_restricted_case_is_watched_and_told_to_nobody_else(run: Run, press: Press, items: list[str]) -> None:
    hidden = opens(run, items[0], "--only", "u1")
    run("watch", "--case", hidden, "--json").complains("--by")
    before = len(press.paths())
    run("watch", "--case", hidden, "--json", "--by", "u2").complains("Không có vụ việc")
    assert len(press.paths()) == before
    assert len(run("watch", "--all", "--json", "--by", "u1").json) == 1
    edit(press)
    told = run("watch", "--all", "--by", "u2")
    assert told.code == 0
    assert items[0] not in told.out
    assert "buổi chiều" not in told.out
    assert "1 trang của vụ việc mà người thực hiện không được xem" in told.out
    assert run("watch", "--all", "--json", "--by", "u2").json == []
    (line,) = run("watch", "--all", "--case", hidden.lower(), "--json", "--by", "u1").json
    assert line["article"] == items[0]


def test_a_page_that_an_open_case_waits_for_too_is_told(run: Run, press: Press, root: Path, items: list[str]) -> None:
    from monitor.clock import now
    from monitor.jobs.watch_acts import watch_case

    opens(run, items[0], "--only", "u1")
    seen = opens(run, items[1])
    with opened(Home(root=root).database) as db:
        watch_case(db, seen, [items[0]], now())
    rows = run("watch", "--all", "--json", "--by", "u2").json
    assert {row["article"] for row in rows} == set(items)


def test_a_case_taken_back_is_not_watched_for_ever(run: Run, root: Path, items: list[str]) -> None:
    case = opens(run, items[0])
    assert watched(root, case)[0].closed is None
    assert run("case", "undo", items[0], "--by", "u1").code == 0
    assert watched(root, case)[0].closed is not None


def test_a_dropped_item_is_not_watched_for_the_case(run: Run, root: Path, items: list[str]) -> None:
    case = opens(run, items[0])
    assert run("case", "add", case, items[1], "--by", "u1").code == 0
    assert {page.article for page in watched(root, case)} == set(items)
    assert run("case", "drop", case, items[1], "--by", "u1").code == 0
    assert [page.article for page in watched(root, case)] == [items[0]]


def test_an_item_that_joined_and_was_taken_back_is_not_watched_for_the_case(
    run: Run, root: Path, items: list[str]
) -> None:
    case = opens(run, items[0])
    run("case", "add", case, items[1], "--by", "u1")
    done = run("case", "undo", items[1], "--by", "u1")
    assert done.code == 0, done
    assert [page.article for page in watched(root, case)] == [items[0]]


def test_a_case_is_opened_with_its_watch_or_not_at_all(run: Run, root: Path, items: list[str]) -> None:
    rules = root / "rules" / "watch.yaml"
    before = rules.read_bytes() if rules.exists() else None
    try:
        rules.write_text("rhythm: [", encoding="utf-8")
        run("case", "open", items[0], "--no-evidence", "--by", "u1").complains("watch.yaml")
    finally:
        rules.unlink() if before is None else rules.write_bytes(before)
    with opened(Home(root=root).database) as db:
        assert list(cases.every(db)) == []
