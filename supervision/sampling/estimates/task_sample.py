"""A task's own drawn units with their inclusion probabilities (任务样本); draw protocol 2, section 8.

Step-in units do not enter, or they enter by the threshold rule: then a stratum's sample is all units before the last
one that was used, each with the probability F(τ) of having come before its key τ.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.errors import SupervisionError
from supervision.sampling.drawing import DRAWN
from supervision.sampling.estimates.stratum_design import StratumDesign, stratum_design
from supervision.sampling.frame.strata import stratum_rows
from supervision.sampling.frame.unit_positions import Rows
from supervision.sampling.pareto.realised import Floats
from supervision.sampling.pareto.working_probability import ONE, Integers

CERTAIN = -1


@dataclass(frozen=True, kw_only=True, eq=False)
class TaskSample:
    """What a task's estimates rest on (任务样本).

    Attributes
    ----------
    task_id, group
        The task, and the group whose tasks share random numbers.
    framed
        How many units the frame has.
    unit_id
        str (n,): the units of the sample, strata sorted, each in the order of the draw.
    probability
        float64 (n,): inclusion probability of each, 1 for certainty units.
    block
        int64 (n,): strata that the variance is taken in, from 0; `CERTAIN` for certainty units, which have none.
    joint
        Block → float64 (k, k), joint inclusion probabilities of its units in their order: of small strata with unequal
        sizes alone.
    """

    task_id: str
    group: str
    framed: int
    unit_id: pd.Index[str]
    probability: Floats
    block: Integers
    joint: Mapping[int, Floats]

    @property
    def weight(self) -> Floats:
        """1/π of each unit of the sample (权数), float64 (n,)."""
        return np.asarray(1.0 / self.probability)


@dataclass(frozen=True, kw_only=True, eq=False)
class StratumSample:
    """The sample of one stratum (层样本): π, which units are certain, π_ij of the others, and N/n."""

    probability: Floats
    certain: npt.NDArray[np.bool_]
    joint: Floats | None
    rarity: float


def task_sample(
    *,
    task_id: str,
    group: str,
    frame: pd.DataFrame,
    strata: pd.DataFrame,
    order: pd.DataFrame,
    stepped_in: Collection[str] = (),
) -> TaskSample:
    """Return a task's sample (任务样本) from its frozen frame and its order.

    `frame`: unit_id, stratum (category), x, L of every unit; `strata`: stratum, sample; `order`: unit_id, stratum,
    rank, role, U, as order.csv has them; `stepped_in`: units of the reserve that were used and are to enter by the
    threshold rule, none where step-ins do not enter.
    """
    listed = order.sort_values(["stratum", "rank"], kind="stable").reset_index(drop=True)
    place, names, U = _places(listed, frame, task_id), listed["stratum"].to_numpy(), listed["U"].to_numpy()
    drawn = listed["role"].eq(DRAWN).to_numpy()
    used = listed["unit_id"].isin(list(stepped_in)).to_numpy()
    x, L = frame["x"].to_numpy(), frame["L"].to_numpy()
    parts, kept = [], []
    for entry, rows in stratum_rows(frame, strata):
        mine = np.flatnonzero(names == entry["stratum"])
        design = stratum_design(x[rows], L[rows], int(entry["sample"]))
        if used[mine].any():
            mine = mine[: int(np.flatnonzero(used[mine])[-1]) + 1]
            parts.append(sample_before(design, np.searchsorted(rows, place[mine]), int(U[mine[-1]])))
            mine = mine[:-1]
        else:
            mine = mine[drawn[mine]]
            parts.append(drawn_sample(design, np.searchsorted(rows, place[mine])))
        kept.append(mine)
    units = pd.Index(listed["unit_id"].take(np.concatenate(kept)))
    return joined(task_id, group, len(frame), units, parts)


def drawn_sample(design: StratumDesign, drawn: Rows) -> StratumSample:
    """Return a stratum's sample (抽中层样本): `drawn` are the rows of its drawn units in the design."""
    certain = design.certain[drawn]
    return StratumSample(
        probability=design.probability[drawn],
        certain=certain,
        joint=design.small.joint(design.small.kind[drawn][~certain]) if design.small else None,
        rarity=design.rarity,
    )


def sample_before(design: StratumDesign, used: Rows, last_U: int) -> StratumSample:
    """Return the units before the last one that was used (门槛规则): τ is its key, π = τλ/(τλ + 1 − λ) of the others.

    `used` are the rows of drawn and stepped-in units in the order of the draw, `last_U` is the number of the last.
    """
    share = design.L[used] / ONE
    key = (last_U / (2 * ONE - last_U)) * ((1.0 - share[-1]) / share[-1])
    certain = design.certain[used]
    probability = np.where(certain, 1.0, key * share / (key * share + (1.0 - share)))
    return StratumSample(
        probability=probability[:-1], certain=certain[:-1], joint=None, rarity=len(design.L) / (len(used) - 1)
    )


def joined(task_id: str, group: str, framed: int, unit_id: pd.Index[str], parts: Sequence[StratumSample]) -> TaskSample:
    """Return a task's sample from its strata's (合并各层样本); a stratum with one non-certainty unit is collapsed.

    It goes with the stratum whose N/n is next, so that strata of like weights come together; the last goes with the
    one before it.
    """
    several = [int((~part.certain).sum()) for part in parts]
    turn = sorted((number for number, many in enumerate(several) if many), key=lambda one: (parts[one].rarity, one))
    members: list[list[int]] = []
    for number in turn:
        if members and sum(several[one] for one in members[-1]) == 1:
            members[-1].append(number)
        else:
            members.append([number])
    if len(members) > 1 and sum(several[one] for one in members[-1]) == 1:
        last = members.pop()
        members[-1] += last
    block_of = {number: block for block, strata in enumerate(members) for number in strata}
    block = [np.where(part.certain, CERTAIN, block_of.get(number, CERTAIN)) for number, part in enumerate(parts)]
    alone = {block: parts[strata[0]].joint for block, strata in enumerate(members) if len(strata) == 1}
    return TaskSample(
        task_id=task_id,
        group=group,
        framed=framed,
        unit_id=unit_id,
        probability=np.concatenate([part.probability for part in parts]),
        block=np.concatenate(block).astype(np.int64),
        joint={number: matrix for number, matrix in alone.items() if matrix is not None},
    )


def _places(listed: pd.DataFrame, frame: pd.DataFrame, task_id: str) -> Rows:
    """The row of each listed unit in the frame."""
    few = np.flatnonzero(frame["unit_id"].isin(listed["unit_id"]).to_numpy())
    found = pd.Index(frame["unit_id"].take(few)).get_indexer(pd.Index(listed["unit_id"]))
    strangers = listed["unit_id"][found < 0]
    if len(strangers):
        unit = strangers.iloc[0]
        raise SupervisionError("sampling.order_not_in_frame", task=task_id, unit=unit, units=len(strangers))
    rows: Rows = few[found].astype(np.int64)
    return rows
