"""What goes wrong is one Vietnamese sentence with what to do; never a traceback, never half a result."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from cli_running import Run
from press_server import outlet, write_home

from monitor import labels
from monitor.cli.main import commands
from monitor.config import Home
from monitor.errors import UsageError
from monitor.labels import label

ENGLISH = re.compile(
    r"\b(usage|options?:|commands?:|show this message|try |error|missing|no such|invalid|required|default:|TEXT|"
    r"INTEGER|PATH|FILENAME|RANGE|and exit|Aborted)\b",
    re.I,
)


@pytest.fixture
def home(root: Path) -> Home:
    return write_home(root, outlet("tin24", "{feed: http://127.0.0.1:9/rss.xml}"))


def walk(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield words, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from walk(inner, (*words, name))


ALL = sorted(words for words, _ in walk(commands))


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_the_help_of_every_command_is_vietnamese(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words, "--help")
    assert done.code == 0
    # Names of options, choices and columns are for programs.
    text = re.sub(r"--[a-z-]+|\[?[a-z_]+(?:\|\s*[a-z_]+)+\]?|(?<=[ ,(])[a-z]+(?:_[a-z]+)*(?=[,;:)])", "", done.out)
    text = text.replace("[OPTIONS]", "").replace("opml", "")
    assert not ENGLISH.search(text), ENGLISH.findall(text)
    assert done.out.startswith("Cách dùng: monitor")
    assert "Tùy chọn:" in done.out


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_and_option_says_what_it_does(words: tuple[str, ...]) -> None:
    command = dict(walk(commands))[words]
    assert command.help and len(command.help) > 10
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert parameter.help, parameter.name


@pytest.mark.parametrize(
    "words",
    [
        ("nope",),
        ("collect", "--nope"),
        ("collect", "extra"),
        ("collect", "--source"),
        ("search", "x", "--limit", "0"),
        ("search", "x", "--limit", "many"),
        ("digest", "--format", "doc"),
        ("extract",),
        ("extract", "x.html"),
        ("sources", "nope"),
        ("import",),
        ("export", "nope"),
        ("run", "--port", "x"),
        ("story", "merge"),
    ],
    ids=" ".join,
)
def test_wrong_words_are_told_in_vietnamese(run: Run, home: Home, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.code == 2
    assert "Traceback" not in done.err
    assert not re.search(r"\b(Usage|Error|Try|No such|Missing|Invalid)\b", done.err), done.err
    assert "Lỗi: " in done.err
    assert done.out == ""


@pytest.mark.parametrize("words", [("export",), (), ("sources", "import", "--help")], ids=" ".join)
def test_a_group_alone_shows_its_help(run: Run, home: Home, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert "Cách dùng" in done.out + done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "words",
    [("collect",), ("sources",), ("sources", "check"), ("search", "x"), ("digest",), ("run",), ("sources", "export")],
    ids=" ".join,
)
def test_a_mistake_in_the_sources_is_told_with_file_and_line(run: Run, root: Path, words: tuple[str, ...]) -> None:
    write_home(root, outlet("tin24", "{feed: http://a.test/rss}", "{feed: http://a.test/x, thu_muc: y}"))
    run(*words).complains(str(root / "sources.yaml"), "dòng 9", "thu_muc")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "trống"),
        ("outlets: [", "YAML"),
        ("\toutlets: []", "Tab"),
        ("outlets:\n  - id: a\n    id: b\n", "id"),
        ("[]", "sources.yaml"),
        ("outlets:\n" + outlet("a", "{feed: http://a.test/}") + outlet("a", "{feed: http://b.test/}"), "“a”"),
        ("outlets:\n" + outlet("a", "{feed: ftp://a.test/}"), "http://"),
        ("outlets: " + "[" * 10_000, "sources.yaml"),
    ],
)
def test_whatever_is_wrong_with_the_sources_is_one_sentence(run: Run, home: Home, text: str, part: str) -> None:
    home.sources_file.write_text(text, encoding="utf-8")
    run("collect").complains("sources.yaml", part)
    assert not home.database.exists()


def test_a_folder_without_configuration_is_told(run: Run, root: Path) -> None:
    run("collect").complains("sources.yaml", "monitor init")
    run("sources").complains("monitor init")


@pytest.mark.parametrize(
    "words",
    [
        ("digest", "--date", "hôm qua"),
        ("digest", "--date", "2026-02-30"),
        ("digest", "--date", "31/02/2026"),
        ("digest", "--date", "9999-12-31"),
        ("digest", "--week", "2026-W60"),
        ("digest", "--week", "9999-W52"),
        ("export", "articles", "--since", "x"),
        ("export", "articles", "--until", "0000-00-00"),
        ("export", "articles", "--until", "9999-12-31"),
        ("search", "x", "--since", "13/13/2026"),
        ("search", "từ:x"),
    ],
    ids=" ".join,
)
def test_a_day_that_is_none_is_told(run: Run, home: Home, words: tuple[str, ...]) -> None:
    run(*words).complains(words[-1].removeprefix("từ:"))


def test_a_day_and_a_week_at_once_are_told(run: Run, home: Home) -> None:
    run("digest", "--date", "2026-11-08", "--week", "2026-W45").complains("--date", "--week")


@pytest.mark.parametrize(
    "words",
    [
        ("import", "{}"),
        ("tag", "{}"),
        ("extract", "{}", "--url", "http://a.test/"),
        ("sources", "import", "{}"),
    ],
    ids=lambda words: words[0],
)
def test_a_file_that_is_not_there_or_is_a_folder_is_told(
    run: Run, home: Home, tmp_path: Path, words: tuple[str, ...]
) -> None:
    for path in (tmp_path / "không có.jsonl", tmp_path):
        done = run(*(word.format(path) for word in words))
        done.complains(str(path))
        assert done.out == ""


@pytest.mark.parametrize(
    "words",
    [("export", "articles", "-o", "{}"), ("digest", "-o", "{}"), ("sources", "export", "-o", "{}")],
    ids=lambda words: words[0],
)
def test_a_place_that_cannot_be_written_is_told(run: Run, home: Home, tmp_path: Path, words: tuple[str, ...]) -> None:
    folder = tmp_path / "thư mục"
    folder.mkdir()
    (tmp_path / "tệp").write_text("x")
    for path in (folder, tmp_path / "không có" / "x", tmp_path / "tệp" / "x"):
        run(*(word.format(path) for word in words)).complains(str(path))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["thư mục", "tệp"]


@pytest.mark.parametrize("value", ["hôm nay", "2026-13-01", "25:00", "2026-11-03T25:00:00+07:00", "0001-01-01T00:00"])
@pytest.mark.parametrize("words", [("collect",), ("digest",), ("sources",)], ids=" ".join)
def test_a_wrong_clock_is_told(
    run: Run, home: Home, surroundings: pytest.MonkeyPatch, value: str, words: tuple[str, ...]
) -> None:
    surroundings.setenv("MONITOR_NOW", value)
    run(*words).complains("MONITOR_NOW", value)


@pytest.mark.parametrize(
    "words",
    [("collect",), ("sources",), ("search", "x"), ("digest",), ("export", "articles"), ("import", "-"), ("run",)],
    ids=" ".join,
)
def test_a_database_that_cannot_be_used_is_told(run: Run, home: Home, words: tuple[str, ...]) -> None:
    home.database.mkdir(parents=True)
    run(*words).complains(str(home.database))
    home.database.rmdir()
    home.database.write_bytes(b"\x00thu khong phai co so du lieu" * 400)
    run(*words).complains(str(home.database))


@pytest.mark.parametrize("words", [("collect",), ("run",), ("digest",)], ids=" ".join)
def test_a_file_in_the_place_of_the_data_folder_is_told(run: Run, home: Home, words: tuple[str, ...]) -> None:
    home.data.rmdir()
    home.data.write_text("x")
    run(*words).complains("data")


def test_a_working_folder_that_is_a_file_is_told(run: Run, surroundings: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    surroundings.setenv("MONITOR_HOME", str(tmp_path / "x"))
    run("collect").complains("sources.yaml")


@pytest.mark.parametrize(
    "url", ["", "ftp://a.test/", "bao.vn", "javascript:alert(1)", "http://", "http://[", "http://a b/"]
)
def test_an_address_that_is_none_is_told(run: Run, home: Home, tmp_path: Path, url: str) -> None:
    (tmp_path / "a.html").write_text("<p>x</p>")
    run("extract", str(tmp_path / "a.html"), "--url", url).complains(url)


@pytest.mark.parametrize(("words", "part"), [(("--topic", "T99"), "T99"), (("--place", "Atlantis"), "Atlantis")])
def test_a_filter_that_cannot_be_is_told(run: Run, home: Home, words: tuple[str, str], part: str) -> None:
    run("search", "x", *words).complains(part)


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 500, b"<" * 100_000, b"<html>"])
def test_a_page_that_is_none_is_an_empty_answer(run: Run, home: Home, content: bytes) -> None:
    done = run("extract", "-", "--url", "http://a.test/x", stdin=content)
    assert done.code == 0
    assert done.json["url"] == "http://a.test/x"


def test_a_broken_template_is_told_with_its_name(run: Run, home: Home) -> None:
    (home.root / "reports" / "digest.html").write_text("{% if %}", encoding="utf-8")
    run("digest").complains("digest.html", "dòng 1")


def test_a_broken_rule_file_is_told_with_its_line(run: Run, tmp_path: Path, surroundings: pytest.MonkeyPatch) -> None:
    home = write_home(tmp_path, outlet("tin24", "{feed: http://127.0.0.1:9/rss.xml}"))
    surroundings.setenv("MONITOR_HOME", str(tmp_path))
    (home.root / "rules" / "tone.yaml").write_text("a: [\n", encoding="utf-8")
    run("collect").complains("tone.yaml", "dòng")
    run("tag", stdin=b'{"title": "x"}').complains("tone.yaml")


def test_an_unreachable_source_is_told_with_what_to_do(run: Run, home: Home) -> None:
    done = run("collect")
    assert done.code == 1
    assert label("cli", "all_failed") in done.out
    assert done.err == ""
    assert run("collect", "--json").json[0]["status"] == "unreachable"


def test_the_command_that_helps_stands_below_the_sentence_and_only_there(run: Run) -> None:
    sentence, below = run("collect").err.splitlines()
    assert "monitor init" not in sentence
    assert below.startswith("Lệnh: monitor init")
    error = UsageError("article_in_case", article="a1", case="VV2026-0001")
    assert labels.hint(error) == "monitor case add VV2026-0001 MÃ"
    assert labels.hint(UsageError("day_unreadable")) == ""


def test_a_file_that_cannot_be_opened_is_told_why_in_vietnamese(run: Run, home: Home) -> None:
    missing, folder = home.root / "khong.xlsx", home.root / "thu-muc"
    folder.mkdir()
    done = run("unit-report", "read", str(missing))
    assert (done.code != 0, "Không đọc được tệp" in done.err) == (True, True)
    assert "khong.xlsx (không có tệp hoặc thư mục này)." in done.err
    assert "(đây là thư mục, không phải tệp)" in run("unit-report", "read", str(folder)).err
    far = run("unit-report", "totals", "--period", "2026H1", "--format", "csv", "-o", str(missing / "a" / "x.csv"))
    assert not ENGLISH.search(done.err + far.err)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileNotFoundError(2, "No such file or directory"), "không có tệp hoặc thư mục này"),
        (PermissionError(13, "Permission denied"), "không có quyền mở"),
        (IsADirectoryError(21, "Is a directory"), "đây là thư mục, không phải tệp"),
        (OSError(99_999, "Strange trouble"), "Strange trouble"),
        (OSError("words alone"), "words alone"),
    ],
)
def test_what_the_system_says_is_told_in_our_words_where_we_have_them(error: OSError, said: str) -> None:
    assert labels.os_reason(error) == said
