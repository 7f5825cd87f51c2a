"""An installation for a machine without network (离线安装包): wheels, fonts, documents, a list of digests.

    python bundle/build.py OUT [--glibc 2.28] [--python 3.11] [--site DIR]

OUT/wheels        this program and everything it needs, x86-64, and pip
OUT/fonts         the font of notices and papers, for other machines
OUT/docs          the documents as pages (`make docs`), where --site is given
OUT/install.sh    makes an environment without network
OUT/licences.txt  the licence of every package, of a kind that may be used; OUT/platform.txt the glibc it needs
OUT/aarch64.txt   the wheels for ARM: resolved and listed, not tried
OUT/SHA256SUMS    the digest of every file (sha256sum -c SHA256SUMS)
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from email.parser import Parser
from pathlib import Path

import licences

ROOT = Path(__file__).resolve().parents[1]
TAG = re.compile(r"manylinux_(\d+)_(\d+)_")
OLD = {"manylinux1": (2, 5), "manylinux2010": (2, 12), "manylinux2014": (2, 17)}
SUMS = "SHA256SUMS"


def main() -> None:
    """Make the bundle and say what it needs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--glibc", default="2.28", help="the oldest glibc that it must run on")
    parser.add_argument("--python", default=f"{sys.version_info.major}.{sys.version_info.minor}")
    parser.add_argument("--site", type=Path)
    given = parser.parse_args()
    if given.out.exists():
        raise SystemExit(f"{given.out} is there already and is not overwritten")
    wheels = given.out / "wheels"
    wheels.mkdir(parents=True)
    shutil.rmtree(ROOT / "build", ignore_errors=True)  # what an earlier build left would go into the wheel
    pip("wheel", "--no-deps", "--wheel-dir", str(wheels), str(ROOT))
    own = next(wheels.glob("shuangsuiji-*.whl"))
    target = ["--only-binary=:all:", "--python-version", given.python, "--implementation", "cp"]
    pip("download", *target, *platforms(given.glibc, "x86_64"), "--dest", str(wheels), f"{own}[desk]", "pip")
    arm = resolved(own, target, given.glibc)
    write(given.out / "aarch64.txt", [f"{digest}  {name}" for name, digest in arm])
    needed = max(glibc(path.name) for path in wheels.glob("*.whl"))
    needed_arm = max(glibc(name) for name, _ in arm)
    write(
        given.out / "platform.txt",
        [
            f"x86-64: Python {given.python}, glibc {needed[0]}.{needed[1]} or later",
            f"aarch64 (not tried): Python {given.python}, glibc {needed_arm[0]}.{needed_arm[1]} or later",
        ],
    )
    write(given.out / "licences.txt", [*map(licence, sorted(wheels.glob("*.whl"))), *licences.shipped_lines()])
    shutil.copytree(ROOT / "supervision" / "notice" / "fonts", given.out / "fonts")
    shutil.copy(ROOT / "bundle" / "install.sh", given.out)
    shutil.copy(ROOT / "bundle" / "README.txt", given.out)
    if given.site is not None:
        shutil.copytree(given.site, given.out / "docs")
    write_sums(given.out)
    size = sum(path.stat().st_size for path in given.out.rglob("*") if path.is_file())
    print(f"{given.out}: {len(list(wheels.glob('*.whl')))} wheels, {size >> 20} MB")
    print((given.out / "platform.txt").read_text(encoding="utf-8"), end="")
    print(f"aarch64: {len(arm)} wheels resolved and listed, not tried")


def pip(*words: str) -> None:
    """Run pip, quietly."""
    subprocess.run([sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words], check=True)


def platforms(limit: str, machine: str) -> list[str]:
    """Return pip's options for all wheels that run on a glibc of this version."""
    major, minor = map(int, limit.split("."))
    names = [f"manylinux_{major}_{number}_{machine}" for number in range(minor, 4, -1)]
    names += [f"{old}_{machine}" for old, version in OLD.items() if version <= (major, minor)]
    return [word for name in names for word in ("--platform", name)]


def resolved(own: Path, target: list[str], limit: str) -> list[tuple[str, str]]:
    """Return the wheels for ARM that the same requirements lead to: file names and SHA-256."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        options = ["--dry-run", "--ignore-installed", "--target", folder, "--report", str(report)]
        pip("install", *options, *target, *platforms(limit, "aarch64"), f"{own}[desk]")
        rows = json.loads(report.read_bytes())["install"]
    found = [(row["download_info"]["url"].rsplit("/", 1)[-1], row["download_info"]["archive_info"]) for row in rows]
    return sorted((name, info["hashes"]["sha256"]) for name, info in found)


def glibc(name: str) -> tuple[int, int]:
    """Return the glibc that a wheel needs, by its tags: the oldest one that it names; (0, 0) where it needs none.

    >>> glibc("typst-0.15.2-cp38-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"), glibc("x-1-py3-none-any.whl")
    ((2, 17), (0, 0))
    """
    tags = name.removesuffix(".whl").rsplit("-", 1)[-1].split(".")
    found = [(int(match[1]), int(match[2])) for tag in tags if (match := TAG.match(tag))]
    found += [version for old, version in OLD.items() if any(tag.startswith(f"{old}_") for tag in tags)]
    if not found and tags != ["any"]:
        raise SystemExit(f"{name}: no tag of this system")
    return min(found, default=(0, 0))


def licence(path: Path) -> str:
    """Return a line of licences.txt: name, version, licence, kind."""
    with zipfile.ZipFile(path) as wheel:
        name = next(one for one in wheel.namelist() if one.endswith(".dist-info/METADATA") and one.count("/") == 1)
        told = Parser().parsestr(wheel.read(name).decode())
    return licences.line_of(told)


def write(path: Path, lines: list[str]) -> None:
    """Write a text file."""
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def write_sums(out: Path) -> None:
    """Write the digest of every file, as sha256sum reads it."""
    files = sorted(path for path in out.rglob("*") if path.is_file() and path.name != SUMS)
    write(out / SUMS, [f"{digest_of(path)}  {path.relative_to(out).as_posix()}" for path in files])


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


if __name__ == "__main__":
    main()
