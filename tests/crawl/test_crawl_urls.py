"""Addresses: where a link leads, under which address an article is stored, and when two are the same."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.crawl import urls

BASE = "http://bao.vn/tin/rss.xml"


@pytest.mark.parametrize(
    ("link", "there"),
    [
        ("http://bao.vn/a.html", "http://bao.vn/a.html"),
        ("/a.html", "http://bao.vn/a.html"),
        ("a.html", "http://bao.vn/tin/a.html"),
        ("../a.html", "http://bao.vn/a.html"),
        ("//khac.vn/a", "http://khac.vn/a"),
        ("?id=5", "http://bao.vn/tin/rss.xml?id=5"),
        ("  /a.html\n", "http://bao.vn/a.html"),
        ("/bai\n-viet\t.html", "http://bao.vn/bai-viet.html"),
        ("HTTPS://Bao.VN/A", "https://Bao.VN/A"),
        ("http://bao.vn:8080/a", "http://bao.vn:8080/a"),
        ("http://báo.vn/tin", "http://báo.vn/tin"),
        ("http://may_chu.bao.vn/", "http://may_chu.bao.vn/"),
        ("http://[2001:4860:4860::8888]/a", "http://[2001:4860:4860::8888]/a"),
    ],
)
def test_a_link_is_followed_from_the_page_it_stands_on(link: str, there: str) -> None:
    assert urls.join(BASE, link) == there


@pytest.mark.parametrize(
    "link",
    [
        "",
        "   ",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\nscript:alert(1)",
        " \x01javascript:alert(1)",
        "data:text/html,<script>",
        "mailto:toasoan@bao.vn",
        "tel:0901234567",
        "ftp://bao.vn/a",
        "file:///etc/passwd",
        "http://user:pass@bao.vn/",
        "http://user@bao.vn/",
        "http://@bao.vn/",
        "http://bao.vn\\@127.0.0.1/",
        "http://127.0.0.1\\.bao.vn/",
        "http://bao.vn:0/",
        "http://bao.vn:99999/",
        "http://bao.vn:abc/",
        "http://[::1/",
        "http://[bao.vn]/",
        "http://a b.vn/",
        "http://./",
        "http://a..vn/",
        "http://127。0。0。1/",
        "http://bao.vn/a\x00b",
        "http://bao.vn/a\x07b",
        "http://bao.vn/a\x7fb",
        "http://bao.vn/\ud800",
        "http://bao.vn/" + "a" * 3000,
    ],
)
def test_what_leads_nowhere_we_may_go_is_no_link(link: str) -> None:
    assert urls.join(BASE, link) is None


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://bao.vn", "http://bao.vn/"),
        ("http://bao.vn/a.html?utm_source=rss&utm_medium=feed", "http://bao.vn/a.html"),
        ("http://bao.vn/a.html?fbclid=x&zarsrc=30&gidzl=y&_ga=1&ref=home&vn_source=rss", "http://bao.vn/a.html"),
        ("http://bao.vn/a.html?at_medium=RSS&at_campaign=KARANGA", "http://bao.vn/a.html"),
        ("http://bao.vn/a.html?a=1&amp;utm_source=rss&amp;b=2", "http://bao.vn/a.html?a=1&b=2"),
        ("http://bao.vn/a.html#binh-luan", "http://bao.vn/a.html"),
        ("http://bao.vn:80/a.html", "http://bao.vn/a.html"),
        ("https://bao.vn:443/a.html", "https://bao.vn/a.html"),
        ("http://bao.vn:8080/a.html", "http://bao.vn:8080/a.html"),
        ("HTTP://BAO.VN./A.html", "http://bao.vn/A.html"),
        ("http://m.bao.vn/a.html", "http://bao.vn/a.html"),
        ("http://amp.bao.com.vn/a.html", "http://bao.com.vn/a.html"),
        ("http://m.m.bao.vn/a.html", "http://bao.vn/a.html"),
        ("http://m.com.vn/a.html", "http://m.com.vn/a.html"),
        ("http://m.vn/a.html", "http://m.vn/a.html"),
        ("http://medinet.gov.vn/a.html", "http://medinet.gov.vn/a.html"),
        ("http://bao.vn/a.amp.html", "http://bao.vn/a.html"),
        ("http://bao.vn/a.amp", "http://bao.vn/a"),
        ("http://bao.vn/a/amp/", "http://bao.vn/a"),
        ("http://bao.vn/amp/a.html", "http://bao.vn/a.html"),
        ("http://bao.vn/a.html?amp=1", "http://bao.vn/a.html"),
        ("http://bao.vn/ampe-ke.html", "http://bao.vn/ampe-ke.html"),
        ("http://bao.vn/bài viết.html", "http://bao.vn/b%C3%A0i%20vi%E1%BA%BFt.html"),
        ("http://bao.vn/b%C3%A0i.html", "http://bao.vn/b%C3%A0i.html"),
        ("http://[2001:4860:4860::8888]:8080/a", "http://[2001:4860:4860::8888]:8080/a"),
        ("http://bao.vn/a;jsessionid=5", "http://bao.vn/a;jsessionid=5"),
    ],
)
def test_the_address_an_article_is_stored_under(url: str, canonical: str) -> None:
    assert urls.canonical(url) == canonical


@pytest.mark.parametrize(
    "query",
    [
        "nid=123",
        "id=5&cat=7",
        "ArticleID=9&CategoryID=",
        "newsid=1&tabid=2&language=vi-VN",
        "p=123",
        "12345",
        "view",
        "q=%E0%C1",
        "name=a+b%20c",
        "tieu-de=c%C3%B4ng%20%C4%91o%C3%A0n",
        "redirect=http://x.vn/?a",
    ],
)
def test_parameters_that_name_the_article_are_kept_as_written(query: str) -> None:
    assert (
        urls.canonical(f"http://congdoan.gov.vn/Default.aspx?{query}") == f"http://congdoan.gov.vn/Default.aspx?{query}"
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://bao.vn/a.html",
        "http://www.bao.vn/a.html",
        "https://www.bao.vn:443/a.html/",
        "http://m.bao.vn/a.html",
        "http://bao.vn/a.html?utm_source=x#top",
    ],
)
def test_two_spellings_of_one_article_have_one_key(url: str) -> None:
    assert urls.key(url) == urls.key("http://bao.vn/a.html")
    assert not urls.moved("http://bao.vn/a.html", url)


@pytest.mark.parametrize(
    "url", ["http://bao.vn/b.html", "http://bao.vn/a.html?id=1", "http://tin.bao.vn/a.html", "http://bao.vn/"]
)
def test_two_articles_have_two_keys(url: str) -> None:
    assert urls.key(url) != urls.key("http://bao.vn/a.html")
    assert urls.moved("http://bao.vn/a.html", url)


def test_the_order_of_parameters_makes_no_second_article() -> None:
    assert urls.key("http://bao.vn/?a=1&b=2") == urls.key("https://bao.vn?b=2&a=1")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://bao.vn/a", "https://www.bao.vn/b", True),
        ("http://thethao.bao.vn/", "http://bao.vn/", True),
        ("http://bao.vn/", "http://khac.vn/", False),
        ("http://a.com.vn/", "http://b.com.vn/", False),
        ("http://tin.a.com.vn/", "http://a.com.vn/", True),
        ("http://laocai.gov.vn/", "http://sonnv.laocai.gov.vn/", True),
        ("http://laocai.gov.vn/", "http://hanoi.gov.vn/", False),
        ("http://127.0.0.1/", "http://127.0.0.1:80/", True),
        ("http://127.0.0.1/", "http://10.9.0.1/", False),
        ("http://[2001:db8::1]/", "http://[2001:db8::2]/", False),
        ("http://bao.vn/", "not an address", False),
    ],
)
def test_one_site_is_told_from_another(one: str, other: str, same: bool) -> None:
    assert urls.same_site(one, other) is same
    assert urls.same_site(other, one) is same


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://Bao.VN/a", "bao.vn"),
        ("http://bao.vn:80/a", "bao.vn"),
        ("https://bao.vn:443/a", "bao.vn"),
        ("https://bao.vn:80/a", "bao.vn:80"),
        ("http://bao.vn.:8080/", "bao.vn:8080"),
        ("http://[::1]:8080/", "[::1]:8080"),
    ],
)
def test_a_host_has_one_name_for_its_pace_and_its_robots(url: str, name: str) -> None:
    assert urls.netloc(url) == name


def test_an_address_that_is_none_has_no_host() -> None:
    assert urls.host("http://[::1") == ""


LINKS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="abm.wp/:?&=#%;[]@-+1 àĐ\\\n", max_size=60),
    st.builds(
        "{}://{}{}/{}{}".format,
        st.sampled_from(["http", "https", "HTTP"]),
        st.sampled_from(
            ["m.m.bao.vn", "amp.m.com.vn", "www.bao.vn.", "[::1]", "127.1", "wap.mobile.m.a.b.vn", "báo.vn"]
        ),
        st.sampled_from(["", ":80", ":443", ":8080", ":"]),
        st.lists(st.sampled_from(["amp", "a.amp", ".amp.amp.html", "", "..", "tin tức", "%zz", "a;b"]), max_size=5).map(
            "/".join
        ),
        st.text(alphabet="?&=#%;amputm_source1+ à", max_size=30),
    ),
)


@settings(deadline=None, max_examples=400)
@given(LINKS)
@example("http://m.m.bao.vn/amp/amp/x.amp.amp.html")
@example("http://[::1]:8080/x")
@example("?&&amp;amp;utm_source=1")
def test_the_stored_address_of_a_stored_address_is_itself(link: str) -> None:
    there = urls.join(BASE, link)
    if there is None:
        return
    stored = urls.canonical(there)
    assert urls.canonical(stored) == stored
    assert urls.join(stored, stored)
    assert urls.key(stored) == urls.key(there)
    assert urls.same_site(stored, there)
    assert stored.isascii() or not urls.host(there).isascii()
    assert urls.netloc(stored)
