"""How long the page for checking takes in a browser, beside the stand-alone verifier on the same auditor's bundle.

`python benchmarks/browser_check.py [units]` writes one committed and drawn round with a single sealed frame (2,800,000
units unless told otherwise), gives its folder and a zip of it to the published page in Chromium without a window, and
the folder to verify.py in a process of its own. It prints seconds on the clock, seconds of the processor (other work on
the machine changes the first, hardly the second), the peak of memory, and how often the progress bar moved.
"""

import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import verifier_speed

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from browser import Browser, chromium  # noqa: E402 - after the folders are known
from checking_desk import ANSWER  # noqa: E402

from supervision.notice.public_content import Heading, build_content  # noqa: E402
from supervision.notice.site.pages import write_pages  # noqa: E402
from supervision.sampling.protocol.verifier import RULES  # noqa: E402

WATCH = """
globalThis.moves = 0;
new MutationObserver((list) => { moves += list.length; }).observe(
  document.getElementById("check-bar"), {attributes: true, attributeFilter: ["value"]});
"""
PATIENT = ANSWER.replace("60000", "900000")


def page(folder: Path) -> Path:
    """Write the page for checking, of a round that has published nothing yet, and return it."""
    nothing = pd.DataFrame({"unit_id": [], "name": []}, dtype="str")
    heading = Heading(city="本市", round=verifier_speed.ROUND, rehearsal=True, stage="committed")
    content = build_content(
        heading, tasks=(), items={}, labels=None, names=nothing, proofs={}, frames={}, conditions=RULES
    )
    place = folder / "verify.html"
    place.write_bytes(write_pages(content)["verify.html"])
    return place


def packed(folder: Path, place: Path) -> Path:
    """Zip a folder as people do, compressed."""
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            archive.write(path, path.relative_to(folder).as_posix())
    return place


def family(pid: int) -> Iterator[Path]:
    """Yield the /proc folders of a process and all its descendants."""
    yield Path(f"/proc/{pid}")
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from family(int(child))


def used(pid: int) -> tuple[float, float]:
    """Return seconds of the processor that a browser has used, and the peak of its largest process in MB."""
    seconds, peak = 0.0, 0.0
    for place in family(pid):
        fields = (place / "stat").read_text().rpartition(")")[2].split()
        seconds += (int(fields[11]) + int(fields[12])) / 100
        peak = max(peak, peak_of((place / "status").read_text()))
    return seconds, peak


def peak_of(status: str) -> float:
    """Return the peak of a process's memory in MB, from its status in /proc."""
    found = re.search(r"VmHWM:\s+([0-9]+)", status)
    return int(found[1]) / 1024 if found else 0.0


def in_browser(address: Path, selector: str, chosen: Path) -> str:
    """Let a browser of its own check what is chosen; return the line that is printed."""
    with Browser(chromium()) as browser:
        browser.open(address.as_uri())
        browser.value(WATCH)
        before, start = used(browser.pid)[0], time.perf_counter()
        browser.choose(selector, chosen)
        exit_code = browser.value(PATIENT)["exit"]
        clock = time.perf_counter() - start
        seconds, peak = used(browser.pid)
        moves = browser.value("moves")
    return f"{line(clock, seconds - before, peak, exit_code)}  bar moved {moves} times"


def by_verifier(folder: Path) -> str:
    """Let verify.py check a folder; return the line that is printed."""
    command = [sys.executable, "-I", "-c", verifier_speed.RUN, str(verifier_speed.VERIFIER), str(folder)]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    clock, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return line(clock, seconds, peak_of(done.stderr), done.returncode)


def line(clock: float, seconds: float, peak: float, exit_code: object) -> str:
    """Return what one check took, as it is printed."""
    return f"{clock:6.1f} s on the clock {seconds:6.1f} s of the processor {peak:6.0f} MB  exit {exit_code}"


def main() -> None:
    """Write the round, check it three times, print a line each."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_800_000
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "out"
        verifier_speed.write_round(out, [f"9132{k:014}".encode() for k in range(count)])
        size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
        print(f"{count:,} rows, {size / 2**20:.0f} MB")
        print("verify.py       ", by_verifier(out), flush=True)
        address = page(Path(name))
        print("browser, folder ", in_browser(address, "#check-folder", out), flush=True)
        print("browser, zip    ", in_browser(address, "#check-files", packed(out, Path(name) / "out.zip")), flush=True)


if __name__ == "__main__":
    main()
