"""The watch over a real loopback press that edits, removes, restores, redirects and corrects its pages."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock
from press_server import NOW, Answer, Item, Press, outlet, page, write_home
from watch_pages import Story, error_page, front_page, html

from monitor.config.watch import load_watch
from monitor.errors import BusyError, UsageError
from monitor.jobs.collect import collect
from monitor.jobs.watch import (
    accept,
    changes_of_case,
    corrected,
    dismiss,
    unwatch_case,
    watch_case,
    watch_due,
    watch_round,
    watch_stories,
)
from monitor.model.card import OutletCard
from monitor.model.fetch import Status
from monitor.model.watch import Change, ChangeKind, CorrectionPart, LookOutcome, PageState, WatchReason, WatchReport
from monitor.store import articles, cards, snapshots, watch, watch_notices
from monitor.store.db import Database, opened

CASE = "VV-2026-001"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def press() -> Iterator[Press]:
    with Press() as made:
        yield made


@pytest.fixture
def at(surroundings: pytest.MonkeyPatch) -> Callable[[float], datetime]:
    """Sets the clock to so many minutes after ``NOW``."""

    def put(minutes: float) -> datetime:
        now = NOW + timedelta(minutes=minutes)
        surroundings.setenv("MONITOR_NOW", now.isoformat())
        return now

    return put


class Watching:
    """A working folder whose one article is the page of ``story``, collected and watched for a case."""

    def __init__(self, root: Path, press: Press, at: Callable[[float], datetime], story: Story) -> None:
        self.home = write_home(root, outlet("tin24", f"{{feed: {press.base}/rss/home.rss}}"))
        self.press, self.at, self.story, self.minutes = press, at, story, 0.0
        (self.item,) = press.grow(1)
        self.path = self.item.path
        self.rng: random.Random | None = None
        press.change(self.item, title=story.title)
        self.put(story)
        at(0)
        collect(self.home)
        with opened(self.home.database) as db:
            self.article = next(iter(articles.between(db)))
            watch_case(db, CASE, [self.article.id], NOW)

    def put(self, story: Story) -> None:
        self.story = story
        self.press.answers[self.path] = lambda: Answer(body=html(self.story, self.rng).encode())

    def answer(self, **what: object) -> None:
        self.press.answers[self.path] = Answer(**what)

    def look(self, after: float = 0.0, *, only_due: bool = True) -> WatchReport:
        """A round ``after`` so many minutes."""
        self.minutes += after
        self.at(self.minutes)
        return watch_round(self.home, only_due=only_due)

    def kinds(self, after: float = 0.0) -> list[ChangeKind]:
        return [change.kind for change in self.look(after, only_due=False).changes]

    def changes(self) -> list[Change]:
        with opened(self.home.database) as db:
            return list(changes_of_case(db, CASE))

    @property
    def now(self) -> datetime:
        return NOW + timedelta(minutes=self.minutes)


@pytest.fixture
def watching(root: Path, press: Press, at: Callable[[float], datetime]) -> Watching:
    return Watching(root, press, at, Story())


# Edits.


def test_a_changed_figure_is_found_at_the_next_look_and_never_again(watching: Watching) -> None:
    assert watching.kinds() == []
    watching.put(watching.story.but(1, "4,2 tỷ", "2,4 tỷ"))
    (change,) = watching.look(15).changes
    assert change.kind is ChangeKind.EDITED
    assert "bỏ: “Ông Trần Văn Bền" in change.diff
    assert "2,4 tỷ đồng" in change.diff
    assert change.diff.count("\n") == 1
    for _ in range(5):
        assert watching.kinds(60) == []


def test_a_figure_changed_before_the_first_look_is_found_by_that_look(watching: Watching) -> None:
    watching.put(watching.story.but(2, "buổi sáng", "buổi chiều"))
    assert watching.kinds() == [ChangeKind.EDITED]


def test_the_archive_keeps_the_version_before_and_both_pages(watching: Watching) -> None:
    watching.look()
    watching.put(watching.story.but(0, "gần 300", "khoảng 120"))
    (change,) = watching.look(15).changes
    with opened(watching.home.database) as db:
        revisions = list(db.query("SELECT * FROM revisions WHERE article = ?", [watching.article.id]))
        now = articles.by_ids(db, [watching.article.id])[0]
        kept = {taken.sha256 for taken in snapshots.of(db, watching.article.id)}
    assert ["gần 300" in row["text"] for row in revisions] == [True]
    assert "khoảng 120" in now.text
    assert {change.before_sha, change.after_sha} <= kept


def test_the_crawler_that_read_the_edit_first_takes_nothing_from_the_watch(watching: Watching) -> None:
    watching.look()
    watching.put(watching.story.but(0, "gần 300", "khoảng 120"))
    watching.press.change(watching.press.items[0], title="Công nhân may Bình Minh chờ lương hai tháng")
    watching.at(20)
    collect(watching.home)
    assert watching.kinds(30) == [ChangeKind.EDITED]
    with opened(watching.home.database) as db:
        assert db.execute("SELECT COUNT(*) FROM revisions").fetchone() == (1,)


def test_a_paragraph_taken_out_and_one_put_in_are_found_once_each(watching: Watching) -> None:
    watching.look()
    for _ in range(3):
        watching.look(60)
    watching.put(watching.story.without(3))
    first = [c for _ in range(4) for c in watching.look(60, only_due=False).changes]
    watching.put(watching.story.with_paragraph(1, "Thanh tra của sở đã lập biên bản về việc chậm trả lương."))
    second = [c for _ in range(4) for c in watching.look(60, only_due=False).changes]
    assert [c.diff for c in first] == [
        "bỏ: “Lãnh đạo công ty hẹn trả lương trước ngày 20/11 và xin công nhân trở lại làm việc.”"
    ]
    assert [c.diff for c in second] == ["thêm: “Thanh tra của sở đã lập biên bản về việc chậm trả lương.”"]


def test_a_new_headline_is_a_change_of_its_own(watching: Watching) -> None:
    watching.look()
    watching.put(Story(title="Công ty may Bình Minh chậm lương công nhân ở phường Kim Tân"))
    (change,) = watching.look(15).changes
    assert change.kind is ChangeKind.TITLE_CHANGED
    assert change.before.startswith("Công ty may Bình Minh nợ lương")
    assert watching.kinds(60) == []


def test_typography_and_the_other_spelling_of_tones_are_no_change(watching: Watching) -> None:
    watching.look()
    typed = watching.story.but(4, "không khí", "không  khí").but(0, "Sáng 5/11, gần", "Sáng 5/11, gần")
    watching.put(typed.but(3, "trở lại làm việc.", "trở lại làm việc…"))
    assert watching.kinds(60) == []


# Boilerplate.


def test_no_alarm_over_a_hundred_looks_at_a_page_whose_surroundings_change(watching: Watching) -> None:
    watching.rng = random.Random(1)
    for _ in range(100):
        watching.look(15, only_due=False)
    assert watching.changes() == []
    watching.put(watching.story.but(1, "ba lần", "hai lần"))
    assert watching.kinds(15) == [ChangeKind.EDITED]
    assert watching.kinds(15) == []


# Away, and back.


def test_a_removed_page_is_told_when_a_second_look_agrees_and_both_looks_are_kept(watching: Watching) -> None:
    watching.look()
    watching.answer(status=404, body=b"")
    report = watching.look(15)
    assert report.changes == ()
    assert "xem lại" in report.lines[0].reason
    assert watching.look(3).lines == ()  # not due yet
    (change,) = watching.look(8).changes
    assert (change.kind, change.at, change.told) == (ChangeKind.REMOVED, NOW + 15 * MINUTE, NOW + 26 * MINUTE)
    for _ in range(3):
        assert watching.kinds(60) == []
    with opened(watching.home.database) as db:
        rows = watch.looks(db, change.watched)
        assert watch.of_case(db, CASE)[0].state is PageState.REMOVED
    assert [row.outcome for row in rows][1:3] == [LookOutcome.REMOVED, LookOutcome.REMOVED]


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 410},
        {"body": error_page().encode()},
        {"body": error_page("Lỗi 404 - Không tìm thấy trang").encode()},
        {"body": b"<!DOCTYPE html><html><body></body></html>"},
    ],
    ids=["410", "says so", "soft 404", "empty"],
)
def test_there_are_several_ways_to_be_gone(watching: Watching, answer: dict[str, object]) -> None:
    watching.look()
    watching.answer(**answer)
    assert watching.kinds(15) == []
    assert watching.kinds(15) == [ChangeKind.REMOVED]
    assert watching.kinds(60) == []


def test_a_page_that_comes_back_is_restored_once(watching: Watching) -> None:
    watching.look()
    watching.answer(status=404)
    assert [watching.kinds(15), watching.kinds(15)] == [[], [ChangeKind.REMOVED]]
    watching.put(watching.story)
    assert watching.kinds(60) == [ChangeKind.RESTORED]
    assert watching.kinds(60) == []


def test_a_page_that_comes_back_with_another_text_is_restored_and_edited(watching: Watching) -> None:
    watching.look()
    watching.answer(status=404)
    watching.kinds(15), watching.kinds(15)
    watching.put(watching.story.but(0, "gần 300", "khoảng 120"))
    found = watching.kinds(60) + watching.kinds(60)
    assert sorted(found) == [ChangeKind.EDITED, ChangeKind.RESTORED]


@pytest.mark.parametrize("there", ["/", "/thoi-su"])
def test_a_redirect_to_the_front_page_or_a_section_is_told(watching: Watching, there: str) -> None:
    watching.look()
    watching.press.answers[there] = Answer(body=front_page().encode())
    watching.answer(status=302, headers=(("Location", there),))
    assert watching.kinds(15) == []
    (change,) = watching.look(15, only_due=False).changes
    assert change.kind is ChangeKind.REDIRECTED_HOME
    assert there in change.diff
    assert watching.kinds(60) == []


def test_a_redirect_to_the_same_article_elsewhere_is_no_change(watching: Watching) -> None:
    watching.look()
    watching.press.answers["/moi/bai-1.html"] = Answer(body=html(watching.story).encode())
    watching.answer(status=301, headers=(("Location", "/moi/bai-1.html"),))
    assert [watching.kinds(15) for _ in range(3)] == [[], [], []]


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 500},
        {"status": 503, "headers": (("Retry-After", "120"),)},
        {"status": 403},
        {"status": 429},
        {
            "body": b"<html><body>Web dang bao tri: He thong bao tri</body></html>".replace(
                b"bao tri", "bảo trì".encode()
            )
        },
        {"body": b"<html><script>document.cookie='a=1';location.reload()</script><body></body></html>"},
        {"body": "<html><body><h1>Vui lòng đăng nhập để đọc bài</h1></body></html>".encode()},
    ],
    ids=["500", "503", "403", "429", "maintenance", "challenge", "wall"],
)
def test_what_fails_for_the_moment_is_never_a_removal(watching: Watching, answer: dict[str, object]) -> None:
    watching.look()
    watching.answer(**answer)
    for _ in range(4):
        assert watching.kinds(120) == []
    watching.put(watching.story)
    assert watching.kinds(24 * 60) == []
    assert watching.changes() == []


def test_a_page_that_robots_forbids_is_said_to_be(watching: Watching) -> None:
    watching.look()
    watching.press.robots = "User-agent: *\nDisallow: /\n"
    line = watching.look(3 * 24 * 60).lines[0]
    assert (line.status, line.outcome) == (Status.FORBIDDEN, LookOutcome.UNKNOWN)
    assert "robots.txt" in line.reason
    assert watching.changes() == []


# Corrections.

NOTICE = (
    '<div class="dinh-chinh"><h3>Thông tin cải chính, xin lỗi</h3>'
    "<p>Trong bài “Công ty may Bình Minh nợ lương hơn 300 công nhân ở phường Kim Tân”, chuyên mục Thời sự, đăng ngày "
    "8/11/2026, chúng tôi đã đưa công ty còn nợ 4,2 tỷ đồng là không chính xác. "
    "Nay xin sửa lại là công ty còn nợ 2,4 tỷ đồng.</p>"
    "<p>Tòa soạn chân thành xin lỗi bạn đọc và công ty.</p></div>"
)


def test_a_correction_on_the_page_is_proposed_once_and_marks_the_article_when_accepted(watching: Watching) -> None:
    watching.look()
    watching.put(Story(notice_bottom=NOTICE).but(1, "4,2", "2,4"))
    found = {change.kind: change for change in watching.look(15).changes}
    assert set(found) == {ChangeKind.EDITED, ChangeKind.CORRECTION_HERE}
    change = found[ChangeKind.CORRECTION_HERE]
    assert change.correction is not None
    assert change.correction.missing == ()
    assert change.correction.unchecked == (CorrectionPart.PLACE, CorrectionPart.FORM)
    assert "4,2 tỷ" in change.correction.false_content
    assert "2,4 tỷ" in change.correction.right_content
    assert [watching.kinds(60) for _ in range(3)] == [[], [], []]
    with opened(watching.home.database) as db:
        assert corrected(db, [watching.article.id]) == {}
        accepted = accept(db, change.id, "can-bo-1", watching.now)
        assert (accepted.accepted, accepted.by) == (True, "can-bo-1")
        mark = corrected(db, [watching.article.id])[watching.article.id]
        assert (mark.where, mark.change, mark.by) == (watching.article.url, change.id, "can-bo-1")
        with pytest.raises(UsageError):
            dismiss(db, change.id, "can-bo-2", watching.now)
        with pytest.raises(UsageError):
            accept(db, 999, "can-bo-2", watching.now)
        silent = dismiss(db, found[ChangeKind.EDITED].id, "can-bo-2", watching.now)
        assert silent.accepted is False
        assert len(corrected(db, [watching.article.id])) == 1


@pytest.mark.parametrize("where", ["notice_top", "notice_bottom"])
@pytest.mark.parametrize(
    "notice",
    [
        "<p><b>Đính chính:</b> Ở bài viết này, số tiền nợ lương đúng là 2,4 tỷ đồng.</p>",
        "<p><em>* Tòa soạn xin đính chính: số tiền trong bài viết là 2,4 tỷ đồng. Mong bạn đọc lượng thứ.</em></p>",
        "<p>ĐÍNH CHÍNH</p><p>Do sơ suất, trong bài đã ghi nhầm 4,2 tỷ. Con số đúng là 2,4 tỷ đồng.</p>",
        NOTICE,
    ],
    ids=["one line", "without heading", "two lines", "box"],
)
def test_a_notice_is_told_once_wherever_it_stands(watching: Watching, where: str, notice: str) -> None:
    watching.look()
    watching.put(Story(**{where: notice}))
    told = [kind for _ in range(4) for kind in watching.kinds(30)]
    assert told == [ChangeKind.CORRECTION_HERE]


@pytest.mark.parametrize("moved", [False, True], ids=["at its address", "redirected to"])
def test_a_correction_put_in_the_place_of_the_article_is_found(watching: Watching, moved: bool) -> None:
    watching.look()
    item = Item(n=77002, published=NOW, title="Thông tin cải chính, xin lỗi", lead=" ", body=NOTICE)
    body = page(item).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').encode()
    if moved:
        watching.press.answers["/cai-chinh-1.html"] = Answer(body=body)
        watching.answer(status=302, headers=(("Location", "/cai-chinh-1.html"),))
    else:
        watching.answer(body=body)
    told = [change for _ in range(8) for change in watching.look(30, only_due=False).changes]
    kinds = [change.kind for change in told]
    assert kinds.count(ChangeKind.CORRECTION_HERE) == 1
    correction = next(change.correction for change in told if change.correction)
    assert correction.missing == ()
    assert set(kinds) <= {
        ChangeKind.CORRECTION_HERE,
        ChangeKind.TITLE_CHANGED,
        ChangeKind.EDITED,
        ChangeKind.REMOVED,
        ChangeKind.REDIRECTED_HOME,
    }
    assert len(kinds) == len(set(kinds)) > 1


def corrections_page(watching: Watching, *, items: bool) -> None:
    """A page for corrections at /cai-chinh with other people's corrections and ours."""
    other = (
        "<h3>Đính chính</h3><p>Trong bài “Mùa quýt ở bản Lùng”, chúng tôi đã viết nhầm tên. "
        "Nay xin sửa lại là bà Sín.</p>"
    )
    body = f"<div>{other}</div><div>{NOTICE}</div>"
    if items:
        body = (
            '<h3><a href="/cai-chinh-bai-77001.html">Thông tin cải chính, xin lỗi</a></h3>'
            '<h3><a href="/le-hoi-77002.html">Lễ hội mùa xuân mở cửa đón khách</a></h3>'
        )
        item = Item(n=77001, published=watching.now, title="Thông tin cải chính, xin lỗi", lead=" ", body=NOTICE)
        text = page(item).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
        watching.press.answers["/cai-chinh-bai-77001.html"] = Answer(body=text.encode())
    made = f"<!DOCTYPE html><html><head><title>Cải chính | Báo thử</title></head><body>{body}</body></html>"
    watching.press.answers["/cai-chinh"] = Answer(body=made.encode())


