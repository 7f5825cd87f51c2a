"""Acts of inspection (行政检查行为): what the Internet+Supervision system is told, an act a row.

An act is what one office did at one visit for one supervised matter: items of the visit that carry the same codes are
one act, with their results as its parts, since the format takes a single 14-digit code in a row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from supervision.law.code_lists import CodeLists
from supervision.messages import say
from supervision.results.handover.records import Record
from supervision.results.handover.validator import SEVERAL
from supervision.results.public_categories import require_columns

PROBLEM = "problem"
RESULT_COLUMNS = (
    *("visit_id", "office_id", "unit_id", "item_id", "result", "item_result"),
    *("inspected_on", "method", "follow_up", "inspectors"),
)
DIGEST = 12  # characters that tell a visit's acts apart, so that a number stays under 50
ROUTINE, RANDOM, CREDIT_CODE = "日常", "双随机", "统一社会信用代码"  # words that the code lists know
NOTHING_FOLLOWS = "none"


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the registers say (登记信息): id → column → text, of offices, items, units and inspectors."""

    offices: Mapping[str, Mapping[str, str]]
    items: Mapping[str, Mapping[str, str]]
    units: Mapping[str, Mapping[str, str]]
    people: Mapping[str, Mapping[str, str]]


def check_actions(
    expected: pd.DataFrame, results: pd.DataFrame, *, known: Known, lists: CodeLists, round_id: str, plan_id: str
) -> tuple[list[Record], int]:
    """Return a round's acts of inspection (本轮行政检查行为), and how many wait for results.

    `expected`: visit_id, unit_id, item_id, office_id of all that the round owes; `results`: `RESULT_COLUMNS` of what is
    on record, inspected_on a day. An act some item of which has no result yet waits. Sorted by number.
    """
    require_columns(results, RESULT_COLUMNS, "results")
    codes = expected["item_id"].map(lambda item: _codes_of(known.items.get(item, {})))
    owed = expected[["visit_id", "item_id", "office_id"]].assign(codes=codes)
    rows = owed.merge(results, on=["visit_id", "item_id", "office_id"], how="left")
    found, waiting = [], 0
    for (visit, office, of_item), own in rows.groupby(["visit_id", "office_id", "codes"], sort=True):
        if own["result"].isna().any():
            waiting += 1
            continue
        lines = [_Line(row) for row in own.sort_values("item_id").to_dict("records")]
        number = f"{round_id}-{lines[0]['unit_id']}-{_digest(str(visit), str(office), str(of_item))}"
        found.append(_action(number, str(office), lines, known=known, lists=lists, plan_id=plan_id))
    return sorted(found, key=lambda one: one.cells["check_action_code"]), waiting


class _Line(dict[str, str]):
    """A result's cells as texts, missing ones as "" (结果行)."""

    def __init__(self, row: Mapping[Any, Any]) -> None:
        super().__init__({str(name): "" if pd.isna(value) else str(value) for name, value in row.items()})


def _codes_of(item: Mapping[str, str]) -> str:
    return f"{item.get('implement_code', '')} {item.get('check_code', '')}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:DIGEST]


def _action(
    number: str, office_id: str, lines: Sequence[_Line], *, known: Known, lists: CodeLists, plan_id: str
) -> Record:
    office, unit = known.offices.get(office_id, {}), known.units.get(lines[0]["unit_id"], {})
    item = known.items.get(lines[0]["item_id"], {})
    names = [known.items.get(line["item_id"], {}).get("name", "") for line in lines]
    people = list(dict.fromkeys(one for line in lines for one in line["inspectors"].split()))
    day = max(line["inspected_on"] for line in lines)
    uscc, check_code = office.get("uscc", ""), item.get("check_code", "")
    cells = {
        "cd_id": number,
        "plan_id": plan_id,
        "supervise_item_implement_code": item.get("implement_code", ""),
        "supervise_item_check_icode": uscc + check_code if uscc and check_code else "",
        "check_action_name": say("results.handover.action_name", unit=unit.get("name", ""), items="、".join(names)),
        "check_action_code": number,
        "implement_institution": office.get("name", ""),
        "implement_institution_code": uscc,
        "entrust_dept": "",
        "entrust_dept_code": "",
        "supervise_object": unit.get("name", ""),
        "administrative_cp": unit.get("name", ""),
        "administrative_cp_na": _code(lists, "party_kind", unit.get("type", "")),
        "administrative_cp_ce_type": _code(lists, "party_id_type", CREDIT_CODE),
        "administrative_cp_ui_code": lines[0]["unit_id"],
        "address_registered": unit.get("address", ""),
        "address_operating": "",
        "area_number": unit.get("region", ""),
        "check_form": _code(lists, "check_form", ROUTINE),
        "check_type": _code(lists, "check_type", RANDOM),
        "check_mode": SEVERAL.join(_modes(lines, lists)),
        "check_result": _gravest(lines, lists),
        "check_date": f"{day} 00:00:00",
        "check_personnel": SEVERAL.join(known.people.get(one, {}).get("name", one) for one in people),
        "check_personnel_code": SEVERAL.join(
            filter(None, (known.people.get(one, {}).get("cert_no") for one in people))
        ),
    }
    parts = [
        {
            "check_action_code": number,
            "item_id": line["item_id"],
            "item_name": name,
            "item_result": lists.label("item_result", line["item_result"]) if line["item_result"] else "",
        }
        for line, name in zip(lines, names, strict=True)
    ]
    beside = {"visit_id": lines[0]["visit_id"], "office": office.get("name", office_id), "items": "、".join(names)}
    return Record(table="check_action", cells=cells, parts=parts, beside=beside)


def _code(lists: CodeLists, name: str, word: str) -> str:
    """Return the code of a word (按名称取代码); a word that none has stays, and the validator says so."""
    return lists.named(name).find(word) or word


def _modes(lines: Iterable[_Line], lists: CodeLists) -> list[str]:
    names = [lists.label("method", method) for line in lines for method in line["method"].split()]
    return sorted({_code(lists, "check_mode", name) for name in names})


def _gravest(lines: Iterable[_Line], lists: CodeLists) -> str:
    """Return the gravest of what came of the items (最重的检查结果), in the order of the code list.

    A problem counts by its result and by what follows it; a word that no code has stays, and the validator says so.
    """
    words = []
    for line in lines:
        words.append(lists.label("result", line["result"]))
        if lists.outcome(line["result"]) == PROBLEM and line["follow_up"] not in ("", NOTHING_FOLLOWS):
            words.append(lists.label("follow_up", line["follow_up"]))
    codes = [_code(lists, "check_result", word) for word in words]
    order = lists.codes("check_result")
    return max(codes, key=lambda code: order.index(code) if code in order else len(order))
