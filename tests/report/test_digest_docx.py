"""The digest as a Word file: what it says, where its links lead, equal bytes for equal content, in LibreOffice too."""

from __future__ import annotations

import io
import json
import re
import runpy
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from report_making import OFFICE, OUTLETS, REPORTS, TOPICS, article, at, digest, gap, source, tags

from monitor.config.layout import load_layout
from monitor.desk import pdf
from monitor.errors import ConfigError
from monitor.model.digest import Digest, EditionHead, Period, Section
from monitor.model.edition import Content, Laid
from monitor.model.watch import Corrected
from monitor.report import FORMS, build_edition, render_digest
from monitor.report.digest_docx import BAR, digest_docx
from monitor.report.edition import corrected, to_keep
from monitor.report.mail import render_mail

TOP = REPORTS.parent
LAYOUT = load_layout((TOP / "rules",))
HEAD = EditionHead(id="dt12", series="daily", name="12/2026", end=at(8, 6, 30), approved=at(8, 7))
HOSTILE = '<w:p/>{{ 7*7 }}{% for x in y %} </w:t> & "kép" \x00\x0b\ud800 <script>alert(1)</script>'
READING = tags("union", "Lào Cai", topics=("T02",), tone="pos")
MARK = Corrected(article="a", date=at(8, 5), where="trang 2, số 5/2026", change=None, by="u1")


def word(made: Digest, *folders: Path) -> bytes:
    return digest_docx(made, templates=(*folders, REPORTS), layout=LAYOUT, topics=TOPICS)


def opened(raw: bytes) -> Any:
    return Document(io.BytesIO(raw))


def said(document: Any) -> str:
    """Every word of it, in cells too."""
    body = document.element.body
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))


def links(document: Any) -> dict[str, str]:
    """The outward links: their words and where they lead."""
    rels = document.part.rels
    return {
        "".join(t.text or "" for t in node.iter(qn("w:t"))): rels[node.get(qn("r:id"))].target_ref
        for node in document.element.body.iter(qn("w:hyperlink"))
        if node.get(qn("r:id"))
    }


def one(ident: str, section: Section = Section.OWN, **facts: object) -> Laid:
    made = Laid(
        article=article(ident, READING, lead=f"Công đoàn tặng quà {ident}."),
        section=section,
    )  # fmt: skip
    return replace(made, **facts)  # type: ignore[arg-type]


def edition(*laid: Laid, **head: object) -> Digest:
    return build_edition(content(*laid, **head))


def content(*laid: Laid, **head: object) -> Content:
    return Content(
        head=replace(HEAD, **head),  # type: ignore[arg-type]
        office=OFFICE, period=Period(name="Số 12", start=at(7, 6, 30), end=at(8, 6, 30)), made=at(8, 7), laid=laid,
        outlets=tuple(OUTLETS.items()), topics=tuple(TOPICS.items()), scanned=100, groups=(("suoi", "provincial"),),
        failed=(source("down"),), gaps=((source("down"), gap("down", at(7, 8), at(7, 9))),),
    )  # fmt: skip


def test_an_edition_has_its_head_its_parts_in_order_and_all_that_people_wrote() -> None:
    laid = [
        one("a", Section.HANDLE, comment="Giao Ban Chính sách xem.", directed="VV2026-0001", internal=True),
        one("b", remarks=("Tiếp nội dung đã điểm tại mục 3, số 11/2026",), where="Phát thanh, chương trình Sáng"),
    ]
    document = opened(
        word(edition(*laid, internal=True, opening="Kính gửi Thường trực\nHai dòng", comment="Ghi chung"))
    )
    text = said(document)
    order = (
        "TỔNG LIÊN ĐOÀN", "LIÊN ĐOÀN LAO ĐỘNG", "Số: 12/2026", "Lào Cai, ngày 08 tháng 11 năm 2026", "Lưu hành nội bộ",
        "Điểm tin báo chí", "Điểm tin ngày số 12/2026", "Giờ chốt tin: 06:30 ngày 08/11/2026",
        "từ 06:30 ngày 07/11/2026 đến 06:30 ngày 08/11/2026", "Kính gửi Thường trực", "Hai dòng", "Ghi chung",
        "Mục lục", "mục 1", "A. Tin cần xử lý (1)", "1. Chuyện ở xưởng a",
        "Báo Suối Mới – Chủ nhật 08/11, 08:00 – Lào Cai",
        "Công đoàn tặng quà a.", "Lưu hành nội bộ.", "Giao Ban Chính sách xem.", "Đã chỉ đạo (vụ việc VV2026-0001).",
        "2. Chuyện ở xưởng b", "Phát thanh, chương trình Sáng", "Tiếp nội dung đã điểm tại mục 3, số 11/2026.",
        "E. Thông tin trên mạng xã hội (0)", "Không ghi nhận.", "Số lượng tin", "Báo địa phương",
        "chỉ 2 tin về công đoàn", "Tích cực", "Chăm lo, phúc lợi", "Báo Suối Mới", "Nguồn không quét được (1)",
        "Không kết nối được sau 30 giây.", "có thể còn thiếu tin", "Duyệt lúc 07:00 ngày 08/11/2026",
    )  # fmt: skip
    place = 0
    for words in order:
        place = text.find(words, place)
        assert place >= 0, words
    assert "dự thảo" not in text
    assert "dự thảo" in said(opened(word(edition(*laid, approved=None))))
    assert links(document) == {n.article.title: n.article.url for n in laid}
    assert (document.core_properties.title, document.core_properties.author) == (
        "Điểm tin ngày số 12/2026", OFFICE.name,
    )  # fmt: skip


