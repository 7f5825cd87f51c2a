"""放弃的名册承诺 (3): roster commitments given up one after the other, and what may follow them."""

from collections.abc import Callable
from typing import Any

from second_reader.encoding import later

from protocol_rounds import afterwards as after
from protocol_rounds import chains
from protocol_rounds.bureau import Bureau, Tap
from protocol_rounds.cases import Case, Files, forged, honest, rehashed, setting

AT = "2026-11-24T09:00:00+08:00"
ROUND = "public/2026-12"
FIRST, SECOND, THIRD = "abandoned2.json", "abandoned2-2.json", "roster_commitment-3.json"


def twice(taps: dict[str, Tap] | None = None, drawn: bool = True) -> Bureau:
    """Return a round with two roster commitments given up in turn; the third one is drawn, or not made yet."""
    bureau = Bureau(taps)
    one = chains.commit(bureau, "2026-12", AT)
    now = chains.draw(one)
    for number, mark in enumerate(("first", "again"), 1):
        now = later(chains.commit_people(one, now, mark), hours=-10)
        digest = after.abandon(one, now, "开奖取消", "ssq-red", number=number)
        after.anchor(one, later(now, minutes=10), "newspaper", "abandoned", digest)
        now = later(now, hours=1)
    if drawn:
        chains.commit_people(one, now, "last")
        now = chains.match(one)
    after.publish(one, later(now, hours=1))
    return bureau


def without(*names: str) -> Callable[[Files], None]:
    """Return an edit that takes public files away."""

    def edit(files: Files) -> None:
        for name in names:
            files.pop(f"{ROUND}/{name}")

    return edit


def moved(old: str, new: str) -> Callable[[Files], None]:
    """Return an edit that gives a public file another name."""
    return lambda files: files.update({f"{ROUND}/{new}": files.pop(f"{ROUND}/{old}")})


def forged_again(name: str, tap: str, *field: Any, says: str = "") -> Case:
    """Return a case with one field of a record of that round forged."""
    value, *path = field
    return forged(name, says or (tap if tap.endswith(".json") else f"{tap}.json"), twice, {tap: setting(value, *path)})


def cases() -> list[Case]:
    """Return all cases about roster commitments given up."""
    return [
        honest("two roster commitments given up, the third drawn", twice),
        honest("two roster commitments given up, no calendar yet", lambda: twice(drawn=False)),
        forged_again("a second abandonment of the first roster commitment's round", SECOND, "2026-11", "round"),
        forged_again("a second abandonment of another commitment", SECOND, "0" * 64, "commitment"),
        forged_again("a second abandonment for no source", SECOND, None, "cancelled"),
        forged_again("a second abandonment before its commitment", SECOND, f"{AT[:10]}T10:00:00+08:00", "at"),
        forged_again(
            "a second abandonment dated after what follows", SECOND, "2026-12-24T10:00:00+08:00", "at", says=THIRD
        ),
        forged_again("a third roster commitment called the second", THIRD[:-5], 2, "number"),
        rehashed("the second abandonment kept back", (THIRD, SECOND), twice, without(SECOND)),
        rehashed("both abandonments kept back", ("roster_commitment", FIRST), twice, without(FIRST, SECOND)),
        rehashed(
            "an abandonment without its commitment", "abandoned2-4.json", twice, moved(SECOND, "abandoned2-4.json")
        ),
        rehashed("an abandonment called -02", "abandoned2-02.json", twice, moved(SECOND, "abandoned2-02.json")),
        rehashed("an abandonment of a drawn roster commitment", "-3.json", twice, moved(SECOND, "abandoned2-3.json")),
    ]
