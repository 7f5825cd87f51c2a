"""Results that wait are recorded in their turn: several people's at once, after an accident; none is lost."""

import json
import os
import signal
import sys
import threading
import time
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from desk_offices import ROUND, Clerk, faults
from desk_people import PASSWORD

from supervision.desk import context, drafts, job_process, jobs, recorder, sent_results, server
from supervision.desk.accounts import Accounts
from supervision.desk.desk_file import DeskFile
from supervision.desk.recorder_process import RecorderProcess
from supervision.errors import DoesNotVerify, SupervisionError
from supervision.month.city import silent
from supervision.month.recording import record as record_files
from supervision.store import age_file, snapshot
from supervision.store.backup import write_backup
from supervision.store.connection import sole_writer
from supervision.store.restore import restore_backup
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
    assert who_entered(clerk, "history") == ["desk"]


def who_entered(clerk, kind):
    """Return under whose names rows of a register were stored since the round was matched, in order."""
    entries = [json.loads(line) for line in clerk.desk.play.city("").store.log("registers").splitlines()]
    return [one["who"] for one in entries if kind in one["outputs"] and one["at"] > "2026-12-28"]


def test_evidence_of_one_persons_results_bears_their_name(clerk):
    """As it does where that person uses `record`."""
    clerk.send(clerk.filled())
    assert record(clerk) == 1
    assert who_entered(clerk, "results") == who_entered(clerk, "history") == [clerk.name]


OURS = (ValueError("of our own"), DoesNotVerify("store.file_changed", round=ROUND, path="p", where="w"))


@pytest.mark.parametrize("fault", OURS, ids=["bug", "damage"])
def test_a_fault_of_one_entry_stops_no_other(clerk, monkeypatch, fault):
    """One is refused with its reasons, one meets a fault of ours or of its round's files; both drafts stay."""
    clerk.send(clerk.filled() | {"reviewer@": ""})
    other = another(clerk)
    real = recorder.recorded

    def breaks(reception, rows):
        if rows.rows[0]["visit_id"] == other.visit:
            raise fault
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
    assert ("ValueError" if isinstance(fault, ValueError) else "被改动") in page
    assert "核对无误" not in page
    assert "以下是之后改过的草稿" not in page
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
    assert desk.kept("x", 2, lambda: "two", since=time.time() + 9) == "two"
    assert desk.kept("x", 3, lambda: "three", since=since, hurry=True) == "two"
    assert desk.kept("x", 3, lambda: "three", since=since) == "three"
    assert desk.kept("x", 4, lambda: "four", since=time.time() + 9, hurry=True) == "four"
    seen = []
    with desk._lock:
        for asked in (since, time.time() + 9):
            thread = threading.Thread(
                target=lambda asked=asked: seen.append((asked, desk.kept("x", 5, lambda: "five", since=asked)))
            )
            thread.start()
            thread.join(timeout=0.5)
        assert seen == [(since, "four")]
    until(lambda: len(seen) == 2)
    assert seen[1] == (asked, "five")


def test_who_waited_for_a_list_takes_what_was_made_meanwhile(clerk):
    """Of several who must not get what is behind one makes it anew, though the store went on in between."""
    desk, made, seen = clerk.desk.app.extensions["desk"], [], []
    desk.kept("x", 1, lambda: 0)

    def asks(stamp):
        seen.append(desk.kept("x", stamp, lambda: made.append(stamp) or len(made), since=time.time() + 9))

    with desk._lock:
        threads = [threading.Thread(target=asks, args=(stamp,)) for stamp in (2, 3)]
        for thread in threads:
            thread.start()
        time.sleep(0.3)
    for thread in threads:
        thread.join(timeout=30)
    assert (len(made), seen) == (1, [1, 1])


def test_a_list_is_made_anew_also_after_the_clock_was_put_back(clerk, monkeypatch):
    """What was made at a time that has yet to come is neither shown as recent nor kept until then."""
    desk = clerk.desk.app.extensions["desk"]
    assert desk.kept("x", 1, lambda: "one") == "one"
    begun = desk._kept["x"].begun
    monkeypatch.setattr(context.time, "time", lambda: begun - 3600)
    assert desk.kept("x", 2, lambda: "two", since=begun - 3605, hurry=True) == "two"
    monkeypatch.setattr(context.time, "time", lambda: begun - 7200)
    assert desk.kept("x", 3, lambda: "three") == "three"


