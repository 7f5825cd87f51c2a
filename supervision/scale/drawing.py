"""The draw on partitions (分区抽取): each says who of its own comes first, the order over all is made of these.

Who is among the first n + r of a stratum is among the first n + r of its partition. A partition says somewhat more than
its share of them; where one was cut off and its last is among the chosen all the same, all its first n + r are asked
for, so that the outcome is the exact one, always.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.canonical import digest, parse_canonical
from supervision.errors import DoesNotVerify, SupervisionError
from supervision.sampling.bytes.subtrees import Subtree, merged_root, subtrees
from supervision.sampling.bytes.unit_numbers import DIGEST_BYTES, SALT_BYTES, Numbers, Secret, numbers
from supervision.sampling.drawing import ORDER, Drawn, selected
from supervision.sampling.frame.strata import stratum_rows
from supervision.sampling.pareto.selection import order
from supervision.sampling.protocol.commitment import Commitment, TaskEntry
from supervision.sampling.protocol.frozen_frames import frame_leaves, strata_digest
from supervision.sampling.protocol.result import Result
from supervision.sampling.protocol.reveal import Reveal, check_held
from supervision.sampling.protocol.seeds import Values, key_string, plain_values, seed1
from supervision.scale import files
from supervision.scale.engine import Engine, Progress
from supervision.spare_memory import give_back

MARGIN, LEAST = 8, 16  # beyond its share a partition says so many standard deviations, and so many units


@dataclass(frozen=True, kw_only=True)
class Numbering:
    """A partition to be numbered (待计算签号的分区).

    `whole`: (task_id, stratum) of which all of the first are asked for, and no others. `places`: task_id → the place of
    the partition's first row in the frame; of these tasks the subtrees are made again from the rows.
    """

    out: Path
    number: int
    groups: Mapping[str, str]
    seed1: bytes
    round_id: str
    hash_name: str
    places: Mapping[str, int]
    whole: frozenset[tuple[str, str]] | None = None


@dataclass(frozen=True, kw_only=True)
class Firsts:
    """Who of a partition comes first in a task (分区靠前对象): rows unit_id, stratum, L with their numbers.

    `cut`: the last unit of each stratum of which the partition has more than it said. `subtrees`: of its leaves.
    """

    rows: pd.DataFrame
    numbers: Numbers
    cut: Mapping[str, str]
    subtrees: tuple[Subtree, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Made:
    """A draw (抽取结果): its seed, and each task's lists by task_id."""

    seed: bytes
    lists: Mapping[str, Drawn]


def make_draw(
    out: Path, commitment: Commitment, frame_key: bytes, engine: Engine, progress: Progress, *,
    values: Values, held: Mapping[str, str],
) -> Made:  # fmt: skip
    """Draw the lists of a partitioned round (分区抽取): order.csv of every task, reveal.json and result.json.

    `values`: those of all sources as announced, `held`: when issues were held that were put off. The commitment must be
    of the frames below `out`: strata are compared with it first, and the roots that the rows give before any list is
    made of them.
    """
    out = out.resolve()
    secret = Secret(frame_key=frame_key, round_id=commitment.round, hash_name=commitment.hash_name)
    parts = check_committed(out, commitment, secret)
    key = key_string(commitment.sources, values)
    plain = {source.name: plain_values(source, values[source.name]) for source in commitment.sources}
    times = {source.name: check_held(source, held.get(source.name, source.at)) for source in commitment.sources}
    seed = seed1(commitment.digest, key, hash_name=commitment.hash_name)
    first = Numbering(
        out=out,
        number=0,
        places={},
        groups={task.task_id: task.group for task in commitment.tasks},
        seed1=seed,
        round_id=commitment.round,
        hash_name=commitment.hash_name,
    )
    jobs = [replace(first, number=n, places=places) for n, places in enumerate(_places(out, commitment, parts))]
    firsts = engine.each(first_of, jobs, lambda done, total: progress("scale.numbering", done, total))
    for task in commitment.tasks:
        nodes = [node for part in firsts for node in part[task.task_id].subtrees]
        if merged_root(nodes, hash_name=commitment.hash_name).hex() != task.frame_root:
            raise DoesNotVerify("scale.rows_differ", task=task.task_id)
    lists = {}
    for number, task in enumerate(commitment.tasks):
        progress("scale.selecting", number, len(commitment.tasks))
        name = task.task_id
        lists[name] = _selected(task, [part[name] for part in firsts], jobs, out=out, engine=engine)
        files.put(files.task_file(out, name, "order.csv"), ORDER.to_csv(lists[name].order))
    named = {"commitment": commitment.digest.hex(), "round": commitment.round}
    reveal = Reveal(**named, held=times, values=plain, key_string=key, seed=seed)
    chosen = {name: one.drawn for name, one in lists.items()}
    files.put(out / files.REVEAL, reveal.to_bytes())
    files.put(out / files.RESULT, Result.of(chosen, commitment, seed=seed, secret=secret).to_bytes())
    return Made(seed=seed, lists=lists)


