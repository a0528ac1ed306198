"""The nine papers against the layout file, drafts and issued ones, of the federation and of a unit."""

from __future__ import annotations

import re
import runpy
from dataclasses import fields, replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from paper_samples import FEDERATION, TITLES, UNIT, paper

from monitor.config.layout import load_layout
from monitor.model.layout import Align, Layout
from monitor.model.paper import (
    AdmittedLine,
    Attendee,
    ClaimLine,
    DemandLine,
    DisputedWork,
    Issuer,
    Letterhead,
    MeasureLine,
    PaperContent,
    PaperKind,
    Recipient,
    Signature,
    Statement,
)
from monitor.model.paper_bodies import PetitionBody, RequestBody, ResponseBody, VerificationBody
from monitor.model.request import AddresseeKind
from monitor.respond.papers import render_paper
from monitor.word.width import width_mm

TOP = Path(__file__).parents[2]
LAYOUT = load_layout((TOP / "rules",))
LETTERS = sorted(set(PaperKind) - set(TITLES))
EVERY = [(kind, issuer, numbered) for kind in PaperKind for issuer in (FEDERATION, UNIT) for numbered in (False, True)]
NAMES = [
    f"{kind}-{'unit' if issuer.unit else 'federation'}-{'issued' if done else 'draft'}" for kind, issuer, done in EVERY
]
LINES = (AdmittedLine, Attendee, ClaimLine, DemandLine, DisputedWork, Issuer, Letterhead, MeasureLine, Recipient)
Made = dict[tuple[PaperKind, bool, bool], Any]
ALIGN = {Align.LEFT: 0, Align.CENTER: 1, Align.RIGHT: 2, Align.JUSTIFY: 3}


def made(content: PaperContent, layout: Layout = LAYOUT, folder: Path = TOP / "reports") -> Any:
    return docx.Document(BytesIO(render_paper((folder,), layout, content)))


def styled(document: Any, key: str, layout: Layout = LAYOUT) -> list[str]:
    """The texts of all paragraphs of a style, in tables too."""
    wanted = ids(layout.style(key).name)
    return [text_of(node) for node in document.element.body.iter(qn("w:p")) if style_id(node) == wanted]


@cache
def ids(name: str) -> str:
    """The id of a style; all templates are made alike."""
    return str(docx.Document(str(TOP / "reports" / "papers" / "reminder.docx")).styles[name].style_id)


