"""Words of the desk's messages (工作台提示文字): code → (Chinese, English)."""

TEXTS: dict[str, tuple[str, str]] = {
    "desk.about_coverage": (
        "每户是否在期限前查到，以今天为准。",
        "Whether every unit is reached by its date, as of today.",
    ),
    "desk.about_due": (
        "各机构还须查的户数和最早到期月份。",
        "Units that offices still have to reach, and the first month in which some fall due.",
    ),
    "desk.about_estimate": (
        "由抽查结果推断全部对象的问题发现率及 95 % 区间；按规则，户数少的和分类的不列。",
        "What the sample says about everybody, with 95 % limits; by the rule, small groups and classes are left out.",
    ),
    "desk.account_there": ("账号 {name} 已经有了。", "There is an account {name} already."),
    "desk.account_unknown": (
        "没有账号 {name}。用 supervision desk user list 查看。",
        "There is no account {name}. See supervision desk user list.",
    ),
    "desk.clerk_office": (
        "经办人 {name} 须属于一个执法机构：请加 --office 机构代码。",
        "The clerk {name} must belong to an office: add --office OFFICE.",
    ),
    "desk.column_duty": (
        "覆盖要求",
        "Duty",
    ),
    "desk.column_first": (
        "最早到期",
        "First due",
    ),
    "desk.column_found": (
        "发现问题",
        "With a problem",
    ),
    "desk.column_late": (
        "逾期未查",
        "past its date",
    ),
    "desk.column_name": (
        "范围",
        "Of whom",
    ),
    "desk.column_office": (
        "机构",
        "Office",
    ),
    "desk.column_reached": (
        "按期",
        "in time",
    ),
    "desk.column_reported": (
        "已有结果",
        "With a result",
    ),
    "desk.column_share": (
        "问题发现率（区间）",
        "Share with a problem (limits)",
    ),
    "desk.column_units": (
        "户数",
        "Units",
    ),
    "desk.column_years": (
        "每几年",
        "Every … years",
    ),
    "desk.draft_changed": (
        "这份草稿在您打开之后由 {who} 于 {at} 改过，未覆盖。请另开一页查看其内容，再合并您的修改。",
        "Since you opened it this draft was changed by {who} at {at}. Nothing was overwritten: open the page again in "
        "another tab and merge your changes.",
    ),
    "desk.draft_sent": (
        "您打开之后，这份草稿已由他人提交。您刚填的内容还在页面上：请对照已录入的结果，需要改动的按更正填写。",
        "Since you opened it this draft was sent by somebody. What you typed is still on the page: compare it with "
        "what is on record, and correct what differs.",
    ),
    "desk.far_month": (
        "{round} 离本月太远：只能开此前 {before} 个月到此后 {ahead} 个月的轮次。",
        "{round} is too far from this month: rounds are opened from {before} months before to {ahead} months ahead.",
    ),
    "desk.file_version": (
        "{file} 是第 {found} 版的工作台记录，本程序认得第 {known} 版。请安装相应版本。",
        "{file} is of version {found}; this program knows version {known}. Install the one that belongs to it.",
    ),
    "desk.items_left": (
        "有 {count} 个事项还没有选检查结果，未提交，留在草稿中。",
        "{count} item(s) have no result yet: not sent, kept as a draft.",
    ),
    "desk.job_broke": (
        "任务意外中断（{kind}）。已完成的步骤都在；请重做，若再次中断请告诉管理员。",
        "The job broke off ({kind}). Finished steps stand. Do it again; if it breaks again, tell the administrator.",
    ),
    "desk.job_running": (
        "{who} 于 {at} 启动的任务“{work}”还在进行。同一数据库一次只做一个任务，请等它结束。",
        "The job “{work}” that {who} started at {at} still runs. One at a time: wait until it ends.",
    ),
    "desk.job_unknown": ("没有编号为 {number} 的任务。", "There is no job {number}."),
    "desk.locked": (
        "连续输错密码，账号暂停 {minutes} 分钟。",
        "Too many wrong passwords in a row: the account rests for {minutes} minutes.",
    ),
    "desk.long_name": ("姓名最多 {longest} 个字符。", "A name has at most {longest} characters."),
    "desk.mapping_there": (
        "已有另一个映射叫“{name}”，未覆盖。请另取名称，或勾选替换。",
        "Another mapping is kept as “{name}”. Nothing was overwritten: take another name, or tick that it be replaced.",
    ),
    "desk.missing": (
        "工作台需要可选组件。请安装：pip install 'shuangsuiji[desk]'（缺 {name}）。",
        "The desk needs optional parts. Install them: pip install 'shuangsuiji[desk]' (missing: {name}).",
    ),
    "desk.no_day": (
        "“{value}”不是日期。请写成 2026-12-01。",
        "“{value}” is no day. Write it as 2026-12-01.",
    ),
    "desk.no_role": (
        "账号 {name} 没有角色：请加 --role。",
        "The account {name} has no role: add --role.",
    ),
    "desk.nothing_ticked": (
        "没有勾选任何一条。请返回勾选后再办。",
        "Nothing is ticked. Go back and tick what you mean.",
    ),
    "desk.nothing_to_send": (
        "没有可提交的内容：请至少给一个事项选检查结果，或更正一个已录入的事项。",
        "There is nothing to send: choose a result for one item at least, or correct one on record.",
    ),
    "desk.part_coverage": (
        "覆盖",
        "Coverage",
    ),
    "desk.part_due": (
        "到期户数",
        "What falls due",
    ),
    "desk.part_estimate": (
        "抽查推断",
        "Estimates",
    ),
    "desk.part_reached": (
        "按期查到的户数",
        "Units reached in time",
    ),
    "desk.port_taken": (
        "不能在 {host} 端口 {port} 上监听：{reason}。请换 --port。",
        "Cannot listen on {host} port {port}: {reason}. Choose another --port.",
    ),
    "desk.preview_gone": (
        "这次预览的文件已不在（有更新的预览）。请重新预览。",
        "The files of this preview are no longer there: there is a newer one. Look at it again.",
    ),
    "desk.previewed": (
        "公示预览：新增 {new} 个文件，变更 {changed} 个，撤下 {gone} 个，不变 {same} 个。没有公示任何内容。",
        "Preview: {new} files new, {changed} changed, {gone} removed, {same} unchanged. Nothing was published.",
    ),
    "desk.publish_unseen": (
        "公示须先看预览：请在公示页预览后再公示。",
        "Look at the preview first: publish from the page of the publication.",
    ),
    "desk.refused": ("用户名或密码不对。", "The name or the password is not right."),
    "desk.replan_details": ("明细见变更页。", "The details stand on the page of the change."),
    "desk.replan_kind": ("没有这种变更“{kind}”；有：{known}。", "There is no change “{kind}”; there are: {known}."),
    "desk.replan_large_file": (
        "文件 {file} 超过 {most} MB。",
        "The file {file} is larger than {most} MB.",
    ),
    "desk.replan_no_file": (
        "请选择紧急检查的 CSV 文件。",
        "Choose the CSV file of the urgent visits.",
    ),
    "desk.replan_no_subject": (
        "{what}：请填写或选择是谁。",
        "{what}: say or choose which one.",
    ),
    "desk.replan_not_seen": (
        "变更 {number} 没有可确认的预览。请重新预览。",
        "Change {number} has no preview that could be approved. Look at it again.",
    ),
    "desk.report_made": (
        "报告 {period} 已生成，见“报告”。",
        "The report {period} is made: see Reports.",
    ),
    "desk.results_recorded": ("已录入 {count} 个事项的结果。", "Results of {count} items are on record."),
    "desk.review_no_reason": (
        "退回须写明理由。请返回填写；您勾选的还在。",
        "What is sent back needs a reason. Go back and give one; what you ticked is still there.",
    ),
    "desk.sent_refused": (
        "{at} 的提交有问题，没有录入；以下是之后改过的草稿，改好后请再提交。",
        "What was sent at {at} had a fault and is not on record; below is the draft as changed since. Send it again.",
    ),
    "desk.sent_waits": (
        "这次检查的结果刚由他人提交，正在录入。您填的还在下面，请稍候刷新，对照已录入的结果再改。",
        "Results of this visit were just sent and are being recorded. What you typed is below: reload in a moment and "
        "compare it with what is on record.",
    ),
    "desk.short_password": (
        "密码至少 {shortest} 个字符。",
        "A password has at least {shortest} characters.",
    ),
    "desk.unknown_kind": (
        "没有登记表 {kind}，或它不在此导入。",
        "There is no register {kind}, or it is not imported here.",
    ),
    "desk.unknown_mapping": (
        "没有名为 {mapping} 的来源映射。",
        "No mapping is kept under the name {mapping}.",
    ),
    "desk.unknown_office": (
        "登记表中没有执法机构 {office}。",
        "The registers know no office {office}.",
    ),
    "desk.unknown_role": (
        "规则中没有角色 {role}；有：{known}。",
        "The rules know no role {role}; they know: {known}.",
    ),
    "desk.upload_ending": (
        "{file} 不是可以读的表格文件。可以上传：{known}。",
        "{file} is no table that can be read. You may upload: {known}.",
    ),
    "desk.upload_gone": (
        "上传的文件 {file} 已经不在（导入后或一天后删除）。请重新上传。",
        "The uploaded file {file} is gone: files are deleted after their import, or after a day. Upload it again.",
    ),
    "desk.upload_none": (
        "没有收到文件。请选择或拖入至少一个文件。",
        "No file arrived. Choose or drop at least one.",
    ),
    "desk.warning_changed": (
        "您打开之后，预警 {number} 已有新的处置。未登记您填的内容：请看最新情况后再提交。",
        "Since you opened it something was done about warning {number}. What you typed was not put on record: look at "
        "what stands there now, then send it.",
    ),
}
