"""公开随机源 (4): sources as the rules list them, and made-up winning numbers that depend on the issue alone."""

import hashlib


def source(name: str, kind: str, numbers: tuple[int, int, int], at: str, issue: str) -> dict:
    """Return one source; numbers are count, low, high."""
    count, low, high = numbers
    return {"at": at, "count": count, "high": high, "issue": issue, "kind": kind, "low": low, "name": name}


def dlt(at: str, issue: str) -> list[dict]:
    """大乐透: front 5 of 1-35, back 2 of 1-12, 24 bits."""
    return [
        source("dlt-front", "set", (5, 1, 35), at, issue),
        source("dlt-back", "set", (2, 1, 12), at, issue),
    ]


def ssq(at: str, issue: str) -> list[dict]:
    """双色球: red 6 of 1-33, blue 1 of 1-16, 24 bits."""
    return [
        source("ssq-red", "set", (6, 1, 33), at, issue),
        source("ssq-blue", "number", (1, 1, 16), at, issue),
    ]


def pl5(at: str, issue: str) -> list[dict]:
    """排列五: a sequence of five digits, 16 bits."""
    return [source("pl5", "sequence", (5, 0, 9), at, issue)]


def fc3d(at: str, issue: str) -> list[dict]:
    """3D: a sequence of three digits, 9 bits."""
    return [source("fc3d", "sequence", (3, 0, 9), at, issue)]


def winning_numbers(one: dict) -> list[int]:
    """Return the numbers of a source, in the order in which they came out."""
    numbers: list[int] = []
    turn = 0
    while len(numbers) < one["count"]:
        text = f"{one['name']} {one['issue']} {turn}".encode()
        number = one["low"] + int.from_bytes(hashlib.sha256(text).digest()[:8], "big") % (one["high"] - one["low"] + 1)
        turn += 1
        if one["kind"] != "set" or number not in numbers:
            numbers.append(number)
    return numbers


def winning(sources: list[dict]) -> dict[str, list[int]]:
    """Return the numbers of all sources of a commitment, by name."""
    return {one["name"]: winning_numbers(one) for one in sources}
