"""Scores on partitions: whatever the cuts and whoever dies, those of one machine to the last byte."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
import risk_registers as registers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supervision.errors import SupervisionError
from supervision.law.professional_scale import RULE as FIELDS
from supervision.month.assessing import scoring_inputs
from supervision.month.city import City
from supervision.month.frames import scored_inputs, unscored_inputs
from supervision.month.round_files import SCORES
from supervision.risk.cards import Cards
from supervision.risk.classes import assess
from supervision.risk.expert_card import expert_card
from supervision.risk.features import build_features
from supervision.risk.indicators import INDICATORS
from supervision.risk.other_registers import OtherRegisters
from supervision.risk.record_use import within_terms
from supervision.risk.scorecard import Scorecard
from supervision.risk.scoring_inputs import ScoringInputs
from supervision.risk.standing import COLUMNS as STANDING
from supervision.risk.standing import Standing
from supervision.scale import files, scoring_files
from supervision.scale.engine import Cluster, Here
from supervision.scale.partitions import export
from supervision.scale.same_texts import MANY, asked_columns
from supervision.scale.scoring import make_scores
from supervision.scale.scoring_files import put_scoring

ROUND, ON, TOWNS = "2026-12", date(2026, 3, 31), 5
SILENT = lambda _code, _done, _total: None  # noqa: E731
NEEDED = [{"industry": "C34", "licence": "food_business"}]
LAW = SimpleNamespace(value={
    "shared/record_use": [{"event": "penalty", "severity": [1, None], "months": 24}],
    "shared/risk_cutoff": {"shares": {"B": 30, "C": 15, "D": 5}},
    "shared/class_override": [{"event": "dishonesty", "class": "D", "months": 36}],
    "shared/class_change": {"margin": 3, "most_percent": 20}, "shared/licence_needed": NEEDED, FIELDS: None,
}.__getitem__)  # fmt: skip
POINTS = {row.name: {"up_to": [0, 60, 99, 100, 130], "points": [9, 5, 3, 0, -2, -7] if row.sign < 0 else
                     [0, 3, 5, 8, 13, 17], "unknown": -2} for row in INDICATORS}  # fmt: skip
EXPERT = expert_card({"base": 300, "features": POINTS})
NAMES = ("好味餐饮店", "好味面馆", "ABC Logistics", "中区药店 KFC", "", "𠮷祥药店", "吴中机械厂", "KFC餐饮")


def _towns(seed: int) -> tuple[dict[str, pd.DataFrame], OtherRegisters]:
    """Registers of some towns of eight units: one person, address or street is common to all; one version a unit."""
    random = np.random.default_rng(seed)
    found: dict[str, list[pd.DataFrame]] = {}
    for town in range(TOWNS):
        entities, events, history = registers.random_registers(seed * TOWNS + town)
        other = registers.random_others(seed * TOWNS + town, size=20)
        units = entities[entities["known_on"] <= pd.Timestamp(ON)].drop_duplicates("unit_id", keep="last")
        for kind, rows in (("entities", units), ("events", events), ("history", history),
                           ("relations", other.relations), ("licences", other.licences)):  # fmt: skip
            rows = rows.assign(unit_id=f"{town}-" + rows["unit_id"])
            if kind == "relations":
                far = random.integers(TOWNS, size=len(rows)).astype(str)
                unit = rows["related"].str.startswith("u")
                rows["related"] = rows["related"].where(~unit, pd.Series(far, index=rows.index) + "-" + rows["related"])
            found.setdefault(kind, []).append(rows)
    frames = {kind: pd.concat(parts, ignore_index=True) for kind, parts in found.items()}
    units, size = frames["entities"], len(frames["entities"])
    said = {
        "name": NAMES, "street": ("", "甲", "乙"), "tags": ("", "餐饮", "餐饮 特种设备", "工业"),
        "region": ("1", "1", "2", ""), "type": ("企业", "个体工商户"), "industry": ("C34", "F52", ""),
    }  # fmt: skip
    for name, texts in said.items():
        units[name] = pd.Series(random.choice(texts, size), dtype="str").replace("", np.nan)
    frames["history"]["item_id"] = random.choice(["m-1", "m-2", "e-1"], len(frames["history"]))
    frames["history"]["inspector"] = pd.Series(random.choice(["", "a", "b"], len(frames["history"]))).replace("", None)
    frames["history"]["inspector"] = frames["history"]["inspector"].astype("str")
    gone = random.choice(size, 3, replace=False)  # records and relations of units that are not registered stay
    frames["entities"] = units.drop(index=gone).sample(frac=1, random_state=seed).reset_index(drop=True)
    return frames, OtherRegisters(relations=frames["relations"], licences=frames["licences"], needed=NEEDED)


def _whole(frames: Mapping[str, pd.DataFrame], other: OtherRegisters, cards: Cards, standing: Standing) -> pd.DataFrame:
    tables = [frames[kind] for kind in ("entities", "events", "history")]
    asked: Any = {"on": ON, "law": LAW, "cards": cards, "outcomes": registers.OUTCOMES, "others": other}
    found = assess(*tables, **asked, standing=standing)
    return found.sort_values("unit_id", ignore_index=True)


def _partitioned(folder: Path, frames: Mapping[str, pd.DataFrame], cards: Cards, standing: Standing,
                 bounds: list[str]) -> tuple[pd.DataFrame, Any]:  # fmt: skip
    """The table of all partitions, and what became of the units."""
    shutil.rmtree(folder, ignore_errors=True)
    nobody = pd.DataFrame({"unit_id": pd.Series(dtype="str")})
    given = {**frames, "entities": frames["entities"].sort_values("unit_id", ignore_index=True)}
    inputs = ScoringInputs(read=given.__getitem__, on=ON, cards=cards, outcomes=registers.OUTCOMES, professional=nobody,
                           standing=standing)  # fmt: skip
    put_scoring(folder, inputs, bounds)
    files.put_json(folder / files.SHARED, {"partitions": len(bounds) + 1})
    made = make_scores(folder, Here(), SILENT)
    parts = [pd.read_parquet(files.partition(folder, n) / "assessment.parquet") for n in files.partitions(folder)]
    return pd.concat(parts, ignore_index=True), made


def _cards() -> Cards:
    """A general card and one of its own for C: learned ones, as both are on one scale."""
    sample = {"kind": "learned", "latest": "2026-02-01"}
    general = Scorecard(base=EXPERT.base, features=EXPERT.features, rows=1000, found=200, **sample)
    own = Scorecard(base=400, features=EXPERT.features[::3], rows=500, found=150, **sample)
    return Cards(general=general, own={"C": own})


def _standing(table: pd.DataFrame, seed: int) -> Standing:
    """Classes of a round before: of other units, too; some with something new, some of another class."""
    random = np.random.default_rng(seed)
    known = table[STANDING].sample(frac=0.8, random_state=seed)
    known["by_score"] = pd.Series(random.choice(list("ABCD"), len(known)), index=known.index, dtype="str")
    known["mark"] += random.choice([0, 0, 0, 1], len(known))
    other = known.head(3).assign(unit_id=["0-zz", "2-zz", "9-zz"])
    return Standing(table=pd.concat([known, other], ignore_index=True), retrained=True)


cuts = st.lists(st.sampled_from([f"{town}-u{unit}" for town in range(TOWNS) for unit in range(2, 8)]), max_size=6)


@pytest.mark.parametrize("own", [False, True])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), bounds=cuts)
def test_any_cuts_give_the_scores_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, bounds: list[str], own: bool
) -> None:
    """Scores, classes that are kept, overrides, reasons, marks and who waits: one machine's, by every indicator."""
    monkeypatch.setattr(scoring_files, "shared_in", lambda _: SimpleNamespace(law=LAW))
    frames, other = _towns(seed)
    cards = _cards() if own else Cards(general=EXPERT)
    standing = _standing(_whole(frames, other, cards, Standing.of_nobody()), seed)
    whole = _whole(frames, other, cards, standing)
    found, made = _partitioned(tmp_path / "p", frames, cards, standing, sorted(set(bounds)))
    pd.testing.assert_frame_equal(found[whole.columns], whole)
    assert set(found.columns) == set(whole.columns)
    moves, counts = standing.moves(whole)
    pd.testing.assert_frame_equal(made.moves, moves)
    assert dict(made.counts) == counts
    assert made.classes == {str(name): int(many) for name, many in whole["class"].value_counts().items()}


