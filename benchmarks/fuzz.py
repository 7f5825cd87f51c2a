"""Every importer under hostile files: does each input end in a clear error or a checked table, in time and in memory?

    python benchmarks/fuzz.py [KIND …] --count 20000 --seed 1 [--save DIR]

Inputs are valid files of our own (templates, registers, filled workbooks, the phone form's file, rules, proofs,
backups), changed in their bytes and in their structure: parts of zip archives, XML, JSON, YAML, records of old
workbooks, entries of archives. Each must be accepted or refused by one of our own errors that can be told in both
languages. Any other exception, a crash, more than 10 processor seconds or 2 GB for one input, a message of more than
20,000 bytes, something left behind where a restoration was refused, is a finding. With --save, the inputs of findings
are kept.
"""

from __future__ import annotations

import argparse
import resource
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from fuzzing.kinds import KINDS
from fuzzing.trials import Trial, input_of, trials

SHOWN = 12


def main() -> None:
    """Run the campaign and print its figures; exit 1 where anything was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", choices=[*KINDS, []], metavar="KIND")
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    parser.add_argument("--save", type=Path)
    given = parser.parse_args()
    every = 0
    for name in given.kinds or KINDS:
        before = _processor_seconds()
        done = list(trials(name, KINDS[name], given.seed, range(given.first, given.first + given.count)))
        found = [trial for trial in done if trial.ended not in ("accepted", "refused")]
        every += len(found)
        counts = Counter(trial.ended for trial in done)
        codes = len({trial.said for trial in done if trial.ended == "refused"})
        slowest = max(done, key=lambda trial: trial.seconds)
        print(
            f"{name}: {len(done)} inputs, accepted {counts['accepted']}, refused {counts['refused']} by {codes} errors"
            f", findings {len(found)}, slowest {slowest.seconds:.1f} s (number {slowest.number}), "
            f"{_processor_seconds() - before:.0f} processor seconds",
            flush=True,
        )
        _show(found)
        if given.save:
            _keep(given.save, name, given.seed, found)
    sys.exit(1 if every else 0)


def _show(found: list[Trial]) -> None:
    """Print findings by where they arose, the most frequent first."""
    alike: dict[tuple[str, str], list[Trial]] = {}
    for trial in found:
        alike.setdefault((trial.ended, trial.said.split(" ")[0]), []).append(trial)
    for trials_of in sorted(alike.values(), key=len, reverse=True)[:SHOWN]:
        first = trials_of[0]
        print(f"  {len(trials_of)} x {first.ended} {first.said} (number {first.number})", flush=True)


def _keep(folder: Path, name: str, seed: int, found: list[Trial]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for trial in found:
        form, source = input_of(name, KINDS[name], seed, trial.number)
        safe = form.replace("/", "_").replace(":", "_").strip(".")
        (folder / f"{name}-{trial.number}-{safe}").write_bytes(source)


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
