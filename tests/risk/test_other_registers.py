"""Relations and licences on their way into scores, training and backtest."""

from datetime import date

import numpy as np
import pandas as pd
import risk_registers as given

from supervision.risk.cards import Cards
from supervision.risk.classes import assess
from supervision.risk.expert_card import expert_card
from supervision.risk.rolling import months_between, roll

LAPSED = {"up_to": [0], "points": [0, 90]}
LINKED = {"up_to": [0], "points": [0, 5], "unknown": 1}
CARD = expert_card({"base": 500, "features": {"licences_lapsed": LAPSED, "linked_units": LINKED}})


def test_scores_know_both_registers():
    """A lapsed licence and a linked unit bring their points; without the registers both are unknown."""
    law = given.law(risk_cutoff=given.CUTOFF, class_override=None, record_use=None)
    units = given.entities({"unit_id": "a"}, {"unit_id": "b"})
    linked = [{"unit_id": unit, "related": "p"} for unit in "ab"]
    others = given.others(linked=linked, held=[{"unit_id": "a", "kind": "food", "valid_until": "2025-01-01"}])

    def scores(others):
        asked = {"on": date(2025, 6, 30), "law": law, "cards": Cards(general=CARD), "outcomes": given.OUTCOMES}
        return assess(units, given.events(), given.history(), **asked, others=others)

    assert scores(others)["score"].tolist() == [595, 505]
    assert scores(others)["reason_1"].tolist() == ["licences_lapsed", "linked_units"]
    assert scores(None)["score"].tolist() == [501, 501]


def test_a_backtest_learns_from_relations():
    """Pairs of one person behave alike: with their relations the card finds more than without."""
    rng = np.random.default_rng(3)
    names = [f"u{number:03}" for number in range(400)]
    bad = np.repeat(rng.random(200) < 0.3, 2)
    who, day = rng.integers(0, 400, 2_400), np.sort(rng.integers(0, 455, 2_400))
    found = rng.random(2_400) < np.where(bad[who], 0.7, 0.03)
    when = (np.datetime64("2025-01-01") + day.astype("timedelta64[D]")).astype(str)
    rows = [{"unit_id": names[unit], "date": on, "result": "5" if hit else "1", "known_on": on}
            for unit, on, hit in zip(who, when, found, strict=True)]  # fmt: skip
    linked = [{"unit_id": name, "related": f"p{place // 2}"} for place, name in enumerate(names)]
    tables = given.entities(*({"unit_id": name} for name in names)), given.events(), given.history(*rows)
    law = {"record_use": None, "cutoff": given.CUTOFF, "outcomes": given.OUTCOMES}

    def span(others):
        month = next(
            iter(
                roll(
                    *tables, months=months_between(date(2026, 1, 1), date(2026, 1, 1)), expert=CARD,
                    minimum={"rows": 100, "found": 10}, seed=1, others=others, **law,
                )
            )
        )  # fmt: skip
        points = {one.name: one for one in month.cards.general.features}["linked_ratio"]
        return max(points.points) - min(points.points)

    assert span(given.others(linked=linked)) > 20
    assert span(None) == 0


def test_an_empty_register_is_as_none():
    """Registers that are kept and have no rows say as little as those that are not kept."""
    empty = given.others()
    assert empty.relations.empty and empty.licences.empty
    assert pd.api.types.is_datetime64_any_dtype(empty.relations["from_date"])
