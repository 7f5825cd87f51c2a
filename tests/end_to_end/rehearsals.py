"""Rehearsed months of small synthetic cities, played by the command line alone, for tests that look at every byte."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROUND, REHEARSED = "2026-12", "2026-12.rehearsal"
KINDS = (
    *("offices", "items", "inspectors", "leave", "tasks", "entities"),
    *("events", "history", "relations", "licences", "objections", "recusals", "exemptions"),
    *("professional", "caps", "plans", "calendar"),
)
RESULTS = (
    *("轮次", "检查编号", "统一社会信用代码", "事项编号", "检查机关", "检查结果", "检查日期"),
    *("检查人员工号", "审核人"),
)
VALUES = {
    "dlt-front": "02 08 11 19 35",
    "dlt-back": "07 12",
    "ssq-red": "06 13 18 22 25 31",
    "ssq-blue": "10",
}


def supervision(folder: Path, *arguments: str, exits: tuple[int, ...] = (0,)) -> str:
    """Run the program in a folder on the store x.db and return what it prints; another exit code is an error."""
    command = [sys.executable, "-m", "supervision", "--lang", "en", "--store", "x.db", *arguments]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in exits:
        raise AssertionError(f"{arguments} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout


def plain(folder: Path, *, entities: int, hash_name: str = "sha256") -> Path:
    """Rehearse a city's month with one command and return its output folder."""
    supervision(folder, "demo", "city", "--entities", str(entities))
    if hash_name != "sha256":
        _open_round(folder / "x.db", hash_name)
    supervision(folder, "month", ROUND, "--rehearsal", "--inputs", "city", "--out", "out", exits=(0, 4))
    return folder / "out"


def _open_round(store: Path, hash_name: str) -> None:
    """Open the round with another hash, which no command offers."""
    from supervision.month.city import City
    from supervision.store.store import Store

    Store.create(store)
    City.open(store, who="tester").begin(ROUND, rehearsal=True, hash_name=hash_name)


def with_supplement(folder: Path) -> Path:
    """Rehearse step by step: the busiest office falls ill after the plan, visits are drawn again, results come in."""
    supervision(folder, "demo", "city", "--entities", "500")
    supervision(folder, "init")
    shutil.copytree(folder / "city" / "rules", folder / "rules", dirs_exist_ok=True)
    for kind in KINDS:
        supervision(folder, "import", kind, f"city/{kind}.csv", "--as-of", "2026-11-30")
    key = (folder / "city" / "frame_key.hex").read_text()
    rehearsed(folder, "train")
    rehearsed(folder, "score")
    rehearsed(folder, "commit", "--key", key)
    rehearsed(folder, "draw", *_sources())
    rehearsed(folder, "plan")
    rehearsed(folder, "publish", "--out", "out")
    _fall_ill(folder)
    rehearsed(folder, "commit", "--roster")
    rehearsed(folder, "match", *_sources(), exits=(4,))
    rehearsed(folder, "plan", exits=(0, 4))
    rehearsed(folder, "commit", "--roster")
    rehearsed(folder, "match", *_sources(), exits=(0, 4))
    rehearsed(folder, "publish", "--out", "out")
    _report(folder)
    supervision(folder, "record", "results.csv")
    rehearsed(folder, "publish", "--out", "out")
    return folder / "out"


def rehearsed(folder: Path, command: str, *arguments: str, exits: tuple[int, ...] = (0,)) -> str:
    """Run a command for the round's rehearsal."""
    return supervision(folder, command, ROUND, "--rehearsal", *arguments, exits=exits)


def _sources() -> list[str]:
    return [word for name, values in VALUES.items() for word in ("--source", f"{name}={values}")]


def rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def _fall_ill(folder: Path) -> None:
    """Put everybody of the busiest office on leave on its busiest day; the calendar is a draft that nobody sees yet."""
    from supervision.store.store import Store

    draft = Store.open(folder / "x.db").get(f"{ROUND}.rehearsal", "audit/calendar.csv")
    places = list(csv.DictReader(draft.decode("utf-8-sig").splitlines()))
    busy: dict[tuple[str, str], int] = {}
    for place in places:
        day = (place["office"], place["half_days"][:10])
        busy[day] = busy.get(day, 0) + 1
    office, day = max(sorted(busy), key=busy.__getitem__)
    people = rows(folder / "city" / "inspectors.csv")
    ill = sorted(person["单位工号"] for person in people if person["机构编号"] == office)
    text = "".join(f"{who},{day},{day},all\n" for who in ill)
    (folder / "ill.csv").write_text(f"inspector_id,from_date,until_date,half\n{text}", encoding="utf-8")
    supervision(folder, "import", "leave", "ill.csv", "--as-of", "2026-11-30")


def _report(folder: Path) -> None:
    """Write results for the first calendar's visits: every third has a problem, every seventh could not be found."""
    offices = {row["机构编号"]: row["机构编号"].rpartition("-")[0] for row in rows(folder / "city" / "offices.csv")}
    audit = folder / "out" / "audit" / ROUND
    back = {row["visit_id"] for row in rows(audit / "calendar-2.csv")}
    went = who_went(audit / "roster.json")
    seen: dict[tuple[str, str], tuple[str, str, str]] = {}
    for place in rows(audit / "calendar.csv"):
        for item in place["items"].split():
            if place["visit_id"] not in back:
                people = went[place["visit_id"], place["office"]]
                seen[place["visit_id"], item] = (offices[place["office"]], place["half_days"][:10], people)
    with (folder / "results.csv").open("w", encoding="utf-8", newline="") as handle:
        table = csv.writer(handle)
        table.writerow(RESULTS)
        for number, ((visit, item), (agency, day, people)) in enumerate(sorted(seen.items())):
            result = "6" if number % 7 == 6 else "A" if number % 3 == 2 else "1"
            table.writerow(
                [REHEARSED, visit, visit.rpartition("~")[0], item, agency, result, day, people, "演示审核人"]
            )


def who_went(roster: Path) -> dict[tuple[str, str], str]:
    """Return (visit, office) → the ids of who was drawn, from roster.json."""
    found: dict[tuple[str, str], list[str]] = {}
    for place in json.loads(roster.read_bytes()):
        found.setdefault((place["visit_id"], place["office"]), []).append(place["inspector_id"])
    return {key: " ".join(ids) for key, ids in found.items()}


def digests(out: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of an output folder, by relative path."""
    paths = sorted(path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
