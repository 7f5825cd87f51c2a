"""Offices that join a round after its first commitment (承诺后加入的机构): a county that sends its roster late.

Between the two commitments an office may join where its district has none of its department: it holds visits that
nobody could hold, and its people stand in the roster that the second commitment binds, so that they are drawn with all
others. No office that was committed changes or goes, whatever the register says by now.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from supervision.directory import typed_rows
from supervision.domain.people import Office
from supervision.month.round_files import JOINED_OFFICES, OFFICES_TABLE, Step

if TYPE_CHECKING:
    import pandas as pd

    from supervision.month.round import Round


def joined_offices(round: Round, committed: Mapping[str, Office]) -> dict[str, Office]:
    """Return the offices that joined a committed round (承诺后加入的机构), by office_id.

    Until the second commitment those known today; from then on those that it kept. In a rehearsal, whose people are
    those of the evidence day, none.
    """
    if round.holds(JOINED_OFFICES):
        rows = round.read(JOINED_OFFICES).rename(columns={"office": "office_id"})
        return typed_rows.offices(rows)
    if round.is_rehearsal or not round.has(Step.COMMIT) or round.has(Step.ROSTER):
        return {}
    taken = {(office.region, office.department) for office in committed.values()}
    known = typed_rows.offices(round.city.register("offices", on=round.city.now().date()))
    return {
        name: office
        for name, office in sorted(known.items())
        if name not in committed and (office.region, office.department) not in taken
    }


def joined_table(offices: Mapping[str, Office]) -> pd.DataFrame:
    """Return offices as a table for the auditor (加入机构表)."""
    return OFFICES_TABLE.frame([(one.office_id, one.department, one.region, one.name) for one in offices.values()])
