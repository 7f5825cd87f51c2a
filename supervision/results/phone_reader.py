"""Result files of the phone form (手机检查表的结果文件): rows for the register `results`, as of a workbook.

Their fields stand in docs/phone-form.md. The digest inside says that nothing was changed after it was saved. What is
wrong with the rows themselves the same checks say as of a workbook.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from supervision.canonical import canonical_json
from supervision.errors import SupervisionError
from supervision.law.code_lists import CodeList
from supervision.messages import Message, say
from supervision.results.workbook_reader import HEADERS, Filled, picked_codes

FORMAT = "supervision-form-results-1"
ENDING = ".json"
FIELDS = {"day", "digest", "form", "format", "office", "round", "rows", "saved", "visits"}
ROW = {
    *(
        "agency",
        "follow_up",
        "inspected_on",
        "inspectors",
        "item_id",
        "item_result",
        "method",
        "note",
        "points",
        "result",
    ),
    *("points", "result", "reviewer", "unit_id", "visit_id"),
}
VISIT = {"begun", "code", "ended", "opinion", "photos", "refused", "signatures", "visit_id"}
PHOTO = {"name", "sha256", "size"}
SIGNATURES = {"inspectors", "unit"}
SIGNATURE = {"png", "sha256"}
POINT = {"answer", "point"}
FAILED = "不符合"
LARGEST = 64 * 2**20
SHORT = 16


def is_result_file(name: str) -> bool:
    """Tell whether a file of a folder is a form's result file by its name (是否结果文件): results-….json."""
    return name.lower().startswith("results-") and name.lower().endswith(ENDING)


def read_phone_results(name: str, source: bytes, *, codes: CodeList) -> Filled:
    """Return the rows of a result file (读取结果文件), as `workbook_reader.read_results` does of a sheet.

    `name` is the file's name for messages; `codes` are the result codes.

    Raises
    ------
    SupervisionError
        `results.form_unreadable`: no file of the form; `results.form_digest`: changed after it was saved.
    """
    told = _told(name, source)
    visits = {one["visit_id"]: one for one in told["visits"]}
    rows = [
        {
            **{key: row[key] for key in row if key != "points"},
            "round": told["round"],
            "note": _note(row, visits),
        }
        for row in told["rows"]
    ]
    columns = list(dict.fromkeys(HEADERS.values()))
    frame = pd.DataFrame(rows, dtype="str").reindex(columns=[c for c in columns if not c.startswith("correction")])
    frame = frame.astype("str").replace("", np.nan)
    line = np.arange(1, len(frame) + 1, dtype=np.int64)
    result, faults = picked_codes(frame["result"], line, codes)
    titles: dict[str, str] = {}
    for title, column in HEADERS.items():
        titles.setdefault(column, title)
    return Filled(
        name=name,
        frame=frame.assign(result=result).astype("str"),
        line=line,
        headers={column: titles[column] for column in frame.columns},
        beside=pd.DataFrame(index=frame.index),
        faults=tuple(faults),
        notes=(Message.of("results.form_read", office=told["office"], day=told["day"], saved=told["saved"]),),
        corrects=False,
    )


def _told(name: str, source: bytes) -> dict[str, Any]:
    """The file's content, whole and unchanged."""
    try:
        told = json.loads(source.decode("utf-8-sig")) if len(source) <= LARGEST else None
    except (ValueError, RecursionError) as error:  # ValueError: a number of very many digits, too
        raise SupervisionError("results.form_unreadable", name=name, reason=str(error)) from error
    if not isinstance(told, Mapping) or told.get("format") != FORMAT:
        raise SupervisionError("results.form_unreadable", name=name, reason=f"format ≠ {FORMAT}")
    if set(told) != FIELDS or not _is_sound(told):
        raise SupervisionError(
            "results.form_unreadable", name=name, reason=" ".join(sorted(set(told) ^ FIELDS)) or "rows"
        )
    rest = {key: value for key, value in told.items() if key != "digest"}
    try:
        found = hashlib.sha256(canonical_json(rest)).hexdigest()
    except SupervisionError as error:
        raise SupervisionError("results.form_unreadable", name=name, reason=error.message.text()) from error
    if found != told["digest"]:
        raise SupervisionError("results.form_digest", name=name, said=str(told["digest"])[:SHORT], found=found[:SHORT])
    return dict(told)


def _is_sound(told: Mapping[str, Any]) -> bool:
    """Tell whether every part has its form (是否完整): lists of objects of the right fields, texts in them."""
    texts = all(isinstance(told[name], str) for name in FIELDS - {"rows", "visits"})
    lists = all(isinstance(told[name], list) for name in ("rows", "visits"))
    return texts and lists and all(map(_is_row, told["rows"])) and all(map(_is_visit, told["visits"]))


def _is_row(row: Any) -> bool:
    if not isinstance(row, dict) or set(row) != ROW or not isinstance(row["points"], list):
        return False
    points = all(_is_texts(one, POINT) for one in row["points"])
    return points and all(isinstance(row[name], str) for name in ROW - {"points"})


def _is_visit(visit: Any) -> bool:
    if not isinstance(visit, dict) or set(visit) != VISIT or not isinstance(visit["photos"], list):
        return False
    signatures = visit["signatures"]
    if not isinstance(signatures, dict) or set(signatures) != SIGNATURES:
        return False
    signed = all(one is None or _is_texts(one, SIGNATURE) for one in signatures.values())
    texts = all(isinstance(visit[name], str) for name in VISIT - {"photos", "signatures"})
    return signed and texts and all(map(_is_photo, visit["photos"]))


def _is_photo(photo: Any) -> bool:
    if not isinstance(photo, dict) or set(photo) != PHOTO or type(photo["size"]) is not int:
        return False
    return all(isinstance(photo[name], str) for name in PHOTO - {"size"})


def _is_texts(value: Any, names: set[str]) -> bool:
    """Tell whether a value is an object of these fields, all of them texts (是否全为文字)."""
    return isinstance(value, dict) and set(value) == names and all(isinstance(text, str) for text in value.values())


def _note(row: Mapping[str, Any], visits: Mapping[str, Mapping[str, Any]]) -> str:
    """What the register's note says of a row: what was noted, points that failed, why nobody signed.

    Photographs and signatures are not counted here: a later file of the same form has more of them, and a row that is
    on record would look as if it had changed. They stand in the file, which is kept.
    """
    refused = visits[row["visit_id"]]["refused"] if row["visit_id"] in visits else ""
    failed = [str(one["point"]) for one in row["points"] if one["answer"] == FAILED]
    told = [
        row["note"],
        say("results.form_failed", points="、".join(failed)) if failed else "",
        say("results.form_refused", why=refused) if refused else "",
    ]
    return "；".join(one for one in told if one)
