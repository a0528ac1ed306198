"""Rules read and tried, outlets with their record, links handed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from press_server import NOW
from reading_home import LINK, TEXT, TITLE, article_of, at_desk, make_home, restricted, typed

from monitor.clock import local
from monitor.config import Home
from monitor.desk import cards, people
from monitor.desk.article import article
from monitor.desk.handing_in import account_of, hand_in
from monitor.desk.outlet_record import outlets, record
from monitor.desk.sitting import Sitting
from monitor.desk.trying import MOST_CHARACTERS, fire, rule_file, rules
from monitor.errors import MonitorError, UsageError
from monitor.labels import wording
from monitor.model.card import OutletCard
from monitor.model.correction import Field
from monitor.model.people import OfficeRole
from monitor.model.request import AddresseeKind, Demand, DemandKind, DemandResult, Request
from monitor.model.source import Medium, OutletKind
from monitor.model.watch import Corrected
from monitor.store import articles, cases, corrections, intake, watch_changes

POST = "https://www.facebook.com/groups/congnhanlaocai/posts/998877?ref=share"


@pytest.fixture
def home(root, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:  # type: ignore[no-untyped-def]
    monkeypatch.delenv("MONITOR_USER", raising=False)
    yield make_home(root)


# Rules.


def test_every_rule_file_is_shown_with_what_it_is_about(home: Home) -> None:
    with at_desk(home, "Chín") as s:
        sheets = {sheet.name: sheet for sheet in rules(s)}
        assert {"topics.yaml", "union.yaml", "places_wards.tsv", "office.yaml"} <= set(sheets)
        assert "mở ngay trong ngày" in sheets["attention.yaml"].about
        assert (sheets["office.yaml"].own, sheets["office.yaml"].changed) == (True, True)
        assert sheets["tone.yaml"].changed is False
        (home.root / "rules" / "tone.yaml").write_bytes(
            (home.root / "rules" / "tone.yaml").read_bytes() + "# thêm của cơ quan\n".encode()
        )
        assert rule_file(s, "tone.yaml").changed is True
        (home.root / "rules" / "tone.yaml").unlink()
        assert rule_file(s, "tone.yaml").own is False
        for name in ("khong.yaml", "../sources.yaml", "/etc/passwd"):
            with pytest.raises(UsageError) as error:
                rule_file(s, name)
            assert error.value.key == "rules_unknown"


def test_a_pasted_text_shows_what_fires(home: Home) -> None:
    with at_desk(home, "Chín") as s:
        found = fire(s, TITLE, TEXT)
        assert "".join(x.text for x in found.title) == TITLE
        assert len(found.text_lines) == 2
        assert any(x.mention and "đình công" in x.text for x in found.title)
        by_area = {rule.area for rule in found.rules}
        assert {"Nhắc đến tổ chức công đoàn", "Cần chú ý"} <= by_area
        assert all(rule.why and rule.times and rule.zone for rule in found.rules)
        assert found.tags[0].value == "union"
        assert fire(s, "", "Trời nắng đẹp.").tags[0].value == "none"
        for title, text in (("", " \n"), ("x" * 3000, ""), ("", "x" * (MOST_CHARACTERS + 1))):
            with pytest.raises(MonitorError) as error:
                fire(s, title, text)
            assert wording(error.value)
        assert articles.count(s.db) == 0


# Outlets.


def asked(s: Sitting, ident: str) -> None:
    """A request that was answered late in one demand and not yet in another."""
    case = cases.get(s.db, ident)
    assert case is not None
    sent = NOW - timedelta(days=9)
    one = Request(
        id="r1", addressee=AddresseeKind.PRESS, name="Báo tin24", outlet="tin24", issuer="ld", sent=sent, received=sent,
        demands=(
            Demand(id="r1.1", kind=DemandKind.ANSWER, result=DemandResult.LATE, on=local(NOW).date()),
            Demand(id="r1.2", kind=DemandKind.CORRECT),
        ),
        made=sent, by="u2",
    )  # fmt: skip
    with s.db.atomic():
        after = replace(case, requests=(one,), revision=case.revision + 1)
        cases.put(s.db, after, before=case.revision, actor=s.actor.id, now=s.now)


def card(outlet: str = "tin24") -> OutletCard:
    return OutletCard(
        outlet=outlet, legal_name="Báo Tin 24", managing_body="Hội A", authority="Bộ", address="1 phố B", phone="024",
        valid_from=local(NOW).date(),
    )  # fmt: skip


def test_outlets_tell_their_card_requests_and_how_they_answered(home: Home) -> None:
    on = local(NOW).date()
    with at_desk(home) as s:
        ident = article_of(home, s.db)
        (row,) = outlets(s, on)
        assert (row.id, row.card, row.articles, row.requests, row.watched) == ("tin24", None, 1, 0, True)
        cards.put(s, card())
        cards.put(s, card("bao-giay"))
        with s.db.atomic():
            watch_changes.mark_corrected(
                s.db, Corrected(article=ident, date=NOW, where="trang nhất", change=None, by="u2"), NOW
            )
    with at_desk(home, "Trưởng") as s:
        case = restricted(s, ident)
        asked(s, case)
        row, paper = outlets(s, on)
        assert (paper.id, paper.name, paper.watched) == ("bao-giay", "Báo Tin 24", False)
        assert (row.requests, row.open_requests, row.corrections) == (1, 1, 1)
        assert dict(row.results) == {DemandResult.LATE: 1, DemandResult.PENDING: 1}
        told = record(s, "tin24")
        (line,) = told.requests
        assert [(d.days, d.late) for d in line.demands] == [(9, True), (None, False)]
        assert (told.card and told.card.address, told.sources, told.articles) == ("1 phố B", ("tin24/1",), 1)
        assert [(c.article, c.where) for c in told.corrections] == [(ident, "trang nhất")]
    with at_desk(home) as s:
        assert (outlets(s, on)[0].requests, record(s, "tin24").requests, record(s, "tin24").results) == (0, (), ())
        assert case not in repr((outlets(s, on), record(s, "tin24")))
        with pytest.raises(UsageError) as error:
            record(s, "khong-co")
        assert error.value.key == "outlet_unknown"


def test_an_outlet_known_by_a_secret_item_alone_does_not_show(home: Home) -> None:
    on = local(NOW).date()
    with at_desk(home, "Trưởng") as s:
        secret = typed(s, medium=Medium.SOCIAL_CHANNEL, outlet="", account="Nguyễn Văn Tố", link=POST, page="")
        restricted(s, secret)
        other = next(row for row in outlets(s, on) if row.kind is OutletKind.SOCIAL)
        assert record(s, other.id).articles == 1
    with at_desk(home) as s:
        assert [row.id for row in outlets(s, on)] == ["tin24"]
        with pytest.raises(UsageError):
            record(s, other.id)


# Links handed in.


def test_anyone_hands_in_a_link_and_the_same_one_is_the_same_item(home: Home) -> None:
    with at_desk(home, "Chín") as s:
        first = hand_in(s, link=POST, title="Công nhân phản ánh nợ lương", seen_by="")
        assert (first.known, first.intake.medium, first.intake.seen_by) == (False, Medium.SOCIAL_CHANNEL, "Chín")
        assert first.intake.account == "facebook.com/groups/congnhanlaocai"
        assert first.article.tagging is not None
        assert first.article.tagging.relevance.value == "union"
        again = hand_in(s, link=POST.replace("www.", "m."), title="Tiêu đề khác")
        assert (again.article.id, again.known, again.changed) == (first.article.id, True, False)
        assert again.article.title == "Công nhân phản ánh nợ lương"
        later = hand_in(s, link=POST, text="Nguyên văn bài đăng về công đoàn.", seen_by="Anh Bình")
        assert later.article.text == "Nguyên văn bài đăng về công đoàn."
        assert (later.intake.at, later.intake.seen_by) == (first.intake.at, "Anh Bình")
        assert articles.count(s.db) == 1


def test_a_page_of_the_press_is_known_by_its_host(home: Home) -> None:
    with at_desk(home) as s:
        assert hand_in(s, link="http://tin24.test/la/bai-1.html").article.outlet == "tin24"
        other = hand_in(s, link="https://www.bao-la.test/b.html", medium="online")
        assert (other.outlet_name, other.intake.medium) == ("bao-la.test", Medium.ONLINE)
        assert "bao-la.test" in other.article.title
        video = hand_in(s, link="https://kenh.test/v/1", medium="social_channel")
        assert video.outlet_name == "kenh.test"


def test_handing_in_what_the_collection_has_adds_who_saw_it(home: Home) -> None:
    with at_desk(home, "Chín") as s:
        ident = article_of(home, s.db, title="Hoa lan nở", lead="", text="Vườn lan mở cửa.")
        taken = hand_in(s, link=LINK, seen_by="Chị Hoa")
        assert (taken.article.id, taken.known, taken.collected) == (ident, True, True)
        assert corrections.standing(s.db, [ident]) == {}
        assert intake.of(s.db, [ident])[ident].seen_by == "Chị Hoa"
    with at_desk(home) as s:
        hand_in(s, link=LINK)
        assert Field.RELEVANCE in corrections.standing(s.db, [ident])[ident]


def test_who_hands_in_a_hidden_item_learns_nothing(home: Home) -> None:
    with at_desk(home, "Trưởng") as s:
        secret = hand_in(
            s, link=POST, title="Tố cáo chủ tịch công đoàn", text="Nội dung kín.", seen_by="Ông Kín"
        ).article
        restricted(s, secret.id)
    with at_desk(home, "Chín") as s:
        taken = hand_in(s, link=POST)
        assert (taken.known, taken.collected) == (False, False)
        assert "kín" not in repr(taken).lower()
        assert "Tố cáo" not in repr(taken)
        hand_in(s, link=POST, text="Thêm lời của người khác.", seen_by="Chín")
        with pytest.raises(UsageError):
            article(s, secret.id)
        kept = intake.of(s.db, [secret.id])[secret.id]
        assert (kept.seen_by, kept.passage) == ("Ông Kín", "Thêm lời của người khác.")


@pytest.mark.parametrize(
    "words",
    [
        {"link": ""}, {"link": "javascript:alert(1)"}, {"link": "ftp://a.test/x"}, {"link": "http://u:p@a.test/"},
        {"link": "khong phai"}, {"link": POST, "medium": "tv"}, {"link": POST, "title": "x" * 600},
        {"link": POST, "text": "x" * 30_000}, {"link": POST, "seen_by": "x" * 2000},
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said(home: Home, words: dict[str, str]) -> None:
    with at_desk(home, "Chín") as s:
        with pytest.raises(MonitorError) as error:
            hand_in(s, **words)
        assert wording(error.value)
        assert articles.count(s.db) == 0


@pytest.mark.parametrize(
    ("url", "account"),
    [
        ("https://www.facebook.com/baotinh.laocai/posts/pfbid02", "facebook.com/baotinh.laocai"),
        ("https://m.facebook.com/story.php?story_fbid=1&id=2", "facebook.com"),
        ("https://www.tiktok.com/@congnhan/video/7", "tiktok.com/@congnhan"),
        ("https://www.youtube.com/watch?v=abc", "youtube.com"),
        ("https://zalo.me/123456789", "zalo.me"),
        ("https://www.facebook.com/", "facebook.com"),
    ],
)
def test_an_account_is_read_off_the_address(url: str, account: str) -> None:
    assert account_of(url) == account


def test_a_disabled_person_hands_in_nothing(home: Home) -> None:
    with at_desk(home, "u1") as s:
        gone = people.add_person(s.db, s.actor, "Đã nghỉ", (OfficeRole.UNIT,), now=s.now)
        off = replace(s, actor=replace(gone, disabled=s.now))
        with pytest.raises(MonitorError) as error:
            hand_in(off, link=POST)
        assert error.value.key == "person_disabled"
