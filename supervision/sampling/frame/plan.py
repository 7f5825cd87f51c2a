"""The plan of a frame (抽样框方案): strata, samples, sizes and working probabilities, from the counts of its cells.

All units of a cell are alike in it, so that the plan of millions is made from some thousand rows, and the plan of
partitions from their cells together is that of the whole.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from supervision.domain.items import Item, Task
from supervision.domain.strata import DUE
from supervision.errors import SupervisionError
from supervision.law.rules import Law
from supervision.messages import Message
from supervision.sampling.frame.allocation import Sizes, reserves, round_quotas
from supervision.sampling.frame.cells import Cells
from supervision.sampling.frame.coverage_strata import (
    Called,
    Level,
    called,
    called_samples,
    called_sizes,
    quotas_left,
    refuse_beyond,
    refuse_unreachable,
    wanted_millionths,
)
from supervision.sampling.frame.due_dates import Coverage
from supervision.sampling.frame.field_classes import only_field
from supervision.sampling.frame.limits import Limit, frequency_remarks, limit_of, minimum_remarks
from supervision.sampling.frame.members import NO_COVERAGE
from supervision.sampling.frame.merging import Merging, merge_strata
from supervision.sampling.frame.regime_check import refuse_below_floor
from supervision.sampling.frame.strata import equal_sizes, quotas_of, reserve_of, stratum_rows
from supervision.sampling.pareto.deviation import largest_deviation
from supervision.sampling.pareto.working_probability import bounded_sizes, check_sizes, size_total, working

MOST_DEVIATION = 0.01


@dataclass(frozen=True, kw_only=True, eq=False)
class Plan:
    """What a frame's units get (抽样框方案).

    `kinds`: stratum (category), x, L of each row of the cells that it was made from; `strata`, `remarks`, `levels` as
    in `Frame`.
    """

    kinds: pd.DataFrame
    strata: pd.DataFrame
    remarks: tuple[Message, ...]
    levels: tuple[Level, ...]


def plan_frame(task: Task, chosen: list[Item], cells: Cells, *, law: Law, coverage: Coverage = NO_COVERAGE) -> Plan:
    """Return the plan of a task's frame (制定抽样框方案); `chosen`: its items, `cells`: those of all its members.

    Raises SupervisionError where the task cannot be drawn as it stands.
    """
    if not cells.units:
        whole = {"population": task.population, "units": cells.excluded}
        raise SupervisionError("sampling.empty_frame", task=task.task_id, **whole)
    asked = [duty for duty in coverage.duties if duty.asks_of(task.items) and task.regime != "full"]
    refuse_unreachable(task, chosen, asked, law=law)
    found = _called(task, cells)
    names = pd.Index(sorted(set(cells.kept["stratum"])))
    by_class = pd.Series(pd.Categorical(cells.kept["stratum"], categories=names))
    rows = pd.DataFrame({"stratum": by_class, "x": cells.kept["x"], "many": cells.kept["many"]})
    rows, samples, spare, notes = _allocated(task, chosen, rows, found, law=law)
    rows, table = _worked(task, rows, samples, spare)
    notes += frequency_remarks(task, chosen)
    notes += minimum_remarks(task, chosen, sample=sum(samples.values()), units=cells.units)
    if cells.rarer and equal_sizes(task):
        notes.append(Message.of("sampling.factor_unused", task=task.task_id, units=cells.rarer))
    if cells.missed:
        notes.append(Message.of("sampling.coverage_excluded", task=task.task_id, units=cells.missed))
    return Plan(kinds=rows[["stratum", "x", "L"]], strata=table, remarks=tuple(notes), levels=found.levels)


def _called(task: Task, cells: Cells) -> Called:
    """Who is called for by its date; an open list has no strata for them."""
    kept, waiting = cells.kept, cells.waiting
    found = called(
        kept["occasion"].to_numpy(),
        kept["region"],
        waiting["occasion"].to_numpy(),
        waiting["region"],
        many=kept["many"].to_numpy(),
        waiting_many=waiting["many"].to_numpy(),
    )
    if found.units and task.access == "open":
        raise SupervisionError("sampling.coverage_open", task=task.task_id, units=sum(found.units.values()))
    return found


def _allocated(
    task: Task, chosen: list[Item], rows: pd.DataFrame, found: Called, *, law: Law
) -> tuple[pd.DataFrame, Sizes, Sizes, list[Message]]:
    """Strata with their samples and reserves: those called for by their dates, the others by their ratios."""
    by_class, fixed_units = rows["stratum"], found.units
    x, many = rows["x"].to_numpy(), rows["many"].to_numpy()
    units = _counts(rows[found.stratum != DUE])
    quotas = quotas_of(task, units, law=law, field=only_field(chosen), due=fixed_units.get(DUE, 0))
    refuse_below_floor(task, chosen, quotas, units, law)
    left = _counts(rows[found.stratum == ""])
    fixed, sizes = {}, x
    if fixed_units:
        not_due = found.stratum != DUE
        wanted = np.ones(len(rows), dtype=np.int64)
        wanted[not_due] = wanted_millionths(by_class[not_due], quotas, x[not_due], many[not_due])
        fixed, sizes = called_samples(found, wanted), called_sizes(found, wanted, x)
        free = found.stratum[not_due] == ""
        quotas = quotas_left(by_class[not_due], quotas, x[not_due], free, many[not_due])
    limit = limit_of(task, chosen, wanted=sum(quotas.values(), Fraction(0)), units=int(many.sum()), law=law)
    refuse_beyond(task, fixed, quotas, limit)
    most = limit.most - sum(fixed.values())
    merging = merge_strata(left, most=most) if left else Merging(into={}, steps=())
    own = merging.units(left)
    samples = round_quotas(merging.quotas(quotas), own, most=most)
    ahead = {name: many for name, many in fixed.items() if name != DUE}
    spare = reserves(samples | ahead, own | fixed_units, reserve_of(task, law=law))
    spare |= {name: 0 for name in fixed if name == DUE}
    rows = rows.assign(stratum=_named(by_class, merging, found), x=sizes)
    rows, cut = _bounded(task, rows, samples | fixed)
    asked = math.floor(sum(quotas.values(), Fraction(0)) + Fraction(1, 2))
    notes = _merging_remarks(task, merging, limit) + cut
    if fixed and asked > most:
        told = {"wanted": sum(fixed.values()), "asked": asked, "left": sum(samples.values())}
        notes.append(Message.of("sampling.coverage_room", **limit.params(task), **told))
    return rows, samples | fixed, spare, notes


def _named(by_class: pd.Series[Any], merging: Merging, found: Called) -> pd.Categorical:
    """Return each unit's stratum after merging, and that of the units called for by their dates."""
    fixed = sorted(found.units)
    names = [*(merging.into.get(str(name), str(name)) for name in by_class.cat.categories), *fixed]
    codes = by_class.cat.codes.to_numpy().astype(np.int64)
    for number, name in enumerate(fixed):
        codes = np.where(found.stratum == name, len(by_class.cat.categories) + number, codes)
    used, codes = np.unique(codes, return_inverse=True)
    code, final = pd.factorize(pd.Series([names[one] for one in used], dtype="str"), sort=True)
    return pd.Categorical.from_codes(code[codes], categories=pd.Index(final))


