"""Spare memory (空闲内存): what was freed goes back to the system, so that a step's peak is what it really needs.

Arrow and the C library keep freed blocks for later. After a register of a whole city was read and dropped that is a
gigabyte which the next one does not fit into. Nothing else is changed: no value depends on it.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from functools import cache

MANY = 1_000_000  # rows from which what was freed beside them is worth giving back


def give_back_beside(rows: int) -> None:
    """Give freed memory back (归还空闲内存) where this many rows were worked on, and nothing where they are few."""
    if rows > MANY:
        give_back()


def give_back() -> None:
    """Give freed memory back to the system (归还空闲内存); where the C library cannot, Arrow's alone."""
    import pyarrow as pa  # takes a while to load, and whoever has memory to spare has loaded it

    pa.default_memory_pool().release_unused()
    _trim()(0)


@cache
def _trim() -> Callable[[int], object]:
    """The C library's own way (malloc_trim of glibc)."""
    if not sys.platform.startswith("linux"):
        return lambda _: None
    trim: Callable[[int], object] = getattr(ctypes.CDLL(None), "malloc_trim", lambda _: None)
    return trim
