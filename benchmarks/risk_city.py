"""Time and memory of the risk stage for a whole city: python benchmarks/risk_city.py [UNITS] [--peer] [--step [TREE…]].

Invented registers: UNITS units (2.8 million), as many events, half as many relations, a third as many licences and a
tenth as many past inspections, put into a store by a process of its own. Then one process, one core, seconds of its
processor: the registers read as the step `score` reads them, features, scores, reasons. With --peer beside it, on the
same rows of 40 indicators in the same run: predict of sklearn's HistGradientBoostingClassifier(max_iter=300,
max_leaf_nodes=15). The peer comes last, so the peaks before it are ours. With --step instead: the step `score` of two
rounds after each other, by the expert card (--train: by cards that are trained, each step timed), each in a process of
its own, with its seconds and its peak of memory; with folders behind --step the same on a copy of the store with the
code of each of these trees, for a comparison in one run. In the place of UNITS a folder with such a store, as
`--make FOLDER UNITS` makes it, is taken as it is.
"""

import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from supervision.month import scoring
from supervision.month.city import BEIJING, City
from supervision.month.round_files import SCORECARD, Step
from supervision.risk.classes import class_ranks
from supervision.risk.expert_card import expert_card
from supervision.risk.indicators import INDICATORS
from supervision.risk.scorecard import FeaturePoints, Scorecard
from supervision.store.layout import layout
from supervision.store.store import Store

KINDS = ["penalty", "abnormal", "dishonesty", "complaint", "annual_report", "court", "change", "opinion", "repair"]
SHARES = [0.08, 0.04, 0.004, 0.15, 0.5, 0.02, 0.15, 0.05, 0.006]
OUTCOMES = {"1": "clean", "5": "problem", "6": "could_not"}
COLUMNS = 40
WORDS = {row.name: row.wording for row in INDICATORS}
ON = date(2026, 11, 30)
NEEDED = [{"tag": "餐饮", "licence": "food_business"}, {"industry": "H62", "licence": "public_place"}]
CUTOFF = {"B": 450, "C": 600, "D": 750}


def texts(prefix, numbers):
    return pd.Series([f"{prefix}{number:012d}" for number in numbers.tolist()], dtype="str")


def days(rng, low, high, size):
    span = (np.datetime64(high) - np.datetime64(low)).astype(int)
    return (np.datetime64(low, "s") + rng.integers(0, span, size).astype("timedelta64[D]")).astype("datetime64[s]")


def chosen(rng, values, size, shares=None):
    codes = rng.choice(len(values), size, p=shares)
    return pd.Series(pd.Categorical.from_codes(codes, values)).astype("str")


def names(rng, size):
    """Names of a dozen characters: a place, a made-up word, a trade, a legal form."""
    places = ["吴中区", "相城区", "姑苏区", "虎丘区", "吴江区", "昆山市"]
    trades = ["餐饮", "商贸", "机械制造", "生物科技", "汽车维修", "文化传播", "建筑工程", "食品", "医疗器械", "物流"]
    forms = ["有限公司", "店", "经营部", "厂", "工作室"]
    words = [chr(0x4E00 + one) + chr(0x4E00 + two) for one, two in rng.integers(0, 3000, (20_000, 2))]
    parts = [chosen(rng, sorted(set(part)), size) for part in (places, words, trades, forms)]
    return parts[0] + parts[1] + parts[2] + parts[3]


