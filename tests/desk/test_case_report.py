"""Báo cáo vụ việc: what it says, who may have it, hidden numbers of people, and that two pages hold any case."""

from __future__ import annotations

import io
import random
import re
import runpy
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from finding_making import PRESS, WARD
from half_year_making import D, Hand, R, V, moment
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.config.home import shipped
from monitor.config.layout import load_layout
from monitor.desk import moving, pdf
from monitor.desk.case_report import case_report, content, file_name
from monitor.errors import RefusedError, UsageError
from monitor.model.case import Marking
from monitor.model.case_report import CaseReport, ClaimRow, DemandRow, Fact, PublishedRow, RemedyRow, Shown
from monitor.model.event import AnchorKind
from monitor.model.people import OfficeRole, Person
from monitor.respond.case_report import case_report_file, clip, fitted
from monitor.respond.results import Outcome
from monitor.store import cases, events
from monitor.store.db import opened
from monitor.triage.opening import describe

NOW = moment("2026-06-01")
CLERK = Person(id="u9", name="Thư", roles=(OfficeRole.CLERK,))
LAYOUT = load_layout((shipped() / "rules",))
LISTS = tuple(one.name for one in fields(CaseReport) if one.type.startswith("Shown"))


@pytest.fixture
def hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    monkeypatch.setenv("MONITOR_NOW", NOW.isoformat())
    with opened(tmp_path / "data" / "monitor.db") as db:
        yield Hand(tmp_path, db)


def words(docx: bytes) -> str:
    """The text of the document, a line a paragraph."""
    root = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml"))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return "\n".join("".join(t.text or "" for t in p.iter(f"{space}t")) for p in root.iter(f"{space}p"))


def handled(hand: Hand) -> str:
    """A case found wrong, with a letter answered in part, a measure and a direction."""
    case = hand.opened(moment("2026-05-04"), items=2).id
    moving.direct(hand.at(moment("2026-05-05")), case, "Làm rõ, gọi ông Ba 0912 345 678.")
    hand.concluded(case, moment("2026-05-06"), V.WRONG)
    asked = hand.sent(case, moment("2026-05-11"), "bao-mot", (D.CORRECT, D.PUBLISH_RESPONSE, D.ANSWER))
    hand.result(case, asked, D.ANSWER, moment("2026-05-20"), Outcome(result=R.IN_TIME, on=date(2026, 5, 20)))
    hand.remedy(case, moment("2026-05-12"), "2026-05-20", "bacha")
    return case


def test_it_tells_the_whole_case_in_words(hand: Hand) -> None:
    case = handled(hand)
    text = words(case_report(hand.at(NOW), case))
    for said in (
        f"Báo cáo vụ việc {case}", "Vụ ngày 04/05/2026", "Đang xử lý; báo nêu: sai", "1. Thông tin chung",
        "Công đoàn xã Bắc Hà", "“nợ lương”", "đã trả đủ. Căn cứ: bảng lương.", "Sai (sai sự thật)",
        "Đã kiểm tra", "Tổ chức đối thoại", "20/05/2026", "quá hạn 12 ngày", "gửi 11/05/2026",
        "Chưa phát sinh: chưa có kết luận của cơ quan có thẩm quyền", "Tạm tính theo ngày gửi", "Việc tiếp theo",
        "kết luận vụ việc", "Trưởng", "chưa lấy chứng cứ", "Người lập báo cáo", "Mã kiểm tra hồ sơ",
    ):  # fmt: skip
        assert said in text, said
    assert "bacha" not in text


def test_numbers_of_people_are_hidden(hand: Hand) -> None:
    text = words(case_report(hand.at(NOW), handled(hand)))
    assert "0912 345 678" not in text
    assert "•••• ••• 678" in text


def test_a_case_that_has_just_been_opened_has_its_report_too(hand: Hand) -> None:
    text = words(case_report(hand.at(NOW), hand.opened(moment("2026-05-30")).id))
    assert "Chưa giao xác minh." in text
    assert text.count("Không phát sinh.") == 2
    assert "Lưu hành nội bộ" not in text


def test_it_leaves_with_its_event_and_the_head_of_the_log_that_is_kept(hand: Hand) -> None:
    case = handled(hand)
    before = events.head(hand.db)
    text = words(case_report(hand.at(NOW), case))
    head = events.head(hand.db)
    assert before is not None
    assert head is not None
    assert head.count == before.count + 1
    assert str(head) in text
    assert [(one.kind, one.where, one.head) for one in events.anchors(hand.db)] == [(AnchorKind.REPORT, case, head)]


def test_a_restricted_case_has_one_for_who_sees_it_and_is_marked(hand: Hand) -> None:
    case = hand.opened(moment("2026-05-30"), allowed=()).id
    assert "Lưu hành nội bộ – hạn chế" in words(case_report(hand.at(NOW), case))
    with pytest.raises(UsageError) as refused:
        case_report(hand.at(NOW, PRESS), case)
    assert refused.value.key == "case_unknown"


def test_an_internal_case_says_so(hand: Hand) -> None:
    case = hand.opened(moment("2026-05-30")).id
    hand.at(NOW).act(case, lambda c: describe(c, marking=Marking.INTERNAL, actor=PRESS))
    assert "Lưu hành nội bộ" in words(case_report(hand.at(NOW), case))


def test_who_may_not_have_the_case_s_file_may_not_have_this(hand: Hand) -> None:
    case = hand.opened(moment("2026-05-30")).id
    with pytest.raises(RefusedError) as refused:
        case_report(hand.at(NOW, CLERK), case)
    assert refused.value.key == "role_missing"
    assert events.anchors(hand.db) == []


