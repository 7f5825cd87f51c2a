"""Splits against the truth: exhaustive search over every part's half-day, or none."""

import random
from itertools import combinations, product
from types import SimpleNamespace
from typing import Any

import pytest

from supervision.canonical import canonical_json
from supervision.planner.crew import Crew, Grid, crews
from supervision.planner.safety import alone, group_of, shortage
from supervision.planner.splits import fewest_slots
from supervision.planner.teams import team

HALF_DAYS = ("T1", "T2")


def rows(frame: Any) -> list[str]:
    """A frame as CSV lines without the header."""
    lines: list[str] = frame.to_csv(index=False, header=False).splitlines()
    return lines


def away(*days: int) -> str:
    """The half-days of some days of December, as absences."""
    return " ".join(f"2026-12-0{d}{h}" for d in days for h in HALF_DAYS)


@pytest.fixture
def one(small: Any, kit: SimpleNamespace) -> Any:
    """One unit, drawn by T1 (1 to 3 December) and T2 (3 to 7 December), both for the market office's item."""
    small.days = [f"2026-12-0{d}" for d in (1, 2, 3, 4, 7)]
    small.tasks = {"T1": kit.task("T1", "m1", 1, 3), "T2": kit.task("T2", "m2", 3, 7)}
    small.drawn = [("T1", "U1"), ("T2", "U1")]
    small.units = small.units[:1]
    return small


def held(world: Any) -> tuple[object, ...]:
    """Visits, held, proven not held, fewest visits and status, after the check."""
    plan = world.solve(iterations=20)
    assert world.check(plan) == []
    total = plan.certificate["total"]
    return tuple(total[k] for k in ("visits", "held", "proven_not_held", "fewest_visits", "status"))


def test_leave_on_the_common_day_splits_the_visit(one: Any, kit: SimpleNamespace) -> None:
    """Both inspectors are away on 3 December, the only common day: two visits, which are the fewest."""
    one.roster = [kit.inspector(f"M{n}", "M", "m1 m2", absent=away(3)) for n in (1, 2)]
    assert held(one) == (2, 2, 0, 2, "optimal")
    assert one.demand().impossible.empty


def test_certificates_that_end_early_split_the_visit(one: Any, kit: SimpleNamespace) -> None:
    """Those who hold m1 are there until 2 December only."""
    first = [(f"A{n}", "M", "2026-12-01", "2026-12-02", "m1", "2", "") for n in (1, 2)]
    one.roster = first + [kit.inspector(f"B{n}", "M", "m2") for n in (1, 2)]
    assert held(one) == (2, 2, 0, 2, "optimal")


def test_offices_present_on_different_days_come_separately(one: Any, kit: SimpleNamespace) -> None:
    """One task needs two offices that are never there together: each comes by itself, and the task is held."""
    one.items["f1"] = kit.item("f1", "fire")
    one.tasks = {"T": kit.task("T", "m1 f1")}
    one.drawn = [("T", "U1")]
    one.roster = [kit.inspector(f"M{n}", "M", "m1", absent=away(3, 4, 7)) for n in (1, 2)]
    one.roster += [kit.inspector(f"F{n}", "F", "f1", absent=away(1, 2)) for n in (1, 2)]
    assert held(one) == (2, 2, 0, 2, "optimal")


def test_visits_of_one_unit_never_share_a_half_day(one: Any, kit: SimpleNamespace) -> None:
    """Three offices, two of them often there: the unit's two visits have overlapping windows and stay apart."""
    one.items |= {"f1": kit.item("f1", "fire"), "m2": kit.item("m2", "market", half_days=2)}
    one.tasks = {"T": kit.task("T", "m1 m2 f1")}
    one.drawn = [("T", "U1")]
    one.days = one.days[:1]
    one.roster = [kit.inspector(f"M{n}", "M", "m2") for n in (1, 2)]
    one.roster += [kit.inspector(f"N{n}", "M", "m1", absent="2026-12-01T1") for n in (1, 2)]
    one.roster += [kit.inspector(f"F{n}", "F", "f1") for n in (1, 2)]
    assert held(one) == (2, 1, 0, 2, "limit")


def test_each_item_has_its_own_people(one: Any, kit: SimpleNamespace) -> None:
    """Two people for each of two items that different people hold are four places; with one holder it is impossible."""
    one.tasks = {"T": kit.task("T", "m1 m2")}
    one.drawn = [("T", "U1")]
    one.roster = [kit.inspector(f"{i}{n}", "M", i) for i in ("m1", "m2") for n in (1, 2)]
    assert rows(one.demand().needs) == ["1,M,2,1,m1", "1,M,2,1,m2"]
    assert held(one) == (1, 1, 0, 1, "optimal")
    one.roster = one.roster[1:]
    assert rows(one.demand().needs) == ["1,M,2,1,m2"]
    assert list(one.solve(iterations=0).unheld["text_en"]) == [
        "Market Huqiu（M） needs 2 certified inspectors for m1, has 1; widen scopes or add inspectors"
    ]


@pytest.mark.parametrize("seed", range(40))
def test_fewest_slots_are_the_fewest(seed: int) -> None:
    """No smaller set of slots hits every mask."""
    luck = random.Random(seed)
    masks = [luck.randrange(1, 256) & luck.randrange(1, 256) or 1 for _ in range(luck.randint(1, 7))]
    found = fewest_slots(masks)
    assert all(any(m >> s & 1 for s in found) for m in masks)
    for fewer in combinations(range(8), len(found) - 1):
        assert not all(any(m >> s & 1 for s in fewer) for m in masks)


