"""The page of output files (输出文件), from a month that is rehearsed for it."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from supervision.notice.open_data_columns import TITLES

HEAD = """# 输出文件 Output files

`OUT` 里有三部分：`public/` 给公众，`internal/` 给各机构，`audit/` 给审计；每轮在其中各有自己的文件夹 `<round>`。
下面列出一次演练写出的全部文件，列名和字段取自这些文件本身。`<task>` 是任务编号，`<office>` 是机构编号；补排的日程写作
`calendar-2.csv` 等，以往的清单在 `manifests/` 里。

`OUT` has three parts: `public/` for everybody, `internal/` for the offices, `audit/` for auditors; each round has a
folder of its own in them, `<round>`. These are the files of a rehearsed month; columns and fields are read from the
files themselves. Earlier manifests stand in `manifests/`.
"""
PURPOSES = {
    "commitment.json": "第一次承诺 the first commitment",
    "reveal.json": "第一次抽取的信源数值与种子 values and seed of the first draw",
    "result.json": "抽取结果：名单或其摘要 drawn lists, or their digests",
    "roster_commitment.json": "第二次承诺：日程与名册 the second commitment: calendar and roster",
    "reveal2.json": "人员抽取的信源数值与种子 values and seed of the lottery of inspectors",
    "manifest.json": "清单：每个文件的摘要和大小 digest and size of every file",
    "verify.py": "核验程序，只用标准库 the verifier, of the standard library alone",
    "<round>.zip": "本轮公开文件的压缩包，供核验页核验 the round's public folder as one file, to be checked",
    "index.html": "首页 home page",
    "entry.html": "扫码入企核验页，不联网 checks the code of a visit's paper, offline",
    "enterprise.html": "我的企业：本单位的抽查、结果与权利 one enterprise's inspections, results and rights",
    "index.js": "检索或筛选的索引 what a search or filter reads first",
    "units-N.js": "检索分片：按代码排列的单位与其公示内容 units by code, with what is published of them",
    "words-N.js": "检索分片：名称中相邻两字 pairs of characters of names",
    "round-<round>.js": "检索分片：一轮的任务与事项 a round's tasks and items",
    "N.js": "结果筛选分片 results for the filter",
    "plan.html": "抽查任务与日程页 tasks and calendar",
    "commitment.html": "承诺页 the commitments",
    "draw.html": "抽取页 the draw",
    "results.html": "结果页 results",
    "verify.html": "怎样核验，并可在网页上直接核验 how to check, and the check itself",
    "index.json": "首页的数据 data of the home page",
    "plan.json": "日程页的数据 data of the plan",
    "draw.json": "抽取页的数据 data of the draw",
    "results.json": "结果页的数据 data of the results",
    "verify.json": "核验页的数据 data of the page on checking",
    "index.csv": "首页的表 table of the home page",
    "plan.csv": "日程表 table of the plan",
    "commitment.csv": "承诺表 table of the commitments",
    "draw.csv": "抽取表 table of the draw",
    "results.csv": "结果表 table of results",
    "estimates.html": "推断内部报告，含类别 internal report of estimates, with classes",
    "estimates.json": "推断的数据 data of the estimates",
    "estimates.csv": "推断表 table of the estimates",
    "lottery_report.html": "人员抽取报告 report of the lottery",
    "lottery_report.json": "人员抽取报告数据 its figures",
    "corrections.csv": "更正表 table of corrections",
    "verify.csv": "核验表 table of checks",
    "oversight.html": "监督计数页 counts for oversight",
    "oversight.json": "监督计数的数据 data of the counts",
    "oversight.csv": "各机构监督计数与区间 counts per office, with intervals",
    "statistics.html": "统计页：图与表 statistics, with charts and tables",
    "statistics.json": "统计页的数据 data of the statistics",
    "statistics.csv": "各月统计表 statistics by month",
    "data.html": "数据下载页与数据字典 downloads and their dictionary",
    "dictionary.csv": "数据字典表 the dictionary of the open data",
    "dictionary.json": "数据字典 the dictionary, with notes",
    "data-<year>.zip": "一年的公开数据 a year's open data as one file",
    "items.html": "抽查事项清单页 the list of items",
    "items.json": "抽查事项清单的数据 data of the list of items",
    "notices.html": "抽查任务公告目录 list of the notices of tasks",
    "task-<task>.html": "抽查任务公告，有文号 the notice of a task, with its number",
    "items.csv": "抽查事项清单 the published items",
    "frame.csv": "抽样框：对象、层、规模、工作概率 the frame: units, strata, sizes, working probabilities",
    "strata.json": "层表 table of strata",
    "excluded.csv": "排除名单，各有原因和规则 excluded units, each with reason and rule",
    "order.csv": "抽取次序：抽中与备选 order of the draw: drawn and reserve",
    "frame_key.hex": "密钥 the frame key",
    "calendar.csv": "日程：各岗位 the calendar's places",
    "unheld.csv": "未排定的检查与原因 visits not held, with reasons",
    "off_site.csv": "非现场检查与自查自纠截止日 checks without a visit, with the day of self-correction",
    "certificate.json": "日程的证明 certificate of the calendar",
    "coverage.csv": "覆盖要求：各单位的期限及是否覆盖、原因 coverage: each unit, its date, reached or why not",
    "coverage.json": "覆盖要求及计入口径 the coverage duties and what counts for them",
    "roster.csv": "名册 the roster",
    "recusals.csv": "回避 recusals",
    "roster.json": "谁去哪个岗位 who has which place",
    "scorecard.json": "评分卡 the scorecard",
    "industry_cards.json": "行业自己的评分卡及其换算分值 industries' own cards, with their shifts to the general scale",
    "professional.csv": "通用类别与专业类别各取用多少户 how many units which class counted for",
    "class_moves.csv": "类别变动及原因的户数 how many units changed class, and why",
    "rules.json": "当时的全部规则 all rules as they were",
    "registers.json": "各登记表的摘要 digests of the registers",
    "log.jsonl": "日志 the log",
    "<office>.xlsx": "机构携带的工作簿 an office's workbook",
    "<office>.ics": "机构的日历文件 an office's visits for a calendar",
    "<inspector>.ics": "检查人员的日历文件 an inspector's visits for a calendar",
    "calendar.html": "机构的日程网页 an office's month as a page",
    "district-<region>.html": "一个区的日程网页，协调部门用 a district's month as a page, for who coordinates",
    "abandoned.json": "放弃公告 a round given up",
    "abandoned2.json": "第二次承诺的放弃公告 a roster commitment given up",
    "anchors.json": "外部凭证 evidence outside the agency",
    "ANCHOR": "外部凭证的文件，如时间戳 a file of evidence, such as a timestamp",
    "accepted_rules.json": "何人同意采用未经核实的规则 who accepted rules that nobody verified",
    "notice.html": "张贴的承诺公告 the commitment as a notice to post",
    "notice.pdf": "同一公告的 PDF，一页 A4 the same notice as PDF, one A4 sheet",
    "notice-roster.html": "张贴的第二次承诺公告 the second commitment as a notice to post",
    "notice-roster.pdf": "第二次承诺公告的 PDF the second notice as PDF",
    "tasks.csv": "任务与事项，承诺时 tasks and their items, as committed",
    "offices.csv": "执法机构，承诺时 offices, as committed",
    "joined_offices.csv": "承诺后、第二次承诺前加入的机构 offices that joined between the two commitments",
    "strata_keys.csv": "各层的类别与地区 what the strata are called by the rules",
    "roster-0.csv": "承诺时的名册 the roster at the first commitment",
    "roster_changes.csv": "名册变动 what changed in the roster",
    "sent_back.json": "退回的检查与原因 visits sent back, with reasons",
    "stepins.json": "递补记录 step-ins",
    "changes.json": "变更记录 changes after the lottery",
    "change_order.json": "变更单及最小变更证明 change order with its proof of least change",
    "NOTICE": "变更通知，对象与检查人员各一 change notices for units and inspectors",
    "NNNN.json": "以往的清单 an earlier manifest",
}
"""What each file is for, by its name without a supplement's number."""
MONTH = "2026-12"


