"""Command `papers` (出具文书)."""

from pathlib import Path

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, rehearsal_option, round_argument, settings
from supervision.cli._passphrase import passphrase


@click.command("papers")
@round_argument
@rehearsal_option
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="输出文件夹 / output folder."
)
@click.option("--office", "offices", multiple=True, metavar="OFFICE", help="只出这些机构的 / of these offices only.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["word", "pdf"]),
    help="只出这种格式 / in this format only.",
)
@click.option(
    "--key",
    type=click.Path(path_type=Path, dir_okay=False),
    help="私钥文件，签发入企码 / file of the private key, to sign entry codes.",
)
@common
def command(
    round_id: str, rehearsal: bool, out: Path, offices: tuple[str, ...], formats: tuple[str, ...], key: Path | None
) -> int:
    """出具执法文书：审批表、通知书、现场检查记录、任务单、任务公告 / the papers of visits, days and tasks.

    用 --key 时，通知书和任务单带签名的入企码（扫码入企）。 / With --key notices and task sheets carry signed codes.

    \b
    Example: supervision papers 2026-12 --out out
    Example: supervision papers 2026-12 --out out --key agency.pem
    Example: supervision papers 2026-12 --out out --office market-320505 --format word
    """
    from supervision.month.city import City
    from supervision.month.paper_making import FORMATS, papers
    from supervision.month.signing import open_key

    now = settings()
    signer = open_key(key, passphrase()) if key else None
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        round = city.round(round_id, rehearsal=rehearsal)
        report = papers(round, out, offices=offices, formats=formats or FORMATS, key=signer)
    return echo_report("papers", report, round_id=round_id, rehearsal=rehearsal)
