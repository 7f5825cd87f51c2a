"""Shares of a report (报告中的占比): counted from rows, with Wilson's interval and the units that they rest on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from supervision.domain.publication import DECIDED
from supervision.month.oversight_duties import DONE
from supervision.notice.report_content import Share
from supervision.results.outcomes import PROBLEM
from supervision.results.oversight import wilson


def share(number: int, of: int, units: int = 0) -> Share:
    """Return a share with its 95 % limits (占比与区间); `units` 0 = it is no figure for the public."""
    low, high = wilson(number, of) or (None, None)
    return Share(number=number, of=of, units=units, low=low, high=high)


def counted(rows: pd.DataFrame, happened: pd.Series[Any]) -> Share:
    """Return the share of rows to which something happened (占比), without limits: all count, none is a sample."""
    return Share(number=int(happened.sum()), of=len(rows), units=int(rows["unit_id"].nunique()))


def fulfilled(duties: pd.DataFrame) -> Share:
    """Inspections on record, of all that the draw asked for (完成率)."""
    return counted(duties, duties["state"].eq(DONE))


def hit(duties: pd.DataFrame) -> Share:
    """Inspections on record that found a problem (问题发现率)."""
    done = duties[duties["state"] == DONE]
    return share(int(done["outcome"].eq(PROBLEM).sum()), len(done), int(done["unit_id"].nunique()))


def joint(doors: pd.DataFrame) -> Share:
    """Visits of several offices together, of all visits (联合检查占比): a joint one counts once."""
    visits = doors.drop_duplicates(["round", "visit_id"])
    return counted(visits, visits["offices"].gt(1))


def in_time(clock: pd.DataFrame) -> Share:
    """Results published in time, of those published or due (按期公示率)."""
    decided = clock[clock["state"].isin(DECIDED)]
    return counted(decided, decided["state"].eq("published"))


def for_cause(calls: pd.DataFrame, kind: str) -> Share:
    """Visits of a kind, of all visits (个案检查占比): those that came together count once."""
    visits = calls.drop_duplicates(["row", "visit"])
    return counted(visits, visits["kind"].eq(kind))


def plain(number: int, of: int) -> Share:
    """Return a share without limits (不带区间的占比): of what is counted whole and is no chance."""
    return Share(number=number, of=of, units=0)


def summed(rows: pd.DataFrame, number: str, of: str) -> Share:
    """Return the share of two summed columns (合计占比), no figure for the public."""
    return plain(int(rows[number].sum()), int(rows[of].sum()))


def saved(doors: pd.DataFrame) -> int:
    """Doors that going together saved (联合减少的入企次数): a visit of three offices would have been three."""
    return len(doors) - len(doors.drop_duplicates(["round", "visit_id"]))


def ordered(codes: Iterable[str], known: Iterable[str]) -> list[str]:
    """Return codes in the order of their list (按代码表排序), those that it has not at the end; "" is left out."""
    place = {code: number for number, code in enumerate(known)}
    return sorted({code for code in codes if code}, key=lambda code: (place.get(code, len(place)), code))
