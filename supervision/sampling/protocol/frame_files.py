"""Files of a frozen frame (冻结抽样框的文件): the draw can be repeated from them; draw protocol 1, 0 and 9."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from supervision.canonical import canonical_json, parse_canonical
from supervision.errors import SupervisionError
from supervision.sampling.bytes.identifiers import PIECE
from supervision.sampling.bytes.merkle import inclusion_proof
from supervision.sampling.bytes.unit_numbers import SALT_BYTES
from supervision.sampling.frame.unit_positions import rows_of
from supervision.sampling.protocol.commitment import TaskEntry
from supervision.sampling.protocol.frozen_frames import FrozenFrame, endings, frame_leaves, strata_list
from supervision.tables import TableSchema

FRAME = TableSchema(
    name="frame.csv",
    columns={"unit_id": "str", "stratum": "str", "x": "int64", "L": "int64", "salt": "str"},
    units={"x": "measure of size", "L": "working probability × 2^53", "salt": "16 bytes as hex"},
)
EXCLUDED = TableSchema(name="excluded.csv", columns=dict.fromkeys(("unit_id", "reason", "rule"), "str"))
FILES = ("frame.csv", "strata.json", "excluded.csv")
_HEX = 2 * SALT_BYTES


def frame_csv(frozen: FrozenFrame) -> bytes:
    """Return frame.csv (抽样框文件): unit_id,stratum,x,L,salt in hex; rows sorted by unit_id."""
    code, stratum, x, L = endings(frozen.rows)
    middles = [f",{a},{b},{c}," for a, b, c in zip(stratum, x, L, strict=True)]
    out = io.BytesIO()
    out.write((",".join(FRAME.names) + "\n").encode())
    for start in range(0, len(code), PIECE):
        rows = slice(start, min(start + PIECE, len(code)))
        salt = frozen.salt[rows].tobytes().hex()
        units = _fields(frozen.rows["unit_id"].iloc[rows].tolist())
        lines = [
            f"{unit}{middles[kind]}{salt[at : at + _HEX]}\n"
            for unit, kind, at in zip(units, code[rows].tolist(), range(0, len(salt), _HEX), strict=True)
        ]
        out.write("".join(lines).encode())
    return out.getvalue()


def excluded_csv(excluded: pd.DataFrame) -> bytes:
    """Return excluded.csv (排除名单文件): unit_id,reason,rule; rows sorted by unit_id."""
    tails = "," + excluded["reason"].astype("str") + "," + excluded["rule"].astype("str") + "\n"
    out = io.BytesIO()
    out.write((",".join(EXCLUDED.names) + "\n").encode())
    for start in range(0, len(excluded), PIECE):
        rows = slice(start, start + PIECE)
        units = _fields(excluded["unit_id"].iloc[rows].tolist())
        lines = [unit + tail for unit, tail in zip(units, tails.iloc[rows].tolist(), strict=True)]
        out.write("".join(lines).encode())
    return out.getvalue()


def frame_files(frozen: FrozenFrame) -> dict[str, bytes]:
    """Return the files of a frozen frame (冻结抽样框文件): `FILES` name → bytes."""
    strata = canonical_json(strata_list(frozen.strata))
    return {"frame.csv": frame_csv(frozen), "strata.json": strata, "excluded.csv": excluded_csv(frozen.excluded)}


def read_frame(entry: TaskEntry, files: Mapping[str, bytes]) -> FrozenFrame:
    """Read a frozen frame back from its files (读取冻结抽样框); the roots are those of the commitment's `entry`."""
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
    )


def proof_json(frozen: FrozenFrame, unit_id: str, *, hash_name: str) -> bytes:
    """Return a unit's own proof (本单位证明): own row, salt and path to frame_root (see `merkle.proven_root`)."""
    row = int(rows_of(frozen.rows["unit_id"], pd.Series([unit_id], dtype="str"))[0])
    if row < 0:
        raise SupervisionError("sampling.not_in_frame", unit=unit_id, task=frozen.task_id)
    joined = frame_leaves(frozen.task_id, frozen.rows, frozen.salt, hash_name=hash_name)
    own = frozen.rows.iloc[row]
    return canonical_json(
        {
            "task_id": frozen.task_id,
            "unit_id": unit_id,
            "stratum": str(own["stratum"]),
            "x": str(own["x"]),
            "L": str(own["L"]),
            "salt": frozen.salt[row].tobytes().hex(),
            "row": row,
            "units": len(frozen.rows),
            "path": [one.hex() for one in inclusion_proof(joined, row, hash_name=hash_name)],
            "frame_root": frozen.frame_root.hex(),
        }
    )


def _fields(texts: list[str]) -> Iterable[str]:
    """Identifiers as CSV fields; almost never does one need quotes, so the whole piece is looked at once."""
    joined = "".join(texts)
    if "," not in joined and '"' not in joined:
        return texts
    return ['"' + text.replace('"', '""') + '"' if "," in text or '"' in text else text for text in texts]
