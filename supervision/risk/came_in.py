"""Registers that came in late (后归集的登记表): from which day an indicator can say anything of anybody.

An indicator that nobody had on an earlier day has not drifted: it could not be told then. What is read of it is written
in its source, such as "entities.region, industry; history" or "relations, events: penalty, abnormal".
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from supervision.risk.dated_rows import FAR, day_numbers
from supervision.risk.snapshot import Evidence
from supervision.risk.transforms import Recipe, Since

_EVENTS = re.compile(r"events: ([\w, ]+)")


def came_in(recipe: Recipe, evidence: Evidence) -> int:
    """Return the day from which all that a recipe reads is known of somebody (有关登记的归集起始日), FAR: never.

    Of several kinds of events one is enough; an indicator that takes the later of two dates needs one of them.
    """
    told, days = recipe.source, []
    if kinds := _EVENTS.search(told):
        told = told.replace(kinds[0], "")
        codes = [evidence.kinds[kind] for kind in kinds[1].split(", ") if kind in evidence.kinds]
        days.append(min((int(evidence.kind_from[code]) for code in codes), default=FAR))
    words = {word.strip().removeprefix("entities.") for word in re.split("[,;]", told)}
    if "relations" in words:
        days.append(evidence.links.since)
    if "licences" in words:
        days.append(int(evidence.licences.kind_from.min(initial=FAR)))
    if "history" in words or "history.result" in words:
        known = np.maximum(evidence.visited, day_numbers(evidence.history["known_on"], missing=FAR))
        days.append(int(known.min(initial=FAR)))
    known = day_numbers(evidence.entities["known_on"], missing=FAR)
    for column in sorted(words & set(evidence.entities.columns)):
        said = evidence.entities[column].notna().to_numpy(dtype=np.bool_)
        day = int(known[said].min(initial=FAR))
        days += [day] if day < FAR or not days else []  # a fact that nobody has is not what came in
    return min(days) if isinstance(recipe, Since) else max(days, default=FAR)


def heard(values: NDArray[np.int32], day: NDArray[np.datetime64]) -> NDArray[np.bool_]:
    """Tell the rows from the first day on which a value is known (有值之日起的样本), bool (rows,); none where never."""
    known = values >= 0
    if not known.any():
        return known
    result: NDArray[np.bool_] = day >= day[known].min()
    return result
