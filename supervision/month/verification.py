"""Verification of a folder (核验公示文件): the verifier's report and the signatures', as command and desk give it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from supervision.errors import UsageError
from supervision.messages import Label
from supervision.month.report import Report
from supervision.month.signing import check_signatures
from supervision.sampling.protocol import verifier


def verified(
    folder: Path, *, history: Sequence[Path] = (), registers: Path | None = None, signers: Sequence[Path] = ()
) -> verifier.Report:
    """Check a folder again from its files, and its signatures (核验文件夹); one that is not there is refused."""
    if not folder.is_dir():
        raise UsageError("month.no_folder", folder=folder)
    report = verifier.verify(folder, history=history, registers=registers)
    if report.difference is None:
        told = check_signatures(folder, signers)
        report.remarks.extend((line.text("zh"), line.text("en")) for line in told.lines)
    return report


def verification_report(folder: Path) -> Report:
    """Return the verifier's sentences as a step's report (核验报告): exit code 0, 5 or 6 as `verify` has them."""
    found = verified(folder)
    report = Report(facts=found.as_json(), exit_code=found.code)
    for zh, en in zip(found.lines("zh"), found.lines("en"), strict=True):
        report.say("month.verified_line", said=Label(zh, en))
    return report
