"""Register definitions (登记表定义): what columns a file of each kind has, and what may stand in them.

The folder `registers` is the registry: one file per kind with `TITLE`, `KEY`, `COLUMNS`, `EXAMPLE` and, where it
needs them, `PRIVATE`, `SPANS` and `REQUIRED_WHEN`. Headers, templates, checks and the store's tables all follow from
these definitions.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from supervision.messages import Label

NOTHING = Label("", "")
DTYPES = (
    "text",
    "list",
    "date",
    "integer",
    "number",
    "boolean",
    "code",
    "ratio",
    "allocation",
    "unit_id",
    "population",
)


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a register (登记表的一列).

    `name` is the English name, which rules; `zh` and `en` head a template, `aliases` are other headers in use.
    `dtype` is one of `DTYPES`. `code_list` names the code list that says what may be written ("code", and each value of
    a "list") and which code is kept; with `everything` also * stands, for all codes, with `open_codes` other values are
    kept as they stand. `pattern` is a regular expression for the whole value (for each value of a list), `form` says in
    words what it asks for. `repairs` are (pattern, replacement) pairs tried on values that break the pattern. `low` and
    `high` bound numbers; `unit` is "元", "万元" or "人" where numbers may carry their unit, and `header_unit`
    the one that the header of a file names, while it is read. An `endless` date may say
    that something never ends. A file without a column that is `looked_at` by the law is told so. `default` fills a
    blank. `link` names the register whose ids must hold the value.
    A `private` column is recognised and never kept.
    """

    name: str
    zh: str
    en: str
    dtype: str = "text"
    required: bool = False
    aliases: tuple[str, ...] = ()
    code_list: str | None = None
    everything: bool = False
    open_codes: bool = False
    pattern: str | None = None
    form: Label = NOTHING
    repairs: tuple[tuple[str, str], ...] = ()
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    header_unit: str | None = None
    endless: bool = False
    looked_at: bool = False
    default: str | None = None
    note: Label = NOTHING
    link: str | None = None
    private: bool = False

    @property
    def storage(self) -> str:
        """The pandas dtype of the typed column (存放类型): str, datetime64[s], int64 or Int64, float64, boolean."""
        if self.dtype == "integer":
            return "int64" if self.required else "Int64"
        return {"date": "datetime64[s]", "number": "float64", "boolean": "boolean"}.get(self.dtype, "str")

    @property
    def title(self) -> Label:
        """The header in both languages (列名)."""
        return Label(self.zh, self.en)


@dataclass(frozen=True, kw_only=True, eq=False)
class Register:
    """A register of the directory (登记表).

    `columns` are those that are kept, in order, the last always `known_on`; `private` those that are recognised in a
    file and left out. `key` names the columns that identify a row; a row's version is its key and `known_on`.
    `spans` are pairs of date columns of which the second may not be before the first. `required_when` are (column,
    value, other column): rows with that value must fill the other column. `headers` says of a file's own headers which
    column each one is, "" = none: only these are looked for, and each must be there (see `directory.mapping`).
    """

    kind: str
    title: Label
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    example: Mapping[str, str]
    private: tuple[Column, ...] = ()
    spans: tuple[tuple[str, str], ...] = ()
    required_when: tuple[tuple[str, str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns that are kept (各列英文名), in order."""
        return tuple(column.name for column in self.columns)

    @property
    def needed(self) -> tuple[Column, ...]:
        """The columns without which a file is not read (不可缺的列)."""
        mapped = set(self.headers.values())
        return tuple(column for column in self.columns if column.required or column.name in mapped)

    def column(self, name: str) -> Column:
        """Return one kept column by its English name (按名取列); KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


CORRECTION = Column(
    name="correction",
    zh="更正序号",
    en="Correction",
    aliases=("更正次数",),
    pattern=r"[0-9]{2}",
    form=Label("两位数字，由系统填写", "two digits, given by the system"),
    note=Label(
        "由系统填写：第几次更正；空缺为最初的记录", "given by the system: which correction; blank = the first record"
    ),
)
# What a register has whose rows are corrected and not only known anew: who changes a value says why, and who agreed.
CORRECTIONS = (
    CORRECTION,
    Column(
        name="correction_reason",
        zh="更正理由",
        en="Reason of correction",
        aliases=("更正原因", "更正事由"),
        note=Label(
            "改动已入库的记录时必填；检查结果的更正理由对外公开",
            "needed to change a row on record; shown in public for results",
        ),
    ),
    Column(
        name="correction_reviewer",
        zh="更正审核人",
        en="Reviewer of correction",
        aliases=("更正复核人",),
        note=Label("同意更正的另一人", "the second person, who agreed"),
    ),
)
WITHDRAWN = Column(
    name="withdrawn",
    zh="是否撤销",
    en="Withdrawn",
    dtype="boolean",
    aliases=("撤销记录",),
    note=Label("更正时填“是”：此记录不再使用", "yes, in a correction: this record is used no more"),
)
KNOWN_ON = Column(
    name="known_on",
    zh="知悉日期",
    en="Known on",
    dtype="date",
    aliases=("数据日期", "采集日期", "入库日期", "获知日期", "as of"),
    note=Label(
        "本行信息何时为我方所知；整列空缺时用导入时给出的日期",
        "the day this row became known; else the date of import",
    ),
)


@cache
def kinds() -> tuple[str, ...]:
    """Return the kinds of registers (登记表种类), sorted."""
    package = importlib.import_module("supervision.directory.registers")
    return tuple(sorted(module.name for module in pkgutil.iter_modules(package.__path__)))


@cache
def register(kind: str) -> Register:
    """Return one register's definition (取登记表定义); KeyError for a kind that is not in `kinds()`."""
    if kind not in kinds():
        raise KeyError(kind)
    module = importlib.import_module(f"supervision.directory.registers.{kind}")
    return Register(
        kind=kind,
        title=module.TITLE,
        key=module.KEY,
        columns=(*module.COLUMNS, KNOWN_ON),
        example=module.EXAMPLE,
        private=getattr(module, "PRIVATE", ()),
        spans=getattr(module, "SPANS", ()),
        required_when=getattr(module, "REQUIRED_WHEN", ()),
    )
