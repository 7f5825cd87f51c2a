"""Errors (错误): a code with parameters; the words stand in supervision/texts."""

from __future__ import annotations

from supervision.texts import say


class SupervisionError(Exception):
    """Something a user must know and can mend (可处理的错误).

    `code` names the message in supervision/texts, `params` fill it; `exit_code` is what the command line returns.
    """

    exit_code = 1

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def text(self, lang: str = "zh") -> str:
        """Return the sentence for a user (提示句) in "zh" or "en"."""
        return say(self.code, lang, **self.params)

    def __str__(self) -> str:
        return f"{type(self).__name__}: {self.text()}"


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
