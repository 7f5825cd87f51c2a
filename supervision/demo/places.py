"""Districts of the synthetic city (演示城市的板块): Suzhou's ten, with rough boxes and invented streets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class District:
    """A district (板块): `share` of the units; `west, south, east, north` its rough box in millionths of a degree."""

    region: str
    name: str
    share: float
    west: int
    south: int
    east: int
    north: int

    def street(self, number: int) -> str:
        """Return the name of a street (街道): invented, `number` from 0."""
        return f"{self.name}演示{STREETS[number]}街道"


STREETS = ("云禾", "青石", "枫桥西", "荷塘", "锦溪北", "长庚", "望湖", "新泽", "桂园", "平川", "宝带东", "兰渚")
ROADS = ("演示一路", "演示二路", "星河演示路", "长桥演示街", "湖滨演示大道", "工业演示路", "文昌演示路", "运河演示路")
GRIDS = 24

DISTRICTS = (
    District(
        region="320505", name="虎丘", share=0.07, west=120_460_000, south=31_280_000, east=120_580_000, north=31_400_000
    ),
    District(
        region="320506", name="吴中", share=0.10, west=120_380_000, south=31_080_000, east=120_700_000, north=31_250_000
    ),
    District(
        region="320507", name="相城", share=0.08, west=120_550_000, south=31_360_000, east=120_740_000, north=31_520_000
    ),
    District(
        region="320508", name="姑苏", share=0.09, west=120_570_000, south=31_270_000, east=120_660_000, north=31_350_000
    ),
    District(
        region="320509", name="吴江", share=0.14, west=120_460_000, south=30_880_000, east=120_860_000, north=31_160_000
    ),
    District(
        region="320571",
        name="工业园区",
        share=0.12,
        west=120_670_000,
        south=31_270_000,
        east=120_830_000,
        north=31_380_000,
    ),
    District(
        region="320581", name="常熟", share=0.12, west=120_600_000, south=31_560_000, east=120_950_000, north=31_790_000
    ),
    District(
        region="320582",
        name="张家港",
        share=0.09,
        west=120_420_000,
        south=31_760_000,
        east=120_760_000,
        north=31_960_000,
    ),
    District(
        region="320583", name="昆山", share=0.14, west=120_870_000, south=31_240_000, east=121_100_000, north=31_460_000
    ),
    District(
        region="320585", name="太仓", share=0.05, west=121_020_000, south=31_450_000, east=121_240_000, north=31_680_000
    ),
)
