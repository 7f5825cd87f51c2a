"""Copies of registers by columns (登记表的列式副本), from which a city's register is read in a tenth of the time.

The database is the record. A copy holds all versions of a register's rows as stored cells, in Parquet, in the order of
the versions; it stands beside the store as `<store>.files/columns/<SHA-256>`. It is made when a large register is first
filled, or read as a whole while there is none. Its digest is kept in the database as a digest of the register is
(`kept_digests`): a row that changes, by whatever program, makes it forgotten. The bytes of a copy are compared with
that digest each time it is opened, so one that somebody changed is not read. Where there is none and none can be made –
no space, no right to write, another process makes it – the database is read as it was before there were copies.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from sqlite_utils import Database

from supervision.errors import SupervisionError
from supervision.store import bulk, kept_digests
from supervision.store.connection import connected, files_folder, sole_writer, transaction
from supervision.store.layout import KNOWN_ON, Layout, quoted
from supervision.store.register_versions import EVERYBODY, last_versions
from supervision.store.table_digest import TableDigest

FOLDER, LOCK = "columns", "columns.lock"
MANY = 65_536  # rows from which a copy is worth its file
FEW, HELD = 10_000, 500_000  # rows of a later import with which a copy is renewed at once
OWN = "sha256"
QUICK = {"compression": "lz4", "write_statistics": False}  # as large as with snappy, read in three quarters of the time
CANNOT = (SupervisionError, OSError, pa.ArrowException)


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A copy that stands for its register as it is now (有效的列式副本)."""

    table: Layout
    file: pq.ParquetFile
    source: pa.NativeFile

    def latest(self, *, on: date, columns: tuple[str, ...]) -> Iterator[pa.Table]:
        """Yield the rows known on a day (截至某日的最新行), as `register_versions.latest` does."""
        return self._latest(_groups(self.file, self._named(columns)), on)

    def halves(self, *, on: date, columns: tuple[str, ...]) -> list[Iterator[pa.Table]]:
        """Return those rows in two readings for two threads (分两半读取), one after the other; a small one in one."""
        names, middle = self._named(columns), self.file.num_row_groups // 2
        again = self._again(middle) if middle else 0
        if not middle or again == self.file.metadata.row_group(middle).num_rows:
            return [self.latest(on=on, columns=columns)]
        shared = self.file.read_row_group(middle, columns=names)
        second = pq.ParquetFile(self.source)  # a reader each: what they read from guards its place
        first = chain(_groups(self.file, names, end=middle), [shared.slice(0, again)])
        later = chain([shared.slice(again)], _groups(second, names, start=middle + 1))
        return [self._latest(first, on), self._latest(later, on)]

    def merged(self, added: Iterable[pa.Table]) -> Iterator[pa.Table]:
        """Yield all rows and the `added` ones in the order of the versions (合并新增行); of one version the old row.

        That is what SQLite makes of them by INSERT OR IGNORE.
        """
        version, schema = list(self.table.version), self.file.schema_arrow
        coming = pa.concat_tables(chunk.select(schema.names).cast(schema) for chunk in added)
        keys = list(zip(*(coming[name].to_pylist() for name in version), strict=True))
        start = 0
        for number in range(self.file.num_row_groups):
            rows = self.file.read_row_group(number)
            last = tuple(rows[name][-1].as_py() for name in version)
            end = len(keys) if number + 1 == self.file.num_row_groups else bisect_right(keys, last)
            if end > start:
                rows = _sorted(pa.concat_tables([rows, coming.slice(start, end - start)]), version)
            start = end
            yield rows

    def _named(self, columns: tuple[str, ...]) -> list[str]:
        return list(dict.fromkeys((*self.table.version, *columns)))

    def _latest(self, rows: Iterator[pa.Table], on: date) -> Iterator[pa.Table]:
        return last_versions(_known(rows, on.isoformat()), self.table)

    def _again(self, number: int) -> int:
        """How many rows at the beginning of a group are of the last key of the group before."""
        before, here = (self.file.read_row_group(one, columns=list(self.table.key)) for one in (number - 1, number))
        same = reduce(pc.and_, (pc.equal(here[name], before[name][-1]) for name in self.table.key))
        other = pc.index(same, False).as_py()
        return len(here) if other < 0 else int(other)


