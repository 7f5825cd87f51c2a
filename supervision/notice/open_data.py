"""Open data of the whole city (公开数据): its tables, made from what rounds have published, and their dictionary.

The columns of a table are those of the dictionary and no others: what a round's file has beside them stays behind. A
change of columns is another version of the schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from supervision.canonical import canonical_json
from supervision.domain.rounds import RoundId
from supervision.messages import Label
from supervision.notice.open_data_columns import COLUMNS, NOTES, TITLES, Field
from supervision.spreadsheet_text import open_csv

SCHEMA = "supervision-open-data/1"
FILES = ("index", "plan", "draw", "results", "oversight", "estimates")
COUNTED = ("drawn", "visits", "office_visits", "joint", "unheld", "inspectors", "results")
COMMITTED = ("committed_at", "tasks", "units", "sample")

Row = dict[str, Any]
Tables = Mapping[str, Sequence[Row]]


class _Place(NamedTuple):
    """Where a table's rows stand among a round's published files (行所在文件与键)."""

    file: str
    key: str


PLACES = {
    "tasks": _Place("plan", "tasks"),
    "lists": _Place("draw", "lists"),
    "results": _Place("results", "results"),
    "corrections": _Place("results", "corrections"),
    "publication": _Place("index", "clock"),
    "estimates": _Place("estimates", "estimates"),
    "oversight": _Place("oversight", "counts"),
    "changes": _Place("index", "changes"),
}


@dataclass(frozen=True, kw_only=True, eq=False)
class RoundFiles:
    """The published files of a round (一轮的公示文件).

    `files`: names of `FILES` → their JSON, those that are there; `committed`: committed_at, tasks, units, sample of its
    commitment.
    """

    round: str
    rehearsal: bool
    files: Mapping[str, Mapping[str, Any]]
    committed: Mapping[str, Any]


def tables_of(rounds: Iterable[RoundFiles]) -> dict[str, list[Row]]:
    """Return the tables of some rounds (公开数据表): table → rows with every column, None where unsaid."""
    tables: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    for one in rounds:
        head = {"round": one.round, "rehearsal": "yes" if one.rehearsal else "no"}
        tables["rounds"].append(_columns("rounds", {**head, **_figures(one)}))
        for name, place in PLACES.items():
            rows = one.files.get(place.file, {}).get(place.key, [])
            tables[name] += [_columns(name, {**row, **head}) for row in rows]
    return tables


def _figures(one: RoundFiles) -> Row:
    index, removed = one.files["index"], one.files["results"]["removed"]
    counts = {name: index["counts"].get(name) for name in COUNTED}
    committed = {name: one.committed[name] for name in COMMITTED}
    return {"month": RoundId.parse(one.round).month, "stage": index["stage"], **committed, **counts, **removed}


def _columns(table: str, row: Mapping[str, Any]) -> Row:
    return {field.name: row.get(field.name) for field in COLUMNS[table]}


def table_files(tables: Tables, *, year: str) -> dict[str, bytes]:
    """Return the files of one year's tables (数据文件): `<table>.csv` for people, `<table>.json` for programs."""
    files = {}
    for name, rows in tables.items():
        columns = [field.name for field in COLUMNS[name]]
        files[f"{name}.csv"] = open_csv(columns, ([row[column] for column in columns] for row in rows))
        files[f"{name}.json"] = canonical_json({"schema": SCHEMA, "table": name, "year": year, "rows": list(rows)})
    return files


def dictionary_files() -> dict[str, bytes]:
    """Return the data dictionary (数据字典) as dictionary.csv and dictionary.json."""
    header = ("table", "column", "type", "zh", "en")
    rows = [(table, *_told(field).values()) for table, fields in COLUMNS.items() for field in fields]
    tables = [
        {"table": table, "zh": TITLES[table].zh, "en": TITLES[table].en, "columns": [_told(field) for field in fields]}
        for table, fields in COLUMNS.items()
    ]
    notes = [{"zh": note.zh, "en": note.en} for note in NOTES]
    return {
        "dictionary.csv": open_csv(header, rows),
        "dictionary.json": canonical_json({"schema": SCHEMA, "tables": tables, "notes": notes}),
    }


def dictionary_page() -> list[tuple[str, Label, tuple[Field, ...]]]:
    """Return the dictionary for a page (数据字典网页内容): table, title, columns."""
    return [(table, TITLES[table], fields) for table, fields in COLUMNS.items()]


def _told(field: Field) -> dict[str, str]:
    return {"column": field.name, "type": field.type, "zh": field.meaning.zh, "en": field.meaning.en}
