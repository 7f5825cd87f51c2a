"""Moves, cancellations, substitutes and what may happen while a draw waits."""

from pathlib import Path
from typing import Any

from edits import Edit
from forge_draws import Full, changed, short

MON, TUE = "2026-12-07", "2026-12-08"


def test_a_visit_is_moved_once_and_never_to_where_it_is(differs: Any) -> None:
    """Moves: once, elsewhere, not into the past, not before the last source, whole days stay whole."""
    move = lambda day: lambda one: one.move("2026-12-03T10:00:00", one.visits()[1], day)  # noqa: E731
    assert differs({}, course=changed(move("2026-12-10T1"[:10] + "T1"))) == "exit 0"
    name = lambda one: one.visits()[1]  # noqa: E731

    def twice(one: Full) -> None:
        visit = name(one)
        one.move("2026-12-03T10:00:00", visit, "2026-12-10T1")
        one.course.moved.clear()
        one.leave("2026-12-03T10:30:00", "F-1", [f"{TUE}T1"])
        one.move("2026-12-03T11:00:00", visit, "2026-12-11T1")

    assert differs({}, course=changed(twice)) == "change.moved_twice"
    assert differs({}, course=changed(move("2026-12-02T2"))) == "change.moved_back"


def test_a_move_has_the_half_days_of_its_places(differs: Any) -> None:
    """The forger writes other half-days than the move's, or the same as before."""

    def course(one: Full) -> Full:
        short(one).move("2026-12-03T10:00:00", one.visits()[0], "2026-12-10T1")
        return one

    def forge(value: list[str]) -> Edit:
        return lambda rows: [one | {"half_days": value} for one in rows]

    assert differs({"changes": forge(["2026-12-10T2"])}, course=course) == "change.moved_half_days"
    assert differs({"changes": forge(["2026-12-10T1"])}, course=course) == "change.moved_half_days"
    assert differs({"changes": forge([f"{MON}T1", f"{MON}T2"])}, course=course) == "change.same_half_day"


def test_what_is_cancelled_or_sent_back_is_over(differs: Any) -> None:
    """No change of a cancelled visit; a visit sent back can only be cancelled, or come back by a supplement."""

    def cancelled(one: Full) -> None:
        visit = one.visits()[0]
        one.cancel("2026-12-03T10:00:00", visit)
        key = one.course.team(visit)[0]
        one.substitute("2026-12-03T11:00:00", key)

    def sent_back(last: str) -> Any:
        def step(one: Full) -> None:
            visit = one.visits()[1]
            for key in one.course.team(visit):
                one.leave("2026-12-03T09:00:00", one.course.held.holder[key], ["2026-12-10T1"])
            one.move("2026-12-03T10:00:00", visit, "2026-12-10T1")
            assert visit in one.course.sent_back
            if last == "cancel":
                one.cancel("2026-12-03T11:00:00", visit)
            elif last == "substitute":
                one.substitute("2026-12-03T11:00:00", one.course.team(visit)[0])

        return step

    assert differs({}, course=changed(cancelled)) == "change.after_cancelled"
    assert differs({}, course=changed(sent_back("nothing"))) == "exit 0"
    assert differs({}, course=changed(sent_back("cancel"))) == "exit 0"
    assert differs({}, course=changed(sent_back("substitute"))) == "change.after_sent_back"


def test_half_a_team_may_be_replaced(tmp_path: Path) -> None:
    """One of two replaced, the other stays; two of two replaced is sent back; an open place is no member."""

    def move(absent: tuple[int, ...], opened: bool = False) -> tuple[list[str], bool]:
        one = short(Full())
        visit = next(name for name in one.visits() if len(one.course.team(name)) == 2)
        keys = one.course.team(visit)
        old = [one.course.held.holder[key] for key in keys]
        for place in absent:
            one.course.leave[old[place]] = frozenset({"2026-12-21T1"})
        if opened:
            one.course.held.take(keys[1])
        one.move("2026-12-03T10:00:00", visit, "2026-12-21T1")
        new = [row["inspector_id"] for row in one.changes]
        words = [
            "open" if now is None else "stays" if now == was else "other" for now, was in zip(new, old, strict=True)
        ]
        return words, visit in one.course.sent_back

    assert move(()) == (["stays", "stays"], False)
    assert move((0,)) == (["other", "stays"], False)
    assert move((0, 1)) == (["open", "open"], True)
    assert move((0,), opened=True) == (["open", "open"], True)


def test_between_roster_commitment_and_draw_only_leave_is_entered(differs: Any) -> None:
    """A substitution while a draw waits would know who is wanted before the seed does."""
    key = lambda one: sorted(one.course.held.holder)[0]  # noqa: E731

    def waiting(one: Full) -> None:
        one.supplement("2026-12-02T14:00:00", "2026-12-04")

    substitute = lambda at: lambda one: one.substitute(at, key(one))  # noqa: E731
    leave = lambda one: one.leave("2026-12-03T09:00:00", "F-1", [f"{TUE}T1"])  # noqa: E731
    match = lambda one: one.match("2026-12-04T21:30:00")  # noqa: E731
    assert differs({}, course=changed(waiting, leave)) == "exit 0"
    assert differs({}, course=changed(waiting, leave, match)) == "exit 0"
    assert differs({}, course=changed(waiting, substitute("2026-12-03T09:00:00"))) == "change.while_waiting"
    assert differs({}, course=changed(waiting, match, substitute("2026-12-04T21:24:59"))) == "change.while_waiting"
    assert differs({}, course=changed(substitute("2026-12-02T14:00:00"), waiting, match)) == "exit 0"
    assert differs({}, course=changed(waiting, match, substitute("2026-12-04T21:31:00"))) == "exit 0"


def test_nobody_eligible_leaves_a_place_open(forged: Any) -> None:
    """A place that nobody can take stays open, and is filled when somebody is back."""

    def step(one: Full) -> None:
        key = next(key for key in sorted(one.course.held.holder) if key[1] == "M1")
        day = one.course.places[key].day
        for who in ("M-0", "M-1", "M-2", "M-3"):
            one.leave("2026-12-03T09:00:00", who, [f"{day}T1", f"{day}T2"])
        one.substitute("2026-12-03T10:00:00", key)
        assert one.changes[-1]["inspector_id"] is None
        one.substitute("2026-12-03T11:00:00", key)
        assert one.changes[-1]["out"] is None

    assert forged({}, course=changed(step)).code == 0
