"""Titles of sheets: Excel takes them, no two are the same, and none ends within a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook.child import INVALID_TITLE_REGEX

from monitor import xlsx


@pytest.mark.parametrize(
    ("wanted", "made"),
    [
        ("DS 2 Văn bản đã ban hành về xử lý thông tin", "DS 2 Văn bản đã ban hành về xử"),
        ("DS 12 Vụ việc phải giải quyết, chuyển kỳ sau", "DS 12 Vụ việc phải giải quyết"),
        ("DS 1 Tin, bài", "DS 1 Tin, bài"),
        ("a" * 31, "a" * 31),
        ("a" * 40, "a" * 31),
        ("Tên: [một] / *hai*?", "Tên một hai"),
        ("''", "-"),
    ],
)
def test_a_title_is_cut_at_a_word_s_end(wanted: str, made: str) -> None:
    assert xlsx.title(wanted) == made


def test_titles_cut_to_the_same_words_are_numbered() -> None:
    names: list[str] = []
    for _ in range(11):
        names.append(xlsx.title("Vụ việc phải giải quyết trong kỳ báo cáo", names))
    assert names[:2] == ["Vụ việc phải giải quyết trong", "Vụ việc phải giải quyết trong 2"]
    assert names[10] == "Vụ việc phải giải quyết 11"


@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_words_give_titles_that_excel_takes(wanted: list[str]) -> None:
    names: list[str] = []
    for one in wanted:
        names.append(xlsx.title(one, names))
    assert all(0 < len(one) <= 31 and not INVALID_TITLE_REGEX.search(one) for one in names)
    assert all(not one.startswith("'") and not one.endswith("'") for one in names)
    assert len({one.casefold() for one in names}) == len(names)
