"""Rule files are the office's: what is wrong in one is named with file, line and key, in Vietnamese."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.labels import wording
from monitor.model.tag import Relevance, TagInput
from monitor.tag import check_examples, load_rules, tag

RULES = Path(__file__).parents[2] / "rules"


def _broken(home: Path, file: str, old: str, new: str) -> ConfigError:
    """The error that comes when one place of one shipped file is changed."""
    text = (RULES / file).read_text(encoding="utf-8")
    assert old in text
    (home / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_rules((home, RULES))
    assert file in str(caught.value.facts["file"])
    assert "{" not in wording(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("union.yaml", "kind: open", "loai: open", "rule_unknown_key"),
        ("union.yaml", "kind: open", "kind: maybe", "rule_wrong_type"),
        ("union.yaml", "id: union.ldld", "id: union.tong-lien-doan", "rule_doubled"),
        ("labour.yaml", "words: [$labourers]", "words: []", "rule_empty"),
        ("labour.yaml", "words: [$labourers]", "words: ['']", "rule_empty"),
        ("labour.yaml", "$labourers", "$nobody", "rule_unknown_list"),
        ("labour.yaml", "labour_least: 7", "labour_least: nhiều", "rule_wrong_type"),
        ("attention.yaml", "where: [title, lead, start]", "where: [headline]", "rule_wrong_type"),
        ("topics.yaml", "  T21:", "  T22:", "rule_unknown_topic"),
        ("topics.yaml", "yes: [", "no: [", "rule_no_example"),
        ("tone.yaml", "good:\n", "good: [\n", "rule_yaml"),
        ("foreign.yaml", "subjects:\n", "chu_de:\n", "rule_unknown_key"),
        ("places.yaml", "was: [Lào Cai, Yên Bái]", "was: [Lào Cai, Yên Bái, Bắc Kạn]", "rule_doubled"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, file: str, old: str, new: str, key: str) -> None:
    error = _broken(tmp_path, file, old, new)
    assert error.key == key
    line = error.facts["line"]
    assert isinstance(line, int) and line >= 1


def test_a_mistake_is_named_on_its_own_line(tmp_path: Path) -> None:
    error = _broken(tmp_path, "union.yaml", "kind: open", "loai: open")
    lines = (tmp_path / "union.yaml").read_text(encoding="utf-8").splitlines()
    line = error.facts["line"]
    assert isinstance(line, int)
    assert "loai" in lines[line - 1] and error.facts["name"] == "loai"


def test_a_missing_rule_file_is_named(tmp_path: Path) -> None:
    shutil.copytree(RULES, tmp_path / "rules")
    (tmp_path / "rules" / "tone.yaml").unlink()
    with pytest.raises(ConfigError) as caught:
        load_rules((tmp_path / "rules",))
    assert "tone.yaml" in wording(caught.value)


def test_a_bad_line_in_the_table_of_communes_is_named(tmp_path: Path) -> None:
    (tmp_path / "places_wards.tsv").write_text("Cao Bằng\thuyện A\txã B\nKhông Đâu\t\txã C\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_rules((tmp_path, RULES))
    assert (caught.value.key, caught.value.facts["line"]) == ("rule_bad_line", 2)


def test_the_office_can_change_one_file_and_keep_the_others(tmp_path: Path) -> None:
    text = (RULES / "union.yaml").read_text(encoding="utf-8")
    own = """
  - id: union.hoi-tho-mo
    kind: sure
    why: Tên riêng của một tổ chức trong tỉnh.
    words: [hội thợ mỏ Núi Xanh]
    yes: ["Hội thợ mỏ Núi Xanh họp mặt."]
"""
    (tmp_path / "union.yaml").write_text(text + own, encoding="utf-8")
    book = load_rules((tmp_path, RULES))
    item = TagInput(title="Hội thợ mỏ Núi Xanh trồng cây")
    assert tag(item, book).relevance is Relevance.UNION
    assert tag(item, load_rules((RULES,))).relevance is Relevance.NONE


def test_a_rule_that_misses_its_example_is_told_in_words(tmp_path: Path) -> None:
    text = (RULES / "labour.yaml").read_text(encoding="utf-8")
    wrong = text.replace('yes: ["Hàng trăm công nhân tan ca."]', 'yes: ["Trời hôm nay nhiều mây."]', 1)
    assert wrong != text
    (tmp_path / "labour.yaml").write_text(wrong, encoding="utf-8")
    (failure,) = check_examples(load_rules((tmp_path, RULES)))
    assert "labour.nguoi" in failure and "nhiều mây" in failure


def test_a_rule_book_travels_to_another_process() -> None:
    book = pickle.loads(pickle.dumps(load_rules((RULES,))))
    assert tag(TagInput(title="LĐLĐ tỉnh họp"), book).relevance is Relevance.UNION
