"""An item's ratio of the year, kept over rounds; of a batch, kept task by task; its frequency, unit by unit."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import test_frame as given

from supervision.errors import SupervisionError
from supervision.sampling.frame.frame import Frame
from supervision.sampling.frame.limits import visits_a_year
from supervision.sampling.frame.yearly_limits import Earlier, keys_of, within_year

LAW: Any = given._Law(general_item_limit=None, yearly_visit_cap=None)


def item(ratio: str, item_id: str = "g1", kind: str = "general", **more: Any) -> Any:
    """An item of the market department."""
    return replace(given._item(item_id, "market", ratio, kind), **more)


def units(first: int, last: int) -> pd.Series[str]:
    """The ids u001 … of a directory."""
    return pd.Series([f"u{number:03}" for number in range(first, last + 1)], dtype="str")


def frame(ratio: str, *, items: dict[str, Any], first: int = 1, last: int = 100, law: Any = LAW, **task: Any) -> Frame:
    """The frame of a task on the units first … last."""
    entities = given._entities(" ".join(units(first, last)))
    found = given._task(items=tuple(items), ratio=ratio, **task)
    return given.build_frame(
        found, items=items, entities=entities, scores=given._scores(entities), exemptions=given._exemptions(),
        visits=given._visits(), caps=given._caps(), law=law,
    )  # fmt: skip


def drawn(*parts: tuple[int, int], directory: tuple[int, int] = (1, 100), pledged: int = 0) -> Earlier:
    """What earlier rounds drew."""
    ids = [units(first, last) for first, last in parts] or [pd.Series(dtype="str")]
    return Earlier(directory=units(*directory), drawn=pd.concat(ids, ignore_index=True), pledged=pledged)


def refused(frames: list[Frame], items: dict[str, Any], earlier: dict[Any, Earlier], law: Any = LAW) -> Any:
    """The figures of the refusal, None where nothing is refused."""
    try:
        within_year(frames, items, earlier, law=law)
    except SupervisionError as error:
        assert error.code == "sampling.above_yearly_limit"
        return {name: error.params[name] for name in ("item", "most", "used", "wanted", "over")}
    return None


TEN = {"g1": item("不高于10%")}


@pytest.mark.parametrize(("before", "over"), [(0, 0), (1, 1), (9, 9)])
def test_two_months_together_stay_within_ten_per_cent(before: int, over: int) -> None:
    """Of a hundred units ten a year: after none another ten, after one or nine no ten more."""
    earlier = {("g1", ""): drawn((1, before))} if before else {}
    wanted = {"item": "g1", "most": 10, "used": before, "wanted": 10, "over": over} if over else None
    assert refused([frame("10%", items=TEN)], TEN, earlier) == wanted


def test_what_is_left_may_be_drawn() -> None:
    """After nine of ten one more is within the year; it is named in both languages when it is not."""
    earlier = {("g1", ""): drawn((1, 9))}
    assert refused([frame("n=1", items=TEN)], TEN, earlier) is None
    with pytest.raises(SupervisionError) as caught:
        within_year([frame("n=2", items=TEN)], TEN, earlier, law=LAW)
    assert (
        "全年至多抽 10%（items/g1），即名录 100 户中的 10 户；本年已抽 9 户，本轮要抽 2 户（任务 T01），超出 1 户"
        in (caught.value.text("zh"))
    )
    assert "10 of the 100 units" in caught.value.text("en")


def test_a_committed_round_counts_before_it_is_drawn() -> None:
    """Five that are pledged and four that are drawn leave one."""
    earlier = {("g1", ""): drawn((1, 4), pledged=5)}
    assert refused([frame("n=1", items=TEN)], TEN, earlier) is None
    assert refused([frame("n=2", items=TEN)], TEN, earlier) == {
        "item": "g1", "most": 10, "used": 9, "wanted": 2, "over": 1,
    }  # fmt: skip


def test_the_directory_are_all_units_of_the_year() -> None:
    """Two halves of a directory, ten per cent of each: together ten of a hundred, each unit counted once."""
    half = frame("10%", items=TEN, first=51, last=100)
    assert refused([half], TEN, {("g1", ""): drawn((1, 5), directory=(1, 50))}) is None
    assert refused([half], TEN, {("g1", ""): drawn((1, 5), (1, 5), directory=(1, 50))}) is None
    assert refused([half], TEN, {("g1", ""): drawn((1, 6), directory=(1, 50))}) == {
        "item": "g1", "most": 10, "used": 6, "wanted": 5, "over": 1,
    }  # fmt: skip
    again = frame("10%", items=TEN, first=1, last=50)
    assert refused([again], TEN, {("g1", ""): drawn((1, 5), directory=(1, 50))}) == {
        "item": "g1", "most": 5, "used": 5, "wanted": 5, "over": 5,
    }  # fmt: skip


def test_tasks_of_one_round_count_together() -> None:
    """Two tasks of one round with the item share its year."""
    both = [frame("6%", items=TEN), frame("6%", items=TEN, task_id="T02")]
    assert refused(both, TEN, {}) == {"item": "g1", "most": 10, "used": 0, "wanted": 12, "over": 2}


def test_levels_have_their_own_year() -> None:
    """What the province's tasks drew leaves the city's year as it is."""
    city = frame("10%", items=TEN, level="city")
    assert refused([city], TEN, {("g1", "provincial"): drawn((1, 9)), ("g1", ""): drawn((1, 9))}) is None
    assert refused([city], TEN, {("g1", "city"): drawn((1, 9))}) is not None


@pytest.mark.parametrize(
    "items",
    [{"g1": item("每批不高于10%")}, {"g1": item("不高于10%", period="batch")}, {"g1": item("100%", kind="key")}],
)
def test_a_ratio_of_a_batch_has_no_year(items: dict[str, Any]) -> None:
    """Ten per cent of every batch may come every month; and nobody is drawn too much where all may be."""
    assert refused([frame("10%", items=items)], items, {("g1", ""): drawn((1, 60))}) is None
    assert keys_of([frame("10%", items=items)], items, law=LAW) == (
        {("g1", "")} if items["g1"].kind == "key" else set()
    )


def test_the_text_stands_before_the_column() -> None:
    """A ratio that says 全年 is one of the year, whatever the column says."""
    items = {"g1": item("全年不高于10%", period="batch")}
    assert refused([frame("10%", items=items)], items, {("g1", ""): drawn((1, 9))}) is not None


def test_the_shared_limit_of_general_items_is_kept_over_the_year() -> None:
    """The rule's ten per cent binds a general item that says nothing, not a key item, and not where it says 每批."""
    items = {"g1": item("根据实际情况确定"), "k1": item("根据实际情况确定", "k1", "key")}
    earlier = {("g1", ""): drawn((1, 9)), ("k1", ""): drawn((1, 9))}
    for limit, wanted in (("10%", ["g1"]), ("每批不高于10%", []), (None, [])):
        law: Any = given._Law(general_item_limit=limit, yearly_visit_cap=None)
        found = refused([frame("10%", items=items, law=law)], items, earlier, law)
        assert ([found["item"]] if found else []) == wanted


