"""Who does the work: a cluster that has lost all its workers is not waited for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from supervision.errors import SupervisionError
from supervision.scale import engine as engine_module
from supervision.scale.engine import Cluster

distributed = pytest.importorskip("distributed", reason="Dask is an extra: shuangsuiji[scale]")


@pytest.fixture
def deserted() -> Iterator[Cluster]:
    """Return a cluster without workers."""
    given = {"n_workers": 0, "processes": False, "dashboard_address": None}
    with distributed.LocalCluster(**given) as cluster, distributed.Client(cluster) as client:
        yield Cluster(client)


@pytest.mark.parametrize("way", ["each", "apart"])
def test_a_cluster_without_workers_is_told(deserted, monkeypatch, way):
    """After a while without any, in a sentence; nothing is left with the scheduler."""
    monkeypatch.setattr(engine_module, "PATIENCE", 0.2)
    with pytest.raises(SupervisionError) as caught:
        getattr(deserted, way)(abs, [-1, -2], lambda _done, _total: None)
    assert caught.value.code == "scale.no_workers"
    assert not deserted.client.futures


def test_slow_work_is_waited_for(cluster, monkeypatch):
    """However long it takes, while there are workers; each piece that ends is told."""
    monkeypatch.setattr(engine_module, "PATIENCE", 0.05)
    told = []
    given = [SimpleNamespace(number=number) for number in range(3)]
    found = cluster.each(_slow, given, lambda done, total: told.append((done, total)))
    assert found == [0, 1, 2]
    assert told == [(1, 3), (2, 3), (3, 3)]


def _slow(given: SimpleNamespace) -> int:
    time.sleep(0.3)
    return int(given.number)
