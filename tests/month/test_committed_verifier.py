"""The verifier that is published is the committed one (所承诺的核验程序), whatever is installed by then."""

from __future__ import annotations

from hashlib import sha256

from real_rounds import COMMITS

from supervision.month import committing, publishing
from supervision.sampling.protocol.verifier import verify


def test_an_upgrade_between_commitment_and_publication_changes_nothing(at, monkeypatch) -> None:
    """With another verifier installed the round still shows the one whose digest its commitment has, and agrees."""
    play = at("committed")
    monkeypatch.setattr(committing.verifier, "__file__", __file__)
    publishing.publish(play.round(COMMITS), play.out, reason="upgraded")
    shown = (play.out / "public" / "2026-12" / "verify.py").read_bytes()
    assert sha256(shown).hexdigest() == play.public("commitment.json")["software"]
    assert verify(play.out).difference is None
