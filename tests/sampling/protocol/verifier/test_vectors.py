"""The worked round of the protocol: the verifier agrees with every byte that the vectors give."""

import hashlib
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from vector_round import VECTOR, vector_files, write_vector

from supervision.sampling.protocol import verifier as v

STAND_INS = {"commitment.software", "inputs.digest"}  # verify.py, rules.json, registers.json: digests alone are given


@pytest.fixture
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the two conditions on files that the vectors do not hold."""
    want = v.want

    def other(fact: object, name: str, where: str, value: object = None) -> None:
        known = name in STAND_INS or (name == "log.digest" and str(value).endswith(("rules.json", "registers.json")))
        want(fact or known, name, where, value)

    monkeypatch.setattr(v, "want", other)


@pytest.mark.usefixtures("stand_ins")
def test_the_worked_round_agrees(tmp_path: Path) -> None:
    """Frames, seeds, orders, step-ins, two lotteries, seven changes and the log: all as in the vectors."""
    report = v.verify(write_vector(tmp_path))
    assert report.code == 0, report.lines("en")[-1]
    assert [en for _, en in report.checked if "draw" in en] == [
        "2026-12 fire-01: drawn 9, reserve 5, frame 241, excluded 3",
        "2026-12 market-07: drawn 27, reserve 5, frame 72, excluded 0",
        "2026-12 open-03: drawn 3, reserve 2, frame 14, excluded 1",
        "2026-12 draw 1 of inspectors: 14 places, 6 with fewer than three candidates, 1 visits sent back",
        "2026-12 draw 2 of inspectors: 8 places, 1 with fewer than three candidates, 0 visits sent back",
        "2026-12: a real round, drawn",
    ]


@pytest.mark.usefixtures("stand_ins")
def test_the_list_shown_after_the_visits_agrees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An after_visit task's list takes the place of its digest."""
    monkeypatch.setitem(VECTOR, "result_json", VECTOR["result_json_after_visits"])
    assert v.verify(write_vector(tmp_path)).code == 0


