"""Are a round's scores current: they are until a register, a rule that they are made by, or a card is another one."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
import yaml
from trade_city import lay_rule, make, opened

from supervision.month import line, scoring
from supervision.month.round_files import INDUSTRY_CARDS, SCORECARD, TRAINED, OwnCards, Step
from supervision.risk.cards import Cards
from supervision.store import shipped_files

ROUND = "2026-12"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A city with own cards, trained and scored; only to copy."""
    folder = tmp_path_factory.mktemp("basis")
    make(folder)
    line.score(opened(folder), ROUND)
    return folder


@pytest.fixture
def folder(made, tmp_path):
    """A copy that a test may change."""
    shutil.copytree(made, tmp_path / "city")
    return tmp_path / "city"


def current(folder):
    """Whether the scores are current by what stands there now."""
    return scoring.is_current(opened(folder).round(ROUND))


def lay(folder, name, value, day=date(2026, 11, 20)):
    """Put a rule of the city's own with a date into its folder; True, False and the date as the file says."""
    lay_rule(folder, name, value)
    path = folder / f"rules/shared/{name}.yaml"
    body = yaml.safe_load(path.read_text(encoding="utf-8"))
    body["values"][0]["from"] = day
    path.write_text(yaml.safe_dump(body, allow_unicode=True), encoding="utf-8")


def test_scores_are_current_until_a_rule_of_theirs_changes(folder):
    """Shares of classes count, what may be disputed counts; a rule of visits does not, nor one whose day is to come."""
    assert current(folder)
    lay(folder, "yearly_visit_cap", {"same_agency": 1, "all_agencies": 2})
    lay(folder, "risk_cutoff", {"shares": {"B": 40, "C": 20, "D": 10}}, date(2027, 6, 1))
    assert current(folder)
    lay(folder, "risk_cutoff", {"shares": {"B": 40, "C": 20, "D": 10}})
    assert not current(folder)
    line.score(opened(folder), ROUND)
    assert current(folder)
    lay(folder, "objection", {"open": "used", "upheld": "unused", "rejected": "used", "retracted": "used",
                              "decide_days": 30})  # fmt: skip
    assert not current(folder)


def test_a_rule_of_cards_asks_for_training(folder):
    """Where only cards are made by a rule, scoring alone is not enough: they stay stale until cards are made anew."""
    lay_rule(folder, "industry_card", {"rows": 10**6, "found": 50, "sure_percent": 90})
    assert not current(folder)
    scoring.score(opened(folder).round(ROUND))
    assert not current(folder)
    round = opened(folder).round(ROUND)
    scoring.train(round)
    assert not round.holds(INDUSTRY_CARDS)
    assert not current(folder), "the scores are those of the cards before"
    scoring.score(opened(folder).round(ROUND))
    assert current(folder)


def test_other_cards_are_noticed(folder):
    """A card that is put beside the scores, the general one or an industry's, is another one."""
    round = opened(folder).round(ROUND)
    card, own, trained = round.read(SCORECARD), round.read(INDUSTRY_CARDS), round.read(TRAINED)
    fewer = Cards(general=card, own={"H": own.cards["H"]}).file
    for cards in (fewer, OwnCards(general=own.general, cards={}, shifts={})):
        with round.save(Step.TRAIN) as saving:
            saving.put(SCORECARD, card)
            saving.put(INDUSTRY_CARDS, cards)
            saving.put(TRAINED, trained)
        assert not current(folder)
    with round.save(Step.TRAIN) as saving:
        saving.put(SCORECARD, card)
        saving.put(INDUSTRY_CARDS, own)
        saving.put(TRAINED, trained)
    assert current(folder)


def test_a_result_that_counts_otherwise_is_noticed(folder):
    """What each result counts as is of the city's code lists."""
    (folder / "rules/code_lists").mkdir(parents=True)
    shipped = shipped_files.shipped_code_lists()["result.yaml"].decode("utf-8")
    changed = shipped.replace("outcome: problem", "outcome: could_not", 1)
    assert changed != shipped
    (folder / "rules/code_lists/result.yaml").write_text(changed, encoding="utf-8")
    assert not current(folder)
