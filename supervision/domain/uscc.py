"""Unified social credit codes (统一社会信用代码): the check character of GB 32100-2015, for millions at once.

Alphabet of 31 characters (digits and capitals without I, O, S, V, Z), weights 3^i mod 31 for the first 17 characters,
check character = alphabet[(31 - sum mod 31) mod 31].
"""

from __future__ import annotations

import numpy as np

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = np.array([pow(3, position, 31) for position in range(17)], dtype=np.int32)
OTHER = 255
_ORGANISATION = (3, 7, 9, 10, 5, 8, 4, 2)

_FIRST = np.zeros(256, dtype=np.bool_)
_FIRST[np.frombuffer(b"123456789ANY", dtype=np.uint8)] = True
_VALUES = np.full(256, OTHER, dtype=np.uint8)
_VALUES[np.frombuffer(ALPHABET.encode(), dtype=np.uint8)] = np.arange(31, dtype=np.uint8)

Bytes = np.ndarray[tuple[int, int], np.dtype[np.uint8]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


def examine(codes: Bytes) -> tuple[Flags, Flags]:
    """Tell which of n codes are written in the alphabet, and which of those check (批量校验).

    `codes` is uint8 of shape (n, 18), the ASCII bytes. Returns two bool arrays of length n; the second is only true
    where the first is.
    """
    values = _VALUES[codes]
    lettered = (values != OTHER).all(axis=1)
    total = values[:, :17].astype(np.int32) @ WEIGHTS
    return lettered, lettered & ((31 - total % 31) % 31 == values[:, 17])


def plausible(codes: Bytes) -> Flags:
    """Tell which codes can have been issued (是否可能赋码), n bools: `codes` is uint8 of shape (n, 18), ASCII bytes.

    The first character names the registering department (1–9, A, N, Y), the third to eighth are digits of a region
    (GB/T 2260, which begins with 1–8); what is one character eighteen times stands for no code.
    """
    digits = (codes[:, 2:8] >= ord("0")) & (codes[:, 2:8] <= ord("9"))
    region = digits.all(axis=1) & (codes[:, 2] >= ord("1")) & (codes[:, 2] <= ord("8"))
    return np.asarray(_FIRST[codes[:, 0]] & region & (codes != codes[:, :1]).any(axis=1), dtype=np.bool_)


def is_code(text: str) -> bool:
    """Tell whether a text is 18 capitals and digits of the alphabet (是否为信用代码写法), checked or not."""
    return len(text) == 18 and all(character in ALPHABET for character in text)


def is_valid(text: str) -> bool:
    """Tell whether a text is a code that can have been issued and whose check character is right (是否有效代码).

    >>> is_valid("91110000600037341L"), is_valid("91110000600037341X"), is_valid("0" * 18)
    (True, False, False)
    """
    if not is_code(text):
        return False
    codes = np.frombuffer(text.encode(), dtype=np.uint8).reshape(1, 18)
    return bool(examine(codes)[1][0] and plausible(codes)[0])


def organisation_checks(code: str) -> bool:
    """Tell whether the organisation code inside a code checks (主体标识码校验), GB 11714-1997: characters 9 to 17.

    >>> organisation_checks("91110000600037341L"), organisation_checks("91110000600037351L")
    (True, False)
    """
    body, sign = code[8:16], code[16]
    total = sum(weight * int(letter, 36) for weight, letter in zip(_ORGANISATION, body, strict=True))
    return "0123456789X0"[11 - total % 11] == sign