@pytest.mark.parametrize("path", sorted(path for path in vector_files() if path.endswith((".csv", ".hex", ".json"))))
@pytest.mark.usefixtures("stand_ins")
def test_no_byte_of_it_may_change(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One character changed in any record, its manifest made again, is a difference."""
    files = vector_files()
    if path.endswith(
        ("rules.json", "registers.json", "anchors.json", "unheld.csv", "/excluded.csv", "sent_back-2.json")
    ):
        pytest.skip("a stand-in, or nothing but a header or a note")
    body = files[path]
    place = next(k for k in range(len(body) - 1, -1, -1) if body[k] in "0123456789")
    changed = body[:place] + ("1" if body[place] != "1" else "2") + body[place + 1 :]
    import vector_round

    monkeypatch.setattr(vector_round, "vector_files", lambda: files | {path: changed})
    assert v.verify(write_vector(tmp_path)).code == 5


@pytest.mark.parametrize("case", VECTOR["lottery_cases"], ids=lambda case: case["about"])
def test_lotteries(case: dict[str, Any]) -> None:
    """Office-days with paths, whole days, a load window, a supplement: roster, candidates, visits sent back, loads."""
    people = {
        p["inspector_id"]: v.Person(
            inspector_id=p["inspector_id"],
            office=p["office"],
            first=p["from"],
            last=p["until"],
            scopes=frozenset(p["scopes"]),
            limit=p["daily_limit"],
            absent=frozenset(p["absent"]),
        )
        for p in case["inspectors"]
    }
    places = [
        v.Place(
            visit=p["visit_id"],
            office=p["office"],
            number=p["place"],
            halves=tuple(p["half_days"]),
            items=frozenset(p["items"]),
        )
        for p in case["places"]
    ]
    recused = frozenset((who, unit) for who, unit in case["recusals"])
    seed = bytes.fromhex(case["seed2"])
    lottery = v.Lottery(h=lambda data: hashlib.sha256(data).digest(), seed=seed, people=people, recused=recused)
    held = v.Holdings()
    if case["held_before"]:
        before = {(p["visit_id"], p["office"], p["place"]): p for p in VECTOR["lottery_cases"][4]["places"]}
        for visit, office, number, who in case["held_before"]:
            halves = tuple(before[visit, office, number]["half_days"])
            held.put(v.Place(visit=visit, office=office, number=number, halves=halves, items=frozenset()), who)
    assert {who: held.load[who] for who in case["load_before"]} == case["load_before"]
    rows, back = v.draw_all(lottery, places, held)
    assert rows == case["roster"]
    assert back == case["sent_back"]
    assert {who: held.load[who] for who in case["load_after"]} == case["load_after"]
    by_key = {(p.visit, p.office, p.number): p for p in places}
    for one in case["numbers"]:
        place = by_key[tuple(one["place"])]
        assert lottery.number(place).hex() == one["P"]
        assert {who: lottery.number(place, who).hex() for who in one["R"]} == one["R"]


@pytest.mark.parametrize(
    ("able", "fields", "held"),
    [
        (True, {}, ()),
        (True, {"first": "2026-12-07"}, ()),
        (False, {"first": "2026-12-08"}, ()),
        (True, {"last": "2026-12-07"}, ()),
        (False, {"last": "2026-12-06"}, ()),
        (False, {"absent": frozenset({"2026-12-07T1"})}, ()),
        (True, {"absent": frozenset({"2026-12-07T2"})}, ()),
        (False, {"scopes": frozenset({"b"})}, ()),
        (True, {"scopes": frozenset({"*"})}, ()),
        (True, {"limit": 1}, ()),
        (False, {"limit": 0}, ()),
        (True, {}, ("2026-12-07T2",)),
        (False, {}, ("2026-12-07T1",)),
        (False, {"limit": 1}, ("2026-12-07T2",)),
        (False, {"inspector_id": "away"}, ()),
        (False, {"inspector_id": "kin"}, ()),
    ],
)
def test_who_could_hold_a_place(able: bool, fields: dict[str, Any], held: tuple[str, ...]) -> None:
    """On duty from the first to the last day, not absent, in scope, not recused, within the daily limit, not busy."""
    whole = {"inspector_id": "i", "office": "O", "first": "2026-01-01", "last": "2026-12-31", "limit": 2}
    person = v.Person(**{**whole, "scopes": frozenset("ab"), "absent": frozenset(), **fields})
    lottery = v.Lottery(
        h=v.sm3,
        seed=b"",
        people={person.inspector_id: person},
        recused=frozenset({("kin", "U")}),
        leave={"away": frozenset({"2026-12-07T1"})},
    )
    place = v.Place(visit="U~1", office="O", number=1, halves=("2026-12-07T1",), items=frozenset("a"))
    assert lottery.could_hold(place, person.inspector_id, frozenset(held)) == able


@pytest.mark.parametrize("case", VECTOR["order_cases"], ids=lambda case: "order")
def test_equal_quotients_are_told_apart_exactly(case: dict[str, Any]) -> None:
    """Keys that are equal in floating point are ordered as fractions, then by D."""
    items = case["items"]
    best = v.Best(len(items))
    for one in items:
        low, d = int(one["L"]), bytes.fromhex(one["D"])
        u = 2 * (int.from_bytes(d[:8], "big") >> 11) + 1
        assert str(Fraction(u * (v.ONE - low), low * (v.TWO - u))) == case["Q"][one["unit_id"]]
        best.found.append((u * (v.ONE - low) / (low * (v.TWO - u)), low, u, d, one["unit_id"].encode()))
    assert [unit.decode() for unit, _, _ in best.order()] == case["order"]


def test_the_front_of_an_order_is_kept_however_often_it_is_cut() -> None:
    """Cutting keeps the first of the order and every unit whose key equals the last one's."""
    best = v.Best(3)
    for number in (5, 3, 3, 1, 4, 3, 2):
        best.found.append((float(number), 2**52, 2**53 - number, bytes([9 - len(best.found)]), b"%d" % len(best.found)))
        best.prune()
    assert best.limit == 3.0
    assert [one[0] for one in best.found] == [1.0, 2.0, 3.0, 3.0, 3.0]
    assert [unit for unit, _, _ in best.order()][:2] == [b"3", b"4"]


def test_realised_probabilities() -> None:
    """Equal chances are n / N exactly; two of different size with n = 1 are the odds ratio's integral."""
    equal = v.realised([0.3] * 1, [5], 2)
    assert abs(equal[0] - 0.4) < 1e-12
    two = v.realised([1.0, -1.0], [1, 1], 1)
    assert abs(sum(two) - 1) < 1e-12
    assert (
        abs(sum(p * m for p, m in zip(v.realised([2.0, 0.5, -3.0], [2, 3, 4], 3), [2, 3, 4], strict=True)) - 3) < 1e-11
    )


@pytest.mark.parametrize(
    ("sizes", "n", "left", "rest", "total"),
    [
        ({1: 4}, 2, {1: 4}, 2, 4),
        ({10: 1, 1: 9}, 2, {1: 9}, 1, 9),
        ({9: 1, 1: 10}, 2, {9: 1, 1: 10}, 2, 19),
        ({10: 1, 1: 10}, 2, {1: 10}, 1, 10),
        ({100: 1, 10: 1, 1: 5}, 3, {1: 5}, 1, 5),
        ({3: 2}, 2, {}, 0, 0),
    ],
)
def test_certainty_units(sizes: dict[int, int], n: int, left: dict[int, int], rest: int, total: int) -> None:
    """All with n x >= sum of x become certain together, again and again; n x = sum of x is certain."""
    assert v.without_certainty(Counter(sizes), n) == (left, rest, total)


@pytest.mark.parametrize(
    ("left", "n", "adjusted"),
    [
        ({1: 1000, 2: 1000}, 20, True),
        ({1: 1001, 2: 1000}, 10, False),
        ({1: 1000, 2: 999}, 21, False),
        ({1: 900, 2: 900}, 20, True),
        ({1: 50, 2: 50}, 21, False),
        ({1: 10, 2: 20}, 21, True),
        ({1: 800, 2: 1200}, 21, False),
    ],
)
def test_which_strata_are_adjusted(left: dict[int, int], n: int, adjusted: bool) -> None:
    """At most 2,000 units, N n at most 40,000, and n at most 20 or the sum of pi(1 - pi) below 10."""
    total = sum(size * times for size, times in left.items())
    spread = sum(times * Fraction(n * x, total) * (1 - Fraction(n * x, total)) for x, times in left.items())
    small = sum(left.values()) <= 2000 and sum(left.values()) * n <= 40_000 and (n <= 20 or spread < 10)
    assert v.is_adjusted(left, n, total) == adjusted == small


def test_the_sum_of_pi_decides_below_ten() -> None:
    """Exactly ten is not below ten."""
    assert [v.is_adjusted({1: count}, 30, count) for count in (44, 45, 46)] == [True, False, False]


def test_rounding_is_half_even() -> None:
    """Halves go to the even integer."""
    assert [v.half_even(top, 4) for top in range(-2, 12)] == [round(Fraction(top, 4)) for top in range(-2, 12)]
    assert [v.half_even(5, 2), v.half_even(7, 2), v.half_even(5, 3)] == [2, 4, 2]


@pytest.mark.parametrize("size", [0, 3, 55, 56, 64, 200])
def test_sm3_is_that_of_the_standard(size: int) -> None:
    """The SM3 of this file gives the standard's example and OpenSSL's digests."""
    assert v.sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert v.sm3(b"x" * size) == hashlib.new("sm3", b"x" * size).digest()


def test_sm3_without_openssl(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python that lacks SM3 uses the one of this file."""

    def none(name: str, data: bytes = b"") -> Any:
        raise ValueError(name)

    monkeypatch.setattr(v.hashlib, "new", none)
    assert v.hash_of("sm3") is v.sm3


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ({"kind": "set", "count": 6, "low": 1, "high": 33}, 1_107_568),
        ({"kind": "set", "count": 33, "low": 1, "high": 33}, 1),
        ({"kind": "set", "count": 27, "low": 1, "high": 33}, 1_107_568),
        ({"kind": "number", "count": 1, "low": 1, "high": 16}, 16),
        ({"kind": "sequence", "count": 5, "low": 0, "high": 9}, 100_000),
        ({"kind": "sequence", "count": 40, "low": 0, "high": 1}, 2**40),
        ({"kind": "sequence", "count": 39, "low": 0, "high": 1}, 2**39),
        ({"kind": "sequence", "count": 10**9, "low": 0, "high": 2**31 - 1}, 2**40),
    ],
)
def test_outcomes_are_whole_numbers(source: dict[str, Any], count: int) -> None:
    """C(N, count) or N^count, counted no further than 2^40."""
    assert v.outcomes(source) == count


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("91320500MA00000010", True),
        ("91320500MA00000011", False),
        ("91320500MA0000001", False),
        ("91320500IA00000010", False),
    ],
)
def test_credit_codes(code: str, valid: bool) -> None:
    """The check character of GB 32100-2015."""
    assert v.is_uscc(code) == valid
