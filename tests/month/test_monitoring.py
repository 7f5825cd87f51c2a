"""Monitoring: a drift that was planted is told, none is not, and what is too little is said to be."""

from __future__ import annotations

import json

import pytest
from monitored_city import NEW, UNITS, made

from supervision.errors import SupervisionError, UsageError
from supervision.month import monitored_groups, monitoring
from supervision.month.city import City
from supervision.month.monitoring import monitor


def told(city, out=None):
    """The facts of February, January the base."""
    base = city.round("2026-01", rehearsal=True)
    return monitor(city.round("2026-02", rehearsal=True), base=base, out=out)


@pytest.fixture(scope="module")
def steady(tmp_path_factory):
    """A city in which nothing changes."""
    return made(tmp_path_factory.mktemp("steady"), drift=False)


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """A city in which everything changes."""
    return made(tmp_path_factory.mktemp("changed"), drift=True)


def states(rows, **wanted):
    """The states of the rows with these values."""
    return [row["state"] for row in rows if all(row[name] == value for name, value in wanted.items())]


def test_nothing_changed_and_nothing_is_flagged(steady, tmp_path):
    """No alarm anywhere; against the earlier month all is fine; few later visits of a class are said to be few."""
    facts = told(steady, out=tmp_path).facts
    assert facts["card"]["kind"] == "learned"
    assert {row["against"] for row in facts["stability"]} == {"training", "2026-01"}
    assert set(states(facts["stability"])) <= {"fine", "unused", "watch"}
    watched = {row["name"] for row in facts["stability"] if row["state"] == "watch"}
    assert all(name.endswith("_ratio") for name in watched)  # a rate shared by a district moves all its units at once
    everything = [row for part in ("stability", "outside", "calibration") for row in facts[part]]
    assert "alarm" not in {row["state"] for row in everything}
    assert states(facts["calibration"], part="later", **{"class": ""}) in (["fine"], ["watch"])
    assert states(facts["calibration"], part="later", **{"class": "D"}) == ["few"]
    assert facts["moves"]["both"] == UNITS
    assert sum(sum(row.values()) for row in facts["moves"]["table"].values()) == UNITS
    moved = facts["moves"]["worse"] + facts["moves"]["better"]
    assert moved == UNITS - sum(row[name] for name, row in facts["moves"]["table"].items())
    page = (tmp_path / "internal" / "monitor-2026-02.rehearsal.html").read_text(encoding="utf-8")
    assert "不得公开" in page
    assert "数据不足" in page
    assert 'class="alarm"' not in page
    assert "本轮尚未抽取" in page
    assert [path.name for path in tmp_path.iterdir()] == ["internal"]


def test_a_planted_drift_is_told(changed, tmp_path):
    """Units of a new type without a capital, far more problems where there were few: each is told by name."""
    report = told(changed, out=tmp_path)
    facts = report.facts
    assert states(facts["stability"], against="2026-01", name="capital_log2") == ["alarm"]
    assert states(facts["stability"], against="2026-01", name="type") == ["unused"]
    assert states(facts["outside"], name="any") == ["watch"]
    assert [row["units"] for row in facts["outside"] if row["name"] in ("type", "capital_log2")] == [NEW, NEW]
    assert (facts["moves"]["both"], facts["moves"]["new"]) == (UNITS, NEW)
    late = [row for row in facts["calibration"] if row["part"] == "later" and not row["class"]]
    assert [row["state"] for row in late] == ["alarm"]
    assert late[0]["estimated"] < late[0]["low"] <= late[0]["observed"] <= late[0]["high"]
    assert states(facts["calibration"], part="later", **{"class": "A"}) == ["alarm"]
    assert states(facts["calibration"], part="later", **{"class": "D"}) == ["few"]
    lines = [line.text() for line in report.lines]
    assert any("注册资本" in line and "异常" in line for line in lines)
    assert any("2026-02 A–D" in line for line in lines)
    assert any("capital" in line.text("en") and "alarm" in line.text("en") for line in report.lines)
    assert 'class="alarm"' in (tmp_path / "internal" / "monitor-2026-02.rehearsal.html").read_text(encoding="utf-8")


def test_too_little_is_not_judged(changed, monkeypatch):
    """By limits beyond what there is nothing is judged, and no figure is given."""
    limits = {"least_units": 10**6, "least_visits": 10**6, "least_drawn": 10, "psi_watch": 10, "psi_alarm": 25,
              "outside_percent": 5}  # fmt: skip
    monkeypatch.setattr(monitoring, "limits_of", lambda _: limits)
    facts = told(changed).facts
    rows = [row for part in ("stability", "outside", "calibration") for row in facts[part]]
    assert {row["state"] for row in rows} == {"few"}
    assert {row["psi"] for row in facts["stability"]} == {None}
    assert {row["observed"] for row in facts["calibration"]} == {None}


def test_what_cannot_be_monitored(steady):
    """A round that is not scored, a base that is not earlier, a rule of another shape."""
    with pytest.raises(UsageError) as base:
        monitor(steady.round("2026-01", rehearsal=True), base=steady.round("2026-02", rehearsal=True))
    assert base.value.code == "month.monitor_base"
    with pytest.raises(UsageError):
        monitor(steady.begin("2026-03", rehearsal=True))
    for value in (None, {}, {"least_units": 5}, dict.fromkeys(monitored_groups.LIMITS, 0)):
        with pytest.raises(SupervisionError) as rule:
            monitored_groups.limits_of(value)
        assert rule.value.code == "month.monitor_rule"


def test_a_fair_draw_is_not_flagged_and_an_unfair_one_is(copied, monkeypatch):
    """The rehearsed month: every group is drawn as its probabilities say; where one is always drawn it is told."""
    city = City.open(copied.store, who="tester", rules=copied.inputs / "rules")
    round = city.round("2026-12", rehearsal=True)
    report = monitor(round)
    rows = report.facts["selection"]
    assert report.facts["card"]["kind"] == "expert"
    assert (report.facts["stability"], report.facts["outside"], report.facts["moves"]) == ([], [], None)
    assert {row["dimension"] for row in rows} == {"region", "type", "capital", "class"}
    assert "alarm" not in {row["state"] for row in rows}
    assert "fine" in {row["state"] for row in rows}
    for one in ("region", "type", "capital", "class"):
        mine = [row for row in rows if row["dimension"] == one]
        assert sum(row["drawn"] for row in mine) == pytest.approx(sum(row["expected"] for row in mine), abs=1)
    classes = [row for row in rows if row["dimension"] == "class"]
    assert [row["risk"] for row in classes] == sorted(row["risk"] for row in classes)
    drawn = monitoring.groups_of(round)
    largest = max((one for one in drawn if one.dimension == "type"), key=lambda one: one.expected)
    unfair = vars(largest) | {"drawn": int(largest.expected + 4 * largest.deviation + 1)}
    monkeypatch.setattr(monitoring, "groups_of", lambda _: [type(largest)(**unfair)])
    assert [row["state"] for row in monitor(round).facts["selection"]] == ["alarm"]
    last = monitor(round)
    json.dumps(last.facts)
    assert any("主体类别 企业" in line.text() for line in last.lines)
