"""Taking a county's part of a higher level's list (接收下达名单): the county's side of `handing_down`.

A part goes in whole or not at all. What was drawn stays drawn: a later version may plan, move or cancel visits and name
who stepped in, and nobody else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from supervision.directory.checking.problems import no_problems
from supervision.directory.checking.register_check import check_table
from supervision.directory.table import Table
from supervision.domain.rounds import RoundId
from supervision.errors import UsageError
from supervision.messages import Label
from supervision.month.city import City
from supervision.month.evidence import PUBLIC_KEY, content_of
from supervision.month.handed_visits import HANDED_DOWN, handed_down
from supervision.month.level_conflicts import own_visits_beside
from supervision.month.published_part import check_published
from supervision.month.report import Report
from supervision.notice.county_part import DRAWN, NOT_HELD, PLANNED, STEPPED_IN, CountyPart, read_part
from supervision.notice.signatures import fingerprint, read_public
from supervision.tables import tuples

SHOWN = 20
LIST = Label("下达名单", "The list handed down")
FAR = date(9999, 12, 31)
Chosen = set[tuple[str, str]]


def take_part(
    city: City, file: Path, *, key: Path, published: Path | None = None, known_on: date | None = None
) -> Report:
    """Take a county's part of a list into the store (接收下达名单), so that caps count its visits.

    Parameters
    ----------
    city : City
        The county's store.
    file : Path
        The signed file.
    key : Path
        The public key of the body that handed it down, got another way than the file.
    published : Path, optional
        The published folder of the round or of all rounds, with which the part is compared.
    known_on : date, optional
        From which day on it is known (default today).

    Raises
    ------
    DoesNotVerify
        The signature, or what was published, says otherwise; nothing is taken.
    UsageError
        Another county's part, one taken already, an older version, another list than the one taken before.
    """
    public = read_public(content_of(key, what=PUBLIC_KEY), file=str(key))
    source, today = content_of(file, what=LIST), city.now().date()
    part = read_part(source, public, file=str(file))
    day = known_on or today
    if day > today:
        raise UsageError("month.part_in_future", day=day, today=today)
    _refuse_other_county(city, part)
    shown = hashlib.sha256(source).hexdigest()
    rows = _rows(city, part, file, day, facts={"part_digest": shown, "key": fingerprint(public)})
    before = _taken_before(city, part)
    _refuse_other_list(part, rows, before, shown)
    lists = None if published is None else check_published(part, published)
    stored = city.store.insert(HANDED_DOWN, rows, who=city.who, at=city.now().isoformat(), source_digest=shown)
    if len(stored.conflicts):
        raise UsageError("month.part_taken", round=part.round, version=part.version)
    return _report(city, part, rows, lists)


def _refuse_other_county(city: City, part: CountyPart) -> None:
    """Refuse a part that is not this county's: the offices of its store say which county that is."""
    regions = sorted(set(city.register("offices", on=FAR, columns=["region"])["region"]))
    if regions != [part.county]:
        own = " ".join(regions) or "-"
        raise UsageError("month.part_other_county", county=part.county, own=own)


def _rows(city: City, part: CountyPart, file: Path, day: date, *, facts: dict[str, str]) -> pd.DataFrame:
    """The part as rows of the register, each cell checked as an import would; one bad cell refuses the part."""
    key = RoundId.parse(part.round).key(rehearsal=part.rehearsal)
    frame = pd.DataFrame([dict(row) for row in part.rows])
    frame = frame.assign(sender=part.agency, round=key, version=str(part.version), commitment=part.commitment, **facts)
    table = Table(
        kind=HANDED_DOWN,
        name=file.name,
        frame=frame.astype("str"),
        line=np.arange(1, len(frame) + 1),
        headers={},
        rejected=no_problems(),
    )
    checked = check_table(HANDED_DOWN, table, as_of=day, lists=city.code_lists, own_ids=True)
    if len(checked.rejected):
        first = checked.rejected.iloc[0]
        named = {"line": int(first["line"]), "column": first["column"], "value": first["value"]}
        raise UsageError("month.part_cell", file=file, **named, reason=first["reason"])
    if len(checked.good) != len(frame):
        raise UsageError("month.part_rows", file=file, rows=len(frame), read=len(checked.good))
    return checked.good


