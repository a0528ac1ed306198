"""Learning from corrections: only with enough of them, only where it helps, never against a named union body."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.model.tag import Evidence, Relevance, Tagging, TagInput
from monitor.tag import Learning, RuleBook, load_learning, load_rules
from monitor.tag.learned import Learned, Sample, load, save, train, trained_on

RULES = Path(__file__).parents[2] / "rules"
SOON = Learning(least=40, least_per_class=10, undisputed=40, most_lost=0.1, weight=0.9)
LABOUR = Tagging(relevance=Relevance.LABOUR)
NONE = Tagging(relevance=Relevance.NONE)
OURS = "thợ lò ca kíp hầm mỏ phụ cấp độc hại xưởng sàng tuyển nghỉ giữa ca suất cơm"
OTHERS = "hoa hậu sân khấu đêm nhạc vé xem ca sĩ thảm đỏ trang phục khán giả"


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load_rules((RULES,))


def sample(n: int, words: str, tagging: Tagging, **said: str) -> Sample:
    syllables = words.split()
    body = " ".join(syllables[(n * k + k) % len(syllables)] for k in range(1, 60))
    return Sample(
        id=f"a{n}-{words[:3]}", item=TagInput(title=f"{words[:20]} {n}", body=body), tagging=tagging, said=said
    )


def corrected(count: int) -> list[Sample]:
    """Half of them are missed by the rules, half are taken for ours wrongly; the words tell them apart."""
    missed = [sample(n, OURS, NONE, relevance="labour") for n in range(count // 2)]
    return missed + [sample(n, OTHERS, LABOUR, relevance="none") for n in range(count // 2)]


def undisputed(count: int = 20) -> list[Sample]:
    return [sample(1000 + n, OTHERS, NONE) for n in range(count)]


def test_with_too_few_corrections_the_rules_stay_alone() -> None:
    learned, (figure,) = train(corrected(30), SOON)
    assert learned.questions == ()
    assert (figure.why, figure.corrected, figure.used) == ("too_few", 30, False)


def test_switched_off_nothing_is_learned() -> None:
    learned, (figure,) = train(corrected(80), replace(SOON, enabled=False))
    assert learned.questions == ()
    assert figure.why == "off"


def test_a_label_with_few_examples_is_not_learned() -> None:
    many = [sample(n, OURS, NONE, relevance="labour") for n in range(50)]
    few = [sample(n, OTHERS, LABOUR, relevance="none") for n in range(4)]
    learned, (figure,) = train(many + few, SOON)
    assert learned.questions == ()
    assert figure.why == "few_in_class"


def test_it_is_used_where_it_beats_the_rules_on_corrections_held_out(book: RuleBook) -> None:
    learned, (figure,) = train(corrected(80) + undisputed(), SOON)
    assert figure.used, figure
    assert figure.by_learned > figure.by_rules == 0
    new = sample(777, OURS, NONE)
    found = learned.applied(NONE, new.item, book)
    assert found.relevance is Relevance.LABOUR
    assert found.relevance_evidence[0].rule == "learned"
    assert 0.5 <= found.relevance_evidence[0].weight <= 1
    gone = learned.applied(LABOUR, sample(778, OTHERS, LABOUR).item, book)
    assert gone.relevance is Relevance.NONE


def test_it_is_not_used_where_the_rules_are_right_already() -> None:
    agreed = [sample(n, OURS, LABOUR, relevance="labour") for n in range(40)]
    agreed += [sample(n, OTHERS, NONE, relevance="none") for n in range(40)]
    learned, (figure,) = train(agreed, SOON)
    assert (learned.questions, figure.why) == ((), "no_better")


def test_it_is_not_used_where_it_would_spoil_what_nobody_disputes() -> None:
    # The same words, which people call irrelevant in some articles and leave as ours in many others.
    said = [sample(n, OURS, LABOUR, relevance="none") for n in range(60)]
    said += [sample(n, OTHERS, LABOUR, relevance="labour") for n in range(60)]
    kept = [sample(500 + n, OURS, LABOUR) for n in range(30)]
    learned, (figure,) = train(said + kept, replace(SOON, most_lost=0.0))
    assert (learned.questions, figure.why) == ((), "harmful")


def test_an_item_that_names_a_union_body_stays_a_union_item(book: RuleBook) -> None:
    learned, _ = train(corrected(80) + undisputed(), SOON)
    union = Tagging(relevance=Relevance.UNION, relevance_evidence=(Evidence(rule="union.ldld", text="LĐLĐ"),))
    assert learned.applied(union, sample(3, OTHERS, union).item, book) == union


def test_a_persons_relevance_is_not_asked_again(book: RuleBook) -> None:
    learned, _ = train(corrected(80) + undisputed(), SOON)
    item = sample(3, OTHERS, LABOUR).item
    assert learned.applied(LABOUR, item, book, told=Relevance.LABOUR).relevance is Relevance.LABOUR


def test_the_same_corrections_give_the_same_answers(book: RuleBook) -> None:
    samples = corrected(80) + undisputed()
    (one, figures), (other, again) = train(samples, SOON), train(samples[::-1], SOON)
    assert figures == again
    for n in range(20):
        item = sample(n + 300, OURS if n % 2 else OTHERS, NONE).item
        a, b = one.applied(NONE, item, book), other.applied(NONE, item, book)
        assert a.relevance is b.relevance


def test_topics_are_learned_one_by_one(book: RuleBook) -> None:
    with_topic = [sample(n, OURS, LABOUR, **{"topic:T06": "true"}) for n in range(30)]
    without = [sample(n, OTHERS, LABOUR, **{"topic:T06": "false"}) for n in range(30)]
    learned, _ = train(with_topic + without, SOON)
    assert learned.questions == ("topic:T06",)
    found = learned.applied(LABOUR, sample(99, OURS, LABOUR).item, book)
    assert [topic.id for topic in found.topics] == ["T06"]
    assert found.topics[0].evidence[0].rule == "learned"


def test_what_was_learned_comes_back_from_its_file_and_a_broken_file_is_as_none(tmp_path: Path, book: RuleBook) -> None:
    learned, figures = train(corrected(80) + undisputed(), SOON)
    file = tmp_path / "learned.zip"
    save(file, learned, "mark", figures)
    back = load(file)
    assert isinstance(back, Learned)
    item = sample(777, OURS, NONE).item
    assert back.applied(NONE, item, book).relevance is Relevance.LABOUR
    assert trained_on(file) == ("mark", figures)
    whole = file.read_bytes()
    broken = (b"", b"no archive", whole[: len(whole) // 2], whole[:60] + bytes(40) + whole[100:])
    for content in broken:
        file.write_bytes(content)
        assert load(file) is None
    assert load(tmp_path / "missing.zip") is None
    assert trained_on(tmp_path / "missing.zip") == ("", ())


def test_the_shipped_conditions_are_read_and_a_mistake_is_named(tmp_path: Path) -> None:
    assert load_learning((RULES,)).least == 60
    text = (RULES / "learning.yaml").read_text(encoding="utf-8")
    for old, new in (("least: 60", "least: nhiều"), ("weight: 0.9", "weight: 7"), ("enabled: true", "enabled: 3")):
        (tmp_path / "learning.yaml").write_text(text.replace(old, new), encoding="utf-8")
        with pytest.raises(ConfigError) as caught:
            load_learning((tmp_path,))
        assert caught.value.key == "rule_wrong_type"
