"""Units that say the same (同值单位), over all partitions: texts of few kinds by one list, of many kinds by exchange.

What nearly everybody says in words of his own – an address, a name – is too much to list in one place. Each partition
puts such texts into as many buckets as there are partitions, by a hash, so that equal texts come together; each bucket
is looked at by itself and tells its texts apart letter by letter: the hash decides where, never whether.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from supervision.risk.coded_registers import texts_of
from supervision.risk.features import CODED
from supervision.risk.indicators import INDICATORS
from supervision.scale import files
from supervision.scale.arrays import Array, get_arrays, get_column, put_arrays, put_columns
from supervision.scale.scoring_files import together, work
from supervision.spare_memory import give_back

MANY = ("address", "legal_rep")
FEW = tuple(name for name in CODED if name not in MANY)

Columns = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Bucket:
    """Texts to be told apart (待比对的文字): those of `columns` that fell into bucket `number`.

    `tables`: of each partition and each of the other columns its own codes → those of all; `starts` and `sizes`
    (partitions,) where the bucket's texts stand in each partition's file.
    """

    folder: Path
    columns: Columns
    number: int
    tables: Sequence[Mapping[str, Array]]
    starts: Array
    sizes: Array


def asked_columns() -> tuple[list[Columns], list[Columns]]:
    """Return the columns of which indicators ask what is the same (所问同值字段): of few texts, and with many."""
    asked = {getattr(row.recipe, "columns", ()) for row in INDICATORS} - {()}
    many = sorted(columns for columns in asked if set(columns) & set(MANY))
    return sorted((asked - set(many)) | {("tags",)}), many


def put_texts(folder: Path, number: int, texts: Mapping[str, pd.Series], codes: Mapping[str, Array],
              known: Mapping[str, pd.Series], *, buckets: int) -> dict[Columns, Array]:  # fmt: skip
    """Write a partition's texts by buckets (按桶写文字), and return how many went into each, int64 (buckets,).

    `codes` of the texts, −1 where blank, and the `known` ones in their order; a unit of which one of the columns is
    blank is left out.
    """
    sizes = {}
    for columns in asked_columns()[1]:
        *others, many = columns
        told = np.logical_and.reduce([codes[name] >= 0 for name in columns])
        where = pd.util.hash_array(known[many].to_numpy(dtype=object), categorize=False) % np.uint64(buckets)
        rows = np.flatnonzero(told)
        bucket = where[codes[many][rows]].astype(np.int64)
        rows = rows[np.argsort(bucket, kind="stable")]
        table = pa.table(
            {many: texts_of(texts[many].take(rows))} | {name: pa.array(codes[name][rows]) for name in others}
        )
        _put_rows(work(folder, number, _name(columns, "arrow")), table)
        put_arrays(work(folder, number, _name(columns, "arrays")), {"rows": rows.astype(np.int32)})
        sizes[columns] = np.bincount(bucket, minlength=buckets)
    return sizes


def tell_apart(job: Bucket) -> None:
    """Give each unit of a bucket a code for what it says, and how many say the same (桶内比对)."""
    *others, many = job.columns
    cells: list[pd.Series[str]] = []
    sides: list[list[Array]] = [[] for _ in others]
    for number, (start, size) in enumerate(zip(job.starts.tolist(), job.sizes.tolist(), strict=True)):
        with pa.memory_map(str(work(job.folder, number, _name(job.columns, "arrow")))) as source:
            part = pa.ipc.open_file(source).read_all().slice(start, size).combine_chunks()
            cells.append(pd.Series(part[many].combine_chunks().to_pandas(), dtype="str"))
            for side, name in zip(sides, others, strict=True):
                side.append(job.tables[number][name][part[name].to_numpy()])
    code = pd.factorize(pd.concat(cells, ignore_index=True))[0].astype(np.int64)
    del cells
    for side in sides:
        other = np.concatenate(side)
        code = code * (int(other.max(initial=0)) + 1) + other
    _, same, units = np.unique(code, return_inverse=True, return_counts=True)
    put_columns(together(job.folder, _name(job.columns, f"{job.number:04}")), {
        "code": same * len(job.tables) + job.number, "units": units[same],
    })  # fmt: skip
    give_back()


def same_many(folder: Path, number: int, columns: Columns, sizes: Array, units: int) -> tuple[Array, Array]:
    """Return the codes of what a partition's units say in such columns, −1 where blank, and for how many (取比对结果).

    `sizes` int64 (partitions, buckets).
    """
    rows = get_arrays(work(folder, number, _name(columns, "arrays")))["rows"]
    code, many = np.full(units, -1, dtype=np.int64), np.zeros(units, dtype=np.int64)
    ahead = sizes[:number].sum(axis=0)
    for name, column in (("code", code), ("units", many)):
        parts = [
            get_column(together(folder, _name(columns, f"{bucket:04}")) / f"{name}.npy")[first : first + size]
            for bucket, (first, size) in enumerate(zip(ahead.tolist(), sizes[number].tolist(), strict=True))
        ]
        column[rows] = np.concatenate(parts)
    return code, many


def same_few(columns: Columns, codes: Mapping[str, Array], sizes: Mapping[str, int]) -> Array:
    """Return codes of what units say in columns of few texts (少量取值的同值代码), −1 where one is blank.

    `codes` of each column among the texts of all partitions, `sizes` how many these are.
    """
    joint = codes[columns[0]].astype(np.int64)
    for name in columns[1:]:
        blank = (joint < 0) | (codes[name] < 0)
        joint = np.where(blank, -1, joint * sizes[name] + codes[name])
    return joint


def _put_rows(path: Path, table: pa.Table) -> None:
    def written(place: Path) -> None:
        with pa.OSFile(str(place), "wb") as out, pa.ipc.new_file(out, table.schema) as writer:
            writer.write_table(table)

    files.put_by(path, written)


def _name(columns: Columns, ending: str) -> str:
    return f"{'-'.join(columns)}.{ending}"
