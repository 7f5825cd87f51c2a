"""Journal of warnings: where each stands after its steps, and which step may not come."""

from __future__ import annotations

import pandas as pd
import pytest

from supervision.results.warning_journal import STEP_COLUMNS, faults, states

OPENED = "W1,00,opened,referred,U1,m1,2026-11-02,5,核实,工单1,fire,甲"
FOLLOWED = "W1,01,followed,referred,U1,m1,2026-11-03,,已约谈,,,乙"
HANDED = "W1,02,handed_over,referred,U1,f1,2026-11-04,,属消防,,,乙"
CLOSED = "W1,03,closed,referred,U1,f1,2026-11-05,,已改正,,,丙"
WHOLE = (OPENED, FOLLOWED, HANDED, CLOSED)


def steps(*rows: str) -> pd.DataFrame:
    """Steps as the register has them."""
    frame = pd.DataFrame([row.split(",") for row in rows], columns=list(STEP_COLUMNS), dtype="str").replace("", pd.NA)
    return frame.assign(
        happened=pd.to_datetime(frame["happened"]).astype("datetime64[s]"),
        working_days=pd.to_numeric(frame["working_days"]).astype("Int64"),
    )


def test_where_a_warning_stands() -> None:
    """The office is the last one, the deadline counts from the opening, what was done is said last; then it closes."""
    told = [
        (row["office_id"], str(row["raised"])[:10], row["done"], row["last_by"], row["steps"], row["is_open"])
        for many in (1, 2, 3, 4)
        for row in states(steps(*reversed(WHOLE[:many]))).to_dict("records")
    ]
    assert told == [
        ("m1", "2026-11-02", "", "甲", 1, True),
        ("m1", "2026-11-02", "已约谈", "乙", 2, True),
        ("f1", "2026-11-02", "属消防", "乙", 3, True),
        ("f1", "2026-11-02", "已改正", "丙", 4, False),
    ]
    both = states(steps(*WHOLE, OPENED.replace("W1", "W0")))
    assert both["warning_no"].tolist() == ["W0", "W1"]
    assert both["is_open"].tolist() == [True, False]
    assert both["hand_over"].tolist() == ["fire", "fire"]


@pytest.mark.parametrize(
    ("on_record", "new", "column", "code"),
    [
        (WHOLE[:1], OPENED.replace("核实", "再核实"), "warning_no", "results.warning_there"),
        ((), FOLLOWED, "warning_no", "results.warning_unknown"),
        (WHOLE, CLOSED.replace(",03,", ",04,"), "action", "results.warning_closed"),
        (WHOLE, CLOSED.replace("已改正", "无问题"), "action", "results.warning_closed"),
        (WHOLE[:1], FOLLOWED.replace(",01,", ",02,"), "step", "results.warning_step"),
        ((), OPENED.replace(",00,", ",01,"), "step", "results.warning_step"),
        (WHOLE[:2], HANDED.replace("11-04", "11-02"), "happened", "results.warning_before"),
        (WHOLE[:1], FOLLOWED.replace("U1", "U2"), "unit_id", "results.warning_other"),
        (WHOLE[:1], FOLLOWED.replace("referred", "score_jump"), "signal", "results.warning_other"),
    ],
)
def test_a_step_that_may_not_come(on_record: tuple[str, ...], new: str, column: str, code: str) -> None:
    """Twice opened, unknown, closed, not the next, earlier than the last, another unit: the cell and the reason."""
    found = list(faults(steps(new), steps(*on_record)))
    assert [(place, where, reason.code) for place, where, reason in found] == [(0, column, code)]
    assert "W1" in found[0][2].text("zh")


def test_reasons_name_the_day_and_the_person() -> None:
    """When and by whom it was closed; which day the last step had."""
    (closed,) = faults(steps(CLOSED.replace("已改正", "无问题")), steps(*WHOLE))
    assert "已于 2026-11-05 由 丙 办结" in closed[2].text("zh")
    (before,) = faults(steps(HANDED.replace("11-04", "11-02")), steps(*WHOLE[:2]))
    assert "（2026-11-03）" in before[2].text("zh")


def test_rows_in_one_file() -> None:
    """A whole story is no fault, on record or not; a step of the same day neither; after a fault the rest goes on."""
    assert list(faults(steps(*WHOLE), steps())) == []
    assert list(faults(steps(*WHOLE), steps(*WHOLE))) == []
    assert list(faults(steps(FOLLOWED.replace("11-03", "11-02")), steps(OPENED))) == []
    wrong = list(faults(steps(OPENED, HANDED, FOLLOWED, HANDED), steps()))
    assert [(place, reason.code) for place, _, reason in wrong] == [(1, "results.warning_step")]
