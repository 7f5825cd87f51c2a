"""Populations built again from deposited registers: nobody is left out of a task in silence, nobody slips in."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from edits import Edit
from forge import EXCLUDED, STRATA, TASKS
from forge_draws import Full

from supervision.directory.register import register
from supervision.domain.population import Population
from supervision.errors import SupervisionError
from supervision.sampling.protocol import verifier
from supervision.sampling.protocol.verifier import Report, condition_of, verify

Rows = dict[str, list[str]]


def tagged() -> Rows:
    """Return the register of units by id: unit_id, name, region, tags; each unit has its tasks as tags."""
    found: Rows = {"Z00": ["Z00", "nobody's", "320505", ""]}
    for task in TASKS:
        name = task["task_id"]
        units = [unit for _, _, sizes in STRATA[name].values() for unit in sizes] + [row[0] for row in EXCLUDED[name]]
        for unit in units:
            found.setdefault(unit, [unit, f"x, {unit}", "320505", ""])
            found[unit][3] = " ".join(sorted({*found[unit][3].split(), name}))
    return found


def register_rows(**populations: str) -> Rows:
    """Return the register of tasks by id, with other conditions where they are given."""
    rows = {
        task["task_id"]: [task["task_id"], "2026-12", task["items"], f"tags={task['task_id']}", task["access"], ""]
        for task in TASKS
    }
    for name, text in populations.items():
        rows[name][3] = text
    return rows | {"other": ["other", "2026-11", "x", "*", "open", "before"]}


def table(header: str, rows: Rows) -> str:
    """Return a register as CSV."""
    cells = [[f'"{cell}"' if "," in cell else cell for cell in row] for _, row in sorted(rows.items())]
    return "".join(",".join(row) + "\n" for row in [header.split(","), *cells])


def tasks(old: str = "", new: str = "", **populations: str) -> str:
    """Return the register of tasks as CSV, with other conditions or one text for another."""
    return table(TASK_COLUMNS, register_rows(**populations)).replace(old, new, 1 if old else 0)


ENTITIES, TASK_COLUMNS = "unit_id,name,region,tags", "task_id,round,items,population,access,disclosure"
PLAIN, UNITS = tasks(), table(ENTITIES, tagged())
Check = Callable[..., Report]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Return what writes a round and its registers and verifies both: edits of the round, tables as text."""

    def run(edits: dict[str, Edit] | None = None, *, tasks: str = "", entities: str = "", **options: Any) -> Report:
        files = {
            "tasks": tasks or table(TASK_COLUMNS, register_rows()),
            "entities": entities or table(ENTITIES, tagged()),
        }
        folder = tmp_path / "registers"
        folder.mkdir()
        digests = {}
        for name, body in files.items():
            if body != "-":
                (folder / f"{name}.csv").write_text(body, "utf-8", newline="")
                digests[name] = hashlib.sha256(body.encode()).hexdigest()
        one = Full(edits={"registers": lambda value: digests, **(edits or {})}, **options)
        one.commit().draw().finish(tmp_path / "out")
        return verify(tmp_path / "out", registers=folder)

    return run


def named(report: Report) -> str:
    """Return the name of the difference and what it is about."""
    found = report.difference
    return f"{found.name} {found.where.split('/')[-1]} {found.value}" if found else f"exit {report.code}"


def test_an_honest_round_is_built_again(check: Check) -> None:
    """Every task's population is what is framed and excluded; the report says so, and what it did not build."""
    report = check()
    assert named(report) == "exit 0"
    assert "2026-12, populations built again: fire market open" in [en for _, en in report.checked]
    assert any("classes and sizes of units" in en for _, en in report.unchecked)
    assert not any("--registers" in en for _, en in report.unchecked)


def without(unit: str) -> Edit:
    """Take an excluded unit away."""
    return lambda rows: [row for row in rows if row[0] != unit]


def adding(*rows: list[str]) -> Edit:
    """Add excluded units."""
    return lambda old: sorted([*old, *rows])


def entities(**changes: list[str] | None) -> str:
    """Return the register of units with some rows changed or taken away."""
    rows = tagged() | {unit: row for unit, row in changes.items() if row}
    return table(ENTITIES, {unit: row for unit, row in rows.items() if unit not in changes or changes[unit]})


CASES: list[tuple[str, dict[str, Any]]] = [
    ("population.left_out fire X01", {"edits": {"excluded:fire": without("X01")}}),
    ("population.left_out fire N00", {"entities": entities(N00=["N00", "new", "320505", "fire"])}),
    ("population.left_out open P99", {"entities": entities(P99=["P99", "new", "320505", "open"])}),
    ("population.outside fire A03", {"entities": entities(A03=["A03", "other", "320505", "market"])}),
    ("population.outside fire X00", {"entities": entities(X00=None)}),
    ("population.outside fire X77", {"edits": {"excluded:fire": adding(["X77", "cap", "shared/cap"])}}),
    ("population.outside fire z99", {"edits": {"excluded:fire": adding(["z99", "cap", "shared/cap"])}}),
    ("registers.unit frame.csv A03", {"entities": entities(A03=None)}),
    ("registers.order entities.csv A00", {"entities": UNITS + "A00,twice,320505,\n"}),
    ("registers.tasks tasks.csv other", {"tasks": tasks("2026-11", "2026-12")}),
    ("registers.tasks tasks.csv open", {"tasks": tasks("open,2026-12", "open,2026-10")}),
    ("registers.task tasks.csv fire items market", {"tasks": tasks("fire-a,tags=fire", "market,tags=fire")}),
    ("registers.task tasks.csv fire access open, not sealed", {"tasks": tasks("tags=fire,sealed", "tags=fire,open")}),
    ("registers.column entities.csv taggs", {"tasks": tasks(fire="taggs=fire")}),
    ("csv.columns entities.csv:2 3", {"entities": UNITS.replace(",320505,fire\n", ",fire\n", 1)}),
]


