"""Evidence of what registers held (登记表的旁证): the log's only import of a register, and digests of committed rounds.

A register that was imported once has the digest that the log names; one that was imported again has not, for imports
overlap. A round's commitment names every register's digest as known on its evidence day, and later imports leave what
was known by then, unless they bring older rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
from sqlite_utils import Database

from supervision.directory.register import kinds
from supervision.store import bulk, kept_digests, log
from supervision.store.connection import connected
from supervision.store.layout import KNOWN_ON, Layout, layout, quoted
from supervision.store.register_standing import has_rows
from supervision.store.register_versions import EVERYBODY, latest
from supervision.store.table_digest import table_digest

IMPORT = "import."
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What can be told of the registers by the log (登记表核对结果): as imported, changed, not to be compared."""

    proved: list[str]
    rewritten: list[str]
    open: list[str]


def standing(path: Path, progress: Progress) -> Standing:
    """Compare every register that has rows with the log's only import of it, or with its kept digest (登记表核对).

    Kept digests themselves are compared with the rows by `supervision.store.soundness.register_faults`.
    """
    with connected(path) as database:
        there = [kind for kind in kinds() if has_rows(database, kind)]
        imports = _imports(database)
        digests = kept_digests.all_kept(database)
    kept = {kind for kind, *_ in digests}
    first = {(kind, digest) for kind, hash_name, last, digest in digests if hash_name == "sha256" and last == date.max}
    found = Standing(proved=[], rewritten=[], open=[])
    for number, kind in enumerate(there, 1):
        known = imports.get(kind, [])
        if len(known) == 1:
            same = (kind, known[0]) in first or _imported(path, layout(kind), known[0])
            (found.proved if same else found.rewritten).append(kind)
        else:
            (found.proved if kind in kept else found.open).append(kind)
        progress("store.comparing", number, len(there))
    return found


def differing(
    path: Path, wanted: Mapping[str, str], *, on: date, hash_name: str, progress: Progress
) -> tuple[int, list[str]]:
    """Return how many registers were compared as known on a day, and those without the digest wanted (登记表比对).

    A digest that is kept for the day is not made again.
    """
    with connected(path) as database:
        kept = kept_digests.known(database, on=on, hash_name=hash_name)
    compared = [kind for kind in kinds() if kind in wanted]
    faults = []
    for number, kind in enumerate(compared, 1):
        table = layout(kind)

        def rows(columns: tuple[str, ...], table: Layout = table) -> Iterator[pa.Table]:
            return latest(path, table, on=on, columns=columns)

        if kept.get(kind) != wanted[kind] and not _gives(path, table, rows, wanted[kind], hash_name=hash_name):
            faults.append(kind)
        progress("store.comparing", number, len(compared))
    return len(compared), faults


def imported_since(path: Path, at: str) -> set[str]:
    """Return the registers that were imported after a time (其后导入过的登记表), ISO text as in the log."""
    with connected(path) as database:
        entries = log.entries(database, scope=log.REGISTERS)
    return {kind for entry in entries if entry["step"] == "import" and entry["at"] > at for kind in entry["outputs"]}


def _imports(database: Database) -> dict[str, list[str]]:
    """The digests of the imports of each register, in their order."""
    found: dict[str, list[str]] = {}
    for entry in log.entries(database, scope=log.REGISTERS):
        if entry["step"] == "import":
            for kind, digest in entry["outputs"].items():
                found.setdefault(kind, []).append(digest)
    return found


def _imported(path: Path, table: Layout, wanted: str) -> bool:
    """Tell whether all rows of a register, of whatever day, are those of one import."""

    def rows(columns: tuple[str, ...]) -> Iterator[pa.Table]:
        read = {name: table.columns[name] for name in dict.fromkeys((*table.version, *columns))}
        return bulk.scan(path, table.kind, read, where=EVERYBODY, order=table.version)

    return _gives(path, table, rows, wanted, hash_name="sha256")


def _gives(
    path: Path,
    table: Layout,
    rows: Callable[[tuple[str, ...]], Iterator[pa.Table]],
    wanted: str,
    *,
    hash_name: str,
) -> bool:
    """Tell whether rows give a digest, with the columns that the register has or with those that it had before."""
    with connected(path) as database:
        names = [row[1] for row in database.execute(f"PRAGMA table_info({quoted(table.kind)})").fetchall()]
    added = names[names.index(KNOWN_ON) + 1 :]  # a new version of this program adds its columns at the end
    for count in range(len(added) + 1):
        header = tuple(name for name in table.exchange if name not in added[len(added) - count :])
        if table_digest(header, rows(header), hash_name=hash_name) == wanted:
            return True
    return False
