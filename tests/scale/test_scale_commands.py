"""The commands on a town: the bytes of its store, whatever the partitions and whoever dies."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from supervision.canonical import canonical_json, parse_canonical
from supervision.errors import SupervisionError
from supervision.month.frames import scored_inputs
from supervision.sampling.protocol.commitment import Commitment
from supervision.scale import files
from supervision.scale import partitions as partitions_module
from supervision.scale.drawing import make_draw
from supervision.scale.engine import Cluster, Here
from supervision.scale.framing import make_frames
from supervision.scale.partitions import case_twins, cut, export, put_partition
from supervision.scale.shared_inputs import key_in, put_shared, secret_of

ROUND = "2026-12"
SILENT = lambda _code, _done, _total: None  # noqa: E731


@pytest.fixture(scope="session")
def partitions(town, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Return what exports the town's round as so many partitions."""

    def exported(count: int) -> Path:
        folder = tmp_path_factory.mktemp("partitions") / str(count)
        round = town.round
        named = {"rules": round.rules, "round_id": round.id, "hash_name": round.hash_name}
        assert sum(export(scored_inputs(round), folder, partitions=count, **named)) == 1500
        return folder

    return exported


def _made(out: Path) -> dict[str, bytes]:
    """All files that a user sees; parts and tasks.json are the engine's own."""
    found = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    return {name: body for name, body in found.items() if not name.startswith("parts/") and name != "tasks.json"}


def _drawn(town, folder: Path, out: Path, calculator, progress=SILENT) -> None:
    """Frames and lists of the town by an engine."""
    make_frames(folder, out, secret_of(folder, town.key), calculator, progress)
    committed = Commitment.from_bytes(town.round.content("public/commitment.json"))
    values = dict(one.split("=") for one in town.sources)
    given = {name: numbers.split() for name, numbers in values.items()}
    make_draw(out, committed, key_in(town.key), calculator, progress, values=given, held={})


@pytest.mark.parametrize("count", [1, 23])
def test_partitions_give_the_bytes_of_the_store(town, partitions, tmp_path: Path, count: int) -> None:
    """Frames, strata, exclusions, keys of strata, orders, reveal and result are the store's, byte by byte."""
    _drawn(town, partitions(count), tmp_path / "out", Here())
    assert _made(tmp_path / "out") == town.files
    entries = parse_canonical((tmp_path / "out" / "tasks.json").read_bytes())["tasks"]
    assert entries == parse_canonical(town.round.content("public/commitment.json"))["tasks"]


def test_killed_workers_change_nothing(town, partitions, tmp_path: Path, mortal: Cluster) -> None:
    """In each stage a worker is ended with kill -9 after the second partition: others do its work, the bytes stand."""
    killed: list[int] = []

    def progress(code: str, done: int, _total: int) -> None:
        if done == 2 and code in ("scale.counting", "scale.freezing", "scale.numbering"):
            mortal.client.wait_for_workers(2, timeout=120)
            killed.append(min(mortal.client.run(os.getpid).values()))
            os.kill(killed[-1], signal.SIGKILL)

    _drawn(town, partitions(9), tmp_path / "out", mortal, progress)
    assert _made(tmp_path / "out") == town.files
    assert len(set(killed)) == 3
    assert not set(killed) & set(mortal.client.run(os.getpid).values())


def test_an_error_of_a_worker_is_said_as_ever(town, partitions, tmp_path: Path, cluster: Cluster) -> None:
    """What one process says of a file that is missing a worker says, too: code and place come back."""
    folder = tmp_path / "partitions"
    shutil.copytree(partitions(3), folder)
    (folder / "0001" / "visits.parquet").unlink()
    for calculator in (Here(), cluster):
        with pytest.raises(SupervisionError) as raised:
            make_frames(folder, tmp_path / "out", secret_of(folder, town.key), calculator, SILENT)
        assert raised.value.code == "scale.file_missing"
        assert str(raised.value.params["file"]).endswith("0001/visits.parquet")


