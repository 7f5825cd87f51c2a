"""The data beside each page (网页旁的数据): the same rows as CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from supervision.canonical import canonical_json, digest
from supervision.notice.public_content import Content
from supervision.spreadsheet_text import open_csv

SOURCE_COLUMNS = ("draw", "name", "issue", "kind", "count", "low", "high", "at", "held", "values")
INTERVAL = "Wilson 95 %"
COMMITTED_COLUMNS = ("task_id", "access", "disclosure", "units", "sample", "reserve", "excluded", "frame_root")


def data_files(content: Content) -> dict[str, bytes]:
    """Return the data files of the pages (数据文件): path → bytes.

    commitment.json is the protocol's own file; verify.json and verify.csv hold what a reader needs for checking.
    Booleans do not stand in canonical JSON: yes and no are texts.
    """
    heading = content.heading
    head: dict[str, object] = {
        "city": heading.city,
        "round": heading.round,
        "rehearsal": "yes" if heading.rehearsal else "no",
        "stage": heading.stage,
    }
    files: dict[str, bytes] = {
        "index.json": canonical_json({**head, **_index(content)}),
        "index.csv": open_csv(("count", "number"), sorted(content.counts.items())),
        "plan.json": canonical_json(
            {**head, "tasks": records(content.plan), "items": records(content.items), "english": dict(content.english)}
        ),
        "plan.csv": frame_csv(content.plan),
        "items.csv": frame_csv(content.items),
        "draw.json": canonical_json({**head, "lists": records(content.lists)}),
        "draw.csv": frame_csv(content.lists),
        "results.json": canonical_json(
            {
                **head,
                "results": records(content.results),
                "corrections": records(content.corrections),
                "removed": dict(content.removed),
            }
        ),
        "oversight.json": canonical_json({**head, "counts": records(content.oversight), "interval": INTERVAL}),
        "oversight.csv": frame_csv(content.oversight),
        "corrections.csv": frame_csv(content.corrections),
        "results.csv": frame_csv(content.results),
        "verify.json": canonical_json({**head, "draws": draws(content), "sources": sources(content)}),
        "verify.csv": open_csv(SOURCE_COLUMNS, [[row[name] for name in SOURCE_COLUMNS] for row in sources(content)]),
        "commitment.csv": open_csv(COMMITTED_COLUMNS, committed_rows(content)),
    }
    if len(content.estimates):
        files["estimates.json"] = canonical_json({**head, "estimates": records(content.estimates)})
        files["estimates.csv"] = frame_csv(content.estimates)
    return files


def _index(content: Content) -> dict[str, object]:
    """What the first page tells; changes only where there are any."""
    changes = {"changes": records(content.changes)} if len(content.changes) else {}
    return {"counts": dict(content.counts), "clock": records(content.clock), **changes}


def frame_csv(frame: pd.DataFrame) -> bytes:
    """Return a frame as a CSV file that people may open (数据表转 CSV), missing values as nothing."""
    return open_csv(list(frame.columns), plain_rows(frame))


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame as a list of objects (数据表转 JSON), integers as int, missing values as None."""
    columns = list(frame.columns)
    return [dict(zip(columns, row, strict=True)) for row in plain_rows(frame)]


def plain_rows(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a frame as plain tuples (逐行取值), integers as int, missing values as None."""
    return zip(*(_plain(column) for _, column in frame.items()), strict=True)


def _plain(column: pd.Series) -> list[Any]:
    values = column.to_numpy(dtype=object, copy=True)
    values[column.isna().to_numpy()] = None
    found: list[Any] = values.tolist()
    return found


def suffixes(content: Content) -> list[tuple[str, str, str]]:
    """Return the draws of the round as (draw, commitment file, reveal file) (本轮各次抽取), the first draw first."""
    seconds = sorted(
        (name for name in content.proofs if name.startswith("roster_commitment")),
        key=lambda name: int(content.read[name]["number"]),
    )
    first = [("commitment.json", "reveal.json")] if "commitment.json" in content.proofs else []
    pairs = [*first, *((name, name.replace("roster_commitment", "reveal2")) for name in seconds)]
    return [(str(number), *pair) for number, pair in enumerate(pairs, 1)]


def draws(content: Content) -> list[dict[str, Any]]:
    """Return digest, key string and seed of each draw (各次抽取的摘要与种子); what is not known yet is None."""
    hash_name = content.read["commitment.json"]["hash"] if "commitment.json" in content.read else "sha256"
    rows = []
    for number, commitment, reveal in suffixes(content):
        revealed = content.read.get(reveal, {})
        rows.append(
            {
                "draw": number,
                "file": commitment,
                "protocol": content.read[commitment]["protocol"],
                "hash": hash_name,
                "committed_at": content.read[commitment]["committed_at"],
                "digest": digest(hash_name, content.proofs[commitment]).hex(),
                "sequence": content.read[commitment]["sequence"],
                "previous": content.read[commitment]["previous"],
                "key_string": revealed.get("key_string"),
                "seed": revealed.get("seed"),
            }
        )
    return rows


def sources(content: Content) -> list[dict[str, Any]]:
    """Return every source with its announced values (信源与开出的值), in the order of the commitments."""
    rows = []
    for number, commitment, reveal in suffixes(content):
        revealed = content.read.get(reveal, {})
        values, held = revealed.get("values", {}), revealed.get("held", {})
        for source in content.read[commitment]["sources"]:
            row = {name: source[name] for name in SOURCE_COLUMNS if name in source}
            name = source["name"]
            rows.append({**row, "draw": number, "held": held.get(name), "values": " ".join(values.get(name, []))})
    return rows


def committed_rows(content: Content) -> list[list[object]]:
    """Return the tasks of commitment.json as rows of `COMMITTED_COLUMNS` (承诺中的任务)."""
    entries = content.read.get("commitment.json", {}).get("tasks", [])
    return [
        [sum(entry[name].values()) if name == "excluded" else entry[name] for name in COMMITTED_COLUMNS]
        for entry in entries
    ]
