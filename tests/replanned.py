"""What the tests of replanning share: a real round, what is asked of it, what verifier and second reader say."""

from __future__ import annotations

import csv

from real_rounds import COMMITS, DRAWS, Play
from second_reader import comparison

from supervision.month import publishing, replanning
from supervision.month.calendars import standing, standing_now
from supervision.month.change_request import URGENT_COLUMNS, read_request
from supervision.planner.plan import Budget

BEFORE, AFTER = "2026-11-25T22:20", "2026-11-30T09:00"  # nobody drawn yet; the second draw is over
SMALL = Budget(turns=1, rescue=1, processes=1)


def ask(play: Play, kind: str, subject: str = "", since: str = "", until: str = "", **more):
    """Ask for a change as the second person, and publish what came of it."""
    replanning.BUDGET = SMALL
    round = play.round(COMMITS)
    words = {"by": DRAWS, "ground": "病假", **more}
    asked = read_request(round, kind=kind, subject=subject, since=since, until=until or since, **words)
    report = replanning.replan(round, asked)
    publishing.publish(play.round(COMMITS), play.out)
    return report


def agrees(play: Play) -> None:
    """Ask verifier and second reader, which know nothing of each other; the second one reads rounds that are drawn."""
    play.check()
    assert comparison.compare(play.out) == []


def held(play: Play):
    """Return the places that stand, with their holders."""
    return standing(play.round(COMMITS))


def of_visit(play: Play, visit: str):
    """Return a visit's half-days, and its people by id."""
    rows = held(play)
    rows = rows[rows["visit_id"] == visit]
    return set(rows["half_days"]), set(rows["inspector_id"])


def substitute_for(play: Play, row):
    """Return whom the lot would give the place of a row, were its holder away then; None when nobody can."""
    now = standing_now(play.round(COMMITS))
    now.enter_leave(row["inspector_id"], row["half_days"].split())
    return now.substitute(row["visit_id"], row["office"], int(row["place"])).inspector_id


def urgent_file(path, *rows):
    """Write a list of urgent visits; those of five cells are checks for cause of nobody in the directory."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(
            [URGENT_COLUMNS, *([*row, "", "for_cause"][: len(URGENT_COLUMNS)] for row in rows)]
        )
    return path
