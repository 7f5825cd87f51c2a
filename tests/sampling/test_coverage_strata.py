"""Strata of units that must be reached by a date: levels that can be kept, samples, and what is refused."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from covered import FixedLaw, build_frame_of, caps, duty, exemptions, item, task_of
from covered import entities as entities_of
from covered import scores as scores_of
from covered import table as table_of

from supervision.domain.strata import StratumId
from supervision.errors import SupervisionError
from supervision.sampling.frame import frame as framing
from supervision.sampling.frame.coverage_strata import Level, level_of
from supervision.sampling.frame.due_dates import Coverage
from supervision.sampling.frame.frame import Frame

NONE = np.array([], dtype=np.int64)
MANY = 240
LAST = {"due": "2024-11-15", "near": "2025-01-31", "far": "2026-10-15"}  # occasions 0, 1, 21


def level(*counts: int, waiting: tuple[int, ...] = ()) -> Level:
    """Return the level of so many units with the occasions 0, 1, 2 and so on."""
    return level_of(np.repeat(np.arange(len(counts)), counts), np.repeat(np.arange(len(waiting)), waiting))


def test_levels_of_small_cases_by_hand() -> None:
    """What is due, the least peak, and what must be drawn ahead of which month."""
    assert level(0, 0, 9) == Level(region="", due=0, level=3, tiers=((2, 3),))
    assert level(2, 2, 2) == Level(region="", due=2, level=2)
    assert level(1, 5) == Level(region="", due=1, level=3, tiers=((1, 2),))
    assert level(0, 3, 5) == Level(region="", due=0, level=3, tiers=((2, 2),))
    assert level(0, 4, 0, 4) == Level(region="", due=0, level=2, tiers=((1, 2),))
    assert level(0, 3, 3) == Level(region="", due=0, level=2, tiers=((1, 1), (2, 1)))
    assert level(0, 1) == Level(region="", due=0, level=1)
    assert level_of(NONE, NONE, region="r") == Level(region="r", due=0, level=0)
    assert level(0, 2, waiting=(5, 4)) == Level(region="", due=0, level=3, tiers=((1, 3),))


def test_a_tier_that_ends_before_the_even_share_is_lengthened() -> None:
    """The strata of one region never overlap, and each is named."""
    found = level(0, 3, 3)
    assert list(found.strata()) == [("ahead", 1, 1, 1), ("ahead2", 2, 2, 1)]
    assert (found.ahead, str(StratumId(classes="ahead", region="x"))) == (2, "ahead-x")


@pytest.mark.parametrize("seed", range(60))
def test_the_level_is_never_passed_whoever_is_drawn(seed: int) -> None:
    """Months of any shape, each drawn by the rule at random: nobody is late, no month above the first level."""
    chance = random.Random(seed)
    left = [k for k in range(chance.randrange(1, 25)) for _ in range(chance.choice((0, 0, 1, 5, 30)))]
    most = level_of(np.array(left, dtype=np.int64), NONE).level
    while left:
        now = level_of(np.array(left, dtype=np.int64), NONE)
        assert now.level <= most
        drawn = [k for k in left if k == 0]
        for _, first, last, least in now.strata():
            pool = [k for k in left if first <= k <= last]
            assert len(pool) >= least
            drawn += chance.sample(pool, least)
        assert len(drawn) <= most
        for k in drawn:
            left.remove(k)
        left = [k - 1 for k in left]
        assert not left or min(left) >= 0


def build(names: str, *, items: dict[str, Any] | None = None, law: FixedLaw | None = None, **changes: Any) -> Frame:
    """A frame of units whose last inspections are those in `names`, one word each, classes A and D in turn."""
    words = names.split()
    entities = entities_of(" ".join(f"u{n:03}" for n in range(len(words))))
    entities = entities.assign(established=pd.Timestamp("2015-01-01"))
    scores = scores_of(entities).assign(**{"class": pd.Series(["A", "D"] * len(words), dtype="str")[: len(words)]})
    scores["score"] = [200 + n % 7 * 100 for n in range(len(words))]
    rows = [(u, "market", LAST[w], "routine", "", "m1", "1") for u, w in zip(entities["unit_id"], words, strict=True)]
    visits = table_of("unit_id agency date kind visit_no item_id result", *rows)
    own = {"ratio": "A=5%;B=5%;C=5%;D=20%", "reserve": "20%", "partners": ()} | changes
    listed = {"m1": item("m1", "market")} if items is None else items
    none = {"shared/exclusion": {"random": ["not_in_force"], "full": ["not_in_force"]}}
    given = law or FixedLaw()
    given.values |= none
    coverage = Coverage(duties=(duty(months=tuple(range(1, 13))),), kinds=("routine",))
    return framing.build_frame(
        task_of(**own), items=listed, entities=entities, scores=scores, exemptions=exemptions(), visits=visits,
        caps=caps(), law=given, coverage=coverage,
    )  # fmt: skip


def table(frame: Frame) -> dict[str, tuple[int, int, int]]:
    """Stratum → units, sample, reserve."""
    return {str(r["stratum"]): (r["units"], r["sample"], r["reserve"]) for r in frame.strata.to_dict("records")}


def test_due_units_stand_apart_and_all_are_drawn() -> None:
    """N = N, no reserve, equal sizes and certain; who is drawn of the others stays open."""
    frame = build("due " * 3 + "far " * 40)
    assert table(frame)["due"] == (3, 3, 0)
    rows = frame.rows[frame.rows["stratum"] == "due"]
    assert rows["unit_id"].tolist() == ["u000", "u001", "u002"]
    assert (set(rows["x"]), set(rows["L"])) == ({1}, {2**53})
    assert frame.levels == (Level(region="320505", due=3, level=3),)
    assert set(table(frame)) == {"due", "A", "D"}


def test_ahead_is_drawn_before_the_months_pile_up_and_no_chance_falls() -> None:
    """Of 30 units of next month 15 now; nobody's chance is smaller than without any date."""
    plain, frame = build("far " * 60), build("near " * 30 + "far " * 30)
    assert table(frame)["ahead-320505"][:2] == (30, 15)
    assert frame.levels == (Level(region="320505", due=0, level=15, tiers=((1, 15),)),)
    chance = frame.inclusion().set_index("unit_id")["probability"]
    without = plain.inclusion().set_index("unit_id")["probability"]
    ahead = frame.rows.loc[frame.rows["stratum"] == "ahead-320505", "unit_id"]
    assert (chance[ahead] >= without[ahead]).all()
    assert chance[ahead].min() > 0.01
    assert chance[ahead].nunique() > 4


