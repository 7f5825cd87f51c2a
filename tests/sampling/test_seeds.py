"""Sources, values, key strings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from supervision.errors import SupervisionError
from supervision.sampling.protocol.reveal import check_held
from supervision.sampling.protocol.seeds import Source, check_sources, key_string, moment, parse_values, plain_values

SATURDAY, SUNDAY = {"at": "2026-11-28T21:25:00+08:00"}, {"at": "2026-11-29T21:15:00+08:00"}
FRONT = Source(name="dlt-front", issue="26135", kind="set", count=5, low=1, high=35, **SATURDAY)
BACK = replace(FRONT, name="dlt-back", count=2, high=12)
RED = replace(FRONT, name="ssq-red", issue="2026137", count=6, high=33, **SUNDAY)
BLUE = replace(RED, name="ssq-blue", kind="number", count=1, high=16)
SEQUENCE = replace(FRONT, name="pl5", kind="sequence", low=0, high=9)
EVERYTHING = [FRONT, BACK, RED, BLUE]
VALUES = {
    "dlt-front": ["35", "02", "11", "19", "08"],
    "dlt-back": ["07", "12"],
    "ssq-red": ["06", "09", "14", "20", "27", "31"],
    "ssq-blue": ["11"],
}


def code_of(call: Any) -> str:
    """Return the code of the error that a call raises."""
    with pytest.raises(SupervisionError) as caught:
        call()
    return caught.value.code


def test_key_string_of_the_protocol() -> None:
    """The example of section 4: sets ascending as numbers, no leading zeros."""
    assert key_string(EVERYTHING, VALUES) == "2.8.11.19.35./7.12./6.9.14.20.27.31./11./"


def test_a_sequence_keeps_its_order_and_its_doubles() -> None:
    """排列五: five digits as they were drawn."""
    assert key_string([SEQUENCE], {"pl5": ["8", "1", "01", "6", "0"]}) == "8.1.1.6.0./"
    assert plain_values(SEQUENCE, ["8", "1", "01", "6", "0"]) == ["8", "1", "1", "6", "0"]
    assert plain_values(FRONT, VALUES["dlt-front"]) == ["2", "8", "11", "19", "35"]


@pytest.mark.parametrize("text", ["6,9,14", "6 9 14", "6、9，14", " 6;9 ; 14 ", "6；9+14"])
def test_values_as_people_write_them(text: str) -> None:
    """Commas and blanks of both kinds part values."""
    assert parse_values(text) == ["6", "9", "14"]


@pytest.mark.parametrize(
    ("name", "texts", "code"),
    [
        ("dlt-back", ["1"], "sampling.value_count"),
        ("dlt-back", ["1", "2", "3"], "sampling.value_count"),
        ("dlt-back", ["1", "13"], "sampling.value"),
        ("dlt-back", ["0", "1"], "sampling.value"),
        ("dlt-back", ["1", "-1"], "sampling.value"),
        ("dlt-back", ["1", "１"], "sampling.value"),
        ("dlt-back", ["1", "0000000001"], "sampling.value"),
        ("ssq-blue", ["17"], "sampling.value"),
        ("dlt-back", ["7", "07"], "sampling.value_twice"),
    ],
)
def test_wrong_values_name_their_source(name: str, texts: list[str], code: str) -> None:
    """Count, range, digits and doubles are refused, with the source's name."""
    with pytest.raises(SupervisionError) as caught:
        key_string(EVERYTHING, VALUES | {name: texts})
    assert (caught.value.code, caught.value.params["name"]) == (code, name)


def test_values_at_the_ends_of_the_range() -> None:
    """Lowest and highest value stand."""
    assert key_string([BACK, BLUE], {"dlt-back": ["12", "1"], "ssq-blue": ["16"]}) == "1.12./16./"


def test_missing_and_unknown_sources() -> None:
    """Values must be those of the sources, no fewer and no more."""
    fewer = {name: texts for name, texts in VALUES.items() if name != "ssq-blue"}
    assert code_of(lambda: key_string(EVERYTHING, fewer)) == "sampling.source_missing"
    assert code_of(lambda: key_string(EVERYTHING, VALUES | {"green": ["1"]})) == "sampling.source_unknown"


@pytest.mark.parametrize(
    ("sources", "code"),
    [
        ([], "sampling.source_names"),
        ([FRONT, replace(RED, name="dlt-front")], "sampling.source_names"),
        ([RED, BLUE, FRONT, BACK], "sampling.source_order"),
        ([FRONT, BACK, replace(RED, count=5, high=27)], "sampling.entropy_last"),
        ([RED, BLUE], "sampling.entropy_all"),
        ([replace(FRONT, kind="dice"), BACK, RED, BLUE], "sampling.source_shape"),
        ([FRONT, BACK, RED, replace(BLUE, count=2)], "sampling.source_shape"),
        ([FRONT, BACK, RED, replace(BLUE, kind="set")], "sampling.source_shape"),
        ([FRONT, BACK, replace(RED, count=34), BLUE], "sampling.source_shape"),
        ([FRONT, BACK, replace(RED, low=-1), BLUE], "sampling.source_shape"),
        ([FRONT, BACK, replace(RED, low=33), BLUE], "sampling.source_shape"),
        ([FRONT, BACK, replace(RED, high=2**31), BLUE], "sampling.source_shape"),
        ([FRONT, BACK, replace(RED, count=True), BLUE], "sampling.source_shape"),
        ([FRONT, BACK, replace(RED, issue="2026 137"), BLUE], "sampling.name"),
        ([FRONT, BACK, replace(RED, name="双色球"), BLUE], "sampling.name"),
        ([FRONT, BACK, RED, BLUE, replace(RED, name="again")], "sampling.source_reused"),
    ],
)
def test_lists_of_sources_that_are_refused(sources: list[Source], code: str) -> None:
    """Names, order, randomness of the last event and of all, shape, an event that serves twice."""
    assert code_of(lambda: check_sources(sources)) == code


