"""The library's scores are those of the command `score`: own cards, objections, relations, licences, terms."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from trade_city import lay_rule, make, opened

import supervision
from supervision.month import scoring
from supervision.month.assessing import cards_of
from supervision.month.importing import import_files
from supervision.month.round_files import SCORES
from supervision.risk.classes import SAID

KINDS = ("entities", "events", "history", "relations", "licences", "objections")
HEADS = {
    "objections": "unit_id,objection_no,filed,filed_by,ground,disputed_kind,disputed_date,disputed_no,known_on",
    "relations": "unit_id,related,kind,from_date,known_on",
    "licences": "unit_id,kind,number,issued,valid_until,status,known_on",
}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory):
    """A city of two trades with own cards, in which somebody objects, owners are known, and licences have lapsed."""
    folder = tmp_path_factory.mktemp("same")
    make(folder)
    city = opened(folder)
    events = city.register("events", on=date(2026, 11, 25))
    last = events[events["kind"] == "penalty"].sort_values(["happened", "unit_id"], kind="stable").tail(40)
    days = last["happened"].dt.strftime("%Y-%m-%d")
    rows = {
        "objections": [
            f"{unit},O-{place},2026-11-01,企业,有误,penalty,{day},{number},2026-11-01"
            for place, (unit, day, number) in enumerate(zip(last["unit_id"], days, last["event_no"], strict=True))
        ],
        "relations": [f"U-{n:04},P-{n // 4},investor,2020-01-01,2024-12-01" for n in range(1_400)],
        "licences": [
            f"U-{n:04},food_business,L-{n},2020-01-01,202{5 + n % 3}-12-31,valid,2024-12-01" for n in range(600)
        ],
    }
    for kind, lines in rows.items():
        path = folder / f"{kind}.csv"
        path.write_text("\n".join([HEADS[kind], *lines, ""]), encoding="utf-8")
        assert import_files(city, kind, [path], as_of=date(2026, 11, 20)).exit_code == 0
    lay_rule(folder, "licence_needed", [{"industry": "H61", "licence": "food_business"}])
    return folder


@pytest.fixture(scope="module")
def registers(city) -> dict[str, pd.DataFrame]:
    """The registers as frames."""
    return {kind: opened(city).register(kind, on=date(2026, 11, 25)) for kind in KINDS}


def test_cards_and_scores_are_those_of_the_commands(city, registers):
    """Cards, scores, classes, overrides, whose card, and every reason in words, unit by unit."""
    round = opened(city).begin("2026-12")
    scoring.train(round)
    scoring.score(round)
    stored, trained = round.table(SCORES), cards_of(round)
    cards = supervision.fit_cards(**registers, until=round.evidence_day, law=round.law)
    assert cards == trained and set(cards.own) == {"C", "H"}
    found = supervision.score_units(cards, **registers, on=round.evidence_day, law=round.law)
    for name in ("unit_id", "score", "class", "override", "card"):
        assert found[name].tolist() == stored[name].tolist() or found[name].equals(stored[name])
    sections = stored["card"].fillna("")
    for reason, value in SAID:
        told = [
            None if pd.isna(name) else cards.scaled[section].sentence(name, said, "zh")
            for section, name, said in zip(sections, stored[reason], stored[value], strict=True)
        ]
        assert found[reason].astype(object).where(found[reason].notna(), None).tolist() == told


def test_what_a_register_adds_is_seen(city, registers):
    """Without objections, relations or licences the scores are others: the comparison above is not of nothing."""
    round = opened(city).begin("2026-12")
    asked = {"on": round.evidence_day, "law": round.law}
    cards = supervision.fit_cards(**registers, until=round.evidence_day, law=round.law)
    whole = supervision.score_units(cards, **registers, **asked)
    without = supervision.score_units(cards, **{**registers, "objections": None}, **asked)
    assert 0 < int((whole["score"] != without["score"]).sum()) <= 200
    assert whole["lowered_by"].notna().any()
    assert "card" not in supervision.score_units(supervision.expert_scorecard(round.law), **registers, **asked)
