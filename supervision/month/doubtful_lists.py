"""Lists that spare a unit, held against its records (清单核对): they are checked, and what stands out is said."""

from __future__ import annotations

import pandas as pd

from supervision.messages import Message
from supervision.month.round import Round
from supervision.risk.record_use import RULE, within_terms, without_repaired
from supervision.sampling.frame.unit_positions import are_among
from supervision.tables import valid_between

LISTS = ("whitelist", "positive")
RECORDS = ["unit_id", "kind", "happened", "event_no", "severity", "until", "repaired_no", "known_on"]


def doubtful(round: Round) -> list[Message]:
    """Return remarks on listed units with records in use (清单内有失信记录的对象), one for each list.

    Records are those of the rule shared/record_use that may be used on the evidence day: within their terms, not
    repaired. The lists stand as they are: whether a unit leaves one is for whoever keeps it.
    """
    law, day = round.law, pd.Timestamp(round.evidence_day)
    listed = round.register("exemptions", ["unit_id", "list", "from_date", "until_date"])
    listed = valid_between(listed, round.name.first_day, round.name.last_day)
    kinds = {entry["event"] for entry in law.value(RULE) or []}
    events = without_repaired(round.register("events", RECORDS), on=round.evidence_day)
    events = within_terms(events, law.value(RULE))
    events = events[events["kind"].isin(kinds) & (events["happened"] <= day) & ~(events["until"] <= day)]
    found = []
    for name in LISTS:
        named = events[are_among(events["unit_id"], listed.loc[listed["list"] == name, "unit_id"])]
        if len(named):
            unit, kind, number = named.sort_values(["unit_id", "happened"]).iloc[0][["unit_id", "kind", "event_no"]]
            labels = {"list": round.code_lists.row("exemption_list", name).label}
            labels["kind"] = round.code_lists.row("event_kind", kind).label
            units = int(named["unit_id"].nunique())
            found.append(Message.of("month.listed_with_record", units=units, unit=unit, number=number, **labels))
    return found