def _groups(file: pq.ParquetFile, names: list[str], *, start: int = 0, end: int | None = None) -> Iterator[pa.Table]:
    for number in range(start, file.num_row_groups if end is None else end):
        yield file.read_row_group(number, columns=names)


def _known(chunks: Iterable[pa.Table], day: str) -> Iterator[pa.Table]:
    for rows in chunks:
        known = pc.less_equal(rows[KNOWN_ON], day)
        yield rows if pc.all(known, min_count=0).as_py() else rows.filter(known)


def _sorted(rows: pa.Table, version: list[str]) -> pa.Table:
    """Rows by their versions, of each the first."""
    rows = rows.take(pc.sort_indices(rows, sort_keys=[(name, "ascending") for name in version]))  # which is stable
    same = reduce(pc.and_, (pc.equal(rows[name].slice(0, len(rows) - 1), rows[name].slice(1)) for name in version))
    if not pc.any(same, min_count=0).as_py():
        return rows
    return rows.filter(pa.concat_arrays([pa.array([True]), pc.invert(same).combine_chunks()]))


@contextmanager
def opened(path: Path, table: Layout) -> Iterator[Copy | None]:
    """Open the copy of a register for the length of a block (打开列式副本), made first where there is none.

    None where the register is small, or no copy can be made or read: then the database says what there is to say.
    """
    handle = None
    with suppress(*CANNOT):
        digest, large = _on_record(path, table)
        handle = _checked(path, digest)
        if handle is None and large and _made(path, table):
            handle = _checked(path, _on_record(path, table)[0])
    with _read(table, handle) as copy:
        yield copy


@contextmanager
def standing(path: Path, table: Layout) -> Iterator[Copy | None]:
    """Open the copy of a register that is there (打开已有的列式副本), and make none; None where none can be read."""
    handle = None
    with suppress(*CANNOT):
        handle = _checked(path, _on_record(path, table)[0])
    with _read(table, handle) as copy:
        yield copy


@contextmanager
def _read(table: Layout, handle: BinaryIO | None) -> Iterator[Copy | None]:
    with handle or nullcontext():
        source = None if handle is None else pa.PythonFile(handle, mode="r")
        yield None if source is None else Copy(table=table, file=pq.ParquetFile(source), source=source)


def _on_record(path: Path, table: Layout) -> tuple[str | None, bool]:
    """The digest of the copy that counts, None where there is none; and whether the register is large enough."""
    with connected(path) as database:
        digest = kept_digests.copy_of(database, table.kind)
        query = f"SELECT 1 FROM {quoted(table.kind)} LIMIT 1 OFFSET {MANY}"
        return digest, digest is not None or database.execute(query).fetchone() is not None


def _checked(path: Path, digest: str | None) -> BinaryIO | None:
    """The file of a copy, open, if it is there and its bytes have the digest."""
    place = files_folder(path) / FOLDER / (digest or "none")
    if digest is None or not place.is_file():
        return None
    handle = place.open("rb")
    if hashlib.file_digest(handle, "sha256").hexdigest() == digest:
        return handle
    handle.close()
    return None


def _made(path: Path, table: Layout) -> bool:
    """Make the copy of a register from the database (新建列式副本); False where something hinders it."""
    token, how = uuid4().hex, kept_digests.COLUMNS
    with Copying(path) as copying:
        if copying.failed:
            return False
        with transaction(path, wait=0) as database:  # who reads does not wait for who writes
            kept_digests.ask(database, [table.kind], hash_name=how, token=token)
        _sweep(path)  # a damaged copy, of which nothing is on record any more
        for chunk in bulk.scan(path, table.kind, table.columns, where=EVERYBODY, order=table.version):
            copying.put(chunk)
            if copying.failed:
                return False
    found = {table.kind: copying.digest} if copying.digest else {}
    with transaction(path) as database:
        kept_digests.answer(database, found, days=kept_digests.ANY_DAY, hash_name=how, token=token)
    return bool(found)


def announced(database: Database, table: Layout, *, before: str | None, offered: int, inserted: int) -> str:
    """Say that a copy and the register's digest will be renewed (登记待更新的副本), in the open transaction.

    `before` is the digest of the copy that counted before, `offered` the rows of the file, `inserted` those that are
    new. Returns the token for `renew`, "" where too few are new to be worth it – whoever reads next makes the copy – or
    too many were offered to be held.
    """
    if before is None or inserted < FEW or offered > HELD:
        return ""
    token = uuid4().hex
    for name in (kept_digests.COLUMNS, OWN):
        kept_digests.ask(database, [table.kind], hash_name=name, token=token)
    return token


