"""A real round of a small town at its stages, and a desk on a copy of it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk_people import Desk
from desk_results import enter_results
from real_rounds import Play, key_of_round, play_stages, write_town

from supervision.month import planning
from supervision.planner.plan import Budget


@pytest.fixture(scope="session", autouse=True)
def small_budget() -> Iterator[None]:
    """Plan in this process and with little search."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planning, "BUDGET", Budget(turns=1, rescue=1, processes=1))
        yield


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the input folder of a town of 500 units for real rounds: no values of sources, no frame key."""
    return write_town(tmp_path_factory.mktemp("inputs") / "town")


@pytest.fixture(scope="session")
def stages(town: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Play]:
    """Return the real round of the town at each of its stages: committed, drawn, rostered, matched. Only to copy."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "token_bytes", key_of_round)  # who is drawn is the same each time
        return play_stages(town, tmp_path_factory.mktemp("real"))


@pytest.fixture
def at(stages: dict[str, Play], tmp_path: Path) -> Callable[[str], Desk]:
    """Return what gives a desk on the real round at a stage; its clerk belongs to the first office with a workbook."""

    def make(stage: str, **more: object) -> Desk:
        play = stages[stage].copy(tmp_path / stage)
        offices = play.offices() if stage == "matched" else []
        return Desk(play, office=offices[0] if offices else "", **more)

    return make


@pytest.fixture(scope="session")
def entered(stages: dict[str, Play], tmp_path_factory: pytest.TempPathFactory) -> tuple[Play, list[str]]:
    """Return the matched round with results of two persons that wait for a third, and the two offices. Only to copy."""
    play = stages["matched"].copy(tmp_path_factory.mktemp("results") / "entered")
    return play, enter_results(play)


@pytest.fixture
def waiting(entered: tuple[Play, list[str]], tmp_path: Path) -> Desk:
    """Return a desk where results wait for a second person; `offices`: of sun-04's entries, of qian-05's."""
    play, offices = entered
    made = Desk(play.copy(tmp_path / "waiting"), office=offices[0])
    made.offices = offices
    return made
