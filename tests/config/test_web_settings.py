"""rules/web.yaml: the shipped one, and what may be set."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from monitor.config import load_web, shipped
from monitor.errors import ConfigError
from monitor.labels import wording
from monitor.model.access import WebSettings

FILE = shipped() / "rules" / "web.yaml"


def load(folder: Path, text: str) -> WebSettings:
    (folder / "web.yaml").write_text(text, encoding="utf-8")
    return load_web((folder,))


def test_the_shipped_settings_are_the_defaults_of_the_program() -> None:
    assert load_web((shipped() / "rules",)) == WebSettings()


def test_every_setting_stands_in_the_shipped_file_under_a_comment_of_its_own() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert set(yaml.safe_load(text)) == set(WebSettings.__dataclass_fields__)
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if re.match(r"\w+:", line):
            assert lines[number - 1].startswith("# "), line


def test_the_offices_own_file_goes_before_the_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    assert load_web((own, shipped() / "rules")) == WebSettings()
    (own / "web.yaml").write_text("idle_hours: 1\nhosts: [Ban-TG.local, 192.168.1.20, ban-tg.local]\nhttps: true\n")
    found = load_web((own, shipped() / "rules"))
    assert (found.idle_hours, found.hosts, found.https) == (1, ("ban-tg.local", "192.168.1.20"), True)
    assert found.session_days == WebSettings().session_days


def test_a_change_of_the_file_is_seen(tmp_path: Path) -> None:
    assert load(tmp_path, "upload_mb: 7\n").upload_mb == 7
    assert load(tmp_path, "upload_mb: 17\n").upload_mb == 17


@pytest.mark.parametrize(
    ("text", "line", "name"),
    [
        ("idle_hours: 0\n", 1, "idle_hours"),
        ("https: true\nsession_days: 1.5\n", 2, "session_days"),
        ("answer_days: nhiều\n", 1, "answer_days"),
        ("link_hours: 10000\n", 1, "link_hours"),
        ("upload_mb: 201\n", 1, "upload_mb"),
        ("hosts: [http://a.local]\n", 1, "hosts"),
        ("hosts: a.local\n", 1, "hosts"),
        ("address: ftp://x.test\n", 1, "address"),
        ("password_min: 4\n", 1, "password_min"),
        ("https: có\n", 1, "https"),
        ("behind_proxy: 1\n", 1, "behind_proxy"),
        ("idle_hours: 1\nidle_minutes: 5\n", 2, "idle_minutes"),
        ("https: true\nhttps: true\n", 2, "https"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_key(tmp_path: Path, text: str, line: int, name: str) -> None:
    with pytest.raises(ConfigError) as told:
        load(tmp_path, text)
    assert (told.value.facts["line"], told.value.facts["name"]) == (line, name)
    said = wording(told.value)
    assert str(tmp_path / "web.yaml") in said
    assert name in said


def test_without_any_file_it_says_which_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="config_missing"):
        load_web((tmp_path,))
