"""Texts from pages that try to be markup or program, and templates that staff have edited, well or badly."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paper_samples import AIRED, CLAIMS, FEDERATION, paper

from monitor import labels
from monitor.config.layout import load_layout
from monitor.errors import ConfigError
from monitor.model.paper import ClaimLine, PaperContent, PaperKind
from monitor.model.paper_bodies import RequestBody, ResponseBody, VerificationBody
from monitor.respond.papers import render_paper

TOP = Path(__file__).parents[2]
REPORTS = TOP / "reports"
LAYOUT = load_layout((TOP / "rules",))
NASTY = (
    "{{ 7*7 }}",
    "{% for x in range(10**9) %}{% endfor %}",
    "{# lời ẩn #}",
    "{_{ 7*7 }_} {_% x %_}",
    "{{ paper.__class__.__mro__ }}",
    "<w:p><w:r><w:t>chèn</w:t></w:r></w:p>",
    "</w:t></w:r></w:p><w:p>",
    "&lt;w:br/&gt; &#123;&#123; &amp; hết",
    "]]> <!-- --> <?xml?>",
    "{%p if x %}",
    "{{r x }}",
)


def words(raw: bytes) -> str:
    body = docx.Document(BytesIO(raw)).element.body
    return "\n".join("".join(t.text or "" for t in node.iter(qn("w:t"))) for node in body.iter(qn("w:p")))


def response(quote: str, **more: Any) -> PaperContent:
    content = paper(PaperKind.RESPONSE_TEXT)
    body = ResponseBody(works=(AIRED,), claims=(ClaimLine(quote=quote, fact="Đã kiểm tra", **more),))
    return replace(content, body=body)


def render(content: PaperContent, folder: Path = REPORTS) -> bytes:
    return render_paper((folder,), LAYOUT, content)


@pytest.mark.parametrize("text", NASTY)
def test_a_quote_that_looks_like_markup_or_program_is_printed_as_it_is(text: str) -> None:
    assert f"“{text}”" in words(render(response(text)))


@pytest.mark.parametrize("kind", PaperKind)
def test_hostile_text_in_every_place_leaves_a_paper_that_opens(kind: PaperKind) -> None:
    bad = "a{{ 7*7 }}<w:p>\x00\x08\ud800\uffff\u202eb"
    content = paper(kind)
    head = replace(FEDERATION.letterhead, name=bad, place=bad, symbol=bad)
    signature = replace(content.signature, name=bad, title=bad)
    nasty = replace(
        content, issuer=replace(FEDERATION, letterhead=head, name=bad, short=bad), subject=bad, signature=signature,
        addressees=(bad, bad), attachments=(bad,), contact=bad, symbol=bad,
    )  # fmt: skip
    text = words(render(nasty))
    assert "a{{ 7*7 }}<w:p>b" in text
    assert "49" not in text


def test_line_feeds_of_a_quote_become_paragraphs_of_the_same_style() -> None:
    raw = render(response("Câu một.\r\n\n\n  Câu hai.\u2029Câu\tba."))
    assert "“Câu một.\nCâu hai.\nCâu ba”" in words(raw)
    document = docx.Document(BytesIO(raw))
    assert {p.style.name for p in document.paragraphs if p.style and p.text.startswith("Câu")} == {
        LAYOUT.style("body").name
    }


def test_a_quote_of_fifty_thousand_characters_is_printed_whole() -> None:
    long = "Công nhân kể lại. " * 2800
    assert len(words(render(response(long)))) > 50_000
    content = paper(PaperKind.VERIFICATION_REPORT)
    assert isinstance(content.body, VerificationBody)
    body = replace(content.body, findings=(ClaimLine(quote=long),))
    assert len(words(render(replace(content, body=body)))) > 50_000


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200), st.text(max_size=80))
def test_any_text_makes_a_paper_that_opens(quote: str, title: str) -> None:
    content = paper(PaperKind.REQUEST_LETTER)
    assert isinstance(content.body, RequestBody)
    body = replace(content.body, works=(replace(AIRED, title=title, url=quote),), claims=(ClaimLine(quote=quote),))
    words(render(replace(content, body=body, subject=title)))


# Templates that staff have edited.


def edited(folder: Path, kind: PaperKind, old: str, new: str) -> Path:
    """The office's own copy of a template in which a text was changed in Word."""
    document = docx.Document(str(REPORTS / "papers" / f"{kind}.docx"))
    (found,) = (p for p in document.paragraphs if old in p.text)
    found.runs[0].text = found.text.replace(old, new)
    (folder / "papers").mkdir(exist_ok=True)
    document.save(str(folder / "papers" / f"{kind}.docx"))
    return folder


