"""Small changes that a forger makes to a record before it is hashed."""

import json
from collections.abc import Callable
from typing import Any

from forge import text

Edit = Callable[[Any], Any]


def put(**fields: Any) -> Edit:
    """Set fields of a record."""
    return lambda record: record | fields


def drop(name: str) -> Edit:
    """Take a field out of a record."""
    return lambda record: {key: value for key, value in record.items() if key != name}


def each(key: str, number: int, /, **fields: Any) -> Edit:
    """Set fields of one record in a list of a record."""

    def edit(record: Any) -> Any:
        rows = [dict(row) for row in record[key]]
        rows[number].update(fields)
        return record | {key: rows}

    return edit


def row(number: int, /, **fields: Any) -> Edit:
    """Set fields of one record of a list."""

    def edit(rows: Any) -> Any:
        rows = [dict(one) for one in rows]
        rows[number].update(fields)
        return rows

    return edit


def cell(number: int, column: int, value: str) -> Edit:
    """Set one cell of a table."""

    def edit(rows: Any) -> Any:
        rows = [[*one] for one in rows]
        rows[number][column] = value
        return rows

    return edit


def file(end: str, change: Callable[[bytes], bytes | None]) -> Edit:
    """Change the bytes of the files whose path ends so; None takes them away."""

    def edit(files: dict[str, bytes]) -> dict[str, bytes]:
        assert any(path.endswith(end) for path in files), end
        made = {path: change(data) if path.endswith(end) else data for path, data in files.items()}
        return {path: data for path, data in made.items() if data is not None}

    return edit


def more(path: str, data: bytes) -> Edit:
    """Add a file."""
    return lambda files: files | {path: data}


def json_file(end: str, change: Edit) -> Edit:
    """Change a JSON file's value."""
    return file(end, lambda data: text(change(json.loads(data))))
