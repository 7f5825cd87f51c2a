"""Messages of work on partitions (分区计算)."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "scale.no_dask": (
        "没有安装 Dask。请安装 shuangsuiji[scale]；不用 --workers 和 --scheduler 则在本进程内计算。",
        "Dask is not installed. Install shuangsuiji[scale]; without --workers and --scheduler one process does all.",
    ),
    "scale.no_scheduler": (
        "连不上调度器 {address}：{reason}。请核对地址和端口，确认集群已启动。",
        "The scheduler {address} cannot be reached: {reason}. Check address and port, and that the cluster runs.",
    ),
    "scale.worker_lost": (
        "同一分区的计算多次中断：{reason}。多半是内存不够；请加大 --memory、增加分区数后重做，已写出的文件不受影响。",
        "Work on one partition broke off several times: {reason}. Most likely memory is short; give more (--memory) or "
        "make more partitions and run it again. Files that were written stand.",
    ),
    "scale.work_lost": (
        "做这一项的进程多次中断：{reason}。多半是内存不够；请减少 --workers 或加大 --memory 后再运行，"
        "已完成的步骤不受影响。",
        "The process that did this ended several times: {reason}. Most likely memory is short; use fewer --workers or "
        "give more --memory, and run it again. Finished steps stand.",
    ),
    "scale.no_workers": (
        "集群里已 {seconds} 秒没有任何工作进程。请启动工作进程（或查看它们为何退出）后重新运行；已写出的文件不受影响。",
        "The cluster has had no worker for {seconds} seconds. Start workers, or see why they ended, and run it again. "
        "Files that were written stand.",
    ),
    "scale.no_partitions": (
        "{folder} 中没有完整的分区（应有 shared.json 和 0000、0001 等目录）。请先运行 supervision scale export。",
        "{folder} holds no complete partitions (shared.json and folders 0000, 0001 …). Run supervision scale export.",
    ),
    "scale.file_missing": (
        "缺少文件 {file}。请从上一步重新生成。",
        "There is no file {file}. Make it again from the step before.",
    ),
    "scale.file_damaged": (
        "文件 {file} 已损坏或不是本程序写的（{reason}）。请从上一步重新生成。",
        "The file {file} is damaged or not of this program ({reason}). Make it again from the step before.",
    ),
    "scale.partitions_differ": (
        "{folder} 应有 {wanted} 个分区，实有 {found} 个。请把缺少的分区放回，或重新导出。",
        "{folder} should have {wanted} partitions and has {found}. Put back what is missing, or export again.",
    ),
    "scale.rows_differ": (
        "任务 {task} 的抽样框各行与承诺书中的根不符，未抽取。请用同一密钥重新运行 scale frames，再核对承诺书。",
        "The rows of the frame of task {task} do not give the root that was committed: nothing is drawn. Run scale "
        "frames again with the same key and compare with the commitment.",
    ),
    "scale.strata_differ": (
        "任务 {task} 的层表 {file} 与承诺书不符，未抽取。请用同一密钥重新运行 scale frames，再核对承诺书。",
        "The strata {file} of task {task} are not those that were committed: nothing is drawn. Run scale frames again "
        "with the same key and compare with the commitment.",
    ),
    "scale.memory": (
        "--memory {value}：不是内存大小。请写成 4GB 这样的形式。",
        "--memory {value}: this is no amount of memory. Write it like 4GB.",
    ),
    "scale.folder_taken": (
        "目录 {folder} 不是空的；两次导出的分区不能混在一起。请换一个目录。",
        "The folder {folder} is not empty; partitions of two exports must not mix. Use another one.",
    ),
    "scale.partition_order": (
        "分区 {number:04} 从 {first} 开始，没有接在 {before} 之后。各分区的标识应依次递增、互不重叠；请重新导出。",
        "Partition {number:04} begins with {first}, which is not behind {before}. Ids ascend from one partition to the "
        "next and stand in one alone; export again.",
    ),
    "scale.other_round": (
        "这些抽样框属于轮次 {round}，承诺书属于 {committed}（或杂凑算法不同）。请换用同一轮的文件。",
        "These frames are of round {round}, the commitment is of {committed} (or has another hash). Use those of one "
        "round.",
    ),
    "scale.not_committed": (
        "任务 {task} 的抽样框与承诺书不一致，不能据以抽取。请核对登记表、规则和密钥是否与承诺时相同。",
        "The frame of task {task} is not the committed one; nothing is drawn. See that registers, rules and key are "
        "those of the commitment.",
    ),
    "scale.other_key": (
        "密钥与承诺书不符。请使用本轮的 frame_key.hex。",
        "The key is not that of the commitment. Use the round's frame_key.hex.",
    ),
    "scale.key_malformed": (
        "密钥文件 {file} 应为 64 位十六进制数。请检查 frame_key.hex。",
        "The key file {file} must hold 64 hex digits. Check frame_key.hex.",
    ),
    "scale.units_of_day": (
        "分区 {number:04} 的主体登记不合要求：应按标识递增、每户一行、且都在 {on} 之前已知。请重新导出。",
        "The units of partition {number:04} are not as they must be: ids ascending, one row each, all known by {on}. "
        "Export again.",
    ),
    "scale.coding": ("各分区登记表编码", "Putting the partitions' registers in numbers"),
    "scale.telling": ("比对相同的住所、姓名", "Telling addresses and names apart"),
    "scale.relating": ("查找关联方", "Looking for related units"),
    "scale.totals": ("各分区检查结果累计", "Summing up visits"),
    "scale.scoring": ("各分区评分", "Scoring the partitions"),
    "scale.classing": ("各分区定类", "Classing the partitions"),
    "scale.counting": ("各分区计数", "Counting the partitions"),
    "scale.freezing": ("各分区生成抽样框", "Freezing the partitions"),
    "scale.joining": ("合并各任务文件", "Joining the files of each task"),
    "scale.numbering": ("各分区计算签号", "Numbering the partitions"),
    "scale.selecting": ("合并名单", "Merging the lists"),
    "scale.exported": (
        "{units:,} 户导出为 {partitions} 个分区，在 {folder}。其中有登记事项或评分，不得公开。",
        "{units:,} units exported as {partitions} partitions, in {folder}. It holds scores and registers: keep it "
        "secret.",
    ),
    "scale.scored": (
        "已对 {units:,} 户评分分类：{classes}，在 {folder} 各分区目录（assessment.parquet 有理由）。不得公开。",
        "Scored and classed {units:,} units: {classes}, in the partitions of {folder} (reasons in assessment.parquet). "
        "Keep it secret.",
    ),
    "scale.moved": (
        "没有新情况的 {nothing_new:,} 户中，{changed:,} 户变更类别，{waiting:,} 户等待变更。",
        "Of {nothing_new:,} units with nothing new known {changed:,} changed class, {waiting:,} wait to change.",
    ),
    "scale.framed": (
        "{tasks} 个任务、{units:,} 户的抽样框已由 {partitions} 个分区生成，抽取 {sample:,} 户，在 {folder}。"
        "tasks.json 中的树根应与承诺书逐字相同。",
        "Frames of {tasks} tasks with {units:,} units made on {partitions} partitions, {sample:,} to be drawn, in "
        "{folder}. The roots in tasks.json are those that the commitment must have.",
    ),
    "scale.drawn": (
        "{round} 已抽取：种子 {seed}，{tasks} 个任务、{places:,} 户次，在 {folder}。",
        "{round} is drawn: seed {seed}, {tasks} tasks, {places:,} places, in {folder}.",
    ),
}
