"""A county's part beside what is published (下达名单与公示核对): the commitment, and every list that is open by now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from supervision.canonical import digest, parse_canonical
from supervision.errors import DoesNotVerify, UsageError
from supervision.notice.county_part import CountyPart
from supervision.sampling.protocol.verifier import verify

COMMITMENT, REVEAL, RESULT, ABANDONED = "commitment.json", "reveal.json", "result.json", "abandoned.json"
DRAWN = "drawn"


def check_published(part: CountyPart, published: Path) -> tuple[int, int]:
    """Compare a part with the published round (核对公示); return how many of how many tasks' lists were open.

    `published` is the folder of all rounds, its public part, or the round's own folder. It must verify; the part must
    name its commitment, agency and tasks, and its drawn units stand in each list that is public. A list that is
    published by its digest alone cannot be compared yet.

    Raises
    ------
    UsageError
        The round is not there.
    DoesNotVerify
        The folder does not verify, or the part says otherwise.
    """
    folder = _folder(part, published)
    found = verify(published)
    if found.difference is not None:
        raise DoesNotVerify("month.part_public_differs", folder=published, difference=found.difference)
    body = (folder / COMMITMENT).read_bytes()
    commitment = parse_canonical(body)
    shown = digest(commitment["hash"], body).hex()
    if shown != part.commitment:
        raise DoesNotVerify("month.part_not_committed", round=part.round, commitment=part.commitment, published=shown)
    if commitment["agency"] != part.agency or (commitment["rehearsal"] == "yes") != part.rehearsal:
        raise DoesNotVerify("month.part_other_agency", agency=part.agency, published=commitment["agency"])
    if (folder / ABANDONED).is_file() or not (folder / RESULT).is_file():
        raise UsageError("month.part_not_drawn", round=part.round, folder=folder)
    tasks = sorted({row["task_id"] for row in part.rows})
    lists = {entry["task_id"]: entry for entry in parse_canonical((folder / RESULT).read_bytes())["tasks"]}
    for task in tasks:
        if task not in lists:
            raise DoesNotVerify("month.part_task_unknown", task=task, round=part.round)
    compared = [task for task in tasks if DRAWN in lists[task]]
    for task in compared:
        _compare(part, task, lists[task])
    return len(compared), len(tasks)


def _compare(part: CountyPart, task: str, entry: dict[str, Any]) -> None:
    """Each unit that the part calls drawn stands in the published list; who stepped in stands in none."""
    drawn = set(entry[DRAWN])
    for row in part.rows:
        if row["task_id"] == task and row["role"] == DRAWN and row["unit_id"] not in drawn:
            raise DoesNotVerify("month.part_not_drawn_unit", task=task, unit=row["unit_id"], name=row["name"])


def _folder(part: CountyPart, published: Path) -> Path:
    for folder in (published, published / part.round, published / "public" / part.round):
        if (folder / COMMITMENT).is_file() and folder.resolve().name == part.round:
            return folder
    raise UsageError("month.part_round_missing", round=part.round, folder=published)
