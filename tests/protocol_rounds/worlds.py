"""小世界: units, tasks, offices and inspectors of a made-up city, tens of each."""

from dataclasses import dataclass, field
from functools import cache

from second_reader.drawing import Task
from second_reader.encoding import is_credit_code
from second_reader.probabilities import working


@dataclass(frozen=True)
class Plan:
    """任务计划: what a task draws from; units are unit_id, stratum key, x; sizes are key: (n, r)."""

    task_id: str
    items: tuple[str, ...]
    office: str
    units: tuple[tuple[str, str, int], ...]
    samples: dict[str, tuple[int, int]] = field(default_factory=dict)
    access: str = "sealed"
    disclosure: str = "after_visit"
    group: str = "joint"
    excluded: tuple[tuple[str, str, str], ...] = ()
    held: int = 100  # how many of its drawn units get a visit


@cache
def working_values(sizes: tuple[int, ...], sample: int) -> tuple[str, tuple[int, ...]]:
    """Return working and L of a stratum, once for equal strata of all rounds."""
    word, values = working(list(sizes), sample)
    return word, tuple(values)


def freeze(plan: Plan, names: dict[str, str]) -> Task:
    """Return the frozen task; names gives the name of each stratum key."""
    rows: list[dict] = []
    strata = []
    for key, (sample, reserve) in plan.samples.items():
        units = sorted((unit_id, x) for unit_id, own, x in plan.units if own == key)
        word, values = working_values(tuple(x for _, x in units), sample)
        for (unit_id, x), size_l in zip(units, values, strict=True):
            rows.append({"unit_id": unit_id, "stratum": names[key], "x": x, "L": size_l})
        table = {"stratum": names[key], "units": len(units), "sample": sample, "reserve": reserve}
        strata.append(table | {"size_total": str(sum(x for _, x in units)), "working": word})
    rows.sort(key=lambda row: row["unit_id"])
    strata.sort(key=lambda row: row["stratum"].encode())
    excluded = [{"unit_id": one, "reason": reason, "rule": rule} for one, reason, rule in sorted(plan.excluded)]
    return Task(plan.task_id, plan.access, plan.group, rows, excluded, strata)


def credit_code(number: int) -> str:
    """Return a made-up 统一社会信用代码 with a right check digit."""
    head = f"91320500MA{number:07d}"
    return next(head + sign for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY" if is_credit_code(head + sign))


CODES = tuple(credit_code(number) for number in range(1, 31))
FIRE = Plan(
    "fire-01",
    ("fire-a",),
    "F1",
    tuple((CODES[i], "D-320505", (900, 40, 55, 23, 61, 38, 47, 29, 33, 52)[i]) for i in range(10))
    + tuple((f"shop.{i:02d}", "ABC-320505", 10) for i in range(9)),
    {"D-320505": (3, 2), "ABC-320505": (2, 2)},
    excluded=((CODES[20], "cap", "shared/yearly_visit_cap"), (CODES[21], "whitelist", "suzhou/whitelist-2026")),
)
MARKET = Plan(
    "market-07",
    ("market-a", "market-b"),
    "M1",
    tuple((CODES[i], "ABCD", (3, 9, 4, 7, 5, 8)[i % 6]) for i in range(4, 16)),
    {"ABCD": (3, 3)},
    disclosure="never",
)
FOOD = Plan(
    "food-03",
    ("food",),
    "M1",
    (*tuple((f"food-{i:03d}", "A", 30 + i * 7 % 31) for i in range(60)), ("food-999", "A", 10000)),
    {"A": (25, 2)},
    group="task.food-03",
    held=1,
)
OPEN = Plan(
    "open-02",
    ("open",),
    "O1",
    tuple((f"open_{i}", "ABCD", 7) for i in range(8)),
    {"ABCD": (2, 2)},
    access="open",
    disclosure="before",
    group="task.open-02",
    excluded=(("open_8", "not_in_force", "shared/in_force"),),
)
PLANS = (FIRE, FOOD, MARKET, OPEN)
SMALL = (FIRE, OPEN)


def roster() -> list[dict]:
    """Return the inspectors of the three offices."""
    rows = []
    for office, scopes in (("F1", ["fire-a"]), ("M1", ["food", "market-a", "market-b"]), ("O1", ["*"])):
        for number in range(6 if office == "F1" else 5):
            row = {"inspector_id": f"{office}-{number}", "office": office, "from": "2026-01-01", "until": "2027-12-31"}
            rows.append(row | {"scopes": scopes, "daily_limit": 1 if number == 0 else 2, "absent": []})
    return rows


def texts(rows: list[dict]) -> list[dict]:
    """Return rows with every cell as the text that stands in the file."""
    return [{k: " ".join(sorted(v)) if isinstance(v, list) else str(v) for k, v in row.items()} for row in rows]
