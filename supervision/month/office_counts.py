"""What a round's offices did otherwise than drawn (各机构监督计数), from its records; see `results.oversight`."""

from __future__ import annotations

import pandas as pd

from supervision.domain.visits import units_of_visits
from supervision.month import round_files as files
from supervision.month.calendars import changes, chosen_units, sent_back, step_ins, unheld
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.round_people import units_of
from supervision.month.round_results import expected, results_of
from supervision.results.oversight import count_kinds, with_shares
from supervision.tables import tuples

NO_OFFICE = "-"  # the district has no office of the department
FEW = 3
CHANGED = {"substituted", "moved", "cancelled"}


def office_counts(round: Round) -> pd.DataFrame | None:
    """Return the round's counts (本轮监督计数), None before the units are drawn.

    Columns office, name, kind, number, of, percent, low, high: see `results.oversight`.
    """
    if not round.has(Step.DRAW):
        return None
    counts = with_shares(count_kinds(_kinds(round)))
    names = {one.office_id: one.name for one in round.offices.values()}
    counts.insert(1, "name", [names.get(office, NO_OFFICE) for office in counts["office"]])
    return counts


def _kinds(round: Round) -> dict[str, pd.DataFrame]:
    """What happened to what, as far as the round has come."""
    kinds = {"stepped_in": _stepped_in(round)}
    if round.planned_numbers:
        kinds["unheld"] = _unheld(round)
    if round.has(Step.MATCH):
        kinds |= {"could_not": _could_not(round), "sent_back": _sent_back(round), "changed": _changed(round)}
        kinds["few_candidates"] = _few_candidates(round)
    return kinds


def _stepped_in(round: Round) -> pd.DataFrame:
    """A task's units, at the office of the leading department in the unit's district: which were replaced."""
    chosen = chosen_units(round)
    regions = units_of(round, chosen["unit_id"], ["region"]).set_index("unit_id")["region"]
    leads = {task.task_id: task.lead for task in round.tasks}
    offices = {(one.department, one.region): one.office_id for one in round.offices.values()}
    places = zip(chosen["task_id"].map(leads), chosen["unit_id"].map(regions), strict=True)
    replaced = {(one.task_id, one.out) for one in step_ins(round)}
    happened = [pair in replaced for pair in tuples(chosen, "task_id", "unit_id")]
    return _rows([offices.get(place, NO_OFFICE) for place in places], happened)


def _could_not(round: Round) -> pd.DataFrame:
    """Visits of an office with results: in which it could not inspect (no public category: codes 7, 9 to 12)."""
    codes, owed = round.code_lists, expected(round)
    results = results_of(round).merge(owed[["visit_id", "item_id", "office_id"]], on=["visit_id", "item_id"])
    none = results["result"].map({code: codes.category(code) is None for code in results["result"].unique()})
    visits = results.assign(happened=none.astype(bool)).groupby(["visit_id", "office_id"])["happened"].any()
    found = visits.reset_index()
    return _rows(found["office_id"].tolist(), found["happened"].tolist())


def _unheld(round: Round) -> pd.DataFrame:
    """Units that an office should have visited: which stand in no calendar, in whole or in part."""
    lost = unheld(round)[["office", "unit_id"]].replace({"office": {"": NO_OFFICE}}).drop_duplicates()
    there = [round.read(files.CALENDAR, number) for number in round.planned_numbers]
    places = pd.concat(there, ignore_index=True)
    held = places.assign(unit_id=units_of_visits(places["visit_id"]))[["office", "unit_id"]].drop_duplicates()
    both = held.merge(lost, how="outer", indicator="side").sort_values(["office", "unit_id"], kind="stable")
    return _rows(both["office"].tolist(), both["side"].ne("left_only").tolist())


def _sent_back(round: Round) -> pd.DataFrame:
    """Visits of an office in each draw of inspectors: which were sent back, as some place of theirs stayed open."""
    parts = []
    for number in round.drawn_numbers:
        visits = round.read(files.CALENDAR, number)[["office", "visit_id"]].drop_duplicates()
        back = visits["visit_id"].isin(sent_back(round, number)["visit_id"])
        parts.append(_rows(visits["office"].tolist(), back.tolist()))
    return pd.concat(parts, ignore_index=True)


def _changed(round: Round) -> pd.DataFrame:
    """Visits of an office that were drawn: which were changed afterwards, by substitution, moving or cancelling."""
    drawn = [round.read(files.ASSIGNMENTS, number) for number in round.drawn_numbers]
    visits = pd.concat(drawn, ignore_index=True)[["office", "visit_id"]].drop_duplicates()
    touched = {(one.office, one.visit_id) for one in changes(round) if one.kind in CHANGED}
    return _rows(visits["office"].tolist(), [pair in touched for pair in tuples(visits)])


def _few_candidates(round: Round) -> pd.DataFrame:
    """Places that were drawn: which had fewer than three candidates (protocol 7)."""
    drawn = [round.read(files.ASSIGNMENTS, number) for number in round.drawn_numbers]
    places = pd.concat(drawn, ignore_index=True)
    return _rows(places["office"].tolist(), (places["candidates"] < FEW).tolist())


def _rows(offices: list[str], happened: list[bool]) -> pd.DataFrame:
    return pd.DataFrame({"office": pd.Series(offices, dtype="str"), "happened": pd.Series(happened, dtype="bool")})
