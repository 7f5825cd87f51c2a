"""What off-site checks owe and who may report them (非现场检查应报结果)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from supervision.domain.people import Office
from supervision.messages import Message
from supervision.results.acceptance import Team
from supervision.results.off_site import OfficePeople, as_off_site, entry_times, expected_off_site, off_site_teams

OFFICES = {"m": Office(office_id="m", department="market", region="320505", name="市监分局")}
DUTIES = pd.DataFrame(
    [("U1~0", "U1", "m", "report", "T1", "2026-12-17"), ("U2~0", "U2", "m", "report", "T1 T2", "2026-12-18")],
    columns=["visit_id", "unit_id", "office", "item_id", "task_ids", "correct_by"],
    dtype="str",
)


def test_what_is_owed():
    """A row a unit and item, planned for the day of self-correction, by the office's department."""
    found = expected_off_site(DUTIES, OFFICES)
    assert found.astype("str").values.tolist() == [
        ["U1~0", "U1", "market", "report", "m", "2026-12-17"],
        ["U2~0", "U2", "market", "report", "m", "2026-12-18"],
    ]
    assert str(found["inspected_on"].dtype) == "datetime64[s]"


def test_who_may_report():
    """The people of the office, but those who are recused from the unit; the item's methods and no other."""
    people = OfficePeople.of({"i1": "m", "i2": "m", "i3": "m", "f1": "f"}, {("i3", "U1"), ("i2", "U9")})
    found = off_site_teams(
        expected_off_site(DUTIES, OFFICES), people=people, methods={"report": ("desk", "online")}, least=2
    )
    methods = frozenset({"desk", "online"})
    assert found == {
        ("U1~0", "report", "market", "U1"): Team(holders=frozenset({"i1", "i2"}), least=2, methods=methods),
        ("U2~0", "report", "market", "U2"): Team(holders=frozenset({"i1", "i2", "i3"}), least=2, methods=methods),
    }
    assert all(team.off_site for team in found.values())
    assert not Team(holders=frozenset(), least=2).off_site
    assert people.free("nowhere", "U1") == frozenset()


@pytest.mark.parametrize(
    ("visit", "day", "faulty"),
    [
        ("U1~0", "2026-12-17 09:30", True),
        ("U1~0", "2026-12-17T2", True),
        ("U1~0", "2026-12-17上午", True),
        ("U1~0", "12月17日9时", True),
        ("U1~0", "2026-12-17", False),
        ("U1~0", "2026年12月17日", False),
        ("U1~0", np.nan, False),
        ("U1~10", "2026-12-17 09:30", False),
        (np.nan, "2026-12-17 09:30", False),
    ],
)
def test_a_time_of_entry(visit, day, faulty):
    """Nobody enters for an off-site check, so that its day has no time; a visit's may."""
    rows = pd.DataFrame({"visit_id": [visit], "inspected_on": [day]})
    found = entry_times(rows, np.array([7]))
    assert [(one.line, one.column, one.reason.code) for one in found] == (
        [(7, "inspected_on", "results.off_site_time")] if faulty else []
    )


def test_words_for_people():
    """Nobody is drawn for papers, so that no draw is spoken of; other reasons stay."""
    told = as_off_site(Message.of("results.person_not_drawn", who="i9", office="f"))
    assert (told.code, dict(told.params)) == ("results.off_site_person", {"who": "i9", "office": "f"})
    other = Message.of("results.person_unknown", who="甲")
    assert as_off_site(other) is other
