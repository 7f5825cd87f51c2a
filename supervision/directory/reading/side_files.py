"""Small files beside the registers (随附小表), such as sources.csv: read as a person or an office suite saved them."""

from __future__ import annotations

import csv
import io

from supervision.directory.reading.encodings import decodable, unknown_encoding


def read_rows(name: str, source: bytes) -> list[list[str]]:
    """Return the rows of a small CSV file (读取小表): UTF-8 with or without BOM, UTF-16 or GB 18030.

    Cells are kept apart by what the first row has most of: commas, tabs or semicolons. Blank rows are rows without
    cells, so that each has the number that a spreadsheet shows.
    """
    body, encoding = decodable(name, source)
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        raise unknown_encoding(name, body) from error
    first = text.partition("\n")[0]
    delimiter = max((",", "\t", ";"), key=first.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
