"""Two years of coverage duties (覆盖要求的两年模拟): is every unit reached by its date, month after month?

    python benchmarks/coverage_months.py [--folder DIR] [--entities N] [--months M]

24 months of two districts of a synthetic city with the product's own frames, samples, numbers and certificate, without
calendars, people and pages. Food operators must have a full inspection every two years, contracted pharmacies (in the
place of device makers, whom the city has not) one each calendar year; a general draw of the same department uses up
visits of the cap of one a year; equipment is inspected once a year at most. One visit in 25 could not be held, units
close down, and new ones open. Before the first month the list says 不高于10% for food, which can never reach all in two
years: refused, nothing drawn; then food is made a key item.

Prints a line a month, one of the month after (certified, not drawn), then what `recount_coverage` finds in the folders,
without the product's code.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
from recount_coverage import Difference, recount

from supervision.canonical import canonical_json
from supervision.demo.city import write_city
from supervision.directory import typed_rows
from supervision.directory.checking.register_check import check_table
from supervision.directory.reading.register_file import read_table
from supervision.domain.items import Item, Task
from supervision.domain.rounds import RoundId
from supervision.errors import SupervisionError
from supervision.law.code_lists import CodeLists
from supervision.law.rules import Law, Rules
from supervision.month.coverage_rows import asked_of, certificate_of
from supervision.month.frames import coverage_in
from supervision.month.other_rounds import VISITS
from supervision.month.round_files import COVERAGE, ORDER, STRATA_KEYS, STRATA_KEYS_TABLE
from supervision.sampling.bytes.unit_numbers import Secret
from supervision.sampling.drawing import Drawn, draw
from supervision.sampling.frame.due_dates import Coverage
from supervision.sampling.frame.frame import Frame, build_frame
from supervision.sampling.protocol.frame_files import frame_files
from supervision.sampling.protocol.frozen_frames import FrozenFrame, commit_frames
from supervision.store import shipped_files

DISTRICTS = ("320505", "320506")
FIRST, MONTHS = RoundId(year=2025, number=1), 24
LISTS = CodeLists.read(shipped_files.shipped_code_lists())
CLASSES = "A" * 65 + "B" * 25 + "C" * 8 + "D" * 2
COULD_NOT, CLOSES, OPENS = 25, 700, 600  # one in so many: of the visits; of the units, each month
FOOD, DEVICE = "tags=餐饮,食品经营", "tags=定点医药"
ALL_YEAR = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]"
DUTIES = (
    f"{{device: {{rule: market/medical_device, items: [market-drug], population: '{DEVICE}', begins: 2025-01-01,"
    " months: [3, 6, 9, 11]},"
    f" food: {{rule: market/food, items: [market-food], population: '{FOOD}', begins: 2025-01-01, months: {ALL_YEAR}}},"
    " equipment: {rule: market/special_equipment, items: [market-equipment], population: 'tags=特种设备',"
    f" begins: 2025-01-01, months: {ALL_YEAR}}}}}"
)
RATIO = "A=1%;B=2%;C=5%;D=15%"
TASKS = (  # id, items, population, ratio, months; one ratio for all is an open list
    ("C1-food", "market-food", FOOD, RATIO, range(1, 13)),
    ("C2-device", "market-drug", DEVICE, RATIO, (3, 6, 9, 11)),
    ("C3-general", "market-registration", "type=企业", "5‰", range(1, 13)),
    ("C4-equipment", "market-equipment", "tags=特种设备", "5%", range(2, 13)),
)


def chance(*parts: object) -> int:
    """Return a number that is always the same for the same words."""
    text = "|".join(map(str, parts))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")


class City:
    """The city's registers as they stand, its law, and what was certified so far."""

    def __init__(self, folder: Path, entities: int) -> None:
        self.folder = folder
        write_city(folder / "inputs", entities=entities, month=str(FIRST))
        self.tables = {kind: self._read(kind) for kind in ("entities", "items", "exemptions", "caps")}
        there = self.tables["entities"]
        self.tables["entities"] = there[there["region"].isin(DISTRICTS)].reset_index(drop=True)
        self.visits = self._read("history").reindex(columns=VISITS)
        rules = shipped_files.folder_rules(folder / "inputs" / "rules")
        rules["shared/coverage.yaml"] = (
            "id: shared/coverage\ntitle: {zh: 覆盖, en: coverage}\nunit: duties\nvalues:\n"
            f"  - {{from: 2024-01-01, value: {DUTIES}, basis: 演示, verified: false, review_by: 2027-12-31}}\n"
        ).encode()
        self.rules = Rules.read(shipped_files.shipped_rules(), rules)
        self.items = typed_rows.items(self.tables["items"], first=FIRST.first_day, last=FIRST.last_day)
        self.certified: list[tuple[str, pd.DataFrame]] = []

    def _read(self, kind: str) -> pd.DataFrame:
        table = read_table(kind, f"{kind}.csv", (self.folder / "inputs" / f"{kind}.csv").read_bytes())
        return check_table(kind, table, as_of=date(2024, 12, 20), lists=LISTS).good

    def frames(self, round: RoundId, items: Mapping[str, Item]) -> tuple[list[Frame], Coverage, Law]:
        """Build the month's frames by the product's own code."""
        law = self.rules.on(round.first_day)
        coverage = coverage_in(law, items, LISTS)
        tasks = [task(*given[:4], round) for given in TASKS if round.number in given[4]]
        units = self.tables["entities"]["unit_id"].tolist()
        scores = pd.DataFrame(
            {
                "unit_id": pd.Series(units, dtype="str"),
                "score": [chance("score", unit) % 1001 for unit in units],
                "class": pd.Series([CLASSES[chance("class", unit) % 100] for unit in units], dtype="str"),
            }
        )
        given = {"entities": self.tables["entities"], "scores": scores, "visits": self.visits, "law": law}
        registers = {kind: self.tables[kind] for kind in ("exemptions", "caps")}
        return [build_frame(t, items=items, coverage=coverage, **given, **registers) for t in tasks], coverage, law

    def month(self, round: RoundId, *, drawn: bool = True) -> str:
        """Frame, certify, draw and visit; return a line about it. Undrawn, it certifies the months before."""
        built, coverage, law = self.frames(round, self.items)
        entities = self.tables["entities"]
        live = entities[entities["status"].isin(law.value("shared/in_force"))]
        live = live.sort_values("unit_id", ignore_index=True)
        asked = asked_of(live, self.visits, coverage, month=round.first_day)
        made = certificate_of(
            asked, built, coverage, name=round, evidence=round.day_before, before=tuple(self.certified)
        )
        key = hashlib.sha256(f"key {round}".encode()).digest()
        frozen = commit_frames(built, Secret(frame_key=key, round_id=str(round), hash_name="sha256"))
        seed = hashlib.sha256(f"seed {round}".encode()).digest()
        lists = draw(frozen, seed1=seed, round_id=str(round), hash_name="sha256") if drawn else {}
        self._write(round, frozen, lists, made.table, made.facts)
        self.certified.append((round.month, made.table))
        if drawn:
            self._visit(round, [frame.task for frame in built], lists)
            self._move(round)
        state = made.table["state"].value_counts()
        drawn = {name: len(one.drawn) for name, one in lists.items()}
        late = int((made.table["by"] < str(round.first_day)).sum())
        states = " ".join(f"{name} {state.get(name, 0)}" for name in ("due", "ahead", "framed", "excluded", "absent"))
        return f"{round}: drawn {' '.join(f'{k} {n}' for k, n in sorted(drawn.items()))}; units {states}; late {late}"

    def _write(
        self,
        round: RoundId,
        frozen: Sequence[FrozenFrame],
        lists: Mapping[str, Drawn],
        table: pd.DataFrame,
        facts: object,
    ) -> None:
        """Write what the audit bundle holds of this, as the product writes it."""
        audit = self.folder / "audit" / str(round)
        keys = [(one.task_id, name, key) for one in frozen for key, name in one.keys.items()]
        files = {"coverage.csv": COVERAGE.to_bytes(table), "coverage.json": canonical_json(facts)}
        files["strata_keys.csv"] = STRATA_KEYS.to_bytes(STRATA_KEYS_TABLE.frame(keys))
        for one in frozen:
            files |= {f"tasks/{one.task_id}/{name}": body for name, body in frame_files(one).items()}
            if one.task_id in lists:
                files[f"tasks/{one.task_id}/order.csv"] = ORDER.to_bytes(lists[one.task_id].order)
        for name, body in files.items():
            (audit / name).parent.mkdir(parents=True, exist_ok=True)
            (audit / name).write_bytes(body)

    def _visit(self, round: RoundId, tasks: Sequence[Task], lists: Mapping[str, Drawn]) -> None:
        """Hold the visits on some day of the month; a few cannot be held."""
        rows = [
            {
                "unit_id": unit,
                "agency": "market",
                "item_id": item,
                "date": pd.Timestamp(round.first_day + timedelta(days=chance("day", round, unit) % 28)),
                "kind": "routine",
                "visit_no": f"{round}/{unit}~1",
                "on_site": True,
                "result": "6" if chance("held", round, unit) % COULD_NOT == 0 else "1",
                "known_on": pd.Timestamp(round.last_day),
            }
            for one in tasks
            for unit in lists[one.task_id].drawn
            for item in one.items
        ]
        held = pd.DataFrame(rows).reindex(columns=VISITS).astype(self.visits.dtypes.to_dict())
        self.visits = pd.concat([self.visits, held], ignore_index=True)

    def _move(self, round: RoundId) -> None:
        """Some units close down, some that were not there open."""
        entities = self.tables["entities"]
        draws = [(chance("closes", round, unit), chance("opens", round, unit)) for unit in entities["unit_id"]]
        closes = pd.Series([one % CLOSES == 0 for one, _ in draws], index=entities.index)
        opens = pd.Series([two % OPENS == 0 for _, two in draws], index=entities.index)
        opens &= entities["status"].ne("存续") & ~closes
        status = entities["status"].mask(closes, "注销").mask(opens, "存续")
        established = entities["established"].mask(opens, pd.Timestamp(round.last_day))
        self.tables["entities"] = entities.assign(status=status, established=established)


