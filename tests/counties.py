"""A county with a store of its own, and the part of the city's list that it is handed."""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from still_clock import Clock

from supervision.demo.county import keep_county
from supervision.month import line
from supervision.month.city import BEIJING, City
from supervision.month.city_rules import lay_rules
from supervision.month.importing import import_folder
from supervision.month.round import Round
from supervision.month.signing import make_key, open_key
from supervision.month.taking_part import take_part
from supervision.notice.county_part import CountyPart, read_part, sign_part
from supervision.notice.signatures import read_public
from supervision.store.store import Store

COUNTY, ROUND, SECRET = "320509", "2026-12", "lang genug 2026"
EVIDENCE = date(2026, 11, 30)
# the county's own task: a tenth of its companies at most, for an item of a department that the city's tasks bring along
TASK = {
    "任务编号": "C01",
    "抽查任务名称": "县级登记事项抽查",
    "轮次": ROUND,
    "抽查事项": "market-registration",
    "牵头部门": "market",
    "开始日期": "2026-12-01",
    "结束日期": "2026-12-31",
    "抽查对象范围": "type=企业",
    "抽查方式": "random",
    "抽查比例": "8%",
    "名单公开方式": "sealed",
    "名单公开时间": "after_visit",
    "层级": "county",
}


@dataclass
class Keys:
    """The city's signing key, and another one."""

    folder: Path

    def public(self, name: str = "agency") -> Path:
        """Where the public part of a key is."""
        return self.folder / f"{name}.pub.pem"

    def private(self, name: str = "agency") -> Any:
        """The key itself."""
        return open_key(self.folder / f"{name}.pem", SECRET)


@dataclass
class County:
    """A county's store, its clock, and the city's part that it may take."""

    city: City
    clock: Clock
    folder: Path
    keys: Keys
    part: CountyPart

    def file(self, key: str = "agency", name: str = "part.json", **changes: Any) -> Path:
        """Write the part, changed, as the city would sign it."""
        path = self.folder / name
        path.write_bytes(sign_part(replace(self.part, **changes), self.keys.private(key)))
        return path

    def take(self, path: Path | None = None, **more: Any) -> Any:
        """Take a file, the part as it is where none is given."""
        given = {"key": self.keys.public(), "known_on": EVIDENCE} | more
        return take_part(self.city, path or self.file(), **given)

    def taken(self) -> list[tuple[Any, ...]]:
        """Everything that stands in the register."""
        rows = self.city.register("handed_down", on=date.max)
        return sorted(rows[["round", "version", "task_id", "unit_id", "item_id"]].itertuples(index=False, name=None))

    def scored(self, round_id: str = ROUND) -> Round:
        """The county's own rehearsal, in which everybody is scored."""
        line.score(self.city, round_id, rehearsal=True, on=EVIDENCE)
        return self.city.round(round_id, rehearsal=True)


def make_keys(folder: Path) -> Keys:
    """Make two signing keys."""
    for name in ("agency", "other"):
        make_key(folder / f"{name}.pem", SECRET)
    return Keys(folder)


def county_inputs(city_inputs: Path, folder: Path, region: str = COUNTY) -> Path:
    """Write the county's own input files: the city's cut down to it, with one task of its own."""
    shutil.copytree(city_inputs, folder)
    keep_county(folder, region)
    with (folder / "tasks.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(TASK))
        writer.writeheader()
        writer.writerow(TASK)
    return folder


def open_county(inputs: Path, folder: Path, keys: Keys, part: CountyPart) -> County:
    """Make the county's store and import its registers."""
    clock = Clock(datetime(2026, 12, 1, 9, tzinfo=BEIJING))
    store = folder / "county.db"
    Store.create(store)
    lay_rules(inputs, store)
    city = City.open(store, who="county", now=clock)
    assert import_folder(city, inputs, as_of=EVIDENCE).exit_code == 0
    return County(city=city, clock=clock, folder=folder, keys=keys, part=part)


def read_signed(path: Path, keys: Keys) -> CountyPart:
    """Read a part that the city signed."""
    public = read_public(keys.public().read_bytes(), file="agency.pub.pem")
    return read_part(path.read_bytes(), public, file=path.name)
