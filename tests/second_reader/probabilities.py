"""入样概率 (2.2 to 2.4): certainty units, wanted and working probabilities, L."""

import math
from fractions import Fraction
from functools import cache

ONE = 2**53  # L of a certainty unit


def wanted(sizes: list[int], sample: int) -> tuple[list[Fraction | None], int]:
    """Return the wanted π of each unit of a stratum, None for certainty units, and the n of the others (2.3)."""
    left, n = list(range(len(sizes))), sample
    while True:
        total = sum(sizes[i] for i in left)
        certain = [i for i in left if n * sizes[i] >= total]
        if not certain:
            break
        left = [i for i in left if i not in set(certain)]
        n -= len(certain)
    result: list[Fraction | None] = [None] * len(sizes)
    for i in left:
        result[i] = Fraction(n * sizes[i], total)
    return result, n


def needs_adjusting(pis: list[Fraction], n: int) -> bool:
    """Return whether the non-certainty units of a stratum get adjusted working probabilities (2.4)."""
    size = len(pis)
    if len(set(pis)) < 2 or size > 2000 or size * n > 40000:
        return False
    return n <= 20 or sum(p * (1 - p) for p in pis) < 10


@cache
def realised(logits: tuple[float, ...], n: int) -> list[float]:
    """Return the inclusion probabilities of Pareto sampling of n units, given the logits of λ (2.4).

    Trapezoid rule over s = ln t with step 0.1; F_j = 1/(1+exp(-s-logit)), dF_j = F_j(1-F_j) ds. The count of the others
    below t by the recursion from both ends. Stops where what follows is proven below 1e-17.
    """
    size, totals = len(logits), [0.0] * len(logits)
    low, high = -max(logits) - 45.0, -min(logits) + 45.0
    for step in range(math.ceil((high - low) / 0.1) + 1):
        s = low + 0.1 * step
        below = [1 / (1 + math.exp(-s - value)) for value in logits]
        above = [1 / (1 + math.exp(s + value)) for value in logits]
        if max(below) < 1e-18:
            continue
        tails = [[1.0] * n]  # tails[k][c]: at most c of the last k units are below t
        for f, g in zip(reversed(below[1:]), reversed(above[1:]), strict=True):
            old = tails[-1]
            tails.append([g * old[c] + (f * old[c - 1] if c else 0.0) for c in range(n)])
        head, most = [1.0] + [0.0] * (n - 1), 0.0  # head[c]: exactly c of the units before are below t
        for i in range(size):
            tail = tails[size - 1 - i]
            chance = sum(head[c] * tail[n - 1 - c] for c in range(n))
            most = max(most, chance)
            totals[i] += 0.1 * below[i] * above[i] * chance
            f, g = below[i], above[i]
            head = [g * head[c] + (f * head[c - 1] if c else 0.0) for c in range(n)]
        if most < 1e-17:
            break
    return totals


def logit(p: float) -> float:
    """Return ln(p / (1-p))."""
    return math.log(p / (1 - p))


def shifted(logits: list[float], n: int) -> list[float]:
    """Return the logits with a common shift such that Σλ = n."""
    for _ in range(100):
        lambdas = [1 / (1 + math.exp(-value)) for value in logits]
        move = (n - math.fsum(lambdas)) / math.fsum(p * (1 - p) for p in lambdas)
        logits = [value + move for value in logits]
        if abs(move) < 1e-15:
            break
    return logits


def adjusted(pis: list[Fraction], n: int) -> list[float] | None:
    """Return λ whose realised probabilities are the wanted ones, None where 200 steps do not get there (2.4)."""
    size, goals = len(pis), [float(p) for p in pis]
    logits = [logit(p) for p in goals]
    for _ in range(200):
        now = realised(tuple(logits), n)
        if all(abs(a - p) <= max(1e-11 * min(p, 1 - p), 1e-14) for a, p in zip(now, goals, strict=True)):
            return [1 / (1 + math.exp(-value)) for value in logits]
        moves = [(size - 1) / size * (logit(p) - logit(a)) for a, p in zip(now, goals, strict=True)]
        logits = shifted([value + move for value, move in zip(logits, moves, strict=True)], n)
    return None


def rounded(value: Fraction) -> int:
    """Return 2^53 times the fraction, rounded half to even."""
    return round(value * ONE)


def working(sizes: list[int], sample: int) -> tuple[str, list[int]]:
    """Return the word for `working` and the L of each unit of a stratum (2.4)."""
    pis, n = wanted(sizes, sample)
    left = [i for i, p in enumerate(pis) if p is not None]
    values = [p for p in pis if p is not None]
    result = [ONE if p is None else rounded(p) for p in pis]
    lambdas = adjusted(values, n) if needs_adjusting(values, n) else None
    if lambdas is None:
        return "pareto", result
    for i, value in zip(left, lambdas, strict=True):
        result[i] = rounded(Fraction(value))
    return "adjusted", result


def adjusted_error(sizes: list[int], sample: int, ls: list[int]) -> str:
    """Return what is wrong with the L of an adjusted stratum, empty when they realise the wanted π (2.4)."""
    pis, n = wanted(sizes, sample)
    left = [i for i, p in enumerate(pis) if p is not None]
    for i, p in enumerate(pis):
        if p is None and ls[i] != ONE:
            return f"L {ls[i]} of a certainty unit"
        if p is not None and not 0 < ls[i] < ONE:
            return f"L {ls[i]} of a unit that is not certain"
    now = realised(tuple(math.log(ls[i] / (ONE - ls[i])) for i in left), n)
    for i, a in zip(left, now, strict=True):
        p = pis[i]
        if abs(a - p) > max(1e-9 * min(p, 1 - p), 1e-12):
            return f"L {ls[i]} realises {a!r}, wanted {p}"
    return ""


def size_error(sizes: list[int], sample: int, reserve: int) -> str:
    """Return which bound of 2.2 a stratum breaks, empty when none."""
    count = len(sizes)
    if not 1 <= sample <= count or reserve < 0 or sample + reserve > count:
        return f"n {sample}, r {reserve} of {count} units"
    if min(sizes) < 1 or max(sizes) * count > ONE or max(sizes) > 10**6 * min(sizes):
        return f"sizes from {min(sizes)} to {max(sizes)}"
    pis, n = wanted(sizes, sample)
    left = [p for p in pis if p is not None]
    if len(left) > 2000 and len(set(left)) > 1 and (n < 20 or max(left) > Fraction(1, 2)):
        return f"{len(left)} units of unequal sizes with n {n} and π up to {max(left)}"
    return ""
