"""Frozen frames (冻结的抽样框): salts, leaves and roots of every task; draw protocol 2, sections 2.5 to 2.7."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.canonical import canonical_json, digest
from supervision.domain.items import Task
from supervision.errors import SupervisionError
from supervision.sampling.bytes.identifiers import check_name, check_rule, check_task_id
from supervision.sampling.bytes.merkle import leaves, root
from supervision.sampling.bytes.unit_numbers import SALT_BYTES, Secret, open_salts, salts
from supervision.sampling.frame.frame import Frame
from supervision.sampling.frame.unit_positions import Rows
from supervision.sampling.protocol.commitment import TaskEntry

OWN = "task."

Salts = npt.NDArray[np.uint8]


@dataclass(frozen=True, kw_only=True)
class FrozenFrame:
    """What a commitment binds of one task (一个任务的冻结抽样框), sorted by unit_id.

    `rows`: unit_id (str), stratum (category), x, L (int64); `salt` uint8 (N, 16); `excluded`: unit_id, reason, rule;
    `strata`: stratum, units, sample, reserve, size_total, working; the roots and the salted digest of
    the strata table are 32 bytes each. `keys`: what the rules call a stratum → its public name.
    """

    task_id: str
    group: str
    access: str
    disclosure: str
    rows: pd.DataFrame
    salt: npt.NDArray[np.uint8]
    excluded: pd.DataFrame
    strata: pd.DataFrame
    frame_root: bytes
    excluded_root: bytes
    strata_digest: bytes
    keys: Mapping[str, str]

    def entry(self) -> TaskEntry:
        """Return the task's entry of commitment.json (承诺文件中的任务)."""
        reasons = self.excluded["reason"].astype("str").value_counts(sort=False)
        return TaskEntry(
            task_id=self.task_id,
            group=self.group,
            access=self.access,
            disclosure=self.disclosure,
            units=len(self.rows),
            sample=int(self.strata["sample"].sum()),
            reserve=int(self.strata["reserve"].sum()),
            strata=self.strata_digest.hex(),
            frame_root=self.frame_root.hex(),
            excluded={str(reason): int(many) for reason, many in reasons.items()},
            excluded_root=self.excluded_root.hex(),
        )


def commit_frames(frames: Iterable[Frame], secret: Secret) -> list[FrozenFrame]:
    """Freeze the frames of a round (冻结抽样框): one frozen frame a task, sorted by task_id.

    The frame key is of this round alone. Tasks of a group share their salts: they depend on group and unit.
    """
    return [freeze(frame, secret) for frame in checked_frames(frames, secret)]


def checked_frames(frames: Iterable[Frame], secret: Secret) -> list[Frame]:
    """Return the frames of a round sorted by task_id (排序并校验抽样框); a name or a key that will not do raises."""
    found = sorted(frames, key=lambda frame: frame.task.task_id)
    check_frozen([frame.task for frame in found], secret)
    for frame in found:
        check_excluded(frame.excluded)
    return found


def check_frozen(tasks: Sequence[Task], secret: Secret) -> None:
    """Check the names that a commitment's tasks have (校验任务与密钥), sorted by task_id, and the frame key."""
    check_name(secret.round_id, what="round")
    if len(secret.frame_key) != 32:
        raise SupervisionError("sampling.frame_key", size=len(secret.frame_key))
    for task in tasks:
        group = task.number_group
        check_name(group, what="group")
        check_task_id(task.task_id)
        if group.startswith(OWN) and group != OWN + task.task_id:
            raise SupervisionError("sampling.group", task=task.task_id, group=group)
    ids = [task.task_id for task in tasks]
    if len(set(ids)) != len(ids):
        raise SupervisionError("sampling.task_twice", task=next(one for one in ids if ids.count(one) > 1))


def check_excluded(excluded: pd.DataFrame) -> None:
    """Check the names of the rules by which units are left out (校验排除依据)."""
    for rule in excluded["rule"].cat.categories:
        check_rule(str(rule))


def freeze(frame: Frame, secret: Secret) -> FrozenFrame:
    """Freeze one of the `checked_frames` (冻结一个抽样框)."""
    task, hash_name = frame.task, secret.hash_name
    names = secret.stratum_names(task.task_id, map(str, frame.strata["stratum"]))
    rows, salt, apart = hidden_rows(task, frame.rows, frame.excluded, names=names, secret=secret)
    strata, salted = hidden_strata(task, frame.strata, names=names, secret=secret)
    return FrozenFrame(
        task_id=task.task_id,
        group=task.number_group,
        access=task.access,
        disclosure=task.disclosure,
        rows=rows,
        salt=salt,
        excluded=frame.excluded,
        strata=strata,
        frame_root=root(frame_leaves(task.task_id, rows, salt, hash_name=hash_name), hash_name=hash_name),
        excluded_root=root(
            excluded_leaves(task.task_id, frame.excluded, apart, hash_name=hash_name), hash_name=hash_name
        ),
        strata_digest=salted,
        keys=names,
    )


