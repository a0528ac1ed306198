"""What the programs of the shipped Word templates share: blocks, tables, and the files they write."""

from __future__ import annotations

import io
import runpy
import shutil
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from monitor.config.layout import load_layout
from monitor.word.blocks import Grid, each, when
from monitor.word.making import Maker

TOP = Path(__file__).parents[2]
LAYOUT = load_layout((TOP / "rules",))


def test_blocks_under_a_condition_and_blocks_repeated_stand_between_their_tags() -> None:
    assert each("one in many", *when("one", ("body", "Có"), other=(("body", "Không"),))) == [
        ("tag", "{%p for one in many %}"),
        ("tag", "{%p if one %}"),
        ("body", "Có"),
        ("tag", "{%p else %}"),
        ("body", "Không"),
        ("tag", "{%p endif %}"),
        ("tag", "{%p endfor %}"),
    ]


def test_a_template_has_its_blocks_in_order_and_no_name_of_whoever_made_it() -> None:
    def made() -> bytes:
        maker = Maker(LAYOUT)
        grid = Grid(each="one in many", columns=(("Tên", 60.0, "{{ one.name }}"), ("Số", 20.0, "{{ one.count }}")))
        maker.blocks([("title", "Báo cáo"), *when("many", grid), ("gap", "")])
        return maker.made()

    raw = made()
    document = docx.Document(io.BytesIO(raw))
    order = [node.tag.rpartition("}")[2] for node in document.element.body]
    assert order == ["p", "p", "tbl", "p", "p", "sectPr"]
    assert [cell.text for cell in document.tables[0].columns[1].cells] == ["Số", "", "{{ one.count }}", ""]
    widths = [int(column.get(qn("w:w"))) for column in document.tables[0]._tbl.tblGrid]
    assert widths == [round(mm / 25.4 * 1440) for mm in (60, 20)]
    assert document.sections[0].header.paragraphs[0]._p.xpath("string(.//w:instrText)") == "PAGE"
    assert (document.core_properties.title, document.core_properties.author) == ("", "")
    assert raw == made()


@pytest.mark.parametrize("to", [(), ("elsewhere",)], ids=["beside it", "elsewhere"])
def test_a_program_writes_its_templates_beside_itself_or_where_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to: tuple[str, ...]
) -> None:
    program = tmp_path / "reports" / "report" / "build_case.py"
    program.parent.mkdir(parents=True)
    shutil.copy(TOP / "reports" / "report" / "build_case.py", program)
    shutil.copytree(TOP / "rules", tmp_path / "rules")
    folder = tmp_path / to[0] if to else program.parent
    folder.mkdir(exist_ok=True)
    monkeypatch.setattr("sys.argv", [str(program), *(str(folder) for _ in to)])
    runpy.run_path(str(program), run_name="__main__")
    assert (folder / "case.docx").read_bytes() == (TOP / "reports" / "report" / "case.docx").read_bytes()
