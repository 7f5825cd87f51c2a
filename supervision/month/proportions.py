"""What lists may apply to a round's findings (过罚相当提示): inside only; advice, never a penalty."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from supervision.messages import Message
from supervision.month.round import Round
from supervision.month.round_results import FAR, results_of
from supervision.results.outcomes import PROBLEM
from supervision.results.proportion import RULE, Finding, applicable, earlier_months

COLUMNS = ("visit_id", "unit_id", "item_id", "agency", "result", "first_time", "entry", "advice", "basis")
PENALTY = "penalty"


def advice_of(round: Round) -> pd.DataFrame:
    """Return the lists that may apply to each finding on record (可能适用的清单), `COLUMNS`, a row a finding and list.

    `advice` is a message or a label, in both languages. The rule in force on the day of the inspection counts,
    by today's rule files: what is advised binds nobody, and no round rests on it. No rows where it was decided that
    there is no such list.
    """
    results, codes = results_of(round), round.code_lists
    outcomes = results["result"].map({code: codes.outcome(code) for code in results["result"].unique()})
    found = results[(outcomes == PROBLEM).to_numpy(dtype=bool)].sort_values(["visit_id", "item_id"], kind="stable")
    rows: list[tuple[Any, ...]] = []
    earlier = _Earlier(round, set(found["unit_id"]))
    for row in found.to_dict("records"):
        rule = round.city.rules.on(row["inspected_on"].date()).value(RULE)
        if rule is None:
            continue
        first = earlier.is_first(row, months=earlier_months(rule))
        said = (row["visit_id"], row["unit_id"], row["item_id"], row["agency"], row["result"], first)
        lists = applicable(rule, Finding(item_id=row["item_id"], result=row["result"], first_time=first))
        if lists is None:
            advice = Message.of("month.advice_unknown", result=row["result"])
            rows.append((*said, "", advice, RULE))
            continue
        for one in lists:
            words = Message.of("month.advice_if_corrected", advice=one.advice) if one.if_corrected else one.advice
            rows.append((*said, one.entry, words, one.basis))
    return pd.DataFrame(rows, columns=list(COLUMNS))


class _Earlier:
    """What was found at some units before (既往问题): findings of an item, and penalties whatever they are for."""

    def __init__(self, round: Round, units: set[str]) -> None:
        columns = ["unit_id", "item_id", "date", "result"]
        history = round.city.register("history", on=FAR, columns=columns, of=units)
        codes = round.code_lists
        outcome = history["result"].map({code: codes.outcome(code) for code in history["result"].unique()})
        self._found = history[(outcome == PROBLEM).to_numpy(dtype=bool)]
        events = round.city.register("events", on=FAR, columns=["unit_id", "kind", "happened"], of=units)
        self._penalties = events[events["kind"] == PENALTY]

    def is_first(self, row: dict[Any, Any], *, months: int) -> bool:
        """Tell whether a finding is the first of its item, with no penalty either, within so many months before it."""
        day = row["inspected_on"]
        since = day - pd.DateOffset(months=months)
        own = self._found[(self._found["unit_id"] == row["unit_id"]) & (self._found["item_id"] == row["item_id"])]
        penalties = self._penalties[self._penalties["unit_id"] == row["unit_id"]]
        days = np.concatenate([own["date"].to_numpy(), penalties["happened"].to_numpy()])
        return not bool(((days < day.to_datetime64()) & (days >= since.to_datetime64())).any())
