"""Who was drawn for the visits (到场人员): by office and visit, by id and by name; nobody before the second draw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pandas as pd

from supervision.messages import say
from supervision.tables import tuples

COLUMNS = ["office", "visit_id", "inspector_id", "name", "half_days"]
KEYS = ["visit_id", "office", "place"]


def drawn_people(assignments: pd.DataFrame | None, calendar: pd.DataFrame, inspectors: pd.DataFrame) -> pd.DataFrame:
    """Return who goes where and when (到场人员): office, visit_id, inspector_id, name, half_days, in calendar order."""
    if assignments is None:
        return pd.DataFrame(columns=COLUMNS, dtype="str")
    places = assignments[[*KEYS, "inspector_id"]].merge(calendar[[*KEYS, "half_days"]], on=KEYS)
    found = places.merge(inspectors[["inspector_id", "name"]], on="inspector_id", how="left")
    return found.sort_values(["half_days", "visit_id", "inspector_id"])[COLUMNS].reset_index(drop=True)


def teams(assignments: pd.DataFrame | None, inspectors: pd.DataFrame) -> dict[tuple[str, str], tuple[str, str]]:
    """Return (office, visit) → ids joined by a space, names joined by 、 (检查组)."""
    if assignments is None:
        return {}
    names = dict(zip(inspectors["inspector_id"], inspectors["name"], strict=True))
    ids: dict[tuple[str, str], list[str]] = defaultdict(list)
    for visit_id, office_id, inspector_id in tuples(assignments, "visit_id", "office", "inspector_id"):
        ids[office_id, visit_id].append(inspector_id)
    return {
        key: (" ".join(sorted(some, key=str.encode)), "、".join(_called(sorted(some, key=str.encode), names)))
        for key, some in ids.items()
    }


def partner_words(others: Iterable[tuple[str, tuple[str, str] | None, int]]) -> str:
    """Return the other offices of a visit with their people (同行机构及人员).

    `others`: name of the office, ids and names of its team, how many it sends; before the draw the count is told.
    """
    told = ((office, team[1] if team else say("notice.people", count=count)) for office, team, count in others)
    return "；".join(say("notice.paper.partner", office=office, names=names) for office, names in told)


def _called(ids: Sequence[str], names: Mapping[str, str]) -> Iterator[str]:
    """Yield what the people of a visit are called (称呼): by name, those of one name with their ids."""
    told = [names[one] for one in ids]
    for one, name in zip(ids, told, strict=True):
        yield f"{name}（{one}）" if told.count(name) > 1 else name