def renew(path: Path, table: Layout, *, before: str, added: Path, token: str) -> None:
    """Make the copy and the digest of a register from the copy of before and the rows that came in (更新副本与摘要).

    `added` is the scratch file of the import. They count unless a row has changed since they were announced. The import
    stands already: what hinders them does not hinder it.
    """
    with suppress(*CANNOT), _read(table, _checked(path, before)) as copy:
        if copy is None:
            return
        digest, newest = TableDigest(table.exchange, hash_name=OWN), ""
        with Copying(path) as copying:
            rows = copying.beside(bulk.ahead(copy.merged(bulk.scan(
                added, table.kind, table.columns, where=EVERYBODY, order=table.version))))  # fmt: skip
            for chunk in last_versions(rows, table):
                digest.update(chunk)
                newest = max(newest, pc.max(chunk[KNOWN_ON]).as_py() or "")
        found = {kept_digests.COLUMNS: (copying.digest, kept_digests.ANY_DAY)} if copying.digest else {}
        found[OWN] = (digest.hexdigest(), (newest, kept_digests.ALWAYS))
        with transaction(path) as database:
            for name, (hexadecimal, days) in found.items():
                kept_digests.answer(database, {table.kind: hexadecimal}, days=days, hash_name=name, token=token)


class Copying:
    """A copy that is being written chunk by chunk (写入中的列式副本); `digest` is known when the block has ended.

    What hinders it hinders nothing else, as the rows are in the database: then it has `failed`, and no digest. A chunk
    is encoded while the next is made, for the library lets go of the interpreter. What no register refers to any more
    is removed before.
    """

    def __init__(self, store: Path) -> None:
        self._store, self._folder = store, files_folder(store) / FOLDER
        self._part = self._folder / f"{uuid4().hex}.part"
        self._held = ExitStack()
        self._writer: pq.ParquetWriter | None = None
        self._coming: Future[None] | None = None
        self.failed = False
        self.digest = ""

    def __enter__(self) -> Self:
        try:
            self._held.enter_context(sole_writer(self._store, wait=0, lock=LOCK))
            self._folder.mkdir(mode=0o770, exist_ok=True)
            _sweep(self._store)
            self._pool = self._held.enter_context(ThreadPoolExecutor(1))
        except CANNOT:
            self.failed = True
        return self

    def put(self, chunk: pa.Table) -> None:
        """Write some rows (写入一批行), after those before."""
        self._settle()
        if not self.failed:
            self._coming = self._pool.submit(self._write, chunk)

    def beside(self, chunks: Iterable[pa.Table]) -> Iterator[pa.Table]:
        """Yield chunks as they come, and write each (边传递边写入)."""
        for chunk in chunks:
            self.put(chunk)
            yield chunk

    def _settle(self) -> None:
        """Wait for what is being written; what cannot be written ends the copy, and nothing else."""
        try:
            if self._coming is not None:
                self._coming.result()
        except CANNOT:
            self.failed = True
        self._coming = None

    def _write(self, chunk: pa.Table) -> None:
        if self._writer is None:
            self._part.touch(mode=0o660)  # like the database: for its owner and its group
            self._writer = pq.ParquetWriter(self._part, chunk.schema, store_schema=False, **QUICK)
        self._writer.write_table(chunk, row_group_size=max(len(chunk), 1))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._held:
            self._settle()
            with suppress(*CANNOT):
                if self._writer is not None:
                    self._writer.close()
                    if kind is None and not self.failed:
                        self.digest = self._named()
            with suppress(OSError):
                self._part.unlink(missing_ok=True)

    def _named(self) -> str:
        with self._part.open("rb") as handle:
            digest = hashlib.file_digest(handle, "sha256").hexdigest()
        self._part.replace(self._folder / digest)
        return digest


def _sweep(store: Path) -> None:
    with connected(store) as database:
        known = set(kept_digests.copies(database).values())
    for place in (files_folder(store) / FOLDER).iterdir():
        if place.name not in known:
            with suppress(OSError):
                place.unlink()
