"""承诺的链 (3): second tickets, gaps, keys used twice, rounds abandoned too late or left open."""

from typing import Any

from second_reader.encoding import later

from protocol_rounds import afterwards as after
from protocol_rounds import chains
from protocol_rounds.bureau import Bureau, Tap
from protocol_rounds.cases import Case, changing, forged, honest, setting
from protocol_rounds.round import Round
from protocol_rounds.worlds import FIRE

C, ABANDONED, AGAIN = "commitment.json", "abandoned.json", "abandoned2.json"
AT = "2026-11-24T09:00:00+08:00"
OTHER = (chains.moved(FIRE, "gas-01", ("gas",)),)


def only(round_id: str, tap: Tap) -> Tap:
    """Return a tap that works in one round alone."""
    return lambda given, one: tap(given, one) if one.round_id == round_id else given


def broken(sequence: int = 0, previous: str | None = None) -> Any:
    """Return a story of three months with a break before the third."""

    def story(taps: dict[str, Tap] | None = None) -> Bureau:
        bureau = Bureau(taps)
        chains.whole(bureau, "2026-10", "2026-09-24T09:00:00+08:00")
        chains.whole(bureau, "2026-11", "2026-10-25T09:00:00+08:00")
        bureau.sequence += sequence
        bureau.previous = previous or bureau.previous
        chains.whole(bureau, "2026-12", AT)
        return bureau

    return story


def left_open(taps: dict[str, Tap] | None = None) -> Bureau:
    """Return a round that is neither drawn nor abandoned, and the next one committed long after."""
    bureau = Bureau(taps)
    one = chains.commit(bureau, "2026-11", "2026-10-25T09:00:00+08:00")
    after.publish(one, "2026-10-25T12:00:00+08:00")
    chains.whole(bureau, "2026-12", AT)
    return bureau


def second_ticket(taps: dict[str, Tap] | None = None) -> Bureau:
    """Return a round left open because a second commitment with the same sequence was drawn instead."""
    bureau = Bureau(taps)
    one = chains.commit(bureau, "2026-12", AT)
    after.publish(one, later(AT, hours=3))
    bureau.sequence, bureau.previous = 0, None
    chains.whole(bureau, "2026-12-b", later(AT, hours=5), chains.TWO, "replaces the first")
    return bureau


def framed_again(taps: dict[str, Tap] | None = None) -> Bureau:
    """Return a drawn round and an extra one that frames the same units for the same items."""
    bureau = Bureau(taps)
    now = chains.whole(bureau, "2026-12", AT)
    chains.whole(bureau, "2026-12-b", later(now, hours=1), (chains.moved(FIRE, "fire-02", ("fire-a",)),), "once more")
    return bureau


def without_cause(taps: dict[str, Tap] | None = None) -> Bureau:
    """Return an extra round without cause."""
    bureau = Bureau(taps)
    now = chains.whole(bureau, "2026-12", AT)
    chains.whole(bureau, "2026-12-b", later(now, hours=1), OTHER)
    return bureau


def with_cause(cause: str) -> Any:
    """Return a story with an extra round of that cause."""

    def story(taps: dict[str, Tap] | None = None) -> Bureau:
        bureau = Bureau(taps)
        now = chains.whole(bureau, "2026-12", AT)
        chains.whole(bureau, "2026-12-b", later(now, hours=1), OTHER, cause)
        return bureau

    return story


def named(round_id: str) -> Any:
    """Return a story with a round of that name."""

    def story(taps: dict[str, Tap] | None = None) -> Bureau:
        bureau = Bureau(taps)
        chains.whole(bureau, round_id, AT, OTHER, "a cause" if len(round_id) > 7 else None)
        return bureau

    return story


def drawn_and_abandoned(taps: dict[str, Tap] | None = None) -> Bureau:
    """Return a round that is drawn and then abandoned."""
    bureau = Bureau(taps)
    one = chains.commit(bureau, "2026-12", AT)
    now = chains.draw(one)
    after.abandon(one, later(now, hours=1), "the list did not please", "ssq-red")
    after.publish(one, later(now, hours=2))
    return bureau


