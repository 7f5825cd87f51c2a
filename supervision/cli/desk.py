"""Command `desk` (工作台)."""

from pathlib import Path

import click

from supervision.cli._options import common, settings

_UNIT = """[Unit]
Description=shuangsuiji desk
After=network.target

[Service]
User={user}
WorkingDirectory={folder}
ExecStart={program} --store {store} desk --out {out} --host {host} --port {port}{more}
Restart=on-failure
UMask=0077
NoNewPrivileges=true
PrivateTmp=true
ProtectSystem=strict
ReadWritePaths={folder} {out}

[Install]
WantedBy=multi-user.target
"""


def _needed() -> None:
    """Say which optional part is missing (缺少的组件)."""
    from importlib.util import find_spec

    from supervision.errors import UsageError

    for name in ("flask", "flask_login", "flask_wtf", "flask_limiter", "argon2", "waitress"):
        if find_spec(name) is None:
            raise UsageError("desk.missing", name=name)


@click.group("desk", invoke_without_command=True)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("out"), show_default=True,
              help="公示输出文件夹 / the folder that publish writes.")  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址 / address.")
@click.option("--port", type=click.IntRange(1, 65535), default=8300, show_default=True, help="端口 / port.")
@click.option(
    "--proxy-header", default="", metavar="NAME", help="由前置代理登录，用户名所在的请求头 / log in by a header."
)
@click.option("--proxy", "proxies", multiple=True, default=["127.0.0.1", "::1"], show_default=True,
              help="信任哪些代理地址 / addresses that the header is believed from.")  # fmt: skip
@click.option("--https", is_flag=True, help="前面有 https：Cookie 只走 https / https stands in front.")
@click.option("--unit", is_flag=True, help="只输出 systemd 服务文件 / print a service file and stop.")
@common
@click.pass_context
def command(
    ctx: click.Context, out: Path, host: str, port: int, proxy_header: str, proxies: tuple[str, ...], https: bool,
    unit: bool,
) -> int:  # fmt: skip
    """网页工作台：在浏览器里办一个月的双随机 / the desk: the month in a browser, on the intranet.

    \b
    Example: supervision desk user add li --role coordinator
    Example: supervision desk --out out --host 10.0.0.5 --port 8300
    Example: supervision desk --out out --unit > /etc/systemd/system/desk.service
    """
    now = settings()
    if unit:
        click.echo(_unit(now.store, out, host, port, proxy_header, https=https))
        return 0
    _needed()
    if ctx.invoked_subcommand is not None:
        return 0
    from supervision.desk.server import serve
    from supervision.desk.settings import Settings

    shown = Settings(store=now.store, out=out, proxy_header=proxy_header, proxies=proxies, https=https)
    click.echo(f"http://{host}:{port}/")
    serve(shown, host=host, port=port)
    return 0


def _unit(store: Path, out: Path, host: str, port: int, proxy_header: str, *, https: bool) -> str:
    """Return a systemd service (服务文件) with the paths of this call."""
    import getpass
    import shutil
    import sys

    more = f" --proxy-header {proxy_header}" if proxy_header else ""
    program = shutil.which("supervision") or f"{sys.executable} -m supervision"
    place = store.absolute()
    return _UNIT.format(
        user=getpass.getuser(), folder=place.parent, program=program, store=place, out=out.absolute(), host=host,
        port=port, more=more + (" --https" if https else ""),
    )  # fmt: skip


@command.group("user")
def user() -> None:
    """账号 / accounts."""


@user.command("add")
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True,
              help="角色，可多次 / role: coordinator drawer clerk reviewer auditor leader.")  # fmt: skip
@click.option("--office", default="", help="所属执法机构 / the office of a clerk.")
@click.option("--display", default="", help="显示的姓名 / name shown.")
@click.option("--by-proxy", is_flag=True, help="不设密码，由前置代理登录 / no password: a proxy logs in.")
@common
def add(name: str, roles: tuple[str, ...], office: str, display: str, by_proxy: bool) -> int:
    """增加账号，口令取自 SUPERVISION_PASSPHRASE 或询问 / add an account.

    \b
    Example: supervision desk user add zhao --role clerk --office market-320505 --display 赵
    """
    from supervision.cli._passphrase import passphrase
    from supervision.desk import people
    from supervision.month.city import City

    now = settings()
    city = City.open(now.store, who=now.who)
    password = None if by_proxy else passphrase(new=True)
    made = people.add(city, name, password=password, roles=roles, office=office, display=display)
    click.echo(f"{made.name}  {' '.join(made.roles)}  {made.office}")
    return 0


@user.command("list")
@common
def list_() -> int:
    """列出账号 / list the accounts."""
    from supervision.desk import people
    from supervision.month.city import City

    for one in people.listed(City.open(settings().store, who=settings().who)):
        click.echo(f"{one.name}  {' '.join(one.roles)}  {one.office}  {one.display}" + ("" if one.active else "  ×"))
    return 0


@user.command("password")
@click.argument("name")
@common
def password(name: str) -> int:
    """改密码 / give a new password."""
    from supervision.cli._passphrase import passphrase
    from supervision.desk import people
    from supervision.month.city import City

    people.change(City.open(settings().store, who=settings().who), name, password=passphrase(new=True))
    return 0


@user.command("disable")
@click.argument("name")
@common
def disable(name: str) -> int:
    """停用账号 / keep a person out; what they did stays on record."""
    from supervision.desk import people
    from supervision.month.city import City

    people.change(City.open(settings().store, who=settings().who), name, password=None)
    return 0
