"""The pack and its own script: what was packed is found whole, and whatever was done to it afterwards is said."""

from __future__ import annotations

import ast
import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from evidence_making import NOW, member, verify

from monitor.errors import InputError, StoreError
from monitor.evidence import Member, write_pack
from monitor.evidence import verify as script_module
from monitor.model.event import Head
from monitor.model.evidence import (
    Bailiff,
    EvidenceKind,
    MissingEvidence,
    MissingReason,
    Packed,
    PackExtra,
    PackFile,
    PackKind,
)
from monitor.model.fetch import Status

MISSING = MissingEvidence(
    kind=EvidenceKind.SCREENSHOT, reason=MissingReason.NO_BROWSER, url="http://bao.test/bai-1.html", at=NOW
)
EXTRA = PackExtra(
    files=(
        PackFile(name="van-ban/01 Công văn.docx", body=b"PK docx", kind=PackKind.PAPER, note="Công văn số 7"),
        PackFile(name="../../thoat.txt", body=b"x"),
        PackFile(name="VAN-BAN/01 cong van.DOCX", body=b"another"),
        PackFile(name="nhat-ky.jsonl", body=b'{"n": 1}\n', kind=PackKind.EVENTS),
    ),
    head=Head(count=12, hash="ab" * 32),
    by="p1",
)


def members() -> list[Member]:
    return [
        member(b"%PDF-1.7 trang ba", id="b1"),
        member(b"ID3 am thanh" * 1000, id="b7", name="ban tin 6h.mp3", media_type="audio/mpeg"),
        member("Công nhân chờ.".encode(), id="b12", name="noi dung.txt", media_type="text/plain", note="Chữ"),
    ]


def packed(target: Path, **changes: Any) -> Packed:
    told: dict[str, Any] = {"case": "V1", "members": members(), "missing": [MISSING], "extra": EXTRA, "now": NOW}
    return write_pack(target, **(told | changes))


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    packed(tmp_path / "goi.zip")
    return tmp_path / "goi.zip"


@pytest.fixture
def folder(pack: Path) -> Path:
    with zipfile.ZipFile(pack) as archive:
        archive.extractall(pack.with_suffix(""))
    return pack.with_suffix("")


def manifest_of(pack: Path) -> dict[str, Any]:
    with zipfile.ZipFile(pack) as archive:
        return json.loads(archive.read("manifest.json"))  # type: ignore[no-any-return]


def test_the_pack_holds_what_it_should_in_order_under_safe_names(pack: Path) -> None:
    with zipfile.ZipFile(pack) as archive:
        assert archive.namelist() == [
            "chung-cu/b1-bao in trang 3.pdf",
            "chung-cu/b7-ban tin 6h.mp3",
            "chung-cu/b12-noi dung.txt",
            "ho-so/van-ban/01 Cong van.docx",
            "ho-so/thoat.txt",
            "ho-so/VAN-BAN/01 cong van-2.DOCX",
            "ho-so/nhat-ky.jsonl",
            "kiem_tra.py",
            "LUU-Y.txt",
            "manifest.json",
        ]
        assert archive.getinfo("chung-cu/b7-ban tin 6h.mp3").compress_type == zipfile.ZIP_STORED
        assert archive.testzip() is None


def test_the_manifest_tells_everything_by_ids_and_hashes(pack: Path) -> None:
    said = manifest_of(pack)
    assert (said["case"], said["made"], said["by"]) == ("V1", "2026-11-08T08:30:00+07:00", "p1")
    assert said["chain"] == {"count": 12, "hash": "ab" * 32}
    first = said["files"][0]
    assert first["sha256"] == hashlib.sha256(b"%PDF-1.7 trang ba").hexdigest()
    assert (first["id"], first["kind"], first["by"], first["size"]) == ("b1", "scan", "p1", 17)
    assert [one["kind"] for one in said["files"][3:7]] == ["paper", "other", "other", "events"]
    (lack,) = said["missing"]
    assert (lack["kind"], lack["reason"]) == ("screenshot", "no_browser")
    assert "trình duyệt" in lack["said"]


def test_the_notice_says_what_this_is_and_is_not(folder: Path) -> None:
    text = (folder / "LUU-Y.txt").read_text(encoding="utf-8-sig")
    assert "KHÔNG phải là vi bằng" in text
    assert "chưa ghi nhận vi bằng nào" in text
    assert "12-abababababababab" in text
    assert "Ảnh chụp màn hình – http://bao.test/bai-1.html (lúc 08:30 08/11/2026): Máy không có trình duyệt" in text
    assert "{" not in text


