"""Turn Chicago's food inspections into the input folder of one month: python benchmarks/chicago/convert.py OUTDIR.

Real are the licences (number, name, address, place, facility type, risk) and every canvass inspection with its result;
made up are offices, inspectors, items, tasks, caps and rules, and each says so. See README.md in this folder.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from supervision.directory.register import register
from supervision.law.working_days import Workdays
from supervision.store import shipped_files

HERE = Path(__file__).parent
DATA = HERE.parents[2] / "shared" / "data" / "chicago_food"
MONTH, START, LAST = "2014-09", date(2014, 9, 1), date(2014, 9, 30)
KNOWN = date(2014, 8, 31)
MADE_UP = "made-up for the benchmark"
YEAR_DAYS = 365

AREAS = {"606001": "North", "606002": "Centre", "606003": "West", "606004": "South"}
ZIPS = {
    "606002": (60601, 60602, 60603, 60604, 60605, 60606, 60607, 60610, 60611, 60616, 60654, 60661),
    "606003": (60608, 60612, 60622, 60623, 60624, 60632, 60639, 60642, 60644, 60651, 60707),
    "606004": (60609, 60615, 60617, 60619, 60620, 60621, 60628, 60629, 60633, 60636, 60637, 60638, 60643, 60649, 60652,
               60653, 60655, 60827, 60411),
}  # fmt: skip
ELSEWHERE = "606001"
HEADCOUNT = {"606001": 14, "606002": 9, "606003": 9, "606004": 8}
FACILITIES = {"Restaurant": "H62", "Golden Diner": "H62", "School": "P83", "Grocery Store": "F52", "Liquor": "F52",
              "Wholesale": "F51", "Bakery": "C14", "Hospital": "Q84", "Long Term Care": "Q85",
              "Catering": "H62"}  # fmt: skip
CITY_HOLIDAYS = {
    "2014-01-01": "New Year's Day", "2014-01-20": "Martin Luther King Day", "2014-02-12": "Lincoln's Birthday",
    "2014-02-17": "Washington's Birthday", "2014-03-03": "Casimir Pulaski Day", "2014-05-26": "Memorial Day",
    "2014-07-04": "Independence Day", "2014-09-01": "Labor Day", "2014-10-13": "Columbus Day",
    "2014-11-11": "Veterans Day", "2014-11-27": "Thanksgiving Day", "2014-12-25": "Christmas Day",
}  # fmt: skip
SOURCES = {"pick": "4 4 2 9 1 8 0", "lotto": "06 09 14 27 38 51"}
FRAME_KEY = "1f" * 32  # a rehearsal's; a real round makes its own


def read_inspections(folder: Path) -> pd.DataFrame:
    """Read all canvass inspections up to the day before the month, with what the published frame adds."""
    all_rows = pd.read_parquet(folder / "inspections_all_27600.parquet")
    published = pd.read_parquet(folder / "published_frame.parquet")
    added = published[["Inspection_ID", "sanitarian", "ageAtInspection"]]
    rows = all_rows.merge(added, on="Inspection_ID", how="left")
    rows = rows[rows["Inspection_Date"] <= pd.Timestamp(KNOWN)]
    rows["unit_id"] = "L" + rows["License"].astype("int64").astype("str")
    rows["day"] = rows["Inspection_Date"].dt.strftime("%Y-%m-%d")
    rows["region"] = region_of(rows["Zip"])
    order = ["unit_id", "Inspection_Date", "criticalCount", "Inspection_ID"]
    return rows.sort_values(order).drop_duplicates(["unit_id", "day"], keep="last", ignore_index=True)


def region_of(zips: pd.Series) -> pd.Series:
    """Return the benchmark's area of each ZIP code, six digits; unknown ZIP codes fall to the north."""
    table = {code: area for area, codes in ZIPS.items() for code in codes}
    return zips.map(table).fillna(ELSEWHERE).astype("str")


