"""Command `hand-down` (下达县区名单)."""

from pathlib import Path

import click

from supervision.cli._echo import echo_report
from supervision.cli._options import common, rehearsal_option, round_argument, settings
from supervision.cli._passphrase import passphrase


@click.command("hand-down")
@round_argument
@click.option("--county", required=True, metavar="REGION", help="县区的区划代码 / code of the county.")
@click.option(
    "--key", required=True, type=click.Path(path_type=Path, dir_okay=False), help="私钥文件 / file of the private key."
)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="名单文件 / file of the list."
)
@rehearsal_option
@common
def command(round_id: str, county: str, key: Path, out: Path, rehearsal: bool) -> int:
    """下达县区名单：签名并写明承诺 / hand a county its part of the list, signed and naming the commitment.

    排期、改期后再次下达，版本号增大。 / Handed down again after planning or changes, it is a later version.

    \b
    Example: supervision hand-down 2026-12 --county 320505 --key agency.pem --out part-320505.json
    """
    from supervision.month.city import City
    from supervision.month.handing_down import hand_down
    from supervision.month.signing import open_key

    now = settings()
    round = City.open(now.store, who=now.who).round(round_id, rehearsal=rehearsal)
    report = hand_down(round, county=county, key=open_key(key, passphrase()), file=out)
    return echo_report("hand-down", report, round_id=round_id, rehearsal=rehearsal)
