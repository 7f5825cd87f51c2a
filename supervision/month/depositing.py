"""Deposited registers (寄存登记表): what `verify --registers` rebuilds populations from; draw protocol 2, 10."""

from __future__ import annotations

from pathlib import Path

from supervision.canonical import digest
from supervision.errors import UsageError
from supervision.month import round_files as files
from supervision.month.output_folder import make_folder
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import Step

RULES = "rules"


def deposit(round: Round, folder: Path, *, out: Path) -> Report:
    """Write the registers and rules that a round was committed with (寄存登记表与规则), as known on its evidence day.

    They are for the auditor: a folder inside `out` is refused, as what stands there may be published. Every file has
    the digest that the commitment binds; registers that were corrected since then, as of a day before, are named.
    """
    round.need(Step.COMMIT, "commit")
    if folder.resolve().is_relative_to(out.resolve()):
        raise UsageError("month.deposit_public", folder=folder, out=out)
    if folder.exists() and any(folder.iterdir()):
        raise UsageError("month.folder_not_empty", folder=folder)
    make_folder(folder, private=True)
    made = round.city.store.write_registers(folder, on=round.evidence_day)
    committed = round.read(files.REGISTERS)
    other = [path.stem for path in made if digest(round.hash_name, path.read_bytes()).hex() != committed[path.stem]]
    for path, source in round.rules.files.items():
        place = folder / RULES / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(source)
    report = Report(facts={"registers": str(folder), "differ": other})
    report.say("month.deposited", folder=folder, registers=len(made), rules=len(round.rules.files))
    if other:
        report.say("month.deposit_differs", registers=" ".join(other))
        report.exit_code = 5
    return report
