"""Frames of small populations: who is out and why, strata, sizes, limits."""

from __future__ import annotations

from datetime import date
from typing import Any

import builders
import pandas as pd
import pytest

from supervision.canonical import digest
from supervision.domain.items import Item, Task
from supervision.errors import SupervisionError
from supervision.sampling.frame.frame import Frame, build_frame

VALUES: dict[str, Any] = {
    "shared/exclusion": {
        "random": ["not_in_force", "whitelist", "observation", "cap", "interval"],
        "reduced": ["not_in_force"],
        "observation": ["not_in_force", "observation"],
        "full": ["not_in_force"],
    },
    "shared/in_force": ["存续", "在业"],
    "shared/whitelist_tier": {"undisturbed": "exclude", "low_frequency": "1/2"},
    "shared/observation_period": {"months": 12},
    "shared/yearly_visit_cap": {"same_agency": 1, "all_agencies": 3},
    "shared/check_kind": {"counted": ["routine", "special"]},
    "shared/size_floor": 200,
    "shared/class_ratio": {"A": "10%", "B": "20%", "C": "50%", "D": "100%"},
    "shared/general_item_limit": "50%",
    "shared/reserve": "20%",
    "shared/reduced_contact": {"factor": "1/2"},
}


class _Law:
    """Rules in force that remember what was asked for."""

    def __init__(self, **changes: Any) -> None:
        self.values = VALUES | {f"shared/{name}": value for name, value in changes.items()}
        self.asked: set[str] = set()

    def value(self, path: str) -> Any:
        self.asked.add(path)
        return self.values[path]

    def entries(self) -> list[Any]:
        """No rule of these is a regime."""
        return []


def _item(item_id: str, department: str, ratio: str = "根据实际情况确定", kind: str = "key") -> Item:
    return Item(
        item_id=item_id, name="", department=department, kind=kind, basis="", ratio=ratio, half_days=1, inspectors=2
    )


ITEMS = {"m1": _item("m1", "market"), "f1": _item("f1", "fire"), "g1": _item("g1", "market", "不高于40%", "general")}


def _task(**changes: Any) -> Task:
    own = {"items": ("m1",), "partners": ("fire",), "ratio": "A=50%;B=50%;C=50%;D=50%"}
    return builders.task(**own | changes)


def _entities(units: str) -> pd.DataFrame:
    names = units.split()
    frame = pd.DataFrame({"unit_id": names, "status": "存续", "type": "企业", "region": "320505"}).astype("str")
    return frame.assign(established=pd.Timestamp("2015-01-01"))


def _scores(entities: pd.DataFrame, classes: str = "", points: int = 500) -> pd.DataFrame:
    names = classes.split() or ["B"] * len(entities)
    return pd.DataFrame({"unit_id": entities["unit_id"], "score": points, "class": pd.Series(names, dtype="str")})


def _table(columns: str, *rows: tuple[Any, ...]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=columns.split())
    for name in frame.columns:
        if name in ("date", "from_date", "until_date"):
            frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
        elif name in ("per_year", "min_interval_days"):
            frame[name] = frame[name].astype("Int64")
        elif name == "on_site":
            frame[name] = frame[name].astype("boolean")
        else:
            frame[name] = frame[name].astype("str")
    return frame


