"""The page of the store (数据库), from an empty store that is made for it."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from supervision.directory.register import kinds, register
from supervision.store.layout import layout
from supervision.store.store import Store

HEAD = """# 数据库 Store

一个 SQLite 文件就是全部记录：登记表、各轮的文件和表、以及逐条相扣的日志。每一步是一个事务：中断之后留下的
是上一步的结果。下面的表取自一个新建的库。

One SQLite file is the record; these are the tables of a new one, version {version}.
"""
OWN = {
    "rounds": "各轮：一轮一行 one row a round",
    "files": "各轮的文件：公示的、审计的，连同摘要 files of the rounds with their digests",
    "round_tables": "各轮的大表：分数、抽中名单等的摘要、行数和列 large tables of the rounds: digest, rows, columns",
    "log": "日志：每条含上一条的摘要 entries, each with the digest of the one before",
}


def store_page() -> str:
    """Return the page of the store's tables (数据库各表) as markdown."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        Store.create(path)
        with closing(sqlite3.connect(path)) as database:
            version = database.execute("PRAGMA user_version").fetchone()[0]
            names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            columns = {name: database.execute(f"PRAGMA table_info({name})").fetchall() for name in names}
    own = sorted(set(names) - set(kinds()))
    if own != sorted(OWN):
        raise ValueError(f"the store's tables are {own}, this page describes {sorted(OWN)}")
    parts = [HEAD.format(version=version), "## 各轮与日志 Rounds and log\n"]
    parts += [f"### {name}\n\n{OWN[name]}\n\n{table(columns[name])}\n" for name in OWN]
    parts.append("## 登记表 Registers\n\n一行的一个版本由主键和 known_on 标识；列的意思见[登记表](registers.md)。\n")
    parts += [register_table(kind, columns[kind]) for kind in kinds()]
    return "\n".join(parts)


def register_table(kind: str, columns: list[tuple[int, str, str, int, object, int]]) -> str:
    """Return one register's table (登记表的存放): columns of each SQLite type."""
    zh, en = register(kind).title
    key = ", ".join(f"`{name}`" for name in layout(kind).version)
    lines = [f"### {kind} · {zh} {en}", "", f"主键 primary key: {key}", "", "| 类型 type | 列 columns |", "|---|---|"]
    lines += [
        f"| {kept} | {' '.join(f'`{column[1]}`' for column in columns if column[2] == kept)} |"
        for kept in sorted({column[2] for column in columns})
    ]
    return "\n".join(lines) + "\n"


def table(columns: list[tuple[int, str, str, int, object, int]]) -> str:
    """Return the columns of a table (各列)."""
    rows = ["| 列 column | 类型 type | 主键 key | 可空 null |", "|---|---|---|---|"]
    rows += [
        f"| `{name}` | {kept} | {place or ''} | {'否 no' if needed or place else '是 yes'} |"
        for _, name, kept, needed, _, place in columns
    ]
    return "\n".join(rows)
