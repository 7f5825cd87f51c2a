"""What came back of a round (已收回的结果): its results, what its visits should report, what the public may read."""

from __future__ import annotations

from datetime import date

import pandas as pd

from supervision.month.calendars import chosen_units, standing
from supervision.month.off_site_duties import off_site_duties
from supervision.month.result_review import decisions_of, needs_review, recorded_results, recorded_versions
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.results.acceptance import KEY, expected_results
from supervision.results.deadlines import clock, due_rows
from supervision.results.off_site import expected_off_site
from supervision.results.public_categories import publish_results
from supervision.results.review import accepted_versions

FAR = date(9999, 12, 31)


def results_of(round: Round) -> pd.DataFrame:
    """Return a round's results (本轮结果), the latest version of each that counts: see `versions_of`."""
    if needs_review(round):
        return versions_of(round).drop_duplicates(KEY, keep="last").reset_index(drop=True)
    frame = round.city.register("results", on=FAR)
    return frame[frame["round"] == round.key].reset_index(drop=True)


def versions_of(round: Round) -> pd.DataFrame:
    """Return all versions of a round's results that count (本轮结果各版本), the latest of each last.

    Where the rule asks for a review: those that a second person accepted, known from that day.
    """
    versions = recorded_versions(round)
    return accepted_versions(versions, decisions_of(round)) if needs_review(round) else versions


def first_known(round: Round) -> pd.DataFrame:
    """Return when each result was first recorded and so public (首次录入日): visit_id, item_id, published_on."""
    first = versions_of(round).drop_duplicates(KEY)[[*KEY, "known_on"]]
    return first.rename(columns={"known_on": "published_on"}).reset_index(drop=True)


def public_results(round: Round, results: pd.DataFrame) -> pd.DataFrame | None:
    """Return the rows that the public may read (公示结果行), or None before the first result."""
    if results.empty:
        return None
    return publish_results(results, tasks=round.tasks, drawn=chosen_units(round), codes=round.code_lists).rows


def with_methods(round: Round, rows: pd.DataFrame | None) -> pd.DataFrame | None:
    """Return public rows with the methods of off-site checks (公示行注明非现场方式); those of visits say none."""
    papers = off_site_duties(round)
    if rows is None or papers.empty:
        return rows
    said = results_of(round)
    said = said.loc[said["visit_id"].isin(papers["visit_id"]), [*KEY, "method"]]
    return rows.merge(said, on=KEY, how="left")


def expected_visits(round: Round) -> pd.DataFrame:
    """Return what the round's visits should report (应报入企结果): see `results.acceptance.expected_results`."""
    return expected_results(standing(round), round.offices)


def expected_papers(round: Round) -> pd.DataFrame:
    """Return what its off-site checks should report (应报非现场结果): see `results.off_site.expected_off_site`."""
    return expected_off_site(off_site_duties(round), round.offices)


def expected(round: Round) -> pd.DataFrame:
    """Return what a round should report (应报结果), `EXPECTED`: its visits, and its off-site checks."""
    visits, papers = expected_visits(round), expected_papers(round)
    return pd.concat([visits, papers], ignore_index=True) if len(papers) else visits


def can_report(round: Round) -> bool:
    """Tell whether anything of a round can be reported (可否录入结果): people were drawn, or nobody goes anywhere.

    Not before the second draw while visits wait for it: what they owe is not known yet, and a list whose visits are all
    reported is shown.
    """
    return round.has(Step.MATCH) or (len(off_site_duties(round)) > 0 and standing(round).empty)


def today_of(round: Round, results: pd.DataFrame) -> date:
    """Today; in a rehearsal, which repeats to the byte, the day its last result became known (本轮今日)."""
    if not round.is_rehearsal:
        return round.city.now().date()
    return results["known_on"].max().date() if len(results) else round.evidence_day


def clock_of(round: Round, *, on: date | None = None, owed: pd.DataFrame | None = None) -> pd.DataFrame | None:
    """Return the publication clock (公示期限) of all checks whose planned day has come; None before the second draw.

    `owed` is what `expected` says, of a caller who has it. A round in which nobody goes anywhere needs none. A result
    that waits for review runs from the day it was inspected and is published once it is accepted.
    """
    if not can_report(round):
        return None
    results = recorded_results(round)
    day = on or today_of(round, results)
    owed = expected(round) if owed is None else owed
    due = due_rows(owed, results, public=public_results(round, results), on=day)
    if due is None:
        return None
    return clock(due, published=first_known(round), workdays=round.working_days(day), law=round.law, on=day)