def test_the_commands_of_an_it_person(town, tmp_path: Path, call) -> None:
    """Export, frames and draw one after the other; each says what it did, in Chinese."""
    parts, out, committed = tmp_path / "partitions", tmp_path / "out", tmp_path / "commitment.json"
    committed.write_bytes(town.round.content("public/commitment.json"))
    code, said, _ = call(
        "scale", "export", ROUND, "--rehearsal", "--out", parts, "--partitions", 3, "--store", town.store
    )
    assert (code, said.split("，")[0]) == (0, "1,500 户导出为 3 个分区")
    code, said, _ = call("scale", "frames", parts, "--out", out, "--key", town.key)
    tasks = parse_canonical(committed.read_bytes())["tasks"]
    units = sum(task["units"] for task in tasks)
    assert code == 0
    assert said.startswith(f"{len(tasks)} 个任务、{units:,} 户的抽样框已由 3 个分区生成")
    sources = [part for one in town.sources for part in ("--source", one)]
    code, said, _ = call("scale", "draw", out, "--commitment", committed, "--key", town.key, *sources, "--json")
    assert code == 0
    told = json.loads(said)
    assert told["seed"] == parse_canonical(town.files["reveal.json"])["seed"]
    assert sum(told["drawn"].values()) == sum(task["sample"] for task in tasks)
    assert _made(out) == town.files
    code, _, said = call(
        "scale", "export", ROUND, "--rehearsal", "--out", parts, "--partitions", 3, "--store", town.store
    )
    assert code == 1
    assert "不是空的" in said


def test_only_the_committed_frames_are_drawn(town, partitions, tmp_path: Path) -> None:
    """Another root, another round, another key: nothing is drawn."""
    out = tmp_path / "out"
    folder = partitions(2)
    make_frames(folder, out, secret_of(folder, town.key), Here(), SILENT)
    committed = Commitment.from_bytes(town.round.content("public/commitment.json"))
    made = parse_canonical((out / "tasks.json").read_bytes())

    def code(changed: dict, key: bytes) -> str:
        (out / "tasks.json").write_bytes(canonical_json(changed))
        with pytest.raises(SupervisionError) as raised:
            make_draw(out, committed, key, Here(), SILENT, values={}, held={})
        return raised.value.code

    key, first = key_in(town.key), made["tasks"][0]
    other = [first | {"frame_root": "00" * 32}, *made["tasks"][1:]]
    assert code(made | {"tasks": other}, key) == "scale.not_committed"
    assert code(made | {"tasks": made["tasks"][1:]}, key) == "scale.not_committed"
    assert code(made | {"round": "2026-11"}, key) == "scale.other_round"
    assert code(made, bytes(32)) == "scale.other_key"
    assert code(made, key) == "sampling.source_missing"


def _altered(folder: Path, target: Path) -> Path:
    shutil.copytree(folder, target)
    return target


def test_frames_changed_after_the_commitment_draw_nothing(town, partitions, tmp_path: Path) -> None:
    """Rows that are missing, doubled or changed, strata that are: the roots are made again before any list is."""
    folder, made = partitions(3), tmp_path / "made"
    make_frames(folder, made, secret_of(folder, town.key), Here(), SILENT)
    committed = Commitment.from_bytes(town.round.content("public/commitment.json"))
    values = {name: numbers.split() for name, numbers in (one.split("=") for one in town.sources)}
    task = committed.tasks[0].task_id

    def code(out: Path) -> str:
        with pytest.raises(SupervisionError) as raised:
            make_draw(out, committed, key_in(town.key), Here(), SILENT, values=values, held={})
        assert not (out / "result.json").exists()
        return raised.value.code

    for number, change in enumerate(
        (lambda rows: rows[1:], lambda rows: rows.assign(L=rows["L"] + 1), lambda rows: pd.concat([rows, rows[-1:]]))
    ):
        out = _altered(made, tmp_path / f"rows-{number}")
        place = files.part_of(out, 1, task, "frame.parquet")
        files.put_table(place, change(files.get_table(place)).reset_index(drop=True))
        assert code(out) == "scale.rows_differ"
    out = _altered(made, tmp_path / "strata")
    place = files.task_file(out, task, "strata.json")
    strata = parse_canonical(place.read_bytes())
    place.write_bytes(canonical_json([strata[0] | {"sample": strata[0]["sample"] + 1}, *strata[1:]]))
    assert code(out) == "scale.strata_differ"


def test_a_frame_that_was_not_finished_is_not_drawn(town, partitions, tmp_path: Path) -> None:
    """Frames of other partitions, killed on the way, leave nothing to draw from; finished, none of the others'."""
    out, committed = tmp_path / "out", Commitment.from_bytes(town.round.content("public/commitment.json"))
    folder, fewer = partitions(3), partitions(2)
    make_frames(folder, out, secret_of(folder, town.key), Here(), SILENT)

    def killed(code: str, _done: int, _total: int) -> None:
        if code == "scale.freezing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_frames(fewer, out, secret_of(fewer, town.key), Here(), killed)
    with pytest.raises(SupervisionError) as raised:
        make_draw(out, committed, key_in(town.key), Here(), SILENT, values={}, held={})
    assert raised.value.code == "scale.file_missing"
    make_frames(fewer, out, secret_of(fewer, town.key), Here(), SILENT)
    assert sorted(path.name for path in (out / "parts").iterdir()) == ["0000", "0001"]


