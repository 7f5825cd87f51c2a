"""The calendar as pages (日程网页): for an office its month, for who coordinates each district and the city.

Internal: who is visited when is not public before the visit. Every page is one file, opens from a folder, asks for
nothing outside. Loads stand against what there is, what is not held has its reason, and the certificate is in words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from supervision.messages import Message, say
from supervision.notice.office_content import Month, OfficeContent, causes
from supervision.notice.public_content import Heading
from supervision.notice.site.data import records
from supervision.notice.site.pages import render
from supervision.tables import tuples

OFFICE_PAGE = "calendar.html"
LEVELS = (50, 75, 90)  # per cent of the people there from which a cell is darker
BUSIEST = 10
TERMS = "notice.certificate.terms"


def calendar_pages(
    heading: Heading, month: Month, contents: Sequence[OfficeContent], regions: Mapping[str, str]
) -> dict[str, bytes]:
    """Return the pages of districts and of the city (区和全市日程网页): path below the round's internal folder → bytes.

    `contents`: every office's month, which has a page of its own; `regions`: names of districts by their codes.
    """
    pages: dict[str, bytes] = {}
    districts = []
    for region in sorted({*month.unheld["region"], *(one.office.region for one in contents)}):
        own = [one for one in contents if one.office.region == region]
        here = {
            "region": region,
            "name": regions.get(region, region),
            "path": f"district-{region}.html",
            "offices": [_office_line(one) for one in own],
            "days": _joint_days(own),
            "causes": records(causes(month, month.unheld[month.unheld["region"] == region])),
            "certificate": month.certificate.get(region, ()),
        }
        districts.append(here)
        pages[str(here["path"])] = render("calendar_district", {**_shared(heading), **here})
    offices = [line for district in districts for line in district["offices"]]
    busiest = sorted(offices, key=lambda line: (-line["share"], line["id"]))[:BUSIEST]
    values = {
        "districts": districts,
        "busiest": busiest,
        "causes": records(causes(month, month.unheld)),
        "certificate": month.certificate.get("", ()),
        "visits": sum(len(day["visits"]) for district in districts for day in district["days"]),
        "matrix": _aligned([_district_line(district) for district in districts]),
    }
    pages["index.html"] = render("calendar_city", {**_shared(heading), **values})
    return pages


def office_page(content: OfficeContent, regions: Mapping[str, str]) -> bytes:
    """Return an office's month as a page (机构日程网页)."""
    visits = records(content.visits)
    by_day: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in visits:
        by_day[row["date"]].append(row)
    line = _office_line(content)
    days = [{**day, "visits": by_day[day["date"]]} for day in line["cells"]]
    values = {
        **_shared(content.heading),
        "office": content.office,
        "region": content.office.region,
        "region_name": regions.get(content.office.region, content.office.region),
        "line": line,
        "days": days,
        "visits": len(visits),
        "joint": sum(bool(row["joint"]) for row in visits),
        "causes": records(content.causes),
        "certificate": content.certificate,
    }
    return render("calendar_office", values)


def _shared(heading: Heading) -> dict[str, Any]:
    return {"heading": heading, "terms": Message.of(TERMS)}


def _office_line(content: OfficeContent) -> dict[str, Any]:
    """An office's row of the table of loads: every working day and the month."""
    office, cells = content.office, _cells(content.days)
    line = {"id": office.office_id, "name": office.name, "path": f"{office.office_id}/{OFFICE_PAGE}", "cells": cells}
    return {**line, **_load(cells), "visits": len(content.visits)}


def _district_line(district: Mapping[str, Any]) -> dict[str, Any]:
    """A district's row of the city's table: all its offices together, day by day."""
    by_day: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for line in district["offices"]:
        for cell in line["cells"]:
            by_day[cell["date"]].append(cell)
    cells = [{"date": day, "weekday": own[0]["weekday"], **_load(own)} for day, own in sorted(by_day.items())]
    visits = sum(len(day["visits"]) for day in district["days"])
    return {"name": district["name"], "path": district["path"], "cells": cells, **_load(cells), "visits": visits}


def _aligned(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines of districts with the same days: a day on which one has no visits, as on its quiet days, is empty."""
    days = {cell["date"]: cell["weekday"] for line in lines for cell in line["cells"]}
    for line in lines:
        own = {cell["date"]: cell for cell in line["cells"]}
        empty = {day: {"date": day, "weekday": weekday, **_load([])} for day, weekday in days.items()}
        line["cells"] = [{**empty, **own}[day] for day in sorted(days)]
    return lines


def _cells(days: pd.DataFrame) -> list[dict[str, Any]]:
    rows = [{**row, "needed": row["am"] + row["pm"]} for row in records(days)]
    return [{**row, "weekday": _weekday(row["date"]), **_load([row])} for row in rows]


def _load(cells: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Inspector-half-days needed and there, their share in per cent, and how dark the cell is."""
    listed = list(cells)
    needed, available = (sum(int(cell[name]) for cell in listed) for name in ("needed", "available"))
    share = -(-100 * needed // available) if available else 100 * bool(needed)
    level = (1 + sum(share > bound for bound in LEVELS)) if needed else 0
    return {"needed": needed, "available": available, "share": share, "level": level}


def _joint_days(contents: Sequence[OfficeContent]) -> list[dict[str, Any]]:
    """A district's visits day by day: each with all offices that come, in the order of half-days."""
    visits: dict[str, dict[str, Any]] = {}
    for content in contents:
        for row in records(content.visits):
            found = visits.setdefault(row["visit_id"], {**row, "offices": [], "halves": set()})
            found["offices"].append(content.office.name)
            found["halves"].update(row["half_days"].split(" "))
    days: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(visits.values(), key=lambda row: (row["half_days"], row["visit_id"])):
        days[row["date"]].append(row)
    for content in contents:
        for (day,) in tuples(content.days, "date"):
            days.setdefault(day, [])
    return [
        {
            "date": day,
            "weekday": _weekday(day),
            "visits": rows,
            "am": sum(f"{day}T1" in row["halves"] for row in rows),
            "pm": sum(f"{day}T2" in row["halves"] for row in rows),
            "joint": sum(len(row["offices"]) > 1 for row in rows),
        }
        for day, rows in sorted(days.items())
    ]


def _weekday(day: str) -> str:
    return say("notice.weekday").split(" ")[date.fromisoformat(day).weekday()]