def test_the_notice_names_the_bailiff_where_there_is_an_act(tmp_path: Path) -> None:
    act = Bailiff(office="Văn phòng Thừa phát lại Hư Cấu", number="45/2026/VB-TPL", dated=date(2026, 11, 7))
    one = member(b"%PDF-1.7")
    one = replace(one, evidence=replace(one.evidence, bailiff=act))
    packed(tmp_path / "goi.zip", members=[one], missing=[], extra=PackExtra())
    with zipfile.ZipFile(tmp_path / "goi.zip") as archive:
        text = archive.read("LUU-Y.txt").decode("utf-8-sig")
    assert "vi bằng số 45/2026/VB-TPL, ngày 07/11/2026, Văn phòng Thừa phát lại Hư Cấu" in text
    assert "Không ghi nhận phần nào chưa lấy được" in text
    assert manifest_of(tmp_path / "goi.zip")["files"][0]["bailiff"]["number"] == "45/2026/VB-TPL"


def test_a_refused_request_is_told_with_its_code(tmp_path: Path) -> None:
    lack = MissingEvidence(
        kind=EvidenceKind.PAGE, reason=MissingReason.STORED_USED, url="http://bao.test/a", at=NOW,
        status=Status.GONE, detail="404",
    )  # fmt: skip
    packed(tmp_path / "goi.zip", missing=[lack])
    assert "(Không còn địa chỉ: 404)" in manifest_of(tmp_path / "goi.zip")["missing"][0]["said"]


def test_equal_input_makes_an_equal_pack(tmp_path: Path) -> None:
    one, two = packed(tmp_path / "1.zip"), packed(tmp_path / "2.zip")
    assert one == two
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    assert one.files == 9
    with zipfile.ZipFile(tmp_path / "1.zip") as archive:
        assert one.manifest == hashlib.sha256(archive.read("manifest.json")).hexdigest()


def test_evidence_that_is_not_what_it_was_stops_the_packing_and_leaves_nothing(tmp_path: Path) -> None:
    spoilt = replace(member(b"%PDF-1.7"), parts=lambda: iter([b"%PDF-1.8"]))
    with pytest.raises(StoreError) as caught:
        packed(tmp_path / "goi.zip", members=[spoilt])
    assert caught.value.key == "evidence_damaged"
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        packed(tmp_path / "khong-co" / "goi.zip")
    assert caught.value.key == "file_unwritable"


# The script.


def test_the_script_needs_only_an_old_python_and_nothing_of_the_project() -> None:
    source = Path(script_module.__file__).read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 8))
    imported = {node.names[0].name for node in ast.walk(tree) if isinstance(node, ast.Import)}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported == {"__future__", "hashlib", "json", "os", "pathlib", "sys", "typing", "zipfile", "zlib"}
    assert not any(isinstance(node, ast.Match | ast.NamedExpr) for node in ast.walk(tree))


def test_an_untouched_pack_holds_as_a_folder_and_as_a_zip(folder: Path, pack: Path) -> None:
    code, said = verify(folder / "kiem_tra.py")
    assert (code, "KẾT QUẢ: ĐẠT" in said) == (0, True), said
    assert "Số tệp trong danh mục: 9." in said
    code, said = verify(folder / "kiem_tra.py", str(pack))
    assert (code, "KẾT QUẢ: ĐẠT" in said) == (0, True), said


def test_the_noted_hash_of_the_manifest_is_compared(folder: Path, pack: Path) -> None:
    with zipfile.ZipFile(pack) as archive:
        mark = hashlib.sha256(archive.read("manifest.json")).hexdigest()
    assert verify(folder / "kiem_tra.py", "--ma", mark.upper())[0] == 0
    code, said = verify(folder / "kiem_tra.py", "--ma", "0" * 64)
    assert (code, "không khớp mã đã ghi" in said) == (1, True)


def test_litter_of_the_file_browser_is_no_extra_file(folder: Path) -> None:
    (folder / "Thumbs.db").write_bytes(b"x")
    assert verify(folder / "kiem_tra.py")[0] == 0


SCAN = "chung-cu/b1-bao in trang 3.pdf"


def change_a_byte(folder: Path) -> None:
    raw = (folder / SCAN).read_bytes()
    (folder / SCAN).write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))


def grow(folder: Path) -> None:
    with (folder / SCAN).open("ab") as stream:
        stream.write(b" ")


def remove(folder: Path) -> None:
    (folder / SCAN).unlink()


def add(folder: Path) -> None:
    (folder / "chung-cu" / "b99-them.pdf").write_bytes(b"%PDF")


def rename(folder: Path) -> None:
    (folder / SCAN).rename(folder / "chung-cu" / "b2-khac.pdf")


def link(folder: Path) -> None:
    (folder / "ho-so" / "lien-ket").symlink_to("/etc/hostname")


