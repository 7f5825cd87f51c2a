"""Score units by the expert card and print the reasons of the five with the most points (评分并说明理由)."""

from datetime import date
from pathlib import Path

import supervision

HERE, DAY = Path(__file__).parent, date(2026, 11, 30)
law = supervision.read_law(DAY)
entities, events, history = (
    supervision.read_register(kind, HERE / f"{kind}.csv").good for kind in ("entities", "events", "history")
)
card = supervision.expert_scorecard(law)
scores = supervision.score_units(card, entities, events, history, on=DAY, law=law)
print("各类户数 / units of each class:", scores["class"].value_counts().sort_index().to_dict())
for unit in scores.sort_values(["score", "unit_id"], ascending=[False, True]).head(5).to_dict("records"):
    reasons = [unit[f"reason_{place}"] for place in (1, 2, 3) if isinstance(unit[f"reason_{place}"], str)]
    print(f"{unit['unit_id']}  {unit['score']} 分  {unit['class']} 类  {'；'.join(reasons)}")
