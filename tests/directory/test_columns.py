"""Whole columns mean what their cells mean one by one, and unchanged text is not copied."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from builders import CONVENTIONS, parse
from hypothesis import given, settings
from hypothesis import strategies as st

from supervision.directory.checking.columns import as_arrow, parse_column
from supervision.directory.register import Column, register
from supervision.errors import SupervisionError

COLUMNS = {
    "text": register("entities").column("note"),
    "unit_id": register("recusals").column("unit_id"),
    "integer": register("entities").column("employees"),
    "number": register("entities").column("capital"),
    "lon": register("entities").column("lon"),
    "date": register("entities").column("established"),
    "boolean": register("entities").column("above_scale"),
    "code": register("events").column("kind"),
    "list": register("entities").column("tags"),
}
PIECES = [
    "91110000600037341L",
    "91110000600037341l",
    "91110000600037341X",
    "2026-01-05",
    "20260105",
    "1,234.5",
    "12.0",
    "180.5",
    "-3",
    "9.13205E+17",
    "9.13205000000000E+17",
    "+86 139",
    "e+3",
    "是",
    "行政处罚",
    "食品、特种",
    "（中国）",
    "é",
    "e\u0301",
    "가",
    "\u1100\u1161",
    "が",
    "か\u3099",
    "　",
    "\u00a0",
    "\u00b7",
    "\u200b",
    "\u2028",
    "\u2014\u201c",
    "\ufeff",
    "\ufa0e",
    "\ue000",
    "𠀀",
    "\n",
    "\x00",
    "\x7f",
    "#N/A",
    "#1",
    " ",
    "",
    "-",
    "ÿ",
    "\u2126",
    "x" * 20,
]
cells = st.one_of(
    st.none(),
    st.lists(st.sampled_from(PIECES), max_size=3).map("".join),
    st.text(st.characters(codec="utf-8"), max_size=12),
)


def one_by_one(column: Column, texts: list[str | None]) -> tuple[list[Any], dict[int, str]]:
    """Parse cell by cell: values, and codes of errors by row."""
    values: list[Any] = []
    errors: dict[int, str] = {}
    for row, text in enumerate(texts):
        try:
            values.append(None if text is None else parse(column, text))
        except SupervisionError as error:
            values.append(None)
            errors[row] = error.code
        if values[-1] is None and column.required and row not in errors:
            errors[row] = "directory.blank"
    return values, errors


@pytest.mark.parametrize("name", COLUMNS)
@settings(max_examples=40, deadline=None)
@given(texts=st.lists(cells, max_size=12))
def test_column_equals_cells(name: str, texts: list[str | None]) -> None:
    """The vectorised reading of any column gives the values and faults that its cells give one by one."""
    column = COLUMNS[name]
    parsed = parse_column(column, pd.Series(texts, dtype="str"), CONVENTIONS)
    values, errors = one_by_one(column, texts)
    reasons = {line: reason.code for line, reason in zip(parsed.faults["line"], parsed.faults["reason"], strict=True)}
    assert reasons == errors
    found = [None if pd.isna(value) else value for value in parsed.values]
    if column.dtype == "date":
        found = [None if value is None else value.date() for value in found]
    assert found == values
    assert str(parsed.values.dtype) == column.storage


def test_a_blank_number_takes_its_default_beside_a_bad_one() -> None:
    """Blank is the default as a number; a cell that is none is a fault of its own and keeps nobody else away."""
    column = Column(name="batches", zh="批次", en="Batches", dtype="integer", default="1")
    parsed = parse_column(column, pd.Series([None, "3", "两次"], dtype="str"), CONVENTIONS)
    assert parsed.values.iloc[:2].tolist() == [1, 3]
    assert parsed.faults["line"].tolist() == [2]


def test_unchanged_text_is_not_copied() -> None:
    """A clean text column comes back in the very memory that it came in."""
    texts = pd.Series(["苏州（中国）", None, "a"] * 1000, dtype="str")
    parsed = parse_column(COLUMNS["text"], texts, CONVENTIONS)
    before, after = (as_arrow(values).chunk(0).buffers()[2].address for values in (texts, parsed.values))
    assert before == after


def test_many_padded_cells() -> None:
    """A column in which every cell is padded with spaces is trimmed."""
    texts = pd.Series([f"甲{number}   " for number in range(3000)], dtype="str")
    parsed = parse_column(COLUMNS["text"], texts, CONVENTIONS)
    assert parsed.values.tolist() == [f"甲{number}" for number in range(3000)]


def test_faults_of_one_writing_in_many_rows() -> None:
    """A wrong word that occurs in many rows is a fault in each of them."""
    texts = pd.Series(["行政处罚", "坏", "行政处罚", "坏", "更坏"], dtype="str")
    faults = parse_column(COLUMNS["code"], texts, CONVENTIONS).faults
    assert faults[["line", "value"]].to_numpy().tolist() == [[1, "坏"], [3, "坏"], [4, "更坏"]]


def test_default() -> None:
    """A blank takes the column's default."""
    half = register("leave").column("half")
    assert parse_column(half, pd.Series([None, "上午", " "], dtype="str"), CONVENTIONS).values.tolist() == [
        "all",
        "am",
        "all",
    ]


def test_required_integer_is_plain() -> None:
    """A required integer column has a plain dtype, with zero where a cell is faulty."""
    half_days = register("items").column("half_days")
    parsed = parse_column(half_days, pd.Series(["1", "2.0", "3"], dtype="str"), CONVENTIONS)
    assert parsed.values.dtype == np.int64
    assert [reason.code for reason in parsed.faults["reason"]] == ["directory.too_large"]
