"""Messages of the command line (命令行提示文字): wrong usage, and what the system refuses."""

TEXTS: dict[str, tuple[str, str]] = {
    "cli.missing_argument": ("缺少参数 {name}。{usage}", "The argument {name} is missing. {usage}"),
    "cli.missing_option": ("缺少选项 {name}。{usage}", "The option {name} is missing. {usage}"),
    "cli.no_option": ("没有选项 {name}。{usage}", "There is no option {name}. {usage}"),
    "cli.no_option_close": (
        "没有选项 {name}（相近的有 {close}）。{usage}",
        "There is no option {name} (close to it: {close}). {usage}",
    ),
    "cli.no_command": ("没有命令 {name}。{usage}", "There is no command {name}. {usage}"),
    "cli.no_command_close": (
        "没有命令 {name}（相近的有 {close}）。{usage}",
        "There is no command {name} (close to it: {close}). {usage}",
    ),
    "cli.no_value": ("选项 {name} 后面要有值。{usage}", "The option {name} needs a value. {usage}"),
    "cli.no_value_wanted": ("选项 {name} 不带值。{usage}", "The option {name} takes no value. {usage}"),
    "cli.too_many": ("多出的参数：{values}。{usage}", "Arguments too many: {values}. {usage}"),
    "cli.bad_value": ("{name} 的值“{value}”不对：{wanted}。{usage}", "{name} cannot be '{value}': {wanted}. {usage}"),
    "cli.not_together": (
        "{names} 不能同时使用。请分开运行。",
        "{names} do not go together. Run the command once for each.",
    ),
    "cli.bad_usage": (
        "命令写法不对（{detail}）。{usage}",
        "The command is not written as it should be ({detail}). {usage}",
    ),
    "cli.usage": ("用法：{usage}；说明见 {command} --help", "Usage: {usage}; for more see {command} --help"),
    "cli.wants_choice": ("可选 {choices}", "choose from {choices}"),
    "cli.wants_day": ("应写作 2026-11-30", "write a day as 2026-11-30"),
    "cli.wants_file": ("这是文件夹，应为文件", "it is a folder where a file is wanted"),
    "cli.wants_folder": ("这是文件，应为文件夹", "it is a file where a folder is wanted"),
    "cli.wants_range": ("应为 {low} 到 {high} 的整数", "a whole number from {low} to {high} is wanted"),
    "cli.wants_number": ("应为整数", "a whole number is wanted"),
    "cli.wants_other": ("程序不接受（{detail}）", "the program does not take it ({detail})"),
    "cli.wants_there": ("它不存在，请核对路径或先建立它", "it is not there: check the path, or make it first"),
    "cli.wants_readable": ("没有权限读取", "permission to read it is denied"),
    "cli.output": ("标准输出或正在写的文件", "The standard output, or the file being written,"),
    "cli.disk_full": ("磁盘已满", "no space is left on the disk"),
    "cli.not_allowed": ("没有权限", "permission is denied"),
    "cli.read_only": ("所在磁盘只读", "the disk is read-only"),
    "cli.name_too_long": ("文件名太长", "the file name is too long"),
    "cli.not_there": ("找不到文件或文件夹", "there is no such file or folder"),
    "cli.is_folder": ("这是文件夹，不是文件", "it is a folder, not a file"),
    "cli.is_file": ("这是文件，不是文件夹", "it is a file, not a folder"),
    "cli.in_the_way": ("已有同名文件或文件夹", "a file or folder of that name is there already"),
    "cli.too_large": ("文件太大", "the file is too large"),
    "cli.device": ("读写设备出错", "the device failed"),
    "cli.memory": (
        "内存不足，命令没有做完；已完成的步骤不受影响。请关闭其他程序，或把文件拆小后再运行。",
        "The memory is used up and the command was not finished; finished steps are not touched. Close other programs "
        "or split the file, then run this again.",
    ),
    "cli.log_unwritten": (
        "运行日志 {file} 没有写成：{reason}。命令本身不受影响；请检查 --log 的路径和权限。",
        "The log {file} was not written: {reason}. The command itself is not touched; check the path given as --log.",
    ),
    "cli.passphrase": ("口令", "Passphrase"),
    "cli.short_passphrase": (
        "口令只有 {length} 个字符，至少要 {shortest} 个（首尾空格不算）：拿到文件的人可以无限次地试。"
        "请换一个，例如几个不相干的词。什么都没有写入。",
        "The passphrase has {length} characters; at least {shortest} are wanted (without spaces at its ends): whoever "
        "has the file may try as often as they like. Choose another one, such as some unrelated words. Nothing was "
        "written.",
    ),
    "cli.no_passphrase": (
        "无法询问口令：输入不是终端。请设环境变量 {variable}。",
        "No passphrase can be asked for: this is no terminal. Set the variable {variable}.",
    ),
}
