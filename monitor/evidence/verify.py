"""Kiểm tra gói chứng cứ: travels inside every pack as ``kiem_tra.py`` and needs nothing but Python 3.8 or newer.

It verifies every file against ``manifest.json`` and says in Vietnamese what is missing, changed or extra:

    python kiem_tra.py                     the folder it lies in
    python kiem_tra.py goi.zip             a pack as it came
    python kiem_tra.py --ma MÃ             also compares the manifest's own SHA-256 with one that was noted elsewhere

Exit 0: everything as it was packed; 1: something is not. It reads only, follows no link and never leaves its folder.
Its words stand here and not in the program's labels, because it is used where the program is not.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import zipfile
import zlib
from pathlib import Path
from typing import IO, Any

MANIFEST = "manifest.json"
LITTER = ("Thumbs.db", "desktop.ini", ".DS_Store")
STEP = 1024 * 1024
MOST_MANIFEST = 64 * 1024 * 1024


class BadPack(Exception):  # noqa: N818
    """The pack cannot be checked at all; the message says why."""


def digest_of(stream: IO[bytes]) -> tuple[str, int]:
    """SHA-256 and size of an open file."""
    digest, size = hashlib.sha256(), 0
    while True:
        part = stream.read(STEP)
        if not part:
            return digest.hexdigest(), size
        digest.update(part)
        size += len(part)


def seal_of(manifest: dict[str, Any]) -> str:
    """The SHA-256 over everything in the manifest but its seal."""
    rest = {key: value for key, value in manifest.items() if key != "seal"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Folder:
    """A pack that was unpacked."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.links: list[str] = []

    def names(self) -> list[str]:
        """All files by their names in the pack; links are set apart, never followed."""
        found: list[str] = []
        waiting = [self.top]
        while waiting:
            for path in sorted(waiting.pop().iterdir()):
                name = path.relative_to(self.top).as_posix()
                if path.is_symlink():
                    self.links.append(name)
                elif path.is_dir():
                    waiting.append(path)
                elif path.name not in LITTER:
                    found.append(name)
        return found

    def open(self, name: str) -> IO[bytes]:
        """One of ``names``."""
        return (self.top / name).open("rb")


class Archive:
    """A pack as it came."""

    def __init__(self, file: Path) -> None:
        self.zip = zipfile.ZipFile(str(file))
        self.links: list[str] = []

    def names(self) -> list[str]:
        """All files by name, a name that is there twice twice."""
        return [info.filename for info in self.zip.infolist() if not info.filename.endswith("/")]

    def open(self, name: str) -> IO[bytes]:
        """One of ``names``."""
        return self.zip.open(name)


def opened(place: Path) -> Folder | Archive:
    """The pack at a path: a folder or a ZIP."""
    if place.is_dir():
        return Folder(place)
    if not place.is_file():
        raise BadPack("Không tìm thấy " + str(place))
    try:
        return Archive(place)
    except (zipfile.BadZipFile, OSError) as error:
        raise BadPack("Không mở được tệp ZIP (có thể tải về chưa đủ): " + str(error)) from error


