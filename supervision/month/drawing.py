"""The first draw (第一次抽取): values of the public sources become the seed, the seed the lists."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pandas as pd

from supervision.canonical import digest
from supervision.errors import UsageError
from supervision.month.desk import Desk
from supervision.month.report import Report
from supervision.month.sources import Values, announce, check_person
from supervision.sampling import drawing as first_draw
from supervision.sampling.protocol.commitment import result, reveal
from supervision.sampling.protocol.draw_files import order_csv, read_record
from supervision.sampling.protocol.frozen_frames import FrameRecord
from supervision.sampling.protocol.seeds import Source, key_string, seed1


def draw(desk: Desk, round_id: str, *, values: Values, strict: bool = True) -> Report:
    """Draw the round's lists (抽取名单). A round is drawn once; a second call says what was drawn.

    Values are needed for every source of the commitment; while some are missing, the report says which. Others in
    `values` belong to later draws and are left. `strict` refuses values before their time, else they wait.
    """
    desk.need(round_id, "commit", "commit")
    if "draw" in desk.finished(round_id):
        return drawn(desk, round_id)
    if "abandon" in desk.finished(round_id):
        raise UsageError("month.was_abandoned", round=round_id)
    mine, waiting = announce(desk, round_id, "public/commitment.json", values, strict=strict)
    if waiting is not None:
        return waiting
    check_person(desk, round_id, "draw")
    body = desk.store.get(round_id, "public/commitment.json")
    commitment = json.loads(body)
    sources = [Source.of(entry) for entry in commitment["sources"]]
    key, hash_name = key_string(sources, mine), commitment["hash"]
    seed = seed1(digest(hash_name, body), key, hash_name=hash_name)
    desk.progress("month.draw", 0, 0)
    records = frame_records(desk, round_id)
    lists = first_draw.draw(records, seed1=seed, round_id=round_id, hash_name=hash_name)
    frame_key = desk.frame_key(round_id)
    shown = result(
        {name: one.drawn for name, one in lists.items()},
        records,
        round_id=round_id,
        seed=seed,
        commitment_digest=digest(hash_name, body).hex(),
        frame_key=frame_key,
        hash_name=hash_name,
    )
    with desk.store.step(
        round_id, "draw", who=desk.whom(round_id), at=desk.at(round_id), inputs={"key_string": key}
    ) as step:
        step.put("public/reveal.json", reveal(round_id=round_id, values=mine, key=key, seed=seed))
        step.put("public/result.json", shown)
        for name, one in lists.items():
            step.put(f"audit/tasks/{name}/order.csv", order_csv(one.order))
        step.table("drawn", drawn_table(lists))
    return drawn(desk, round_id)


def drawn(desk: Desk, round_id: str) -> Report:
    """Say what was drawn (抽取结果)."""
    table = desk.store.table(round_id, "drawn")
    chosen = table[table["role"] == "drawn"]
    revealed = json.loads(desk.store.get(round_id, "public/reveal.json"))
    counts = {str(name): int(count) for name, count in chosen["task_id"].value_counts().sort_index().items()}
    report = Report(facts={"seed": revealed["seed"], "drawn": counts, "units": int(chosen["unit_id"].nunique())})
    report.say("month.drawn", round=round_id, seed=revealed["seed"], places=len(chosen), units=report.facts["units"])
    return report


def frame_records(desk: Desk, round_id: str) -> list[FrameRecord]:
    """Read the committed frames back (读回已承诺的抽样框): what was committed, not what the registers say by now."""
    commitment = json.loads(desk.store.get(round_id, "public/commitment.json"))
    found = []
    for entry in commitment["tasks"]:
        part = f"audit/tasks/{entry['task_id']}"
        found.append(
            read_record(
                entry,
                frame=desk.store.get(round_id, f"{part}/frame.csv"),
                strata=desk.store.get(round_id, f"{part}/strata.json"),
                excluded=desk.store.get(round_id, f"{part}/excluded.csv"),
            )
        )
    return found


def drawn_table(lists: Mapping[str, first_draw.Drawn]) -> pd.DataFrame:
    """Return drawn and reserve units of all tasks (抽中与备选): task_id, unit_id, stratum, rank, role."""
    parts = [one.order[["unit_id", "stratum", "rank", "role"]].assign(task_id=name) for name, one in lists.items()]
    return pd.concat(parts, ignore_index=True).astype({"task_id": "str"})
