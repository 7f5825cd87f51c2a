"""Command `browse` (浏览)."""

import click

from supervision.cli._echo import Progress
from supervision.cli._options import common, settings


@click.command("browse")
@click.option("--port", type=int, default=8001, help="端口，0 为任选 / the port, 0 for any (default 8001).")
@click.option("--rehearsal", is_flag=True, help="看演练的轮次 / the rehearsed rounds.")
@common
def command(port: int, rehearsal: bool) -> int:
    """在浏览器中查看数据库：只读、仅本机、不含个人信息，附常用查询 / look at the store in a web browser, read-only.

    Needs the optional part: pip install 'shuangsuiji[browse]'.

    \b
    Example: supervision browse --port 8001
    """
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from supervision.cli._datasette import HOST, bound, need_datasette, serve
    from supervision.messages import say
    from supervision.month.browse_tables import metadata
    from supervision.month.browsing import write_browsable
    from supervision.month.city import City

    need_datasette()
    now = settings()
    with TemporaryDirectory(prefix="supervision-browse-") as folder:
        copy = Path(folder) / "supervision.db"
        with bound(port) as taken:
            with Progress() as progress:
                city = City.open(now.store, who=now.who, progress=progress)
                at = f"{city.now():%Y-%m-%d %H:%M}"
                write_browsable(city, copy, lang=now.lang, rehearsal=rehearsal)
            url = f"http://{HOST}:{taken.getsockname()[1]}/"
            click.echo(say("month.browse_at", now.lang, url=url, at=at))
            serve(copy, metadata(now.lang), taken)
    return 0
