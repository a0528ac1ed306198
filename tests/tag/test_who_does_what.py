"""Tone and attention ask who does what to whom: blame elsewhere in a text is not the union's."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.model.tag import Tagging, TagInput, Tone
from monitor.tag import explain, load_rules, tag

RULES = Path(__file__).parents[2] / "rules"
Read = Callable[..., Tagging]


@pytest.fixture(scope="module")
def read() -> Read:
    book = load_rules((RULES,))
    return lambda **parts: tag(TagInput(**parts), book)


@pytest.mark.parametrize(
    "title",
    [
        "Bắt tạm giam nguyên chủ tịch LĐLĐ huyện",
        "Phó chủ tịch công đoàn nhà máy bị khởi tố",
        "Chủ tịch công đoàn bị công an huyện tạm giữ",
        "Công nhân trách công đoàn thờ ơ, không bảo vệ họ",
        "Cả tổ xin ra khỏi công đoàn",
        "Thủ quỹ rút ruột quỹ công đoàn",
        "Thiết chế công đoàn bỏ hoang giữa khu công nghiệp",
    ],
)
def test_blame_that_falls_on_the_union_is_negative_and_to_be_opened_today(read: Read, title: str) -> None:
    found = read(title=title)
    assert (found.tone, found.attention) == (Tone.NEG, True)
    assert found.tone_evidence and found.attention_evidence


@pytest.mark.parametrize(
    "title",
    [
        "Chủ tịch công đoàn cho biết giám đốc đã bị bắt",
        "Khởi tố giám đốc theo kiến nghị của công đoàn",
        "Hiệu trưởng bị bắt, công đoàn trường tạm điều hành việc đoàn thể",
        "Công đoàn cần tránh hình thức khi phát động thi đua",
        "Công đoàn không bị can thiệp vào công việc nội bộ",
        "Ông Bình được bầu làm chủ tịch LĐLĐ tỉnh, đại hội gửi lời chúc mừng công đoàn",
    ],
)
def test_trouble_that_is_not_the_unions_leaves_it_neutral(read: Read, title: str) -> None:
    assert read(title=title).tone is Tone.NEU


def test_a_rule_that_fired_away_from_a_union_body_is_shown_as_not_counted() -> None:
    _, fired = explain(TagInput(title="Công đoàn cho biết giám đốc bị bắt"), load_rules((RULES,)))
    (one,) = [each for each in fired if each.rule == "bad.bi-xu-ly"]
    assert not one.counted


def test_many_bodies_and_many_wrongs_are_read_in_seconds(read: Read) -> None:
    start = time.process_time()
    read(title="Công đoàn", body="công đoàn cho biết bị bắt khởi tố LĐLĐ bỏ hoang " * 20_000)
    assert time.process_time() - start < 60  # processor time: a hang, not a slow machine
