"""A body is unpacked within bounds, whatever it is packed as."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.crawl import body

MEGA = 2**20
TEXT = "Liên đoàn Lao động tỉnh ".encode() * 200


def raw_deflate(text: bytes) -> bytes:
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return engine.compress(text) + engine.flush()


def read(raw: bytes, coding: str, limit: int = MEGA, step: int = 1000) -> tuple[bytes, int]:
    async def stream() -> AsyncIterator[bytes]:
        for start in range(0, len(raw), step):
            yield raw[start : start + step]

    return asyncio.run(body.read(stream(), coding, limit))


@pytest.mark.parametrize("step", [1, 7, 100_000])
@pytest.mark.parametrize(
    ("coding", "raw"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT, mtime=0)),
        ("GZIP ", gzip.compress(TEXT, mtime=0)),
        ("x-gzip", gzip.compress(TEXT, mtime=0)),
        ("gzip", gzip.compress(TEXT[:1000], mtime=0) + gzip.compress(TEXT[1000:], mtime=0)),
        ("gzip", gzip.compress(TEXT, mtime=0) + b"\0" * 300),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
    ],
    ids=["none", "identity", "gzip", "case", "x-gzip", "members", "padding", "zlib", "raw deflate"],
)
def test_every_packing_is_unpacked_in_pieces_of_any_size(coding: str, raw: bytes, step: int) -> None:
    text, size = read(raw, coding, step=step)
    assert text == TEXT
    assert size == len(raw)


def test_rubbish_after_the_last_member_is_no_fault() -> None:
    assert read(gzip.compress(TEXT, mtime=0) + b"<!-- served by -->", "gzip")[0] == TEXT


@pytest.mark.parametrize("coding", ["", "gzip", "deflate"])
def test_an_empty_body_is_empty(coding: str) -> None:
    assert read(b"", coding) == (b"", 0)


@pytest.mark.parametrize(
    "raw",
    [gzip.compress(TEXT, mtime=0)[:-1], gzip.compress(TEXT, mtime=0)[:40], b"\x1f", b"not gzip at all", b"\x1f\x8b"],
)
@pytest.mark.parametrize("step", [1, 1000])
def test_gzip_that_ends_early_or_never_was_is_cut_short(raw: bytes, step: int) -> None:
    with pytest.raises(body.CutShortError):
        read(raw, "gzip", step=step)


@pytest.mark.parametrize("raw", [zlib.compress(TEXT)[:-3], raw_deflate(TEXT)[:-3], b"\xff\xff\xff\xff"])
def test_deflate_that_ends_early_is_cut_short(raw: bytes) -> None:
    with pytest.raises(body.CutShortError):
        read(raw, "deflate")


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, gzip", "gzip, br", "nonsense"])
def test_a_packing_we_did_not_ask_for_is_named(coding: str) -> None:
    with pytest.raises(body.UnknownCodingError, match=coding):
        read(TEXT, coding)


@pytest.mark.parametrize("coding", ["", "gzip", "deflate"])
def test_the_limit_itself_is_allowed_and_one_byte_more_is_not(coding: str) -> None:
    pack = {"": bytes, "gzip": gzip.compress, "deflate": raw_deflate}[coding]
    assert len(read(pack(b"a" * 5000), coding, limit=5000)[0]) == 5000
    with pytest.raises(body.TooLargeError):
        read(pack(b"a" * 5001), coding, limit=5000)


def test_a_packed_body_beyond_the_limit_is_too_large_even_when_it_unpacks_to_nothing() -> None:
    with pytest.raises(body.TooLargeError):
        read(gzip.compress(b"") * 1000, "gzip", limit=5000)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "members"])
def test_a_bomb_is_never_unpacked_beyond_the_limit(coding: str) -> None:
    zeros = b"\0" * (64 * MEGA)
    bomb = {"gzip": gzip.compress, "deflate": raw_deflate, "members": lambda text: gzip.compress(text[:MEGA]) * 64}[
        coding
    ](zeros)
    del zeros
    assert len(bomb) < MEGA // 4
    tracemalloc.start()
    try:
        with pytest.raises(body.TooLargeError):
            read(bomb, "deflate" if coding == "deflate" else "gzip", limit=2 * MEGA, step=len(bomb))
        assert tracemalloc.get_traced_memory()[1] < 3 * 2 * MEGA
    finally:
        tracemalloc.stop()


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "", "br"]), st.integers(1, 50))
def test_any_bytes_are_read_or_refused_by_name(raw: bytes, coding: str, step: int) -> None:
    try:
        text, _ = read(raw, coding, limit=200, step=step)
    except (body.TooLargeError, body.CutShortError, body.UnknownCodingError):
        return
    assert len(text) <= 200
