"""Command `keys` (签名密钥)."""

from pathlib import Path

import click

from supervision.cli._echo import echo_report
from supervision.cli._options import common
from supervision.cli._passphrase import new_passphrase


@click.command("keys")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@common
def command(file: Path) -> int:
    """建立机关的签名密钥 / make the agency's signing key: FILE for itself, FILE's .pub.pem for everybody.

    口令取自 SUPERVISION_PASSPHRASE，否则询问。 / The passphrase is that of SUPERVISION_PASSPHRASE, else asked for.

    \b
    Example: supervision keys agency.pem
    """
    from supervision.month.signing import make_key

    return echo_report("keys", make_key(file, new_passphrase()))
