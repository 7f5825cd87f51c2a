"""The city's own rules (本市规则): one folder beside the store; those of an input folder are laid there once."""

from __future__ import annotations

from pathlib import Path

from supervision.errors import UsageError
from supervision.law.rules import Rules
from supervision.month.output_folder import write_whole
from supervision.month.round_files import RuleFiles
from supervision.store.shipped_files import folder_rules, shipped_rules

FOLDER = "rules"
SHOWN = 5


def rules_to_be(inputs: Path, store: Path) -> Rules:
    """Return the rules of a city whose store may not be there yet (将用的规则): those that `lay_rules` would leave."""
    city = folder_rules(store.parent / FOLDER) or folder_rules(inputs / FOLDER)
    return RuleFiles(shipped=shipped_rules(), city=city).rules()


def lay_rules(inputs: Path, store: Path) -> None:
    """Copy the rules of an input folder beside the store (登记本市规则) where none are there yet.

    Two folders of rules would be two laws: where both are there and differ, `month.rules_differ` names the files.
    """
    given, folder = folder_rules(inputs / FOLDER), store.parent / FOLDER
    own = folder_rules(folder)
    if given and not own:
        for name, body in given.items():
            write_whole(folder / name, body)
        return
    differ = sorted(name for name in given.keys() | own.keys() if given.get(name) != own.get(name))
    if given and differ:
        more = f" … ({len(differ)})" if len(differ) > SHOWN else ""
        raise UsageError("month.rules_differ", given=inputs / FOLDER, own=folder, files=" ".join(differ[:SHOWN]) + more)
