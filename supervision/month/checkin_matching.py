"""Check-ins of a round beside its visits (扫码登记核对): a list on the screen and, where wanted, a workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from supervision.domain.visits import units_of_visits
from supervision.messages import say
from supervision.month.calendars import standing
from supervision.month.issued_codes import issued_codes
from supervision.month.output_folder import write_whole
from supervision.month.own_visits import is_own
from supervision.month.page_heading import heading
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.round_people import units_of
from supervision.month.round_results import FAR, results_of
from supervision.notice.formats import checkin_workbook
from supervision.notice.site.data import records
from supervision.results.checkins import CAUSES, CHECKINS, CHECKS, COULD_NOT, HELD, NOTHING, VISITS, match_checkins

SHOWN = 20
KIND = "checkins"
SHOWN_OF_ROWS = ("unit_id", "name", "office_name", "date", "time", "visit_id")


def match(round: Round, *, on: date | None = None, workbook: Path | None = None) -> Report:
    """Compare the check-ins of a round's month with its visits (核对扫码登记); exit code 4 where one does not fit.

    Known are the check-ins and inspections that are in the store today; `on`, today where it is not said, decides which
    visits are over.
    """
    round.need(Step.MATCH, "match")
    day = on or round.city.now().date()
    visits, issued, scans = _visits(round), issued_codes(round), _of_month(round, KIND, "scanned_on", list(CHECKINS))
    found = match_checkins(visits, issued, scans, _checks(round), on=day.isoformat())
    found = _named(round, found)
    counts = {cause: int(found["cause"].eq(cause).sum()) for cause in CAUSES}
    report = Report(facts={"on": day.isoformat(), "visits": len(visits), "codes": len(issued), "checkins": len(scans)})
    report.facts |= {"counts": counts, "found": records(found)}
    report.say("month.checkins", round=round.id, visits=len(visits), codes=len(issued), checkins=len(scans))
    if issued.empty:
        report.say("month.checkins_no_codes")
    for cause in CAUSES:
        if counts[cause]:
            report.say("month.checkins_cause", cause=say(f"results.checkin.{cause}"), count=counts[cause])
    for row in records(found.head(SHOWN)):
        told = {name: row[name] for name in SHOWN_OF_ROWS}
        report.say("month.checkins_line", cause=say(f"results.checkin.{row['cause']}"), number=row["code"], **told)
    if len(found) > SHOWN:
        report.say("month.more", more=len(found) - SHOWN)
    if found.empty:
        report.say("month.checkins_agree")
    if workbook is not None:
        write_whole(workbook, checkin_workbook.write(heading(round), found, on=day))
        report.facts["workbook"] = str(workbook)
        report.say("month.checkins_workbook", file=workbook)
    report.exit_code = 4 if len(found) else 0
    return report


def _visits(round: Round) -> pd.DataFrame:
    """The visits of the calendar that stands, a row an office, with what is on record of each."""
    places = standing(round)[["visit_id", "office", "half_days"]]
    days = places.assign(half_days=places["half_days"].str.split(" ")).explode("half_days").drop_duplicates()
    joined = days.sort_values("half_days", kind="stable").groupby(["visit_id", "office"])["half_days"].agg(" ".join)
    visits = joined.reset_index()
    lists, results = round.code_lists, results_of(round)
    could_not = results["result"].map({code: lists.outcome(code) for code in lists.codes("result")}).eq("could_not")
    states: dict[tuple[str, str], str] = {}
    for visit, agency, failed in zip(results["visit_id"], results["agency"], could_not, strict=True):
        held = states.get((visit, agency)) == HELD or not failed
        states[visit, agency] = HELD if held else COULD_NOT
    agency = visits["office"].map({office.office_id: office.department for office in round.offices.values()})
    state = [states.get(key, NOTHING) for key in zip(visits["visit_id"], agency, strict=True)]
    return visits.assign(unit_id=units_of_visits(visits["visit_id"]), state=state)[list(VISITS)]


def _checks(round: Round) -> pd.DataFrame:
    """The month's inspections on site that no round of this store ordered."""
    history = _of_month(round, "history", "date", [*CHECKS, "on_site", "visit_no"])
    visited = history["on_site"].astype("boolean").fillna(value=True).to_numpy(dtype=bool)
    return history.loc[visited & ~is_own(history["visit_no"], round.city.store.rounds()), list(CHECKS)]


def _of_month(round: Round, kind: str, day: str, columns: list[str]) -> pd.DataFrame:
    """A register's rows of the round's month, as known today."""
    rows = round.city.register(kind, on=FAR, columns=columns)
    first, last = pd.Timestamp(round.name.first_day), pd.Timestamp(round.name.last_day)
    return rows[rows[day].between(first, last)].reset_index(drop=True)


def _named(round: Round, found: pd.DataFrame) -> pd.DataFrame:
    """The rows with names of units and offices; a department where no office is known."""
    units = units_of(round, found["unit_id"].drop_duplicates(), ["name"])
    names = dict(zip(units["unit_id"], units["name"].fillna(""), strict=True))
    lists = round.code_lists
    called = {office.office_id: office.name for office in round.offices.values()}
    called |= {code: lists.label("department", code, "zh") for code in lists.codes("department")}
    return found.assign(
        name=[names.get(unit, "") for unit in found["unit_id"]],
        office_name=[called.get(office, office) for office in found["office"]],
    )