@pytest.mark.parametrize(("said", "given"), CASES, ids=[f"{case[0]}" for case in CASES])
def test_what_registers_do_not_give_is_named(said: str, given: dict[str, Any], check: Check) -> None:
    """A unit dropped or slipped in, a task that is another than registered: each is named, with the unit or field."""
    assert named(check(**given)) == said


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"tasks": "task_id,items\nfire,x\n"}, "hold no conditions"),
        ({"tasks": "-"}, "hold no conditions"),
        ({"entities": "-"}, "hold no conditions"),
        ({"tasks": tasks(fire="tags~fire")}, "fire tags~fire: the condition could not be read"),
        ({"tasks": tasks(fire="tags>=fire")}, "the condition could not be read"),
        ({"tasks": tasks(fire=";")}, "the condition could not be read"),
    ],
)
def test_what_cannot_be_built_again_is_said(given: dict[str, Any], text: str, check: Check) -> None:
    """Registers of another form, or a condition that nobody can read, are no difference, and the report says so."""
    report = check(**given)
    assert named(report) == "exit 0"
    assert any(text in en for _, en in report.unchecked)


@pytest.mark.parametrize(
    ("region", "said"), [("320505", "exit 0"), ("320506", "population.region fire A00: 320505, not 320506")]
)
def test_a_stratum_of_a_region_holds_its_units_alone(region: str, said: str, check: Check) -> None:
    """The region at the end of a stratum's key is that of its units."""
    strata = STRATA | {"fire": {f"{key}-{region}": value for key, value in STRATA["fire"].items()}}
    assert named(check(strata=strata)) == said


def test_a_register_without_regions_is_no_difference(check: Check) -> None:
    """Nothing is compared with what is not there."""
    plain = "".join(",".join((row.split(",")[0], row.split(",")[-1])) + "\n" for row in UNITS.splitlines())
    assert named(check(entities=plain)) == "exit 0"


FRAME = pd.DataFrame(
    {
        "unit_id": ["a", "b", "c", "d"],
        "tags": ["餐饮 食品经营", "餐饮业", None, "食品经营"],
        "type": ["企业", "个体工商户", None, "农民专业合作社"],
        "region": ["320505", "320506", None, "3205"],
        "capital": [500.0, 12.5, None, 0.0],
        "above_scale": pd.array([True, False, None, True], dtype="boolean"),
        "established": pd.to_datetime(["2020-01-31", "2026-11-30", None, "1999-12-31"]),
    }
)
CONDITIONS = (
    *("*", "tags=餐饮", "tags=餐饮,食品经营", "tags!=餐饮", "type=企业；region^=3205", "region^=320505,320506"),
    *("capital>=12.5", "capital<=12.5", "capital=12.50", "capital!=500、0", "capital≥500;type=企业", "above_scale=是"),
    *("above_scale=TRUE", "above_scale=否", "above_scale!=yes", "established>=2020-01-31", "established<=2020-01-31"),
    *(
        "established=1999-12-31",
        "established!=1999-12-31",
        " type ＝ 企业 ",
        "type=企业;;region=320505",
        "region!=320505",
    ),
)
REFUSED = (
    *("type>=企业", "capital>=1,2", "capital=viel", "established>=2020-13-01", "above_scale=perhaps", "tags"),
    *("capital~3", "", "above_scale>=1", "established=gestern"),
)


def cells() -> list[list[str]]:
    """Return the frame as the store writes it: truth as 1 and 0, days in ISO, blank as nothing."""
    told = FRAME.assign(
        above_scale=FRAME["above_scale"].map({True: "1", False: "0"}),
        established=FRAME["established"].dt.strftime("%Y-%m-%d"),
        capital=["500", "12.5", "", "0"],
    )
    return told.astype(object).where(told.notna(), "").values.tolist()


@pytest.mark.parametrize("text", CONDITIONS)
def test_conditions_mean_the_same_twice(text: str) -> None:
    """The stand-alone reading of a condition and the package's give the same units."""
    condition = condition_of(text, list(FRAME.columns), "entities.csv")
    assert condition is not None
    assert [condition(row) for row in cells()] == Population.parse(text).matches(FRAME).tolist()


@pytest.mark.parametrize("text", REFUSED)
def test_conditions_without_sense_are_refused_twice(text: str) -> None:
    """What the package refuses the verifier does not guess at."""
    assert condition_of(text, list(FRAME.columns), "entities.csv") is None
    with pytest.raises(SupervisionError):
        Population.parse(text).matches(FRAME)


def test_the_verifier_knows_the_kinds_of_columns() -> None:
    """The register's numbers, days, truth values and lists are those that the stand-alone file names."""
    kinds: dict[str, set[str]] = {}
    for column in register("entities").columns:
        kinds.setdefault(column.dtype, set()).add(column.name)
    assert kinds["number"] | kinds["integer"] == verifier.NUMBERS
    assert kinds["date"] - {"known_on"} == verifier.DATES
    assert (kinds["boolean"], kinds["list"]) == (verifier.TRUTHS, verifier.LISTS)
