"""How long commit, draw and verify take, beside bare hashlib loops over the same units in the same run.

    python benchmarks/draw_speed.py [--units 2800000] [--frames 28] [--sample 50000]

Sealed frames of one group, four classes, sizes 200 to 1,000. Two processes, each with its peak of memory: production
(working probabilities, salts, roots, files; files back in, numbers, selection, order.csv) and the stand-alone verifier
over the folder that it wrote. The bare loop is what no program in Python can do without: one SHA-256 a unit over bytes
joined in the loop; it and the numbers are measured three times in turn, the least counts. Seconds are the processor's.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from frames import ROUND, frame

from supervision.canonical import digest
from supervision.month import round_files as files
from supervision.notice.manifest import Manifest
from supervision.sampling.bytes.unit_numbers import Secret
from supervision.sampling.drawing import draw
from supervision.sampling.frame.frame import Frame
from supervision.sampling.frame.strata import stratum_rows
from supervision.sampling.pareto.working_probability import working
from supervision.sampling.protocol import verifier
from supervision.sampling.protocol.commitment import Commitment
from supervision.sampling.protocol.frame_files import FILES, frame_files, read_frame
from supervision.sampling.protocol.frozen_frames import FrozenFrame, commit_frames
from supervision.sampling.protocol.result import Result
from supervision.sampling.protocol.reveal import Reveal
from supervision.sampling.protocol.seeds import Source, key_string, seed1

HASH, REPEATS = "sha256", 2
SECRET = Secret(frame_key=hashlib.sha256(b"benchmark").digest(), round_id=ROUND, hash_name=HASH)
CLASSES, SHARES, WEIGHTS = "ABCD", (0.4, 0.4, 0.15, 0.05), (0.5, 1.0, 3.0, 8.0)
VALUES = {"front": ["2", "8", "11", "19", "35"], "red": ["6", "9", "14", "20", "27", "31"], "blue": ["11"]}
VERIFY = """
import atexit, pathlib, runpy, sys
atexit.register(lambda: sys.stderr.write(pathlib.Path("/proc/self/status").read_text()))
del sys.argv[0]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


