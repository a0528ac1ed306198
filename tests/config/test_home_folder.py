"""The working folder: made once, never overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config import Home, home, init, load_settings, load_sources, shipped
from monitor.errors import ConfigError
from monitor.labels import wording


def test_the_working_folder_is_monitor_home_or_the_current_one(tmp_path, monkeypatch):
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path / "a"))
    assert home() == tmp_path / "a"
    monkeypatch.delenv("MONITOR_HOME")
    monkeypatch.chdir(tmp_path)
    assert home() == Path.cwd()


def test_everything_lies_in_the_working_folder(tmp_path):
    place = Home(root=tmp_path)
    assert place.sources_file == tmp_path / "sources.yaml"
    assert place.database == tmp_path / "data" / "monitor.db"


def test_init_makes_a_folder_that_works(tmp_path):
    target = tmp_path / "mới" / "thư mục"
    done = init(target)
    assert all(written for _, written in done)
    assert (target / "data").is_dir()
    assert load_sources(Home(root=target).sources_file).outlets
    assert load_settings(Home(root=target).rules).office.name
    shipped_rules = {path.name for path in (shipped() / "rules").iterdir() if path.is_file()}
    assert shipped_rules <= {path.name for path in (target / "rules").iterdir()}


def test_init_run_twice_overwrites_nothing_and_brings_back_what_was_deleted(tmp_path):
    first = init(tmp_path)
    (tmp_path / "sources.yaml").write_text("outlets: []\n", encoding="utf-8")
    (tmp_path / "rules" / "office.yaml").unlink()
    second = init(tmp_path)
    assert (tmp_path / "sources.yaml").read_text(encoding="utf-8") == "outlets: []\n"
    assert [path for path, written in second if written] == [tmp_path / "rules" / "office.yaml"]
    assert [path for path, _ in first] == [path for path, _ in second]


def test_init_in_a_file_is_refused(tmp_path):
    taken = tmp_path / "tep"
    taken.write_text("của tôi")
    with pytest.raises(ConfigError) as caught:
        init(taken)
    assert "là một tệp" in wording(caught.value)
    assert taken.read_text() == "của tôi"


def test_init_where_nothing_can_be_made_is_told(tmp_path):
    (tmp_path / "tep").write_text("")
    with pytest.raises(ConfigError) as caught:
        init(tmp_path / "tep" / "con")
    assert caught.value.key == "init_not_writable"
    assert wording(caught.value)


def test_a_file_named_like_a_folder_is_told(tmp_path):
    (tmp_path / "rules").write_text("")
    with pytest.raises(ConfigError) as caught:
        init(tmp_path)
    assert caught.value.key == "init_not_writable"
