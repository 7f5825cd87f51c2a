"""The bundle for machines without network: which glibc it needs, its digests, its licences."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

BUNDLE = Path(__file__).parents[1] / "bundle"


@pytest.fixture(scope="module")
def build():
    """The builder as a module."""
    sys.path.insert(0, str(BUNDLE))
    spec = importlib.util.spec_from_file_location("bundle_build", BUNDLE / "build.py")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("numpy-2.3.5-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl", (2, 27)),
        ("pyarrow-22-cp311-cp311-manylinux_2_28_aarch64.whl", (2, 28)),
        ("lxml-6-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl", (2, 17)),
        ("old-1-cp311-cp311-manylinux1_x86_64.whl", (2, 5)),
        ("click-8.3-py3-none-any.whl", (0, 0)),
    ],
)
def test_the_glibc_of_a_wheel(build, name, needed):
    """The oldest glibc among a wheel's tags; none for pure Python."""
    assert build.glibc(name) == needed


def test_a_wheel_of_another_system_is_refused(build):
    """A wheel for another system is no part of the bundle."""
    with pytest.raises(SystemExit, match="no tag of this system"):
        build.glibc("x-1-cp311-cp311-win_amd64.whl")


def test_only_wheels_that_run_there_are_asked_for(build):
    """For glibc 2.17 neither manylinux_2_28 nor another machine is asked for; for 2.28 the older tags are, too."""
    old, new = build.platforms("2.17", "x86_64"), build.platforms("2.28", "aarch64")
    assert "manylinux_2_18_x86_64" not in old and "manylinux_2_17_x86_64" in old and "manylinux2014_x86_64" in old
    assert {"manylinux_2_28_aarch64", "manylinux_2_5_aarch64", "manylinux2014_aarch64"} <= set(new)
    assert not [word for word in new if "x86" in word] and "manylinux_2_29_aarch64" not in new
    assert "manylinux2014_x86_64" not in build.platforms("2.16", "x86_64")


def test_the_digests_are_those_of_sha256sum(build, tmp_path):
    """Every file of the bundle but the list is in it, and sha256sum finds a changed one."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "说明.html").write_bytes(b"x")
    (tmp_path / "README.txt").write_bytes(b"y")
    build.write_sums(tmp_path)
    lines = (tmp_path / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert [line.split("  ")[1] for line in lines] == ["README.txt", "docs/说明.html"]
    check = ["sha256sum", "--quiet", "-c", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tmp_path, capture_output=True).returncode == 0
    (tmp_path / "README.txt").write_bytes(b"z")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True).returncode == 1


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("License-Expression: MIT", "MIT"),
        ("License: long text\nClassifier: License :: OSI Approved :: BSD License", "BSD License"),
        ("License: Apache 2.0\nClassifier: License :: OSI Approved", "Apache 2.0"),
    ],
)
def test_the_licence_of_a_wheel(build, tmp_path, told, said):
    """The licence that a wheel's metadata tells, in the order in which they are exact."""
    place = tmp_path / "x-1-py3-none-any.whl"
    with zipfile.ZipFile(place, "w") as wheel:
        wheel.writestr("x/vendored/y-2.dist-info/METADATA", "Name: y\nVersion: 2\n")
        wheel.writestr("x-1.dist-info/METADATA", f"Metadata-Version: 2.4\nName: x\nVersion: 1\n{told}\n")
    assert build.licence(place) == f"x 1: {said} (permissive)"


def test_the_scripts_are_sound():
    """Shell reads both scripts."""
    for name in ("install.sh", "try.sh"):
        assert subprocess.run(["/bin/sh", "-n", str(BUNDLE / name)]).returncode == 0
