"""Review on record (审核台账): who entered which version of a result, who said yes or sent it back."""

from __future__ import annotations

from datetime import date

import pandas as pd

from supervision.month import round_files as files
from supervision.month.round import Round
from supervision.month.round_files import File, Step
from supervision.results.review import DECISION_COLUMNS, RULE, SUBMITTED_COLUMNS, VERSION, unreviewed, with_version


def needs_review(round: Round) -> bool:
    """Tell whether a round's results wait for a second person's yes (结果是否须另行审核), by the month's rule.

    The rule of the day, not the one frozen at the commitment: rounds that were committed before there was one go on.
    """
    return bool(round.city.rules.on(round.name.first_day).value(RULE)["needed"])


def recorded_versions(round: Round) -> pd.DataFrame:
    """Return all versions on record, reviewed or not (已录入结果各版本), the latest of each last."""
    return round.city.store.versions("results", of=[round.key])


def recorded_results(round: Round) -> pd.DataFrame:
    """Return the latest version on record of each result, reviewed or not (已录入结果)."""
    return recorded_versions(round).drop_duplicates(["visit_id", "item_id"], keep="last").reset_index(drop=True)


def decisions_of(round: Round) -> pd.DataFrame:
    """Return all decisions on a round's results (审核决定), in the order in which they were made."""
    return _listed(round, files.REVIEWS, DECISION_COLUMNS)


def unreviewed_of(round: Round) -> pd.DataFrame:
    """Return what waits or was sent back (待审核与已退回的结果); no rows where the round needs no review."""
    versions = recorded_versions(round)
    if not needs_review(round):
        versions = versions.iloc[:0]
    return unreviewed(versions, _listed(round, files.SUBMITTED, SUBMITTED_COLUMNS), decisions_of(round))


def submit(round: Round, rows: pd.DataFrame) -> int:
    """Put on record who enters versions of results (登记录入人), before they are stored; return how many are new.

    Who entered a version first stays on record: nobody takes it over in order to be the one who did not.
    """
    if not needs_review(round) or rows.empty:
        return 0
    with round.save(Step.SUBMIT) as saving:
        before = _listed(round, files.SUBMITTED, SUBMITTED_COLUMNS)
        fresh = with_version(rows)[VERSION].assign(by=round.who, on=today(round, rows).isoformat())
        both = pd.concat([before, fresh], ignore_index=True).drop_duplicates(VERSION)
        saving.put(files.SUBMITTED, both)
    return len(both) - len(before)


def decide(round: Round, rows: pd.DataFrame, *, decision: str, reason: str) -> None:
    """Put a decision on record (登记审核决定), one row a version, with its log entry; `rows`: see `unreviewed`."""
    with round.save(Step.REVIEW) as saving:
        told = rows[VERSION].assign(decision=decision, reason=reason, by=round.who, on=today(round, rows).isoformat())
        saving.put(files.REVIEWS, pd.concat([decisions_of(round), told], ignore_index=True))


def today(round: Round, rows: pd.DataFrame) -> date:
    """Return the day of what is done (办理日): today, in a rehearsal the last day on which `rows` became known."""
    return rows["known_on"].max().date() if round.is_rehearsal else round.city.now().date()


def _listed(round: Round, file: File[pd.DataFrame], columns: tuple[str, ...]) -> pd.DataFrame:
    """Read a list as it stands now, never from memory: two people may be at it."""
    path = file.path()
    if path not in round.city.store.paths(round.key):
        return pd.DataFrame(columns=list(columns), dtype="str")
    return file.from_bytes(round.content(path))
