"""The certificate of coverage (覆盖证明): whom each duty asks for by which date, and what a round does about it.

coverage.csv has a row for each duty and unit in force that it is about: `last` inspection that counts, the date `by`
which there must be one, the last `month` in which it can be drawn, the `state` in this round and the task, and `why`:
of a unit that the round leaves out the reason, of one whose date has passed why it has.

States: `due` and `ahead` stand in such a stratum, `full` in a full coverage, `framed` in another stratum, `excluded` is
kept out of the frame, `absent` stands in no task of the round. Of several the first counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from supervision.domain.rounds import RoundId
from supervision.domain.strata import AHEAD, DUE, StratumId
from supervision.law.code_lists import CodeLists
from supervision.law.coverage_duties import Duty
from supervision.law.rules import Law
from supervision.month.frames import ALWAYS, coverage_of
from supervision.month.other_rounds import VISITS, others, with_pledged
from supervision.month.round import Round
from supervision.month.round_files import COVERAGE, COVERAGE_TABLE
from supervision.sampling.frame.due_dates import Coverage, occasion_months
from supervision.sampling.frame.frame import Frame
from supervision.sampling.frame.known_words import IN_FORCE, with_known_words
from supervision.sampling.frame.past_visits import past_visits

STATES = ("due", "full", "ahead", "framed", "excluded", "absent")
BEFORE_START, NO_TASK, NOT_HELD = "before_start", "no_task", "not_held"
HELD_STATES = ("due", "full", "ahead", "framed")


Earlier = Sequence[tuple[str, pd.DataFrame]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Certificate:
    """A round's certificate (覆盖证明): `table` as coverage.csv, `facts` as coverage.json."""

    table: pd.DataFrame
    facts: dict[str, Any]


def certificate(round: Round, built: Sequence[Frame]) -> Certificate | None:
    """Return a round's certificate of coverage (出具覆盖证明), None where the city has no such duty."""
    coverage = coverage_of(round)
    if not any(duty.years for duty in coverage.duties):
        return None
    asked = asked_units(round, coverage)
    before = certified(others(round, within=""), before=round.id)
    return certificate_of(asked, built, coverage, name=round.name, evidence=round.evidence_day, before=before)


def certificate_of(
    asked: pd.DataFrame, built: Sequence[Frame], coverage: Coverage, *, name: RoundId, evidence: date, before: Earlier
) -> Certificate:
    """Return the certificate of some frames (由抽样框出具覆盖证明).

    `asked`: as `asked_of` gives it; `before`: coverage.csv of earlier rounds with their months, in order.
    """
    table = asked.assign(**_states(asked, built, coverage))
    late = (table["by"] < f"{name.first_day}").to_numpy()
    table.loc[late, "why"] = why_late(table[late], before)
    facts = {
        "duties": _duties(coverage),
        "evidence": evidence.isoformat(),
        "levels": _levels(built),
        "round": str(name),
    }
    return Certificate(table=table[COVERAGE_TABLE.names], facts=facts)


def certified(rounds: Sequence[Round], *, before: str) -> Earlier:
    """Return coverage.csv of the rounds before one, with their months, in order (以前各轮的覆盖证明)."""
    return [
        (round.name.month, round.read(COVERAGE))
        for round in sorted(rounds, key=lambda one: one.id)
        if round.id < before and round.holds(COVERAGE)
    ]


def asked_units(round: Round, coverage: Coverage) -> pd.DataFrame:
    """Return whom the duties ask for on the evidence day (应查对象及期限), texts, sorted by duty and unit.

    Columns duty, unit_id, region, last, by, month.
    """
    entities = round.register("entities", columns_of(coverage))
    entities = in_force(entities, coverage.duties, lists=round.code_lists, law=round.law)
    visits = with_pledged(round, round.register("history", VISITS))
    return asked_of(entities, visits, coverage, month=round.name.first_day)


def columns_of(coverage: Coverage) -> list[str]:
    """Return the columns of units that coverage looks at (覆盖要求用到的登记列)."""
    return [*ALWAYS, *sorted(coverage.columns - set(ALWAYS))]


def in_force(entities: pd.DataFrame, duties: Sequence[Duty], *, lists: CodeLists, law: Law) -> pd.DataFrame:
    """Return the units in force (存续的检查对象), sorted by id, with the words of the duties' populations known."""
    entities = with_known_words(entities, [duty.population for duty in duties], lists=lists, law=law)
    return entities[entities["status"].isin(law.value(IN_FORCE))].sort_values("unit_id", ignore_index=True)


