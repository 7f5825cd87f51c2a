"""What the library's calls do beyond their stages: defaults, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import supervision
from supervision.directory.register import register
from supervision.library.inputs import empty_register
from supervision.messages import Message
from supervision.planner.check.calendar import broken

EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = date(2026, 12, 1)
ITEM = supervision.Item(
    item_id="food",
    name="餐饮",
    department="market",
    kind="general",
    basis="示例",
    ratio="不高于10%",
    half_days=1,
    inspectors=2,
)
OFFICE = supervision.Office(office_id="m1", department="market", region="320505", name="市场监管所")


def task(**changes: object) -> supervision.Task:
    """Return an open task of one item in December 2026, with some fields changed."""
    fields: dict[str, object] = {
        "task_id": "T1",
        "name": "餐饮抽查",
        "round": "2026-12",
        "items": ("food",),
        "lead": "market",
        "start": date(2026, 12, 3),
        "end": date(2026, 12, 4),
        "population": "*",
        "regime": "random",
        "ratio": "n=2",
        "access": "open",
        "disclosure": "before",
    }
    return supervision.Task(**(fields | changes))  # type: ignore[arg-type]


def entities(rows: int = 30) -> pd.DataFrame:
    """Return units u00, u01, … that are in force."""
    return pd.DataFrame(
        {
            "unit_id": [f"u{number:02}" for number in range(rows)],
            "status": "存续",
            "type": "企业",
            "region": "320505",
            "established": pd.Timestamp("2020-01-01").as_unit("s"),
        }
    )


def law() -> supervision.Law:
    """Return the shipped law with the example city's cap."""
    return supervision.read_law(DAY, rules=EXAMPLES / "rules")


def roster(people: int) -> pd.DataFrame:
    """Return p1, p2, … of one office, all able and there."""
    names = [f"p{number}" for number in range(1, people + 1)]
    columns = {"office": "m1", "from": "2026-01-01", "until": "2027-12-31", "scopes": "food", "daily_limit": "2"}
    return pd.DataFrame({"inspector_id": names}).assign(**columns, absent="")


def code_of(call: Callable[[], object]) -> tuple[str, dict[str, object]]:
    """Return code and parameters of the error that a call raises."""
    with pytest.raises(supervision.SupervisionError) as caught:
        call()
    assert caught.value.text("zh") != caught.value.text("en")
    return caught.value.code, dict(caught.value.params)


def test_a_file_or_a_rules_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """What is missing is said with its path, before anything is read."""
    missing = tmp_path / "none"
    assert code_of(lambda: supervision.read_register("entities", missing)) == ("library.no_file", {"file": missing})
    assert code_of(lambda: supervision.read_law(DAY, rules=missing)) == ("library.no_folder", {"folder": missing})
    (tmp_path / "file").write_text("")
    assert code_of(lambda: supervision.read_law(DAY, rules=tmp_path / "file"))[0] == "library.no_folder"


def test_rows_without_a_day_take_the_given_one(tmp_path: Path) -> None:
    """`as_of` fills known_on; without it the file is refused."""
    file = tmp_path / "recusals.csv"
    file.write_text("inspector_id,unit_id,ground\np1,91320505YY3452468C,relative\n", encoding="utf-8")
    good = supervision.read_register("recusals", file, as_of=date(2026, 11, 30)).good
    assert good["known_on"].tolist() == [pd.Timestamp("2026-11-30")]
    assert code_of(lambda: supervision.read_register("recusals", file))[0] == "directory.no_known_on"


def test_the_city_s_rule_wins_over_the_shipped_one() -> None:
    """Without the city's folder its decision has no value."""
    assert law().value("shared/yearly_visit_cap") == {"same_agency": 1, "all_agencies": 4}
    assert "shared/yearly_visit_cap" in supervision.read_law(DAY).missing()
    assert "shared/yearly_visit_cap" not in law().missing()


@pytest.mark.parametrize("kind", ["history", "exemptions", "caps", "events", "recusals"])
def test_an_empty_register_has_the_register_s_columns_and_types(kind: str) -> None:
    """No rows, yet every stage finds its columns with their dtypes."""
    found = empty_register(kind)
    assert len(found) == 0
    assert {name: str(found[name].dtype) for name in found} == {c.name: c.storage for c in register(kind).columns}


