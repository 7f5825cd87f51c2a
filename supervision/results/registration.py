"""Ended registrations (注销、吊销、撤销、迁出): a result may say so only where the registers know it.

An inspector sees a locked door; that a unit was deregistered, revoked, annulled or moved is known from its register.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

RULE = "shared/result_registration"


def known_ended(
    rows: pd.DataFrame, entities: pd.DataFrame, events: pd.DataFrame, words: Mapping[str, Sequence[str]]
) -> set[tuple[str, str]]:
    """Return (unit_id, result code) that the registers bear out (登记信息可印证的结果).

    `rows`: unit_id, result; `entities`: unit_id, status; `events`: unit_id, kind, result; `words`: result code → the
    statuses that say the same (rule shared/result_registration). A status is one of the words; an event of kind
    change or licence says one of them in its result.
    """
    found: set[tuple[str, str]] = set()
    asked = rows[rows["result"].isin(list(words))]
    changes = events[events["kind"].isin(["change", "licence"])]
    for code in sorted(set(asked["result"])):
        units = set(asked.loc[asked["result"] == code, "unit_id"])
        borne = set(entities.loc[entities["status"].isin(list(words[code])), "unit_id"])
        said = changes["result"].fillna("").map(lambda text, code=code: _says(text, words[code]))
        borne |= set(changes.loc[said.astype(bool), "unit_id"])
        found |= {(unit, code) for unit in units & borne}
    return found


def _says(text: Any, words: Sequence[str]) -> bool:
    return any(word in str(text) for word in words)
