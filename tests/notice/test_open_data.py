"""The data of the whole city: exactly the columns of the dictionary, the same bytes, nothing that a sheet would run."""

from __future__ import annotations

import csv
import io
import json

from published_rounds import RESULT, published

from supervision.notice.estimate_content import ESTIMATE_COLUMNS
from supervision.notice.open_data import (
    SCHEMA,
    dictionary_files,
    table_files,
    tables_of,
)
from supervision.notice.open_data_columns import COLUMNS, TITLES
from supervision.notice.plan_table import PLAN_COLUMNS
from supervision.notice.public_content import (
    CHANGE_COUNTS,
    CLOCK_COLUMNS,
    CORRECTION_COLUMNS,
    LIST_COLUMNS,
    OVERSIGHT_COLUMNS,
    RESULT_COLUMNS,
)
from supervision.notice.site.data_page import data_page


def test_the_dictionary_is_what_pages_publish():
    """The tables have the columns of the round's own files, in their order, after the round: none more, none less."""
    theirs = {
        "tasks": PLAN_COLUMNS,
        "lists": LIST_COLUMNS,
        "results": RESULT_COLUMNS,
        "corrections": CORRECTION_COLUMNS,
        "publication": CLOCK_COLUMNS,
        "estimates": ESTIMATE_COLUMNS,
        "oversight": OVERSIGHT_COLUMNS,
        "changes": CHANGE_COUNTS,
    }
    head = ("round", "rehearsal")
    found = {table: tuple(field.name for field in fields) for table, fields in COLUMNS.items() if table != "rounds"}
    assert found == {table: (*head, *columns) for table, columns in theirs.items()}
    assert set(TITLES) == set(COLUMNS)


def test_a_version_keeps_its_columns():
    """Whoever adds or takes away a column makes another version of the schema: this literal says which is which."""
    assert (SCHEMA, {table: len(fields) for table, fields in COLUMNS.items()}) == (
        "supervision-open-data/1",
        {
            "rounds": 17,
            "tasks": 17,
            "lists": 5,
            "results": 16,
            "corrections": 11,
            "publication": 8,
            "estimates": 10,
            "oversight": 10,
            "changes": 6,
        },
    )


def test_rows_are_those_of_the_rounds():
    """Two rounds one after the other; what is not there yet is nothing, and what nobody named stays behind."""
    first = published(results=[{**RESULT, "score": "MARKSCORE"}], counts={"visits": 3, "office_visits": 5, "class": 9})
    tables = tables_of([first, published("2026-12-b", rehearsal=True)])
    head = {"round": "2026-12", "rehearsal": "no"}
    assert tables["results"] == [{**head, **RESULT}]
    assert [(row["round"], row["month"], row["rehearsal"]) for row in tables["rounds"]] == [
        ("2026-12", "2026-12", "no"),
        ("2026-12-b", "2026-12", "yes"),
    ]
    assert [(row["visits"], row["office_visits"], row["drawn"]) for row in tables["rounds"]] == [
        (3, 5, None),
        (None, None, None),
    ]
    assert (tables["rounds"][0]["repaired"], tables["rounds"][0]["sample"], tables["lists"]) == (2, 3, [])


def test_csv_is_neutral_and_json_exact():
    """A name that a spreadsheet would run is marked in CSV alone; nothing is an empty cell and null."""
    files = table_files(tables_of([published(results=[RESULT])]), year="2026")
    (row,) = csv.DictReader(io.StringIO(files["results.csv"].decode()))
    assert (row["name"], row["corrected_on"]) == ("'=HYPERLINK(1)", "")
    told = json.loads(files["results.json"])
    assert (told["schema"], told["table"], told["year"]) == (SCHEMA, "results", "2026")
    assert told["rows"][0]["name"] == "=HYPERLINK(1)"
    assert json.loads(files["rounds.json"])["rows"][0]["drawn"] is None
    assert sorted(files) == sorted(f"{table}.{ending}" for table in COLUMNS for ending in ("csv", "json"))


def test_the_dictionary_names_every_column_in_both_languages():
    """A row a column, with type and meaning, and in JSON the notes, among them that of the apostrophe."""
    files = dictionary_files()
    rows = list(csv.DictReader(io.StringIO(files["dictionary.csv"].decode())))
    told = [(table, field.name) for table, fields in COLUMNS.items() for field in fields]
    assert [(row["table"], row["column"]) for row in rows] == told
    assert all(row["zh"] and row["en"] and row["type"] for row in rows)
    assert {row["type"] for row in rows} == {"text", "integer", "date", "time", "percent", "yes/no"}
    body = json.loads(files["dictionary.json"])
    assert [len(table["columns"]) for table in body["tables"]] == [len(fields) for fields in COLUMNS.values()]
    assert "= + - @" in body["notes"][0]["zh"] and "apostrophe" in body["notes"][0]["en"]


def test_the_page_lists_the_newest_year_first():
    """Every file of a year is linked with its number of rows; without a round the page says that there are no data."""
    counts = dict.fromkeys(COLUMNS, 7)
    page = data_page("苏州市", {"2026": counts, "2027": {**counts, "results": 1234}}).decode()
    assert page.index('id="y2027"') < page.index('id="y2026"')
    assert 'href="data/2027/results.csv"' in page and 'href="data-2026.zip"' in page and "1,234" in page
    assert "尚无数据" not in page
    assert "尚无数据" in data_page("苏州市", {}).decode()
