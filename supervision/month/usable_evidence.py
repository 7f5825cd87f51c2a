"""What a round's scores are made from (可用证据): registers without records that rest, and those beside them."""

from __future__ import annotations

import pandas as pd

from supervision.month.round import Round
from supervision.risk import objections as objected
from supervision.risk.features import COLUMNS
from supervision.risk.other_registers import COLUMNS as OTHERS
from supervision.risk.other_registers import RULE as NEEDED
from supervision.risk.other_registers import OtherRegisters

OBJECTIONS = "objections"


def usable_evidence(round: Round) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return units, events and history as they may be used (可用证据): without what rests because of objections."""
    entities, events, history = (
        round.register(kind, list(COLUMNS[kind])) for kind in ("entities", "events", "history")
    )
    objections, rule = round.register(OBJECTIONS, list(objected.COLUMNS)), round.law.value(objected.RULE)
    return entities, *objected.without_disputed(events, history, objections, on=round.evidence_day, rule=rule)


def other_registers(round: Round) -> OtherRegisters:
    """Return relations and licences, and who needs which (关联与许可)."""
    relations, licences = (round.register(kind, list(OTHERS[kind])) for kind in ("relations", "licences"))
    return OtherRegisters(relations=relations, licences=licences, needed=round.law.value(NEEDED))
