"""Paper, broadcasts and posts entered by people: articles like all others, once each, with their files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from press_server import NOW, Item, Press, outlet, write_home

from monitor.clock import iso_local
from monitor.config import Home
from monitor.desk import people
from monitor.desk.intake import AUTO, NewItem, Taken, between, take_in
from monitor.desk.intake_csv import take_in_csv
from monitor.desk.moments import moment
from monitor.desk.sitting import Sitting, sitting
from monitor.errors import InputError, MonitorError
from monitor.jobs import correcting
from monitor.jobs.collect import collect
from monitor.labels import wording
from monitor.model.correction import Field
from monitor.model.evidence import EvidenceKind
from monitor.model.intake import WhyMissed
from monitor.model.people import OfficeRole
from monitor.model.source import Level, Medium, Outlet, OutletKind
from monitor.model.tag import Relevance
from monitor.store import articles, corrections, events, evidence, fulltext, sources, stories
from monitor.store import intake as store

AT = NOW - timedelta(hours=5)
LINK = "https://mang.test/nhom/123456"
PNG = b"\x89PNG\r\n\x1a\n" + b"anh" * 50
HEAD = "Loại hình,Cơ quan báo chí,Ngày giờ đăng phát,Tiêu đề"


@pytest.fixture
def s(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sitting]:
    monkeypatch.delenv("MONITOR_USER", raising=False)
    home = write_home(root, outlet("tin24", "{feed: http://tin24.test/rss}"))
    with sitting(home) as made:
        yield made


def paper(**more: Any) -> NewItem:
    base = NewItem(
        medium=Medium.DAILY_PRINT, outlet="tin24", at=AT, hour=False, title="Quỹ công đoàn đi đâu?", page="5",
        text="Công nhân hỏi về quỹ công đoàn.",
    )  # fmt: skip
    return replace(base, **more)


def post(**more: Any) -> NewItem:
    base = NewItem(
        medium=Medium.SOCIAL_CHANNEL, account="Nguyễn Văn Tèo", at=AT, title="Công đoàn ăn chặn quà Tết", link=LINK
    )
    return replace(base, **more)


def count(s: Sitting) -> int:
    return articles.count(s.db)


def done(s: Sitting, action: str) -> list[tuple[str, ...]]:
    return [e.refs for e in events.every(s.db) if e.action == action]


# What becomes of an item.


def test_a_printed_item_becomes_an_article_with_a_story(s: Sitting) -> None:
    taken = take_in(s, paper(seen_by="Chị Hoa", issue="1234"))
    found = taken.article
    assert (found.outlet, found.url, found.published, found.text) == ("tin24", None, AT, paper().text)
    assert found.tagging is not None
    assert found.tagging.relevance is Relevance.UNION
    assert stories.article_of(s.db, found.id) == found.id
    assert found.story is not None
    assert (taken.intake.page, taken.intake.issue, taken.intake.seen_by) == ("5", "1234", "Chị Hoa")
    assert taken.intake.typed_by == s.actor.id
    assert done(s, "intake.add") == [(found.id,)]
    assert between(s, AT, NOW) == [(taken.intake, found)]
    assert between(s, None, AT) == []


@pytest.mark.parametrize(
    ("said", "relevance"),
    [("union", Relevance.UNION), ("labour", Relevance.LABOUR), ("none", Relevance.NONE), (AUTO, None)],
)
def test_the_person_s_word_on_relevance_is_kept_as_a_correction(
    s: Sitting, said: str, relevance: Relevance | None
) -> None:
    found = take_in(s, paper(title="Hoa lan nở rộ", text="Vườn hoa.", relevance=said)).article
    word = corrections.standing(s.db, [found.id]).get(found.id, {}).get(Field.RELEVANCE)
    assert (word and (word.values, word.by)) == (relevance and ((relevance.value,), s.actor.id))
    assert found.tagging is not None
    assert found.tagging.relevance is (relevance or Relevance.NONE)


def test_the_same_item_twice_is_one_and_no_second_event(s: Sitting) -> None:
    first, again = take_in(s, paper()), take_in(s, paper(title=" Quỹ  công đoàn đi đâu? "))
    assert (again.article.id, again.known, again.changed) == (first.article.id, True, False)
    assert (count(s), len(done(s, "intake.add")), len(done(s, "intake.change"))) == (1, 1, 0)
    assert len(corrections.history(s.db, first.article.id)) == 1


@pytest.mark.parametrize("more", [{"title": "Tin khác"}, {"at": AT - timedelta(days=1)}, {"medium": Medium.WEEKLY}])
def test_another_title_day_or_medium_is_another_item(s: Sitting, more: dict[str, Any]) -> None:
    take_in(s, paper())
    assert not take_in(s, paper(**more)).known
    assert count(s) == 2


def test_what_is_entered_later_is_added_and_nothing_is_taken_back(s: Sitting) -> None:
    take_in(s, paper(seen_by="Chị Hoa"))
    again = take_in(s, paper(page="6", why_missed=WhyMissed.SOURCE_NOT_WATCHED))
    assert (again.known, again.changed) == (True, True)
    assert (again.intake.page, again.intake.seen_by) == ("6", "Chị Hoa")
    assert take_in(s, paper(page="")).intake.why_missed is WhyMissed.SOURCE_NOT_WATCHED
    assert len(done(s, "intake.change")) == 1


def test_words_that_come_later_fill_an_item_that_had_none(s: Sitting) -> None:
    first = take_in(s, paper(text=""))
    again = take_in(s, paper(text="Tổ máy dệt chờ tiền hỗ trợ."))
    assert (again.article.id, again.known, again.changed) == (first.article.id, True, True)
    assert (again.article.text, again.intake.passage) == ("Tổ máy dệt chờ tiền hỗ trợ.", "")
    assert [hit.id for hit in fulltext.search(s.db, fulltext.Query(words="may det"), limit=5)] == [first.article.id]
    assert not take_in(s, paper(text="Tổ máy dệt chờ tiền hỗ trợ.")).changed


def test_other_words_for_an_item_that_has_its_own_are_kept_beside_them(s: Sitting) -> None:
    take_in(s, paper())
    again = take_in(s, paper(text="Đoạn chép lại đầy đủ hơn."))
    assert again.article.text == paper().text
    assert again.intake.passage == "Đoạn chép lại đầy đủ hơn."
    assert take_in(s, paper()).intake.passage == "Đoạn chép lại đầy đủ hơn."


def test_one_headline_on_two_pages_of_a_day_is_two_items(s: Sitting) -> None:
    first = take_in(s, paper(title="Ý kiến bạn đọc"))
    other = paper(title="Ý kiến bạn đọc", page="7", text="Một chuyện khác hẳn.")
    second = take_in(s, other)
    assert (second.known, second.intake.page, count(s)) == (False, "7", 2)
    assert (take_in(s, other).article.id, count(s)) == (second.article.id, 2)
    assert store.of(s.db, [first.article.id])[first.article.id].page == "5"


@pytest.mark.parametrize(
    "said",
    ["05/11/2026 18:30", "18:30 ngày 05/11/2026", "2026-11-05 lúc 18:30", "2026-11-05, 18h30", "2026-11-05 - 18:30",
     "05/11/2026 vào lúc 18 giờ 30", "2026-11-05T18:30:00+07:00"],
)  # fmt: skip
def test_the_hour_is_read_however_it_is_joined_to_the_day(said: str) -> None:
    at, hour = moment(said)
    assert (hour, iso_local(at)) == (True, "2026-11-05T18:30:00+07:00")


@pytest.mark.parametrize(
    "said", ["05/11/2026, bản tin 18h30", "05/11/2026 bản tin trưa 12:00", "phát 18:30, 2026/11/05"]
)
def test_an_hour_that_is_not_understood_is_asked_back_and_never_midnight(said: str) -> None:
    with pytest.raises(InputError) as wrong:
        moment(said)
    assert wrong.value.key == "bad_moment"
    assert "05/11/2026 18:30" in wording(wrong.value)


def test_midnight_that_was_said_is_midnight_and_a_day_alone_names_no_hour() -> None:
    assert moment("05/11/2026 00:00") == moment("00:00 05/11/2026")
    assert moment("05/11/2026 00:00")[1] and not moment("05/11/2026")[1]


def test_a_later_word_of_a_person_is_not_overruled_by_entering_again(s: Sitting) -> None:
    found = take_in(s, paper()).article
    correcting.correct(s.home, found.id, ["relevance=labour"], by="hoa")
    assert take_in(s, paper()).article.tagging.relevance is Relevance.LABOUR  # type: ignore[union-attr]


# What is missing.


@pytest.mark.parametrize(
    ("item", "key"),
    [
        (paper(medium=Medium.RADIO, programme="Thời sự"), "broadcast_hour"),
        (paper(medium=Medium.TV, programme="Thời sự"), "broadcast_hour"),
        (paper(title=" "), "words_missing"),
        (paper(outlet=""), "words_missing"),
        (paper(medium=Medium.ONLINE), "words_missing"),
        (post(account=" "), "words_missing"),
        (post(link=""), "words_missing"),
        (post(link="javascript:alert(1)"), "link_unfit"),
        (post(link="http://a.test/" + "x" * 10_000), "link_unfit"),
        (paper(why_missed=WhyMissed.OTHER), "words_missing"),
        (paper(at=NOW + timedelta(hours=1)), "in_the_future"),
        (paper(relevance="maybe"), "relevance_unknown"),
        (paper(title="x" * 2000), "words_long"),
        (post(account="x" * 2000), "words_long"),
        (paper(files=(Path("/khong/co.png"),)), "file_unreadable"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_is_kept(s: Sitting, item: NewItem, key: str) -> None:
    with pytest.raises(MonitorError) as error:
        take_in(s, item)
    assert error.value.key == key
    assert wording(error.value)
    assert (count(s), store.between(s.db), done(s, "intake.add")) == (0, [], [])


def test_a_broadcast_with_its_hour_is_taken(s: Sitting) -> None:
    taken = take_in(s, paper(medium=Medium.RADIO, programme="Thời sự sáng", hour=True))
    assert (taken.intake.medium, taken.intake.programme, taken.intake.at) == (Medium.RADIO, "Thời sự sáng", AT)


def test_a_disabled_person_enters_nothing(s: Sitting) -> None:
    other = people.add_person(s.db, s.actor, "Hoa", (OfficeRole.PRESS,), now=s.now)
    gone = people.disable_person(s.db, s.actor, other.id, now=s.now)
    with pytest.raises(MonitorError, match="person_disabled"):
        take_in(replace(s, actor=gone), paper())


# Whose it is.


def test_a_private_account_is_an_outlet_of_its_own_with_its_name(s: Sitting) -> None:
    taken = take_in(s, post())
    kept = sources.outlet(s.db, taken.article.outlet)
    assert kept is not None
    assert (kept.id, kept.name, kept.kind) == (taken.article.outlet, "Nguyễn Văn Tèo", OutletKind.SOCIAL)
    assert "teo" not in kept.id
    assert (taken.new_outlet, taken.outlet_name) == (True, "Nguyễn Văn Tèo")
    second = take_in(s, post(link=LINK + "7", title="Bài hai"))
    assert (second.new_outlet, second.article.outlet) == (False, kept.id)


@pytest.mark.parametrize("name", ["Nguyễn Văn Teo", "★★★", "tin24"])
def test_accounts_of_other_names_are_other_outlets(s: Sitting, name: str) -> None:
    first = take_in(s, post()).article.outlet
    other = take_in(s, post(account=name, link=LINK + "7")).article.outlet
    assert (other == first) is (name == "Nguyễn Văn Teo")  # the same letters with and without marks: one account
    kept = sources.outlet(s.db, other)
    assert kept is not None
    assert kept.kind is OutletKind.SOCIAL


def test_a_post_on_a_paper_s_own_channel_is_that_paper_s(s: Sitting) -> None:
    taken = take_in(s, post(outlet="tin24", account="Fanpage Tin 24"))
    assert (taken.article.outlet, taken.intake.account, taken.new_outlet) == ("tin24", "Fanpage Tin 24", False)


def test_a_paper_is_named_by_id_or_name_and_a_new_one_is_remembered(s: Sitting) -> None:
    name = next(one.name for one in sources_of(s.home))
    assert take_in(s, paper(outlet=name.upper(), title="Một")).article.outlet == "tin24"
    taken = take_in(s, paper(outlet="Báo Tỉnh A", title="Hai"))
    assert (taken.article.outlet, taken.new_outlet) == ("bao-tinh-a", True)
    assert take_in(s, paper(outlet="báo tỉnh a", title="Ba")).article.outlet == "bao-tinh-a"
    assert take_in(s, paper(outlet="bao-tinh-a", title="Bốn")).article.outlet == "bao-tinh-a"


def test_a_name_that_several_outlets_have_is_asked_back(s: Sitting) -> None:
    same = [Outlet(id=i, name="Báo Một", kind=OutletKind.PRESS, level=Level.CENTRAL) for i in ("mot", "mot-2")]
    sources.remember_outlets(s.db, same)
    with pytest.raises(MonitorError, match="outlet_which"):
        take_in(s, paper(outlet="báo một"))
    assert take_in(s, paper(outlet="mot-2")).article.outlet == "mot-2"


def sources_of(home: Home) -> Any:
    from monitor.config.sources import load_sources

    return load_sources(home.sources_file).outlets


# What the crawl has already.


def test_a_link_that_was_collected_attaches_to_that_article(root: Path, surroundings: pytest.MonkeyPatch) -> None:
    item = Item(n=1, published=NOW - timedelta(hours=1), ours=False)
    with Press([item]) as press:
        home = write_home(root, outlet("tin24", f"{{feed: {press.base}/rss/home.rss}}"))
        collect(home)
        with sitting(home) as s:
            (before,) = articles.between(s.db)
            link = f"{press.base}{item.path}?utm_source=zalo"
            taken = take_in(s, post(link=link, text="Đoạn chép tay.", why_missed=WhyMissed.NOT_RECOGNISED))
            assert taken.intake.passage == "Đoạn chép tay."
            assert (taken.article.id, taken.known, taken.collected) == (before.id, True, True)
            assert (taken.article.outlet, taken.article.title) == ("tin24", before.title)
            assert taken.article.tagging is not None
            assert taken.article.tagging.relevance is Relevance.UNION
            assert list(sources.outlet_names(s.db)) == ["tin24"]
            assert count(s) == 1
        collect(home)  # its text was not kept: the page is read again for it
        with sitting(home) as s:
            (after,) = articles.between(s.db)
            assert after.text
            assert after.tagging is not None
            assert after.tagging.relevance is Relevance.UNION


# Files.


def test_files_are_kept_as_evidence_of_no_case_yet(s: Sitting, tmp_path: Path) -> None:
    picture, sound = tmp_path / "Ảnh chụp.png", tmp_path / "ban ghi.mp3"
    picture.write_bytes(PNG)
    sound.write_bytes(b"ID3\x04\x00" + b"\x00" * 500)
    taken = take_in(s, paper(files=(picture, sound)))
    kept = [evidence.get(s.db, one) for one in taken.intake.files]
    assert [(e.kind, e.case, e.article) for e in kept] == [
        (EvidenceKind.SCAN, "", taken.article.id),
        (EvidenceKind.RECORDING, "", taken.article.id),
    ]
    assert done(s, "intake.add") == [(taken.article.id, *taken.intake.files)]
    assert take_in(s, paper(files=(picture,))).intake == taken.intake
    shared = take_in(s, post(files=(picture,)))
    assert shared.intake.files == taken.intake.files[:1]


def test_a_program_is_no_evidence_and_then_nothing_is_kept(s: Sitting, tmp_path: Path) -> None:
    bad = tmp_path / "anh.jpg.exe"
    bad.write_bytes(b"MZ" + b"\x00" * 100)
    with pytest.raises(InputError):
        take_in(s, post(files=(bad,)))
    assert (count(s), sources.outlet_names(s.db)) == (0, {})


# Tables.


def test_good_lines_are_taken_in_and_bad_ones_are_told(s: Sitting) -> None:
    raw = "\n".join(
        [
            HEAD + ",Chuyên mục chương trình,Tài khoản trang,Địa chỉ,Liên quan,Lý do chưa thu thập được,Cột lạ",
            "daily_print,tin24,05/11/2026,Bài một,Bạn đọc,,,,,",
            "Phát thanh,Đài Tỉnh A,05/11/2026 06:15,Bài hai,Thời sự,,,labour,source_not_watched,",
            "radio,Đài Tỉnh A,05/11/2026,Không giờ,Thời sự,,,,,",
            "social_channel,,2026-11-05 20:00,Bài ba,,Trang Tin Nhanh,https://mang.test/p/9,,Nguồn bị lỗi,x",
            "daily_print,tin24,05/11/2026,Bài một,Bạn đọc,,,,,",
            "báo gì,tin24,05/11/2026,Bài bốn,,,,,,",
            "daily_print,tin24,ngày nào,Bài năm,,,,,,",
            "daily_print,tin24,,Bài sáu,,,,,,",
            "daily_print,tin24,05/11/2027,Bài bảy,,,,,,",
            "daily_print,tin24,05/11/2026," + "x" * 1_000_000 + ",,,,,,",
            "daily_print,tin24,05/11/2026,Bài tám,,,,chắc là có,,",
            "daily_print,tin24,05/11/2026,Bài chín,,,,,vì sao,",
            'weekly,tin24,05/11/2026,"Bài mười',
        ]
    )
    seen: list[int] = []
    report = take_in_csv(s, raw.encode("utf-16"), seen.append)
    assert (report.stored, report.known) == (3, 1)
    assert [number for number, _ in report.bad] == [4, 7, 8, 9, 10, 11, 12, 13, 14]
    assert all(reason.strip() for _, reason in report.bad)
    assert seen == list(range(1, len(seen) + 1))
    assert any("Cột lạ" in notice for notice in report.notices)
    assert any("Trang Tin Nhanh" in notice for notice in report.notices)
    assert count(s) == 3
    assert all(found.story for found in articles.between(s.db))
    again = take_in_csv(s, raw.encode("utf-16"))
    assert (again.stored, again.known) == (0, 4)
    assert len(done(s, "intake.add")) == 3
    assert {one.why_missed for one, _ in between(s, None, None)} == {
        WhyMissed.NOT_MISSED,
        WhyMissed.SOURCE_NOT_WATCHED,
        WhyMissed.SOURCE_FAILED,
    }


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b"", "sheet_no_header"),
        (HEAD.replace(",Tiêu đề", "").encode(), "sheet_columns"),
        ("Loại hình,Tiêu đề à".encode("cp1258", "replace"), "sheet_charset"),
    ],
)
def test_files_that_are_no_such_table_are_told(s: Sitting, raw: bytes, key: str) -> None:
    with pytest.raises(InputError) as error:
        take_in_csv(s, raw)
    assert error.value.key == key


def test_nul_bytes_and_formulas_in_a_table_do_no_harm(s: Sitting) -> None:
    raw = f'{HEAD},Nội dung\ndaily_print,tin24,05/11/2026,"\'=HYPERLINK(1)\0","dòng một\ndòng\0 hai"\n'
    assert take_in_csv(s, raw.encode()).bad == ()
    (found,) = articles.between(s.db)
    assert (found.title, found.text) == ("=HYPERLINK(1)", "dòng một\ndòng hai")


def test_an_item_is_known_by_its_day_wherever_it_was_entered(s: Sitting) -> None:
    taken: Taken = take_in(s, paper(title="Bài một", at=datetime.fromisoformat("2026-11-05T00:00:00+07:00")))
    report = take_in_csv(s, f"{HEAD}\ndaily_print,tin24,2026-11-05,Bài một\n".encode())
    assert (report.stored, report.known) == (0, 1)
    assert taken.article.id == next(iter(articles.between(s.db))).id
