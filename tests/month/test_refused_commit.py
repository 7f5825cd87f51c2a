"""A commitment that is refused leaves nothing of its own (承诺被拒，不留痕迹): no round, no scores, no log line."""

from __future__ import annotations

import pytest
from real_rounds import ACCEPTS, COMMITS, EXTRA, FOOD, extra_task

from supervision.errors import UsageError
from supervision.month import line
from supervision.store.store import Store


@pytest.mark.parametrize(
    ("given", "time", "code"),
    [
        ({"cause": "投诉集中"}, "2026-11-23T10:00", "month.unverified"),
        ({"accept_unverified": ACCEPTS, "key": "00" * 32}, "2026-11-23T10:00", "month.key_in_real_round"),
        ({"accept_unverified": ACCEPTS}, "2026-11-26T10:00", "month.overdue"),
    ],
)
def test_a_refused_commit_leaves_nothing(at, tmp_path, given, time, code) -> None:
    """Nobody answers for the rules, a key in a real round, an overdue round: refused before anything is opened."""
    play = at("committed")
    city = play.city(COMMITS)
    extra_task(play, city, tmp_path, "X01", items="market-production", population=FOOD)
    before = Store.open(play.store).rounds(), play.log()
    play.set(time)
    with pytest.raises(UsageError) as refused:
        line.commit(play.city(COMMITS), EXTRA, **given)
    assert refused.value.code == code
    assert (Store.open(play.store).rounds(), play.log()) == before
    assert Store.open(play.store).log(EXTRA) == b""
