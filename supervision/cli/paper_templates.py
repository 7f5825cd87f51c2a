"""Command `paper-templates` (文书模板)."""

import click

from supervision.cli._echo import echo_report
from supervision.cli._options import common, settings


@click.command("paper-templates")
@common
def command() -> int:
    """在业务记录库旁写出文书模板和字段说明，供修改 / lay the Word templates beside the store, to be changed.

    \b
    Example: supervision paper-templates
    """
    from supervision.month.city import City
    from supervision.month.paper_templates import lay_templates

    now = settings()
    return echo_report("paper-templates", lay_templates(City.open(now.store, who=now.who)))
