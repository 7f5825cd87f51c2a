"""A drawn unit on its way to visits (一户的合并与拆分): as few visits as its windows and the offices' people allow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_
from typing import NamedTuple

from supervision.domain.items import Task
from supervision.planner.region import Places, Region
from supervision.planner.splits import fewest_slots, slot_mask, slots_of
from supervision.planner.windows import fewest_groups, slots_between


class Part(NamedTuple):
    """One item of one task (一项检查内容): its office, its task's window, and the mask of slots with enough people."""

    task: str
    item: str
    office: str
    window: tuple[int, int]
    slots: int


class Visit(NamedTuple):
    """A visit to be (一次检查): common window, parts, and rows of needs (office, people, half_days, items)."""

    window: tuple[int, int]
    parts: tuple[Part, ...]
    needs: tuple[tuple[str, int, int, str], ...]

    @property
    def tasks(self) -> list[str]:
        """Its tasks, sorted (任务)."""
        return sorted({p.task for p in self.parts})


@dataclass(kw_only=True)
class Unit:
    """One unit (检查对象). `visits` fills `parts` (what nobody can hold) and `fewest` (visits needed at least)."""

    unit: str
    region: Region
    tasks: Mapping[str, Task]
    recused: frozenset[str]
    parts: list[tuple[object, ...]] = field(default_factory=list)
    fewest: int = 0

    def visits(self, names: Sequence[str]) -> list[Visit]:
        """Return the unit's visits by time (该户的检查).

        Tasks whose windows meet share a visit. Where such a visit is never possible, the unit's parts are laid on the
        fewest half-days that serve them all.
        """
        parts = self._possible(self._wanted(names))
        groups = fewest_groups({p.task: p.window for p in parts})
        found = [self._visit([p for p in parts if p.task in own]) for _, own in groups]
        made = [v for v in found if v is not None]
        self.fewest = len(groups)
        if len(made) < len(groups):
            chosen = fewest_slots([p.slots for p in parts])
            self.fewest = len(chosen)
            made = self._split(parts, chosen)
        return sorted(made, key=lambda v: (v.window, v.needs, v.tasks))

    def asked(self, visit: Visit) -> list[tuple[object, ...]]:
        """Return what each part of a visit asks of its office (各事项所需人数): rows of Demand.asked."""
        rows: list[tuple[object, ...]] = []
        for part in sorted(visit.parts, key=lambda p: (p.office, p.item, p.task)):
            item, grid = self.region.items[part.item], self.region.grid
            rows.append(
                (
                    part.office,
                    part.item,
                    item.inspectors,
                    max(item.inspectors, self.region.least),
                    item.half_days,
                    grid.name(part.window[0]),
                    grid.name(part.window[1]),
                )
            )
        return rows

    def _wanted(self, names: Sequence[str]) -> list[Part]:
        """Parts that can be asked of somebody; the others are noted."""
        found = []
        nobody: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for name in names:
            task = self.tasks[name]
            window = slots_between(self.region.grid, task.start.isoformat(), task.end.isoformat())
            for item in sorted(set(task.items)):
                department = self.region.items[item].department
                office = self.region.offices.get(department)
                if window is None:
                    nobody.setdefault(("no_half_day", office or department), []).append((name, item))
                elif office is None:
                    nobody.setdefault(("no_office", department), []).append((name, item))
                else:
                    slots = self.region.enough(office, item, self.region.away(office, self.recused))[0]
                    inside = (1 << window[1] + 1) - (1 << window[0])
                    found.append(Part(name, item, office, window, slots & inside))
        for (reason, office), lost in sorted(nobody.items()):
            people = max(self.region.least, *(self.region.items[i].inspectors for _, i in lost))
            self._lose(lost, reason, office, (people, 0))
        return found

    def _lose(self, lost: Sequence[tuple[str, str]], reason: str, office: str, figures: tuple[int, int]) -> None:
        """Note parts (task, item) that cannot be held."""
        names = sorted({n for n, _ in lost})
        start = min(self.tasks[n].start for n in names).isoformat()
        end = max(self.tasks[n].end for n in names).isoformat()
        lists = (" ".join(names), " ".join(sorted({i for _, i in lost})))
        self.parts.append((self.unit, *lists, reason, office, *figures, self.region.name, start, end))

    def _possible(self, wanted: Sequence[Part]) -> list[Part]:
        """Parts with a slot in which their office has enough people; the others are noted with figures."""
        found = [self._with_company(p, wanted) for p in wanted]
        lost: dict[tuple[str, str, str, int, int], list[tuple[str, str]]] = {}
        for part, before in zip(found, wanted, strict=True):
            if not part.slots:
                lost.setdefault((part.office, part.item, *self._why(before)), []).append((part.task, part.item))
        for (office, _, reason, needed, available), own in sorted(lost.items()):
            self._lose(own, reason, office, (needed, available))
        return [p for p in found if p.slots]

    def _with_company(self, part: Part, wanted: Sequence[Part]) -> Part:
        """The part with only those slots in which its office's least number of people can come, whatever they hold."""
        region = self.region
        if region.items[part.item].inspectors >= region.least:
            return part
        away, kept = region.away(part.office, self.recused), []
        for slot in slots_of(part.slots):
            items = frozenset(p.item for p in wanted if p.office == part.office and p.slots >> slot & 1)
            if region.together(part.office, items, 1 << slot, away)[slot] >= region.least:
                kept.append(slot)
        return part._replace(slots=slot_mask(kept))

    def _why(self, part: Part) -> tuple[str, int, int]:
        """Reason and figures of a part nobody can hold: people needed, and there ever or at once."""
        region = self.region
        away = region.away(part.office, self.recused)
        crew = region.crews[part.office]
        needed = max(region.least, region.items[part.item].inspectors)
        ever = 0
        for slot in range(part.window[0], part.window[1] + 1):
            ever |= crew.present[slot]
        able = (ever & crew.covering(frozenset([part.item]), away)).bit_count()
        if able < needed:
            return "no_scope", needed, able
        people = region.enough(part.office, part.item, away)[1]
        return "too_few_at_once", needed, max(people[part.window[0] : part.window[1] + 1])

    def _visit(self, parts: Sequence[Part], at: int | None = None) -> Visit | None:
        """The visit for some parts, or None when no slot has the people; with `at` it must be possible then."""
        window = (max(p.window[0] for p in parts), min(p.window[1] for p in parts))
        places = self._places(parts, window, None)
        common = _common(places)
        if common == 0 or (at is not None and not common >> at & 1):
            both = slots_of(_all(p.slots for p in parts))
            for slot in both if at is None else [at]:
                places = self._places(parts, window, slot)
                if _common(places) >> slot & 1:
                    break
            else:
                return None
        rows = []
        for office, own in sorted(places.items()):
            rows.extend(_rows(self.region, office, own))
        return Visit(window, tuple(parts), tuple(rows))

    def _places(self, parts: Sequence[Part], window: tuple[int, int], at: int | None) -> dict[str, Places | None]:
        found = {}
        for office in sorted({p.office for p in parts}):
            items = frozenset(p.item for p in parts if p.office == office)
            found[office] = self.region.places(office, items, window, self.region.away(office, self.recused), at)
        return found

    def _split(self, parts: Sequence[Part], chosen: Sequence[int]) -> list[Visit]:
        """One visit for each chosen slot: each task as whole as can be, early slots first.

        An office's parts that lack the law's least number of people in their slot are tried in the others, and stay a
        visit of their own, without a start, where none will do.
        """
        groups: dict[int, list[Part]] = {}
        for part in parts:
            whole = {s: sum(1 for p in parts if p.task == part.task and p.slots >> s & 1) for s in chosen}
            slot = min((s for s in chosen if part.slots >> s & 1), key=lambda s: (-whole[s], s))
            groups.setdefault(slot, []).append(part)
        made = []
        for slot, own in sorted(groups.items()):
            for office in sorted({p.office for p in own}):
                mine = [p for p in own if p.office == office]
                if self._visit(mine, slot) is None:
                    own = [p for p in own if p.office != office]
                    made.append(self._lonely(mine))
            visit = self._visit(own, slot) if own else None
            if visit is not None:
                made.append(visit)
        return made

    def _lonely(self, parts: Sequence[Part]) -> Visit:
        """A visit of one office in another slot, or one that nobody can start; its places as the items ask."""
        found = self._visit(parts)
        if found is not None:
            return found
        window = (max(p.window[0] for p in parts), min(p.window[1] for p in parts))
        items = frozenset(p.item for p in parts)
        people = max(self.region.least, *(self.region.items[i].inspectors for i in items))
        row = (parts[0].office, people, self.region.half_days(items), " ".join(sorted(items)))
        return Visit(window, tuple(parts), (row,))


def _rows(region: Region, office: str, own: Places | None) -> list[tuple[str, int, int, str]]:
    teams = own.teams if own else ()
    return [(office, t.people, region.half_days(t.items), " ".join(sorted(t.items))) for t in teams]


def _common(places: Mapping[str, Places | None]) -> int:
    return _all(p.starts if p else 0 for p in places.values())


def _all(masks: Iterable[int]) -> int:
    """The slots in all masks."""
    return reduce(and_, masks)
