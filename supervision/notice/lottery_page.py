"""The report of the lottery of inspectors as a page of the audit bundle (人员抽取报告页); inspectors by id alone."""

from __future__ import annotations

import pandas as pd

from supervision.messages import say
from supervision.notice.public_content import OVERSIGHT_KINDS, Heading
from supervision.notice.site.data import records
from supervision.notice.site.pages import by_office, render


def lottery_page(
    heading: Heading,
    *,
    seeds: int,
    days: pd.DataFrame,
    people: pd.DataFrame,
    pairs: pd.DataFrame,
    oversight: pd.DataFrame | None,
    abandoned: pd.DataFrame,
) -> bytes:
    """Return the page (人员抽取报告页): the tables are those of `sampling.inspectors.lottery_report`.

    `oversight`: counts by office, `OVERSIGHT_COLUMNS`; `abandoned`: kind, number, of, percent, low, high.
    """
    shares = [{**row, **_shares(row, seeds)} for row in records(days)]
    values = {"days": shares, "people": records(people), "pairs": records(pairs)}
    counts = [] if oversight is None else by_office(records(oversight))
    told = {"oversight": counts, "oversight_kinds": OVERSIGHT_KINDS, "abandoned": records(abandoned), "say": say}
    return render("lottery_report", {"heading": heading, "seeds": seeds, **values, **told})


def _shares(row: dict[str, int], seeds: int) -> dict[str, str]:
    return {f"{name}_share": f"{100 * row[f'{name}_seeds'] / seeds:.1f}" for name in ("team", "pair")}
