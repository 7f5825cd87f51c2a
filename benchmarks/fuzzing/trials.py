"""Trials in forked batches: what an input does to its reader is seen from outside, whatever it does.

A batch is a child with limits: of memory, and of processor seconds for each input. It says on a pipe which input it
begins and how that ended; where it is killed, the input that it had begun is the finding, and another child goes on
behind it.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from supervision.errors import SupervisionError

SECONDS = 10
MEMORY = 2 << 30
LONGEST = 20_000
BATCH = 50

Input = tuple[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of files: valid ones, how they are changed, and what reads them (`folder` is for files on the way)."""

    seeds: Callable[[], list[Input]]
    change: Callable[[Random, bytes], bytes]
    read: Callable[[str, bytes, Path], None]
    warm: Callable[[], object] = lambda: None


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What one input did: "accepted", "refused" by one of our own errors, or a finding, and where it arose."""

    number: int
    ended: str
    said: str = ""
    seconds: float = 0.0


def input_of(name: str, kind: Kind, seed: int, number: int) -> tuple[str, bytes]:
    """Return an input by its number: the same for the same seed, whatever came before."""
    chance = Random(f"{seed} {name} {number}")
    form, source = chance.choice(kind.seeds())
    return form, kind.change(chance, source)


def trials(name: str, kind: Kind, seed: int, numbers: range) -> Iterator[Trial]:
    """Yield what each input did."""
    kind.seeds()
    kind.warm()
    at = numbers.start
    while at < numbers.stop:
        for trial in _batch(name, kind, seed, range(at, min(at + BATCH, numbers.stop))):
            at = trial.number + 1
            yield trial


def _batch(name: str, kind: Kind, seed: int, numbers: range) -> Iterator[Trial]:
    """Yield the trials of one child; where it is killed, the last one is a finding."""
    sys.stdout.flush()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        code, said = 1, os.dup(2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # where readers say what they stumbled over
        os.dup2(2, 1)
        try:
            _work(name, kind, seed, numbers, writing)
            code = 0
        except BaseException:  # noqa: BLE001 – of the campaign itself, not of a reader
            os.dup2(said, 2)
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writing)
    begun, ended = None, None
    with os.fdopen(reading, "rb") as stream:
        for line in stream:
            told = json.loads(line)
            if "begun" in told:
                begun, ended = told["begun"], None
            else:
                ended = Trial(**told)
                yield ended
    _, status = os.waitpid(child, 0)
    if status and (ended is not None or begun is None):
        raise SystemExit(f"{name}: an input after {begun} cannot be made")
    if status:
        code = os.waitstatus_to_exitcode(status)
        what = "hang" if code == -24 else "crash"
        yield Trial(number=begun, ended=what, said=f"exit {code}")


def _work(name: str, kind: Kind, seed: int, numbers: range, writing: int) -> None:
    warnings.simplefilter("ignore")
    os.environ["RUST_BACKTRACE"] = "0"  # which takes a reader of old workbooks longer than the file
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + MEMORY
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        for number in numbers:
            form, source = input_of(name, kind, seed, number)
            _tell(writing, begun=number)
            resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))
            begun = time.process_time()
            resource.setrlimit(resource.RLIMIT_CPU, (int(begun) + SECONDS + 1, resource.RLIM_INFINITY))
            ended, said = _outcome(kind, form, source, Path(folder))
            for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU):
                resource.setrlimit(limit, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            _tell(writing, number=number, ended=ended, said=said, seconds=round(time.process_time() - begun, 3))


def _outcome(kind: Kind, form: str, source: bytes, folder: Path) -> tuple[str, str]:
    try:
        kind.read(form, source, folder)
    except SupervisionError as error:
        return _refusal(error)
    except BaseException as error:  # noqa: BLE001 – anything but our own error is what is looked for
        return type(error).__name__, _where(error)
    return "accepted", ""


def _refusal(error: SupervisionError) -> tuple[str, str]:
    """A refusal is one where it can be told: in both languages, in UTF-8, in a few lines."""
    try:
        texts = [error.text("zh"), error.text("en")]
        longest = max(len(text.encode()) for text in texts)
    except Exception as other:  # noqa: BLE001 – see `_outcome`
        return "untold", f"{error.code}: {_where(other)}"
    return ("refused", error.code) if longest <= LONGEST else ("too long to read", error.code)


def _where(error: BaseException) -> str:
    """The last place of ours that an error passed."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/supervision/" in frame.filename] or frames[-1:]
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"
    return f"{place} {str(error)[:120]!r}"


def _tell(writing: int, **told: object) -> None:
    os.write(writing, json.dumps(told).encode() + b"\n")
