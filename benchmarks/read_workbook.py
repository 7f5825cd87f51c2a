"""Reading a workbook: the directory's own reader beside calamine, on the same file, in the same run.

    python benchmarks/read_workbook.py [--rows 100000] [--folder DIR]

A register of 30 columns (texts, codes, numbers and days), and 3,000 rows with one stray space in the last column. Each
way runs in a process of its own; printed are seconds of the processor and peak memory of the process. "cells" takes
every cell out of the file as a Python value; "table" is `read_table`, with headers, notes and columns.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from supervision.directory.register import register

WORDS = ("存续", "食品经营", "虎丘区", "科技路")


def write(path: Path, rows: int, *, stray: bool) -> None:
    """Write a register of so many rows; with a stray space far out where asked."""
    columns = [column.zh for column in register("entities").columns][:30]
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, columns)
        for row in range(1, rows + 1):
            for place in range(len(columns)):
                if place % 5 == 4:
                    sheet.write_number(row, place, 40_000 + row % 3000, day)
                elif place % 5 == 3:
                    sheet.write_number(row, place, row * 1.5)
                else:
                    text = WORDS[(row + place) % 4] if place % 5 < 2 else f"苏州{row}号商贸有限公司{place}"
                    sheet.write_string(row, place, text)
        if stray:
            sheet.write_string(6, 16_383, " ")


def by_calamine(path: Path) -> int:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    return sum(len(row) for row in book.get_sheet_by_index(0).iter_rows())


def by_cells(path: Path) -> int:
    from supervision.directory.reading.xlsx_cells import stream_rows
    from supervision.directory.reading.xlsx_package import open_package

    package = open_package(path.name, path.read_bytes())
    return sum(len(row.cells) for row in stream_rows(package, package.sheets[0]))


def by_table(path: Path) -> int:
    from supervision.directory.reading.register_file import read_table

    return int(read_table("entities", path.name, path.read_bytes()).frame.size)


WAYS: dict[str, Callable[[Path], int]] = {"calamine": by_calamine, "cells": by_cells, "table": by_table}


def child(way: str, path: Path) -> None:
    """Do one way in this process and print its figures as JSON."""
    start = time.process_time()
    cells = WAYS[way](path)
    figures = {"seconds": time.process_time() - start, "cells": cells}
    print(json.dumps(figures | {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}))


def call(way: str, path: Path, *rest: str) -> str:
    """Run one way in a process of its own, so that its peak memory is its own, and return what it prints."""
    command = [sys.executable, "-P", __file__, "--child", way, str(path), *rest]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        way, path, *rest = options.child
        if way == "write":
            write(Path(path), int(rest[0]), stray=bool(rest[1]))
        else:
            child(way, Path(path))
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as place:
        for name, rows, stray in (("register", options.rows, False), ("stray", 3000, True)):
            path = Path(place) / f"{name}.xlsx"
            call("write", path, str(rows), "stray" if stray else "")
            print(f"{name}: {rows:,} rows × 30 columns{', a space in XFD7' if stray else ''}")
            for way in WAYS:
                figures = json.loads(call(way, path))
                said = f"{figures['seconds']:6.1f} s   peak {figures['peak']:6.0f} MB"
                print(f"  {way:9}{said}   {figures['cells']:,} cells")


if __name__ == "__main__":
    main()
