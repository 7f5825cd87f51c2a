"""Registers as scores use them (评分所用登记): what stands in them on the evidence day and may count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd

from supervision.law.rules import Law
from supervision.month.city import City
from supervision.month.round import Round
from supervision.risk import objections as objected
from supervision.risk.features import CODED, COLUMNS
from supervision.risk.other_registers import COLUMNS as OTHERS
from supervision.risk.other_registers import RULE as NEEDED
from supervision.risk.other_registers import OtherRegisters

OBJECTIONS = "objections"
EVIDENCE = tuple(kind for kind in COLUMNS if kind not in OTHERS)
"""Units, events and past inspections, in the order in which the risk stage takes them."""
USED = (*EVIDENCE, *OTHERS, OBJECTIONS)
"""All registers that scores rest on."""


def used_evidence(round: Round) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return units, events and history (可用证据) of a round's evidence day, without records that are disputed."""
    entities, events, history = (round.register(kind, list(COLUMNS[kind])) for kind in EVIDENCE)
    return entities, *undisputed(round.city, round.evidence_day, round.law, events, history)


def undisputed(city: City, day: date, law: Law, events: pd.DataFrame,
               history: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
    """Return events and history without records that are disputed on a day (剔除异议所涉记录)."""
    objections, rule = city.register(OBJECTIONS, on=day, columns=list(objected.COLUMNS)), law.value(objected.RULE)
    return objected.without_disputed(events, history, objections, on=day, rule=rule)


def reader(round: Round) -> Callable[[str], pd.DataFrame]:
    """Return what reads a register of a round's evidence day as scores use it (逐表读取), without disputed records."""
    city, day = round.city, round.evidence_day
    objections = city.register(OBJECTIONS, on=day, columns=list(objected.COLUMNS))
    named = objected.resting(objections, on=day, rule=round.law.value(objected.RULE))

    def read(kind: str) -> pd.DataFrame:
        coded = CODED if kind == "entities" else ()
        return objected.undisputed(kind, city.register(kind, on=day, columns=list(COLUMNS[kind]), coded=coded), named)

    return read


def others_of(round: Round) -> OtherRegisters:
    """Return relations and licences (关联关系与许可证) of a round's evidence day."""
    return other_registers(round.city, round.evidence_day, round.law)


def other_registers(city: City, day: date, law: Law) -> OtherRegisters:
    """Return relations and licences as known on a day (关联关系与许可证)."""
    found = {kind: city.register(kind, on=day, columns=list(columns)) for kind, columns in OTHERS.items()}
    return OtherRegisters(relations=found["relations"], licences=found["licences"], needed=law.value(NEEDED))
