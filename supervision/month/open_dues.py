"""What is due of a round (到期事项): results not public yet; cases, objections and step-ins that are open."""

from __future__ import annotations

from datetime import date
from typing import Any

from supervision.month.due_step_ins import due_step_ins
from supervision.month.follow_up_files import owed_results
from supervision.month.open_cases import open_cases
from supervision.month.open_objections import open_objections
from supervision.month.round import Round
from supervision.month.round_results import clock_of


def results_due(round: Round, *, on: date) -> list[dict[str, Any]]:
    """Return the results that are due and not public yet (未公示的结果), see `follow_up_files.owed_results`."""
    return owed_results(round, clock_of(round, on=on), on=on)


def cases_due(round: Round, *, on: date) -> list[dict[str, Any]]:
    """Return what is open beside results (未办结事项), a row an office, overdue ones first, as 督办清单 tells it."""
    cases = [*open_cases(round.city, on=on), *open_objections(round, on=on), *due_step_ins(round, on=on)]
    return sorted(cases, key=lambda row: (-row["late"], row["due"], row["case_no"]))
