"""The calendar as a board (日程看板): a line for each office, a cell for each working day, and who is visited then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from supervision.domain.visits import PARTS, units_of_visits
from supervision.messages import Label, Message
from supervision.month import round_files as files
from supervision.month.calendars import chosen_units, standing
from supervision.month.internal_files import office_months, unheld_rows
from supervision.month.notice_numbers import numbered
from supervision.month.office_loads import office_loads
from supervision.month.page_heading import heading
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.round_people import people_day, units_of
from supervision.notice.certificate_words import certificate_words
from supervision.notice.office_content import LOAD_COLUMNS, UNHELD_COLUMNS, Month, OfficeContent
from supervision.notice.recorded_answers import ANSWER_COLUMNS
from supervision.tables import tuples

LEVELS = (50, 75, 90)  # per cent of the people there from which a cell is darker, as on the calendar's pages


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A day of an office or district (看板格).

    `visits` held that day, `morning` and `afternoon` in either half; `needed` and `there`: inspector-half-days.
    """

    visits: int = 0
    morning: int = 0
    afternoon: int = 0
    needed: int = 0
    there: int = 0

    @property
    def share(self) -> int:
        """What is needed of what is there (负荷), per cent, rounded up."""
        return -(-100 * self.needed // self.there) if self.there else 100 * bool(self.needed)

    @property
    def level(self) -> int:
        """How dark the cell is (深浅), from 0 to 4."""
        return 1 + sum(self.share > bound for bound in LEVELS) if self.needed else 0


@dataclass(frozen=True, kw_only=True)
class Line:
    """An office's month (机构一行): date → cell of each of its working days."""

    office: str
    name: str
    region: str
    cells: Mapping[str, Cell]

    @property
    def total(self) -> Cell:
        """The whole month (全月)."""
        return together(self.cells.values())


@dataclass(frozen=True, kw_only=True, eq=False)
class Board:
    """The calendar of a round (日程看板).

    `days`: all working days of any office; `regions`: names of the districts that have offices; `statements`: "" for
    the city, a district or an office → its certificate; `unheld`: `UNHELD_COLUMNS`; `doors`: visits of the city;
    `orders`: how many change orders came after the certificates, each with a proof of its own.
    """

    days: Sequence[str]
    lines: Sequence[Line]
    regions: Mapping[str, Label]
    statements: Mapping[str, Sequence[Message]]
    unheld: pd.DataFrame
    doors: int
    orders: int


def together(cells: Iterable[Cell]) -> Cell:
    """Return several cells as one (合计)."""
    listed = list(cells)
    names = ("visits", "morning", "afternoon", "needed", "there")
    return Cell(**{name: sum(getattr(cell, name) for cell in listed) for name in names})


def board(round: Round) -> Board:
    """Return a round's calendar as a board (生成日程看板), as it stands after all draws and changes."""
    round.need(Step.PLAN, "plan")
    places, lists = standing(round), round.code_lists
    certificates = {number: round.read(files.CERTIFICATE, number) for number in round.planned_numbers}
    lines = _lines(round, places)
    return Board(
        days=sorted({day for line in lines for day in line.cells}),
        lines=lines,
        regions={
            code: Label(*(lists.label("region", code, lang) for lang in ("zh", "en")))
            for code in sorted({line.region for line in lines})
        },
        statements=certificate_words(
            list(certificates.values()), {key: item.name for key, item in round.items.items()}
        ),
        unheld=unheld_rows(round, certificates),
        doors=places["visit_id"].nunique(),
        orders=round.count(Step.REPLAN) if round.has(Step.MATCH) else 0,
    )


def _lines(round: Round, places: pd.DataFrame) -> list[Line]:
    """The lines of offices that have a visit or people, in the order of districts."""
    held: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: {part: set() for part in PARTS})
    for visit, office, text in tuples(places, "visit_id", "office", "half_days"):
        for half_day in text.split():
            held[office, half_day[:10]][half_day[10:]].add(visit)
    cells: dict[str, dict[str, Cell]] = defaultdict(dict)
    for row in office_loads(round, places).to_dict("records"):
        morning, afternoon = (held[row["office"], row["date"]][part] for part in PARTS)
        cells[row["office"]][row["date"]] = Cell(
            visits=len(morning | afternoon),
            morning=len(morning),
            afternoon=len(afternoon),
            needed=int(row["am"] + row["pm"]),
            there=int(row["available"]),
        )
    offices = sorted(round.offices.values(), key=lambda one: (one.region, one.office_id.encode()))
    lines = [
        Line(office=one.office_id, name=one.name, region=one.region, cells=cells[one.office_id])
        for one in offices
        if one.office_id in cells
    ]
    return [line for line in lines if line.total.visits or line.total.there]


def visited_units(round: Round) -> pd.DataFrame:
    """Return the units that the round visits (应查对象), unit_id, name, address, street, out of all entities."""
    return units_of(round, chosen_units(round)["unit_id"], ["name", "address", "street"])


def day_of_office(round: Round, office: str, day: str, *, units: pd.DataFrame) -> OfficeContent | None:
    """Return an office's visits of one day (机构当日检查), as its workbook has them; None where it has none.

    `units`: those that the round visits, see `visited_units`.
    """
    every = standing(round)
    visits = every.loc[(every["office"] == office) & every["half_days"].str.contains(day, regex=False), "visit_id"]
    places = every[every["visit_id"].isin(visits)].reset_index(drop=True)
    matched, drawn = round.has(Step.MATCH), chosen_units(round)
    month = Month(
        calendar=places,
        assignments=places.dropna(subset=["inspector_id"]) if matched else None,
        inspectors=round.city.register("inspectors", on=people_day(round), columns=["inspector_id", "name"]),
        entities=units,
        drawn=drawn[drawn["unit_id"].isin(units_of_visits(places["visit_id"]))].reset_index(drop=True),
        tasks={task.task_id: task for task in numbered(round)},
        items=round.items,
        offices=round.offices,
        answers=pd.DataFrame(columns=list(ANSWER_COLUMNS)),
        loads=pd.DataFrame(columns=list(LOAD_COLUMNS)),
        unheld=pd.DataFrame(columns=list(UNHELD_COLUMNS)),
        certificate={},
        versions={},
    )
    return next((one for one in office_months(round, heading(round), month) if one.office.office_id == office), None)
