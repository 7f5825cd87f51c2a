"""Corrections (更正): held against what is on record, with a reason, a second person and both values."""

import pandas as pd
import pytest
from builders import LISTS

from supervision.directory.corrections import settle
from supervision.directory.register import register

NAMES = list(register("history").names)
UNIT = "91320505MA1EXAMP07"


def rows(*cells):
    """Return rows of history: (date, visit_no, result, known_on, correction, reason, reviewer)."""
    frame = pd.DataFrame(index=range(len(cells)), columns=NAMES).astype("str")
    columns = ["date", "visit_no", "result", "known_on", "correction", "correction_reason", "correction_reviewer"]
    for place, name in enumerate(columns):
        frame[name] = pd.Series([row[place] for row in cells], dtype="str")
    for name in ("date", "known_on"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    for name in ("on_site", "withdrawn"):
        frame[name] = pd.Series(pd.NA, index=frame.index, dtype="boolean")
    return frame.assign(unit_id=UNIT, agency="market", item_id="food", kind="routine")


FIRST = ("2026-05-18", "v1", "1", "2026-05-20", None, None, None)
SECOND = ("2026-05-18", "v1", "E", "2026-05-20", "01", "选错", "李复核")


def settled(new, *before, who="赵录入"):
    """Hold one row against versions."""
    return settle("history", rows(new), rows(*before), who=who, lists=LISTS)


def said(found):
    """Return column, value and code of each fault."""
    return [[row.column, row.value, row.reason.code] for row in found.faults.itertuples()]


def test_the_same_again_is_the_same():
    """What the latest version says is no news, however late and with whatever reason it comes."""
    for late in ("2026-05-20", "2026-06-01"):
        found = settled((*FIRST[:3], late, None, "理由", None), FIRST)
        assert (found.same.tolist(), said(found)) == ([True], [])
        assert found.rows[["correction", "correction_reason"]].isna().all(axis=None)


def test_what_is_new_is_no_correction():
    """A row of another day or another visit of the day is a record of its own, without number or reason."""
    for new in (("2026-05-19", "v1"), ("2026-05-18", "v2"), ("2026-05-18", None)):
        found = settled((*new, "E", "2026-05-20", "07", "理由", "李复核"), FIRST)
        assert (found.same.tolist(), said(found)) == ([False], [])
        assert found.rows[["correction", "correction_reason", "correction_reviewer"]].isna().all(axis=None)


def test_a_change_without_a_reason_names_both_values():
    """The cell that differs is named with what is on record and what came, in both languages."""
    found = settled((*FIRST[:2], "E", "2026-06-01", None, None, "李复核"), FIRST)
    assert said(found) == [["result", "E 发现问题经责令已改正", "directory.changed"]]
    reason = found.faults["reason"].iloc[0]
    assert reason.text().startswith("库中已有记录为“1 未发现问题”，本次为“E 发现问题经责令已改正”")
    assert reason.text("en").startswith('on record is "1 no problem found", this says "E problem found')


def test_a_blank_is_a_value():
    """Giving what was blank, or taking away what was there, is a change like any other."""
    given = rows(FIRST).assign(inspector="张三")
    found = settle("history", given, rows(FIRST), who="", lists=LISTS)
    assert said(found) == [["inspector", "张三", "directory.changed"]]
    found = settle("history", rows(FIRST), given, who="", lists=LISTS)
    assert said(found) == [["inspector", "（空）", "directory.changed"]]


@pytest.mark.parametrize(
    ("reviewer", "code"),
    [
        (None, "directory.correction_unreviewed"),
        ("无", "directory.correction_unreviewed"),
        ("——", "directory.correction_unreviewed"),
        ("赵录入", "directory.correction_own"),
        (" 赵 录入", "directory.correction_own"),
    ],
)
def test_a_correction_needs_a_second_person(reviewer, code):
    """Without a reviewer, or reviewed by who enters it, it is refused."""
    found = settled((*FIRST[:2], "E", "2026-05-20", None, "选错", reviewer), FIRST)
    assert [(row[0], row[2]) for row in said(found)] == [("correction_reviewer", code)]


def test_corrections_are_counted():
    """The first correction is 01, on the same day too, the next 02, and what a file says of the number is not used."""
    first = settled((*FIRST[:2], "E", "2026-05-20", "55", "选错", "李复核"), FIRST)
    assert (said(first), first.same.tolist(), first.rows["correction"].tolist()) == ([], [False], ["01"])
    second = settled((*FIRST[:2], "A", "2026-05-20", None, "又错", "李复核"), FIRST, SECOND)
    assert second.rows[["correction", "correction_reason", "correction_reviewer"]].values.tolist() == [
        ["02", "又错", "李复核"]
    ]


def test_going_back_is_a_correction_too():
    """The old value after a correction is a change of the latest, not a repeat."""
    found = settled(FIRST, FIRST, SECOND)
    assert said(found) == [["result", "1 未发现问题", "directory.changed"]]


def test_a_correction_is_not_known_before_what_it_corrects():
    """It may be known the same day, not the day before."""
    found = settled((*FIRST[:2], "E", "2026-05-19", None, "选错", "李复核"), FIRST)
    assert said(found) == [["known_on", "2026-05-19", "directory.correction_early"]]


@pytest.mark.parametrize(("last", "codes"), [("98", []), ("99", ["directory.correction_too_many"])])
def test_two_digits_are_the_end(last, codes):
    """The ninety-ninth correction is taken, a hundredth refused."""
    before = ("2026-05-18", "v1", "E", "2026-05-20", last, "选错", "李复核")
    found = settled((*FIRST[:2], "A", "2026-05-20", None, "又错", "李复核"), FIRST, before)
    assert [row[2] for row in said(found)] == codes
