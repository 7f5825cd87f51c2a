"""What an input folder may hold: one law, files that agree; what was said before an error is said."""

from __future__ import annotations

import csv
import shutil
from datetime import datetime

import pytest

from supervision.directory.reading.register_file import read_table
from supervision.errors import SupervisionError, UsageError
from supervision.month import importing, line
from supervision.month.city import BEIJING, silent
from supervision.store.store import Store

CLASS_RATIO = "shared/class_ratio.yaml"


def run(inputs, work):
    """Run a rehearsal of the town as far as it goes."""
    return line.run(
        work / "x.db",
        "2026-12",
        inputs=inputs,
        out=work / "out",
        values={},
        rehearsal=True,
        who="jia",
        progress=silent,
        now=lambda: datetime(2026, 11, 23, 9, tzinfo=BEIJING),
    )


@pytest.fixture
def inputs(town, tmp_path):
    """A copy of the town's folder that a test may change."""
    return shutil.copytree(town, tmp_path / "inputs")


@pytest.fixture
def work(tmp_path):
    """The folder of the store."""
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


def without_tasks(inputs):
    """Turn the tasks' days around, so that every row is rejected."""
    path = inputs / "tasks.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    first, last = rows[0].index("开始日期"), rows[0].index("结束日期")
    for row in rows[1:]:
        row[first], row[last] = row[last], row[first]
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(rows)


def test_rules_are_laid_beside_the_store_once(inputs, work):
    """The first run lays them there; a folder that differs is named and stops, an equal one goes on."""
    without_tasks(inputs)
    with pytest.raises(SupervisionError):
        run(inputs, work)
    laid = work / "rules" / CLASS_RATIO
    assert laid.read_bytes() == (inputs / "rules" / CLASS_RATIO).read_bytes()
    with pytest.raises(SupervisionError) as equal:
        run(inputs, work)
    assert equal.value.code != "month.rules_differ"
    (inputs / "rules" / CLASS_RATIO).write_bytes(laid.read_bytes() + b"# other\n")
    with pytest.raises(UsageError) as other:
        run(inputs, work)
    assert other.value.code == "month.rules_differ"
    assert other.value.params["files"] == CLASS_RATIO
    laid.unlink()
    with pytest.raises(UsageError) as missing:
        run(inputs, work)
    assert missing.value.params["files"] == CLASS_RATIO
    shutil.rmtree(inputs / "rules")
    laid.write_bytes(b"# own\n" if not laid.exists() else b"")
    with pytest.raises(SupervisionError) as own:
        run(inputs, work)
    assert own.value.code != "month.rules_differ"


def test_files_that_contradict_stop_before_they_are_stored(inputs, work):
    """An old copy beside the real file is named with it; nothing of either is stored; an equal copy is no matter."""
    real, copy = inputs / "offices.csv", inputs / "offices - 副本.csv"
    text = real.read_text(encoding="utf-8-sig")
    shutil.copy(real, copy)
    without_tasks(inputs)
    with pytest.raises(SupervisionError) as equal:
        run(inputs, work)
    assert equal.value.code != "month.files_contradict"
    rows = list(csv.reader(text.splitlines()))
    rows[1][3] = f"{rows[1][3]}（旧）"
    with copy.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(rows)
    fresh = work / "fresh"
    fresh.mkdir()
    with pytest.raises(SupervisionError) as caught:
        run(inputs, fresh)
    assert caught.value.code == "month.files_contradict"
    assert {caught.value.params["file"], caught.value.params["other"]} == {real.name, copy.name}
    assert caught.value.params["rows"] == 1
    assert rows[1][0] in str(caught.value.params["key"])
    assert Store.open(fresh / "x.db").register("offices", on=datetime(2026, 12, 1).date()).empty


def test_each_file_is_read_once(inputs, work, monkeypatch):
    """Two files of one kind are compared before anything is stored, and neither is read again for that."""
    shutil.copy(inputs / "offices.csv", inputs / "offices - 副本.csv")
    names = []

    def counted(kind, name, source):
        names.append(name)
        return read_table(kind, name, source)

    monkeypatch.setattr(importing, "read_table", counted)
    without_tasks(inputs)
    with pytest.raises(SupervisionError):
        run(inputs, work)
    assert len(names) == len(set(names))
    assert {"offices.csv", "offices - 副本.csv"} <= set(names)


def test_records_without_a_correction_number_contradict_too(inputs, work):
    """Past events have one more part of their key, blank in most rows: it tells them apart from no other blank."""
    real, copy = inputs / "events.csv", inputs / "events-old.csv"
    rows = list(csv.reader(real.read_text(encoding="utf-8-sig").splitlines()))
    source = rows[0].index("source")
    for row in rows[1:3]:
        row[source] = f"{row[source]}（旧）"
    with copy.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(rows[:5])
    with pytest.raises(UsageError) as caught:
        run(inputs, work)
    assert caught.value.code == "month.files_contradict"
    assert (caught.value.params["kind"], caught.value.params["rows"]) == ("events", 2)
    assert rows[1][0] in str(caught.value.params["key"])


def test_what_was_said_before_an_error_is_told(inputs, work):
    """Every task is rejected, so there is none to score for: the error carries what was stored and rejected."""
    without_tasks(inputs)
    with pytest.raises(SupervisionError) as caught:
        run(inputs, work)
    told = [said for said in caught.value.told if said.code == "month.imported"]
    counts = {said.params["kind"]: (said.params["inserted"], said.params["rejected"]) for said in told}
    assert counts["tasks"][0] == 0
    assert counts["tasks"][1] > 0
    assert counts["entities"][0] > 0
    assert "month.rejects_written" in [said.code for said in caught.value.told]


def test_a_city_without_its_coordinating_body_is_told_so(inputs, work):
    """Without the body under which the chain of commitments stands (rule shared/city) nothing is committed."""
    city = inputs / "rules" / "shared" / "city.yaml"
    text = city.read_text(encoding="utf-8")
    city.write_text(text.replace("agency: suzhou", "agency: ''"), encoding="utf-8")
    assert city.read_text(encoding="utf-8") != text
    (inputs / "frame_key.hex").write_text("ab" * 32, encoding="ascii")
    with pytest.raises(SupervisionError) as caught:
        run(inputs, work)
    assert caught.value.code == "law.shapes.wrong"
    assert "rules/shared/city.yaml" in caught.value.text("zh") and "agency：应为" in caught.value.text("zh")
