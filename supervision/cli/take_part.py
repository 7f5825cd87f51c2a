"""Command `take-part` (接收下达名单)."""

from datetime import date
from pathlib import Path

import click

from supervision.cli._echo import echo_report
from supervision.cli._options import DAY, common, settings


@click.command("take-part")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--key",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="下达机关的公钥，另行取得 / public key of the body above, got another way.",
)
@click.option(
    "--published",
    type=click.Path(path_type=Path, file_okay=False),
    help="下达机关的公示文件夹，逐项核对 / what the body above published, to compare with.",
)
@click.option("--as-of", type=DAY, help="何日收到 / the day it came (default today).")
@common
def command(file: Path, key: Path, published: Path | None, as_of: date | None) -> int:
    """接收上级下达的名单，计入本级频次上限 / take in the list handed down to this county; own caps count it.

    签名、县区、版本、名单有一项不符，即不接收。 / One thing amiss, and nothing is taken.

    \b
    Example: supervision take-part part-320505.json --key city.pub.pem
    Example: supervision take-part part-320505.json --key city.pub.pem --published city-out/public
    """
    from supervision.month.city import City
    from supervision.month.taking_part import take_part

    now = settings()
    city = City.open(now.store, who=now.who)
    return echo_report("take-part", take_part(city, file, key=key, published=published, known_on=as_of))
