"""What click says, in Vietnamese: complete, compiled, and heard whatever the locale is."""

from __future__ import annotations

import ast
import io
import os
import string
import subprocess
import sys
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from monitor import locale

PO = locale.FOLDER / "vi" / "LC_MESSAGES" / "messages.po"

# Sentences for the programmer who declares a command wrongly; they end in a traceback, not before a user.
NEVER_SEEN = {
    "Could not determine name for option with declarations {decls!r}",
    "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? Did you"
    " mean to pass '--{name}'?",
    "Name '{name}' defined twice",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Invalid start character for option ({option})",
    "Unknown color {colour!r}",
    "Unknown standard stream '{name}'",
    "Choice({choices})",  # the repr of a type, for debuggers
}
# Calls whose sentence is not written at the call.
INDIRECT = {"extra['required']": "required"}


def _catalog() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="vi")


def _messages() -> list[Message]:
    return [message for message in _catalog() if message.id]


def _sentences(catalog: Catalog) -> dict[str, str]:
    return {_both(message.id): _both(message.string) for message in catalog if message.id}


def _both(text: object) -> str:
    return " ".join(text) if isinstance(text, list | tuple) else str(text)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _asked_by_click() -> list[str]:
    """Every sentence in click's source that goes through ``_`` or ``ngettext`` (the singular of a pair)."""
    asked = []
    for file in sorted(Path(click.__file__).parent.glob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
                continue
            if call.func.id not in ("_", "gettext", "ngettext") or not call.args:
                continue
            first = call.args[0]
            if isinstance(first, ast.Constant):
                asked.append(str(first.value))
            else:
                asked.append(INDIRECT.get(ast.unparse(first), f"{file.name}:{call.lineno} is not a literal"))
    return asked


def test_the_compiled_catalogue_is_the_one_people_edit() -> None:
    with PO.with_suffix(".mo").open("rb") as file:
        compiled = _sentences(read_mo(file))
    # Sentences only: the header names the Babel that compiled it.
    wanted = io.BytesIO()
    write_mo(wanted, _catalog())
    wanted.seek(0)
    assert compiled == _sentences(read_mo(wanted)) and len(compiled) > 50, "pybabel compile -d monitor/locale -l vi"


def test_every_sentence_click_can_say_to_a_user_is_translated() -> None:
    ready = {m.id[0] if isinstance(m.id, tuple | list) else m.id for m in _messages() if _both(m.string).strip()}
    asked = _asked_by_click()
    assert len(asked) > 40, "click no longer asks gettext the way this test looks for it"
    assert sorted(set(asked) - ready - NEVER_SEEN) == []


def test_no_translation_invents_a_placeholder_or_is_marked_doubtful() -> None:
    for message in _messages():
        assert not message.fuzzy, message.id
        # Under both forms of a plural click fills in all names, so the union of them may be used.
        assert _fields(_both(message.string)) <= _fields(_both(message.id)), message.id
        assert _both(message.string).count("%(") == _both(message.id).count("%("), message.id


PROGRAM = """
from monitor import locale
locale.install()
import ast, sys
import click

@click.group()
def main(): "Chương trình thử."

@main.command()
@click.argument("tep", type=click.Path(exists=True, dir_okay=False))
@click.option("--limit", type=click.IntRange(1, 9), default=3, show_default=True, help="Số dòng.")
@click.option("--format", type=click.Choice(["html", "md"]), required=True, help="Dạng.")
def xem(tep, limit, format): "Xem tệp."

for words in ast.literal_eval(sys.argv[1]):
    try:
        main(words, prog_name="thu")
    except SystemExit:
        print("=====", flush=True)
"""

SPOKEN = [
    (["--help"], "Cách dùng: thu"),
    (["--help"], "In hướng dẫn này rồi thoát."),
    (["--help"], "Các lệnh:"),
    (["xem", "--help"], "Tùy chọn:"),
    (["xem", "--help"], "[mặc định: 3; 1<=x<=9]"),
    (["xem", "--help"], "[bắt buộc]"),
    (["xen"], "Lỗi: Không có lệnh 'xen'. Có phải ý bạn là: 'xem'?"),
    (["xem"], "Gõ “thu xem --help” để xem hướng dẫn."),
    (["xem", "--format", "md"], "Lỗi: Thiếu đối số 'TEP'."),
    (["xem", "--limt", "1"], "Lỗi: Không có tùy chọn '--limt'. Có phải ý bạn là: '--limit'?"),
    (["xem", "--limit"], "Lỗi: Tùy chọn '--limit' cần có 1 giá trị đi kèm."),
    (["xem", "--limit", "mười"], "'mười' không phải là số hợp lệ"),
    (["xem", "--limit", "12"], "12 nằm ngoài khoảng cho phép: 1<=x<=9."),
    (["xem", "--format", "pdf"], "'pdf' không có trong các giá trị cho phép: 'html', 'md'."),
    (["xem", "khong-co.html", "--format", "md"], "Không tìm thấy 'khong-co.html'."),
    (["xem", ".", "--format", "md"], "'.' là thư mục, không phải tệp."),
    (["xem", __file__, "thừa", "--format", "md"], "Lỗi: Thừa đối số: thừa"),
]


@pytest.mark.parametrize(
    "surroundings", [{"LC_ALL": "C"}, {"LANGUAGE": "en_US:en", "LANG": "en_US.UTF-8"}, {"LC_ALL": "POSIX"}]
)
def test_click_speaks_vietnamese_whatever_the_locale_is(surroundings: dict[str, str]) -> None:
    """One process walks all the calls, for a start of Python costs more than they do."""
    env = {k: v for k, v in os.environ.items() if k not in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, repr([words for words, _ in SPOKEN])],
        env={**env, **surroundings, "PYTHONUTF8": "1", "PYTHONPATH": str(Path(__file__).parents[1])},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    answers = done.stdout.split("=====\n")
    assert len(answers) == len(SPOKEN) + 1, done.stdout
    for (words, wanted), answer in zip(SPOKEN, answers, strict=False):
        assert wanted in " ".join(answer.split()), (words, answer)
        assert "Error" not in answer and "Usage" not in answer
