"""The files of all regimes stand beside the standard city, which they leave as it is."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

from supervision.demo.city import write_city
from supervision.demo.regimes import GOODS, REGIMES

UNITS = 500


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city of five hundred units with all regimes."""
    path = tmp_path_factory.mktemp("regimes") / "city"
    write_city(path, entities=UNITS, month="2026-12", all_regimes=True)
    return path


def read(folder: Path, name: str) -> pd.DataFrame:
    """Read one of the files as texts."""
    return pd.read_csv(folder / name, dtype="str")


def test_the_standard_files_stay_as_they_are(folder: Path, tmp_path: Path) -> None:
    """Without the option the same files have the same bytes; the others all carry the ending."""
    write_city(tmp_path / "plain", entities=UNITS, month="2026-12")
    plain = {p.relative_to(tmp_path / "plain"): p for p in (tmp_path / "plain").rglob("*") if p.is_file()}
    there = {p.relative_to(folder): p for p in folder.rglob("*") if p.is_file()}
    for name, path in plain.items():
        assert sha256(path.read_bytes()).digest() == sha256(there[name].read_bytes()).digest(), name
    assert {name.name for name in there.keys() - plain.keys() if name.suffix == ".csv"} == {
        f"{kind}-regimes.csv"
        for kind in ("entities", "offices", "inspectors", "items", "tasks", "exemptions", "professional", "permits")
    }


def test_every_unit_of_a_regime_has_one_list_and_an_id_of_its_own(folder: Path) -> None:
    """As many units on each list as the table of regimes says; no id stands in both files."""
    own, city = read(folder, "entities-regimes.csv"), read(folder, "entities.csv")
    wanted = {tag: one.units for one in REGIMES for tag in one.tags if one.units}
    assert own["tags"].value_counts().to_dict() == wanted
    assert own["unit_id"].is_unique and not own["unit_id"].isin(city["unit_id"]).any()
    assert own["name"].str.contains("演示").all()
    goods = own["tags"].isin(GOODS)
    assert (own.loc[goods, "type"] == "进出口货物").all() and own.loc[goods, "unit_id"].str.startswith("HW-").all()
    assert (own.loc[~goods, "type"] == "企业").all()


def test_every_unit_has_an_office_of_the_department_that_visits_it(folder: Path) -> None:
    """A unit in a district without the department's office could not be held."""
    offices = pd.concat([read(folder, name) for name in ("offices.csv", "offices-regimes.csv")])
    there = set(offices["机构编号"] if "机构编号" in offices else offices.iloc[:, 0])
    own = read(folder, "entities-regimes.csv")
    for one in REGIMES:
        regions = set(own.loc[own["tags"].isin(one.tags), "region"])
        assert regions and {f"{one.department}-{region}" for region in regions} <= there, one.rule


def test_half_of_the_new_trades_units_are_young(folder: Path) -> None:
    """Twenty of forty are in the observation period of twelve months, the others are not."""
    own = read(folder, "entities-regimes.csv")
    young = own[own["tags"] == "新产业"]["established"] > "2025-12-01"
    assert (int(young.sum()), len(young)) == (20, 40)
