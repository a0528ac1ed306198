"""A summary is short, telling, made of the article's own sentences, and never the article."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_making import article, tags

from monitor.model.article import Completeness
from monitor.report import summarise
from monitor.report.sentences import sentences

LEAD = "(NLĐ) - Sáng 8/11, hơn 600 công nhân Công ty Giày Sông Mây ngừng việc vì chậm lương hai tháng."
BODY = """Trời hôm nay có nắng nhẹ và gió.
Đại diện công ty xin lỗi người lao động
“Chúng tôi chỉ mong có tiền đóng học cho con, còn lại thế nào cũng được”, chị Mai nói.
Tuy nhiên, Liên đoàn Lao động tỉnh đã làm việc với công ty, yêu cầu trả 4,2 tỷ đồng tiền lương trước ngày 15/11.
Ông Trần V. B. (TP. Lào Cai) cho hay dây chuyền đã chạy lại. Buổi chiều, mọi người ra về.
Ảnh: Người Đưa Tin
Theo kế hoạch, cuối tháng này có 120 người lao động được nhận trợ cấp."""


def test_the_telling_sentences_are_taken_in_their_order() -> None:
    told = summarise(article("a", tags(), lead=LEAD, text=BODY))
    assert told.startswith("Sáng 8/11, hơn 600 công nhân")
    assert "Liên đoàn Lao động tỉnh đã làm việc" in told
    assert "Tuy nhiên" not in told
    assert "Ảnh" not in told
    assert "nắng nhẹ" not in told
    assert "“Chúng tôi" not in told


def test_a_sentence_that_holds_the_alarm_is_preferred() -> None:
    text = (
        "Buổi lễ có đông khách mời tham dự.\nCông nhân được tặng quà nhân dịp này.\n"
        "Nhà xưởng rộng rãi, thoáng mát.\nTrước đó một vụ nổ lò hơi xảy ra ở khu B.\nKhách về lúc trưa."
    )
    told = summarise(article("a", tags(attention=True, why="nổ lò hơi"), text=text), limit=2)
    assert "nổ lò hơi" in told


@pytest.mark.parametrize(
    "opening",
    ["(NLĐ) - ", "(Dân trí) – ", "TTO - ", "Hà Nội (TTXVN) - ", "(LĐTĐ) ", "Lào Cai - "],
)
def test_a_dateline_is_no_part_of_a_summary(opening: str) -> None:
    told = summarise(article("a", tags(), lead=f"{opening}Sáng 8/11, công đoàn tặng 30 suất quà cho công nhân."))
    assert told == "Sáng 8/11, công đoàn tặng 30 suất quà cho công nhân."


def test_a_bracket_after_a_name_is_no_dateline() -> None:
    lead = "Công ty Mây Tre (Yên Bái) - nơi có 300 công nhân - vừa ký thỏa ước lao động."
    assert summarise(article("a", tags(), lead=lead)) == lead


def test_feed_words_alone_are_the_summary_and_a_mere_title_has_none() -> None:
    lead = "Công đoàn tặng quà cho 30 công nhân khó khăn"
    assert summarise(article("a", tags(), lead=lead, completeness=Completeness.FEED)) == f"{lead}."
    assert summarise(article("b", tags(), completeness=Completeness.FEED)) == ""
    assert summarise(article("c", tags(), title="Công đoàn tặng quà", lead="Công đoàn tặng quà")) == ""


def test_an_article_is_never_given_whole() -> None:
    for count in range(1, 6):
        body = "\n".join(
            f"Công đoàn cơ sở số {n} tặng {n} suất quà cho người lao động xóm {n * 7}." for n in range(count)
        )
        body += (
            " Kèm theo đó là lời chúc sức khỏe, bình an, hạnh phúc tới mọi gia đình công nhân ở mọi nơi trong tỉnh nhà."
        )
        told = summarise(article("a", tags(), text=body))
        assert told and len(told) < 0.8 * len(body)


def test_a_long_quotation_is_cut_short() -> None:
    lead = "Chủ tịch công đoàn nói: “" + "chúng tôi sẽ cùng doanh nghiệp lo cho công nhân, " * 6 + "hết”, rồi ra về."
    told = summarise(article("a", tags(), lead=lead))
    assert "…”" in told
    assert told.count("chúng tôi") == 1


def test_a_huge_article_is_summarised_at_once() -> None:
    huge = "Công nhân nhận lương tháng này, " * 150_000
    start = time.process_time()
    assert len(summarise(article("a", tags(), lead=huge, text=huge))) <= 500
    assert len(summarise(article("b", tags(), text="a" * 5_000_000))) <= 500
    assert len(summarise(article("c", tags(), text="(((“" * 1_000_000))) <= 500
    assert time.process_time() - start < 60  # processor time: a hang, not a slow machine


WORDS = st.sampled_from(
    re.findall(
        r"\S+|\n",
        "công nhân Công đoàn TP. HCM ông V. A. v.v. Th.S 1.200 tỷ 8/11. … ... “Chúng tôi nói” . ? ! ) ( , ; Ông Theo "
        "Tuy nhiên, lương. Lương tăng.Ngày (NLĐ) - Ảnh: 1. II. \n",
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=60), st.lists(WORDS, max_size=120), st.integers(1, 3))
def test_no_text_gets_more_sentences_or_letters_than_allowed(lead: list[str], body: list[str], limit: int) -> None:
    told = summarise(article("a", tags(), lead=" ".join(lead), text=" ".join(body)), limit=limit)
    assert len(told) <= 500
    assert len(sentences(told)) <= limit
