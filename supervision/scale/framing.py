"""Frames on partitions (分区生成抽样框): counts of all partitions make the plan, their subtrees the roots.

First every partition says how many units of each kind it has; they add up, and the frame's plan is made from them.
Then every partition writes its rows with sizes, working probabilities and salts, and says the subtrees of its leaves.
The files are the partitions' lines behind one another: the same bytes as those of one machine.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from supervision.canonical import canonical_json, csv_bytes, digest
from supervision.domain.items import Task
from supervision.errors import SupervisionError
from supervision.messages import Message
from supervision.sampling.bytes.identifiers import check_unit_ids
from supervision.sampling.bytes.subtrees import Subtree, merged_root, subtrees
from supervision.sampling.bytes.unit_numbers import Secret
from supervision.sampling.frame.cells import Cells, cells_of, merged, places_in
from supervision.sampling.frame.frame import planned_rows
from supervision.sampling.frame.limits import task_items
from supervision.sampling.frame.plan import Plan, plan_frame
from supervision.sampling.protocol.commitment import TaskEntry
from supervision.sampling.protocol.frame_files import (
    EXCLUDED,
    FRAME,
    excluded_lines,
    frame_lines,
    header,
)
from supervision.sampling.protocol.frozen_frames import (
    check_excluded,
    check_frozen,
    excluded_leaves,
    frame_leaves,
    hidden_rows,
    hidden_strata,
    strata_list,
)
from supervision.scale import files
from supervision.scale.engine import Engine, Progress
from supervision.scale.partitions import read_partition
from supervision.scale.shared_inputs import Shared, shared_in
from supervision.spare_memory import give_back


@dataclass(frozen=True, kw_only=True)
class Counting:
    """A partition to be counted (待计数的分区)."""

    folder: Path
    out: Path
    number: int


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What a partition says of itself (分区计数): its units, first and last id, and of each task what follows.

    `cells`, the units left out by reason, and the ids that differ from another one by their case alone.
    """

    units: int
    first: str
    last: str
    cells: Mapping[str, Cells]
    reasons: Mapping[str, Mapping[str, int]]
    twins: Mapping[str, list[str]]


@dataclass(frozen=True, kw_only=True)
class Freezing:
    """A partition to be frozen (待冻结的分区).

    `names`: task_id → key of a stratum → its public name; `places`: task_id → first place of the partition in the frame
    and in the excluded list.
    """

    folder: Path
    out: Path
    number: int
    secret: Secret
    names: Mapping[str, Mapping[str, str]]
    places: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class Framed:
    """The frames of a round (分区抽样框结果): the commitment's entries, and what a user should know."""

    entries: tuple[TaskEntry, ...]
    remarks: tuple[Message, ...]
    partitions: int


def make_frames(folder: Path, out: Path, secret: Secret, engine: Engine, progress: Progress) -> Framed:
    """Make the frames of a partitioned round (分区生成抽样框): their files below `out`, and their roots.

    The same folder, key and rules give the same bytes, however often and with whatever engine.
    """
    folder, out = folder.resolve(), out.resolve()
    numbers, shared = files.partitions(folder), shared_in(folder)
    tasks = sorted(shared.tasks, key=lambda task: task.task_id)
    check_frozen(tasks, secret)
    (out / files.TASKS).unlink(missing_ok=True)  # until all stands there is nothing to draw from
    for part in (out / "parts").glob("[0-9]*"):
        if int(part.name) not in numbers:
            shutil.rmtree(part)  # of another export
    jobs = [Counting(folder=folder, out=out, number=number) for number in numbers]
    counted = engine.each(count, jobs, lambda done, total: progress("scale.counting", done, total))
    _check_order(counted)
    plans = {task.task_id: _planned(task, shared, counted, out) for task in tasks}
    names = {
        task_id: secret.stratum_names(task_id, map(str, plan.strata["stratum"])) for task_id, plan in plans.items()
    }
    freezing = [
        Freezing(folder=folder, out=out, number=number, secret=secret, names=names, places=places)
        for number, places in enumerate(_places(tasks, counted))
    ]
    frozen = engine.each(freeze, freezing, lambda done, total: progress("scale.freezing", done, total))
    entries, keys = [], []
    for number, task in enumerate(tasks):
        progress("scale.joining", number, len(tasks))
        own = names[task.task_id]
        roots = [[node for part in frozen for node in part[task.task_id][side]] for side in (0, 1)]
        entries.append(_entry(task, plans[task.task_id], own, counted, roots, out=out, secret=secret))
        keys += [(task.task_id, name, key) for key, name in own.items()]
    files.put(out / files.STRATA_KEYS, csv_bytes(["task_id", "stratum", "key"], sorted(keys)))
    files.put_json(
        out / files.TASKS,
        {
            "hash": secret.hash_name,
            "key_digest": digest(secret.hash_name, secret.frame_key).hex(),
            "partitions": len(numbers),
            "round": secret.round_id,
            "tasks": [asdict(entry) for entry in entries],
        },
    )
    remarks = tuple(remark for plan in plans.values() for remark in plan.remarks)
    return Framed(entries=tuple(entries), remarks=remarks, partitions=len(numbers))


