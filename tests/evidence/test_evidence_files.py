"""What a file handed in is, and what it is called."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import InputError
from monitor.evidence import media_type, safe_name
from monitor.labels import wording

KINDS = [
    ("trang 3.pdf", b"%PDF-1.7\n", "application/pdf"),
    ("anh", b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
    ("anh.txt", b"\x89PNG\r\n\x1a\n", "image/png"),
    ("anh.webp", b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
    ("anh.heic", b"\x00\x00\x00\x18ftypheic", "image/heic"),
    ("phat thanh.mp3", b"ID3\x04\x00", "audio/mpeg"),
    ("ghi am.m4a", b"\x00\x00\x00\x20ftypM4A ", "audio/mp4"),
    ("ghi am.wav", b"RIFF\x10\x00\x00\x00WAVEfmt ", "audio/wav"),
    ("ghi am.amr", b"#!AMR\n", "audio/amr"),
    ("truyen hinh.mp4", b"\x00\x00\x00\x20ftypisom", "video/mp4"),
    ("truyen hinh.mkv", b"\x1aE\xdf\xa3", "video/x-matroska"),
    ("truyen hinh.ts", b"G" + bytes(187) + b"G", "video/mp2t"),
    (
        "cong van.docx",
        b"PK\x03\x04\x14",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("goi.zip", b"PK\x03\x04\x14", "application/zip"),
    ("cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
    ("trang.warc.gz", b"\x1f\x8b\x08", "application/warc"),
    ("tin nhan.txt", "Gửi anh, đây là đoạn phát sóng".encode(), "text/plain"),
    ("trang.html", b"<html>", "text/html"),
    ("cat.txt", "Nộ".encode()[:-1], "text/plain"),
    ("la.dat", b"\x00\x01\x02\xff\xfe", "application/octet-stream"),
]


@pytest.mark.parametrize(("name", "head", "expected"), KINDS, ids=[name for name, _, _ in KINDS])
def test_a_file_is_what_its_bytes_say(name: str, head: bytes, expected: str) -> None:
    assert media_type(name, head) == expected


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("anh.jpg", b"MZ\x90\x00"),
        ("ghi am.mp3", b"\x7fELF\x02"),
        ("bao cao.pdf.exe", b"%PDF-1.4"),
        ("BAO CAO.EXE", b"abc"),
        ("bang.xlsm", b"PK\x03\x04"),
        ("chay", b"#!/bin/sh\n"),
        ("loi tat.lnk", b""),
        ("trang.js", b"alert(1)"),
    ],
)
def test_a_program_is_refused_whatever_it_is_called(name: str, head: bytes) -> None:
    with pytest.raises(InputError) as caught:
        media_type(name, head)
    assert caught.value.key == "evidence_program"
    assert name in wording(caught.value)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Công văn số 7: đề nghị cải chính.docx", "Cong van so 7 - de nghi cai chinh.docx"),
        ("ĐÀI PHÁT THANH.MP3", "DAI PHAT THANH.MP3"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\ảnh.png", "anh.png"),
        ("CON", "tep-CON"),
        ("nul.txt", "tep-nul.txt"),
        ("...", "tep"),
        ("日本語", "tep"),
        (".bashrc", "bashrc"),
        ("a<b>c|d?.pdf", "a-b-c-d.pdf"),
        ("tên\nxấu\x00.pdf", "ten xau.pdf"),
    ],
)
def test_names_are_made_safe_and_stay_readable(name: str, expected: str) -> None:
    assert safe_name(name) == expected


@given(st.text(max_size=400))
def test_any_name_becomes_one_that_every_system_takes_and_stays_as_it_is_then(name: str) -> None:
    made = safe_name(name)
    assert re.fullmatch(r"[A-Za-z0-9_()+,=-][A-Za-z0-9 ._()+,=-]*", made)
    assert 0 < len(made) <= 100
    assert not made.endswith((".", " "))
    assert safe_name(made) == made
