"""Draw five restaurants from a CSV file, and check the draw with nothing but a hash function (抽取并自行核验)."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import supervision

HERE, SEED = Path(__file__).parent, sha256("公开的随机源 / a public source".encode()).digest()
law = supervision.read_law(date(2026, 12, 1), rules=HERE / "rules")
units = supervision.read_register("entities", HERE / "entities.csv")
print(f"读入，退回 / read, rejected: {len(units.good)}, {units.rejected_lines}")
item = supervision.Item(item_id="food", name="餐饮服务检查", department="market", kind="general",
                        basis="示例", ratio="不高于10%", half_days=1, inspectors=2)  # fmt: skip
task = supervision.Task(task_id="T1", name="餐饮抽查", round="2026-12", items=("food",), lead="market",
                        start=date(2026, 12, 1), end=date(2026, 12, 31), population="tags=餐饮",
                        regime="random", ratio="n=5", access="open", disclosure="before")  # fmt: skip
frame = supervision.build_frame(task, items=[item], entities=units.good, law=law)
drawn = supervision.draw([frame], seed=SEED, frame_key=bytes(32), round_id="2026-12")["T1"].drawn
print(f"抽样框，抽中 / frame, drawn: {len(frame.rows)}, {len(drawn)}", *drawn, sep="\n  ")


def number(unit_id: str) -> int:
    """Return a unit's number (签号), written from section 5 of the draw protocol; open tasks have a salt of zeros."""
    scope = sha256(b"targets|2026-12|task.T1").digest()
    return int.from_bytes(sha256(SEED + scope + bytes(16) + unit_id.encode()).digest()[:8], "big") >> 11


again = sorted(sorted(frame.rows["unit_id"], key=number)[:5])
print("自行核验一致 / checked by hand" if again == drawn else "自行核验不符 / the check by hand differs")
