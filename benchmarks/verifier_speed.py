"""How long the stand-alone verifier takes, beside a bare hashlib loop over the same units.

`python benchmarks/verifier_speed.py [units]` writes one committed and drawn round with a single sealed frame, verifies
its folder in a process of its own, and prints seconds, microseconds a unit, the ratio and the peak of memory.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

ONE, ROUND, GROUP = 2**53, "2026-12", "joint"
VERIFIER = Path(__file__).parents[1] / "supervision" / "sampling" / "protocol" / "verifier.py"
KEY = hashlib.sha256(b"benchmark").digest()
RUN = """
import atexit, pathlib, runpy, sys
atexit.register(lambda: sys.stderr.write(pathlib.Path("/proc/self/status").read_text()))
del sys.argv[0]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def salt(word: str, name: str) -> bytes:
    return sha(KEY, sha(f"{word}|{ROUND}".encode()), name.encode())[:16]


def bare_loop(units: list[bytes]) -> float:
    """Return the seconds of four hashes a unit: salt, leaf, node, number."""
    sha256, head, row, start = hashlib.sha256, KEY + bytes(32), b"\x1fs1\x1f500\x1f16481725672304", time.perf_counter()
    for unit in units:
        own = sha256(head + unit).digest()[:16]
        leaf = sha256(b"\0" + own + b"fire\x1f" + unit + row).digest()
        sha256(b"\1" + leaf + leaf).digest()
        sha256(head + own + unit).digest()
    return time.perf_counter() - start


