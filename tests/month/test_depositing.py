"""Deposited registers of a round (寄存登记表): the auditor builds populations again from them."""

from __future__ import annotations

import pandas as pd
import pytest

from supervision.errors import UsageError
from supervision.month.depositing import deposit
from supervision.sampling.protocol.verifier import verify
from supervision.store.store import Store


def test_the_auditor_builds_populations_again(at) -> None:
    """What is deposited has the committed digests, and every task's population comes out of it."""
    play = at("drawn")
    folder = play.work / "deposited"
    report = deposit(play.round("pub-1"), folder, out=play.out)
    assert (report.exit_code, report.facts["differ"]) == (0, [])
    found = verify(play.out, registers=folder)
    assert found.difference is None, found.verdict("en")
    assert "2026-12, populations built again: T01-food T11-disclosure" in [en for _, en in found.checked]
    assert (folder / "rules" / "shipped" / "shared" / "class_ratio.yaml").is_file()
    unit = (folder / "entities.csv").read_bytes().replace("餐饮".encode(), "饭饮".encode(), 1)
    (folder / "entities.csv").write_bytes(unit)
    difference = verify(play.out, registers=folder).difference
    assert difference
    assert difference.name == "registers.digest"


def test_registers_that_changed_since_are_named(at) -> None:
    """A row entered later as known before: the deposit is no longer what was committed, and says so."""
    play = at("committed")
    store = Store.open(play.store)
    row = store.register("leave", on=play.round("pub-1").evidence_day).head(1)
    day = pd.Timestamp(play.round("pub-1").evidence_day).as_unit("s")
    store.insert("leave", row.assign(known_on=day, reason="培训"), who="t", at="2026-11-24", source_digest="t")
    report = deposit(play.round("pub-1"), play.work / "deposited", out=play.out)
    assert (report.exit_code, report.facts["differ"]) == (5, ["leave"])


def test_nothing_is_deposited_where_it_may_be_published(at) -> None:
    """A folder inside OUT, or one that holds something, is refused before anything is written."""
    play = at("committed")
    for folder, code in (
        (play.out / "public" / "registers", "month.deposit_public"),
        (play.out, "month.deposit_public"),
    ):
        with pytest.raises(UsageError) as refused:
            deposit(play.round("pub-1"), folder, out=play.out)
        assert refused.value.code == code
    assert not (play.out / "public" / "registers").exists()
    with pytest.raises(UsageError) as full:
        deposit(play.round("pub-1"), play.inputs, out=play.out)
    assert full.value.code == "month.folder_not_empty"
