"""The home page over all rounds (各轮次首页), made from what stands in the public folder."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import pandas as pd

from supervision.month.city import City
from supervision.month.city_pages import CityPages
from supervision.month.home_folder import public_keys, write_home_folder
from supervision.month.page_heading import name_of_city, publisher_of
from supervision.month.published_rounds import commitment_of, draws_of, published_round, round_files
from supervision.notice.archive import archive_name
from supervision.notice.denied import refuse_denied
from supervision.notice.open_data import RoundFiles
from supervision.notice.publisher import RIGHTS, read_rights
from supervision.notice.site.enterprise import Site, enterprise_files
from supervision.notice.site.entry_page import PAGE as ENTRY
from supervision.notice.site.entry_page import entry_page
from supervision.notice.site.home import Oversight, RoundLine, home_files
from supervision.notice.site.round_news import Told
from supervision.results.oversight import COUNT_COLUMNS, add_counts, all_offices, with_shares
from supervision.risk.objections import RULE as OBJECTION

ABANDONED = {
    "abandoned": (r"commitment\.json", r"abandoned\.json"),
    "abandoned_roster": (r"roster_commitment(-[0-9]+)?\.json", r"abandoned2(-[0-9]+)?\.json"),
}
"""What is counted of a round's files: commitments, and those that were given up."""


def write_home(city: City, out: Path) -> None:
    """Write the home page over all rounds that stand in the folder (首页), with a chain of manifests of its own."""
    folder = out / "public"
    rounds = [path for path in sorted(folder.iterdir()) if (path / "commitment.json").is_file()]
    law = city.rules.on(city.now().date())
    years = [path.parent.name for path in sorted((folder / "annual").glob("*/index.html"))]
    reports = [path.parent.name for path in sorted((folder / "report").glob("*/index.html"))]
    site = Site(
        city=name_of_city(law),
        publisher=publisher_of(law),
        rights=read_rights(law.value(RIGHTS)),
        objection_days=int(law.value(OBJECTION)["decide_days"]),
    )
    found, lines = Told(), list[RoundLine]()
    pages = CityPages(city, site, folder, rehearsal=all(commitment_of(path).rehearsal for path in rounds))
    for year, of_year in groupby(rounds, key=lambda path: path.name[:4]):
        read = [round_files(path) for path in of_year]
        for one in read:
            place = folder / one.round
            found.add(published_round(one), tuple(draws_of(place)), one.files["index"].get("clock", []))
            lines.append(_line(place, one))
        pages.add(year, read)
    counted = oversight_of(rounds)
    listed = home_files(
        site.city, lines, counted, years, reports, found=found, publisher=site.publisher, categories=pages.categories
    )
    listed |= enterprise_files(site, found.index) | pages.pages()
    listed |= {ENTRY: entry_page(site, public_keys(folder))}
    refuse_denied(listed)
    write_home_folder(folder, listed)


def oversight_of(rounds: Sequence[Path]) -> Oversight:
    """Return the counts over all real rounds (全部真实轮次的监督计数), by what their folders publish."""
    real = [path for path in rounds if not commitment_of(path).rehearsal]
    # a round that an earlier version published has no counts before it is published again
    files = [path / "oversight.json" for path in real]
    told = [json.loads(path.read_bytes())["counts"] for path in files if path.is_file()]
    rows = pd.DataFrame([row for counts in told for row in counts], columns=[*COUNT_COLUMNS, "name"])
    offices = with_shares(add_counts(rows[list(COUNT_COLUMNS)]))
    names = dict(zip(rows["office"], rows["name"], strict=True))  # the newest name of an office that was renamed
    offices.insert(1, "name", offices["office"].map(names).astype("str"))
    return Oversight(
        rounds=len(real),
        offices=offices,
        totals=with_shares(all_offices(offices)),
        abandoned=with_shares(_abandoned(real)),
    )


def _abandoned(rounds: Sequence[Path]) -> pd.DataFrame:
    """Of an agency's commitments, how many were given up: agency, kind, number, of."""
    number, of = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for path in rounds:
        agency = commitment_of(path).agency
        for kind, patterns in ABANDONED.items():
            key = (agency, kind)
            made, gone = (sum(bool(re.fullmatch(p, file.name)) for file in path.iterdir()) for p in patterns)
            of[key] += made
            number[key] += gone
    rows = [(*key, number[key], of[key]) for key in sorted(of)]
    return pd.DataFrame(rows, columns=["agency", "kind", "number", "of"])


def _line(folder: Path, one: RoundFiles) -> RoundLine:
    """What the home page says of a round, from its published files."""
    archive = archive_name(one.round)
    return RoundLine(
        round=one.round,
        archive=archive if folder.with_name(archive).is_file() else "",
        rehearsal=one.rehearsal,
        stage=one.files["index"]["stage"],
        **one.committed,
    )
