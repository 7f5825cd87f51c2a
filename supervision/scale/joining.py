"""What partitions must know of one another (合并各分区): made of what each says of itself, the same whatever the cuts.

Codes of units follow one another from partition to partition; texts and kinds get one list for all; visits are held
against what was known of all visits before them; related parties become groups over all partitions.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from supervision.errors import SupervisionError
from supervision.risk.coded_registers import NOBODY, places_among
from supervision.risk.dated_rows import FAR
from supervision.risk.findings import expected_findings, usual_findings
from supervision.risk.links import LinkRows, Links
from supervision.scale import files
from supervision.scale.arrays import Array, flat, get_arrays, put_arrays, put_column, put_columns, shifted
from supervision.scale.coding import RECORDS, RELATED, RELATIONS, RESULTS, UNITS, VISITED_BY, Coded
from supervision.scale.same_texts import FEW
from supervision.scale.scoring_files import register, together, work

EXPECTED = "expected.arrays"
LINKS = ("group", "unit", "start", "end", "share", "place", "mine.key", "mine.row", "mine.ends")
OF_RECORDS = ("unit", "happened", "known", "until", "ends", "dates.key", "dates.row", "dates.ends", "kind", "severity",
              "amount")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Joint:
    """What all partitions have in common (各分区共同的编码).

    `ahead` int64 (partitions,): how many ids the partitions before have; `texts` of columns and visits in the order of
    their codes; `tables`: of each partition its own codes of them → those of all; `kinds`, `licences`, `since` as of
    `Coded`.
    """

    ahead: Array
    texts: Mapping[str, list[str]]
    tables: Sequence[Mapping[str, Array]]
    kinds: Mapping[str, int]
    licences: Mapping[str, int]
    since: int


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Ids that other partitions relate to (待查找的关联方): which of them are units of this partition."""

    folder: Path
    number: int
    ahead: int


def joint_of(coded: Sequence[Coded]) -> Joint:
    """Put together what partitions say of themselves (合并编码); partitions out of order are refused."""
    _check_order(coded)
    texts = {name: _in_order(part.texts[name] for part in coded) for name in (*FEW, *VISITED_BY)}
    kinds, licences = ({name: code for code, name in enumerate(_in_order(getattr(part, what) for part in coded))}
                       for what in ("kinds", "licences"))  # fmt: skip
    places = texts | {"kinds": list(kinds), "licences": list(licences)}
    return Joint(
        ahead=np.cumsum([0, *(part.ids for part in coded)], dtype=np.int64)[:-1],
        texts=texts,
        tables=[_tables(part, places) for part in coded],
        kinds={name: min(part.kinds.get(name, FAR) for part in coded) for name in kinds},
        licences={name: min(part.licences.get(name, FAR) for part in coded) for name in licences},
        since=min((part.since for part in coded), default=FAR),
    )


def join_records(folder: Path, joint: Joint, coded: Sequence[Coded]) -> None:
    """Write the records of all units behind one another (合并信用记录): linked units are asked for theirs."""
    rows = np.cumsum([0, *(part.records for part in coded)], dtype=np.int64)
    sizes: dict[str, int] = {}
    for name in OF_RECORDS:
        parts = [_records(folder, joint, number, name, int(rows[number])) for number in range(len(coded))]
        sizes[name] = sum(map(len, parts))
        put_column(together(folder, f"records/{name}.npy"), parts, rows=sizes[name], dtype=parts[0].dtype)


def _records(folder: Path, joint: Joint, number: int, name: str, before: int) -> Array:
    """A column of a partition's records with the codes of all; `before` it stand so many."""
    column = get_arrays(work(folder, number, RECORDS))[name]
    if name == "kind":
        return joint.tables[number]["kinds"][column].astype(np.int16)
    if name == "dates.row":
        return (column + before).astype(np.int64)
    return shifted({name: column}, int(joint.ahead[number]))[name]


def join_visits(folder: Path, joint: Joint) -> None:
    """Tell each partition what its visits were expected to find (合并预期发现), by all visits before them."""
    parts = [_visits(folder, joint, number) for number in range(len(joint.ahead))]
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    sizes = [len(part["found"]) for part in parts]
    del parts
    days = {"visited": whole["visited"], "day": whole["day"]}
    by = [whole[name] for name in VISITED_BY]
    expected, usual = expected_findings(whole["found"], *by, **days), usual_findings(whole["found"], **days)
    ends = np.cumsum(sizes)
    for number, (end, size) in enumerate(zip(ends.tolist(), sizes, strict=True)):
        own = slice(end - size, end)
        put_arrays(work(folder, number, EXPECTED), {"expected": expected[own], "usual": usual[own]})


