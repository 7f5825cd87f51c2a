"""Partitions by unit id (按标识分区): each holds the rows of the units from one id to the next, of every register."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from supervision.errors import SupervisionError
from supervision.law.rules import Rules
from supervision.risk.scoring_inputs import ScoringInputs
from supervision.sampling.frame.inputs import FrameInputs
from supervision.scale import files
from supervision.scale.bounds import even_bounds, sliced
from supervision.scale.scoring_files import put_scoring
from supervision.scale.shared_inputs import put_shared, shared_in


def export(
    inputs: FrameInputs, folder: Path, *, partitions: int, rules: Rules, round_id: str, hash_name: str,
    unscored: ScoringInputs | None = None,
) -> list[int]:  # fmt: skip
    """Write what a round's frames are made from as partitions (导出分区), and return how many units each has.

    The folder must be new or empty, or hold what a killed export left, which is removed: partitions of two exports
    never stand beside each other. `unscored`: also what they are scored from, and no scores.
    """
    if (folder / files.UNFINISHED).exists():
        shutil.rmtree(folder)
    if folder.exists() and any(folder.iterdir()):
        raise SupervisionError("scale.folder_taken", folder=folder)
    files.put(folder / files.UNFINISHED, b"")
    bounds = even_bounds(inputs.entities["unit_id"], partitions)
    sizes = []
    for number, part in enumerate(cut(inputs, bounds)):
        put_partition(folder, number, part, scored=unscored is None)
        sizes.append(len(part.entities))
    twins = case_twins(inputs.entities["unit_id"])
    many = len(sizes)
    put_shared(folder, inputs, rules=rules, round_id=round_id, hash_name=hash_name, twins=twins, partitions=many)
    if unscored is not None:
        put_scoring(folder, unscored, bounds)
    (folder / files.UNFINISHED).unlink()
    return sizes


def cut(inputs: FrameInputs, bounds: Sequence[str]) -> Iterator[FrameInputs]:
    """Yield the partitions of inputs (切分), units sorted; `bounds` ascending, as from `even_bounds`."""
    edges = np.array(bounds, dtype=object)
    ordered = {
        "entities": inputs.entities.sort_values("unit_id", ignore_index=True),
        "scores": inputs.scores.sort_values("unit_id", ignore_index=True),
        "professional": inputs.professional,
        "exemptions": inputs.exemptions,
        "visits": inputs.visits,
    }
    parts = zip(*(sliced(frame, bounds) for frame in ordered.values()), strict=True)
    for number, found in enumerate(parts):
        rows = dict(zip(ordered, found, strict=True))
        low, high = edges[number - 1] if number else "", edges[number] if number < len(edges) else None
        elsewhere = {
            task_id: frozenset(unit for unit in units if unit >= low and (high is None or unit < high))
            for task_id, units in inputs.other_level.items()
        }
        yield FrameInputs(
            tasks=inputs.tasks,
            items=inputs.items,
            caps=inputs.caps,
            law=inputs.law,
            coverage=inputs.coverage,
            other_level=elsewhere,
            **rows,
        )


def put_partition(folder: Path, number: int, part: FrameInputs, *, scored: bool = True) -> None:
    """Write one partition (写一个分区); without `scored` not what scoring makes."""
    place = files.partition(folder, number)
    for name in files.REGISTERS[:-1]:
        if scored or name not in files.SCORED:
            files.put_table(place / f"{name}.parquet", getattr(part, name))
    pairs = [(task_id, unit) for task_id, units in sorted(part.other_level.items()) for unit in sorted(units)]
    table = pd.DataFrame(pairs, columns=["task_id", "unit_id"], dtype="str")
    files.put_table(place / "other_level.parquet", table)


def read_partition(folder: Path, number: int) -> FrameInputs:
    """Read one partition (读一个分区)."""
    place, shared = files.partition(folder, number), shared_in(folder)
    rows = {name: files.get_table(place / f"{name}.parquet") for name in files.REGISTERS}
    elsewhere = rows.pop("other_level").groupby("task_id")["unit_id"].agg(frozenset)
    return FrameInputs(
        tasks=shared.tasks,
        items=shared.items,
        caps=shared.caps,
        law=shared.law,
        coverage=shared.coverage,
        other_level={str(task_id): units for task_id, units in elsewhere.items()},
        **rows,
    )


def case_twins(unit_id: pd.Series[str]) -> list[str]:
    """Return the ids, in upper case, that several units have whatever the case (大小写重复的标识)."""
    upper = unit_id.str.upper()
    return sorted(set(upper[upper.duplicated()]))
