"""Scores, frames and draw of a province on partitions, beside one process: python benchmarks/scale.py [--units N …].

    python benchmarks/scale.py --units 2800000 10000000 18000000 --workers 1 2 --serial-up-to 10000000 --score

Invented units of five tasks that cover all of them, with classes, scores, regions, whitelists and past visits; a unit
follows from its number alone, whatever the partitions. Each run is a process of its own: `serial` frames, freezes and
draws in one process with the functions of the commands `commit` and `draw`; the others do it with `scale` on so many
workers of this machine. With --score classes and scores are not given but made, from the registers of
`scored_units`, in one process by `assess_city`, on partitions by `scale score`. Everything that is written – scores
with their reasons, frames, strata, exclusions, orders, roots, result – is hashed, and the digests are compared. Seconds
are the processor's, of all processes together and of the one that coordinates; wall seconds stand beside them and are
worth something only on an idle machine. Estimates are said to be such.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import scored_units
import yaml
from draw_speed import ROUND, SECRET, VALUES, commitment

from supervision.canonical import canonical_json
from supervision.demo.chance import Chance
from supervision.domain.items import Item, Task
from supervision.law.rules import Rules
from supervision.month.round_files import ROSTER_0, ROSTER_TABLE
from supervision.risk.cards import Cards
from supervision.risk.classes import assess_city
from supervision.risk.expert_card import expert_card
from supervision.risk.scoring_inputs import ScoringInputs
from supervision.risk.standing import Standing
from supervision.sampling.drawing import ORDER, draw
from supervision.sampling.frame.inputs import FrameInputs
from supervision.sampling.protocol.frame_files import frame_files
from supervision.sampling.protocol.frozen_frames import commit_frames
from supervision.sampling.protocol.result import Result
from supervision.sampling.protocol.seeds import key_string, seed1
from supervision.scale import files
from supervision.scale.drawing import make_draw
from supervision.scale.engine import engine
from supervision.scale.framing import make_frames
from supervision.scale.partitions import put_partition, read_partition
from supervision.scale.scoring import make_scores
from supervision.scale.scoring_files import PROFESSIONAL, SCORING, STANDING, put_shared_scoring, register
from supervision.scale.shared_inputs import put_shared, shared_in
from supervision.spare_memory import give_back
from supervision.store.shipped_files import shipped_rules

CHANCE = Chance(seed=16)
TAGS, SHARES = ("餐饮", "食品经营", "特种设备", "工业", "零售"), (0.15, 0.2, 0.05, 0.2, 0.4)
CLASSES, CLASS_SHARES = np.array(list("ABCD")), (0.5, 0.35, 0.12, 0.03)
REGIONS = np.array([f"3205{number:02}" for number in range(5, 15)])
ITEM = {"item_id": "i1", "name": "", "department": "market", "kind": "key", "basis": "", "half_days": 1}
TASK = {"name": "", "round": ROUND, "items": ("i1",), "lead": "market", "regime": "random", "access": "sealed",
        "disclosure": "after_visit", "ratio": "A=0.05%;B=0.2%;C=1%;D=5%", "reserve": "20%"}  # fmt: skip
GB = 1 << 20  # of kilobytes
PROVINCE = 180_000_000
OWN_FILES = ("frame.csv", "strata.json", "excluded.csv", "order.csv")


def tasks() -> tuple[Task, ...]:
    """Five tasks, two of them by region: together they frame everybody once."""
    days = {"start": date(2026, 12, 1), "end": date(2026, 12, 31)}
    return tuple(
        Task(task_id=f"T{n:02}", population=f"tags={tag}", by_region=n % 2 == 1, **TASK, **days)
        for n, tag in enumerate(TAGS)
    )


def law() -> Rules:
    """The shipped rules, and the one that a city must set itself: two visits a year by one agency, four by all."""
    value = {"from": date(2026, 1, 1), "value": {"same_agency": 2, "all_agencies": 4}, "basis": "invented",
             "verified": False, "review_by": date(2026, 12, 31)}  # fmt: skip
    rule = {"id": "shared/yearly_visit_cap", "title": {"zh": "-", "en": "-"}, "unit": "visits", "values": [value]}
    return Rules.read(shipped_rules(), {"shared/yearly_visit_cap.yaml": yaml.safe_dump(rule).encode()})


def part_of(first: int, last: int, said: Any) -> FrameInputs:
    """Return the units from one number to the next: every value follows from the unit's number."""
    rows = np.arange(first, last, dtype=np.int64)
    unit_id = pd.Series([f"91320505{row:010}" for row in rows.tolist()], dtype="str")

    def one_of(column: str, values: Any, shares: Any) -> Any:
        return pd.Series(pd.Categorical.from_codes(CHANCE.pick(column, shares, rows), values)).astype("str")

    score = np.minimum(CHANCE.below("score", 600, rows) + CHANCE.below("more", 400, rows), 1000)
    entities = pd.DataFrame({
        "unit_id": unit_id, "status": one_of("status", ["存续", "注销"], [0.96, 0.04]),
        "type": one_of("type", ["企业", "个体工商户"], [0.4, 0.6]), "region": one_of("region", REGIONS, [1] * 10),
        "tags": one_of("tags", TAGS, SHARES),
        "established": np.datetime64("2000-01-01", "s") + CHANCE.below("age", 9000, rows).astype("timedelta64[D]"),
    })  # fmt: skip
    listed = np.flatnonzero(CHANCE.uniform("listed", rows) < 0.01)
    exemptions = pd.DataFrame({
        "unit_id": unit_id.take(listed).array, "list": "whitelist", "tier": "undisturbed", "scope": "",
    }, dtype="str")  # fmt: skip
    whole = {"from_date": np.datetime64("2026-01-01", "s"), "until_date": np.datetime64("2026-12-31", "s")}
    seen = np.flatnonzero(CHANCE.uniform("visited", rows) < 0.1)
    texts = {"agency": "market", "kind": "routine", "visit_no": "", "item_id": "i1"}
    visits = pd.DataFrame({"unit_id": unit_id.take(seen).array, **texts}, dtype="str")
    visited = CHANCE.below("visit", 700, rows)[seen].astype("timedelta64[D]")
    caps = {"agency": "str", "category": "str", "field": "str", "risk_class": "str", "kinds": "str", "level": "str",
            "counted_by": "str", "per_year": "Int64", "min_interval_days": "Int64", "from_date": "datetime64[s]",
            "until_date": "datetime64[s]"}  # fmt: skip
    return FrameInputs(
        tasks=tasks(),
        items={"i1": Item(ratio="根据实际情况确定", inspectors=2, **ITEM)},
        entities=entities,
        scores=pd.DataFrame({"unit_id": unit_id, "score": score.astype(np.int16),
                             "class": one_of("class", CLASSES, CLASS_SHARES)}),
        professional=pd.DataFrame({name: pd.Series(dtype="str") for name in ("unit_id", "field", "class")}),
        exemptions=exemptions.assign(**whole),
        visits=visits.assign(date=np.datetime64("2025-01-01", "s") + visited),
        caps=pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in caps.items()}),
        law=said,
    )  # fmt: skip


