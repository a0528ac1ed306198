"""Commands are imported when they are called, and listed all the same."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from monitor.cli.lazy import Commands
from monitor.cli.main import commands

HEAVY = ("openpyxl", "docx", "docxtpl", "warcio", "lxml", "trafilatura", "httpx", "feedparser", "sqlite_utils")


def loaded_after(code: str) -> set[str]:
    program = f"import sys; {code}; print(*(one for one in {HEAVY!r} if one in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.splitlines()[-1].split())


def test_the_help_of_the_program_imports_nothing_heavy() -> None:
    assert loaded_after("from monitor.cli.main import commands; commands(['--help'], standalone_mode=False)") == set()


def test_who_does_something_to_people_needs_no_letters_and_no_web() -> None:
    assert loaded_after("import monitor.cli.people") <= {"lxml", "sqlite_utils"}


def lazy() -> Commands:
    assert isinstance(commands.commands, Commands)
    return commands.commands


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_a_command_is_listed_with_its_own_name_and_help(name: str) -> None:
    listed = Commands({one: (place, told) for one, (place, told) in lazy()._places.items()}).listed()[name]
    command = commands.commands[name]
    assert command.name == name
    assert listed.get_short_help_str(200) == command.get_short_help_str(200)


def test_commands_can_be_put_beside_and_taken_away_like_those_of_any_group() -> None:
    made = Commands({"far": ("story:story", "Xem"), "gone": ("nowhere:at_all", "Không có")})
    made["near"] = click.Command("near")
    assert list(made) == ["far", "gone", "near"]
    assert len(made) == 3
    del made["gone"], made["near"]
    assert "gone" not in made
    assert made.get("near") is None
    assert made["far"].name == "story"
    assert made.listed()["far"] is made["far"]
    with pytest.raises(KeyError):
        del made["gone"]
