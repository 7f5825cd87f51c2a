"""Signatures over what is published: made from the output folder alone, checked by ours and by openssl."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from supervision.canonical import canonical_json
from supervision.errors import DoesNotVerify, UsageError
from supervision.month.signing import check_signatures, make_key, open_key, sign
from supervision.notice.signatures import new_key, read_key
from supervision.sampling.protocol.verifier import verify

ROUND, SECRET = "2026-12", "lang genug 2026"


@pytest.fixture(scope="module")
def signed(rehearsal, tmp_path_factory):
    """A signed rehearsal's output folder and the folder of two keys."""
    work = tmp_path_factory.mktemp("signed")
    shutil.copytree(rehearsal.out, work / "out")
    for name in ("agency", "other"):
        make_key(work / f"{name}.pem", SECRET)
    sign(work / "out", open_key(work / "agency.pem", SECRET))
    return work


@pytest.fixture
def work(signed, tmp_path):
    """A copy that a test may change."""
    return shutil.copytree(signed, tmp_path / "work")


def entries(work):
    """The round's list of signatures."""
    return json.loads((work / "out/public/signatures" / f"{ROUND}.json").read_bytes())


def rewrite(work, rows):
    """Write another list of signatures."""
    (work / "out/public/signatures" / f"{ROUND}.json").write_bytes(canonical_json(rows))


def test_what_is_signed(signed):
    """Both commitments, the result and the manifest are signed; everything still verifies, a lone round, too."""
    out = signed / "out"
    assert sorted(row["of"] for row in entries(signed)) == ["commitment", "manifest", "result", "roster_commitment"]
    for place in (out, out / "public", out / "public" / ROUND):
        assert verify(place).difference is None
        facts = check_signatures(place, [signed / "agency.pub.pem"]).facts["signatures"][ROUND]
        assert (facts["signatures"], len(facts["up_to_date"])) == (4, 1)


