"""Change one byte in each file of an output folder's manifests in turn and ask the verifier (逐文件改动一个字节).

    python benchmarks/protocol/every_byte.py OUT [--seed N]

Every time the verifier must end with exit code 5 and name the file. OUT is copied first, so nothing in it changes. A
summary line per manifest goes to stdout; exit code 1 when a change went unseen or another file was named.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from supervision.sampling.protocol.verifier import verify

CHECKED = ("public", "audit")
DIFFERS = 5


def folders(out: Path) -> list[str]:
    """Return the rounds' folders, each with its manifest (各轮文件夹); the home page proves nothing."""
    found = {path.parent for part in CHECKED for path in (out / part).glob("*/manifest.json")}
    return sorted(path.relative_to(out).as_posix() for path in found)


def change(path: Path, chance: random.Random) -> bytes:
    """Change one bit of one byte of a file, or add a byte to an empty one, and return what it held before."""
    body = path.read_bytes()
    if not body:
        path.write_bytes(b"\x00")
        return body
    place = chance.randrange(len(body))
    changed = bytearray(body)
    changed[place] ^= 1 << chance.randrange(8)
    path.write_bytes(changed)
    return body


def campaign(out: Path, seed: int) -> int:
    """Change every listed file of a copied output and return how many changes were not found or not named."""
    chance, total, missed, started = random.Random(seed), 0, 0, time.perf_counter()
    if verify(out).difference is not None:
        sys.exit(f"{out} does not verify as it is")
    for folder in folders(out):
        manifest = out / folder / "manifest.json"
        names = [entry["path"] for entry in json.loads(manifest.read_bytes())["files"]]
        for name in names:
            path = out / folder / name
            before = change(path, chance)
            report = verify(out)
            path.write_bytes(before)
            if report.code != DIFFERS or Path(name).name not in report.verdict("en"):
                missed += 1
                print(f"  MISSED {folder}/{name}: {report.verdict('en')}")
        total += len(names)
        print(f"{folder}: {len(names)} files")
    seconds = time.perf_counter() - started
    print(f"{total} files changed by one bit each, {total - missed} found and named, {missed} not ({seconds:.1f} s)")
    return missed


def main() -> None:
    """Read the arguments and run the campaign on a copy."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="output folder of a round")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(arguments.out, Path(folder) / "out")
        missed = campaign(copy, arguments.seed)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
