"""What a round should report, and what results are held against (受理依据), until a step or a register changes it.

Results come in all day; the calendar rarely changes.
"""

from __future__ import annotations

import pandas as pd

from supervision.desk.context import Desk, lately
from supervision.month.result_checks import Reception
from supervision.month.round_files import Step
from supervision.month.round_results import expected
from supervision.store.log import REGISTERS

# what results bring about: none of it moves a visit or a person
OF_RESULTS = tuple(step.stored for step in (Step.SUBMIT, Step.RECORD, Step.REVIEW, Step.PUBLISH))
OF_EVIDENCE = ("import.results", "import.history", "import.events", "import.warnings", "import.cases")


def month_stamp(desk: Desk, key: str) -> object:
    """Return what changes when visits or people of a round do (日程版本), or the day, or the rules."""

    def last() -> tuple[int, int]:
        with desk.city("desk") as city:
            moved = city.store.last_number(key, without=OF_RESULTS)
            return moved, city.store.last_number(REGISTERS, without=OF_EVIDENCE)

    moved = desk.kept(("moved", key), desk.stamp, last, since=lately())
    return moved, desk.settings.now().date(), desk.rules_stamp


def owed_of(desk: Desk, key: str) -> pd.DataFrame:
    """Return what a round should report (取应报结果), see `month.round_results.expected`."""

    def make() -> pd.DataFrame:
        with desk.city("desk") as city:
            return expected(city.round(key))

    return desk.kept(("owed", key), month_stamp(desk, key), make)


def reception_of(desk: Desk, key: str) -> Reception:
    """Return what a round's results are held against (取受理依据)."""

    def make() -> Reception:
        with desk.city("desk") as city:
            found = Reception(city, as_of=None, agreement=None)
            found.read(key)
            return found

    return desk.kept(("reception", key), month_stamp(desk, key), make)
