"""The store (存储): one SQLite file that is the record of registers, rounds and every step done."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

import pandas as pd
import pyarrow as pa
from sqlite_utils import Database

from supervision.canonical import csv_bytes
from supervision.directory.register import kinds
from supervision.errors import DoesNotVerify, SupervisionError
from supervision.store import bulk, column_copies, contents, kept_digests, kept_mappings, log, register_standing
from supervision.store.arrow_columns import to_frame, without_blanks
from supervision.store.collected_rows import collected
from supervision.store.column_copies import Copy
from supervision.store.connection import MAX_WAIT, connected, files_folder, sole_writer, transaction
from supervision.store.layout import Layout, layout, quoted
from supervision.store.migrations import create, migrate
from supervision.store.register_reading import Asked
from supervision.store.register_rows import Inserted, compare, stage, take_over
from supervision.store.register_standing import LastImport
from supervision.store.register_versions import EVERYBODY, every, halves, latest, register_digest, those
from supervision.store.round_steps import ROUND, ROW, Published, Step, table_halves, table_name
from supervision.store.table_digest import csv_rows

LARGE = 2**28  # bytes of a store from which registers are read from copies, and by two readers at once
WRITTEN = "PRAGMA data_version"  # another number once somebody else has written


class Store:
    """The record of a city (业务记录库): `<path>` and, for files above 1 MiB, `<path>.files/`.

    One command writes at a time; another waits `wait` seconds, then raises `store.busy`. Reading goes on meanwhile.
    No connection stays open between calls; a store belongs to one thread.
    """

    def __init__(self, path: Path, *, wait: float = MAX_WAIT) -> None:
        self.path = path
        self._wait = wait
        self._working: str | None = None

    @classmethod
    def create(cls, path: str | Path, *, wait: float = MAX_WAIT) -> Self:
        """Make an empty store (新建); a file that is there raises `store.exists`."""
        place = Path(path)
        create(place, wait=wait)
        return cls(place, wait=wait)

    @classmethod
    def open(cls, path: str | Path, *, wait: float = MAX_WAIT) -> Self:
        """Open a store and bring an older one to this version (打开并升级).

        Errors: `store.missing`, `store.not_a_store`, `store.damaged`, `store.newer`, `store.busy`, `store.read_only`.
        """
        place = Path(path)
        if not place.is_file():
            raise SupervisionError("store.missing", path=place)
        migrate(place, wait=wait)
        return cls(place, wait=wait)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing stays open between calls, so there is nothing to close (无需关闭)."""

    @contextmanager
    def _writing(self, work: str) -> Iterator[None]:
        if self._working is not None:
            raise SupervisionError("store.step_open", step=self._working, wanted=work)
        with sole_writer(self.path, wait=self._wait):
            self._working = work
            try:
                self._sweep()
                yield
                self._sweep()
            finally:
                self._working = None

    def _sweep(self) -> None:
        with connected(self.path, wait=self._wait) as database:
            contents.sweep(files_folder(self.path), database)

    # registers

    def insert(
        self, kind: str, good: pd.DataFrame, *, who: str, at: str, source_digest: str, mapping: bytes | None = None
    ) -> Inserted:
        """Put checked rows into a register (登记表入库), all in one transaction with their log entry.

        `good` is a frame as `check_table` gives it, with known_on; columns it lacks are stored blank. The same key and
        known_on with the same values is `unchanged`; with other values it is a conflict: not stored and returned. A
        later known_on is a new version. When nothing is new, nothing is logged. `at` is ISO text. A `mapping` by which
        the source was read is named in the log by its digest and stays on record.
        """
        table = layout(kind)
        with self._writing(f"import.{kind}"):
            staged = stage(self.path, table, good, copied=True)
            with transaction(self.path, wait=self._wait, attach=(staged.path,)) as database:
                before = kept_digests.copy_of(database, kind)
                result = take_over(database, table, staged)
                news = {"offered": staged.rows, "inserted": result.inserted}
                token = column_copies.announced(database, table, before=before, **news)
                if result.inserted:
                    step = f"import.{kind}"
                    inputs = {"source": source_digest}
                    if mapping is not None:
                        inputs["mapping"] = kept_mappings.put_used(database, mapping)
                    entry = log.Entry(step="import", who=who, at=at, inputs=inputs, outputs={kind: staged.digest})
                    log.append(database, entry, scope=log.REGISTERS, name=step)
            if before and token:
                column_copies.renew(self.path, table, before=before, added=staged.path, token=token)
        return result

    def note(self, step: str, *, who: str, at: str, inputs: Mapping[str, str], outputs: Mapping[str, str]) -> None:
        """Put on record that something was handed out (记入日志): an entry of the registers' log, no table changes.

        `inputs` and `outputs`: what it was made from and what it is, name → SHA-256.
        """
        self._note(step, who=who, at=at, inputs=inputs, outputs=outputs, known=False)

    def note_new(self, step: str, *, who: str, at: str, inputs: Mapping[str, str], outputs: Mapping[str, str]) -> None:
        """Put on record what was not yet (记入新内容), as `note` does: outputs whose last entry says the same are left.

        So a command that was killed before or after its entry is called again, and the entry stands once.
        """
        self._note(step, who=who, at=at, inputs=inputs, outputs=outputs, known=True)

    def _note(self, step: str, *, who: str, at: str, inputs: Mapping[str, str], outputs: Mapping[str, str],
              known: bool) -> None:  # fmt: skip
        with self._writing(step), transaction(self.path, wait=self._wait) as database:
            if known:
                before = log.last_outputs(database, scope=log.REGISTERS, step=step)
                outputs = {path: digest for path, digest in outputs.items() if before.get(path) != digest}
                if not outputs:
                    return
            entry = log.Entry(step=step, who=who, at=at, inputs=inputs, outputs=outputs)
            log.append(database, entry, scope=log.REGISTERS, name=step)

    def compare(self, kind: str, good: pd.DataFrame) -> Inserted:
        """Say what `insert` would do with checked rows (试入库), and store nothing."""
        table = layout(kind)
        with self._writing(f"check.{kind}"):
            staged = stage(self.path, table, good)
            with transaction(self.path, wait=self._wait, attach=(staged.path,)) as database:
                return compare(database, table, offered=len(good))

    def last_imports(self) -> dict[str, LastImport]:
        """Return the last import of every register that has one (各表最近导入), by kind."""
        with connected(self.path, wait=self._wait) as database:
            return register_standing.last_imports(database)

    def row_count(self, kind: str) -> int:
        """Return how many rows a register holds (登记表行数), every dated version counted."""
        table = layout(kind)
        with connected(self.path, wait=self._wait) as database:
            return register_standing.row_count(database, table.kind)

    def mappings(self) -> list[str]:
        """Return the names of the mappings that are kept (来源映射名称), sorted."""
        with connected(self.path, wait=self._wait) as database:
            return kept_mappings.names(database)

    def mapping(self, name: str) -> bytes:
        """Return the bytes of a mapping by its name (取来源映射); an unknown one raises `store.mapping_unknown`."""
        with connected(self.path, wait=self._wait) as database:
            content = kept_mappings.get(database, kept_mappings.path_of(name))
            if content is None:
                raise kept_mappings.unknown(database, name)
            return content

    def keep_mapping(self, name: str, content: bytes, *, who: str, at: str) -> bool:
        """Keep a mapping under a name (保存来源映射), with its log entry; False where it stands there already."""
        with self._writing("mapping"), transaction(self.path, wait=self._wait) as database:
            return kept_mappings.keep(database, name, content, who=who, at=at)

    def remove_mapping(self, name: str, *, who: str, at: str) -> None:
        """Remove a kept mapping (删除来源映射), with its log entry; those that were used stay on record."""
        with self._writing("mapping"), transaction(self.path, wait=self._wait) as database:
            kept_mappings.remove(database, name, who=who, at=at)

    def register(self, kind: str, *, on: date, columns: list[str] | None = None, coded: Collection[str] = (),
                 unless: str = "", of: Collection[str] | None = None) -> pd.DataFrame:  # fmt: skip
        """Return a register as it was known on a day (某日的登记表).

        Of each key the latest version with known_on ≤ `on`, sorted by key in byte order. dtypes: text str, dates
        datetime64[s], integers Int64, numbers float64, truth values boolean; blank cells are missing. `columns` picks
        columns and their order; all of them otherwise. Texts of the columns `coded` stand once each, as `collected`
        says. `unless`: a truth value; rows where it holds are left out. `of`: only rows whose key begins with one of
        these ids.
        """
        asked = Asked.of(kind, on=on, columns=columns, coded=coded, unless=unless)
        if of is not None:
            return asked.frame([asked.of_database(self.path, those(asked.table, of))])
        with self._copy(asked.table) as copy:
            if copy is not None:
                return asked.of_copy(copy)
        return self._of_database(asked)

    def coming(self, kind: str, *, on: date, columns: list[str] | None = None, coded: Collection[str] = (),
               unless: str = "") -> Callable[[], pd.DataFrame]:  # fmt: skip
        """Begin to read a register (预先读取登记表) as `register` gives it; return what waits for it, once.

        The rows of one with a copy are read meanwhile, from the open file alone, so that others may be read from the
        database. Those of any other are read when they are waited for.
        """
        asked = Asked.of(kind, on=on, columns=columns, coded=coded, unless=unless)
        opened = ExitStack()
        copy = opened.enter_context(self._copy(asked.table))
        if copy is None:
            return lambda: self._of_database(asked)

        def read(copy: Copy) -> pd.DataFrame:
            with opened:
                return asked.of_copy(copy)

        pool = ThreadPoolExecutor(1)
        found = pool.submit(read, copy)
        pool.shutdown(wait=False)
        return found.result

    def has_rows(self, kind: str, *, on: date) -> bool:
        """Tell whether a register had any row on a day (某日登记表是否有数据)."""
        query = f"SELECT EXISTS (SELECT 1 FROM {quoted(layout(kind).kind)} WHERE known_on <= ?)"
        with connected(self.path, wait=self._wait) as database:
            return bool(database.execute(query, [on.isoformat()]).fetchone()[0])

    def versions(self, kind: str, *, of: Collection[str], since: date | None = None) -> pd.DataFrame:
        """Return all versions on record of some rows (各版本): those whose key begins with one of the ids `of`.

        Sorted by key, known_on and correction, so that the last row of a key is the latest; dtypes as `register`.
        `since` leaves out what was known before that day.
        """
        table = layout(kind)
        chunks = [chunk for chunk in every(self.path, table, of=of, since=since) if len(chunk)]
        cells = pa.concat_tables(chunks) if chunks else bulk.nothing(table.columns)
        return to_frame(without_blanks(cells, table.version), table.columns)

    def corrected(self, kind: str) -> list[str]:
        """Return the first ids of the keys that were corrected (有更正的记录), of a register that knows corrections."""
        query = f"SELECT DISTINCT {quoted(layout(kind).key[0])} FROM {quoted(kind)} WHERE correction <> ''"
        with connected(self.path, wait=self._wait) as database:
            return [str(row[0]) for row in database.execute(query).fetchall()]

    def register_digests(self, *, on: date, hash_name: str) -> dict[str, str]:
        """Return the digest of every register as it was known on a day (各登记表摘要), kind → hex.

        H (`hash_name` sha256 or sm3) over canonical CSV: the key's columns, the others in the register's order,
        known_on; rows as `register` gives them. The order of imports and how they were split make no difference. A
        register without rows has the digest of its header. A digest is made when there is none of this day, and kept
        until a row of the register changes.
        """
        with connected(self.path, wait=self._wait) as database:
            kept = kept_digests.known(database, on=on, hash_name=hash_name)
        lacking = [kind for kind in kinds() if kind not in kept]
        if lacking:
            token = uuid4().hex
            with transaction(self.path, wait=self._wait) as database:
                kept_digests.ask(database, lacking, hash_name=hash_name, token=token)
            days = (on.isoformat(), on.isoformat())
            made = {kind: register_digest(self.path, kind, on=on, hash_name=hash_name) for kind in lacking}
            with transaction(self.path, wait=self._wait) as database:
                kept_digests.answer(database, made, days=days, hash_name=hash_name, token=token)
            kept |= made
        return {kind: kept[kind] for kind in kinds()}

    def write_registers(self, folder: Path, *, on: date) -> list[Path]:
        """Write every register as known on a day (写出各登记表) to `folder`/<kind>.csv: the bytes of its digest."""
        folder.mkdir(parents=True, exist_ok=True)
        made = []
        for kind in kinds():
            table = layout(kind)
            made.append(folder / f"{kind}.csv")
            with made[-1].open("wb") as handle:
                handle.write(csv_bytes(table.exchange, ()))
                for chunk in latest(self.path, table, on=on, columns=table.exchange):
                    handle.write(csv_rows(chunk.select(table.exchange)))
        return made

    # rounds

    @contextmanager
    def step(
        self,
        round: str,
        name: str,
        *,
        who: str,
        at: str,
        inputs: Mapping[str, str],
        kind: str | None = None,
        published: Published = str,
    ) -> Iterator[Step]:
        """Run one step of a round (执行步骤): all that it puts, and its log entry, stand afterwards, or nothing.

        The right to write is held from the beginning to the end of the block. What this step put when it ran before is
        replaced; when inputs, files and tables are the same as then, nothing is written and nothing is logged.
        `inputs`: path → SHA-256 of what it read, `at` ISO text. `kind` is what the log calls the step, `name` where it
        is None; `published` gives the path under which the log names an output, None for what is internal.
        """
        with self._writing(name):
            step = Step(self.path, round=round, name=name)
            yield step
            with transaction(self.path, wait=self._wait, attach=step.scratch) as database:
                step.take_over(database, kind=kind or name, who=who, at=at, inputs=inputs, published=published)

    def rounds(self) -> list[str]:
        """Return the rounds that have a finished step (批次), sorted."""
        with connected(self.path, wait=self._wait) as database:
            return [row[0] for row in database.execute("SELECT round FROM rounds ORDER BY round").fetchall()]

    def state(self, round: str) -> list[str]:
        """Return the finished steps of a round (已完成步骤) in the order in which they first finished."""
        with connected(self.path, wait=self._wait) as database:
            return log.steps(database, scope=round)

    def log(self, scope: str) -> bytes:
        """Return the log of a round or of "registers" (日志) as JSON lines; see `supervision.store.log`."""
        with connected(self.path, wait=self._wait) as database:
            return log.lines(database, scope=scope)

    def logged(self, scope: str) -> dict[str, str]:
        """Return what the last entries of a scope's steps say was written (日志所记的输出): path → SHA-256."""
        with connected(self.path, wait=self._wait) as database:
            return log.logged(database, scope=scope)

    def log_head(self, scope: str) -> str | None:
        """Return the digest of the last log entry of a scope (日志首值), hex; None where there is none."""
        with connected(self.path, wait=self._wait) as database:
            return log.head(database, scope=scope)

    def last_number(self, scope: str, *, without: Collection[str]) -> int:
        """Return the number of a scope's last log entry but for some steps (最近日志序号), or 0."""
        with connected(self.path, wait=self._wait) as database:
            return log.last_number(database, scope=scope, without=without)

    def last_time(self, scopes: Collection[str]) -> str:
        """Return the time of the latest log entry of some scopes (最近日志时间); "" where there is none."""
        with connected(self.path, wait=self._wait) as database:
            return log.last_time(database, scopes=scopes)

    def digests(self, round: str) -> dict[str, str]:
        """Return the SHA-256 of each of a round's files (批次文件摘要), by path."""
        with connected(self.path, wait=self._wait) as database:
            rows = database.execute("SELECT path, digest FROM files WHERE round = ? ORDER BY path", [round]).fetchall()
        return {row[0]: row[1] for row in rows}

    def paths(self, round: str) -> list[str]:
        """Return the paths of a round's files (批次文件路径), sorted by bytes."""
        with connected(self.path, wait=self._wait) as database:
            rows = database.execute("SELECT path FROM files WHERE round = ? ORDER BY path", [round]).fetchall()
        return [row[0] for row in rows]

    def get(self, round: str, path: str) -> bytes:
        """Return the bytes of a round's file (取批次文件); their digest is compared with the one on record."""
        digest, size, content = self._file(round, path)
        if content is None:
            content = self._beside(round, path, digest, size).read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            raise DoesNotVerify("store.file_changed", round=round, path=path, where=files_folder(self.path) / digest)
        return content

    def path_of(self, round: str, path: str) -> Path:
        """Return where a round's file stands on the disk (批次文件位置): under its digest.

        A small one is written there first, anew where its copy was damaged. The file is for reading; it stays until the
        step that put it replaces it. One that has not the digest on record raises `store.file_changed`.
        """
        digest, _, content = self._file(round, path)
        place = files_folder(self.path) / digest
        if content is not None and not contents.holds(place, digest):
            with sole_writer(self.path, wait=self._wait):
                contents.keep_beside(files_folder(self.path), content)
        if not contents.holds(place, digest):
            raise DoesNotVerify("store.file_changed", round=round, path=path, where=place)
        return place

    def table(self, round: str, name: str, columns: list[str] | None = None) -> pd.DataFrame:
        """Return a table of a round (取批次表) with the rows, order and dtypes it was put with."""
        with connected(self.path, wait=self._wait) as database:
            query = "SELECT columns FROM round_tables WHERE round = ? AND name = ?"
            row = database.execute(query, [round, name]).fetchone()
            if row is None:
                raise SupervisionError("store.no_table", round=round, table=name, steps=self._steps(database, round))
        known: dict[str, str] = json.loads(row[0])
        for column in columns or ():
            if column not in known:
                raise SupervisionError("store.unknown_column", table=name, column=column, known=" ".join(known))
        wanted = known if columns is None else {column: known[column] for column in columns}
        place, read = table_name(name), {ROW: "int64", **wanted}

        def rows(among: str) -> Iterator[pa.Table]:
            return bulk.scan(self.path, place, read, where=f"{ROUND} = '{round}' AND {among}", order=(ROW,))

        return self._collected(rows, lambda ask: table_halves(ask, place, round), partial(collected, columns=wanted))

    @property
    def _is_large(self) -> bool:
        return self.path.stat().st_size >= LARGE

    def _copy(self, table: Layout) -> AbstractContextManager[Copy | None]:
        return column_copies.opened(self.path, table) if self._is_large else nullcontext()

    def _of_database(self, asked: Asked) -> pd.DataFrame:
        return self._collected(partial(asked.of_database, self.path), partial(halves, table=asked.table), asked.frame)

    def _collected(
        self, rows: Callable[[str], Iterator[pa.Table]], parted: Callable[[bulk.Ask], list[str]],
        joined: Callable[[list[Iterator[pa.Table]]], pd.DataFrame],
    ) -> pd.DataFrame:  # fmt: skip
        """What `rows` reads under a condition, `joined`; in a large store by two readers, as of one moment."""
        if self._is_large:
            with bulk.asking(self.path) as ask:
                before, parts = ask(WRITTEN), parted(ask)
                found = joined([rows(among) for among in parts])
                if ask(WRITTEN) == before:
                    return found  # else somebody wrote between the halves
        return joined([rows(EVERYBODY)])

    def _file(self, round: str, path: str) -> tuple[str, int, bytes | None]:
        with connected(self.path, wait=self._wait) as database:
            query = "SELECT digest, size, content FROM files WHERE round = ? AND path = ?"
            row = database.execute(query, [round, path]).fetchone()
            if row is None:
                raise SupervisionError("store.no_file", round=round, path=path, steps=self._steps(database, round))
        return row[0], row[1], row[2]

    def _beside(self, round: str, path: str, digest: str, size: int) -> Path:
        place = files_folder(self.path) / digest
        if not place.is_file() or place.stat().st_size != size:
            raise DoesNotVerify("store.file_changed", round=round, path=path, where=place)
        return place

    @staticmethod
    def _steps(database: Database, round: str) -> str:
        return " ".join(log.steps(database, scope=round)) or "-"
