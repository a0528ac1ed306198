"""How the invented outlets look: feeds in four date dialects, a listing, a sitemap, three page builds.

Pure: articles in, markup out. The pages carry what real ones put in a reader's way: menus that say "Công đoàn",
related links, captions, hot topics, credit lines, notices.
"""

from __future__ import annotations

import json
from datetime import datetime
from email.utils import format_datetime
from html import escape

from monitor.clock import iso_local, local
from monitor.demo.invented import Dates, DemoArticle, DemoOutlet, Template

_DAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
_MENU = ("Trang chủ", "Thời sự", "Công đoàn", "Việc làm", "Đời sống", "Pháp luật", "Thể thao")
_TOPICS = ("Công đoàn", "Tiền lương", "Nhà ở công nhân", "Thời tiết")
_NOTICE = "Trang báo mô phỏng để chạy thử chương trình; nhân vật, doanh nghiệp và sự việc đều là hư cấu."
_CAPTION = "Ảnh minh họa do bạn đọc cung cấp."
_RELATED = 4

CHALLENGE = (
    "<!DOCTYPE html><html><head><title>Xin chờ</title></head><body><noscript>Hãy bật JavaScript.</noscript>"
    "<script>document.cookie='kiemtra=' + Date.now().toString(36) + '; path=/';"
    "window.location.reload();</script></body></html>"
)


def feed(outlet: DemoOutlet, articles: tuple[DemoArticle, ...], base: str) -> str:
    """An RSS 2.0 feed; the description holds a picture and the lead, as most outlets do it."""
    items = "".join(
        f"<item><title>{escape(a.title)}</title><link>{base}{a.path}</link>"
        f'<guid isPermaLink="true">{base}{a.path}</guid><pubDate>{feed_date(a.published, outlet.dates)}</pubDate>'
        f'<description><![CDATA[<a href="{base}{a.path}"><img src="{base}/{outlet.id}/anh/{n}.jpg"></a>'
        f"<br>{escape(a.lead)}]]></description></item>\n"
        for n, a in enumerate(articles)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>{escape(outlet.name)}</title><link>{base}/{outlet.id}/</link>"
        f"<description>Tin mới nhất của {escape(outlet.name)}</description>\n{items}</channel></rss>\n"
    )


def feed_date(at: datetime, dialect: Dates) -> str:
    """An instant as that outlet's feed writes it."""
    here = local(at)
    if dialect is Dates.US:
        hour, half = (here.hour % 12) or 12, "AM" if here.hour < 12 else "PM"
        return f"{here.month}/{here.day}/{here.year} {hour}:{here.minute:02}:{here.second:02}\u202f{half}"
    written = format_datetime(here)
    if dialect is Dates.ZONE07:
        return written.removesuffix("00")
    if dialect is Dates.YY:
        return written.replace(f" {here.year} ", f" {here.year % 100:02} ")
    return written


def sitemap(outlet: DemoOutlet, articles: tuple[DemoArticle, ...], base: str) -> str:
    """A news sitemap: addresses, titles and times, no leads."""
    rows = "".join(
        f"<url><loc>{base}{a.path}</loc><news:news><news:publication><news:name>{escape(outlet.name)}</news:name>"
        f"<news:language>vi</news:language></news:publication><news:publication_date>{iso_local(a.published)}"
        f"</news:publication_date><news:title>{escape(a.title)}</news:title></news:news></url>\n"
        for a in articles
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{rows}</urlset>\n'
    )


def listing(outlet: DemoOutlet, articles: tuple[DemoArticle, ...], page: int, pages: int) -> str:
    """One page of a portal's list of news; ``articles`` are those of that page."""
    rows = "".join(
        f'<div class="o-tin"><h3><a href="{a.path}">{escape(a.title)}</a></h3>'
        f'<div class="luc">{_minute(a.published)}</div><p>{escape(a.lead)}</p></div>'
        for a in articles
    )
    turn = "".join(f'<a href="/{outlet.id}/tin-tuc/trang-{n}">{n}</a> ' for n in range(1, pages + 1) if n != page)
    return _frame(
        outlet, f"Tin tức - {outlet.name}", "", f'<div class="ds">{rows}</div><div class="trang">{turn}</div>'
    )


def article(outlet: DemoOutlet, story: DemoArticle, others: tuple[DemoArticle, ...]) -> str:
    """An article's page in the outlet's build; ``others`` feed its related links."""
    related = tuple(other for other in others if other is not story)[:_RELATED]
    build = {Template.CLASSIC: _classic, Template.SOCIAL: _social, Template.BARE: _bare}[outlet.template]
    head, body = build(outlet, story, related)
    return _frame(outlet, f"{story.title} | {outlet.name}", head, body)


