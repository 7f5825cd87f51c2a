"""What is not for everybody: folders that others than the owner's group cannot open, files for the owner alone."""

from __future__ import annotations

import ast
import os
import stat
from pathlib import Path

import pytest

from supervision.month import output_folder
from supervision.month.output_folder import make_folder, write_files, write_folder, write_whole
from supervision.month.secret_files import write_secret
from supervision.store.connection import files_folder
from supervision.store.store import Store

MONTH = Path(output_folder.__file__).parent
WRITERS = {"write_folder", "write_files", "write_whole", "write_made", "write_home_folder"}


@pytest.fixture(autouse=True)
def no_mask():
    """Nothing is taken away by the process's own mask."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    """The permissions of a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)


def test_only_the_public_part_can_be_opened_by_others(tmp_path):
    """Whichever writer makes them: audit, internal, papers and what was kept aside are closed, public is open."""
    out = tmp_path / "out"
    write_folder(out / "public" / "2026-12", {"a.json": b"{}"}, last={"manifest.json": b"{}"})
    write_folder(out / "audit" / "2026-12", {"frame_key.hex": b"00"}, last={})
    write_files(out / "internal" / "report", {"x.html": b""})
    write_whole(out / "papers" / "2026-12" / "m" / "x.docx", b"")
    (out / "audit" / "2026-12" / "own.txt").write_bytes(b"x")
    write_folder(out / "audit" / "2026-12", {"frame_key.hex": b"00"}, last={})
    assert (tmp_path / "out-kept" / "audit" / "2026-12" / "own.txt").is_file()
    closed = [out / "audit", out / "internal", out / "papers", tmp_path / "out-kept"]
    assert [mode(path) for path in (*closed, out, out / "public")] == [0o770] * 4 + [0o777] * 2


def test_a_folder_that_is_there_keeps_its_permissions(tmp_path):
    """Who opened or closed a folder by hand meant it."""
    (tmp_path / "audit").mkdir(mode=0o755)
    make_folder(tmp_path / "audit" / "2026-12", private=True)
    assert (mode(tmp_path / "audit"), mode(tmp_path / "audit" / "2026-12")) == (0o755, 0o770)


def test_secret_files_and_the_store(tmp_path):
    """A key is for its owner alone; the store and its large files for the owner and their group."""
    write_secret(tmp_path / "key.pem", b"x")
    store = Store.create(tmp_path / "x.db")
    found = [mode(path) for path in (tmp_path / "key.pem", store.path, files_folder(store.path))]
    assert found == [0o600, 0o660, 0o770]


def test_every_writer_of_public_files_looks_for_what_is_denied():
    """A module that names the public part and writes files calls the last look; signatures and keys hold no fields."""
    found = {}
    for path in sorted(set(MONTH.glob("*.py")) - {Path(output_folder.__file__)}):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        names = {node.id for node in nodes if isinstance(node, ast.Name)}
        texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
        is_public = any(text == "public" or text.startswith("public/") for text in texts) or "PUBLIC" in names
        if is_public and names & WRITERS:
            found[path.stem] = "refuse_denied" in names
    looked = dict.fromkeys(("annual_publishing", "exporting", "home_page", "overseeing", "publishing"), True)
    assert found == {**looked, "signing": False}
