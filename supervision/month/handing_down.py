"""Handing a county its part of a round's list (下达名单): the city's side; the county's is `taking_part`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from supervision.domain.visits import units_of_visits
from supervision.errors import UsageError
from supervision.month.calendars import chosen_units, drawn_units, sent_back, standing
from supervision.month.output_folder import write_whole
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import COMMITMENT, Step
from supervision.month.round_people import units_of
from supervision.notice.county_part import DRAWN, NOT_HELD, PLANNED, STEPPED_IN, CountyPart, sign_part
from supervision.tables import tuples

Visits = Mapping[tuple[str, str], tuple[str, str, str]]  # unit, item → visit_id, office, day


def hand_down(round: Round, *, county: str, key: Ed25519PrivateKey, file: Path) -> Report:
    """Write a county's part of a drawn round as a signed file (下达县区名单): whom it visits, and when once known.

    The same state of the round gives the same bytes; everything that is done in the round gives a later version.

    Raises
    ------
    UsageError
        The round is not drawn or was given up, no office is in the county, or none of its units was drawn.
    """
    round.need(Step.DRAW, "draw")
    if round.has(Step.ABANDON):
        raise UsageError("month.was_abandoned", round=round.id)
    counties = sorted({office.region for office in round.offices.values()})
    if county not in counties:
        raise UsageError("month.part_county_unknown", county=county, known=" ".join(counties))
    part = part_of(round, county)
    if not part.rows:
        raise UsageError("month.part_empty", round=round.id, county=county)
    body = sign_part(part, key)
    if not file.is_file() or file.read_bytes() != body:
        write_whole(file, body)
    inputs, outputs = {round.id: part.commitment}, {file.name: hashlib.sha256(body).hexdigest()}
    at = round.city.now().isoformat()
    round.city.store.note_new("hand-down", who=round.who, at=at, inputs=inputs, outputs=outputs)
    units = len({row["unit_id"] for row in part.rows})
    planned = len({row["visit"] for row in part.rows if row["state"] == PLANNED})
    told = {"round": round.id, "county": county, "version": part.version, "units": units, "visits": planned}
    report = Report(facts={**told, "commitment": part.commitment, "file": str(file), "rows": len(part.rows)})
    report.say("month.part_handed_down", **told, file=file)
    report.say("month.part_commitment", commitment=part.commitment)
    return report


def part_of(round: Round, county: str) -> CountyPart:
    """Return what a drawn round asks of a county's units (县区名单), as it stands now."""
    chosen = chosen_units(round)
    units = units_of(round, chosen["unit_id"], ["region", "name"])
    names = dict(tuples(units.loc[units["region"] == county, ["unit_id", "name"]]))
    first = set(tuples(drawn_units(round)))
    visits, waiting = _visits(round), _waiting(round)
    tasks = {task.task_id: task for task in round.tasks}
    rows: list[dict[str, str]] = []
    for task_id, unit in tuples(chosen.drop_duplicates()):
        if unit not in names:
            continue
        task = tasks[task_id]
        for item in task.items:
            visit, office, day = visits.get((unit, item), ("", "", task.start.isoformat()))
            state = PLANNED if visit else DRAWN if waiting is None or unit in waiting else NOT_HELD
            rows.append(
                {
                    "task_id": task_id,
                    "level": task.level,
                    "unit_id": unit,
                    "name": names[unit],
                    "role": DRAWN if (task_id, unit) in first else STEPPED_IN,
                    "department": round.items[item].department,
                    "item_id": item,
                    "state": state,
                    "date": day,
                    "on_site": "yes" if round.items[item].comes_on_site else "no",
                    "office_id": office,
                    "visit": visit,
                }
            )
    log = round.log.splitlines()
    commitment = round.read(COMMITMENT)
    return CountyPart(
        agency=commitment.agency,
        round=round.id,
        rehearsal=round.is_rehearsal,
        county=county,
        commitment=commitment.digest.hex(),
        version=len(log),
        at=json.loads(log[-1])["at"],
        rows=tuple(rows),
    )


def _visits(round: Round) -> Visits:
    """Which visit of which office holds an item at a unit, and on which day."""
    if not round.has(Step.PLAN):
        return {}
    places = standing(round).drop_duplicates(["visit_id", "office", "items"])
    columns = zip(units_of_visits(places["visit_id"]), places["visit_id"], places["office"], places["half_days"],
                  places["items"], strict=True)  # fmt: skip
    return {
        (unit, item): (visit, office, half_days[:10])
        for unit, visit, office, half_days, items in columns
        for item in items.split()
    }


def _waiting(round: Round) -> set[str] | None:
    """The units whose visit is still to be planned: those sent back, who stepped in; None before any calendar."""
    if not round.has(Step.PLAN):
        return None
    last = round.count(Step.PLAN)
    back = set(units_of_visits(sent_back(round, last)["visit_id"])) if round.has(Step.MATCH, last) else set()
    stepped = set(chosen_units(round)["unit_id"]) - set(drawn_units(round)["unit_id"])
    return back | stepped