def test_a_frame_looks_at_history_and_caps_only_where_they_are_given() -> None:
    """A unit visited by the same agency this year is out by the cap; without history nobody is."""
    visited = pd.DataFrame(
        {
            "unit_id": ["u03"],
            "agency": ["market"],
            "date": [pd.Timestamp("2026-05-05").as_unit("s")],
            "kind": ["routine"],
            "visit_no": ["v1"],
        }
    )
    plain = supervision.build_frame(task(), items=[ITEM], entities=entities(), law=law())
    capped = supervision.build_frame(task(), items=[ITEM], entities=entities(), law=law(), history=visited)
    assert (len(plain.rows), len(plain.excluded)) == (30, 0)
    assert capped.excluded.astype(str).to_numpy().tolist() == [["u03", "cap", "shared/yearly_visit_cap"]]
    assert (plain.task.group, plain.task.partners, plain.task.by_region, plain.task.reserve) == ("joint", (), False, "")


def test_a_sealed_task_needs_scores() -> None:
    """Classes come from scores; without them nobody can be put in a stratum."""
    sealed = task(access="sealed", disclosure="after_visit", ratio="n=3")
    code, params = code_of(lambda: supervision.build_frame(sealed, items=[ITEM], entities=entities(), law=law()))
    assert (code, params["units"]) == ("sampling.no_score", 30)
    scores = pd.DataFrame({"unit_id": entities()["unit_id"], "score": 500, "class": ["A"] * 20 + ["D"] * 10})
    frame = supervision.build_frame(sealed, items=[ITEM], entities=entities(), law=law(), scores=scores)
    assert frame.strata["units"].tolist() == [20, 10]


def test_what_is_given_twice_is_refused() -> None:
    """One id means one thing."""
    twice = [ITEM, ITEM]
    assert code_of(lambda: supervision.build_frame(task(), items=twice, entities=entities(), law=law())) == (
        "library.id_twice",
        {"id": "food"},
    )
    assert plan_code(tasks=[task(), task()]) == ("library.id_twice", {"id": "T1"})
    assert plan_code(offices=[OFFICE, OFFICE]) == ("library.id_twice", {"id": "m1"})
    assert plan_code(items=twice) == ("library.id_twice", {"id": "food"})


def test_seeds_and_keys_have_thirty_two_bytes() -> None:
    """One byte less or more is refused, and said which of the two it was."""
    frame = supervision.build_frame(task(), items=[ITEM], entities=entities(), law=law())
    wanted = {"wanted": 32}
    for short in (bytes(31), bytes(33)):
        params = wanted | {"found": len(short)}
        assert code_of(lambda: supervision.draw([frame], seed=short, frame_key=bytes(32), round_id="2026-12")) == (  # noqa: B023
            "library.seed_length",
            params | {"name": "seed"},
        )
        assert code_of(lambda: supervision.draw([frame], seed=bytes(32), frame_key=short, round_id="2026-12")) == (  # noqa: B023
            "library.seed_length",
            params | {"name": "frame_key"},
        )
        places = pd.DataFrame(columns=["visit_id", "office", "place", "half_days", "items"])
        assert code_of(lambda: supervision.draw_inspectors(places, roster(1), seed=short))[0] == "library.seed_length"  # noqa: B023


def test_the_draw_depends_on_seed_round_and_hash() -> None:
    """Each of them alone changes the numbers; the same ones repeat them."""
    frame = supervision.build_frame(task(), items=[ITEM], entities=entities(), law=law())

    def numbers(seed: bytes = bytes(32), round_id: str = "2026-12", hash_name: str = "sha256") -> list[str]:
        found = supervision.draw([frame], seed=seed, frame_key=bytes(32), round_id=round_id, hash_name=hash_name)
        return found["T1"].order["D"].tolist()

    assert numbers() == numbers()
    others = [numbers(seed=b"\x01" * 32), numbers(round_id="2026-11"), numbers(hash_name="sm3")]
    assert all(other != numbers() for other in others)


