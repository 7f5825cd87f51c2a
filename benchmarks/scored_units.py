"""Invented registers of units to be scored, for benchmarks/scale.py: rows that follow from a unit's number alone.

To 2.8 million units there are about 1.27 million records, 0.6 million visits, 0.65 million relations and 1.05 million
licences, as in the demo city; some units share an address, a legal representative or a person, near and far.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd

from supervision.demo.chance import Chance, Integers

CHANCE = Chance(seed=17)
ON, OUTCOMES = date(2026, 11, 30), {"1": "clean", "5": "problem", "6": "could_not"}
KINDS = ("penalty", "abnormal", "dishonesty", "complaint", "annual_report", "licence", "court", "change", "opinion",
         "change_address", "change_legal_rep", "change_scope", "sampling_failed", "recheck_failed", "trustworthy",
         "award")  # fmt: skip
MANY = (45, 25, 2, 90, 25, 15, 6, 60, 5, 40, 40, 30, 20, 6, 30, 20)
FAR = 400_000  # how far a unit's neighbours are by number: often in another partition
START = np.datetime64("2024-12-01", "s")
LETTERS = [chr(0x4E00 + 37 * number) for number in range(400)]
TRADES = ("餐饮店", "食品商行", "机械厂", "贸易有限公司", "药店", "理发店", "建材商行")
PLACES = ("吴中区", "相城区", "姑苏区", "吴江区", "虎丘区", "昆山市", "太仓市", "常熟市", "张家港市", "园区")
LICENCES = (
    "food_business",
    "food_production",
    "drug_sale",
    "medical_institution",
    "hazardous_chemicals",
    "road_transport",
)


def registers(rows: Integers, unit_id: pd.Series, given: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the registers of some units by kind: `given` has their type, region, tags and day of establishment."""
    return {
        "entities": entities(rows, unit_id, given),
        "events": events(rows, unit_id),
        "history": history(rows, unit_id),
        "relations": relations(rows, unit_id),
        "licences": licences(rows, unit_id),
    }