def city(units):
    rng = np.random.default_rng(1)
    ids = texts("91320505", np.arange(units))
    entities = pd.DataFrame({
        "unit_id": ids,
        "name": names(rng, units),
        "street": chosen(rng, [f"街道{n}" for n in range(12)], units),
        "tags": chosen(rng, ["", "餐饮", "食品经营", "特种设备", "餐饮 食品经营"], units),
        "type": chosen(rng, ["企业", "个体工商户", "农民专业合作社"], units),
        "established": days(rng, "1990-01-01", "2026-11-01", units),
        "region": chosen(rng, [str(320500 + n) for n in range(10)], units),
        "industry": chosen(rng, [f"{s}{n:04d}" for s, n in zip("CFHILMO" * 20, range(1000, 1140), strict=True)], units),
        "address": texts("路", rng.integers(0, units // 2, units)),
        "legal_rep": texts("王", rng.integers(0, units // 3, units)),
        "capital": rng.lognormal(4, 2, units), "paid_capital": rng.lognormal(3, 2, units),
        "employees": pd.array(rng.integers(0, 90, units), dtype="Int64"),
        "above_scale": pd.array(rng.random(units) < 0.02, dtype="boolean"),
        "licence_until": days(rng, "2024-01-01", "2032-01-01", units),
        "capital_due": days(rng, "2022-01-01", "2050-01-01", units),
        "last_annual_report": days(rng, "2023-01-01", "2026-07-01", units),
        "known_on": days(rng, "2023-01-01", "2023-01-02", units),
    })  # fmt: skip
    happened = days(rng, "2021-01-01", "2026-11-30", units)
    until = happened + rng.integers(100, 2000, units).astype("timedelta64[D]")
    events = pd.DataFrame({
        "unit_id": ids.iloc[rng.integers(0, units, units)].reset_index(drop=True),
        "kind": chosen(rng, KINDS, units, SHARES), "happened": happened,
        "event_no": texts("E", np.arange(units)), "repaired_no": texts("E", np.arange(units)[::-1]),
        "severity": pd.array(rng.integers(0, 4, units), dtype="Int64"),
        "amount": rng.lognormal(8, 2, units), "until": np.where(rng.random(units) < 0.5, until, np.datetime64("NaT")),
        "known_on": happened + rng.integers(0, 40, units).astype("timedelta64[D]"),
    })  # fmt: skip
    size = units // 10
    visited = days(rng, "2023-06-01", "2026-11-01", size)
    history = pd.DataFrame({
        "unit_id": ids.iloc[rng.integers(0, units, size)].reset_index(drop=True),
        "agency": chosen(rng, ["market", "fire", "emergency"], size), "item_id": chosen(rng, ["m-1", "m-2"], size),
        "date": visited, "kind": chosen(rng, ["routine", "special", "for_cause"], size, [0.7, 0.2, 0.1]),
        "result": chosen(rng, list(OUTCOMES), size, [0.88, 0.06, 0.06]),
        "visit_no": texts("V", np.arange(size)),
        "inspector": texts("I", rng.integers(0, 2500, size)), "known_on": visited + np.timedelta64(5, "D"),
    })  # fmt: skip
    return entities, events, history


def others(units, ids):
    """Relations to persons and addresses that two units share on the average, and licences."""
    rng = np.random.default_rng(4)
    size = units // 2
    started = days(rng, "2015-01-01", "2026-11-01", size)
    relations = pd.DataFrame({
        "unit_id": ids.iloc[rng.integers(0, units, size)].reset_index(drop=True),
        "related": texts("P-", rng.integers(0, units // 4, size)),
        "kind": chosen(rng, ["legal_rep", "investor", "address"], size),
        "share": np.where(rng.random(size) < 0.3, rng.integers(1, 100, size), np.nan), "from_date": started,
        "until_date": np.where(rng.random(size) < 0.1, started + np.timedelta64(900, "D"), np.datetime64("NaT")),
        "known_on": started + np.timedelta64(5, "D"),
    })  # fmt: skip
    size = units // 3
    issued = days(rng, "2020-01-01", "2026-11-01", size)
    licences = pd.DataFrame({
        "unit_id": ids.iloc[rng.integers(0, units, size)].reset_index(drop=True),
        "kind": chosen(rng, ["food_business", "public_place", "drug_business", "road_transport"], size),
        "number": texts("X", np.arange(size)), "issued": issued,
        "valid_until": issued + np.timedelta64(1826, "D"),
        "status": chosen(rng, ["valid", "suspended", "cancelled"], size, [0.9, 0.04, 0.06]),
        "known_on": issued + np.timedelta64(5, "D"),
    })  # fmt: skip
    return relations, licences


def timed(report, name, work):
    start = time.process_time()
    with threadpool_limits(limits=1):
        result = work()
    report[name] = {"cpu_seconds": round(time.process_time() - start, 1), "peak_mb": peak()}
    return result


def forty(features):
    """A card with points for forty indicators, by how their values lie."""
    rng = np.random.default_rng(2)
    points = []
    for name, column in wide(features).items():
        up_to = tuple(int(v) for v in np.unique(np.quantile(column, [0.2, 0.4, 0.6, 0.8]).astype(int)) if v >= 0)
        steps = np.sort(rng.integers(-60, 60, len(up_to) + 1))
        points.append(FeaturePoints(name=name, up_to=up_to, points=tuple(int(v) for v in steps), unknown=-3, neutral=0,
                                    wording=WORDS[name]))  # fmt: skip
    return Scorecard(kind="expert", base=400, features=tuple(points))


def wide(features):
    """Forty of the indicators."""
    return features[[row.name for row in INDICATORS[:COLUMNS]]]


def peer(matrix):
    """Boosted trees learned on some of the rows, by results that are as good as any for the time of a prediction."""
    from sklearn.ensemble import HistGradientBoostingClassifier  # the step `score` does without it

    rng = np.random.default_rng(3)
    some = matrix[rng.integers(0, len(matrix), 50_000)]
    found = rng.random(len(some)) < 1 / (1 + np.exp(-(some[:, 7:].sum(axis=1) % 97) / 30 + 2))
    model = HistGradientBoostingClassifier(max_iter=300, max_leaf_nodes=15, early_stopping=False, random_state=1)
    return model.fit(some, found)


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def told(report, store):
    """Registers one by one, features of everybody by parts, and at once scores and reasons; then the classes.

    The seconds of each are added up apart; of features and scores nothing but their digests and the scores stays, and
    the forty features where the peer wants them.
    """
    from supervision.risk.features import CODED, COLUMNS, parts_of
    from supervision.risk.usable import usable

    seconds, parts = {"registers": 0.0, "features": 0.0, "score_class_reasons": 0.0}, []
    columns, card, matrix = {}, None, []

    def read(kind):
        start = time.process_time()
        coded = CODED if kind == "entities" else ()
        rows = store.register(kind, on=ON, columns=list(COLUMNS[kind]), coded=coded)
        seconds["registers"] += time.process_time() - start
        return rows

    with threadpool_limits(limits=1):
        start = time.process_time()
        given = {"record_use": None, "statutory": ["dishonesty", "abnormal"], "outcomes": OUTCOMES, "needed": NEEDED}
        evidence, _ = usable(read, on=ON, marked=False, **given)
        report["made_ready"] = {"cpu_seconds": round(time.process_time() - start, 1), "peak_mb": peak()}
        seconds["features"] = -seconds["registers"]
        for _, features in parts_of(evidence, on=ON):
            seconds["features"] += time.process_time() - start
            for name, column in features.items():
                columns.setdefault(name, hashlib.sha256()).update(column.to_numpy().tobytes())
            card = card or forty(features)
            start = time.process_time()
            parts.append(card.reasoned(wide(features)))
            seconds["score_class_reasons"] += time.process_time() - start
            if "--peer" in sys.argv:
                matrix.append(wide(features).to_numpy(dtype=np.int16))  # indicators are at most 9,999
            del features
            start = time.process_time()
        score, *reasons = (np.concatenate(column) for column in zip(*parts, strict=True))
        ranks = class_ranks(score, CUTOFF)
        seconds["score_class_reasons"] += time.process_time() - start
    digests = {
        "features": hashlib.sha256(b"".join(one.digest() for one in columns.values())).hexdigest(),
        "score_class_reasons": digest([score, ranks, *reasons]),
    }
    for name, spent in seconds.items():
        report[name] = {"cpu_seconds": round(spent, 1), "peak_mb": peak()} | (
            {"sha256": digests[name]} if name in digests else {}
        )
    return matrix


def predicted(model, matrix):
    """Predict by parts, as anybody would who has no room for the whole."""
    return [model.predict_proba(matrix[start : start + 100_000])[:, 1] for start in range(0, len(matrix), 100_000)]


def digest(arrays):
    """SHA-256 of arrays: two runs that agree give the same."""
    found = hashlib.sha256()
    for array in arrays:
        found.update(np.ascontiguousarray(array).tobytes())
    return found.hexdigest()


def make(folder, units):
    """Put the registers into a new store; what two rows of one key say twice is left out."""
    store = Store.create(folder / "x.db")
    entities, events, history = city(units)
    relations, licences = others(units, entities["unit_id"])
    given = {"entities": entities, "events": events, "history": history, "relations": relations, "licences": licences}
    for kind, rows in given.items():
        once = rows.drop_duplicates(list(layout(kind).key))
        store.insert(kind, once, who="bench", at="2026-11-30T09:00:00+08:00", source_digest="0" * 64)


def step(folder, name):
    """One step of a round in this process: its seconds and its peak of memory."""
    what, round_id = name.split(":")
    now = datetime(2026, 11, 30, 9, tzinfo=BEIJING)
    here = City.open(folder / "x.db", who="bench-01", own_ids=True, rules=folder / "rules", now=lambda: now)
    day = {"2026-11": date(2026, 10, 31), "2026-12": date(2026, 11, 30)}[round_id]
    before, start = peak(), time.process_time()
    with threadpool_limits(limits=1):
        opened = here.begin(round_id, on=day)
        report = laid(opened) if what == "expert" else getattr(scoring, what)(opened)
    spent = time.process_time() - start
    said = {"cpu_seconds": float(f"{spent:.1f}"), "peak_mb": peak(), "before_mb": before}
    if what == "score":
        scores = opened.table("scores")
        hashes = pd.util.hash_pandas_object(scores, index=False).to_numpy()
        said |= {"classes": report.facts["classes"], "scores": digest([hashes])}
    return said


def laid(opened):
    """Lay the expert card beside a round, as training does where there are too few outcomes."""
    with opened.save(Step.TRAIN) as saving:
        saving.put(SCORECARD, expert_card(opened.law.value("shared/expert_card")))


def child(*words, tree=None):
    """Run this file in a process of its own, with the code of another tree where one is given; what it printed."""
    env = {**os.environ, "PYTHONPATH": str(tree or Path(__file__).parent.parent)}
    done = subprocess.run([sys.executable, __file__, *map(str, words)], env=env, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout or b"null")


def steps(report, folder, trees):
    """Train and score November, then December, by each tree's code on a copy of the store."""
    for tree in trees or [Path(__file__).parent.parent]:
        place = Path(tempfile.mkdtemp(dir=folder))
        for one in list(folder.iterdir()):
            if one.name.startswith("x.db"):
                (shutil.copytree if one.is_dir() else shutil.copy)(one, place / one.name)
        told = report[str(tree)] = {}
        card = "train" if "--train" in sys.argv else "expert"
        for name in (f"{card}:2026-11", "score:2026-11", f"{card}:2026-12", "score:2026-12"):
            told[name] = child("--one", place, name, tree=tree)
            print(tree, name, told[name], file=sys.stderr, flush=True)
        shutil.rmtree(place)


def main():
    words = sys.argv[1:]
    if words[:1] == ["--make"]:
        make(Path(words[1]), int(words[2]))
        return
    if words[:1] == ["--one"]:
        print(json.dumps(step(Path(words[1]), words[2])))
        return
    given = words[0] if words and not words[0].startswith("-") else "2800000"
    report = {"units": given}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) if given.isdigit() else Path(given)
        if given.isdigit():
            child("--make", folder, given)
        if "--step" in words:
            trees = words[words.index("--step") + 1 :]
            steps(report, folder, [tree for tree in trees if not tree.startswith("-")])
        else:
            report["before_mb"] = peak()
            matrix = told(report, Store.open(folder / "x.db"))
            if matrix:
                beside(report, np.concatenate(matrix).astype(np.float64))
    print(json.dumps(report, indent=1))


def beside(report, matrix):
    """The peer on the same rows, and how our seconds stand to its."""
    with threadpool_limits(limits=1):
        model = peer(matrix)
    timed(report, "peer_predict", lambda: predicted(model, matrix))
    for name in ("features", "score_class_reasons"):
        report[name]["of_peer"] = round(report[name]["cpu_seconds"] / report["peer_predict"]["cpu_seconds"], 2)


if __name__ == "__main__":
    main()
