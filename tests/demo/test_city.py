"""The synthetic city: it repeats to the byte, goes into the registers whole, and shows what a month must cope with."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest
from builders import LISTS

from supervision.demo.city import Summary, write_city
from supervision.directory.checking.register_check import check_links, check_table
from supervision.directory.reading.register_file import read_table
from supervision.directory.register import register
from supervision.domain.population import Population
from supervision.errors import UsageError
from supervision.law.rules import Rules
from supervision.store import shipped_files

KINDS = ("calendar", "offices", "items", "inspectors", "leave", "tasks", "entities", "events", "history", "objections",
         "recusals", "exemptions", "professional", "caps", "relations", "licences", "plans", "cases")  # fmt: skip
UNITS = 3_000
Registers = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Summary:
    """A city of three thousand units."""
    return write_city(tmp_path_factory.mktemp("city"), entities=UNITS, month="2026-12")


@pytest.fixture(scope="module")
def registers(city: Summary) -> Registers:
    """Its registers as the importer keeps them, links checked; nothing may be rejected."""
    found: Registers = {}
    ids: dict[str, set[str]] = {}
    for kind in KINDS:
        path = city.folder / f"{kind}.csv"
        checked = check_table(kind, read_table(kind, path.name, path.read_bytes()), as_of=None, lists=LISTS)
        checked = check_links(kind, checked, ids)
        assert checked.rejected.empty, kind
        found[kind] = checked.good
        ids[kind] = set(checked.good[register(kind).key[0]])
    return found


def _digests(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()}


def test_same_arguments_same_bytes(city: Summary, tmp_path: Path) -> None:
    """Written a second time every file, the workbooks too, has the same digest; another seed gives other units."""
    write_city(tmp_path / "again", entities=UNITS, month="2026-12")
    assert _digests(tmp_path / "again") == _digests(city.folder)
    write_city(tmp_path / "other", entities=UNITS, month="2026-12", seed=1)
    assert _digests(tmp_path / "other")["entities.csv"] != _digests(city.folder)["entities.csv"]


def test_all_rows_go_in(city: Summary, registers: Registers) -> None:
    """The importer keeps exactly the rows that the summary counts, and every unit."""
    assert {kind: len(frame) for kind, frame in registers.items()} == dict(city.rows)
    assert city.rows["entities"] == UNITS


def test_everything_was_known_before_the_month(registers: Registers) -> None:
    """No row of any register became known later than four days before the month; nothing before it happened."""
    for frame in registers.values():
        assert frame["known_on"].max() <= pd.Timestamp("2026-11-27")
    for kind, day in (("events", "happened"), ("history", "date")):
        assert (registers[kind]["known_on"] > registers[kind][day]).all()


def test_texts_say_that_nothing_is_real(registers: Registers) -> None:
    """Names of units, offices and tasks say 演示, names of people are a word and a number, phones cannot be dialled."""
    assert registers["entities"]["name"].str.contains("演示").all()
    assert registers["offices"]["name"].str.contains("演示").all()
    assert registers["tasks"]["name"].str.contains("演示").all()
    assert registers["inspectors"]["name"].str.fullmatch(r"检查员\d{4}").all()
    assert registers["entities"]["legal_rep"].str.fullmatch(r"法人[甲乙丙丁戊己庚辛壬癸]\d{6}").all()
    assert registers["entities"]["phone"].str.startswith("0512-0").all()


def test_relations_and_licences_are_of_this_city(registers: Registers) -> None:
    """Holders are units or opaque keys that several share; licences are of those whose trade has them."""
    relations, licences = registers["relations"], registers["licences"]
    units = set(registers["entities"]["unit_id"])
    assert set(relations["unit_id"]) | set(licences["unit_id"]) <= units
    keys = relations["related"][~relations["related"].isin(units)]
    assert keys.str.fullmatch(r"[AP]-\d+").all()
    assert set(relations["kind"]) == {"legal_rep", "investor", "holding", "address"}
    assert relations.groupby("related").size().value_counts().loc[2:].sum() > 50
    tags = registers["entities"].set_index("unit_id")["tags"]
    food = tags.loc[licences.loc[licences["kind"] == "food_business", "unit_id"]]
    assert food.str.contains("餐饮|食品经营").all()
    lapsed = (licences["valid_until"] < "2026-12-01").mean()
    assert 0.03 < lapsed < 0.15


def test_every_regime_has_a_task(registers: Registers) -> None:
    """All four regimes and both kinds of access are there, and every population has units in force."""
    tasks, units = registers["tasks"], registers["entities"]
    assert set(tasks["regime"]) == {"random", "full", "reduced", "observation"}
    assert set(tasks["access"]) == {"open", "sealed"}
    for task in tasks.itertuples():
        assert Population.parse(str(task.population)).matches(units).any(), task.task_id


def test_full_coverage_tasks_hold_key_items_only(registers: Registers) -> None:
    """A task that covers everybody has no general item, whose ratio is limited."""
    kind = registers["items"].set_index("item_id")["kind"]
    for items in registers["tasks"].query("regime == 'full'")["items"]:
        assert {kind[item] for item in items.split(" ")} == {"key"}


def test_what_a_month_must_cope_with(registers: Registers) -> None:
    """There are units not in force, certificates that end in the month, leave, both whitelist tiers, lost visits."""
    units, people = registers["entities"], registers["inspectors"]
    assert 0.03 < 1 - units["status"].isin(["存续", "在业", "开业"]).mean() < 0.07
    assert people["cert_until"].between("2026-12-01", "2026-12-31").any()
    assert people.groupby("office_id").size().min() >= 3
    assert registers["leave"]["half"].isin(["all"]).any()
    assert set(registers["exemptions"]["tier"]) == {"undisturbed", "low_frequency", "observation"}
    lost = registers["history"].drop_duplicates("visit_no")["result"].isin(["6", "7", "9", "12"]).mean()
    assert 0.02 < lost < 0.08


def test_violations_follow_the_truth(city: Summary, registers: Registers) -> None:
    """The fifth with the greatest true probability was found out more than twice as often as the other four."""
    truth = pd.read_csv(city.folder / "truth" / "violation_probability.csv").set_index("unit_id")["probability"]
    assert len(truth) == UNITS and truth.between(0, 1).all()
    history = registers["history"].query("kind == 'routine'")
    found = ~history["result"].isin(["1", "F", "6", "7", "9", "12"])
    risky = history["unit_id"].map(truth) > truth.quantile(0.8)
    assert found[risky].mean() > 2 * found[~risky].mean()


def test_own_rules_fill_what_is_not_shipped(city: Summary) -> None:
    """With the city's rules no shared rule is missing in the month, and none claims to be verified."""
    rules = Rules.read(shipped_files.shipped_rules(), shipped_files.folder_rules(city.folder / "rules"))
    law = rules.on(date(2026, 12, 1))
    assert [path for path in law.missing() if path.startswith("shared/")] == []
    assert law.value("shared/yearly_visit_cap") == {"same_agency": 1, "all_agencies": 4}
    assert not any(entry.verified for entry in law.entries() if entry.origin == "city")


