"""Each cause in turn: it is named with its figures, and what it names is what lifts it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from supervision.messages import say
from supervision.planner.proof.rooms import Need, Room, There
from supervision.planner.reasons import windows

DAYS = {"start": "2026-12-01", "end": "2026-12-03"}


def causes(world: Any) -> list[tuple[str, int, dict[str, Any]]]:
    """The causes of a calendar; all have words in both languages."""
    plan = world.solve()
    for cause in plan.causes:
        for lang in ("zh", "en"):
            assert say(f"planner.{cause.code}", lang, **dict(cause.params))
    assert plan.unheld["reason"].tolist() == [plan.causes[n].code for n in plan.unheld["cause"]]
    return [(c.code, c.units, dict(c.params)) for c in plan.causes]


@pytest.fixture
def market(small: Any) -> Any:
    """Only the market's task m, for U1 and U2."""
    small.drawn = [("m", "U1"), ("m", "U2")]
    return small


def people(market: Any, kit: SimpleNamespace, *rows: tuple[Any, ...]) -> None:
    """Give the market these inspectors only."""
    market.roster = [kit.inspector(row[0], "M", *row[1:]) for row in rows]


def test_nothing_is_lost_and_there_is_no_cause(market: Any) -> None:
    """A calendar that holds everything has no causes."""
    assert causes(market) == []


def test_no_office(market: Any) -> None:
    """The district has no office of the department: one line for both units; with an office it is lifted."""
    gone = market.offices.pop("M")
    assert causes(market) == [("no_office", 2, {"department": "market", "region": "320505"})]
    market.offices["M"] = gone
    assert causes(market) == []


def test_no_half_day_and_too_early(market: Any) -> None:
    """The window has no working half-day; or only such as lie before the first that may be planned."""
    market.days = ["2026-12-04"]
    assert causes(market) == [("no_half_day", 2, {"region": "320505", **DAYS})]
    market.days = ["2026-12-03", "2026-12-04"]
    market.earliest = "2026-12-04T1"
    assert causes(market) == [("too_early", 2, {"earliest": "2026-12-04T1", **DAYS})]
    market.earliest = "2026-12-03T2"
    short = {"office": "M", "needed": 4, "available": 3, "start": "2026-12-03", "end": "2026-12-03"}
    assert causes(market) == [("office_short", 1, short)]
    market.earliest = "2026-12-03T1"
    assert causes(market) == []


def test_no_common_half_day(market: Any, kit: SimpleNamespace) -> None:
    """The unit is blocked on all days of the window; or a whole-day item never has both halves."""
    market.units[0] = ("U1", "320505", "S1", "2026-12-01 2026-12-02 2026-12-03")
    assert causes(market) == [("no_common_half_day", 1, {"item": "m1", "half_days": 1, **DAYS})]
    market.units[0] = ("U1", "320505", "S1", "2026-12-01T1 2026-12-02T2 2026-12-03T1")
    assert causes(market) == []
    market.items["m1"] = kit.item("m1", "market", half_days=2)
    assert causes(market) == [("no_common_half_day", 1, {"item": "m1", "half_days": 2, **DAYS})]
    market.units[0] = ("U1", "320505", "S1", "")
    assert causes(market) == []


def figures(available: int, needed: int = 2) -> dict[str, Any]:
    """Return what a cause says of the market and item m1."""
    return {"office": "M", "item": "m1", "needed": needed, "available": available, **DAYS}


def test_a_small_office(market: Any, kit: SimpleNamespace) -> None:
    """Fewer inspectors than one visit needs, whoever they are; none at all is said as 0."""
    people(market, kit, ("M1", "m1"))
    assert causes(market) == [("office_small", 2, figures(1))]
    people(market, kit)
    assert causes(market) == [("office_small", 2, figures(0))]
    people(market, kit, ("M1", "m1"), ("M2", "m1"))
    assert causes(market) == []


def test_recusal(market: Any, kit: SimpleNamespace) -> None:
    """One of two is recused from U1 only."""
    people(market, kit, ("M1", "m1"), ("M2", "m1"))
    market.recusals = [("M1", "U1")]
    assert causes(market) == [("recusal", 1, figures(1))]
    market.recusals = []
    assert causes(market) == []


def test_leave(market: Any, kit: SimpleNamespace) -> None:
    """One of two is on leave through the window; one half-day back is enough for one unit."""
    away = [f"2026-12-0{d}T{h}" for d in (1, 2, 3) for h in (1, 2)]
    people(market, kit, ("M1", "m1", 2, " ".join(away)), ("M2", "m1"))
    for market.earliest in ("2026-12-01T2", ""):
        assert causes(market) == [("leave", 2, figures(1))]
    people(market, kit, ("M1", "m1", 2, " ".join(away[2:])), ("M2", "m1"))
    assert causes(market) == []


