"""Unpacking what came packed, and stopping as soon as it gets too large: a bomb never goes off."""

import zlib
from collections.abc import Iterable
from typing import Protocol

GZIP, ZLIB, BARE = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
PIECE_BYTES = 65_536


class Damaged(ValueError):
    """The bytes are not packed as was said, or end too early."""


class Overflow(ValueError):
    """There is more in it than is wanted; `start` is what fits."""

    def __init__(self, start: bytes) -> None:
        super().__init__("there is more in it than is wanted")
        self.start = start


def unpacked(pieces: Iterable[bytes], encoding: str, max_bytes: int) -> bytes:
    """The body that comes in `pieces`, packed as a Content-Encoding header says (`""` for not at all).

    Raises:
        Damaged: it can't be unpacked, or ends too early.
        Overflow: packed or unpacked it is larger than `max_bytes`; hardly more than those were unpacked.
    """
    unpacker = _unpacker(encoding)
    body, taken = bytearray(), 0
    for piece in pieces:
        taken += len(piece)
        body += unpacker.feed(piece, max_bytes + 1 - len(body))
        if max(taken, len(body)) > max_bytes:
            raise Overflow(bytes(body[:max_bytes]))
    unpacker.finish()
    return bytes(body)


def gunzipped(data: bytes, max_bytes: int) -> bytes:
    """What is in a gzip file, such as a `sitemap.xml.gz`.

    Raises:
        Damaged: it is no gzip file, or ends too early.
        Overflow: packed or unpacked it is larger than `max_bytes`.
    """
    pieces = (data[start : start + PIECE_BYTES] for start in range(0, len(data), PIECE_BYTES))
    return unpacked(pieces, "gzip", max_bytes)


class _Unpacker(Protocol):
    def feed(self, piece: bytes, most: int) -> bytes: ...

    def finish(self) -> None: ...


class _Plain:
    def feed(self, piece: bytes, most: int) -> bytes:
        return piece[:most]

    def finish(self) -> None:
        pass


class _Inflating:
    def __init__(self, *, is_gzip: bool) -> None:
        self._is_gzip = is_gzip
        self._stream: "zlib._Decompress | None" = None  # noqa: UP037 - the class is unknown when this runs

    def feed(self, piece: bytes, most: int) -> bytes:
        unpacked = b""
        try:
            while piece and len(unpacked) < most:
                if self._stream and self._stream.eof and not (self._is_gzip and piece[0] == 0x1F):
                    break  # padding behind the end
                if not self._stream or self._stream.eof:  # a gzip file may be several, one behind the other
                    self._stream = zlib.decompressobj(self._format(piece))
                unpacked += self._stream.decompress(piece, most - len(unpacked))
                piece = self._stream.unused_data
        except zlib.error as error:
            raise Damaged(f"it can't be unpacked ({error})") from error
        return unpacked

    def _format(self, piece: bytes) -> int:
        """Some servers send `deflate` without the header that belongs to it."""
        return GZIP if self._is_gzip else ZLIB if piece[0] & 0x0F == zlib.DEFLATED else BARE

    def finish(self) -> None:
        if self._stream and not self._stream.eof:
            raise Damaged("it ends too early")


def _unpacker(encoding: str) -> _Unpacker:
    match encoding.strip().lower():
        case "" | "identity":
            return _Plain()
        case "gzip" | "x-gzip":
            return _Inflating(is_gzip=True)
        case "deflate":
            return _Inflating(is_gzip=False)
        case _:
            raise Damaged(f"it is packed as {encoding!r}, which wasn't asked for")
