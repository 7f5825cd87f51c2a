"""Command `map` (来源映射)."""

from pathlib import Path

import click

from supervision.cli._echo import echo_report
from supervision.cli._mapping import map_option, result_option, set_option
from supervision.cli._options import common, settings

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("map")
@click.argument("file", required=False, type=FILE)
@click.option("--kind", metavar="KIND", help="登记表种类（缺省按列名猜测）/ the register (default: guessed).")
@click.option("--out", type=FILE, help="草案文件 / where the draft goes (default FILE.mapping.yaml).")
@map_option
@set_option
@result_option
@click.option("--keep", metavar="NAME", help="把映射文件按名存入库 / keep the mapping FILE.yaml under a name.")
@click.option("--list", "listing", is_flag=True, help="列出库中的映射 / list what is kept.")
@click.option("--show", metavar="NAME", help="查看一个映射 / show one.")
@click.option("--remove", metavar="NAME", help="删除一个映射 / remove one.")
@common
def command(
    file: Path | None,
    kind: str | None,
    out: Path | None,
    maps: tuple[str, ...],
    sets: tuple[str, ...],
    results: tuple[str, ...],
    keep: str | None,
    listing: bool,
    show: str | None,
    remove: str | None,
) -> int:
    """按文件的列名拟出来源映射，供核对后导入 / propose how a foreign file is read; keep, list, show, remove mappings.

    \b
    Example: supervision map visits.csv --kind history --out visits.yaml
    Example: supervision map visits.yaml --keep street-visits
    """
    from supervision.directory.mapping.overrides import Overrides
    from supervision.errors import UsageError
    from supervision.month import mapping_drafts
    from supervision.month.city import City

    now = settings()
    asked = [listing, show is not None, remove is not None, file is not None]
    if sum(asked) != 1 or (keep is not None and file is None):
        raise UsageError("month.map_one_thing")
    if file is not None and keep is None:
        target = out or file.with_name(f"{file.name}.mapping.yaml")
        overrides = Overrides(maps=maps, sets=sets, results=results)
        rules = now.store.parent / "rules"
        report = mapping_drafts.write_draft(
            file, kind=kind, out=target, overrides=overrides, rules=rules, lang=now.lang
        )
        return echo_report("map", report)
    city = City.open(now.store, who=now.who)
    if file is not None and keep is not None:
        report = mapping_drafts.keep(city, file, keep)
    elif show is not None:
        report = mapping_drafts.show(city, show)
    elif remove is not None:
        report = mapping_drafts.remove(city, remove)
    else:
        report = mapping_drafts.listed(city)
    return echo_report("map", report)
