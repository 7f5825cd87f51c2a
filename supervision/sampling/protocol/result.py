"""The lists that were drawn (抽取结果): result.json shows a list or its digest; draw protocol 1, section 6."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from supervision.canonical import canonical_json, digest
from supervision.sampling.bytes.unit_numbers import SALT_BYTES
from supervision.sampling.protocol.commitment import Commitment
from supervision.sampling.protocol.fields import read_fields

_FIELDS: dict[str, type | tuple[type, ...]] = {"round": str, "commitment": str, "seed": str, "tasks": list}


@dataclass(frozen=True, kw_only=True)
class Result:
    """What may be seen of the lists (可公开的名单): `lists` task_id → sorted unit_ids, `hidden` task_id → digest."""

    round: str
    commitment: str
    seed: bytes
    lists: Mapping[str, tuple[str, ...]]
    hidden: Mapping[str, str]

    @classmethod
    def of(
        cls,
        drawn: Mapping[str, Sequence[str]],
        commitment: Commitment,
        *,
        seed: bytes,
        frame_key: bytes,
        visited: Collection[str] = (),
    ) -> Result:
        """Return the result of a draw (生成抽取结果).

        `drawn`: task_id → drawn unit_ids. Open tasks and those disclosed before the visit are shown; `visited` names
        the tasks whose visits are over, which shows those disclosed after the visit; "never" stays a digest.
        """
        lists: dict[str, tuple[str, ...]] = {}
        hidden: dict[str, str] = {}
        for task in commitment.tasks:
            units = tuple(sorted(drawn[task.task_id]))
            if is_shown(task.access, task.disclosure, over=task.task_id in visited):
                lists[task.task_id] = units
            else:
                hidden[task.task_id] = list_digest(
                    task.task_id,
                    units,
                    round_id=commitment.round,
                    frame_key=frame_key,
                    hash_name=commitment.hash_name,
                )
        return cls(round=commitment.round, commitment=commitment.digest.hex(), seed=seed, lists=lists, hidden=hidden)

    def to_bytes(self) -> bytes:
        """Return result.json (抽取结果文件)."""
        tasks: list[dict[str, Any]] = [{"task_id": name, "drawn": list(units)} for name, units in self.lists.items()]
        tasks += [{"task_id": name, "digest": value} for name, value in self.hidden.items()]
        tasks.sort(key=_task_id)
        body = {"round": self.round, "commitment": self.commitment, "seed": self.seed.hex(), "tasks": tasks}
        return canonical_json(body)

    @classmethod
    def from_bytes(cls, source: bytes) -> Result:
        """Read result.json (读取抽取结果文件)."""
        raw = read_fields(source, _FIELDS, file="result.json")
        return cls(
            round=raw["round"],
            commitment=raw["commitment"],
            seed=bytes.fromhex(raw["seed"]),
            lists={task["task_id"]: tuple(task["drawn"]) for task in raw["tasks"] if "drawn" in task},
            hidden={task["task_id"]: task["digest"] for task in raw["tasks"] if "digest" in task},
        )


def _task_id(entry: Mapping[str, Any]) -> str:
    return str(entry["task_id"])


def is_shown(access: str, disclosure: str, *, over: bool) -> bool:
    """Return whether a drawn list may be public (名单能否公开); `over` = all its visits have been held."""
    return access == "open" or disclosure == "before" or (disclosure == "after_visit" and over)


def list_digest(task_id: str, units: Sequence[str], *, round_id: str, frame_key: bytes, hash_name: str) -> str:
    """Return the digest that stands for a drawn list which is not shown (名单摘要): hex; `units` sorted."""
    label = digest(hash_name, f"list|{round_id}".encode())
    salt = digest(hash_name, frame_key, label, task_id.encode())[:SALT_BYTES]
    return digest(hash_name, b"\x00", salt, canonical_json(list(units))).hex()
