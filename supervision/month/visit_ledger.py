"""The ledger of visits (入企检查台账): every visit of every department in a year, by unit, and what caps leave.

Visits held come from the history – this store's own results, and other systems' registers by import: checks for cause,
a superior's special checks – and visits that are drawn or planned from the rounds. Caps are counted by
`supervision.sampling.frame.caps.cap_usage` alone, as the draw counts them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd

from supervision.messages import Message
from supervision.month.calendars import chosen_units
from supervision.month.city import City
from supervision.month.handed_visits import handed_visits
from supervision.month.off_site_tasks import visited, visited_tasks
from supervision.month.other_rounds import VISITS, drawn_rounds, joined, pledged, with_pledged
from supervision.month.round import Round
from supervision.month.round_files import SCORES, Step
from supervision.sampling.frame.caps import KINDS, LAW_CAP, Usage, cap_usage, caps_in_force
from supervision.sampling.frame.past_visits import ALL, Past, past_visits
from supervision.tables import tuples, valid_between

UNIT_COLUMNS = ["unit_id", "name", "type", "region", "tags", "address"]
FOR_CAUSE = "for_cause"
FULL = "full"


@dataclass(kw_only=True)
class Ledger:
    """The visits of a year (年度台账).

    `visits`: `VISITS`, a row a visit, agency and item, with state (held, planned, drawn; handed: by a higher level)
    and round ("" where another system holds it); `units`: `UNIT_COLUMNS` of those that have a visit.
    """

    city: City
    year: int
    rounds: list[Round]
    visits: pd.DataFrame
    units: pd.DataFrame

    @cached_property
    def past(self) -> Past:
        """The visits as the draw counts them (计次用的检查)."""
        return past_visits(self.units, self.visits)

    @cached_property
    def usage(self) -> list[Usage]:
        """What is used of every yearly cap (各条上限的已用次数), of every department that came and of all together."""
        today = self.city.now().date()
        register = self.city.register("caps", on=today)
        day = min(max(today, date(self.year, 1, 1)), date(self.year, 12, 31))
        law = self.city.rules.on(day)
        caps = caps_in_force(valid_between(register, day, day), set(self.visits["agency"]), law=law)
        classes = self._classes() if any(cap.classes for cap in caps) else None
        return list(cap_usage(caps, self.units, self.past, year=self.year, classes=classes))

    @cached_property
    def regimes(self) -> Mapping[tuple[str, str, str], tuple[str, str]]:
        """Round, unit and item → the task that drew it and its regime (抽中的任务和方式)."""
        found: dict[tuple[str, str, str], tuple[str, str]] = {}
        for round in self.rounds:
            tasks = {task.task_id: task for task in round.tasks}
            chosen = chosen_units(round)
            for task_id, unit in tuples(chosen, "task_id", "unit_id"):
                for item in tasks[task_id].items:
                    key = (round.key, unit, item)
                    if key not in found or tasks[task_id].regime == FULL:
                        found[key] = (task_id, tasks[task_id].regime)
        return found

    @cached_property
    def calls(self) -> pd.DataFrame:
        """The visits, a row each and agency (逐机关入企): `VISITS` with `visit`, `row` of the unit and its district."""
        known = self.visits.iloc[self._lines].assign(visit=self.past.visit, row=self.past.row)
        known["region"] = self.units["region"].to_numpy()[known["row"]]
        return known.drop_duplicates(["row", "visit", "agency"])

    @cached_property
    def doors(self) -> pd.DataFrame:
        """The visits, a row each (逐次入企): the items and departments of a joint one together."""
        return self.calls.drop_duplicates(["row", "visit"])

    def left_of(self, row: int) -> list[dict[str, Any]]:
        """Return what the caps leave the unit in a row of `units` (频次已用与剩余): rule, agency, most, used, left."""
        found = [
            {
                "rule": one.cap.rule,
                "agency": one.cap.agency,
                "most": one.cap.per_year,
                "used": int(one.used[row]),
                "left": int(one.left[row]),
            }
            for one in self.usage
            if one.units[row]
        ]
        return sorted(found, key=lambda one: (one["rule"], one["agency"]))

    def over(self) -> pd.DataFrame:
        """Return the visits beyond a cap (超出上限的检查), a row a visit, agency and item, sorted by unit and rule.

        Columns unit_id, rule, agency, most, used, date, by, item_id, state, exemption: of the visits that a cap counts
        those after the `most`th; `exemption` is the task of full coverage that no cap holds back, "" = none is known.
        """
        rows: list[dict[str, Any]] = []
        for one in self.usage:
            for row in np.flatnonzero(one.units & (one.left < 0)).tolist():
                own = np.flatnonzero(one.counted & (self.past.row == row))
                visits = self.visits.iloc[self._lines[own]].assign(visit=self.past.visit[own])
                visits = visits.sort_values(["date", "visit"], kind="stable")
                beyond = list(dict.fromkeys(visits["visit"]))[one.cap.per_year :]
                told = visits[visits["visit"].isin(beyond)].to_dict("records")
                rows += [self._beyond(one, row, visit) for visit in told]
        columns = ["unit_id", "rule", "agency", "most", "used", "date", "by", "item_id", "state", "exemption"]
        found = pd.DataFrame(rows, columns=columns)
        return found.sort_values(["unit_id", "rule", "agency", "date"], kind="stable").reset_index(drop=True)

    def for_cause_often(self, *, visits: int, days: int) -> pd.DataFrame:
        """Return units checked for cause at least so often within so many days (个案检查频繁的户): unit_id, visits."""
        own = self.doors[self.doors["kind"] == FOR_CAUSE]
        rows = []
        for unit, dates in own.groupby("unit_id")["date"]:
            held = np.sort(dates.to_numpy().astype("datetime64[D]"))
            most = max(int(np.sum((held >= day) & (held < day + np.timedelta64(days, "D")))) for day in held)
            if most >= visits:
                rows.append((unit, most))
        return pd.DataFrame(rows, columns=["unit_id", "visits"])

    @cached_property
    def _lines(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """The rows of `visits` that `past` has, in its order: those of known units."""
        known = self.visits["unit_id"].isin(self.units["unit_id"]).to_numpy()
        return np.flatnonzero(known).astype(np.int64)

    def _beyond(self, one: Usage, row: int, visit: Mapping[Any, Any]) -> dict[str, Any]:
        unit = self.units["unit_id"].iloc[row]
        task, regime = self.regimes.get((visit["round"], unit, visit["item_id"]), ("", ""))
        return {
            "unit_id": unit,
            "rule": one.cap.rule,
            "agency": one.cap.agency,
            "most": one.cap.per_year,
            "used": int(one.used[row]),
            "date": str(visit["date"])[:10],
            "by": visit["agency"],
            "item_id": visit["item_id"],
            "state": visit["state"],
            "exemption": task if regime == FULL else "",
        }

    def _classes(self) -> pd.Series[Any]:
        """The classes of the newest scored round; a unit without one has none."""
        scored = [round for round in self.rounds if round.has(Step.SCORE)]
        if not scored:
            return pd.Series([None] * len(self.units), dtype="object")
        scores = scored[-1].table(SCORES, ["unit_id", "class"]).drop_duplicates("unit_id").set_index("unit_id")["class"]
        return self.units["unit_id"].map(scores).reset_index(drop=True)


def ledger_of(city: City, year: int, *, rehearsal: bool = False, unit: str = "") -> Ledger:
    """Return the ledger of a year (编制台账), of all units or of one; with `rehearsal` the rehearsed rounds."""
    today = city.now().date()
    rounds = [round for round in drawn_rounds(city, rehearsal=rehearsal) if round.name.year == year]
    history = city.register("history", on=today, columns=VISITS)
    history = history[history["date"].dt.year == year].reset_index(drop=True)
    handed = handed_visits(city, history, on=today, rehearsal=rehearsal)
    handed = handed[handed["date"].dt.year == year]
    visits = pledged(rounds, joined(history, handed), known_on=today)
    if unit:
        visits = visits[visits["unit_id"] == unit].reset_index(drop=True)
    keys = {round.id: round for round in rounds}
    names = visits["visit_no"].astype("str").fillna("").str.extract(r"^([^/]+)/", expand=False)
    held = pd.MultiIndex.from_frame(visits[["visit_no", "agency"]]).isin(
        pd.MultiIndex.from_frame(history[["visit_no", "agency"]])
    )
    planned = names.map(lambda name: name in keys and keys[name].has(Step.PLAN)).to_numpy(dtype=bool)
    of_round = names.map(lambda name: keys[name].key if name in keys else "")
    state = np.where(held, "held", np.where(planned, "planned", "drawn"))
    state = np.where(visits["visit_no"].isin(handed["visit_no"]).to_numpy(dtype=bool), "handed", state)
    visits = visits.assign(state=state, round=of_round)
    units = city.register("entities", on=today, columns=UNIT_COLUMNS, of=set(visits["unit_id"]))
    return Ledger(city=city, year=year, rounds=rounds, visits=visits, units=units)


def used_words(round: Round) -> dict[tuple[str, str], str]:
    """Return what a round's visits leave of the year's caps (频次已用与剩余), by department and unit, in words.

    Visits of this round are counted as used; known is what was known on the evidence day, and what other rounds of the
    year ask for, as the draw knew it. Nothing where the law sets no cap.
    """
    if {LAW_CAP, KINDS} & set(round.law.missing()):
        return {}
    chosen = set(visited(chosen_units(round), visited_tasks(round))["unit_id"])
    visits = with_pledged(round, round.register("history", VISITS, of=chosen))
    visits = pledged([round], visits[visits["unit_id"].isin(chosen)], known_on=round.evidence_day)
    units = round.register("entities", UNIT_COLUMNS, of=chosen)
    live = valid_between(round.register("caps"), round.name.first_day, round.name.first_day)
    departments = {round.items[item].department for task in round.tasks for item in task.items}
    caps = caps_in_force(live, departments, law=round.law)
    classes = None
    if any(cap.classes for cap in caps):
        known = round.table(SCORES, ["unit_id", "class"]).set_index("unit_id")["class"]
        classes = units["unit_id"].map(known).reset_index(drop=True)
    ids = units["unit_id"].tolist()
    words: dict[tuple[str, str], dict[str, tuple[int, int]]] = {}
    for one in cap_usage(caps, units, past_visits(units, visits), year=round.name.year, classes=classes):
        rows = np.flatnonzero(one.units).tolist()
        left, used = one.left.tolist(), one.used.tolist()
        who = "all" if one.cap.agency == ALL else "own"
        for department in departments if one.cap.agency == ALL else {one.cap.agency}:
            for row in rows:
                own, figures = words.setdefault((department, ids[row]), {}), (left[row], used[row])
                own[who] = min(own.get(who, figures), figures)  # of several caps the one that leaves least
    return {key: _used(own) for key, own in sorted(words.items())}


def _used(own: Mapping[str, tuple[int, int]]) -> str:
    return "；".join(_used_of(who, *own[who]) for who in ("own", "all") if who in own)


@lru_cache(maxsize=1000)  # a city has a hundred thousand pairs of unit and department, and few figures
def _used_of(who: str, left: int, used: int) -> str:
    return Message.of(f"month.ledger_used_{who}", used=used, left=left).text()
