"""Statistics of the city's rounds (抽查统计): sums of what rounds have published, and their published estimates.

Nothing is estimated here: shares with a problem are those that the rounds themselves published, which leave out small
groups. Of rounds of one month the counts are added up, the estimates stand one by one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from supervision.domain.publication import CLOCK
from supervision.messages import say
from supervision.notice.open_data import Row, Tables


@dataclass(kw_only=True)
class MonthFigures:
    """A month's figures (当月统计): `rounds` that it had, results by category, doors, results by state of the clock.

    `planned`: its rounds that tell of a calendar; `visits`: doors that they called at; `office_visits`: those if each
    office went alone.
    """

    month: str
    rounds: int = 0
    categories: Counter[str] = field(default_factory=Counter)
    planned: int = 0
    visits: int = 0
    office_visits: int = 0
    clock: Counter[str] = field(default_factory=Counter)

    @property
    def saved(self) -> int:
        """Doors saved by going together (联合减少的入企次数)."""
        return self.office_visits - self.visits


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """What the page of statistics tells (统计内容).

    `rehearsal`: there is no real round, so that rehearsals are told; `months` by month; `categories`: category →
    results, most first; `agencies`: agency → its results by state of the clock; `rates`: the published estimates of
    whole rounds, `groups`: those of the newest round that has any; `removed`: results that left the pages by rule.
    """

    rehearsal: bool
    months: Sequence[MonthFigures]
    categories: Mapping[str, int]
    agencies: Mapping[str, Counter[str]]
    rates: Sequence[Row]
    groups: Sequence[Row]
    removed: int


class Summing:
    """Adds up the tables of years (逐年汇总): `add` each year's, then take `statistics`."""

    def __init__(self, *, rehearsal: bool) -> None:
        self._wanted = "yes" if rehearsal else "no"
        self._rehearsal = rehearsal
        self._months: dict[str, MonthFigures] = {}
        self._agencies: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._estimates: list[Row] = []
        self._removed = 0

    def add(self, tables: Tables) -> None:
        """Add the tables of a year (计入一年)."""
        months = {row["round"]: self._round(row) for row in tables["rounds"] if row["rehearsal"] == self._wanted}
        for row in self._of_wanted(tables, "results"):
            months[row["round"]].categories[row["category"]] += 1
        for row in self._of_wanted(tables, "publication"):
            counted = Counter({state: row[state] for state in CLOCK})
            months[row["round"]].clock.update(counted)
            self._agencies[row["agency"]].update(counted)
        self._estimates += self._of_wanted(tables, "estimates")

    def _of_wanted(self, tables: Tables, name: str) -> list[Row]:
        return [row for row in tables[name] if row["rehearsal"] == self._wanted]

    def _round(self, row: Row) -> MonthFigures:
        figures = self._months.setdefault(row["month"], MonthFigures(month=row["month"]))
        figures.rounds += 1
        self._removed += row["expired"] + row["repaired"]
        # a round that an earlier version published tells its visits alone: nobody knows what it saved
        if row["office_visits"] is not None:
            figures.planned += 1
            figures.visits += row["visits"]
            figures.office_visits += row["office_visits"]
        return figures

    def statistics(self) -> Statistics:
        """Return what all added years tell (汇总结果)."""
        months = [self._months[month] for month in sorted(self._months)]
        categories = sum((one.categories for one in months), Counter[str]())
        estimates = sorted(self._estimates, key=lambda row: row["round"])
        whole = say("notice.estimate.kind.all")
        parts = [row for row in estimates if row["kind"] != whole]
        return Statistics(
            rehearsal=self._rehearsal,
            months=months,
            categories=dict(sorted(categories.items(), key=lambda pair: (-pair[1], pair[0]))),
            agencies=dict(sorted(self._agencies.items())),
            rates=[row for row in estimates if row["kind"] == whole],
            groups=[row for row in parts if row["round"] == parts[-1]["round"]],
            removed=self._removed,
        )
