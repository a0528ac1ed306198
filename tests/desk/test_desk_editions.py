"""Editions of the digest on a real database: nothing lost, nothing twice, nobody overwritten, no secret case shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from editions_making import HOUR, ids, office, one_story, page, put, reading, seated, sit, staffed, text_of
from press_server import NOW

from monitor.clock import local
from monitor.config import Home
from monitor.desk import edition_rights, edition_sending, editions, intake, moving, triage
from monitor.desk.audit import audit
from monitor.desk.edition_making import LATE
from monitor.desk.sitting import Sitting, sitting
from monitor.errors import ConflictError, RefusedError, UsageError
from monitor.model.case import CaseStatus
from monitor.model.digest import Section
from monitor.model.edition import EditionAct, EditionState, Series
from monitor.model.people import OfficeRole, Person
from monitor.model.settings import Approver
from monitor.model.source import Medium
from monitor.model.tag import Tone
from monitor.model.watch import Corrected
from monitor.store import events, watch_changes

FORMS = ("html", "md", "json")
TODAY = local(NOW).date()


@pytest.fixture
def home(root: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv("MONITOR_USER", raising=False)
    return office(root)


@pytest.fixture
def s(home: Home) -> Iterator[Sitting]:
    with seated(home) as made:
        yield made


@pytest.fixture
def staff(s: Sitting) -> dict[str, Person]:
    return staffed(s)


def later(s: Sitting, hours: float) -> Sitting:
    return replace(s, now=s.now + hours * HOUR)


def told(s: Sitting, ident: str) -> list[str]:
    """The articles that an edition prints, by its JSON."""
    whole = json.loads(editions.rendered(s, ident, "json"))
    return [item["id"] for part in whole["sections"] for item in part["items"]]


# What an edition covers.


def test_the_first_daily_edition_reaches_back_a_day_and_the_next_begins_at_its_cut_off(s: Sitting) -> None:
    put(s.db, 1, s.now - 25 * HOUR)
    put(s.db, 2, s.now - 23 * HOUR)
    first = editions.draft(s)
    assert (first.name, first.state, ids(first)) == ("1/2026", EditionState.DRAFT, ["x0002"])
    assert first.end - first.start == timedelta(hours=24)
    put(s.db, 3, s.now + HOUR)
    assert ids(editions.approve(s, first.id)) == ["x0002"]
    second = editions.draft(later(s, 24))
    assert (second.name, second.start, ids(second)) == ("2/2026", first.end, ["x0003"])


def test_a_draft_is_one_and_the_same_until_it_is_approved(s: Sitting) -> None:
    first = editions.draft(s)
    assert editions.draft(later(s, 3)).id == first.id
    assert editions.draft(later(s, 3), "weekly").id != first.id
    assert editions.current(s).id == first.id
    assert [one.id for one in editions.editions(s, "daily", 2026)] == [first.id]


def test_what_we_came_to_know_late_is_in_the_next_edition_but_an_archive_brought_in_is_not(s: Sitting) -> None:
    put(s.db, 1, s.now - HOUR)
    for n in range(4):
        at = later(s, 24 * n)
        editions.approve(at, editions.draft(at).id)
    now = later(s, 24 * 4)
    put(s.db, 2, s.now + 70 * HOUR, found=now.now)
    put(s.db, 3, s.now - HOUR, found=now.now)
    put(s.db, 4, s.now - 24 * 300 * HOUR, found=now.now)
    assert ids(editions.draft(now)) == ["x0002"]
    assert LATE[Series.DAILY] == timedelta(days=3)


def test_a_page_read_after_its_feed_s_words_went_out_is_no_news_but_a_change_by_its_outlet_is(s: Sitting) -> None:
    one = put(s.db, 1, s.now - HOUR)
    first = editions.draft(s)
    editions.approve(s, first.id)
    page(s.db, one, s.now + HOUR, text="Toàn văn của bài. " + text_of(1))
    second = editions.draft(later(s, 24))
    assert ids(second) == []
    editions.approve(later(s, 24), second.id)
    page(s.db, one, s.now + 30 * HOUR, text="Bài đã bị sửa. " + text_of(2))
    third = editions.draft(later(s, 48))
    assert ids(third) == [one]
    assert third.items[0].changed
    assert third.items[0].changed.edition == first.id
    assert "so với mục 1, số 1/2026" in editions.rendered(s, third.id, "html")
    editions.approve(later(s, 48), third.id)
    assert ids(editions.draft(later(s, 72))) == []


def test_a_reprint_that_comes_later_names_the_edition_that_had_the_story(s: Sitting) -> None:
    put(s.db, 1, s.now - HOUR)
    first = editions.draft(s)
    editions.approve(s, first.id)
    put(s.db, 2, s.now + HOUR, outlet="nui", same=1)
    one_story(s.db, "s1", *("x0001", "x0002"))
    # the story was not known when the first edition went out, so the print is simply new
    second = editions.draft(later(s, 24))
    assert ids(second) == ["x0002"]
    editions.approve(later(s, 24), second.id)
    put(s.db, 3, s.now + 25 * HOUR, outlet="phuong", same=1)
    one_story(s.db, "s1", "x0003")
    third = editions.draft(later(s, 48))
    assert third.items[0].earlier
    assert third.items[0].earlier.edition == second.id
    assert "Tiếp nội dung đã điểm tại mục 1, số 2/2026" in editions.rendered(s, third.id, "md")


def test_a_corrected_item_stands_in_its_place_and_names_the_edition_that_carried_the_false_one(s: Sitting) -> None:
    one = put(s.db, 1, s.now - HOUR, title="Tin chưa đúng về công đoàn cơ sở")
    first = editions.draft(s)
    editions.approve(s, first.id)
    before = editions.rendered(s, first.id, "html")
    with s.db.atomic():
        mark = Corrected(article=one, date=s.now + HOUR, where="http://suoi.test/cai-chinh", change=None, by="u1")
        watch_changes.mark_corrected(s.db, mark, s.now + HOUR)
    second = editions.draft(later(s, 24))
    assert ids(second) == [one]
    text = editions.rendered(s, second.id, "html")
    assert "Đã cải chính ngày" in text
    assert "Tin được cải chính đã điểm tại mục 1, số 1/2026" in text
    assert text_of(1)[:40] not in text
    editions.approve(later(s, 24), second.id)
    assert ids(editions.draft(later(s, 48))) == []
    assert editions.rendered(s, first.id, "html") == before
    assert one not in editions.zalo(s, second.id)


def test_social_media_have_a_part_of_their_own_that_is_always_there(s: Sitting) -> None:
    empty = editions.draft(s)
    assert "Không ghi nhận." in editions.rendered(s, empty.id, "html")
    put(s.db, 1, s.now - HOUR, outlet="phuong", tagging=reading(attention=True, tone=Tone.NEG))
    put(s.db, 2, s.now - HOUR, outlet="suoi")
    found = editions.refresh(s, empty.id)
    assert [item.section for item in found.items if item.article == "x0001"] == [Section.SOCIAL]
    put(s.db, 3, s.now - HOUR, outlet="suoi", same=1)
    found = editions.refresh(s, empty.id)
    item = next(item for item in found.items if item.article == "x0001")
    assert (item.section, [one.article for one in item.also]) == (Section.HANDLE, ["x0003"])


def test_items_entered_by_hand_show_medium_outlet_and_hour(s: Sitting) -> None:
    for medium, hour, where in (
        (Medium.RADIO, 5, {"programme": "Thời sự sáng"}),
        (Medium.DAILY_PRINT, 0, {"page": "3"}),
    ):
        at = NOW.replace(hour=0) - timedelta(hours=7 - hour) + timedelta(days=0)
        item = intake.NewItem(
            medium=medium, at=at, title=f"Công đoàn cơ sở đối thoại qua {medium.value}", outlet="Báo Núi Xanh",
            hour=medium is Medium.RADIO, text="Công đoàn cơ sở đối thoại với công nhân.", seen_by="Chị Tám", **where,
        )  # fmt: skip
        intake.take_in(s, item)
    found = editions.draft(s)
    text = editions.rendered(s, found.id, "md")
    assert "Báo Núi Xanh – " in text
    assert "chương trình Thời sự sáng" in text
    assert "trang 3" in text
    assert "00:00" not in text.split("Thời gian quét")[1].split("\n", 2)[2].split("## Nguồn")[0]


def test_the_header_prints_number_and_cut_off(s: Sitting) -> None:
    found = editions.draft(s)
    for form in ("html", "md"):
        text = editions.rendered(s, found.id, form)
        assert "Điểm tin ngày số 1/2026" in text
        assert "08:00 ngày 08/11/2026" in text
        assert "dự thảo" in text.lower()
    editions.approve(s, found.id)
    assert "dự thảo" not in editions.rendered(s, found.id, "html").lower()


# Editing.


def test_what_people_did_survives_a_refresh(s: Sitting) -> None:
    for n in range(1, 6):
        put(s.db, n, s.now - n * HOUR)
    found = editions.draft(s)
    assert ids(found) == ["x0001", "x0002", "x0003", "x0004", "x0005"]
    editions.drop(s, found.id, "x0002")
    editions.move(s, found.id, "x0005", 1)
    editions.move(s, found.id, "x0001", "down")
    editions.comment(s, found.id, "x0003", "Đề nghị  theo dõi\nthêm")
    editions.comment(s, found.id, "", "Trong ngày không có tin nóng")
    editions.opening(s, found.id, "Kính gửi Ban Thường vụ,\nđiểm tin như sau.")
    put(s.db, 6, s.now + HOUR)
    put(s.db, 7, s.now + HOUR, outlet="nui", same=2)
    after = editions.refresh(later(s, 2), found.id)
    assert ids(after) == ["x0005", "x0006", "x0002", "x0001", "x0003", "x0004"]
    assert [item.position for item in after.items] == [1, 2, 3, 4, 5, 6]
    dropped = after.item("x0007")
    assert dropped
    assert (dropped.article, dropped.dropped) == ("x0002", True)
    text = editions.rendered(later(s, 2), found.id, "html")
    assert "Đề nghị theo dõi thêm" in text
    assert "Trong ngày không có tin nóng" in text
    assert "Kính gửi Ban Thường vụ," in text
    assert told(s, found.id) == ["x0005", "x0006", "x0001", "x0003", "x0004"]
    assert editions.restore(s, found.id, "x0002").item("x0002")
    assert "x0002" in told(s, found.id)


def test_the_second_of_two_officers_is_told_and_his_own_later_edits_follow_his_first(
    s: Sitting, staff: dict[str, Person]
) -> None:
    put(s.db, 1, s.now - HOUR)
    found = editions.draft(s)
    one, other = (sit(s, staff["press"], expected=found.revision) for _ in range(2))
    editions.comment(one, found.id, "x0001", "một")
    editions.comment(one, found.id, "x0001", "hai")
    for act in (
        lambda: editions.drop(other, found.id, "x0001"),
        lambda: editions.refresh(other, found.id),
        lambda: editions.approve(other, found.id),
    ):
        with pytest.raises(ConflictError, match="edition_changed"):
            act()
    kept = editions.edition(s, found.id).items[0]
    assert (kept.comment, kept.dropped) == ("hai", False)


def test_an_approved_edition_can_not_be_edited_and_never_changes(s: Sitting) -> None:
    one = put(s.db, 1, s.now - HOUR)
    put(s.db, 2, s.now - HOUR, outlet="nui")
    found = editions.draft(s)
    editions.comment(s, found.id, one, "ghi chú")
    editions.approve(s, found.id)
    before = {form: editions.rendered(s, found.id, form) for form in FORMS}
    for act in (
        lambda: editions.drop(s, found.id, one),
        lambda: editions.comment(s, found.id, "", "x"),
        lambda: editions.move(s, found.id, one, "down"),
        lambda: editions.refresh(s, found.id),
        lambda: editions.approve(s, found.id),
    ):
        with pytest.raises(RefusedError, match="edition_is_approved"):
            act()
    page(s.db, one, s.now, text="Đã đổi khác hoàn toàn", title="Tiêu đề khác")
    (s.home.root / "reports" / "digest.html").write_text("mẫu mới", encoding="utf-8")
    editions.direct(s, found.id, one, "Kiểm tra ngay")
    assert {form: editions.rendered(s, found.id, form) for form in FORMS} == before
    with pytest.raises(Exception, match="never changed"):
        s.db.execute("UPDATE edition_frozen SET sha256 = ''")
    with pytest.raises(Exception, match="never removed"):
        s.db.execute("DELETE FROM edition_frozen")
    assert audit(s.db).flaws == ()


@pytest.mark.parametrize("position", ["first", "1.5", ""])
def test_a_place_that_is_none_is_refused(s: Sitting, position: str) -> None:
    put(s.db, 1, s.now - HOUR)
    found = editions.draft(s)
    with pytest.raises(RefusedError, match="edition_position"):
        editions.move(s, found.id, "x0001", position)


def test_unknown_editions_items_series_and_cut_offs_are_told(s: Sitting) -> None:
    found = editions.draft(s)
    with pytest.raises(UsageError, match="edition_unknown"):
        editions.edition(s, "dt99")
    with pytest.raises(UsageError, match="edition_no_item"):
        editions.drop(s, found.id, "nichts")
    with pytest.raises(UsageError, match="edition_series"):
        editions.draft(s, "monthly")
    with pytest.raises(RefusedError, match="in_the_future"):
        editions.draft(s, until=s.now + HOUR)
    editions.approve(s, found.id)
    with pytest.raises(RefusedError, match="edition_until"):
        editions.draft(s, until=s.now - HOUR)


# Cases.


def restricted(s: Sitting, article: str, *allowed: str) -> str:
    case = triage.open_case(s, [article], triage.Opening(allowed=allowed))
    return case.id


def test_nothing_of_a_restricted_case_gets_into_an_edition_for_anybody(s: Sitting, staff: dict[str, Person]) -> None:
    secret, plain = put(s.db, 1, s.now - HOUR, title="Chuyện phải giữ kín"), put(s.db, 2, s.now - 2 * HOUR)
    put(s.db, 3, s.now - HOUR, outlet="nui")
    found = editions.draft(s)
    assert len(found.items) == 3
    case = restricted(s, secret)
    for who in ("all", "press", "leader"):
        me = sit(s, staff[who])
        assert ids(editions.edition(me, found.id)) == ["x0003", plain]
        assert [one.items and ids(one) for one in editions.editions(me, "daily", 2026)] == [["x0003", plain]]
        digest = editions.preview(me, found.id)
        assert (digest.scanned, sum(row.count for row in digest.by_outlet), len(digest.items)) == (2, 2, 2)
        for form in FORMS:
            assert "giữ kín" not in editions.rendered(me, found.id, form)
        with pytest.raises(UsageError, match="edition_no_item"):
            editions.comment(sit(s, staff["press"]), found.id, secret, "x")
    editions.refresh(s, found.id)
    editions.approve(s, found.id)
    assert "giữ kín" not in editions.rendered(s, found.id, "html")
    moving.lift(s, case)
    after = editions.draft(later(s, 24))
    assert ids(after) == [secret]


def test_what_is_done_with_an_item_waits_while_its_case_is_restricted(s: Sitting) -> None:
    one = put(s.db, 1, s.now - HOUR)
    found = editions.draft(s)
    editions.comment(s, found.id, one, "nhớ")
    case = restricted(s, one)
    assert ids(editions.refresh(s, found.id)) == []
    moving.lift(s, case)
    assert [item.comment for item in editions.refresh(s, found.id).items] == ["nhớ"]


def test_a_case_restricted_after_approval_leaves_the_frozen_page_of_those_who_may_not_see_it(
    s: Sitting, staff: dict[str, Person]
) -> None:
    secret = put(s.db, 1, s.now - HOUR, title="Chuyện sẽ phải giữ kín")
    put(s.db, 2, s.now - HOUR, outlet="nui")
    put(s.db, 3, s.now - HOUR, outlet="nui", same=1, title="Chuyện in lại sẽ phải giữ kín")
    found = editions.draft(s)
    editions.approve(s, found.id)
    whole = {form: editions.rendered(s, found.id, form) for form in FORMS}
    restricted(s, secret, staff["leader"].id)
    one_story(s.db, "s1", *("x0001", "x0003"))
    for who in ("press", "unit", "unit-bacha", "clerk", "admin"):
        me = sit(s, staff[who])
        for form in FORMS:
            text = editions.rendered(me, found.id, form)
            assert "giữ kín" not in text
            assert "x0001" not in text
        told_ = json.loads(editions.rendered(me, found.id, "json"))
        assert (told_["scanned"], told_["kept"]) == (1, 1)
        assert [row["count"] for row in told_["counts"]["outlet"]] == [1]
        assert ids(editions.edition(me, found.id)) == ["x0002"]
        assert [len(one.items) for one in editions.editions(me, "daily", 2026)] == [1]
        assert len(editions.preview(me, found.id).items) == 1
    assert {form: editions.rendered(sit(s, staff["leader"]), found.id, form) for form in FORMS} == whole
    for who in ("press", "leader"):
        assert "giữ kín" not in editions.zalo(sit(s, staff[who]), found.id)


def test_the_accused_unit_s_people_do_not_see_what_is_being_checked(s: Sitting, staff: dict[str, Person]) -> None:
    one = put(s.db, 1, s.now - HOUR, title="Công đoàn cơ sở bị phản ánh")
    put(s.db, 2, s.now - HOUR, outlet="nui")
    case = triage.open_case(s, [one], triage.Opening())
    moving.describe(s, case.id, accused=["bacha"])
    found = editions.draft(s)
    editions.approve(s, found.id)
    assert ids(editions.edition(sit(s, staff["unit-bacha"]), found.id)) == ["x0002"]
    assert "bị phản ánh" not in editions.rendered(sit(s, staff["unit-bacha"]), found.id, "html")
    assert "bị phản ánh" in editions.rendered(sit(s, staff["unit"]), found.id, "html")


def test_a_leader_s_note_opens_a_case_and_the_next_one_goes_to_it(s: Sitting, staff: dict[str, Person]) -> None:
    one = put(s.db, 1, s.now - HOUR)
    found = editions.draft(s)
    editions.approve(s, found.id)
    leader = sit(s, staff["leader"], expected=found.revision + 1)
    case = editions.direct(leader, found.id, one, "Giao kiểm tra", handler="bacha", due=TODAY + timedelta(days=5))
    assert (case.status, case.articles, [note.text for note in case.notes]) == (
        CaseStatus.VERIFYING, (one,), ["Giao kiểm tra"],
    )  # fmt: skip
    assert case.lead
    assert (case.lead.unit, case.lead.directed_by) == ("bacha", staff["leader"].id)
    again = editions.direct(leader, found.id, one, "Báo cáo trước thứ sáu", handler="press", due=TODAY)
    assert again.id == case.id
    assert [a.part.value for a in again.assignments] == ["lead", "cooperates"]
    assert [d.case for d in editions.directions(leader, found.id)] == [case.id] * 2
    assert editions.preview(leader, found.id).items[0].directed == case.id
    assert case.id not in editions.rendered(leader, found.id, "html")
    assert not [e for e in events.every(s.db) if not e.case and case.id in e.refs]
    moving.restrict(sit(s, staff["leader"]), case.id, [])
    assert editions.directions(sit(s, staff["press"]), found.id) == []
    assert audit(s.db).flaws == ()


def test_a_direction_that_fails_half_way_leaves_nothing(s: Sitting, staff: dict[str, Person]) -> None:
    one = put(s.db, 1, s.now - HOUR)
    found = editions.draft(s)
    leader = sit(s, staff["leader"])
    for wrong in ({"handler": "nobody", "due": TODAY}, {"handler": "bacha", "due": TODAY - timedelta(days=2)}):
        with pytest.raises(RefusedError):
            editions.direct(leader, found.id, one, "Giao", **wrong)
    with pytest.raises(RefusedError, match="words_missing"):
        editions.direct(leader, found.id, one, "Giao", handler="bacha")
    assert s.db.execute("SELECT count(*) FROM cases").fetchone()[0] == 0
    assert editions.directions(s, found.id) == []


# Reading and passing on.


def test_who_read_it_and_which_leader_has_not(s: Sitting, staff: dict[str, Person]) -> None:
    found = editions.draft(s)
    editions.read(sit(s, staff["leader"]), found.id)
    assert editions.readers(s, found.id) == []
    editions.approve(s, found.id)
    editions.read(sit(s, staff["leader"], now=s.now + HOUR), found.id)
    editions.read(sit(s, staff["leader"], now=s.now + 2 * HOUR), found.id)
    editions.read(sit(s, staff["unit-bacha"], now=s.now + 2 * HOUR), found.id)
    assert editions.readers(s, found.id) == [
        (staff["leader"].id, "leader", s.now + HOUR),
        (staff["unit-bacha"].id, "unit-bacha", s.now + 2 * HOUR),
    ]
    assert editions.unread(s, found.id) == [(staff["all"].id, staff["all"].name)]


def test_the_message_for_zalo_holds_at_most_2000_characters_and_nothing_internal(s: Sitting) -> None:
    for n in range(1, 60):
        put(
            s.db,
            n,
            s.now - n * timedelta(minutes=10),
            title=f"Tin số {n}: công đoàn 🎉 tặng quà cho đoàn viên khó khăn",
        )
    found = editions.draft(s)
    with pytest.raises(RefusedError, match="edition_not_approved"):
        editions.zalo(s, found.id)
    editions.mark(s, found.id, "x0001")
    case = triage.open_case(s, ["x0002"], triage.Opening())
    moving.describe(s, case.id, marking="internal")
    editions.drop(s, found.id, "x0003")
    editions.approve(s, found.id)
    text = editions.zalo(s, found.id)
    assert len(text.encode("utf-16-le")) // 2 <= 2000
    assert "Tin số 4:" in text
    assert "http://suoi.test/4.html" in text
    for hidden in ("Tin số 1:", "Tin số 2:", "Tin số 3:"):
        assert hidden not in text
    shown = text.count("http://suoi.test/")
    assert f"và {56 - shown} tin khác" in text


def test_an_edition_marked_internal_does_not_leave_by_chat_and_says_so(s: Sitting) -> None:
    found = editions.draft(s)
    editions.mark(s, found.id, "")
    editions.approve(s, found.id)
    assert "Lưu hành nội bộ" in editions.rendered(s, found.id, "html")
    with pytest.raises(RefusedError, match="edition_internal"):
        editions.zalo(s, found.id)


# Rights.

OFFICE = {"leader", "press", "clerk"}
MAY = {
    EditionAct.READ: {role.value for role in OfficeRole} | {f"{role.value}-bacha" for role in OfficeRole},
    EditionAct.READ_DRAFT: OFFICE,
    EditionAct.EDIT: {"press"},
    EditionAct.APPROVE: {"press", "leader"},
    EditionAct.DIRECT: {"leader"},
    EditionAct.ZALO: OFFICE,
    EditionAct.READERS: OFFICE,
    EditionAct.SEND: OFFICE,
}


@pytest.mark.parametrize("act", EditionAct)
def test_every_act_is_for_these_roles_and_no_other(s: Sitting, staff: dict[str, Person], act: EditionAct) -> None:
    one = put(s.db, 1, s.now - HOUR)
    old = editions.approve(s, editions.draft(s).id)
    new = editions.draft(later(s, 24))
    weekly = editions.draft(s, "weekly")
    acts = {
        EditionAct.READ: lambda me: (editions.rendered(me, old.id), editions.read(me, old.id)),
        EditionAct.READ_DRAFT: lambda me: (editions.edition(me, new.id), editions.preview(me, new.id)),
        EditionAct.EDIT: lambda me: editions.comment(me, weekly.id, "", "ghi"),
        EditionAct.APPROVE: lambda me: editions.approve(me, editions.edition(s, editions.draft(s, "own").id).id),
        EditionAct.DIRECT: lambda me: editions.direct(me, old.id, one, "chỉ đạo"),
        EditionAct.ZALO: lambda me: editions.zalo(me, old.id),
        EditionAct.READERS: lambda me: editions.readers(me, old.id),
        EditionAct.SEND: lambda me: edition_sending.send(me, old.id),
    }
    done = set()
    for name, who in staff.items():
        if name == "all":
            continue
        me = sit(s, who, now=s.now + 48 * HOUR)
        try:
            acts[act](me)
            done.add(name)
        except (RefusedError, UsageError) as error:
            assert error.key in ("edition_role", "edition_unknown")
    assert done == MAY[act]


def test_editing_in_every_way_is_the_press_officer_s(s: Sitting, staff: dict[str, Person]) -> None:
    put(s.db, 1, s.now - HOUR)
    found = editions.draft(s)
    for name, who in staff.items():
        me = sit(s, who)
        for act in (
            lambda me=me: editions.draft(me),
            lambda me=me: editions.refresh(me, found.id),
            lambda me=me: editions.drop(me, found.id, "x0001"),
            lambda me=me: editions.restore(me, found.id, "x0001"),
            lambda me=me: editions.move(me, found.id, "x0001", "up"),
            lambda me=me: editions.opening(me, found.id, "Kính gửi"),
            lambda me=me: editions.mark(me, found.id, "x0001", False),
        ):
            if name in ("all", "press"):
                act()
            else:
                with pytest.raises(RefusedError, match="edition_role"):
                    act()


def test_who_approves_is_the_office_s_choice(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MONITOR_USER", raising=False)
    with sitting(office(root, digest="digest: {approve: leader}\n")) as s:
        staff = staffed(s)
        found = editions.draft(s)
        with pytest.raises(RefusedError, match="edition_role"):
            editions.approve(sit(s, staff["press"]), found.id)
        assert editions.approve(sit(s, staff["leader"]), found.id).approved_by == staff["leader"].id
    assert not edition_rights.may(replace(staff["leader"], disabled=s.now), EditionAct.APPROVE, Approver.LEADER)


def test_who_makes_no_digest_sees_neither_drafts_nor_what_was_dropped(s: Sitting, staff: dict[str, Person]) -> None:
    put(s.db, 1, s.now - HOUR)
    put(s.db, 2, s.now - HOUR, outlet="nui")
    found = editions.draft(s)
    editions.drop(s, found.id, "x0001")
    unit = sit(s, staff["unit-bacha"])
    assert editions.editions(unit, "daily", 2026) == []
    with pytest.raises(UsageError, match="edition_none"):
        editions.current(unit)
    editions.approve(s, found.id)
    assert ids(editions.edition(unit, found.id)) == ["x0002"]
    assert ids(editions.edition(sit(s, staff["clerk"]), found.id)) == ["x0001", "x0002"]


def test_a_year_s_numbers_begin_anew(s: Sitting) -> None:
    first = editions.draft(s)
    editions.approve(s, first.id)
    before = editions.draft(later(s, 24))
    assert before.name == "2/2026"
    turned = replace(s, now=NOW.replace(year=2027, month=1, day=2))
    assert editions.refresh(turned, before.id).name == "1/2027"
    assert editions.approve(turned, before.id).name == "1/2027"
