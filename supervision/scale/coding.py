"""Registers of a partition in numbers (分区登记表编码): what of it can be told without any other partition.

Units' records, visits and licences, the marks of their evidence and the terms of records are the partition's own. What
others must know of it is said or written: texts and their codes, kinds and the days from which they are known, its
visits, its relations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from supervision.errors import SupervisionError
from supervision.risk.classes import OVERRIDE, overriding
from supervision.risk.coded_registers import Ids
from supervision.risk.dated_rows import FAR
from supervision.risk.features import CODED, COLUMNS, MEASURED
from supervision.risk.links import LinkRows, Links
from supervision.risk.record_use import RULE as USE
from supervision.risk.snapshot import Evidence, numbers, teams
from supervision.risk.usable import Ready, ready
from supervision.scale import files
from supervision.scale.arrays import Array, flat, put_arrays
from supervision.scale.same_texts import FEW, put_texts
from supervision.scale.scoring_files import register, scoring_in, work
from supervision.spare_memory import give_back

UNITS, RECORDS, VISITS, LICENCES, RELATIONS = (
    f"{name}.arrays" for name in ("units", "records", "visits", "licences", "relations")
)
RESULTS, RELATED, STATUTORY = "outcomes.arrays", "related.parquet", "statutory.parquet"
VISITED_BY = ("item", "agency", "team")


@dataclass(frozen=True, kw_only=True)
class Coding:
    """A partition to be put in numbers (待编码的分区)."""

    folder: Path
    number: int
    partitions: int


@dataclass(frozen=True, kw_only=True)
class Coded:
    """What a partition says of itself (分区编码情况): its units, first and last id, how many ids and records.

    `texts`: those of columns with few, and those of visits, in the order of their codes; `kinds` and `licences`: the
    first day of each kind; `since`: that of any relation; `buckets`: of each columns with many texts how many rows go
    where.
    """

    units: int
    first: str
    last: str
    ids: int
    records: int
    texts: Mapping[str, list[str]]
    kinds: Mapping[str, int]
    licences: Mapping[str, int]
    since: int
    buckets: Mapping[tuple[str, ...], Array]


def code(job: Coding) -> Coded:
    """Put a partition's registers in numbers (分区编码)."""
    shared, ids = scoring_in(job.folder), Ids()
    texts: dict[str, pd.Series] = {}

    def read(kind: str) -> pd.DataFrame:
        found = files.get_table(register(job.folder, job.number, kind), list(COLUMNS[kind]))
        if kind == "entities":
            texts.update({name: found[name] for name in CODED})
            _check(found, job.number, on=shared.on)
        return found

    found, beside = ready(
        read,
        ids,
        on=shared.on,
        record_use=shared.law.value(USE),
        statutory=overriding(shared.law.value(OVERRIDE)),
        outcomes=shared.outcomes,
        marked=True,
    )
    codes = {name: found.coded["codes", name] for name in CODED}
    known = {name: _distinct(texts[name], codes[name]) for name in CODED}
    buckets = put_texts(job.folder, job.number, texts, codes, known, buckets=job.partitions)
    told = {name: known[name].tolist() for name in FEW}
    units = flat(found.units) | {"marks": beside.marks()} | {f"text_{name}": codes[name] for name in FEW}
    put_arrays(work(job.folder, job.number, UNITS), units)
    files.put_table(work(job.folder, job.number, STATUTORY), beside.statutory)
    told |= _put_registers(job, found, ids)
    unit_id = beside.units
    ends = {"first": str(unit_id.iloc[0]), "last": str(unit_id.iloc[-1])} if len(unit_id) else {"first": "", "last": ""}
    give_back()
    return Coded(
        units=len(unit_id),
        **ends,
        ids=len(ids),
        records=len(found.records.unit),
        texts=told,
        kinds=_first_days(found.records.kinds, found.records.kind_from),
        licences=_first_days({name: code for code, name in enumerate(found.licences.kinds)}, found.licences.kind_from),
        since=found.relations.since,
        buckets=buckets,
    )


def _put_registers(job: Coding, found: Ready, ids: Ids) -> dict[str, list[str]]:
    """Write records, visits, licences and relations; return the texts of visits."""
    measured = {name: numbers(found.records.frame[name]) for name in MEASURED}
    records = {name: array for name, array in flat(found.records).items() if name != "kind_from"}
    put_arrays(work(job.folder, job.number, RECORDS), records | measured)
    licences = {name: array for name, array in flat(found.licences).items() if name != "kind_from"}
    put_arrays(work(job.folder, job.number, LICENCES), licences)
    place, related = pd.factorize(found.relations.related)
    put_arrays(work(job.folder, job.number, RELATIONS), flat(found.relations) | {"related": place})
    texts = pd.DataFrame({"related": ids.texts(related).to_pandas()}, dtype="str")
    files.put_table(work(job.folder, job.number, RELATED), texts)
    return _put_visits(job, found)


def _put_visits(job: Coding, found: Ready) -> dict[str, list[str]]:
    """Write visits, and those that can be compared; return their texts."""
    alone = Links.of(_no_relations(), units=found.units.unit)
    evidence = Evidence.joined(found.units, found.records, found.visits, links=alone, licences=found.licences,
                               needed=None)  # fmt: skip
    history, rows, results = found.visits.frame, evidence.compared, evidence.results
    item, items = pd.factorize(history["item_id"])
    agency, agencies = pd.factorize(history["agency"])
    team, people = pd.factorize(teams(history))
    put_arrays(work(job.folder, job.number, VISITS), flat(found.visits) | {"item": item})
    put_arrays(work(job.folder, job.number, RESULTS), {
        "unit": results.unit, "day": results.day, "found": results.found, "visited": evidence.visited[rows],
        "rows": rows, "item": item[rows], "agency": agency[rows], "team": team[rows],
    })  # fmt: skip
    known = (items, agencies, people)
    return {name: [str(text) for text in texts] for name, texts in zip(VISITED_BY, known, strict=True)}


def _distinct(texts: pd.Series, codes: Array) -> pd.Series:
    """The text of each code: where it stands first."""
    rows = np.flatnonzero(codes >= 0)[::-1]
    first = np.empty(int(codes.max(initial=-1)) + 1, dtype=np.int64)
    first[codes[rows]] = rows  # the last one that is written stands, which is the first row
    return texts.take(first)


def _no_relations() -> LinkRows:
    nothing = np.zeros(0, dtype=np.int32)
    return LinkRows(unit=nothing, related=nothing, start=nothing, end=nothing, share=nothing, since=FAR)


def _check(entities: pd.DataFrame, number: int, *, on: date) -> None:
    """Units ascend, each has one row, and all were known by the day."""
    unit_id = entities["unit_id"]
    known = (entities["known_on"] <= pd.Timestamp(on)).all()
    if not (unit_id.is_monotonic_increasing and unit_id.is_unique and known):
        raise SupervisionError("scale.units_of_day", number=number, on=on)


def _first_days(codes: Mapping[str, int], days: Array) -> dict[str, int]:
    return {name: int(days[code]) for name, code in codes.items()}
