"""The guide for users: its pictures are there, and every button or menu it names is one of the program's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

TOP = Path(__file__).parents[2]
GUIDE = TOP / "docs" / "huong-dan"
PAGES = sorted(GUIDE.glob("*.md"))
MOST_BYTES, MOST_TOGETHER = 120_000, 3_000_000


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def said() -> str:
    """Everything a page can say: the words of the templates, line by line, and the labels."""
    folder = TOP / "monitor" / "web" / "templates"
    labels = yaml.safe_load((TOP / "monitor" / "labels.yaml").read_text(encoding="utf-8"))
    told = [str(one) for group in labels.values() for one in group.values()]
    return "\n".join([*(words(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.html"))), *told])


def test_there_is_a_page_for_every_role_and_the_index_names_it() -> None:
    index = (GUIDE / "README.md").read_text(encoding="utf-8")
    assert {page.name for page in PAGES} == {"README.md", *re.findall(r"\]\(([\w-]+\.md)\)", index)}
    roles = {"lanh-dao", "can-bo-bao-chi", "van-thu", "can-bo-don-vi", "quan-tri"}
    assert {page.stem for page in PAGES} >= roles | {"bao-cao"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_the_guide_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf-8"))
    assert links
    assert [one for one in links if "://" not in one and not (GUIDE / one).resolve().is_file()] == []


def test_every_picture_is_shown_and_none_is_heavy() -> None:
    shown = {name for page in PAGES for name in re.findall(r"\(anh/([^)]+)\)", page.read_text(encoding="utf-8"))}
    there = {file.name: file.stat().st_size for file in (GUIDE / "anh").iterdir()}
    assert set(there) == shown
    assert {name: size for name, size in there.items() if size > MOST_BYTES} == {}
    assert sum(there.values()) < MOST_TOGETHER


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_name_in_bold_is_on_a_page_of_the_program(page: Path, said: str) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    bold = {words(one) for one in re.findall(r"\*\*(.+?)\*\*", text, flags=re.DOTALL)}
    assert bold
    unknown = [one for one in sorted(bold) if not re.search(rf"(?<!\w){re.escape(one)}(?!\w)", said)]
    assert unknown == []


def test_the_keys_of_the_guide_are_those_of_the_program() -> None:
    base = (TOP / "monitor" / "web" / "templates" / "base.html").read_text(encoding="utf-8")
    table = (GUIDE / "README.md").read_text(encoding="utf-8").partition("## Phím tắt")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.+?) \| (.+?)(?: \(.*\))? \|$", table, flags=re.MULTILINE)
    given = [(tuple(re.findall(r"`(.)`|`(Enter)`", keys)), told) for keys, told in rows]
    shown = re.findall(r"<dt>(.+?)</dt><dd>(.+?)</dd>", base)
    keys = {tuple(re.findall(r"<kbd>(.+?)</kbd>", dt)) for dt, _ in shown}
    assert {tuple(one or other for one, other in pair) for pair, _ in given} == keys
