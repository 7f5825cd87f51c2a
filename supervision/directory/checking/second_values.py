"""Second values (同义列的另一个值): where two columns of a file mean one and say two things, the row is handed back."""

from __future__ import annotations

import numpy as np
import pandas as pd

from supervision.directory.checking.cells import parse
from supervision.directory.checking.conventions import Conventions
from supervision.directory.checking.problems import problems
from supervision.directory.register import Column, Register
from supervision.directory.table import Table
from supervision.errors import SupervisionError
from supervision.messages import Message


def contradictions(definition: Register, table: Table, conventions: Conventions) -> list[pd.DataFrame]:
    """Return the faults of rows whose columns contradict (同义列矛盾), by position in `table.frame`.

    Two writings of one value, such as a district's name and its code, do not.
    """
    faults = []
    for name, seconds in table.seconds.groupby("column", sort=False):
        column = definition.column(str(name))
        rows = np.searchsorted(table.line, seconds["line"].to_numpy())
        firsts = table.frame[column.name].iloc[rows].tolist()
        both = list(zip(rows.tolist(), firsts, seconds["value"], seconds["header"], strict=True))
        apart = [one for one in both if not _same(column, one[1], one[2], conventions)]
        faults.append(
            problems(
                line=np.array([row for row, *_ in apart], dtype=np.int64),
                column=column.name,
                value=[f"{first} ≠ {second}" for _, first, second, _ in apart],
                reason=[
                    Message.of("directory.contradicts", header=header, value=second) for _, _, second, header in apart
                ],
            )
        )
    return faults


def _same(column: Column, first: str, second: str, conventions: Conventions) -> bool:
    try:
        return parse(column, first, conventions) == parse(column, second, conventions)
    except SupervisionError:
        return False