def _exemptions(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return _table("unit_id list tier scope from_date until_date", *rows)


def _visits(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return _table("unit_id agency date kind visit_no", *rows)


def _caps(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return _table("agency category per_year min_interval_days from_date until_date", *rows)


def _build(task: Task, entities: pd.DataFrame, law: _Law | None = None, **given: pd.DataFrame) -> Frame:
    tables = {"scores": _scores(entities), "exemptions": _exemptions(), "visits": _visits(), "caps": _caps()} | given
    return build_frame(task, items=ITEMS, entities=entities, law=law or _Law(), **tables)  # type: ignore[arg-type]


def _out(frame: Frame) -> dict[str, tuple[str, str]]:
    rows = frame.excluded.astype("str").itertuples(index=False, name=None)
    return {unit: (reason, rule) for unit, reason, rule in rows}


def test_every_reason_and_its_precedence() -> None:
    """One unit for each reason; the last is out for all five and keeps the first."""
    entities = _entities("u1 u2 u3 u4 u5 u6 u7")
    entities.loc[[1, 6], "status"] = "注销"
    year = ("2026-01-01", "2026-12-31")
    exemptions = _exemptions(
        ("u3", "whitelist", "undisturbed", "market", *year),
        ("u7", "whitelist", "undisturbed", None, *year),
        ("u4", "observation", "observation", None, *year),
        ("u7", "observation", "observation", None, *year),
        ("u1", "whitelist", "undisturbed", "tax fire", *year),
        ("u1", "whitelist", "undisturbed", None, "2026-01-01", "2026-11-30"),
    )
    visits = _visits(
        ("u5", "market", "2026-03-01", "routine", "v1"),
        ("u6", "market", "2025-11-20", "routine", None),
        ("u7", "market", "2026-11-20", "routine", "v2"),
    )
    caps = _caps(("market", "*", 2, 400, "2026-01-01", None))
    found = _build(_task(), entities, exemptions=exemptions, visits=visits, caps=caps)
    assert found.rows["unit_id"].tolist() == ["u1"]
    assert _out(found) == {
        "u2": ("not_in_force", "shared/in_force"),
        "u3": ("whitelist", "shared/whitelist_tier"),
        "u4": ("observation", "exemptions/observation"),
        "u5": ("cap", "shared/yearly_visit_cap"),
        "u6": ("interval", "caps/market/all"),
        "u7": ("not_in_force", "shared/in_force"),
    }


def test_how_visits_count() -> None:
    """A joint visit is one for each agency and one in all; for-cause checks and last year's are outside."""
    entities = _entities("joint cause old three fire")
    visits = _visits(
        ("joint", "fire", "2026-02-01", "routine", "j1"),
        ("joint", "tax", "2026-02-01", "routine", "j1"),
        ("joint", "water", "2026-02-01", "routine", "j1"),
        ("joint", "water", "2026-02-01", "routine", "j1"),
        ("cause", "market", "2026-02-01", "for_cause", None),
        ("old", "market", "2025-12-31", "routine", None),
        ("three", "tax", "2026-02-01", "routine", None),
        ("three", "water", "2026-02-01", "special", None),
        ("three", "tax", "2026-02-02", "routine", None),
        ("fire", "fire", "2026-02-01", "routine", None),
    )
    assert _out(_build(_task(), entities, visits=visits)) == {"three": ("cap", "shared/yearly_visit_cap")}
    both = _build(_task(items=("m1", "f1")), entities, visits=visits)
    assert sorted(_out(both)) == ["fire", "joint", "three"]


def test_caps_of_a_kind_of_unit_and_their_dates() -> None:
    """A cap holds for its type of unit, from its date on, and the newest of one agency and category stands."""
    entities = _entities("u1 u2")
    entities.loc[1, "type"] = "个体工商户"
    caps = _caps(
        ("market", "个体工商户", 0, None, "2026-01-01", None),
        ("*", "企业", 0, None, "2027-01-01", None),
        ("fire", "*", 0, None, "2026-01-01", None),
        ("market", "企业", 0, None, "2025-01-01", None),
        ("market", "企业", 5, None, "2026-01-01", None),
    )
    law = _Law(yearly_visit_cap=None)
    name = f"x{digest('sha256', '个体工商户'.encode()).hex()[:12]}"
    assert _out(_build(_task(), entities, law, caps=caps)) == {"u2": ("cap", f"caps/market/{name}")}


def test_observation_period_of_new_units() -> None:
    """In the observation regime units established less than twelve months before the window are left out."""
    entities = _entities("u1 u2 u3")
    entities["established"] = pd.to_datetime(["2025-12-01", "2025-12-02", "2026-06-01"])
    found = _build(_task(regime="observation"), entities)
    assert _out(found) == dict.fromkeys(["u2", "u3"], ("observation", "shared/observation_period"))


def test_low_frequency_halves_the_size_of_a_unit() -> None:
    """All sizes are doubled, so that the listed unit's stays whole; the floor comes before the factor."""
    entities = _entities("u1 u2 u3")
    exemptions = _exemptions(("u2", "positive", "low_frequency", None, "2026-01-01", "2026-12-31"))
    scores = _scores(entities).assign(score=[700, 501, 3])
    assert _build(_task(), entities, exemptions=exemptions, scores=scores).rows["x"].tolist() == [1400, 501, 400]
    percent = _Law(whitelist_tier={"low_frequency": "50%"})
    found = _build(_task(), entities, percent, exemptions=exemptions, scores=scores)
    assert found.rows["x"].tolist() == [1400, 501, 400]


def test_strata_by_class_and_region() -> None:
    """Only strata that have units; unsorted registers and scores come out sorted and joined by id."""
    entities = _entities("u9 u1 u5 u3").assign(region=["320505", "320505", "320581", "320581"])
    scores = _scores(entities, "D A D A").iloc[::-1]
    found = _build(_task(by_region=True, reserve="n=1"), entities, scores=scores)
    assert found.rows.astype("str").to_numpy()[:, :2].tolist() == [
        ["u1", "A-320505"],
        ["u3", "A-320581"],
        ["u5", "D-320581"],
        ["u9", "D-320505"],
    ]
    assert found.strata.to_dict("records")[0] == {
        "stratum": "A-320505",
        "units": 1,
        "sample": 1,
        "reserve": 0,
        "size_total": 500,
        "working": "pareto",
    }


@pytest.mark.parametrize(
    ("changes", "samples"),
    [
        ({"ratio": "A=10%;B=20%;C=50%;D=100%"}, {"A": 2, "D": 4}),
        ({"ratio": "rule"}, {"A": 2, "D": 4}),
        ({"ratio": "25%"}, {"A": 2, "D": 4}),
        ({"ratio": "n=12"}, {"A": 8, "D": 4}),
        ({"ratio": "rule", "regime": "reduced"}, {"A": 1, "D": 2}),
        ({"ratio": "100%", "regime": "full"}, {"all": 24}),
        ({"ratio": "25%", "access": "open"}, {"all": 6}),
        ({"ratio": "n=5", "access": "open"}, {"all": 5}),
    ],
)
def test_sample_of_each_kind_of_ratio(changes: dict[str, Any], samples: dict[str, int]) -> None:
    """Twenty units of class A and four of D under each way to say how many."""
    entities = _entities(" ".join(f"u{number:02}" for number in range(24)))
    found = _build(_task(**changes), entities, scores=_scores(entities, "A " * 20 + "D " * 4))
    assert dict(zip(found.strata["stratum"], found.strata["sample"], strict=True)) == samples


def test_only_needed_rules_are_asked_for() -> None:
    """A full coverage needs no caps, ratios or reserve: a city that has not written them can still hold it."""
    law = _Law()
    _build(_task(ratio="100%", regime="full"), _entities("u1 u2"), law)
    assert law.asked == {"shared/exclusion", "shared/in_force"}


def test_limit_of_an_item_is_named() -> None:
    """A general item allows 40 %, the shared rule 50 %: half the units is refused with task, item and both figures."""
    with pytest.raises(SupervisionError) as caught:
        _build(_task(items=("g1",)), _entities("u1 u2 u3 u4"))
    assert caught.value.params == {
        "task": "T01",
        "item": "g1",
        "ratio": "50%",
        "limit": "40%",
        "source": "items/g1",
    }


def _crowd(classes: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Units of the classes and regions named as A1 (class A, region 320501), one after the other, and their scores."""
    names = classes.split()
    entities = _entities(" ".join(f"u{number:02}" for number in range(len(names))))
    entities = entities.assign(region=pd.Series([f"32050{name[1:]}" for name in names], dtype="str"))
    return entities, _scores(entities, " ".join(name[0] for name in names))


CROWD = "A1 " * 8 + "A2 " * 8 + "B1 " * 4 + "B2 " * 4 + "C1 " * 3 + "D2 "  # 28 units
MERGED = [
    ("50%", {"A-320501": 1, "A-320502": 1, "B-320501": 1, "B-320502": 1, "C-320501": 1, "D-320502": 1}, []),
    ("15%", {"A": 1, "B": 1, "C": 1, "D": 1}, ["A-* → A, B-* → B, C-* → C, D-* → D"]),
    ("11%", {"AB": 1, "C": 1, "D": 1}, ["A-* → A, B-* → B, C-* → C, D-* → D", "A + B → AB"]),
    ("10%", {"ABC": 1, "D": 1}, ["A-* → A, B-* → B, C-* → C, D-* → D", "A + B + C → ABC"]),
    ("7%", {"all": 1}, ["A-* → A, B-* → B, C-* → C, D-* → D", "A + B + C + D → all"]),
]


@pytest.mark.parametrize(("limit", "samples", "merged"), MERGED)
def test_strata_are_merged_to_stay_within_a_limit(limit: str, samples: dict[str, int], merged: list[str]) -> None:
    """Of 28 units in 6 strata at most 14, 4, 3, 2, 1: regions are joined, then classes from the low-risk end."""
    entities, scores = _crowd(CROWD)
    task = _task(items=("g1",), ratio="A=1%;B=2%;C=10%;D=30%", by_region=True)
    found = _build(task, entities, _Law(general_item_limit=limit), scores=scores)
    assert dict(zip(found.strata["stratum"], found.strata["sample"], strict=True)) == samples
    assert sorted(set(found.rows["stratum"])) == sorted(samples)
    assert found.strata["units"].sum() == 28
    assert [remark.params["merged"] for remark in found.remarks] == merged


def test_merged_classes_keep_the_order_of_risk() -> None:
    """Classes B and D, one unit of twenty allowed: the stratum "all", in which the wanted chances follow the sizes."""
    entities, scores = _crowd("B1 " * 18 + "D1 D1 ")
    scores["score"] = [450] * 18 + [900] * 2
    task = _task(items=("g1",), ratio="B=2%;D=30%")
    found = _build(task, entities, _Law(general_item_limit="5%"), scores=scores)
    assert found.inclusion()["probability"].tolist() == pytest.approx([450 / 9900] * 18 + [900 / 9900] * 2)
    assert [remark.text("en") for remark in found.remarks] == [
        "Task T01: at most 5% of 20 units is 1 (item g1, shared/general_item_limit), too few for one in each of 2 "
        "classes; merged from the low-risk end: B + D → all."
    ]


def test_quotas_of_merged_classes_are_added() -> None:
    """A 0.12, B 0.12, C 1.2, D 0.6 of at most 3 units: A and B share one place, C and D keep theirs."""
    entities, scores = _crowd("A1 " * 12 + "B1 " * 6 + "C1 " * 12 + "D1 " * 2)
    found = _build(
        _task(items=("g1",), ratio="A=1%;B=2%;C=10%;D=30%"), entities, _Law(general_item_limit="10%"), scores=scores
    )
    assert found.strata[["stratum", "units", "sample"]].to_numpy().tolist() == [
        ["AB", 18, 1],
        ["C", 12, 1],
        ["D", 2, 1],
    ]


@pytest.mark.parametrize("access", ["open", "sealed"])
def test_less_than_one_unit_is_refused(access: str) -> None:
    """10 % of nine units is none: nothing is drawn, and task, item and both figures are named."""
    entities = _entities("u1 u2 u3 u4 u5 u6 u7 u8 u9")
    with pytest.raises(SupervisionError) as caught:
        _build(_task(items=("m1", "g1"), ratio="3%", access=access), entities, _Law(general_item_limit="10%"))
    assert caught.value.code == "sampling.limit_below_one"
    assert "Task T01: at most 10% of 9 units is 0 (item g1, shared/general_item_limit)" in caught.value.text("en")
    assert "抽样框 9 户的 10%（事项 g1 的上限，shared/general_item_limit）为 0 户" in caught.value.text("zh")


def test_a_limit_of_the_item_stands_beside_the_shared_one() -> None:
    """The stricter of the item's 40 % and the shared 50 % is named: two of five units, and three classes."""
    entities, scores = _crowd("A1 B1 B1 D1 D1")
    task = _task(items=("g1",), ratio="A=10%;B=20%;D=50%")
    (remark,) = _build(task, entities, scores=scores).remarks
    assert remark.params == {
        "task": "T01", "item": "g1", "source": "items/g1", "limit": "40%", "units": 5, "most": 2, "strata": 3,
        "merged": "A + B → AB",
    }  # fmt: skip


def test_a_missed_minimum_of_a_batch_is_a_remark() -> None:
    """A batch below an item's minimum for a batch is allowed and said; one for the year is no matter of one frame."""
    items = ITEMS | {"m1": _item("m1", "market", "每批不低于60%"), "m2": _item("m2", "market", "不低于60%")}
    entities = _entities("u1 u2 u3 u4")
    found = build_frame(
        _task(items=("m1", "m2")),
        items=items,
        entities=entities,
        scores=_scores(entities),
        exemptions=_exemptions(),
        visits=_visits(),
        caps=_caps(),
        law=_Law(),  # type: ignore[arg-type]
    )
    assert [remark.code for remark in found.remarks] == ["sampling.below_minimum"]
    assert found.inclusion()["probability"].sum() == pytest.approx(2)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"items": ("x9",)}, "sampling.item_unknown"),
        ({"items": ("f1",), "partners": ()}, "sampling.item_department"),
        ({"population": "region=320581"}, "sampling.empty_frame"),
        ({"access": "open"}, "sampling.open_task"),
        ({"access": "open", "ratio": "3%", "by_region": True}, "sampling.open_task"),
        ({"regime": "full", "ratio": "50%"}, "sampling.full_ratio"),
        ({"ratio": "A=50%"}, "sampling.class_without_ratio"),
        ({"ratio": "n=9"}, "sampling.more_than_all"),
        ({"ratio": "0%"}, "sampling.nothing_wanted"),
        ({"start": date(2027, 1, 1)}, "sampling.window"),
        ({"reserve": "A=1%"}, "sampling.reserve"),
    ],
)
def test_tasks_that_cannot_be_drawn(changes: dict[str, Any], code: str) -> None:
    """What contradicts the list, the directory or the protocol stops the task with its own error."""
    with pytest.raises(SupervisionError) as caught:
        _build(_task(**changes), _entities("u1 u2"))
    assert caught.value.code == code
    assert caught.value.text("zh") and caught.value.text("en")


