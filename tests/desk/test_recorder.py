"""Results that wait are recorded in their turn: several people's at once, after an accident; none is lost."""

import os
import signal
import threading
import time

import pytest
from desk_offices import ROUND, Clerk, faults
from desk_people import PASSWORD

from supervision.desk import drafts, recorder, sent_results
from supervision.desk.accounts import Accounts
from supervision.desk.desk_file import DeskFile
from supervision.desk.recorder_process import RecorderProcess
from supervision.errors import SupervisionError
from supervision.store.store import Store


class Asleep:
    """A recorder that nobody wakes."""

    def wake(self):
        """Do nothing."""


@pytest.fixture
def clerk(at):
    """Return a clerk whose entries wait until a test records them."""
    return Clerk(at("matched", recorder=lambda store, out: Asleep()))


def record(clerk):
    """Record what waits; return how many entries it was."""
    return recorder.record_waiting(clerk.desk.app.extensions["desk"])


def entry(clerk):
    """Return the last entry of the clerk's visit."""
    return sent_results.latest(clerk.desk.file, f"result/{ROUND}/{clerk.office}/{clerk.visit}")


def another(clerk):
    """Return a clerk of another office, who sent the results of a visit of theirs."""
    office, visit = clerk.others.groupby(["office_id", "visit_id"]).size().idxmax()
    other = Clerk.__new__(Clerk)
    other.desk, other.name, other.office, other.visit = clerk.desk, "he-10", office, visit
    own = clerk.others[clerk.others["visit_id"] == visit]
    other.items, other.day = sorted(own["item_id"]), f"{own['inspected_on'].iloc[0]:%Y-%m-%d}"
    Accounts(clerk.desk.file).add(other.name, password=PASSWORD, roles=["clerk"], office=office)
    other.person = clerk.desk.person(other.name)
    assert other.send(other.filled())[0] == 302
    return other


def test_entries_of_two_offices_are_recorded_together_each_under_its_own_name(clerk):
    """Who entered what is on record as if each had been alone; evidence follows once."""
    clerk.send(clerk.filled())
    other = another(clerk)
    pages = [f"/office/{clerk.office}/{ROUND}/visits", clerk.path("").rstrip("/")]
    assert ["已提交，待录入" in clerk.person.get(page).text for page in pages] == [True, True]
    assert record(clerk) == 2
    assert record(clerk) == 0
    assert ["已提交，待录入" in clerk.person.get(page).text for page in pages] == [False, False]
    city = clerk.desk.play.city("qian-06")
    assert set(city.store.versions("results", of=[ROUND])["visit_id"]) == {clerk.visit, other.visit}
    names = [line["who"] for line in clerk.desk.acts("record")]
    assert names == [clerk.name, other.name]
    lines = city.store.log("registers").decode().splitlines()
    assert [name for name in ("sun-08", "he-10") if sum(f'"{name}"' in line for line in lines) != 1] == []
    evidence = city.store.versions("history", of=set(clerk.owed["unit_id"]) | set(clerk.others["unit_id"]))
    assert {f"{ROUND}/{clerk.visit}", f"{ROUND}/{other.visit}"} <= set(evidence["visit_no"])


def test_a_fault_of_one_entry_stops_no_other(clerk, monkeypatch):
    """One is refused with its reasons, one breaks our own code; the third is on record, and both drafts stay."""
    clerk.send(clerk.filled() | {"reviewer@": ""})
    other = another(clerk)
    real = recorder.recorded

    def breaks(reception, rows):
        if rows.rows[0]["visit_id"] == other.visit:
            raise ValueError("of our own")
        return real(reception, rows)

    monkeypatch.setattr(recorder, "recorded", breaks)
    assert record(clerk) == 2
    assert entry(clerk).said["faults"][0][:2] == [clerk.items[0], "reviewer"]
    shown = clerk.person.get(clerk.path()).text
    assert [one[:2] for one in sorted(faults(shown))] == [(item, "reviewer") for item in clerk.items]
    assert "没有录入" not in shown
    clerk.person.post(clerk.path("draft"), **clerk.filled())
    changed = clerk.person.get(clerk.path()).text
    assert faults(changed) == set()
    assert "的提交有问题，没有录入" in changed
    page = other.person.get(other.path()).text
    assert "ValueError" in page
    assert 'value="1" selected' in page
    assert clerk.desk.play.city("").store.versions("results", of=[ROUND]).empty
    assert clerk.desk.acts("record") == []
    monkeypatch.setattr(recorder, "recorded", real)
    form = other.filled() | {"version": str(entry(other).version)}
    assert other.send(form)[0] == 302
    assert record(clerk) == 1
    assert entry(other).state == sent_results.RECORDED