def test_openssl_agrees(signed, tmp_path):
    """The machine's openssl finds each signature right over the digest's bytes, and wrong over other bytes."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    public = signed / "agency.pub.pem"
    for number, row in enumerate(entries(signed)):
        data, made = tmp_path / f"{number}.bin", tmp_path / f"{number}.sig"
        made.write_bytes(bytes.fromhex(row["signature"]))
        command = [openssl, "pkeyutl", "-verify", "-pubin", "-inkey", public, "-rawin", "-in", data, "-sigfile", made]
        data.write_bytes(bytes.fromhex(row["digest"]))
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0
        data.write_bytes(bytes(32))
        assert subprocess.run(command, capture_output=True, check=False).returncode != 0
    der = subprocess.run([openssl, "pkey", "-pubin", "-in", public, "-outform", "DER"], capture_output=True, check=True)
    name = subprocess.run([openssl, "dgst", "-sha256", "-r"], input=der.stdout, capture_output=True, check=True)
    assert name.stdout.split()[0].decode() == entries(signed)[0]["key"]


def test_signing_again_changes_nothing(work, files):
    """The same key signs the same bytes once; a second key's signatures stand beside the first one's."""
    before = files(work / "out")
    again = sign(work / "out", open_key(work / "agency.pem", SECRET))
    assert again.facts["signed"] == {ROUND: 0}
    assert files(work / "out") == before
    assert sign(work / "out", open_key(work / "other.pem", SECRET), rounds=[ROUND]).facts["signed"] == {ROUND: 4}
    assert len({row["key"] for row in entries(work)}) == 2
    assert verify(work / "out").difference is None
    home = json.loads((work / "out/public/manifest.json").read_bytes())
    assert home["sequence"] == json.loads(before["public/manifest.json"])["sequence"] + 1
    assert {"signatures/2026-12.json"} < {entry["path"] for entry in home["files"]}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda row: row.update(signature="00" * 64), "notice.signature_wrong"),
        (lambda row: row.update(digest="00" * 32), "notice.signature_wrong"),
        (lambda row: row.update(key="00" * 32), "notice.key_missing"),
        (lambda row: row.update(of="result" if row["of"] != "result" else "manifest"), "notice.signature_of_nothing"),
        (lambda row: row.update(of="plan"), "notice.signatures_form"),
        (lambda row: row.update(algorithm="RSA"), "notice.signatures_form"),
        (lambda row: row.update(signature="xyz"), "notice.signatures_form"),
        (lambda row: row.pop("file"), "notice.signatures_form"),
    ],
)
def test_a_changed_signature_is_found(work, change, code):
    """Each field of a signature counts."""
    rows = entries(work)
    change(rows[0])
    rewrite(work, sorted(rows, key=lambda row: [row.get(name, "") for name in ("of", "digest", "key", "file")]))
    with pytest.raises(DoesNotVerify) as found:
        check_signatures(work / "out")
    assert found.value.code == code


def test_lists_have_one_form(work):
    """A list in another order, with an entry twice, or no list at all is refused."""
    rows = entries(work)
    for wrong in (rows[::-1], [rows[0], *rows], {}, [1]):
        rewrite(work, wrong)
        with pytest.raises(DoesNotVerify) as found:
            check_signatures(work / "out")
        assert found.value.code == "notice.signatures_form"


def test_who_signs_is_asked_for(work):
    """A named signer must have signed up to the latest manifest; a file that is no public key is refused."""
    with pytest.raises(DoesNotVerify) as other:
        check_signatures(work / "out", [work / "other.pub.pem"])
    assert other.value.code == "notice.signed_by_no_signer"
    rewrite(work, [row for row in entries(work) if row["of"] != "manifest"])
    with pytest.raises(DoesNotVerify) as earlier:
        check_signatures(work / "out", [work / "agency.pub.pem"])
    assert earlier.value.code == "notice.signed_by_no_signer"
    assert [line.params["state"].code for line in check_signatures(work / "out").lines if "state" in line.params] == [
        "notice.signed_earlier"
    ]
    with pytest.raises(DoesNotVerify) as no_key:
        check_signatures(work / "out", [work / "agency.pem"])
    assert no_key.value.code == "notice.key_not_public"
    (work / "out/public/signatures" / f"{ROUND}.json").unlink()
    assert [line.code for line in check_signatures(work / "out").lines] == ["notice.unsigned"]


def test_nothing_false_is_signed(work):
    """A folder that does not verify, one that is no public folder, and a round that is not there are refused."""
    key = open_key(work / "agency.pem", SECRET)
    with pytest.raises(UsageError) as missing:
        sign(work / "out", key, rounds=["2027-01"])
    assert missing.value.code == "notice.no_round_to_sign"
    with pytest.raises(UsageError) as nothing:
        sign(work, key)
    assert nothing.value.code == "notice.no_public_folder"
    result = work / "out/public" / ROUND / "result.json"
    result.write_bytes(result.read_bytes().replace(b"drawn", b"drewn"))
    with pytest.raises(DoesNotVerify) as wrong:
        sign(work / "out", key)
    assert wrong.value.code == "notice.not_signed"


def test_keys_are_guarded(tmp_path):
    """Mode 600, a passphrase, nothing overwritten; a wrong passphrase and a key that others can read are refused."""
    file = tmp_path / "a.pem"
    made = make_key(file, SECRET)
    assert (file.stat().st_mode & 0o777, b"ENCRYPTED" in file.read_bytes()) == (0o600, True)
    assert (tmp_path / "a.pub.pem").is_file()
    assert len(made.facts["fingerprint"]) == 64
    for call, code in (
        (lambda: make_key(file, SECRET), "notice.key_there"),
        (lambda: new_key(""), "notice.passphrase_empty"),
        (lambda: open_key(file, "another"), "notice.key_not_read"),
        (lambda: open_key(file, None), "notice.key_needs_passphrase"),
        (lambda: read_key(b"-----BEGIN", SECRET, file="x"), "notice.key_not_read"),
    ):
        with pytest.raises(UsageError) as refused:
            call()
        assert refused.value.code == code
    file.chmod(0o640)
    with pytest.raises(UsageError) as readable:
        open_key(file, SECRET)
    assert readable.value.code == "month.key_readable"


def test_only_ed25519_with_a_passphrase(tmp_path):
    """A key of another kind, and one without a passphrase, sign nothing."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    for algorithm, phrase, code in (
        ("ED25519", SECRET, "notice.key_not_encrypted"),
        ("X25519", None, "notice.key_kind"),
    ):
        file = tmp_path / f"{algorithm}.pem"
        subprocess.run([openssl, "genpkey", "-algorithm", algorithm, "-out", file], check=True, capture_output=True)
        with pytest.raises(UsageError) as refused:
            read_key(file.read_bytes(), phrase, file="x")
        assert refused.value.code == code
