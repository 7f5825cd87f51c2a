"""Commands `scale export|score|frames|draw` (分区计算)."""

from pathlib import Path

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, held_option, rehearsal_option, round_argument, settings

folder_type = click.Path(path_type=Path, file_okay=False)
file_type = click.Path(path_type=Path, dir_okay=False, exists=True)
key_option = click.option("--key", type=file_type, required=True, help="本轮密钥 / the round's frame_key.hex.")
engine_options = (
    click.option(
        "--scheduler", metavar="ADDRESS", default="", help="已有 Dask 集群 / an existing cluster, tcp://…:8786."
    ),
    click.option("--workers", type=click.IntRange(0, 1024), default=0, help="本机进程数 / workers of this machine."),
    click.option("--memory", default="", help="每个进程的内存上限 / bound of each such worker, such as 4GB."),
)


@click.group("scale")
@common
def command() -> None:
    """一台机器不够时：按标识分区，在 Dask 上评分、生成抽样框和抽取 / scores, frames and draws on partitions.

    \b
    Example: supervision scale frames partitions --out frames --key frame_key.hex --workers 8
    """


@command.command("export")
@round_argument
@rehearsal_option
@click.option("--out", type=folder_type, required=True, help="写到哪个目录 / where the partitions go.")
@click.option("--partitions", type=click.IntRange(1, 9999), required=True, help="分区数 / how many.")
@click.option("--unscored", is_flag=True, help="只训练未评分的轮次 / a trained round, to be scored on partitions.")
@common
def export_command(round_id: str, rehearsal: bool, out: Path, partitions: int, unscored: bool) -> int:
    """把一轮的抽样框输入（或连同评分输入）导出为 Parquet 分区 / what frames, or scores too, are made from.

    \b
    Example: supervision scale export 2026-12 --out partitions --partitions 64 --unscored
    """
    from supervision.month.assessing import scoring_inputs
    from supervision.month.city import City
    from supervision.month.frames import scored_inputs, unscored_inputs
    from supervision.month.report import Report
    from supervision.scale.partitions import export

    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        round = city.round(round_id, rehearsal=rehearsal)
        scoring = scoring_inputs(round) if unscored else None
        inputs = unscored_inputs(round) if unscored else scored_inputs(round)
        sizes = export(
            inputs,
            out,
            partitions=partitions,
            rules=round.rules,
            round_id=round.id,
            hash_name=round.hash_name,
            unscored=scoring,
        )
    report = Report(facts={"units": sum(sizes), "partitions": sizes})
    report.say("scale.exported", units=sum(sizes), partitions=len(sizes), folder=out)
    return echo_report("scale export", report)


@command.command("score")
@click.argument("folder", type=folder_type)
@engine_options[0]
@engine_options[1]
@engine_options[2]
@common
def score_command(folder: Path, scheduler: str, workers: int, memory: str) -> int:
    """在分区上评分分类，与单机逐字节相同 / scores, classes and reasons on partitions, those of one machine.

    \b
    Example: supervision scale score partitions --workers 8
    """
    from supervision.month.report import Report
    from supervision.scale.engine import engine
    from supervision.scale.scoring import make_scores

    with Progress() as progress, engine(scheduler=scheduler, workers=workers, memory=memory) as calculator:
        made = make_scores(folder, calculator, progress)
    fields = [{"field": field, "class": name, "units": units} for (field, name), units in made.fields.items()]
    report = Report(facts={
        "units": made.units, "classes": dict(made.classes), "fields": fields,
        "class_moves": {"table": made.moves.to_dict("records"), **made.counts},
    })  # fmt: skip
    shares = ((name, many, f"{100 * many / max(1, made.units):.1f}") for name, many in made.classes.items())
    classes = "; ".join(f"{name} {many:,} ({share}%)" for name, many, share in shares)
    report.say("scale.scored", units=made.units, classes=classes, folder=folder)
    report.say("scale.moved", **made.counts)
    return echo_report("scale score", report)


@command.command("frames")
@click.argument("folder", type=folder_type)
@click.option("--out", type=folder_type, required=True, help="写到哪个目录 / where the frames go.")
@key_option
@engine_options[0]
@engine_options[1]
@engine_options[2]
@common
def frames_command(folder: Path, out: Path, key: Path, scheduler: str, workers: int, memory: str) -> int:
    """由分区生成各任务抽样框及树根，与单机逐字节相同 / frames and roots from partitions, the bytes of one machine.

    \b
    Example: supervision scale frames partitions --out frames --key frame_key.hex --scheduler tcp://10.0.0.5:8786
    """
    from supervision.month.report import Report
    from supervision.scale.engine import engine
    from supervision.scale.framing import make_frames
    from supervision.scale.shared_inputs import secret_of

    with Progress() as progress, engine(scheduler=scheduler, workers=workers, memory=memory) as calculator:
        made = make_frames(folder, out, secret_of(folder, key), calculator, progress)
    report = Report(facts={"tasks": [vars(one) for one in made.entries], "partitions": made.partitions})
    units, sample = sum(one.units for one in made.entries), sum(one.sample for one in made.entries)
    named = {"tasks": len(made.entries), "partitions": made.partitions, "folder": out}
    report.say("scale.framed", units=units, sample=sample, **named)
    report.lines.extend(made.remarks)
    return echo_report("scale frames", report)


@command.command("draw")
@click.argument("folder", type=folder_type)
@click.option("--commitment", type=file_type, required=True, help="承诺书 / the round's commitment.json.")
@key_option
@click.option("--source", "sources", multiple=True, metavar="NAME=VALUES", help="信源数值 / values of a source.")
@held_option
@engine_options[0]
@engine_options[1]
@engine_options[2]
@common
def draw_command(
    folder: Path, commitment: Path, key: Path, sources: tuple[str, ...], held: tuple[str, ...],
    scheduler: str, workers: int, memory: str,
) -> int:  # fmt: skip
    """在分区上计算签号并抽取，与单机逐字节相同 / numbers and lists on partitions, the bytes of one machine.

    \b
    Example: supervision scale draw frames --commitment commitment.json --key frame_key.hex --workers 8 \\
             --source "dlt-front=02 08 11 19 35" --source "dlt-back=07 12" \\
             --source "ssq-red=06 09 14 20 27 31" --source ssq-blue=11
    """
    from supervision.month.report import Report
    from supervision.month.source_values import held_times, source_values
    from supervision.sampling.protocol.commitment import Commitment
    from supervision.scale.drawing import make_draw
    from supervision.scale.engine import engine
    from supervision.scale.shared_inputs import key_in

    committed, values, times = Commitment.from_bytes(commitment.read_bytes()), source_values(sources), held_times(held)
    with Progress() as progress, engine(scheduler=scheduler, workers=workers, memory=memory) as calculator:
        made = make_draw(folder, committed, key_in(key), calculator, progress, values=values, held=times)
    report = Report(
        facts={"seed": made.seed.hex(), "drawn": {name: len(one.drawn) for name, one in made.lists.items()}}
    )
    places = sum(len(one.drawn) for one in made.lists.values())
    named = {"round": committed.round, "tasks": len(made.lists), "folder": folder}
    report.say("scale.drawn", seed=made.seed.hex(), places=places, **named)
    return echo_report("scale draw", report)
