"""``rules/alerts.yaml``: what ships is what the comments say; every mistake is named with file, line and key."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from monitor.config import shipped
from monitor.config.alerts import load_alerts
from monitor.errors import ConfigError
from monitor.model.alert import AlertPlaces, AlertSettings
from monitor.model.tag import Relevance


def load(folder: Path, text: str) -> AlertSettings:
    (folder / "alerts.yaml").write_text(text, encoding="utf-8")
    return load_alerts((folder, shipped() / "rules"))


def test_what_ships_tells_of_attention_at_home_and_is_quiet_at_night() -> None:
    made = load_alerts((shipped() / "rules",))
    assert made.enabled and made.attention and made.follow_ups
    assert (made.places, made.relevances) == (AlertPlaces.OWN, (Relevance.UNION, Relevance.LABOUR))
    assert (made.threshold("T03"), made.threshold("T01"), made.default_unit) == (10, None, 10)
    assert made.quiet and made.quiet.holds(time(23, 0)) and not made.quiet.holds(time(5, 30))
    assert (made.to, made.again_after) == ((), None)


def test_numbers_of_topics_are_set_one_by_one(tmp_path: Path) -> None:
    made = load(tmp_path, "default_topic:\ntopics: {T06: 0, T03: 8, T02: false}\nalways: [t06]\n")
    assert [made.threshold(topic) for topic in ("T06", "T03", "T02", "T09")] == [0, 8, None, None]
    assert made.always == ("T06",)


def test_readers_are_names_addresses_or_channels_of_the_delivery(tmp_path: Path) -> None:
    (tmp_path / "deliver.yaml").write_text(
        "channels:\n  - {id: nhom, env: MONITOR_CHAT_NHOM}\nprofiles:\n  - {name: Ban Thường vụ}\n", encoding="utf-8"
    )
    made = load(tmp_path, "to: [Ban Thường vụ, nhom, truc@laocai.test]\n")
    assert made.to == ("Ban Thường vụ", "nhom", "truc@laocai.test")


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("enabled: yes please\n", "law_not_boolean", 1),
        ("attention: true\nrelevances: [none]\n", "config_not_choice", 2),
        ("places: here\n", "config_not_choice", 1),
        ("topics: {T3: 4}\n", "config_unknown_key", 1),
        ("topics: {T03: -1}\n", "config_out_of_range", 1),
        ("default_topic: nhiều\n", "config_not_whole", 1),
        ("most_an_hour: 0\n", "config_out_of_range", 1),
        ("quiet: {start: '22:00'}\n", "config_missing_key", 1),
        ("quiet: {start: '25:00', end: '05:00'}\n", "config_bad_clock", 1),
        ("always: [đình công]\n", "deliver_bad_topic", 1),
        ("enabled: true\nto: [Người lạ]\n", "alerts_unknown_reader", 2),
        ("alerts: true\n", "config_unknown_key", 1),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, key: str, line: int) -> None:
    with pytest.raises(ConfigError, match=key) as caught:
        load(tmp_path, text)
    assert caught.value.facts["line"] == line
    assert str(caught.value.facts["file"]).endswith("alerts.yaml")
