"""What is learned from."""

from datetime import date

import numpy as np
import pandas as pd
import risk_registers as given

from supervision.risk.features import build_features
from supervision.risk.indicators import INDICATORS
from supervision.risk.training_set import training_table

UNTIL = date(2026, 6, 30)


def table(*registers, until=UNTIL, **more):
    """The training table on the day."""
    return training_table(*registers, until=until, outcomes=given.OUTCOMES, **{"record_use": given.NO_TERMS} | more)


def test_only_inspections_held_and_known_and_not_for_cause_are_rows():
    """For-cause checks, results not yet known, and those that could not be held are left out; the last are counted."""
    history = given.history(
        {"unit_id": "a", "date": "2026-03-01", "result": "5"},
        {"unit_id": "a", "date": "2026-01-01", "result": "1", "kind": "special", "inspector": "i-7"},
        {"unit_id": "a", "date": "2026-01-02", "result": "5", "kind": "for_cause"},
        {"unit_id": "b", "date": "2026-01-03", "result": "6"},
        {"unit_id": "b", "date": "2026-06-30", "result": "1"},
    )
    training = table(given.entities({"unit_id": "a"}, {"unit_id": "b"}), given.events(), history)
    assert training.found.tolist() == [0, 1]
    assert training.date.astype("datetime64[D]").astype(str).tolist() == ["2026-01-01", "2026-03-01"]
    assert training.nuisance.fillna("").to_numpy().tolist() == [
        ["i-7", "market", "m-1", "-1"],
        ["", "market", "m-1", "0"],
    ]
    assert training.past.tolist() == [0.5, 0.5]  # the first has no past; of the second one of two found something
    assert (training.could_not, training.backfilled, training.left_out) == (1, 0, 0)


def test_what_is_held_and_known_on_the_day_itself_is_learned_from():
    """Not what is held, or known, a day later; not a result of which a newer version is known on that day."""
    days = [("a", "2026-06-30", "2026-06-30"), ("b", "2026-06-29", "2026-07-01"), ("c", "2026-07-01", "2026-06-30")]
    rows = [{"unit_id": unit, "date": held, "known_on": known, "result": "5"} for unit, held, known in days]
    newer = [{"unit_id": "d", "date": "2026-06-01", "known_on": f"2026-06-{day}", "result": result}
             for day, result in (("20", "5"), ("30", "1"))]  # fmt: skip
    entities = given.entities(*({"unit_id": unit} for unit in "abcd"))
    training = table(entities, given.events(), given.history(*rows, *newer))
    assert training.date.astype("datetime64[D]").astype(str).tolist() == ["2026-06-01", "2026-06-30"]
    assert training.found.tolist() == [0, 1]


def test_features_are_those_of_the_day_before_the_inspection():
    """Every row of the training table is what build_features gives for its unit on the day before."""
    entities, events, history = given.random_registers(3)
    others = given.random_others(3)
    training = table(entities, events, history, others=others)
    assert len(training.found) > 20
    held = history[history["kind"].ne("for_cause") & history["result"].ne("6") & (history["known_on"] <= "2026-06-30")]
    held = held[held["date"] <= "2026-06-30"].sort_values(["date", "unit_id", "agency", "item_id"])
    for place, row in enumerate(held.itertuples()):
        day = (row.date - pd.Timedelta(days=1)).date()
        whole = build_features(entities, events, history, on=day, outcomes=given.OUTCOMES, others=others)
        mine = whole[(entities["unit_id"] == row.unit_id).to_numpy()].iloc[0]
        assert mine.to_dict() == training.features.iloc[place].to_dict()


def test_results_known_later_and_the_order_of_rows_change_nothing():
    """A table made in time equals one made later from shuffled registers with more rows."""
    entities, events, history = given.random_registers(5)
    day = pd.Timestamp(UNTIL)
    then = table(
        entities[entities["known_on"] <= day], events[events["known_on"] <= day], history[history["known_on"] <= day]
    )
    now = table(*(frame.sample(frac=1, random_state=1) for frame in (entities, events, history)))
    pd.testing.assert_frame_equal(then.features, now.features)
    assert then.found.tolist() == now.found.tolist()


