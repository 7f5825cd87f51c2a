"""Key, frames, strata, L, numbers, lists and step-ins: each condition is broken once by a forger."""

import re
from typing import Any

import pytest
from edits import Edit, cell, file, more, put, row
from forge import ONE, STRATA, TASKS
from forge_draws import Full

HEX, PUB, AUD = "0" * 64, "public/2026-12", "audit/2026-12"


def low(size: str, value: Any) -> Edit:
    """Set L of the rows with one size."""
    return lambda rows: [[*one[:3], str(value(int(one[3])))] if one[2] == size else one for one in rows]


def moved(rows: list[Any], name: str, source: int, to: int, by: int = 1) -> list[Any]:
    """Move a number from one stratum to the next, so that the sum stays."""
    source, to = source % len(rows), to % len(rows)
    rows = row(source, **{name: rows[source][name] - by})(rows)
    return row(to, **{name: rows[to][name] + by})(rows)


def of_c(table: Any) -> int:
    """Give the least to the stratum of four units."""
    return int(table["units"])


CASES: list[tuple[str, str, Edit]] = [
    ("key.form", "files", file("frame_key.hex", lambda data: data + b"\n")),
    ("key.form", "files", file("frame_key.hex", lambda data: data.upper())),
    ("key.digest", "commitment", put(key_digest=HEX)),
    ("inputs.form", "rules", lambda value: {"../x": HEX}),
    ("inputs.form", "registers", lambda value: {"entities": "x"}),
    ("inputs.digest", "commitment", put(rules=HEX)),
    ("inputs.digest", "commitment", put(register=HEX)),
    ("inputs.tasks", "tasks_csv", lambda rows: rows[:2]),
    ("inputs.tasks", "tasks_csv", cell(0, 0, "fire-2")),
    ("inputs.roster", "commitment", put(roster=HEX)),
    ("roster.twice", "roster-0", lambda rows: [rows[0], [*rows[0][:2], "2026-02-01", *rows[0][3:]], *rows[1:]]),
    ("roster.dates", "roster-0", cell(1, 3, "2025-12-31")),
    ("strata.keys_tasks", "strata_keys", lambda rows: [one for one in rows if one[0] != "open"]),
    (
        "strata.keys",
        "strata_keys",
        lambda rows: [[*one[:2], rows[1 - k][2]] if k < 2 else one for k, one in enumerate(rows)],
    ),
    ("strata.keys_twice", "strata_keys", lambda rows: sorted([*rows, ["fire", "s1", rows[1][2]]])),
    ("stratum.units", "strata:fire", lambda rows: moved(rows, "units", 0, 1)),
    (
        "stratum.sample",
        "strata:fire",
        lambda rows: moved(rows, "sample", rows.index(min(rows, key=of_c)), 1 + rows.index(min(rows, key=of_c)), 2),
    ),
    (
        "stratum.reserve",
        "strata:fire",
        lambda rows: moved(rows, "reserve", 1 + rows.index(min(rows, key=of_c)), rows.index(min(rows, key=of_c)), 2),
    ),
    ("strata.digest", "tasks", row(0, strata=HEX)),
    ("strata.sum_units", "strata:market", row(0, units=11)),
    ("strata.sum_sample", "tasks", row(0, sample=6)),
    ("strata.sum_reserve", "tasks", row(0, reserve=5)),
    ("frame.root", "tasks", row(0, frame_root=HEX)),
    ("frame.units", "tasks", row(0, units=25)),
    ("frame.row", "frame:market", cell(0, 2, "01")),
    ("frame.row", "frame:market", cell(0, 0, "a b")),
    (
        "frame.row",
        "files",
        file("market/frame.csv", lambda data: re.sub(rb",\d+,(\w{32})\n", rb",0,\1\n", data, count=1)),
    ),
    ("frame.order", "frame:market", lambda rows: [rows[1], rows[0], *rows[2:]]),
    ("frame.order", "frame:market", lambda rows: [rows[0], *rows]),
    ("frame.salt", "salts:market", lambda salts: [bytes(16), *salts[1:]]),
    ("frame.salt", "salts:open", lambda salts: [b"\1" * 16, *salts[1:]]),
    ("frame.L_range", "frame:market", cell(0, 3, str(ONE + 1))),
    ("frame.stratum", "frame:market", cell(0, 1, "s9")),
    ("frame.case", "frame:market", cell(-1, 0, "m00")),
    ("frame.public_copy", "files", file(f"{PUB}/open/open/frame.csv", lambda data: data.replace(b"P06", b"P07"))),
    ("frame.not_open", "files", more(f"{PUB}/open/fire/frame.csv", b"")),
    ("frame.not_open", "files", more(f"{PUB}/open/open/page.html", b"")),
    ("frame.not_open", "files", more(f"{PUB}/open/x", b"")),
    ("frame.no_task", "files", more(f"{AUD}/tasks/other/frame.csv", b"")),
    ("frame.no_task", "files", more(f"{AUD}/tasks/fire/frame-2.csv", b"")),
    ("frame.no_task", "files", more(f"{AUD}/tasks/fire/old/frame.csv", b"")),
    ("excluded.row", "excluded:fire", cell(0, 2, "a rule")),
    ("excluded.order", "excluded:fire", lambda rows: rows[::-1]),
    ("excluded.order", "excluded:fire", lambda rows: [rows[0], *rows]),
    ("excluded.framed", "excluded:fire", cell(0, 0, "A00")),
    ("excluded.count", "tasks", row(0, excluded={"cap": 2})),
    ("excluded.root", "tasks", row(0, excluded_root=HEX)),
    ("frame.case", "excluded:fire", cell(1, 0, "a00")),
    ("frame.uscc", "excluded:fire", cell(0, 0, "91320500ma00000010")),
    ("stratum.size_total", "strata:market", row(0, size_total="13")),
    ("stratum.certainty", "frame:fire", low("100", lambda value: value - 1)),
    ("stratum.L", "frame:market", low("1", lambda value: value + 1)),
    ("stratum.L", "frame:market", low("1", lambda value: value - 1)),
    ("stratum.L", "frame:fire", low("1", lambda value: ONE)),
    ("stratum.realised", "frame:fire", low("10", lambda value: value + 10**8)),
    ("stratum.L_one", "frame:fire", low("59", lambda value: ONE)),
    ("stratum.not_adjusted", "strata:market", row(0, working="adjusted")),
    ("order.row", "order:fire", cell(0, 2, "9")),
    ("order.row", "order:fire", cell(0, 5, HEX)),
    ("order.row", "order:market", lambda rows: rows[:-1]),
    ("order.row", "order:market", lambda rows: [[*one[:3], "drawn", *one[4:]] for one in rows]),
    ("result.digest", "drawn:market", lambda units: units[:-1]),
    ("result.drawn", "drawn:open", lambda units: [f"P0{k}" for k in range(7) if f"P0{k}" not in units][:2]),
    ("stepin.no", "stepin", put(no=9)),
    ("stepin.time", "stepin", put(at="2026-11-29T21:24:59+08:00")),
    ("stepin.persons", "stepin", put(by="chief-2")),
    ("stepin.stratum", "stepin", put(stratum="s9")),
    ("stepin.out", "stepin", put(out="X00")),
    ("stepin.in", "stepin", put(**{"in": None})),
    ("stepin.in", "stepin", put(**{"in": "A00"})),
    ("fields.value", "stepin", put(evidence="none")),
    ("fields.value", "stepin", put(reason="a reason")),
]


