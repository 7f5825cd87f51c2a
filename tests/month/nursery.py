"""Run a rehearsal again and again, each time killed in the middle of one step; run by test_kill.py as a program.

    python nursery.py STORE INPUTS OUT POINT…

One process imports everything and then forks a child for each point. A child prints the steps it finds finished and
runs the month; at its point it has written everything and committed nothing, says so and waits to be killed. The last
child is left alone.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import sklearn.ensemble  # noqa: F401

import supervision.planner.solver.calendar  # noqa: F401
from supervision.month import line, output_folder, planning
from supervision.month.city import silent
from supervision.planner.plan import Budget
from supervision.store import log
from supervision.store.store import Store

ROUND = "2026-12"


def wait_in_step(stop, say):
    """Stop inside the transaction of a step, after its log entry, before its end."""
    plain = log.append

    def append(database, entry, *, scope, name, **more):
        plain(database, entry, scope=scope, name=name, **more)
        if name == stop:
            os.write(say, b"!")
            time.sleep(600)

    log.append = append


def wait_in_folder(name, say):
    """Stop in the middle of writing one file of the output folder."""
    plain = output_folder.write_whole

    def write(place, source, **how):
        if place.name == name:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.with_name(f".{place.name}.part").write_bytes(b"half a fi")
            os.write(say, b"!")
            time.sleep(600)
        plain(place, source, **how)

    output_folder.write_whole = write


def run(store, inputs, out):
    """Run the month as the command does."""
    planning.BUDGET = Budget(turns=1, rescue=1, processes=1)
    state = Store.open(store).state(f"{ROUND}.rehearsal") if store.exists() else []
    print(" ".join(state), flush=True)
    line.run(store, ROUND, inputs=inputs, out=out, values={}, rehearsal=True, who="tester", progress=silent)


def child(arguments, point=""):
    """Fork a child; with a point it is killed there. Return its exit status."""
    hear, say = os.pipe()
    pid = os.fork()
    if pid == 0:
        if point.startswith("file:"):
            wait_in_folder(point.removeprefix("file:"), say)
        elif point:
            wait_in_step(point, say)
        code = 1
        try:
            run(*map(Path, arguments))
            code = 0
        finally:
            os._exit(code)
    os.close(say)
    if os.read(hear, 1) == b"!":
        os.kill(pid, signal.SIGKILL)
    os.close(hear)
    return os.waitpid(pid, 0)[1]


if __name__ == "__main__":
    for point in sys.argv[4:]:
        status = child(sys.argv[1:4], point)
        if not os.WIFSIGNALED(status):
            sys.exit(f"{point} was not reached: {status}")
    sys.exit(os.waitstatus_to_exitcode(child(sys.argv[1:4])))
