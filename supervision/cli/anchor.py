"""Command `anchor` (锚定)."""

from pathlib import Path

import click

from supervision.cli._echo import echo_report
from supervision.cli._options import common, rehearsal_option, round_argument, settings


@click.command("anchor")
@round_argument
@rehearsal_option
@click.option("--of", "of", required=True, help="commitment, roster_commitment, manifest, abandoned.")
@click.option("--kind", required=True, help="notice 张贴, newspaper 报纸, supervisor 上级收据, tsa 时间戳.")
@click.option(
    "--file", "file", required=True, type=click.Path(path_type=Path, dir_okay=False), help="材料 / the evidence."
)
@click.option("--at", default="", metavar="TIME", help="材料的时间 / its time, such as 2026-11-25T10:00:00+08:00.")
@click.option("--number", default=0, help="第几份 / which roster commitment or manifest (default the last).")
@click.option(
    "--roots", type=click.Path(path_type=Path, dir_okay=False), help="时间戳根证书 / certificates of the stamp."
)
@common
def command(
    round_id: str, rehearsal: bool, of: str, kind: str, file: Path, at: str, number: int, roots: Path | None
) -> int:
    """登记机关之外的凭据，证明承诺唯一 / record evidence from outside that a commitment existed.

    \b
    Example: supervision anchor 2026-12 --of commitment --kind supervisor --file receipt-suzhou-7.json
    """
    from supervision.month.anchoring import anchor
    from supervision.month.city import City

    now = settings()
    round = City.open(now.store, who=now.who).round(round_id, rehearsal=rehearsal)
    report = anchor(round, of=of, kind=kind, file=file, at=at, number=number, roots=roots)
    return echo_report("anchor", report, round_id=round_id, rehearsal=rehearsal)