def check_committed(out: Path, commitment: Commitment, secret: Secret) -> int:
    """Refuse a commitment that is not of these frames (核对承诺), and return how many partitions there are."""
    made = files.get_json(out / files.TASKS)
    with files.reading(out / files.TASKS):
        entries = [TaskEntry(**one) for one in made["tasks"]]
        round_id, hash_name, parts = made["round"], made["hash"], int(made["partitions"])
    if (round_id, hash_name) != (commitment.round, commitment.hash_name):
        raise SupervisionError("scale.other_round", round=round_id, committed=commitment.round)
    for one in entries:
        if one not in commitment.tasks:
            raise SupervisionError("scale.not_committed", task=one.task_id)
    if len(entries) != len(commitment.tasks):
        raise SupervisionError("scale.not_committed", task=commitment.tasks[-1].task_id)
    if digest(commitment.hash_name, secret.frame_key).hex() != commitment.key_digest:
        raise SupervisionError("scale.other_key")
    for one in entries:
        salt = bytes(SALT_BYTES) if one.access == "open" else secret.salt("strata", one.task_id)
        place = files.task_file(out, one.task_id, "strata.json")
        with files.reading(place):
            found = strata_digest(_strata(out, one.task_id), salt, hash_name=hash_name).hex()
        if found != one.strata:
            raise DoesNotVerify("scale.strata_differ", task=one.task_id, file=place)
    return parts


def _places(out: Path, commitment: Commitment, parts: int) -> list[dict[str, int]]:
    """For each partition the places of its first rows in every frame."""
    ahead = {task.task_id: 0 for task in commitment.tasks}
    found = []
    for number in range(parts):
        found.append(dict(ahead))
        for name in ahead:
            ahead[name] += files.rows_of(files.part_of(out, number, name, "frame.parquet"))
    return found


def first_of(job: Numbering) -> dict[str, Firsts]:
    """Return who of a partition comes first in every task (分区靠前对象)."""
    found = {}
    for name, group in job.groups.items():
        strata = _strata(job.out, name)
        rows = files.get_table(files.part_of(job.out, job.number, name, "frame.parquet"))
        if set(rows["stratum"]) - set(strata["stratum"]):
            raise DoesNotVerify("scale.rows_differ", task=name)
        rows = files.with_categories(rows, strata["stratum"])
        salt = np.frombuffer(b"".join(rows.pop("salt").tolist()), dtype=np.uint8).reshape(-1, SALT_BYTES)
        known = numbers(
            rows["unit_id"], salt, seed1=job.seed1, round_id=job.round_id, group=group, hash_name=job.hash_name
        )
        found[name] = _firsts(rows, strata, known, name, whole=job.whole)
        if name in job.places:
            leaves = frame_leaves(name, rows, salt, hash_name=job.hash_name)
            nodes = subtrees(leaves, first=job.places[name], hash_name=job.hash_name)
            found[name] = replace(found[name], subtrees=tuple(nodes))
        give_back()
    return found


def _strata(out: Path, task_id: str) -> pd.DataFrame:
    return pd.DataFrame(parse_canonical(files.task_file(out, task_id, "strata.json").read_bytes()))


