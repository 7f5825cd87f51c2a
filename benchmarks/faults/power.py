"""The power fails: of what a command wrote only what it brought to the disk is sure. Is the last finished step there?

    python benchmarks/faults/power.py --moments 200 --seed 1 [--entities 500] [--folder DIR]

Every command of a month (see kills.py) runs once with power.c loaded before libc, which records each write, truncation,
new or removed name, and each fsync of a file or a folder. Then, moment by moment: a random place in that record, and a
disk as it may stand after the power failed there. Sure is what a file held at its last fsync, and names whose folder
was synced since; of later writes to a file a random part is there, in any order and torn in the middle; of later names
in a folder a random number of the first. Then the questions of kills.py: does all stand that stood before, is the store
sound, does the same command end as if nothing had happened? What is simulated is POSIX at its strictest: ext4, XFS and
Btrfs keep more. Not simulated: a disk that says it has written and has not.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from copy import deepcopy
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from disks import Change, Disk, built, changes_in
from kills import AGAIN, compare, differences, name, undisturbed
from months import OUT, Standing, copy, faults_inside, ready, run, standing, write_inputs

LOADED = "FAULTS_POWER"


def main() -> None:
    """Run the campaign and print its figures; exit 1 where anything was lost or differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--entities", type=int, default=500)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    folder = (given.folder or Path(tempfile.mkdtemp(prefix="power-"))).resolve()
    folder.mkdir(exist_ok=True)
    if LOADED not in os.environ:
        shim = built(folder)
        again = [sys.executable, *sys.argv, "--folder", str(folder)]
        code = subprocess.run(again, env={**os.environ, "LD_PRELOAD": str(shim), LOADED: str(shim)}, check=False)
        if given.folder is None:
            shutil.rmtree(folder)
        sys.exit(code.returncode)
    ready()
    write_inputs(folder / "city", given.entities)
    line = undisturbed(folder)
    disks, records = zip(*[recorded(folder, place, command) for place, (command, _, _) in enumerate(line)], strict=True)
    syncs = sum(change.kind in "sd" for record in records for change in record)
    print(f"{len(line)} commands, {sum(map(len, records))} changes, {syncs} syncs; seed {given.seed}", flush=True)
    chance = random.Random(given.seed)
    faults, lost, by_command = [], 0, Counter[str]()
    for number in range(given.moments):
        place = (
            number if number < len(line) <= given.moments else chance.choices(range(len(line)), map(len, records))[0]
        )
        moment = chance.randrange(len(records[place]) + 1)
        gone, found = failed(folder, line[place], disks[place], records[place][:moment], chance)
        command = name(line[place][0])
        by_command[command] += 1
        lost += gone
        faults += [f"{command} after {moment} of {len(records[place])}: {text}" for text in found]
        for text in found:
            print(f"{command} after {moment} of {len(records[place])}: {text}", file=sys.stderr, flush=True)
    print(" ".join(f"{one}:{count}" for one, count in sorted(by_command.items())))
    print(f"power failed {given.moments} times, faults {len(faults)}, rows lost {lost}")
    sys.exit(1 if faults or lost else 0)


def recorded(folder: Path, place: int, command: list[str]) -> tuple[Disk, list[Change]]:
    """Run a command once more, and return the disk before it and what it changed there."""
    work, log = folder / "work", folder / f"record-{place}"
    copy(folder / f"before-{place}", work)
    before = Disk.of(work)
    shim = ctypes.CDLL(os.environ[LOADED])
    run(work, command, disturb=lambda: shim.power_begin(str(work).encode(), str(log).encode()))
    return before, changes_in(log)


def failed(
    folder: Path,
    line: tuple[list[str], float, Standing],
    start: Disk,
    done: list[Change],
    chance: random.Random,
) -> tuple[int, list[str]]:
    """Let the power fail after some changes; return rows lost and faults."""
    command, _, after = line
    work = folder / "work"
    start.write(work)
    before = standing(work)
    disk = deepcopy(start)
    for change in done:
        disk.do(change)
    disk.fail(chance)
    disk.write(work)
    found = [f"failed: {text}" for text in faults_inside(work)]
    gone, torn_files = compare(before, standing(work), after)
    found += [text for text in torn_files if not text.endswith("is torn")]
    second = run(work, command)
    finished = name(command) in AGAIN and second.code == 2
    if (second.code not in (0, 3, 4) and not finished) or "TRACEBACK" in second.said:
        found.append(f"again: exit {second.code} {second.said[-300:]}")
    found += [f"again: {text}" for text in faults_inside(work)]
    return gone, found + [text for text in differences(standing(work), after) if f"{OUT}-kept" not in text]


if __name__ == "__main__":
    main()