def output_page() -> str:
    """Return the page of output files (输出文件) as markdown."""
    with tempfile.TemporaryDirectory() as folder:
        out = rehearsed(Path(folder))
        found = patterns(out)
        parts = [HEAD]
        for part in ("public", "audit", "internal"):
            rows = ["| 文件 file | 用途 purpose | 列或字段 columns or fields |", "|---|---|---|"]
            for name, path in sorted(found.items()):
                if name.partition("/")[0] == part:
                    listed = " ".join(f"`{field}`" for field in fields(path))
                    rows.append(f"| `{name.removeprefix(f'{part}/')}` | {purpose(name)} | {listed} |")
            parts.append(f"## OUT/{part}/\n\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def rehearsed(folder: Path) -> Path:
    """Rehearse a small city's month (演练) and return its output folder."""
    for arguments in (
        ("demo", "city", "--entities", "500", "--month", MONTH),
        ("month", MONTH, "--rehearsal", "--inputs", "city", "--out", "out"),
    ):
        command = [sys.executable, "-m", "supervision", "--store", "x.db", *arguments]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 4):
            raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr}")
    return folder / "out"


def patterns(out: Path) -> dict[str, Path]:
    """Return one file of each kind (每类文件一份): its path with names of tasks and offices left open → the file."""
    found: dict[str, Path] = {}
    for path in sorted(path for path in out.rglob("*") if path.is_file()):
        found.setdefault(pattern(path.relative_to(out).as_posix()), path)
    return found