def asked_of(entities: pd.DataFrame, visits: pd.DataFrame, coverage: Coverage, *, month: date) -> pd.DataFrame:
    """Return whom the duties ask for among some units (应查对象及期限), as `asked_units`; occasions from `month` on."""
    past = past_visits(entities, visits)
    parts = []
    for duty in coverage.duties:
        dates = coverage.dates(entities, past, month=month).get(duty.name) if duty.years else None
        if dates is None or not dates.asked.any():
            continue
        months = occasion_months(duty, month, until=dates.by[dates.asked].max().astype(object))
        names = np.array([one.month for one in months], dtype=object)
        own = dates.asked
        parts.append(
            pd.DataFrame(
                {
                    "duty": duty.name,
                    "unit_id": entities["unit_id"].to_numpy()[own],
                    "region": entities["region"].astype("str").fillna("").to_numpy()[own],
                    "last": pd.Series(np.datetime_as_string(dates.last[own], unit="D")).replace("NaT", ""),
                    "by": np.datetime_as_string(dates.by[own], unit="D"),
                    "month": names[dates.occasion[own]],
                }
            )
        )
    columns = ["duty", "unit_id", "region", "last", "by", "month"]
    return pd.concat([pd.DataFrame(columns=columns), *parts], ignore_index=True).astype("str")


def why_late(late: pd.DataFrame, before: Earlier) -> list[str]:
    """Return of units whose dates have passed why they have (逾期原因): from the last round that could draw them.

    A code of the list `exclusion`; "no_task": it stood in no task; "not_held": it was in a frame and no inspection
    that counts came of it; "before_start": no certified round lies before its date.
    """
    found = pd.Series(BEFORE_START, index=late.index, dtype="str")
    for month, table in before if len(late) else ():
        rows = late[["duty", "unit_id"]].merge(table, on=["duty", "unit_id"], how="left").set_index(late.index)
        there = rows["state"].notna() & (late["by"].str[:7] >= month)
        told = rows["why"].where(rows["why"] != "", NO_TASK).where(~rows["state"].isin(HELD_STATES), NOT_HELD)
        found = found.where(~there, told)
    return found.tolist()


def _states(asked: pd.DataFrame, built: Sequence[Frame], coverage: Coverage) -> dict[str, pd.Series[str]]:
    """What the round does about each row: state, task_id, why."""
    rows = [
        _framed(frame).assign(duty=duty.name)
        for duty in coverage.duties
        for frame in built
        if duty.asks_of(frame.task.items)
    ]
    found = pd.concat([pd.DataFrame(columns=["duty", "unit_id", "state", "task_id", "why"]), *rows], ignore_index=True)
    found["order"] = found["state"].map({state: number for number, state in enumerate(STATES)})
    found = found.sort_values(["order", "task_id"], kind="stable").drop_duplicates(["duty", "unit_id"])
    joined = asked[["duty", "unit_id"]].merge(found, on=["duty", "unit_id"], how="left").set_index(asked.index)
    absent = joined["state"].isna()
    return {
        "state": joined["state"].where(~absent, "absent").astype("str"),
        "task_id": joined["task_id"].fillna("").astype("str"),
        "why": joined["why"].fillna("").where(~absent, NO_TASK).astype("str"),
    }


def _framed(frame: Frame) -> pd.DataFrame:
    """State of each unit of a task's population."""
    names = [StratumId.parse(str(name)).classes for name in frame.rows["stratum"].cat.categories]
    of_code = ["full" if frame.task.regime == "full" else _state(name) for name in names]
    state = np.array(of_code, dtype=object)[frame.rows["stratum"].cat.codes.to_numpy()]
    inside = pd.DataFrame({"unit_id": frame.rows["unit_id"], "state": state, "why": ""})
    outside = pd.DataFrame({"unit_id": frame.excluded["unit_id"], "why": frame.excluded["reason"].astype("str")})
    both = pd.concat([inside, outside.assign(state="excluded")], ignore_index=True)
    return both.assign(task_id=frame.task.task_id)


def _state(name: str) -> str:
    return DUE if name == DUE else AHEAD if name.startswith(AHEAD) else "framed"


def _duties(coverage: Coverage) -> list[dict[str, Any]]:
    """The duties' numbers, for a checker."""
    return [
        {
            "name": duty.name,
            "rule": duty.rule,
            "items": list(duty.items),
            "also": list(duty.also),
            "begins": duty.begins.isoformat(),
            "months": list(duty.months),
            "years": duty.years,
            "counted": duty.counted,
        }
        for duty in coverage.duties
        if duty.years
    ]


def _levels(built: Sequence[Frame]) -> list[dict[str, Any]]:
    """The level of each region of a task, for a checker."""
    return [
        {
            "task_id": frame.task.task_id,
            "region": one.region,
            "due": one.due,
            "level": one.level,
            "tiers": [[key, first, last, least] for key, first, last, least in one.strata()],
        }
        for frame in built
        for one in frame.levels
    ]