def count(job: Counting) -> Counted:
    """Look at a partition's units (分区计数): who stays in stands in a file, with the row of its cell."""
    inputs = read_partition(job.folder, job.number)
    unit_id = inputs.entities["unit_id"]
    wanted = shared_in(job.folder).twins
    cells, reasons, twins = {}, {}, {}
    for task in inputs.tasks:
        members, name = inputs.members(task), task.task_id
        cells[name], cell = cells_of(members)
        reasons[name] = {str(reason): int(many) for reason, many in members.excluded["reason"].value_counts().items()}
        kept = pd.DataFrame({"unit_id": members.unit_id, "cell": cell.astype(np.int32)})
        files.put_table(files.part_of(job.out, job.number, name, "members.parquet"), kept)
        files.put_table(files.part_of(job.out, job.number, name, "excluded.parquet"), members.excluded)
        if wanted:
            every = pd.concat([members.unit_id, members.excluded["unit_id"]])
            twins[name] = every[every.str.upper().isin(wanted)].tolist()
    ends = {"first": str(unit_id.iloc[0]), "last": str(unit_id.iloc[-1])} if len(unit_id) else {"first": "", "last": ""}
    give_back()
    return Counted(units=len(unit_id), **ends, cells=cells, reasons=reasons, twins=twins)


def freeze(job: Freezing) -> dict[str, tuple[list[Subtree], list[Subtree]]]:
    """Write a partition's rows of every frame (冻结分区), and return the subtrees of its leaves: task_id → both."""
    found = {}
    tasks = {task.task_id: task for task in shared_in(job.folder).tasks}
    for name, (first, first_out) in job.places.items():

        def place(what: str, name: str = name) -> Path:
            return files.part_of(job.out, job.number, name, what)

        members, excluded = (files.get_table(place(f"{what}.parquet")) for what in ("members", "excluded"))
        excluded = excluded.astype({"reason": "category", "rule": "category"})
        check_excluded(excluded)
        kinds = files.with_categories(files.get_table(place("kinds.parquet")), job.names[name])
        rows = planned_rows(members["unit_id"], kinds, members["cell"].to_numpy())
        rows, salt, apart = hidden_rows(tasks[name], rows, excluded, names=job.names[name], secret=job.secret)
        hash_name = job.secret.hash_name
        leaves = frame_leaves(name, rows, salt, hash_name=hash_name)
        inside = subtrees(leaves, first=first, hash_name=hash_name)
        leaves = excluded_leaves(name, excluded, apart, hash_name=hash_name)
        outside = subtrees(leaves, first=first_out, hash_name=hash_name)
        files.put(place("frame.csv"), frame_lines(rows, salt))
        files.put(place("excluded.csv"), excluded_lines(excluded))
        files.put_table(place("frame.parquet"), rows.assign(salt=salt.view("V16").reshape(-1).tolist()))
        found[name] = (inside, outside)
    give_back()
    return found


def _check_order(counted: Sequence[Counted]) -> None:
    """Partitions hold ascending ids, each unit once."""
    last = ""
    for number, part in enumerate(counted):
        if part.units and part.first <= last:
            raise SupervisionError("scale.partition_order", number=number, first=part.first, before=last)
        last = part.last or last


def _planned(task: Task, shared: Shared, counted: Sequence[Counted], out: Path) -> Plan:
    """The plan of a task's frame, and for each partition what its cells get."""
    name = task.task_id
    check_unit_ids(pd.Series([unit for part in counted for unit in part.twins.get(name, [])], dtype="str"))
    whole = merged([part.cells[name] for part in counted])
    plan = plan_frame(task, task_items(task, shared.items), whole, law=shared.law, coverage=shared.coverage)
    for number, part in enumerate(counted):
        kinds = plan.kinds.take(places_in(part.cells[name], whole)).reset_index(drop=True)
        files.put_table(files.part_of(out, number, name, "kinds.parquet"), kinds)
    return plan


def _places(tasks: Sequence[Task], counted: Sequence[Counted]) -> list[dict[str, tuple[int, int]]]:
    """For each partition the places of its first rows in every frame and excluded list."""
    ahead = {task.task_id: (0, 0) for task in tasks}
    found = []
    for part in counted:
        found.append(dict(ahead))
        for name, cells in part.cells.items():
            ahead[name] = (ahead[name][0] + cells.units, ahead[name][1] + cells.excluded)
    return found


def _entry(
    task: Task,
    plan: Plan,
    names: Mapping[str, str],
    counted: Sequence[Counted],
    nodes: Sequence[Sequence[Subtree]],
    *,
    out: Path,
    secret: Secret,
) -> TaskEntry:
    """Join a task's files, and return its entry of the commitment."""
    name, hash_name = task.task_id, secret.hash_name
    strata, salted = hidden_strata(task, plan.strata, names=names, secret=secret)
    for file, table in (("frame.csv", FRAME), ("excluded.csv", EXCLUDED)):
        parts = [files.part_of(out, number, name, file) for number in range(len(counted))]
        files.join(files.task_file(out, name, file), header(table), parts)
    files.put(files.task_file(out, name, "strata.json"), canonical_json(strata_list(strata)))
    excluded: dict[str, int] = {}
    for part in counted:
        for reason, many in part.reasons[name].items():
            excluded[reason] = excluded.get(reason, 0) + many
    return TaskEntry(
        task_id=name,
        group=task.number_group,
        access=task.access,
        disclosure=task.disclosure,
        units=int(strata["units"].sum()),
        sample=int(strata["sample"].sum()),
        reserve=int(strata["reserve"].sum()),
        strata=salted.hex(),
        frame_root=merged_root(nodes[0], hash_name=hash_name).hex(),
        excluded={reason: many for reason, many in excluded.items() if many},
        excluded_root=merged_root(nodes[1], hash_name=hash_name).hex(),
    )
