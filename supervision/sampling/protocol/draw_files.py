"""Files of a draw (抽取档案): an auditor repeats it from them without a database; draw protocol 1, sections 0, 7, 9.

Every writer gives the protocol's bytes; the readers give back what was written.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from supervision.canonical import canonical_json, csv_bytes, parse_canonical
from supervision.errors import SupervisionError
from supervision.sampling.bytes.identifiers import PIECE
from supervision.sampling.bytes.merkle import inclusion_proof
from supervision.sampling.bytes.unit_numbers import SALT_BYTES
from supervision.sampling.frame.unit_positions import rows_of
from supervision.sampling.inspectors.lottery import ASSIGNMENTS
from supervision.sampling.inspectors.positions import CALENDAR, RECUSALS, ROSTER
from supervision.sampling.protocol.frozen_frames import FrameRecord, endings, frame_leaves, strata_list

FRAME = "unit_id,stratum,x,L,salt"
EXCLUDED = "unit_id,reason,rule"
ORDER = "unit_id,stratum,rank,role,U,D"
_HEX = 2 * SALT_BYTES


def frame_csv(record: FrameRecord) -> bytes:
    """Return frame.csv (抽样框文件): unit_id,stratum,x,L,salt in hex; rows sorted by unit_id."""
    code, stratum, x, L = endings(record.rows)
    middles = [f",{a},{b},{c}," for a, b, c in zip(stratum, x, L, strict=True)]
    out = io.BytesIO()
    out.write(f"{FRAME}\n".encode())
    for start in range(0, len(code), PIECE):
        rows = slice(start, min(start + PIECE, len(code)))
        salt = record.salt[rows].tobytes().hex()
        units = _fields(record.rows["unit_id"].iloc[rows].tolist())
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
    out.write(f"{EXCLUDED}\n".encode())
    for start in range(0, len(excluded), PIECE):
        rows = slice(start, start + PIECE)
        units = _fields(excluded["unit_id"].iloc[rows].tolist())
        lines = [unit + tail for unit, tail in zip(units, tails.iloc[rows].tolist(), strict=True)]
        out.write("".join(lines).encode())
    return out.getvalue()


def order_csv(order: pd.DataFrame) -> bytes:
    """Return order.csv (抽取顺序文件) of Drawn.order: unit_id,stratum,rank,role,U,D; rows sorted by unit_id."""
    columns = ORDER.split(",")
    return csv_bytes(columns, sorted(order[columns].itertuples(index=False, name=None)))


def strata_json(strata: pd.DataFrame) -> bytes:
    """Return strata.json (层表文件), the bytes whose digest the commitment carries."""
    return canonical_json(strata_list(strata))


def calendar_csv(calendar: pd.DataFrame) -> bytes:
    """Return calendar.csv (日程文件): visit_id,office,place,half_days,items; place numbers sorted as numbers."""
    return _table(calendar, CALENDAR, numbers=("place",))


def roster_csv(roster: pd.DataFrame) -> bytes:
    """Return roster.csv (人员名录文件): inspector_id,office,from,until,scopes,daily_limit,absent."""
    return _table(roster, ROSTER, numbers=("daily_limit",))


def recusals_csv(recusals: pd.DataFrame) -> bytes:
    """Return recusals.csv (回避文件): inspector_id,unit_id,ground."""
    return _table(recusals, RECUSALS)


def roster_json(assignments: pd.DataFrame) -> bytes:
    """Return roster.json (匹配结果文件): the assignments, sorted; internal."""
    rows = assignments[list(ASSIGNMENTS)].sort_values(["visit_id", "office", "place"])
    texts = ("visit_id", "office", "inspector_id")
    return canonical_json(
        [
            {name: str(row[name]) if name in texts else int(row[name]) for name in ASSIGNMENTS}
            for row in rows.to_dict("records")
        ]
    )


def read_record(entry: dict[str, Any], *, frame: bytes, strata: bytes, excluded: bytes) -> FrameRecord:
    """Read a frozen frame back from its files (读取冻结抽样框); `entry` is the task's entry of commitment.json.

    The roots are those of the entry; `record.check_record` recomputes them.
    """
    columns = {"unit_id": "str", "stratum": "str", "x": "int64", "L": "int64", "salt": "str"}
    rows = _read(frame, columns, name=f"tasks/{entry['task_id']}/frame.csv")
    salt = np.frombuffer(bytes.fromhex("".join(rows["salt"].tolist())), dtype=np.uint8).reshape(-1, SALT_BYTES)
    code, names = pd.factorize(rows["stratum"], sort=True)
    rows["stratum"] = pd.Categorical.from_codes(code, categories=pd.Index(names))
    table = pd.DataFrame(parse_canonical(strata))
    return FrameRecord(
        task_id=entry["task_id"],
        group=entry["group"],
        access=entry["access"],
        disclosure=entry["disclosure"],
        rows=rows[["unit_id", "stratum", "x", "L"]],
        salt=salt,
        excluded=_read(
            excluded, dict.fromkeys(EXCLUDED.split(","), "str"), name=f"tasks/{entry['task_id']}/excluded.csv"
        ),
        strata=table.astype({"stratum": "str", "working": "str", "size_total": "int64"}),
        frame_root=bytes.fromhex(entry["frame_root"]),
        excluded_root=bytes.fromhex(entry["excluded_root"]),
    )


def proof_json(record: FrameRecord, unit_id: str, *, hash_name: str) -> bytes:
    """Return a unit's own proof (本单位证明): own row, salt and path to frame_root (see `merkle.proven_root`)."""
    row = int(rows_of(record.rows["unit_id"], pd.Series([unit_id], dtype="str"))[0])
    if row < 0:
        raise SupervisionError("sampling.not_in_frame", unit=unit_id, task=record.task_id)
    joined = frame_leaves(record.task_id, record.rows, record.salt, hash_name=hash_name)
    own = record.rows.iloc[row]
    return canonical_json(
        {
            "task_id": record.task_id,
            "unit_id": unit_id,
            "stratum": str(own["stratum"]),
            "x": str(own["x"]),
            "L": str(own["L"]),
            "salt": record.salt[row].tobytes().hex(),
            "row": row,
            "units": len(record.rows),
            "path": [one.hex() for one in inclusion_proof(joined, row, hash_name=hash_name)],
            "frame_root": record.frame_root.hex(),
        }
    )


