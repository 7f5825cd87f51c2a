"""Arrays as files (数组文件): what a partition keeps between two steps, and what all of them look at together."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from supervision.errors import SupervisionError
from supervision.risk.dated_rows import SPAN, Dated
from supervision.scale import files

Array = NDArray[Any]
T = TypeVar("T")
DATED = tuple(field.name for field in dataclasses.fields(Dated))


def put_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write arrays by name (写一组数组) behind their names, whole or not at all."""

    def written(place: Path) -> None:
        with place.open("wb") as out:
            for array in (np.array(list(arrays)), *arrays.values()):
                np.save(out, array, allow_pickle=False)

    files.put_by(path, written)


def get_arrays(path: Path) -> dict[str, Array]:
    """Read arrays by name (读一组数组)."""
    _check_there(path)
    with path.open("rb") as source:
        names = np.load(source, allow_pickle=False).tolist()
        return {name: np.load(source, allow_pickle=False) for name in names}


def put_column(path: Path, parts: Iterable[Array], *, rows: int, dtype: Any) -> None:
    """Write one long array part by part (分段写一列), so that it need not be in memory."""

    def written(place: Path) -> None:
        with place.open("wb") as out:
            head = {"descr": npy.dtype_to_descr(np.dtype(dtype)), "fortran_order": False, "shape": (rows,)}
            npy.write_array_header_1_0(out, head)
            for part in parts:
                np.asarray(part, dtype=dtype).tofile(out)

    files.put_by(path, written)


def get_column(path: Path) -> Array:
    """Read one array (读一列): its pages are shared by all processes of a machine, and only what is asked is read."""
    _check_there(path)
    column = np.load(path, mmap_mode="r", allow_pickle=False)
    return column.view(np.ndarray)  # type: ignore[no-any-return]


def put_columns(folder: Path, arrays: Mapping[str, Array]) -> None:
    """Write arrays as files of their own (各列单独成文件)."""
    for name, array in arrays.items():
        put_column(folder / f"{name}.npy", [array], rows=len(array), dtype=array.dtype)


def get_columns(folder: Path, names: Iterable[str]) -> dict[str, Array]:
    """Read such arrays (读各列)."""
    return {name: get_column(folder / f"{name}.npy") for name in names}


def flat(value: Any) -> dict[str, Array]:
    """Return the arrays of a noun (取其数组) by name, those of `Dated` as dates.key and so on; other parts are left."""
    found: dict[str, Array] = {}
    for field in dataclasses.fields(value):
        part = getattr(value, field.name)
        if isinstance(part, Dated):
            found |= {f"{field.name}.{name}": getattr(part, name) for name in DATED}
        elif isinstance(part, np.ndarray):
            found[field.name] = part
    return found


def noun(kind: type[T], arrays: Mapping[str, Array], **more: Any) -> T:
    """Return a noun of arrays as from `flat` (由数组还原); `more` are its other parts."""
    dated = {name.partition(".")[0] for name in arrays if "." in name}
    parts = {name: Dated(**{one: arrays[f"{name}.{one}"] for one in DATED}) for name in sorted(dated)}
    return kind(**{name: array for name, array in arrays.items() if "." not in name}, **parts, **more)


def shifted(arrays: Mapping[str, Array], by: int) -> dict[str, Array]:
    """Return arrays with the codes of units moved (代码平移): `unit` and the keys of dates; nobody stays nobody."""
    return {name: _moved(name, array, by) for name, array in arrays.items()}


def _moved(name: str, array: Array, by: int) -> Array:
    if name == "unit":
        return np.where(array >= 0, array + array.dtype.type(by), array)
    return array + by * SPAN if name.endswith(".key") else array


def _check_there(path: Path) -> None:
    if not path.exists():
        raise SupervisionError("scale.file_missing", file=path)
