"""Explanation (评分说明): the whole card sheet of one unit, with the rows behind each indicator and those left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from supervision.errors import SupervisionError
from supervision.risk.cards import Cards
from supervision.risk.features import tabulate, usable_evidence
from supervision.risk.grounds import ENTITIES, EVENTS, LICENCES, OTHERS, REGISTERS, Behind, behind
from supervision.risk.indicators import FAMILIES
from supervision.risk.law_values import Values
from supervision.risk.objections import RULE as OBJECTION
from supervision.risk.objections import disputed_events, disputed_results, states, unused, without_disputed
from supervision.risk.other_registers import OtherRegisters
from supervision.risk.past_rate import EVERY
from supervision.risk.record_use import REPAIR, RULE, within_terms, without_repaired, without_repaired_results
from supervision.risk.scorecard import HIGHEST, LOWEST
from supervision.risk.snapshot import Moment

WHY = ("upheld", "disputed", "repaired", "repair", "expired", "later", "unwindowed")


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """The card sheet of a unit (评分明细).

    `indicators`: name, label and family (zh, en), value, points, above (points above an ordinary unit's), register and
    `rows`, each with register, kind, number, date, known_on, source, until (first day it may not be used, by `rule`)
    and leaves (first day it does not count for this indicator). `left_out`: rows with `why`, one of `WHY`, and `since`.
    `total` is the base and all points, `score` that total cut to 0–1000. `section`: the letter of the section of
    industry whose card this is, "" of the general one.
    """

    unit_id: str
    section: str
    base: int
    total: int
    score: int
    indicators: list[dict[str, Any]]
    left_out: list[dict[str, Any]]
    objections: list[dict[str, Any]]

    def raising(self, most: int) -> list[dict[str, Any]]:
        """Return the indicators that raise the score most (升分理由), as the scores table has them."""
        above = [one for one in self.indicators if one["above"] > 0]
        return sorted(above, key=lambda one: -int(one["above"]))[:most]

    def lowering(self) -> list[dict[str, Any]]:
        """Return the indicator that lowers the score most (降分理由), or none."""
        below = [one for one in self.indicators if one["above"] < 0]
        return sorted(below, key=lambda one: int(one["above"]))[:1]

    def expiries(self) -> list[tuple[str, str, str]]:
        """Return when records leave which indicator (将到期记录): day, indicator, number; the soonest first."""
        found = {
            (row["leaves"], one["name"], row["number"] or row["date"])
            for one in self.indicators for row in one["rows"] if row["leaves"]
        }  # fmt: skip
        return sorted(found)


def explain(entities: pd.DataFrame, events: pd.DataFrame, history: pd.DataFrame, objections: pd.DataFrame, *,
            unit_id: str, on: date, law: Values, cards: Cards,
            outcomes: Mapping[str, str], others: OtherRegisters | None = None) -> Explanation:  # fmt: skip
    """Explain one unit's score (评分说明) from the same registers that everybody's is made from.

    `events` and `history` are the registers as known on the day, nothing left out yet, with index 0, 1, …; events with
    `source`. A unit that is not in `entities` raises SupervisionError `risk.unit_unknown`.
    """
    place = np.flatnonzero((entities["unit_id"] == unit_id).to_numpy(dtype=np.bool_))
    if not len(place):
        raise SupervisionError("risk.unit_unknown", unit=unit_id, on=on)
    used, held = without_disputed(events, history, objections, on=on, rule=law.value(OBJECTION))
    termed = within_terms(used, law.value(RULE))
    evidence = usable_evidence(entities, termed, held, on=on, outcomes=outcomes, others=others)
    day = np.full(1, np.datetime64(on, "D").astype(np.int64))
    moment = evidence.at(evidence.unit[place[:1]], day, backfill=False)
    features = tabulate(moment, index=entities.index[place[:1]])
    section, scorecard, _ = next(cards.split(features))
    points = scorecard.points(features)[0].tolist()
    total = scorecard.base + sum(points)
    table = {row.name: row for row in EVERY}
    told = []
    for feature, one in zip(scorecard.features, points, strict=True):
        row, value = table[feature.name], int(features[feature.name].iloc[0])
        grounds = behind(row.recipe, moment)
        none = grounds.rows is not None and not len(grounds.rows.row)
        if none and grounds.registered is not None and grounds.registered[0]:
            grounds = Behind(register=ENTITIES)
        told.append({
            "name": feature.name, "label": list(feature.wording.label), "family": list(FAMILIES[row.family]),
            "value": value, "words": [feature.wording.sentence(value, lang) for lang in ("zh", "en")],
            "points": one, "above": one - feature.neutral, "register": REGISTERS[grounds.register],
            "rows": _rows(moment, grounds),
        })  # fmt: skip
    mine = states(objections[objections["unit_id"] == unit_id], on=on)
    return Explanation(
        unit_id=unit_id, section=section, base=scorecard.base,
        total=total, score=min(max(total, LOWEST), HIGHEST), indicators=told,
        left_out=_left_out(events, history, mine, told, unit_id=unit_id, on=on, law=law),
        objections=[_plain(row) for row in mine.to_dict("records")],
    )  # fmt: skip


def _rows(moment: Moment, grounds: Behind) -> list[dict[str, Any]]:
    evidence = moment.evidence
    if grounds.register == ENTITIES and moment.first[0] >= 0:
        known = evidence.entities["known_on"].iloc[moment.first[0]]
        return [_row("entities", kind="", number="", date=known, known_on=known, source="", until=pd.NaT)]
    if grounds.rows is None or grounds.register in (OTHERS, LICENCES):
        return []
    frame = evidence.events if grounds.register == EVENTS else evidence.history
    found = []
    for place in grounds.rows.row.tolist():
        row = _event(frame.iloc[place]) if grounds.register == EVENTS else _visit(frame.iloc[place])
        happened = pd.Timestamp(row["date"])
        ends = [pd.Timestamp(row["until"])] if row["until"] else []
        ends += [happened + pd.Timedelta(days=grounds.days)] if grounds.days else []
        found.append({**row, "place": int(frame.index[place]), "leaves": str(min(ends).date()) if ends else None})
    return sorted(found, key=lambda one: (one["date"], one["number"]), reverse=True)


def _left_out(events: pd.DataFrame, history: pd.DataFrame, mine: pd.DataFrame, told: list[dict[str, Any]], *,
              unit_id: str, on: date, law: Values) -> list[dict[str, Any]]:  # fmt: skip
    """The unit's rows that no indicator counts, each with the first cause that applies."""
    own = events[events["unit_id"] == unit_id]
    visits = history[history["unit_id"] == unit_id]
    resting = mine[mine["state"].isin(unused(law.value(OBJECTION)))]
    upheld = resting[resting["state"] == "upheld"]
    won, won_visits = disputed_events(own, upheld), disputed_results(visits, upheld)
    termed = within_terms(own, law.value(RULE))
    kept = set(without_repaired(termed, on=on).index)
    kept_visits = set(without_repaired_results(visits, termed, on=on).index)
    counted = {(row["register"], row["place"]) for one in told for row in one["rows"] if "place" in row}
    found = []
    for (index, row), disputed, held in zip(termed.iterrows(), disputed_events(own, resting), won, strict=True):
        if ("events", index) in counted:
            continue
        said, day = _event(row), pd.Timestamp(on)
        causes = (
            ("upheld", bool(held)), ("disputed", bool(disputed)), ("repair", row["kind"] == REPAIR),
            ("repaired", index not in kept), ("expired", bool(row["until"] <= day)),
            ("later", bool(row["happened"] > day)), ("unwindowed", True),
        )  # fmt: skip
        found.append({**said, "why": next(name for name, holds in causes if holds)})
    rests = disputed_results(visits, resting)
    for (index, row), disputed, held in zip(visits.iterrows(), rests, won_visits, strict=True):
        if ("history", index) in counted:
            continue
        why = "upheld" if held else "disputed" if disputed else "unwindowed" if index in kept_visits else "repaired"
        found.append({**_visit(row), "why": why})
    return sorted(found, key=lambda one: (one["date"], one["register"], one["number"]), reverse=True)


def _event(row: pd.Series[Any]) -> dict[str, Any]:
    return _row("events", kind=row["kind"], number=row["event_no"], date=row["happened"], known_on=row["known_on"],
                source=row.get("source"), until=row["until"])  # fmt: skip


def _visit(row: pd.Series[Any]) -> dict[str, Any]:
    number = "/".join(str(part) for part in (row["visit_no"], row["item_id"]) if not pd.isna(part))
    said = _row("history", kind=row["kind"], number=number, date=row["date"], known_on=row["known_on"],
                source=row["agency"], until=pd.NaT)  # fmt: skip
    return {**said, "result": str(row["result"])}


def _row(register: str, **said: Any) -> dict[str, Any]:
    plain = _plain(said)
    until = plain["until"]
    return {"register": register, **plain, "number": plain["number"] or "", "rule": RULE if until else None,
            "leaves": None}  # fmt: skip


def _plain(said: Mapping[Any, Any]) -> dict[str, Any]:
    """Cells as JSON has them: days as ISO texts, missing as None."""
    return {
        str(name): None if pd.isna(value) else str(value)[:10] if isinstance(value, pd.Timestamp) else value
        for name, value in said.items()
    }  # fmt: skip
