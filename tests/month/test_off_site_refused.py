"""Off-site tasks and controls that are not as they must be (非现场任务核对): all is named, nothing is drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from off_site_months import CONTROL, DOORS, ITEM, PAPERS, ROUND, city_of

from supervision.errors import RuleMissing, SupervisionError
from supervision.law.rules import Law
from supervision.month import line
from supervision.month.city import City
from supervision.month.city_rules import lay_rules
from supervision.month.importing import import_folder
from supervision.month.off_site_tasks import check_off_site, off_site_tasks, visited_tasks
from supervision.store.store import Store

SITE = "market-disclosure"


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """A city whose registers are read, before any score."""
    folder = tmp_path_factory.mktemp("refused")
    inputs = city_of(folder / "city", DOORS, PAPERS, CONTROL, entities=500)
    Store.create(folder / "x.db")
    lay_rules(inputs, folder / "x.db")
    found = City.open(folder / "x.db", who="tester", rules=inputs / "rules")
    assert import_folder(found, inputs, as_of=None).exit_code == 0
    return found


@pytest.fixture
def round(city):
    """The coming round, whose tasks and items a test may change."""
    return city.upcoming(ROUND, rehearsal=True)


def change(round, name, **values):
    """Give a task of the round other values."""
    round.__dict__["tasks"] = [replace(task, **values) if task.task_id == name else task for task in round.tasks]


def methods(round, item, *codes):
    """Give an item of the round other methods."""
    round.__dict__["items"] = round.items | {item: replace(round.items[item], method=codes)}


def problems(round, **said):
    """The problems that are named; `said`: parameters of the first."""
    with pytest.raises(SupervisionError) as refused:
        check_off_site(round)
    assert refused.value.code == "month.off_site"
    found = refused.value.params["problems"]
    assert refused.value.params["count"] == len(found)
    assert {name: found[0].params[name] for name in said} == said
    return [one.code for one in found]


def test_the_demo_is_as_it_must_be(round):
    """One task is off site, the others need visits, and nothing speaks against them."""
    check_off_site(round)
    assert set(off_site_tasks(round)) == {PAPERS}
    assert set(visited_tasks(round)) == {DOORS, CONTROL}
    assert next(task.control_of for task in round.tasks if task.task_id == CONTROL) == PAPERS


def test_an_off_site_item_in_a_task_of_visits(round):
    """Papers and a door in one task are refused, and with it the control, which has nothing to compare."""
    change(round, PAPERS, items=(ITEM, SITE))
    found = problems(round, task=PAPERS, items=ITEM, others=SITE)
    assert found == ["month.off_site_mixed", "month.control_of_visits"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"control_of": "T99"}, "month.control_unknown"),
        ({"control_of": DOORS}, "month.control_of_visits"),
        ({"access": "sealed"}, "month.control_unequal"),
        ({"population": "type=企业"}, "month.control_population"),
        ({"regime": "reduced"}, "month.control_population"),
    ],
)
def test_a_control_that_is_none(round, values, code):
    """Of no task of the round, of visits, of unequal chances, of other units: each is named."""
    change(round, CONTROL, **values)
    if values.get("control_of") == DOORS:
        change(round, CONTROL, population=next(task.population for task in round.tasks if task.task_id == DOORS))
    assert problems(round, task=CONTROL, other=values.get("control_of", PAPERS)) == [code]


@pytest.mark.parametrize(("own", "other"), [("full", "random"), ("random", "full"), ("reduced", "reduced")])
def test_regimes_that_frame_the_same_units(round, own, other):
    """Full coverage and random checks frame everybody; two of one regime frame the same."""
    change(round, CONTROL, regime=own)
    change(round, PAPERS, regime=other)
    check_off_site(round)


def test_a_control_needs_a_door(round):
    """An off-site item in a control is refused: it has to be seen on site."""
    change(round, CONTROL, items=(ITEM,))
    assert problems(round) == ["month.control_off_site"]


def test_no_time_for_self_correction(round):
    """A window that ends before the day of self-correction is refused; one that ends on it is not."""
    change(round, PAPERS, end=date(2026, 12, 15))
    check_off_site(round)
    change(round, PAPERS, end=date(2026, 12, 14))
    assert problems(round) == ["month.off_site_short"]


def test_nobody_to_check(round):
    """A department without an office anywhere cannot check off site; one without an office in a district can."""
    round.__dict__["offices"] = {key: one for key, one in round.offices.items() if one.region == "320505"}
    check_off_site(round)
    round.__dict__["offices"] = {key: one for key, one in round.offices.items() if one.department != "market"}
    assert problems(round) == ["month.off_site_nobody"]


@pytest.mark.parametrize("codes", [("test",), ("desk", "agency"), ("desk", "on_site")])
def test_other_methods_open_doors(round, codes):
    """Testing, a commissioned agency, or a method beside the visit: who may have to come comes."""
    methods(round, ITEM, *codes)
    assert off_site_tasks(round) == {}
    assert set(visited_tasks(round)) == {PAPERS, CONTROL, DOORS}


def test_a_round_of_visits_needs_no_rule(round, monkeypatch):
    """Without the rule a round whose items are all inspected on site goes on; one with papers stops."""
    monkeypatch.setitem(round.__dict__, "law", Law(on=round.law.on, rules={}))
    with pytest.raises(RuleMissing):
        off_site_tasks(round)
    methods(round, ITEM, "on_site")
    assert off_site_tasks(round) == {}


def test_nothing_is_scored_before(city, round):
    """`commit` and `preview` refuse the round before anybody is scored."""
    change(round, PAPERS, items=(ITEM, SITE))
    with pytest.raises(SupervisionError) as refused:
        line.committing.check_before(round, cause="", key="00" * 32, accept_unverified="")
    assert refused.value.code == "month.off_site"