def test_a_corrected_result_counts_once():
    """Of two versions of one inspection the one known last by the day is the row."""
    row = {"unit_id": "a", "date": "2026-03-01"}
    history = given.history(
        {**row, "result": "1", "known_on": "2026-03-02"}, {**row, "result": "5", "known_on": "2026-05-01"}
    )
    registers = (given.entities({"unit_id": "a"}), given.events(), history)
    assert table(*registers).found.tolist() == [1]
    assert table(*registers, until=date(2026, 4, 1)).found.tolist() == [0]


def test_lasting_facts_stand_in_for_days_before_the_register():
    """A unit registered after its inspection keeps its founding date and capital; what may have changed is unknown."""
    entities = given.entities(
        {"unit_id": "a", "established": "2016-01-01", "capital": 10, "employees": 9, "known_on": "2026-04-01"}
    )
    history = given.history({"unit_id": "a", "date": "2026-03-01", "result": "5"})
    training = table(entities, given.events(), history)
    assert training.backfilled == 1
    assert training.features[["age_months", "capital_log2", "employees_log2"]].to_numpy().tolist() == [[122, 4, -1]]


def test_of_too_many_rows_the_latest_stay():
    """The limit keeps the last rows by date and says how many it left out."""
    rows = [{"unit_id": "a", "date": f"2026-01-{day:02d}", "result": "1"} for day in range(1, 11)]
    training = table(given.entities({"unit_id": "a"}), given.events(), given.history(*rows), most=3)
    assert training.date.astype("datetime64[D]").astype(str).tolist() == ["2026-01-08", "2026-01-09", "2026-01-10"]
    assert training.left_out == 7


def test_one_event_cuts_only_its_own_indicators():
    """A single event known late leaves every earlier inspection in; only what tells of that kind is unknown there."""
    rows = [{"unit_id": "a", "date": f"2026-01-{day:02d}", "result": "1"} for day in range(1, 5)]
    complaint = {"unit_id": "b", "kind": "complaint", "happened": "2020-01-01"}
    penalty = {"unit_id": "b", "kind": "penalty", "happened": "2020-01-01", "known_on": "2026-01-03"}
    entities, history = given.entities({"unit_id": "a"}), given.history(*rows)
    alone = table(entities, given.events(complaint), history).features
    both = table(entities, given.events(complaint, penalty), history).features
    assert len(both) == len(table(entities, given.events(penalty), history).features) == 4
    assert both["penalties_36m"].tolist() == [-1, -1, -1, 0]
    assert both["complaints_12m"].tolist() == [0, 0, 0, 0]
    changed = {name for name in both if both[name].tolist() != alone[name].tolist()}
    assert changed == {"penalties_12m", "penalties_36m", "penalty_worst_36m", "penalty_log2_36m"}


def test_part_of_a_table():
    """A part has the chosen rows only."""
    rows = [{"unit_id": "a", "date": f"2026-01-{day:02d}", "result": "1"} for day in range(1, 4)]
    training = table(given.entities({"unit_id": "a"}), given.events(), given.history(*rows))
    part = training.where(np.array([True, False, True]))
    assert part.date.astype("datetime64[D]").astype(str).tolist() == ["2026-01-01", "2026-01-03"]
    assert len(part.features) == len(part.nuisance) == 2


def test_empty_registers_teach_nothing_and_do_not_fail():
    """A city on its first day has a table without rows, with every column."""
    training = table(given.entities(), given.events(), given.history())
    assert training.features.shape == (0, len(INDICATORS) + 1)
    assert len(training.found) == len(training.nuisance) == 0
    assert build_features(given.entities(), given.events(), given.history(), on=UNTIL, outcomes={}).empty