def entities(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a licence, as its last inspection describes it; established where the published frame tells the age."""
    born = rows["Inspection_Date"] - pd.to_timedelta((rows["ageAtInspection"] * YEAR_DAYS).round(), unit="D")
    established = born.groupby(rows["unit_id"]).min().dt.strftime("%Y-%m-%d")
    last = rows.drop_duplicates("unit_id", keep="last")
    risk = "risk-" + last["Risk"].str.extract(r"Risk (\d)", expand=False)
    kind = last["Facility_Type"].where(last["Facility_Type"].isin(list(FACILITIES)), "other")
    return pd.DataFrame(
        {
            "unit_id": last["unit_id"],
            "name": last["DBA_Name"].str.strip(),
            "type": "企业",
            "status": "active",
            "established": last["unit_id"].map(established),
            "region": last["region"],
            "industry": last["Facility_Type"].map(FACILITIES),
            "address": last["Address"].str.strip(),
            "street": last["Zip"].map(lambda code: "" if pd.isna(code) else f"ZIP {code:.0f}"),
            "lon": last["Longitude"],
            "lat": last["Latitude"],
            "tags": risk + " " + kind.str.lower().str.replace(" ", "-"),
            "note": "real licence",
            "known_on": KNOWN.isoformat(),
        }
    )


def history(rows: pd.DataFrame) -> pd.DataFrame:
    """One row an inspection: with a critical violation E where it passed with conditions, else A; without one 1."""
    critical = rows["criticalCount"] > 0
    corrected = rows["Results"] != "Fail"
    return pd.DataFrame(
        {
            "unit_id": rows["unit_id"],
            "agency": "health",
            "item_id": "food-canvass",
            "date": rows["day"],
            "office_id": "health-" + rows["region"],
            "kind": "routine",
            "on_site": "true",
            "result": critical.map({True: "A", False: "1"}).where(~(critical & corrected), "E"),
            "visit_no": rows["Inspection_ID"].astype("str"),
            "inspector": rows["sanitarian"],
            "known_on": rows["day"],
        }
    )


def events(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a failed inspection, in the place of a penalty; severity is its serious violations, at most 3."""
    failed = rows[rows["Results"] == "Fail"]
    return pd.DataFrame(
        {
            "unit_id": failed["unit_id"],
            "kind": "penalty",
            "happened": failed["day"],
            "event_no": failed["Inspection_ID"].astype("str"),
            "severity": failed["seriousCount"].clip(upper=3).astype("int64"),
            "source": "failed canvass inspection",
            "known_on": failed["day"],
        }
    )


def calendar() -> pd.DataFrame:
    """The city's holidays of 2014, and a row for each day on which the shipped calendar of that year says otherwise."""
    shipped = Workdays.read(shipped_files.shipped_calendar(), None, None)
    rows = []
    for number in range(YEAR_DAYS):
        day = date(2014, 1, 1) + timedelta(days=number)
        holiday = CITY_HOLIDAYS.get(day.isoformat())
        works = day.weekday() < 5 and holiday is None
        if holiday or works != shipped.is_workday(day):
            basis = holiday or f"an ordinary {day:%A} in Chicago"
            rows.append({"date": day.isoformat(), "kind": "workday" if works else "holiday", "basis": basis,
                         "known_on": "2013-12-31"})  # fmt: skip
    return pd.DataFrame(rows)


def offices() -> pd.DataFrame:
    """Four made-up offices, one an area."""
    return pd.DataFrame(
        [
            {"office_id": f"health-{region}", "department": "health", "region": region,
             "name": f"Food protection, {name} ({MADE_UP})", "known_on": KNOWN.isoformat()}
            for region, name in AREAS.items()
        ]
    )  # fmt: skip


def inspectors() -> pd.DataFrame:
    """Placeholders: the data name no inspector, only six anonymised groups."""
    return pd.DataFrame(
        [
            {"inspector_id": f"health-{region}-{seat:02d}", "name": f"Placeholder {region[-1]}{seat:02d}",
             "office_id": f"health-{region}", "status": "在岗", "cert_no": f"{MADE_UP} {region[-1]}{seat:02d}",
             "cert_from": "2014-01-01", "cert_until": "2014-12-31", "scopes": "*", "daily_limit": 2,
             "known_on": KNOWN.isoformat()}
            for region, many in HEADCOUNT.items()
            for seat in range(1, many + 1)
        ]
    )  # fmt: skip


def items() -> pd.DataFrame:
    """Two items of one department."""
    common = {"department": "health", "kind": "key", "basis": MADE_UP, "ratio": "根据实际情况确定", "method": "on_site",
              "half_days": 1, "inspectors": 1, "from_date": "2010-01-01", "known_on": KNOWN.isoformat()}  # fmt: skip
    names = {"food-canvass": "Canvass inspection", "food-risk": "Control of critical hazards"}
    return pd.DataFrame([{"item_id": item_id, "name": name, **common} for item_id, name in names.items()])


def tasks() -> pd.DataFrame:
    """Two tasks that share random numbers and so units: everybody by class, and high-risk facilities more often."""
    common = {"round": MONTH, "lead": "health", "from_date": START.isoformat(), "until_date": LAST.isoformat(),
              "regime": "random", "by_region": "false", "access": "sealed", "disclosure": "after_visit",
              "cause": MADE_UP, "known_on": KNOWN.isoformat()}  # fmt: skip
    return pd.DataFrame(
        [
            {"task_id": "canvass", "name": "Canvass of all licences", "items": "food-canvass", "population": "*",
             "ratio": "n=850", **common},
            {"task_id": "high-risk", "name": "High-risk facilities", "items": "food-canvass food-risk",
             "population": "tags=risk-1", "ratio": "n=500", **common},
        ]
    )  # fmt: skip


def caps() -> pd.DataFrame:
    """At most three visits a year, ninety days apart."""
    return pd.DataFrame(
        [{"agency": "health", "category": "*", "per_year": 3, "min_interval_days": 90, "from_date": "2010-01-01",
          "basis": MADE_UP, "known_on": KNOWN.isoformat()}]
    )  # fmt: skip


def convert(data: Path, out: Path) -> Mapping[str, int]:
    """Write the input folder and return the rows of each register."""
    rows = read_inspections(data)
    tables = {
        "entities": entities(rows), "history": history(rows), "events": events(rows), "calendar": calendar(),
        "offices": offices(), "inspectors": inspectors(), "items": items(), "tasks": tasks(), "caps": caps(),
    }  # fmt: skip
    out.mkdir(parents=True, exist_ok=True)
    for kind, table in tables.items():
        columns = [name for name in register(kind).names if name in table]
        table[columns].to_csv(out / f"{kind}.csv", index=False, lineterminator="\n")
    shutil.copytree(HERE / "rules", out / "rules", dirs_exist_ok=True)
    lines = [f"{name}{suffix},{values}" for suffix in ("", "-2", "-3", "-4") for name, values in SOURCES.items()]
    (out / "sources.csv").write_text("\n".join(["name,values", *lines]) + "\n", encoding="utf-8")
    (out / "frame_key.hex").write_text(FRAME_KEY + "\n", encoding="ascii")
    return {kind: len(table) for kind, table in tables.items()}


def main() -> int:
    """Convert into the folder named on the command line, and say what went into it."""
    if len(sys.argv) != 2:
        sys.stderr.write("python benchmarks/chicago/convert.py OUTDIR\n")
        return 2
    if not DATA.is_dir():
        sys.stderr.write(f"{DATA}: the data are not here; README.md says where they come from\n")
        return 1
    for kind, rows in convert(DATA, Path(sys.argv[1])).items():
        sys.stdout.write(f"{kind} {rows}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
