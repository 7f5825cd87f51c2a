"""Errors (错误): messages that stop a command."""

from __future__ import annotations

from collections.abc import Mapping

from supervision.messages import Message


class SupervisionError(Exception):
    """Something a user must know and can mend (可处理的错误).

    Attributes
    ----------
    exit_code
        What the command line returns.
    told
        What the command had to say before it stopped, such as rows that it rejected.

    Examples
    --------
    >>> import supervision
    >>> error = supervision.SupervisionError("library.no_file", file="entities.csv")
    >>> error.code, dict(error.params)
    ('library.no_file', {'file': 'entities.csv'})
    >>> print(error.text("zh"), error.text("en"))
    找不到文件 entities.csv。请检查路径。 There is no file entities.csv. Check the path.
    """

    exit_code = 1

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.message = Message(code, params)
        self.told: tuple[Message, ...] = ()

    def __reduce__(self) -> tuple[object, ...]:
        """Return how it is made again in another process (跨进程传递)."""
        return _again, (type(self), self.code, dict(self.params), self.told)

    @property
    def code(self) -> str:
        """The message's code (提示代码)."""
        return self.message.code

    @property
    def params(self) -> Mapping[str, object]:
        """What fills the message's words (提示参数)."""
        return self.message.params

    def text(self, lang: str = "zh") -> str:
        """Return the sentence for a user (提示句) in "zh" or "en"."""
        return self.message.text(lang)

    def __str__(self) -> str:
        return f"{type(self).__name__}: {self.text()}"


def _again(kind: type[SupervisionError], code: str, params: Mapping[str, object], told: tuple[Message, ...]) -> object:
    error = kind(code, **params)
    error.told = told
    return error


class UsageError(SupervisionError):
    """A command was called wrongly (用法错误)."""

    exit_code = 2


class CannotHold(SupervisionError):
    """A visit cannot be held or a place not be filled (无法安排)."""

    exit_code = 4


class DoesNotVerify(SupervisionError):
    """A published round does not verify (核验不通过)."""

    exit_code = 5


class RuleMissing(SupervisionError):
    """A rule is not there; nothing is assumed in its place (缺少规则)."""


class DirectoryError(SupervisionError):
    """A register file cannot be read (登记表无法读取)."""
