"""Leave a county's own files of a synthetic city (县区输入文件): for a store that takes what the city hands down."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

from supervision.demo.places import DISTRICTS, District
from supervision.directory.register import register
from supervision.errors import UsageError

PEOPLE, UNITS = ("inspectors", "leave", "recusals"), "unit_id"
LEVEL, COUNTY = "level", "县级"
CITYS_OWN = ("plans.csv", "truth", "xlsx")  # the city's plan, the maker's truth, and workbooks of all districts


def district_of(region: str) -> District:
    """Return a district of the synthetic city (取板块); UsageError where it has no such one."""
    known = {district.region: district for district in DISTRICTS}
    if region not in known:
        raise UsageError("demo.county", region=region, known=" ".join(sorted(known)))
    return known[region]


def keep_county(folder: Path, region: str) -> dict[str, int]:
    """Cut a city's input folder down to one district (只留一个县区) and return the rows that stay, by register.

    Offices and units are the district's, people those of its offices, and whatever speaks of a unit or a person of
    these. Tasks become the county's own. The county is a coordinating body of its own: `agency` of shared/city.

    Raises
    ------
    UsageError
        The synthetic city has no such district.
    """
    name_of = district_of(region).name
    for name in CITYS_OWN:
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    offices = _kept(folder, "offices", "region", {region})
    people = _kept(folder, "inspectors", "office_id", _values(folder, "offices", "office_id"))
    units = _kept(folder, "entities", "region", {region})
    found = {"offices": offices, "inspectors": people, "entities": units}
    own_people, own_units = _values(folder, "inspectors", "inspector_id"), _values(folder, "entities", UNITS)
    for path in sorted(folder.glob("*.csv")):
        kind = path.stem
        if kind in found or kind == "sources":
            continue
        columns = _columns(path, kind)
        if "inspector_id" in columns:
            found[kind] = _kept(folder, kind, "inspector_id", own_people)
        if UNITS in columns:
            found[kind] = _kept(folder, kind, UNITS, own_units)
    _own_tasks(folder / "tasks.csv")
    city = folder / "rules" / "shared" / "city.yaml"
    text = city.read_text(encoding="utf-8").replace("agency: ", f"agency: county-{region}-of-")
    city.write_text(text.replace("zh: 苏州市（", f"zh: 苏州市{name_of}（"), encoding="utf-8")
    return dict(sorted(found.items()))


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        yield from csv.reader(handle)


def _columns(path: Path, kind: str) -> dict[str, int]:
    """Where each column of a register stands in a file, whichever language its header is in."""
    header = next(_rows(path))
    places = {word: place for place, word in enumerate(header)}
    return {
        column.name: places[word]
        for column in register(kind).columns
        for word in (column.name, column.zh)
        if word in places
    }


def _kept(folder: Path, kind: str, column: str, values: set[str]) -> int:
    """Leave the rows with one of these values in a column."""
    path = folder / f"{kind}.csv"
    place, rows = _columns(path, kind)[column], _rows(path)
    header = next(rows)
    part, many = path.with_suffix(".part"), 0
    with part.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            if row[place] in values:
                writer.writerow(row)
                many += 1
    part.replace(path)
    return many


def _values(folder: Path, kind: str, column: str) -> set[str]:
    path = folder / f"{kind}.csv"
    place = _columns(path, kind)[column]
    return {row[place] for number, row in enumerate(_rows(path)) if number}


def _own_tasks(path: Path) -> None:
    """Say of every task that the county holds it."""
    header, *rows = _rows(path)
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow([*header, register("tasks").column(LEVEL).zh])
        writer.writerows([*row, COUNTY] for row in rows)
