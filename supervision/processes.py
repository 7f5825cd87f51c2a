"""Work in several processes (多进程): the same results, in the same order, as in one.

Processes are started anew and share nothing; what goes in and what comes back is pickled. A process that may start
none, such as a worker of a cluster, does the work itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import current_process, get_context
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


def results(work: Callable[[Given], Made], things: Iterable[Given], *, processes: int) -> Iterator[Made]:
    """Yield what `work` makes of each thing (逐项计算), in their order; a single thing needs no second process.

    `work` is a function of a module, or a `functools.partial` of one. Things that come one by one are taken as they
    come, and worked on meanwhile.
    """
    single = isinstance(things, Sequence) and len(things) <= 1
    if processes <= 1 or single or current_process().daemon:
        yield from map(work, things)
        return
    with ProcessPoolExecutor(max_workers=processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, things)


def beside(workers: int, *, worth: bool) -> Executor:
    """Return what does some work beside this process (旁置计算): processes where it is worth their start, else threads.

    Python that works in a thread makes every other thread wait for the interpreter.
    """
    if worth and not current_process().daemon:
        return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    return ThreadPoolExecutor(workers)
