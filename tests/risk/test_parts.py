"""A city in parts: what is made ready once answers every part and every day as if it were made for it alone."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import risk_registers as given

from supervision.risk import features
from supervision.risk.cards import Cards
from supervision.risk.classes import SAID, assess
from supervision.risk.expert_card import expert_card
from supervision.risk.features import build_features, feature_parts, tabulate
from supervision.risk.indicators import INDICATORS
from supervision.risk.snapshot import Evidence

ON = date(2026, 3, 31)
LAW = {"shared/record_use": None, "shared/class_override": None, "shared/risk_cutoff": {"B": 410, "C": 420, "D": 430}}
CARD = expert_card({"base": 400, "features": {row.name: {"up_to": [0, 99], "points": [7, 0, -9] if row.sign < 0 else
                                                         [0, 7, 16]} for row in INDICATORS}})  # fmt: skip


@pytest.mark.parametrize("size", [1, 7, 1_000])
def test_parts_are_the_whole(monkeypatch, size):
    """However many units at once, the same features, in the order and with the labels of the register."""
    registers = given.random_registers(3)
    registers[0].index = registers[0].index[::-1]
    whole = build_features(*registers, on=ON, outcomes=given.OUTCOMES)
    monkeypatch.setattr(features, "PART", size)
    parts = list(feature_parts(*registers, on=ON, outcomes=given.OUTCOMES))
    assert len(parts) == -(-len(whole) // size)
    pd.testing.assert_frame_equal(pd.concat([table for _, table in parts]), whole)
    pd.testing.assert_frame_equal(build_features(*registers, on=ON, outcomes=given.OUTCOMES), whole)


def test_classes_do_not_depend_on_the_parts(monkeypatch):
    """Scores, classes, reasons and values of a city in parts of five are those of the whole and of its features."""
    entities, events, history = given.random_registers(4)
    entities = entities.drop_duplicates("unit_id", keep="last").reset_index(drop=True)

    def assessed():
        law = SimpleNamespace(value=LAW.__getitem__)
        return assess(entities, events, history, on=ON, law=law, cards=Cards(general=CARD), outcomes=given.OUTCOMES)

    whole = assessed()
    monkeypatch.setattr(features, "PART", 5)
    pd.testing.assert_frame_equal(assessed(), whole)
    told = build_features(entities, events, history, on=ON, outcomes=given.OUTCOMES)
    for reason, value in SAID:
        names = whole[reason]
        want = [-1 if pd.isna(name) else told[name].iloc[row] for row, name in enumerate(names)]
        assert whole[value].tolist() == want
    assert whole["reason_1"].notna().any()


@pytest.mark.parametrize("backfill", [True, False])
@pytest.mark.parametrize("size", [1, 7, 1_000])
def test_inspections_in_parts_are_the_whole(monkeypatch, size, backfill):
    """However many inspections at once, each unit's features on its own day are those of all asked together."""
    registers = given.random_registers(6, size=120)
    rng = np.random.default_rng(6)
    unit, on = rng.integers(0, 8, 40), rng.integers(18_500, 20_500, 40)
    evidence = Evidence.of(*registers, outcomes=given.OUTCOMES)
    whole = tabulate(evidence.at(unit, on, backfill=backfill), index=pd.RangeIndex(40))
    monkeypatch.setattr(features, "PART", size)
    anew = Evidence.of(*registers, outcomes=given.OUTCOMES)
    pd.testing.assert_frame_equal(features.features_at(anew, unit, on, backfill=backfill), whole)


def test_what_fails_in_one_part_is_said(monkeypatch):
    """An error of a later part, at work in a thread, ends the whole."""
    evidence = Evidence.of(*given.random_registers(3), outcomes=given.OUTCOMES)
    monkeypatch.setattr(features, "PART", 1)
    called = []

    def work(table):
        called.append(len(table))
        if len(called) == 4:
            raise ValueError("the fourth part")
        return len(table)

    with pytest.raises(ValueError, match="the fourth part"):
        list(features.each_part(evidence, work, on=ON))


def test_one_evidence_answers_every_day():
    """Asked about some units on many days, then about all on one, it says what evidence made anew says."""
    registers = given.random_registers(5, size=200)
    evidence = Evidence.of(*registers, outcomes=given.OUTCOMES)
    rng = np.random.default_rng(5)
    for days in ([20_000], [18_500, 19_500, 20_400], [19_000]):
        unit, on = rng.integers(0, 8, 40), rng.choice(days, 40)
        anew = Evidence.of(*registers, outcomes=given.OUTCOMES)
        told = [tabulate(one.at(unit, on, backfill=True), index=pd.RangeIndex(40)) for one in (evidence, anew)]
        pd.testing.assert_frame_equal(*told)
