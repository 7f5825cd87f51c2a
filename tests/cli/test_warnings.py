"""Commands `warnings`: from a signal to closed, exit codes, and what a program reads."""

from __future__ import annotations

import shutil

import pytest


@pytest.fixture
def filled(call, town, tmp_path):
    """A store with the town's small registers, its law and three complaints about one unit."""
    shutil.copytree(town / "rules", tmp_path / "rules")
    assert call("init").code == 0
    for kind in ("calendar", "offices", "entities"):
        assert call("import", kind, *sorted(town.glob(f"{kind}*.csv"))).code == 0
    listed = (town / "entities.csv").read_text(encoding="utf-8-sig").splitlines()
    unit = listed[1].split(",")[0].strip('"')
    rows = [f"{unit},complaint,2026-11-{day},C{day},2026-11-{day}" for day in (18, 19, 20)]
    (tmp_path / "events.csv").write_text(
        "\n".join(["unit_id,kind,happened,event_no,known_on", *rows]) + "\n", encoding="utf-8"
    )
    assert call("import", "events", "events.csv").code == 0
    return call, unit


def test_from_signal_to_closed(filled, tmp_path):
    """Made, listed, followed, handed over, closed: each a command; overdue is exit code 4, closed twice an error."""
    call, unit = filled
    made = call("--as", "甲", "warnings", "make", "--on", "2026-12-01", "--out", "out", "--json")
    assert (made.code, made.json["command"]) == (0, "warnings make")
    (one,) = made.json["opened"]
    assert (one["signal"], one["unit"]) == ("complaint_surge", unit)
    assert len(made.json["list"]["files"]) == 2
    assert (tmp_path / "out" / "internal" / "warnings" / "2026-12-01" / f"{one['office']}.json").is_file()
    number = one["warning"]
    days = {"--on": "2026-12-02"}
    followed = call("warnings", "follow", number, "--done", "已约谈", "--on", days["--on"])
    assert (followed.code, number in followed.out) == (0, True)
    to = one["office"].replace("market", "fire")
    assert call("warnings", "hand-over", number, "--to", to, "--reason", "属消防", "--on", days["--on"]).code == 0
    late = call("warnings", "list", "--overdue", "--on", "2026-12-09")
    assert (late.code, "逾期" in late.out, number in late.out) == (4, True, True)
    assert call("warnings", "list", "--overdue", "--on", "2026-12-08").code == 0
    assert number in call("warnings", "list", "--office", to, "--on", "2026-12-02").out
    closed = call("--as", "丙", "warnings", "close", number, "--done", "已改正", "--on", "2026-12-09", "--json")
    assert closed.json["event"] == {"unit": unit, "kind": "warning", "event_no": number}
    again = call("warnings", "close", number, "--done", "已改正", "--on", "2026-12-09")
    assert (again.code, "由 丙 办结" in again.err) == (1, True)
    listed = call("warnings", "list", "--on", "2026-12-09", "--json").json
    assert (listed["warnings"], listed["closed"]) == ([], 1)


def test_by_hand(filled):
    """Opened with an office; without one it is refused in words that name those of the district, exit code 2."""
    call, unit = filled
    words = ("warnings", "open", unit, "--text", "核实", "--evidence", "工单1", "--days", 3, "--on", "2026-12-01")
    refused = call(*words)
    assert (refused.code, "--office" in refused.err) == (2, True)
    taken = call(*words, "--office", "market-320505", "--json")
    assert (taken.code, taken.json["due"]) == (0, "2026-12-04")
    assert call(*words, "--office", "market-320505", "--signal", "earthquake").code == 2
