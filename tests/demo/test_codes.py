"""Invented codes: valid by both check characters, different from each other, of nobody."""

from __future__ import annotations

import numpy as np
from stdnum.cn import uscc

from supervision.demo.codes import BODIES, unit_ids
from supervision.domain.uscc import examine


def test_codes_check_by_two_other_programs() -> None:
    """The directory's checker and python-stdnum both find every code valid."""
    rows = np.concatenate([np.arange(3_000), [2_799_999, BODIES - 1]])
    codes = unit_ids(rows, np.full(len(rows), b"91320505", dtype="S8"))
    letters, right = examine(np.ascontiguousarray(codes).view(np.uint8).reshape(-1, 18))
    assert letters.all() and right.all()
    assert all(uscc.is_valid(code.decode()) for code in codes)


def test_codes_are_different_and_begin_as_told() -> None:
    """Two hundred thousand rows have two hundred thousand codes, each with its district and an organisation part YY."""
    rows = np.arange(200_000)
    codes = unit_ids(rows, np.full(len(rows), b"92320583", dtype="S8"))
    assert len(np.unique(codes)) == len(rows)
    assert {code[:10] for code in codes} == {b"92320583YY"}


def test_a_row_has_one_code() -> None:
    """A code depends on its row alone: these are the codes of three rows, whole."""
    found = unit_ids(np.array([0, 1, 49_999]), np.array([b"91320505", b"92320506", b"91320585"]))
    assert found.tolist() == CODES


CODES = [b"91320505YY49M30212", b"92320506YYHT5N260K", b"91320585YY3LTCTH0U"]
