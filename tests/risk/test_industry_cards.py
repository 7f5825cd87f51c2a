"""Own cards of industries: where different things go wrong they win, elsewhere the general one stands."""

import numpy as np
import pytest
from two_trades import HOTELS, MAKING, inspections

from supervision.errors import SupervisionError
from supervision.risk.industry_cards import ahead, learn_own
from supervision.risk.learning import BOOSTED, PAST_RATE, RIDGE, Learned, parts
from supervision.risk.measures import average_precision
from supervision.risk.ridge_card import fit_ridge
from supervision.risk.training import fit

RULE = {"rows": 1_000, "found": 100, "sure_percent": 95}
APART = inspections()


def general(training):
    """The general card by the stepped ridge, as `learn` gives it where that way wins."""
    before, after = parts(training)
    later = fit_ridge(before).score(after.features)[0].astype(np.float64)
    return Learned(card=fit_ridge(training), method=RIDGE, tried={}, later=later)


LEARNED = general(APART)


def of(training, section):
    """The rows of a section."""
    return training.where(training.features["industry"].to_numpy() == section)


def test_trades_in_which_different_things_tell():
    """Both get their own card, learned on all of their rows; it ranks their later rows better than the general one."""
    own = learn_own(APART, LEARNED, RULE, seed=1)
    assert sorted(own.cards) == ["C", "H"]
    before, after = parts(APART)
    for one, section in zip(own.tried, (MAKING, HOTELS), strict=True):
        mine, later = of(APART, section), of(after, section)
        assert (one.section, one.state) == ("CH"[section == HOTELS], "used")
        assert (one.rows, one.found) == (len(mine.found), int(mine.found.sum()))
        assert one.own > one.general + 0.05 > one.past_rate and one.sure >= 95
        assert own.cards[one.section] == fit_ridge(mine)
        assert one.own == average_precision(fit_ridge(of(before, section)).score(later.features)[0], later.found)
        told = LEARNED.later[after.features["industry"].to_numpy() == section]
        assert one.general == average_precision(told, later.found)
        assert one.past_rate == average_precision(later.past, later.found)


def test_trades_that_are_alike():
    """Where the same things tell everywhere, nobody gets a card of its own."""
    alike = inspections(1, apart=False)
    own = learn_own(alike, general(alike), RULE, seed=1)
    assert own.cards == {}
    assert [one.state for one in own.tried] == ["lost", "lost"]
    assert all(one.own <= one.general or one.sure < 95 for one in own.tried)


def test_the_way_of_the_general_card():
    """A section is tried by the one way that won for all; where the plain rule won, by the stepped ridge."""
    for method, way in ((RIDGE, fit_ridge), (PAST_RATE, fit_ridge), (BOOSTED, lambda rows: fit(rows, seed=1))):
        given = Learned(card=LEARNED.card, method=method, tried={}, later=LEARNED.later)
        assert learn_own(APART, given, RULE, seed=1).cards["H"] == way(of(APART, HOTELS))


def test_the_rule_bounds():
    """Rows, problems and the sureness that are just reached, and one more; the rarer result counts."""
    few = inspections(3, share=0.4)
    learned, hotels = general(few), of(few, HOTELS)
    rows, found = len(hotels.found), int(hotels.found.sum())
    rarer = min(found, rows - found)
    for more, state in ((0, "used"), (1, "few")):
        for rule in ({"rows": rows + more, "found": rarer}, {"rows": rows, "found": rarer + more}):
            tried = learn_own(few, learned, {**rule, "sure_percent": 95}, seed=1).tried
            assert tried[1].state == state and (tried[1].own is None) == (state == "few")
    assert tried[0].section == "C"


def test_sure_enough():
    """The own card ranks better, but in too few of the redraws: it is not used, and with a lower bound it is."""
    close = inspections(6, rows=1_200, apart=False)
    learned = general(close)
    tried = {one.section: one for one in learn_own(close, learned, {**RULE, "rows": 100, "found": 10}, seed=1).tried}
    better = [one for one in tried.values() if one.own > max(one.general, one.past_rate) and one.sure < 95]
    assert better and all(one.state == "lost" for one in better)
    for one in better:
        rule = {"rows": 100, "found": 10, "sure_percent": int(one.sure)}
        assert one.section in learn_own(close, learned, rule, seed=1).cards
        assert one.section not in learn_own(close, learned, {**rule, "sure_percent": int(one.sure) + 1}, seed=1).cards


def test_the_plain_rule_must_be_beaten_too():
    """Where a unit's own past tells everything, a card that beats the general one alone is not used."""
    past = np.where(APART.found == 1, 1.0, 0.0)
    knowing = type(APART)(**{**vars(APART), "past": past})
    own = learn_own(knowing, LEARNED, RULE, seed=1)
    assert own.cards == {} and {one.state for one in own.tried} == {"lost"}
    assert all(one.past_rate == 1.0 > one.own > one.general and one.sure >= 95 for one in own.tried)


def test_results_all_alike_early_or_late():
    """A section whose earlier, or later, inspections all ended alike cannot be tried; the other one is."""
    hotel = APART.features["industry"].to_numpy() == HOTELS
    split = parts(APART)[1].date.min()
    for time in (APART.date < split, APART.date >= split):
        found = np.where(hotel & time, 0, APART.found).astype(np.int8)
        changed = type(APART)(**{**vars(APART), "found": found})
        tried = learn_own(changed, general(changed), {**RULE, "rows": 100, "found": 10}, seed=1).tried
        assert [one.state for one in tried][1:] == ["alike"] != [one.state for one in tried][:1]
        assert tried[1].own is tried[1].sure is None


def test_a_city_that_has_none():
    """A rule of null: nothing is tried."""
    own = learn_own(APART, LEARNED, None, seed=1)
    assert own.cards == {} and own.tried == ()


WRONG = [{"rows": 1, "found": 1}, {**RULE, "more": 1}, {**RULE, "rows": 1.5}, 7, {}, {**RULE, "rows": 0},
         {**RULE, "sure_percent": 101}, {**RULE, "found": True}]  # fmt: skip


@pytest.mark.parametrize("rule", WRONG)
def test_a_rule_of_another_shape(rule):
    """What the rule may not say is refused by the rule's name."""
    with pytest.raises(SupervisionError, match="shared/industry_card") as caught:
        learn_own(APART, LEARNED, rule, seed=1)
    assert caught.value.code == "risk.rule_shape"


def test_ahead():
    """Always, never, and never for the same ranking; the same seed, the same answer."""
    found = np.array([1, 1, 0, 0, 0, 0, 1, 0] * 20, dtype=np.int8)
    good, bad = found.astype(np.float64), -found.astype(np.float64)
    assert ahead(good, bad, found, seed=1) == 100.0
    assert ahead(bad, good, found, seed=1) == ahead(good, good, found, seed=1) == 0.0
    rng = np.random.default_rng(1)
    one, other = rng.random((2, len(found)))
    assert 0.0 < ahead(one, other, found, seed=2) == ahead(one, other, found, seed=2) < 100.0
