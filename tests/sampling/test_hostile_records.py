"""Published files made to stumble over: a part of another kind is refused with the file's and the field's name."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from supervision.canonical import canonical_json, parse_canonical
from supervision.errors import SupervisionError
from supervision.sampling.protocol import proof as proof_module
from supervision.sampling.protocol.commitment import Commitment
from supervision.sampling.protocol.proof import Proof
from supervision.sampling.protocol.records import Anchor, Change, StepIn
from supervision.sampling.protocol.result import Result
from supervision.sampling.protocol.reveal import Reveal
from supervision.sampling.protocol.seeds import MOST_VALUES, Source

READ = {
    "anchors_json": Anchor.records.from_bytes,
    "changes_json": Change.records.from_bytes,
    "commitment_json": Commitment.from_bytes,
    "result_json_after_visits": Result.from_bytes,
    "reveal_json": Reveal.from_bytes,
    "stepins_json": StepIn.records.from_bytes,
}


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every part of a value."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, part in parts for place in places(part, (*path, key)))]


def changed(value: Any, path: tuple[Any, ...], new: Any) -> bytes:
    """Return a value's file with one part replaced."""
    found = json.loads(json.dumps({"": value}))
    holder, (*above, last) = found, ("", *path)
    for key in above:
        holder = holder[key]
    holder[last] = new
    return canonical_json(found[""])


@pytest.mark.parametrize("name", READ)
def test_every_part_of_every_file(vectors, name):
    """Each part in turn is nothing, a number, a list, an object, a text: read, or refused by an error of ours."""
    value = json.loads(vectors[name])
    refused = 0
    for path in places(value):
        for new in (None, -1, [], [1], {}, {"x": None}, "zz"):
            try:
                READ[name](changed(value, path, new))
            except SupervisionError as error:
                refused += 1
                assert error.text() and error.text("en")
    assert refused > len(places(value))


def test_every_part_of_a_proof(vectors):
    """A proof is refused or leads nowhere; never does it stop otherwise."""
    task = vectors["tasks"][0]
    for path in places(task["proof"]):
        for new in (None, -1, 2**53 - 1, [], ["zz"], {}, "zz", ""):
            try:
                Proof.from_bytes(changed(task["proof"], path, new)).check(bytes(32), hash_name="sha256")
            except SupervisionError as error:
                assert error.code in {"sampling.file_fields", "sampling.file_field", "sampling.proof"}
            else:
                raise AssertionError(path)


def test_a_proof_that_is_too_large(vectors):
    """What has more than a mebibyte is refused before its millions of values are read."""
    proof = vectors["tasks"][0]["proof"]
    row = [*proof["row"], ""]
    row[-1] = "0" * (proof_module.LARGEST - len(canonical_json(proof | {"row": row})))
    assert Proof.from_bytes(canonical_json(proof | {"row": row})).row == tuple(row)
    row[-1] += "0"
    with pytest.raises(SupervisionError) as caught:
        Proof.from_bytes(canonical_json(proof | {"row": row}))
    assert caught.value.code == "sampling.file_large"


def test_a_source_of_a_billion_values():
    """Nobody types more than a thousand values; their outcomes are not counted before that is known."""
    given = {"name": "x", "issue": "1", "kind": "set", "low": 0, "high": 2**31 - 1, "at": "2026-12-01T00:00:00+08:00"}
    assert Source.of({**given, "count": MOST_VALUES}).count == 1_000
    begun = time.process_time()
    for count in (MOST_VALUES + 1, 2**30):
        with pytest.raises(SupervisionError) as caught:
            Source.of({**given, "count": count})
        assert caught.value.code == "sampling.source_shape"
    assert time.process_time() - begun < 1
    for entry in ([], "x", {**given, "count": 1, "at": 5}, {**given, "count": 6, "issue": None}):
        with pytest.raises(SupervisionError):
            Source.of(entry)


def test_numbers_and_nesting_without_end():
    """Python reads no number of five thousand digits and no list of a hundred thousand levels; both are told."""
    for source in (b"1" * 5_000, b"[" * 100_000 + b"]" * 100_000, b'{"a":' * 990 + b"1" + b"}" * 990):
        with pytest.raises(SupervisionError) as caught:
            parse_canonical(source)
        assert caught.value.code == "canonical.bytes"