@pytest.mark.parametrize(("condition", "record", "edit"), CASES, ids=[f"{c[0]}-{k}" for k, c in enumerate(CASES)])
def test_a_forged_draw_is_named(condition: str, record: str, edit: Edit, differs: Any) -> None:
    """All digests, roots, seeds and lists after the change are made again; the condition itself names it."""
    assert differs({record: edit}, course=lambda one: drawn(one)) == condition


def drawn(one: Full) -> Full:
    """Carry a round to its step-ins."""
    one.commit().draw().stepin("fire", one.stratum("D"), 0, "2026-12-02T09:00:00")
    return one


def test_the_course_of_these_cases_is_honest(differs: Any) -> None:
    """Without a change it agrees."""
    assert differs({}, course=drawn) == "exit 0"


def test_strata_are_those_of_the_names(differs: Any) -> None:
    """A stratum of the table has its key in strata_keys.csv."""
    other = {
        "strata:market": row(0, stratum="s2"),
        "frame:market": lambda rows: [[one[0], "s2", *one[2:]] for one in rows],
    }
    assert differs(other, course=lambda one: one.commit().draw()) == "strata.keys_table"


def test_a_unit_is_replaced_once(differs: Any) -> None:
    """Who stepped in can be replaced in turn, but nobody twice; a used-up reserve gives null."""

    def course(*outs: int, key: str = "D") -> Any:
        def run(one: Full) -> Full:
            one.commit().draw()
            for number, out in enumerate(outs):
                one.stepin("fire", one.stratum(key), out, f"2026-12-02T09:0{number}:00")
            return one

        return run

    assert differs({}, course=course(0, 1, 2, 3)) == "exit 0"
    assert differs({}, course=course(0, 2, 1)) == "exit 0"
    assert differs({}, course=course(0, 1, 2, 3, key="A")) == "exit 0"
    assert differs({}, course=course(1, 0, key="C")) == "exit 0"
    assert differs({}, course=course(0, 0)) == "stepin.out_twice"
    assert differs({}, course=course(0, 3)) == "stepin.out"
    assert differs({"stepins": lambda rows: rows[::-1]}, course=course(0, 1)) == "stepin.no"


