"""What rounds' public folders tell (各轮公示文件夹的内容), read from the files that anybody can read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from supervision.errors import SupervisionError
from supervision.notice.open_data import FILES, RoundFiles
from supervision.notice.site.round_news import Draw
from supervision.notice.site.search_index import PublishedRound
from supervision.sampling.protocol.commitment import Commitment

COMMITTED = re.compile(r"(roster_)?commitment((?:-[0-9]+)?)\.json")


def commitment_of(folder: Path) -> Commitment:
    """Return the commitment of a round's public folder (公示文件夹中的承诺)."""
    return Commitment.from_bytes((folder / "commitment.json").read_bytes())


def real_rounds(out: Path | None) -> list[str]:
    """Return the rounds that an output folder publishes and that are no rehearsals (已公示的正式轮次), by name.

    One whose commitment cannot be read counts: somebody's it is.
    """
    folders = [] if out is None else sorted(place.parent for place in out.glob("public/*/commitment.json"))
    return [folder.name for folder in folders if not _is_rehearsal(folder)]


def _is_rehearsal(folder: Path) -> bool:
    try:
        return commitment_of(folder).rehearsal
    except SupervisionError:
        return False


def committed_counts(found: Commitment) -> dict[str, Any]:
    """Return what is counted of a commitment (承诺计数): committed_at, tasks, units, sample."""
    return {
        "committed_at": found.committed_at,
        "tasks": len(found.tasks),
        "units": sum(task.units for task in found.tasks),
        "sample": sum(task.sample for task in found.tasks),
    }


def round_files(folder: Path) -> RoundFiles:
    """Return what a round's public folder says (一轮公示文件夹的内容): each of its files is read here, and once."""
    found = commitment_of(folder)
    files = {name: folder / f"{name}.json" for name in FILES}
    return RoundFiles(
        round=folder.name,
        rehearsal=found.rehearsal,
        files={name: _read(file) for name, file in files.items() if file.is_file()},
        committed=committed_counts(found),
    )


def published_round(one: RoundFiles) -> PublishedRound:
    """Return what the home page and its index tell of a round (首页所用的一轮内容)."""
    plan, results = one.files["plan"], one.files["results"]
    return PublishedRound(
        round=one.round,
        rehearsal=plan["rehearsal"] == "yes",
        stage=plan["stage"],
        tasks=plan["tasks"],
        items=plan["items"],
        lists=one.files["draw"]["lists"],
        results=results["results"],
        corrections=results["corrections"],
        english=plan.get("english", {}),  # a round that an earlier version published has none until published again
    )


def draws_of(folder: Path) -> Iterator[Draw]:
    """Yield the draws of a round (本轮各次抽取) by its folder's commitments and what was revealed."""
    for path in sorted(folder.iterdir()):
        name = COMMITTED.fullmatch(path.name)
        if name is None:
            continue
        second, end = ("2", name[2]) if name[1] else ("", "")
        made, reveal = _read(path), folder / f"reveal{second}{end}.json"
        held = _read(reveal)["held"].values() if reveal.is_file() else ()
        yield Draw(
            second=bool(second),
            committed_at=made["committed_at"],
            awaited=max(source["at"] for source in made["sources"]),
            held=max(held, default=""),
            abandoned=(folder / f"abandoned{second}{end}.json").is_file(),
        )


def _read(path: Path) -> Any:
    return json.loads(path.read_bytes())
