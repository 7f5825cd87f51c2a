"""An owner's proof (本单位证明): own row, chance and path to the root, for the unit alone; draw protocol 2, 9."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pandas as pd

from supervision.errors import SupervisionError, UsageError
from supervision.month import round_files as files
from supervision.month.frames import frozen_frames
from supervision.month.output_folder import make_folder
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.round_people import units_of
from supervision.notice.proof_page import ProofLine, proof_page
from supervision.sampling.pareto.working_probability import wanted
from supervision.sampling.protocol.frozen_frames import FrozenFrame
from supervision.sampling.protocol.proof import FRAME, Proof, prove


def proof(round: Round, unit_id: str, out: Path) -> Report:
    """Write a unit's own proofs of a round to a folder (出具本单位证明), one file a task and a page that explains them.

    Only after the month of the round: before, the own number would tell of coming visits (protocol 9).
    """
    round.need(Step.DRAW, "draw")
    today = round.city.now().date()
    if not round.is_rehearsal and today <= round.name.last_day:
        raise UsageError("month.proof_early", last=round.name.last_day)
    commitment, drawn = round.read(files.COMMITMENT), round.table(files.DRAWN)
    lines: list[ProofLine] = []
    found: list[Proof] = []
    for frozen in frozen_frames(round):
        try:
            one = prove(frozen, unit_id, commitment=commitment.digest.hex(), secret=round.secret)
        except SupervisionError as error:
            if error.code != "sampling.not_in_frame":
                raise
            continue
        root = frozen.frame_root if one.kind == FRAME else frozen.excluded_root
        one.check(root, hash_name=round.hash_name)
        mine = (drawn["task_id"] == frozen.task_id) & (drawn["unit_id"] == unit_id)
        chosen = drawn[mine & (drawn["role"] == "drawn")]
        found.append(one)
        lines.append(_line(round, frozen, one, root=root, drawn=len(chosen) > 0))
    if not found:
        raise UsageError("month.no_proof", unit=unit_id, round=round.id)
    make_folder(out, private=True)
    for one in found:
        _write(out / f"proof-{round.id}-{one.task_id}.json", one.to_bytes())
    names = units_of(round, pd.Series([unit_id], dtype="str"), ["name"])
    name = str(names["name"].iloc[0]) if len(names) else ""
    page = out / f"proof-{round.id}.html"
    _write(page, proof_page(round.id, unit_id, name, lines, rehearsal=round.is_rehearsal))
    report = Report(facts={"files": len(found), "page": str(page)})
    report.say("month.proved", unit=unit_id, files=len(found), page=page)
    return report


def _write(place: Path, content: bytes) -> None:
    """Write a file that is the unit's alone, mode 600 (写本单位文件)."""
    place.touch(mode=0o600)
    place.write_bytes(content)


def _line(round: Round, frozen: FrozenFrame, one: Proof, *, root: bytes, drawn: bool) -> ProofLine:
    task = next(task for task in round.tasks if task.task_id == frozen.task_id)
    framed = one.kind == FRAME
    return ProofLine(
        task=task.name,
        task_id=task.task_id,
        kind=one.kind,
        drawn=drawn,
        chance=_chance(frozen, stratum=one.row[1], size=int(one.row[2])) if framed else None,
        reason="" if framed else one.row[1],
        rule="" if framed else one.row[2],
        row=one.row,
        root=root.hex(),
    )


def _chance(frozen: FrozenFrame, *, stratum: str, size: int) -> Fraction:
    """The wanted probability of a unit of that size (入样概率), 1 where such units are drawn for certain."""
    x = frozen.rows.loc[frozen.rows["stratum"] == stratum, "x"].to_numpy()
    target = wanted(x, int(frozen.strata.loc[frozen.strata["stratum"] == stratum, "sample"].iloc[0]))
    return Fraction(1) if target.certain[x == size].any() else target.fraction(size)
