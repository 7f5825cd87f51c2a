"""The first draw (第一次抽取): values of the public sources become the seed, the seed the lists."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from supervision.errors import UsageError
from supervision.month import round_files as files
from supervision.month.calendars import drawn_units
from supervision.month.frames import frozen_frames
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.source_values import announce, check_person
from supervision.sampling.drawing import Drawn
from supervision.sampling.drawing import draw as draw_lists
from supervision.sampling.protocol.result import Result
from supervision.sampling.protocol.reveal import Reveal
from supervision.sampling.protocol.seeds import Values, key_string, seed1


def draw(round: Round, *, values: Values, strict: bool = True) -> Report:
    """Draw the round's lists (抽取名单). A round is drawn once; a second call says what was drawn.

    Values are needed for every source of the commitment; while some are missing, the report says which. Others in
    `values` belong to later draws and are left. `strict` refuses values before their time, else they wait.
    """
    round.need(Step.COMMIT, "commit")
    if round.has(Step.DRAW):
        return drawn(round)
    if round.has(Step.ABANDON):
        raise UsageError("month.was_abandoned", round=round.id)
    commitment = round.read(files.COMMITMENT)
    known, waiting = announce(round, commitment.sources, files.ANNOUNCED, Step.ANNOUNCE, values=values, strict=strict)
    if waiting is not None:
        return waiting
    check_person(round, "draw")
    key = key_string(commitment.sources, known)
    seed = seed1(commitment.digest, key, hash_name=round.hash_name)
    round.city.progress("month.draw", 0, 0)
    lists = draw_lists(frozen_frames(round), seed1=seed, round_id=round.id, hash_name=round.hash_name)
    shown = Result.of(
        {name: one.drawn for name, one in lists.items()}, commitment, seed=seed, frame_key=round.frame_key
    )
    with round.save(Step.DRAW, inputs={"key_string": key}) as saving:
        saving.put(files.REVEAL, Reveal(round=round.id, values=known, key_string=key, seed=seed))
        saving.put(files.RESULT, shown)
        for name, one in lists.items():
            saving.put(files.ORDER, one.order, task=name)
        saving.table(files.DRAWN, drawn_table(lists))
    return drawn(round)


def drawn(round: Round) -> Report:
    """Say what was drawn (抽取结果)."""
    chosen, seed = drawn_units(round), round.read(files.REVEAL).seed.hex()
    counts = {str(name): int(count) for name, count in chosen["task_id"].value_counts().sort_index().items()}
    units = int(chosen["unit_id"].nunique())
    report = Report(facts={"seed": seed, "drawn": counts, "units": units})
    report.say("month.drawn", round=round.id, seed=seed, places=len(chosen), units=units)
    return report


def drawn_table(lists: Mapping[str, Drawn]) -> pd.DataFrame:
    """Return drawn and reserve units of all tasks (抽中与备选): task_id, unit_id, stratum, rank, role."""
    parts = [one.order[["unit_id", "stratum", "rank", "role"]].assign(task_id=name) for name, one in lists.items()]
    return pd.concat(parts, ignore_index=True).astype({"task_id": "str"})