def test_a_partition_may_have_no_units(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the middle, at the end: who is related beyond it is found all the same."""
    monkeypatch.setattr(scoring_files, "shared_in", lambda _: SimpleNamespace(law=LAW))
    frames, other = _towns(3)
    cards, nobody = Cards(general=EXPERT), Standing.of_nobody()
    whole = _whole(frames, other, cards, nobody)
    assert len(set(frames["relations"]["related"]) & set(whole["unit_id"])) > 3
    for bounds in (["2-a", "2-b"], ["0-a", "0-b", "3-u4"], ["4-z"]):
        found, _ = _partitioned(tmp_path / "p", frames, cards, nobody, bounds)
        pd.testing.assert_frame_equal(found[whole.columns], whole)


def test_registers_make_every_indicator_speak() -> None:
    """The towns are no good as a test where an indicator says the same of everybody."""
    said: dict[str, set[int]] = {row.name: set() for row in INDICATORS}
    for seed in range(6):
        frames, other = _towns(seed)
        events = within_terms(frames["events"], LAW.value("shared/record_use"))
        features = build_features(frames["entities"], events, frames["history"], on=ON, outcomes=registers.OUTCOMES,
                                  others=other)  # fmt: skip
        for name, values in said.items():
            values.update(features[name].tolist())
    others = ["region_ratio", "street_ratio", "type_ratio", "local_type_ratio", "industry_ratio", "tags_ratio",
              "local_industry_ratio", "name_ratio", "item_ratio", "same_address", "same_legal_rep", "address_ratio",
              "legal_rep_ratio", "linked_units", "linked_ratio", "linked_records_36m", "own_ratio"]  # fmt: skip
    assert {name for name in others if len(said[name]) < 3} == set()


def test_texts_are_exchanged_behind_those_of_few_kinds() -> None:
    """Addresses and names are asked of within something of few kinds, and how many say the same of these alone."""
    few, many = asked_columns()
    assert all(columns[-1] in MANY and not set(columns[:-1]) & set(MANY) for columns in many)
    assert {columns for columns in few if set(columns) & set(MANY)} == set()
    counted = {row.recipe.columns for row in INDICATORS if type(row.recipe).__name__ in ("Sharing", "Namesakes")}
    counted |= {row.recipe.columns for row in INDICATORS if getattr(row.recipe, "shared_by", 0)}
    assert counted <= set(many)


@pytest.fixture(scope="session")
def unscored(town, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Return what exports the town's trained round as so many partitions."""

    def exported(count: int) -> Path:
        folder = tmp_path_factory.mktemp("unscored") / str(count)
        round = City.open(town.trained, who="tester").round(ROUND, rehearsal=True)
        named = {"rules": round.rules, "round_id": round.id, "hash_name": round.hash_name}
        export(unscored_inputs(round), folder, partitions=count, unscored=scoring_inputs(round), **named)
        return folder

    return exported


def _inputs_of_frames(folder: Path) -> dict[str, bytes]:
    """What frames are made from, by its place."""
    paths = [path for path in folder.rglob("*") if path.is_file() and "evidence" not in path.parts]
    found = {str(path.relative_to(folder)): path.read_bytes() for path in paths if path.name != "scoring.json"}
    return {name: body for name, body in found.items() if not name.endswith("assessment.parquet")}


def _stored(town, folder: Path, count: int) -> dict[str, bytes]:
    """The same as the store exports it of its own scores."""
    round = town.round
    named = {"rules": round.rules, "round_id": round.id, "hash_name": round.hash_name}
    export(scored_inputs(round), folder, partitions=count, **named)
    return _inputs_of_frames(folder)


@pytest.mark.parametrize("count", [1, 23])
def test_partitions_are_those_of_a_scored_round(town, unscored, tmp_path: Path, count: int) -> None:
    """Scores and fields' classes are the bytes that the store exports, all else included; nothing else is left over."""
    folder = unscored(count)
    assert not (folder / "0000" / "scores.parquet").exists()
    make_scores(folder, Here(), SILENT)
    assert _inputs_of_frames(folder) == _stored(town, tmp_path / "stored", count)
    parts = [pd.read_parquet(path) for path in sorted(folder.glob("*/assessment.parquet"))]
    whole = town.round.table(SCORES).sort_values("unit_id", ignore_index=True)
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True)[whole.columns], whole)
    assert (folder / "0000" / "assessment.parquet").stat().st_mode & 0o077 == 0


