"""Rates of like names, by arrays, are those that a plain loop over words gives."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import risk_registers as given

from supervision.risk.name_words import NameRatio, words
from supervision.risk.snapshot import Evidence

NAMES = ["吴中好味餐饮店", "KFC肯德基", "kfc吴中店", "ß食品", "店店店店", "A", "", None, "（苏州）食品·店", "é咖啡店",
         "ＡＢ商店", "𠀀字店", "3M公司", "好味 食品", "肯德基餐饮"]  # fmt: skip
DAY = 20_770


def plain(moment, prior):
    """The index of each question by a loop: 100, and what each word that others' visits know says beside it."""
    evidence, findings, found = moment.evidence, moment.evidence.peers, []
    named = [words("" if pd.isna(name) else name) for name in evidence.entities["name"]]
    rows = evidence.versions.earliest(findings.unit)
    said = [named[row] if row >= 0 else set() for row in rows]
    for unit, on, first in zip(moment.unit, moment.on, moment.first, strict=True):
        ratios = []
        for word in named[first] if first >= 0 else ():
            others = np.array([word in one for one in said]) & (findings.unit != unit)
            part = replace(findings, unit=np.where(others, 0, -1))
            hits, usual = part.sums(part.unit, np.array([0]), np.array([on]))
            if usual[0] > 0:
                ratios.append((100 * (hits[0] + prior)) // (usual[0] + prior))
        found.append(max(0, 100 + sum(one - 100 for one in ratios)) if ratios else -1)
    return found


@pytest.mark.parametrize("one_day", [True, False])
def test_ratio_of_like_names_by_a_loop(one_day):
    """Chinese words, letters in either case, names of one character, none at all; one day for everybody or many."""
    rng = np.random.default_rng(4)
    units = [f"u{n:02}" for n in range(len(NAMES))]
    entities = given.entities(*({"unit_id": u, "name": n} for u, n in zip(units, NAMES, strict=True)))
    days = np.datetime64("2024-06-01") + rng.integers(0, 880, 300)
    history = given.history(
        *({"unit_id": units[rng.integers(len(units))], "date": str(day), "result": ["1", "5"][rng.integers(2)],
           "item_id": f"m-{n}"} for n, day in enumerate(days))
    )  # fmt: skip
    evidence = Evidence.of(entities, given.events(), history, outcomes=given.OUTCOMES)
    on = np.full(len(units), DAY) if one_day else rng.integers(20_000, DAY, len(units))
    for backfill in (False, True):
        moment = evidence.at(evidence.unit, on, backfill=backfill)
        got = NameRatio(3000).values(moment).tolist()
        assert got == plain(moment, 3000)
        assert len(set(got)) > 5 and -1 in got


def test_nobody_visited_and_nobody_asked():
    """Without visits no name has a rate; without questions there is no answer."""
    evidence = Evidence.of(given.entities({"unit_id": "a", "name": "好味店"}), given.events(), given.history(),
                           outcomes=given.OUTCOMES)  # fmt: skip
    assert NameRatio(1).values(evidence.at(evidence.unit, np.array([DAY]), backfill=False)).tolist() == [-1]
    none = evidence.at(evidence.unit[:0], np.zeros(0, dtype=np.int64), backfill=False)
    assert NameRatio(1).values(none).tolist() == []
