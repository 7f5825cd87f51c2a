"""Check-ins beside visits: each kind of difference once, told by the first thing that is wrong, and nothing else."""

from __future__ import annotations

import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.results.checkins import CAUSES, CHECKINS, CHECKS, FOUND, ISSUED, VISITS, match_checkins

VISIT_ROWS = [
    ("U1~1", "U1", "m", "2026-12-03T1", "held"),
    ("U1~1", "U1", "f", "2026-12-03T1 2026-12-04T1", "held"),
    ("U2~1", "U2", "m", "2026-12-05T2", ""),
]
CODES = [
    ("0001", "U1~1", "m", "2026-12-03T1"),
    ("0002", "U1~1", "f", "2026-12-03T1 2026-12-04T1"),
    ("0003", "U2~1", "m", "2026-12-05T2"),
]
RIGHT = [("U1", "0001", "2026-12-03", "09:05", "前台"), ("U1", "0002", "2026-12-04", "09:06", None)]


def found(visits=VISIT_ROWS, codes=CODES, scans=RIGHT, checks=(), on="2026-12-31"):
    """Return cause, unit, office and code of what does not fit."""
    scanned = pd.DataFrame(scans, columns=list(CHECKINS))
    others = pd.DataFrame(checks, columns=list(CHECKS))
    table = match_checkins(
        pd.DataFrame(visits, columns=list(VISITS)),
        pd.DataFrame(codes, columns=list(ISSUED)),
        scanned.assign(scanned_on=pd.to_datetime(scanned["scanned_on"])),
        others.assign(date=pd.to_datetime(others["date"])),
        on=on,
    )
    assert tuple(table.columns) == FOUND
    return [tuple(row) for row in table[["cause", "unit_id", "office", "code"]].itertuples(index=False)]


def test_everything_fits():
    """Each held visit scanned by each office on one of its days; one that is to come needs nothing yet."""
    assert found() == []


@pytest.mark.parametrize(
    ("scan", "cause", "office"),
    [
        (("U1", "9999", "2026-12-03", "10:00", ""), "unknown_code", ""),
        (("U2", "0001", "2026-12-03", "10:00", ""), "other_unit", "m"),
        (("U1", "0001", "2026-12-04", "10:00", ""), "other_day", "m"),
    ],
)
def test_a_wrong_scan(scan, cause, office):
    """A code that was not issued, one of another unit, one on another day: named with what is known of it."""
    assert found(scans=[*RIGHT, scan]) == [(cause, scan[0], office, scan[1])]


def test_a_replaced_code():
    """After a new code the old one is told, whichever day; so is one whose visit moved or is gone."""
    newer = [*CODES, ("0004", "U1~1", "m", "2026-12-03T1")]
    assert found(codes=newer) == [("no_code", "U1", "m", "0004"), ("superseded", "U1", "m", "0001")]
    moved = [("U1~1", "U1", "m", "2026-12-03T2", "held"), *VISIT_ROWS[1:]]
    assert ("superseded", "U1", "m", "0001") in found(visits=moved)
    assert found(visits=VISIT_ROWS[1:]) == [("superseded", "U1", "m", "0001")]


def test_a_visit_without_a_code():
    """A result on record that nobody scanned a code of; could not be inspected or nothing recorded is no such visit."""
    assert found(scans=RIGHT[:1]) == [("no_code", "U1", "f", "0002")]
    assert found(codes=CODES[:1], scans=RIGHT[:1]) == [("no_code", "U1", "f", "")]
    quiet = [(*row[:4], state) for row, state in zip(VISIT_ROWS, ("could_not", "", ""), strict=True)]
    assert found(visits=quiet, scans=[]) == []


def test_a_code_without_a_visit():
    """Scanned and over without a result: told after the last half-day, not on it; could not be inspected counts so."""
    scan = ("U2", "0003", "2026-12-05", "14:00", "")
    assert found(scans=[*RIGHT, scan]) == [("not_held", "U2", "m", "0003")]
    assert found(scans=[*RIGHT, scan], on="2026-12-05") == []
    failed = [*VISIT_ROWS[:2], (*VISIT_ROWS[2][:4], "could_not")]
    assert found(visits=failed, scans=[*RIGHT, scan]) == [("not_held", "U2", "m", "0003")]


def test_who_came_without_a_code():
    """Explained by a check for cause that names its cause, or by a special check, of that unit and day; else told."""
    scan = ("U3", None, "2026-12-07", "10:00", "后门")
    told = [("came_without_code", "U3", "", "")]
    assert found(scans=[*RIGHT, scan]) == told
    for kind, trigger, explained in (("for_cause", "投诉举报", True), ("special", None, True), ("routine", "x", False)):
        rows = found(scans=[*RIGHT, scan], checks=[("U3", "market", "2026-12-07", kind, trigger)])
        assert (("came_without_code", "U3", "", "") not in rows) == explained
    elsewhere = [("U4", "market", "2026-12-07", "special", None), ("U3", "market", "2026-12-08", "special", None)]
    assert found(scans=[*RIGHT, scan], checks=elsewhere) == told


def test_checks_without_draw_or_cause():
    """A routine check that no draw ordered, a check for cause without a cause, once a unit, agency and day."""
    checks = [
        ("U5", "market", "2026-12-08", "routine", None),
        ("U5", "market", "2026-12-08", "routine", None),
        ("U6", "fire", "2026-12-02", "for_cause", " "),
        ("U7", "fire", "2026-12-02", "for_cause", "移送"),
        ("U8", "fire", "2026-12-02", "superior", None),
    ]
    assert found(checks=checks) == [("undrawn", "U5", "market", ""), ("no_ground", "U6", "fire", "")]


def test_order_and_columns():
    """What is told comes in the order of the causes; a frame without a column is refused by name."""
    rows = found(
        scans=[("U9", None, "2026-12-01", "08:00", ""), ("U9", "9999", "2026-12-02", "08:00", "")],
        checks=[("U5", "market", "2026-12-08", "routine", None)],
    )
    causes = [row[0] for row in rows]
    assert causes == sorted(causes, key=CAUSES.index)
    assert causes == ["no_code", "no_code", "unknown_code", "came_without_code", "undrawn"]
    empty = pd.DataFrame(columns=list(VISITS))
    with pytest.raises(SupervisionError) as refused:
        match_checkins(empty.drop(columns="state"), empty, empty, empty, on="2026-12-31")
    assert (refused.value.code, refused.value.params["table"]) == ("results.columns", "visits")
