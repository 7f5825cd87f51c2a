"""Monitoring where a register came in late: what nobody had before is named with its day, and is no alarm."""

from __future__ import annotations

from datetime import date

import pytest
from monitored_city import made

from supervision.month.monitored import CameIn
from supervision.month.monitoring import monitor

LICENCES = {"licences_lapsed", "licence_near_end", "licence_lacking"}
DAY = date(2026, 1, 25)


@pytest.fixture(scope="module")
def late(tmp_path_factory):
    """A city whose licences came in a week before February, and what its monitoring says and writes."""
    folder = tmp_path_factory.mktemp("late")
    city = made(folder, drift=False, licensed=DAY)
    rounds = [city.round(name, rehearsal=True) for name in ("2026-01", "2026-02")]
    report = monitor(rounds[1], base=rounds[0], out=folder)
    return rounds, report, (folder / "internal" / "monitor-2026-02.rehearsal.html").read_text(encoding="utf-8")


def test_what_nobody_had_before_is_not_compared(late):
    """Against the base nothing can be said of licences, and of nothing else; nor against the training rows."""
    rounds, report, page = late
    rows = report.facts["stability"]
    for against in ("training", rounds[0].id):
        mine = [row for row in rows if row["against"] == against]
        came = {row["name"]: row for row in mine if row["state"] == "came"}
        assert set(came) - {"score"} <= LICENCES and "licences_lapsed" in came
        assert {row["since"] for row in came.values()} == {DAY.isoformat()}
        assert {row["psi"] for name, row in came.items() if name != "score"} == {None}
        assert "alarm" not in {row["state"] for row in mine}
    assert "不可比：登记表后归集（2026-01-25）" in page
    assert 'class="alarm"' not in page
    lines = [line.text() for line in report.lines]
    assert any("失效许可：不可比，有关登记表自 2026-01-25 起归集" in line for line in lines)
    assert any("lapsed licences: not comparable" in line.text("en") for line in report.lines)


def test_what_was_never_learned_of_counts_for_nobody(late):
    """Everybody's licences are outside what was learned; that is said once and not of all units as drift."""
    _, report, _ = late
    rows = {row["name"]: row for row in report.facts["outside"]}
    assert rows["any"]["share"] < 0.05
    told = [row for name, row in rows.items() if name in LICENCES and row["state"] == "came"]
    assert all(row["since"] == DAY.isoformat() for row in told)


def test_the_day_is_that_of_all_that_is_read(late):
    """Of a rate the later of both registers, of events the first of the kinds, of what nobody has none."""
    rounds, _, _ = late
    since = CameIn(rounds[1]).since
    assert since("licences_lapsed") == DAY.isoformat()
    assert since("region_ratio") == since("own_ratio") == since("last_result") > "2021-08-31"
    assert since("age_months") is None and since("linked_units") is None
