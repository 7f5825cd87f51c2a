"""Mappings in the store: kept by name, logged, replaced, removed; those that an import used stay."""

from __future__ import annotations

import hashlib
import json

import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.store.log import verify_log
from supervision.store.store import Store

SAID = {"who": "tester", "at": "2026-11-20T09:00:00+08:00"}
NEW, OLD = b"kind: history\n", b"kind: events\n"


@pytest.fixture
def store(tmp_path):
    """An empty store."""
    return Store.create(tmp_path / "x.db")


def entries(store):
    """Return the log of the registers."""
    return [json.loads(line) for line in store.log("registers").splitlines()]


def test_a_mapping_is_kept_replaced_and_removed(store):
    """Each change is an entry of the log with its digest; the same bytes again are none; it is no round."""
    assert store.mappings() == []
    assert store.keep_mapping("街道检查", OLD, **SAID)
    assert store.keep_mapping("街道检查", NEW, **SAID)
    assert not store.keep_mapping("街道检查", NEW, **SAID)
    assert store.keep_mapping("b", OLD, **SAID)
    assert (store.mappings(), store.mapping("街道检查"), store.rounds()) == (["b", "街道检查"], NEW, [])
    store.remove_mapping("街道检查", **SAID)
    assert store.mappings() == ["b"]
    digest = hashlib.sha256(NEW).hexdigest()
    found = entries(store)
    assert [entry["step"] for entry in found] == ["mapping", "mapping", "mapping", "mapping_removed"]
    assert found[1]["outputs"] == {"mappings/街道检查.yaml": digest}
    assert (found[3]["inputs"], found[3]["outputs"]) == ({"mappings/街道检查.yaml": digest}, {})
    assert verify_log(store.log("registers")) is None


@pytest.mark.parametrize("name", ["", "a/b", "..\\x", "m.yaml", "M.YML", "x" * 61, "a b"])
def test_names_that_cannot_be(store, name):
    """A path, a file's name, nothing."""
    with pytest.raises(SupervisionError) as error:
        store.keep_mapping(name, NEW, **SAID)
    assert error.value.code == "store.mapping_name"
    assert entries(store) == []


def test_an_unknown_name_is_told_with_those_that_are_kept(store):
    """For reading and for removing."""
    store.keep_mapping("b", OLD, **SAID)
    for ask in (store.mapping, lambda name: store.remove_mapping(name, **SAID)):
        with pytest.raises(SupervisionError) as error:
            ask("c")
        assert (error.value.code, error.value.params["known"]) == ("store.mapping_unknown", "b")


def test_an_import_names_its_mapping(store):
    """In its entry by the digest under which it stays; it is none of those that are listed."""
    good = pd.DataFrame({"unit_id": ["U1"], "name": ["甲"], "region": ["320505"]})
    good["known_on"] = pd.Timestamp("2026-01-01").as_unit("s")
    store.insert("entities", good, source_digest="0" * 64, mapping=NEW, **SAID)
    digest = hashlib.sha256(NEW).hexdigest()
    assert entries(store)[0]["inputs"] == {"mapping": digest, "source": "0" * 64}
    assert store.get("registers", f"mappings/used/{digest}.yaml") == NEW
    assert store.mappings() == []
