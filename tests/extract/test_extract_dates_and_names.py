"""Times, bylines, JSON-LD and addresses on invented pages."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from monitor.clock import iso_local
from monitor.extract import SiteRules, extract
from monitor.model.article import Extracted, Page

URL = "https://www.baomau.test/doi-song/khu-tro-a7.html"
TITLE = "Khu trọ công nhân có nước sạch sau bốn tháng chờ đợi"
TEXT = "".join(
    f"<p>Đoạn thứ {n} kể chuyện khu trọ ven khu công nghiệp, nơi hơn hai trăm gia đình thuê nhà và đợi nước máy.</p>"
    for n in ("nhất", "hai", "ba", "tư")
)


def read(*, head: str = "", top: str = "", end: str = "", url: str = URL) -> Extracted:
    main = f"<main><h1>{TITLE}</h1>{top}<div class='nd'>{TEXT}{end}</div></main>"
    html = f"<html><head><title>{TITLE}</title>{head}</head><body>{main}</body></html>"
    return extract(Page(url=url, html=html, fetched=datetime(2026, 12, 1, tzinfo=UTC)), SiteRules())


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value, ensure_ascii=False)}</script>'


def news(**fields: object) -> dict[str, object]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **fields}


@pytest.mark.parametrize(
    "shown",
    [
        "Thứ năm, 05/11/2026, 14:30 (GMT+7)",
        "05-11-2026 | 14:30",
        "14:30 05/11/2026",
        "Thứ Năm, ngày 05/11/2026 - 14:30",
        "05/11/2026 02:30 PM",
        "05/11/2026 14:30 PM",
        "Ngày đăng: 05/11/2026 14:30 - Lượt xem: 1.204",
        "14h30, ngày 5 tháng 11 năm 2026",
    ],
)
def test_a_date_shown_under_the_title_is_the_publishing_time(shown: str) -> None:
    assert iso_local(read(top=f"<div>{shown}</div>").published) == "2026-11-05T14:30:00+07:00"


def test_midnight_written_as_00_am_is_a_day_first_date() -> None:
    assert iso_local(read(top="<span>07-03-2026 - 00:01 AM</span>").published) == "2026-03-07T00:01:00+07:00"


def test_a_day_in_one_box_and_the_hour_in_the_next_are_one_time() -> None:
    found = read(top="<div class='date'>05/11/2026</div><div class='hour'>14:30</div>")
    assert iso_local(found.published) == "2026-11-05T14:30:00+07:00"


def test_a_clock_above_the_title_gives_way_to_the_date_below_it() -> None:
    html = (
        f"<div class='date'>Thứ ba, 01/12/2026 09:00</div><h1>{TITLE}</h1><div class='date'>05/11/2026 14:30</div>"
        f"<div>{TEXT}</div>"
        "<ul><li><a href='/x'>Tin khác trong ngày của báo mẫu</a><span class='date'>30/11/2026 10:00</span></li></ul>"
    )
    found = extract(Page(url=URL, html=html, fetched=datetime(2026, 12, 1, 3, tzinfo=UTC)), SiteRules())
    assert iso_local(found.published) == "2026-11-05T14:30:00+07:00"


@pytest.mark.parametrize("written", ["2026-11-05T14:30:00Z", "2026-11-05T14:30:00+00:00", "2026-11-05T07:30:00"])
def test_a_machine_date_seven_hours_off_the_one_shown_is_put_right(written: str) -> None:
    found = read(
        head=ld(news(datePublished=written, dateModified=written)), top="<div class='time'>05/11/2026 14:30</div>"
    )
    assert iso_local(found.published) == "2026-11-05T14:30:00+07:00"
    assert iso_local(found.modified) == "2026-11-05T14:30:00+07:00"


def test_a_machine_date_in_real_utc_is_believed() -> None:
    found = read(head=ld(news(datePublished="2026-11-05T07:30:00Z")), top="<div class='time'>05/11/2026 14:30</div>")
    assert iso_local(found.published) == "2026-11-05T14:30:00+07:00"
    assert found.modified is None


def test_a_machine_date_without_an_hour_gives_way_to_the_hour_shown() -> None:
    found = read(head=ld(news(datePublished="2026-11-05")), top="<div class='time'>05/11/2026 14:30</div>")
    assert iso_local(found.published) == "2026-11-05T14:30:00+07:00"


def test_a_date_without_any_hour_is_the_last_resort() -> None:
    assert iso_local(read(top="<div class='date'>Ngày 05/11/2026</div>").published) == "2026-11-05T00:00:00+07:00"


def test_a_date_in_the_text_is_not_the_publishing_time() -> None:
    assert read(end="<p>Cuộc họp trước diễn ra lúc 14:30 ngày 05/10/2026 tại hội trường.</p>").published is None


@pytest.mark.parametrize("name", ["article:published_time", "pubdate", "DC.date.issued", "datePublished"])
def test_meta_dates_are_read_by_whatever_name(name: str) -> None:
    found = read(head=f'<meta name="{name}" content="2026-11-05T14:30:00+07:00">')
    assert iso_local(found.published) == "2026-11-05T14:30:00+07:00"


def test_a_time_element_is_read_where_nothing_else_is_said() -> None:
    found = read(top='<time datetime="2026-11-05 14:30">Hôm nay</time>')
    assert iso_local(found.published) == "2026-11-05T14:30:00+07:00"


def test_a_modified_time_before_the_published_one_is_not_believed() -> None:
    found = read(head=ld(news(datePublished="2026-11-05T14:30:00+07:00", dateModified="2026-11-04T14:30:00+07:00")))
    assert found.modified is None


@pytest.mark.parametrize(
    "script",
    [
        json.dumps(
            [{"@type": "WebSite"}, [{"@type": ["Thing", "NewsArticle"], "datePublished": "2026-11-05T14:30:00+07:00"}]]
        ),
        json.dumps(
            {"@graph": [{"@type": "Organization"}, {"@type": "Article", "datePublished": "2026-11-05T14:30:00+07:00"}]}
        ),
        '{"@type": "NewsArticle", "headline": "Dòng một\nDòng hai\t", "datePublished": "2026-11-05T14:30:00+07:00"}',
        '{"@type": "NewsArticle", "datePublished": "2026-11-05T14:30:00+07:00",}',
        '{"@type": "NewsArticle", "headline": "Nói "thẳng" ra", "datePublished": "2026-11-05T14:30:00+07:00"}',
    ],
)
def test_json_ld_is_read_in_graphs_in_lists_and_broken(script: str) -> None:
    found = read(head=f'<script type="application/ld+json">{script}</script>')
    assert iso_local(found.published) == "2026-11-05T14:30:00+07:00"
    assert found.title == TITLE


def test_entities_escaped_twice_are_letters() -> None:
    found = read(
        head=ld(news(description="Nước s&amp;#7841;ch v&amp;#7873; tới từng phòng trọ, ai cũng mừng rỡ hết sức."))
    )
    assert found.lead == "Nước sạch về tới từng phòng trọ, ai cũng mừng rỡ hết sức."


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Mùa A Tủa", ("Mùa A Tủa",)),
        ("Theo Mùa A Tủa", ("Mùa A Tủa",)),
        ("Bài, ảnh: Mùa A Tủa", ("Mùa A Tủa",)),
        ("Bài: Mùa A Tủa - Ảnh: Lý Sở", ("Mùa A Tủa",)),
        ("MÙA A TỦA - LÝ SỞ", ("MÙA A TỦA", "LÝ SỞ")),
        ("Mùa A Tủa, Lý Sở và Chang Thị Mo", ("Mùa A Tủa", "Lý Sở", "Chang Thị Mo")),
        ("Mùa A Tủa (tổng hợp)", ("Mùa A Tủa",)),
        ("Mùa A Tủa (theo Báo Mẫu)", ("Mùa A Tủa",)),
        ("PV Mùa A Tủa", ("Mùa A Tủa",)),
        ("Mùa A Tủa muaatua@baomau.test", ("Mùa A Tủa",)),
        ("PV", ()),
        ("Nhóm PV", ()),
        ("Baomau", ()),
        ("Báo Mẫu", ()),
        ("BAOMAU COM VN", ()),
        ("toasoan@baomau.test", ()),
        ("Ban Biên tập", ()),
        ("Ảnh: Lý Sở", ()),
        ("TTXVN", ()),
    ],
)
def test_a_byline_is_persons_and_never_an_account(line: str, names: tuple[str, ...]) -> None:
    assert read(top=f'<div class="detail-author">{line}</div>').authors == names
    assert read(head=ld(news(author={"@type": "Person", "name": line}))).authors == names


def test_an_organisation_named_as_author_gives_way_to_the_signature_below_the_text() -> None:
    found = read(
        head=ld(news(author={"@type": "Organization", "name": "Báo Mẫu"}, publisher={"name": "Báo Mẫu"})),
        end='<p style="text-align:right"><strong>Chang Thị Mo</strong> <em>(tổng hợp)</em></p>',
    )
    assert found.authors == ("Chang Thị Mo",)
    assert "Chang Thị Mo" not in found.text


def test_a_plain_last_line_that_is_a_name_is_the_author_and_stays_in_the_text() -> None:
    found = read(end="<p>Chang Thị Mo</p>")
    assert found.authors == ("Chang Thị Mo",)
    assert found.text.endswith("Chang Thị Mo")


def test_a_link_to_the_authors_page_is_a_byline() -> None:
    assert read(top='<div><a href="/tac-gia/chang-thi-mo-12.htm">Chang Thị Mo</a></div>').authors == ("Chang Thị Mo",)


def test_more_authors_for_machines_than_for_readers_are_all_named() -> None:
    found = read(
        head=ld(news(author=[{"@type": "Person", "name": "Mùa A Tủa"}, {"@type": "Person", "name": "Lý Sở"}])),
        top='<p class="author">Mùa A Tủa và 1 tác giả khác</p>',
    )
    assert found.authors == ("Mùa A Tủa", "Lý Sở")


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("https://baomau.test/khu-tro-a7.html", "https://baomau.test/khu-tro-a7.html"),
        ("/khu-tro-a7.html#top", "https://www.baomau.test/khu-tro-a7.html"),
        ("https://nguoikhac.test/khu-tro-a7.html", None),
        ("https://www.baomau.test/", None),
        ("javascript:void(0)", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_the_canonical_address_is_absolute_and_of_the_same_site(href: str, canonical: str | None) -> None:
    assert read(head=f'<link rel="canonical" href="{href}">').canonical == canonical
