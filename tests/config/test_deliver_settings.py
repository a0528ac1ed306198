"""rules/deliver.yaml: the shipped one sends nothing, mistakes are named, secrets stand elsewhere."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from monitor.config import shipped
from monitor.config.deliver import chat_url, load_deliver, password_of
from monitor.errors import ConfigError
from monitor.labels import wording
from monitor.model.delivery import DeliverSettings, SmtpSettings

FILE = shipped() / "rules" / "deliver.yaml"


def load(folder: Path, text: str) -> DeliverSettings:
    (folder / "deliver.yaml").write_text(text, encoding="utf-8")
    return load_deliver((folder,))


def test_the_shipped_file_names_the_readers_and_sends_to_nobody() -> None:
    found = load_deliver((shipped() / "rules",))
    assert found.smtp == SmtpSettings()
    assert [one.name for one in found.profiles] == ["Ban Thường vụ", "Tổng Liên đoàn Lao động Việt Nam"]
    assert not any(one.addresses for one in found.profiles)
    assert [(one.internal_ok, one.outside) for one in found.profiles] == [(True, False), (False, True)]


def test_every_setting_of_the_server_stands_in_the_shipped_file() -> None:
    section = FILE.read_text(encoding="utf-8").partition("smtp:\n")[2].partition("\n\n")[0]
    assert set(re.findall(r"^  (\w+):", section, re.M)) == set(SmtpSettings.__dataclass_fields__)


SMTP = "smtp: {host: mail.test, sender: a@b.test"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("smtp: {host: mail.test}", "config_missing_key"),
        (SMTP + ", security: none}", "deliver_plain"),
        (SMTP + ", security: ssl}", "config_not_choice"),
        (SMTP + ", password: x}", "config_unknown_key"),
        (SMTP + ", password_env: mật khẩu}", "deliver_not_variable"),
        ("smtp: {host: mail.test, sender: 'a@b.test, c@d.test'}", "deliver_bad_address"),
        ("profiles: [{name: A, addresses: [không]}]", "deliver_bad_address"),
        ("profiles: [{name: A, addresses: ['a@b.test>\\nRCPT TO:<c@d.test']}]", "deliver_bad_address"),
        ("profiles: [{name: A, channel: chat, addresses: [nhom]}]", "deliver_unknown_channel"),
        ("profiles: [{name: A, channel: chat, internal_ok: true}]", "deliver_internal_chat"),
        ("profiles: [{name: A}, {name: A}]", "config_doubled_id"),
        ("profiles: [{name: A, topics: [lương]}]", "deliver_bad_topic"),
        ("profiles: [{name: A, places: [Nơi Nào]}]", "config_unknown_province"),
        ("profiles: [{name: A, attach: [exe]}]", "config_not_choice"),
        ("profiles: [{name: A, hour: 25h}]", "config_bad_clock"),
        ("channels: [{id: nhom}]", "config_missing_key"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_no_secret(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(ConfigError) as error:
        load(tmp_path, text + "\n")
    assert error.value.key == key
    assert error.value.facts["line"] == 1
    assert "mật khẩu" not in wording(error.value) or key != "deliver_plain" or "x}" not in wording(error.value)


def test_no_encryption_is_for_this_machine_unless_it_is_said_twice(tmp_path: Path) -> None:
    assert load(tmp_path, "smtp: {host: 127.0.0.1, sender: a@b.test, security: none}\n").smtp.host
    assert load(tmp_path, SMTP + ", security: none, plain: true}\n").smtp.plain


def test_a_password_comes_from_a_variable_or_from_a_file_that_its_owner_alone_reads(tmp_path: Path) -> None:
    smtp = SmtpSettings(user="x", password_env="MAT_KHAU", password_file="mat-khau")
    assert password_of(smtp, tmp_path, {"MAT_KHAU": "bí mật"}) == "bí mật"
    with pytest.raises(ConfigError, match="deliver_no_password"):
        password_of(smtp, tmp_path, {})
    secret = tmp_path / "mat-khau"
    secret.write_text("trong tệp\n", encoding="utf-8")
    secret.chmod(0o600)
    assert password_of(smtp, tmp_path, {}) == "trong tệp"
    if sys.platform != "win32":
        secret.chmod(0o644)
        with pytest.raises(ConfigError, match="deliver_secret_open"):
            password_of(smtp, tmp_path, {})


def test_a_channel_without_its_address_says_which_variable_is_missing(tmp_path: Path) -> None:
    (channel,) = load(tmp_path, "channels: [{id: nhom, env: KENH_NHOM}]\n").channels
    assert chat_url(channel, tmp_path, {"KENH_NHOM": "json://x.test"}) == "json://x.test"
    with pytest.raises(ConfigError) as error:
        chat_url(channel, tmp_path, {})
    assert "KENH_NHOM" in wording(error.value)
