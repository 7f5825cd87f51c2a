"""Commands `annual` and `ledger`: options, exit codes, and what a program reads."""

from __future__ import annotations

import shutil

import pytest


@pytest.fixture
def filled(call, town, tmp_path):
    """A store with the town's small registers and its law."""
    shutil.copytree(town / "rules", tmp_path / "rules")
    assert call("init").code == 0
    for kind in ("calendar", "offices", "items", "entities", "history", "caps"):
        assert call("import", kind, *sorted(town.glob(f"{kind}*.csv"))).code == 0
    return call


def test_annual_says_what_comes_first(filled, town):
    """Plans come in; a merge needs scores, approval and progress need a merge; each error names the command."""
    taken = filled("annual", "import", town / "plans.csv", "--json")
    assert (taken.code, taken.json["command"], taken.json["kind"]) == (0, "annual import", "plans")
    assert taken.json["files"][0]["inserted"] > 5
    for words, code in (
        (("merge", "2026", "--from", "1", "--out", "plan.xlsx"), "month.plan_no_scores"),
        (("merge", "2026", "--decided", "plan.xlsx", "--from", "1", "--out", "x.xlsx"), "month.plan_decided_alone"),
        (("approve", "2026", "--by", "市政府", "--on", "2026-11-25", "--number", "1号"), "month.plan_not_merged"),
        (("publish", "2026", "--out", "out"), "month.plan_not_merged"),
        (("progress", "2026"), "month.plan_not_merged"),
    ):
        ended = filled("annual", *words, "--json")
        assert (ended.code, ended.json["error"]["code"]) == (2, code)


def test_annual_import_names_what_is_wrong(filled, town, tmp_path):
    """An item that no list has: the row is rejected, exit code 3; a check for cause is named at once, exit code 4."""
    text = (town / "plans.csv").read_text(encoding="utf-8")
    head, first = text.splitlines()[:2]
    (tmp_path / "a.csv").write_text(
        f"{head}\n{first.replace('market-disclosure', 'market-nothing')}\n", encoding="utf-8"
    )
    assert filled("annual", "import", tmp_path / "a.csv").code == 3
    (tmp_path / "b.csv").write_text(f"{head}\n{first.replace('日常', '个案')}\n", encoding="utf-8")
    wrong = filled("annual", "import", tmp_path / "b.csv", "--json")
    assert (wrong.code, wrong.json["check"]["problems"][0]["code"]) == (4, "annual.for_cause")


def test_ledger_takes_one_thing(filled):
    """A year's totals in JSON; a unit and --over together are refused."""
    ended = filled("ledger", "--year", "2026", "--json")
    assert ended.code == 0
    assert ended.json["visits"] == sum(ended.json["kinds"].values()) > 0
    assert all(one["over"] == 0 for one in ended.json["caps"] if one["rule"] == "caps/all/all")
    both = filled("ledger", "91320505MA1EXAMP07", "--over", "--json")
    assert (both.code, both.json["error"]["code"]) == (2, "month.ledger_one_of")
    assert filled("ledger", "--office", "market-320505", "--json").json["office"] == "market-320505"
