"""Records that grow after a draw, and their canonical files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from supervision.errors import DoesNotVerify, SupervisionError
from supervision.sampling.protocol.fields import read_fields, said, truth
from supervision.sampling.protocol.records import Anchor, Change, Entered, StepIn
from supervision.sampling.protocol.reveal import Abandonment, Reveal

AT = "2026-12-02T09:00:00+08:00"
STEP_IN = StepIn(
    at=AT,
    by="desk-1",
    evidence="ab" * 32,
    stepped_in=None,
    no=1,
    out="u1",
    reason="9",
    reviewed_by="chief-2",
    stratum="s1",
    task_id="t1",
)
CHANGE = Change(
    at=AT,
    by="desk-1",
    evidence="ab" * 32,
    ground="病假",
    half_days=("2026-12-03T1",),
    inspector_id="i1",
    kind="leave",
    no=1,
    office=None,
    out=None,
    place=None,
    reviewed_by="chief-2",
    visit_id=None,
)
ANCHOR = Anchor(at=AT, digest="cd" * 32, file="anchors/1.jpg", kind="newspaper", of="commitment")


def code_of(call: Any) -> str:
    """Return the code of the error that a call raises."""
    with pytest.raises(SupervisionError) as caught:
        call()
    return caught.value.code


def test_bytes_of_the_worked_round(vectors: dict[str, Any]) -> None:
    """Step-ins, changes and anchors of the vectors come back to the byte."""
    for records, name in ((StepIn.records, "stepins"), (Change.records, "changes"), (Anchor.records, "anchors")):
        source = vectors[f"{name}_json"].encode()
        entries = records.from_bytes(source)
        assert len(entries) > 3
        assert records.to_bytes(entries) == source


def test_a_step_in_to_the_byte() -> None:
    """The field is called "in" in the file; null where the reserve is used up; no entries are []."""
    source = (
        b'[{"at":"2026-12-02T09:00:00+08:00","by":"desk-1","evidence":"'
        + b"ab" * 32
        + b'","in":null,"no":1,"out":"u1",'
        b'"reason":"9","reviewed_by":"chief-2","stratum":"s1","task_id":"t1"}]'
    )
    assert StepIn.records.to_bytes([STEP_IN]) == source
    assert StepIn.records.from_bytes(source) == (STEP_IN,)
    assert StepIn.records.to_bytes([]) == b"[]"


@pytest.mark.parametrize("entry", [STEP_IN, CHANGE])
def test_two_persons(entry: StepIn | Change) -> None:
    """Who records is not who reviews, and both have names that the protocol allows."""
    assert entry.check() is entry
    assert code_of(lambda: replace(entry, reviewed_by="desk-1").check()) == "sampling.one_person"
    for field in ("by", "reviewed_by"):
        assert code_of(lambda: replace(entry, **{field: "张三"}).check()) == "sampling.name"  # noqa: B023


def test_reasons_and_grounds() -> None:
    """A step-in's reason is a code, a change's ground is a text."""
    assert code_of(lambda: replace(STEP_IN, reason="").check()) == "sampling.name"
    assert code_of(lambda: replace(CHANGE, ground="").check()) == "sampling.text"
    assert replace(CHANGE, ground="x" * 500).check()


@pytest.mark.parametrize("extra", [b'"more":1,', b""])
def test_other_fields_are_refused(extra: bytes) -> None:
    """A field more, or one less, is named."""
    source = Anchor.records.to_bytes([ANCHOR])
    wrong = source.replace(b'"of"', extra + b'"of"') if extra else source.replace(b',"of":"commitment"', b"")
    assert code_of(lambda: Anchor.records.from_bytes(wrong)) in ("sampling.file_fields", "canonical.bytes")
    with pytest.raises(SupervisionError):
        Anchor.records.from_bytes(wrong)


def test_values_of_one_person_wait_to_the_byte() -> None:
    """What a first person entered is kept as announced until a second confirms it."""
    entered = Entered(who="a", at=AT, held={"ssq-red": AT}, values={"ssq-red": ("06", "1")})
    source = (
        b'{"at":"2026-12-02T09:00:00+08:00","held":{"ssq-red":"2026-12-02T09:00:00+08:00"},'
        b'"values":{"ssq-red":["06","1"]},"who":"a"}'
    )
    assert entered.to_bytes() == source
    again = Entered.from_bytes(source)
    assert (again.who, again.at, dict(again.held)) == ("a", AT, {"ssq-red": AT})
    assert {name: tuple(texts) for name, texts in again.values.items()} == {"ssq-red": ("06", "1")}


def test_reveal_and_abandonment_come_back() -> None:
    """Both files hold exactly their fields, `cancelled` may be null."""
    reveal = Reveal(
        commitment="c", round="2026-12", held={"a": AT}, values={"a": ["1"]}, key_string="1./", seed=bytes(32)
    )
    assert Reveal.from_bytes(reveal.to_bytes()) == reveal
    for cancelled in (None, "ssq-red"):
        given_up = Abandonment(at=AT, cancelled=cancelled, commitment="c", reason="停售", round="2026-12")
        assert Abandonment.from_bytes(given_up.to_bytes()) == given_up
    with pytest.raises(DoesNotVerify, match="abandoned"):
        Abandonment.from_bytes(given_up.to_bytes().replace(b'"round"', b'"week"'))


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b'{"a":1,"b":"x"}', ""),
        (b'{"a":1}', "sampling.file_fields"),
        (b'{"a":1,"b":"x","c":1}', "sampling.file_fields"),
        (b'{"a":"1","b":"x"}', "sampling.file_field"),
        (b"[]", "sampling.file_fields"),
    ],
)
def test_fields_and_their_types(source: bytes, code: str) -> None:
    """Missing, extra and mistyped fields, and what is no object."""
    names: dict[str, Any] = {"a": int, "b": str}
    if code:
        assert code_of(lambda: read_fields(source, names, file="x.json")) == code
    else:
        assert read_fields(source, names, file="x.json") == {"a": 1, "b": "x"}


def test_yes_and_no() -> None:
    """Truth is written in words, and no other ones."""
    assert (said(True), said(False)) == ("yes", "no")
    assert (truth("yes", file="f", field="r"), truth("no", file="f", field="r")) == (True, False)
    for text in ("true", "Yes", ""):
        assert code_of(lambda: truth(text, file="f", field="r")) == "sampling.file_field"  # noqa: B023
