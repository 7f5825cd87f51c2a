"""Messages of populations and ratios (范围、比例)."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "domain.clause": (
        "抽查对象范围“{clause}”读不懂。请写成 列名=值[,值]，可用 = != ^= >= <=，多个条件用分号隔开；全部写 *。",
        'The population clause "{clause}" is not understood. Write column=value[,value] with = != ^= >= <=, clauses '
        "joined by semicolons; * for everyone.",
    ),
    "domain.clause_column": (
        "抽查对象范围“{clause}”中的列“{column}”不在检查对象名录里。请改用名录中的英文列名。",
        'The column "{column}" of the population clause "{clause}" is not in entities. Use one of its English names.',
    ),
    "domain.clause_order": (
        "抽查对象范围“{clause}”：列“{column}”是文字，不能比较大小。请用 =、!= 或 ^=。",
        'The population clause "{clause}" orders the text column "{column}". Use =, != or ^=.',
    ),
    "domain.clause_value": (
        "抽查对象范围“{clause}”中的值“{value}”与该列的类型不符（数字、日期 2026-12-01、是/否）。请更正。",
        'The value "{value}" of the population clause "{clause}" does not fit its column (number, date 2026-12-01, '
        "true/false). Correct it.",
    ),
    "domain.months_malformed": (
        "月份“{text}”看不懂。请写成 3-5、9 这样的月份。",
        'The months "{text}" are not understood. Write them like 3-5, 9.',
    ),
    "domain.ratio.malformed": (
        "比例“{text}”看不懂（“{clause}”）。请写成 3%、2‰、不低于5%、≤10%、5%-10%、3%;2次/年、1/1 或 根据实际情况确定。",
        'The ratio "{text}" is not understood ("{clause}"). Write 3%, 2‰, at least 5%, ≤10%, 5%-10%, 3%;2次/年, 1/1 or '
        "根据实际情况确定.",
    ),
    "domain.ratio.twice": (
        "比例“{text}”把同一件事说了两次（“{clause}”）。请只留一处。",
        'The ratio "{text}" says the same thing twice ("{clause}"). Keep one.',
    ),
    "domain.ratio.share_malformed": (
        "“{text}”不是 0 到 1 之间的比例。请写成 20%、2‰ 或 1/2。",
        '"{text}" is not a share from 0 to 1. Write 20%, 2‰ or 1/2.',
    ),
    "domain.ratio.allocation_malformed": (
        "抽取数量“{text}”看不懂。请写成 A=1%;B=5%;C=20%;D=60%、3% 或 n=500。",
        'The allocation "{text}" is not understood. Write A=1%;B=5%;C=20%;D=60%, 3% or n=500.',
    ),
    "domain.round_malformed": (
        "轮次“{round}”格式不对：应为 2026-12，同月加抽为 2026-12-b。",
        'Round "{round}" is malformed: write 2026-12, an extra one in the month 2026-12-b.',
    ),
    "domain.visit_malformed": (
        "检查编号“{visit}”格式不对：应为 检查对象编号~序号，如 91320505YY0000001P~1。",
        'Visit "{visit}" is malformed: write unit_id~number, as in 91320505YY0000001P~1.',
    ),
    "domain.half_day_malformed": (
        "半天“{half_day}”格式不对：应为 2026-12-03T1（上午）或 2026-12-03T2（下午）。",
        'Half-day "{half_day}" is malformed: write 2026-12-03T1 (morning) or 2026-12-03T2 (afternoon).',
    ),
}