def test_a_sample_ahead_is_no_less_than_its_chances_by_class() -> None:
    """The even share of 40 units over 22 months is 1, the ratios of their classes come to 5 and stand."""
    frame = build("far " * 40)
    assert frame.levels == (Level(region="320505", due=0, level=2, tiers=((21, 1),)),)
    assert table(frame)["ahead-320505"] == (40, 5, 1)


def test_a_number_of_units_includes_those_due() -> None:
    """n=20 is the whole task's; where dates ask for as many, one unit of each class remains."""
    assert sum(s for _, s, _ in table(build("due " * 8 + "far " * 40, ratio="n=20")).values()) == 20
    crowded = table(build("due " * 20 + "far " * 40, ratio="n=20"))
    assert (crowded["due"][1], crowded["A"][1], crowded["D"][1]) == (20, 1, 1)


def test_a_frame_of_due_units_alone_is_drawn_whole() -> None:
    """No other stratum is made up."""
    assert table(build("due due due")) == {"due": (3, 3, 0)}


def test_full_coverage_needs_no_stratum_for_dates() -> None:
    """All are drawn anyway."""
    frame = build("due due far", regime="full", ratio="100%")
    assert (table(frame), frame.levels) == ({"all": (3, 3, 0)}, ())


def refused(*given: str, **changes: Any) -> tuple[str, dict[str, Any]]:
    """Code and parameters of a refusal."""
    with pytest.raises(SupervisionError) as raised:
        build(*given, **changes)
    return raised.value.code, dict(raised.value.message.params)


def test_a_limit_that_can_never_reach_all_is_named_and_nothing_is_drawn() -> None:
    """49 % a year reach 98 % in two years; 50 % can do; of a batch four percent in each of 24 months do too little."""
    code, params = refused("far far", items={"m1": item("m1", "market", "每年不高于49%")})
    assert (code, params["limit"], params["times"], params["most"]) == (
        "sampling.coverage_unreachable",
        "49%",
        2,
        "98%",
    )
    assert (params["rule"], params["duty"], params["item"]) == ("market/food", "food", "m1")
    code, params = refused("far far", items={"m1": item("m1", "market", "每批不高于4%")})
    assert (code, params["times"], params["most"]) == ("sampling.coverage_unreachable", 24, "96%")
    assert build("far " * 40, items={"m1": item("m1", "market", "每年不高于50%")}).levels


def test_dates_above_the_items_limit_are_named_and_nothing_is_drawn() -> None:
    """Ten due of twenty where half may be drawn leave no room for one of the others; nine do, and the rest give way."""
    half = {"m1": item("m1", "market", "每年不高于50%")}
    code, params = refused("due " * 10 + "far " * 10, items=half)
    assert (code, params["due"], params["ahead"], params["most"]) == ("sampling.coverage_above_limit", 10, 0, 10)
    frame = build("due " * 9 + "far " * 11, items=half, ratio="A=40%;B=40%;C=40%;D=40%")
    assert table(frame) == {"all": (11, 1, 1), "due": (9, 9, 0)}
    room = next(one for one in frame.remarks if one.code == "sampling.coverage_room")
    assert (room.params["wanted"], room.params["asked"], room.params["left"]) == (9, 4, 1)


def test_an_open_list_cannot_hold_dates() -> None:
    """Its one stratum has equal chances; it must be sealed or full."""
    open_list = {"access": "open", "disclosure": "before", "ratio": "10%"}
    code, params = refused("due far", **open_list)
    assert (code, params["units"]) == ("sampling.coverage_open", 1)


def test_two_duties_of_other_months_cannot_share_one_load() -> None:
    """Both are named."""
    entities = entities_of("u1 u2")
    both = (duty(), duty(name="other", months=(3,)))
    with pytest.raises(SupervisionError) as raised:
        framing.build_frame(
            task_of(partners=()), items={"m1": item("m1", "market")}, entities=entities, scores=scores_of(entities),
            exemptions=exemptions(), visits=table_of("unit_id agency date kind visit_no"), caps=caps(), law=FixedLaw(),
            coverage=Coverage(duties=both, kinds=("routine",)),
        )  # fmt: skip
    assert raised.value.code == "sampling.coverage_months"
    assert (raised.value.message.params["duty"], raised.value.message.params["other"]) == ("food", "other")


def test_a_task_without_duties_is_as_it_was() -> None:
    """No levels, no strata of dates."""
    frame = build_frame_of(task_of(partners=()), entities_of("u1 u2 u3"))
    assert (frame.levels, set(table(frame))) == ((), {"B"})
