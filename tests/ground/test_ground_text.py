"""Text at the door: NFC, nothing invisible, one tone spelling, foldings, and bytes by what they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from unicodedata import is_normalized, normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor import text

SENTENCE = "Công đoàn Việt Nam chăm lo đời sống người lao động, hoặc đã đề xuất tỉnh Đắk Lắk hỗ trợ."


class TestNfc:
    def test_what_comes_decomposed_leaves_composed(self) -> None:
        assert text.nfc(normalize("NFD", SENTENCE)) == SENTENCE

    def test_the_icelandic_eth_is_the_vietnamese_d_with_stroke(self) -> None:
        assert text.nfc("Ðoàn viên, Ð\u1ed3ng Nai, ðoàn") == "Đoàn viên, Đồng Nai, đoàn"

    @pytest.mark.parametrize("hidden", ["\u200b", "\u200d", "\ufeff", "\u00ad", "\u2060", "\u200e"])
    def test_what_hides_inside_a_word_is_taken_out(self, hidden: str) -> None:
        assert text.nfc(f"công{hidden} đo{hidden}àn") == "công đoàn"

    def test_what_hides_between_a_letter_and_its_mark_does_not_keep_them_apart(self) -> None:
        assert text.nfc("Cô\u200bng đoa\u200b\u0300n") == "Công đoàn"

    def test_a_headline_cannot_be_made_to_read_backwards(self) -> None:
        assert text.nfc("Công đoàn \u202egnaod\u202c \u2066x\u2069") == "Công đoàn gnaod x"

    def test_control_characters_and_lone_surrogates_go_and_line_ends_stay(self) -> None:
        assert text.nfc("a\x00b\x07c\x1bd\x7fe\x85f\ud800g\ufffeh\ti\nj") == "abcdefgh\ti\nj"

    @given(st.text())
    def test_a_second_time_changes_nothing(self, any_text: str) -> None:
        once = text.nfc(any_text)
        assert text.nfc(once) == once
        assert is_normalized("NFC", once)
        once.encode()

    @given(st.text())
    def test_clean_is_one_line_and_paragraphs_are_lines(self, any_text: str) -> None:
        line = text.clean(any_text)
        assert line == " ".join(line.split())
        assert text.clean(line) == line
        lines = text.paragraphs(any_text)
        assert text.paragraphs(lines) == lines
        assert all(one.strip() for one in lines.split("\n")) or lines == ""

    def test_odd_spaces_are_spaces(self) -> None:
        assert text.clean(" công\u00a0đoàn\u202f \u2009tỉnh\u3000\n x ") == "công đoàn tỉnh x"
        assert text.paragraphs("một\u00a0 hai \n\n \t\n ba\r\nbốn") == "một hai\nba\nbốn"


class TestTones:
    @pytest.mark.parametrize(
        ("newer", "older"),
        [
            ("hoà", "hòa"),
            ("hoá", "hóa"),
            ("hoả", "hỏa"),
            ("hoã", "hõa"),
            ("hoạ", "họa"),
            ("khoẻ", "khỏe"),
            ("xoè", "xòe"),
            ("uỷ", "ủy"),
            ("thuý", "thúy"),
            ("luỹ", "lũy"),
            ("thuỵ", "thụy"),
            ("suỳ", "sùy"),
            ("HOÀ", "HÒA"),
            ("Uỷ ban", "Ủy ban"),
            ("UỶ", "ỦY"),
            ("Hoà Bình, Khánh Hoà; uỷ viên", "Hòa Bình, Khánh Hòa; ủy viên"),
            ("(hoà)", "(hòa)"),
        ],
    )
    def test_both_spellings_become_one(self, newer: str, older: str) -> None:
        assert text.one_tone_spelling(newer) == older
        assert text.one_tone_spelling(older) == older

    @pytest.mark.parametrize(
        "word",
        [
            "quý",
            "Quý",
            "QUỲ",
            "quỳnh",
            "quà",
            "toàn",
            "hoàng",
            "hoặc",
            "ngoặt",
            "đoạn",
            "hoè".replace("è", "ẹt"),
            "khuỷu",
            "nguyễn",
            "thuyền",
            "tuyết",
            "loét",
            "oằn",
            "giày",
            "công đoàn",
            "hoạt động",
            SENTENCE,
        ],
    )
    def test_what_has_one_spelling_only_is_untouched(self, word: str) -> None:
        assert text.one_tone_spelling(word) == word

    @given(
        st.text(alphabet="hoOuUyYaAeEqQ tnăâêơưđ\u0300\u0301\u0309\u0303\u0323\u0302\u0306\u031bàạặậỷý_1", max_size=30)
    )
    @example("oà\u0302")
    @example("hoặc")
    @example("oậ")
    def test_length_and_letters_are_kept(self, any_text: str) -> None:
        before = text.nfc(any_text)
        after = text.one_tone_spelling(before)
        assert len(after) == len(before)
        assert is_normalized("NFC", after)
        assert text.fold(after) == text.fold(before)
        assert text.one_tone_spelling(after) == after

    @given(st.text(max_size=60))
    def test_length_is_kept_in_any_script(self, any_text: str) -> None:
        before = text.nfc(any_text)
        assert len(text.one_tone_spelling(before)) == len(before)


class TestFold:
    @pytest.mark.parametrize(
        ("said", "folded"),
        [
            ("Đoàn viên", "doan vien"),
            ("Ðồng Nai", "dong nai"),
            ("THƯỞNG TẾT", "thuong tet"),
            ("ủy ban uỷ ban", "uy ban uy ban"),
            (normalize("NFD", "Đắk Lắk"), "dak lak"),
            ("TP.HCM 1,2 tỉ", "tp.hcm 1,2 ti"),
        ],
    )
    def test_as_typed_without_a_vietnamese_keyboard(self, said: str, folded: str) -> None:
        assert text.fold(said) == folded

    @given(st.text(max_size=60))
    def test_a_second_time_changes_nothing(self, any_text: str) -> None:
        once = text.fold(any_text)
        assert text.fold(once) == once


class TestDecode:
    @pytest.mark.parametrize(
        "header",
        [
            "",
            "text/html; charset=utf-8",
            "text/html; charset=iso-8859-1",
            "text/xml; charset=windows-1258",
            "charset=nonsense",
            "charset=utf-16",
        ],
    )
    @pytest.mark.parametrize(
        "inside", ["", '<?xml version="1.0" encoding="iso-8859-1"?>', "<meta charset=windows-1252>"]
    )
    def test_valid_utf8_is_utf8_whatever_is_said_of_it(self, header: str, inside: str) -> None:
        assert text.decode((inside + SENTENCE).encode(), header) == inside + SENTENCE

    @pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
    def test_marks_and_first_bytes_tell_unicode_codings(self, coding: str) -> None:
        assert text.decode(("<p>" + SENTENCE).encode(coding)) == "<p>" + SENTENCE

    def test_a_mark_of_bytes_is_no_text(self) -> None:
        assert text.decode(b"\xff\xfe" + SENTENCE.encode("utf-16-le")) == SENTENCE
        assert text.decode(b"\xfe\xff" + SENTENCE.encode("utf-16-be"), "charset=utf-8") == SENTENCE

    def vietnamese_1258(self) -> bytes:
        # The code page has the vowels composed and the tones as marks of their own.
        kept = {"ă", "â", "ê", "ô", "ơ", "ư", "đ", "Đ"}
        pieces = [c if c in kept else "".join(self.apart(c)) for c in SENTENCE]
        return "".join(pieces).encode("cp1258")

    def apart(self, letter: str) -> str:
        marks = normalize("NFD", letter)
        tone = next((m for m in marks if m in "\u0300\u0301\u0309\u0303\u0323"), "")
        return normalize("NFC", marks.replace(tone, "")) + tone if tone else letter

    @pytest.mark.parametrize(
        ("header", "inside"),
        [
            ("text/html; charset=windows-1258", b""),
            ("", b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1258">'),
            ("text/html; charset=utf-8", b"<meta charset='cp1258'>"),
            ("text/html; charset=nonsense", b'<?xml version="1.0" encoding="windows-1258"?>'),
        ],
    )
    def test_the_vietnamese_code_page_is_read_where_it_is_named(self, header: str, inside: bytes) -> None:
        assert text.decode(inside + self.vietnamese_1258(), header).endswith(SENTENCE)

    @pytest.mark.parametrize("header", ["", "text/html; charset=utf-8", "text/html; charset=iso-8859-1"])
    def test_a_page_cut_in_the_middle_of_a_character_is_still_utf8(self, header: str) -> None:
        whole = ("<p>" + SENTENCE).encode()
        for end in range(20, len(whole)):
            assert text.decode(whole[:end], header).rstrip("\ufffd") == whole[:end].decode(errors="ignore")

    @pytest.mark.parametrize("header", ["", "text/html; charset=iso-8859-1"])
    def test_a_few_summaries_cut_by_bytes_do_not_spoil_a_page(self, header: str) -> None:
        cut = "Công nhân được nhận thưởng Tết sớ".encode()[:-1]
        raw = b"<p>" + b"</p><p>".join([SENTENCE.encode(), cut, SENTENCE.encode(), cut]) + b"</p>"
        assert text.decode(raw, header).count(SENTENCE) == 2

    @pytest.mark.parametrize(
        "name", ["idna", "punycode", "undefined", "unicode_escape", "utf-7", "hex", "rot13", "zip", "mbcs"]
    )
    def test_a_codec_that_is_no_charset_is_not_used(self, name: str) -> None:
        raw = b"<meta charset=" + name.encode() + b">\xff\xe1 a.b-c \\x41 " + b"a" * 100
        assert "\\x41" in text.decode(raw, f"text/html; charset={name}")

    def test_binary_is_decoded_to_something_without_harm(self) -> None:
        picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50
        assert isinstance(text.decode(picture, "image/png"), str)
        assert text.decode(b"") == ""

    @settings(deadline=None, max_examples=150)
    @given(
        st.binary(max_size=300),
        st.one_of(st.text(max_size=30), st.sampled_from(["charset=utf-16", "charset=gbk", "charset=cp1258"])),
    )
    def test_any_bytes_become_clean_text(self, raw: bytes, header: str) -> None:
        found = text.decode(raw, header)
        assert text.nfc(found) == found


class TestReferences:
    @pytest.mark.parametrize(
        ("markup", "left"),
        [
            ("a&#65;&#x41;&amp;&#10;&#x1F600;b", "a&#65;&#x41;&amp;&#10;&#x1F600;b"),
            ("a&#0;&#55555;&#xD800;&#x110000;&#xffffffff;b", "ab"),
            ("a&#" + "9" * 50_000 + ";b", "ab"),
            ("&#;&#x;&#abc;&", "&#;&#x;&#abc;&"),
        ],
    )
    def test_what_names_no_character_is_taken_out(self, markup: str, left: str) -> None:
        assert text.without_impossible_references(markup) == left


def test_names_sort_as_in_a_vietnamese_dictionary() -> None:
    names = [
        "Đồng Nai", "Ủy ban", "Cà Mau", "An Giang", "Điện Biên", "Cao Bằng", "Công đoàn xã 10", "Ông", "Ăn", "Âm",
        "Công đoàn xã 9", "Đắk Lắk", "Dự án", "Em", "Êm", "ủng hộ", "Ước", "Hà Nội", "Ha Noi", "Hạ Long", "Hải Phòng",
    ]  # fmt: skip
    assert sorted(names, key=text.vietnamese_order) == [
        "An Giang", "Ăn", "Âm", "Cà Mau", "Cao Bằng", "Công đoàn xã 9", "Công đoàn xã 10", "Dự án", "Đắk Lắk",
        "Điện Biên", "Đồng Nai", "Em", "Êm", "Ha Noi", "Hà Nội", "Hạ Long", "Hải Phòng", "Ông", "ủng hộ", "Ủy ban",
        "Ước",
    ]  # fmt: skip


def test_tones_come_in_their_order_whatever_the_spelling_of_the_characters() -> None:
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(map(nfd, reversed(tones)), key=text.vietnamese_order) == list(map(nfd, tones))


@given(st.lists(st.text(max_size=12), max_size=6))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    assert len(sorted(names, key=text.vietnamese_order)) == len(names)


@given(st.text(max_size=30), st.integers(2, 12))
def test_a_shortened_text_says_that_it_was_cut_and_never_is_too_long(words: str, most: int) -> None:
    short = text.shortened(words, most)
    assert len(short) <= most
    assert short == words or (short.endswith("…") and words.startswith(short[:-1]))


def test_a_change_reaches_every_text_of_a_value_and_no_member_of_an_enum() -> None:
    value = Held(name="a", kind=Kind.NEW, inner=(Held(name="b", kind=Kind.NEW), "c", 3, None))
    changed = text.in_every_text(value, str.upper)
    assert changed == Held(name="A", kind=Kind.NEW, inner=(Held(name="B", kind=Kind.NEW), "C", 3, None))
    assert changed.kind is Kind.NEW


class Kind(StrEnum):
    NEW = "new"


@dataclass(frozen=True, kw_only=True)
class Held:
    name: str
    kind: Kind
    inner: tuple[object, ...] = ()


def nfd(word: str) -> str:
    return normalize("NFD", word)
