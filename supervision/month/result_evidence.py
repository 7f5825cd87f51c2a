"""Results become evidence (结果转为证据): past inspections and status events, for the next month's scores and caps."""

from __future__ import annotations

import pandas as pd

from supervision.directory.corrections import settle
from supervision.directory.register import register
from supervision.messages import say
from supervision.month import round_files as files
from supervision.month.own_visits import is_own, same_visits
from supervision.month.round import Round
from supervision.month.round_results import expected, results_of
from supervision.results.history import history_rows
from supervision.results.public_categories import publish_results, status_events

REASONS = ["correction_reason", "correction_reviewer"]


def as_evidence(round: Round) -> int:
    """Bring history and status events to what the round's results say (结果转为证据).

    What a correction changed is corrected there too; what it took away, such as the record of a wrong day, is
    withdrawn: it stays on record and is used no more. So is what another system said of the same inspection; returns
    how many such rows. What was rehearsed is nobody's evidence.
    """
    found, city = results_of(round), round.city
    if found.empty or round.is_rehearsal:
        return 0
    offices = expected(round)[["visit_id", "agency", "office_id"]]
    history = history_rows(found, offices=offices, kind="routine")
    drawn = round.table(files.DRAWN, ["task_id", "unit_id"])
    sorted_out = publish_results(found, tasks=round.tasks, drawn=drawn, codes=round.code_lists)
    events = status_events(sorted_out.unavailable, codes=round.code_lists)
    visits = found.sort_values("known_on", kind="stable").drop_duplicates("visit_id", keep="last").set_index("visit_id")
    events["known_on"] = events["event_no"].map(visits["known_on"]).astype("datetime64[s]")
    for kind, rows, number in (("history", history, "visit_no"), ("events", events, "event_no")):
        prefix = f"{round.id}/" if kind == "history" else ""
        own = {f"{prefix}{visit}" for visit in found["visit_id"]}
        reasons = visits[REASONS].set_axis([f"{prefix}{visit}" for visit in visits.index])
        changed = _changes(round, kind, rows, number, own, reasons=reasons, known=visits["known_on"].max())
        if len(changed):
            city.store.insert(kind, changed, who=city.who, at=city.now().isoformat(), source_digest=round.id)
    return _withdraw_same(round, history, reviewers=visits["reviewer"])


def _withdraw_same(round: Round, own: pd.DataFrame, *, reviewers: pd.Series[str]) -> int:
    """Withdraw what other systems said of the round's inspections (撤下重复的检查记录); our own result stands.

    `reviewers`: visit_id → who reviewed its result, who answers for this as well.
    """
    city, key = round.city, list(register("history").key)
    versions = city.store.versions("history", of=set(own["unit_id"]), since=round.name.first_day)
    latest = versions.drop_duplicates(key, keep="last")
    latest = latest[~is_own(latest["visit_no"], city.store.rounds())]
    number = same_visits(latest, own)
    gone = latest[number.notna() & ~latest["withdrawn"].fillna(False).astype(bool)]
    if gone.empty:
        return 0
    number = number[gone.index]
    today = pd.Timestamp(city.now().date()).as_unit("s")
    wanted = gone.assign(
        withdrawn=True,
        known_on=gone["known_on"].where(gone["known_on"] > today, today),
        correction_reason=[say("month.same_visit", visit=visit) for visit in number],
        correction_reviewer=number.str.rpartition("/")[2].map(reviewers),
    ).astype(gone.dtypes.to_dict())
    settled = settle("history", wanted, versions, who="", lists=city.code_lists)
    city.store.insert("history", settled.rows, who=city.who, at=city.now().isoformat(), source_digest=round.id)
    return len(gone)


def _changes(
    round: Round,
    kind: str,
    rows: pd.DataFrame,
    number: str,
    own: set[str],
    *,
    reasons: pd.DataFrame,
    known: pd.Timestamp,
) -> pd.DataFrame:
    """Return the versions to add so that a register says of a round's visits what `rows` say (需补入的版本).

    `number` is the column that names a visit, `own` the names of the round's visits, `reasons` why a visit's results
    were corrected.
    """
    definition = register(kind)
    key = list(definition.key)
    versions = round.city.store.versions(kind, of=set(rows["unit_id"]) | _units(own), since=round.name.first_day)
    versions = versions[versions[number].isin(own)]
    latest = versions.drop_duplicates(key, keep="last")
    standing = latest[~latest["withdrawn"].fillna(False).astype(bool)]
    gone = standing[~_keys(standing, key).isin(_keys(rows, key))].assign(withdrawn=True)
    wanted = pd.concat([rows.reindex(columns=list(definition.names)), gone], ignore_index=True)
    wanted = wanted.astype(latest.dtypes.to_dict())
    corrects = _keys(wanted, key).isin(_keys(latest, key))
    last = pd.Series(pd.Timestamp(known).as_unit("s"), index=wanted.index)
    wanted["known_on"] = wanted["known_on"].mask(wanted["withdrawn"].fillna(False).astype(bool), last)
    for column in REASONS:
        wanted[column] = wanted[number].map(reasons[column]).where(corrects).astype("str")
    settled = settle(kind, wanted, versions, who="", lists=round.city.code_lists)
    return settled.rows[~settled.same].reset_index(drop=True)


def _keys(rows: pd.DataFrame, key: list[str]) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[key].astype("object").where(rows[key].notna(), ""))


def _units(own: set[str]) -> set[str]:
    """Return the units of visits named "2026-12/U~1" or "U~1" (检查对象编号)."""
    return {name.rpartition("/")[2].rpartition("~")[0] for name in own}