def test_two_recorders_of_one_store_do_not_record_the_same(clerk, monkeypatch):
    """The second waits for the first, and then takes what still waits: nothing; nor does it go on beside it."""
    clerk.send(clerk.filled())
    real, done = recorder.sole_writer, []

    @contextmanager
    def after_another(*args, **more):
        monkeypatch.setattr(recorder, "sole_writer", real)
        done.append(record(clerk))
        with real(*args, **more):
            yield

    monkeypatch.setattr(recorder, "sole_writer", after_another)
    assert (record(clerk), done) == (0, [1])
    clerk.send(corrected(clerk, "E"))
    monkeypatch.setattr(recorder, "MAX_WAIT", 0.0)
    with sole_writer(clerk.desk.play.store, wait=0.0, lock=recorder.LOCK), pytest.raises(SupervisionError) as told:
        record(clerk)
    assert (told.value.code, entry(clerk).state) == ("store.busy", sent_results.WAITING)
    assert record(clerk) == 1


def test_a_round_whose_lists_cannot_be_made_stops_no_other_round(clerk, monkeypatch):
    """Its entries wait on, for their evidence is lacking; what another round's sender sent is answered."""
    clerk.send(clerk.filled())
    content = {**entry(clerk).content, "round": "2031-01"}
    content["rows"] = [{**row, "round": "2031-01"} for row in content["rows"]]
    sent_results.send(clerk.desk.file, "result/2031-01/o/v", content, version=1, who="he-10")

    def breaks(round):
        raise ValueError(round.key)

    with monkeypatch.context() as patch:
        patch.setattr(recorder, "bring_into_force", breaks)
        with pytest.raises(ValueError, match=ROUND):
            record(clerk)
    assert entry(clerk).state == sent_results.WAITING
    other = sent_results.latest(clerk.desk.file, "result/2031-01/o/v")
    assert (other.state, "2031-01" in other.said["faults"][0][2]) == (sent_results.REFUSED, True)
    assert record(clerk) == 1
    assert (entry(clerk).state, who_entered(clerk, "history")) == (sent_results.RECORDED, [clerk.name])


def corrected(clerk, result, *, version="00", reason="录错"):
    """Return the form of the visit with another result of its first item, agreed to by a second person."""
    item, page = clerk.items[0], clerk.filled()
    form = {key: text for key, text in page.items() if "@" not in key}
    own = clerk.stored().drop_duplicates("item_id", keep="last").set_index("item_id").loc[item]
    failed = {"result": result, "item_result": "failed" if result != "1" else "passed", "follow_up": "none"}
    form |= {f"{name}@{item}": text for name, text in failed.items()}
    form |= {f"corrects@{item}": version, f"inspected_on@{item}": clerk.day, f"method@{item}": ["on_site"]}
    form |= {f"inspectors@{item}": own["inspectors"].split(), f"reviewer@{item}": own["reviewer"]}
    return form | {f"correction_reason@{item}": reason, f"correction_reviewer@{item}": "赵核准"}


def by_file(clerk, folder, **fields):
    """Correct the first item of the visit by a file, as an operator does."""
    last = clerk.stored().drop_duplicates("item_id", keep="last").set_index("item_id").loc[clerk.items[0]]
    columns = ["round", "visit_id", "unit_id", "item_id", "agency", "result", "inspected_on", "method", "inspectors"]
    columns += ["follow_up", "reviewer", "item_result", "note", "correction_reason", "correction_reviewer"]
    agreed = {"correction_reason": "复查", "correction_reviewer": "孙核准"}
    texts = {**last, "note": "", "item_id": clerk.items[0], "inspected_on": clerk.day, **agreed, **fields}
    path = folder / "correction.csv"
    path.write_text("\n".join([",".join(columns), ",".join(str(texts[name]) for name in columns)]), encoding="utf-8")
    assert record_files(clerk.desk.play.city("qian-06"), [path]).facts["files"][0]["corrected"] == 1


def of_first(clerk):
    """Return result and note of the versions of the first item, in order."""
    rows = clerk.stored().fillna({"note": ""})
    rows = rows[rows["item_id"] == clerk.items[0]]
    return list(rows[["result", "note"]].itertuples(index=False, name=None))


