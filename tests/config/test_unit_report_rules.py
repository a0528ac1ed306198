"""``rules/unit_report.yaml``: the shipped file is whole, and a wrong one is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config.unit_report import KNOWN, load_unit_report
from monitor.errors import ConfigError
from monitor.labels import wording
from monitor.model.unit_report import Every, UnitReportRules

SHIPPED = Path(__file__).parents[2] / "rules"
GOOD = (
    "every: quarter\nkinds: [grassroots, ward]\ndue_days: -5\nremind_days: [1, 7, 1]\nremind_late_days: 0\nfields:\n"
    "  - {id: news, label: Tin gửi, unit: tin}\n"
    "  - {id: aired, label: Tin đăng, of: news, known: items, figure: official.3}\n"
)


def loaded(folder: Path, text: str) -> UnitReportRules:
    (folder / "unit_report.yaml").write_text(text, encoding="utf-8")
    return load_unit_report((folder,))


def test_the_shipped_rules_ask_for_the_official_figures_once_each_in_groups_that_stand_together() -> None:
    rules = load_unit_report((SHIPPED,))
    assert (rules.every, rules.kinds) == (Every.HALF, ("sector", "ward", "zone"))
    official = [one.figure for one in rules.fields if one.figure.startswith("official.")]
    assert sorted(official) == [f"official.{n}" for n in ("1", "2", "3", "3_of", "4", "4_of", "5", "5_of")]
    groups = [one.group for one in rules.fields]
    assert len([g for n, g in enumerate(groups) if n == 0 or groups[n - 1] != g]) == len(set(groups))
    assert {one.known for one in rules.fields} - {""} == set(KNOWN), "all that the program counts is asked for"
    assert [one.id for one in rules.fields if one.federation] == ["press_conferences", "briefings"]
    assert {one.id for one in rules.asked("ld")} - {one.id for one in rules.asked("x")} == {
        "press_conferences", "briefings",
    }  # fmt: skip


def test_a_files_values_are_taken_as_written(tmp_path: Path) -> None:
    rules = loaded(tmp_path, GOOD)
    assert (rules.every, rules.kinds, rules.due_days) == (Every.QUARTER, ("grassroots", "ward"), -5)
    assert (rules.remind_days, rules.remind_late_days) == ((7, 1), 0)
    assert [(one.id, one.of, one.known) for one in rules.fields] == [("news", "", ""), ("aired", "news", "items")]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("every: quarter", "every: month"),
        ("[grassroots, ward]", "[grassroots, federation]"),
        ("[grassroots, ward]", "[]"),
        ("due_days: -5", "due_days: 400"),
        ("due_days: -5\n", ""),
        ("[1, 7, 1]", "[1, -7]"),
        ("id: news", "id: Tin-gửi"),
        ("label: Tin gửi", "label: ''"),
        ("id: aired", "id: news"),
        ("of: news", "of: nothing"),
        ("of: news", "of: aired"),
        ("known: items", "known: guesses"),
        ("figure: official.3", "figure: official.6"),
        ("unit: tin", "unit: tin, figure: official.3"),
        ("unit: tin", "unit: tin, federation: maybe"),
        ("unit: tin", "units: tin"),
        (GOOD[GOOD.index("fields:") :], "fields: []\n"),
    ],
)
def test_a_wrong_rule_is_named_with_its_file_and_line(tmp_path: Path, was: str, now: str) -> None:
    assert GOOD.count(was) == 1
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, GOOD.replace(was, now))
    assert "unit_report.yaml" in wording(caught.value)
    assert "dòng" in wording(caught.value)


def test_more_fields_than_a_form_can_hold_are_refused(tmp_path: Path) -> None:
    many = "".join(f"  - {{id: f{n}, label: Mục}}\n" for n in range(201))
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, GOOD[: GOOD.index("fields:")] + "fields:\n" + many)
    assert "200" in wording(caught.value)
