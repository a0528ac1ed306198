"""rules/press_law.yaml: what is shipped, and what a mistake in it is told as."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from monitor.config.law import load_law, parse_law
from monitor.errors import ConfigError
from monitor.labels import wording
from monitor.model.law import Certainty, Citation, ClockKind, PeriodUnit
from monitor.model.source import Medium

TOP = Path(__file__).parents[2]
SHIPPED = (TOP / "rules" / "press_law.yaml").read_text(encoding="utf-8")
FACTS = TOP.parent / "shared" / "facts" / "legal_rules.json"
LAW = parse_law(SHIPPED, "press_law.yaml")
OLD, NEW = LAW.rulesets


def test_every_medium_has_a_rule_or_says_that_there_is_none() -> None:
    for ruleset in LAW.rulesets:
        for kind in (ClockKind.RESPONSE, ClockKind.CORRECTION, ClockKind.FORWARD_ANSWER):
            for medium in Medium:
                for interval in (None, 7, 30, 31, 92):
                    rule = ruleset.rule(kind, medium, interval)
                    assert rule is not None
                    assert rule.basis


def test_the_law_changes_at_midnight_before_the_first_of_july() -> None:
    assert LAW.on(date(2026, 6, 30)) is OLD
    assert LAW.on(date(2026, 7, 1)) is NEW
    assert LAW.on(date(2050, 1, 1)) is NEW
    assert LAW.on(date(2016, 12, 31)) is None
    assert LAW.of("LBC2025") is NEW
    assert LAW.of("LBC1999") is None


def test_what_could_not_be_read_is_said_to_be_unknown() -> None:
    assert (OLD.keep_days, OLD.keep_status) == (7, Certainty.READ)
    assert (NEW.keep_days, NEW.keep_status) == (None, Certainty.UNKNOWN)
    assert "Đối chiếu bản ký" in NEW.keep_note
    assert NEW.cite(Citation.RIGHT_TO_RESPOND).status is Certainty.MEMORY


def test_what_is_practice_says_that_it_is_no_law() -> None:
    assert {rule.kind for rule in LAW.practice} == {
        ClockKind.OWN_VERIFY, ClockKind.OWN_REMEDY, ClockKind.OWN_SOCIAL,
    }  # fmt: skip
    for rule in LAW.practice:
        assert rule.status is Certainty.PRACTICE
        assert rule.basis.startswith("Thông lệ, không phải quy định của công đoàn")
    assert LAW.practised(ClockKind.RESPONSE) is None


def test_the_letters_of_a_rule_set_cite_that_law_and_not_the_other() -> None:
    for ruleset, mine, other in ((OLD, "103/2016/QH13", "2025|237/2026"), (NEW, "126/2025/QH15|237/2026", "103/2016")):
        for cited in ruleset.citations:
            assert re.search(mine, cited.text), cited
            assert not re.search(other, cited.text), cited


def test_no_article_of_a_law_stands_in_the_code() -> None:
    mine = ["model/law.py", "model/calendar.py", "config/law.py", "config/calendar.py", "cli/calendar.py",
            "desk/calendar.py", "respond/clocks.py", "respond/applying.py", "respond/words.py"]  # fmt: skip
    for name in mine:
        text = (TOP / "monitor" / name).read_text(encoding="utf-8")
        assert not re.search(r"(Điều|khoản) \d|237/2026|103/2016", text), name


@pytest.mark.skipif(not FACTS.exists(), reason="the facts the rules were seeded from are not beside the project")
def test_the_shipped_rules_are_the_facts() -> None:
    for facts, ruleset in zip(json.loads(FACTS.read_text(encoding="utf-8"))["rulesets"], LAW.rulesets, strict=True):
        assert facts["id"] == ruleset.id
        assert facts["valid_from"] == ruleset.valid_from.isoformat()
        assert facts["valid_to"] == (ruleset.valid_to.isoformat() if ruleset.valid_to else None)
        assert facts["response_rounds_max"] == ruleset.rounds_max
        assert facts["online_keep_days_min"] == ruleset.keep_days
        units = {"ngày": PeriodUnit.CALENDAR, "ngày làm việc": PeriodUnit.WORKING}
        for name, kind in (
            ("agency_answer", ClockKind.ANSWER), ("org_answer_on_press", ClockKind.OWN_ANSWER),
            ("org_notify_measures", ClockKind.OWN_MEASURES),
            ("org_notify_complaint_conclusion", ClockKind.OWN_COMPLAINT),
        ):  # fmt: skip
            rule = ruleset.rule(kind)
            assert rule
            if name in facts:
                assert (rule.amount, rule.unit) == (facts[name]["n"], units[facts[name]["unit"]])
            else:
                assert rule.unit is PeriodUnit.NONE
        for name, told in facts["correction_deadline"].items():
            medium = {"magazine_gt30d": "magazine", "social_channel_of_press": "social_channel"}.get(name, name)
            rule = ruleset.rule(ClockKind.CORRECTION, Medium(medium), 92 if name == "magazine_gt30d" else 30)
            assert rule
            if told.get("unit"):
                assert (rule.amount, rule.unit) == (told["days"], units[told["unit"]])
            elif told["text"] == "ngay":
                assert rule.unit is PeriodUnit.IMMEDIATELY


def changed(change: Any) -> str:
    """The shipped file with a change made to its data; the lines are others, the mistake is the same."""
    data = yaml.safe_load(SHIPPED)
    change(data)
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def first(data: Any) -> Any:
    return data["rulesets"][0]


MISTAKES: list[tuple[str, Any]] = [
    ("config_unknown_key", lambda d: d.update(surprise=1)),
    ("config_missing_key", lambda d: d.update(rulesets=[])),
    ("config_missing_key", lambda d: d.pop("threshold_hours")),
    ("config_out_of_range", lambda d: d.update(threshold_hours=0)),
    ("config_missing_key", lambda d: first(d).pop("law")),
    ("config_bad_day", lambda d: first(d).update(valid_from="hôm qua")),
    ("config_bad_day", lambda d: first(d).update(valid_to="2016-01-01")),
    ("law_gap", lambda d: d["rulesets"][1].update(valid_from="2026-07-02")),
    ("law_gap", lambda d: first(d).pop("valid_to")),
    ("law_doubled", lambda d: d["rulesets"][1].update(id="LBC2016")),
    ("config_out_of_range", lambda d: first(d).update(rounds_max=0)),
    ("config_not_choice", lambda d: first(d).update(keep_status="chắc")),
    ("config_missing_key", lambda d: first(d)["citations"].pop("rerun")),
    ("config_unknown_key", lambda d: first(d)["citations"].update(fee={"text": "a", "status": "V"})),
    ("config_missing_key", lambda d: first(d).pop("citations")),
    ("law_medium_once", lambda d: first(d)["clocks"].pop(0)),
    ("law_medium_once", lambda d: first(d)["clocks"].append(deepcopy(first(d)["clocks"][0]))),
    ("law_medium_once", lambda d: first(d)["clocks"][4].update(over=40)),  # 31 … 40 days would have no rule
    ("law_clock_once", lambda d: first(d)["clocks"].pop(-3)),
    ("law_amount", lambda d: first(d)["clocks"][1].pop("amount")),
    ("law_no_amount", lambda d: first(d)["clocks"][0].update(amount=2)),
    ("law_over_upto", lambda d: first(d)["clocks"][4].update(upto=30)),
    ("law_reference", lambda d: first(d)["clocks"][6].update(unit="calendar")),
    ("law_not_boolean", lambda d: first(d)["clocks"][1].update(rolls="có")),
    ("config_not_choice", lambda d: first(d)["clocks"][1].update(media=["telex"])),
    ("config_empty_text", lambda d: first(d)["clocks"][1].update(basis="  ")),
    ("config_too_long", lambda d: first(d)["clocks"][1].update(basis="a" * 700)),
    ("law_practice", lambda d: d["practice"].pop()),
    ("law_practice", lambda d: d["practice"].append(deepcopy(d["practice"][0]))),
]


@pytest.mark.parametrize(("key", "change"), MISTAKES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_mistake_is_told_with_file_and_line(key: str, change: Any) -> None:
    with pytest.raises(ConfigError) as told:
        parse_law(changed(change), "press_law.yaml")
    assert told.value.key == key
    assert int(str(told.value.facts["line"])) >= 1
    assert wording(told.value).startswith("press_law.yaml, dòng ")


def test_a_change_that_is_no_mistake_holds() -> None:
    law = parse_law(changed(lambda d: first(d)["clocks"][1].update(rolls=False, amount=3)), "x")
    rule = law.rulesets[0].rule(ClockKind.RESPONSE, Medium.TV)
    assert rule
    assert (rule.amount, rule.rolls) == (3, False)


def test_the_office_s_own_file_goes_before_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "press_law.yaml").write_text(changed(lambda d: d.update(threshold_hours=8)), encoding="utf-8")
    assert load_law((tmp_path, TOP / "rules")).threshold_hours == 8
    assert load_law((tmp_path / "none", TOP / "rules")).threshold_hours == 24
    with pytest.raises(ConfigError, match="config_missing"):
        load_law((tmp_path / "none",))
