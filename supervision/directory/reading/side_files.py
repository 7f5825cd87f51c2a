"""Small CSV files beside the registers (随附小文件), such as sources.csv: rows of texts, however saved."""

from __future__ import annotations

import codecs
import csv
import io

from supervision.errors import DirectoryError

_BY_MARK = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BY_TRIAL = ("utf-8", "gb18030")


def read_rows(name: str, source: bytes) -> list[list[str]]:
    """Return the rows of a small CSV file (读取小表): UTF-8 with or without BOM, UTF-16 or GB 18030; comma or tab."""
    text = _decoded(name, source)
    first = text.partition("\n")[0]
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]


def _decoded(name: str, source: bytes) -> str:
    marked = next((encoding for mark, encoding in _BY_MARK if source.startswith(mark)), None)
    for encoding in (marked,) if marked else _BY_TRIAL:
        try:
            return source.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DirectoryError("directory.encoding", file=name)