def test_the_page_is_the_layout_s_and_is_numbered_from_the_second() -> None:
    (section,) = opened(word(edition(one("a")))).sections
    page = LAYOUT.page
    assert [round(size.mm) for size in (section.page_width, section.page_height, section.left_margin)] == [
        page.width, page.height, page.left,
    ]  # fmt: skip
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml


def test_equal_digests_are_equal_files_and_what_is_kept_prints_the_same() -> None:
    whole = content(one("a"), one("b", Section.SOCIAL))
    assert word(build_edition(whole)) == word(build_edition(whole)) == word(build_edition(to_keep(whole)))
    assert word(build_edition(whole)) != word(build_edition(whole, without={"b"}))


def test_the_contents_lead_to_their_parts() -> None:
    document = opened(word(edition(one("a", Section.HANDLE), one("b", Section.REST))))
    marks = {
        mark.get(qn("w:name")): "".join(t.text or "" for t in mark.getparent().iter(qn("w:t")))
        for mark in document.element.body.iter(qn("w:bookmarkStart"))
    }
    anchors = [
        ("".join(t.text or "" for t in node.iter(qn("w:t"))), node.get(qn("w:anchor")))
        for node in document.element.body.iter(qn("w:hyperlink"))
        if node.get(qn("w:anchor"))
    ]
    assert len(anchors) == len(Section)
    assert all(marks[name].startswith(f"{words} (") for words, name in anchors)


def test_bars_are_drawn_from_zero_beside_their_numbers() -> None:
    items = [one(f"p{n}") for n in range(4)]
    rare = replace(items[0].article, tagging=tags("union", topics=("T06",), tone="neg"))
    document = opened(word(edition(*items[1:], replace(items[0], article=rare))))
    bars = {}
    for table in document.tables:
        for row in table.rows:
            cells = row.cells
            if len(cells) == 3 and cells[1].paragraphs[0].style.name == BAR:
                bar = cells[1].paragraphs[0]
                assert bar.text == ""
                room = cells[1].width.mm - 3.81
                drawn = bar._p.find(f"{qn('w:pPr')}/{qn('w:shd')}") is not None
                free = (bar.paragraph_format.right_indent.mm if drawn else room) / room
                bars[cells[0].text] = (cells[2].text, round((1 - free) * 100))
    assert bars == {
        "Báo địa phương": ("4", 100), "Tích cực": ("3", 100), "Trung lập": ("0", 0), "Tiêu cực": ("1", 33),
        "Chăm lo, phúc lợi": ("3", 100), "Quan hệ lao động, đình công": ("1", 33),
    }  # fmt: skip


def test_hostile_words_are_words_and_no_address_but_the_web_s_is_a_link() -> None:
    bad = article("h", tags("union", HOSTILE, attention=True, why=HOSTILE), title=HOSTILE, lead=HOSTILE)
    items = [
        replace(bad, url="javascript:alert(1)", outlet=HOSTILE),
        replace(bad, id="i", title=f"Khác hẳn {HOSTILE}", url="https://suoi.test/a?b=\"><w:p/>&c='{{1}}"),
        replace(bad, id="j", title="Tệp", url="file:///etc/passwd"),
    ]
    made = build_edition(
        content(
            *(one("x", Section.HANDLE, comment=HOSTILE, remarks=(HOSTILE,), where=HOSTILE, article=a) for a in items),
            opening=HOSTILE, comment=HOSTILE,
        )
    )  # fmt: skip
    made = replace(
        made, office=replace(OFFICE, name=HOSTILE),
        failed=(source("x", outlet_name=HOSTILE, reason=HOSTILE),),
        gaps=((source("x", outlet_name=HOSTILE), gap("x", at(8, 1), at(8, 2))),),
    )  # fmt: skip
    document = opened(word(made))
    text = said(document)
    assert text.count("{{ 7*7 }}{% for x in y %}") > 10
    assert "49" not in text
    assert text.count("<script>alert(1)</script>") > 10
    ((title, target),) = links(document).items()
    assert title.startswith("Khác hẳn <w:p/>")
    assert target == "https://suoi.test/a?b=%22%3E%3Cw:p/%3E&c='%7B%7B1%7D%7D"