def abandoned_late(cancelled: str | None = None) -> Any:
    """Return a story of a round abandoned when its first source is known."""

    def story(taps: dict[str, Tap] | None = None) -> Bureau:
        bureau = Bureau(taps)
        one = chains.commit(bureau, "2026-12", AT)
        at = later(AT, days=3, hours=1)
        digest = after.abandon(one, at, "名录有误", cancelled)
        after.anchor(one, later(at, minutes=5), "newspaper", "abandoned", digest)
        after.publish(one, later(at, hours=1))
        chains.whole(bureau, "2026-12-b", later(AT, days=6), chains.TWO, "replaces the first")
        return bureau

    return story


def drawn_and_given_up(taps: dict[str, Tap] | None = None) -> Bureau:
    """Return a round whose roster commitment is drawn and abandoned."""
    bureau = Bureau(taps)
    one = chains.commit(bureau, "2026-12", AT)
    now = chains.draw(one)
    chains.commit_people(one, now, "0")
    now = chains.match(one)
    digest = after.abandon(one, later(now, hours=1), "the team did not please", "ssq-red", number=1)
    after.anchor(one, later(now, hours=2), "newspaper", "abandoned", digest)
    after.publish(one, later(now, hours=3))
    return bureau


def two_tickets(taps: dict[str, Tap] | None = None) -> Bureau:
    """Return a round with two roster commitments that wait at the same time; the second one is drawn."""
    bureau = Bureau(taps)
    one = chains.commit(bureau, "2026-12", AT)
    now = chains.draw(one)
    chains.commit_people(one, now, "0")
    chains.commit_people(one, later(now, hours=3), "1")
    now = chains.match(one)
    after.publish(one, later(now, hours=3))
    return bureau


def abandoned_afterwards(taps: dict[str, Tap] | None = None) -> Bureau:
    """Return a round whose first roster commitment is abandoned only when the second one has been drawn."""
    bureau = Bureau(taps)
    one = chains.commit(bureau, "2026-12", AT)
    now = chains.draw(one)
    chains.commit_people(one, now, "0")
    chains.commit_people(one, later(now, hours=3), "1")
    now = chains.match(one)
    digest = after.abandon(one, later(now, hours=1), "the organiser cancelled the issue", "ssq-red", number=1)
    after.anchor(one, later(now, hours=2), "newspaper", "abandoned", digest)
    after.publish(one, later(now, hours=3))
    return bureau


def drawn_late(taps: dict[str, Tap] | None = None) -> Bureau:
    """Return a round drawn only after the next one had been committed, long after its last source."""
    bureau = Bureau(taps)
    one = chains.commit(bureau, "2026-11", "2026-10-25T09:00:00+08:00")
    two = chains.commit(bureau, "2026-12", "2026-11-05T09:00:00+08:00")
    one.draw("2026-11-05T12:00:00+08:00")
    after.publish(one, "2026-11-05T13:00:00+08:00")
    after.publish(two, "2026-11-05T14:00:00+08:00")
    return bureau


def on_abandoned(name: str, tap: Tap, story: Any = chains.abandoned_before, file: str = ABANDONED) -> Case:
    """Return a case with another record of an abandonment."""
    return forged(name, file, story, {file: tap})


def abandonments() -> list[Case]:
    """Abandoned rounds and roster commitments."""
    early = setting("2026-11-30T00:00:00+08:00", "at")
    return [
        on_abandoned("an abandonment of another commitment", setting("0" * 64, "commitment")),
        on_abandoned("an abandonment of another round", setting("2026-11", "round")),
        on_abandoned("an abandonment without reason", setting("", "reason")),
        on_abandoned("a reason of 501 characters", setting("r" * 501, "reason")),
        on_abandoned("a reason with a C1 control character", setting("a\u0085b", "reason")),
        on_abandoned("an abandonment with a field more", setting("x", "note")),
        on_abandoned("an abandonment for a source that is none", setting("pl5", "cancelled")),
        on_abandoned("an abandonment at no time", setting("2026-11-25", "at")),
        on_abandoned("an abandonment dated after the first source", early),
        forged("a round abandoned after its first source", (ABANDONED, "log.jsonl"), abandoned_late(), {}),
        forged("a round drawn and abandoned", ABANDONED, drawn_and_abandoned, {}),
        forged("a roster commitment drawn and abandoned", AGAIN, drawn_and_given_up, {}),
        forged("two roster commitments at a time", ("roster_commitment", AGAIN, "reveal2"), two_tickets, {}),
        forged(
            "a roster commitment abandoned when the next is drawn",
            ("roster_commitment", AGAIN, "log.jsonl"),
            abandoned_afterwards,
            {},
        ),
        on_abandoned("an abandonment before the commitment", setting("2026-11-24T08:00:00+08:00", "at")),
        on_abandoned(
            "a roster commitment abandoned freely", setting(None, "cancelled"), chains.roster_made_again, AGAIN
        ),
        on_abandoned(
            "a roster abandonment of another commitment",
            setting("0" * 64, "commitment"),
            chains.roster_made_again,
            AGAIN,
        ),
        on_abandoned(
            "a roster abandonment for a source that is none",
            setting("dlt-front", "cancelled"),
            chains.roster_made_again,
            AGAIN,
        ),
    ]


