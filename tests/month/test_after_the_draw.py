"""What may happen to a real round after its draw: anchors, a step-in, its supplement, leave, a unit's own proof.

The tests of this file are one story and run in the order of the file; each goes on where the one before stopped.
"""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from real_rounds import ROUND, Play

from supervision.errors import SupervisionError, UsageError
from supervision.month import anchoring, planning, proving, replanning, stepping_in, substituting, supervising
from supervision.month import round_files as files
from supervision.month.calendars import PLACE_KEY, changes, chosen_units, standing, step_ins
from supervision.month.change_request import read_request
from supervision.month.city import BEIJING
from supervision.sampling.protocol.verifier import verify

VALUES = {"dlt-front": "1 2 3 4 5", "dlt-back": "6 7", "ssq-red": "3 9 14 20 27 31", "ssq-blue": "11"}
TASK = "T01-food"


class After(Play):
    """A real round whose sources are waited for and entered by two persons, as often as there are draws."""

    def held(self, number, shift=0):
        """Wait for the sources of a draw and let two persons enter other values each time."""
        name = "commitment.json" if number == 1 else f"roster_commitment{'' if number == 2 else f'-{number - 1}'}.json"
        sources = self.public(name)["sources"]
        self.time = datetime.fromisoformat(sources[-1]["at"]) + timedelta(hours=1)
        end = "" if number == 1 else f"-{number}"
        values = {
            f"{name}{end}": " ".join(str(int(one) + shift) for one in text.split()) for name, text in VALUES.items()
        }
        self.month("li", {name: text.split() for name, text in values.items()})
        return self.month("zhao", {name: text.split() for name, text in values.items()})

    def check(self):
        """Verify both folders."""
        report = verify(self.out)
        assert report.difference is None, report.difference
        assert verify(self.out / "public").difference is None
        return report


@pytest.fixture(scope="module")
def play(town, tmp_path_factory):
    """The round, before its first command."""
    found = After(tmp_path_factory.mktemp("after"), town)
    found.evidence = found.work / "photo.jpg"
    found.evidence.write_bytes(b"a closed door")
    return found


def drawn_unit(round, task):
    """A drawn unit of a task, and who is next in its stratum: a unit of the reserve that no other task visits."""
    order = round.read(files.ORDER, task=task)
    visited = set(round.read(files.CALENDAR)["visit_id"].str.partition("~")[0])
    for row in order[order["role"] == "drawn"].itertuples():
        reserve = order[(order["stratum"] == row.stratum) & (order["role"] == "reserve")]["unit_id"]
        if len(reserve) and reserve.iloc[0] not in visited:
            return row.unit_id, reserve.iloc[0]
    raise AssertionError("the town has no such unit")


