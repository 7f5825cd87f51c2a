"""A full disk, a folder that cannot be written, two commands at once: is each told clearly, and is nothing lost?

    python benchmarks/faults/writes.py --moments 60 --seed 1 [--entities 500] [--folder DIR]

For every command of a month (see kills.py): it runs on a disk of its own (tmpfs, in a mount namespace: root on Linux)
that has room for a random part of what the command writes; where no disk can be mounted, under a limit of a random size
for each file. It must stop with a sentence, without a traceback, leave a sound store with all that stood before, and,
given room, end as if nothing had happened. Then the same command on a read-only disk, and twice at the same time.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from kills import compare, differences, name, undisturbed
from months import Ended, Standing, copy, faults_inside, limit_files, ready, run, standing, start, wait, write_inputs

MOUNTED = "FAULTS_MOUNTED"
ENOUGH = "512m"
Line = tuple[list[str], float, Standing]


def main() -> None:
    """Run the campaign and print its figures; exit 1 where anything was lost, unclear or different."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moments", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--entities", type=int, default=500)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if MOUNTED not in os.environ and can_mount():
        os.execvpe("unshare", ["unshare", "-m", sys.executable, *sys.argv], {**os.environ, MOUNTED: "1"})  # noqa: S606
    folder = given.folder or Path(tempfile.mkdtemp(prefix="writes-"))
    begun = time.monotonic()
    ready()
    write_inputs(folder / "city", given.entities)
    line = undisturbed(folder)
    disk = Disk(folder / "disk", mounted=MOUNTED in os.environ)
    print(f"{len(line)} commands; {'a disk of its own (tmpfs)' if disk.mounted else 'limits of file size'}")
    chance = random.Random(given.seed)
    faults: list[str] = []
    counts: Counter[str] = Counter()
    lost = 0
    # every command where there are as many moments, else some
    places = sorted(chance.sample(range(len(line)), min(given.moments, len(line))))
    for number in range(given.moments):
        place = places[number % len(places)]
        gone, found, told = no_room(folder, disk, place, line[place], chance.random())
        lost += gone
        faults += found
        counts[told] += 1
        print("\n".join(found), end="\n" if found else "", file=sys.stderr, flush=True)
    print("full disk: " + " ".join(f"{one}:{count}" for one, count in sorted(counts.items())))
    for title, trial in (("read-only", read_only), ("two at once", twice)):
        counts.clear()
        for place in places:
            if trial is read_only and not disk.mounted:
                continue
            found, told = trial(folder, disk, place, line[place])
            faults += found
            counts[told] += 1
        print(f"{title}: " + " ".join(f"{one}:{count}" for one, count in sorted(counts.items())))
    print(f"faults {len(faults)}, rows lost {lost}, {time.monotonic() - begun:.0f} s")
    for text in faults[:20]:
        print("  " + text)
    if given.folder is None:
        disk.drop()
        shutil.rmtree(folder)
    sys.exit(1 if faults or lost else 0)


def can_mount() -> bool:
    """Tell whether a disk can be mounted in a namespace of our own."""
    with tempfile.TemporaryDirectory() as place:
        command = ["unshare", "-m", "mount", "-t", "tmpfs", "-o", "size=1m", "none", place]
        try:
            return subprocess.run(command, check=False, capture_output=True).returncode == 0
        except FileNotFoundError:
            return False


class Disk:
    """The disk on which a command runs: mounted anew for each trial, or a plain folder."""

    def __init__(self, root: Path, *, mounted: bool) -> None:
        self.root, self.mounted, self.work = root, mounted, root / "work"
        root.mkdir(exist_ok=True)

    def fresh(self, source: Path) -> None:
        """Hold what a folder holds, with room for more."""
        if self.mounted:
            self.drop()
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ENOUGH}", "none", str(self.root)], check=True)
        copy(source, self.work)

    def set(self, options: str) -> None:
        """Change the disk: its size, or whether it can be written."""
        subprocess.run(["mount", "-o", f"remount,{options}", str(self.root)], check=True)

    def used(self) -> int:
        """Bytes that are used."""
        stat = os.statvfs(self.root)
        return (stat.f_blocks - stat.f_bfree) * stat.f_frsize

    def drop(self) -> None:
        """Unmount it."""
        if self.mounted and os.path.ismount(self.root):
            subprocess.run(["umount", "-l", str(self.root)], check=True)


