"""The lists that were drawn (抽取结果): result.json shows a list or its digest; draw protocol 2, section 6."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from supervision.canonical import canonical_json
from supervision.sampling.bytes.unit_numbers import Secret
from supervision.sampling.protocol.commitment import Commitment
from supervision.sampling.protocol.fields import check_fields, hex_bytes, read_fields, texts

FILE = "result.json"
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
        secret: Secret,
        visited: Collection[str] = (),
    ) -> Result:
        """Return the result of a draw (生成抽取结果).

        `drawn`: task_id → drawn unit_ids. Open tasks are shown; `visited` names
        the tasks whose visits are over, which shows those disclosed after the visit; "never" stays a digest.
        """
        lists: dict[str, tuple[str, ...]] = {}
        hidden: dict[str, str] = {}
        for task in commitment.tasks:
            units = tuple(sorted(drawn[task.task_id]))
            if is_shown(task.access, task.disclosure, over=task.task_id in visited):
                lists[task.task_id] = units
            else:
                hidden[task.task_id] = secret.list_digest(task.task_id, canonical_json(list(units)))
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
        raw = read_fields(source, _FIELDS, file=FILE)
        shown = [task for task in raw["tasks"] if isinstance(task, dict) and "drawn" in task]
        rest = [task for task in raw["tasks"] if not isinstance(task, dict) or "drawn" not in task]
        for tasks, names in ((shown, {"drawn": list, "task_id": str}), (rest, {"digest": str, "task_id": str})):
            for task in tasks:
                check_fields(task, names, file=FILE)
        return cls(
            round=raw["round"],
            commitment=raw["commitment"],
            seed=hex_bytes(raw["seed"], file=FILE, field="seed"),
            lists={task["task_id"]: texts(task["drawn"], file=FILE, field="drawn") for task in shown},
            hidden={task["task_id"]: task["digest"] for task in rest},
        )


def _task_id(entry: Mapping[str, Any]) -> str:
    return str(entry["task_id"])


def is_shown(access: str, disclosure: str, *, over: bool) -> bool:
    """Return whether a drawn list may be public (名单能否公开); `over` = all its visits have been held."""
    return access == "open" or (disclosure == "after_visit" and over)
