"""Work in several processes: the same results, and processes that stay for the next work of a command."""

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import pytest

from supervision.processes import results, standing


def who(thing):
    """Return the process that works on it, and the thing doubled; long enough for the other to take the next."""
    time.sleep(0.05)
    return os.getpid(), 2 * thing


def broken(thing):
    """Fail."""
    raise ValueError(thing)


def worked(things):
    """Work in two processes; return what came back and who did it."""
    found = list(results(who, things, processes=2))
    return [made for _, made in found], {worker for worker, _ in found}


def test_processes_stay_until_the_block_ends():
    """Two pieces of work of a block have the same two processes, which end with it; outside each has its own."""
    with standing():
        first, those = worked(range(6))
        second, same = worked([3, 1])
        assert (first, second) == ([0, 2, 4, 6, 8, 10], [6, 2])
        assert same <= those and os.getpid() not in those
    for worker in those:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)
    assert not worked([1, 2])[1] & those


def test_work_that_fails_leaves_the_processes_for_the_next():
    """An error of one piece of work is told, and the next is done."""
    with standing():
        with pytest.raises(ValueError, match="1"):
            list(results(broken, [1, 2, 3], processes=2))
        assert worked([4, 5])[0] == [8, 10]


def test_a_process_that_is_lost_between_is_replaced():
    """One that the system ends while nothing is to be done hinders no later work."""
    with standing():
        _, those = worked(range(6))
        os.kill(min(those), signal.SIGKILL)
        time.sleep(0.5)
        assert worked([4, 5, 6])[0] == [8, 10, 12]


def test_a_command_that_is_killed_leaves_no_process():
    """Ended by kill -9 while its processes wait for work, a command takes them with it."""
    code = """if __name__ == '__main__':
        import sys, time
        from test_processes import worked
        from supervision.processes import standing
        with standing():
            print(*worked(range(6))[1], flush=True)
            time.sleep(60)"""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "waits.py"
        script.write_text(textwrap.dedent(code))
        command = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True,
                                   env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)})  # fmt: skip
        assert command.stdout is not None
        those = [int(word) for word in command.stdout.readline().split()]
        command.kill()
        command.communicate(timeout=30)  # which waits for the processes, too: they hold the other end
    assert len(those) == 2


def test_one_thing_or_one_process_is_worked_on_here():
    """A single thing needs no second process."""
    with standing():
        assert list(results(who, [7], processes=2)) == [(os.getpid(), 14)]
        assert list(results(who, iter([7, 8]), processes=1)) == [(os.getpid(), 14), (os.getpid(), 16)]
