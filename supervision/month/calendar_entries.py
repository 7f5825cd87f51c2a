"""Entries of calendar files (日历条目): which were handed out and hold no more, and how often each was set anew.

A calendar program keeps what it once read; an entry that holds no more must come again, as cancelled.
"""

from __future__ import annotations

from collections import Counter

import pandas as pd

from supervision.domain.visits import VisitId
from supervision.month.calendars import assigned_places, changes, sent_back
from supervision.month.changed_places import changed_places
from supervision.month.round import Round
from supervision.month.round_files import CALENDAR
from supervision.notice.office_content import WITHDRAWN_COLUMNS
from supervision.tables import listed, tuples

Entry = tuple[str, str, str]  # office, inspector or "" for the office itself, visit


def withdrawn_entries(round: Round, places: pd.DataFrame) -> pd.DataFrame:
    """Return the entries that hold no more (已撤出的日历条目), columns `WITHDRAWN_COLUMNS`, sorted.

    `places`: those that stand, with inspector_id. `half_days`: when the entry was last.
    """
    ever: dict[Entry, str] = {}
    for number in round.planned_numbers:
        ever |= _entries(round.read(CALENDAR, number))
        if number in round.drawn_numbers:
            ever |= _entries(assigned_places(round, number))
    for row in changed_places(round).to_dict("records"):
        if row["kind"] != "leave":
            times = {row["out"] or "": row["was"], row["into"] or "": row["half_days"], "": row["half_days"]}
            ever |= {(row["office"], who, row["visit_id"]): half_days for who, half_days in times.items()}
    stands = _entries(places).keys()
    rows = [
        (office, who, visit, VisitId.parse(visit).unit_id, half_days)
        for (office, who, visit), half_days in sorted(ever.items())
        if (office, who, visit) not in stands
    ]
    return pd.DataFrame(rows, columns=list(WITHDRAWN_COLUMNS), dtype="str")


def entry_versions(round: Round) -> dict[str, int]:
    """Return how often a visit was planned again, sent back or changed (条目修订次数), where it was.

    Every such step counts, so that an entry that was withdrawn and comes back is newer than its withdrawal.
    """
    found: Counter[str] = Counter()
    for number in round.planned_numbers[1:]:
        found.update(set(round.read(CALENDAR, number)["visit_id"]))
    for number in round.drawn_numbers:
        found.update(set(sent_back(round, number)["visit_id"]))
    found.update(visit for visit, _ in {(str(one.visit_id), one.at) for one in changes(round) if one.visit_id})
    return dict(found)


def _entries(places: pd.DataFrame) -> dict[Entry, str]:
    """The entries of some places, an office's own and its people's, with their half-days."""
    found: dict[Entry, str] = {}
    people = listed(places["inspector_id"].fillna("")) if "inspector_id" in places else [""] * len(places)
    for (office, visit, half_days), who in zip(tuples(places, "office", "visit_id", "half_days"), people, strict=True):
        for key in {(office, "", visit), (office, who, visit)}:
            found[key] = max(half_days, found.get(key, ""))  # all begin together: the longest
    return found