def _firsts(
    rows: pd.DataFrame, strata: pd.DataFrame, known: Numbers, task_id: str, *,
    whole: frozenset[tuple[str, str]] | None,
) -> Firsts:  # fmt: skip
    L, unit_id, chosen, cut = rows["L"].to_numpy(), rows["unit_id"], [np.zeros(0, dtype=np.int64)], {}
    for entry, own in stratum_rows(rows, strata):
        name, wanted = str(entry["stratum"]), int(entry["sample"]) + int(entry["reserve"])
        if whole is not None and (task_id, name) not in whole:
            continue
        count = wanted if whole is not None else said_by(len(own), int(entry["units"]), wanted)
        chosen.append(order(own, L, known, count))
        if len(chosen[-1]) < min(len(own), wanted):
            cut[name] = str(unit_id.iloc[chosen[-1][-1]])
    found = np.concatenate(chosen)
    return Firsts(
        rows=rows[["unit_id", "stratum", "L"]].take(found).reset_index(drop=True),
        numbers=Numbers(U=known.U[found], D=known.D[found]),
        cut=cut,
    )


def said_by(own: int, units: int, wanted: int) -> int:
    """Return how many a partition says of a stratum (分区上报数): its share of the wanted ones and a margin.

    `own` of the stratum's `units` are in the partition.
    """
    share = -(-own * wanted // units)
    return min(own, wanted, share + MARGIN * math.isqrt(share) + LEAST)


def _selected(
    task: TaskEntry, firsts: Sequence[Firsts], jobs: Sequence[Numbering], *, out: Path, engine: Engine
) -> Drawn:
    """The order of a task over all partitions."""
    strata = _strata(out, task.task_id)
    found = _merged(task.task_id, firsts, strata)
    missing = _cut_short(found, firsts)
    if not missing:
        return found
    group = {task.task_id: task.group}
    again = [
        replace(jobs[number], groups=group, places={}, whole=frozenset({(task.task_id, stratum)}))
        for number, stratum in missing
    ]
    more = engine.each(first_of, again, lambda _done, _total: None)
    replaced = dict(enumerate(firsts))
    for (number, stratum), one in zip(missing, more, strict=True):
        replaced[number] = _with(replaced[number], one[task.task_id], stratum)
    return _selected(task, list(replaced.values()), jobs, out=out, engine=engine)


def _cut_short(found: Drawn, firsts: Sequence[Firsts]) -> list[tuple[int, str]]:
    """Partitions and strata of which the last unit said was chosen: there may be more behind it."""
    chosen = set(found.order["unit_id"])
    return [
        (number, stratum) for number, part in enumerate(firsts) for stratum, last in part.cut.items() if last in chosen
    ]


def _with(part: Firsts, more: Firsts, stratum: str) -> Firsts:
    """A partition's units with all of the first of one stratum in the place of those that it said."""
    others = np.flatnonzero((part.rows["stratum"] != stratum).to_numpy())
    rows = pd.concat([part.rows.take(others).astype({"stratum": "str"}), more.rows.astype({"stratum": "str"})])
    return Firsts(
        rows=rows.reset_index(drop=True),
        numbers=Numbers(
            U=np.concatenate([part.numbers.U[others], more.numbers.U]),
            D=np.concatenate([part.numbers.D[others], more.numbers.D]),
        ),
        cut={name: last for name, last in part.cut.items() if name != stratum},
    )


def _merged(task_id: str, firsts: Sequence[Firsts], strata: pd.DataFrame) -> Drawn:
    rows = pd.concat([part.rows.astype({"stratum": "str"}) for part in firsts], ignore_index=True)
    names = pd.Index(sorted(strata["stratum"]))
    rows["stratum"] = pd.Categorical(rows["stratum"], categories=names)
    U: npt.NDArray[np.int64] = np.concatenate([part.numbers.U for part in firsts])
    D = np.concatenate([part.numbers.D.reshape(-1, DIGEST_BYTES) for part in firsts])
    return selected(task_id, rows, strata, Numbers(U=U, D=D))
