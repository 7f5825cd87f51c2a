"""Messages of the draw (抽取)."""

from __future__ import annotations

from supervision.sampling.frame.regime_texts import TEXTS as REGIMES

TEXTS: dict[str, tuple[str, str]] = {
    **REGIMES,
    "sampling.word": ("“{word}” {units:,} 户", '"{word}" {units:,}'),
    "sampling.status_unknown": (
        "{units:,} 户的登记状态不认识：{words}。是否存续无人认定，不能生成抽样框。算存续的，在本市规则目录写 "
        "shared/in_force.yaml，例如：\n{in_force}\n不算存续的，在本市规则目录的 code_lists/status.yaml"
        "（整张替换随附的代码表）的 codes 中补上：\n{others}\n也可更正名录后以较晚的知悉日期重新导入。",
        "The registration status of {units:,} units is not known: {words}. Nobody has said whether they are in force, "
        "so no frame can be made. If they are, write shared/in_force.yaml in the city's rules folder, such as:\n"
        "{in_force}\nIf they are not, add them to the codes of code_lists/status.yaml there (it replaces the shipped "
        "list wholly):\n{others}\nOr correct the register and import it with a later known-on date.",
    ),
    "sampling.type_unknown": (
        "{units:,} 户的主体类别不认识：{words}，而任务按主体类别抽取。请更正后以较晚的知悉日期重新导入，"
        "或在本市规则目录的 code_lists/entity_type.yaml（整张替换随附的代码表）的 codes 或 aliases 中补上：\n{lines}",
        "The kind of {units:,} units is not known: {words}, and tasks draw by kind. Correct them and import them with "
        "a later known-on date, or add them to the codes or aliases of code_lists/entity_type.yaml in the city's "
        "rules folder (it replaces the shipped list wholly):\n{lines}",
    ),
    "sampling.one_person": (
        "{who} 既经办又复核；经办人与复核人必须是两个人。请由另一人（--as 姓名拼音）复核。",
        "{who} both recorded and reviewed it; two persons are needed. Somebody else confirms it (--as NAME).",
    ),
    "sampling.name": (
        "{what} 的编号“{value}”不合规程：只能用 1–40 个字母、数字或 . _ -（任务编号至多 35 个）。请改名。",
        'The {what} id "{value}" is not allowed: 1–40 letters, digits or . _ - (a task at most 35). Rename it.',
    ),
    "sampling.unit_id": (
        "检查对象标识“{value}”不合规程：只能用 1–39 个字母、数字或 . _ -。请在检查对象名录中更正后重新导入。",
        'The unit id "{value}" is not allowed: 1–39 letters, digits or . _ -. Correct it in entities and import again.',
    ),
    "sampling.unit_case": (
        "统一社会信用代码“{value}”应为大写。请在检查对象名录中更正后重新导入。",
        'The credit code "{value}" must stand in upper case. Correct it in entities and import again.',
    ),
    "sampling.rule_name": (
        "规则编号“{value}”不合规程：只能用 1–80 个字母、数字或 . _ - /。请改名。",
        'The rule id "{value}" is not allowed: 1–80 letters, digits or . _ - /. Rename it.',
    ),
    "sampling.text": (
        "{what} 应为 1–500 个字符，不含换行等控制字符：“{value}”。请改写。",
        '{what} must be 1–500 characters without line breaks or control characters: "{value}". Write it anew.',
    ),
    "sampling.large_stratum": (
        "{where}：{units} 户规模不等的层要求样本至少 20 户，且没有概率超过 1/2 的非必抽对象（现样本 {sample}）。"
        "请提高数量、合并类别或改用相同规模。",
        "{where}: a stratum of {units} units of unequal sizes needs a sample of at least 20 and no probability above "
        "1/2 but certainty units (sample now {sample}). Raise the number, merge classes or use equal sizes.",
    ),
    "sampling.unit_twice": (
        "检查对象“{value}”在抽样框中出现两次（不分大小写）。一个企业只能有一个标识，请合并后重新导入。",
        'The unit "{value}" stands in the frame twice (whatever its case). One enterprise has one id; merge them and '
        "import again.",
    ),
    "sampling.item_unknown": (
        "任务 {task} 的事项 {item} 不在随机抽查事项清单中。清单之外不得检查；请先公布并导入该事项。",
        "Item {item} of task {task} is not in the published list; what is not listed may not be inspected. Publish and "
        "import it first.",
    ),
    "sampling.item_department": (
        "任务 {task} 的事项 {item} 属于部门 {department}，该部门既非牵头也非配合部门。请补入配合部门或删去事项。",
        "Item {item} of task {task} belongs to {department}, which neither leads nor takes part. Add the partner or "
        "drop the item.",
    ),
    "sampling.above_limit": (
        "任务 {task} 的抽查比例 {ratio} 高于事项 {item} 的上限 {limit}（{source}）。本任务不抽取；请降低任务比例。",
        "Task {task} would draw {ratio}, above the limit {limit} of item {item} ({source}). Nothing is drawn; lower "
        "the task's ratio.",
    ),
    "sampling.limit_below_one": (
        "任务 {task}：抽样框 {units} 户的 {limit}（事项 {item} 的上限，{source}）为 {most} 户，一户也不得抽。"
        "本任务不抽取；请扩大抽查对象范围或撤下该任务。",
        "Task {task}: at most {limit} of {units} units is {most} (item {item}, {source}), so not even one may be "
        "drawn. Nothing is drawn; widen the task's population or withdraw the task.",
    ),
    "sampling.regions_merged": (
        "任务 {task}：{units} 户至多抽 {limit} 即 {most} 户（事项 {item}，{source}），不够 {strata} 层每层一户；"
        "已不分区抽取：{merged}。",
        "Task {task}: at most {limit} of {units} units is {most} (item {item}, {source}), too few for one in each of "
        "{strata} strata; the regions are drawn together: {merged}.",
    ),
    "sampling.classes_merged": (
        "任务 {task}：{units} 户至多抽 {limit} 即 {most} 户（事项 {item}，{source}），不够 {strata} 类每类一户；"
        "已从低风险一端合并：{merged}。",
        "Task {task}: at most {limit} of {units} units is {most} (item {item}, {source}), too few for one in each of "
        "{strata} classes; merged from the low-risk end: {merged}.",
    ),
    "sampling.below_minimum": (
        "任务 {task} 本批比例 {ratio}，低于事项 {item} 每批的下限 {least}；请提高任务比例。",
        "Task {task} draws {ratio}, below the minimum {least} of item {item} for a batch; raise the task's ratio.",
    ),
    "sampling.below_yearly_minimum": (
        "事项 {item}（层级 {level}）全年至少抽 {share}，即名录 {units} 户中的 {least} 户；本年已抽 {used} 户，本轮抽 "
        "{wanted} 户（任务 {tasks}），尚差 {short} 户，请在年内补足。",
        "Item {item} (level {level}) asks for {share} a year, {least} of the {units} units in its directory; {used} "
        "were drawn this year, this round draws {wanted} (tasks {tasks}), {short} are still to come.",
    ),
    "sampling.above_yearly_limit": (
        "事项 {item}（层级 {level}）全年至多抽 {share}（{source}），即名录 {units} 户中的 {most} 户；本年已抽 {used} "
        "户，本轮要抽 {wanted} 户（任务 {tasks}），超出 {over} 户。本轮不抽取；请降低任务比例。",
        "Item {item} (level {level}) allows {share} a year ({source}), {most} of the {units} units in its directory; "
        "{used} were drawn this year and this round wants {wanted} (tasks {tasks}), {over} too many. Nothing is drawn; "
        "lower the tasks' ratios.",
    ),
    "sampling.coverage_unreachable": (
        "任务 {task}：规则 {rule} 要求 {years} 年内每户至少检查一次（覆盖要求 {duty}），而事项 {item} 的比例上限 "
        "{limit}（{source}）在这些年里共 {times} 次，至多抽到 {most}，不可能全部查到。本轮不抽取；"
        "请把该事项改为重点检查事项、提高比例上限，或在 shared/coverage 中改列事项。",
        "Task {task}: the rule {rule} wants every unit inspected once within {years} years (duty {duty}), but item "
        "{item} allows {limit} ({source}); {times} times in these years that is {most} at most, never all. Nothing is "
        "drawn; make it a key item, raise its limit, or name other items in shared/coverage.",
    ),
    "sampling.coverage_above_limit": (
        "任务 {task}：本轮到期必抽 {due} 户、为分摊后续月份提前抽取 {ahead} 户，连同其他各层至少一户，超过事项 {item} "
        "的比例上限 {limit}（{source}），即 {units} 户中的 {most} 户。本轮不抽取；请提高上限、增加可抽月份或改列事项。",
        "Task {task}: {due} units are due now and {ahead} must be drawn ahead, so that later months do not pile up; "
        "with one unit of the other strata that is above {limit} of item {item} ({source}), {most} of {units} units. "
        "Nothing is drawn; raise the limit, draw in more months, or name other items.",
    ),
    "sampling.coverage_room": (
        "任务 {task}：到期和提前的 {wanted} 户计入事项 {item} 的比例上限 {limit}（{source}，"
        "{units} 户中的 {most} 户），其余各层由 {asked} 户减为 {left} 户。",
        "Task {task}: the {wanted} units called for by their dates count in the {limit} of item {item} ({source}, "
        "{most} of {units} units), so the other strata draw {left} instead of {asked}.",
    ),
    "sampling.coverage_months": (
        "任务 {task} 承担两项覆盖要求 {duty}、{other}，而 shared/coverage 中两者的月份不同，不能一起分摊。"
        "请写成相同的月份，或分成两个任务。",
        "Task {task} draws for two duties, {duty} and {other}, whose months in shared/coverage differ; they cannot "
        "share one load. Give them the same months, or make two tasks.",
    ),
    "sampling.coverage_open": (
        "任务 {task} 的名单公开、机会均等，不能另设到期必抽层，而有 {units} 户须按期限抽取。请把该任务改为不公开名单，"
        "或改为全覆盖。",
        "Task {task} is an open list of equal chances and can have no stratum for dates, but {units} units must be "
        "drawn for theirs. Make it a sealed task, or full coverage.",
    ),
    "sampling.coverage_excluded": (
        "任务 {task}：{units} 户本轮到期，但因上限、间隔、白名单等不进入抽样框，将不能按期查到；逐户原因见覆盖证明。",
        "Task {task}: {units} units are due now but kept out of the frame by caps, intervals or lists and will not be "
        "reached by their dates; the certificate of coverage names each with its reason.",
    ),
    "sampling.frequency_unread": (
        "任务 {task}：事项 {item} 的抽查频次“{text}”看不懂，没有按次数限制。请写成 1次/年 这样的形式。",
        'Task {task}: the frequency "{text}" of item {item} is not understood and limits nothing. Write it as 1次/年.',
    ),
    "sampling.rule_field": (
        "规则 {rule} 的值缺少或写错“{field}”。请在规则文件中补全。",
        'The value of rule {rule} lacks "{field}" or has it wrong. Complete the rule file.',
    ),
    "sampling.empty_frame": (
        "任务 {task} 的范围“{population}”共 {units} 户，排除后无一可抽。请检查范围、名录和排除规则。",
        'No unit is left in the frame of task {task}: its population "{population}" has {units}, all excluded. Check '
        "the population, the register and the exclusions.",
    ),
    "sampling.factor_unused": (
        "任务 {task}：{units} 户属“常规低频”，但公开名单或全覆盖任务每户机会相同，系数未使用。",
        "Task {task}: {units} units are listed for low frequency, but in an open or full task all have equal chances; "
        "the factor is not used.",
    ),
    "sampling.open_task": (
        "任务 {task} 名单公开，只能有一层、等概率：比例应为一个数（3% 或 n=500），且不分区。现为“{ratio}”；"
        "请改比例，或改为封存任务。",
        "Task {task} is open and so has one stratum with equal chances: one ratio (3% or n=500), not by region; it has "
        '"{ratio}". Change it, or make the task sealed.',
    ),
    "sampling.full_ratio": (
        "任务 {task} 为全覆盖，比例应为 100%，现为“{ratio}”。请更正。",
        'Task {task} is full coverage, so its ratio must be 100%; it is "{ratio}". Correct it.',
    ),
    "sampling.window": (
        "任务 {task} 的结束日期 {end} 早于开始日期 {start}。请更正。",
        "Task {task} ends on {end}, before it starts on {start}. Correct it.",
    ),
    "sampling.class_without_ratio": (
        "任务 {task} 没有给出 {name} 类的比例，而该类有 {units} 户。请补写。",
        "Task {task} gives no ratio for class {name}, which has {units} units. Add it.",
    ),
    "sampling.class_ratio": (
        "任务 {task} 的 {name} 类比例为 {ratio}：应大于 0、不大于 1，否则该类永远抽不到或超过全部。请更正。",
        "Task {task} has the ratio {ratio} for class {name}; it must be above 0 (else they can never be drawn) and at "
        "most 1. Correct it.",
    ),
    "sampling.more_than_all": (
        "任务 {task} 要抽 {sample} 户，抽样框只有 {units} 户。请减少数量，或改为全覆盖。",
        "Task {task} wants {sample} units, its frame has {units}. Ask for fewer, or make it full coverage.",
    ),
    "sampling.too_few": (
        "任务 {task} 只抽 {sample} 户，少于 {strata} 层（每层至少一户）。请增加数量或减少分层。",
        "Task {task} wants {sample} units, fewer than its {strata} strata (one each at least). Ask for more, or for "
        "fewer strata.",
    ),
    "sampling.nothing_wanted": (
        "任务 {task} 的比例“{ratio}”抽不到任何对象。请更正。",
        'The ratio "{ratio}" of task {task} draws nobody. Correct it.',
    ),
    "sampling.reserve": (
        "任务 {task} 的备选“{reserve}”应为一个比例（20%）或数量（n=5）。请更正。",
        'The reserve "{reserve}" of task {task} must be one ratio (20%) or number (n=5). Correct it.',
    ),
    "sampling.no_score": (
        "任务 {task} 有 {units} 户没有评分或类别，第一户为 {unit}。请先运行 score。",
        "{units} units of task {task} have no score or class, the first is {unit}. Run score first.",
    ),
    "sampling.no_region": (
        "任务 {task} 分区抽取，但有 {units} 户没有行政区划。请在名录中补全。",
        "Task {task} draws by region, but {units} units have none. Complete the register.",
    ),
    "sampling.stratum_size": (
        "{where}：{units} 户中抽 {sample} 户、备选 {reserve} 户不成立（须 1 ≤ 抽取，抽取+备选 ≤ 户数）。请调整比例。",
        "{where}: a sample of {sample} and a reserve of {reserve} do not fit {units} units (1 ≤ sample, sample + "
        "reserve ≤ units). Change the ratio.",
    ),
    "sampling.sizes": (
        "{where}：规模值 {low}–{high} 超出规程（1 至 2^53/{units}，最大不超过最小的 10^6 倍）。请调整评分下限或系数。",
        "{where}: sizes {low}–{high} are outside the protocol (1 to 2^53/{units}, largest ≤ 10^6 × smallest). Change "
        "the floor or the factors.",
    ),
    "sampling.subtree_gap": (
        "分区的子树接不上：应从第 {wanted} 个叶子起，实为第 {first} 个。请核对分区是否齐全、次序是否正确后重做。",
        "The subtrees of the partitions do not join: leaf {wanted} comes next and {first} was given. See that all "
        "partitions are there and in order, and begin again.",
    ),
    "sampling.frame_key": (
        "抽样框密钥应为 32 字节，现为 {size} 字节。请检查 frame_key.hex。",
        "The frame key must be 32 bytes, it is {size}. Check frame_key.hex.",
    ),
    "sampling.group": (
        "任务 {task} 的签号组“{group}”不能用：以 task. 开头的组只属于该任务自己。请改名或写 own。",
        'Task {task} cannot use the group "{group}": one that begins with task. belongs to that task alone. Rename '
        "it or write own.",
    ),
    "sampling.task_twice": (
        "任务编号 {task} 在本轮出现两次。请更正任务表。",
        "The task id {task} stands in this round twice. Correct the tasks.",
    ),
    "sampling.not_in_frame": (
        "检查对象 {unit} 不在任务 {task} 的抽样框中。",
        "The unit {unit} is not in the frame of task {task}.",
    ),
    "sampling.cause": (
        "轮次 {round} 是加开的轮次，须写明原因。",
        "The round {round} is an extra one and must name its cause.",
    ),
    "sampling.source_rule": (
        "规则 shared/draw_source 的“{which}”排不出日期：每个信源要有 weekdays（1 为周一）和 time，且不在 closed 的"
        "停售期内。请更正规则。",
        'The rule shared/draw_source cannot be scheduled at "{which}": each source needs weekdays (1 = Monday) and a '
        "time outside the days that are closed. Correct the rule.",
    ),
    "sampling.source_fields": (
        "随机源“{name}”的字段不对：{reason}。请更正。",
        'The source "{name}" has wrong fields: {reason}. Correct it.',
    ),
    "sampling.source_shape": (
        "随机源“{name}”不成立：kind={kind}，count={count}。kind 应为 set、sequence 或 number（只一个数），"
        "low 小于 high，都是整数。请更正。",
        'The source "{name}" cannot be: kind={kind}, count={count}. kind is set, sequence or number (one value), low '
        "below high, all integers. Correct it.",
    ),
    "sampling.source_time": (
        "随机源“{name}”的时间“{value}”不对：应为带 +08:00 的 ISO 时间，截止不早于开始。请更正。",
        'The time "{value}" of source "{name}" is wrong: ISO with +08:00, deadline not before the event. Correct it.',
    ),
    "sampling.source_names": (
        "随机源清单为空或有重名：{names}。请更正。",
        "The list of sources is empty or has a name twice: {names}. Correct it.",
    ),
    "sampling.source_order": (
        "随机源“{name}”早于排在它前面的“{before}”。请按时间先后排列。",
        'The source "{name}" comes before "{before}", which stands ahead of it. List them in order of time.',
    ),
    "sampling.entropy_last": (
        "最后一个随机事件（{names}）不足 {bits} 比特，可能被猜中。请换用或增加随机源。",
        "The last event ({names}) has less than {bits} bits and could be guessed. Use another source, or one more.",
    ),
    "sampling.entropy_all": (
        "全部随机源（{names}）合计不足 {bits} 比特。请增加随机源。",
        "All sources together ({names}) have less than {bits} bits. Add one.",
    ),
    "sampling.too_early": (
        "随机源“{name}”在 {at}，距承诺不足 {hours} 小时。请选更晚的一期。",
        'The source "{name}" is at {at}, less than {hours} hours after the commitment. Take a later event.',
    ),
    "sampling.source_unknown": (
        "“{name}”不是本轮的随机源；本轮的是 {known}。请更正。",
        '"{name}" is not a source of this round; these are {known}. Correct it.',
    ),
    "sampling.source_missing": (
        "还没有随机源“{name}”的公布值。请用 --source {name}=… 补上。",
        'The values of source "{name}" are missing. Give them with --source {name}=…',
    ),
    "sampling.value_count": (
        "随机源“{name}”应有 {count} 个数，现为 {found} 个。请核对公告。",
        'The source "{name}" has {count} values, {found} were given. Compare with the announcement.',
    ),
    "sampling.value": (
        "随机源“{name}”的值“{value}”不是 {low}–{high} 的整数。请核对公告。",
        'The value "{value}" of source "{name}" is not an integer from {low} to {high}. Compare with the announcement.',
    ),
    "sampling.value_twice": (
        "随机源“{name}”的一组数中有重复：{value}。请核对公告。",
        'The set of source "{name}" has a value twice: {value}. Compare with the announcement.',
    ),
    "sampling.place": (
        "日程中的岗位有误：{visit}，机构 {office}，第 {place} 位（重复、不存在或没有半天）。请核对 calendar.csv。",
        "The place {place} of office {office} in visit {visit} is wrong (twice, unknown, or without half-day). Check "
        "calendar.csv.",
    ),
    "sampling.place_begins": (
        "检查 {visit} 的岗位不从同一个半天开始（{half_day}）。请核对 calendar.csv。",
        "The places of visit {visit} do not begin in one half-day ({half_day}). Check calendar.csv.",
    ),
    "sampling.barred.absent": ("{count} 人请假或执法证不在有效期", "{count} on leave or without a valid certificate"),
    "sampling.barred.scope": ("{count} 人的执法事项范围不含该事项", "{count} whose scope lacks the items"),
    "sampling.barred.recused": ("{count} 人应当回避", "{count} recused"),
    "sampling.barred.busy": ("{count} 人该时段已有安排", "{count} busy in that half-day"),
    "sampling.barred.daily_limit": ("{count} 人当日已到上限", "{count} at their daily limit"),
    "sampling.barred.nobody": ("该机构没有执法检查人员", "the office has no inspectors"),
    "sampling.inspector_twice": (
        "执法检查人员 {inspector} 在名录中出现两次。请核对 roster.csv。",
        "The inspector {inspector} stands in the roster twice. Check roster.csv.",
    ),
    "sampling.file_fields": (
        "{file} 的字段应为 {wanted}，实为 {fields}。请使用发布的原始文件。",
        "The fields of {file} should be {wanted} and are {fields}. Use the file as it was published.",
    ),
    "sampling.file_field": (
        "{file} 的字段“{field}”不合规程：{value}。请使用发布的原始文件。",
        'Field "{field}" of {file} is not as the protocol says: {value}. Use the file as it was published.',
    ),
    "sampling.file_large": (
        "{file} 有 {size} 字节，超过 {most} 字节，不是证明文件。请使用发布的原始文件。",
        "{file} has {size} bytes, more than {most}: it is no proof. Use the file as it was published.",
    ),
    "sampling.sizes_cut": (
        "任务 {task} 的层 {stratum} 很大且规模不等：规模封顶为 {most}，非必抽对象的概率都不超过 1/2。",
        "Task {task}, stratum {stratum} is large and of unequal sizes: they are cut off at {most}, so that no "
        "probability but a certainty is above 1/2 (draw protocol 2.2).",
    ),
    "sampling.deviation": (
        "{where}：实际入样概率与应有概率最多相差 {deviation:.1%}，超过 {most:.0%}。请合并类别或提高数量后再承诺。",
        "{where}: realised and wanted probabilities differ by up to {deviation:.1%}, more than {most:.0%}. Merge "
        "classes or raise the number before committing.",
    ),
    "sampling.evidence_late": (
        "证据截止日 {evidence} 晚于承诺时间 {at}。",
        "The evidence day {evidence} is later than the commitment's time {at}.",
    ),
    "sampling.group_access": (
        "任务 {task}：公开任务与保密任务不能共用签号组 {group}。请另取组名。",
        "Task {task}: open and sealed tasks cannot share the group {group}. Give it another.",
    ),
    "sampling.source_reused": (
        "信源 {name} 的期号 {issue} 在本轮已用过；同一期不能用两次。请等下一期。",
        "Issue {issue} of source {name} serves in this round already; none serves twice. Wait for the next.",
    ),
    "sampling.held_early": (
        "信源 {name} 于 {held} 开奖，早于承诺时公布的 {at}：本轮无效，只能放弃。请核对开奖时间。",
        "Source {name} was held at {held}, before the {at} that was announced: the round is void and can only be "
        "abandoned. Check the time.",
    ),
    "sampling.other_protocol": (
        "{file} 属于规程 {found}，本程序只认 {wanted}。旧规程的演练请另存，不再使用。",
        "{file} is of protocol {found}; this program knows {wanted} alone. Set rehearsals of an older one aside.",
    ),
    "sampling.visit_unknown": ("没有检查 {visit}。请核对编号。", "There is no visit {visit}. Check its number."),
    "sampling.inspector_unknown": (
        "名册中没有检查人员 {inspector}。请核对工号。",
        "Inspector {inspector} is not in the roster. Check the id.",
    ),
    "sampling.moved_before": (
        "检查 {visit} 已改期一次，不能再改。请取消或退回日程。",
        "Visit {visit} was moved once already and cannot be moved again. Cancel it or send it back.",
    ),
    "sampling.whole_day": (
        "检查 {visit} 需要全天，不能从 {half_day} 开始。请选上午。",
        "Visit {visit} takes the whole day and cannot begin at {half_day}. Choose a morning.",
    ),
    "sampling.proof": (
        "任务 {task} 中 {unit} 的证明与承诺不符。",
        "The proof of {unit} in task {task} does not lead to what was committed.",
    ),
    "sampling.disclosure": (
        "任务 {task}：公开任务的名单在检查前公开（before），保密任务在检查后公开或不公开，不能是 {disclosure}。",
        "Task {task}: an open list is shown before the visits, a sealed one after them or never, not {disclosure}. "
        "Correct tasks.",
    ),
    "sampling.order_not_in_frame": (
        "任务 {task} 的抽取次序中有 {units:,} 个检查对象（如 {unit}）不在其抽样框内。文件不属于同一轮次，请核对。",
        "{units:,} units in the order of task {task}, such as {unit}, are not in its frame. The files are not of one "
        "round; check them.",
    ),
}