def hidden_rows(
    task: Task, rows: pd.DataFrame, excluded: pd.DataFrame, *, names: Mapping[str, str], secret: Secret
) -> tuple[pd.DataFrame, Salts, Salts]:
    """Return rows of a frame by the strata's public names, and the salts of them and of excluded ones (加盐).

    `names`: what the rules call a stratum → its public name. The rows may be those of a partition.
    """
    inside, outside, group = rows["unit_id"], excluded["unit_id"], task.number_group
    salt = open_salts(len(inside)) if task.access == "open" else salts(inside, group=group, secret=secret)
    named = rows.assign(stratum=rows["stratum"].cat.rename_categories(dict(names)))
    return named, salt, salts(outside, group=group, secret=secret)


def hidden_strata(
    task: Task, strata: pd.DataFrame, *, names: Mapping[str, str], secret: Secret
) -> tuple[pd.DataFrame, bytes]:
    """Return the strata table by public names, sorted by them, and its salted digest (层表及摘要)."""
    named = strata.assign(stratum=strata["stratum"].map(dict(names)).astype("str"))
    named = named.sort_values("stratum", key=lambda column: column.map(str.encode)).reset_index(drop=True)
    salt = bytes(SALT_BYTES) if task.access == "open" else secret.salt("strata", task.task_id)
    return named, strata_digest(named, salt, hash_name=secret.hash_name)


def strata_digest(strata: pd.DataFrame, salt: bytes, *, hash_name: str) -> bytes:
    """Return the salted digest of a strata table (层表摘要), section 2.7: 32 bytes."""
    return digest(hash_name, b"\x02", salt, canonical_json(strata_list(strata)))


def frame_leaves(task_id: str, rows: pd.DataFrame, salt: npt.NDArray[np.uint8], *, hash_name: str) -> bytes:
    """Return the leaves of a frame (抽样框叶子): row = unit_id ␟ stratum ␟ x ␟ L."""
    code, stratum, x, L = endings(rows)
    texts = [f"{a}\x1f{b}\x1f{c}" for a, b, c in zip(stratum, x, L, strict=True)]
    return leaves(rows["unit_id"], salt, task_id=task_id, endings=texts, ending=code, hash_name=hash_name)


def excluded_leaves(task_id: str, excluded: pd.DataFrame, salt: npt.NDArray[np.uint8], *, hash_name: str) -> bytes:
    """Return the leaves of an excluded list (排除名单叶子): row = unit_id ␟ reason ␟ rule."""
    texts = excluded["reason"].astype("str") + "\x1f" + excluded["rule"].astype("str")
    code, distinct = pd.factorize(texts)
    return leaves(
        excluded["unit_id"],
        salt,
        task_id=task_id,
        endings=list(distinct),
        ending=code.astype(np.int64),
        hash_name=hash_name,
    )


def endings(rows: pd.DataFrame) -> tuple[Rows, list[str], list[int], list[int]]:
    """Return the few distinct (stratum, x, L) of a frame (行尾): row → index into the three lists."""
    names = rows["stratum"].cat.categories
    x_code, x = pd.factorize(rows["x"].to_numpy())
    l_code, L = pd.factorize(rows["L"].to_numpy())
    both = (rows["stratum"].cat.codes.to_numpy().astype(np.int64) * len(x) + x_code) * len(L) + l_code
    code, distinct = pd.factorize(both)
    stratum = [str(names[place]) for place in (distinct // (len(x) * len(L))).tolist()]
    return code.astype(np.int64), stratum, x[distinct // len(L) % len(x)].tolist(), L[distinct % len(L)].tolist()


def strata_list(strata: pd.DataFrame) -> list[dict[str, str | int]]:
    """Return the strata table as it is hashed (层表): sorted by stratum, `size_total` a text."""
    return [
        {
            "stratum": str(row["stratum"]),
            "units": int(row["units"]),
            "sample": int(row["sample"]),
            "reserve": int(row["reserve"]),
            "size_total": str(int(row["size_total"])),
            "working": str(row["working"]),
        }
        for row in strata.sort_values("stratum").to_dict("records")
    ]