def entities(rows: Integers, unit_id: pd.Series, given: pd.DataFrame) -> pd.DataFrame:
    """The register of units."""
    near = (rows + CHANCE.below("near", FAR, rows)) // 40
    number = np.where(CHANCE.uniform("shared", rows) < 0.15, near, rows)
    street = text("street", [f"{name}街道" for name in LETTERS[:80]], rows)
    person = CHANCE.below("person", 1_500_000, rows)
    first, second = (text(name, LETTERS, rows) for name in ("letter", "another"))
    capital = np.exp2(CHANCE.below("capital", 14, rows))
    return pd.DataFrame({
        "unit_id": unit_id, "type": given["type"], "region": given["region"], "tags": given["tags"],
        "name": text("place", PLACES, rows) + first + second + text("trade", [*TRADES * 10, "LOGISTICS有限公司"], rows),
        "established": given["established"], "street": street,
        "industry": text("industry", [f"{division:02}10" for division in range(1, 97)], rows),
        "address": street + pd.Series(number).astype("str") + "号",
        "legal_rep": pd.Series(LETTERS, dtype="str").take(person % 400).reset_index(drop=True)
        + pd.Series(person // 400).astype("str"),
        "capital": capital, "above_scale": pd.array(CHANCE.uniform("above", rows) < 0.02, dtype="boolean"),
        "licence_until": day("until", rows, 1500), "employees": np.exp2(CHANCE.below("employees", 8, rows)),
        "paid_capital": np.where(CHANCE.uniform("paid", rows) < 0.5, capital, 0.0),
        "capital_due": day("due", rows, 3000), "last_annual_report": day("report", rows, 700), "known_on": START,
    })  # fmt: skip


def events(rows: Integers, unit_id: pd.Series) -> pd.DataFrame:
    """The register of records: 0.45 a unit."""

    def of(own: Integers, column: Callable[[str], str]) -> dict[str, object]:
        happened = day(column("happened"), own, 700)
        kind = CHANCE.pick(column("kind"), MANY, own)
        fined = kind == 0
        return {
            "kind": pd.Series(KINDS, dtype="str").take(kind).array, "happened": happened, "event_no": column("E"),
            "severity": pd.array(np.where(fined, CHANCE.below(column("severity"), 4, own), 0), dtype="Int64"),
            "amount": np.where(fined, 500.0 * CHANCE.below(column("amount"), 100, own), np.nan),
            "until": np.where(kind < 3, happened + np.timedelta64(500, "D"), np.datetime64("NaT", "s")),
            "repaired_no": pd.array([None] * len(own), dtype="str"), "known_on": later(column("late"), own, happened),
        }  # fmt: skip

    return stacked(rows, unit_id, of, times=3, share=0.1512)


def history(rows: Integers, unit_id: pd.Series) -> pd.DataFrame:
    """The register of past inspections: 0.21 a unit; one team in so many finds more."""

    def of(own: Integers, column: Callable[[str], str]) -> dict[str, object]:
        when, agency = day(column("date"), own, 720), CHANCE.below(column("agency"), 18, own)
        team = CHANCE.below(column("team"), 140, own)
        found = CHANCE.uniform(column("result"), own) - 0.05 * (team % 7 == 0)
        return {
            "agency": pd.Series([f"agency-{n}" for n in range(18)], dtype="str").take(agency).array,
            "item_id": text(column("item"), [f"item-{n}" for n in range(26)], own).array, "date": when,
            "kind": text(column("reason"), ["routine"] * 7 + ["special"] * 2 + ["for_cause"], own).array,
            "result": np.where(found < 0.12, "5", np.where(found < 0.94, "1", "6")),
            "visit_no": text(column("no"), [f"V{n}" for n in range(30_000)], own).array,
            "inspector": (pd.Series(agency * 140 + team).astype("str")).array,
            "known_on": later(column("late"), own, when),
        }  # fmt: skip

    return stacked(rows, unit_id, of, times=2, share=0.107)


def relations(rows: Integers, unit_id: pd.Series) -> pd.DataFrame:
    """The register of relations: 0.23 a unit, one in ten with another unit."""

    def of(own: Integers, column: Callable[[str], str]) -> dict[str, object]:
        near = own + CHANCE.below(column("near"), FAR, own)
        person = "P" + pd.Series(near // 9).astype("str")
        unit = pd.Series([f"91320505{number:010}" for number in near.tolist()], dtype="str")
        return {
            "related": person.where(CHANCE.uniform(column("unit"), own) < 0.9, unit).array,
            "kind": text(column("kind"), ["legal_rep", "investor", "manager"], own).array,
            "share": np.where(CHANCE.uniform(column("some"), own) < 0.5, 40.0, np.nan),
            "from_date": day(column("from"), own, 600), "until_date": np.datetime64("NaT", "s"), "known_on": START,
        }  # fmt: skip

    return stacked(rows, unit_id, of, times=1, share=0.232)


def licences(rows: Integers, unit_id: pd.Series) -> pd.DataFrame:
    """The register of licences: 0.38 a unit."""

    def of(own: Integers, column: Callable[[str], str]) -> dict[str, object]:
        return {
            "kind": text(column("kind"), LICENCES, own).array, "number": pd.Series(own).astype("str").array,
            "issued": day(column("issued"), own, 600), "valid_until": day(column("valid"), own, 1500),
            "status": text(column("status"), ["valid"] * 18 + ["revoked", "cancelled"], own).array, "known_on": START,
        }  # fmt: skip

    return stacked(rows, unit_id, of, times=1, share=0.375)


def stacked(rows: Integers, unit_id: pd.Series, of: Callable[[Integers, Callable[[str], str]], dict[str, object]], *,
            times: int, share: float) -> pd.DataFrame:  # fmt: skip
    """Return rows of units that have one, so many times over."""
    parts = []
    for time in range(times):

        def column(name: str, time: int = time) -> str:
            return f"{of.__qualname__}-{name}-{time}"

        mine = np.flatnonzero(CHANCE.uniform(column("has"), rows) < share)
        parts.append(pd.DataFrame({"unit_id": unit_id.take(mine).array} | of(rows[mine], column)))
    found = pd.concat(parts, ignore_index=True)
    return found.astype({name: "str" for name in found.columns if found[name].dtype == object})


def text(column: str, texts: list[str] | tuple[str, ...], rows: Integers) -> pd.Series:
    """Return one of some texts for each row."""
    return pd.Series(texts, dtype="str").take(CHANCE.below(column, len(texts), rows)).reset_index(drop=True)


def day(column: str, rows: Integers, days: int) -> np.ndarray:
    """Return a day from the start on for each row."""
    return START + CHANCE.below(column, days, rows).astype("timedelta64[D]").astype("timedelta64[s]")


def later(column: str, rows: Integers, first: np.ndarray) -> np.ndarray:
    """Return the day on which something became known: up to a month later, before the day of evidence."""
    known = first + CHANCE.below(column, 30, rows).astype("timedelta64[D]").astype("timedelta64[s]")
    return np.minimum(known, np.datetime64(ON, "s"))
