"""A town whose rehearsed round was scored, committed and drawn in its store: what partitions must repeat."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from supervision.cli import _options
from supervision.cli._group import main
from supervision.demo.city import write_city
from supervision.month import drawing, line, scoring
from supervision.month.city import City
from supervision.month.city_rules import lay_rules
from supervision.month.importing import import_folder
from supervision.month.round import Round
from supervision.month.source_file import read_source_file
from supervision.month.source_values import of_draw
from supervision.scale.engine import Cluster, engine
from supervision.store.store import Store

sys.path.insert(0, str(Path(__file__).parents[1] / "risk"))  # the registers of that stage's tests

ROUND = "2026-12"
TASKS = ("T01-food", "T05-certification", "T09-discharge", "T10-newtrade", "T11-disclosure")


@dataclass(frozen=True)
class Town:
    """The round in its store, the key's file, the source values as options, and the files that it drew.

    `trained` is a copy of the store with the round trained and not scored.
    """

    store: Path
    trained: Path
    key: Path
    sources: tuple[str, ...]
    round: Round
    files: dict[str, bytes]


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Return the town, of 1,500 units: tasks of every regime, an open one, one with dates."""
    work = tmp_path_factory.mktemp("town")
    inputs, store = work / "inputs", work / "x.db"
    write_city(inputs, entities=1500, month=ROUND)
    listed = (inputs / "tasks.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [row for row in listed[1:] if row.split(",")[0].strip('"') in TASKS]
    assert len(kept) == len(TASKS), "the demo city no longer has these tasks"
    (inputs / "tasks.csv").write_text("".join([listed[0], *kept]), encoding="utf-8")
    shutil.rmtree(inputs / "xlsx", ignore_errors=True)
    Store.create(store)
    lay_rules(inputs, store)
    city = City.open(store, who="tester")
    import_folder(city, inputs, as_of=city.upcoming(ROUND, rehearsal=True).name.day_before)
    key = inputs / "frame_key.hex"
    scoring.train(city.begin(ROUND, rehearsal=True))
    trained = work / "trained" / "x.db"
    shutil.copytree(store.parent, trained.parent, ignore=shutil.ignore_patterns("inputs", "trained"))
    line.score(city, ROUND, rehearsal=True)
    line.commit(city, ROUND, rehearsal=True, key=key.read_text())
    values = of_draw(read_source_file("sources.csv", (inputs / "sources.csv").read_bytes()).values, 1)
    drawing.draw(city.round(ROUND, rehearsal=True), values=values)
    round = City.open(store, who="tester").round(ROUND, rehearsal=True)
    sources = tuple(f"{name}={' '.join(numbers)}" for name, numbers in values.items())
    return Town(store=store, trained=trained, key=key, sources=sources, round=round, files=dict(_drawn(round)))


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Return what runs `supervision ARGUMENTS…` and gives exit code, stdout and stderr."""

    def run(*arguments: object) -> tuple[int, str, str]:
        _options.reset()
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([*(str(argument) for argument in arguments), "--lang", "zh"])
        caught = capsys.readouterr()
        return int(ended.value.code or 0), caught.out, caught.err

    return run


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Return two workers of this machine."""
    pytest.importorskip("distributed", reason="Dask is an extra: shuangsuiji[scale]")
    with engine(workers=2) as found:
        yield found


@pytest.fixture
def mortal() -> Iterator[Cluster]:
    """Return three workers of one test that ends some: one that Dask does not start again leaves two."""
    pytest.importorskip("distributed", reason="Dask is an extra: shuangsuiji[scale]")
    with engine(workers=3) as found:
        yield found


def _drawn(round: Round) -> Iterator[tuple[str, bytes]]:
    """The files that partitions make, by their places below their folder."""
    for path in sorted(round.paths):
        if path.startswith("audit/tasks/"):
            yield path.removeprefix("audit/"), round.content(path)
    for name in ("strata_keys.csv", "reveal.json", "result.json"):
        side = "audit" if name == "strata_keys.csv" else "public"
        yield name, round.content(f"{side}/{name}")
