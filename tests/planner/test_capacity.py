from datetime import date
from types import SimpleNamespace

import pandas as pd

from supervision.domain.people import Office
from supervision.planner.capacity import roster_frame

OFFICES = {"M": Office(office_id="M", department="market", region="320505", name="Market")}


def test_roster_holds_who_may_inspect_and_when(kit: SimpleNamespace) -> None:
    """Certificates cut the dates, leave becomes half-days, `*` the department's items, limits the smaller of two."""
    inspectors = pd.DataFrame(
        [
            ("P2", "M", "在岗", pd.NaT, pd.Timestamp("2027-01-31"), "*", 3),
            ("P1", "M", "在岗", pd.Timestamp("2026-12-10"), pd.Timestamp("2026-12-20"), "m2 m1", 1),
            ("P3", "M", "离岗", pd.NaT, pd.Timestamp("2027-01-31"), "*", 2),
            ("P4", "M", "在岗", pd.NaT, pd.Timestamp("2026-11-30"), "*", 2),
            ("P5", "X", "在岗", pd.NaT, pd.Timestamp("2027-01-31"), "*", 2),
        ],
        columns=["inspector_id", "office_id", "status", "cert_from", "cert_until", "scopes", "daily_limit"],
    )
    leave = pd.DataFrame(
        [
            ("P2", pd.Timestamp("2026-11-28"), pd.Timestamp("2026-12-01"), None),
            ("P2", pd.Timestamp("2026-12-31"), pd.Timestamp("2027-01-02"), "pm"),
            ("P1", pd.Timestamp("2026-12-11"), pd.Timestamp("2026-12-11"), "am"),
        ],
        columns=["inspector_id", "from_date", "until_date", "half"],
    )
    found = roster_frame(
        inspectors,
        leave,
        {"market": ["m1", "m2", "m3"]},
        OFFICES,
        start=date(2026, 12, 1),
        end=date(2026, 12, 31),
        law=kit.Rules(),
    )
    assert found.to_csv(index=False).splitlines() == [
        "inspector_id,office,from,until,scopes,daily_limit,absent",
        "P1,M,2026-12-10,2026-12-20,m1 m2,1,2026-12-11T1",
        "P2,M,2026-12-01,2026-12-31,m1 m2 m3,2,2026-12-01T1 2026-12-01T2 2026-12-31T2",
    ]


def test_an_empty_directory_gives_an_empty_roster(kit: SimpleNamespace) -> None:
    """Nobody in the directory is no error here: the demand tells which visits nobody can make."""
    inspectors = pd.DataFrame(
        columns=["inspector_id", "office_id", "status", "cert_from", "cert_until", "scopes", "daily_limit"]
    )
    leave = pd.DataFrame(columns=["inspector_id", "from_date", "until_date", "half"])
    found = roster_frame(
        inspectors, leave, {}, OFFICES, start=date(2026, 12, 1), end=date(2026, 12, 31), law=kit.Rules()
    )
    assert found.empty
    assert list(found.columns) == ["inspector_id", "office", "from", "until", "scopes", "daily_limit", "absent"]