def _classic(outlet: DemoOutlet, story: DemoArticle, related: tuple[DemoArticle, ...]) -> tuple[str, str]:
    """JSON-LD, a figure, a box of related links inside the text."""
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "description": story.lead,
        "datePublished": iso_local(story.published),
        "author": {"@type": "Person", "name": story.byline},
        "publisher": {"@type": "Organization", "name": outlet.name},
    }
    # "</" inside a script element would end it.
    data = json.dumps(told, ensure_ascii=False).replace("</", "<\\/")
    parts = [f"<p>{escape(line)}</p>" for line in story.paragraphs]
    parts.insert(1, f'<figure><img src="/{outlet.id}/anh/1.jpg" alt=""><figcaption>{_CAPTION}</figcaption></figure>')
    parts.insert(3, f'<div class="doc-them"><b>Đọc thêm</b><ul>{_links(related[:2])}</ul></div>')
    body = (
        f'<article class="bai"><div class="duong-dan"><a href="#">{escape(story.section)}</a></div>'
        f'<h1 class="ten-bai">{escape(story.title)}</h1><time>{_minute(story.published)} (GMT+7)</time>'
        f'<h2 class="sapo">{escape(story.lead)}</h2><div class="than-bai">{"".join(parts)}{_credit(story)}'
        f'<p class="but-danh"><strong>{escape(story.byline)}</strong></p></div></article>'
        f"<aside><h4>Tin liên quan</h4><ul>{_links(related)}</ul></aside>{_hot(outlet)}"
    )
    return f'<script type="application/ld+json">{data}</script>', body


def _social(outlet: DemoOutlet, story: DemoArticle, related: tuple[DemoArticle, ...]) -> tuple[str, str]:
    """Meta tags, a picture in a table, the lead as a bold paragraph."""
    head = "".join(
        f'<meta property="{name}" content="{escape(value or "")}">'
        for name, value in (
            ("og:type", "article"),
            ("og:title", story.title),
            ("og:description", story.lead),
            ("og:site_name", outlet.name),
            ("article:published_time", iso_local(story.published)),
            ("article:author", story.byline),
        )
        if value
    )
    parts = [f'<p class="doan">{escape(line)}</p>' for line in story.paragraphs]
    parts.insert(
        1,
        f'<table class="anh"><tr><td><img src="/{outlet.id}/anh/2.jpg" alt=""></td></tr>'
        f'<tr><td class="chu-thich">{_CAPTION}</td></tr></table>',
    )
    body = (
        f'<section id="bai-viet"><h1>{escape(story.title)}</h1><div class="tin-phu">{escape(story.section)} · '
        f'{_minute(story.published)}</div><p class="mo-dau"><b>{escape(story.lead)}</b></p>'
        f'<div class="noi-dung">{"".join(parts)}</div>{_credit(story)}'
        f'<div class="ky-ten">{escape(story.byline)}</div></section>{_hot(outlet)}'
        f'<section class="cung-muc"><h3>Cùng chuyên mục</h3><ul>{_links(related)}</ul></section>'
    )
    return head, body


def _bare(outlet: DemoOutlet, story: DemoArticle, related: tuple[DemoArticle, ...]) -> tuple[str, str]:
    """No word for machines: nested blocks and a line with day and hour for people."""
    here = local(story.published)
    parts = [f"<div><p>{escape(line)}</p></div>" for line in story.paragraphs]
    parts.insert(1, f'<div class="hinh"><img src="/{outlet.id}/anh/3.jpg" alt=""><p><em>{_CAPTION}</em></p></div>')
    body = (
        f'<div class="cot-giua"><div class="chi-tiet"><h1>{escape(story.title)}</h1><div class="ngay-gio">'
        f"{_DAYS[here.weekday()]}, {here:%d/%m/%Y, %H:%M} (GMT+7)</div>"
        f'<div class="tom-tat"><p>{escape(story.lead)}</p></div><div class="noi-dung-chi-tiet">{"".join(parts)}</div>'
        f'<p class="nguoi-viet">{escape(story.byline)}</p>{_credit(story)}</div>{_hot(outlet)}'
        f'<div class="khac"><h3>Các tin khác</h3><ul>{_links(related)}</ul></div></div>'
    )
    return "", body


def _frame(outlet: DemoOutlet, title: str, head: str, body: str) -> str:
    menu = "".join(f'<li><a href="/{outlet.id}/muc/{n}">{name}</a></li>' for n, name in enumerate(_MENU))
    return (
        f'<!DOCTYPE html>\n<html lang="vi"><head><title>{escape(title)}</title>{head}</head><body>'
        f'<header><a href="/{outlet.id}/">{escape(outlet.name)}</a><nav><ul>{menu}</ul></nav></header>\n{body}\n'
        f"<footer><p>© {escape(outlet.name)}. {_NOTICE}</p></footer></body></html>\n"
    )


def _links(articles: tuple[DemoArticle, ...]) -> str:
    return "".join(f'<li><a href="{a.path}">{escape(a.title)}</a></li>' for a in articles)


def _hot(outlet: DemoOutlet) -> str:
    topics = ", ".join(f'<a href="/{outlet.id}/chu-de/{n}">{name}</a>' for n, name in enumerate(_TOPICS))
    return f'<div class="chu-de">Chủ đề nóng: {topics}</div>'


def _credit(story: DemoArticle) -> str:
    return f'<p class="nguon">Theo {escape(story.credit)}</p>' if story.credit else ""


def _minute(at: datetime) -> str:
    return f"{local(at):%d/%m/%Y %H:%M}"