@pytest.mark.parametrize("items", [False, True], ids=["on one page", "as items"])
def test_a_correction_elsewhere_that_names_our_work_is_found_once(watching: Watching, items: bool) -> None:
    rules = watching.home.root / "rules" / "watch.yaml"
    before = rules.read_text(encoding="utf-8")
    where = f"outlets:\n  - outlet: tin24\n    url: {watching.press.base}/cai-chinh\n"
    rules.write_text(before.replace("outlets: []\n", where), encoding="utf-8")
    try:
        watching.press.answers["/cai-chinh"] = Answer(body=b"<html><body><p>Chua co</p></body></html>")
        assert watching.kinds() == []
        watching.minutes += 240
        corrections_page(watching, items=items)
        (change,) = watching.look().changes
        assert change.kind is ChangeKind.CORRECTION_ELSEWHERE
        assert change.correction is not None
        assert change.correction.work_named == watching.story.title
        assert change.article == watching.article.id
        assert change.correction.missing == ()
        assert [watching.kinds(240) for _ in range(3)] == [[], [], []]
        if items:
            asked = watching.press.paths("/cai-chinh-bai")
            assert len(asked) == 1
    finally:
        rules.write_text(before, encoding="utf-8")


def test_the_page_for_corrections_is_found_by_the_menu_of_the_watched_page(watching: Watching) -> None:
    menu = '<nav><a href="/cai-chinh">Cải chính, xin lỗi</a></nav>'
    corrections_page(watching, items=False)
    watching.press.answers[watching.path] = Answer(
        body=html(watching.story).replace("<article>", menu + "<article>").encode()
    )
    found = watching.kinds() + watching.kinds(240)
    assert found == [ChangeKind.CORRECTION_ELSEWHERE]
    with opened(watching.home.database) as db:
        assert [p.status for p in watch_notices.pages(db, ["tin24"], watching.now, only_due=False)] == [Status.OK]