def make(folder: Path, units: int, size: int, *, score: bool) -> None:
    """Write the partitions of so many units, each of `size`; to be scored with `score`."""
    rules = law()
    said = rules.on(date(2026, 12, 1))
    part = part_of(0, 0, said)
    for number, first in enumerate(range(0, units, size)):
        rows = np.arange(first, min(first + size, units), dtype=np.int64)
        part = part_of(first, first + len(rows), said)
        put_partition(folder, number, part, scored=not score)
        if score:
            put_registers(folder, number, rows, part)
    given = {"rules": rules, "round_id": ROUND, "hash_name": SECRET.hash_name}
    put_shared(folder, part, **given, twins=[], partitions=-(-units // size))
    if score:
        put_shared_scoring(folder, inputs_of({}.__getitem__, said, Standing.of_nobody().table))


def put_registers(folder: Path, number: int, rows: Any, part: FrameInputs) -> None:
    """Write what a partition is scored from; last month nearly everybody had a class, of which something is new."""
    unit_id = part.entities["unit_id"]
    tables = scored_units.registers(rows, unit_id, part.entities)
    before = part.scores["class"]
    never = pd.Series([None] * len(rows), dtype="str")
    standing = pd.DataFrame({"unit_id": unit_id, "class": before, "override": never, "by_score": before, "mark": rows})
    standing = standing[rows % 100 > 0].reset_index(drop=True)
    professional = pd.DataFrame({name: pd.Series(dtype="str") for name in ("unit_id", "field", "class")})
    professional["from_date"] = professional["until_date"] = pd.Series(dtype="datetime64[s]")
    for kind, table in (tables | {STANDING: standing, PROFESSIONAL: professional}).items():
        files.put_table(register(folder, number, kind), table)


def inputs_of(read: Any, said: Any, standing: pd.DataFrame) -> ScoringInputs:
    """Return what is scored from: the shipped expert card."""
    nobody = pd.DataFrame()
    return ScoringInputs(
        read=read, on=scored_units.ON, cards=Cards(general=expert_card(said.value("shared/expert_card"))),
        outcomes=scored_units.OUTCOMES, professional=nobody, standing=Standing(table=standing),
    )  # fmt: skip


def scored_here(folder: Path) -> pd.DataFrame:
    """Score everybody in this process: the table of all units."""
    said, numbers = shared_in(folder).law, files.partitions(folder)

    def read(kind: str) -> pd.DataFrame:
        return pd.concat([files.get_table(register(folder, number, kind)) for number in numbers], ignore_index=True)

    given = inputs_of(read, said, pd.DataFrame())
    return assess_city(
        given.read, on=given.on, law=said, cards=given.cards, outcomes=given.outcomes,
        needed=said.value("shared/licence_needed"), standing=lambda: Standing(table=read(STANDING)),
    )  # fmt: skip


def put_scores(folder: Path, table: pd.DataFrame) -> None:
    """Write everybody's scores where frames look for them; nobody has a field's class."""
    fields = pd.DataFrame({name: pd.Series(dtype="str") for name in ("unit_id", "field", "class")})
    first = 0
    for number in files.partitions(folder):
        units = len(files.get_table(register(folder, number, "entities"), ["known_on"]))
        part = table[["unit_id", "score", "class"]].iloc[first : first + units].reset_index(drop=True)
        files.put_table(files.partition(folder, number) / "scores.parquet", part)
        files.put_table(files.partition(folder, number) / "professional.parquet", fields)
        first += units


def digest_of(table: pd.DataFrame) -> bytes:
    """Return a digest of a table of scores, by parts: texts as such, numbers as their bytes."""
    found = hashlib.sha256()
    for first in range(0, len(table), 500_000):
        part = table.iloc[first : first + 500_000]
        for name in sorted(table.columns):
            column = part[name]
            if column.dtype.kind in "ib":
                found.update(column.to_numpy().tobytes())
            else:
                found.update("\n".join(column.astype("str").fillna("").tolist()).encode())
    return found.digest()


def beginning(whole: Path, folder: Path, units: int, size: int) -> None:
    """Take the first units of a larger folder: whole partitions of it."""
    folder.mkdir()
    for number in range(units // size):
        files.partition(folder, number).symlink_to(files.partition(whole, number))
    for name in (files.SHARED, files.CAPS, files.RULES, SCORING):
        if (whole / name).exists():
            shutil.copy(whole / name, folder / name)
    files.put_json(folder / files.SHARED, files.get_json(folder / files.SHARED) | {"partitions": units // size})


def committed(entries: Any) -> Any:
    """The commitment of these frames."""
    return commitment([SimpleNamespace(entry=lambda one=one: one) for one in entries],
                      ROSTER_0.to_bytes(ROSTER_TABLE.frame([])))  # fmt: skip


def one_process(folder: Path) -> dict[str, Any]:
    """Score, frame, freeze and draw all units in this process, and hash all that would be written."""
    begun, found, walls = time.perf_counter(), hashlib.sha256(), {}
    if (folder / SCORING).exists():
        put_scores(folder, table := scored_here(folder))
        walls["scored_wall"] = round(time.perf_counter() - begun, 1)
        found.update(digest_of(table))
        del table
        give_back()
    parts = [read_partition(folder, number) for number in files.partitions(folder)]
    names = ("entities", "scores", "professional", "exemptions", "visits")
    rows = {name: pd.concat([getattr(part, name) for part in parts], ignore_index=True) for name in names}
    first = parts[0]
    inputs = FrameInputs(tasks=first.tasks, items=first.items, caps=first.caps, law=first.law, **rows)
    del parts, rows
    frozen = commit_frames([inputs.frame(task) for task in inputs.tasks], SECRET)
    del inputs
    public = committed([one.entry() for one in frozen])
    seed = seed1(public.digest, key_string(public.sources, VALUES), hash_name=SECRET.hash_name)
    lists = draw(frozen, seed1=seed, round_id=ROUND, hash_name=SECRET.hash_name)
    for one in frozen:
        written = frame_files(one) | {"order.csv": ORDER.to_csv(lists[one.task_id].order)}
        for name in OWN_FILES:
            found.update(hashlib.sha256(written[name]).digest())
        found.update(canonical_json(asdict(one.entry())))
    chosen = {name: one.drawn for name, one in lists.items()}
    found.update(Result.of(chosen, public, seed=seed, secret=SECRET).to_bytes())
    return told(found, begun, {"drawn": sum(map(len, chosen.values()))} | walls)


def partitioned(folder: Path, out: Path, workers: int) -> dict[str, Any]:
    """Score, frame and draw on workers, hash what was written, and ask every worker what it has used."""
    begun, stages = time.perf_counter(), {}

    def silent(code: str, _done: int, _total: int) -> None:
        stages.setdefault(code, round(time.perf_counter() - begun, 1))  # when the first of its work was done

    with engine(workers=workers) as calculator:
        scored, peaks = 0.0, []
        if (folder / SCORING).exists():
            make_scores(folder, calculator, silent)
            scored = time.perf_counter() - begun
            peaks = [usage()[1], *(one[1] for one in calculator.client.run(usage).values())]
        made = make_frames(folder, out, SECRET, calculator, silent)
        framed = time.perf_counter() - begun
        lists = make_draw(out, committed(made.entries), SECRET.frame_key, calculator, silent, values=VALUES, held={})
        wall = time.perf_counter() - begun
        used = list(calculator.client.run(usage).values())
    found, own = hashlib.sha256(), usage()  # hashing is no part of the work
    if scored:
        parts = sorted(folder.glob("[0-9]*/assessment.parquet"))
        found.update(digest_of(pd.concat([pd.read_parquet(part) for part in parts], ignore_index=True)))
    for entry in made.entries:
        for name in OWN_FILES:
            with files.task_file(out, entry.task_id, name).open("rb") as source:
                found.update(hashlib.file_digest(source, "sha256").digest())
        found.update(canonical_json(asdict(entry)))
    found.update((out / files.RESULT).read_bytes())
    return told(found, begun, {
        "drawn": sum(len(one.drawn) for one in lists.lists.values()), "scored_wall": round(scored, 1),
        "framed_wall": round(framed - scored, 1), "drawn_wall": round(wall - framed, 1), "wall": round(wall, 1),
        "coordinator_cpu": round(own[0], 1), "worker_cpu": [round(one[0], 1) for one in used],
        "worker_peak_mb": [one[1] for one in used], "peak_mb": own[1], "scored_peaks_mb": peaks, "stages": stages,
    })  # fmt: skip


def usage() -> tuple[float, int]:
    """Seconds of the processor and peak of memory in MB of this process."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return own.ru_utime + own.ru_stime, int(status.split("VmHWM:", 1)[1].split(maxsplit=1)[0]) // 1024


def told(found: Any, begun: float, more: dict[str, Any]) -> dict[str, Any]:
    cpu, peak = usage()
    said = {"digest": found.hexdigest(), "cpu": round(cpu, 1), "peak_mb": peak}
    return said | {"wall": round(time.perf_counter() - begun, 1)} | more


def child(*words: object) -> dict[str, Any]:
    """Run this file in a process of its own, and return what it printed."""
    run = subprocess.run([sys.executable, __file__, *map(str, words)], check=True, stdout=subprocess.PIPE)
    return json.loads(run.stdout.splitlines()[-1] or b"null")


def measured(units: int, whole: Path, given: Any) -> list[dict[str, Any]]:
    """Measure one size: its rows of the table; the digests must agree."""
    rows, asked = [], ["score"] * given.score
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        work = Path(name)
        if units % given.partition:
            child("--child", "make", work / "parts", units, given.partition, *asked)
        else:
            beginning(whole, work / "parts", units, given.partition)
        if units <= given.serial_up_to:
            rows.append({"units": units, "who": "one process"} | child("--child", "serial", work / "parts"))
            show(rows[-1])
        for workers in given.workers:
            told = child("--child", "scale", work / "parts", work / "out", workers)
            rows.append({"units": units, "who": f"scale, {workers} worker{'s' * (workers > 1)}"} | told)
            show(rows[-1])
            shutil.rmtree(work / "out")
    assert len({row["digest"] for row in rows}) == 1, "the digests differ"
    return rows


def show(row: dict[str, Any]) -> None:
    coordinator, own = row.get("coordinator_cpu"), row.get("worker_cpu", [])
    whole = row["cpu"] if coordinator is None else coordinator + sum(own)
    peak = max([row["peak_mb"], *row.get("worker_peak_mb", [])])
    shares = "" if coordinator is None else f"{coordinator:.1f} + {' + '.join(f'{one:.1f}' for one in own)}"
    print(f"| {row['units']:,} | {row['who']} | {whole:.1f} | {shares} | {row['wall']:.0f} | {peak:,} MB | "
          f"{row['drawn']:,} | {row['digest'][:16]} |", flush=True)  # fmt: skip
    walls = {name: row[name] for name in ("scored_wall", "framed_wall", "drawn_wall", "scored_peaks_mb", "stages")
             if row.get(name)}  # fmt: skip
    print(f"#   {json.dumps(walls)}", flush=True)


def estimates(rows: list[dict[str, Any]], most: int) -> None:
    """Say what a nation and 32 cores would take, by the cost of a unit between the least and the greatest size."""
    own = [row for row in rows if row["who"].startswith(f"scale, {most} ")]
    if len({row["units"] for row in own}) < 2:
        return
    low, high = own[0], own[-1]

    def line(value: Any) -> tuple[float, float]:
        each = (value(high) - value(low)) / (high["units"] - low["units"])
        return each, max(0.0, value(low) - each * low["units"])

    parts = {
        "workers": line(lambda row: sum(row["worker_cpu"])),
        "coordinator": line(lambda row: row["coordinator_cpu"]),
    }
    for units in (high["units"], PROVINCE):
        seconds = {name: each * units + fixed for name, (each, fixed) in parts.items()}
        for cores in (2, 32):
            wall = (seconds["coordinator"] + seconds["workers"] / cores) / 60
            cost = f"{seconds['workers']:.0f} s of workers / {cores} + {seconds['coordinator']:.0f} s of one process"
            print(f"estimate: {units:,} units on {cores} cores: {wall:.1f} minutes ({cost})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, nargs="+", default=[2_800_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--partition", type=int, default=500_000, help="units of a partition")
    parser.add_argument("--serial-up-to", type=int, default=10_000_000)
    parser.add_argument("--score", action="store_true", help="make the scores, too")
    parser.add_argument("--folder", type=Path, help="where the files go (some GB)")
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        what, *words = given.child
        if what == "make":
            make(Path(words[0]), int(words[1]), int(words[2]), score="score" in words)
            print("{}")
        else:
            done = (
                one_process(Path(words[0])) if what == "serial" else partitioned(*map(Path, words[:2]), int(words[2]))
            )
            print(json.dumps(done))
        return
    print("| units | who | processor s | coordinator + workers | wall s | greatest peak | drawn | digest |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(dir=given.folder) as whole:
        most = max((units for units in given.units if units % given.partition == 0), default=0)
        child("--child", "make", whole, most, given.partition, *["score"] * given.score)
        rows = [row for units in given.units for row in measured(units, Path(whole), given)]
    estimates(rows, max(given.workers))


if __name__ == "__main__":
    main()
