"""kill -9 at random moments over all commands of a month: does what was finished stand, and are the bytes the same?

    python benchmarks/faults/kills.py --moments 300 --seed 1 [--entities 500] [--folder DIR]

The month runs once undisturbed; what stands after each command is kept. Then, moment by moment: the folder as it stood
before a command, the command in a child, SIGKILL to its whole group after a random time (uniform over the time that all
commands take; each at least once where there are as many moments), and three questions. Is every row, log entry and
file that stood before still there, or replaced by what the finished command leaves? Is the store sound? Does the same
command, called again, end as if nothing had happened: same rows, same log, same bytes, nothing left over?
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from months import KILLED, OUT, Standing, commands, copy, faults_inside, prepare, ready, run, standing, write_inputs

AGAIN = {"backup", "restore"}  # a file that is there, or a store, is never overwritten: finished is finished


def main() -> None:
    """Run the campaign and print its figures; exit 1 where anything was lost or differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moments", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--entities", type=int, default=500)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="kills-"))
    begun = time.monotonic()
    ready()
    write_inputs(folder / "city", given.entities)
    line = undisturbed(folder)
    whole = sum(seconds for _, seconds, _ in line)
    print(f"{len(line)} commands, {whole:.1f} s undisturbed; {given.moments} moments, seed {given.seed}")
    chance = random.Random(given.seed)
    faults, lost, ended = [], 0, Counter()
    by_command: Counter[str] = Counter()
    for number in range(given.moments):
        place = chance.choices(range(len(line)), [one[1] for one in line])[0]
        if number < len(line) <= given.moments:
            place = number
        command, seconds, after = line[place]
        moment = chance.uniform(0, seconds)
        state, gone, found = killed(folder, place, command, moment, after)
        by_command[name(command)] += 1
        ended[state] += 1
        lost += gone
        faults += [f"{name(command)} at {moment:.3f} s of {seconds:.3f}: {text}" for text in found]
        for text in found:
            print(f"{name(command)}: {text}", file=sys.stderr, flush=True)
        if sys.stderr.isatty():
            print(f"\r{number + 1}/{given.moments}", end="", file=sys.stderr)
    print(" ".join(f"{one}:{count}" for one, count in sorted(by_command.items())))
    print(f"killed {ended['killed']}, finished before {ended['finished']}")
    print(f"faults {len(faults)}, rows lost {lost}, {time.monotonic() - begun:.0f} s")
    for text in faults[:20]:
        print("  " + text)
    if given.folder is None:
        shutil.rmtree(folder)
    sys.exit(1 if faults or lost else 0)


def undisturbed(folder: Path) -> list[tuple[list[str], float, Standing]]:
    """Run the month once; keep the folder before each command as `before-N`, and return what stands after each."""
    work, line = folder / "work", []
    shutil.copytree(folder / "city", folder / "line" / "city")
    shutil.copytree(folder / "city" / "rules", folder / "line" / "rules")
    copy(folder / "line", work)
    for place, command in enumerate(_commands(folder)):
        prepare(work, command)
        copy(work, folder / f"before-{place}")
        done = run(work, command)
        if done.code not in (0, 3, 4) or "TRACEBACK" in done.said:
            raise SystemExit(f"{' '.join(command)}: exit {done.code}\n{done.said}")
        line.append((command, done.seconds, standing(work)))
    return line


def _commands(folder: Path) -> list[list[str]]:
    """Commands with paths as a child sees them, from inside its work folder."""
    root = str(folder / "city")
    return [[word.replace(root, "city") for word in command] for command in commands(folder / "city")]


def killed(folder: Path, place: int, command: list[str], moment: float, after: Standing) -> tuple[str, int, list[str]]:
    """Kill a command at a moment, look, run it again, look; return how it ended, rows lost and faults."""
    work = folder / "work"
    copy(folder / f"before-{place}", work)
    before = standing(work)
    first = run(work, command, kill_after=moment)
    found = [f"killed: {text}" for text in faults_inside(work)]
    now = standing(work)
    gone, torn = compare(before, now, after)
    found += torn
    if not (name(command) in AGAIN and first.code != KILLED):
        second = run(work, command)
        finished = name(command) in AGAIN and second.code == 2
        if (second.code not in (0, 3, 4) and not finished) or "TRACEBACK" in second.said:
            found.append(f"again: exit {second.code} {second.said[:300]}")
    found += [f"again: {text}" for text in faults_inside(work)]
    found += differences(standing(work), after)
    return "killed" if first.code == KILLED else "finished", gone, found


def compare(before: Standing, now: Standing, after: Standing) -> tuple[int, list[str]]:
    """Count what stood before and is neither there nor replaced; name what stands and belongs to no finished step."""
    lost, found = 0, []
    for name, rows in before.rows.items():
        gone = rows - now.rows.get(name, frozenset()) - (rows - after.rows.get(name, frozenset()))
        lost += len(gone)
    for scope, lines in now.logs.items():
        whole, start = after.logs.get(scope, []), before.logs.get(scope, [])
        if lines != whole[: len(lines)] or lines[: len(start)] != start:
            found.append(f"killed: log of {scope} is no part of the undisturbed one")
    for path, digest in now.files.items():
        part = path.rpartition("/")[2].startswith(".")
        if path.startswith(OUT) and not part and digest not in (before.files.get(path), after.files.get(path)):
            found.append(f"killed: {path} is torn")
    gone_files = [path for path in before.files if path in after.files and path not in now.files]
    found += [f"killed: {path} is gone" for path in gone_files]
    return lost, found


def differences(now: Standing, after: Standing) -> list[str]:
    """Name where the end differs from the undisturbed one."""
    found = [f"again: table {name} differs" for name in after.rows if now.rows.get(name) != after.rows[name]]
    found += [f"again: log of {scope} differs" for scope in after.logs if now.logs.get(scope) != after.logs[scope]]
    paths = sorted(now.files.keys() | after.files.keys())
    return found + [f"again: {path} differs" for path in paths if now.files.get(path) != after.files.get(path)]


def name(command: list[str]) -> str:
    """The name of a command in the figures."""
    words = command[2:] if command[0] == "--store" else command
    return words[0]


if __name__ == "__main__":
    main()
