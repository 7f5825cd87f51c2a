"""Work in several processes (多进程): the same results, in the same order, as in one.

Processes are started anew and share nothing; what goes in and what comes back is pickled. A process that may start
none, such as a worker of a cluster, does the work itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

_STANDING: ContextVar[dict[int, Executor] | None] = ContextVar("_STANDING", default=None)


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
        standing[processes] = standing.get(processes) or _started(processes)
        yield from standing[processes].map(work, things)


@contextmanager
def standing() -> Iterator[None]:
    """Let processes that were started for some work stay for the next (保留进程), until the block ends.

    To start one and load what it needs takes a second or two, and a command has such work two or three times. Work of
    other threads has processes of its own.
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


def _started(processes: int) -> Executor:
    # every command loads this module, few start processes
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"))


def _starts_none() -> bool:
    from multiprocessing import current_process

    return bool(current_process().daemon)
