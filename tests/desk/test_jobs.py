"""Long work: one at a time, in a process of its own, seen by its people, done again."""

import os
import signal
import time

import pytest
from desk_people import Desk

from supervision.desk import jobs
from supervision.errors import UsageError


def ended(desk, number):
    """Wait until a job is over and return it."""
    for _ in range(1200):
        job = jobs.find(desk.file, number)
        if job.state != jobs.RUNNING:
            return job
        time.sleep(0.1)
    raise AssertionError("the job does not end")


def test_a_job_runs_in_a_process_of_its_own_and_says_what_the_command_says(at):
    """Started in one page it can be seen from another; done again it changes nothing."""
    desk = at("drawn", spawn=jobs.spawn)
    person = desk.person("wang-01")
    answer = person.post("/rounds/2026-12/preview")
    assert answer.headers["Location"] == "/jobs/1"
    job = ended(desk, 1)
    assert (job.state, job.report["exit"]) == (jobs.DONE, 0), job.report
    page = person.get("/jobs/1").text
    assert job.report["lines"][0][0] in page
    assert "every 1s" not in page
    assert desk.acts("job.preview")[0]["who"] == "wang-01"
    assert person.post("/jobs/1/again").headers["Location"] == "/jobs/2"
    assert ended(desk, 2).report["lines"] == job.report["lines"]


def test_only_one_job_at_a_time(at):
    """While one runs another is refused, with who started it; the first goes on."""
    desk = at("committed", spawn=lambda store, out, number: Held())
    person = desk.person("wang-01")
    assert person.post("/rounds/2026-12/preview").status_code == 302
    answer = person.post("/rounds/2026-12/publish")
    assert answer.status_code == 409
    assert "wang-01" in answer.text
    assert [job.work for job in jobs.latest(desk.file, last=9)] == ["preview"]


class Held:
    """A process that works until it is let go."""

    def __init__(self):
        self.pid, self.code = 2**22 + 1, None

    def poll(self):
        """Return what it ended with."""
        return self.code


def test_a_killed_job_is_told_from_a_running_one(at):
    """It is said to have broken off, and can be done again; what is wrong is not hidden."""
    desk = at("drawn", spawn=jobs.spawn)
    person = desk.person("wang-01")
    person.post("/rounds/2026-12/preview")
    with desk.file.reading() as database:
        pid = database.execute("SELECT pid FROM job").fetchone()[0]
    os.kill(pid, signal.SIGKILL)
    assert ended(desk, 1).state == jobs.STOPPED
    assert "重做" in person.get("/jobs/1").text
    assert person.post("/jobs/1/again").status_code == 302
    assert ended(desk, 2).state == jobs.DONE


def test_a_process_that_is_not_heard_of_is_gone(at, monkeypatch):
    """Another process may have its number after a restart: only one that gives signs of life is the job's."""
    desk = at("committed", spawn=lambda store, out, number: Held())
    person = desk.person("wang-01")
    person.post("/rounds/2026-12/preview")
    monkeypatch.setattr(jobs, "_processes", {})
    with desk.file.writing() as database:
        database.execute("UPDATE job SET pid = ?", [os.getpid()])
    assert jobs.find(desk.file, 1).state == jobs.RUNNING
    now = time.time()
    monkeypatch.setattr(jobs.time, "time", lambda: now + 61)
    assert jobs.find(desk.file, 1).state == jobs.STOPPED


def test_what_a_step_refuses_stands_in_the_job(at):
    """An error is the command's own sentence; nothing is half done."""
    desk = at("committed")
    page = desk.person("wang-01").work("/rounds/2026-12/plan")
    assert "未完成" in page
    assert "draw" in page


def test_only_its_role_starts_a_step(at):
    """A drawer does not publish: 404 as for a page that is not there, and a line in the log."""
    desk = at("committed")
    for name, code in (("li-02", 404), ("zhou-06", 404), ("wang-01", 302)):
        assert desk.person(name).post("/rounds/2026-12/publish").status_code == code
    assert [entry["who"] for entry in desk.acts("refused")] == ["li-02", "zhou-06"]
    assert desk.person("wang-01").post("/rounds/2026-12/nothing").status_code == 404


def test_an_unknown_job_is_said(at):
    """A number that is not there is no crash."""
    desk = at("committed")
    assert desk.person("wang-01").get("/jobs/7").status_code == 422
    with pytest.raises(UsageError) as error:
        jobs.find(desk.file, 7)
    assert error.value.code == "desk.job_unknown"


def test_a_job_of_another_is_not_shown_to_those_who_see_no_rounds(at):
    """A clerk sees their own jobs only."""
    desk: Desk = at("matched")
    desk.person("wang-01").post("/rounds/2026-12/preview")
    assert desk.person("sun-04").get("/jobs/1").status_code == 404
    assert desk.person("zhou-06").get("/jobs/1").status_code == 200
