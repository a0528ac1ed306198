"""A body read within bounds: the cap counts bytes after decompression, and nothing is unpacked beyond it.

httpx unpacks whole network chunks (64 KB of gzip can hold 64 MB); so the raw stream is unpacked here, in steps.
"""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable

_STEP = 256 * 1024


class TooLargeError(Exception):
    """The body passed the cap."""


class CutShortError(Exception):
    """The compressed body ended in the middle."""


class UnknownCodingError(Exception):
    """The body is packed in a way we did not ask for; the message is its name."""


async def read(stream: AsyncIterable[bytes], coding: str, limit: int) -> tuple[bytes, int]:
    """The decompressed body and the number of raw bytes read.

    ``coding`` is the Content-Encoding. Raises TooLargeError as soon as either count passes ``limit``,
    CutShortError when a compressed stream ends early, UnknownCodingError.
    """
    coding = coding.strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise UnknownCodingError(coding)
    unpack = _Unpacker(coding, limit) if coding not in ("", "identity") else None
    out = bytearray()
    raw = 0
    async for part in stream:
        raw += len(part)
        if raw > limit:
            raise TooLargeError
        if unpack is None:
            out += part
        else:
            unpack.feed(part, out)
    if unpack is not None:
        unpack.end()
    return bytes(out), raw


class _Unpacker:
    """zlib in bounded steps, gzip with several members, deflate with or without a zlib header."""

    def __init__(self, coding: str, limit: int) -> None:
        self._gzip = "gzip" in coding
        self._limit = limit
        self._engine = zlib.decompressobj(31 if self._gzip else 15)
        self._begun = False
        self._head = b""

    def feed(self, part: bytes, out: bytearray) -> None:
        if not self._begun:
            # The two bytes of a header may come one by one.
            self._head = part = self._head + part
            if len(part) < 2:
                return
        while part:
            if self._engine.eof:
                # What follows a gzip member is another member, or padding that means nothing.
                if not self._gzip or part[0] != 0x1F:
                    return
                self._engine = zlib.decompressobj(31)
            part = self._step(part, out)

    def _step(self, part: bytes, out: bytearray) -> bytes:
        try:
            out += self._engine.decompress(part, min(_STEP, self._limit + 1 - len(out)))
        except zlib.error as error:
            if self._gzip or self._begun:
                raise CutShortError(str(error)) from error
            # "deflate" without the zlib header: what some servers send.
            self._engine = zlib.decompressobj(-15)
            self._begun = True
            return part
        self._begun = True
        if len(out) > self._limit:
            raise TooLargeError
        return self._engine.unused_data if self._engine.eof else self._engine.unconsumed_tail

    def end(self) -> None:
        if self._head and not self._engine.eof:
            raise CutShortError("compressed stream ends early")
