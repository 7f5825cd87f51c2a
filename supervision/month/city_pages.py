"""Pages over all rounds (全市网页): made from what stands in the public folder, and the list of items."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from supervision.month.city import City
from supervision.month.home_folder import DATA
from supervision.month.output_folder import write_files, write_made
from supervision.month.published_rounds import commitment_of, committed_counts
from supervision.notice.archive import write_archive
from supervision.notice.denied import refuse_denied
from supervision.notice.item_list import item_list_files, item_list_rows
from supervision.notice.open_data import FILES, PublishedRound, Row, dictionary_files, table_files, tables_of
from supervision.notice.public_content import english_names
from supervision.notice.site.data_page import ARCHIVE, data_page
from supervision.notice.site.pages import render
from supervision.notice.site.statistics import statistics_files
from supervision.notice.statistics import Summing
from supervision.notice.task_notice import notice_name


def city_pages(city: City, name: str, folder: Path, rounds: Sequence[Path]) -> dict[str, bytes]:
    """Return statistics, items, notices and downloads (全市各页), after writing the data below `folder`/data.

    Real rounds are summed up; rehearsals, and so marked, where there is no real one. `rounds`: their public folders,
    sorted. Data are written year by year: a full city's need not fit into memory together.
    """
    summing = Summing(rehearsal=all(commitment_of(path).rehearsal for path in rounds))
    write_files(folder / DATA, dictionary_files())
    counts, tasks = {}, list[Row]()
    for year, of_year in groupby(rounds, key=lambda path: path.name[:4]):
        tables = tables_of(_published(of_year))
        files = table_files(tables, year=year)
        refuse_denied(files)
        write_files(folder / DATA / year, files)
        _write_archive(folder, year, sorted(files))
        summing.add(tables)
        tasks += tables["tasks"]
        counts[year] = {table: len(rows) for table, rows in tables.items()}
    english = english_names(city.code_lists)
    listed = item_list_rows(city.register("items", on=date.max), city.code_lists)
    return {
        **statistics_files(name, summing.statistics(), english),
        **item_list_files(name, listed, english),
        "notices.html": notices_page(name, folder, tasks, english),
        "data.html": data_page(name, counts),
    }


def notices_page(name: str, folder: Path, tasks: Sequence[Row], english: Mapping[str, str]) -> bytes:
    """Return the list of the notices of tasks (任务公告目录), newest rounds first, where their folders have them."""
    files = [f"{row['round']}/{notice_name(row['task_id'])}" for row in tasks]
    rows = [{**row, "file": file} for row, file in zip(tasks, files, strict=True) if (folder / file).is_file()]
    newest = sorted(rows, key=lambda row: row["round"], reverse=True)
    return render("notices", {"city": name, "rows": newest, "english": english})


def _write_archive(folder: Path, year: str, files: Sequence[str]) -> None:
    names = [*dictionary_files(), *(f"{year}/{file}" for file in files)]
    archive = folder / ARCHIVE.format(year=year)
    write_made(archive, lambda target: write_archive(target, folder / DATA, names))


def _published(rounds: Iterator[Path]) -> Iterator[PublishedRound]:
    """Yield rounds by what their folders publish (读取各轮公示文件)."""
    for path in rounds:
        found = commitment_of(path)
        files = {name: path / f"{name}.json" for name in FILES}
        yield PublishedRound(
            round=path.name,
            rehearsal=found.rehearsal,
            files={name: json.loads(file.read_bytes()) for name, file in files.items() if file.is_file()},
            committed=committed_counts(found),
        )
