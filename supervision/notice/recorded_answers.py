"""What is on record of a round (已录入的结果), in the words of the form: so that an office sees what is missing."""

from __future__ import annotations

import pandas as pd

from supervision.messages import say
from supervision.notice.office_content import ANSWERS
from supervision.notice.plan_table import Labels
from supervision.notice.public_content import require_columns

KEY = ["visit_id", "item_id"]
ANSWER_COLUMNS = (*KEY, *ANSWERS, "state")


def answers(versions: pd.DataFrame, labels: Labels) -> pd.DataFrame:
    """Return the latest results as a form shows them (已录入结果的表单文字), `ANSWER_COLUMNS`, all text.

    `versions`: all versions of a round's results in order, the latest last. `state` says when a result was recorded,
    and when it was last corrected.
    """
    require_columns(versions, (*KEY, *ANSWERS, "known_on", "correction"), "results")
    rows = versions.drop_duplicates(KEY, keep="last").reset_index(drop=True)
    first = rows[KEY].merge(versions.drop_duplicates(KEY)[[*KEY, "known_on"]], on=KEY)["known_on"]
    days, lasts = (column.dt.strftime("%Y-%m-%d") for column in (first, rows["known_on"]))
    corrected = rows["correction"].notna()
    state = [
        say("notice.state.corrected", day=day, last=last) if again else say("notice.state.recorded", day=day)
        for day, last, again in zip(days, lasts, corrected, strict=True)
    ]
    return pd.DataFrame(
        {
            **{name: rows[name].astype("str").fillna("") for name in (*KEY, *ANSWERS) if name != "inspected_on"},
            "result": [choice(code, labels) for code in rows["result"]],
            "inspected_on": rows["inspected_on"].dt.strftime("%Y-%m-%d").astype("str"),
            "method": _named("method", rows["method"], labels),
            "follow_up": _named("follow_up", rows["follow_up"], labels),
            "item_result": _named("item_result", rows["item_result"], labels),
            "state": state,
        },
        columns=list(ANSWER_COLUMNS),
        dtype="str",
    )


def choice(code: str, labels: Labels) -> str:
    """Return a result code as the form's list has it (结果选项)."""
    return f"{code} {labels.label('result', code)}"


def _named(name: str, column: pd.Series[str], labels: Labels) -> list[str]:
    """Return codes joined by spaces as names joined by 、 (代码转名称)."""
    return ["、".join(labels.label(name, code) for code in text.split()) for text in column.fillna("")]