def task(task_id: str, item: str, population: str, ratio: str, round: RoundId) -> Task:
    """Return a random task of a month."""
    return Task(
        task_id=task_id,
        name=task_id,
        round=str(round),
        items=(item,),
        lead="market",
        start=round.first_day,
        end=round.last_day,
        population=population,
        regime="random",
        ratio=ratio,
        access="open" if ratio != RATIO else "sealed",
        disclosure="before" if ratio != RATIO else "after_visit",
    )


def refused(city: City) -> str:
    """Return how the first month is refused while the list allows 10 % of food operators a year."""
    try:
        city.frames(FIRST, city.items)
    except SupervisionError as error:
        if error.code == "sampling.coverage_unreachable":
            return str(error)
        raise
    raise Difference("food at 不高于10% was not refused")


def main() -> int:
    """Play the months and print what they show."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--entities", type=int, default=30000)
    parser.add_argument("--months", type=int, default=MONTHS)
    given = parser.parse_args()
    began = time.perf_counter()
    folder = given.folder or Path(tempfile.mkdtemp())
    city = City(folder, given.entities)
    print(f"{FIRST}: {refused(city)}")
    city.items["market-food"] = replace(city.items["market-food"], kind="key", ratio="根据实际情况确定")
    for n in range(given.months + 1):
        year, month = divmod(FIRST.number - 1 + n, 12)
        print(city.month(RoundId(year=FIRST.year + year, number=month + 1), drawn=n < given.months), flush=True)
    try:
        for line in recount(folder / "audit"):
            print(line)
    except Difference as error:
        print(f"DIFFERS: {error}", file=sys.stderr)
        return 1
    print(f"{time.perf_counter() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
