"""Pages over all rounds (全市网页): made from what stands in the public folder, and the list of items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from supervision.month.city import City
from supervision.month.home_folder import DATA
from supervision.month.output_folder import write_files, write_made
from supervision.notice.archive import write_archive
from supervision.notice.denied import refuse_denied
from supervision.notice.item_list import item_list_files, item_list_rows
from supervision.notice.open_data import RoundFiles, Row, dictionary_files, table_files, tables_of
from supervision.notice.public_content import english_names
from supervision.notice.site.data_page import ARCHIVE, data_page
from supervision.notice.site.enterprise import Site
from supervision.notice.site.pages import render
from supervision.notice.site.statistics import statistics_files
from supervision.notice.statistics import Summing
from supervision.notice.task_notice import notice_name


class CityPages:
    """Makes statistics, items, notices and downloads (全市各页): `add` year by year, then take `pages`.

    Real rounds are summed up; rehearsals, and so marked, where there is no real one. Data are written year by year
    below `folder`/data: a full city's need not fit into memory together.
    """

    def __init__(self, city: City, site: Site, folder: Path, *, rehearsal: bool) -> None:
        self._city, self._site, self._folder = city, site, folder
        self._summing = Summing(rehearsal=rehearsal)
        self._counts: dict[str, dict[str, int]] = {}
        self._tasks: list[Row] = []
        write_files(folder / DATA, dictionary_files())

    def add(self, year: str, rounds: Sequence[RoundFiles]) -> None:
        """Write a year's data and sum up its rounds (计入一年)."""
        tables = tables_of(rounds)
        files = table_files(tables, year=year)
        refuse_denied(files)
        write_files(self._folder / DATA / year, files)
        _write_archive(self._folder, year, sorted(files))
        self._summing.add(tables)
        self._tasks += tables["tasks"]
        self._counts[year] = {table: len(rows) for table, rows in tables.items()}

    @property
    def categories(self) -> Mapping[str, int]:
        """How many results each category has (各类检查结果项数), most first."""
        return self._summing.statistics().categories

    def pages(self) -> dict[str, bytes]:
        """Return the pages of what was added (全市各页)."""
        english = english_names(self._city.code_lists)
        listed = item_list_rows(self._city.register("items", on=date.max), self._city.code_lists)
        name, publisher = self._site.city, self._site.publisher
        return {
            **statistics_files(name, self._summing.statistics(), english, publisher=publisher),
            **item_list_files(name, listed, english, publisher=publisher),
            "notices.html": notices_page(self._site, self._folder, self._tasks, english),
            "data.html": data_page(name, self._counts, publisher=publisher),
        }


def notices_page(site: Site, folder: Path, tasks: Sequence[Row], english: Mapping[str, str]) -> bytes:
    """Return the list of the notices of tasks (任务公告目录), newest rounds first, where their folders have them."""
    files = [f"{row['round']}/{notice_name(row['task_id'])}" for row in tasks]
    rows = [{**row, "file": file} for row, file in zip(tasks, files, strict=True) if (folder / file).is_file()]
    newest = sorted(rows, key=lambda row: row["round"], reverse=True)
    told = {"city": site.city, "publisher": site.publisher}
    return render("notices", {**told, "rows": newest, "english": english})


def _write_archive(folder: Path, year: str, files: Sequence[str]) -> None:
    names = [*dictionary_files(), *(f"{year}/{file}" for file in files)]
    archive = folder / ARCHIVE.format(year=year)
    write_made(archive, lambda target: write_archive(target, folder / DATA, names))
