"""Credit risk as calls (信用风险): a scorecard from past inspections or from the rules, and everybody's score by it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from supervision.law.rules import Law
from supervision.library.inputs import empty_register, outcomes, read_law
from supervision.risk.cards import GENERAL, Cards
from supervision.risk.classes import SAID, assess
from supervision.risk.expert_card import RULE, expert_card
from supervision.risk.objections import RULE as OBJECTION
from supervision.risk.objections import without_disputed
from supervision.risk.other_registers import RULE as NEEDED
from supervision.risk.other_registers import OtherRegisters
from supervision.risk.scorecard import Scorecard

if TYPE_CHECKING:
    from supervision.risk.training_set import Training

SEED = 20260101
RECORD_USE = "shared/record_use"


def fit_scorecard(
    entities: pd.DataFrame,
    events: pd.DataFrame,
    history: pd.DataFrame,
    *,
    until: date,
    law: Law | None = None,
    seed: int = SEED,
    relations: pd.DataFrame | None = None,
    licences: pd.DataFrame | None = None,
) -> Scorecard:
    """Learn a scorecard from past inspections (训练评分卡).

    Parameters
    ----------
    entities, events, history
        The registers of these names, as `read_register` returns them; several versions of a row may stand there,
        each counts from its own known_on.
    until
        Only what was held and known by this day is learned from.
    law
        The law whose terms of records count (rule shared/record_use); None takes the shipped law of `until`.
    seed
        Seed of the fit's own random numbers.
    relations, licences
        The registers of these names; None: not kept, and what they would tell is unknown of everybody.

    Returns
    -------
    Scorecard
        Integer points for each feature; 100 points double the odds of finding a problem. `to_json()` is the card as
        a file that anybody can add up by hand.

    Raises
    ------
    SupervisionError
        `risk.one_outcome`: all inspections had the same outcome; `risk.result_unknown`: a result code that is not in
        the list of codes.

    Notes
    -----
    Additive monotone gradient boosting, compiled to tables; inspector, agency and item explain and never score. With
    few outcomes (rule shared/outcome_minimum) a learned card is worth little: use `expert_scorecard`.

    Examples
    --------
    >>> from datetime import date
    >>> import supervision
    >>> registers = [supervision.read_register(kind, f"examples/{kind}.csv").good
    ...              for kind in ("entities", "events", "history")]
    >>> card = supervision.fit_scorecard(*registers, until=date(2026, 11, 30))
    >>> card.kind, card.rows, card.found
    ('learned', 9, 1)
    """
    from supervision.risk.training import fit

    law = law or read_law(until)
    return fit(_training(entities, events, history, until=until, law=law, others=_others(law, relations, licences)),
               seed=seed)  # fmt: skip


def fit_cards(
    entities: pd.DataFrame,
    events: pd.DataFrame,
    history: pd.DataFrame,
    *,
    until: date,
    law: Law,
    relations: pd.DataFrame | None = None,
    licences: pd.DataFrame | None = None,
    objections: pd.DataFrame | None = None,
) -> Cards:
    """Make the scorecards of a month as the command `train` does (训练评分卡组): general and those of industries.

    Parameters
    ----------
    entities, events, history
        As `fit_scorecard` takes them.
    until
        Only what was held and known by this day is learned from.
    law
        The law in force; its rules shared/outcome_minimum, shared/expert_card and shared/industry_card decide which
        cards there are.
    relations, licences, objections
        The registers of these names; None: not kept.

    Returns
    -------
    Cards
        `general`: the way of learning that ranks later inspections best, or the expert card where there are too few
        outcomes. `own`: the card of each section of industry that surely ranks better with one of its own.

    Raises
    ------
    RuleMissing
        The law lacks one of the rules.
    SupervisionError
        `risk.result_unknown` or `risk.rule_shape`.

    Examples
    --------
    >>> from datetime import date
    >>> import supervision
    >>> registers = [supervision.read_register(kind, f"examples/{kind}.csv").good
    ...              for kind in ("entities", "events", "history")]
    >>> law = supervision.read_law(date(2026, 12, 1))
    >>> cards = supervision.fit_cards(*registers, until=date(2026, 11, 30), law=law)
    >>> cards.general.kind, dict(cards.own)
    ('expert', {})
    """
    from supervision.risk import industry_cards
    from supervision.risk.learning import comparable, learn
    from supervision.risk.training import enough

    events, history = _undisputed(events, history, objections, on=until, law=law)
    training = _training(entities, events, history, until=until, law=law, others=_others(law, relations, licences))
    if not (enough(training, law).enough and comparable(training)):
        return Cards(general=expert_scorecard(law))
    learned = learn(training, seed=SEED)
    own = industry_cards.learn_own(training, learned, law.value(industry_cards.RULE), seed=SEED)
    return Cards(general=learned.card, own=own.cards)


def _training(entities: pd.DataFrame, events: pd.DataFrame, history: pd.DataFrame, *, until: date, law: Law,
              others: OtherRegisters) -> Training:  # fmt: skip
    from supervision.risk.training_set import training_table

    return training_table(entities, events, history, until=until, outcomes=outcomes(),
                          record_use=law.value(RECORD_USE), others=others)  # fmt: skip


def _undisputed(events: pd.DataFrame, history: pd.DataFrame, objections: pd.DataFrame | None, *, on: date,
                law: Law) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
    if objections is None:
        return events, history
    return without_disputed(events, history, objections, on=on, rule=law.value(OBJECTION))


def _others(law: Law, relations: pd.DataFrame | None, licences: pd.DataFrame | None) -> OtherRegisters:
    return OtherRegisters(
        relations=empty_register("relations") if relations is None else relations,
        licences=empty_register("licences") if licences is None else licences,
        needed=None if licences is None else law.value(NEEDED),
    )


def expert_scorecard(law: Law) -> Scorecard:
    """Return the scorecard that people set (专家评分卡), for as long as there are too few outcomes to learn from.

    Parameters
    ----------
    law
        The law in force; its rule shared/expert_card holds the points.

    Returns
    -------
    Scorecard
        A card of kind "expert": it ranks, and knows no probabilities.

    Raises
    ------
    RuleMissing
        The law has no expert card on this day.
    SupervisionError
        `risk.rule_shape` or `risk.card_sign`: the rule is not a card, or gives points against a feature's sign.

    Examples
    --------
    >>> from datetime import date
    >>> import supervision
    >>> supervision.expert_scorecard(supervision.read_law(date(2026, 12, 1))).kind
    'expert'
    """
    return expert_card(law.value(RULE))


def score_units(
    scorecard: Scorecard | Cards,
    entities: pd.DataFrame,
    events: pd.DataFrame | None = None,
    history: pd.DataFrame | None = None,
    *,
    on: date,
    law: Law,
    lang: str = "zh",
    relations: pd.DataFrame | None = None,
    licences: pd.DataFrame | None = None,
    objections: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Score and class every unit, with its reasons in words (评分分类与理由).

    Parameters
    ----------
    scorecard
        A learned or an expert card, or the cards of `fit_cards`: then a unit is scored by that of its industry.
    entities, events, history
        The registers of these names; None: there are no such rows.
    on
        The day: only what had happened and was known by then counts.
    law
        The law in force; its rules shared/risk_cutoff and shared/class_override make classes of scores.
    lang
        "zh" or "en": the language of the reasons.
    relations, licences
        The registers of these names; None: not kept. With licences the rule shared/licence_needed is asked, too.
    objections
        The register of this name: a record that is disputed rests as the rule shared/objection says; None: nobody
        objects.

    Returns
    -------
    DataFrame
        One row a row of `entities`, in its order: unit_id (str), score (int16, 0–1000), class (str, A low … D high),
        override (str, kind of the event that by law made the class worse, or missing), reason_1 … reason_3 (str,
        sentences, the strongest first, missing where there are fewer), lowered_by (str, the sentence of what lowers the
        score most, or missing), and where an industry has a card of its own, card (str, the letter of the section whose
        card scored the unit, missing where the general one did).

    Raises
    ------
    RuleMissing
        The law lacks one of the rules.
    SupervisionError
        `risk.feature_missing`, `risk.result_unknown` or `risk.rule_shape`.

    Notes
    -----
    A class ranks and sets probabilities; it accuses nobody, is not public and exempts nobody. The command `score`
    gives the same scores and reasons; where a round came before, it also keeps classes as shared/class_change says.

    Examples
    --------
    >>> from datetime import date
    >>> import supervision
    >>> law = supervision.read_law(date(2026, 12, 1))
    >>> registers = [supervision.read_register(kind, f"examples/{kind}.csv").good
    ...              for kind in ("entities", "events", "history")]
    >>> scores = supervision.score_units(supervision.expert_scorecard(law), *registers, on=date(2026, 11, 30), law=law)
    >>> worst = scores.sort_values("score", ascending=False).iloc[0]
    >>> worst["unit_id"], worst["score"].item(), worst["class"], worst["reason_1"]
    ('92320505YYAJR2JC9C', 745, 'D', '在经营异常名录：是')
    """
    cards = scorecard if isinstance(scorecard, Cards) else Cards(general=scorecard)
    events = empty_register("events") if events is None else events
    history = empty_register("history") if history is None else history
    assessed = assess(
        entities,
        *_undisputed(events, history, objections, on=on, law=law),
        on=on,
        law=law,
        cards=cards,
        outcomes=outcomes(),
        others=_others(law, relations, licences),
    )
    found = assessed[["unit_id", "score", "class", "override"]].copy()
    section = assessed["card"].fillna(GENERAL) if cards.own else pd.Series(GENERAL, index=assessed.index, dtype="str")
    for name, value in SAID:
        found[name] = _sentences(cards, section, assessed[name], assessed[value], lang=lang)
    return found.assign(card=assessed["card"]) if cards.own else found


def _sentences(cards: Cards, section: pd.Series, names: pd.Series, values: pd.Series, *, lang: str) -> pd.Series:
    """Return the sentence of each (card, feature, value) (理由文字): there are few distinct ones, each worded once."""
    told = pd.DataFrame({"section": section.array, "name": names.array, "value": values.array})
    code, distinct = pd.factorize(pd.MultiIndex.from_frame(told))
    said = [
        None if pd.isna(name) else cards.scaled[card].sentence(name, int(value), lang) for card, name, value in distinct
    ]
    return pd.Series(said, dtype="str").take(code).set_axis(names.index)
