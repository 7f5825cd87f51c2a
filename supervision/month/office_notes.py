"""What an office's workbook says beside its visits (机构工作簿附注): its warnings, and lists that may apply."""

from __future__ import annotations

import pandas as pd

from supervision.messages import Message
from supervision.month.proportions import advice_of
from supervision.month.round import Round
from supervision.month.round_people import units_of
from supervision.month.warning_steps import standing_of
from supervision.notice.office_content import ADVICE_COLUMNS, WARNING_COLUMNS


def warning_notes(round: Round) -> pd.DataFrame:
    """Return the open warnings of the offices (各机构未办结预警), `WARNING_COLUMNS` and office, those due first.

    Only what was raised by the end of the round's month; no figure of a score.
    """
    known = standing_of(round.city)
    known = known[known["is_open"] & (known["raised"] <= pd.Timestamp(round.name.last_day))]
    names = dict(_names(round, known["unit_id"]))
    lists, rows = round.city.code_lists, []
    for row in known.sort_values(["due", "warning_no"], kind="stable").to_dict("records"):
        due = f"{row['due']:%Y-%m-%d}" if pd.notna(row["due"]) else ""
        rows.append(
            {
                "office": row["office_id"],
                "warning_no": row["warning_no"],
                "signal": lists.label("warning_signal", row["signal"], "zh"),
                "name": names.get(row["unit_id"], ""),
                "unit_id": row["unit_id"],
                "raised": f"{row['raised']:%Y-%m-%d}",
                "due": due or Message.of("month.warning_due_awaits", year=row["awaits"]).text(),
                "text": row["text"],
                "evidence": row["evidence"],
                "hand_over": lists.label("department", row["hand_over"], "zh") if row["hand_over"] else "",
                "done": row["done"],
            }
        )
    return pd.DataFrame(rows, columns=["office", *WARNING_COLUMNS], dtype="str")


def advice_notes(round: Round) -> pd.DataFrame:
    """Return the lists that may apply to findings (过罚相当提示), `ADVICE_COLUMNS` and agency, in words."""
    found, lists = advice_of(round), round.code_lists
    names = dict(_names(round, found["unit_id"]))
    rows = [
        {
            "agency": row["agency"],
            "name": names.get(row["unit_id"], ""),
            "item": round.items[row["item_id"]].name if row["item_id"] in round.items else row["item_id"],
            "result": f"{row['result']} {lists.label('result', row['result'], 'zh')}",
            "first_time": Message.of("month.advice_first" if row["first_time"] else "month.advice_again").text(),
            "advice": row["advice"].text("zh"),
            "basis": row["basis"],
            "visit_id": row["visit_id"],
        }
        for row in found.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=["agency", *ADVICE_COLUMNS], dtype="str")


def _names(round: Round, units: pd.Series) -> list[tuple[str, str]]:
    if units.empty:
        return []
    rows = units_of(round, units.drop_duplicates(), ["name"]).fillna("")
    return list(zip(rows["unit_id"], rows["name"], strict=True))
