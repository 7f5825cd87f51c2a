"""Results that count (结果生效): evidence and the lists that may show are brought to what is on record and accepted."""

from __future__ import annotations

from supervision.month import round_files as files
from supervision.month.calendars import drawn_units, unheld
from supervision.month.result_evidence import as_evidence
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.round_results import expected, results_of, today_of
from supervision.results.disclosure import finished_tasks
from supervision.sampling.protocol.result import Result


def bring_into_force(round: Round) -> int:
    """Make evidence of a round's results, and rewrite the lists that may show (结果转为证据、名单公开).

    Returns how many imported past inspections were withdrawn, because a result says the same.
    """
    withdrawn = as_evidence(round)
    _disclose(round)
    return withdrawn


def _disclose(round: Round) -> None:
    """Rewrite result.json with the lists whose visits are over (名单公开)."""
    recorded, drawn = results_of(round), drawn_units(round)
    over = finished_tasks(
        round.tasks,
        drawn=drawn,
        expected=expected(round),
        recorded=recorded,
        waiting={task for tasks in unheld(round)["task_ids"] for task in str(tasks).split()},
        on=today_of(round, recorded),
    )
    units = {task.task_id: drawn.loc[drawn["task_id"] == task.task_id, "unit_id"].tolist() for task in round.tasks}
    seed = round.read(files.REVEAL).seed
    commitment = round.read(files.COMMITMENT)
    shown = Result.of(units, commitment, seed=seed, secret=round.secret, visited=over)
    with round.save(Step.RECORD) as saving:
        saving.put(files.RESULT, shown)
