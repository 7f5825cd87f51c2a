"""The home page over all rounds (各轮次首页): one line a round, newest first, each in its own folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from supervision.canonical import canonical_json
from supervision.notice.site.pages import render


@dataclass(frozen=True, kw_only=True)
class RoundLine:
    """What the home page says of a round (一轮一行): its name, kind, stage, and figures of its commitment.

    `archive` is the file name of its zip, empty where there is none.
    """

    round: str
    archive: str
    rehearsal: bool
    stage: str
    committed_at: str
    tasks: int
    units: int
    sample: int


def home_files(city: str, rounds: Sequence[RoundLine]) -> dict[str, bytes]:
    """Return the files of the home page (首页文件): index.html and the same as index.json."""
    lines = sorted(rounds, key=lambda one: one.round, reverse=True)
    told = [{**asdict(one), "rehearsal": "yes" if one.rehearsal else "no"} for one in lines]
    data = canonical_json({"city": city, "rounds": told})
    return {"index.html": render("home", {"city": city, "rounds": lines}), "index.json": data}
