"""The home page over all rounds (各轮次首页): one line a round, newest first, and what went otherwise than drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd

from supervision.canonical import canonical_json
from supervision.notice.public_content import OVERSIGHT_COLUMNS, OVERSIGHT_KINDS, require_columns
from supervision.notice.publisher import Publisher
from supervision.notice.site.charts import bar
from supervision.notice.site.citizen_scripts import joined
from supervision.notice.site.data import INTERVAL, frame_csv, records
from supervision.notice.site.pages import by_office, render
from supervision.notice.site.round_news import Told
from supervision.notice.site.search_index import PublishedRound

NO_RESULTS: Mapping[str, int] = MappingProxyType({})


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


@dataclass(frozen=True, kw_only=True, eq=False)
class Oversight:
    """Counts over all real rounds (全部真实轮次的监督计数).

    `rounds`: how many; `offices`: `OVERSIGHT_COLUMNS`; `totals`: the same without office and name; `abandoned`: agency,
    kind, number, of, percent, low, high.
    """

    rounds: int
    offices: pd.DataFrame
    totals: pd.DataFrame
    abandoned: pd.DataFrame


def home_files(
    city: str,
    rounds: Sequence[RoundLine],
    oversight: Oversight,
    annual: Sequence[str] = (),
    reports: Sequence[str] = (),
    *,
    found: Told,
    publisher: Publisher | None = None,
    categories: Mapping[str, int] = NO_RESULTS,
) -> dict[str, bytes]:
    """Return the files of the home page (首页文件): index.html, the same as index.json, counts as oversight.csv.

    `annual`: the years whose plan is published, `reports`: months and years whose oversight report has an extract;
    `found`: what the rounds' folders tell; `categories`: category → results, most first.
    """
    require_columns(oversight.offices, OVERSIGHT_COLUMNS, "oversight")
    lines = sorted(rounds, key=lambda one: one.round, reverse=True)
    told = [{**asdict(one), "rehearsal": "yes" if one.rehearsal else "no"} for one in lines]
    offices = oversight.offices[list(OVERSIGHT_COLUMNS)]
    counts = {
        "abandoned": records(oversight.abandoned),
        "interval": INTERVAL,
        "offices": records(offices),
        "rounds": oversight.rounds,
        "totals": records(oversight.totals),
    }
    most = max(categories.values(), default=1)
    page = {
        "city": city,
        "publisher": publisher,
        "script": joined("shards", "words", "search", "home"),
        "news": found.news,
        "due": found.due,
        "current": _current(found.newest),
        "category_bars": [bar(name, f"{count:,}", [("all", count)], most) for name, count in categories.items()],
        "rounds": lines,
        "real": oversight.rounds,
        "offices": by_office(records(offices)),
        "totals": [*records(oversight.totals), *records(oversight.abandoned)],
        "kinds": OVERSIGHT_KINDS,
        "annual": sorted(annual, reverse=True),
        "reports": sorted(reports, reverse=True),
        "english": found.index.english,
    }
    return {
        "index.html": render("home", page),
        "index.json": canonical_json({"city": city, "rounds": told}),
        "oversight.csv": frame_csv(offices),
        "oversight.json": canonical_json({"city": city, **counts}),
    }


def _current(newest: PublishedRound | None) -> dict[str, Any] | None:
    """Return the newest round's tasks (最新一轮的任务); None without a round."""
    if newest is None:
        return None
    return {"round": newest.round, "rehearsal": newest.rehearsal, "tasks": newest.tasks}