def test_the_accused_body_does_not_get_it(hand: Hand) -> None:
    case = hand.opened(moment("2026-05-30")).id
    hand.at(NOW).act(case, lambda c: describe(c, accused=("bacha",), actor=PRESS))
    with pytest.raises((UsageError, RefusedError)):
        case_report(hand.at(NOW, WARD), case)


def test_another_form_is_refused_and_nothing_is_logged(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    case = hand.opened(moment("2026-05-30")).id
    with pytest.raises(UsageError):
        case_report(hand.at(NOW), case, "odt")
    monkeypatch.setenv("MONITOR_SOFFICE", "no-such-program")
    with pytest.raises(Exception, match="pdf_no_program"):
        case_report(hand.at(NOW), case, "pdf")
    assert events.anchors(hand.db) == []


def test_the_same_case_at_the_same_hour_gives_the_same_words(hand: Hand) -> None:
    case = handled(hand)
    found = cases.get(hand.db, case)
    assert found is not None
    assert content(hand.at(NOW), found) == content(hand.at(NOW), found)
    assert file_name(found, "pdf") == f"{case}-bao-cao.pdf"


# Two pages.


def huge(seed: int) -> CaseReport:
    """A case with far more than two pages hold, in letters of every width."""
    r = random.Random(seed)
    letters = (
        "công đoàn",
        "Ủy ban nhân dân",
        "WWW",
        "iiii",
        "漢字漢字",
        "ễ",
        "x" * r.choice((5, 80, 400)),
        "{{ a }}",
        "😀",
    )

    def text(most: int) -> str:
        return " ".join(r.choice(letters) for _ in range(r.randint(1, most)))

    def some(make: object, most: int = 60) -> Shown[object]:
        return Shown(rows=tuple(make() for _ in range(r.randint(0, most))))  # type: ignore[operator]

    return CaseReport(
        id="VV2026-0001", superior="Tổng Liên đoàn Lao động Việt Nam", office="Liên đoàn Lao động tỉnh Lào Cai",
        dated="Lào Cai, ngày 01 tháng 6 năm 2026", about=text(60), state="Đang xử lý", until="Tình hình đến nay",
        scope=r.choice(("", "Lưu hành nội bộ – hạn chế")), conclusion=text(90), by="Trần Văn Báo", head="7-ab",
        facts=tuple(Fact(name="Chủ trì", text=text(80)) for _ in range(r.randint(0, 20))),
        published=some(lambda: PublishedRow(day="05/11/2026", outlet=text(9), title=text(30), evidence=text(9))),
        claims=some(lambda: ClaimRow(number="1", quote=text(60), found=text(60), verdict=text(4))),
        remedies=some(lambda: RemedyRow(measure=text(40), who=text(9), due="05/11/2026", result=text(20))),
        demands=some(lambda: DemandRow(to=text(20), what=text(5), due=text(60), result=text(20))),
        **{name: some(lambda: text(50)) for name in ("checks", "findings", "corrections", "papers", "ahead", "events")},
    )  # type: ignore[arg-type]  # fmt: skip


@given(seed=st.integers(0, 10**6))
@settings(max_examples=8, deadline=None)
def test_what_has_no_room_is_counted_and_nothing_is_lost_or_made_up(seed: int) -> None:
    report = huge(seed)
    cut = fitted(report, LAYOUT)
    for name in LISTS:
        before, after = getattr(report, name), getattr(cut, name)
        assert len(after.rows) + after.more == len(before.rows)
    assert fitted(cut, LAYOUT) == cut


def test_a_short_case_is_not_cut_at_all() -> None:
    report = replace(huge(1), **{name: Shown() for name in LISTS}, facts=(), conclusion="")
    report = replace(report, checks=Shown(rows=("Một", "Hai")), events=Shown(rows=tuple("abcdefgh")))
    cut = fitted(report, LAYOUT)
    assert cut == replace(report, about=cut.about)
    assert cut.about.rstrip("…") in clip(report.about, 220)


def test_the_newest_events_stay_where_not_all_have_room() -> None:
    many = Shown(rows=tuple(f"Việc thứ {n}" for n in range(500)))
    cut = fitted(replace(huge(2), events=many), LAYOUT).events
    assert cut.rows[-1] == "Việc thứ 499"
    assert cut.more == 500 - len(cut.rows)


def test_a_huge_case_says_how_much_is_left_out() -> None:
    report = replace(huge(3), papers=Shown(rows=tuple(f"Văn bản {n}" for n in range(300))))
    cut = fitted(report, LAYOUT).papers.more
    assert f"… và {cut} mục khác, xem hồ sơ vụ việc." in words(
        case_report_file((shipped() / "reports",), LAYOUT, report)
    )


def test_text_is_cut_at_a_word_and_only_where_it_is_long() -> None:
    assert clip("một hai  ba", 20) == "một hai ba"
    assert clip("một hai ba bốn năm", 14) == "một hai ba…"
    assert clip("x" * 50, 10) == "x" * 9 + "…"


@pytest.mark.skipif(not pdf.available(), reason="LibreOffice is not installed")
def test_no_case_takes_more_than_two_pages(tmp_path: Path) -> None:
    names = []
    for seed in range(3):
        file = tmp_path / f"{seed}.docx"
        file.write_bytes(case_report_file((shipped() / "reports",), LAYOUT, huge(seed)))
        names.append(str(file))
    office = pdf.program()
    assert office is not None
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path),
         *names], check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pages = [len(re.findall(rb"/Type\s*/Page\b", (tmp_path / f"{n}.pdf").read_bytes())) for n in range(3)]
    assert pages == [2, 2, 2]


def test_the_shipped_template_is_what_its_program_makes() -> None:
    path = shipped() / "reports" / "report" / "build_case.py"
    assert runpy.run_path(str(path))["make"](LAYOUT) == (path.parent / "case.docx").read_bytes()
