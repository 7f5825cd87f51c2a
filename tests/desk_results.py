"""Results at the desk, for tests: a city whose rule asks for a second person, and two persons' entries that wait."""

from __future__ import annotations

from real_rounds import Play, ask_for_review, busiest, fill

from supervision.month import recording
from supervision.month.city import City

DAY = "2026-12-09T10:00"


def enter_results(play: Play) -> list[str]:
    """Let sun-04 enter the busiest office's results and qian-05 the next one's; return the offices."""
    ask_for_review(play.store.parent / "rules")
    play.set(DAY)
    offices = busiest(play)[:2]
    for who, office in zip(("sun-04", "qian-05"), offices, strict=True):
        city = City.open(play.store, who=who, now=lambda: play.time)
        recording.record(city, [fill(play, office)])
    return offices
