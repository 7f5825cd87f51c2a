"""Check a published round, then change one digit in a copy and see it named (核验一轮，再改动一处试试)."""

import shutil
import sys
import tempfile
from pathlib import Path

import supervision

if len(sys.argv) != 2:
    sys.exit("用法 / usage: python examples/verify_bundle.py OUT")
bundle = Path(sys.argv[1])
outcome = supervision.verify(bundle)
print(*outcome.lines("zh"), sep="\n")
if outcome.difference:
    sys.exit(5)
with tempfile.TemporaryDirectory() as folder:
    copy = Path(shutil.copytree(bundle, Path(folder) / "copy"))
    frame = min(copy.rglob("frame.csv"))
    data = frame.read_bytes()
    place = next(place for place in reversed(range(len(data))) if data[place : place + 1].isdigit())
    frame.write_bytes(data[:place] + (b"1" if data[place : place + 1] != b"1" else b"2") + data[place + 1 :])
    print(f"改动一位数字 / one digit changed: {frame.relative_to(copy)}")
    tampered = supervision.verify(copy)
    print(tampered.verdict("zh"))
    sys.exit(0 if tampered.difference else 1)