def test_a_correction_that_its_writer_did_not_see_is_not_overwritten(clerk, tmp_path):
    """Corrected by a file while the form was open: handed back, and sent again once it was seen."""
    clerk.send(clerk.filled())
    record(clerk)
    form = corrected(clerk, "E")
    by_file(clerk, tmp_path, note="复查")
    code, page = clerk.send(form, "check")
    assert (code, {(item, column) for item, column, _ in faults(page)}) == (422, {(clerk.items[0], "")})
    assert f'name="corrects@{clerk.items[0]}" value="01"' in page
    clerk.send(form | {"version": "3"})
    assert record(clerk) == 1
    assert of_first(clerk) == [("1", ""), ("1", "复查")]
    page = clerk.person.get(clerk.path()).text
    assert ["没有覆盖" in said for _, _, said in faults(page)] == [True]
    clerk.send(corrected(clerk, "E", version="01"))
    assert record(clerk) == 1
    assert of_first(clerk) == [("1", ""), ("1", "复查"), ("E", "")]


def test_what_is_recorded_again_after_an_accident_undoes_no_later_correction(clerk, monkeypatch, tmp_path):
    """The process ended before it said so, and a file corrected the item since: the later one stands."""
    clerk.send(clerk.filled())
    record(clerk)
    clerk.send(corrected(clerk, "E"))
    with monkeypatch.context() as patch:
        patch.setattr(recorder, "_finish", lambda *_: (_ for _ in ()).throw(OSError("gone")))
        with pytest.raises(OSError, match="gone"):
            record(clerk)
    assert of_first(clerk) == [("1", ""), ("E", "")]
    by_file(clerk, tmp_path, result="1", item_result="passed")
    assert record(clerk) == 1
    assert of_first(clerk) == [("1", ""), ("E", ""), ("1", "")]
    assert entry(clerk).state == sent_results.REFUSED


def test_who_sends_the_same_twice_is_led_to_the_page(clerk):
    """A second click, or an answer that was lost: no conflict with oneself, neither before nor after the recording."""
    form = clerk.filled()
    assert [clerk.send(form)[0] for _ in range(2)] == [302, 302]
    other = {**form, f"note@{clerk.items[0]}": "另一页写的"}
    assert clerk.send(other)[0] == 409
    assert record(clerk) == 1
    assert clerk.send(form)[0] == 302
    code, page = clerk.send(other)
    assert (code, "另一页写的" in page) == (409, True)
    colleague = clerk.colleague()
    assert colleague.send(form)[0] == 409
    assert len(clerk.stored()) == len(clerk.items)


def test_a_fault_of_an_item_that_is_no_longer_owed_is_told_all_the_same(clerk):
    """The visit changed while its results waited: the reason has no field to stand at."""
    clerk.send(clerk.filled())
    said = {"lines": [], "notes": [], "faults": [["gone", "result", "此项已不在本次检查", "gone"]]}
    with clerk.desk.file.writing() as database:
        assert sent_results.finish(database, entry(clerk).id, state=sent_results.REFUSED, said=said)
    assert "此项已不在本次检查" in clerk.person.get(clerk.path()).text


def test_a_backup_of_the_moment_of_recording_loses_nothing(clerk, monkeypatch, tmp_path):
    """What its desk's file says is on record is in its store."""
    monkeypatch.setattr(age_file, "WORK", 10)
    clerk.send(clerk.filled())
    real = snapshot._copied_desk
    monkeypatch.setattr(snapshot, "_copied_desk", lambda *args: (record(clerk), real(*args))[1])
    given = {"passphrase": PASSWORD, "progress": silent}
    write_backup(clerk.desk.play.store, tmp_path / "b.age", made="2026-12-28T09:00:00+08:00", program="0", **given)
    restore_backup(tmp_path / "b.age", tmp_path / "new.db", **given)
    assert sent_results.waiting(DeskFile.beside(tmp_path / "new.db")) == []
    assert len(Store.open(tmp_path / "new.db").versions("results", of=[ROUND])) == len(clerk.items)


class Enough(Exception):
    """The end of a loop that has none."""


