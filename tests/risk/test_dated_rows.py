"""Questions about the past."""

import numpy as np
import pandas as pd
import pytest

from supervision.risk.dated_rows import FAR, Dated, composite, day_numbers, distinct, in_order, superseded


def ints(*values):
    """An int64 array."""
    return np.array(values, dtype=np.int64)


def test_dates_become_days_since_1970_and_missing_what_is_asked():
    """Dates before 1970 are negative, 9999 stands, NaT becomes the number given."""
    dates = pd.Series(pd.to_datetime(["1969-12-31", "1970-01-02", None])).astype("datetime64[s]")
    assert day_numbers(dates, missing=FAR).tolist() == [-1, 1, FAR]


def test_a_newer_version_replaces_only_its_own_row():
    """Rows with the same key are replaced from the day on which the next version is known; others never."""
    ends = superseded(
        unit=ints(1, 1, 1, 1), day=ints(5, 5, 5, 6), others=(ints(0, 0, 9, 0),), known=ints(30, 10, 20, 40)
    )
    assert ends.tolist() == [FAR, 30, FAR, FAR]


def test_pairs_are_the_rows_that_count_on_the_day():
    """Each question gets its own unit's rows known by its own day, without replaced ones."""
    dated = Dated.of(unit=ints(1, 0, 1, -1), counts_from=ints(10, 10, 20, 1), ends=ints(15, FAR, FAR, FAR))
    question, row = dated.pairs(ints(1, 1, 1, 0, 2), ints(9, 10, 20, 10, 99))
    assert list(zip(question.tolist(), row.tolist(), strict=True)) == [(1, 0), (2, 2), (3, 1)]


def test_codes_may_begin_anywhere():
    """Codes that all are high, as those of a partition, are asked as low ones; what is below or above has no rows."""
    low = Dated.of(unit=ints(0, 0, 2), counts_from=ints(10, 20, 5), ends=ints(FAR, FAR, FAR))
    high = Dated.of(unit=ints(0, 0, 2) + 10**9, counts_from=ints(10, 20, 5), ends=ints(FAR, FAR, FAR))
    asked, on = ints(-1, 0, 1, 2, 3, 0), ints(25, 25, 25, 25, 25, 15)
    moved = np.where(asked < 0, -1, asked + 10**9)
    assert high.latest(moved, on).tolist() == low.latest(asked, on).tolist() == [-1, 1, -1, 2, -1, 0]
    assert high.earliest(ints(5, -1, 10**9 - 1, 10**9, 10**9 + 2, 10**9 + 3)).tolist() == [-1, -1, -1, 0, 2, -1]
    assert high.pairs(moved, on)[0].tolist() == [1, 1, 3, 5]
    assert len(high._starts) == len(low._starts)


def test_latest_and_earliest_version():
    """The latest version known on a day, and the first one ever; −1 where there is none."""
    dated = Dated.of(unit=ints(0, 0, 2), counts_from=ints(10, 20, 5), ends=ints(FAR, FAR, FAR))
    assert dated.latest(ints(0, 0, 0, 1, 2), ints(9, 10, 25, 50, 50)).tolist() == [-1, 0, 1, -1, 2]
    assert dated.earliest(ints(0, 1, 2, 3)).tolist() == [0, -1, 2, -1]


def test_an_empty_register_answers_nothing():
    """No rows, no pairs, no versions."""
    dated = Dated.of(unit=ints(), counts_from=ints(), ends=ints())
    assert dated.latest(ints(0), ints(9)).tolist() == [-1]
    assert dated.earliest(ints(0)).tolist() == [-1]
    assert [part.tolist() for part in dated.pairs(ints(0), ints(9))] == [[], []]


@pytest.mark.parametrize("days", [(5,), (5, 6)])
@pytest.mark.parametrize("codes", [(3, 1, 3, 0, 1), (3, -1, 3, 0, -1), (0, 0), (-1,), (2, 10**6, 2), ()])
def test_the_different_questions_are_those_that_sorting_finds(codes, days):
    """Of one day by marks, of several by sorting: the same keys in the same order, the same places."""
    code, on = ints(*codes), ints(*(days * len(codes))[: len(codes)])
    want, place = np.unique(composite(code, on), return_inverse=True)
    slots, slot = distinct(code, on)
    assert (slots.tolist(), slot.tolist()) == (want.tolist(), place.tolist())


def test_the_rest_of_a_key_may_be_texts():
    """Numbers of events are compared only among rows of one unit and day; a blank one is like another blank one."""
    texts = pd.Series(["E1", "E1", None, None, "E2"], dtype="str")
    ends = superseded(unit=ints(1, 1, 1, 1, 1), day=ints(*[5] * 5), others=(texts,), known=ints(30, 10, 20, 40, 50))
    assert ends.tolist() == [FAR, 30, 40, FAR, FAR]


@pytest.mark.parametrize("most", [1, 5, 2**16, 2**17, 2**40])
@pytest.mark.parametrize("rows", [0, 1, 400])
def test_order_by_counting_is_that_of_comparing(most, rows):
    """Keys of few bits and of many, some below nothing, with equal ones, which keep their order."""
    rng = np.random.default_rng(most)
    first, last = rng.integers(-2, most, rows), rng.integers(-1, 7, rows).astype(np.int32)
    assert in_order(first, last).tolist() == np.lexsort((first, last)).tolist()
    assert in_order(last, first).tolist() == np.lexsort((last, first)).tolist()
