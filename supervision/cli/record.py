"""Command `record` (录入结果)."""

from datetime import date
from pathlib import Path

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import DAY, common, settings


@click.command("record")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as-of", type=DAY, help="知悉日期，仅限演练 / known on, rehearsals only (default today).")
@click.option("--correct", is_flag=True, help="更正已录入的结果 / correct results on record.")
@click.option("--reason", help="更正理由，对外公开 / reason of the correction, shown in public.")
@click.option("--reviewed-by", metavar="NAME", help="更正审核人，另一人 / the second person, who agreed.")
@common
def command(
    files: tuple[Path, ...], as_of: date | None, correct: bool, reason: str | None, reviewed_by: str | None
) -> int:
    """收回填好的工作簿（或整个文件夹），结果入库 / take filled workbooks, or folders of them, back.

    A result on record changes only with a reason and a second person: in the workbook's sheet 结果更正, in columns
    更正理由 and 更正审核人, or, for all rows of the files, with --correct.

    \b
    Example: supervision record out/internal/market-320505/market-320505.xlsx
    """
    from supervision.errors import UsageError
    from supervision.month.city import City
    from supervision.month.recording import record
    from supervision.month.result_checks import Agreement

    words = ((reason or "").strip(), (reviewed_by or "").strip())
    if (correct and not all(words)) or (any(words) and not correct):
        raise UsageError("month.agreement_incomplete")
    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        report = record(
            city,
            list(files),
            as_of=as_of,
            agreement=Agreement(reason=words[0], reviewer=words[1]) if correct else None,
        )
    return echo_report("record", report)