def test_certificate(market: Any, kit: SimpleNamespace) -> None:
    """One certificate begins after the window."""
    people(market, kit, ("M1", "m1", 2, "", 4, 31), ("M2", "m1"))
    for market.earliest in ("2026-12-01T2", ""):
        assert causes(market) == [("certificate", 2, figures(1))]
    people(market, kit, ("M1", "m1", 2, "", 3, 31), ("M2", "m1"))
    assert causes(market) == []


def test_scope(market: Any, kit: SimpleNamespace) -> None:
    """Only one holds the item."""
    people(market, kit, ("M1", "m2"), ("M2", "m1"))
    assert causes(market) == [("scope", 2, figures(1))]
    people(market, kit, ("M1", "*"), ("M2", "m1"))
    assert causes(market) == []


def test_daily_limit(market: Any, kit: SimpleNamespace) -> None:
    """A whole-day item for people of whom one may work a half-day."""
    market.items["m1"] = kit.item("m1", "market", half_days=2)
    people(market, kit, ("M1", "m1", 1), ("M2", "m1"))
    assert causes(market) == [("daily_limit", 2, figures(1))]
    people(market, kit, ("M1", "m1", 2), ("M2", "m1"))
    assert causes(market) == []


def test_two_causes_at_once(market: Any, kit: SimpleNamespace) -> None:
    """Neither leave nor scope alone would lift it."""
    away = " ".join(f"2026-12-0{d}T{h}" for d in (1, 2, 3) for h in (1, 2))
    people(market, kit, ("M1", "m2", 2, away), ("M2", "m1"))
    assert causes(market) == [("several", 2, figures(1))]
    people(market, kit, ("M1", "m2", 2, away), ("M2", "m1"), ("M3", "m1", 0))
    assert causes(market) == [("several", 2, figures(1))]


def test_an_office_that_is_short_of_half_days(market: Any, kit: SimpleNamespace) -> None:
    """Seven half-day duties of two people in three days of two people: 14 needed, 12 there; one more pair lifts it."""
    market.drawn = [("m", f"V{n}") for n in range(7)]
    market.units = [(f"V{n}", "320505", "", "") for n in range(7)]
    people(market, kit, ("M1", "m1"), ("M2", "m1"))
    assert causes(market) == [("office_short", 1, {"office": "M", "needed": 14, "available": 12, **DAYS})]
    people(market, kit, ("M1", "m1"), ("M2", "m1"), ("M3", "m1", 2, "", 1, 1), ("M4", "m1", 2, "", 1, 1))
    assert causes(market) == []


def test_specialists_that_are_short(market: Any, kit: SimpleNamespace) -> None:
    """The office has people, but those with the item are too few."""
    market.drawn = [("m", f"V{n}") for n in range(7)]
    market.units = [(f"V{n}", "320505", "", "") for n in range(7)]
    people(market, kit, ("M1", "m1"), ("M2", "m1"), ("M3", "m2"), ("M4", "m2"))
    assert causes(market) == [
        ("specialists_short", 1, {"office": "M", "item": "m1", "needed": 14, "available": 12, **DAYS})
    ]


def test_an_office_that_is_full_in_whole_teams(market: Any, kit: SimpleNamespace) -> None:
    """Three people make one team of two a half-day: of seven duties one is lost though people are left over."""
    market.drawn = [("m", f"V{n}") for n in range(7)]
    market.units = [(f"V{n}", "320505", "", "") for n in range(7)]
    assert causes(market) == [
        ("office_full", 1, {"office": "M", "duties": 7, "lost": 1, "start": "2026-12-01", "end": "2026-12-04"})
    ]


def test_windows_around_a_duty() -> None:
    """Stretches of days that lie around the duty's and hold more than there is, both ends at their bounds."""
    own = Room(
        office="M",
        item="",
        needs={Need(0b1111, 2, False): 4, Need(0b1100, 1, True): 2, Need(0b110000, 1, False): 3},
        days=(There(2, 2, 2, 3), There(2, 2, 2, 4), There(1, 1, 1, 2)),
    )
    assert list(windows(own, 0b1100)) == [(0, 1, 12, 7), (0, 2, 15, 9), (1, 2, 7, 6)]
    assert list(windows(own, 0b110000)) == [(0, 2, 15, 9), (1, 2, 7, 6), (2, 2, 3, 2)]
