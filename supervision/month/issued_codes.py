"""Entry codes that were issued (已签发的入企码): which number belongs to which visit, kept with the round.

Only numbers are kept, not the signed texts: they are on paper, and the store is no place to take them from.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from supervision.month.round import Round
from supervision.month.round_files import ISSUED_CODES, ISSUED_CODES_TABLE, Step
from supervision.notice.entry.code import EntryCode


def issued_codes(round: Round) -> pd.DataFrame:
    """Return the codes of a round (已签发入企码): code, visit_id, office, half_days, issued; in the order of issue."""
    return round.read(ISSUED_CODES) if round.holds(ISSUED_CODES) else ISSUED_CODES_TABLE.frame([])


def keep_codes(round: Round, codes: Iterable[EntryCode]) -> int:
    """Keep the numbers of codes (登记入企码) and return how many are new; one that is issued again is no new one."""
    before = issued_codes(round)
    known = set(before["code"])
    rows = [
        (one.number, one.statement.visit_id, one.statement.office_id, " ".join(one.statement.half_days), round.at)
        for one in codes
        if one.number not in known
    ]
    if rows:
        with round.save(Step.ISSUE_CODES) as saving:
            saving.put(ISSUED_CODES, pd.concat([before, ISSUED_CODES_TABLE.frame(rows)], ignore_index=True))
    return len(rows)
