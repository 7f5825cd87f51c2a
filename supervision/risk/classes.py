"""Classes (信用风险类别): A low, B general, C higher, D high, by the score and the class so far; then the overrides.

A class ranks and sets probabilities; it accuses nobody, is not public and exempts nobody
(不评价、不惩戒、不公开、不免抽).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from supervision.domain.strata import CLASSES
from supervision.errors import SupervisionError
from supervision.risk.cards import Cards
from supervision.risk.class_bounds import CUTOFF, resolved_cutoff
from supervision.risk.coded_registers import among
from supervision.risk.features import each_part
from supervision.risk.hysteresis import CHANGE, Kept, Stability, class_ranks, kept_ranks
from supervision.risk.indicators import SECTIONS
from supervision.risk.law_values import Values
from supervision.risk.other_registers import OtherRegisters
from supervision.risk.record_use import RULE, in_force, without_repaired
from supervision.risk.scorecard import REASONS
from supervision.risk.snapshot import Evidence
from supervision.risk.standing import Standing
from supervision.risk.usable import Beside, Read, usable
from supervision.spare_memory import give_back

OVERRIDE = "shared/class_override"
SAID = (*((f"reason_{k + 1}", f"value_{k + 1}") for k in range(REASONS)), ("lowered_by", "lowered_value"))


def assess(entities: pd.DataFrame, events: pd.DataFrame, history: pd.DataFrame, *, on: date, law: Values,
           cards: Cards, outcomes: Mapping[str, str], standing: Standing | None = None,
           others: OtherRegisters | None = None) -> pd.DataFrame:  # fmt: skip
    """Score and class every unit (评分分类) on what was known on a day and may be used.

    One row a row of `entities`, in its order: unit_id str, score int16, class str (A–D), override str (kind of the
    event that made the class worse, or missing), reason_1 … reason_3 str (feature names, missing where there are
    fewer), value_1 … value_3 int32 (the features' values, −1 unknown) for `Scorecard.sentence`, lowered_by str and
    lowered_value int32: the feature that lowers the score most. Where some industry has a card of its own, also card
    str: the letter of the section whose card scored the unit, missing where the general one did.

    With `standing`, the classes of the last round, who has nothing new keeps the class as the rule shared/class_change
    says, and there are three more columns: by_score str (the class before any override), mark int64 (of the unit's own
    evidence), waiting bool (would change class, but too many would).
    """
    other = others or OtherRegisters.none()
    given = {"entities": entities, "events": events, "history": history, "relations": other.relations,
             "licences": other.licences}  # fmt: skip
    table = assess_city(given.__getitem__, on=on, law=law, cards=cards, outcomes=outcomes, needed=other.needed,
                        standing=None if standing is None else lambda: standing)  # fmt: skip
    return table.astype(dict.fromkeys((reason for reason, _ in SAID), "str"))


def assess_city(read: Read, *, on: date, law: Values, cards: Cards, outcomes: Mapping[str, str], needed: object,
                standing: Callable[[], Standing] | None = None) -> pd.DataFrame:  # fmt: skip
    """Score and class everybody (全市评分分类) as `assess` does, with no more than one register's texts at once.

    `read` as `usable` takes it, `needed` the value of the rule shared/licence_needed; `standing` is asked when the
    scores are there. The reasons are categories.
    """
    rule = law.value(OVERRIDE)
    evidence, beside = usable(read, on=on, record_use=law.value(RULE), statutory=overriding(rule), outcomes=outcomes,
                              needed=needed, marked=standing is not None)  # fmt: skip
    told = told_of(cards, evidence, on=on)
    del evidence  # what follows needs the room
    give_back()
    cutoff = resolved_cutoff(law.value(CUTOFF), cards.general)
    if standing is None:
        kept = Kept(ranks=class_ranks(told.score, cutoff), waiting=np.zeros(0, dtype=np.bool_))
    else:
        before, stability = standing().ranks(beside.units, beside.marks()), Stability.of(law.value(CHANGE))
        kept = kept_ranks(told.score, cutoff, before=before, stability=stability)
    return assessment(told, kept, beside, on=on, rule=rule, cards=cards, compared=standing is not None)


def assessment(told: Told, kept: Kept, beside: Beside, *, on: date, rule: object, cards: Cards,
               compared: bool) -> pd.DataFrame:  # fmt: skip
    """Return the table of `assess` of units that are scored and classed (评分分类表).

    `rule`: the value of shared/class_override; `compared`: with the columns that the next round compares with.
    """
    ranks, override = overridden(kept.ranks, beside.units, beside.statutory, on=on, rule=rule)
    columns: dict[str, object] = {
        "unit_id": beside.units.array, "score": told.score, "class": _texts(list(CLASSES), ranks),
        "override": override,
    }  # fmt: skip
    more: dict[str, object] = {}
    if compared:
        more = {"by_score": _texts(list(CLASSES), kept.ranks), "mark": beside.marks(), "waiting": kept.waiting}
    if cards.own:
        more["card"] = _texts(list(SECTIONS), told.own)
    columns |= {reason: pd.Categorical.from_codes(told.place[k], pd.Index(cards.names, dtype="str"))
                for k, (reason, _) in enumerate(SAID)}  # fmt: skip
    columns |= {said: told.value[k] for k, (_, said) in enumerate(SAID)}
    return pd.DataFrame(columns | more, copy=False)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What cards say of units (评分与理由): `score` int16 (units,), reasons (reasons, units) as in `SAID`.

    `place` int8 in the order of `Cards.names`, −1 none; `value` int32 the feature's value, −1 unknown or none; `own`
    int8 (units,) whose card, as `Cards.sections` says.
    """

    score: NDArray[np.int16]
    place: NDArray[np.int8]
    value: NDArray[np.int32]
    own: NDArray[np.int8]


def told_of(cards: Cards, evidence: Evidence, *, on: date) -> Told:
    """Score all units of the evidence (逐批评分), with no more than a few parts' features at once."""
    size = len(evidence.unit)
    told = Told(
        score=np.empty(size, dtype=np.int16),
        place=np.empty((len(SAID), size), dtype=np.int8),
        value=np.empty((len(SAID), size), dtype=np.int32),
        own=np.empty(size, dtype=np.int8),
    )
    for part, found in each_part(evidence, lambda features: _told_of(cards, features), on=on):
        told.score[part], told.place[:, part], told.value[:, part], told.own[part] = found
    return told


def _told_of(cards: Cards, features: pd.DataFrame) -> tuple[Any, Any, Any, Any]:
    """Scores, places and values of reasons (`Reasons`), and whose card, of some units."""
    score, raising, lowering = cards.reasoned(features)
    places = np.column_stack((raising, lowering)).T
    values = np.full(places.shape, -1, dtype=np.int32)
    for number, name in enumerate(cards.names):
        np.copyto(values, features[name].to_numpy(), where=places == number)
    return score, places, values, cards.sections(features)


def overridden(ranks: NDArray[np.int8], units: pd.Series, events: pd.DataFrame, *, on: date,
               rule: object) -> tuple[NDArray[np.int8], pd.Series]:  # fmt: skip
    """Return classes after the statutory overrides, and the event that made each worse (法定情形直接定类).

    `rule` is a list of {event, class, reason, months} or None. An event counts if it had happened and was known on
    the day, was not repaired, its `until` has not passed, and, where the rule has `months`, it is not older. An
    override only worsens; of several the worst counts, of equal ones the first.
    """
    given = _entries(rule)
    result, override = ranks.copy(), np.full(len(ranks), -1, dtype=np.int8)
    kinds = overriding(rule)
    known = without_repaired(events, on=on)
    valid = in_force(known[known["kind"].isin(kinds)], on)
    for place, entry in enumerate(given):
        if entry.get("class") not in CLASSES or not isinstance(entry.get("months"), int | None):
            raise SupervisionError(
                "risk.rule_shape", rule=OVERRIDE, value=dict(entry), want="{event, class: A–D, months}"
            )
        rows = valid[valid["kind"] == kinds[place]]
        if entry.get("months") is not None:
            rows = rows[rows["happened"] > pd.Timestamp(on) - pd.DateOffset(months=entry["months"])]
        worse = among(units, rows["unit_id"]) & (result < CLASSES.index(entry["class"]))
        result[worse] = CLASSES.index(entry["class"])
        override[worse] = place
    return result, _texts(kinds, override)


def overriding(rule: object) -> list[str]:
    """Return the kinds of events that by the rule make a class worse (直接定类的记录种类)."""
    return [str(entry.get("event")) for entry in _entries(rule)]


def _entries(rule: object) -> list[Mapping[str, Any]]:
    given = [] if rule is None else rule
    if not isinstance(given, list) or not all(isinstance(entry, Mapping) for entry in given):
        raise SupervisionError("risk.rule_shape", rule=OVERRIDE, value=rule, want="[{event, class, reason, months}]")
    return given


def _texts(names: list[str], places: NDArray[np.int8]) -> pd.Series:
    texts = pd.array([*names, ""], dtype="str")
    return pd.Series(texts.take(places.astype(np.int64), allow_fill=True))
