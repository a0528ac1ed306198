"""The stored page shown again: a stranger's markup of which only words, lists, tables and links are left."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from press_server import NOW
from reading_home import LINK, article_of, at_desk, make_home, page_read, restricted, typed

from monitor.desk.article import article, page
from monitor.desk.article_page import MOST_CHARACTERS, safe_html
from monitor.errors import UsageError

URL = "http://tin24.test/muc/bai-1.html"
HOSTILE = """<!DOCTYPE html><html><head><title>Tin</title><base href="http://tin24.test/goc/">
<meta http-equiv="refresh" content="0;url=http://evil.test/"><link rel="stylesheet" href="http://evil.test/a.css">
<style>body{background:url(http://evil.test/b)}</style><script>alert(1)</script></head>
<body onload="alert(2)" style="background:url(javascript:alert(3))">
<h1 onclick=alert(4) id="main" class="x">Công nhân <b>đình công</b></h1>
<img src=x onerror=alert(5)><img src="http://evil.test/pixel.gif">
<a href="javascript:alert(6)">một</a><a href=" java\tscript:alert(7)">hai</a>
<a href="data:text/html,<script>8</script>">ba</a>
<a href="vbscript:x">bốn</a><a href="//khac.test/a">năm</a><a href="bai-2.html" target="_blank" rel="opener">sáu</a>
<a href="HTTP://tin24.test/c?a=1&amp;b=2">bảy</a><a href="mailto:a@b.test">tám</a><a href="#cuoi">chín</a>
<svg><script>alert(9)</script><a xlink:href="javascript:alert(10)">x</a></svg>
<math><mi xlink:href="data:x">m</mi></math>
<form action="http://evil.test/"><input name=q value=bí-mật>
<button formaction="javascript:alert(11)">Gửi</button></form>
<iframe src="http://evil.test/" srcdoc="<script>alert(12)</script>"></iframe><object data="x.swf"></object>
<embed src=x>
<video src=x onplay=alert(13)></video><audio src=x></audio><template><script>alert(14)</script></template>
<noscript><p title="</noscript><img src=x onerror=alert(15)>"></noscript>
<table><tr><td colspan="2" background="javascript:alert(16)">Lương</td><td rowspan="99999">Ca</td></tr></table>
<!-- <script>alert(17)</script> --><![CDATA[<script>alert(18)</script>]]>
<p>Đoạn &lt;script&gt; là chữ.</p><xmp><script>alert(19)</script></xmp><plaintext>hết"""


def test_nothing_that_acts_is_left_of_a_hostile_page() -> None:
    clean = safe_html(HOSTILE, URL)
    low = clean.lower()
    for word in (
        "<script", "<style", "<img", "<svg", "<math", "<iframe", "<object", "<embed", "<form", "<input", "<button",
        "<meta", "<link", "<base", "<video", "<audio", "<template", "<noscript", "<xmp", "<plaintext", "<!--",
        "javascript:", "data:", "vbscript:", "mailto:", "evil.test", "alert(1)", "alert(9)", "bí-mật", "style=",
        "class=", "id=", "target=", "background",
    ):  # fmt: skip
        assert word not in low, word
    assert not re.search(r"<[^>]*\son\w+\s*=", low)
    assert set(re.findall(r"<(\w+)", low)) <= {"a", "b", "h2", "p", "table", "tbody", "tr", "td", "body", "html"}
    assert "<h2>Công nhân <b>đình công</b></h2>" in clean  # the page around it has its own h1
    assert "Đoạn &lt;script&gt; là chữ." in clean


def test_links_lead_out_by_http_alone_and_take_nothing_along() -> None:
    links = re.findall(r"<a([^>]*)>([^<]*)</a>", safe_html(HOSTILE, URL))
    found = {text: re.search(r'href="([^"]*)"', tag) for tag, text in links}
    assert {text: m[1] for text, m in found.items() if m} == {
        "năm": "http://khac.test/a",
        "sáu": "http://tin24.test/goc/bai-2.html",
        "bảy": "http://tin24.test/c?a=1&amp;b=2",
    }
    assert all('rel="noopener noreferrer nofollow"' in tag for tag, _ in links)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 60_000 + "sâu",
        "<p>dài</p>" * 300_000,
        "<a href='" + "x" * 100_000 + "'>xa</a>",
        "<" * 1_000_000,
        "<script>" * 200_000,
        "<!--" * 300_000,
        "".join(f"<b x={n}>" for n in range(3000)) + "<p>chữ" * 100_000,
        "<table>" * 100_000 + "chữ",
        "<a href=/x>" * 100_000,
        "&#x110000;&#0;\ufffe",
        "",
    ],
    ids=[
        "deep",
        "long",
        "long link",
        "angles",
        "scripts",
        "comments",
        "styles",
        "tables",
        "links",
        "characters",
        "nothing",
    ],
)
def test_a_monstrous_page_is_cut_and_not_choked_on(html: str) -> None:
    clean = safe_html(html, URL)
    assert len(clean) <= MOST_CHARACTERS * 4
    assert ("chữ" in clean or "sâu" in clean) is ("chữ" in html or "sâu" in html)


def test_a_stored_page_is_shown_as_it_was_fetched(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = make_home(root)
    with at_desk(home) as s:
        first = "<html><body><p>Bản đầu</p><script>1</script></body></html>".encode()
        ident = article_of(home, s.db, html=first)
        page_read(home, s.db, ident, html="<p>Bản sau, Trần Đức</p>".encode("utf-16"), at=NOW)
        later, earlier = article(s, ident).snapshots
        assert (earlier.size, later.fetched, later.url) == (len(first), NOW, LINK)
        assert page(s, ident, earlier.sha256).strip() == "<p>Bản đầu</p>"
        assert "Bản sau, Trần Đức" in page(s, LINK, later.sha256.upper())
        for sha in ("", "00", earlier.sha256[:-1] + "x"):
            with pytest.raises(UsageError) as error:
                page(s, ident, sha)
            assert error.value.key == "snapshot_unknown"


def test_the_page_of_an_item_one_may_not_know_of_is_unknown(root: Path) -> None:
    home = make_home(root)
    with at_desk(home, "Trưởng") as s:
        secret = typed(s)
        restricted(s, secret)
    with at_desk(home) as s, pytest.raises(UsageError) as error:
        page(s, secret, "00")
    assert error.value.key == "article_unknown"