def two_hashes() -> Bureau:
    """Return two rounds of which the first uses SM3."""
    bureau = Bureau()
    chains.whole(bureau, "2026-11", "2026-10-25T09:00:00+08:00", digest="sm3")
    chains.whole(bureau, "2026-12", AT)
    return bureau


def one_key(given: bytes, _: Round) -> bytes:
    """Return the same key for every round."""
    return bytes(range(32))


def sequences() -> list[Case]:
    """Sequences, previous digests, keys, rounds left open, extra rounds."""
    third = "public/2026-12"
    gap = ("public/2026-10",)
    back = setting("2026-10-20T09:00:00+08:00", "committed_at")
    return [
        honest("a chain from SM3 to SHA-256", two_hashes),
        forged("a sequence that skips a number", C, broken(sequence=1), {}),
        forged("a sequence twice", C, broken(sequence=-1), {}),
        forged("previous of another commitment", C, broken(previous="0" * 64), {}),
        forged("a second ticket with the same sequence", (C, "sequence", "2026-12"), second_ticket, {}),
        forged("one frame_key for all rounds", C, broken(), {"frame_key": one_key}),
        forged("a round drawn after the next was committed", (C, "2026-11", "log"), drawn_late, {}),
        forged(
            "one frame_key, seen from the public history",
            C,
            broken(),
            {"frame_key": one_key},
            folder=third,
            history=("public/2026-10", "public/2026-11"),
        ),
        forged("a round left open", (C, "2026-11"), left_open, {}),
        forged("an extra round that frames the same units again", ("2026-12-b", "frame"), framed_again, {}),
        forged("an extra round without cause", C, without_cause, {}),
        forged("an extra round with an empty cause", C, with_cause(""), {}),
        forged("a cause of 501 characters", C, with_cause("c" * 501), {}),
        forged("a cause with DEL", C, with_cause("a\u007fb"), {}),
        forged("a round called -a", ("2026-12-a", C), named("2026-12-a"), {}),
        forged("a round called -B", ("2026-12-B", C), named("2026-12-B"), {}),
        forged("a round of month 13", ("2026-13", C), named("2026-13"), {}),
        forged("a commitment before the one before it", C, chains.three_months, {C[:-5]: only("2026-12", back)}),
        forged("a history with a round left out", C, chains.three_months, {}, folder=third, history=gap),
        forged(
            "a history with a changed round",
            C,
            broken(previous="0" * 64),
            {},
            folder=third,
            history=("public/2026-10", "public/2026-11"),
        ),
        forged(
            "a history with a round left open",
            (C, "2026-11"),
            left_open,
            {},
            folder=third,
            history=("public/2026-11",),
        ),
        forged(
            "another agency in the second round",
            "roster_commitment-2.json",
            chains.roster_made_again,
            {"roster_commitment-2": setting("x", "agency")},
        ),
        forged(
            "a key_digest of the round before",
            (C, "frame_key.hex"),
            chains.three_months,
            {"commitment": only("2026-12", changing(lambda c, _: c.update(key_digest="0" * 64)))},
        ),
    ]


def cases() -> list[Case]:
    """Return all cases about chains."""
    return [*sequences(), *abandonments()]