def read_manifest(pack: Folder | Archive, names: list[str]) -> tuple[dict[str, Any], str]:
    """The manifest and its own SHA-256. Raises BadPack where there is none that can be read."""
    if names.count(MANIFEST) != 1:
        raise BadPack("Gói không có (hoặc có nhiều hơn một) tệp " + MANIFEST + ".")
    with pack.open(MANIFEST) as stream:
        raw = stream.read(MOST_MANIFEST + 1)
    try:
        manifest = json.loads(raw.decode("utf-8"))
        listed = manifest["files"]
        fine = all(
            isinstance(one["name"], str) and isinstance(one["sha256"], str) and isinstance(one["size"], int)
            for one in listed
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadPack("Tệp " + MANIFEST + " hỏng, không đọc được: " + str(error)) from error
    if not fine or len(raw) > MOST_MANIFEST:
        raise BadPack("Tệp " + MANIFEST + " không đúng cấu trúc.")
    return manifest, hashlib.sha256(raw).hexdigest()


def check_file(pack: Folder | Archive, one: dict[str, Any]) -> str:
    """What is wrong with a listed file; empty where nothing is."""
    try:
        with pack.open(one["name"]) as stream:
            digest, size = digest_of(stream)
    except (OSError, zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, EOFError) as error:
        return "ĐÃ HỎNG, không đọc được: {} ({})".format(one["name"], error)
    if size != one["size"] or digest != one["sha256"]:
        return "ĐÃ BỊ THAY ĐỔI: {} (ghi {} byte, mã {}; nay {} byte, mã {})".format(
            one["name"], one["size"], one["sha256"][:16], size, digest[:16]
        )
    return ""


def problems_of(pack: Folder | Archive, noted: str) -> tuple[list[str], dict[str, Any], str]:
    """All that is not as it was packed, as sentences; and the manifest with its SHA-256."""
    names = pack.names()
    manifest, mark = read_manifest(pack, names)
    found = []
    if noted and noted.strip().lower() != mark:
        found.append(f"DANH MỤC ĐÃ BỊ THAY ĐỔI: mã của manifest.json là {mark}, không khớp mã đã ghi.")
    if manifest.get("seal") != seal_of(manifest):
        found.append("DANH MỤC ĐÃ BỊ SỬA: dấu niêm trong manifest.json không khớp nội dung của nó.")
    listed = [one["name"] for one in manifest["files"]]
    found += ["GHI HAI LẦN trong danh mục: " + name for name in sorted(set(listed)) if listed.count(name) > 1]
    there = set(names)
    for one in manifest["files"]:
        if one["name"] not in there:
            found.append("THIẾU: " + one["name"])
        else:
            problem = check_file(pack, one)
            if problem:
                found.append(problem)
    found += ["THỪA, không có trong danh mục: " + name for name in sorted(there - set(listed) - {MANIFEST})]
    found += ["GHI HAI LẦN trong tệp ZIP: " + name for name in sorted(there) if names.count(name) > 1]
    found += ["LIÊN KẾT, không phải tệp: " + name for name in sorted(pack.links)]
    return found, manifest, mark


def main(words: list[str]) -> int:
    """Checks the pack that the words name and prints what it found; 0 or 1."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    alone, noted = not words, ""
    places: list[str] = []
    while words:
        word, words = words[0], words[1:]
        if word == "--ma" and words:
            noted, words = words[0], words[1:]
        else:
            places.append(word)
    place = Path(places[0]) if places else Path(__file__).resolve().parent
    try:
        fine = told(place, noted)
    except (BadPack, OSError) as error:
        print(f"KHÔNG KIỂM TRA ĐƯỢC: {error}")
        fine = False
    if alone and os.name == "nt" and sys.stdin and sys.stdin.isatty():
        input("Nhấn Enter để đóng cửa sổ.")  # started by a double click
    return 0 if fine else 1


def told(place: Path, noted: str) -> bool:
    """Prints what the check of a pack found; whether all is well."""
    found, manifest, mark = problems_of(opened(place), noted)
    print("Vụ việc: {}. Gói lập lúc: {}.".format(manifest.get("case"), manifest.get("made")))
    print("Số tệp trong danh mục: {}.".format(len(manifest["files"])))
    print(f"Mã SHA-256 của manifest.json: {mark}")
    for problem in found:
        print("- " + problem)
    if found:
        print(f"KẾT QUẢ: KHÔNG ĐẠT. Có {len(found)} điểm sai; không dùng gói này làm căn cứ.")
        return False
    print("KẾT QUẢ: ĐẠT. Mọi tệp đúng như khi đóng gói.")
    if not noted:
        print("Nên đối chiếu thêm mã của manifest.json với mã mà đơn vị đã ghi lại khi lập gói (tham số --ma).")
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
