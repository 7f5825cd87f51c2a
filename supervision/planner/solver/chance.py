"""Numbers for the search (搜索用的伪随机数): a function of a seed alone, the same on every machine and version."""

from __future__ import annotations

MASK = (1 << 64) - 1


class Chance:
    """A linear congruential generator with 64 bits (Knuth, MMIX), of which the upper 31 are used (线性同余序列)."""

    def __init__(self, seed: int) -> None:
        self.state = (seed * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) & MASK
        self.below(1)

    def below(self, count: int) -> int:
        """Return the next number from 0 to count − 1 (下一个数)."""
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & MASK
        return (self.state >> 33) * count >> 31

    def shuffled(self, numbers: list[int]) -> list[int]:
        """Return numbers in random order (随机次序)."""
        for i in range(len(numbers) - 1, 0, -1):
            j = self.below(i + 1)
            numbers[i], numbers[j] = numbers[j], numbers[i]
        return numbers