def tiny(kit: SimpleNamespace, small: Any, seed: int) -> Any:
    """One or two units, up to three tasks, two offices, two days, few people who are often away."""
    luck = random.Random(seed)
    small.days = ["2026-12-01", "2026-12-02"]
    small.items = {
        i: kit.item(i, d, luck.choice((1, 1, 1, 2)), luck.choice((1, 2, 2)))
        for i, d in (("m1", "market"), ("m2", "market"), ("f1", "fire"))
    }
    small.tasks = {}
    for n in range(3):
        first = luck.choice((1, 1, 2))
        items = " ".join(sorted(luck.sample(sorted(small.items), luck.choice((1, 1, 2)))))
        small.tasks[f"T{n}"] = kit.task(f"T{n}", items, first, luck.choice((first, 2)))
    small.units = small.units[: luck.choice((1, 2))]
    small.drawn = [(t, u[0]) for u in small.units for t in luck.sample(sorted(small.tasks), luck.choice((1, 2, 2)))]
    small.roster = []
    for office, scopes in (("M", ("m1", "m2", "m1 m2", "m1 m2")), ("F", ("f1",))):
        for n in range(luck.choice((2, 2, 3, 4))):
            gone = " ".join(f"{d}{h}" for d in small.days for h in HALF_DAYS if luck.random() < 0.3)
            small.roster.append(kit.inspector(f"{office}{n}", office, luck.choice(scopes), luck.choice((1, 2)), gone))
    return small


class Truth:
    """Most parts (items of tasks) that any choice of a half-day for each of them holds."""

    def __init__(self, world: Any, least: int = 2) -> None:
        self.world, self.least = world, least
        self.grid = Grid.of(next(iter(world.half_days.values())))
        self.crews = crews(world.table, self.grid, ["F", "M"])
        self.parts = [(u, t, i) for t, u in world.drawn for i in world.tasks[t].items]

    def most(self) -> tuple[int, int]:
        """Parts held at most, and the fewest visits that hold so many."""
        choices = [[None, *self.slots(task)] for _, task, _ in self.parts]
        best = (0, 0)
        for chosen in product(*choices):
            count = sum(s is not None for s in chosen)
            visits = len({(p[0], s) for p, s in zip(self.parts, chosen, strict=True) if s is not None})
            if (count, -visits) > best and self.sound(chosen):
                best = (count, -visits)
        return best[0], -best[1]

    def slots(self, task: str) -> list[int]:
        """Slots of a task's window."""
        own = self.world.tasks[task]
        return [s for s in self.grid.open if own.start.isoformat() <= self.grid.days[s // 2] <= own.end.isoformat()]

    def sound(self, chosen: tuple[int | None, ...]) -> bool:
        """Whether every office has the people every day, whoever is drawn."""
        asked: dict[tuple[str, int, str], set[str]] = {}
        for (unit, _, item), slot in zip(self.parts, chosen, strict=True):
            if slot is not None:
                asked.setdefault((unit, slot, "M" if item.startswith("m") else "F"), set()).add(item)
        groups: dict[tuple[str, int], list[Any]] = {}
        for (_, slot, office), items in asked.items():
            places = self.places(self.crews[office], frozenset(items), slot)
            if places is None:
                return False
            groups.setdefault((office, slot), []).extend(places)
        for office in ("F", "M"):
            for day in range(len(self.grid.days)):
                halves = [groups.get((office, 2 * day + h), []) for h in (0, 1)]
                if shortage(self.crews[office], day, *halves) is not None:
                    return False
        return True

    def places(self, crew: Crew, items: frozenset[str], slot: int) -> list[Any] | None:
        """The places for some items begun in a slot."""
        long = frozenset(i for i in items if self.world.items[i].half_days == 2)
        if long and slot % 2:
            return None
        present = crew.present[slot]
        whole = present & crew.present[slot + 1] & crew.twice if slot % 2 == 0 else 0
        teams = team(crew, {i: self.world.items[i].inspectors for i in items}, self.least, present, long, whole)
        if teams is None:
            return None
        halves = [max(self.world.items[i].half_days for i in t.items) for t in teams]
        found = tuple(group_of(crew, t.items, n, t.people, frozenset()) for t, n in zip(teams, halves, strict=True))
        return list(found) if slot in alone(crew, self.grid, found) else None


@pytest.mark.parametrize("seed", range(150))
def test_nothing_is_claimed_that_the_truth_allows(small: Any, kit: SimpleNamespace, seed: int) -> None:
    """What is proven not to be held and not to be possible never exceeds what exhaustive search leaves out."""
    world = tiny(kit, small, seed)
    truth = Truth(world)
    most, visits = truth.most()
    plan = world.solve(iterations=40)
    assert world.check(plan) == []
    total = plan.certificate["total"]
    lost = sum(
        len(t.split()) * len(i.split())
        for t, i in world.demand().impossible[["task_ids", "items"]].itertuples(index=False, name=None)
    )
    assert lost + total["proven_not_held"] <= len(truth.parts) - most
    if most == len(truth.parts):
        assert total["fewest_visits"] <= visits
    if len(world.units) == 1 and most == len(truth.parts):
        assert plan.unheld.empty


@pytest.mark.parametrize("seed", range(6))
def test_split_visits_repeat(small: Any, kit: SimpleNamespace, seed: int) -> None:
    """Shuffled rows give the same bytes, splits or not."""
    world = tiny(kit, small, seed)
    before = world.solve(iterations=40)
    for name in ("drawn", "units", "roster"):
        setattr(world, name, getattr(world, name)[::-1])
    after = world.solve(iterations=40)
    assert after.calendar.to_csv() == before.calendar.to_csv()
    assert after.unheld.to_csv() == before.unheld.to_csv()
    assert canonical_json(after.certificate) == canonical_json(before.certificate)
