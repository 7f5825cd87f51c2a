"""How many classes change from month to month, with and without hysteresis: python benchmarks/class_moves.py.

    python benchmarks/class_moves.py [--entities N] [--months M]

The synthetic city, month by month: each month a card is trained on what was known the day before, everybody is scored
and classed twice – on that evidence alone, and keeping classes as the rule shared/class_change says. Printed is which
share of the units changed class, of all and of those of which nothing new is known, and the shares of the classes. The
register of units is that of the last month throughout: the synthetic city has one version of it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from supervision.demo.city import write_city
from supervision.month.city import City, silent
from supervision.month.importing import import_folder
from supervision.risk.cards import Cards
from supervision.risk.classes import CUTOFF, assess
from supervision.risk.expert_card import RULE as EXPERT
from supervision.risk.expert_card import expert_card
from supervision.risk.features import COLUMNS
from supervision.risk.learning import SEED, comparable, learn
from supervision.risk.rolling import months_between
from supervision.risk.standing import Standing, class_signature
from supervision.risk.training import enough
from supervision.risk.training_set import training_table
from supervision.store.store import Store

LAST = date(2026, 12, 1)


def registers(city, day):
    """The three registers as known on a day; units as if they had always stood in theirs."""
    found = [city.register(kind, on=day, columns=list(COLUMNS[kind])) for kind in ("entities", "events", "history")]
    entities = city.register("entities", on=LAST, columns=list(COLUMNS["entities"]))
    return [entities.assign(known_on=pd.Timestamp(2020, 1, 1).as_unit("s")), *found[1:]]


def card_of(evidence, day, law, outcomes):
    """The general card of a month and the way it was made."""
    use = law.value("shared/record_use")
    training = training_table(*evidence, until=day, outcomes=outcomes, record_use=use)
    if not enough(training, law).enough or not comparable(training):
        return Cards(general=expert_card(law.value(EXPERT))), "expert"
    learned = learn(training, seed=SEED)
    return Cards(general=learned.card), learned.method


def percent(part, whole):
    """A share in percent, two decimals."""
    return round(100 * part / whole, 2) if whole else None


def main():
    """Print a line a month."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--entities", type=int, default=20_000)
    options.add_argument("--months", type=int, default=12)
    asked = options.parse_args()
    months = months_between(date(LAST.year - 2, 1, 1), LAST)[-asked.months :]
    with tempfile.TemporaryDirectory() as folder:
        inputs, place = Path(folder) / "city", Path(folder) / "city.db"
        write_city(inputs, entities=asked.entities, month=f"{LAST:%Y-%m}")
        Store.create(place)
        city = City.open(place, who="benchmark", progress=silent, rules=inputs / "rules")
        import_folder(city, inputs, as_of=LAST - timedelta(days=1))
        outcomes = city.code_lists.outcomes()
        before = {}
        for month in months:
            day, law = month - timedelta(days=1), city.rules.on(month)
            evidence = registers(city, day)
            cards, method = card_of(evidence, day, law, outcomes)
            signature = class_signature(cards, law.value(CUTOFF))
            line = {"month": f"{month:%Y-%m}", "card": method}
            for way in ("without", "with"):
                standing = before.get(way)
                event = "new_card" if standing and standing[1] != signature else ""
                last = Standing(table=standing[0], event=event, retrained=True) if standing else Standing.of_nobody()
                asked_of = last if way == "with" else Standing.of_nobody()
                given = {"on": day, "law": law, "cards": cards, "outcomes": outcomes}
                table = assess(*evidence, **given, standing=asked_of)
                moves, counts = last.moves(table)
                before[way] = table, signature
                changed = moves.loc[~moves["cause"].isin(["stays", "new_unit", "gone"]), "units"].sum()
                shares = table["by_score"].value_counts(normalize=True)
                line[way] = {
                    "changed": percent(int(changed), len(table)) if standing else None,
                    "nothing_new": counts["nothing_new"],
                    "changed_of_those": percent(counts["changed"], counts["nothing_new"]) if standing else None,
                    "waiting": counts["waiting"],
                    "shares": " ".join(f"{name} {100 * shares.get(name, 0):.2f}" for name in "BCD"),
                }
            print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
