"""What is missing from a store (库的完整性): entries of logs, files, tables and rows of which it holds other evidence.

Nothing is changed, and nothing here reads contents: see `supervision.store.soundness` for those.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlite_utils import Database

from supervision.directory.register import kinds
from supervision.store import changed_rows, kept_mappings, last_entries, log
from supervision.store.changed_rows import Changed
from supervision.store.connection import connected
from supervision.store.layout import quoted
from supervision.store.register_standing import has_rows
from supervision.store.round_steps import ROUND, TABLE, table_name

_MADE = (
    "SELECT DISTINCT round, step FROM "
    "(SELECT round, step FROM files UNION SELECT round, step FROM round_tables) "
    "WHERE round <> ? AND (round, step) NOT IN (SELECT scope, step FROM log) ORDER BY round, step"
)


def lost_entries(path: Path) -> dict[str, list[str]]:
    """Return the logs that lack entries (缺少条目的日志): scope → steps of which something else is on record.

    That is: the last entry of a step that was kept apart and no longer stands in the log or is another one there; files
    and tables of a step that has no entry; rows of a register that nobody imported; a mapping that nobody kept or used.
    """
    with connected(path) as database:
        lost = [(one.scope, one.step) for one in last_entries.all_kept(database) if not _stands(database, one)]
        if _is_store(database):
            lost += database.execute(_MADE, [log.REGISTERS]).fetchall()
            lost += [(log.REGISTERS, step) for step in _not_imported(database)]
            expected, used = kept_mappings.logged(database)
            if kept_mappings.on_record(database).keys() - expected.keys() - used.keys():
                lost.append((log.REGISTERS, kept_mappings.STEP))
    found: dict[str, list[str]] = {}
    for scope, step in lost:
        if step not in found.setdefault(scope, []):
            found[scope].append(step)
    return found


def _is_store(database: Database) -> bool:
    """The desk's own file has a log, too, and nothing else of a store."""
    return bool(database["files"].exists())


def _stands(database: Database, last: last_entries.LastEntry) -> bool:
    row = database.execute("SELECT entry FROM log WHERE scope = ? AND seq = ?", [last.scope, last.seq]).fetchone()
    return row is not None and log.digest_of(row[0]) == last.digest


def _not_imported(database: Database) -> list[str]:
    steps = set(log.steps(database, scope=log.REGISTERS))
    there = [f"import.{kind}" for kind in kinds() if has_rows(database, kind)]
    return [step for step in there if step not in steps]


def lost_rounds(path: Path) -> list[str]:
    """Return the rounds that have a log or files and are not in the list of rounds (批次清单缺少的批次)."""
    query = (
        "SELECT round FROM (SELECT scope AS round FROM log UNION SELECT round FROM files UNION "
        "SELECT round FROM round_tables) WHERE round <> ? AND round NOT IN (SELECT round FROM rounds) ORDER BY round"
    )
    with connected(path) as database:
        return [row[0] for row in database.execute(query, [log.REGISTERS]).fetchall()]


def lost_files(path: Path) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return what rounds lack of what their steps put (批次缺少的文件与表), and what has another digest than then.

    Each as round and path; a table's is `table/<name>`. What a step put is known from its last entry, kept apart. Rows
    of a table that no longer is in the list of tables are evidence of it, too.
    """
    lacking: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    with connected(path) as database:
        there = _there(database)
        newest = log.last_numbers(database)
        for last in last_entries.all_kept(database):
            if newest.get((last.scope, last.step), last.seq) > last.seq:
                continue  # an earlier version of this program wrote a newer entry and did not keep it apart
            _compare(last.scope, last.put, there, lacking, others)
        expected, used = kept_mappings.logged(database)
        _compare(log.REGISTERS, expected | used, there, lacking, others)
        lacking += [one for one in _unlisted_tables(database) if one not in lacking]
    return lacking, others


def _there(database: Database) -> dict[tuple[str, str], str]:
    query = "SELECT round, path, digest FROM files UNION ALL SELECT round, ? || name, digest FROM round_tables"
    rows = database.execute(query, [TABLE]).fetchall()
    return {(round, name): digest for round, name, digest in rows}


def _compare(
    scope: str,
    put: Mapping[str, str],
    there: Mapping[tuple[str, str], str],
    lacking: list[tuple[str, str]],
    others: list[tuple[str, str]],
) -> None:
    for name, digest in put.items():
        if (scope, name) not in there:
            lacking.append((scope, name))
        elif there[scope, name] != digest:
            others.append((scope, name))


def _unlisted_tables(database: Database) -> list[tuple[str, str]]:
    rounds = [row[0] for row in database.execute("SELECT round FROM rounds").fetchall()]
    listed = set(database.execute("SELECT round, name FROM round_tables").fetchall())
    prefix = table_name("")
    tables = [name for name in database.table_names() if name.startswith(prefix) and name != "round_tables"]
    found = []
    for table in tables:
        name = table.removeprefix(prefix)
        query = f"SELECT EXISTS (SELECT 1 FROM {quoted(table)} WHERE {ROUND} = ?)"
        lacking = [round for round in rounds if (round, name) not in listed]
        found += [(round, f"{TABLE}{name}") for round in lacking if database.execute(query, [round]).fetchone()[0]]
    return found


def changed_registers(path: Path) -> list[Changed]:
    """Return the registers of which rows were changed, removed or added by hand (被直接改动的登记表)."""
    with connected(path) as database:
        return changed_rows.found(database)
