"""Command `sign` (签名)."""

from pathlib import Path

import click

from supervision.cli._echo import echo_report
from supervision.cli._options import common
from supervision.cli._passphrase import passphrase


@click.command("sign")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.argument("rounds", nargs=-1, metavar="[ROUND]...")
@click.option(
    "--key", required=True, type=click.Path(path_type=Path, dir_okay=False), help="私钥文件 / file of the private key."
)
@common
def command(folder: Path, rounds: tuple[str, ...], key: Path) -> int:
    """对已公示的承诺、结果和清单签名 / sign the commitments, results and manifests that are published.

    只用输出文件夹，密钥可留在另一台机器。 / It needs the output folder alone; the key may stay on another machine.

    \b
    Example: supervision sign out --key agency.pem
    """
    from supervision.month.signing import open_key, sign

    return echo_report("sign", sign(folder, open_key(key, passphrase()), rounds=rounds))
