"""What rounds' public folders tell (各轮公示文件夹的内容), read from the files that anybody can read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from supervision.notice.site.round_news import Draw, Told
from supervision.notice.site.search_index import PublishedRound
from supervision.sampling.protocol.commitment import Commitment

COMMITTED = re.compile(r"(roster_)?commitment((?:-[0-9]+)?)\.json")


def commitment_of(folder: Path) -> Commitment:
    """Return the commitment of a round's public folder (公示文件夹中的承诺)."""
    return Commitment.from_bytes((folder / "commitment.json").read_bytes())


def committed_counts(found: Commitment) -> dict[str, Any]:
    """Return what is counted of a commitment (承诺计数): committed_at, tasks, units, sample."""
    return {
        "committed_at": found.committed_at,
        "tasks": len(found.tasks),
        "units": sum(task.units for task in found.tasks),
        "sample": sum(task.sample for task in found.tasks),
    }


def published_rounds(folders: Sequence[Path]) -> Told:
    """Return what rounds have published (各轮已公示的内容), the folders from old to new."""
    return Told(
        rounds=tuple(_round(folder) for folder in folders),
        draws={folder.name: tuple(_draws(folder)) for folder in folders},
        clocks={folder.name: _read(folder / "index.json").get("clock", []) for folder in folders},
    )


def _round(folder: Path) -> PublishedRound:
    plan, results = _read(folder / "plan.json"), _read(folder / "results.json")
    return PublishedRound(
        round=folder.name,
        rehearsal=plan["rehearsal"] == "yes",
        stage=plan["stage"],
        tasks=plan["tasks"],
        items=plan["items"],
        lists=_read(folder / "draw.json")["lists"],
        results=results["results"],
        corrections=results["corrections"],
        english=plan.get("english", {}),  # a round that an earlier version published has none until published again
    )


def _draws(folder: Path) -> Iterator[Draw]:
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
