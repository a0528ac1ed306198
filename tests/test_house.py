"""The house checks itself: what is said of it is so, and what it says to people is there.

README and contract against the commands, settings against their file, labels against enums and errors, templates
against digests, the size of modules and functions, the packages against their reasons, the wheel against its content.
(Which room imports which is import-linter's business.)
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import pkgutil
import re
import string
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from press_server import NOW, outlet, write_home

import monitor.model
from monitor import clock, labels
from monitor.cli.main import commands
from monitor.config import load_settings
from monitor.jobs import digest as job
from monitor.jobs.importing import import_archive
from monitor.model.digest import Office
from monitor.model.settings import CrawlSettings, DigestSettings, ScheduleSettings, Settings

TOP = Path(__file__).parents[1]
MODULES = sorted((TOP / "monitor").rglob("*.py"))
LABELS: dict[str, dict[str, str]] = yaml.safe_load((TOP / "monitor" / "labels.yaml").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MOST_LINES, MOST_IN_FUNCTION = 300, 60


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in MODULES:
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def name_of(module: Path) -> str:
    return str(module.relative_to(TOP))


# Commands.


def leaves(command: click.Command = commands, words: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by its words: "sources" and "sources check"."""
    if not isinstance(command, click.Group) or (words and command.invoke_without_command):
        yield " ".join(words), command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from leaves(inner, (*words, name))


def contract() -> dict[str, str]:
    """Every command of docs/contract.md by its words, with the line it is written as."""
    text = (TOP / "docs" / "contract.md").read_text(encoding="utf-8")
    section = text.partition("## Commands")[2].partition("\n## ")[0]
    found: dict[str, str] = {}
    for written in re.findall(r"`monitor ([^`]+)`", section):
        names = [""]
        for word in written.split():
            if not re.fullmatch(r"[a-z][a-z|-]*", word):
                break
            names = [f"{name} {one}".strip() for name in names for one in word.split("|")]
        found |= dict.fromkeys(names, written)
    return found


def test_the_contract_names_every_command_and_no_other() -> None:
    assert set(contract()) == {words for words, _ in leaves()}


