"""What stands beside a published result (公示结果的附栏): task, office, district, follow-up, days of publication."""

from __future__ import annotations

import pandas as pd

from supervision.month.calendars import chosen_units
from supervision.month.round import Round
from supervision.month.round_people import units_of
from supervision.month.round_results import clock_of, expected, results_of
from supervision.notice.public_content import DETAIL_COLUMNS

KEY = ["visit_id", "item_id"]
NEVER = "never"


def result_details(round: Round, rows: pd.DataFrame | None) -> pd.DataFrame | None:
    """Return what is published beside each result (附栏): visit_id, item_id, `DETAIL_COLUMNS`, all texts.

    `rows`: the published results. A task whose list is never disclosed is not named, although it drew the unit, too.
    """
    if rows is None or rows.empty:
        return None
    found = rows[[*KEY, "unit_id"]].merge(_tasks(round), on=["unit_id", "item_id"], how="left")
    results = results_of(round)
    offices = expected(round)[[*KEY, "office_id"]]
    found = found.merge(offices, on=KEY, how="left").merge(results[[*KEY, "follow_up"]], on=KEY, how="left")
    clock = clock_of(round)
    days = found[KEY].assign(due=None, published_on=None) if clock is None else clock[[*KEY, "due", "published_on"]]
    found = found.merge(days, on=KEY, how="left")
    regions = units_of(round, found["unit_id"], ["region"]).set_index("unit_id")["region"]
    codes = round.code_lists
    words = {
        "office": found["office_id"].map({name: office.name for name, office in round.offices.items()}),
        "region": found["unit_id"].map(regions).map(_labels(codes.codes("region"), "region", round)),
        "follow_up": found["follow_up"].map(_labels(codes.codes("follow_up"), "follow_up", round)),
        "due": pd.to_datetime(found["due"]).dt.strftime("%Y-%m-%d"),
        "published_on": pd.to_datetime(found["published_on"]).dt.strftime("%Y-%m-%d"),
    }
    found = found.assign(**words)[[*KEY, *DETAIL_COLUMNS]].astype("str").fillna("")
    return found.reset_index(drop=True)


def _tasks(round: Round) -> pd.DataFrame:
    """Return which tasks that disclose their lists chose a unit for an item: unit_id, item_id, tasks joined."""
    pairs = [
        (task.task_id, item) for task in round.tasks if task.disclosure != NEVER for item in task.items
    ]  # an item may belong to several tasks, of which each drew the unit by chance
    listed = pd.DataFrame(pairs, columns=["task_id", "item_id"], dtype="str")
    chosen = chosen_units(round).merge(listed, on="task_id").sort_values("task_id", kind="stable")
    joined = chosen.groupby(["unit_id", "item_id"])["task_id"].agg(" ".join)
    return joined.rename("tasks").reset_index()


def _labels(codes: list[str], name: str, round: Round) -> dict[str, str]:
    return {code: round.code_lists.label(name, code, "zh") for code in codes}
