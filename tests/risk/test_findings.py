"""What visits found, against what such visits usually find."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
import risk_registers as given

from supervision.risk.features import build_features
from supervision.risk.findings import BACK, Findings, Sums, expected_findings, percent, usual_findings
from supervision.risk.name_words import name_index, words

DAY = 20_000


def ints(*values):
    """An array of integers."""
    return np.array(values, dtype=np.int64)


def test_sums_of_three_years():
    """What was found and expected in three years up to a day; a key below 0 is nobody's."""
    days = ints(DAY, DAY - 364, DAY - 365, DAY - 1094, DAY - 1095, DAY + 1, DAY)
    key = ints(1, 1, 1, 1, 1, 1, -1)
    found = ints(1_000, 1_000, 500, 0, 1_000, 1_000, 1_000)
    findings = Findings(unit=key, day=days, found=found, expected=ints(100, 10, 7, 5, 3, 1, 1))
    found, expected = findings.sums(key, ints(1, 2, -1, 1), ints(DAY, DAY, DAY, DAY + 1))
    assert found.tolist() == [2_500, 0, 0, 3_500]
    assert expected.tolist() == [122, 0, 0, 118]


@pytest.mark.parametrize("seed", range(8))
def test_sums_of_parts_for_one_day_are_those_of_all(seed):
    """Visits cut into parts, each summed up for a day and added: the same answers on that day, a row a key."""
    random = np.random.default_rng(seed)
    size = int(random.integers(0, 60))
    day = DAY - random.choice([-1, 0, 1, 5, BACK - 1, BACK, BACK + 1], size)
    columns = [random.integers(0, 1_000, size) for _ in range(2)]
    findings = Findings(unit=np.arange(size), day=day, found=columns[0], expected=columns[1])
    key, part = random.integers(-1, 6, size), random.integers(0, 3, size)
    parts = [Sums.of(findings.at(rows), key[rows]).on(DAY) for rows in (np.flatnonzero(part == n) for n in range(3))]
    joined, asked = Sums.joined(parts), np.arange(-1, 7)
    on = np.full(len(asked), DAY)
    for found, want in zip(joined.asked(asked, on), findings.sums(key, asked, on), strict=True):
        assert found.tolist() == want.tolist()
    assert len(joined.place) == len(set(key[(key >= 0) & (day <= DAY) & (day > DAY - BACK)].tolist()))


def test_percent_is_drawn_towards_100():
    """A finding where a tenth was expected is 183 % with half a finding on both sides; nothing expected is unknown."""
    found, expected = ints(1_000, 0, 1_000, 0), ints(100, 1_000, 0, 1)
    assert percent(found, expected, prior=500).tolist() == [250, 33, -1, 99]


