"""Messages of the synthetic city (演示城市提示)."""

TEXTS: dict[str, tuple[str, str]] = {
    "demo.month": (
        "月份“{month}”不是形如 2026-12 的写法，未写出演示城市。请改为年-月。",
        'Month "{month}" is not written like 2026-12; no city was written. Give year and month.',
    ),
    "demo.entities": (
        "检查对象数 {entities} 不在 {least} 至 {most} 之间，未写出演示城市。请改用其中的数。",
        "{entities} units are not between {least} and {most}; no city was written. Give a number between them.",
    ),
    "demo.county": (
        "演示城市没有区划 {region}，没有写出。可用：{known}。",
        "The synthetic city has no district {region}; nothing was written. There are: {known}.",
    ),
    "demo.units": ("生成检查对象", "making units"),
    "demo.entities_written": ("写出检查对象名录库", "writing the directory of units"),
    "demo.past": ("写出信用记录和历次检查", "writing credit events and past inspections"),
    "demo.truth": ("写出真实违规概率", "writing the true probabilities"),
}
