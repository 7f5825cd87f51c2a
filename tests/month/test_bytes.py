"""One byte changed in any published file is found, and the file is named."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from supervision.sampling.protocol.verifier import verify

CAMPAIGN = Path(__file__).parents[2] / "benchmarks" / "protocol" / "every_byte.py"


FOLDERS = ("public/2026-12", "audit/2026-12")


def listed(out, folder):
    """The files of a folder's manifest."""
    return [entry["path"] for entry in json.loads((out / folder / "manifest.json").read_bytes())["files"]]


def changed(body):
    """Bytes of which the one in the middle is another."""
    place = len(body) // 2
    return body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :] if body else b"x"


@pytest.mark.parametrize("folder", FOLDERS)
def test_one_byte_is_found(copied, folder):
    """A changed byte in the middle of each listed file ends with exit code 5 and the file's name."""
    names = listed(copied.out, folder)
    assert len(names) > 2
    for name in names:
        path = copied.out / folder / name
        body = path.read_bytes()
        path.write_bytes(changed(body))
        report = verify(copied.out)
        path.write_bytes(body)
        assert report.code == 5, name
        assert Path(name).name in report.verdict("en"), (name, report.verdict("en"))
    manifest = copied.out / folder / "manifest.json"
    body = manifest.read_bytes()
    for place in range(0, len(body), len(body) // 20):
        manifest.write_bytes(body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :])
        assert verify(copied.out).code == 5, place
    manifest.write_bytes(body)
    assert verify(copied.out).code == 0


def test_public_part_alone_finds_it(copied):
    """A round's public folder needs no other: each changed file of it is named there too."""
    public = copied.out / "public" / "2026-12"
    for name in listed(copied.out, "public/2026-12"):
        body = (public / name).read_bytes()
        (public / name).write_bytes(changed(body))
        report = verify(public)
        (public / name).write_bytes(body)
        assert report.code == 5 and Path(name).name in report.verdict("en"), (name, report.verdict("en"))


def test_lost_and_added_files_are_found(copied):
    """A file that is gone and a file that nobody published are named too."""
    page = copied.out / "public" / "2026-12" / "plan.html"
    page.rename(copied.out.parent / "plan.html")
    assert "plan.html" in verify(copied.out).difference.where
    (copied.out.parent / "plan.html").rename(page)
    (copied.out / "audit" / "2026-12" / "more.csv").write_bytes(b"")
    assert "more.csv" in verify(copied.out).difference.where


def test_new_manifests_do_not_help(copied):
    """Who changes a drawn list and writes its manifest anew is still found, by the numbers themselves."""
    audit = copied.out / "audit" / "2026-12"
    order = audit / "tasks" / "T01-food" / "order.csv"
    order.write_bytes(order.read_bytes().replace(b",drawn,", b",reserve,", 1))
    value = json.loads((audit / "manifest.json").read_bytes())
    for entry in value["files"]:
        body = (audit / entry["path"]).read_bytes()
        entry |= {"digest": hashlib.sha256(body).hexdigest(), "size": len(body)}
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (audit / "manifest.json").write_bytes(text.encode())
    assert "T01-food" in verify(copied.out).difference.where


def test_stand_alone_verifier_exits_5(copied):
    """The published verify.py, run by itself, agrees with exit code 0 and finds a changed page with exit code 5."""
    public = copied.out / "public" / "2026-12"
    command = [sys.executable, "-I", str(public / "verify.py"), str(copied.out)]
    assert subprocess.run(command, capture_output=True).returncode == 0
    with (public / "index.html").open("ab") as page:
        page.write(b"\n")
    found = subprocess.run([*command, "--lang", "en"], capture_output=True, text=True)
    assert found.returncode == 5
    assert "index.html" in found.stdout


def test_campaign_counts(copied):
    """The campaign over a whole output prints how many files it changed, and leaves the output as it was."""
    found = subprocess.run([sys.executable, str(CAMPAIGN), str(copied.out)], capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr
    total = sum(len(listed(copied.out, folder)) for folder in FOLDERS)
    assert f"{total} files changed" in found.stdout
    assert verify(copied.out).difference is None