def _visits(folder: Path, joint: Joint, number: int) -> dict[str, Array]:
    found = get_arrays(work(folder, number, RESULTS))
    tables = joint.tables[number]
    return {name: found[name] for name in ("found", "visited", "day")} | {
        name: tables[name][found[name]] for name in VISITED_BY
    }


def ask_related(folder: Path, coded: Sequence[Coded]) -> tuple[Array, int]:
    """Ask each partition which related parties are its units (查找关联方): where each asked text stands among all.

    Returns the places, (asked,), partition after partition, and how many texts there are.
    """
    count, firsts = len(coded), _firsts(coded)
    said = [files.get_table(work(folder, number, RELATED))["related"] for number in range(count)]
    code, texts = pd.factorize(pd.concat(said, ignore_index=True))
    ends = np.cumsum([len(part) for part in said])
    for number, (end, part) in enumerate(zip(ends.tolist(), said, strict=True)):
        put_arrays(work(folder, number, "groups.arrays"), {"group": code[end - len(part) : end]})
    home = np.searchsorted(np.array(firsts[1:], dtype=object), np.asarray(texts, dtype=object), side="right")
    order = np.argsort(home, kind="stable")
    asked = pd.DataFrame({"unit_id": pd.Series(texts, dtype="str").take(order).reset_index(drop=True)})
    edges = np.searchsorted(home[order], np.arange(count + 1))
    for number in range(count):
        mine = asked.iloc[edges[number] : edges[number + 1]].reset_index(drop=True)
        files.put_table(work(folder, number, "asked.parquet"), mine)
    return order, len(texts)


def units_among(job: Asking) -> Array:
    """Return the codes of those ids that are this partition's units (关联方中的本区主体), −1 for the others."""
    asked = files.get_table(work(job.folder, job.number, "asked.parquet"))["unit_id"]
    unit_id = files.get_table(register(job.folder, job.number, "entities"), ["unit_id"])["unit_id"]
    unit = get_arrays(work(job.folder, job.number, UNITS))["unit"]
    place = places_among(asked, unit_id)
    return np.where(place >= 0, np.append(unit, NOBODY)[place].astype(np.int64) + job.ahead, NOBODY)


def join_links(folder: Path, joint: Joint, order: Array, texts: int, found: Sequence[Array], ids: int) -> None:
    """Make the groups of linked units over all partitions (合并关联组).

    `order`, `texts` as from `ask_related`, `found` what each partition answered, `ids` how many ids there are: related
    parties that are no units are numbered behind them.
    """
    code = np.arange(ids, ids + texts + 1, dtype=np.int64)
    code[-1] = NOBODY
    units = np.concatenate([*found, np.zeros(0, dtype=np.int64)])
    code[order[units >= 0]] = units[units >= 0]
    parts = []
    for number, ahead in enumerate(joint.ahead.tolist()):
        rows = shifted(get_arrays(work(folder, number, RELATIONS)), ahead)
        group = np.append(get_arrays(work(folder, number, "groups.arrays"))["group"], NOBODY)
        parts.append(rows | {"related": code[group[rows["related"]]].astype(np.int32)})
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    links = Links.of(LinkRows(**whole, since=joint.since), units=units[units >= 0])
    put_columns(together(folder, "links"), flat(links))


def _tables(part: Coded, places: Mapping[str, list[str]]) -> dict[str, Array]:
    """A partition's own codes → those of all; what has none stays −1."""
    own = {**part.texts, "kinds": list(part.kinds), "licences": list(part.licences)}
    return {name: np.append(pd.Index(places[name]).get_indexer(pd.Index(texts)), -1) for name, texts in own.items()}


def _firsts(coded: Sequence[Coded]) -> list[str]:
    """The first id of each partition; one without units has that of the next, so that nobody is looked for in it."""
    found, behind = [], chr(sys.maxunicode)
    for part in reversed(coded):
        behind = part.first if part.units else behind
        found.append(behind)
    return found[::-1]


def _in_order(parts: Iterator[Mapping[str, int]] | Iterator[list[str]]) -> list[str]:
    return list(dict.fromkeys(text for part in parts for text in part))


def _check_order(coded: Sequence[Coded]) -> None:
    """Partitions hold ascending ids, each unit once."""
    last = ""
    for number, part in enumerate(coded):
        if part.units and part.first <= last:
            raise SupervisionError("scale.partition_order", number=number, first=part.first, before=last)
        last = part.last or last
