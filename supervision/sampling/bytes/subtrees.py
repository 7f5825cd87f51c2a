"""Subtrees of a hash tree (子树): roots of partitions merge into the root of the whole; RFC 9162, section 2.1.

A stretch of leaves anywhere in a list falls into complete subtrees of 1, 2, 4 … leaves, each beginning at a multiple of
its size. They are nodes of the whole tree, whatever stands before and behind, so that each partition's can be worked
out by itself; some dozens of nodes a partition are all that is needed for the root.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from supervision.canonical import digest
from supervision.errors import SupervisionError
from supervision.sampling.bytes.merkle import WIDTH, parents


@dataclass(frozen=True, kw_only=True)
class Subtree:
    """A complete subtree (完全子树): its root over the leaves from `first` (from 0) to `first` + 2^`level` − 1."""

    first: int
    level: int
    root: bytes


def subtrees(joined: bytes, *, first: int, hash_name: str) -> list[Subtree]:
    """Return the fewest complete subtrees of joined leaves (子树根), in their order.

    `first` is the place (from 0) of the first of these leaves in the whole list.
    """
    before: list[Subtree] = []
    behind: list[Subtree] = []
    level, start = 0, first
    while joined:
        if start & 1:
            before.append(Subtree(first=start << level, level=level, root=joined[:WIDTH]))
            joined, start = joined[WIDTH:], start + 1
        if len(joined) // WIDTH & 1:
            stop = start + len(joined) // WIDTH - 1
            behind.append(Subtree(first=stop << level, level=level, root=joined[-WIDTH:]))
            joined = joined[:-WIDTH]
        joined, start, level = parents(joined, hash_name=hash_name), start // 2, level + 1
    return before + behind[::-1]


def merged_root(nodes: Iterable[Subtree], *, hash_name: str) -> bytes:
    """Return the root over the subtrees of all partitions (合并树根): 32 bytes, H(empty) of none.

    `nodes` in the order of their leaves, without gap or overlap: else SupervisionError `sampling.subtree_gap`.
    """
    left: list[tuple[int, bytes]] = []
    place = 0
    for node in nodes:
        if node.first != place or node.first % (1 << node.level):
            raise SupervisionError("sampling.subtree_gap", first=node.first, wanted=place)
        place += 1 << node.level
        level, found = node.level, node.root
        while left and left[-1][0] == level:
            level, found = level + 1, _above(left.pop()[1], found, hash_name=hash_name)
        left.append((level, found))
    if not left:
        return digest(hash_name, b"")
    result = left.pop()[1]
    while left:
        result = _above(left.pop()[1], result, hash_name=hash_name)
    return result


def _above(left: bytes, right: bytes, *, hash_name: str) -> bytes:
    return digest(hash_name, b"\x01", left, right)