def test_nothing_is_drawn_before_the_draw(differs: Any) -> None:
    """A round that waits has no order and no step-in."""
    only = lambda one: one.commit()  # noqa: E731
    assert differs({}, course=only) == "exit 0"
    assert differs({"files": more(f"{AUD}/tasks/fire/order.csv", b"unit_id\n")}, course=only) == "order.undrawn"
    assert differs({"files": more(f"{AUD}/stepins.json", b"[]")}, course=only) == "exit 0"
    one = b'{"at":"2026-12-01T00:00:00+08:00","by":"a","evidence":"%s","in":null,"no":1,"out":"A","reason":"9",'
    one = b"[" + one % HEX.encode() + b'"reviewed_by":"b","stratum":"s1","task_id":"fire"}]'
    assert differs({"files": more(f"{AUD}/stepins.json", one)}, course=only) == "stepin.before_draw"


def strata_of(sizes: dict[str, int], n: int, r: int) -> dict[str, Any]:
    """Return options of a round whose market task has one stratum of given sizes."""
    return {"strata": STRATA | {"market": {"ABC": (n, r, sizes)}}}


@pytest.mark.parametrize(
    ("verdict", "sizes", "n", "r"),
    [
        ("exit 0", {"M0": 1, "M1": 10**6}, 1, 1),
        ("stratum.size_ratio", {"M0": 1, "M1": 10**6 + 1}, 1, 1),
        ("exit 0", {"M0": ONE // 2, "M1": ONE // 2}, 1, 0),
        ("stratum.size_large", {"M0": ONE // 2 + 1, "M1": ONE // 2 + 1}, 1, 0),
        ("exit 0", {"M0": 3}, 1, 0),
        ("exit 0", {"M0": 3, "M1": 3}, 2, 0),
        ("exit 0", {"M0": 5, "M1": 5, "M2": 1, "M3": 1}, 3, 1),
        ("exit 0", {f"M{k}": 1 + k % 2 for k in range(90)}, 45, 5),
    ],
)
def test_sizes_at_their_limits(verdict: str, sizes: dict[str, int], n: int, r: int, differs: Any) -> None:
    """A million to one, 2^53 / N, one unit, all certain: the last that is allowed agrees, the next differs."""
    course = lambda one: one.commit().draw()  # noqa: E731
    assert differs({}, course=course, **strata_of(sizes, n, r)) == verdict


def large(count: int, big: int) -> dict[str, int]:
    """Return sizes of a large stratum: units of 1000 and 1001, one of another size."""
    return {f"M{k:04}": 1000 + k % 2 for k in range(count - 1)} | {"M9999": big}


@pytest.mark.parametrize(
    ("verdict", "sizes", "n"),
    [
        ("exit 0", large(2001, 1000), 20),
        ("stratum.large_n", large(2001, 1000), 19),
        ("exit 0", large(2002, 1001), 2000 - 3),
    ],
)
def test_a_large_stratum_of_unequal_sizes(
    verdict: str, sizes: dict[str, int], n: int, differs: Any, forged: Any
) -> None:
    """Above 2,000 units it needs n of 20 or more, and nobody's probability above one half."""
    from fractions import Fraction

    import forge

    course = lambda one: one.commit().draw()  # noqa: E731
    total = sum(sizes.values())
    lows = {unit: round(ONE * Fraction(n * x, total)) for unit, x in sizes.items()}
    original, forge.working = forge.working, lambda s, k: ("pareto", lows) if len(s) > 2000 else original(s, k)
    try:
        name = differs({}, course=course, **strata_of(sizes, n, 0))
    finally:
        forge.working = original
    assert name == (verdict if n < 1000 else "stratum.large_half")


def test_a_frame_larger_than_what_is_kept(differs: Any) -> None:
    """The front of the order is cut again and again while a large frame is read, and stays the same."""
    sizes = {f"M{k:05}": 1 for k in range(5300)}
    course = lambda one: one.commit().draw()  # noqa: E731
    assert differs({}, course=course, **strata_of(sizes, 3, 2)) == "exit 0"


def test_open_tasks_have_one_stratum_of_equal_sizes(differs: Any) -> None:
    """An open task's list is public: nothing in it may tell one unit from another."""
    course = lambda one: one.commit().draw()  # noqa: E731
    two = STRATA | {"open": {"A": (1, 0, {"P0": 1, "P1": 1}), "B": (1, 0, {"P2": 1, "P3": 1})}}
    assert differs({}, course=course, strata=two) == "strata.open_one"
    unequal = STRATA | {"open": {"A": (1, 0, {"P0": 1, "P1": 1, "P2": 2})}}
    assert differs({}, course=course, strata=unequal) == "strata.open_equal"


def test_a_stratum_that_could_not_be_adjusted_is_remarked(forged: Any) -> None:
    """Pareto may stand where the iteration fails: the verifier says so and agrees."""
    import forge

    def pareto(sizes: dict[str, int], n: int) -> tuple[str, dict[str, int]]:
        left = {unit: x for unit, x in sizes.items() if n * x < sum(sizes.values())}
        n, total = n - len(sizes) + len(left), sum(left.values())
        return "pareto", dict.fromkeys(sizes, ONE) | {unit: round(ONE * n * x / total) for unit, x in left.items()}

    original, forge.working = forge.working, lambda s, k: pareto(s, k) if "D00" in s else original(s, k)
    try:
        report = forged({"frame:fire": exact_d}, course=lambda one: one.commit().draw())
    finally:
        forge.working = original
    assert report.code == 0
    assert [en for _, en in report.remarks if "pareto stands" in en]


def exact_d(rows: list[list[str]]) -> list[list[str]]:
    """Set L of the units D.. exactly: n is 2, their sizes add up to 276."""
    return [[*one[:3], str(half_even(ONE * 2 * int(one[2]), 276))] if one[0][0] == "D" else one for one in rows]


def half_even(top: int, bottom: int) -> int:
    """Return top / bottom, halves to even, by Python's own rounding of fractions."""
    from fractions import Fraction

    return round(Fraction(top, bottom))


def test_tasks_of_a_group_share_numbers(forged: Any) -> None:
    """The forger's units that stand in two tasks have one U in both, so this round shows coordination."""
    assert {task["group"] for task in TASKS} == {"joint", "task.open"}
    assert forged({}).code == 0