def test_the_page_for_corrections_named_on_the_outlet_s_card_is_watched(watching: Watching) -> None:
    card = OutletCard(
        outlet="tin24", legal_name="Báo Tin 24", managing_body="Cơ quan A", authority="Sở B", address="Số 1",
        corrections=f"{watching.press.base}/cai-chinh", valid_from=date(2026, 1, 1),
    )  # fmt: skip
    with opened(watching.home.database) as db, db.atomic():
        cards.put(db, card)
    corrections_page(watching, items=True)
    assert watching.kinds() + watching.kinds(240) == [ChangeKind.CORRECTION_ELSEWHERE]


# When.


def test_looks_widen_and_are_dense_again_after_a_change(watching: Watching) -> None:
    waits: list[float] = []
    for number in range(7):
        if number == 5:
            watching.put(watching.story.but(1, "4,2", "2,4"))
        report = watching.look(waits[-1] if waits else 0)
        (line,) = report.lines
        assert line.next is not None
        waits.append((line.next - watching.now) / MINUTE)
    assert waits == [15, 60, 180, 360, 720, 15, 60]


def test_near_a_due_date_looks_are_dense(watching: Watching) -> None:
    from monitor.config.watch import load_watch

    for _ in range(4):
        watching.look(8 * 60)
    due = watching.now + 30 * 60 * MINUTE
    with opened(watching.home.database) as db:
        watch_due(db, CASE, due, watching.now, load_watch(watching.home.rules))
        assert watch.of_case(db, CASE)[0].next == watching.now + 6 * 60 * MINUTE
    line = watching.look(7 * 60).lines[0]
    assert line.next == watching.now + 60 * MINUTE


