"""Files of a partitioned round (分区文件): written whole or not at all, so that work done twice does no harm."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from supervision.errors import SupervisionError

SHARED, CAPS, RULES = "shared.json", "caps.parquet", "rules.json"
REGISTERS = ("entities", "scores", "professional", "exemptions", "visits", "other_level")
SCORED = ("scores", "professional")
SECRET = 0o600  # scores, registers and salts are for nobody else on the machine
UNFINISHED = "unfinished"  # stands while partitions are being written
TASKS, STRATA_KEYS = "tasks.json", "strata_keys.csv"
COMMITMENT, REVEAL, RESULT = "commitment.json", "reveal.json", "result.json"


def partition(folder: Path, number: int) -> Path:
    """Return the folder of a partition (分区目录), such as 0000."""
    return folder / f"{number:04}"


def partitions(folder: Path) -> list[int]:
    """Return the numbers of a folder's partitions (分区编号), ascending; a folder that lacks one is refused."""
    found = sorted(int(path.name) for path in folder.glob("[0-9]*") if path.is_dir() and path.name.isdigit())
    if not found or not (folder / SHARED).exists() or (folder / UNFINISHED).exists():
        raise SupervisionError("scale.no_partitions", folder=folder)
    with reading(folder / SHARED):
        wanted = int(get_json(folder / SHARED)["partitions"])
    if found != list(range(wanted)):
        raise SupervisionError("scale.partitions_differ", folder=folder, found=len(found), wanted=wanted)
    return found


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Name a file that is missing or damaged (文件缺失或损坏), whatever its reader stumbles over."""
    try:
        yield
    except FileNotFoundError as error:
        raise SupervisionError("scale.file_missing", file=path) from error
    except (pa.ArrowException, LookupError, OSError, TypeError, ValueError) as error:
        raise SupervisionError("scale.file_damaged", file=path, reason=f"{type(error).__name__} {error}") from error


def part_of(out: Path, number: int, task_id: str, what: str) -> Path:
    """Return where a partition's part of a task stands (分区任务文件): `what` is its name with the ending."""
    return out / "parts" / f"{number:04}" / f"{task_id}.{what}"


def task_file(out: Path, task_id: str, name: str) -> Path:
    """Return where a task's file stands (任务文件): frame.csv, strata.json, excluded.csv, order.csv."""
    return out / "tasks" / task_id / name


def put(path: Path, body: bytes) -> None:
    """Write a file (写文件), whole or not at all."""
    put_by(path, lambda place: place.write_bytes(body))


def put_json(path: Path, value: Any) -> None:
    """Write JSON with sorted keys (写 JSON); it may hold truth values, which canonical JSON does not know."""
    put(path, json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def get_json(path: Path) -> Any:
    """Read JSON (读 JSON); a file that is not there is named."""
    with reading(path):
        return json.loads(path.read_bytes())


def put_table(path: Path, frame: pd.DataFrame) -> None:
    """Write a table as Parquet (写 Parquet 表); categories as texts, for Parquet forgets those that nobody has."""
    texts = [name for name in frame.columns if isinstance(frame[name].dtype, pd.CategoricalDtype)]
    frame = frame.astype(dict.fromkeys(texts, "str"))
    put_by(path, lambda place: frame.to_parquet(place, index=False, write_page_checksum=True))


def get_table(path: Path, columns: list[str] | None = None) -> pd.DataFrame:
    """Read a table from Parquet (读 Parquet 表); dates are in seconds, as in the registers."""
    with reading(path):  # its pages have checksums: a changed byte is another unit, another class
        found = pd.read_parquet(path, columns=columns, page_checksum_verification=True)
    dates = [name for name in found.columns if pd.api.types.is_datetime64_any_dtype(found[name].dtype)]
    return found.astype(dict.fromkeys(dates, "datetime64[s]"))


def rows_of(path: Path) -> int:
    """Return how many rows a table has (表行数), by its file's own word."""
    with reading(path):
        return int(pq.read_metadata(path).num_rows)


def with_categories(frame: pd.DataFrame, names: Iterable[str], column: str = "stratum") -> pd.DataFrame:
    """Return a table with a column of texts as these categories, sorted (还原类别)."""
    return frame.assign(**{column: pd.Categorical(frame[column], categories=pd.Index(sorted(names), dtype="str"))})


def join(path: Path, head: bytes, parts: Sequence[Path]) -> None:
    """Write a file as its header and the lines of its partitions (合并各分区文件), in their order."""

    def written(place: Path) -> None:
        with place.open("wb") as out:
            out.write(head)
            for part in parts:
                with part.open("rb") as source:
                    shutil.copyfileobj(source, out, 1 << 20)

    put_by(path, written)


def put_by(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file by what writes it to a place (写文件), whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    place = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        write(place)
        place.chmod(SECRET)
        place.replace(path)
    finally:
        place.unlink(missing_ok=True)
