"""Command `coverage`: exit codes and what a program reads."""

from __future__ import annotations

import shutil

RULE = """id: shared/coverage
title: {zh: 覆盖, en: coverage}
unit: duties
values:
  - from: 2024-01-01
    value:
      firms: {rule: market/food, items: [market-registration], population: "type=企业", begins: BEGINS, months: [1]}
    basis: 演示
    verified: false
    review_by: 2027-12-31
"""


def test_coverage_certifies_a_day(call, town, tmp_path):
    """No duty named: it says so; before the first date 0, after it 4 with the reasons; the list has every unit."""
    shutil.copytree(town / "rules", tmp_path / "rules")
    assert call("init").code == 0
    for kind in ("calendar", "offices", "items", "entities", "history", "caps"):
        assert call("import", kind, *sorted(town.glob(f"{kind}*.csv"))).code == 0
    day = ("--on", "2026-11-28")
    nothing = call("coverage", *day, "--json")
    assert (nothing.code, nothing.json["duties"]) == (0, [])
    rule = tmp_path / "rules" / "shared" / "coverage.yaml"
    rule.write_text(RULE.replace("BEGINS", "2026-01-01"), encoding="utf-8")
    begun = call("coverage", *day, "--out", tmp_path / "all.csv", "--json")
    (duty,) = begun.json["duties"]
    assert (begun.code, duty["late"], begun.json["on"]) == (0, 0, "2026-11-28")
    assert len((tmp_path / "all.csv").read_text(encoding="utf-8").splitlines()) == duty["units"] + 1
    assert sum(row["units"] for row in begun.json["coverage"]) == duty["units"]
    rule.write_text(RULE.replace("BEGINS", "2021-01-01"), encoding="utf-8")
    late = call("coverage", *day, "--json")
    (duty,) = late.json["duties"]
    assert (late.code, duty["why"]) == (4, {"before_start": duty["late"]})
    assert call("coverage", "--on", "soon", "--json").code == 2
