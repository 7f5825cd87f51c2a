"""Who does the work (计算引擎): this process, workers of this machine, or an existing Dask cluster.

Work is a function of its arguments and of files that are written whole or not at all. When a worker dies, its work is
given to another and done again; nothing else changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from supervision.errors import SupervisionError, UsageError

A = TypeVar("A")
R = TypeVar("R")
Progress = Callable[[str, int, int], None]
ALONE = 2  # times that lost work is tried by itself
PATIENCE = 120  # seconds without any worker; one that is started anew is there within a few


class Engine(Protocol):
    """Does the same work on many arguments (批量计算)."""

    def each(self, work: Callable[[A], R], arguments: Sequence[A], progress: Callable[[int, int], None]) -> list[R]:
        """Return what the work gives for each argument, in their order (逐项计算)."""

    def apart(
        self, work: Callable[[A], R], arguments: Sequence[A], progress: Callable[[int, int], None]
    ) -> list[R | SupervisionError]:
        """Return what `each` does, where one that fails stops no other (互不影响): its error stands in its place."""


class Here:
    """Does the work in this process, one after the other (本进程)."""

    def each(self, work: Callable[[A], R], arguments: Sequence[A], progress: Callable[[int, int], None]) -> list[R]:
        """Return what the work gives for each argument, in their order (逐项计算)."""
        found = []
        for number, argument in enumerate(arguments):
            progress(number, len(arguments))
            found.append(work(argument))
        return found

    def apart(
        self, work: Callable[[A], R], arguments: Sequence[A], progress: Callable[[int, int], None]
    ) -> list[R | SupervisionError]:
        """Return what `each` does, where one that fails stops no other (互不影响): its error stands in its place."""
        found: list[R | SupervisionError] = []
        for number, argument in enumerate(arguments):
            progress(number, len(arguments))
            try:
                found.append(work(argument))
            except SupervisionError as error:
                found.append(error)
        return found


class Cluster:
    """Does the work on a Dask cluster (Dask 集群); `client` is connected to it."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def each(self, work: Callable[[A], R], arguments: Sequence[A], progress: Callable[[int, int], None]) -> list[R]:
        """Return what the work gives for each argument, in their order (逐项计算)."""
        distributed = _distributed()
        futures = self.client.map(work, arguments, pure=False)
        try:
            self._finish(futures, progress)
            found: list[R] = self.client.gather(futures)
        except distributed.KilledWorker as error:
            raise SupervisionError("scale.worker_lost", reason=str(error)) from error
        finally:
            self.client.cancel(futures)
        return found

    def apart(
        self, work: Callable[[A], R], arguments: Sequence[A], progress: Callable[[int, int], None]
    ) -> list[R | SupervisionError]:
        """Return what `each` does, where one that fails stops no other (互不影响): its error stands in its place.

        The scheduler holds the death of a worker against all work that was given to it. What was lost in company is
        therefore given out again, one after the other, and twice, as a worker may be about to end for what it did
        before: what is lost alone then is lost for its own sake.
        """
        distributed = _distributed()
        futures = self.client.map(work, arguments, pure=False)
        try:
            self._finish(futures, progress)
            for place in range(len(futures)):
                for _ in range(ALONE):
                    if isinstance(futures[place].exception(), distributed.KilledWorker):
                        futures[place] = self.client.submit(work, arguments[place], pure=False)
                        self._finish([futures[place]], lambda _done, _total: None)
            return [_outcome(future) for future in futures]
        finally:
            self.client.cancel(futures)

    def _finish(self, futures: Sequence[Any], progress: Callable[[int, int], None]) -> None:
        """Wait until all work ended, well or not; a cluster that has lost every worker is not waited for."""
        distributed, waiting, told = _distributed(), set(futures), 0
        while waiting:
            try:
                waiting = distributed.wait(waiting, timeout=PATIENCE, return_when="FIRST_COMPLETED").not_done
            except TimeoutError:
                if not self.client.nthreads():
                    raise SupervisionError("scale.no_workers", seconds=PATIENCE) from None
            for done in range(told, len(futures) - len(waiting)):
                progress(done + 1, len(futures))
            told = len(futures) - len(waiting)


def _outcome(future: Any) -> Any:
    """What the work gave, or the error that a user can mend; another one is raised."""
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, _distributed().KilledWorker):
        return SupervisionError("scale.work_lost", reason=str(error))
    if isinstance(error, SupervisionError):
        return error
    raise error


@contextmanager
def engine(*, scheduler: str = "", workers: int = 0, memory: str = "") -> Iterator[Engine]:
    """Give an engine (取计算引擎): a cluster by its scheduler's address, `workers` of this machine, or this process.

    `memory` bounds each worker of this machine ("4GB"): one that goes beyond it is ended and its work done again.
    """
    if not scheduler and not workers:
        yield Here()
        return
    distributed = _distributed()
    if scheduler:
        try:
            client = distributed.Client(scheduler, timeout="20s")
        except (OSError, ValueError) as error:
            raise SupervisionError("scale.no_scheduler", address=scheduler, reason=str(error)) from error
        with client:
            yield Cluster(client)
        return
    if memory:
        from dask.utils import parse_bytes

        try:
            parse_bytes(memory)
        except ValueError as error:
            raise UsageError("scale.memory", value=memory) from error
    given = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None, "processes": True}
    with distributed.LocalCluster(**given, memory_limit=memory or 0) as cluster, distributed.Client(cluster) as client:
        yield Cluster(client)


def _distributed() -> Any:
    """The library, which is an extra: a city needs none."""
    try:
        import distributed
    except ImportError as error:
        raise SupervisionError("scale.no_dask") from error
    return distributed
