"""A unit's sheet adds up, agrees with everybody's scores, and shows the rows that count and those that do not."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
import risk_registers as given
from test_objections import RULE as OBJECTION
from test_objections import objections

from supervision.errors import SupervisionError
from supervision.risk.cards import Cards
from supervision.risk.classes import assess
from supervision.risk.explanation import explain
from supervision.risk.features import build_features, tabulate
from supervision.risk.grounds import REGISTERS, behind, ground_table
from supervision.risk.indicators import INDICATORS
from supervision.risk.record_use import within_terms, without_repaired
from supervision.risk.scorecard import FeaturePoints, Scorecard
from supervision.risk.snapshot import Evidence
from supervision.risk.transforms import Count, Visits

ON = date(2026, 3, 31)
USE = [
    {"event": "penalty", "severity": [0, 1, None], "months": 12},
    {"event": "penalty", "severity": [2, 3], "months": 36},
]
LAW = given.law(record_use=USE, objection=OBJECTION, risk_cutoff=given.CUTOFF, class_override=[])


def card(seed=3):
    """Random points for every indicator, neither bounded to a sign nor zero."""
    rng = np.random.default_rng(seed)
    points = [
        FeaturePoints(name=row.name, up_to=(0, 1, 5, 100), points=tuple(rng.integers(-40, 40, 5).tolist()),
                      unknown=int(rng.integers(-9, 9)), neutral=int(rng.integers(-5, 5)), wording=row.wording)
        for row in INDICATORS
    ]  # fmt: skip
    return Scorecard(kind="expert", base=480, features=tuple(points))


def told(entities, events, history, disputes, unit, by=None):
    """The sheet of a unit."""
    events = events.assign(source="登记机关")
    return explain(entities, events, history, disputes, unit_id=unit, on=ON, law=LAW, cards=Cards(general=by or card()),
                   outcomes=given.OUTCOMES)  # fmt: skip


def known(registers):
    """Registers as the store gives them: the latest version known on the day, places counted anew."""
    keys = (["unit_id"], ["unit_id", "kind", "happened", "event_no"], ["unit_id", "agency", "item_id", "date"])
    day, frames = pd.Timestamp(ON), []
    for frame, key in zip(registers, keys, strict=True):
        latest = frame[frame["known_on"] <= day].sort_values("known_on", kind="stable")
        frames.append(latest.drop_duplicates(key, keep="last").reset_index(drop=True))
    return frames


@pytest.mark.parametrize("seed", range(4))
def test_sheets_agree_with_everybodys_scores(seed):
    """Base and points are the score before it is cut; reasons are those of the table; counts have their rows."""
    registers = known(given.random_registers(seed))
    everybody = assess(*registers, on=ON, law=LAW, cards=Cards(general=card()), outcomes=given.OUTCOMES)
    for row in everybody.fillna("").to_dict("records"):
        one = told(*registers, objections({"unit_id": "nobody"}), row["unit_id"])
        assert one.total == one.base + sum(part["points"] for part in one.indicators)
        assert row["score"] == one.score == min(max(one.total, 0), 1000)
        raising = [part["name"] for part in one.raising(3)]
        assert [name for name in (row["reason_1"], row["reason_2"], row["reason_3"]) if name] == raising
        assert [part["name"] for part in one.lowering()] == ([row["lowered_by"]] if row["lowered_by"] else [])
        for part, indicator in zip(one.indicators, INDICATORS, strict=True):
            if isinstance(indicator.recipe, Count | Visits) and part["value"] >= 0:
                assert len(part["rows"]) == part["value"], part


def test_grounds_of_everybody_are_those_of_the_sheets():
    """For each reason the newest row of the sheet: its register, day, source and term."""
    registers = known(given.random_registers(5))
    entities, events, history = registers
    termed = within_terms(events.assign(source="登记机关"), USE)
    evidence = Evidence.of(entities, without_repaired(termed, on=ON), history, outcomes=given.OUTCOMES)
    day = np.full(len(entities), np.datetime64(ON, "D").astype(np.int64))
    moment = evidence.at(evidence.unit, day, backfill=False)
    chosen = {"dishonesty_now": 95, "penalties_36m": 90, "court_24m": 85, "complaints_12m": 85, "last_result": 80,
              "problem_rate_36m": 70, "age_months": 60}  # fmt: skip
    most = [(one, chosen.get(one.name, 0)) for one in card().features]
    features = [replace(one, points=(0, *[points] * 4), unknown=-9, neutral=0) for one, points in most]
    by = replace(card(), features=tuple(features))
    _, raising, _ = by.reasoned(tabulate(moment, index=entities.index))
    table = ground_table(moment, [row.recipe for row in INDICATORS], raising)
    seen = set()
    for number, unit in enumerate(entities["unit_id"]):
        sheet = told(*registers, objections({"unit_id": "nobody"}), unit, by)
        for k, reason in enumerate(sheet.raising(3), start=1):
            got = table.iloc[number]
            newest = reason["rows"][0] if reason["rows"] else None
            day = got[f"date_{k}"]
            assert (None if pd.isna(day) else str(day)[:10]) == (newest and newest["date"]), (reason, got)
            if newest:
                assert got[f"register_{k}"] == newest["register"]
                seen.add(newest["register"])
                until = got[f"until_{k}"]
                assert (None if pd.isna(until) else str(until)[:10]) == newest["until"]
                assert (got[f"rule_{k}"] == "shared/record_use") == (newest["until"] is not None)
                if newest["register"] != "entities":
                    assert got[f"source_{k}"] == newest["source"]
    assert seen == {"events", "history", "entities"}


def test_what_each_indicator_rests_on():
    """Each recipe is known here: a new one that counts rows of its own must be told of in `behind`."""
    evidence = Evidence.of(*given.random_registers(1), outcomes=given.OUTCOMES)
    moment = evidence.at(evidence.unit[:1], np.array([20_000]), backfill=False)
    found = {row.name: REGISTERS[behind(row.recipe, moment).register] for row in INDICATORS}
    others = {"region_ratio", "street_ratio", "industry_ratio", "tags_ratio", "local_industry_ratio", "name_ratio",
              "type_ratio", "local_type_ratio", "item_ratio", "linked_units", "linked_ratio", "linked_records_36m",
              "same_address", "address_ratio", "legal_rep_ratio", "same_legal_rep"}  # fmt: skip
    history = {"problem_rate_36m", "repeats_36m", "own_ratio", "last_result", "could_not_36m"}
    licences = {"licence_lacking", "licences_lapsed", "licence_near_end"}
    basic = {row.name for row in INDICATORS if row.family == "basic"} - licences | {"licence_expired"}
    assert {name for name, register in found.items() if register == "licences"} == licences
    assert {name for name, register in found.items() if register == "others"} == others
    assert {name for name, register in found.items() if register == "history"} == history
    assert {name for name, register in found.items() if register == "entities"} == basic


def test_rows_in_full_and_rows_left_out():
    """A penalty with its term and window; a repaired, an expired, a disputed one and a repair, each with its cause."""
    entities = given.entities({"unit_id": "a"}, {"unit_id": "b"})
    events = given.events(
        {"unit_id": "a", "kind": "penalty", "happened": "2026-02-01", "event_no": "P1", "severity": 0},
        {"unit_id": "a", "kind": "penalty", "happened": "2026-01-05", "event_no": "P2", "severity": 0},
        {"unit_id": "a", "kind": "repair", "happened": "2026-03-01", "event_no": "R", "repaired_no": "P2"},
        {"unit_id": "a", "kind": "penalty", "happened": "2025-03-31", "event_no": "P3", "severity": 1},
        {"unit_id": "a", "kind": "penalty", "happened": "2026-03-01", "event_no": "P4", "severity": 3},
        {"unit_id": "a", "kind": "licence", "happened": "2026-03-01", "event_no": "L"},
        {"unit_id": "b", "kind": "penalty", "happened": "2026-02-01", "event_no": "P1", "severity": 0},
    )
    history = given.history({"unit_id": "a", "date": "2026-01-10", "result": "5", "visit_no": "V1"},
                            {"unit_id": "a", "date": "2026-01-11", "result": "5", "visit_no": "V2"})  # fmt: skip
    disputes = objections(
        {"disputed_kind": "penalty", "disputed_no": "P4", "filed": "2026-03-02", "known_on": "2026-03-02"},
        {"disputed_no": "V2", "disputed_date": "2026-01-11", "objection_no": "O2", "filed": "2026-03-02",
         "known_on": "2026-03-02"},
    )  # fmt: skip
    sheet = told(entities, events, history, disputes, "a")
    part = next(one for one in sheet.indicators if one["name"] == "penalties_12m")
    assert part["value"] == 1 and part["words"][0] == "近12个月受行政处罚1次"
    assert part["rows"] == [
        {"register": "events", "kind": "penalty", "number": "P1", "date": "2026-02-01", "known_on": "2026-02-01",
         "source": "登记机关", "until": "2027-02-01", "rule": "shared/record_use", "leaves": "2027-02-01", "place": 0}
    ]  # fmt: skip
    assert {(row["number"], row["why"]) for row in sheet.left_out} == {
        ("P2", "repaired"), ("R", "repair"), ("P3", "expired"), ("P4", "disputed"), ("L", "unwindowed"),
        ("V2/m-1", "disputed"),
    }  # fmt: skip
    assert [row["date"] for row in sheet.left_out] == sorted((row["date"] for row in sheet.left_out), reverse=True)
    assert [(one["objection_no"], one["state"]) for one in sheet.objections] == [("O1", "open"), ("O2", "open")]
    assert ("2027-02-01", "penalties_12m", "P1") in sheet.expiries()
    assert sheet.expiries() == sorted(sheet.expiries())
    problems = next(one for one in sheet.indicators if one["name"] == "problem_rate_36m")
    assert [(row["number"], row["leaves"], row["result"]) for row in problems["rows"]] == [
        ("V1/m-1", "2029-01-09", "5")
    ]


def test_a_last_report_of_the_register():
    """A value that comes from the register of units and from no event is shown as registered."""
    entities = given.entities({"unit_id": "a", "last_annual_report": "2026-03-01"})
    sheet = told(entities, given.events(), given.history(), objections({"unit_id": "nobody"}), "a")
    part = next(one for one in sheet.indicators if one["name"] == "annual_report_days")
    assert (part["value"], [row["register"] for row in part["rows"]]) == (30, ["entities"])


def test_a_unit_that_is_not_there():
    """Nobody's sheet is not a sheet of zeros."""
    with pytest.raises(SupervisionError) as caught:
        told(given.entities({"unit_id": "a"}), given.events(), given.history(), objections({}), "z")
    assert caught.value.code == "risk.unit_unknown"


def test_sheet_and_features_are_of_the_same_facts():
    """One unit asked alone has the values that it has among all, those of its peers too."""
    registers = known(given.random_registers(8))
    features = build_features(*registers, on=ON, outcomes=given.OUTCOMES)
    for number, unit in enumerate(registers[0]["unit_id"]):
        sheet = explain(*[registers[0], registers[1].assign(source=""), registers[2]],
                        objections({"unit_id": "nobody"}), unit_id=unit, on=ON, cards=Cards(general=card()),
                        law=given.law(record_use=None, objection=OBJECTION), outcomes=given.OUTCOMES)  # fmt: skip
        values = {one["name"]: one["value"] for one in sheet.indicators}
        assert values == features.iloc[number][list(values)].to_dict()
        assert list(values) == [row.name for row in INDICATORS]
