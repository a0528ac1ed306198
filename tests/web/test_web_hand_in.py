"""Handing in what one saw: by anyone, with or without a link, twice, with files; and what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from desk_office import LOGINS, Desk, ids

from monitor.desk import handed, moving, triage
from monitor.desk.article import article
from monitor.model.source import Medium

POST = "https://www.facebook.com/congnhanlaocai/posts/123456789"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def lately(desk: Desk, login: str) -> list[handed.HandedLine]:
    with desk.sitting(login) as s:
        return list(handed.lately(s))


@pytest.mark.parametrize("role", LOGINS)
def test_everybody_hands_in_a_post_and_is_told_what_happens_next(desk: Desk, role: str) -> None:
    client = desk.role(role)
    assert "Bạn chưa gửi tin nào" in client.get("/gui-tin").text
    answer = client.submit("/gui-tin", "gui", link=POST, title="Công nhân kêu bị nợ lương", text="Đăng tối qua")
    assert answer.status_code == 200 and "Đã nhận tin" in answer.text and "Việc tiếp theo" in answer.text
    (line,) = lately(desk, LOGINS[role])
    assert (line.title, line.medium) == ("Công nhân kêu bị nợ lương", Medium.SOCIAL_CHANNEL)
    assert client.get(f"/bai/{line.article}").status_code == 200


def test_a_screenshot_comes_along_and_is_kept_for_download(desk: Desk) -> None:
    client = desk.client("co")
    client.submit(
        "/gui-tin", "gui", link=POST, title="Bài đăng",
        files=[("files", ("Ảnh chụp.png", PICTURE, "image/png")), ("files", ("2.png", PICTURE + b"2", "image/png"))],
    )  # fmt: skip
    (line,) = lately(desk, "co")
    page = soup(client.get(f"/bai/{line.article}"))
    links = page.select('a[href*="/tep/"]')
    assert {one.text for one in links} == {"Anh chup.png", "2.png"}
    raw = client.get(links[0]["href"])
    assert raw.content == PICTURE and raw.headers["content-disposition"].startswith("attachment;")
    assert raw.headers["content-type"] == "application/octet-stream"
    other = ids(desk)[0]
    assert client.get(f"/bai/{other}/tep/{links[0]['href'].rsplit('/', 1)[1]}").status_code == 404


def test_the_same_link_twice_is_known(desk: Desk) -> None:
    desk.client("co").submit("/gui-tin", "gui", link=POST, title="Lần đầu")
    again = desk.client("may").submit("/gui-tin", "gui", link=POST + "?utm_source=x", title="Lần hai")
    assert "đã có từ trước" in again.text and "Lần đầu" in again.text
    with desk.sitting() as s:
        pressed = article(s, ids(desk)[0]).article
    known = desk.client("co").submit("/gui-tin", "gui", link=pressed.url or "")
    assert pressed.title in known.text and "đã có từ trước" in known.text


def test_what_was_on_the_radio_needs_no_link_but_the_hour(desk: Desk) -> None:
    client = desk.client("co")
    said = {"medium": "radio", "title": "Bản tin trưa nói về nợ lương", "outlet": "Đài tỉnh", "programme": "Thời sự"}
    refused = client.submit("/gui-tin", "gui", **said, at="01/11/2025")
    assert refused.status_code == 422
    form = soup(refused).find("form", id="gui")
    assert form.select_one(".wrong") and form.find("input", {"name": "outlet"})["value"] == "Đài tỉnh"
    assert form.find("option", {"value": "radio"}).has_attr("selected")
    assert client.submit("/gui-tin", "gui", **said).status_code == 422
    client.submit("/gui-tin", "gui", **said, at="01/11/2025 11:30")
    (line,) = lately(desk, "co")
    assert line.medium is Medium.RADIO
    page = client.get(f"/bai/{line.article}").text
    assert "Đài tỉnh" in page and "Thời sự" in page and "11:30" in page


@pytest.mark.parametrize(
    "link", ["", "javascript:alert(1)", "ftp://x.example/a", "khong phai dia chi", "data:text/html,x"]
)
def test_what_is_no_link_is_refused_and_stays_typed(desk: Desk, link: str) -> None:
    answer = desk.client("co").submit("/gui-tin", "gui", link=link, title="Tiêu đề đã gõ")
    assert answer.status_code == 422
    form = soup(answer).find("form", id="gui")
    assert form.select_one(".wrong").text.strip()
    assert form.find("input", {"name": "title"})["value"] == "Tiêu đề đã gõ"
    assert not lately(desk, "co")


def test_a_program_and_a_future_hour_are_refused(desk: Desk, tmp_path: Path) -> None:
    client = desk.client("co")
    bad = client.submit("/gui-tin", "gui", link=POST, files=[("files", ("anh.jpg.exe", b"MZ0", "image/jpeg"))])
    assert bad.status_code == 422
    assert client.submit("/gui-tin", "gui", link=POST, at="01/01/2090 08:00").status_code == 422
    assert not lately(desk, "co")


def test_the_list_tells_what_became_of_it_and_hides_what_was_hidden(desk: Desk) -> None:
    client = desk.client("co")
    client.submit("/gui-tin", "gui", link=POST, title="Bài đăng thứ nhất")
    client.submit("/gui-tin", "gui", link=POST + "9", title="Bài đăng thứ hai")
    second, first = lately(desk, "co")
    with desk.sitting("lanh") as s:
        case = triage.open_case(s, [first.article], triage.Opening()).id
        shut = triage.open_case(s, [second.article], triage.Opening()).id
        moving.restrict(s, shut, ["lanh"])
    page = client.get("/gui-tin", params={"da-gui": second.article}).text
    assert case in page and shut not in page and "Bài đăng thứ hai" not in page
    again = client.submit("/gui-tin", "gui", link=POST + "9", title="Gửi lại")
    assert "đã có từ trước" not in again.text and shut not in again.text and "Bài đăng thứ hai" not in again.text


def test_hostile_words_stay_words(desk: Desk) -> None:
    bad = "<script>alert(1)</script>"
    answer = desk.client("co").submit("/gui-tin", "gui", link=POST, title=bad, text=bad, seen_by=bad)
    assert len(soup(answer).find_all("script")) == 1
    (line,) = lately(desk, "co")
    assert len(soup(desk.client("bao").get(f"/bai/{line.article}")).find_all("script")) == 1


def test_a_post_without_a_title_is_called_by_its_first_words(desk: Desk) -> None:
    long = "Công nhân xưởng may phản ánh chuyền phó chửi mắng " * 4
    desk.client("co").submit("/gui-tin", "gui", link=POST, title="", text=f"{long}\nDòng hai.")
    with desk.sitting("co") as s:
        (one,) = handed.lately(s)
    assert one.title.startswith("Công nhân xưởng may phản ánh")
    assert one.title.endswith("…")
    assert len(one.title) <= 91
