"""The zip of a round (本轮压缩包): its whole public folder, listed by the home page, checked like the folder."""

import hashlib
import json
import zipfile

from supervision.sampling.protocol.verifier import verify

ROUND = "2026-12"


def test_the_zip_holds_the_public_folder(rehearsal):
    """Every file below the round's name, stored, sorted, without a clock; unpacked it is the same folder."""
    public = rehearsal.out / "public"
    with zipfile.ZipFile(public / f"{ROUND}.zip") as archive:
        entries = archive.infolist()
        held = {entry.filename.removeprefix(f"{ROUND}/"): archive.read(entry) for entry in entries}
    there = {
        path.relative_to(public / ROUND).as_posix(): path for path in (public / ROUND).rglob("*") if path.is_file()
    }
    assert held == {name: path.read_bytes() for name, path in there.items()}
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {(entry.compress_type, entry.date_time) for entry in entries} == {
        (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0))
    }


def test_the_zip_is_checked_like_the_folder(rehearsal, tmp_path):
    """The verifier agrees with what was unpacked; the zip beside the folders disturbs nobody."""
    with zipfile.ZipFile(rehearsal.out / "public" / f"{ROUND}.zip") as archive:
        archive.extractall(tmp_path)
    assert verify(tmp_path / ROUND).code == verify(rehearsal.out).code == verify(rehearsal.out / "public").code == 0


def test_the_home_page_lists_the_zip(rehearsal):
    """The home manifest names size and digest, the page links to it; the round's own manifest cannot know it."""
    public = rehearsal.out / "public"
    body = (public / f"{ROUND}.zip").read_bytes()
    listed = {entry["path"]: entry for entry in json.loads((public / "manifest.json").read_bytes())["files"]}
    due = {"digest": hashlib.sha256(body).hexdigest(), "path": f"{ROUND}.zip", "size": len(body)}
    assert listed[f"{ROUND}.zip"] == due
    assert f'href="{ROUND}.zip"' in (public / "index.html").read_text(encoding="utf-8")
    own = json.loads((public / ROUND / "manifest.json").read_bytes())["files"]
    assert not [entry for entry in own if entry["path"].endswith(".zip")]
