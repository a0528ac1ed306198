"""Invented pages, each in the manner of a publishing system of the Vietnamese press, and what a reader sees there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.clock import iso_local
from monitor.extract import SiteRules, extract
from monitor.model.article import Extracted, Page

URL = "https://baomau.test/cong-doan/nha-may-tang-ca-a12.html"
TITLE = "Nhà máy giày tăng ca, công đoàn cơ sở đòi bữa ăn giữa ca tử tế"
LEAD = (
    "Sau ba tuần tăng ca liên tục, công nhân xưởng may số hai kiến nghị nâng suất ăn giữa ca; "
    "công đoàn cơ sở đã làm việc với ban giám đốc."
)
P1 = "Chiều qua, tại nhà ăn của nhà máy, đại diện công nhân trình bày bảy kiến nghị, trong đó suất ăn đứng đầu."
P2 = "Bà Lò Thị Mẩy, tổ trưởng tổ cắt, nói suất ăn mười tám nghìn đồng không đủ sức cho ca làm mười một tiếng."
P3 = "Ban giám đốc hẹn trả lời bằng văn bản trước ngày hai mươi, công đoàn cơ sở sẽ giám sát việc thực hiện."
MENU = "".join(f'<li><a href="/muc-{n}">Chuyên mục số {n} của tờ báo mẫu</a></li>' for n in range(12))
TEASERS = "".join(
    f'<li><a href="/tin-{n}.html">Một tin khác số {n} không dính dáng gì đến bài đang đọc</a>'
    f"<p>Tóm tắt ngắn {n}.</p></li>"
    for n in range(6)
)


def read(body: str, head: str = "", url: str = URL) -> Extracted:
    html = (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{TITLE} - Báo Mẫu</title>{head}</head>'
        f'<body><div class="header"><div class="logo">Báo Mẫu</div><ul class="main-menu">{MENU}</ul></div>{body}'
        f'<div class="footer">'
        f"<p>© Báo Mẫu. Giấy phép số 12/GP-XYZ. Ghi rõ nguồn khi phát hành lại thông tin từ trang này.</p>"
        "</div></body></html>"
    )
    return extract(Page(url=url, html=html, fetched=datetime(2026, 11, 6, tzinfo=UTC)), SiteRules())


def body_of(found: Extracted) -> list[str]:
    return found.text.split("\n")


def meta(**names: str) -> str:
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{value}">' for name, value in names.items())


def test_a_page_of_bem_names_with_a_table_of_related_news_reads_as_its_article_alone() -> None:
    found = read(
        f'<div class="main-col"><div class="breadcrumb"><a href="/">Trang chủ</a></div>'
        f'<h1 class="article__title cms-title">{TITLE}</h1>'
        '<div class="article__meta"><a class="article__author cms-author" href="/tac-gia/x">Vàng A Sử</a>'
        '<time class="time" datetime="2026-11-05T14:30:00+0700">05/11/2026 14:30</time></div>'
        f'<div class="article__sapo cms-desc">{LEAD}</div>'
        '<table class="picture"><tr><td><img src="a.jpg"></td></tr><tr><td class="caption">'
        "<p>Công nhân giờ nghỉ trưa.</p></td></tr></table>"
        f'<div class="article__body cms-body"><p>{P1}</p><div class="cms-relate">'
        f'<a href="/x">Một tin cũ được chèn giữa bài viết này</a></div>'
        f"<p>{P2}</p><h3>Chờ văn bản trả lời</h3><p>{P3}</p></div>"
        f'<div class="article__tag"><a href="/t">công nhân</a><a href="/t2">bữa ăn ca</a></div>'
        f'<ul class="related-news">{TEASERS}</ul></div>'
    )
    assert found.title == TITLE
    assert found.lead == LEAD
    assert body_of(found) == [P1, P2, "Chờ văn bản trả lời", P3]
    assert found.authors == ("Vàng A Sử",)
    assert iso_local(found.published) == "2026-11-05T14:30:00+07:00"


def test_a_portal_that_separates_paragraphs_by_doubled_line_breaks_keeps_its_paragraphs() -> None:
    found = read(
        '<form id="aspnetForm"><table width="100%"><tr><td class="cot-trai"><ul>' + MENU + "</ul></td><td>"
        f'<div class="tieude">{TITLE}</div><span class="ngaydang">Thứ Năm, 05/11/2026, 08:05</span>'
        f'<div class="tomtat">{LEAD}</div><div class="noidung">{P1}<br /><br />{P2}<br><br>&nbsp;<br>{P3}<br>'
        '<div style="text-align: right"><b>Giàng Thị Dế</b></div></div>'
        f"<div>Các tin khác</div><ul>{TEASERS}</ul></td></tr></table></form>"
    )
    assert (found.title, found.lead) == (TITLE, LEAD)
    assert body_of(found) == [P1, P2, P3]
    assert found.authors == ("Giàng Thị Dế",)
    assert iso_local(found.published) == "2026-11-05T08:05:00+07:00"


def test_a_bold_first_paragraph_is_the_lead_where_the_system_has_no_field_for_it() -> None:
    found = read(
        f'<div class="news-view"><h1>{TITLE}</h1><p class="date">(Cập nhật lúc: 05/11/2026 09:15)</p>'
        f'<div id="content"><p style="text-align:justify"><strong>{LEAD}</strong></p><p>{P1}</p><p>{P2}</p><p>{P3}'
        f"</p>"
        '<p style="text-align:right"><strong>Bài, ảnh: Hạng Mí Páo</strong></p></div></div>'
    )
    assert found.lead == LEAD
    assert body_of(found) == [P1, P2, P3]
    assert found.authors == ("Hạng Mí Páo",)
    assert iso_local(found.published) == "2026-11-05T09:15:00+07:00"


def test_the_sapo_on_the_page_is_whole_where_the_head_cuts_it() -> None:
    found = read(
        f'<article><h1>{TITLE}</h1><h2 class="x9">(BM) - {LEAD}</h2><div class="y4"><p>{P1}</p><p>{P2}</p><p>{P3}'
        f"</p></div></article>",
        head=meta(og__title=TITLE, og__description=LEAD[:80] + "..."),
    )
    assert found.lead == f"(BM) - {LEAD}"
    assert body_of(found) == [P1, P2, P3]


def test_a_description_that_quotes_the_beginning_of_a_plain_first_paragraph_leaves_it_in_the_text() -> None:
    found = read(
        f'<article><h1>{TITLE}</h1><div class="entry-content"><p>{P1}</p><p>{P2}</p><p>{P3}</p></div></article>',
        head=meta(og__title=TITLE, og__description=P1[:70] + " […]"),
    )
    assert found.lead == ""
    assert body_of(found) == [P1, P2, P3]


def test_the_description_is_the_lead_where_the_page_shows_none() -> None:
    found = read(
        f"<article><h1>{TITLE}</h1><div><p>{P1}</p><p>{P2}</p><p>{P3}</p></div></article>",
        head=f'<meta name="description" content="{LEAD}">',
    )
    assert found.lead == LEAD
    assert body_of(found) == [P1, P2, P3]


def test_captions_go_whether_they_stand_in_a_figure_a_table_or_a_centred_paragraph() -> None:
    found = read(
        f'<h1>{TITLE}</h1><div class="chi-tiet"><p>{P1}</p><figure><img src="1.jpg">'
        f"<figcaption>Nhà ăn lúc mười giờ.</figcaption></figure>"
        '<p style="text-align:center"><img src="2.jpg"></p><p style="text-align:center"><em>Tổ cắt đang làm việc'
        "</em></p>"
        f'<p>{P2}</p><p><img src="3.jpg"></p><p>Bữa ăn ngày thứ tư. Ảnh: Sùng A Chơ</p><p>{P3}</p></div>'
    )
    assert body_of(found) == [P1, P2, P3]


def test_a_table_of_figures_and_a_list_that_belong_to_the_article_stay() -> None:
    found = read(
        f'<h1>{TITLE}</h1><div class="detail-content"><p>{P1}</p><figure class="table"><table><tr><th>Xưởng</th>'
        f"<th>Suất ăn</th></tr>"
        f"<tr><td>Cắt</td><td>18.000</td></tr></table></figure><p>{P2}</p><ul>"
        f"<li>Nâng suất ăn lên hai mươi lăm nghìn đồng;</li>"
        f"<li>Có thực đơn cho lao động mang thai.</li></ul><p>{P3}</p></div>"
    )
    assert body_of(found) == [
        P1, "Xưởng Suất ăn", "Cắt 18.000", P2, "Nâng suất ăn lên hai mươi lăm nghìn đồng;",
        "Có thực đơn cho lao động mang thai.", P3,
    ]  # fmt: skip


def test_links_inside_a_sentence_stay_and_paragraphs_that_are_links_go() -> None:
    found = read(
        f'<h1>{TITLE}</h1><div class="post-body"><p>{P1}</p><p>'
        f'<a href="/cu">&gt;&gt; Năm ngoái: cũng nhà máy ấy thiếu nước uống</a></p>'
        f'<p>{P2[:40]}<a href="/the">{P2[40:60]}</a>{P2[60:]}</p><p><strong>Xem thêm:</strong> '
        f'<a href="/k">Suất ăn ca ở các khu công nghiệp khác</a></p>'
        f"<p>{P3}</p></div>"
    )
    assert body_of(found) == [P1, P2, P3]


def test_a_teaser_box_with_its_own_lead_inside_the_text_goes_whole() -> None:
    found = read(
        f'<h1>{TITLE}</h1><div class="k1"><p>{P1}</p><div class="k2"><a href="/cu"><img src="b.jpg"></a>'
        '<a href="/cu">Nhà máy bên cạnh vừa nâng suất ăn lên ba mươi nghìn</a>'
        "<p>Quyết định có hiệu lực từ tháng trước.</p></div>"
        f"<p>{P2}</p><p>{P3}</p></div>"
    )
    assert body_of(found) == [P1, P2, P3]


def test_comments_longer_than_the_article_are_not_the_article() -> None:
    talk = "".join(
        f'<div class="cmt"><p>Ý kiến số {n}: tôi thấy suất ăn như thế là quá ít, mong công đoàn lên tiếng mạnh hơn '
        f"nữa.</p></div>"
        for n in range(30)
    )
    found = read(
        f'<h1>{TITLE}</h1><div class="z"><p>{P1}</p><p>{P2}</p><p>{P3}</p></div><div class="box-comment">{talk}</div>'
    )
    assert body_of(found) == [P1, P2, P3]


def test_an_article_split_over_like_named_boxes_is_joined() -> None:
    found = read(
        f'<h1>{TITLE}</h1><div><div class="doan"><p>{P1}</p></div><div class="qc"><a href="//ads">Mua ngay</a></div>'
        f'<div class="doan"><p>{P2}</p></div><div class="doan"><p>{P3}</p></div></div>'
    )
    assert body_of(found) == [P1, P2, P3]


def test_tails_of_the_outlet_go() -> None:
    found = read(
        f'<h1>{TITLE}</h1><div class="content-news"><p>{P1}</p><p>{P2}</p><p>{P3}</p><p>Từ khóa: '
        f'<a href="/t">suất ăn</a>, <a href="/u">tăng ca</a></p>'
        "<p>Quét mã QR để tải ứng dụng Báo Mẫu</p><div>Hotline: 0900.000.000</div><p>© Bản quyền thuộc về Báo Mẫu</p>"
        f"<h3>Tin liên quan</h3><ul>{TEASERS}</ul><h3>Bình luận (3)</h3></div>"
    )
    assert body_of(found) == [P1, P2, P3]


def test_a_sidebar_class_around_the_article_itself_does_no_harm() -> None:
    found = read(
        f'<div class="sidebar-1"><h1>{TITLE}</h1><p class="description">{LEAD}</p><article class="fck_x">'
        f'<p class="Normal">{P1}</p>'
        f'<p class="Normal">{P2}</p><p class="Normal">{P3}</p></article></div><div class="sidebar-2"><ul>{TEASERS}'
        f"</ul></div>"
    )
    assert (found.lead, body_of(found)) == (LEAD, [P1, P2, P3])


def test_a_body_whose_own_name_says_clutter_is_read_all_the_same() -> None:
    found = read(f'<h1>{TITLE}</h1><div class="social-share-wrap"><p>{P1}</p><p>{P2}</p><p>{P3}</p></div>')
    assert body_of(found) == [P1, P2, P3]


@pytest.mark.parametrize(
    "tag", ["", f"{TITLE} - Báo Mẫu", f"{TITLE} | baomau.test", f"Báo Mẫu - {TITLE}", f"{TITLE} – Báo Mẫu điện tử"]
)
def test_the_name_of_the_outlet_is_no_part_of_a_headline(tag: str) -> None:
    found = read(
        f'<div class="c"><p>{P1}</p><p>{P2}</p><p>{P3}</p></div>',
        head=meta(og__title=tag, og__site_name="Báo Mẫu") if tag else meta(og__site_name="Báo Mẫu"),
    )
    assert found.title == TITLE


def test_a_headline_with_a_dash_of_its_own_keeps_both_halves() -> None:
    title = "Bữa ăn ca - chuyện nhỏ mà không nhỏ"
    found = read(
        f'<h1 class="logo">Báo Mẫu</h1><h1>{title}</h1><p>{P1}</p><p>{P2}</p>',
        head=meta(og__title=title + " - Báo Mẫu"),
    )
    assert found.title == title


def test_a_portal_whose_title_tag_is_its_own_name_has_the_headline_of_its_table() -> None:
    html = (
        "<html><head><title>Cổng thông tin Công đoàn</title></head><body><table><tr><td><a href='/1'>Trang chủ</a>"
        "</td><td>"
        f"<table><tr><td class='TitleNews'><b>{TITLE}</b></td></tr><tr><td>Cập nhật: 05/11/2026 10:12</td></tr>"
        f"<tr><td><b>{LEAD}</b></td></tr><tr><td><table><tr><td><img src='a.jpg'></td></tr><tr><td>Giờ nghỉ trưa"
        f"</td></tr></table>"
        f"<p class='MsoNormal'>{P1}</p><p class='MsoNormal'>{P2}</p><p class='MsoNormal'>{P3}</p></td></tr></table>"
        f"</td></tr></table>"
    )
    found = extract(Page(url=URL, html=html, fetched=datetime(2026, 11, 6, tzinfo=UTC)), SiteRules())
    assert (found.title, found.lead, body_of(found)) == (TITLE, LEAD, [P1, P2, P3])
    assert iso_local(found.published) == "2026-11-05T10:12:00+07:00"


def test_paragraphs_that_are_boxes_of_their_own_are_paragraphs() -> None:
    lines = "".join(f"<div style='text-align:justify'>{line}</div><div><br></div>" for line in (P1, P2, P3))
    teasers = "".join(
        f"<div class='o'><h3><a href='/t{n}'>Tin khác số {n} không dính dáng gì ở đây</a></h3><p>{P1[:60]} {n}</p>"
        f"</div>"
        for n in range(8)
    )
    found = read(f"<h1>{TITLE}</h1><div class='than'><div>{lines}</div></div><div>{teasers}</div>")
    assert body_of(found) == [P1, P2, P3]


def test_a_logo_in_an_h1_is_not_the_headline() -> None:
    found = read(
        f'<h1 class="logo">Liên đoàn Lao động tỉnh mẫu</h1><h1>{TITLE}</h1><div><p>{P1}</p><p>{P2}</p><p>{P3}</p>'
        f"</div>",
        head=meta(og__title="Công đoàn cơ sở nhà máy giày đòi bữa ăn giữa ca tử tế"),
    )
    assert found.title == TITLE


def test_a_system_that_calls_the_whole_text_its_description_has_no_lead_of_two_paragraphs() -> None:
    found = read(
        f'<h1>{TITLE}</h1><div class="news-description"><p>{P1}</p><p>{P2}</p><p>{P3}</p><p>{P1} Hết.</p></div>'
    )
    assert (found.lead, len(body_of(found))) == ("", 4)


def test_prose_that_mentions_furniture_stays() -> None:
    lines = [P1, "Tin liên quan", "Bình luận: 0", "Đường dây nóng: 1900 0000 nhận phản ánh của công nhân.", P2, P3]
    found = read(f'<h1>{TITLE}</h1><div class="nd">' + "".join(f"<p>{line}</p>" for line in lines) + "</div>")
    assert body_of(found) == lines


def test_where_our_reading_finds_nothing_the_text_that_trafilatura_finds_is_taken() -> None:
    linked = "".join(f'<p><a href="/{n}">{line}</a></p>' for n, line in enumerate((P1, P2, P3, LEAD)))
    body = f"<main><article><h1>{TITLE}</h1>{linked}</article></main>"
    html = f"<html><head><title>{TITLE}</title></head><body>{body}</body></html>"
    found = extract(Page(url=URL, html=html, fetched=datetime(2026, 11, 6, tzinfo=UTC)), SiteRules())
    assert P2 in found.text