@pytest.mark.parametrize("field", ["issue", "kind", "count", "low", "high"])
def test_an_event_is_another_one_by_any_of_five_fields(field: str) -> None:
    """Two sources agree in issue, kind, count, low and high, or they are two events; the time makes none."""
    other = {"issue": "x", "kind": "sequence", "count": 4, "low": 2, "high": 34}[field]
    again = replace(FRONT, name="again", **{field: other})
    check_sources([FRONT, BACK, again, RED, BLUE])
    later = replace(FRONT, name="again", **SUNDAY)
    assert code_of(lambda: check_sources([FRONT, BACK, RED, BLUE, later])) == "sampling.source_reused"


@pytest.mark.parametrize(
    ("last", "enough"),
    [
        (replace(BLUE, name="n", low=0, high=2**20 - 1), True),
        (replace(BLUE, name="n", low=0, high=2**20 - 2), False),
        (replace(BLUE, name="n", low=1, high=2**20), True),
        (replace(SEQUENCE, name="n", issue="s", count=20, low=0, high=1, **SUNDAY), True),
        (replace(SEQUENCE, name="n", issue="s", count=19, low=0, high=1, **SUNDAY), False),
    ],
)
def test_the_last_event_has_twenty_bits(last: Source, enough: bool) -> None:
    """Exactly 2^20 outcomes are enough, one less is not; sequences repeat values."""
    if enough:
        check_sources([FRONT, BACK, last])
    else:
        assert code_of(lambda: check_sources([FRONT, BACK, last])) == "sampling.entropy_last"


def test_all_together_have_forty_bits() -> None:
    """2^40 outcomes in two events are enough, one fewer in the first is not."""
    first, last = (replace(BLUE, name=name, issue=name, low=0, high=2**20 - 1) for name in ("one", "two"))
    check_sources([first, last])
    assert code_of(lambda: check_sources([replace(first, high=2**20 - 2), last])) == "sampling.entropy_all"


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-29T21:15:00",
        "2026-11-29T21:15:00Z",
        "2026-11-29T13:15:00+00:00",
        "2026-11-29T21:15+08:00",
        "2026-11-29 21:15:00+08:00",
        "2026-11-29T21:15:00.5+08:00",
        "2026-11-29T21:15:00.000000+08:00",
        "20261129T211500+08:00",
        "2026-11-29T21:15:00+0800",
        "2026-11-31T21:15:00+08:00",
        "",
    ],
)
def test_times_have_one_form(text: str) -> None:
    """Seconds, +08:00 and nothing else; other forms of the same moment are refused."""
    assert code_of(lambda: moment(text, name="x")) == "sampling.source_time"
    assert code_of(lambda: check_sources([FRONT, BACK, replace(RED, at=text), BLUE])) == "sampling.source_time"


def test_sources_come_after_the_commitment() -> None:
    """A source less than the interval after the commitment is refused, one exactly at it is not."""
    check_sources(EVERYTHING, committed_at="2026-11-27T21:25:00+08:00", interval_hours=24)
    late = {"committed_at": "2026-11-27T21:25:01+08:00", "interval_hours": 24}
    assert code_of(lambda: check_sources(EVERYTHING, **late)) == "sampling.too_early"  # type: ignore[arg-type]
    check_sources(EVERYTHING, committed_at=late["committed_at"], interval_hours=23)  # type: ignore[arg-type]


def test_an_entry_has_exactly_its_fields() -> None:
    """A commitment's source with a field more or less is refused."""
    entry = FRONT.as_json()
    assert Source.of(entry) == FRONT
    assert code_of(lambda: Source.of({**entry, "fallback": "x"})) == "sampling.source_fields"
    assert code_of(lambda: Source.of({key: entry[key] for key in entry if key != "at"})) == "sampling.source_fields"


def test_an_issue_held_before_its_time_is_void() -> None:
    """On time and later it counts, a second before it does not."""
    for held in ("2026-11-29T21:15:00+08:00", "2026-11-30T21:15:00+08:00"):
        assert check_held(RED, held) == held
    assert code_of(lambda: check_held(RED, "2026-11-29T21:14:59+08:00")) == "sampling.held_early"
    assert code_of(lambda: check_held(RED, "2026-11-29 21:15")) == "sampling.source_time"