def _counts(rows: pd.DataFrame) -> Sizes:
    """Units of each stratum that has any, by its name."""
    counts = rows.groupby("stratum", observed=True)["many"].sum().items()
    return {str(name): int(many) for name, many in counts if many}


def _merging_remarks(task: Task, merging: Merging, limit: Limit) -> list[Message]:
    params = limit.params(task)
    return [Message.of(s.code, **params, strata=s.strata, merged=s.merged) for s in merging.steps]


def _bounded(task: Task, rows: pd.DataFrame, samples: Sizes) -> tuple[pd.DataFrame, list[Message]]:
    """Cut sizes off where section 2.2 asks for it in a large stratum, and say so."""
    x, notes = rows["x"].to_numpy().copy(), []
    many = rows["many"].to_numpy()
    table = pd.DataFrame({"stratum": pd.Series(sorted(samples), dtype="str")})
    for entry, part in stratum_rows(rows, table):
        name = str(entry["stratum"])
        cut = bounded_sizes(x[part], samples[name], many[part])
        if int(cut.max()) < int(x[part].max()):
            notes.append(Message.of("sampling.sizes_cut", task=task.task_id, stratum=name, most=int(cut.max())))
        x[part] = cut
    return rows.assign(x=x), notes


def _worked(task: Task, rows: pd.DataFrame, samples: Sizes, spare: Sizes) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Working probabilities of every stratum, and the strata table."""
    names = sorted(samples)
    table = pd.DataFrame({"stratum": pd.Series(names, dtype="str")})
    table["sample"] = [samples[name] for name in names]
    L = np.empty(len(rows), dtype=np.int64)
    found: list[tuple[int, int, int, int, str]] = []
    for entry, part in stratum_rows(rows, table):
        name, x, many = str(entry["stratum"]), rows["x"].to_numpy()[part], rows["many"].to_numpy()[part]
        where = f"{task.task_id}/{name}"
        check_sizes(x, sample=samples[name], reserve=spare[name], where=where, many=many)
        worked = working(x, samples[name], many)
        if worked.method == "pareto":
            refuse_deviation(largest_deviation(x, worked.L, samples[name], many), where=where)
        L[part] = worked.L
        units, total = int(many.sum()), size_total(x, many)
        found.append((units, samples[name], spare[name], total, worked.method))
    columns = ["units", "sample", "reserve", "size_total", "working"]
    entries = pd.DataFrame(found, columns=columns).astype({"working": "str"})
    return rows.assign(L=L), pd.concat([table[["stratum"]], entries], axis=1)


def refuse_deviation(found: float, *, where: str) -> None:
    """Refuse a stratum whose probabilities would be off by more than one in a hundred (概率偏差过大不得承诺)."""
    if found > MOST_DEVIATION:
        raise SupervisionError("sampling.deviation", where=where, deviation=found, most=MOST_DEVIATION)