def test_workbooks_are_not_read_with_the_files(city: Summary) -> None:
    """A register stands once in the folder itself; its workbook lies below xlsx, with Chinese headers."""
    assert not list(city.folder.glob("*.xlsx"))
    table = read_table("offices", "offices.xlsx", (city.folder / "xlsx" / "offices.xlsx").read_bytes())
    assert len(table.frame) == city.rows["offices"]


@pytest.mark.parametrize("arguments", [{"entities": 499, "month": "2026-12"}, {"entities": 500, "month": "2026-13"}])
def test_refuses_what_it_cannot_write(arguments: dict[str, object], tmp_path: Path) -> None:
    """Fewer than 500 units and a month that is none are refused before anything is written."""
    with pytest.raises(UsageError):
        write_city(tmp_path / "none", **arguments)  # type: ignore[arg-type]
    assert not (tmp_path / "none").exists()


def test_other_months(tmp_path: Path) -> None:
    """A city of five hundred can be written for a January and a February, with windows inside the month."""
    for month, last in (("2025-01", "2025-01-31"), ("2026-02", "2026-02-28")):
        write_city(tmp_path / month, entities=500, month=month)
        path = tmp_path / month / "tasks.csv"
        checked = check_table("tasks", read_table("tasks", path.name, path.read_bytes()), as_of=None, lists=LISTS)
        assert checked.rejected.empty and len(checked.good) > 5
        assert checked.good["until_date"].max() == pd.Timestamp(last)


@pytest.mark.parametrize("entities", [500, 1_500])
def test_tasks_of_a_small_city_fit_their_limits(entities: int, tmp_path: Path) -> None:
    """A task that draws has twenty units in force or more, and one of fewer than fifty asks for 5 % of all."""
    write_city(tmp_path, entities=entities, month="2026-12")
    tables = {
        kind: check_table(kind, read_table(kind, name, (tmp_path / name).read_bytes()), as_of=None, lists=LISTS).good
        for kind, name in (("tasks", "tasks.csv"), ("entities", "entities.csv"))
    }
    units = tables["entities"].query("status in ['存续', '在业', '开业']").reset_index(drop=True)
    drawing = tables["tasks"].query("regime != 'full'")
    many = [int(Population.parse(str(text)).matches(units).sum()) for text in drawing["population"]]
    assert min(many) >= 20
    assert {ratio for ratio, number in zip(drawing["ratio"], many, strict=True) if number < 50} == {"5%"}


def test_cases_are_on_problems_of_the_past(registers: Registers) -> None:
    """Each case names an inspection that left a problem pending; some are open, ordered, or closed by another."""
    cases, history = registers["cases"], registers["history"]
    found = (
        cases[cases["step"] == "00"]
        .drop(columns="result")
        .merge(history, on=["unit_id", "visit_no", "item_id"], validate="1:1")
    )
    assert (len(found), set(found["result"])) == (6, {"A"})
    assert (found["happened"] >= found["date"]).all()
    assert cases["action"].value_counts().to_dict() == {"opened": 6, "ordered": 2, "informed": 2, "closed": 2}
    assert set(cases["department"].dropna()) == {"fire"} and cases["due"].notna().sum() == 8
