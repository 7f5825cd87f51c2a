"""The journal of follow-up cases: where each stands, and which steps are refused, on small tables."""

import pandas as pd
import pytest

from supervision.results.case_journal import STEP_COLUMNS, faults, states

BASE = {"matter": "problem", "unit_id": "u", "office_id": "market-1", "visit_no": "2026-12/u~1", "item_id": "food"}
VISITED = {("2026-12/u~1", "food"): pd.Timestamp("2026-12-08")}


def step(number, action, day, *, case="WT-1", **more):
    """Return one step as a row."""
    return {
        "case_no": case,
        "step": number,
        "action": action,
        "happened": day,
        "text": action,
        "by": "王",
        **BASE,
        **more,
    }


def table(*rows):
    """Return steps as the register has them."""
    frame = pd.DataFrame(list(rows)).reindex(columns=list(STEP_COLUMNS))
    text = [name for name in STEP_COLUMNS if name not in ("happened", "due")]
    return frame.astype({**dict.fromkeys(text, "str"), "happened": "datetime64[s]", "due": "datetime64[s]"})


OPENED = step("00", "opened", "2026-12-09", due="2027-01-07")
ORDERED = step("01", "ordered", "2026-12-10", due="2026-12-25", document_no="责改1号")
CLOSED = step("02", "closed", "2026-12-24", outcome="corrected")


def test_where_each_case_stands() -> None:
    """The order's last day is the case's from then on; closed ones say how they ended, ratings name no unit."""
    rating = step("00", "opened", "2026-12-12", case="PJ-1", due="2026-12-27", matter="rating", unit_id=None)
    found = states(table(CLOSED, ORDERED, OPENED, rating))
    names = ["case_no", "opened", "due", "steps", "done", "outcome", "is_open", "unit_id"]
    assert [tuple(row) for row in found[names].astype({"opened": "str", "due": "str"}).itertuples(index=False)] == [
        ("PJ-1", "2026-12-12", "2026-12-27", 1, "", "", True, ""),
        ("WT-1", "2026-12-09", "2026-12-25", 3, "closed", "corrected", False, "u"),
    ]


@pytest.mark.parametrize(
    ("before", "row", "column", "code"),
    [
        ([OPENED], OPENED, None, None),
        ([OPENED], OPENED | {"text": "另一件"}, "case_no", "results.case_there"),
        ([], ORDERED, "case_no", "results.case_unknown"),
        ([OPENED, ORDERED, CLOSED], step("03", "followed", "2026-12-26"), "action", "results.case_closed"),
        ([OPENED], step("02", "followed", "2026-12-26"), "step", "results.case_step"),
        ([OPENED], ORDERED | {"office_id": "fire-1"}, "office_id", "results.case_other"),
        ([OPENED, ORDERED], step("02", "followed", "2026-12-09"), "happened", "results.case_before"),
        ([], OPENED | {"happened": "2026-12-07"}, "happened", "results.case_before_visit"),
        ([], OPENED | {"happened": "2026-12-08"}, None, None),
        ([OPENED], ORDERED | {"due": "2026-12-09"}, "due", "results.case_due_before"),
        ([OPENED], ORDERED | {"due": "2026-12-10"}, None, None),
        ([OPENED, ORDERED], CLOSED, None, None),
        ([OPENED, ORDERED], step("02", "followed", "2026-12-10"), None, None),
        ([OPENED | {"unit_id": None}], step("01", "followed", "2026-12-10"), "unit_id", "results.case_other"),
        ([OPENED], step("01", "followed", "2026-12-10", item_id=None), "item_id", "results.case_other"),
    ],
)
def test_what_may_come_next(before, row, column, code) -> None:
    """Steps are added one by one, in time, about what the case was opened with, and none after it was closed."""
    found = list(faults(table(row), table(*before), VISITED))
    assert [(place, name, said.code) for place, name, said in found] == ([(0, column, code)] if code else [])


def test_a_step_at_fault_is_not_counted() -> None:
    """What follows a refused step takes its number."""
    rows = table(OPENED, step("02", "followed", "2026-12-10"), step("01", "followed", "2026-12-10"))
    assert [place for place, _, _ in faults(rows, table().iloc[:0], VISITED)] == [1]


def test_no_steps_are_no_cases() -> None:
    """An empty register has its columns, with days as days."""
    found = states(table(OPENED).iloc[:0])
    assert (len(found), str(found["due"].dtype)) == (0, "datetime64[s]")


def test_a_refusal_says_when_and_by_whom() -> None:
    """Of a closed case the day and who closed it, of an early day the last step's, as days alone."""
    closed = CLOSED | {"by": "李"}
    ((_, _, said),) = faults(table(step("03", "followed", "2026-12-26")), table(OPENED, ORDERED, closed), VISITED)
    assert (said.params["day"], said.params["by"]) == ("2026-12-24", "李")
    ((_, _, said),) = faults(table(step("02", "followed", "2026-12-09")), table(OPENED, ORDERED), VISITED)
    assert said.params["last"] == "2026-12-10"