def test_an_empty_day_says_so_and_still_names_what_failed() -> None:
    made = digest(health=(source("down", gaps=(gap("down", at(8, 8, 10), at(8, 11, 45)),)),))
    for text in (said(opened(word(made))), said(opened(word(edition())))):
        assert "Trong thời gian trên không có tin nào về công đoàn và lao động." in text
        assert "Không kết nối được sau 30 giây." in text
        assert "có thể còn thiếu tin." in text
        assert "Số lượng tin" not in text
    assert "Số:" not in said(opened(word(made)))
    assert said(opened(word(digest()))).count("Không phát sinh.") == 6


@pytest.mark.parametrize("form", [*FORMS, "docx", "mail", "text"])
def test_what_was_corrected_stands_in_its_place_in_every_form_and_names_the_issue(form: str) -> None:
    fixed = one("a", remarks=("Tin được cải chính đã điểm tại mục 2, số 11/2026",))
    fixed = replace(fixed, article=replace(fixed.article, corrected=MARK))
    whole = content(fixed, one("b"))
    made = build_edition(whole)
    if form == "docx":
        text = said(opened(word(made)))
    elif form in ("mail", "text"):
        text = render_mail(made, folders=(REPORTS,), topics=TOPICS)[form == "text"]
    else:
        text = render_digest(made, form, folders=(REPORTS,), topics=TOPICS)
    assert "tặng quà a" not in text
    assert "tặng quà b" in text
    assert "Tin được cải chính đã điểm tại mục 2, số 11/2026" in text
    if form == "json":
        assert json.loads(text)["sections"][1]["items"][0]["corrected"]["where"] == MARK.where
    else:
        assert f"Đã cải chính ngày 08/11/2026, tại {MARK.where}" in text


def test_a_correction_after_the_approval_is_put_upon_what_was_kept() -> None:
    kept = to_keep(content(one("a", others=(one("c").article,)), one("b")))
    now = {"a": replace(kept.laid[0].article, corrected=MARK), "b": kept.laid[1].article}
    text = said(opened(word(build_edition(corrected(kept, now)))))
    assert "Đã cải chính ngày 08/11/2026" in text
    assert "tặng quà a" not in text
    assert "tặng quà b" in text
    assert corrected(kept, {}) == kept


def test_three_hundred_items_are_no_long_work() -> None:
    made = edition(*(one(f"n{n}", Section.REST, comment="x") for n in range(300)))
    document = opened(word(made))
    assert len(links(document)) == 300
    assert "300. Chuyện" in said(document)


def test_an_edited_template_is_used_and_a_broken_one_is_named(tmp_path: Path) -> None:
    own = tmp_path / "digest" / "digest.docx"
    own.parent.mkdir()
    mine = Document()
    mine.add_paragraph("Của cơ quan: {{ digest.office }}")
    mine.save(str(own))
    assert said(opened(word(edition(one("a")), tmp_path))) == "Của cơ quan: Liên đoàn Lao động tỉnh Lào Cai"
    mine.add_paragraph("{{ digest.no_such }}")
    mine.save(str(own))
    with pytest.raises(ConfigError, match="paper_template_name"):
        word(edition(), tmp_path)
    own.write_bytes(b"no archive")
    with pytest.raises(ConfigError, match="paper_template_broken"):
        word(edition(), tmp_path)


def test_the_shipped_template_is_what_its_program_makes() -> None:
    build = runpy.run_path(str(REPORTS / "digest" / "build.py"))
    made, shipped = build["make"](LAYOUT), (REPORTS / "digest" / "digest.docx").read_bytes()

    def parts(raw: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    assert parts(made) == parts(shipped)


@pytest.mark.skipif(not pdf.available(), reason="LibreOffice is not installed")
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_libreoffice_makes_a_pdf_of_it_whose_links_lead_out(tmp_path: Path) -> None:
    target = tmp_path / "tin.pdf"
    target.write_bytes(pdf.to_pdf(word(edition(*(one(f"n{n}") for n in range(12)), internal=True))))
    text = subprocess.run(
        ["pdftotext", "-layout", str(target), "-"], check=True, capture_output=True, text=True, timeout=60
    ).stdout
    assert "LƯU HÀNH NỘI BỘ" in text
    assert "12. Chuyện ở xưởng n11" in text
    assert not re.search(r"[{}\ufffd]", text)
    assert set(re.findall(rb"/URI\s*\(https://suoi\.test/(n\d+)", target.read_bytes())) == {
        b"n%d" % n for n in range(12)
    }
