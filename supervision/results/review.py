"""Review of results (结果审核): a version on record counts once a second person has said yes to it.

A version is named by the day it was entered and the number of its correction. What is submitted and what is decided are
two lists that only grow; of a version the last decision counts, and only the latest version of a result is decided on.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from supervision.law.code_lists import normal
from supervision.messages import Message

RULE = "shared/result_review"
KEY = ["visit_id", "item_id"]
VERSION = [*KEY, "version"]
SUBMITTED_COLUMNS = (*VERSION, "by", "on")
DECISION_COLUMNS = (*VERSION, "decision", "reason", "by", "on")
ACCEPTED, SENT_BACK, WAITING = "accepted", "sent_back", "waiting"


def with_version(versions: pd.DataFrame) -> pd.DataFrame:
    """Return versions of results with the name of each (结果版本号), such as 2027-01-12/00 and 2027-01-14/01."""
    named = versions["known_on"].dt.strftime("%Y-%m-%d") + "/" + versions["correction"].fillna("00")
    return versions.assign(version=named.astype("str"))


def accepted_versions(versions: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the versions that a second person accepted (已审核的结果版本), known from the day of the yes.

    `versions`: all versions of a round's results in order, the latest of each last; `decisions`: `DECISION_COLUMNS`.
    A yes is never taken back: what it let pass is corrected instead.
    """
    said = decisions[decisions["decision"] == ACCEPTED].drop_duplicates(VERSION)
    rows = with_version(versions).merge(said[[*VERSION, "on"]], on=VERSION, how="inner", validate="one_to_one")
    rows["known_on"] = pd.to_datetime(rows["on"]).astype("datetime64[s]")
    return rows[list(versions.columns)].reset_index(drop=True)


def unreviewed(versions: pd.DataFrame, submitted: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the latest versions that nobody has accepted (待审核与已退回的结果).

    The columns of `versions` with version, `state` (`WAITING` or `SENT_BACK`), `recorded_by` ("" where nobody is on
    record as having submitted it), `reason` and `sent_back_by`, "" where it waits.
    """
    latest = with_version(versions).drop_duplicates(KEY, keep="last")
    last = decisions.drop_duplicates(VERSION, keep="last").rename(columns={"by": "sent_back_by"})
    rows = latest.merge(last[[*VERSION, "decision", "reason", "sent_back_by"]], on=VERSION, how="left")
    rows = rows[rows["decision"].fillna("") != ACCEPTED]
    by = submitted.drop_duplicates(VERSION, keep="last")[[*VERSION, "by"]].rename(columns={"by": "recorded_by"})
    rows = rows.merge(by, on=VERSION, how="left")
    state = rows["decision"].fillna(WAITING).astype("str")
    texts = {name: rows[name].fillna("").astype("str") for name in ("recorded_by", "reason", "sent_back_by")}
    return rows.drop(columns="decision").assign(state=state, **texts).reset_index(drop=True)


def chosen(rows: pd.DataFrame, names: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows that names mean (选取待审核的结果), "visit" or "visit/item", and the names that mean none."""
    whole = rows["visit_id"] + "/" + rows["item_id"]
    wanted = rows["visit_id"].isin(list(names)) | whole.isin(list(names))
    known = {*rows["visit_id"], *whole}
    return rows[wanted].reset_index(drop=True), [name for name in names if name not in known]


def objection(row: pd.Series, *, who: str, among_inspectors: str | None) -> Message | None:
    """Return why somebody may not decide on a row (不得审核的原因), None where they may.

    `among_inspectors`: what `results.people.is_one_of` says of them and the row's inspectors.
    """
    if not row["recorded_by"]:
        return Message.of("results.review_unsubmitted", visit=row["visit_id"], item=row["item_id"])
    if normal(row["recorded_by"]) == normal(who):
        return Message.of("results.review_own", visit=row["visit_id"], item=row["item_id"], who=who)
    if among_inspectors:
        return Message.of("results.review_inspector", visit=row["visit_id"], item=row["item_id"], who=who)
    return None