def plan(**changes: object) -> object:
    """Plan two units of one task with two people."""
    units = pd.DataFrame({"unit_id": ["u1", "u2"], "region": "320505", "street": ""})
    arguments: dict[str, object] = {
        "tasks": [task()],
        "items": [ITEM],
        "offices": [OFFICE],
        "units": units,
        "roster": roster(2),
        "law": law(),
        "seed": bytes(32),
        "frame_key": bytes(32),
        "round_id": "2026-12",
    }
    drawn = pd.DataFrame({"task_id": "T1", "unit_id": ["u1", "u2"]})
    return supervision.plan_calendar(**({"drawn": drawn} | arguments | changes))  # type: ignore[arg-type]


def plan_code(**changes: object) -> tuple[str, dict[str, object]]:
    """Return code and parameters of the error of a plan."""
    return code_of(lambda: plan(**changes))


def weekend(**changes: object) -> supervision.Task:
    """Return a task whose days are a Saturday and a Sunday."""
    return task(start=date(2026, 12, 5), end=date(2026, 12, 6), **changes)


def test_half_days_are_the_working_ones_of_the_tasks_windows() -> None:
    """3 and 4 December 2026 are a Thursday and a Friday; on the weekend there is no half-day and nothing is held."""
    held = plan()
    assert set(held.calendar["half_days"]) <= {f"2026-12-0{day}T{half}" for day in (3, 4) for half in (1, 2)}  # type: ignore[attr-defined]
    assert len(held.unheld) == 0  # type: ignore[attr-defined]
    assert plan_code(tasks=[weekend()]) == ("planner.no_day_left", {"earliest": "-"})
    both = plan(
        tasks=[task(), weekend(task_id="T2")], drawn=pd.DataFrame({"task_id": ["T1", "T2"], "unit_id": ["u1", "u2"]})
    )
    assert set(both.calendar["unit_id"]) == {"u1"}  # type: ignore[attr-defined]
    assert both.unheld[["unit_id", "reason"]].to_numpy().tolist() == [["u2", "no_half_day"]]  # type: ignore[attr-defined]


def test_half_days_reach_from_the_first_window_to_the_last() -> None:
    """Two tasks on one day each, Thursday and Friday: each unit is visited on its own task's day."""
    thursday = task(task_id="T1", end=date(2026, 12, 3))
    friday = task(task_id="T2", start=date(2026, 12, 4))
    for tasks in ([thursday, friday], [friday, thursday]):
        drawn = pd.DataFrame({"task_id": ["T1", "T2"], "unit_id": ["u1", "u2"]})
        found = plan(drawn=drawn, tasks=tasks).calendar  # type: ignore[attr-defined]
        days = found.assign(day=found["half_days"].str[:10]).groupby("unit_id")["day"].unique()
        assert {unit: list(dates) for unit, dates in days.items()} == {"u1": ["2026-12-03"], "u2": ["2026-12-04"]}


