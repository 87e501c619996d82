"""How each phone is usually written in Latin letters: where training starts, and its fallback."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

SPELLINGS = """
क k c q ck ch
ख kh k
ग g gh
घ gh g
ङ n ng
च ch c
छ chh ch c
ज j z g
झ jh zh j
ञ n ny y
ट t tt
ठ th t tth
ड d dd
ढ dh d
ण n nn
त t tt th
थ th t
द d th dh
ध dh d
न n nn
प p pp
फ f ph p ff
ब b v
भ bh b
म m mm
य y i e ya
र r rr
ल l ll
व v w b o
श sh s ss ti
ष sh s
स s ss c
ह h
ळ l
क़ q k
ख़ kh k
ग़ gh g
ज़ z j s
ड़ d r rd
ढ़ dh rh d
फ़ f ph
@ - a e u o
अ a u e
आ a aa o
इ i e y
ई i ee y e ea
उ u oo o
ऊ oo u o
ऋ ri r ru
ए e ai ay a
ऐ ai e ei ay
ऍ a e
ऑ o a au
ओ o oo au
औ au ou o aw
ं - n m
ँ - n
ः - h
"""
"""A phone and its common spellings, "-" for none: what a typist of Hindi would say off the cuff."""

_UNSAID = 0.02
"""For each phone against 1 for its spellings: that it isn't written at all."""

_OTHER = 0.01
"""Against the same 1: all other chunks of one letter; those of each further letter a twentieth."""


def prior(phones: Sequence[str], chunks: Sequence[str]) -> npt.NDArray[np.float64]:
    """P(chunk | phone) before anything was counted, phones by chunks; a row sums to 1."""
    usual = {line.split()[0]: line.split()[1:] for line in SPELLINGS.strip().splitlines()}
    lengths = np.array([len(chunk) for chunk in chunks])
    other = np.where(lengths == 0, _UNSAID, _OTHER * 0.05 ** (lengths - 1.0) / 26.0**lengths)
    result = np.tile(other, (len(phones), 1))
    places = {chunk or "-": place for place, chunk in enumerate(chunks)}
    for row, phone in zip(result, phones, strict=True):
        known = [places[chunk] for chunk in usual.get(phone, ()) if chunk in places]
        row[known] += 1 / max(1, len(known))
    return np.asarray(result / result.sum(axis=1, keepdims=True))
