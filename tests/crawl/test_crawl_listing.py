"""Listing pages: which links are articles, what they are called, and when they appeared. All are invented."""

# ruff: noqa: E501 (markup is not broken where it would read worse)

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.clock import VN
from monitor.crawl import listing
from monitor.crawl.listing import Listing, looks_like_article

NOW = datetime(2026, 11, 14, tzinfo=UTC)
URL = "http://bao.vn/thoi-su"


def read(html: str, links: str | None = None, url: str = URL) -> Listing:
    begun = time.process_time()
    found = listing.parse(html.encode(), url=url, links=links, now=NOW)
    assert time.process_time() - begun < 60  # processor time: a hang, not a slow machine
    return found


def paths(found: Listing) -> list[str]:
    return [entry.url.removeprefix("http://bao.vn") for entry in found.entries]


def page(inside: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html lang=vi><head><meta charset=utf-8>{head}</head><body>{inside}</body></html>"


def a_paper() -> str:
    """A paper's page as they are: menus, a card, pictures, related links, tags, advertisements, paging, a footer."""
    items = "".join(
        f"""<article class="story"><a class="thumb" href="/xa-hoi/cong-nhan-khu-cong-nghiep-so-{n}-10000{n}.html">
        <img src="/a{n}.jpg" alt="Ảnh"></a><div class="body"><h3><a href="/xa-hoi/cong-nhan-khu-cong-nghiep-so-{n}-10000{n}.html?utm_source=home"
        title="Công nhân khu công nghiệp số {n} nhận quà Tết">Công nhân khu công nghiệp số {n} nhận quà…</a></h3>
        <div class="meta"><a href="/xa-hoi">Đời sống xã hội</a> <span class="time">{n:02d}/11/2026 14:30</span></div>
        <p class="sapo"><a href="/xa-hoi/cong-nhan-khu-cong-nghiep-so-{n}-10000{n}.html">Liên đoàn Lao động tỉnh thăm hỏi và tặng quà cho công nhân khó khăn, đợt {n}.</a></p>
        <a class="more" href="/xa-hoi/cong-nhan-khu-cong-nghiep-so-{n}-10000{n}.html#binh-luan">5</a></div></article>"""
        for n in range(1, 8)
    )
    return page(
        f"""<header><a href="/">Báo Vùng Cao</a><div class="today">Thứ bảy, 14/11/2026 08:00</div></header>
        <nav><a href="/thoi-su.html">Thời sự trong nước và quốc tế</a></nav>
        <div class="top"><a href="/chinh-tri-xa-hoi-trong-tinh.html">Chính trị, xã hội trong tỉnh</a>
        <a href="/lao-dong-viec-lam-va-an-sinh-xa-hoi.html">Lao động, việc làm và an sinh xã hội</a>
        <a href="/thoi-su">Thời sự của báo chúng tôi hôm nay</a></div>
        <section>{items}</section>
        <aside><a href="/tag/khu-cong-nghiep-va-nha-o-123456.html">Khu công nghiệp và nhà ở công nhân</a>
        <a href="/chu-de/dai-hoi-cong-doan-99999">Đại hội Công đoàn các cấp năm nay</a>
        <a href="/event/bau-cu-quoc-hoi-khoa-moi-12345.html">Bầu cử Quốc hội khóa mới</a>
        <a href="/tac-gia/minh-an-55555.html">Tác giả Minh An của báo</a>
        <a href="http://quangcao.vn/mua-nha-gia-re-cho-moi-nguoi-123456.html">Mua nhà giá rẻ cho mọi người</a>
        <a href="/tai-lieu/bao-cao-nam-123456.pdf">Báo cáo tài chính năm nay của báo</a>
        <a href="javascript:void(0)">Xem thêm nhiều tin tức khác nữa</a><a href="mailto:a@bao.vn">Liên hệ với tòa soạn chúng tôi</a></aside>
        <div class="pagination"><a href="/thoi-su/trang-2">Trang tiếp theo của chuyên mục</a></div>
        <footer><a href="/quy-che-hoat-dong-cua-toa-soan.html">Quy chế hoạt động của tòa soạn</a></footer>""",
        '<link rel="next" href="/thoi-su/trang-2">',
    )


class TestWithoutSelector:
    def test_of_a_papers_page_only_the_articles_are_taken(self) -> None:
        found = read(a_paper())
        assert paths(found) == [f"/xa-hoi/cong-nhan-khu-cong-nghiep-so-{n}-10000{n}.html" for n in range(1, 8)]
        assert found.next == "http://bao.vn/thoi-su/trang-2"

    def test_each_has_its_whole_title_its_own_time_and_its_lead(self) -> None:
        for n, entry in enumerate(read(a_paper()).entries, 1):
            assert entry.title == f"Công nhân khu công nghiệp số {n} nhận quà Tết"
            assert entry.published == datetime(2026, 11, n, 14, 30, tzinfo=VN)
            assert entry.summary.endswith(f"khó khăn, đợt {n}.")
            assert entry.guessed

    def test_a_portal_without_numbers_in_its_addresses_is_read_by_its_headlines(self) -> None:
        inside = "".join(
            f"<li><h4><a href='/tin-tuc/{slug}'>{title}</a></h4></li>"
            for slug, title in [
                ("tap-huan-cong-tac-tai-chinh-nam-2026", "Tập huấn công tác tài chính năm 2026"),
                ("hoi-nghi-ban-chap-hanh-lan-thu-muoi", "Hội nghị Ban Chấp hành lần thứ mười"),
                ("gap-mat-can-bo-huu-tri.aspx", "Gặp mặt cán bộ công đoàn hưu trí"),
                ("dai-hoi", "Đại hội Công đoàn tỉnh khai mạc"),
            ]
        )
        menu = "<div><a href='/gioi-thieu'>Giới thiệu</a><a href='/van-ban.html'>Văn bản chỉ đạo</a></div>"
        assert paths(read(page(menu + f"<ul>{inside}</ul>"))) == [
            "/tin-tuc/tap-huan-cong-tac-tai-chinh-nam-2026",
            "/tin-tuc/hoi-nghi-ban-chap-hanh-lan-thu-muoi",
            "/tin-tuc/gap-mat-can-bo-huu-tri.aspx",
        ]

    def test_an_old_portal_names_its_articles_by_parameters(self) -> None:
        inside = "".join(
            f"<div><a href='Default.aspx?nid={n}&tabid=5'>Công đoàn cơ sở số {n} tổ chức hội nghị</a></div>"
            for n in (7, 8, 9)
        )
        menu = "<a href='Default.aspx?tabid=12'>Văn bản chỉ đạo của cấp trên</a>"
        form = f"<form id='aspnetForm'>{menu}{inside}</form>"
        assert paths(read(page(form), url="http://bao.vn/Default.aspx")) == [
            f"/Default.aspx?nid={n}&tabid=5" for n in (7, 8, 9)
        ]

    def test_few_numbered_addresses_do_not_drive_out_the_many_others(self) -> None:
        titles = [f"Công đoàn ngành số {n} thăm công nhân" for n in range(30)]
        inside = "".join(
            f"<h3><a href='/cong-doan-nganh-tham-cong-nhan-{n if n > 5 else n + 20000}.html'>{t}</a></h3>"
            for n, t in enumerate(titles)
        )
        assert len(read(page(inside)).entries) == 30

    def test_relative_links_follow_the_pages_own_base(self) -> None:
        found = read(
            page("<h3><a href='bai-viet-100001.html'>Công đoàn thăm công nhân</a></h3>", "<base href='/tin/moi/'>")
        )
        assert paths(found) == ["/tin/moi/bai-viet-100001.html"]

    @pytest.mark.parametrize("base", ["javascript:x", "http://[", ""])
    def test_a_base_that_is_none_is_passed_over(self, base: str) -> None:
        inside = "<h3><a href='/bai-viet-100001.html'>Công đoàn thăm công nhân</a></h3>"
        assert paths(read(page(inside, f"<base href='{base}'>"))) == ["/bai-viet-100001.html"]

    def test_a_card_that_is_one_link_has_the_headings_words_for_its_title(self) -> None:
        cards = "".join(
            f"<a href='/bai-viet-10000{n}.html'><img><h3>Công đoàn thăm công nhân số {n}</h3><p>Chiều nay, đoàn công tác "
            f"của tỉnh đã đến thăm công nhân.</p><time datetime='2026-11-0{n}T14:30:00+07:00'>hôm nay</time></a>"
            for n in (1, 2)
        )
        for n, entry in enumerate(read(page(cards)).entries, 1):
            assert entry.title == f"Công đoàn thăm công nhân số {n}"
            assert entry.published == datetime(2026, 11, n, 14, 30, tzinfo=VN)
            assert entry.summary.startswith("Chiều nay")

    def test_a_headline_is_preferred_to_a_longer_lead_that_links_too(self) -> None:
        link = "/bai-viet-100001.html"
        found = read(
            page(
                f"<div><p><a href='{link}'>Đoàn công tác của tỉnh đã đến thăm công nhân khu công nghiệp từ sáng sớm</a></p>"
                f"<h3><a href='{link}'>Công đoàn thăm công nhân</a></h3></div>"
            )
        )
        assert found.entries[0].title == "Công đoàn thăm công nhân"

    def test_a_picture_alone_is_no_headline(self) -> None:
        assert read(page("<a href='/bai-viet-100001.html'><img alt='x'></a>")).entries == ()

    @pytest.mark.parametrize("count", [1, 2, 3])
    def test_items_of_a_short_list_do_not_lend_each_other_their_times(self, count: int) -> None:
        items = "".join(
            f"<li><a href='/bai-viet-10000{n}.html'>Công đoàn thăm công nhân số {n}</a>"
            + (f"<span>0{n}/11/2026 14:30</span>" if n != 2 else "")
            + "</li>"
            for n in range(1, count + 1)
        )
        times = [entry.published for entry in read(page(f"<ul>{items}</ul>")).entries]
        assert times == [datetime(2026, 11, n, 14, 30, tzinfo=VN) if n != 2 else None for n in range(1, count + 1)]

    def test_a_date_without_an_hour_is_no_publishing_time(self) -> None:
        inside = "<li><a href='/bai-viet-100001.html'>Công đoàn thăm công nhân</a><span>05/11/2026</span></li>"
        assert read(page(inside)).entries[0].published is None


@pytest.mark.parametrize(
    ("path", "is_article"),
    [
        ("/xa-hoi/bai-viet-123456.html", True),
        ("/bai-viet-20261105143000123.htm", True),
        ("/post12345", True),
        ("/2026/11/ten-bai", True),
        ("/tin-tuc/tap-huan-cong-tac-tai-chinh", True),
        ("/a.ldo", True),
        ("/?nid=5", True),
        ("/", False),
        ("/xa-hoi", False),
        ("/thoi-su/trang-2", False),
        ("/2026/11/", False),
        ("/tag/cong-doan-viet-nam-123456.html", False),
        ("/tim-kiem?id=5", False),
        ("/anh-123456.jpg", False),
        ("/rss/cong-doan-viet-nam.rss", False),
        ("/dang-nhap.html", False),
    ],
)
def test_an_article_by_its_address(path: str, is_article: bool) -> None:
    assert looks_like_article(f"http://bao.vn{path}", URL) is is_article
    assert not looks_like_article(f"http://khac.vn{path}", URL)


class TestWithSelector:
    html = page(
        "<div class=list><article class=item><h3 class=title><a href='/mot'>Một</a></h3><span>05/11/2026 14:30</span></article>"
        "<article class=item><h3 class=title><a href='http://khac.vn/hai'>Hai</a></h3><p>Một đoạn dẫn dài hơn bốn mươi chữ cái của bài.</p></article>"
        "<article class=item><h3 class=title><a href='javascript:x'>Ba</a></h3></article></div>"
        "<a href='/bai-viet-123456.html'>Công đoàn thăm công nhân khu công nghiệp</a>"
    )

    @pytest.mark.parametrize("selector", ["article.item h3 a", ".item .title", "article.item", "div.list"])
    def test_what_was_chosen_is_taken_whatever_it_looks_like(self, selector: str) -> None:
        found = read(self.html, selector)
        assert [(entry.url, entry.title) for entry in found.entries] == [
            ("http://bao.vn/mot", "Một"),
            ("http://khac.vn/hai", "Hai"),
        ]
        assert found.entries[0].published == datetime(2026, 11, 5, 14, 30, tzinfo=VN)
        assert found.entries[1].published is None
        assert found.entries[1].summary.startswith("Một đoạn dẫn")

    def test_a_selector_that_meets_nothing_gives_nothing(self) -> None:
        assert read(self.html, "table.tin a").entries == ()


@pytest.mark.parametrize(
    ("head", "inside", "there"),
    [
        ("<link rel=next href='?page=2'>", "", "http://bao.vn/thoi-su?page=2"),
        ("", "<a rel=next href='/thoi-su/p2'>2</a>", "http://bao.vn/thoi-su/p2"),
        ("<link rel=next href='http://khac.vn/2'>", "", ""),
        ("<link rel=next href='javascript:x'>", "", ""),
        ("", "<nav><a rel=next href='/thoi-su/p2'>2</a></nav>", "http://bao.vn/thoi-su/p2"),
        ("", "", ""),
    ],
)
def test_the_page_says_where_it_goes_on(head: str, inside: str, there: str) -> None:
    assert read(page(inside, head)).next == there


class TestHostile:
    @pytest.mark.parametrize(
        "inside",
        [
            "<div>" * 25_000,
            "<a href='/bai-viet-100001.html'>Công đoàn thăm công nhân</a>" * 10_000,
            "<div>"
            + "<span>x</span>" * 30_000
            + "".join(
                f"<p><a href='/bai-{n}.html'>Công đoàn thăm công nhân {n}</a></p>" for n in range(100_000, 100_500)
            ),
            "<div>" * 30
            + "".join(f"<a href='/bai-{n}.html'>Công đoàn thăm công nhân {n}" for n in range(100_000, 106_000)),
            "<a href='/bai-viet-100001.html'>" + "Công đoàn " * 100_000,
            "<a href='/bai-viet-100001.html'>Công đoàn thăm công nhân" + "<p>" * 20_000 + "x" * 100_000,
            "<" * 500_000,
            "<a href='" * 50_000,
            "<table><tr><td>" * 10_000,
        ],
        ids=["deep", "same", "spans", "unclosed", "long title", "in one", "brackets", "quotes", "tables"],
    )
    def test_pages_made_to_be_slow_end_in_time(self, inside: str) -> None:
        found = read(page(inside))
        assert len(found.entries) <= listing.MAX_ENTRIES
        assert all(len(entry.title) <= 500 and len(entry.summary) <= 2000 for entry in found.entries)

    def test_no_more_than_so_many_articles_are_taken(self) -> None:
        many = "".join(
            f"<h3><a href='/bai-{n}.html'>Công đoàn thăm công nhân {n}</a></h3>" for n in range(100_000, 101_000)
        )
        assert len(read(page(many)).entries) == listing.MAX_ENTRIES
        assert len(read(page(many), "h3 a").entries) == listing.MAX_ENTRIES

    @settings(deadline=None, max_examples=100)
    @given(
        st.one_of(
            st.binary(max_size=200),
            st.lists(
                st.sampled_from(
                    [
                        "<a href='/x-123456.html'>",
                        "Công đoàn thăm hỏi",
                        "</a>",
                        "<a href>",
                        "<h3>",
                        "<base href='http://['>",
                        "<a href='&#xD800;'>",
                        "<link rel=next href='//['>",
                        "<time datetime>",
                        "<nav>",
                        "</",
                        "<!--",
                        "<a rel=next href='\x00'>",
                        "05/11/2026 14:30",
                        "<p>",
                    ]
                ),
                max_size=15,
            ).map(lambda parts: "".join(parts).encode()),
        ),
        st.sampled_from([None, "a", "h3 a", "*"]),
    )
    def test_any_bytes_never_raise(self, raw: bytes, selector: str | None) -> None:
        listing.parse(raw, url=URL, links=selector, now=NOW)
