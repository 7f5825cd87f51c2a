"""Files of a frozen frame (冻结抽样框的文件): the draw can be repeated from them; draw protocol 2, 0 and 9."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.canonical import canonical_json, parse_canonical
from supervision.processes import results
from supervision.sampling.bytes.identifiers import PIECE
from supervision.sampling.bytes.unit_numbers import SALT_BYTES, Secret
from supervision.sampling.frame.frame import Frame
from supervision.sampling.protocol.commitment import TaskEntry
from supervision.sampling.protocol.frozen_frames import FrozenFrame, checked_frames, endings, freeze, strata_list
from supervision.tables import TableSchema

FRAME = TableSchema(
    name="frame.csv",
    columns={"unit_id": "str", "stratum": "str", "x": "int64", "L": "int64", "salt": "str"},
    units={"x": "measure of size", "L": "working probability × 2^53", "salt": "16 bytes as hex"},
)
EXCLUDED = TableSchema(name="excluded.csv", columns=dict.fromkeys(("unit_id", "reason", "rule"), "str"))
FILES = ("frame.csv", "strata.json", "excluded.csv")
ALONE = 200_000  # rows that are frozen before a second process has begun
_HEX = 2 * SALT_BYTES


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What is kept of a frozen frame (冻结抽样框的存档): its entry of commitment.json, and its files.

    `keys`: what the rules call a stratum → its public name.
    """

    entry: TaskEntry
    keys: Mapping[str, str]
    files: Mapping[str, bytes]


def kept_frames(frames: Iterable[Frame], secret: Secret, *, processes: int) -> list[Kept]:
    """Freeze the frames of a round, as `commit_frames` does, and write their files (冻结并写出抽样框).

    Frames are independent: `processes` never change the result; few rows are sooner done by one.
    """
    ready = checked_frames(frames, secret)
    rows = sum(len(frame.rows) + len(frame.excluded) for frame in ready)
    return list(results(partial(_kept, secret=secret), ready, processes=processes if rows > ALONE else 1))


def _kept(frame: Frame, secret: Secret) -> Kept:
    one = freeze(frame, secret)
    return Kept(entry=one.entry(), keys=one.keys, files=frame_files(one))


def frame_csv(frozen: FrozenFrame) -> bytes:
    """Return frame.csv (抽样框文件): unit_id,stratum,x,L,salt in hex; rows sorted by unit_id."""
    return header(FRAME) + frame_lines(frozen.rows, frozen.salt)


def excluded_csv(excluded: pd.DataFrame) -> bytes:
    """Return excluded.csv (排除名单文件): unit_id,reason,rule; rows sorted by unit_id."""
    return header(EXCLUDED) + excluded_lines(excluded)


def header(table: TableSchema) -> bytes:
    """Return the first line of a file (表头)."""
    return (",".join(table.names) + "\n").encode()


def frame_lines(frame_rows: pd.DataFrame, salts: npt.NDArray[np.uint8]) -> bytes:
    """Return the lines of frame.csv below its header (抽样框各行), of all rows or of a partition's."""
    code, stratum, x, L = endings(frame_rows)
    middles = [f",{a},{b},{c}," for a, b, c in zip(stratum, x, L, strict=True)]
    out = io.BytesIO()
    for start in range(0, len(code), PIECE):
        rows = slice(start, min(start + PIECE, len(code)))
        salt = salts[rows].tobytes().hex()
        units = frame_rows["unit_id"].iloc[rows].tolist()
        lines = [
            f"{unit}{middles[kind]}{salt[at : at + _HEX]}\n"
            for unit, kind, at in zip(units, code[rows].tolist(), range(0, len(salt), _HEX), strict=True)
        ]
        out.write("".join(lines).encode())
    return out.getvalue()


def excluded_lines(excluded: pd.DataFrame) -> bytes:
    """Return the lines of excluded.csv below its header (排除名单各行)."""
    tails = "," + excluded["reason"].astype("str") + "," + excluded["rule"].astype("str") + "\n"
    out = io.BytesIO()
    for start in range(0, len(excluded), PIECE):
        rows = slice(start, start + PIECE)
        units = excluded["unit_id"].iloc[rows].tolist()
        lines = [unit + tail for unit, tail in zip(units, tails.iloc[rows].tolist(), strict=True)]
        out.write("".join(lines).encode())
    return out.getvalue()


def frame_files(frozen: FrozenFrame) -> dict[str, bytes]:
    """Return the files of a frozen frame (冻结抽样框文件): `FILES` name → bytes."""
    strata = canonical_json(strata_list(frozen.strata))
    return {"frame.csv": frame_csv(frozen), "strata.json": strata, "excluded.csv": excluded_csv(frozen.excluded)}


def read_frame(entry: TaskEntry, files: Mapping[str, bytes]) -> FrozenFrame:
    """Read a frozen frame back from its files (读取冻结抽样框).

    Roots and digest are those of the commitment's `entry`; what the rules call its strata is not among the files.
    """
    rows = FRAME.from_csv(files["frame.csv"])
    salt = np.frombuffer(bytes.fromhex("".join(rows["salt"].tolist())), dtype=np.uint8).reshape(-1, SALT_BYTES)
    code, names = pd.factorize(rows["stratum"], sort=True)
    rows["stratum"] = pd.Categorical.from_codes(code, categories=pd.Index(names))
    table = pd.DataFrame(parse_canonical(files["strata.json"]))
    return FrozenFrame(
        task_id=entry.task_id,
        group=entry.group,
        access=entry.access,
        disclosure=entry.disclosure,
        rows=rows[["unit_id", "stratum", "x", "L"]],
        salt=salt,
        excluded=EXCLUDED.from_csv(files["excluded.csv"]),
        strata=table.astype({"stratum": "str", "working": "str", "size_total": "int64"}),
        frame_root=bytes.fromhex(entry.frame_root),
        excluded_root=bytes.fromhex(entry.excluded_root),
        strata_digest=bytes.fromhex(entry.strata),
        keys={},
    )
