from __future__ import annotations

import hashlib
import json

import pytest

from supervision.canonical import canonical_json
from supervision.store.log import verify_log


@pytest.fixture
def three_entries(store):
    """Return the log of a round with three finished steps."""
    for number, name in enumerate(("score", "commit", "draw")):
        with store.step("2026-12", name, who="zhang", at=f"2026-11-0{number + 1}", inputs={"n": number}) as work:
            work.put(f"{name}.txt", name.encode())
    return store.log("2026-12")


def test_each_entry_names_the_one_before(three_entries):
    """`previous` is the SHA-256 of the bytes of the entry before it, null in the first."""
    lines = three_entries.splitlines()
    previous = [json.loads(line)["previous"] for line in lines]
    assert previous == [None, *(hashlib.sha256(line).hexdigest() for line in lines[:-1])]
    assert [json.loads(line)["seq"] for line in lines] == [1, 2, 3]
    assert verify_log(three_entries) is None and verify_log(b"") is None


def test_a_changed_log_is_found_at_its_line(three_entries):
    """A changed, removed, doubled, swapped or cut line is the first broken one, or breaks the one after it."""
    first, second, third = three_entries.splitlines(keepends=True)
    other = canonical_json({**json.loads(second), "who": "li"}) + b"\n"
    table = [
        (first + other + third, 3),
        (first + third, 2),
        (second + third, 1),
        (first + first + second, 2),
        (first + third + second, 2),
        (first + second.replace(b":", b": ", 1) + third, 2),
        (first + b"{}\n", 2),
        (first + b"[1]\n", 2),
        (first + second + third[:-5], 3),
        (first + second + third[:-1], 3),
        (first + b"\n" + second, 2),
    ]
    assert [verify_log(changed) for changed, _ in table] == [line for _, line in table]


def test_scopes_have_chains_of_their_own(store, three_entries):
    """Another round starts again at 1, and an unknown scope has an empty log."""
    with store.step("2027-01", "score", who="zhang", at="2027-01-01", inputs={}):
        pass
    entry = json.loads(store.log("2027-01"))
    assert (entry["seq"], entry["previous"], entry["outputs"]) == (1, None, {})
    assert store.log("2030-01") == b"" and store.log("2026-12") == three_entries


def test_the_last_entry_but_for_some_steps(store, three_entries):
    """It is counted in its own scope; steps that are left out do not count, and without an entry it is 0."""
    assert store.last_number("2026-12", without=[]) == 3
    assert store.last_number("2026-12", without=["draw", "score"]) == 2
    assert store.last_number("2026-12", without=["draw", "commit", "score"]) == 0
    assert store.last_number("registers", without=[]) == 0
    assert three_entries


def test_what_is_on_record_already_is_not_noted_again(store):
    """Only new paths and new digests make an entry, whatever other steps say; `note` always makes one."""

    def noted():
        entries = [json.loads(line) for line in store.log("registers").splitlines()]
        return [(one["step"], one["outputs"], one["inputs"]) for one in entries]

    for outputs in ({"a": "1", "b": "1"}, {"a": "1", "b": "1"}, {"a": "1", "b": "2"}, {"b": "2"}):
        store.note_new("report", who="li", at="2026-11-02", inputs={"i": "0"}, outputs=outputs)
    store.note_new("other", who="li", at="2026-11-02", inputs={}, outputs={"a": "1"})
    store.note_new("report", who="li", at="2026-11-03", inputs={}, outputs={"b": "1"})
    store.note_new("report", who="li", at="2026-11-03", inputs={}, outputs={})
    expected = [
        ("report", {"a": "1", "b": "1"}, {"i": "0"}),
        ("report", {"b": "2"}, {"i": "0"}),
        ("other", {"a": "1"}, {}),
        ("report", {"b": "1"}, {}),
    ]
    assert noted() == expected
    store.note("report", who="li", at="2026-11-04", inputs={}, outputs={"b": "1"})
    assert noted() == [*expected, ("report", {"b": "1"}, {})]
    assert verify_log(store.log("registers")) is None
