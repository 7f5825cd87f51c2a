"""The command: accounts by hand, a service file, a taken port, and a desk that answers in a process of its own."""

import os
import re
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest
from desk_people import PASSWORD

from supervision.desk import people
from supervision.desk.accounts import Accounts
from supervision.errors import SupervisionError, UsageError

ENVIRONMENT = os.environ | {"SUPERVISION_PASSPHRASE": PASSWORD, "PYTHONPATH": os.pathsep.join(sys.path)}


def command(desk, *arguments):
    """Run the command on the desk's store."""
    line = [sys.executable, "-m", "supervision", "--store", str(desk.play.store), "--lang", "zh", *arguments]
    return subprocess.run(line, env=ENVIRONMENT, capture_output=True, text=True, timeout=120, check=False)


def test_accounts_by_hand(at):
    """Added, listed, given a new password, disabled; each is noted."""
    desk = at("committed")
    added = command(desk, "--as", "it-01", "desk", "user", "add", "xu-09", "--role", "auditor", "--display", "徐")
    assert (added.returncode, added.stdout) == (0, "xu-09  auditor  \n"), added.stderr
    assert "xu-09  auditor    徐" in command(desk, "desk", "user", "list").stdout
    assert Accounts(desk.file).log_in("xu-09", PASSWORD).display == "徐"
    assert command(desk, "desk", "user", "disable", "xu-09").returncode == 0
    assert "徐  ×" in command(desk, "desk", "user", "list").stdout
    assert [entry["step"] for entry in desk.acts()] == ["account.add", "account.off"]
    assert desk.acts()[0]["who"] == "it-01"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"roles": ["king"]}, "desk.unknown_role"),
        ({"roles": []}, "desk.no_role"),
        ({"roles": ["clerk"]}, "desk.clerk_office"),
        ({"roles": ["clerk"], "office": "nowhere"}, "desk.unknown_office"),
        ({"roles": ["auditor"], "password": "short"}, "desk.short_password"),
        ({"roles": ["auditor"], "name": "徐"}, "sampling.name"),
        ({"roles": ["auditor"], "name": "wang-01"}, "desk.account_there"),
    ],
)
def test_an_account_that_cannot_be(at, given, code):
    """Each with its own sentence; nothing is stored."""
    desk = at("committed")
    before = Accounts(desk.file).all()
    with pytest.raises(SupervisionError) as error:
        people.add(desk.play.city("it"), **{"name": "xu-09", "password": PASSWORD, **given})
    assert error.value.code == code
    assert Accounts(desk.file).all() == before


def test_an_unknown_account_is_not_changed(at):
    """A name nobody has is said."""
    with pytest.raises(UsageError) as error:
        people.change(at("committed").play.city("it"), "nobody", password=None)
    assert error.value.code == "desk.account_unknown"


def test_a_service_file_names_this_store(at):
    """Whole paths, so that it starts from anywhere; https and the proxy's header go along."""
    desk = at("committed")
    said = command(desk, "desk", "--unit", "--https", "--proxy-header", "X-User", "--out", str(desk.play.out)).stdout
    start = re.search(r"ExecStart=(.*)", said).group(1)
    assert f"--store {desk.play.store} desk --out {desk.play.out} --host 127.0.0.1 --port 8300" in start
    assert start.endswith("--proxy-header X-User --https")
    assert "UMask=0077" in said


def test_it_answers_in_a_process_of_its_own(at):
    """The command serves until it is ended; a second one on the same port says that it is taken."""
    desk = at("committed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    line = [sys.executable, "-m", "supervision", "--store", str(desk.play.store), "desk", "--port", port]
    with subprocess.Popen(line, env=ENVIRONMENT, cwd=Path(desk.play.store).parent, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout.readline().decode() == f"http://127.0.0.1:{port}/\n"
            assert "登录" in answer(int(port), "/login")
            second = command(desk, "desk", "--port", port)
            assert second.returncode == 2
            assert f"端口 {port}" in second.stderr
        finally:
            process.terminate()


def answer(port, path):
    """Return a page as soon as it is served."""
    for _ in range(200):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", path)
            return connection.getresponse().read().decode()
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{path} is not answered")