def _taken_before(city: City, part: CountyPart) -> pd.DataFrame:
    """The newest version of the same part that the store has."""
    rows = handed_down(city, on=FAR, rehearsal=part.rehearsal)
    key = RoundId.parse(part.round).key(rehearsal=part.rehearsal)
    return rows[(rows["sender"] == part.agency) & (rows["round"] == key)]


def _refuse_other_list(part: CountyPart, rows: pd.DataFrame, before: pd.DataFrame, shown: str) -> None:
    """Refuse what was taken, what is older, and another list than the one that was drawn."""
    if before.empty:
        return
    version, named = int(before["version"].iloc[0]), {"round": part.round, "version": part.version}
    if part.version == version and before["part_digest"].iloc[0] == shown:
        raise UsageError("month.part_taken", **named)
    if part.version <= version:
        raise UsageError("month.part_older", **named, newest=version)
    if before["commitment"].iloc[0] != part.commitment:
        other = before["commitment"].iloc[0]
        raise UsageError("month.part_other_commitment", **named, commitment=part.commitment, other=other)
    was, now = _chosen(before, [DRAWN]), _chosen(rows, [DRAWN])
    gone = sorted(was - now) + sorted(_chosen(before, [STEPPED_IN]) - _chosen(rows, [STEPPED_IN]))
    for task, unit in [*gone, *sorted(now - was)]:
        code = "month.part_name_gone" if (task, unit) in gone else "month.part_name_new"
        raise UsageError(code, **named, task=task, unit=unit, before=version)


def _chosen(rows: pd.DataFrame, roles: Collection[str]) -> Chosen:
    kept = rows.loc[rows["role"].isin(list(roles)), ["task_id", "unit_id"]]
    return set(tuples(kept))


def _report(city: City, part: CountyPart, rows: pd.DataFrame, lists: tuple[int, int] | None) -> Report:
    counted = rows[rows["state"] != NOT_HELD]
    told = {
        "round": part.round,
        "version": part.version,
        "units": int(rows["unit_id"].nunique()),
        "visits": int(rows.loc[rows["state"] == PLANNED, "visit"].nunique()),
        "free": int(rows["unit_id"].nunique() - counted["unit_id"].nunique()),
    }
    report = Report(facts={**told, "county": part.county, "commitment": part.commitment, "sender": part.agency})
    report.say("month.part_taken_in", sender=part.agency, **told)
    if lists is None:
        report.say("month.part_unpublished", commitment=part.commitment)
    else:
        report.say("month.part_published", commitment=part.commitment, compared=lists[0], tasks=lists[1])
    _compare_names(city, rows, report)
    _say_beside(city, part, report)
    return report


def _compare_names(city: City, rows: pd.DataFrame, report: Report) -> None:
    """Name units that the county's own directory does not have, or has under another name."""
    own = city.register("entities", on=FAR, columns=["unit_id", "name"], of=set(rows["unit_id"]))
    names = own.set_index("unit_id")["name"]
    units = rows.drop_duplicates("unit_id").sort_values("unit_id")[["unit_id", "name"]]
    unknown = [unit for unit in units["unit_id"] if unit not in names.index]
    other = [(unit, name) for unit, name in tuples(units)
             if unit in names.index and names[unit] != name]  # fmt: skip
    report.facts |= {"unknown": unknown, "other_names": [unit for unit, _ in other]}
    if unknown:
        report.say("month.part_unknown", units=len(unknown), unit=unknown[0])
    for unit, name in other[:SHOWN]:
        report.say("month.part_other_name", unit=unit, name=name, own=names[unit])
    if len(other) > SHOWN:
        report.say("month.more", more=len(other) - SHOWN)


def _say_beside(city: City, part: CountyPart, report: Report) -> None:
    """Name the county's own visits of the month that its own draw made before the part came."""
    beside = own_visits_beside(city, RoundId.parse(part.round).month, rehearsal=part.rehearsal)
    rows = [{str(name): value for name, value in row.items()} for row in beside.to_dict("records")]
    report.facts["beside"] = rows
    for row in rows[:SHOWN]:
        report.say("month.part_beside", **row)
    if len(rows) > SHOWN:
        report.say("month.more", more=len(rows) - SHOWN)
    if rows:
        report.say("month.part_beside_what")
        report.exit_code = 4
