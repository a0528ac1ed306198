"""Coming in and going out."""

from __future__ import annotations

import pytest
from desk_office import Desk

from monitor.web import words


def test_who_is_not_signed_in_is_led_to_the_sign_in_page_and_back(desk: Desk) -> None:
    answer = desk.client().get("/tai-khoan")
    assert answer.url.path == "/dang-nhap"
    assert 'name="den" value="/tai-khoan"' in answer.text


def test_every_answer_carries_the_headers_that_tie_a_browsers_hands(desk: Desk) -> None:
    headers = desk.client().get("/dang-nhap").headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store"


def test_a_form_without_the_pages_token_is_refused(desk: Desk) -> None:
    answer = desk.client("bao").post("/tai-khoan/khoa", data={"_csrf": "x" * 40})
    assert answer.status_code == 403
    assert "không còn hợp lệ" in answer.text


def test_a_form_sent_by_another_site_is_refused_even_with_the_token(desk: Desk) -> None:
    client = desk.client("bao")
    page = client.get("/tai-khoan").text
    token = page.split('name="_csrf" value="')[1].split('"')[0]
    for headers in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert client.post("/tai-khoan/khoa", data={"_csrf": token}, headers=headers).status_code == 403


def test_a_name_that_is_not_ours_is_not_served(desk: Desk) -> None:
    assert desk.client().get("/dang-nhap", headers={"Host": "evil.example"}).status_code == 421
    assert desk.client().get("/dang-nhap", headers={"Host": "192.168.1.7:8000"}).status_code == 200


def test_nobody_is_sent_to_another_site_after_signing_in(desk: Desk) -> None:
    for address in ("//evil.example", "https://evil.example", "/\\evil.example"):
        page = desk.client().get("/dang-nhap", params={"den": address}).text
        assert 'name="den" value=""' in page


def test_an_unknown_address_is_a_page_in_words(desk: Desk) -> None:
    answer = desk.client("bao").get("/khong-co")
    assert answer.status_code == 404
    assert "Không có trang này" in answer.text


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36",
         "Chrome trên Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge trên Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari trên iPhone"),
        ("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox trên Linux"),
        ("curl/8.1", "curl/8.1"),
        ("", "không rõ trình duyệt"),
    ],
)  # fmt: skip
def test_a_session_names_the_browser_in_words(agent: str, said: str) -> None:
    assert words.device(agent) == said
