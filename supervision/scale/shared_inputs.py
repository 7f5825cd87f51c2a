"""What all partitions share (各分区共用的输入): tasks, items, duties, rules and caps, as files without any pickle."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from supervision.canonical import canonical_json
from supervision.domain.items import Item, Task
from supervision.errors import SupervisionError
from supervision.law.coverage_duties import Duty
from supervision.law.rules import Law, Rules
from supervision.sampling.bytes.unit_numbers import Secret
from supervision.sampling.frame.due_dates import Coverage
from supervision.sampling.frame.inputs import FrameInputs
from supervision.scale import files

KEY_BYTES = 32
SHIPPED, CITY = "shipped/", "city/"


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Shared:
    """What all partitions share (各分区共用的输入).

    `twins`: ids in upper case that several units have; no two of them may be in one task.
    """

    round_id: str
    hash_name: str
    tasks: tuple[Task, ...]
    items: Mapping[str, Item]
    coverage: Coverage
    law: Law
    caps: pd.DataFrame
    twins: tuple[str, ...]


def put_shared(
    folder: Path, inputs: FrameInputs, *, rules: Rules, round_id: str, hash_name: str, twins: Iterable[str],
    partitions: int,
) -> None:  # fmt: skip
    """Write what all partitions share (写共用输入), and how many there are."""
    said = {
        "round": round_id,
        "hash": hash_name,
        "on": inputs.law.on.isoformat(),
        "tasks": [_plain(task) for task in inputs.tasks],
        "items": [_plain(item) for item in inputs.items.values()],
        "coverage": _plain(inputs.coverage),
        "twins": sorted(twins),
        "partitions": partitions,
    }
    files.put_table(folder / files.CAPS, inputs.caps)
    files.put(folder / files.RULES, canonical_json({path: body.decode() for path, body in rules.files.items()}))
    files.put_json(folder / files.SHARED, said)


def shared_in(folder: Path) -> Shared:
    """Read what all partitions share (读共用输入), once a process: rules are many small texts."""
    place = folder / files.SHARED
    return _read(folder, place.stat().st_mtime_ns if place.exists() else 0)


@lru_cache(maxsize=1)
def _read(folder: Path, _written: int) -> Shared:
    with files.reading(folder / files.SHARED):
        return _shared(folder, files.get_json(folder / files.SHARED), files.get_json(folder / files.RULES))


def _shared(folder: Path, said: Mapping[str, Any], texts: Mapping[str, str]) -> Shared:
    shipped, city = (
        {path.removeprefix(side): text.encode() for path, text in texts.items() if path.startswith(side)}
        for side in (SHIPPED, CITY)
    )
    coverage = said["coverage"]
    return Shared(
        round_id=said["round"],
        hash_name=said["hash"],
        tasks=tuple(_task(one) for one in said["tasks"]),
        items={one["item_id"]: Item(**_tuples(one)) for one in said["items"]},
        coverage=Coverage(
            duties=tuple(_duty(one) for one in coverage["duties"]),
            kinds=tuple(coverage["kinds"]),
            could_not=tuple(coverage["could_not"]),
            departments={name: frozenset(found) for name, found in coverage["departments"].items()},
        ),
        law=Rules.read(shipped, city).on(date.fromisoformat(said["on"])),
        caps=files.get_table(folder / files.CAPS),
        twins=tuple(said["twins"]),
    )


def secret_of(folder: Path, key: Path) -> Secret:
    """Return what salts and hidden names of a folder's round are made from (本轮密钥)."""
    files.partitions(folder)
    shared = shared_in(folder)
    return Secret(frame_key=key_in(key), round_id=shared.round_id, hash_name=shared.hash_name)


def key_in(file: Path) -> bytes:
    """Read frame_key.hex (读密钥文件): 64 hex digits."""
    try:
        found = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except ValueError as error:
        raise SupervisionError("scale.key_malformed", file=file) from error
    if len(found) != KEY_BYTES:
        raise SupervisionError("scale.key_malformed", file=file)
    return found


def _plain(value: Any) -> Any:
    """A noun as JSON: dates as ISO days, sets sorted."""
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return {str(name): _plain(one) for name, one in value.items()} if isinstance(value, Mapping) else value


def _tuples(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}


def _task(said: Mapping[str, Any]) -> Task:
    days = {name: date.fromisoformat(said[name]) for name in ("start", "end")}
    return Task(**_tuples(said) | days)


def _duty(said: Mapping[str, Any]) -> Duty:
    return Duty(**_tuples(said) | {"begins": date.fromisoformat(said["begins"])})
