"""Registers made ready one after the other while the next ones are read: the same scores and marks."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from datetime import date
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import risk_registers as given

from supervision.errors import SupervisionError
from supervision.risk import coded_registers
from supervision.risk.cards import Cards
from supervision.risk.classes import SAID, assess, assess_city
from supervision.risk.coded_registers import Ids, places_among
from supervision.risk.evidence_marks import evidence_marks
from supervision.risk.expert_card import expert_card
from supervision.risk.features import CODED
from supervision.risk.indicators import INDICATORS
from supervision.risk.snapshot import coded_texts
from supervision.risk.standing import Standing
from supervision.risk.usable import REGISTERS

ON = date(2026, 3, 31)
LAW = SimpleNamespace(value={
    "shared/record_use": None, "shared/risk_cutoff": {"B": 410, "C": 420, "D": 430},
    "shared/class_override": [{"event": "dishonesty", "class": "D", "months": 36}],
    "shared/class_change": {"margin": 20, "most_percent": 1},
}.__getitem__)  # fmt: skip
CARD = expert_card({"base": 400, "features": {row.name: {"up_to": [0, 99], "points": [7, 0, -9] if row.sign < 0 else
                                                         [0, 7, 16]} for row in INDICATORS}})  # fmt: skip
ASKED = {"on": ON, "law": LAW, "cards": Cards(general=CARD), "outcomes": given.OUTCOMES}


def coded(entities):
    """The register of units with texts of which only what is the same is asked as codes of a dictionary."""
    columns = {
        name: pd.arrays.ArrowExtensionArray(
            pa.chunked_array([pa.array(entities[name].tolist(), pa.string(), from_pandas=True)]).dictionary_encode()
        )
        for name in CODED
    }
    return entities.assign(**columns)


def registers(seed):
    """Registers of one version a unit, by kind."""
    entities, events, history = given.random_registers(seed)
    entities = entities.drop_duplicates("unit_id", keep="last").reset_index(drop=True)
    other = given.random_others(seed)
    return {"entities": entities, "events": events, "history": history, "relations": other.relations,
            "licences": other.licences}, other  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_a_city_is_scored_as_its_frames_are(seed):
    """Scores, classes, overrides, reasons, marks: the same by texts and by codes, the reasons as categories."""
    frames, other = registers(seed)
    tables = [frames[kind] for kind in ("entities", "events", "history")]
    whole = assess(*tables, **ASKED, standing=Standing.of_nobody(), others=other)
    read = {**frames, "entities": coded(frames["entities"])}.__getitem__
    city = assess_city(read, **ASKED, needed=other.needed, standing=Standing.of_nobody)
    assert {str(city[reason].dtype) for reason, _ in SAID} == {"category"}
    pd.testing.assert_frame_equal(city.astype(dict.fromkeys([reason for reason, _ in SAID], "str")), whole)
    assert (whole["mark"] == evidence_marks(*tables, on=ON, others=other)).all()
    assert (evidence_marks(coded(tables[0]), *tables[1:], on=ON, others=other) == whole["mark"]).all()


def test_registers_are_read_ahead_and_forgotten():
    """Each is asked for once, in one order, beside who makes them ready; when the classes are there, all are gone."""
    frames, other = registers(1)
    asked: list[str] = []
    alive: list[weakref.ref[pd.DataFrame]] = []

    def read(kind):
        assert threading.current_thread() is not threading.main_thread()
        asked.append(kind)
        frame = frames[kind].copy()
        alive.append(weakref.ref(frame))
        return frame

    found = assess_city(read, **ASKED, needed=other.needed)
    assert tuple(asked) == REGISTERS
    gc.collect()
    assert [one() for one in alive] == [None] * 5
    assert len(found) == len(frames["entities"])


def test_a_register_that_cannot_be_read_is_said():
    """The error of the reading comes to who asked, and nothing is read after the work was given up."""
    frames, other = registers(1)
    asked: list[str] = []

    def read(kind):
        asked.append(kind)
        if kind == "history":
            raise SupervisionError("store.missing", path="x.db")
        time.sleep(0.1)
        return frames[kind]

    with pytest.raises(SupervisionError, match=r"x\.db"):
        assess_city(read, **ASKED, needed=other.needed)
    assert len(asked) < len(REGISTERS)


def test_texts_that_the_store_coded_are_the_same_texts():
    """Codes of a column in one piece, in several with dictionaries of their own, or as texts tell the same apart."""
    texts = ["乙", None, "甲", "乙", None, "丙", "甲"]
    parts = [pa.array(texts[:3], pa.string()), pa.array(texts[3:], pa.string())]
    columns = [
        pd.Series(texts, dtype="str"),
        pd.Series(pd.arrays.ArrowExtensionArray(pa.array(texts, pa.string()).dictionary_encode())),
        pd.Series(pd.arrays.ArrowExtensionArray(pa.chunked_array([part.dictionary_encode() for part in parts]))),
    ]
    for column in columns:
        found = coded_texts(pd.DataFrame({"street": column}), ["street"])
        codes, names = found["coded", "street"]
        assert [names[code] if code >= 0 else None for code in codes] == texts
        assert (found["codes", "street"] == codes).all()


def test_a_mark_is_the_sum_of_what_is_known():
    """Written out by hand: the facts of the unit, each event in force, each visit, each relation and licence once."""
    units = given.entities({"unit_id": "a", "name": "甲"}, {"unit_id": "b", "name": "乙"})
    events = given.events({"unit_id": "a", "kind": "penalty", "event_no": "1", "happened": "2025-01-01"},
                          {"unit_id": "a", "kind": "penalty", "event_no": "1", "happened": "2025-01-01",
                           "amount": 9.0, "known_on": "2025-02-01"},
                          {"unit_id": "a", "kind": "penalty", "happened": "2025-05-01", "until": "2026-03-31"},
                          {"unit_id": "x", "kind": "penalty", "happened": "2025-05-01"})  # fmt: skip
    visits = given.history({"unit_id": "a", "date": "2025-03-03", "result": "1"},
                           {"unit_id": "a", "date": "2026-03-31", "result": "1"})  # fmt: skip
    linked = [{"unit_id": "a", "related": "p", "known_on": day} for day in ("2021-01-01", "2022-01-01", "2026-04-01")]
    other = given.others(linked=linked, held=[{"unit_id": "b", "kind": "food"}])
    facts = {
        "entities": (units, ["name", "type", "established", "region", "street", "tags", "industry", "address",
                             "legal_rep", "capital", "above_scale", "licence_until", "employees", "paid_capital",
                             "capital_due", "last_annual_report"], 1),
        "events": (events.iloc[[1]], ["kind", "happened", "event_no", "severity", "amount", "repaired_no"], 3),
        "history": (visits.iloc[[0]], ["agency", "item_id", "date", "kind", "result", "visit_no", "inspector"], 5),
        "relations": (other.relations.iloc[[0]], ["related", "kind", "share", "from_date", "until_date"], 7),
        "licences": (other.licences, ["kind", "number", "issued", "valid_until", "status"], 9),
    }  # fmt: skip
    total = {"a": np.uint64(0), "b": np.uint64(0)}
    with np.errstate(over="ignore"):
        for rows, columns, odd in facts.values():
            for unit, one in zip(rows["unit_id"], pd.util.hash_pandas_object(rows[columns], index=False), strict=True):
                total[unit] += np.uint64(one) * np.uint64(odd)
    marks = evidence_marks(units, events, visits, on=ON, others=other)
    assert marks.view(np.uint64).tolist() == [int(total["a"]), int(total["b"])]


@pytest.mark.parametrize("at_once", [1, 2, coded_registers.LOOKED_UP])
def test_ids_are_the_same_code_in_every_register(monkeypatch, at_once):
    """New ids get the next codes, known ones their own, blanks none; places in a list likewise, the first of two."""
    monkeypatch.setattr(coded_registers, "LOOKED_UP", at_once)
    ids = Ids()
    assert ids.codes(pd.Series(["b", "a", None, "b"], dtype="str")).tolist() == [0, 1, -1, 0]
    assert ids.codes(pd.Series([], dtype="str")).tolist() == []
    assert ids.codes(pd.Series(["c", "a", "d", None], dtype="str")).tolist() == [2, 1, 3, -1]
    among = places_among(pd.Series(["c", "x", None, "a"], dtype="str"), pd.Series(["a", "b", "c"], dtype="str"))
    assert among.tolist() == [2, -1, -1, 0]
    twice = places_among(pd.Series(["c", "a", "x"], dtype="str"), pd.Series(["a", "c", "b", "c", "a"], dtype="str"))
    assert twice.tolist() == [1, 0, -1]
