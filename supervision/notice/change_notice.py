"""Change notices (变更通知): one for each touched visit, for its unit, and one for each touched inspector.

Internal: an office hands them over. The ground, which may be somebody's illness, stands in none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from supervision.messages import say
from supervision.notice.office_content import half_day_words
from supervision.notice.public_content import Heading
from supervision.notice.site.pages import render

# what a visit's notice is called, the first that applies
TITLES = ("cancelled", "moved", "substituted")


@dataclass(frozen=True, kw_only=True, eq=False)
class Changes:
    """What changed (变更明细) and how its parts are called.

    `rows`: order, at, kind, visit_id, unit_id, office, was, half_days, out, into, one a place, in their order; of leave
    `into` is who is away and visit_id "". `units`: unit_id, name, address; `people`: inspector_id → name; `offices`:
    office_id → name; `teams`: (order, visit_id, office) → ids of who goes after it.
    """

    rows: pd.DataFrame
    units: Mapping[str, tuple[str, str]]
    people: Mapping[str, str]
    offices: Mapping[str, str]
    teams: Mapping[tuple[int, str, str], list[str]]


def change_notices(heading: Heading, found: Changes) -> Iterator[tuple[str, bytes]]:
    """Yield the notices of every office (各机构变更通知): path below the offices' folders, and the page."""
    for order in sorted(set(found.rows["order"].tolist())):
        rows, number = found.rows[found.rows["order"] == order], f"{order:04}"
        visits = rows[rows["kind"] != "leave"]
        for visit in sorted(set(visits["visit_id"])):
            own = visits[visits["visit_id"] == visit]
            page = _visit_page(heading, found, own)
            for office in sorted(set(own["office"])):
                yield f"{office}/notices/{number}-{visit}.html", page
        for office in sorted(set(rows["office"])):
            own = rows[rows["office"] == office]
            for who in sorted({*own["out"], *own["into"]} - {""}):
                mine = own[(own["out"] == who) | (own["into"] == who)]
                yield f"{office}/notices/{number}-{who}.html", _person_page(heading, found, mine, who)


def time_words(half_days: str) -> str:
    """Return half-days in words (时间).

    >>> time_words("2026-12-03T1"), time_words("2026-12-03T1 2026-12-03T2")
    ('2026-12-03 上午', '2026-12-03 全天')
    """
    return "、".join(" ".join(half_day_words(own)) for own in _days(half_days.split()))


def _days(half_days: list[str]) -> Iterator[list[str]]:
    for day in sorted({half_day[:10] for half_day in half_days}):
        yield [half_day for half_day in half_days if half_day[:10] == day]


def _visit_page(heading: Heading, found: Changes, rows: pd.DataFrame) -> bytes:
    """The notice for the unit: when the visit was to be, when it is now, and who comes."""
    kind = next(kind for kind in TITLES if kind in set(rows["kind"]))
    name, address = found.units.get(rows["unit_id"].iloc[0], ("", ""))
    visit, half_days = rows["visit_id"].iloc[0], sorted({h for text in rows["half_days"] for h in text.split()})
    was = sorted({h for text in rows["was"] for h in text.split()})
    order = int(rows["order"].iloc[0])
    teams = [
        (found.offices[office], "、".join(found.people.get(who) or who for who in people))
        for (number, one, office), people in sorted(found.teams.items())
        if (number, one) == (order, visit)
    ]
    facts = {
        "title": say(f"notice.change.{kind}"),
        "text": say(f"notice.change.{kind}_text"),
        "kind": kind,
        "visit": visit,
        "unit": rows["unit_id"].iloc[0],
        "name": name,
        "address": address,
        "was": time_words(" ".join(was)),
        "now": time_words(" ".join(half_days)),
        "teams": teams,
    }
    return render(
        "change_visit", {"heading": heading, "at": rows["at"].iloc[0], "order": rows["order"].iloc[0], **facts}
    )


def _person_page(heading: Heading, found: Changes, rows: pd.DataFrame, who: str) -> bytes:
    """The notice for an inspector: what is his no more, what is his now, and when."""
    lines = []
    for row in rows.to_dict("records"):
        name, address = found.units.get(row["unit_id"], ("", ""))
        leave, what = (
            row["kind"] == "leave",
            say(f"notice.change.to.{_what(row['kind'], row['out'], row['into'], who)}"),
        )
        kept = row["kind"] in ("moved", "substituted") and row["into"] == who
        lines.append(
            {
                "what": f"{time_words(row['half_days'])} {what}" if leave else what,
                "visit": row["visit_id"],
                "name": name,
                "address": address,
                "was": "" if leave else time_words(row["was"]),
                "now": time_words(row["half_days"]) if kept else "",
            }
        )
    facts = {
        "title": say("notice.change.person"),
        "who": who,
        "name": found.people.get(who, ""),
        "office": found.offices[rows["office"].iloc[0]],
        "lines": lines,
    }
    return render(
        "change_person", {"heading": heading, "at": rows["at"].iloc[0], "order": rows["order"].iloc[0], **facts}
    )


def _what(kind: str, out: str, into: str, who: str) -> str:
    if kind in ("leave", "cancelled"):
        return kind
    if out == into:
        return "moved"
    return "takes" if into == who else "leaves"