def test_damaged_partitions_are_named(town, partitions, tmp_path: Path) -> None:
    """A changed byte in a page, a cut file, JSON that is none, a partition too few: a sentence, and the file's name."""
    folder = partitions(3)

    def code(change: Callable[[Path], object]) -> str:
        copy = _altered(folder, tmp_path / f"copy-{len(list(tmp_path.iterdir()))}")
        change(copy)
        with pytest.raises(SupervisionError) as raised:
            make_frames(copy, tmp_path / "out", secret_of(copy, town.key), Here(), SILENT)
        assert str(copy) in raised.value.text()
        return raised.value.code

    def flip(copy: Path) -> None:
        place = copy / "0001" / "entities.parquet"
        body = bytearray(place.read_bytes())
        body[len(body) // 3] ^= 4
        place.write_bytes(body)

    cut = "scale.file_damaged"
    assert code(flip) == cut
    assert code(lambda copy: os.truncate(copy / "0001" / "scores.parquet", 100)) == cut
    assert code(lambda copy: (copy / "shared.json").write_bytes(b"xx")) == cut
    assert code(lambda copy: (copy / "shared.json").write_bytes(b"{}")) == cut
    assert code(lambda copy: shutil.rmtree(copy / "0002")) == "scale.partitions_differ"


def test_a_killed_export_goes_on(town, tmp_path: Path, call, monkeypatch) -> None:
    """What a killed export left is removed by the same command; nothing is made of it meanwhile."""
    folder, out = tmp_path / "partitions", tmp_path / "out"
    words = ("scale", "export", ROUND, "--rehearsal", "--out", folder, "--partitions", 3, "--store", town.store)

    def killed(*_: object, **__: object) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as patch:
        patch.setattr(partitions_module, "put_shared", killed)
        assert call(*words)[0] == 1
    code, _, said = call("scale", "frames", folder, "--out", out, "--key", town.key)
    assert (code, "没有完整的分区" in said) == (1, True)
    (folder / "0007").mkdir()
    assert call(*words)[0] == 0
    assert not (folder / "0007").exists()
    assert call("scale", "frames", folder, "--out", out, "--key", town.key)[0] == 0


def test_an_amount_of_memory_that_is_none(partitions, call) -> None:
    """It is refused as usage, with an example."""
    code, _, said = call("scale", "score", partitions(2), "--workers", 1, "--memory", "abc")
    assert (code, "4GB" in said) == (2, True)


def test_ids_that_differ_by_case_are_refused_across_partitions(town, tmp_path: Path) -> None:
    """Two framed units of one task are renamed A0-1 and a0-1 and lie in different partitions: the task is refused."""
    first, second = (row.split(b",")[0].decode() for row in town.files["tasks/T01-food/frame.csv"].split()[1:3])
    inputs, other = scored_inputs(town.round), {first: "A0-1", second: "a0-1"}
    renamed = {
        name: getattr(inputs, name).assign(unit_id=getattr(inputs, name)["unit_id"].replace(other))
        for name in ("entities", "scores")
    }
    for number, part in enumerate(cut(replace(inputs, **renamed), ["a"])):
        put_partition(tmp_path, number, part)
    twins = case_twins(renamed["entities"]["unit_id"])
    round = town.round
    given = {"rules": round.rules, "round_id": round.id, "hash_name": round.hash_name}
    put_shared(tmp_path, inputs, **given, twins=twins, partitions=2)
    with pytest.raises(SupervisionError) as raised:
        make_frames(tmp_path, tmp_path / "out", secret_of(tmp_path, town.key), Here(), SILENT)
    assert raised.value.code == "sampling.unit_twice"


def test_what_is_not_there_is_named(town, partitions, tmp_path: Path, call) -> None:
    """No partitions, partitions out of order, a key that is none, a scheduler that nobody runs."""
    code, _, said = call("scale", "frames", tmp_path, "--out", tmp_path / "out", "--key", town.key)
    assert (code, "没有完整的分区" in said) == (1, True)
    folder = tmp_path / "swapped"
    shutil.copytree(partitions(2), folder)
    for old, new in (("0000", "x"), ("0001", "0000"), ("x", "0001")):
        (folder / old).rename(folder / new)
    code, _, said = call("scale", "frames", folder, "--out", tmp_path / "out", "--key", town.key)
    assert (code, "分区 0001 从" in said) == (1, True)
    key = tmp_path / "frame_key.hex"
    for text in ("00" * 31, "zz" * 32):
        key.write_text(text)
        code, _, said = call("scale", "frames", folder, "--out", tmp_path / "out", "--key", key)
        assert (code, "64 位十六进制数" in said) == (1, True)
