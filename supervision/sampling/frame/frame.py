"""The frame of a task (抽样框): who may be drawn, in which stratum, with which size; draw protocol 2, section 2.

A sealed task has a stratum for each credit-risk class (and region, where the task says so); an open task has one with
equal sizes, and so has a full coverage, in which the draw gives the order of the batches. Where a legal maximum does
not allow one unit in each stratum, strata are merged as `merging` says, and a remark says which and why.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from supervision.domain.items import Item, Task
from supervision.domain.population import Population
from supervision.domain.ratio import parse_allocation
from supervision.domain.strata import DUE
from supervision.errors import SupervisionError
from supervision.law.rules import Law
from supervision.messages import Message
from supervision.sampling.bytes.identifiers import check_unit_ids
from supervision.sampling.frame.allocation import Sizes, reserves, round_quotas
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
from supervision.sampling.frame.due_dates import Coverage, Dates, earliest_occasions
from supervision.sampling.frame.exclusion import REASONS, Exclusion, exclude
from supervision.sampling.frame.field_classes import only_field
from supervision.sampling.frame.limits import Limit, frequency_remarks, limit_of, minimum_remarks, task_items
from supervision.sampling.frame.merging import Merging, merge_strata
from supervision.sampling.frame.past_visits import past_visits
from supervision.sampling.frame.regime_check import refuse_below_floor, refuse_unlawful
from supervision.sampling.frame.strata import (
    BY_RULE,
    equal_sizes,
    quotas_of,
    reserve_of,
    scaled_factors,
    scores_of,
    sizes_of,
    strata_of,
)
from supervision.sampling.frame.unit_positions import Rows
from supervision.sampling.pareto.deviation import largest_deviation
from supervision.sampling.pareto.working_probability import bounded_sizes, check_sizes, inclusion_probability, working

MOST_DEVIATION = 0.01
COLUMNS = ["unit_id", "status", "type", "region", "established"]
FOR_CAPS = ["tags", "address"]
FOR_NOW = ("cap", "interval", "other_level")  # reasons that pass, while the date stays
NO_COVERAGE = Coverage()


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One task's frame (抽样框), sorted by the bytes of unit_id; `build_frame` makes it.

    Attributes
    ----------
    task
        The task.
    rows
        unit_id (str), stratum (category), x, L (int64; L = working probability × 2^53).
    excluded
        unit_id (str), reason, rule (category).
    strata
        stratum (str), units, sample, reserve, size_total (int64), working (str), sorted by stratum.
    remarks
        What a user should know and nothing forbids.
    levels
        What dates ask of each region this round (`coverage_strata`), none where no duty does.

    Examples
    --------
    >>> import pandas as pd, supervision
    >>> rows = pd.DataFrame({"unit_id": ["u1", "u2"], "stratum": pd.Categorical(["all", "all"]), "x": [1, 1],
    ...                      "L": [2**52, 2**52]})
    >>> strata = pd.DataFrame({"stratum": ["all"], "units": [2], "sample": [1], "reserve": [0], "size_total": [2],
    ...                        "working": ["pareto"]})
    >>> supervision.Frame(task=None, rows=rows, excluded=rows[:0], strata=strata).inclusion()["probability"].tolist()
    [0.5, 0.5]
    """

    task: Task
    rows: pd.DataFrame
    excluded: pd.DataFrame
    strata: pd.DataFrame
    remarks: tuple[Message, ...] = ()
    levels: tuple[Level, ...] = ()

    def inclusion(self) -> pd.DataFrame:
        """Return the wanted inclusion probabilities (入样概率): unit_id, probability (float64), for previews."""
        found = np.empty(len(self.rows))
        for stratum, part in stratum_rows(self.rows, self.strata):
            found[part] = inclusion_probability(self.rows["x"].to_numpy()[part], int(stratum["sample"]))
        return pd.DataFrame({"unit_id": self.rows["unit_id"], "probability": found})


