"""Inspections of two trades in which different things go wrong: complaints tell in one, penalties in the other."""

import numpy as np
import pandas as pd

from supervision.risk.indicators import INDICATORS, SECTIONS
from supervision.risk.training_set import Training

MAKING, HOTELS = SECTIONS.index("C"), SECTIONS.index("H")


def inspections(seed=2, *, rows=4_000, apart=True, share=0.5, level=-2.0):
    """Training rows, `share` of them in hotels (H), the others in manufacturing (C).

    `apart`: the odds of hotels grow with complaints alone, those of makers with penalties alone; else both with both.
    """
    rng = np.random.default_rng(seed)
    features = pd.DataFrame({row.name: np.zeros(rows) for row in INDICATORS}).astype("int32")
    hotel = rng.random(rows) < share
    features["industry"] = np.where(hotel, HOTELS, MAKING).astype("int32")
    for name in ("complaints_12m", "penalties_12m"):
        features[name] = rng.poisson(1.5, rows).astype("int32")
    own = np.where(hotel, features["complaints_12m"], features["penalties_12m"])
    told = own if apart else (features["complaints_12m"] + features["penalties_12m"]).to_numpy() / 2
    found = (rng.random(rows) < 1 / (1 + np.exp(-(level + told)))).astype(np.int8)
    day = np.datetime64("2024-01-01", "s") + (np.arange(rows) // 10).astype("timedelta64[D]")
    nuisance = pd.DataFrame({"inspector": "", "agency": "market", "item": "m-1"}, index=range(rows)).astype("str")
    features["past_rate"] = np.int32(-1)
    return Training(features=features, found=found, date=day, known=day, nuisance=nuisance, past=np.zeros(rows))
