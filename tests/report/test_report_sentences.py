"""Sentences end where a reader ends them, and shortening never breaks what it keeps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.report.sentences import balanced, clip, sentences


@pytest.mark.parametrize(
    "whole",
    [
        "Công nhân ở TP. Hồ Chí Minh và TX. Sa Pa được tăng lương.",
        "Ngày 8.11.2026 tại TP.HCM có 1.200 tỷ đồng được giải ngân.",
        "Ông Nguyễn V. A. cho biết công ty nợ lương.",
        "Bà Lê T. Hoa và Th.S Trần Minh cùng dự.",
        "TS. Nguyễn Hòa và PGS.TS. Lê Bình trình bày tham luận.",
        "Gạo, mắm, dầu ăn, v.v. được trao tận nhà.",
        "Đơn hàng... giảm mạnh… rồi lại tăng.",
        "1. Mức lương tối thiểu tăng từ ngày 01/01.",
        "“Bao giờ có lương?” chị Mai hỏi.",
        "Anh N.V.T. Nguyên quán ở xa.",
    ],
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(whole: str) -> None:
    assert sentences(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Lương tăng. Thưởng giảm.", 2),
        ("Anh làm ở công ty A. Theo anh, lương thấp.", 2),
        ("Cuộc họp diễn ra năm 2026. Ông Hòa chủ trì.", 2),
        ("Ai nợ lương? Công ty may!", 2),
        ("Có quà, có vé xe, v.v. Công đoàn lo hết.", 2),
        ("Công ty nợ lương.Công nhân ngừng việc.", 2),
        ("“Chúng tôi chờ mãi.” Chị Mai kể lại.", 2),
        ("Tiêu đề không chấm\nCâu sau có chấm.", 2),
        ("Đơn hàng giảm... Nhiều người nghỉ việc.", 2),
        ("", 0),
        ("… . !", 0),
    ],
)
def test_a_sentence_ends_before_the_next_one(text: str, parts: int) -> None:
    assert len(sentences(text)) == parts


def test_clipping_prefers_the_end_of_a_clause_and_says_that_it_cut() -> None:
    cut = clip("Công ty nợ lương hai tháng, công nhân đã nhiều lần kiến nghị nhưng chưa được trả lời", 50)
    assert cut == "Công ty nợ lương hai tháng…"


def test_clipping_leaves_no_half_quotation() -> None:
    assert clip("Chị Mai nói “bao giờ có lương thì mới yên tâm làm việc”", 30) == "Chị Mai nói bao giờ có lương…"


@given(st.text(alphabet="aăÂb .,;“”()\"'…?!1\n", max_size=300), st.integers(0, 80))
def test_clipping_keeps_to_its_room(text: str, room: int) -> None:
    assert len(clip(text, room)) <= max(room, 0)
    assert len(balanced(text)) <= len(text)


@given(st.text(max_size=400))
def test_any_text_splits_without_losing_a_letter(text: str) -> None:
    def letters(part: str) -> str:
        return "".join(c for c in part if c.isalnum())

    assert letters("".join(sentences(text))) == letters(text)