def build_frame(
    task: Task,
    *,
    items: Mapping[str, Item],
    entities: pd.DataFrame,
    scores: pd.DataFrame,
    exemptions: pd.DataFrame,
    visits: pd.DataFrame,
    caps: pd.DataFrame,
    law: Law,
    coverage: Coverage = NO_COVERAGE,
    other_level: Collection[str] = (),
) -> Frame:
    """Build one task's frame (生成抽样框).

    `entities`: unit_id, status, type, region, established and the columns of the task's population condition; tags
    and address where a cap counts by field or place.
    `scores`: unit_id, score (0–1000), class (A–D) of everybody in the population, as `task_scores` gives them for the
    task; open and full tasks look at none.
    `exemptions`, `caps`: the registers; `visits`: the history register's unit_id, agency, date, kind, visit_no and,
    where known, item_id, on_site, level, place, result, of the calendar year and as far back as the longest interval
    and the years of a duty. `law`: the rules on the first day of the window; only those that the task needs are asked
    for. `coverage`: the city's duties; the columns of their populations stand in `entities`. `other_level`: units that
    another level of a department of the task's visits in the month. Raises SupervisionError where the task cannot be
    drawn as it stands.
    """
    check_task(task)
    chosen = task_items(task, items)
    refuse_unlawful(task, chosen, law)
    entities = entities.reset_index(drop=True)
    columns = [
        name for name in dict.fromkeys((*COLUMNS, *FOR_CAPS, *sorted(coverage.columns))) if name in entities.columns
    ]
    pool = entities.loc[Population.parse(task.population).matches(entities), columns]
    if not pool["unit_id"].is_monotonic_increasing:
        pool = pool.sort_values("unit_id")
    check_unit_ids(pool["unit_id"])
    dates = dates_in(task, pool, visits, coverage)
    out = exclude(
        task,
        entities=pool,
        departments={item.department for item in chosen},
        items=chosen,
        scores=scores,
        exemptions=exemptions,
        visits=visits,
        caps=caps,
        law=law,
        coverage=coverage,
        dates=dates,
        other_level=other_level,
    )
    kept = np.flatnonzero(out.reason < 0)
    if not len(kept):
        raise SupervisionError("sampling.empty_frame", task=task.task_id, population=task.population, units=len(pool))
    if equal_sizes(task):
        rows = _equal(task, pool.take(kept))
    else:
        known = scores_of(task, pool["unit_id"].take(kept), entities["unit_id"], scores)
        rows = _sized(task, pool.take(kept), kept, known=known, out=out, law=law)
    asked = [duty for duty in coverage.duties if duty.asks_of(task.items) and task.regime != "full"]
    refuse_unreachable(task, chosen, asked, law=law)
    occasion = earliest_occasions({duty.name: dates[duty.name] for duty in asked}, len(pool))
    found = _called(task, occasion, kept, pool, out)
    rows, samples, spare, notes = _allocated(task, chosen, rows, found, law=law)
    rows, table = _worked(task, rows, samples, spare)
    notes += frequency_remarks(task, chosen)
    notes += minimum_remarks(task, chosen, sample=sum(samples.values()), units=len(kept))
    if out.factor and equal_sizes(task):
        notes.append(Message.of("sampling.factor_unused", task=task.task_id, units=len(out.factor)))
    if missed := int((occasion[out.reason >= 0] == 0).sum()):
        notes.append(Message.of("sampling.coverage_excluded", task=task.task_id, units=missed))
    excluded = _excluded(pool, out)
    return Frame(task=task, rows=rows, excluded=excluded, strata=table, remarks=tuple(notes), levels=found.levels)


def dates_in(task: Task, pool: pd.DataFrame, visits: pd.DataFrame, coverage: Coverage) -> dict[str, Dates]:
    """Return what the city's duties ask of a task's population (任务范围内的应检期限), by the duty's name."""
    if not coverage.duties:
        return {}
    return coverage.dates(pool, past_visits(pool, visits), month=task.start.replace(day=1))


def _called(task: Task, occasion: Rows, kept: Rows, pool: pd.DataFrame, out: Exclusion) -> Called:
    """Who is called for by its date; an open list has no strata for them."""
    waits = np.flatnonzero(np.isin(out.reason, [REASONS.index(name) for name in FOR_NOW]))
    region = pool["region"].reset_index(drop=True)
    found = called(occasion[kept], region.take(kept), occasion[waits], region.take(waits))
    if found.units and task.access == "open":
        raise SupervisionError("sampling.coverage_open", task=task.task_id, units=sum(found.units.values()))
    return found


def _allocated(
    task: Task, chosen: list[Item], rows: pd.DataFrame, found: Called, *, law: Law
) -> tuple[pd.DataFrame, Sizes, Sizes, list[Message]]:
    """Strata with their samples and reserves: those called for by their dates, the others by their ratios."""
    by_class, fixed_units, x = rows["stratum"], found.units, rows["x"].to_numpy()
    units = _counts(by_class[found.stratum != DUE])
    quotas = quotas_of(task, units, law=law, field=only_field(chosen), due=fixed_units.get(DUE, 0))
    refuse_below_floor(task, chosen, quotas, units, law)
    left = _counts(by_class[found.stratum == ""])
    fixed, sizes = {}, x
    if fixed_units:
        not_due = found.stratum != DUE
        wanted = np.ones(len(rows), dtype=np.int64)
        wanted[not_due] = wanted_millionths(by_class[not_due], quotas, x[not_due])
        fixed, sizes = called_samples(found, wanted), called_sizes(found, wanted, x)
        quotas = quotas_left(by_class[not_due], quotas, x[not_due], found.stratum[not_due] == "")
    limit = limit_of(task, chosen, wanted=sum(quotas.values(), Fraction(0)), units=len(rows), law=law)
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