def test_a_yearly_minimum_says_what_is_still_to_come() -> None:
    """Thirty of a hundred a year: twelve before and ten now leave eight; with eighteen more nothing is said."""
    items = {"k1": item("不低于30%", "k1", "key")}
    (found,) = within_year([frame("10%", items=items)], items, {("k1", ""): drawn((1, 12))}, law=LAW)
    assert [(remark.code, remark.params["short"], remark.params["least"]) for remark in found.remarks] == [
        ("sampling.below_yearly_minimum", 8, 30)
    ]
    (found,) = within_year([frame("18%", items=items)], items, {("k1", ""): drawn((1, 12))}, law=LAW)
    assert found.remarks == ()
    items = {"k1": item("不低于30%", "k1", "key", period="batch")}
    (found,) = within_year([frame("10%", items=items)], items, {}, law=LAW)
    assert [remark.code for remark in found.remarks] == ["sampling.below_minimum"]


@pytest.mark.parametrize(
    ("ratio", "frequency", "many"),
    [
        ("3%;2次/年", "", 2),
        ("3%", "1次/年", 1),
        ("3%;2次/年", "每年一次", 1),
        ("每季度1次", "", 4),
        ("3%", "", None),
        ("3%", "不定期", None),
        ("100%,抽查1次", "", 1),
    ],
)
def test_the_visits_that_an_item_allows_a_year(ratio: str, frequency: str, many: int | None) -> None:
    """The smaller of what its ratio and its frequency say; what cannot be read limits nothing."""
    assert visits_a_year(item(ratio, frequency=frequency)) == many


def test_a_frequency_takes_units_out_of_the_frame() -> None:
    """A unit inspected twice this year for an item of two a year is out, on paper or on site, by whatever agency."""
    items = {"g1": item("50%;2次/年"), "m2": item("50%", "m2", "key")}
    columns = "unit_id agency date kind visit_no item_id on_site"
    rows = [
        *(("twice", "market", day, "routine", None, "g1", False) for day in ("2026-02-02", "2026-03-02")),
        *(("sent", agency, "2026-02-02", "special", None, "g1", True) for agency in ("market", "fire")),
        ("once", "market", "2026-02-02", "routine", None, "g1", True),
        *(("other", "market", day, "routine", None, "m2", True) for day in ("2026-02-02", "2026-03-02")),
        *(("cause", "market", day, "for_cause", None, "g1", True) for day in ("2026-02-02", "2026-03-02")),
        *(("before", "market", day, "routine", None, "g1", True) for day in ("2025-11-02", "2025-12-02")),
    ]
    entities = given._entities("twice sent once other cause before")
    found = given.build_frame(
        given._task(items=("g1", "m2")), items=items, entities=entities, scores=given._scores(entities),
        exemptions=given._exemptions(), visits=given._table(columns, *rows), caps=given._caps(), law=LAW,
    )  # fmt: skip
    assert given._out(found) == dict.fromkeys(("twice", "sent"), ("cap", "items/g1"))


def test_a_frequency_that_cannot_be_read_is_said() -> None:
    """不定期 limits nothing, and a remark names task, item and text."""
    items = {"k1": item("根据实际情况确定", "k1", "key", frequency="不定期")}
    (remark,) = frame("10%", items=items).remarks
    assert remark.params == {"task": "T01", "item": "k1", "text": "不定期"}