def test_a_closed_case_is_watched_some_days_more_and_a_reopened_one_on(watching: Watching) -> None:
    watching.look()
    with opened(watching.home.database) as db:
        unwatch_case(db, CASE, watching.now)
    assert len(watching.look(9 * 24 * 60).lines) == 1
    assert watching.look(2 * 24 * 60).lines == ()
    with opened(watching.home.database) as db:
        watch_case(db, CASE, [watching.article.id], watching.now)
    assert len(watching.look().lines) == 1


def test_union_stories_that_matter_are_watched_for_their_days(
    root: Path, press: Press, at: Callable[[float], datetime]
) -> None:
    home = write_home(root, outlet("tin24", f"{{feed: {press.base}/rss/home.rss}}"))
    press.items = [
        Item(
            n=1,
            published=NOW - 60 * MINUTE,
            title="Công nhân đình công vì công đoàn cơ sở không bảo vệ người lao động",
            body="Công nhân ngừng việc tập thể, trách Công đoàn cơ sở làm ngơ trước việc nợ lương.",
        ),
        Item(n=2, published=NOW - 50 * MINUTE, ours=False),
    ]
    at(0)
    collect(home)
    settings = load_watch(home.rules)
    with opened(home.database) as db:
        assert watch_stories(db, NOW, settings) == 1
        assert watch_stories(db, NOW, settings) == 0
    assert watch_round(home).lines == ()
    at(70)
    assert len(watch_round(home).lines) == 1
    at(8 * 24 * 60)
    assert watch_round(home).lines == ()