def style_id(node: Any) -> str:
    return str(node.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val")))


def text_of(node: Any) -> str:
    return "".join(text.text or "" for text in node.iter(qn("w:t")))


def words(document: Any) -> str:
    return "\n".join(text_of(node) for node in document.element.body.iter(qn("w:p")))


@pytest.fixture(scope="module")
def papers() -> Made:
    return {
        (kind, issuer.unit, numbered): made(paper(kind, issuer, numbered=numbered)) for kind, issuer, numbered in EVERY
    }


@pytest.mark.parametrize(("kind", "issuer", "numbered"), EVERY, ids=NAMES)
def test_page_and_styles_are_the_layout_s(papers: Made, kind: PaperKind, issuer: Issuer, numbered: bool) -> None:
    document = papers[kind, issuer.unit, numbered]
    (section,) = document.sections
    page = LAYOUT.page
    for got, wanted in (
        (section.page_width, page.width), (section.page_height, page.height), (section.top_margin, page.top),
        (section.bottom_margin, page.bottom), (section.left_margin, page.left), (section.right_margin, page.right),
        (section.header_distance, page.number_at),
    ):  # fmt: skip
        assert abs(got - Mm(wanted)) < Pt(0.1)
    assert section.different_first_page_header_footer is not page.number_on_first
    by_name = {style.name: style for style in document.styles}
    for style in LAYOUT.styles:
        found = by_name[style.name]
        assert (found.font.name, found.font.size) == (LAYOUT.font, Pt(style.size)), style.key
        fonts = found.element.rPr.rFonts
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")} == {LAYOUT.font}
        assert (found.font.bold, found.font.italic, found.font.all_caps) == (style.bold, style.italic, style.caps)
        form = found.paragraph_format
        assert form.alignment == ALIGN[style.align], style.key
        assert (form.space_before, form.space_after) == (Pt(style.before), Pt(style.after)), style.key
        assert form.line_spacing == style.line
        assert abs((form.first_line_indent or 0) - Mm(style.first * 10)) < Pt(0.1)


@pytest.mark.parametrize(("kind", "issuer", "numbered"), EVERY, ids=NAMES)
def test_every_paragraph_has_a_style_of_the_layout(
    papers: Made, kind: PaperKind, issuer: Issuer, numbered: bool
) -> None:
    document = papers[kind, issuer.unit, numbered]
    names = [style.name for style in LAYOUT.styles] + [rule.name for rule in LAYOUT.rules]
    known = {ids(name) for name in names}
    body = document.element.body
    assert {style_id(node) for node in body.iter(qn("w:p"))} <= known
    # Fonts and sizes come from styles alone: no run says otherwise.
    assert not [node for run in body.iter(qn("w:rPr")) for node in (*run.iter(qn("w:sz")), *run.iter(qn("w:rFonts")))]


@pytest.mark.parametrize(("kind", "issuer", "numbered"), EVERY, ids=NAMES)
def test_head_of_the_paper(papers: Made, kind: PaperKind, issuer: Issuer, numbered: bool) -> None:
    document = papers[kind, issuer.unit, numbered]
    assert " ".join(styled(document, "superior")) == issuer.letterhead.superior.upper()
    assert " ".join(styled(document, "issuer")) == issuer.letterhead.name.upper()
    assert styled(document, "national") == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert styled(document, "motto") == ["Độc lập - Tự do - Hạnh phúc"]
    letters = issuer.letterhead.symbol
    short = {"verification_report": "BC", "minutes": "BB", "submission": "PTr"}.get(kind.value)
    symbol = f"{short}-{letters.partition('-')[0]}" if short else letters
    number = " 07" if numbered else "      "
    wanted = f"(Kèm theo Công văn số{number}/{symbol})" if kind is PaperKind.RESPONSE_TEXT else f"Số:{number}/{symbol}"
    assert styled(document, "number") == [wanted]
    day = "ngày 09 tháng 02 năm 2026" if numbered else "ngày      tháng      năm 2026"
    assert styled(document, "place_date") == [f"{issuer.letterhead.place}, {day}"]


@pytest.mark.parametrize(("kind", "issuer", "numbered"), EVERY, ids=NAMES)
def test_name_of_the_paper_or_line_below_number(papers: Made, kind: PaperKind, issuer: Issuer, numbered: bool) -> None:
    document = papers[kind, issuer.unit, numbered]
    subject = paper(kind, issuer).subject
    if kind in TITLES:
        assert [title.upper() for title in styled(document, "title")] == [TITLES[kind]]
        assert " ".join(styled(document, "summary")) == subject
        assert styled(document, "letter_subject") == []
    else:
        assert " ".join(styled(document, "letter_subject")) == f"V/v {subject}"
        assert styled(document, "title") == styled(document, "summary") == []


@pytest.mark.parametrize(("kind", "issuer", "numbered"), EVERY, ids=NAMES)
def test_foot_of_the_paper(papers: Made, kind: PaperKind, issuer: Issuer, numbered: bool) -> None:
    document, content = papers[kind, issuer.unit, numbered], paper(kind, issuer)
    assert styled(document, "recipients") == ["Nơi nhận:"]
    lines = [f"- {one}" for one in content.recipients]
    assert styled(document, "recipient") == [*(f"{line};" for line in lines[:-1]), f"{lines[-1]}."]
    block = [*content.signature.authority, content.signature.title]
    assert styled(document, "authority")[-len(block) :] == block
    assert styled(document, "signer")[-1] == content.signature.name
    last = document.tables[-1]
    assert last._tbl.tr_lst[0].trPr.find(qn("w:cantSplit")) is not None
    for node in last._tbl.iter(qn("w:p")):
        assert Paragraph(node, document).paragraph_format.keep_with_next
    text = words(document)
    assert text.count("./.") == 1
    assert ("Mã kiểm tra hồ sơ: 128-3f2a9c1b7d5e8a60" in text) is numbered
    assert ("LƯU HÀNH NỘI BỘ" in text) is content.internal


@pytest.mark.parametrize(("kind", "issuer", "numbered"), EVERY, ids=NAMES)
def test_wording_is_clean(papers: Made, kind: PaperKind, issuer: Issuer, numbered: bool) -> None:
    text = words(papers[kind, issuer.unit, numbered])
    for line in text.splitlines():
        if not line.startswith(("Số:", "(Kèm theo")) and ", ngày" not in line:
            assert "  " not in line
        for bad in ("{{", "{%", "None", "..", ";;", ";.", ".;", " ,", " .", ",,", "““", "””"):
            assert bad not in line.replace("./.", ""), line


@pytest.mark.parametrize("kind", PaperKind)
def test_drawn_lines_are_as_long_as_the_layout_says(papers: Made, kind: PaperKind) -> None:
    document = papers[kind, False, True]
    rooms = {"motto": LAYOUT.header_columns[1], "issuer": LAYOUT.header_columns[0], "summary": LAYOUT.page.body_width}
    for rule in LAYOUT.rules:
        found = [p for p in _paragraphs(document) if p.style.name == rule.name]
        if rule.key == "summary" and kind not in TITLES:
            assert found == []
            continue
        (line,) = found
        style = LAYOUT.style(rule.key)
        lines = styled(document, rule.key)
        wide = max(width_mm(one, style.size, bold=style.bold) for one in lines)
        length = rooms[rule.key] - line.paragraph_format.left_indent.mm - line.paragraph_format.right_indent.mm
        assert length == pytest.approx(wide * rule.share, abs=0.5)
        assert wide <= rooms[rule.key]
        assert line.style.element.pPr.find(f"{qn('w:pBdr')}/{qn('w:top')}").get(qn("w:val")) == "single"


def _paragraphs(document: Any) -> list[Any]:
    return [Paragraph(node, document) for node in document.element.body.iter(qn("w:p"))]


def test_the_page_number_stands_in_the_middle_of_the_upper_margin_from_page_two() -> None:
    document = made(paper(PaperKind.REQUEST_LETTER))
    (section,) = document.sections
    (number,) = section.header.paragraphs
    assert number.style.name == LAYOUT.style("page_number").name
    assert [node.text for node in number._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert all(not p.text for p in section.first_page_header.paragraphs)


def test_another_layout_changes_every_paper_without_touching_a_template(tmp_path: Path) -> None:
    text = (TOP / "rules" / "layout.yaml").read_text(encoding="utf-8")
    text = text.replace("left: 30", "left: 35", 1).replace("header: [75, 90]", "header: [70, 90]")
    text = text.replace("signature: [80, 85]", "signature: [70, 90]").replace(
        "body: {name: Nội dung, size: 14", "body: {name: Nội dung, size: 13"
    )
    (tmp_path / "layout.yaml").write_text(text, encoding="utf-8")
    layout = load_layout((tmp_path,))
    document = made(paper(PaperKind.REMINDER), layout)
    assert abs(document.sections[0].left_margin - Mm(35)) < Pt(0.1)
    assert document.styles["Nội dung"].font.size == Pt(13)
    assert [round(cell.width.mm) for cell in document.tables[0].rows[0].cells] == [70, 90]


def test_equal_content_makes_equal_files() -> None:
    content = paper(PaperKind.VERIFICATION_REPORT, numbered=True)
    assert render_paper((TOP / "reports",), LAYOUT, content) == render_paper((TOP / "reports",), LAYOUT, content)


def test_the_shipped_templates_are_what_build_makes() -> None:
    build = runpy.run_path(str(TOP / "reports" / "papers" / "build.py"))
    for kind in PaperKind:
        assert build["make"](kind.value, LAYOUT) == (TOP / "reports" / "papers" / f"{kind}.docx").read_bytes(), kind


def test_no_template_names_an_article_of_law() -> None:
    for kind in PaperKind:
        text = words(docx.Document(str(TOP / "reports" / "papers" / f"{kind}.docx")))
        assert "Điều 4" not in text
        assert "Luật" not in text


def test_numbers_and_days_are_written_as_the_rules_want() -> None:
    content = replace(paper(PaperKind.REMINDER, numbered=True), number=123, date=date(2026, 11, 21))
    document = made(content)
    assert styled(document, "number") == ["Số: 123/LĐLĐ-TG"]
    assert styled(document, "place_date") == ["Lào Cai, ngày 21 tháng 11 năm 2026"]
    march = made(replace(content, date=date(2026, 3, 5), symbol="LĐLĐ-TGNC"))
    assert styled(march, "place_date") == ["Lào Cai, ngày 05 tháng 3 năm 2026"]
    assert styled(march, "number") == ["Số: 123/LĐLĐ-TGNC"]


def test_a_mixed_letter_admits_what_was_right_before_it_disputes_the_rest() -> None:
    text = words(made(paper(PaperKind.REQUEST_LETTER)))
    assert text.index("1. Nội dung phản ánh đúng") < text.index("2. Nội dung chưa chính xác") < text.index("3. Đề nghị")
    assert "Công đoàn cơ sở đã làm việc với Công ty ngày 08/11/2026" in text


def test_a_letter_without_anything_right_begins_with_the_dispute() -> None:
    content = paper(PaperKind.REQUEST_LETTER)
    assert isinstance(content.body, RequestBody)
    text = words(made(replace(content, body=replace(content.body, admitted=()))))
    assert "1. Nội dung chưa chính xác" in text
    assert "phản ánh đúng" not in text


@pytest.mark.parametrize(
    ("addressee", "said"),
    [
        (AddresseeKind.PRESS, "ghi nhận Quý Báo đã đăng, phát tác phẩm sau:"),
        (AddresseeKind.AGGREGATOR, "ghi nhận trang thông tin điện tử tổng hợp của Quý Báo đã đăng lại tác phẩm sau:"),
        (AddresseeKind.SOCIAL, "đề nghị Quý Báo xem lại nội dung đã đăng và:"),
        (AddresseeKind.AUTHORITY, "ghi nhận nội dung đăng, phát sau:"),
    ],
)
def test_each_kind_of_addressee_is_written_to_in_its_own_words(addressee: AddresseeKind, said: str) -> None:
    content = paper(PaperKind.REQUEST_LETTER)
    assert isinstance(content.body, RequestBody)
    text = words(made(replace(content, body=replace(content.body, addressee=addressee))))
    assert said in text


def test_the_capacity_in_which_the_office_writes_is_said() -> None:
    content = paper(PaperKind.REQUEST_LETTER)
    assert isinstance(content.body, RequestBody)
    behalf = words(made(replace(content, body=replace(content.body, on_behalf_of="Công đoàn Công ty Đông Phố"))))
    assert "thay mặt Công đoàn Công ty Đông Phố, theo văn bản ủy quyền gửi kèm." in behalf
    informs = words(made(replace(content, body=replace(content.body, informs=True))))
    assert "không thực hiện quyền phản hồi thay cho" in informs
    petition = paper(PaperKind.PETITION)
    assert isinstance(petition.body, PetitionBody)
    notice = words(made(replace(petition, body=replace(petition.body, informs=True, demands=()))))
    assert "báo cáo để quý cơ quan nắm bắt, xử lý hoặc phối hợp xử lý theo quy định." in notice
    assert "Kiến nghị" not in notice


def test_one_addressee_stands_on_the_line_and_several_below_it() -> None:
    one = made(paper(PaperKind.REMINDER))
    assert styled(one, "to") == ["Kính gửi: Báo Tin Vùng Cao"]
    several = made(paper(PaperKind.PETITION))
    assert styled(several, "to") == ["Kính gửi:"]
    assert styled(several, "to_line") == [
        "- Sở Văn hóa, Thể thao và Du lịch tỉnh Lào Cai;",
        "- Ban Tuyên giáo và Dân vận Tỉnh ủy.",
    ]


def test_a_report_without_remedies_says_so_in_words() -> None:
    content = paper(PaperKind.VERIFICATION_REPORT)
    assert isinstance(content.body, VerificationBody)
    body = replace(content.body, remedies=(), causes="", proposals=())
    text = words(made(replace(content, body=body)))
    assert text.count("Không phát sinh.") == 2
    assert "Không có." in text


def test_the_table_of_a_report_has_one_row_for_each_finding() -> None:
    document = made(paper(PaperKind.VERIFICATION_REPORT))
    findings = next(t for t in document.tables if t.rows[0].cells[0].text == "TT")
    assert [row.cells[0].text for row in findings.rows] == ["TT", "1", "2", "3"]
    assert findings.rows[3].cells[4].text == "đúng"


def test_a_paper_of_the_confederation_has_one_line_at_its_head() -> None:
    head = replace(FEDERATION.letterhead, superior="", name="Tổng Liên đoàn Lao động Việt Nam")
    document = made(paper(PaperKind.REMINDER, replace(FEDERATION, letterhead=head)))
    assert styled(document, "superior") == []
    assert " ".join(styled(document, "issuer")) == "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM"


def test_empty_lists_leave_no_hole() -> None:
    content = paper(PaperKind.REQUEST_LETTER)
    bare = RequestBody(addressee=AddresseeKind.PRESS, works=(), claims=(ClaimLine(quote="…"),), demands=())
    document = made(
        replace(content, body=bare, addressees=(), attachments=(), contact="", recipients=(Recipient(name="Lưu: VT"),))
    )
    text = words(document)
    assert "Đề nghị" not in text
    assert "Kính gửi" not in text
    assert "- Lưu: VT." in text


def test_a_response_names_the_letter_it_goes_with() -> None:
    content = paper(PaperKind.RESPONSE_TEXT)
    assert isinstance(content.body, ResponseBody)
    document = made(replace(content, body=replace(content.body, letter="số 12/LĐLĐ-TG ngày 09/11/2026")))
    assert styled(document, "number") == ["(Kèm theo Công văn số 12/LĐLĐ-TG ngày 09/11/2026)"]


@pytest.mark.parametrize("kind", PaperKind)
def test_the_guide_tells_every_name_that_a_template_may_use(kind: PaperKind) -> None:
    guide = (TOP / "reports" / "papers" / "huong-dan.md").read_text(encoding="utf-8")
    row = next(line for line in guide.splitlines() if line.startswith(f"| `{kind}` |"))
    assert re.findall(r"`(\w+)`", row)[1:] == [one.name for one in fields(paper(kind).body)]  # type: ignore[arg-type]
    assert all(f"`{one.name}`" in guide for one in fields(PaperContent))
    assert all(f"`{one.name}`" in guide for line in (*LINES, Signature, Statement) for one in fields(line))