class Clock(dict[str, float]):
    """Processor seconds by name; of what is done several times the least."""

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Measure what is done meanwhile."""
        begun = time.process_time()
        yield
        self[name] = min(self.get(name, math.inf), time.process_time() - begun)


def made_frame(number: int, units: int, sample: int) -> Frame:
    """Return one task's frame of `units`, of which `sample` are drawn, more of the riskier classes."""
    random = np.random.default_rng(number)
    ids = [f"9132{number:03}{k:011}" for k in range(units)]
    stratum = random.choice(list(CLASSES), size=units, p=SHARES)
    many = {name: int((stratum == name).sum()) for name in CLASSES}
    share = {name: many[name] * weight for name, weight in zip(CLASSES, WEIGHTS, strict=True)}
    samples = {name: max(20, round(sample * share[name] / sum(share.values()))) for name in CLASSES}
    x = random.integers(200, 1001, units).astype(np.int64)
    return frame(f"T{number:02}", ids, stratum, x, samples, {name: n // 10 for name, n in samples.items()})


def source(name: str, kind: str, count: int, high: int) -> Source:
    return Source(name=name, issue="1", kind=kind, count=count, low=1, high=high, at="2026-12-01T21:15:00+08:00")


def commitment(frozen: list[FrozenFrame], roster: bytes) -> Commitment:
    empty = digest(HASH, b"{}").hex()
    return Commitment(
        agency="city",
        round=ROUND,
        rehearsal=True,
        committed_at="2026-12-01T00:00:00+08:00",
        evidence="2026-11-30",
        hash_name=HASH,
        sequence=0,
        previous=None,
        log=None,
        cause=None,
        key_digest=digest(HASH, SECRET.frame_key).hex(),
        rules=empty,
        register=empty,
        roster=SECRET.file_digest("roster", 0, roster),
        software=digest(HASH, Path(verifier.__file__).read_bytes()).hex(),
        sources=(source("front", "set", 5, 35), source("red", "set", 6, 33), source("blue", "number", 1, 16)),
        tasks=tuple(one.entry() for one in frozen),
    ).check(interval_hours=24)


def produced(out: Path, units: int, frames: int, sample: int) -> Clock:
    """Commit and draw a round by the product's functions, write its folder, and return the seconds."""
    clock, audit, public = Clock(), out / "audit" / ROUND, out / "public" / ROUND
    for folder in (public, *(audit / "tasks" / f"T{number:02}" for number in range(frames))):
        folder.mkdir(parents=True)
    built = [made_frame(number, units // frames, sample // frames) for number in range(frames)]
    with clock("commit: L"):
        for one in built:
            worked_again(one)
    with clock("commit: salts, leaves, roots"):
        frozen = commit_frames(built, SECRET)
    with clock("commit: files out"):
        for one in frozen:
            for name, body in frame_files(one).items():
                (audit / "tasks" / one.task_id / name).write_bytes(body)
    keys = sorted((one.task_id, name, key) for one in frozen for key, name in one.keys.items())
    roster = files.ROSTER_0.to_bytes(files.ROSTER_TABLE.frame([]))
    first = commitment(frozen, roster)
    del built, frozen
    with clock("draw: files in"):
        records = [
            read_frame(entry, {name: (audit / "tasks" / entry.task_id / name).read_bytes() for name in FILES})
            for entry in first.tasks
        ]
    key = key_string(first.sources, VALUES)
    seed = seed1(first.digest, key, hash_name=HASH)
    with clock("draw: numbers, selection"):
        lists = draw(records, seed1=seed, round_id=ROUND, hash_name=HASH)
    clock["peak"] = peak(Path("/proc/self/status").read_text())
    salts = [one.tobytes() for record in records for one in record.salt]
    ids = [unit.encode() for record in records for unit in record.rows["unit_id"]]
    for _ in range(REPEATS):
        with clock("draw: numbers, selection"):
            draw(records, seed1=seed, round_id=ROUND, hash_name=HASH)
        with clock("bare loop"):
            bare_loop(seed + bytes(32), salts, ids)
    del salts, ids
    with clock("draw: order.csv"):
        for name, one in lists.items():
            (audit / "tasks" / name / "order.csv").write_bytes(files.ORDER.to_bytes(one.order))
    held = {source.name: source.at for source in first.sources}
    named = {"commitment": first.digest.hex(), "round": ROUND, "seed": seed}
    chosen = {name: one.drawn for name, one in lists.items()}
    small = {
        public / "commitment.json": first.to_bytes(),
        public / "reveal.json": Reveal(held=held, values=VALUES, key_string=key, **named).to_bytes(),
        public / "result.json": Result.of(chosen, first, seed=seed, secret=SECRET).to_bytes(),
        public / "verify.py": Path(verifier.__file__).read_bytes(),
        audit / "frame_key.hex": SECRET.frame_key.hex().encode(),
        audit / "roster-0.csv": roster,
        audit / "tasks.csv": files.TASKS.to_bytes(files.TASKS_TABLE.frame([(name, f"{name}-a") for name in chosen])),
        audit / "strata_keys.csv": files.STRATA_KEYS.to_bytes(files.STRATA_KEYS_TABLE.frame(keys)),
        **{audit / name: b"{}" for name in ("rules.json", "registers.json")},
        **{audit / name: b"[]" for name in ("stepins.json", "changes.json")},
    }
    for path, body in small.items():
        path.write_bytes(body)
    for folder in (public, audit):
        bodies = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}
        listed = {name: (len(body), hashlib.sha256(body).hexdigest()) for name, body in bodies.items()}
        manifest = Manifest(round=ROUND, sequence=1, previous=None, reason=None, files=listed)
        (folder / "manifest.json").write_bytes(manifest.to_bytes())
    clock["drawn"] = sum(len(one) for one in chosen.values())
    return clock


def worked_again(one: Frame) -> None:
    """Work out L of a frame as the commitment does."""
    for entry, rows in stratum_rows(one.rows, one.strata):
        working(one.rows["x"].to_numpy()[rows], int(entry["sample"]))


def bare_loop(head: bytes, salts: list[bytes], units: list[bytes]) -> None:
    """Hash every unit once in the plainest loop: seed and label, salt, unit_id."""
    sha256 = hashlib.sha256
    for salt, unit in zip(salts, units, strict=True):
        sha256(head + salt + unit).digest()


def peak(status: str) -> float:
    """Return the peak of memory in MB from /proc/self/status."""
    return int(status.split("VmHWM:", 1)[1].split(maxsplit=1)[0]) / 1024


def measured(units: int, frames: int, sample: int) -> None:
    """Run production and verifier, each a process of its own, and print the table."""
    with tempfile.TemporaryDirectory() as name:
        size = ["--units", str(units), "--frames", str(frames), "--sample", str(sample)]
        command = [sys.executable, __file__, "--produce", name, *size]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        clock = json.loads(run.stdout)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-I", "-c", VERIFY, verifier.__file__, name, "--lang", "en"]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        verify = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    drawn, bare, production = (clock.pop(name) for name in ("drawn", "bare loop", "peak"))
    both, numbers = sum(clock.values()), clock["draw: numbers, selection"]
    print(f"\n{units:,} units in {frames} frames, {drawn:,} drawn: {run.stdout.splitlines()[-1]}")
    print("| step | processor s | us a unit | |\n|---|---|---|---|")
    for step, seconds in clock.items():
        print(f"| {step} | {seconds:.1f} | {seconds / units * 1e6:.2f} | |")
    print(f"| bare hashlib loop | {bare:.1f} | {bare / units * 1e6:.2f} | numbers, selection: {numbers / bare:.2f} x |")
    print(f"| commit + draw | {both:.1f} | {both / units * 1e6:.2f} | peak {production:,.0f} MB |")
    each = verify / units * 1e6
    ratio = f"{verify / both:.2f} x commit + draw, peak {peak(run.stderr):,.0f} MB"
    print(f"| verify (exit {run.returncode}) | {verify:.1f} | {each:.2f} | {ratio} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=2_800_000)
    parser.add_argument("--frames", type=int, default=28)
    parser.add_argument("--sample", type=int, default=50_000)
    parser.add_argument("--produce", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.produce:
        clock = produced(given.produce, given.units, given.frames, given.sample)
        print(json.dumps(clock))
        return
    measured(given.units, given.frames, given.sample)
    measured(300_000, 1, 300_000 * given.sample // given.units)


if __name__ == "__main__":
    main()
