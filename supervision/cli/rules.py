"""Command `rules` (有效规则)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import DAY, common, rehearsal_option, settings

if TYPE_CHECKING:
    from supervision.month.report import Report

FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)
NEAR = 3


@click.command("rules")
@click.option("--on", type=DAY, help="哪一天 / in force on this day (default today).")
@click.option("--folder", type=FOLDER, help="城市规则文件夹 / the city's folder.")
@click.option("--preset", metavar="NAME", help="照抄一地的做法 / copy the rules of another place, such as suzhou.")
@click.option("--due", is_flag=True, help="应复核的规则 / rules whose review is overdue or near.")
@click.option("--within", type=click.IntRange(0, 120), metavar="MONTHS", help="几个月内到期 / with --due (default 3).")
@click.option("--used", metavar="ROUND", help="某轮所依据的未经核实规则 / what a round rested on unverified.")
@click.option("--what-if", metavar="ROUND", help="同一个月换一条规则 / the same month under another rule.")
@click.option(
    "--set", "assumptions", multiple=True, metavar="RULE=VALUE", help="假设的值 / with --what-if: RULE[.FIELD]=VALUE."
)
@click.option("--under", type=FOLDER, help="假设的规则文件夹 / with --what-if: a folder of rules.")
@click.option("--items", type=(DAY, DAY), metavar="FROM TO", help="事项清单变动 / changes of the list of items.")
@click.option("--gaps", is_flag=True, help="监管空白：无监管措施的许可等 / what has no supervision.")
@rehearsal_option
@common
def command(
    on: date | None,
    folder: Path | None,
    preset: str | None,
    due: bool,
    within: int | None,
    used: str | None,
    what_if: str | None,
    assumptions: tuple[str, ...],
    under: Path | None,
    items: tuple[date, date] | None,
    gaps: bool,
    rehearsal: bool,
) -> int:
    """有效规则及其依据；应复核的规则；换一条规则会怎样；清单变动；监管空白 / the law, its review, what-if, items, gaps.

    \b
    Example: supervision rules --on 2026-12-01
    Example: supervision rules --preset henan
    Example: supervision rules --due --within 6
    Example: supervision rules --used 2026-12
    Example: supervision rules --what-if 2026-12 --set shared/class_ratio.D=50%
    Example: supervision rules --items 2026-01-01 2026-12-01
    Example: supervision rules --gaps --on 2026-12-01
    """
    _check(
        preset, due=due, within=within, used=used, what_if=what_if, given=(assumptions, under), items=items, gaps=gaps
    )
    now = settings()
    own = folder or now.store.parent / "rules"
    if used or what_if or items:
        with Progress() as progress:
            report = _of_store(progress, used, what_if, assumptions, under, items, rehearsal=rehearsal)
        return echo_report("rules", report)
    from supervision.month import law_watch, starting
    from supervision.month.city import beijing_now

    if preset:
        return echo_report("rules", starting.take_preset(own, preset))
    if gaps:
        from supervision.month.city import City
        from supervision.month.supervision_gaps import gaps_on

        city = City.open(now.store, who=now.who, rules=folder)
        return echo_report("rules", gaps_on(city, on or beijing_now().date()))
    if due:
        months = NEAR if within is None else within
        return echo_report("rules", law_watch.rules_due(own, on=on or beijing_now().date(), months=months))
    return echo_report("rules", starting.law_in_force(own, on=on, lang=now.lang))


def _of_store(
    progress: Progress,
    used: str | None,
    what_if: str | None,
    assumptions: tuple[str, ...],
    under: Path | None,
    items: tuple[date, date] | None,
    *,
    rehearsal: bool,
) -> Report:
    """What is asked of rounds and registers."""
    from supervision.month import item_watch, law_watch
    from supervision.month import what_if as comparing
    from supervision.month.city import City

    now = settings()
    city = City.open(now.store, who=now.who, progress=progress)
    if items:
        return item_watch.item_changes(city, items[0], items[1])
    if used:
        return law_watch.rules_used(city.round(used, rehearsal=rehearsal))
    round = city.round(str(what_if), rehearsal=rehearsal)
    return comparing.what_if(round, assumptions=assumptions, folder=under)


def _check(
    preset: str | None,
    *,
    due: bool,
    within: int | None,
    used: str | None,
    what_if: str | None,
    given: tuple[tuple[str, ...], Path | None],
    items: tuple[date, date] | None,
    gaps: bool,
) -> None:
    """Refuse options that do not go together."""
    from supervision.errors import UsageError

    if sum(bool(one) for one in (preset, due, used, what_if, items, gaps)) > 1:
        raise UsageError("month.rules_one_of")
    if within is not None and not due:
        raise UsageError("month.rules_only_with", option="--within", with_option="--due")
    if any(given) and not what_if:
        raise UsageError("month.rules_only_with", option="--set, --under", with_option="--what-if")
    if what_if and not any(given):
        raise UsageError("month.rules_only_with", option="--what-if", with_option="--set / --under")
