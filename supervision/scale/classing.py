"""Scores, and the classes that are cut from the counts of all (分区评分与定类)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pandas as pd

from supervision.risk.classes import OVERRIDE, Told, assessment, told_of
from supervision.risk.hysteresis import Alike, Kept
from supervision.risk.professional import resolved
from supervision.risk.standing import MOVES
from supervision.risk.usable import Beside
from supervision.scale import files
from supervision.scale.arrays import flat, get_arrays, noun, put_arrays
from supervision.scale.coding import STATUTORY, UNITS
from supervision.scale.scoring_files import PROFESSIONAL, register, scoring_in, standing_of, work
from supervision.scale.unit_evidence import Asked, whole_evidence
from supervision.spare_memory import give_back

K = TypeVar("K", str, tuple[str, str])

TOLD = "told.arrays"
SCORES, FIELDS = ["unit_id", "score", "class"], ["unit_id", "field", "class"]


@dataclass(frozen=True, kw_only=True)
class Classing:
    """A partition to be classed (待定类的分区): the kinds of units of all, and the class of each."""

    folder: Path
    number: int
    alike: Alike
    kept: Kept


@dataclass(frozen=True, kw_only=True)
class Classed:
    """What became of units (评分分类结果): how many, how many of each class and of each field's class.

    `moves` and `counts` as `Standing.moves` returns them.
    """

    units: int
    classes: Mapping[str, int]
    fields: Mapping[tuple[str, str], int]
    moves: pd.DataFrame
    counts: Mapping[str, int]


def score_units(asked: Asked) -> Alike:
    """Score a partition's units (分区评分), and count them by score and the class that they may keep."""
    shared, folder, number = scoring_in(asked.folder), asked.folder, asked.number
    told = told_of(shared.cards, whole_evidence(asked), on=shared.on)
    unit_id = files.get_table(register(folder, number, "entities"), ["unit_id"])["unit_id"]
    before = standing_of(folder, number).ranks(unit_id, get_arrays(work(folder, number, UNITS))["marks"])
    put_arrays(work(folder, number, TOLD), flat(told) | {"before": before})
    give_back()
    return Alike.of(told.score, before)[0]


def class_units(job: Classing) -> Classed:
    """Write the scores and classes of a partition (分区定类): for frames, and with their reasons."""
    folder, number, shared = job.folder, job.number, scoring_in(job.folder)
    arrays = get_arrays(work(folder, number, TOLD))
    before = arrays.pop("before")
    told = noun(Told, arrays)
    kind = job.alike.places(told.score, before)
    kept = Kept(ranks=job.kept.ranks[kind], waiting=job.kept.waiting[kind])
    beside = Beside(
        units=files.get_table(register(folder, number, "entities"), ["unit_id"])["unit_id"],
        statutory=files.get_table(work(folder, number, STATUTORY)),
        marks=lambda: get_arrays(work(folder, number, UNITS))["marks"],
    )
    rule = shared.law.value(OVERRIDE)
    table = assessment(told, kept, beside, on=shared.on, rule=rule, cards=shared.cards, compared=True)
    fields = resolved(files.get_table(register(folder, number, PROFESSIONAL)), table, on=shared.on, law=shared.law)
    place = files.partition(folder, number)
    files.put_table(place / "scores.parquet", table[SCORES])
    files.put_table(place / "professional.parquet", fields[FIELDS])
    files.put_table(place / "assessment.parquet", table)
    moves, counts = standing_of(folder, number).moves(table)
    give_back()
    return Classed(
        units=len(table),
        classes=_counted(table["class"]),
        fields=Counter(zip(fields["field"].tolist(), fields["class"].tolist(), strict=True)),
        moves=moves,
        counts=counts,
    )


def classed_of(parts: Sequence[Classed]) -> Classed:
    """Return what became of the units of all partitions (合并定类结果)."""
    moves = pd.concat([part.moves for part in parts], ignore_index=True)
    return Classed(
        units=sum(part.units for part in parts),
        classes=_added([part.classes for part in parts]),
        fields=_added([part.fields for part in parts]),
        moves=moves.groupby(MOVES[:3], as_index=False).sum(),
        counts=_added([part.counts for part in parts]),
    )


def _counted(texts: pd.Series) -> dict[str, int]:
    return {str(name): int(many) for name, many in texts.value_counts().items()}


def _added(parts: Sequence[Mapping[K, int]]) -> dict[K, int]:
    total: dict[K, int] = {}
    for part in parts:
        for name, many in part.items():
            total[name] = total.get(name, 0) + many
    return dict(sorted(total.items()))
