"""Work in several processes (多进程): the same results, in the same order, as in one.

Processes are started anew and share nothing; what goes in and what comes back is pickled. A process that may start
none, such as a worker of a cluster, does the work itself.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

_STANDING: ContextVar[dict[int, Executor] | None] = ContextVar("_STANDING", default=None)
_CHOOSING = threading.Lock()


def results(work: Callable[[Given], Made], things: Iterable[Given], *, processes: int) -> Iterator[Made]:
    """Yield what `work` makes of each thing (逐项计算), in their order; a single thing needs no second process.

    `work` is a function of a module, or a `functools.partial` of one. Things that come one by one are taken as they
    come, and worked on meanwhile.
    """
    single = isinstance(things, Sequence) and len(things) <= 1
    if processes <= 1 or single or _starts_none():
        yield from map(work, things)
        return
    standing = _STANDING.get()
    if standing is None:
        with _started(processes) as pool:
            yield from pool.map(work, things)
    else:
        yield from _whole(standing, processes).map(work, things)


@contextmanager
def standing() -> Iterator[None]:
    """Let processes that were started for some work stay for the next (保留进程), until the block ends.

    To start one and load what it needs takes a second or two, and a command has such work two or three times. Threads
    that run in a copy of the block's context share them; others have processes of their own.
    """
    pools: dict[int, Executor] = {}
    before = _STANDING.set(pools)
    try:
        yield
    finally:
        _STANDING.reset(before)
        for pool in pools.values():
            pool.shutdown(cancel_futures=True)


def beside(workers: int, *, worth: bool) -> Executor:
    """Return what does some work beside this process (旁置计算): processes where it is worth their start, else threads.

    Python that works in a thread makes every other thread wait for the interpreter.
    """
    if worth and not _starts_none():
        return _started(workers)
    return ThreadPoolExecutor(workers)


def _whole(pools: dict[int, Executor], processes: int) -> Executor:
    """The processes that stand, or new ones where one of them was lost meanwhile."""
    with _CHOOSING:
        if processes in pools and not _answers(pools[processes]):
            pools.pop(processes).shutdown(wait=False)
        if processes not in pools:
            pools[processes] = _started(processes)
        return pools[processes]


def _answers(pool: Executor) -> bool:
    try:
        pool.submit(os.getpid)  # which a pool that has lost a process refuses
    except BrokenExecutor:
        return False
    return True


def _started(processes: int) -> Executor:
    # every command loads this module, few start processes
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, however that ended."""
    from multiprocessing import parent_process

    parent = parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _starts_none() -> bool:
    from multiprocessing import current_process

    return bool(current_process().daemon)
