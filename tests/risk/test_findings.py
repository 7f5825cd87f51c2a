"""What visits found, against what such visits usually find."""

from datetime import date

import numpy as np
import pytest
import risk_registers as given

from supervision.risk.features import build_features
from supervision.risk.findings import Findings, expected_findings, usual_findings
from supervision.risk.name_words import words

DAY = 20_000


def ints(*values):
    """An array of integers."""
    return np.array(values, dtype=np.int64)


def test_sums_by_windows_in_full():
    """Weight 4 within a year, 2 within three, nothing before or on a later day; a key below 0 is nobody's."""
    days = ints(DAY, DAY - 364, DAY - 365, DAY - 1094, DAY - 1095, DAY + 1, DAY)
    key = ints(1, 1, 1, 1, 1, 1, -1)
    findings = Findings(unit=key, day=days, found=ints(1, 1, 1, 0, 1, 1, 1), expected=ints(100, 10, 7, 5, 3, 1, 1))
    found, expected = findings.sums(key, ints(1, 2, -1, 1), ints(DAY, DAY, DAY, DAY + 1))
    assert found.tolist() == [4_000 + 4_000 + 2_000, 0, 0, 4_000 + 4_000 + 2_000 + 2_000]
    assert expected.tolist() == [400 + 40 + 14 + 10, 0, 0, 4 * 1 + 400 + 20 + 14]


def test_expectation_knows_only_what_came_before():
    """The first visit is expected to find a tenth; later ones what 30 ordinary visits and those before say."""
    visited = ints(DAY, DAY + 10, DAY + 20)
    found, same = ints(1, 1, 0), ints(0, 0, 0)
    expected = expected_findings(found, same, same, same, visited=visited, day=visited)
    # the second: city (1 + 3) / 31 = .129, item (1 + 30 × .129) / 31 = .157, then (1 + 3.87) / (.1 + 3.87) times as
    # much for the agency, .193, and for the team once more the same: each found one where .1 was expected
    assert expected.tolist()[:2] == [100, 237]
    assert usual_findings(found, visited=visited, day=visited).tolist() == [100, 129, 156]
    late = expected_findings(found, same, same, same, visited=visited, day=visited + 100)
    assert late.tolist() == [100, 100, 100]


def test_a_strict_team_expects_more():
    """After a year in which it found something each time, a team's visits are expected to find more than another's."""
    visited = np.arange(DAY, DAY + 400, dtype=np.int64)
    team = np.arange(400, dtype=np.int64) % 2
    same = np.zeros(400, dtype=np.int64)
    expected = expected_findings(team.copy(), same, same, team, visited=visited, day=visited)
    assert expected[399] > 800
    assert expected[398] < 200
    of_agency = expected_findings(team.copy(), same, team, same, visited=visited, day=visited)
    assert of_agency[399] > 800
    assert of_agency[398] < 200
    assert expected.min() >= 1
    assert expected.max() <= 999


def test_a_team_is_compared_with_its_last_half_year():
    """A team that was strict 182 days ago still is, one day more and it is as its item says."""
    found, same = ints(*[1] * 40, 0), ints(*[0] * 41)

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
    clean, problem = 100 * 12_000 // 12_400, 100 * 16_000 // 12_400
    assert table["name_ratio"].tolist() == [clean, problem]