def test_what_is_watched_already_is_asked_once_for_all_stories(
    watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    known = watch.watched_as

    def counted(db: Database, idents: Iterable[str], reason: WatchReason) -> set[str]:
        asked.append(1)
        return known(db, idents, reason)

    monkeypatch.setattr(watch, "watched_as", counted)
    watching.press.grow(3)
    watching.at(15)
    collect(watching.home)
    rhythm = replace(load_watch(watching.home.rules).rhythm, stories=frozenset({"all"}))
    with opened(watching.home.database) as db:
        assert watch_stories(db, NOW, replace(load_watch(watching.home.rules), rhythm=rhythm)) == 4
    assert asked == [1]


def test_a_due_date_named_while_the_round_runs_is_not_lost(watching: Watching) -> None:
    settings = load_watch(watching.home.rules)
    for _ in range(8):
        watching.look(24 * 60, only_due=False)  # by now the steps are wide
    wide = watching.look(24 * 60, only_due=False).lines[0]
    assert wide.next is not None
    wait = wide.next - watching.now
    due = watching.now + timedelta(hours=1) + settings.rhythm.near_due + wait / 2

    def meanwhile() -> Answer:
        with opened(watching.home.database) as db:
            watch_due(db, CASE, due, watching.now, settings)
        return Answer(body=html(watching.story).encode())

    watching.press.answers[watching.path] = meanwhile
    line = watching.look(60, only_due=False).lines[0]
    assert line.next == due - settings.rhythm.near_due


def test_a_case_opened_while_the_round_runs_is_looked_at_as_a_case(watching: Watching) -> None:
    with opened(watching.home.database) as db:
        unwatch_case(db, CASE, watching.now - timedelta(days=30))
        watch.add(db, [watching.article.id], reason=WatchReason.UNION_STORY, now=NOW, first=NOW)

    def meanwhile() -> Answer:
        with opened(watching.home.database) as db:
            watch_case(db, CASE, [watching.article.id], watching.now)
        return Answer(body=html(watching.story).encode())

    watching.press.answers[watching.path] = meanwhile
    line = watching.look().lines[0]
    assert line.next is not None
    assert line.next - NOW < load_watch(watching.home.rules).rhythm.story_steps[0]


# Stopping, and others.


def test_a_stopped_round_leaves_the_rest_due(root: Path, press: Press, at: Callable[[float], datetime]) -> None:
    home = write_home(root, outlet("tin24", f"{{feed: {press.base}/rss/home.rss}}"))
    press.grow(4)
    at(0)
    collect(home)
    with opened(home.database) as db:
        idents = [article.id for article in articles.between(db)]
        watch_case(db, CASE, idents, NOW)
    stop, hold = threading.Event(), threading.Event()
    paths = [item.path for item in press.items]

    def held_back() -> Answer:
        stop.set()
        return Answer(body=b"x", until=hold)

    press.answers[paths[2]] = held_back
    report = watch_round(home, stop=stop)
    hold.set()
    assert report.interrupted
    assert report.waiting > 0
    del press.answers[paths[2]]
    again = watch_round(home)
    assert len(report.lines) + len(again.lines) == 4


def test_a_host_is_asked_by_one_round_at_a_time(watching: Watching) -> None:
    with FileLock(watching.home.data / "collect.lock"), pytest.raises(BusyError):
        watching.look()


def test_a_page_of_two_cases_and_a_story_is_asked_for_once(watching: Watching) -> None:
    with opened(watching.home.database) as db:
        watch_case(db, "VV-2026-002", [watching.article.id], NOW)
    before = len(watching.press.paths())
    watching.look()
    assert len(watching.press.paths()) == before + 1
    watching.put(watching.story.but(1, "4,2", "2,4"))
    watching.look(15)
    with opened(watching.home.database) as db:
        assert len(changes_of_case(db, CASE)) == len(changes_of_case(db, "VV-2026-002")) == 1


def test_a_page_whose_article_turned_out_to_be_another_one_is_that_one_s(watching: Watching) -> None:
    watching.look()
    with opened(watching.home.database) as db, db.atomic():
        db.execute("UPDATE watch_pages SET article = 'a-cu' WHERE article = ?", [watching.article.id])
    assert watching.look(60).lines[0].article == watching.article.id
    watching.put(watching.story.but(1, "4,2", "2,4"))
    assert watching.kinds(60) == [ChangeKind.EDITED]


def test_what_has_no_address_is_not_watched(watching: Watching) -> None:
    with opened(watching.home.database) as db:
        assert watch_case(db, "VV-2026-003", ["a-khong-co"], NOW) == ()
