"""Results of single items (单项结果): 合格, 不合格, 未检查, 合理缺项, and which of them agrees with a result code.

Nothing is filled in for anybody: what the inspectors did not say stays blank, and is handed over to nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from supervision.messages import Label, Message
from supervision.results.public_categories import ResultCodes

LIST = "item_result"
PASSED, FAILED, NOT_INSPECTED, NOT_APPLICABLE = "passed", "failed", "not_inspected", "not_applicable"


def agreeing(result: str, codes: ResultCodes) -> tuple[str, ...]:
    """Return the item results that a result code leaves possible (可并存的单项结果)."""
    outcome, category = codes.outcome(result), codes.category(result)
    if outcome == "could_not":
        return (NOT_INSPECTED,)
    if category == "no_activity":
        return (NOT_INSPECTED, NOT_APPLICABLE)
    if category == "obstructed":
        return (FAILED, NOT_INSPECTED)
    return (FAILED,) if outcome == "problem" else (PASSED, NOT_APPLICABLE)


def contradictions(rows: pd.DataFrame, codes: ResultCodes) -> Iterator[tuple[int, str, Message]]:
    """Yield position, value and reason of rows whose item result contradicts their result code (前后矛盾的行).

    `rows`: result, item_result; a blank item result contradicts nothing.
    """
    for place, (result, said) in enumerate(zip(rows["result"], rows["item_result"], strict=True)):
        if pd.isna(said) or said in (allowed := agreeing(result, codes)):
            continue
        names = tuple(Label(codes.label(LIST, one, "zh"), codes.label(LIST, one, "en")) for one in allowed)
        result_name = Label(codes.label("result", result, "zh"), codes.label("result", result, "en"))
        yield place, said, Message.of("results.item_result_contradicts", result=result_name, allowed=names)
