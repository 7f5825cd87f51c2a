"""One enterprise under its code and under the number it had before is one unit, in a file and against the store."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import check

from supervision.directory.checking.same_enterprise import COLUMNS, without_same
from supervision.directory.table import Checked

CODE, OTHER, OLD = "91320505YY0000001P", "91320505YY0000002T", "320505000099999"
HEAD = "unit_id,name,region,old_number\n"


def stored(*rows: tuple[str, str | None, str | None]) -> pd.DataFrame:
    """Return what the store has: unit_id, old_number, status."""
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def told(checked: Checked, known: pd.DataFrame) -> tuple[list[str], list[tuple[int, str, object]]]:
    """Return the ids that stay, and line, code and other id of those that leave."""
    found = without_same(checked, lambda: known)
    rows = found.rejected.itertuples(index=False, name=None)
    return found.good["unit_id"].tolist(), [(line, reason.code, reason.params["other"]) for line, _, _, reason in rows]


def test_code_and_old_number_in_one_file() -> None:
    """The row under the old number that the code's row names goes back, however that number was written."""
    text = f"{HEAD}{CODE},甲,320505,320505-000099999\n{OLD},甲,320505,\n320505000088888,乙,320505,\n"
    assert told(check("entities", text), stored()) == (
        [CODE, "320505000088888"],
        [(3, "directory.same_enterprise", CODE)],
    )


def test_tax_number_in_the_code() -> None:
    """The old tax number stands in the code itself."""
    number = "320505123456788"
    code = next(
        f"91{number}{last}"
        for last in "0123456789ABCDEFGHJKLMNPQRTUWXY"
        if len(check("entities", f"{HEAD}91{number}{last},甲,320505,\n").good)
    )
    text = f"{HEAD}{code},甲,320505,\n{number},甲,320505,\n"
    assert told(check("entities", text), stored()) == ([code], [(3, "directory.same_enterprise", code)])


def test_old_number_whose_code_is_stored() -> None:
    """A row under an old number goes back where the store has the code."""
    text = f"{HEAD}{OLD},甲,320505,\n"
    assert told(check("entities", text), stored((CODE, OLD, "存续"), (OTHER, None, "存续"))) == (
        [],
        [(2, "directory.same_enterprise", CODE)],
    )


@pytest.mark.parametrize(("status", "stays"), [("存续", False), (None, False), ("注销", True)])
def test_code_whose_old_number_is_stored(status: str | None, stays: bool) -> None:
    """A row under a code goes back while the store has its old number as a unit that is not deregistered."""
    text = f"{HEAD}{CODE},甲,320505,{OLD}\n"
    faults = [] if stays else [(2, "directory.same_as_stored", OLD)]
    assert told(check("entities", text), stored((OLD, None, status))) == ([CODE] if stays else [], faults)


def test_the_store_is_asked_only_where_it_must_be() -> None:
    """Codes without old numbers need no look at the store."""

    def refuse() -> pd.DataFrame:
        raise AssertionError("asked")

    checked = check("entities", f"{HEAD}{CODE},甲,320505,\n{OTHER},乙,320505,无\n")
    assert without_same(checked, refuse) is checked
    assert told(checked, stored((OLD, None, "存续"))) == ([CODE, OTHER], [])


def test_the_same_row_again_is_no_other_unit() -> None:
    """An old number or code that the store has under the very same id stays."""
    text = f"{HEAD}{CODE},甲,320505,\n320505000088888,乙,320505,\n"
    assert told(check("entities", text), stored((CODE, OLD, "存续"), ("320505000088888", None, "存续")))[1] == []
