"""Matching (匹配): the most of some numbered things that can each have a mate of its own, by augmenting paths."""

from __future__ import annotations

from collections.abc import Sequence


def matched(mates: Sequence[Sequence[int]]) -> dict[int, int]:
    """Return mate → number of a largest matching (最大匹配), from each number's mates, those preferred first."""
    owner: dict[int, int] = {}

    def place(number: int, seen: set[int]) -> bool:
        for mate in mates[number]:
            if mate not in seen:
                seen.add(mate)
                if mate not in owner or place(owner[mate], seen):
                    owner[mate] = number
                    return True
        return False

    for number in range(len(mates)):
        place(number, set())
    return owner
