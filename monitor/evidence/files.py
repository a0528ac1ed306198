"""What a file handed in is, by its first bytes before its name; and names that every system takes.

A file that a computer would run is no evidence that an office should keep: it is refused, whatever it is called.
"""

from __future__ import annotations

import re

from monitor.errors import InputError
from monitor.text import fold

HEAD = 4096
"""How many first bytes ``media_type`` wants to see."""
_UNKNOWN = "application/octet-stream"
_PROGRAM_STARTS = (
    b"MZ", b"\x7fELF", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe", b"#!", b"dex\n", b"L\x00\x00\x00\x01\x14\x02\x00",
)  # fmt: skip
_PROGRAM_ENDINGS = frozenset(
    (
        "apk", "app", "appimage", "bat", "bin", "chm", "cmd", "com", "cpl", "deb", "dll", "dmg", "docm", "dotm",
        "exe", "gadget", "hta", "img", "inf", "iso", "jar", "js", "jse", "lnk", "msc", "msi", "msix", "msp", "pif",
        "ppsm", "pptm", "ps1", "psm1", "py", "reg", "rpm", "run", "scf", "scr", "sh", "sys", "url", "vb", "vbe",
        "vbs", "vhd", "wsf", "wsh", "xlam", "xll", "xlsm",
    )
)  # fmt: skip
# By their first bytes.
_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"%PDF-", "application/pdf"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
    (b"\xff\xf1", "audio/aac"),
    (b"\xff\xf9", "audio/aac"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"FLV\x01", "video/x-flv"),
    (b"\x00\x00\x01\xba", "video/mpeg"),
    (b"\x00\x00\x01\xb3", "video/mpeg"),
    (b"0&\xb2u\x8ef\xcf\x11", "video/x-ms-asf"),
    (b"{\\rtf", "application/rtf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"PK\x03\x04", "application/zip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
_RIFF = {b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo", b"WEBP": "image/webp"}
_HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
# Which ending says more than the container it is written in.
_BY_ENDING = {
    "application/zip": {
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt": "application/vnd.oasis.opendocument.text",
        "ods": "application/vnd.oasis.opendocument.spreadsheet",
    },
    "application/x-ole-storage": {
        "doc": "application/msword",
        "xls": "application/vnd.ms-excel",
        "ppt": "application/vnd.ms-powerpoint",
        "msg": "application/vnd.ms-outlook",
    },
    "application/gzip": {"warc.gz": "application/warc"},
    "video/mp4": {"m4a": "audio/mp4", "mov": "video/quicktime", "3gp": "video/3gpp"},
    "video/x-matroska": {"webm": "video/webm"},
    "audio/ogg": {"ogv": "video/ogg"},
    "video/x-ms-asf": {"wma": "audio/x-ms-wma", "wmv": "video/x-ms-wmv"},
    "text/plain": {"html": "text/html", "htm": "text/html", "csv": "text/csv", "eml": "message/rfc822"},
}
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.I)
_MOST_NAME = 100


def media_type(name: str, head: bytes) -> str:
    """The media type of a file from its first bytes (``HEAD`` of them), then its name.

    Raises InputError for a program: by its bytes, or by an ending that a computer would run, behind another ending
    too ("anh.jpg.exe").
    """
    endings = [part.lower().strip() for part in name.split(".")[1:]]
    start = head[:16]
    found = _by_bytes(head)
    if endings and endings[-1] in _PROGRAM_ENDINGS:
        raise InputError("evidence_program", file=name)
    if start.startswith(_PROGRAM_STARTS) and found != "audio/amr":
        raise InputError("evidence_program", file=name)
    narrower = _BY_ENDING.get(found, {})
    for ending in (".".join(endings[-2:]), endings[-1] if endings else ""):
        if ending in narrower:
            return narrower[ending]
    return found


def _by_bytes(head: bytes) -> str:
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], _UNKNOWN)
    if head[4:8] == b"ftyp":
        return "image/heic" if head[8:12] in _HEIC else "video/mp4"
    if head[:1] == b"G" and head[188:189] == b"G":
        return "video/mp2t"
    return "text/plain" if _is_text(head) else _UNKNOWN


def _is_text(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            return False  # not just the last character cut in two
    return b"\x00" not in head


def safe_name(name: str) -> str:
    """A file name that Windows, Linux and a ZIP take: ASCII with Vietnamese folded, no path, never empty.

    "../Công văn số 7: đề nghị.docx" becomes "Cong van so 7 - de nghi.docx".
    """
    last = re.split(r"[/\\]", name)[-1]
    bare = "".join(_folded(letter) for letter in last)
    bare = re.sub(r"\s+", " ", re.sub(r"\s*:\s*", " - ", bare))
    bare = re.sub(r"-{2,}", "-", re.sub(r"[^A-Za-z0-9 ._()+,=-]", "-", bare)).strip(" .-")
    if not bare:
        return "tep"
    if _RESERVED.fullmatch(bare):
        bare = f"tep-{bare}"
    stem, dot, ending = bare.rpartition(".")
    if dot and len(ending) <= 8:
        return f"{stem[: _MOST_NAME - len(ending) - 1].rstrip(' .-') or 'tep'}.{ending}"
    return bare[:_MOST_NAME].rstrip(" .-")


def _folded(letter: str) -> str:
    """One letter without its marks, in the case it has."""
    plain = fold(letter)
    return plain.upper() if letter.isupper() else plain