def edited(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    def act(folder: Path) -> None:
        file = folder / "manifest.json"
        said = json.loads(file.read_text(encoding="utf-8"))
        change(said)
        file.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")

    return act


def forge(folder: Path) -> None:
    """File and its line, but not the seal."""
    change_a_byte(folder)
    digest = hashlib.sha256((folder / SCAN).read_bytes()).hexdigest()
    edited(lambda said: said["files"][0].update(sha256=digest))(folder)


def change_the_script(folder: Path) -> None:
    with (folder / "kiem_tra.py").open("a", encoding="utf-8") as stream:
        stream.write("# khác\n")


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (change_a_byte, "ĐÃ BỊ THAY ĐỔI: " + SCAN),
        (grow, "ĐÃ BỊ THAY ĐỔI: " + SCAN),
        (remove, "THIẾU: " + SCAN),
        (add, "THỪA, không có trong danh mục: chung-cu/b99-them.pdf"),
        (rename, "THỪA, không có trong danh mục: chung-cu/b2-khac.pdf"),
        (link, "LIÊN KẾT, không phải tệp: ho-so/lien-ket"),
        (forge, "DANH MỤC ĐÃ BỊ SỬA"),
        (change_the_script, "ĐÃ BỊ THAY ĐỔI: kiem_tra.py"),
        (edited(lambda said: said["files"][0].update(taken="2025-01-01T00:00:00+07:00")), "DANH MỤC ĐÃ BỊ SỬA"),
        (edited(lambda said: said["files"].pop(0)), "THỪA, không có trong danh mục: " + SCAN),
        (edited(lambda said: said["files"].append(said["files"][0])), "GHI HAI LẦN trong danh mục"),
        (edited(lambda said: said["files"][0].update(name="../../../etc/hostname")), "THIẾU: ../../../etc/hostname"),
        (edited(lambda said: said.update(files="x")), "KHÔNG KIỂM TRA ĐƯỢC"),
        (edited(lambda said: said["files"][0].update(size="17")), "KHÔNG KIỂM TRA ĐƯỢC"),
        (lambda folder: (folder / "manifest.json").write_bytes(b"[" * 100_000), "KHÔNG KIỂM TRA ĐƯỢC"),
        (lambda folder: (folder / "manifest.json").unlink(), "KHÔNG KIỂM TRA ĐƯỢC"),
    ],
    ids=[
        "byte", "grown", "removed", "added", "renamed", "link", "forged", "script", "time", "line-out", "line-twice",
        "line-outside", "no-list", "no-number", "broken-manifest", "no-manifest",
    ],
)  # fmt: skip
def test_whatever_is_done_to_an_unpacked_pack_is_found(
    folder: Path, tamper: Callable[[Path], object], words: str
) -> None:
    tamper(folder)
    code, said = verify(folder / "kiem_tra.py")
    assert code == 1
    assert words in said
    assert "Traceback" not in said
    assert "KẾT QUẢ: ĐẠT" not in said


def test_a_rewritten_manifest_with_a_new_seal_is_found_by_the_noted_hash_alone(folder: Path, pack: Path) -> None:
    mark = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()

    def retime(said: dict[str, Any]) -> None:
        said["files"][0]["taken"] = "2025-01-01T00:00:00+07:00"
        said["seal"] = script_module.seal_of(said)

    edited(retime)(folder)
    assert verify(folder / "kiem_tra.py")[0] == 0
    assert verify(folder / "kiem_tra.py", "--ma", mark)[0] == 1


def test_a_zip_that_was_changed_cut_or_filled_up_is_found(folder: Path, pack: Path) -> None:
    script = folder / "kiem_tra.py"
    raw = pack.read_bytes()
    at = raw.index(b"ID3 am thanh") + 40
    spoilt = pack.with_name("sai.zip")
    spoilt.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
    assert "ĐÃ HỎNG" in verify(script, str(spoilt))[1]
    spoilt.write_bytes(raw[: len(raw) // 2])
    assert verify(script, str(spoilt))[0] == 1
    shutil.copy(pack, spoilt)
    with zipfile.ZipFile(spoilt, "a") as archive:
        archive.writestr("chung-cu/b99.txt", "thêm")
        archive.writestr("../ngoai.txt", "thêm")
    said = verify(script, str(spoilt))[1]
    assert "THỪA, không có trong danh mục: ../ngoai.txt" in said
    assert "THỪA, không có trong danh mục: chung-cu/b99.txt" in said
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(spoilt, "a") as archive:
        archive.writestr("chung-cu/b99.txt", "hai lần")
    assert "GHI HAI LẦN trong tệp ZIP: chung-cu/b99.txt" in verify(script, str(spoilt))[1]
    assert verify(script, str(pack.with_name("khong-co.zip")))[0] == 1