def test_killed_workers_change_no_score(town, unscored, tmp_path: Path, mortal: Cluster) -> None:
    """In each stage a worker is ended with kill -9 after the second piece of work: others do its work."""
    folder, stages = unscored(9), []

    def progress(code: str, done: int, _total: int) -> None:
        if done == 2:
            stages.append(code)
            mortal.client.wait_for_workers(2, timeout=120)  # the older one is ended, the one that is starting is not
            os.kill(min(mortal.client.run(os.getpid).values()), signal.SIGKILL)

    make_scores(folder, mortal, progress)
    assert stages == [f"scale.{stage}" for stage in ("coding", "telling", "relating", "totals", "scoring", "classing")]
    assert _inputs_of_frames(folder) == _stored(town, tmp_path / "stored", 9)


def test_scores_and_frames_from_one_folder(town, tmp_path: Path, call) -> None:
    """Export without scores, score, frames: the committed ones; frames before scores are refused."""
    parts, out = tmp_path / "partitions", tmp_path / "out"
    asked = ("scale", "export", ROUND, "--rehearsal", "--out", parts, "--partitions", 3, "--unscored")
    assert call(*asked, "--store", town.trained)[0] == 0
    code, _, said = call("scale", "frames", parts, "--out", out, "--key", town.key)
    assert (code, "scores.parquet" in said) == (1, True)
    code, said, _ = call("scale", "score", parts)
    assert (code, said.split("：")[0]) == (0, "已对 1,500 户评分分类")
    code, said, _ = call("scale", "score", parts, "--json")
    told = json.loads(said)
    classes = {str(name): int(many) for name, many in town.round.table(SCORES)["class"].value_counts().items()}
    assert (told["units"], told["classes"]) == (1500, classes)
    assert sum(one["units"] for one in told["fields"]) > 0
    assert call("scale", "frames", parts, "--out", out, "--key", town.key)[0] == 0
    for path, body in town.files.items():
        if path.startswith("tasks/") and not path.endswith("order.csv"):
            assert (out / path).read_bytes() == body


def test_what_cannot_be_scored_is_named(town, unscored, tmp_path: Path, call) -> None:
    """A scored round is exported as such; a folder without what scores need; units out of order; one known later."""
    asked = ("scale", "export", ROUND, "--rehearsal", "--out", tmp_path / "x", "--partitions", 2, "--unscored")
    code, _, said = call(*asked, "--store", town.store)
    assert (code, "已" in said) == (2, True)
    assert not (tmp_path / "x").exists()
    folder = unscored(2)
    place = folder / "0001" / "evidence" / "entities.parquet"
    units = pd.read_parquet(place)
    for changed in (units[::-1], pd.concat([units, units.tail(1)]),
                    units.assign(known_on=pd.Timestamp("2027-01-01"))):  # fmt: skip
        files.put_table(place, changed.reset_index(drop=True))
        with pytest.raises(SupervisionError) as raised:
            make_scores(folder, Here(), SILENT)
        assert (raised.value.code, raised.value.params["number"]) == ("scale.units_of_day", 1)
    (folder / "scoring.json").unlink()
    code, _, said = call("scale", "score", folder)
    assert (code, "scoring.json" in said) == (1, True)