def wrong(folder: Path, kind: PaperKind) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        render(paper(kind), folder)
    said = labels.wording(caught.value)
    assert f"{kind}.docx" in said
    return caught.value


def test_the_office_s_own_template_comes_before_the_shipped_one(tmp_path: Path) -> None:
    own = edited(tmp_path, PaperKind.REMINDER, "Rất mong", "Kính mong")
    raw = render_paper((own, REPORTS), LAYOUT, paper(PaperKind.REMINDER))
    assert "Kính mong Quý Báo quan tâm" in words(raw)
    other = render_paper((own, REPORTS), LAYOUT, paper(PaperKind.PETITION))
    assert "Kính đề nghị quý cơ quan" in words(other)


def test_what_staff_set_by_hand_on_a_word_stays(tmp_path: Path) -> None:
    own = edited(tmp_path, PaperKind.REMINDER, "Rất mong", "Rất mong")
    path = own / "papers" / "reminder.docx"
    document = docx.Document(str(path))
    next(p for p in document.paragraphs if "Rất mong" in p.text).runs[0].underline = True
    document.save(str(path))
    made = docx.Document(BytesIO(render(paper(PaperKind.REMINDER), own)))
    assert next(p for p in made.paragraphs if "Rất mong" in p.text).runs[0].underline


def test_a_name_the_program_does_not_have_is_told(tmp_path: Path) -> None:
    error = wrong(edited(tmp_path, PaperKind.REMINDER, "Rất mong", "{{ paper.ngay_thang }}"), PaperKind.REMINDER)
    assert error.key == "paper_template_name"
    assert "ngay_thang" in labels.wording(error)


def test_a_tag_without_its_end_is_told_with_the_words_around_it(tmp_path: Path) -> None:
    error = wrong(edited(tmp_path, PaperKind.REMINDER, "Rất mong", "{% if body.nth %}"), PaperKind.REMINDER)
    assert error.key == "paper_template_wrong"
    error = wrong(edited(tmp_path, PaperKind.REMINDER, "Rất mong", "{{ body.nth | khong_co }}"), PaperKind.REMINDER)
    assert error.key == "paper_template_wrong"
    assert "khong_co" in labels.wording(error)


def test_tags_out_of_step_are_refused_instead_of_losing_text(tmp_path: Path) -> None:
    own = edited(tmp_path, PaperKind.REMINDER, "Rất mong", "{%p endif %}Rất mong")
    document = docx.Document(str(own / "papers" / "reminder.docx"))
    document.tables[0].rows[1].cells[1].paragraphs[0].add_run("{%tr if not body.nth %}")
    document.save(str(own / "papers" / "reminder.docx"))
    assert wrong(own, PaperKind.REMINDER).key == "paper_template_unbalanced"


@pytest.mark.parametrize(
    "tag", ["{{ paper.__class__ }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ section.__self__ }}"]
)
def test_a_template_reaches_nothing_behind_the_texts(tmp_path: Path, tag: str) -> None:
    assert wrong(edited(tmp_path, PaperKind.REMINDER, "Rất mong", tag), PaperKind.REMINDER).key.startswith("paper_temp")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half", b"not word at all"])
def test_a_template_that_is_no_word_file_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "minutes.docx").write_bytes(content)
    assert wrong(tmp_path, PaperKind.MINUTES).key == "paper_template_broken"


def test_an_archive_that_is_no_word_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    with zipfile.ZipFile(tmp_path / "papers" / "minutes.docx", "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert wrong(tmp_path, PaperKind.MINUTES).key == "paper_template_broken"


def test_a_missing_template_is_told(tmp_path: Path) -> None:
    assert wrong(tmp_path, PaperKind.MINUTES).key == "template_missing"


def test_a_template_that_lost_its_styles_gets_them_back(tmp_path: Path) -> None:
    document = docx.Document(str(REPORTS / "papers" / "reminder.docx"))
    gone = document.styles[LAYOUT.style("link").name]
    gone.element.getparent().remove(gone.element)
    (tmp_path / "papers").mkdir()
    document.save(str(tmp_path / "papers" / "reminder.docx"))
    made = docx.Document(BytesIO(render(paper(PaperKind.REMINDER), tmp_path)))
    assert made.styles[LAYOUT.style("link").name].font.size.pt == LAYOUT.style("link").size


def test_claims_are_quoted_once_and_end_once() -> None:
    text = words(render(response("“Đã có ngoặc.”", verdict="sai sự thật.")))
    assert "Tác phẩm nêu: “Đã có ngoặc”. Nội dung này sai sự thật." in text
    assert "Sự việc như sau: Đã kiểm tra." in text
    assert CLAIMS[0].quote not in text
