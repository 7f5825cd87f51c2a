"""Links between registers (登记表之间的引用): does the office, item or inspector that a row names exist."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from supervision.directory.checking.problems import no_problems, problems
from supervision.directory.register import Column, register
from supervision.directory.row_selection import as_arrow
from supervision.directory.table import Checked
from supervision.messages import Message


def check_links(kind: str, checked: Checked, known: Mapping[str, Collection[str]]) -> Checked:
    """Return a checked file without the rows that name what does not exist (校验引用).

    `known` maps a register ("offices", "items", "inspectors", "entities"; "departments" for department codes) to the
    ids it holds; links to registers that are not in `known` are not looked at. `*` needs no entry. Rejected rows are
    added to `rejected`; nothing else changes.
    """
    definition = register(kind)
    faults = [
        _unknown(column, checked.good[column.name], known[column.link])
        for column in definition.columns
        if column.link is not None and column.link in known
    ]
    return checked.without(pd.concat([no_problems(), *faults], ignore_index=True))


def _unknown(column: Column, values: pd.Series[str], known: Collection[str]) -> pd.DataFrame:
    """Return the faults of one column (引用不存在的单元格), by row position."""
    arrow = as_arrow(values)
    distinct = pc.unique(arrow).drop_null()
    held = distinct.filter(pc.is_in(distinct, pa.array(list(known), pa.large_string())))
    bad: dict[str, str] = {}
    fine = set(held.to_pylist())
    for text in distinct.to_pylist():
        parts = text.split(" ") if column.dtype == "list" else [text]
        missing = [part for part in parts if part != "*" and part not in fine and part not in known]
        if missing:
            bad[text] = "、".join(missing[:5])
    if not bad:
        return no_problems()
    rows = np.flatnonzero(np.asarray(pc.is_in(arrow, pa.array(list(bad), pa.large_string()))))
    texts = [str(value) for value in values.iloc[rows]]
    title = register(str(column.link)).title
    return problems(
        line=rows,
        column=column.name,
        value=texts,
        reason=[Message.of("directory.unknown_link", missing=bad[text], title=title) for text in texts],
    )