@pytest.mark.parametrize("broken", ["insert", "finish"])
def test_what_was_acknowledged_survives_an_accident(clerk, monkeypatch, broken):
    """The disk is full, or the process ends before it says that it is done: all waits on, and is recorded once."""
    clerk.send(clerk.filled())

    def fails(*_, **__):
        raise SupervisionError("store.disk_full", path="d", reason="full") if broken == "insert" else OSError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(*((Store, "insert") if broken == "insert" else (sent_results, "finish")), fails)
        with pytest.raises((SupervisionError, OSError)):
            record(clerk)
    assert entry(clerk).state == sent_results.WAITING
    assert len(clerk.stored()) == (0 if broken == "insert" else len(clerk.items))
    assert record(clerk) == 1
    assert entry(clerk).state == sent_results.RECORDED
    assert list(clerk.stored()["item_id"]) == clerk.items
    assert len(clerk.desk.acts("record")) == 1
    place = f"result/{ROUND}/{clerk.office}/{clerk.visit}"
    assert drafts.read(clerk.desk.file, place).content is None


def test_what_somebody_typed_after_the_sending_stays(clerk):
    """The draft was changed while it waited: what was sent is on record, what came later is still a draft."""
    form = clerk.filled()
    clerk.send(form)
    later = form | {"version": "1", f"note@{clerk.items[0]}": "后来写的"}
    assert clerk.person.post(clerk.path("draft"), **later).status_code == 200
    assert record(clerk) == 1
    kept = drafts.read(clerk.desk.file, f"result/{ROUND}/{clerk.office}/{clerk.visit}").content
    assert kept["items"][clerk.items[0]]["note"] == "后来写的"
    assert clerk.stored()["note"].isna().all()


def test_a_desk_file_of_before_the_queue_is_opened_and_keeps_its_drafts(clerk):
    """The table is added; another number of the file is refused."""
    drafts.keep(clerk.desk.file, "result/1", {"result": "1"}, version=0, who="sun-08")
    with clerk.desk.file.writing() as database:
        database.execute("DROP TABLE sent")
        database.execute("PRAGMA user_version = 1")
    file = DeskFile.beside(clerk.desk.play.store)
    assert drafts.read(file, "result/1").content == {"result": "1"}
    assert sent_results.waiting(file) == []
    with file.writing() as database:
        database.execute("PRAGMA user_version = 3")
    with pytest.raises(SupervisionError) as told:
        DeskFile.beside(clerk.desk.play.store)
    assert told.value.code == "desk.file_version"


def test_the_process_records_ends_with_the_desk_and_is_started_anew(clerk):
    """A process of its own does what waits; killed, the next look starts another one; without the desk it ends."""
    desk = clerk.desk.play
    made = RecorderProcess(desk.store, desk.out)
    form = clerk.filled()
    first = {key: text for key, text in form.items() if not key.startswith("result@")}
    clerk.send(first | {f"result@{clerk.items[0]}": "1"})
    made.wake()
    until(lambda: entry(clerk).state != sent_results.WAITING)
    # the clock of that process is the machine's, so a real round of a month to come takes no result yet
    assert entry(clerk).state == sent_results.REFUSED
    os.kill(made._process.pid, signal.SIGKILL)
    made._process.wait()
    clerk.send(clerk.filled())
    made.wake()
    until(lambda: entry(clerk).state != sent_results.WAITING)
    made._process.stdin.close()
    assert made._process.wait(timeout=20) == 0


def until(done, seconds=60.0):
    """Wait for something."""
    last = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < last
        time.sleep(0.05)


def test_a_list_may_be_behind_only_while_somebody_works_with_the_store(clerk):
    """Made anew by the first who asks; others get what was there, unless they must not."""
    desk = clerk.desk.app.extensions["desk"]
    assert desk.kept("x", 1, lambda: "one") == "one"
    since = time.time() - 5
    assert desk.kept("x", 2, lambda: "two", since=time.time() + 1) == "two"
    assert desk.kept("x", 3, lambda: "three", since=since, hurry=True) == "two"
    assert desk.kept("x", 3, lambda: "three", since=since) == "three"
    assert desk.kept("x", 4, lambda: "four", since=time.time() + 1, hurry=True) == "four"
    seen = []
    with desk._lock:
        for asked in (since, time.time() + 1):
            thread = threading.Thread(
                target=lambda since=asked: seen.append(desk.kept("x", 5, lambda: "five", since=since))
            )
            thread.start()
            thread.join(timeout=0.5)
        assert seen == ["four"]
    until(lambda: len(seen) == 2)
    assert seen == ["four", "five"]