def pattern(name: str) -> str:
    """Return a path with the names of rounds, tasks and offices left open (路径样式).

    >>> pattern("audit/2026-12/tasks/T01-food/frame.csv"), pattern("internal/2026-12/fire-1/fire-1.xlsx")
    ('audit/<round>/tasks/<task>/frame.csv', 'internal/<round>/<office>/<office>.xlsx')
    >>> pattern("internal/2026-12/fire-1/calendar.html"), pattern("internal/2026-12/fire-1/inspectors/07.ics")
    ('internal/<round>/<office>/calendar.html', 'internal/<round>/<office>/inspectors/<inspector>.ics')
    >>> pattern("public/2026-12/manifests/0002.json"), pattern("public/index.html"), pattern("public/2026-12-b.zip")
    ('public/<round>/manifests/NNNN.json', 'public/index.html', 'public/<round>.zip')
    >>> pattern("internal/2026-12/fire-1/notices/0001-fire-1-02.html")
    'internal/<round>/<office>/notices/NOTICE'
    >>> pattern("public/search/units-12.js"), pattern("public/search/round-2026-12.js")
    ('public/search/units-N.js', 'public/search/round-<round>.js')
    >>> pattern("public/2026-12/task-T1.html"), pattern("public/data/2026/lists.csv"), pattern("public/data-2026.zip")
    ('public/<round>/task-<task>.html', 'public/data/<year>/lists.csv', 'public/data-<year>.zip')
    """
    name = re.sub(r"/round-\d{4}-\d{2}(-[a-z])?\.js$", "/round-<round>.js", name)
    name = re.sub(r"(?<=[/-])\d+\.js$", "N.js", name)
    name = re.sub(r"^(\w+)/\d{4}-\d{2}(-[a-z])?(?=/|\.zip$)", r"\1/<round>", name)
    name = re.sub(r"(?<=/)(tasks|open)/[^/]+/", r"\1/<task>/", name)
    name = re.sub(r"(?<=/)task-[^/]+(?=\.html$)", "task-<task>", name)
    name = re.sub(r"^public/data([/-])\d{4}(?=/|\.zip$)", r"public/data\1<year>", name)
    name = re.sub(r"/manifests/\d{4}\.json$", "/manifests/NNNN.json", name)
    name = re.sub(r"/anchors/[^/]+$", "/anchors/ANCHOR", name)
    name = re.sub(r"^internal/(.*?)[^/]+/notices/[^/]+$", r"internal/\1<office>/notices/NOTICE", name)
    name = re.sub(r"/district-\d+\.html$", "/district-<region>.html", name)
    name = re.sub(r"^(internal/.*?)[^/]+/(calendar\.html)$", r"\1<office>/\2", name)
    name = re.sub(r"^(internal/.*?)[^/]+/inspectors/[^/]+$", r"\1<office>/inspectors/<inspector>.ics", name)
    return re.sub(r"^(internal/(?:<round>/)?)[^/<]+/[^/]+(\.xlsx|\.ics)$", r"\1<office>/<office>\2", name)


def purpose(name: str) -> str:
    """Return what a file is for (用途); a file that is not described here stops the build."""
    folder, _, last = name.rpartition("/")
    if folder == "public/data/<year>":
        title = TITLES[last.partition(".")[0]]
        return f"公开数据：{title.zh} open data: {title.en}"
    plain = last if last in PURPOSES else re.sub(r"-\d+(?=\.\w+$)", "", last)
    if plain not in PURPOSES:
        raise ValueError(f"{name}: not described in docs/generate/output_page.py")
    return PURPOSES[plain]


def fields(path: Path) -> list[str]:
    """Return the columns of a CSV file or the fields of a JSON object (列或字段)."""
    if path.suffix == ".csv":
        return next(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))), [])
    if path.suffix in (".json", ".jsonl"):
        value = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
        value = value[0] if isinstance(value, list) and value else value
        return sorted(value) if isinstance(value, dict) and len(value) <= MOST_FIELDS else []
    return []


MOST_FIELDS = 30