def strata_of(count: int) -> tuple[list[Any], list[tuple[str, int, int]]]:
    """Return strata table and (stratum, x, L) of every unit: four strata, a thousand sizes, 2 % drawn."""
    rows = [(f"s{k % 4 + 1}", 1 + k // 4 % 1000) for k in range(count)]
    table, lows = [], {}
    for name in ("s1", "s2", "s3", "s4"):
        sizes = [x for stratum, x in rows if stratum == name]
        n, total = max(20, len(sizes) // 50), sum(sizes)
        lows |= {(name, x): round(ONE * Fraction(n * x, total)) for x in {*sizes}}
        one = {"reserve": n // 10, "sample": n, "size_total": str(total), "stratum": name, "units": len(sizes)}
        table.append(one | {"working": "pareto"})
    return table, [(stratum, x, lows[stratum, x]) for stratum, x in rows]


def draw(table: list[Any], rows: list[Any], units: list[bytes], seed: bytes, salts: list[bytes]) -> list[list[str]]:
    """Return order.csv's rows."""
    head, keyed, out = seed + sha(f"targets|{ROUND}|{GROUP}".encode()), {one["stratum"]: [] for one in table}, []
    for unit, own, (stratum, _, low) in zip(units, salts, rows, strict=True):
        d = sha(head, own, unit)
        u = 2 * (int.from_bytes(d[:8], "big") >> 11) + 1
        keyed[stratum].append((u * (ONE - low) / (low * (2 * ONE - u)), d, unit.decode(), u))
    for one in table:
        ranked = sorted(keyed[one["stratum"]])[: one["sample"] + one["reserve"]]
        for rank, (_, d, unit, u) in enumerate(ranked, 1):
            role = "drawn" if rank <= one["sample"] else "reserve"
            out.append([unit, one["stratum"], str(rank), role, str(u), d.hex()])
    return sorted(out)


def root(leaves: list[bytes]) -> str:
    """Return the root: full levels from below, an odd node carried up."""
    while len(leaves) > 1:
        pairs = zip(leaves[::2], leaves[1::2], strict=False)
        leaves = [sha(b"\1", a, b) for a, b in pairs] + leaves[len(leaves) - len(leaves) % 2 :]
    return leaves[0].hex()


def write_round(out: Path, units: list[bytes]) -> None:
    """Write a committed and drawn round of one sealed frame."""
    head = KEY + sha(f"salt|{ROUND}|{GROUP}".encode())
    salts = [sha(head, unit)[:16] for unit in units]
    table, rows = strata_of(len(units))
    cells = [[unit.decode(), s, str(x), str(low)] for unit, (s, x, low) in zip(units, rows, strict=True)]
    leaves = [sha(b"\0", own, b"fire\x1f", "\x1f".join(row).encode()) for own, row in zip(salts, cells, strict=True)]
    lines = [",".join((*row, own.hex())) for own, row in zip(salts, cells, strict=True)]
    inner = sha(f"stratum|{ROUND}".encode())
    keys = sorted("ABCD", key=lambda key: sha(KEY, inner, b"fire\x1f", key.encode()))
    roster = b"inspector_id,office,from,until,scopes,daily_limit,absent\n"
    task = {"access": "sealed", "disclosure": "never", "excluded": {}, "excluded_root": sha().hex(), "group": GROUP}
    task |= {"frame_root": root(leaves), "strata": sha(b"\2", salt("strata", "fire"), canonical(table)).hex()}
    task |= {key: sum(one[key] for one in table) for key in ("reserve", "sample", "units")} | {"task_id": "fire"}
    common = {"count": 6, "high": 33, "kind": "set", "low": 1}
    sources = [{"at": f"2026-12-01T20:0{k}:00+08:00", "issue": str(k), "name": f"s{k}", **common} for k in (1, 2)]
    first = {"agency": "city", "cause": None, "committed_at": "2026-12-01T00:00:00+08:00", "evidence": "2026-11-30"}
    first |= {"hash": "sha256", "key_digest": sha(KEY).hex(), "log": None, "previous": None, "rehearsal": "yes"}
    first |= {"protocol": "supervision-draw/2", "register": sha(b"{}").hex(), "rules": sha(b"{}").hex()}
    first |= {"roster": sha(b"\3", salt("roster", "0"), roster).hex(), "round": ROUND, "sequence": 0}
    first |= {"software": sha(b"").hex(), "sources": [s | {"high": 60} for s in sources], "tasks": [task]}
    digest, key_string = sha(canonical(first)), "1.2.3.4.5.6./7.8.9.10.11.12./"
    seed = sha(b"supervision-draw/2\0", digest, key_string.encode())
    order = draw(table, rows, units, seed, salts)
    drawn = sorted(row[0] for row in order if row[3] == "drawn")
    hidden = {"digest": sha(b"\4", salt("list", "fire"), canonical(drawn)).hex(), "task_id": "fire"}
    values = {"s1": list("123456"), "s2": ["7", "8", "9", "10", "11", "12"]}
    reveal = {"commitment": digest.hex(), "held": {s["name"]: s["at"] for s in sources}, "key_string": key_string}
    reveal |= {"round": ROUND, "seed": seed.hex(), "values": values}
    result = {"commitment": digest.hex(), "round": ROUND, "seed": seed.hex(), "tasks": [hidden]}
    public = {"commitment.json": canonical(first), "reveal.json": canonical(reveal), "result.json": canonical(result)}
    audit = {
        "frame_key.hex": KEY.hex().encode(),
        "roster-0.csv": roster,
        "tasks.csv": b"task_id,items\nfire,fire-a\n",
        "strata_keys.csv": "".join(
            ["task_id,stratum,key\n", *(f"fire,s{k},{x}\n" for k, x in enumerate(keys, 1))]
        ).encode(),
        "tasks/fire/frame.csv": "".join(f"{line}\n" for line in ["unit_id,stratum,x,L,salt", *lines]).encode(),
        "tasks/fire/strata.json": canonical(table),
        "tasks/fire/excluded.csv": b"unit_id,reason,rule\n",
        "tasks/fire/order.csv": "".join(
            f"{','.join(row)}\n" for row in [["unit_id", "stratum", "rank", "role", "U", "D"], *order]
        ).encode(),
        **dict.fromkeys(("rules.json", "registers.json"), b"{}"),
        **dict.fromkeys(("stepins.json", "changes.json"), b"[]"),
    }
    for side, files in (("public", public | {"verify.py": b""}), ("audit", audit)):
        listed = [
            {"digest": hashlib.sha256(data).hexdigest(), "path": name, "size": len(data)}
            for name, data in sorted(files.items())
        ]
        manifest = {"files": listed, "previous": None, "reason": None, "round": ROUND, "sequence": 1}
        for name, data in (files | {"manifest.json": canonical(manifest)}).items():
            path = out / side / ROUND / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    units = [f"9132{k:014}".encode() for k in range(count)]
    bare = bare_loop(units)
    with tempfile.TemporaryDirectory() as name:
        start = time.perf_counter()
        write_round(Path(name), units)
        written = time.perf_counter() - start
        start = time.perf_counter()
        command = [sys.executable, "-I", "-c", RUN, VERIFIER, name, "--lang", "en"]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - start
    peak = int(run.stderr.split("VmHWM:")[1].split()[0]) / 1024
    print(run.stdout.splitlines()[-1], f"(exit {run.returncode})")
    print(f"units {count:,}   bare hashlib loop {bare:.1f} s = {bare / count * 1e6:.2f} us a unit")
    print(f"writing it in plain Python {written:.1f} s")
    each = seconds / count * 1e6
    print(f"verify {seconds:.1f} s = {each:.2f} us a unit = {seconds / bare:.1f} x bare, peak {peak:.0f} MB")


if __name__ == "__main__":
    main()
