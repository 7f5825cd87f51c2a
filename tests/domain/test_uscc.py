"""Credit codes check as GB 32100 says; python-stdnum is the second opinion."""

import numpy as np
from stdnum.cn import uscc as oracle

from supervision.domain import uscc


def test_agrees_with_the_oracle() -> None:
    """Of 31,000 random codes, each with every check character, the same ones are valid as in python-stdnum."""
    random = np.random.default_rng(7)
    alphabet = np.frombuffer(uscc.ALPHABET.encode(), np.uint8)
    codes = alphabet[random.integers(0, 31, (1000, 17))]
    every = np.hstack([np.repeat(codes, 31, axis=0), np.tile(alphabet, 1000)[:, None]])
    lettered, valid = uscc.examine(every)
    assert lettered.all()
    assert valid.sum() == 1000
    texts = [row.tobytes().decode() for row in every]
    assert valid.tolist() == [uscc_valid(text) for text in texts]


def uscc_valid(text: str) -> bool:
    """Return the oracle's answer on the check character alone."""
    return bool(oracle.calc_check_digit(text[:17]) == text[17])


def test_other_characters_are_not_a_code() -> None:
    """I, O, S, V, Z, small letters and signs do not occur in a code."""
    for character in "IOSVZa-":
        text = "9111000060003734" + character + "L"
        assert not uscc.is_code(text)
        assert not uscc.is_valid(text)


def test_none() -> None:
    """No codes give no answers."""
    lettered, valid = uscc.examine(np.zeros((0, 18), np.uint8))
    assert (len(lettered), len(valid)) == (0, 0)
