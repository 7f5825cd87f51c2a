"""Subtrees of partitions: whatever the cuts, they merge into the root of the whole list."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervision.canonical import digest
from supervision.errors import SupervisionError
from supervision.sampling.bytes.merkle import root
from supervision.sampling.bytes.subtrees import Subtree, merged_root, subtrees

HASH = "sha256"


def _leaves(count: int) -> list[bytes]:
    return [digest(HASH, number.to_bytes(4, "big")) for number in range(count)]


def _nodes(leaves: list[bytes], cuts: list[int]) -> list[Subtree]:
    edges = [0, *sorted(min(cut, len(leaves)) for cut in cuts), len(leaves)]
    parts = [(low, b"".join(leaves[low:high])) for low, high in pairwise(edges)]
    return [node for first, joined in parts for node in subtrees(joined, first=first, hash_name=HASH)]


@settings(max_examples=150, deadline=None)
@given(count=st.integers(0, 130), cuts=st.lists(st.integers(0, 130), max_size=9))
def test_any_cuts_give_the_root_of_the_whole(count: int, cuts: list[int]) -> None:
    """Partitions of any size, empty ones too, merge into the same root as one list."""
    leaves = _leaves(count)
    assert merged_root(_nodes(leaves, cuts), hash_name=HASH) == root(b"".join(leaves), hash_name=HASH)


def test_a_stretch_falls_into_the_fewest_complete_subtrees() -> None:
    """Leaves 3 to 9 of a list are one leaf, four and two; each begins at a multiple of its size."""
    leaves = _leaves(10)
    found = subtrees(b"".join(leaves[3:]), first=3, hash_name=HASH)
    assert [(node.first, node.level) for node in found] == [(3, 0), (4, 2), (8, 1)]
    assert found[1].root == root(b"".join(leaves[4:8]), hash_name=HASH)


@pytest.mark.parametrize("order", [(1, 2), (0, 2), (0, 1, 1, 2), (0, 2, 1)])
def test_partitions_must_follow_each_other(order: tuple[int, ...]) -> None:
    """One that is missing, comes twice or out of turn is refused."""
    nodes = _nodes(_leaves(12), [4, 8])
    with pytest.raises(SupervisionError) as raised:
        merged_root([nodes[place] for place in order], hash_name=HASH)
    assert raised.value.code == "sampling.subtree_gap"


def test_a_subtree_that_begins_between_its_multiples_is_refused() -> None:
    """Two leaves from the second on are no node of any tree, though they follow the first."""
    first, *_ = _nodes(_leaves(3), [1])
    with pytest.raises(SupervisionError) as raised:
        merged_root([first, Subtree(first=1, level=1, root=bytes(32))], hash_name=HASH)
    assert raised.value.code == "sampling.subtree_gap"