def test_expectation_knows_only_what_came_before():
    """The first visit is expected to find a tenth; later ones what 30 ordinary visits and those before say."""
    visited = ints(DAY, DAY + 10, DAY + 20)
    found, same = ints(1_000, 1_000, 0), ints(0, 0, 0)
    expected = expected_findings(found, same, same, same, visited=visited, day=visited)
    # the second: city (1 + 3) / 31 = .129, item (1 + 30 × .129) / 31 = .157, then (1 + 3.87) / (.1 + 3.87) times as
    # much for the agency, .193, and for the team once more the same: each found one where .1 was expected
    assert expected.tolist()[:2] == [100, 237]
    assert usual_findings(found, visited=visited, day=visited).tolist() == [100, 129, 156]
    late = expected_findings(found, same, same, same, visited=visited, day=visited + 100)
    assert late.tolist() == [100, 100, 100]
    half = expected_findings(found // 2, same, same, same, visited=visited, day=visited)
    # city (.5 + 3) / 31 = .113, item (.5 + 3.387) / 31 = .125, agency and team each (.5 + 3.387) / (.1 + 3.387) of it
    assert half.tolist()[1] == 155


def test_a_strict_team_expects_more():
    """After a year in which it found something each time, a team's visits are expected to find more than another's."""
    visited = np.arange(DAY, DAY + 400, dtype=np.int64)
    team = np.arange(400, dtype=np.int64) % 2
    same = np.zeros(400, dtype=np.int64)
    expected = expected_findings(1_000 * team, same, same, team, visited=visited, day=visited)
    assert expected[399] > 800
    assert expected[398] < 200
    of_agency = expected_findings(1_000 * team, same, team, same, visited=visited, day=visited)
    assert of_agency[399] > 800
    assert of_agency[398] < 200
    assert expected.min() >= 1
    assert expected.max() <= 999


def test_a_team_is_compared_with_its_last_half_year():
    """A team that was strict 182 days ago still is, one day more and it is as its item says."""
    found, same = ints(*[1_000] * 40, 0), ints(*[0] * 41)

    def expected(days):
        visited = ints(*[DAY] * 40, DAY + days)
        return expected_findings(found, same, same, same, visited=visited, day=visited)[40]

    usual = (40 + 3) / 70
    by_item = (40 + 30 * usual) / 70
    assert expected(183) == round(1000 * by_item)
    assert expected(182) == 999


@pytest.mark.parametrize(
    ("name", "found"),
    [("", set()), ("A1 甲", set()), ("好味餐饮", {"好味", "味餐", "餐饮"}), ("kfc 饭店 KFC", {"KFC", "饭店"})],
)
def test_words_of_names(name, found):
    """Runs of two Latin letters or more, and every two Chinese characters."""
    assert words(name) == found


def test_the_unit_itself_is_left_out_of_its_peers():
    """A unit's own findings raise its own ratio and its neighbours', never its neighbourhood's for itself."""
    units = given.entities(
        {"unit_id": "a", "name": "阿甲饭店", "region": "1", "street": "x", "industry": "H62"},
        {"unit_id": "b", "name": "阿乙饭店", "region": "1", "street": "x", "industry": "H62"},
        {"unit_id": "c", "name": "丙厂", "region": "2"},
    )
    past = given.history(
        {"unit_id": "a", "date": "2025-01-01", "result": "5"}, {"unit_id": "c", "date": "2025-01-02", "result": "1"}
    )
    table = build_features(units, given.events(), past, on=date(2025, 6, 30), outcomes=given.OUTCOMES)
    told = {name: table[name].tolist() for name in ("own_ratio", "street_ratio", "name_ratio", "legal_rep_ratio")}
    assert told["own_ratio"][0] > 100 > told["own_ratio"][2] > 0
    assert told["own_ratio"][1] == -1
    assert (told["street_ratio"][0], told["name_ratio"][0]) == (-1, -1)
    assert told["street_ratio"][1] == told["name_ratio"][1] == 129
    assert told["legal_rep_ratio"] == [-1, -1, -1]


def test_both_of_a_name_are_set_against_the_other():
    """Of two visited units with a word in common each is told of the other's visit alone."""
    units = given.entities({"unit_id": "a", "name": "阿甲饭店"}, {"unit_id": "b", "name": "乙饭店"})
    past = given.history(
        {"unit_id": "a", "date": "2025-01-01", "result": "5"}, {"unit_id": "b", "date": "2025-01-01", "result": "1"}
    )
    table = build_features(units, given.events(), past, on=date(2025, 6, 30), outcomes=given.OUTCOMES)
    clean, problem = 100 * 3_000 // 3_100, 100 * 4_000 // 3_100
    assert table["name_ratio"].tolist() == [clean, problem]


@pytest.mark.parametrize(
    ("asked", "index"),
    [("DIM", 150), ("SUM", 66), ("DIM SUM", 116), ("DIM SOY TEA", 192), ("DIM DIM INN", 150), ("INN", -1), ("", -1)],
)
def test_what_words_say_adds_up(asked, index):
    """Each known word adds what it is above or below 100; words that nobody else has say nothing."""
    day = ints(DAY, DAY, DAY, DAY)
    findings = Findings(
        unit=ints(1, 2, 3, 4), day=day, found=ints(1_000, 0, 500, 300), expected=ints(500, 250, 200, 300)
    )
    names = pd.Series(["DIM", "SUM", "SOY", "TEA HUT", asked], dtype="str")
    told = name_index(findings, names, ints(0, 1, 2, 3), asked=ints(4), unit=ints(9), on=ints(DAY), prior=500)
    assert told.tolist() == [index]


def test_an_index_is_never_below_nothing():
    """Four words at each of which others were found far below the expected: 0, not less."""
    findings = Findings(unit=ints(1), day=ints(DAY), found=ints(0), expected=ints(5_000))
    names, row = pd.Series(["ONE TWO SIX TEN"], dtype="str"), ints(0)
    assert name_index(findings, names, row, asked=row, unit=ints(9), on=ints(DAY), prior=500).tolist() == [0]
    assert name_index(findings, names, row, asked=row, unit=ints(1), on=ints(DAY), prior=500).tolist() == [-1]