def no_room(folder: Path, disk: Disk, place: int, line: Line, part: float) -> tuple[int, list[str], str]:
    """Run a command with room for a part of what it writes; return rows lost, faults and what it told."""
    command, _, after = line
    disk.fresh(folder / f"before-{place}")
    before = standing(disk.work)
    if disk.mounted:
        following = folder / f"before-{place + 1}"
        written = max(_size(following) - _size(folder / f"before-{place}"), 0)
        more = 2 * written + 400_000  # the log of writes beside the store, parts of files, tables set aside
        disk.set(f"size={disk.used() + int(part * more) + 4096}")
        first = run(disk.work, command)
        disk.set(f"size={ENOUGH}")
    else:
        first = run(disk.work, command, disturb=lambda: limit_files(int(part * 400_000)))
    gone, found = compare(before, standing(disk.work), after)
    found += faults_inside(disk.work)
    told = _told(first)
    if told not in ("done", "full"):
        found.append(f"not told clearly, exit {first.code}: {first.said[-300:]}")
    found += _again(disk, command, after, finished=first.code in (0, 3, 4))
    return gone, [f"{name(command)}, room for {part:.0%}: {text}" for text in found], told


def read_only(folder: Path, disk: Disk, place: int, line: Line) -> tuple[list[str], str]:
    """Run a command on a disk that cannot be written."""
    command, _, after = line
    disk.fresh(folder / f"before-{place}")
    before = standing(disk.work)
    disk.set("ro")
    first = run(disk.work, command)
    disk.set("rw")
    told = _told(first)
    found = [] if told == "read-only" else [f"not told clearly, exit {first.code}: {first.said[-300:]}"]
    if standing(disk.work) != before:
        found.append("something changed")
    found += _again(disk, command, after, finished=False)
    return [f"{name(command)}, read-only: {text}" for text in found], told


def twice(folder: Path, disk: Disk, place: int, line: Line) -> tuple[list[str], str]:
    """Run a command twice at the same time: one waits for the other, or says why it cannot."""
    command, _, after = line
    disk.fresh(folder / f"before-{place}")
    begun = time.monotonic()
    pair = [start(disk.work, command), start(disk.work, command)]
    ended = [wait(child, begun) for child in pair]
    told = sorted(_told(one) for one in ended)
    found = [f"exit {one.code}: {one.said[-300:]}" for one in ended if _told(one) == "unclear"]
    if "done" not in told:
        found.append("neither was done")
    found += faults_inside(disk.work) + differences(standing(disk.work), after)
    return [f"{name(command)}, twice: {text}" for text in found], "+".join(told)


def _size(folder: Path) -> int:
    return sum(place.stat().st_size for place in folder.rglob("*") if place.is_file())


def _again(disk: Disk, command: list[str], after: Standing, *, finished: bool) -> list[str]:
    """Run it once more with room: it ends as if nothing had happened."""
    if finished and name(command) in ("backup", "restore"):
        return differences(standing(disk.work), after)
    second = run(disk.work, command)
    wrong = [] if second.code in (0, 3, 4) else [f"again: exit {second.code} {second.said[-300:]}"]
    return wrong + faults_inside(disk.work) + differences(standing(disk.work), after)


def _told(ended: Ended) -> str:
    """What a command told, by its words."""
    if "TRACEBACK" in ended.said or "Traceback" in ended.said:
        return "unclear"
    if ended.code in (0, 3, 4):
        return "done"
    words = {
        "full": ("disk is full", "no space is left", "file is too large", "File too large", "disk I/O error"),
        "read-only": ("cannot be written", "disk is read-only", "readonly database"),
        "busy": ("another command",),
        "there already": ("already there", "is there already"),
    }
    return next((told for told, signs in words.items() if any(sign in ended.said for sign in signs)), "unclear")


if __name__ == "__main__":
    main()
