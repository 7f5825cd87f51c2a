"""Options that say how a file of another source is read (来源映射选项)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from supervision.month.mapped_files import Asked

mapping_option = click.option(
    "--mapping",
    metavar="NAME|FILE.yaml",
    help="来源映射：库中的名称或文件 / a mapping: its name in the store, or a file.",
)
map_option = click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="COLUMN=FIELD",
    help="某列对应的字段，可带单位 / which field a column is, perhaps with its unit: 罚款=amount 万元.",
)
set_option = click.option(
    "--set",
    "sets",
    multiple=True,
    metavar="FIELD=VALUE",
    help="各行同一取值，@字段 取自另一字段 / one value for all rows; @FIELD takes it from another.",
)
result_option = click.option(
    "--result",
    "results",
    multiple=True,
    metavar="WORD=CODE",
    help="结果的写法对应的代码 / which code a word of the result is.",
)
units_option = click.option(
    "--units",
    type=click.Path(path_type=Path, dir_okay=False),
    help="填好的未匹配名单 / the list of unmatched names, filled in.",
)


def reading_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a mapping to a command (加上来源映射选项)."""
    for option in reversed((mapping_option, map_option, set_option, result_option, units_option)):
        function = option(function)
    return function


def asked(
    mapping: str | None, maps: Sequence[str], sets: Sequence[str], results: Sequence[str], units: Path | None
) -> Asked:
    """Return what the options ask for (所要求的读法)."""
    from supervision.directory.mapping.overrides import Overrides
    from supervision.month.mapped_files import Asked

    return Asked(mapping=mapping or "", overrides=Overrides(maps=maps, sets=sets, results=results), units=units)
