"""One byte changed in any published file is found, and the file is named."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from supervision.sampling.protocol.verifier import verify

CAMPAIGN = Path(__file__).parents[2] / "benchmarks" / "protocol" / "every_byte.py"


def listed(out, part):
    """The files of one of the three manifests."""
    return [entry["path"] for entry in json.loads((out / part / "manifest.json").read_bytes())["files"]]


@pytest.mark.parametrize("part", ["", "public", "audit"])
def test_one_byte_is_found(copied, part):
    """A changed byte in the middle of each listed file ends with exit code 5 and the file's name."""
    names = listed(copied.out, part)
    assert names
    for name in names:
        path = copied.out / part / name
        body = path.read_bytes()
        place = len(body) // 2
        path.write_bytes(body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :])
        difference = verify(copied.out).difference
        path.write_bytes(body)
        assert difference is not None, name
        assert Path(name).name in " ".join(difference), (name, difference)
    assert verify(copied.out).difference is None


def test_public_part_alone_finds_it(copied):
    """The public folder needs no other: each changed file of it is named there too."""
    public = copied.out / "public"
    for name in listed(copied.out, "public"):
        body = (public / name).read_bytes()
        (public / name).write_bytes(body[:-1] + bytes([body[-1] ^ 1]))
        difference = verify(public).difference
        (public / name).write_bytes(body)
        assert difference is not None and Path(name).name in " ".join(difference), (name, difference)


def test_lost_and_added_files_are_found(copied):
    """A file that is gone and a file that nobody published are named too."""
    page = copied.out / "public" / "plan.html"
    page.rename(copied.out.parent / "plan.html")
    assert "plan.html" in verify(copied.out).difference[1]
    (copied.out.parent / "plan.html").rename(page)
    (copied.out / "audit" / "more.csv").write_bytes(b"")
    assert "more.csv" in verify(copied.out).difference[1]


def test_new_manifests_do_not_help(copied):
    """Who changes a drawn list and writes all manifests anew is still found, by the numbers themselves."""
    import hashlib

    order = copied.out / "audit" / "tasks" / "T01-food" / "order.csv"
    order.write_bytes(order.read_bytes().replace(b",drawn,", b",reserve,", 1))
    for part in ("public/", "audit/", ""):
        manifest = copied.out / f"{part}manifest.json"
        value = json.loads(manifest.read_bytes())
        for entry in value["files"]:
            body = (copied.out / part / entry["path"]).read_bytes()
            entry |= {"digest": hashlib.sha256(body).hexdigest(), "size": len(body)}
        manifest.write_bytes(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
    assert "T01-food" in verify(copied.out).difference[1]


def test_stand_alone_verifier_exits_5(copied):
    """The published verify.py, run by itself, agrees with exit code 0 and finds a changed page with exit code 5."""
    command = [sys.executable, "-I", str(copied.out / "public" / "verify.py"), str(copied.out)]
    assert subprocess.run(command, capture_output=True).returncode == 0
    with (copied.out / "public" / "index.html").open("ab") as page:
        page.write(b"\n")
    found = subprocess.run([*command, "en"], capture_output=True, text=True)
    assert found.returncode == 5
    assert "index.html" in found.stdout


def test_campaign_counts(copied):
    """The campaign over a whole output prints how many files it changed, and leaves the output as it was."""
    found = subprocess.run([sys.executable, str(CAMPAIGN), str(copied.out)], capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr
    total = sum(len(listed(copied.out, part)) for part in ("", "public", "audit"))
    assert f"{total} files changed" in found.stdout
    assert verify(copied.out).difference is None