def test_what_waits_is_recorded_also_where_nobody_looks(clerk, monkeypatch):
    """The desk looks by itself and wakes the recorder, whatever became of it; a busy file stops no later look."""
    desk, woken, looks = clerk.desk.app.extensions["desk"], [], []
    monkeypatch.setattr(desk, "recorder", type("Counts", (), {"wake": lambda self: woken.append(len(looks))})())
    real = sent_results.waiting

    def rests(seconds):
        looks.append(seconds)
        if len(looks) == 1:
            clerk.send(clerk.filled())
            woken.clear()
        if len(looks) == 4:
            raise Enough

    def waiting(file):
        if len(looks) == 2:
            raise SupervisionError("store.busy", path="p", seconds="5")
        return real(file)

    monkeypatch.setattr(server, "time", type("Clock", (), {"sleep": staticmethod(rests)}))
    monkeypatch.setattr(sent_results, "waiting", waiting)
    with pytest.raises(Enough):
        server._keep_recording(desk)
    assert woken == [1, 3]
    assert set(looks) == {server.LOOK}


def test_after_a_fault_the_recorder_rests_however_often_it_is_woken(clerk, monkeypatch):
    """A full disk is not filled with tracebacks: the pause doubles up to the longest, and begins anew after success."""
    wakes, wake = os.pipe()
    os.write(wake, b"x")
    rests, turns = [], iter([OSError("full")] * 5 + [0, OSError("full"), None])

    def turn(_):
        came = next(turns)
        if came is None:
            os.close(wake)
        else:
            os.write(wake, b"x")
        if isinstance(came, OSError):
            raise came
        return 0

    monkeypatch.setattr(recorder, "record_waiting", turn)
    monkeypatch.setattr(recorder, "time", SimpleNamespace(sleep=rests.append, monotonic=time.monotonic))
    recorder.work(clerk.desk.app.extensions["desk"], wakes)
    os.close(wakes)
    assert rests == [1.0, 2.0, 4.0, 8.0, 15.0, 1.0]


def test_nobody_waits_for_a_recorder_that_hangs(clerk, tmp_path):
    """It reads nothing any more, and its input is full: who sends goes on."""
    made = RecorderProcess(clerk.desk.play.store, tmp_path)
    made._command = [sys.executable, "-c", "import time; time.sleep(600)"]
    thread = threading.Thread(target=lambda: [made.wake() for _ in range(70_000)], daemon=True)
    thread.start()
    thread.join(timeout=30)
    hangs = thread.is_alive()
    made._process.kill()
    made._process.wait()
    thread.join(timeout=30)
    assert not hangs


def test_a_busy_file_does_not_end_the_beat_of_a_job(clerk, monkeypatch):
    """Else the recorder would say after a minute that the job stopped, and go on beside it."""
    beats = []

    def busy(file, number):
        beats.append(number)
        raise SupervisionError("store.busy", path="p", seconds="5")

    def rests(_):
        if len(beats) == 3:
            raise Enough

    monkeypatch.setattr(jobs, "beats", busy)
    monkeypatch.setattr(job_process, "time", type("Clock", (), {"sleep": staticmethod(rests)}))
    with pytest.raises(Enough):
        job_process._beat(clerk.desk.file, 7)
    assert beats == [7, 7, 7]


def test_a_process_that_cannot_be_started_is_no_fault_of_the_sender(clerk, tmp_path, capfd):
    """What was sent is kept; why is printed, and the next who looks tries again."""
    made = RecorderProcess(clerk.desk.play.store, tmp_path)
    right, made._command = made._command, [str(tmp_path / "none")]
    made.wake()
    assert "FileNotFoundError" in capfd.readouterr().err
    made._command = [right[0], "-c", "import sys; sys.exit(len(sys.stdin.read()))"]
    made.wake()
    made._process.stdin.close()
    assert made._process.wait(timeout=30) == 1


def test_a_job_that_begins_meanwhile_does_not_wait_for_the_whole_queue(clerk, monkeypatch):
    """What was taken is done with; the others wait until it is over."""
    clerk.send(clerk.filled())
    other, real = another(clerk), recorder.recorded

    def begins(reception, rows):
        monkeypatch.setattr(recorder, "recorded", real)
        jobs.start(clerk.desk.file, "publish", {}, who="wang-01", begin=lambda _: Goes())
        return real(reception, rows)

    monkeypatch.setattr(recorder, "recorded", begins)
    assert record(clerk) == 1
    assert [entry(one).state for one in (clerk, other)] == [sent_results.RECORDED, sent_results.WAITING]
    jobs.end(clerk.desk.file, jobs.running(clerk.desk.file).id, state=jobs.DONE, report={})
    assert record(clerk) == 1


class Goes:
    """The process of a job that goes on."""

    pid = 1

    def poll(self):
        """It runs."""