def test_a_commitment_is_received_once_and_anchored(play):
    """The supervising body signs one digest; the receipt is the round's anchor, a forged one is refused."""
    play.month("wang")
    folder, commitment = play.work / "received", play.out / "public" / ROUND / "commitment.json"
    supervising.open_list(folder)
    supervising.receive(folder, commitment, now=play.time)
    again = json.loads(commitment.read_bytes())
    again["committed_at"] = "2026-11-23T09:00:01+08:00"
    other = play.work / "other.json"
    other.write_bytes(json.dumps(again, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode())
    with pytest.raises(UsageError) as second:
        supervising.receive(folder, other, now=play.time)
    assert second.value.code == "month.second_ticket"
    receipt = next(folder.glob("receipt*.json"))
    forged = play.work / "forged.json"
    forged.write_bytes(receipt.read_bytes().replace(b'"at":"2026-11-23', b'"at":"2026-11-22'))
    assert forged.read_bytes() != receipt.read_bytes()
    round = play.round("wang")
    with pytest.raises(SupervisionError):
        anchoring.anchor(round, of="commitment", kind="supervisor", file=forged)
    anchoring.anchor(round, of="commitment", kind="supervisor", file=receipt)
    printed = {"kind": "newspaper", "file": play.evidence, "at": play.time.isoformat()}
    anchoring.anchor(play.round("wang"), of="commitment", **printed)
    with pytest.raises(UsageError):
        anchoring.anchor(round, of="commitment", kind="rumour", file=receipt)


def test_draws_after_two_persons_entered(play):
    """One person's values wait for the second's; the round is then drawn, and the verifier finds the anchors."""
    play.held(1)
    assert not [one for one in play.check().remarks if "anchor" in str(one)]
    round = play.round("wang")
    manifests = [sha256(one).hexdigest() for one in round.manifests("public")]
    assert len(manifests) > 1
    for number, wanted in ((0, manifests[-1]), (1, manifests[0]), (len(manifests), manifests[-1])):
        anchored = anchoring.anchor(round, of="manifest", kind="notice", file=play.evidence, number=number)
        assert anchored.facts["digest"] == wanted
    with pytest.raises(UsageError) as none:
        anchoring.anchor(round, of="manifest", kind="notice", file=play.evidence, number=len(manifests) + 1)
    assert none.value.code == "month.nothing_to_anchor"
    play.month("wang")
    play.held(2)
    play.check()


def test_a_leave_is_filled_by_lot(play):
    """A leave after the lottery: a second person confirms, the least lot takes the place, the verifier agrees."""
    round = play.round("sun")
    places = standing(round)
    row = places[places["inspector_id"].notna()].sort_values("half_days").iloc[-1]
    half_days = tuple(str(row["half_days"]).split())
    asked = {"half_days": half_days, "ground": "sick", "evidence": play.evidence}
    substituting.propose(round, row["inspector_id"], **asked)
    with pytest.raises(SupervisionError):
        substituting.confirm(play.round("sun"), row["inspector_id"])
    report = substituting.confirm(play.round("qian"), row["inspector_id"])
    with pytest.raises(UsageError) as past:
        substituting.propose(play.round("sun"), row["inspector_id"], **asked | {"half_days": ("2026-11-20T1",)})
    assert past.value.code == "month.leave_past"
    assert report.facts["substituted"] >= 1
    now = standing(play.round("qian"))
    there = now[(now[PLACE_KEY] == row[PLACE_KEY]).all(axis=1)]
    assert there["inspector_id"].tolist() != [row["inspector_id"]]
    play.month("wang")
    play.check()


def test_a_unit_steps_in_after_a_second_person_confirmed(play):
    """The reserve is shown only after the confirmation, by who did not draw; the next calendar holds the unit."""
    round = play.round("sun")
    calendars = round.count(files.Step.PLAN)
    unit, reserve = drawn_unit(round, TASK)
    with pytest.raises(UsageError):
        stepping_in.confirm(round, unit)
    with pytest.raises(UsageError) as insider:
        stepping_in.propose(play.round("zhao"), unit, task_id=TASK, reason="6", evidence=play.evidence)
    assert insider.value.code == "month.one_person"
    with pytest.raises(SupervisionError) as waiting:
        stepping_in.propose(round, reserve, task_id=TASK, reason="6", evidence=play.evidence)
    assert waiting.value.code == "month.not_drawn"
    stepping_in.propose(round, unit, task_id=TASK, reason="6", evidence=play.evidence)
    assert not play.round("sun").holds(files.STEP_INS)
    with pytest.raises(SupervisionError) as alone:
        stepping_in.confirm(play.round("sun"), unit)
    assert alone.value.code == "sampling.one_person"
    report = stepping_in.confirm(play.round("qian"), unit)
    assert (report.facts["no"], report.facts["in"], report.exit_code) == (1, reserve, 0)
    with pytest.raises(SupervisionError) as gone:
        stepping_in.propose(play.round("sun"), unit, task_id=TASK, reason="6", evidence=play.evidence)
    assert gone.value.code == "month.replaced_before"
    play.time += timedelta(hours=1)
    play.month("wang")
    round = play.round("sun")
    assert round.count(files.Step.PLAN) == calendars + 1
    places = round.read(files.CALENDAR, calendars + 1)
    assert set(places["visit_id"]) == {f"{reserve}~1"}
    play.held(3, shift=1)
    play.check()
    assert planning.plan(play.round("wang")).facts["certificate"] is not None
    assert play.round("wang").count(files.Step.PLAN) == calendars + 1


def test_the_public_reads_counts_and_nobody_by_name(play):
    """The step-in and the leave are counted at their offices, over the round and at the home page; no unit is named."""
    round = play.round("sun")
    (stepped,), changed = step_ins(round), {(one.office, one.visit_id) for one in changes(round) if one.visit_id}
    told = play.public("oversight.json")
    count = {(row["office"], row["kind"]): (row["number"], row["of"]) for row in told["counts"]}
    region = round.table(files.FROZEN_UNITS).set_index("unit_id")["region"][stepped.out]
    lead = next(task.lead for task in round.tasks if task.task_id == TASK)
    office = next(one.office_id for one in round.offices.values() if (one.department, one.region) == (lead, region))
    assert sum(number for (_, kind), (number, _) in count.items() if kind == "stepped_in") == 1
    assert count[office, "stepped_in"][0] == 1
    assert sum(of for (_, kind), (_, of) in count.items() if kind == "stepped_in") == len(chosen_units(round))
    assert changed
    assert {one for one, _ in changed} == {one for (one, kind), (n, _) in count.items() if kind == "changed" and n}
    home = json.loads((play.out / "public" / "oversight.json").read_bytes())
    assert {(row["office"], row["kind"]): (row["number"], row["of"]) for row in home["offices"]} == count
    assert [(row["kind"], row["number"], row["of"]) for row in home["abandoned"]] == [
        ("abandoned", 0, 1),
        ("abandoned_roster", 0, 2),
    ]
    text = json.dumps([told, home])
    assert not [unit for unit in round.table(files.FROZEN_UNITS)["unit_id"] if unit in text]


def test_a_supplement_changes_too(play):
    """Leave of who goes to the step-in unit: the lot of the supplement's own draw, or another half-day; all agrees."""
    round = play.round("qian")
    visit = round.read(files.CALENDAR, round.count(files.Step.MATCH))["visit_id"].iloc[0]
    places = standing(round)
    row = places[places["visit_id"] == visit].iloc[0]
    when = row["half_days"].split()
    words = {"since": when[0], "until": when[-1], "by": "sun", "ground": "病假"}
    report = replanning.replan(round, read_request(round, kind="absent", subject=row["inspector_id"], **words))
    assert report.facts["certificate"]["proven"] == "yes"
    now = standing(play.round("qian"))
    there = now[(now[PLACE_KEY] == row[PLACE_KEY]).all(axis=1) & (now["half_days"] == row["half_days"])]
    assert there["inspector_id"].tolist() != [row["inspector_id"]]
    play.time += timedelta(hours=1)
    play.month("wang")
    play.check()


def test_a_unit_gets_its_own_proof_and_nothing_else(play):
    """The proof holds the unit's own row and path; a unit in no frame is told so."""
    round = play.round("sun")
    unit, _ = drawn_unit(round, TASK)
    folder = play.work / "proofs"
    with pytest.raises(UsageError) as early:
        proving.proof(round, unit, folder)
    assert early.value.code == "month.proof_early"
    play.time = datetime(2027, 1, 1, 9, tzinfo=BEIJING)
    round = play.round("sun")
    proving.proof(round, unit, folder)
    proof = json.loads((folder / f"proof-{ROUND}-{TASK}.json").read_bytes())
    assert unit in proof["row"]
    assert (proof["task_id"], proof["kind"]) == (TASK, "frame")
    page = (folder / f"proof-{ROUND}.html").read_text(encoding="utf-8")
    others = set(round.read(files.ORDER, task=TASK)["unit_id"]) - {unit}
    assert others
    assert not [one for one in others if one in page or one in json.dumps(proof)]
    assert "<dd>抽中</dd>" in page
    with pytest.raises(SupervisionError):
        proving.proof(round, "92320505YY0000000Z", folder)
    shutil.rmtree(folder)


def test_a_proof_tells_who_was_not_drawn_and_who_was_left_out(play):
    """The reserve was not drawn; a unit in no task's frame reads the reason and rule of each task that left it out."""
    round, folder = play.round("sun"), play.work / "others"
    drawn = round.table(files.DRAWN)
    waiting = sorted({*drawn["unit_id"]} - {*drawn["unit_id"][drawn["role"] == "drawn"]})[0]
    proving.proof(round, waiting, folder)
    page = (folder / f"proof-{ROUND}.html").read_text(encoding="utf-8")
    assert "<dd>未抽中</dd>" in page
    assert "<dd>抽中</dd>" not in page
    out = play.audit(f"tasks/{TASK}/excluded.csv").decode().splitlines()
    unit, reason, rule = out[1].split(",")
    proving.proof(round, unit, folder)
    assert f"<dd>{reason}（{rule}）</dd>" in (folder / f"proof-{ROUND}.html").read_text(encoding="utf-8")
    proof = json.loads((folder / f"proof-{ROUND}-{TASK}.json").read_bytes())
    assert (proof["kind"], proof["row"]) == ("excluded", [unit, reason, rule])


def test_who_stepped_in_is_replaced_by_the_next(play):
    """A unit that stepped in and cannot be inspected either is followed by the next reserve of its stratum, if any."""
    round = play.round("sun")
    (first,) = round.read(files.STEP_INS)
    order = round.read(files.ORDER, task=TASK)
    spare = order[(order["stratum"] == first.stratum) & (order["role"] == "reserve")].sort_values("rank")["unit_id"]
    stepping_in.propose(round, first.stepped_in, task_id=TASK, reason="6", evidence=play.evidence)
    report = stepping_in.confirm(play.round("qian"), first.stepped_in)
    left = [unit for unit in spare if unit != first.stepped_in]
    assert (report.facts["no"], report.facts["in"]) == (2, left[0] if left else None)
    assert report.exit_code == (0 if left else 4)
