"""Results in small files for the filter (结果筛选分片): a page loads those that hold what is asked for, and no others.

Rows stand by district and agency, `SHARD` to a file; `index.js` tells for each file how many results it has of each
district, agency and category, so that counts are known before a row is loaded. Texts that repeat are numbers of a list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from supervision.notice.site.search_index import script_text
from supervision.tables import tuples

FOLDER = "rows"
SHARD = 500
FACETS = ("region", "agency", "category")
LISTED = (*FACETS, "office", "item", "tasks", "follow_up")
PLAIN = ("unit_id", "name", "inspected_on", "due", "published_on", "correction")


def filter_files(results: pd.DataFrame, tasks: pd.DataFrame, english: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files of the filter (筛选文件), none without results.

    `tasks`: task_id, name, number; `english`: see `Content`.
    """
    if results.empty:
        return {}
    order = [*FACETS[:2], "inspected_on", "unit_id", "item"]
    rows = results.sort_values(order, kind="stable", ignore_index=True)
    words = {name: sorted(rows[name].unique().tolist()) for name in LISTED}
    codes = pd.DataFrame({name: pd.Categorical(rows[name], categories=words[name]).codes for name in LISTED})
    coded = list(zip(*(codes[name].tolist() for name in LISTED), strict=True))
    plain = list(zip(*(rows[name].tolist() for name in PLAIN), strict=True))
    files: dict[str, bytes] = {}
    counts: list[list[list[int]]] = []
    for number, start in enumerate(range(0, len(rows), SHARD), 1):
        part = slice(start, start + SHARD)
        found = Counter(row[: len(FACETS)] for row in coded[part])
        counts.append([[*facets, found[facets]] for facets in sorted(found)])
        body = [[*code, *text] for code, text in zip(coded[part], plain[part], strict=True)]
        files[f"{FOLDER}/{number}.js"] = _file("rows", number, body)
    named = tuples(tasks, "task_id", "name", "number")
    told = {
        "counts": counts,
        "english": dict(english),
        "facets": FACETS,
        "fields": [*LISTED, *PLAIN],
        "listed": words,
        "tasks": {task_id: [name, number] for task_id, name, number in named},
    }
    return {f"{FOLDER}/index.js": _file("results", 0, told), **files}


def facet_choices(results: pd.DataFrame) -> dict[str, list[tuple[str, int]]]:
    """Return what a filter can be set to (筛选选项): facet → its values with their counts, the most frequent first."""
    return {name: _counted(results[name].tolist()) for name in FACETS}


def _counted(values: Sequence[str]) -> list[tuple[str, int]]:
    return sorted(Counter(value for value in values if value).items(), key=lambda pair: (-pair[1], pair[0]))


def _file(kind: str, key: int, value: Any) -> bytes:
    return f"shard({script_text(kind)},{key},{script_text(value)});\n".encode()
