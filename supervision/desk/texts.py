"""Words of the desk's messages (工作台提示文字): code → (Chinese, English)."""

TEXTS: dict[str, tuple[str, str]] = {
    "desk.account_there": ("账号 {name} 已经有了。", "There is an account {name} already."),
    "desk.account_unknown": (
        "没有账号 {name}。用 supervision desk user list 查看。",
        "There is no account {name}. See supervision desk user list.",
    ),
    "desk.clerk_office": (
        "经办人 {name} 须属于一个执法机构：请加 --office 机构代码。",
        "The clerk {name} must belong to an office: add --office OFFICE.",
    ),
    "desk.draft_changed": (
        "这份草稿在您打开之后由 {who} 于 {at} 改过，未覆盖。请另开一页查看其内容，再合并您的修改。",
        "Since you opened it this draft was changed by {who} at {at}. Nothing was overwritten: open the page again in "
        "another tab and merge your changes.",
    ),
    "desk.file_version": (
        "{file} 是第 {found} 版的工作台记录，本程序认得第 {known} 版。请安装相应版本。",
        "{file} is of version {found}; this program knows version {known}. Install the one that belongs to it.",
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
    "desk.port_taken": (
        "不能在 {host} 端口 {port} 上监听：{reason}。请换 --port。",
        "Cannot listen on {host} port {port}: {reason}. Choose another --port.",
    ),
    "desk.refused": ("用户名或密码不对。", "The name or the password is not right."),
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
    "desk.unknown_role": (
        "规则中没有角色 {role}；有：{known}。",
        "The rules know no role {role}; they know: {known}.",
    ),
    "desk.unknown_office": (
        "登记表中没有执法机构 {office}。",
        "The registers know no office {office}.",
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
}