def test_units_without_score_or_twice() -> None:
    """Everybody needs a score and an id of their own."""
    entities = _entities("u1 u2")
    with pytest.raises(SupervisionError, match="u2"):
        _build(_task(), entities, scores=_scores(entities).iloc[:1])
    with pytest.raises(SupervisionError, match="u1"):
        _build(_task(), _entities("u1 u1"))
    with pytest.raises(SupervisionError, match="标识"):
        _build(_task(), _entities("u1 u" + "9" * 60))


def test_probabilities_that_are_too_far_off_are_not_committed() -> None:
    """Twenty of 1,000 points and 1,980 of one are off by 1.8 %: refused; 25 and 1,975 of two by 0.6 %: allowed."""
    entities, law = _entities(" ".join(f"u{number:04}" for number in range(2000))), _Law(size_floor=1)
    scores = _scores(entities).assign(score=[1000] * 20 + [1] * 1980)
    with pytest.raises(SupervisionError) as caught:
        _build(_task(ratio="B=1.05%"), entities, law, scores=scores)
    assert (caught.value.code, caught.value.params["where"]) == ("sampling.deviation", "T01/B")
    assert 0.017 < caught.value.params["deviation"] < 0.019
    scores = _scores(entities).assign(score=[1000] * 25 + [2] * 1975)
    found = _build(_task(ratio="B=1.4%"), entities, law, scores=scores)
    assert found.strata[["sample", "working"]].to_numpy().tolist() == [[28, "pareto"]]
