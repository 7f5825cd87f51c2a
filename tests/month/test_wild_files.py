"""Files as others publish them: from their headers to a mapping, and through it into the store."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from wild_files import CODES, NAMES, UNITS, WILD, Wild, units_csv

from supervision.directory.mapping.overrides import Overrides
from supervision.month import importing
from supervision.month.city import BEIJING, City
from supervision.month.mapped_files import Asked
from supervision.month.mapping_drafts import write_draft
from supervision.store.store import Store

DAY = date(2026, 11, 20)


@pytest.fixture
def city(tmp_path):
    """A store with the units of the files; fire's own ids are taken, too."""
    Store.create(tmp_path / "x.db")
    now = datetime(2026, 11, 20, 9, tzinfo=BEIJING)
    return City.open(tmp_path / "x.db", who="tester", now=lambda: now, own_ids=True)


def drafted(wild: Wild, folder):
    """Write a file and the draft of its mapping, as its user would ask for it; return both and the report."""
    path = wild.write(folder)
    out = path.with_suffix(".yaml")
    told = Overrides(maps=wild.maps, sets=wild.sets, results=wild.results)
    report = write_draft(path, kind=None, out=out, overrides=told, rules=folder / "rules", lang="zh")
    return path, out, report


@pytest.mark.parametrize("wild", WILD, ids=[wild.file for wild in WILD])
def test_from_headers_into_the_store(city, tmp_path, wild):
    """The kind is guessed, nothing needed is missing, the draft is used as it stands, every row is accounted for."""
    if wild.kind != "entities":
        importing.import_files(city, "entities", [units_csv(tmp_path)], as_of=date(2024, 1, 1))
    path, out, report = drafted(wild, tmp_path)
    assert (report.facts["kind"], report.facts["missing"], report.facts["unknown"]) == (wild.kind, [], {})
    asked = Asked(mapping=str(out))
    checked = importing.dry_run(city, wild.kind, path, as_of=DAY, asked=asked)
    assert (checked.facts["good"], checked.facts["rejected"]) == (wild.good, wild.bad)
    taken = importing.import_files(city, wild.kind, [path], as_of=DAY, asked=asked).facts["files"][0]
    assert (taken["inserted"], taken["rejected"]) == (wild.good, wild.bad)
    again = importing.import_files(city, wild.kind, [path], as_of=DAY, asked=asked).facts["files"][0]
    assert (again["inserted"], again["unchanged"], again["rejected"]) == (0, wild.good, wild.bad)
    ids = set(city.store.register(wild.kind, on=DAY, columns=["unit_id"])["unit_id"])
    assert ids <= set(CODES) or wild.file == "消防抽查.csv"


def stored(city, tmp_path, name, columns):
    """Import one of the files and return columns of what is stored."""
    wild = next(one for one in WILD if one.file == name)
    if wild.kind != "entities":
        importing.import_files(city, "entities", [units_csv(tmp_path)], as_of=date(2024, 1, 1))
    path, out, _ = drafted(wild, tmp_path)
    importing.import_files(city, wild.kind, [path], as_of=DAY, asked=Asked(mapping=str(out)))
    return city.store.register(wild.kind, on=DAY, columns=["unit_id", *columns]).set_index("unit_id").loc


@pytest.mark.parametrize(("name", "yuan"), [("行政处罚公示.csv", 35_000), ("双公示.xlsx", 32_500)])
def test_amounts_in_ten_thousands_become_yuan(city, tmp_path, name, yuan):
    """罚款金额（万元）: 3.5 is 35,000 yuan, wherever the unit stands."""
    row = stored(city, tmp_path, name, ["amount", "happened", "kind"])[CODES[3]]
    assert (row["amount"], str(row["happened"])[:10], row["kind"]) == (yuan, "2025-03-04", "penalty")


def test_words_of_results_and_kinds_have_their_codes(city, tmp_path):
    """合格 is 1, 不合格 A, 节日重保 special, a district's bureau its department."""
    rows = stored(city, tmp_path, "食品安全监督检查结果公示.csv", ["result", "kind", "agency", "date", "item_id"])
    assert rows[CODES[0]].astype(str).str[:10].to_list() == ["1", "routine", "market", "2025-01-01", "food-1"]
    assert rows[CODES[1]].astype(str).str[:10].to_list() == ["A", "special", "market", "2025-02-02", "food-1"]


def test_the_district_comes_from_the_address(city, tmp_path):
    """Addresses of the province's register name it."""
    rows = stored(city, tmp_path, "食品经营许可名录.xlsx", ["region", "licence_no"])
    assert [rows[CODES[at]]["region"] for at in range(4)] == ["320505", "320506", "320508", "320505"]


def test_a_register_of_one_district_says_it_once(city, tmp_path):
    """The county's addresses name no district, so it is set; its capital stands in 万元."""
    rows = stored(city, tmp_path, "县名录.csv", ["region", "capital"])
    assert rows[CODES[1]].to_list() == ["320505", 100.0]


def test_own_words_and_own_ids(city, tmp_path):
    """整改 was said to be E; the ids of the fire brigade stay theirs."""
    rows = stored(city, tmp_path, "消防抽查.csv", ["result", "visit_no"])
    assert rows["XF-001"].to_list() == ["E", "R1"]


def test_names_are_found_and_nobody_is_invented(city, tmp_path):
    """Rows without a code go to the unit of that name, and the complaint about nobody comes back with a list."""
    rows = stored(city, tmp_path, "入企检查台账.xlsx", ["result", "kind"])
    assert sorted(rows[:].index) == sorted(CODES)
    wild = next(one for one in WILD if one.file == "投诉举报.xlsx")
    path, out, _ = drafted(wild, tmp_path)
    report = importing.import_files(city, "events", [path], as_of=DAY, asked=Asked(mapping=str(out)))
    assert report.facts["files"][0]["unmatched_file"] == f"{path}.unmatched.xlsx"
    assert report.exit_code == 3
    text = "\n".join(line.text("zh") for line in report.lines)
    assert f"按名称匹配 {UNITS - 1} 行、{UNITS - 1} 户：名称一字不差 {UNITS - 1} 行" in text
    assert "1 行（1 个名称）没有匹配到主体" in text
    assert NAMES[0] not in text
