"""The straight line as a rehearsal: what it writes, that it verifies, that it repeats, that nothing secret shows."""

from __future__ import annotations

import csv
import json
import re

import pytest
from second_reader import comparison

from supervision.sampling.protocol.verifier import verify
from supervision.store.store import Store

ROUND = "2026-12"
PUBLIC = {
    *("index.html", "commitment.json", "reveal.json", "result.json", "roster_commitment.json", "reveal2.json"),
    *("verify.py", "manifest.json"),
}
AUDIT = {
    *("frame_key.hex", "tasks.csv", "items.csv", "offices.csv", "strata_keys.csv", "roster-0.csv"),
    *("roster_changes.csv", "calendar.csv", "unheld.csv", "roster.csv", "recusals.csv", "roster.json"),
    *("sent_back.json", "stepins.json", "changes.json", "certificate.json", "scorecard.json", "rules.json"),
    *("registers.json", "log.jsonl", "manifest.json", "class_moves.csv", "professional.csv"),
}
TASK = {"frame.csv", "strata.json", "excluded.csv", "order.csv"}


def rows(path):
    """Read a CSV file of the demo city, whose headers are Chinese where its registers are small."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def public_of(out):
    """The round's public folder."""
    return out / "public" / ROUND


def audit_of(out):
    """The round's audit bundle."""
    return out / "audit" / ROUND


def test_month_is_done(rehearsal):
    """The rehearsal ends with exit code 0, or 4 where a visit is not held, and says where everything is."""
    said = [said.code for said in rehearsal.report.lines]
    assert rehearsal.report.exit_code in (0, 4)
    assert {"month.committed", "month.drawn", "month.planned", "month.matched", "month.published"} <= set(said)
    assert said[-1] == "month.next_verify"


def test_output_is_as_designed(rehearsal):
    """Every file that the design names is there, each task's four files and each office's workbook too."""
    out = rehearsal.out
    tasks = [entry["task_id"] for entry in json.loads((public_of(out) / "commitment.json").read_bytes())["tasks"]]
    assert len(tasks) == 6
    expected = {f"public/{ROUND}/{name}" for name in PUBLIC} | {"public/index.html", "public/manifest.json"}
    expected |= {f"audit/{ROUND}/{name}" for name in AUDIT} | {f"public/{ROUND}.zip"}
    expected |= {f"audit/{ROUND}/tasks/{task}/{name}" for task in tasks for name in TASK}
    expected |= {f"public/{ROUND}/open/T11-disclosure/{name}" for name in ("frame.csv", "strata.json")}
    offices = {row["office"] for row in rows(audit_of(out) / "calendar.csv")}
    expected |= {f"internal/{ROUND}/{office}/{office}.xlsx" for office in offices}
    found = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert expected <= found
    assert {path.split("/")[0] for path in found} == {"public", "internal", "audit"}


def test_data_beside_every_page(rehearsal):
    """Every page that shows a table has the same as CSV and as JSON beside it."""
    public = public_of(rehearsal.out)
    pages = {path.stem for path in public.glob("*.html")}
    assert pages >= {"index", "plan", "commitment", "draw", "results", "verify"}
    for name in ("plan", "commitment", "draw", "results"):
        assert (public / f"{name}.csv").is_file()
        assert (public / f"{name}.json").is_file()


@pytest.mark.parametrize("part", ["", "public", f"public/{ROUND}"])
def test_verifies(rehearsal, part):
    """Auditor's folder, public folder and one round's public folder agree; a rehearsal needs no anchor."""
    report = verify(rehearsal.out / part)
    assert (report.difference, report.code) == (None, 0)
    assert report.checked


def test_second_reader_agrees(rehearsal):
    """A reader written from the protocol's text alone gets the same lists and the same inspectors."""
    assert comparison.compare(rehearsal.out) == []


