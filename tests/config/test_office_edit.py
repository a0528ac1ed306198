"""The office's names changed in the file's text: everything else of it stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.config.edit_office import set_office
from monitor.config.home import shipped
from monitor.config.settings import load_settings
from monitor.errors import ConfigError
from monitor.text import clean

SHIPPED = (shipped() / "rules" / "office.yaml").read_text(encoding="utf-8")


def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "office.yaml").write_text(text, encoding="utf-8", newline="")
    return tmp_path / "office.yaml"


def lines_without(text: str, *keys: str) -> list[str]:
    return [one for one in text.splitlines() if not one.strip().startswith(tuple(f"{key}:" for key in keys))]


def test_a_name_changes_and_every_other_line_stays(tmp_path: Path) -> None:
    file = folder(tmp_path, SHIPPED)
    made = set_office(file, {"name": "LĐLĐ “tỉnh”: #1", "province": "Cao Bằng"})
    assert (made.office.name, made.office.province) == ("LĐLĐ “tỉnh”: #1", "Cao Bằng")
    after = file.read_text(encoding="utf-8")
    assert lines_without(after, "name", "province") == lines_without(SHIPPED, "name", "province")


@pytest.mark.parametrize(
    "text",
    [
        "office: {name: A, short: B, superior: C, province: Lào Cai}\n",
        "office:\n  name: A # chú thích\n  short: B\n  superior: C\n  province: Lào Cai\n  contact:\n",
        "office:\r\n  name: 'A'\r\n  short: B\r\n  superior: C\r\n  province: Lào Cai\r\n# cuối\r\n",
        "office:\n  name: >\n    A dài\n    hai dòng\n  short: B\n  superior: C\n  province: Lào Cai",
        "\ufeffoffice:\n  name: A\n  short: B\n  superior: C\n  province: Lào Cai\nschedule:\n  digest_at: '06:00'\n",
    ],
    ids=["flow", "blank", "crlf", "folded", "bom"],
)
def test_however_the_file_is_written_it_can_be_changed(tmp_path: Path, text: str) -> None:
    file = folder(tmp_path, text)
    set_office(file, {"name": "Mới", "contact": "a@b.vn"})
    office = load_settings((tmp_path,)).office
    assert (office.name, office.short, office.superior, office.contact) == ("Mới", "B", "C", "a@b.vn")
    after = file.read_bytes().decode("utf-8")
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    for comment in ("# chú thích", "# cuối", "digest_at: '06:00'"):
        assert (comment in after) == (comment in text)


def test_what_cannot_be_is_refused_and_the_old_file_stands(tmp_path: Path) -> None:
    file = folder(tmp_path, SHIPPED)
    for wrong in ({"province": "Atlantis"}, {"contact": "văn phòng"}, {"name": " "}):
        with pytest.raises(ConfigError) as told:
            set_office(file, wrong)
        assert told.value.facts["file"] == str(file)
        assert file.read_text(encoding="utf-8") == SHIPPED


@settings(max_examples=60, deadline=None)
@given(name=st.text(max_size=80))
@example(name="0\x850")
def test_any_name_that_is_taken_comes_back_as_it_was_given(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = folder(tmp_path_factory.mktemp("office"), SHIPPED)
    try:
        made = set_office(file, {"short": name})
    except ConfigError:
        assert file.read_text(encoding="utf-8") == SHIPPED
    else:
        assert made.office.short == clean(name)