def test_the_law_s_quiet_days_are_left_free(tmp_path: Path) -> None:
    """A city that keeps the 3rd of each month free is visited on the 4th only."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "quiet_days.yaml").write_text(
        "id: shared/quiet_days\ntitle:\n  zh: 安静日\n  en: Quiet days\nunit: days of the month\nvalues:\n"
        "  - from: 2026-01-01\n    value: {days: [3]}\n    basis: 示例\n"
        "    verified: true\n    review_by: 2027-12-31\n",
        encoding="utf-8",
    )
    quiet = supervision.read_law(DAY, rules=tmp_path)
    assert set(plan(law=quiet).calendar["half_days"].str[:10]) == {"2026-12-04"}  # type: ignore[attr-defined]


def test_given_half_days_stand() -> None:
    """With one half-day and two people only one of two units can be visited."""
    found = plan(half_days={"320505": ["2026-12-04T2"]})
    assert set(found.calendar["half_days"]) == {"2026-12-04T2"}  # type: ignore[attr-defined]
    assert (found.calendar["visit_id"].nunique(), len(found.unheld)) == (1, 1)  # type: ignore[attr-defined]


def test_nothing_is_planned_before_the_earliest_half_day() -> None:
    """From Friday afternoon on both visits wait for it; one half-day has room for one of them."""
    found = plan(earliest="2026-12-04T2")
    assert set(found.calendar["half_days"]) == {"2026-12-04T2"}  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["seed", "frame_key"])
def test_a_calendar_needs_seed_and_key(name: str) -> None:
    """Ties are broken by them: 32 bytes each."""
    assert plan_code(**{name: bytes(31)}) == ("library.seed_length", {"name": name, "wanted": 32, "found": 31})


@pytest.mark.parametrize(
    "changed", [{"seed": b"\1" * 32}, {"frame_key": b"\1" * 32}, {"round_id": "2026-11"}, {"hash_name": "sm3"}]
)
def test_ties_depend_on_seed_key_round_and_hash(changed: dict[str, object]) -> None:
    """Four half-days for ten units: who is visited, and when, is another list when one of the four changes."""
    names = [f"u{number}" for number in range(10)]
    units = pd.DataFrame({"unit_id": names, "region": "320505", "street": ""})
    drawn = pd.DataFrame({"task_id": "T1", "unit_id": names})
    scarce = {
        "units": units,
        "drawn": drawn,
        "half_days": {"320505": [f"2026-12-0{day}T{half}" for day in (3, 4) for half in (1, 2)]},
    }

    def visited(**more: object) -> list[str]:
        held = plan(**(scarce | more)).calendar  # type: ignore[attr-defined]
        return sorted(held["unit_id"] + held["half_days"])

    assert visited() == visited()
    assert visited() != visited(**changed)


def test_a_recused_inspector_is_neither_planned_nor_drawn() -> None:
    """Of two people one may not go to u1: u1 cannot be held, u2 can; with a third, the other two go to u1."""
    recusals = pd.DataFrame({"inspector_id": ["p1"], "unit_id": ["u1"], "ground": ["relative"]})
    found = plan(recusals=recusals)
    assert set(found.calendar["unit_id"]) == {"u2"}  # type: ignore[attr-defined]
    assert found.unheld[["unit_id", "reason"]].to_numpy().tolist() == [["u1", "recusal"]]  # type: ignore[attr-defined]
    assert [(one.code, one.units) for one in found.causes] == [("recusal", 1)]  # type: ignore[attr-defined]
    wider = plan(recusals=recusals, roster=roster(3)).calendar  # type: ignore[attr-defined]
    drawn = supervision.draw_inspectors(wider, roster(3), seed=bytes(32), recusals=recusals).assignments
    assert sorted(drawn.loc[drawn["visit_id"] == "u1~1", "inspector_id"]) == ["p2", "p3"]


def test_without_tasks_the_half_days_are_not_known() -> None:
    """Nothing is assumed: tasks or half-days must be given."""
    assert plan_code(tasks=[])[0] == "library.no_tasks"


def test_a_calendar_that_its_check_does_not_accept_is_not_returned(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check's sentence becomes the error's."""
    params = {"unit": "u1", "half_day": "2026-12-03T1", "visits": "u1~1 u1~2"}
    monkeypatch.setattr("supervision.library.calendars.check", lambda *_: [broken("unit_twice", **params)])
    code, said = plan_code()
    assert (code, said) == ("library.calendar_broken", {"violation": Message("planner.check.unit_twice", params)})


def test_reasons_come_in_the_language_that_is_asked_for() -> None:
    """The same unit, the same facts, two languages; a unit without a third reason has none."""
    registers = [supervision.read_register(k, EXAMPLES / f"{k}.csv").good for k in ("entities", "events", "history")]
    card = supervision.expert_scorecard(law())
    zh = supervision.score_units(card, *registers, on=date(2026, 11, 30), law=law())
    en = supervision.score_units(card, *registers, on=date(2026, 11, 30), law=law(), lang="en")
    worst = zh["score"].idxmax()
    assert zh.loc[worst, "reason_1"] == "在经营异常名录：是"
    assert en.loc[worst, "reason_1"] == "on the list of abnormal operation: yes"
    assert zh["reason_3"].isna().any()
    assert zh["reason_3"].isna().tolist() == en["reason_3"].isna().tolist()
    assert list(zh) == ["unit_id", "score", "class", "override", "reason_1", "reason_2", "reason_3", "lowered_by"]
    alone = supervision.score_units(card, registers[0], on=date(2026, 11, 30), law=law())
    assert alone.loc[worst, "score"] < zh.loc[worst, "score"]
