"""What may name units, tasks, people, rules, and what a text may hold."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.sampling.bytes import identifiers

USCC = "92320508YYFU3PL478"


def code_of(call: Callable[[], object]) -> str:
    """Return the code of the error, "" where there is none."""
    try:
        call()
    except SupervisionError as error:
        return error.code
    return ""


@pytest.mark.parametrize("text", ["a", "A-z_0.9", "x" * 40])
def test_names(text: str) -> None:
    """Letters, digits, point, line, dash: 1 to 40 of them."""
    assert identifiers.check_name(text, what="who") == text


@pytest.mark.parametrize("text", ["", "x" * 41, "a b", "张三", "a/b", "a\n", "é", "１"])
def test_other_names(text: str) -> None:
    """Empty, too long, blanks, other letters and a line end are refused with what they should name."""
    with pytest.raises(SupervisionError) as caught:
        identifiers.check_name(text, what="who")
    assert (caught.value.code, caught.value.params) == ("sampling.name", {"what": "who", "value": text})


def test_a_task_has_at_most_thirty_five_characters() -> None:
    """So that the group named after it is a name, too."""
    assert identifiers.check_task_id("t" * 35) == "t" * 35
    assert code_of(lambda: identifiers.check_task_id("t" * 36)) == "sampling.name"
    assert code_of(lambda: identifiers.check_task_id("任务")) == "sampling.name"


def test_a_rule_may_have_slashes() -> None:
    """1 to 80 characters."""
    assert identifiers.check_rule("shared/yearly_visit_cap") == "shared/yearly_visit_cap"
    assert identifiers.check_rule("r" * 80) == "r" * 80
    for text in ("", "r" * 81, "a b", "规则"):
        assert code_of(lambda: identifiers.check_rule(text)) == "sampling.rule_name"  # noqa: B023


@pytest.mark.parametrize(("text", "good"), [("专项整治", True), ("x" * 500, True), ("", False), ("x" * 501, False)])
def test_length_of_a_cause(text: str, good: bool) -> None:
    """1 to 500 characters of any script."""
    assert (code_of(lambda: identifiers.check_text(text, what="cause")) == "") is good


@pytest.mark.parametrize(
    ("sign", "good"),
    [(0x1F, False), (0x20, True), (0x7E, True), (0x7F, False), (0x9F, False), (0xA0, True), (0x0A, False)],
)
def test_control_characters_of_a_cause(sign: int, good: bool) -> None:
    """U+0000–001F and U+007F–009F are refused, their neighbours are not."""
    assert (code_of(lambda: identifiers.check_text(f"a{chr(sign)}b", what="cause")) == "") is good


@pytest.mark.parametrize(
    ("units", "code"),
    [
        (["a", "b"], ""),
        (["x" * 39], ""),
        (["x" * 40], "sampling.unit_id"),
        ([""], "sampling.unit_id"),
        (["a~1"], "sampling.unit_id"),
        (["苏1"], "sampling.unit_id"),
        (["a", "a"], "sampling.unit_twice"),
        (["Ab", "aB"], "sampling.unit_twice"),
        ([USCC], ""),
        ([USCC.lower()], "sampling.unit_case"),
        ([USCC[:-1] + "x"], ""),
        (["z", USCC[:9] + USCC[9:].lower()], "sampling.unit_case"),
        ([USCC[:-1].lower() + "7"], ""),
        (["abcdefghijklmnopqr"], ""),
    ],
)
def test_unit_ids(units: list[str], code: str) -> None:
    """Form; twice whatever the case; a valid credit code stands in upper case, an id that is none may be as it is."""
    assert code_of(lambda: identifiers.check_unit_ids(pd.Series(units, dtype="str"))) == code


def test_a_missing_id_is_no_id() -> None:
    """An empty cell is refused, too."""
    assert code_of(lambda: identifiers.check_unit_ids(pd.Series(["a", None], dtype="str"))) == "sampling.unit_id"


def test_pieces_join_to_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Identifiers come in pieces, each with its rows, none twice and none left out."""
    monkeypatch.setattr(identifiers, "PIECE", 3)
    units = pd.Series([f"u{number}" for number in range(7)], dtype="str")
    found = list(identifiers.pieces(units))
    assert [(rows.start, rows.stop) for rows, _ in found] == [(0, 3), (3, 6), (6, 7)]
    assert [one.decode() for _, ids in found for one in ids] == units.tolist()
