"""Special tables of a report (专表): consignments by class, special equipment, the fields of graded supervision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from supervision.domain.items import Item
from supervision.domain.strata import CLASSES
from supervision.errors import SupervisionError
from supervision.messages import say
from supervision.month import oversight_shares as shares
from supervision.month.frames import frozen_rows
from supervision.month.oversight_duties import DONE
from supervision.month.oversight_period import Period
from supervision.month.round import Round
from supervision.month.round_files import SCORES
from supervision.notice.report_content import COUNT, SHARE, TEXT, Column, Table
from supervision.results.outcomes import COULD_NOT, PROBLEM

RULE = "shared/oversight_tables"
SHAPE: Mapping[str, tuple[str, ...]] = {"goods": ("types",), "special_equipment": ("rules", "fields", "names")}
GOODS = (
    *(Column(name="class", kind=TEXT), Column(name="framed", kind=COUNT), Column(name="drawn", kind=SHARE)),
    *(Column(name="checked", kind=COUNT), Column(name="hit", kind=SHARE)),
)
CHECKED = (
    *(Column(name="name", kind=TEXT), Column(name="units", kind=COUNT), Column(name="duties", kind=COUNT)),
    *(Column(name="fulfilled", kind=SHARE), Column(name="hit", kind=SHARE), Column(name="could_not", kind=COUNT)),
)


def chosen(value: object) -> Mapping[str, Mapping[str, list[str]]] | None:
    """Return what the rule takes into the special tables (专表口径), None where there is none; another shape raises."""
    if value is None:
        return None
    if isinstance(value, Mapping) and value.keys() == SHAPE.keys():
        parts = [(value[name], fields) for name, fields in SHAPE.items()]
        if all(isinstance(part, Mapping) and part.keys() == set(fields) for part, fields in parts):
            return value
    want = " ".join(f"{name}.{field}" for name, fields in SHAPE.items() for field in fields)
    raise SupervisionError("month.report_rule", rule=RULE, value=value, want=want)


def goods(period: Period, types: list[str]) -> Table:
    """Return consignments by class (布控查验): how many there were, were drawn, were checked, and had a problem."""
    own = period.duties[period.duties["type"].isin(types)]
    rows: list[dict[str, Any]] = []
    if len(own):
        framed = pd.concat([_framed(round, types) for round in period.rounds], ignore_index=True)
        rows = [_by_class(name, framed[framed["class"] == name], own[own["class"] == name]) for name in CLASSES]
        rows.append(_by_class(say("notice.report.all"), framed, own))
    return Table(name="goods", columns=GOODS, rows=rows)


def _by_class(name: str, framed: pd.DataFrame, own: pd.DataFrame) -> dict[str, Any]:
    done = own[own["state"] == DONE]
    bad = done["outcome"].eq(PROBLEM).groupby([done["round"], done["unit_id"]]).any()
    return {
        "class": name,
        "framed": len(framed),
        "drawn": shares.share(len(own.drop_duplicates(["round", "unit_id"])), len(framed)),
        "checked": len(bad),
        "hit": shares.share(int(bad.sum()), len(bad)),
    }


def _framed(round: Round, types: list[str]) -> pd.DataFrame:
    """The units of some types in any frame of a round, with their class."""
    entities = round.register("entities", ["unit_id", "type"])
    wanted = entities.loc[entities["type"].isin(types), "unit_id"]
    units: set[str] = set()
    for task in round.tasks:
        rows = frozen_rows(round, task.task_id)[0]["unit_id"]
        units |= set(rows[rows.isin(wanted)])
    classes = round.table(SCORES, ["unit_id", "class"])
    return classes[classes["unit_id"].isin(units)].drop_duplicates("unit_id")


def special_equipment(period: Period, rule: Mapping[str, list[str]]) -> Table:
    """Return the items on special equipment (特种设备安全状况), one by one and together."""
    named = {item.item_id: item for round in period.rounds for item in round.items.values() if _is_of(item, rule)}
    own = period.duties[period.duties["item_id"].isin(named)]
    rows = [_checked(named[item].name, own[own["item_id"] == item]) for item in sorted(own["item_id"].unique())]
    return Table(
        name="special_equipment", columns=CHECKED, rows=[*rows, _checked(say("notice.report.all"), own)] if rows else []
    )


def _is_of(item: Item, rule: Mapping[str, list[str]]) -> bool:
    words = any(word in item.name for word in rule["names"])
    return words or item.rule in rule["rules"] or item.field in rule["fields"]


def fields(period: Period) -> Table:
    """Return the fields of graded supervision (分级分类监管行业、领域): all of the list, those of none last."""
    codes, duties = period.newest.code_lists, period.duties
    rows = [
        _checked(codes.label("credit_field", code, "zh"), duties[duties["field"] == code])
        for code in codes.codes("credit_field")
    ]
    return Table(
        name="fields",
        columns=CHECKED,
        rows=[*rows, _checked(say("notice.report.no_field"), duties[duties["field"] == ""])],
    )


def _checked(name: str, duties: pd.DataFrame) -> dict[str, Any]:
    return {
        "name": name,
        "units": int(duties["unit_id"].nunique()),
        "duties": len(duties),
        "fulfilled": shares.fulfilled(duties),
        "hit": shares.hit(duties),
        "could_not": int(np.count_nonzero(duties["outcome"] == COULD_NOT)),
    }
