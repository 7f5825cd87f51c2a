"""Invented codes of units (虚构的统一社会信用代码): valid by their check characters, of nobody.

GB 32100-2015: registering department and kind (2), region (6), organisation code (9, its last the check character of
GB 11714), check character (1). The organisation part begins with YY, which the register of codes does not issue.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ALPHABET = np.frombuffer(b"0123456789ABCDEFGHJKLMNPQRTUWXY", dtype=np.uint8)
WEIGHTS = np.array([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])
BODY_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])
BODIES = 31**6
STEP, START = 387_420_489, 123_456_789  # a step without the factor 31, so that no body comes twice
PLACE = {int(letter): place for place, letter in enumerate(ALPHABET)}


def _places(letters: NDArray[np.uint8]) -> NDArray[np.int64]:
    table = np.zeros(256, dtype=np.int64)
    for letter, place in PLACE.items():
        table[letter] = place
    return table[letters]


def _body_check(letters: NDArray[np.uint8]) -> NDArray[np.uint8]:
    values = np.where(letters >= ord("A"), letters.astype(np.int64) - 55, letters.astype(np.int64) - 48)
    check = (11 - values @ BODY_WEIGHTS % 11) % 11
    return np.where(check == 10, ord("X"), check + 48).astype(np.uint8)


def unit_ids(rows: NDArray[np.int64], prefixes: NDArray[np.bytes_]) -> NDArray[np.bytes_]:
    """Return the codes of rows (统一社会信用代码), array of `S18`, different for different rows.

    `rows` row numbers of the city from 0 to 31^6 − 1; `prefixes` the first eight characters of each, array of `S8`.
    """
    letters = np.empty((len(rows), 18), dtype=np.uint8)
    letters[:, :8] = np.ascontiguousarray(prefixes, dtype="S8").view(np.uint8).reshape(-1, 8)
    letters[:, 8:10] = ord("Y")
    rest = (rows * STEP + START) % BODIES
    for column in range(15, 9, -1):
        letters[:, column] = ALPHABET[rest % 31]
        rest //= 31
    letters[:, 16] = _body_check(letters[:, 8:16])
    check = (31 - _places(letters[:, :17]) @ WEIGHTS % 31) % 31
    letters[:, 17] = ALPHABET[check]
    return letters.reshape(-1).view("S18")
