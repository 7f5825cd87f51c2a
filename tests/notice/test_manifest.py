"""The list of published files (发布清单)."""

import hashlib

import pytest

from supervision.errors import SupervisionError
from supervision.notice.manifest import write_manifest


def test_manifest_lists_paths_sizes_digests():
    """Files stand sorted by the bytes of their path, given as bytes or as size and digest."""
    made = write_manifest(
        {"b.json": b"{}", "a/最.csv": (7, "ff"), "B": b""},
        round="2026-12",
        sequence=2,
        previous="00",
        reason="更正",
        hash_name="sha256",
    )
    empty, braces = (hashlib.sha256(body).hexdigest() for body in (b"", b"{}"))
    assert made.decode() == (
        f'{{"files":[{{"digest":"{empty}","path":"B","size":0}},{{"digest":"ff","path":"a/最.csv","size":7}},'
        f'{{"digest":"{braces}","path":"b.json","size":2}}],"previous":"00","reason":"更正","round":"2026-12","sequence":2}}'
    )


@pytest.mark.parametrize("path", ["../a", "/a", "a//b", "a\\b", "manifest.json", "C:/a", "", "a/./b"])
def test_paths_that_leave_the_folder_are_refused(path):
    """A path must stay inside the folder and cannot be the manifest itself."""
    with pytest.raises(SupervisionError) as caught:
        write_manifest({path: b""}, round="2026-12", sequence=1, previous=None, reason=None, hash_name="sha256")
    assert caught.value.code == "notice.path"
