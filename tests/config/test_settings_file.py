"""rules/office.yaml: the shipped one, and what may be set."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
import yaml

from monitor.config import FORMER, PRESENT, Home, former_of, load_settings, present_of, shipped
from monitor.errors import ConfigError
from monitor.labels import wording
from monitor.model.settings import CrawlSettings, ScheduleSettings

OFFICE = "office:\n  name: Cơ quan A\n  short: A\n  superior: Cơ quan B\n  province: Phú Thọ\n"


def load(folder: Path, text: str):
    (folder / "office.yaml").write_text(text, encoding="utf-8")
    return load_settings((folder,))


def test_the_shipped_settings_are_the_defaults_of_the_program():
    settings = load_settings((shipped() / "rules",))
    assert settings.office.province == "Lào Cai"
    assert settings.office.former == ("Yên Bái",)
    assert settings.crawl == CrawlSettings()
    assert settings.schedule == ScheduleSettings()


def test_every_setting_stands_in_the_shipped_file_under_a_comment():
    text = (shipped() / "rules" / "office.yaml").read_text(encoding="utf-8")
    shown = yaml.safe_load(text)
    assert set(shown["crawl"]) == set(CrawlSettings.__dataclass_fields__)
    assert set(shown["schedule"]) == set(ScheduleSettings.__dataclass_fields__)
    assert set(shown["office"]) == {"name", "short", "superior", "province", "contact"}


def test_the_offices_own_file_goes_before_the_shipped_one(tmp_path):
    own, default = tmp_path / "own", tmp_path / "default"
    own.mkdir()
    default.mkdir()
    (default / "office.yaml").write_text(OFFICE, encoding="utf-8")
    assert load_settings((own, default)).office.short == "A"
    (own / "office.yaml").write_text(OFFICE.replace("short: A", "short: C"), encoding="utf-8")
    assert load_settings((own, default)).office.short == "C"


def test_the_former_provinces_are_filled_in(tmp_path):
    assert load(tmp_path, OFFICE).office.former == ("Hòa Bình", "Vĩnh Phúc")


def test_settings_are_read(tmp_path):
    settings = load(
        tmp_path,
        OFFICE
        + "  contact: bantin@a.test\n"
        + "crawl: {allow_hosts: [NoiBo.test, 10.0.0.7], total_timeout: 12.5, workers: 2}\n"
        + "schedule:\n  digest_at: 6:30\n  weekly_digest_at: 16:05\n",
    )
    assert settings.office.contact == "bantin@a.test"
    assert settings.crawl.allow_hosts == ("noibo.test", "10.0.0.7")
    assert (settings.crawl.total_timeout, settings.crawl.workers) == (12.5, 2)
    # unquoted, YAML takes both for numbers
    assert (settings.schedule.digest_at, settings.schedule.weekly_digest_at) == (time(6, 30), time(16, 5))
    assert settings.schedule.maintenance_at == ScheduleSettings().maintenance_at


@pytest.mark.parametrize(
    ("more", "key", "line", "name"),
    [
        ("craw: {}\n", "config_unknown_key", 6, "craw"),
        ("crawl:\n  max_bite: 1\n", "config_unknown_key", 7, "max_bite"),
        ("crawl:\n  max_bytes: 0\n", "config_out_of_range", 7, "max_bytes"),
        ("crawl:\n  read_timeout: soon\n", "config_not_number", 7, "read_timeout"),
        ("crawl:\n  workers: 1.5\n", "config_not_whole", 7, "workers"),
        ("crawl:\n  allow_hosts: noibo.test\n", "config_not_list", 7, "allow_hosts"),
        ("crawl:\n  allow_hosts:\n    - http://noibo.test/\n", "config_bad_host", 8, "allow_hosts"),
        ("crawl: 1\n", "config_not_table", 6, "crawl"),
        ("schedule:\n  digest_at: 25:00\n", "config_bad_clock", 7, "digest_at"),
        ("schedule:\n  digest_at: sáng\n", "config_bad_clock", 7, "digest_at"),
        ("schedule:\n  digest_at: 6.5\n", "config_bad_clock", 7, "digest_at"),
        ("  contact: Ban Tuyên giáo\n", "config_bad_contact", 6, "contact"),
    ],
)
def test_a_wrong_setting_names_its_line_and_key(tmp_path, more, key, line, name):
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, OFFICE + more)
    assert (caught.value.key, caught.value.facts["line"], caught.value.facts["name"]) == (key, line, name)
    assert f"office.yaml, dòng {line}" in wording(caught.value)


def test_a_line_break_never_reaches_the_header(tmp_path):
    settings = load(tmp_path, OFFICE + '  contact: "a@b.test\\r\\nX-Header: 1"\n')
    assert settings.office.contact == "a@b.test X-Header: 1"


def test_an_office_in_a_former_province_is_told_the_present_one(tmp_path):
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, OFFICE.replace("Phú Thọ", "Bắc Kạn"))
    assert "nay thuộc Thái Nguyên" in wording(caught.value)


def test_no_file_anywhere_is_told(tmp_path):
    with pytest.raises(ConfigError) as caught:
        load_settings((tmp_path,))
    assert caught.value.key == "config_missing"
    assert "office.yaml" in wording(caught.value)


def test_the_provinces_are_34_and_every_former_one_leads_to_one_of_them():
    assert len(PRESENT) == 34
    assert set(FORMER.values()) <= PRESENT
    assert not PRESENT & set(FORMER)
    assert all(old in former_of(new) for old, new in FORMER.items())
    assert present_of("Thành phố Huế") == present_of("Thừa Thiên - Huế") == "Huế"
    assert present_of("tỉnh Bà Rịa – Vũng Tàu") == "TP.HCM"
    assert present_of("Paris") is None


def test_the_provinces_agree_with_the_official_list():
    listed = Path(__file__).parents[2] / ".." / "shared" / "facts" / "province_old_to_new.tsv"
    if not listed.exists():
        pytest.skip("the shared facts are not here")
    rows = [line.split("\t") for line in listed.read_text(encoding="utf-8").splitlines()[1:]]
    assert len(rows) == 63
    for old, new in rows:
        assert present_of(old) == present_of(new) is not None
    assert {present_of(new) for _, new in rows} == PRESENT


def test_rules_are_looked_for_in_the_working_folder_and_then_in_the_shipped_one(tmp_path):
    assert Home(root=tmp_path).rules == (shipped() / "rules",)
    (tmp_path / "rules").mkdir()
    assert Home(root=tmp_path).rules == (tmp_path / "rules", shipped() / "rules")
    assert Home(root=shipped()).rules == (shipped() / "rules",)