def _counts(stratum: pd.Series[Any]) -> dict[str, int]:
    """Units of each stratum that has any, by its name."""
    counts = stratum.value_counts(sort=False).items()
    return {str(name): int(many) for name, many in counts if many}


def check_task(task: Task) -> None:
    """Check a task in itself (校验任务): an open list has one ratio, full coverage 100 %, the window an order."""
    named = parse_allocation(task.ratio) if task.ratio != BY_RULE else {}
    if task.access == "open" and (task.by_region or isinstance(named, dict)):
        raise SupervisionError("sampling.open_task", task=task.task_id, ratio=task.ratio)
    if task.regime == "full" and named != Fraction(1):
        raise SupervisionError("sampling.full_ratio", task=task.task_id, ratio=task.ratio)
    if task.start > task.end:
        raise SupervisionError("sampling.window", task=task.task_id, start=task.start, end=task.end)


def stratum_rows(rows: pd.DataFrame, strata: pd.DataFrame) -> list[tuple[dict[Hashable, Any], Rows]]:
    """Return each stratum's entry and its rows (逐层取行), in the order of `strata`."""
    codes = rows["stratum"].cat.codes.to_numpy()
    place = {str(name): code for code, name in enumerate(rows["stratum"].cat.categories)}
    entries = strata.to_dict("records")
    return [(entry, np.flatnonzero(codes == place[str(entry["stratum"])])) for entry in entries]


def _equal(task: Task, pool: pd.DataFrame) -> pd.DataFrame:
    """Strata and sizes of an open or full task."""
    stratum = strata_of(task, pool["region"], None)
    return pd.DataFrame({"unit_id": pool["unit_id"].array, "stratum": stratum, "x": np.int64(1)})


def _sized(
    task: Task, pool: pd.DataFrame, kept: Rows, *, known: pd.DataFrame, out: Exclusion, law: Law
) -> pd.DataFrame:
    """Strata and sizes of the units that stay; `kept` are their rows in the population."""
    stratum = strata_of(task, pool["region"].reset_index(drop=True), known["class"])
    factor, scale = scaled_factors(out.factor, kept)
    floor = int(law.value("shared/size_floor"))
    x = sizes_of(known["score"].to_numpy(), floor=floor, factor=factor, scale=scale)
    return pd.DataFrame({"unit_id": pool["unit_id"].array, "stratum": stratum, "x": x})


def _merging_remarks(task: Task, merging: Merging, limit: Limit) -> list[Message]:
    params = limit.params(task)
    return [Message.of(s.code, **params, strata=s.strata, merged=s.merged) for s in merging.steps]


def _bounded(task: Task, rows: pd.DataFrame, samples: Sizes) -> tuple[pd.DataFrame, list[Message]]:
    """Cut sizes off where section 2.2 asks for it in a large stratum, and say so."""
    x, notes = rows["x"].to_numpy().copy(), []
    table = pd.DataFrame({"stratum": pd.Series(sorted(samples), dtype="str")})
    for entry, part in stratum_rows(rows, table):
        name = str(entry["stratum"])
        cut = bounded_sizes(x[part], samples[name])
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
        name, x = str(entry["stratum"]), rows["x"].to_numpy()[part]
        where = f"{task.task_id}/{name}"
        check_sizes(x, sample=samples[name], reserve=spare[name], where=where)
        worked = working(x, samples[name])
        if worked.method == "pareto":
            refuse_deviation(largest_deviation(x, worked.L, samples[name]), where=where)
        L[part] = worked.L
        found.append((len(x), samples[name], spare[name], int(x.sum()), worked.method))
    columns = ["units", "sample", "reserve", "size_total", "working"]
    entries = pd.DataFrame(found, columns=columns).astype({"working": "str"})
    return rows.assign(L=L), pd.concat([table[["stratum"]], entries], axis=1)


def refuse_deviation(found: float, *, where: str) -> None:
    """Refuse a stratum whose probabilities would be off by more than one in a hundred (概率偏差过大不得承诺)."""
    if found > MOST_DEVIATION:
        raise SupervisionError("sampling.deviation", where=where, deviation=found, most=MOST_DEVIATION)


def _excluded(pool: pd.DataFrame, out: Exclusion) -> pd.DataFrame:
    gone = np.flatnonzero(out.reason >= 0)
    return pd.DataFrame(
        {
            "unit_id": pool["unit_id"].take(gone).reset_index(drop=True),
            "reason": pd.Categorical.from_codes(out.reason[gone], categories=pd.Index(REASONS)),
            "rule": pd.Categorical.from_codes(out.rule[gone], categories=pd.Index(out.rules or ("-",))),
        }
    )