def _fields(texts: list[str]) -> Iterable[str]:
    """Identifiers as CSV fields; almost never does one need quotes, so the whole piece is looked at once."""
    joined = "".join(texts)
    if "," not in joined and '"' not in joined:
        return texts
    return ['"' + text.replace('"', '""') + '"' if "," in text or '"' in text else text for text in texts]


def _table(frame: pd.DataFrame, columns: tuple[str, ...], numbers: tuple[str, ...] = ()) -> bytes:
    """A small table as CSV; missing cells are blank, dates are ISO days, rows sorted column by column."""
    cells = frame[list(columns)].copy()
    for name in columns:
        if pd.api.types.is_datetime64_any_dtype(cells[name].dtype):
            cells[name] = cells[name].dt.strftime("%Y-%m-%d")
        cells[name] = cells[name].astype("int64") if name in numbers else cells[name].astype("str").fillna("")
    return csv_bytes(columns, sorted(cells.itertuples(index=False, name=None)))


def _read(data: bytes, columns: dict[str, str], *, name: str) -> pd.DataFrame:
    found = pd.read_csv(
        io.BytesIO(data), dtype=columns, keep_default_na=False, na_filter=False, encoding="utf-8", engine="c"
    )
    if list(found.columns) != list(columns):
        raise SupervisionError("sampling.file_header", name=name, columns=",".join(columns))
    return found