@pytest.mark.parametrize(
    ("words", "command"), list(leaves()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_contract_names_every_option(words: str, command: click.Command) -> None:
    written = contract().get(words, "")
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", written) for name in parameter.opts), (
                parameter
            )


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_the_readme_tells_every_command(name: str) -> None:
    assert re.search(rf"`monitor {name}\b", (TOP / "README.md").read_text(encoding="utf-8"))


def test_the_readme_names_no_command_that_is_not_there() -> None:
    text = (TOP / "README.md").read_text(encoding="utf-8")
    said = re.findall(r"(?:`|bin/|Scripts\\)monitor ([a-z-]+)\b", text)
    assert said
    assert set(said) <= set(commands.commands)


# Settings.

SECTIONS: dict[str, Any] = {
    "office": Office,
    "crawl": CrawlSettings,
    "schedule": ScheduleSettings,
    "digest": DigestSettings,
}
OFFICE_FILE = TOP / "rules" / "office.yaml"
DERIVED = {"former"}  # known from the province


def test_the_sections_of_the_office_s_file_are_the_settings() -> None:
    assert list(yaml.safe_load(OFFICE_FILE.read_text(encoding="utf-8"))) == [field.name for field in fields(Settings)]


@pytest.mark.parametrize("section", SECTIONS)
def test_every_setting_stands_in_the_office_s_file_and_no_other(section: str) -> None:
    written = yaml.safe_load(OFFICE_FILE.read_text(encoding="utf-8"))[section]
    assert set(written) == {field.name for field in fields(SECTIONS[section])} - DERIVED


def test_every_setting_has_a_comment_above_it() -> None:
    lines = OFFICE_FILE.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if re.match(r"  \w+:", line):
            above = number - 1
            # A comment may stand above several settings of one kind.
            while re.match(r"  \w+:", lines[above]):
                above -= 1
            assert lines[above].startswith("  # "), line


def test_the_shipped_settings_are_the_defaults() -> None:
    shipped = load_settings((TOP / "rules",))
    assert shipped.crawl == CrawlSettings()
    assert shipped.schedule == ScheduleSettings()
    assert shipped.digest == DigestSettings()


# Words for people.


def enums() -> list[type[StrEnum]]:
    found: set[type[StrEnum]] = set()
    for info in pkgutil.iter_modules(monitor.model.__path__, "monitor.model."):
        module = importlib.import_module(info.name)
        found |= {
            value
            for _, value in inspect.getmembers(module, inspect.isclass)
            if issubclass(value, StrEnum) and value.__module__ == info.name
        }
    return sorted(found, key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", enums(), ids=lambda kind: kind.__name__)
def test_every_member_of_an_enum_has_a_label_and_every_label_a_member(kind: type[StrEnum]) -> None:
    assert all(labels.of(member) for member in kind)
    assert set(LABELS[kind.__name__]) == {member.value for member in kind}


def placeholders(text: str) -> set[str]:
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in string.Formatter().parse(text) if name}


def called(node: ast.Call) -> str:
    return (
        node.func.id
        if isinstance(node.func, ast.Name)
        else node.func.attr
        if isinstance(node.func, ast.Attribute)
        else ""
    )


# Who makes an error, and the facts it adds by itself.
MAKERS: dict[str, set[str]] = {
    "ConfigError": set(),
    "UsageError": set(),
    "StoreError": set(),
    "BusyError": set(),
    "InputError": set(),
    "MonitorError": set(),
    "RefusedError": set(),
    "ConflictError": set(),
    "Wrong": {"file", "line", "name"},  # config.fields, completed by config.tree
    "wrong": {"file", "line", "name"},
    "_wrong": {"file", "line", "name"},
}


def errors_made() -> Iterator[tuple[str, str, set[str] | None]]:
    """(where, key, facts given) of every error made with a literal key; None where facts are passed through."""
    for path, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or called(node) not in MAKERS or not node.args:
                continue
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                given = {word.arg for word in node.keywords}
                facts = None if None in given else {str(word) for word in given} | MAKERS[called(node)]
                yield f"{name_of(path)}:{node.lineno}", first.value, facts


def test_every_error_has_a_wording_whose_blanks_are_filled() -> None:
    made = list(errors_made())
    assert len(made) > 60
    for where, key, facts in made:
        assert key in LABELS["error"], where
        if facts is not None:
            assert placeholders(LABELS["error"][key]) <= facts, (where, key)


def test_what_is_said_of_an_error_is_for_the_page_too_and_the_command_line_s_hint_stands_apart() -> None:
    named = {key for key, text in LABELS["error"].items() if re.search(r"\bmonitor [a-z]|(?<!-)--[a-z]", text)}
    assert named == set()
    assert set(LABELS["error_hint"]) <= set(LABELS["error"])


def test_every_hint_s_blanks_are_filled_wherever_its_error_is_made() -> None:
    for where, key, facts in errors_made():
        if facts is not None and key in LABELS["error_hint"]:
            assert placeholders(LABELS["error_hint"][key]) <= facts, (where, key)


@pytest.mark.parametrize("module", [path for path in MODULES if "web" in path.parts], ids=name_of)
def test_the_desk_s_pages_say_nothing_in_their_code(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    said = [
        f"{name_of(module)}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in told
        # What a pattern looks for is said to nobody.
        and re.search("[à-ỹÀ-Ỹ]", re.sub(r"\[[^]]*-[^]]*\]", "", node.value))
    ]
    assert said == []


def test_no_wording_of_an_error_is_left_over() -> None:
    said = {
        node.value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and type(node.value) is str
    }
    assert set(LABELS["error"]) - said == set()


def test_every_label_that_is_asked_for_is_there_with_its_blanks_filled() -> None:
    asked = 0
    for path, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or called(node) != "label" or len(node.args) < 2:
                continue
            group, key = node.args[:2]
            if isinstance(group, ast.Constant) and isinstance(key, ast.Constant):
                asked += 1
                where = f"{name_of(path)}:{node.lineno}"
                assert key.value in LABELS[group.value], where
                given = {word.arg for word in node.keywords}
                if None not in given:
                    assert placeholders(LABELS[group.value][key.value]) <= given, where
    assert asked > 100


def test_everything_that_is_said_to_people_is_said_in_vietnamese_characters_that_are_composed() -> None:
    import unicodedata

    for group, wordings in LABELS.items():
        for key, text in wordings.items():
            assert isinstance(text, str), (group, key)
            assert unicodedata.is_normalized("NFC", text), (group, key)
            assert text == text.rstrip(), (group, key)


# Templates.


@pytest.mark.parametrize("template", sorted(path.name for path in (TOP / "reports").iterdir() if path.is_file()))
@pytest.mark.parametrize("full", [False, True], ids=["empty", "full"])
def test_every_template_renders_an_empty_digest_and_a_full_one(root: Path, template: str, full: bool) -> None:
    name, _, form = template.partition(".")
    assert name == "digest", "a template that no test renders"
    home = write_home(root, outlet("tin24", "{feed: http://tin24.test/rss}"))
    if full:
        rows = (
            '{"title": "Công nhân ngừng việc đòi nợ lương", "body": "Công đoàn cơ sở vào cuộc tại tỉnh Lào Cai. '
            'Công nhân đình công.", "url": "http://tin24.test/1.html", "published": "2026-11-08T06:00:00+07:00"}',
            '{"title": "Liên đoàn Lao động tỉnh Lào Cai khen thưởng đoàn viên <giỏi> & *tốt*", "body": "Công đoàn.", '
            '"published": "2026-11-08"}',
        )
        assert import_archive(home, rows).stored == 2
    text = job.digest(home, job.day(clock.local(NOW).date()), form)
    assert ("Công nhân ngừng việc" in text) is full
    assert "<giỏi>" not in text


# Size.


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_is_one_thought(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) < MOST_LINES


def test_a_function_fits_on_a_screen() -> None:
    long = [
        (f"{name_of(path)}:{node.lineno}", node.name, node.end_lineno - node.lineno + 1)
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno
        and node.end_lineno - node.lineno + 1 >= MOST_IN_FUNCTION
    ]
    assert long == []


def test_nothing_catches_whatever_comes() -> None:
    broad = [
        f"{name_of(path)}:{node.lineno}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
        and not any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
    ]
    assert broad == []


def test_every_module_and_public_function_says_what_it_is() -> None:
    silent = []
    for path, tree in trees():
        if tree.body and not ast.get_docstring(tree):
            silent.append(name_of(path))
        silent += [
            f"{name_of(path)}:{node.lineno} {node.name}"
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ]
    assert silent == []


# Packages and the wheel.


def names_of(requirements: list[str]) -> list[str]:
    return [re.match(r"[\w.-]+", one)[0] for one in requirements]  # type: ignore[index]


@pytest.mark.parametrize("package", names_of(PROJECT["dependencies"]))
def test_every_package_has_its_reason_in_the_design_notes(package: str) -> None:
    notes = (TOP / "docs" / "design-notes.md").read_text(encoding="utf-8")
    assert re.search(rf"(?<![\w-]){re.escape(package)}(?![\w-])", notes, re.I), package


@pytest.mark.skipif(
    importlib.util.find_spec("hatchling") is None, reason="hatchling, which builds the wheel, is not installed"
)
def test_the_wheel_carries_the_defaults_and_all_data(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet"]
    subprocess.run([*build, "-w", str(tmp_path), str(TOP)], check=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = {"monitor/defaults/sources.yaml"}
    for folder in ("rules", "reports"):
        wanted |= {f"monitor/defaults/{path.relative_to(TOP)}" for path in (TOP / folder).rglob("*") if path.is_file()}
    wanted |= {
        str(path.relative_to(TOP))
        for path in (TOP / "monitor").rglob("*")
        if path.is_file() and path.suffix in (".py", ".yaml", ".mo", ".tsv")
    }
    assert wanted - inside == set()
