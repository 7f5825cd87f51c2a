"""What a report rests on (报告期数据): a round's or a year's records, each from where it is counted anyway."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import hypot
from typing import Any

import pandas as pd

from supervision.errors import UsageError
from supervision.month.annual_counts import plan_counts
from supervision.month.annual_plan import APPROVED, MERGED, key_of
from supervision.month.city import City
from supervision.month.monitored import Group, groups_of
from supervision.month.office_counts import office_counts
from supervision.month.office_loads import office_loads
from supervision.month.oversight_duties import DOORS, DUTIES, doors_of, duties_of, published_of
from supervision.month.round import Round
from supervision.month.round_estimates import publishable
from supervision.month.round_files import Step
from supervision.month.visit_ledger import Ledger, ledger_of
from supervision.month.warning_steps import standing_of
from supervision.results.oversight import COUNT_COLUMNS, add_counts
from supervision.sampling.estimates.lines import LINES

CLOCK = ("unit_id", "agency", "region", "state", "days")
LOADS = ("office", "bound", "available")


@dataclass(frozen=True, kw_only=True, eq=False)
class Period:
    """A month or a year and what is on record of it (报告期).

    `duties`, `doors`: see `oversight_duties`, with the round; `clock`: `CLOCK`, a row a result that is due or
    published; `counts`: office, kind, number, of; `loads`: `LOADS` in inspector-half-days; `inside`, `public`:
    estimates with the round, all and those that may be published; `groups`: who was drawn; `calls`, `over`: visits of
    the ledger and those beyond a cap, of these days; `warnings` raised in these days; `plan`: department → counts of
    the year's plan, empty where none is approved or a month is told.
    """

    city: City
    name: str
    first: date
    last: date
    rehearsal: bool
    rounds: Sequence[Round]
    ledger: Ledger
    duties: pd.DataFrame
    doors: pd.DataFrame
    clock: pd.DataFrame
    counts: pd.DataFrame
    loads: pd.DataFrame
    inside: pd.DataFrame
    public: pd.DataFrame
    groups: Sequence[Group]
    calls: pd.DataFrame
    over: pd.DataFrame
    warnings: pd.DataFrame
    plan: Mapping[str, Counter[str]]

    @property
    def newest(self) -> Round:
        """The last round (最近轮次), by whose lists things are named."""
        return self.rounds[-1]


def month_of(city: City, round_id: str, *, rehearsal: bool) -> Period:
    """Return what is on record of a round (本轮数据); one that is not drawn yet or was given up is refused."""
    round = city.round(round_id, rehearsal=rehearsal)
    round.need(Step.DRAW, "draw")
    if round.has(Step.ABANDON):
        raise UsageError("month.report_abandoned", round=round_id)
    first, last = round.name.first_day, round.name.last_day
    return _period(city, str(round.name), [round], (first, last), ledger_of(city, first.year, rehearsal=rehearsal))


def year_of(city: City, year: int, *, rehearsal: bool) -> Period:
    """Return what is on record of a year (全年数据): its drawn rounds; a year without one is refused."""
    ledger = ledger_of(city, year, rehearsal=rehearsal)
    if not ledger.rounds:
        raise UsageError("month.report_no_rounds", year=year)
    there = {MERGED, APPROVED} <= set(city.store.paths(key_of(year)))
    plan = plan_counts(city, year, rehearsal=rehearsal).departments if there else {}
    days = date(year, 1, 1), date(year, 12, 31)
    return replace(_period(city, f"{year:04}", ledger.rounds, days, ledger), plan=plan)


def _period(city: City, name: str, rounds: Sequence[Round], days: tuple[date, date], ledger: Ledger) -> Period:
    first, last = (pd.Timestamp(day) for day in days)
    over, warnings = ledger.over(), standing_of(city)
    estimates = {round: publishable(round) for round in rounds}
    counts = _each(rounds, office_counts, COUNT_COLUMNS)
    return Period(
        city=city,
        name=name,
        first=days[0],
        last=days[1],
        rehearsal=rounds[0].is_rehearsal,
        rounds=rounds,
        ledger=ledger,
        duties=_each(rounds, duties_of, DUTIES),
        doors=_each(rounds, lambda round: doors_of(round) if round.planned_numbers else None, DOORS),
        clock=_each(rounds, published_of, CLOCK),
        counts=add_counts(counts),
        loads=_each(rounds, _load, LOADS).groupby("office", as_index=False)[["bound", "available"]].sum(),
        inside=_each(rounds, lambda round: estimates[round].inside, LINES.names),
        public=_each(rounds, lambda round: estimates[round].public, LINES.names),
        groups=_added([group for round in rounds for group in groups_of(round)]),
        calls=ledger.calls[ledger.calls["date"].between(first, last)],
        over=over[pd.to_datetime(over["date"]).between(first, last)],
        warnings=warnings[warnings["raised"].between(first, last)],
        plan={},
    )


def _each(rounds: Sequence[Round], of: Callable[[Round], pd.DataFrame | None], columns: Sequence[str]) -> pd.DataFrame:
    """The rows of every round that has some, with `round`; without any the columns alone."""
    parts = []
    for number, round in enumerate(rounds):
        round.city.progress("month.report", number, len(rounds))
        table = of(round)
        if table is not None and len(table):
            parts.append(table[list(columns)].assign(round=round.id))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*columns, "round"])


def _load(round: Round) -> pd.DataFrame | None:
    """Inspector-half-days that the round's calendars bind of each office, beside those there are."""
    if not round.planned_numbers:
        return None
    days = office_loads(round)
    summed: dict[str, Any] = {"bound": days["am"] + days["pm"], "available": days["available"]}
    return days.assign(**summed).groupby("office", as_index=False)[["bound", "available"]].sum()


def _added(groups: Sequence[Group]) -> list[Group]:
    """The groups of all rounds: draws of different rounds are apart, so that variances are added."""
    found: dict[tuple[str, str], Group] = {}
    for one in groups:
        key = (one.dimension, one.name)
        had = found.get(key)
        if had is None:
            found[key] = one
            continue
        framed = had.framed + one.framed
        found[key] = replace(
            had,
            framed=framed,
            drawn=had.drawn + one.drawn,
            expected=had.expected + one.expected,
            deviation=hypot(had.deviation, one.deviation),
            risk=(had.risk * had.framed + one.risk * one.framed) / framed,
        )
    return list(found.values())
