"""Results at the desk, for tests: a city whose rule asks for a second person, and two persons' entries that wait."""

from __future__ import annotations

from real_rounds import Play, busiest, fill

from supervision.month import recording
from supervision.month.city import City

RULE = """id: shared/result_review
title: {zh: 检查结果的复核, en: Review of results}
unit: needed
values:
  - from: 2026-01-01
    value: {needed: true}
    basis: 本市规定
    verified: true
    review_by: 2027-12-31
"""
DAY = "2026-12-09T10:00"


def enter_results(play: Play) -> list[str]:
    """Let sun-04 enter the busiest office's results and qian-05 the next one's; return the offices."""
    rules = play.store.parent / "rules" / "shared"
    rules.mkdir(parents=True, exist_ok=True)
    (rules / "result_review.yaml").write_text(RULE, encoding="utf-8")
    play.set(DAY)
    offices = busiest(play)[:2]
    for who, office in zip(("sun-04", "qian-05"), offices, strict=True):
        city = City.open(play.store, who=who, now=lambda: play.time)
        recording.record(city, [fill(play, office)])
    return offices
