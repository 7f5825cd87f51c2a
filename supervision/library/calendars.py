"""The joint calendar as a call (联合检查日程): when each drawn unit is visited, and how many each office sends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from supervision.domain.items import Item, Task, only_halves
from supervision.domain.people import Office
from supervision.errors import SupervisionError
from supervision.law.rules import Law
from supervision.library.draws import check_bytes
from supervision.library.inputs import by_id, working_days
from supervision.planner.check.calendar import check
from supervision.planner.plan import Budget, Plan
from supervision.planner.visits.demand import Inputs
from supervision.sampling.bytes.unit_numbers import Secret


def plan_calendar(
    drawn: pd.DataFrame,
    *,
    tasks: Iterable[Task],
    items: Iterable[Item],
    offices: Iterable[Office],
    units: pd.DataFrame,
    roster: pd.DataFrame,
    law: Law,
    seed: bytes,
    frame_key: bytes,
    round_id: str,
    half_days: Mapping[str, list[str]] | None = None,
    recusals: pd.DataFrame | None = None,
    earliest: str = "",
    hash_name: str = "sha256",
) -> Plan:
    """Plan the joint calendar of drawn units (编排联合检查日程).

    All items of all tasks for one unit become as few visits as possible; each office sends enough people who may
    check its items. Classes and scores are not asked for: a date that depended on them would publish them.

    Parameters
    ----------
    drawn
        task_id, unit_id (str).
    tasks, items, offices
        Those of the round; an office is one department in one district.
    units
        unit_id, region, street (str) of every drawn unit.
    roster
        As `draw_inspectors` takes it.
    law
        The law in force; its rule shared/minimum_inspectors says how many go at least.
    seed, frame_key, round_id
        As `draw` takes them: ties among units are broken by numbers of their own, never by those of the draw, which
        are small where the chance is small.
    half_days
        region → half-days such as "2026-12-03T1" (T1 morning, T2 afternoon). None: the working days of the tasks'
        windows by the shipped calendars, without the law's quiet days.
    recusals
        inspector_id, unit_id (str): who must not go where; None: nobody.
    earliest
        First half-day that may be planned; "": the first there is.
    hash_name
        "sha256" or "sm3".

    Returns
    -------
    Plan
        `calendar`: visit_id, unit_id (str), ordinal (int64 from 1), office (str), place (int64 from 1), half_days,
        items (str), one row for each inspector's place. `unheld`: what cannot be held, each with its reason and the
        number of its cause in `causes`, which has the figures. `certificate`: how good the calendar is, in integers,
        with the proven bounds.

    Raises
    ------
    SupervisionError
        A seed or key of another length; an unknown task, item or unit; a year whose working days are not announced;
        `library.calendar_broken` where the independent check does not accept the calendar (it is then not returned).

    Notes
    -----
    The work is bounded by counts, never by a clock: the same input gives the same calendar on every machine. Draw
    protocol, section 7.

    Examples
    --------
    >>> from datetime import date
    >>> import pandas as pd, supervision
    >>> item = supervision.Item(item_id="food", name="餐饮服务检查", department="market", kind="general",
    ...                         basis="示例", ratio="不高于10%", half_days=1, inspectors=2)
    >>> task = supervision.Task(task_id="T1", name="餐饮抽查", round="2026-12", items=("food",), lead="market",
    ...                         start=date(2026, 12, 3), end=date(2026, 12, 3), population="tags=餐饮",
    ...                         regime="random", ratio="n=2", access="open", disclosure="before")
    >>> office = supervision.Office(office_id="m1", department="market", region="320505", name="虎丘市场监管所")
    >>> roster = pd.DataFrame({"inspector_id": ["p1", "p2"], "office": "m1", "from": "2026-01-01",
    ...                        "until": "2027-12-31", "scopes": "food", "daily_limit": "2", "absent": ""})
    >>> plan = supervision.plan_calendar(
    ...     pd.DataFrame({"task_id": "T1", "unit_id": ["u1", "u2", "u3"]}), tasks=[task], items=[item],
    ...     offices=[office], units=pd.DataFrame({"unit_id": ["u1", "u2", "u3"], "region": "320505", "street": ""}),
    ...     roster=roster, law=supervision.read_law(date(2026, 12, 1)), seed=bytes(32), frame_key=bytes(32),
    ...     round_id="2026-12")
    >>> plan.calendar.groupby("half_days").size().to_dict()
    {'2026-12-03T1': 2, '2026-12-03T2': 2}
    >>> len(plan.unheld)
    1
    """
    from supervision.planner.solver.calendar import solve  # ortools takes a second to load

    check_bytes("seed", seed)
    check_bytes("frame_key", frame_key)
    by_task = by_id((task.task_id, task) for task in tasks)
    by_item = by_id((item.item_id, item) for item in items)
    by_office = by_id((office.office_id, office) for office in offices)
    secret = Secret(frame_key=frame_key, round_id=round_id, hash_name=hash_name)
    given = Inputs(
        drawn=drawn,
        tasks=by_task,
        items=by_item,
        offices=by_office,
        units=units.assign(tie=[one.hex() for one in secret.ties(units["unit_id"], seed1=seed)]),
        roster=roster,
        half_days=_half_days(by_task, by_office, law) if half_days is None else half_days,
        least=int(law.value("shared/minimum_inspectors")),
        recusals=recusals,
        earliest=earliest,
        halves=only_halves(by_item),
    )
    plan = solve(given, budget=Budget())
    broken = check(given, plan)
    if broken:
        raise SupervisionError("library.calendar_broken", violation=broken[0])
    return plan


def _half_days(tasks: Mapping[str, Task], offices: Mapping[str, Office], law: Law) -> dict[str, list[str]]:
    """Return the half-days of the tasks' windows in every district (各区可用半天)."""
    if not tasks:
        raise SupervisionError("library.no_tasks")
    first, last = min(task.start for task in tasks.values()), max(task.end for task in tasks.values())
    days = working_days(law)
    return {region: days.half_days(first, last, region) for region in sorted({o.region for o in offices.values()})}