def test_units_are_shared(rehearsal):
    """Tasks of one group share random numbers: who stands in both lists has one number; nobody is visited twice.

    Whether somebody is drawn by both is chance in so small a city: tests/end_to_end/test_same_bytes.py looks at one
    whose draw is on record.
    """
    numbers, drawn = {}, []
    for task in ("T02-industry", "T09-discharge"):
        listed = rows(audit_of(rehearsal.out) / "tasks" / task / "order.csv")
        drawn.append({row["unit_id"] for row in listed if row["role"] == "drawn"})
        for row in listed:
            numbers.setdefault(row["unit_id"], []).append(row["U"])
    both = [own for own in numbers.values() if len(own) == 2]
    assert both and all(first == second for first, second in both)
    visits = {row["visit_id"] for row in rows(audit_of(rehearsal.out) / "calendar.csv")}
    assert all(f"{unit}~1" in visits and f"{unit}~2" not in visits for unit in drawn[0] & drawn[1])


def test_second_run_changes_nothing(copied, rehearse, files):
    """The same command once more leaves every byte of the output and every log entry as it was."""
    store = Store.open(copied.store)
    before = files(copied.out), {scope: store.log(scope) for scope in (f"{ROUND}.rehearsal", "registers")}
    report = rehearse(copied.inputs, copied.store.parent).report
    assert (files(copied.out), {scope: store.log(scope) for scope in (f"{ROUND}.rehearsal", "registers")}) == before
    assert report.facts["publish"]["changed"] is False


def test_log_is_a_chain_that_names_nobody(rehearsal):
    """The rehearsal's log holds each step once, in order, under the rehearsal's name and time."""
    entries = [json.loads(line) for line in (audit_of(rehearsal.out) / "log.jsonl").read_bytes().splitlines()]
    steps = [entry["step"] for entry in entries]
    assert steps == ["import", "train", "score", "commit", "draw", "plan", "commit_roster", "match"]
    assert {(entry["who"], entry["at"]) for entry in entries} == {("rehearsal", "2026-12-01T00:00:00+08:00")}


def test_nothing_secret_is_public(rehearsal):
    """Nothing under public/ holds the frame key, a salt, a sealed unit, a reserve, an inspector or a phone number."""
    out, city = rehearsal.out, rehearsal.inputs
    found = (path.read_bytes() for path in public_of(out).rglob("*") if path.is_file())
    text = b"\n".join(found).decode(errors="replace")
    sealed, opened = set(), set()
    for folder in (audit_of(out) / "tasks").iterdir():
        units = {row["unit_id"] for row in rows(folder / "frame.csv")}
        if folder.name == "T11-disclosure":
            opened |= units
        else:
            sealed |= units
            assert rows(folder / "frame.csv")[0]["salt"] not in text
    names = {row["姓名"] for row in rows(city / "inspectors.csv")} | {
        row["单位工号"] for row in rows(city / "inspectors.csv")
    }
    phones = {row["phone"] for row in rows(city / "entities.csv") if row["phone"]}
    people = {row["legal_rep"] for row in rows(city / "entities.csv") if row["legal_rep"]}
    secrets = {(audit_of(out) / "frame_key.hex").read_text()} | (sealed - opened) | names | phones | people
    assert len(sealed - opened) > 100
    # one pass over the words of the public text: a secret is one of them, or within a longer one
    words = set(re.findall(r"[^\s\"',<>{}\[\]:;=()（），、；：]+", text))
    assert not secrets & words
    assert not {secret for secret in names | people if secret in text}


def test_no_class_or_score_is_public(rehearsal):
    """Public data has no column or key for class, score, stratum sizes, numbers or rank of a sealed task."""
    public = public_of(rehearsal.out)
    for path in public.rglob("*.csv"):
        if path.parent.parent.name != "open":
            header = path.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
            assert not {"class", "score", "stratum", "U", "D", "rank", "salt"} & set(header), path.name
    result = json.loads((public / "result.json").read_bytes())
    shown = {task["task_id"]: set(task) for task in result["tasks"]}
    assert shown.pop("T11-disclosure") == {"task_id", "drawn"}
    assert set(map(frozenset, shown.values())) == {frozenset({"task_id", "digest"})}


def test_pages_say_rehearsal(rehearsal):
    """Every page of a rehearsal says so, in Chinese."""
    pages = list((public_of(rehearsal.out)).glob("*.html"))
    assert len(pages) >= 5
    assert all("演练" in page.read_text(encoding="utf-8") for page in pages)
