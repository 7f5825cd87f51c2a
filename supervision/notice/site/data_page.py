"""The page of downloads (数据下载页): a year's files and archive, and the dictionary of their columns."""

from __future__ import annotations

from collections.abc import Mapping

from supervision.notice.open_data import SCHEMA, dictionary_page
from supervision.notice.open_data_columns import NOTES
from supervision.notice.publisher import Publisher
from supervision.notice.site.pages import render

ARCHIVE = "data-{year}.zip"


def data_page(city: str, years: Mapping[str, Mapping[str, int]], *, publisher: Publisher | None = None) -> bytes:
    """Return data.html (数据下载页); `years`: year → table → number of rows, the newest is shown first."""
    listed = [(year, ARCHIVE.format(year=year), years[year]) for year in sorted(years, reverse=True)]
    told = {"years": listed, "dictionary": dictionary_page(), "schema": SCHEMA, "notes": NOTES}
    return render("data", {"city": city, "publisher": publisher, **told})
