"""What headers and packed bytes say, taken alone."""

import gzip
import zlib
from contextlib import suppress
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.sources.decoding import decode, known_encoding
from knowledge.sources.web.headers import fresh_for_s
from knowledge.sources.web.packing import Damaged, Overflow, gunzipped, unpacked
from knowledge.sources.web.urls import shown

NOW = datetime(2025, 3, 1, 6, 0, tzinfo=UTC)
NOON = "Sat, 01 Mar 2025 12:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "fresh_s"),
    [
        ({}, 0),
        ({"Cache-Control": "max-age=900"}, 900),
        ({"Cache-Control": 'Public,MAX-AGE="900"'}, 900),
        ({"Cache-Control": "s-maxage=5, max-age=900", "Age": "1000"}, 0),
        ({"Cache-Control": "max-age=900, no-cache"}, 0),
        ({"Cache-Control": "no-store", "Expires": NOON}, 0),
        ({"Cache-Control": "max-age=soon"}, 0),
        ({"Cache-Control": "s-maxage=900"}, 0),
        ({"Expires": NOON}, 6 * 3600),
        ({"Expires": NOON, "Date": "Sat, 01 Mar 2025 11:00:00 GMT"}, 3600),
        ({"Expires": NOON, "Cache-Control": "max-age=900"}, 900),
        ({"Expires": "Sat, 01 Mar 2025 01:00:00 -0000"}, 0),
        ({"Expires": "0"}, 0),
        ({"Expires": "Sat, 99 Mar 2025 01:00:00 GMT"}, 0),
    ],
)
def test_for_how_long_an_answer_is_fresh(headers, fresh_s):
    assert fresh_for_s(httpx.Headers(headers), NOW) == fresh_s


def bare(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


PACK = {"gzip": gzip.compress, "deflate": zlib.compress, "": bytes}


@given(st.binary(max_size=2000), st.sampled_from(sorted(PACK)), st.integers(1, 300))
def test_whatever_was_packed_is_unpacked(body, encoding, step):
    packed = PACK[encoding](body)
    pieces = [packed[start : start + step] for start in range(0, len(packed), step)]

    assert unpacked(pieces, encoding, 10_000) == body


@given(st.binary(max_size=500), st.sampled_from(["gzip", "deflate"]))
def test_whatever_was_not_packed_is_damaged_or_small(body, encoding):
    with suppress(Damaged, Overflow):
        assert len(unpacked([body], encoding, 1000)) <= 1000


def test_deflate_without_its_header_is_unpacked():
    assert unpacked([bare(b"nahar")], "deflate", 100) == b"nahar"


def test_what_fits_is_kept_of_what_does_not():
    with pytest.raises(Overflow) as raised:
        unpacked([gzip.compress(b"0123456789")], "gzip", 4)
    assert raised.value.start == b"0123"


def test_a_gzip_file_of_several_is_unpacked():
    assert gunzipped(gzip.compress(b"a" * 100_000) + gzip.compress(b"b"), 200_000) == b"a" * 100_000 + b"b"


@pytest.mark.parametrize("data", [b"<urlset/>", gzip.compress(b"<urlset/>", mtime=0)[:-1]])
def test_a_gzip_file_that_is_none_or_half_is_damaged(data):
    with pytest.raises(Damaged, match=r"can't be unpacked|ends too early"):
        gunzipped(data, 1000)


def test_a_gzip_file_of_very_many_empty_ones_is_no_trap():
    assert gunzipped(gzip.compress(b"") * 5000, 1_000_000) == b""


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://desk:geheim@samachar.example/a?b#c", "https://***@samachar.example/a?b#c"),
        ("https://desk:ge@heim@samachar.example", "https://***@samachar.example"),
        ("desk:geheim@samachar.example/feed", "***@samachar.example/feed"),
        ("https://samachar.example/@desk", "https://samachar.example/@desk"),
        ("https://samachar.example/?mail=a@b.example", "https://samachar.example/?mail=a@b.example"),
    ],
)
def test_a_password_is_never_shown(url, text):
    assert shown(url) == text


def test_a_very_long_address_is_cut():
    assert len(shown("https://samachar.example/" + "a" * 5000)) == 301


HINDI = "बाढ़ से राहत, दिल्ली में बैठक"


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        (HINDI.encode(), "iso-8859-1", HINDI),
        (HINDI.encode()[:-1], "iso-8859-1", HINDI[:-1] + "\ufffd"),
        (HINDI.encode("utf-16"), "utf-8", HINDI),
        (HINDI.encode("utf-16-le"), "utf-16-le", HINDI),
        ("“café”".encode("cp1252"), "iso-8859-1", "“café”"),
        ("café".encode("cp1252"), "us-ascii", "café"),
        ("café".encode("cp1252"), "hex", "café"),
        ("café".encode("cp1252"), "punycode", "café"),
        ("café".encode("cp1252"), "no such thing", "café"),
    ],
)
def test_text_is_read_as_it_is_or_else_as_was_said(data, charset, text):
    assert decode(data, is_html=True, charset=known_encoding(charset)) == text
