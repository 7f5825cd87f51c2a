"""Consoles and systems: what cannot be shown, written or named is a sentence or a replaced sign, never a traceback."""

import errno
import getpass
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from supervision.cli import _console, _options
from supervision.cli._usage import system_error

HEAD = "统一社会信用代码,企业名称,登记状态,成立日期,行政区划代码\n"
BAD = (
    HEAD
    + "91320505YY0000001P,演示𠮷店,存续,2015-03-09,无此区𠮷\n91320505YY0000002T,演示第2号企业,存续,2015-03-09,320505\n"
)
PROGRAM = [sys.executable, "-m", "supervision"]


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("LANG", "LC_ALL", "PYTHONIOENCODING")}
    kept["PYTHONPATH"] = os.pathsep.join([str(Path(_console.__file__).parents[2]), kept.get("PYTHONPATH", "")])
    return subprocess.run(
        [*PROGRAM, *arguments], cwd=folder, capture_output=True, env=kept | environment, timeout=120, check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a store and a file with one bad row."""
    assert run(tmp_path, "init", LANG="zh_CN.UTF-8").returncode == 0
    (tmp_path / "e.csv").write_text(BAD, encoding="utf-8")
    return tmp_path


def test_a_chinese_console_without_a_rare_character(folder):
    """A console in GBK shows ? for a character that it does not have, and all others."""
    ended = run(folder, "check", "entities", "e.csv", "--as-of", "2026-11-20", LANG="zh_CN.GBK", PYTHONIOENCODING="gbk")
    said = (ended.stdout + ended.stderr).decode("gbk")
    assert (ended.returncode, "Traceback" in said) == (3, False)
    assert "无此区?" in said


def test_a_western_console(folder):
    """A console that has no Chinese gets English unless Chinese is asked for, and ? for each sign it lacks."""
    ended = run(folder, "check", "entities", "e.csv", "--as-of", "2026-11-20", LANG="", PYTHONIOENCODING="cp1252")
    said = (ended.stdout + ended.stderr).decode("cp1252")
    assert (ended.returncode, "???" in said) == (3, True)
    assert "2026" in said or "rows" in said or "row" in said
    ended = run(folder, "impot", "--lang", "zh", LANG="", PYTHONIOENCODING="cp1252")
    assert (ended.returncode, ended.stderr[:3]) == (2, b"???")


def test_json_on_a_console_without_chinese(folder):
    """JSON is whole on every console: what it cannot show is escaped, not replaced."""
    arguments = ("check", "entities", "e.csv", "--as-of", "2026-11-20", "--json")
    ended = run(folder, *arguments, LANG="zh_CN.GBK", PYTHONIOENCODING="gbk")
    assert any(cell["value"] == "无此区𠮷" for cell in json.loads(ended.stdout.decode("gbk"))["cells"])


LANGUAGES = {
    ("", "utf-8"): "zh",
    ("", "gbk"): "zh",
    ("", "cp1252"): "en",
    ("C.UTF-8", "utf-8"): "zh",
    ("en_US.UTF-8", "utf-8"): "en",
    ("de_DE.UTF-8", "cp1252"): "en",
    ("zh_CN.UTF-8", "cp1252"): "zh",
}


@pytest.mark.parametrize(("place", "language"), LANGUAGES.items())
def test_the_language_before_any_option(monkeypatch, place, language):
    """English is for an English system and for a console without Chinese on a system that does not ask for Chinese."""
    monkeypatch.setenv("LANG", place[0])
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding=place[1]))
    assert _options._from_environment().lang == language


@pytest.mark.parametrize("error", [KeyError("uid"), OSError("no name"), ImportError("pwd")])
def test_a_user_without_a_name(call, monkeypatch, error):
    """A user whom the system has no name for works under the number."""

    def nobody() -> str:
        raise error

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert call("--help").code == 0
    assert _options.settings().who == f"uid-{os.getuid()}"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk(folder):
    """Output that finds no space is one sentence."""
    with Path("/dev/full").open("wb") as full:
        kept = {**os.environ, "LANG": "en_US.UTF-8", "PYTHONPATH": str(Path(_console.__file__).parents[2])}
        ended = subprocess.run(
            [*PROGRAM, "rules"], cwd=folder, stdout=full, stderr=subprocess.PIPE, env=kept, timeout=60, check=False
        )
    assert ended.returncode == 1
    assert ended.stderr.decode() == (
        "Error: The standard output, or the file being written, cannot be read or written: "
        "no space is left on the disk. "
        "Check the path and its permissions, then run this again.\n"
    )


REASONS = {
    errno.ENOSPC: ("磁盘已满", "no space is left on the disk"),
    errno.EDQUOT: ("磁盘已满", "no space is left on the disk"),
    errno.EACCES: ("没有权限", "permission is denied"),
    errno.EPERM: ("没有权限", "permission is denied"),
    errno.EROFS: ("所在磁盘只读", "the disk is read-only"),
    errno.ENAMETOOLONG: ("文件名太长", "the file name is too long"),
    errno.ENOENT: ("找不到文件或文件夹", "there is no such file or folder"),
    errno.EISDIR: ("这是文件夹，不是文件", "it is a folder, not a file"),
    errno.ENOTDIR: ("这是文件，不是文件夹", "it is a file, not a folder"),
    errno.EEXIST: ("已有同名文件或文件夹", "a file or folder of that name is there already"),
    errno.EFBIG: ("文件太大", "the file is too large"),
    errno.EIO: ("读写设备出错", "the device failed"),
    errno.EPIPE: ("Odd", "Odd"),
}


@pytest.mark.parametrize(("number", "reason"), REASONS.items())
def test_what_the_system_refuses(number, reason):
    """The system's reasons are said in the language asked for; one without a word of ours as the system says it."""
    said = system_error(OSError(number, "Odd", "a.csv"))
    assert said.text("zh") == f"不能读写 a.csv：{reason[0]}。请检查路径和权限后再运行。"
    assert said.text("en").startswith(f"a.csv cannot be read or written: {reason[1]}.")
    assert said.exit_code == 1


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_outputs(folder, closed):
    """Where the caller has closed an output, what is said goes nowhere, and the command does its work."""
    kept = {**os.environ, "PYTHONPATH": str(Path(_console.__file__).parents[2])}
    line = f'"{sys.executable}" -m supervision import entities e.csv --as-of 2026-11-20 {closed}'
    ended = subprocess.run(["/bin/sh", "-c", line], cwd=folder, capture_output=True, env=kept, timeout=60, check=False)
    assert (ended.returncode, b"Traceback" in ended.stdout + ended.stderr) == (3, False)
    assert (folder / "e.csv.rejected.xlsx").exists()


def test_what_is_no_file(call, tmp_path):
    """A folder named like a file and a circle of links are called so."""
    call("init")
    (tmp_path / "a.csv").mkdir()
    os.mkfifo(tmp_path / "b.csv")
    asked = ("--as-of", "2026-11-20")
    assert "a.csv 是文件夹，不是文件" in call("import", "entities", "a.csv", *asked).err
    assert "b.csv 不是普通文件" in call("import", "entities", "b.csv", *asked).err
    assert "找不到文件 c.csv" in call("check", "entities", "c.csv", *asked).err


def test_used_up_memory(call, monkeypatch):
    """Memory that is used up is a sentence."""
    from supervision.cli._group import group

    def hungry(*_, **__):
        raise MemoryError

    monkeypatch.setattr(group, "invoke", hungry)
    ended = call("init")
    assert (ended.code, ended.err[:7]) == (1, "错误：内存不足")


def test_rejected_rows_of_a_long_name(folder):
    """Where the rejected rows' file cannot stand beside a file of a long name, it stands beside the store."""
    name = "名录" * 40 + ".csv"
    (folder / "in").mkdir()
    (folder / "in" / name).write_text(BAD, encoding="utf-8")
    ended = run(folder, "import", "entities", f"in/{name}", "--as-of", "2026-11-20", LANG="zh_CN.UTF-8")
    assert ended.returncode == 3
    written = [path.name for path in folder.glob("*.rejected.xlsx")]
    assert len(written) == 1
    assert written[0].startswith("名录" * 20 + ".")
    assert written[0] in ended.stdout.decode()
    assert list((folder / "in").glob("*.rejected.*")) == []


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_rejected_rows_of_a_folder_that_may_only_be_read(call, monkeypatch, tmp_path, number):
    """Where the inputs may only be read, rejected rows stand beside the store; files of one name do not meet."""
    write = Path.write_bytes

    def refuse(path: Path, data: bytes) -> int:
        if path.parent.name.startswith("in"):
            raise OSError(number, "refused", str(path))
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", refuse)
    call("init")
    for name in ("in1", "in2"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "e.csv").write_text(BAD, encoding="utf-8")
        assert call("import", "entities", f"{name}/e.csv", "--as-of", "2026-11-20").code == 3
    assert len(list(tmp_path.glob("e.csv.*.rejected.xlsx"))) == 2


def test_rejected_rows_on_a_full_disk(call, monkeypatch, tmp_path):
    """A full disk is no reason to write elsewhere: it is said."""

    def refuse(path: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "refused", str(path))

    call("init")
    (tmp_path / "e.csv").write_text(BAD, encoding="utf-8")
    monkeypatch.setattr(Path, "write_bytes", refuse)
    ended = call("import", "entities", "e.csv", "--as-of", "2026-11-20")
    assert (ended.code, "e.csv.rejected.xlsx：磁盘已满" in ended.err) == (1, True)
