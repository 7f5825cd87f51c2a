"""Words that must be known before anybody is framed (须先认定的用语): a unit must not leave a frame by a strange word.

A registration status counts as known where the rule shared/in_force names it or the code list `status` has it; a blank
one stands there as 空白. Kinds of unit count as known where the code list `entity_type` has them, and are looked at
where a task asks for them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection

import pandas as pd

from supervision.domain.population import Population
from supervision.errors import SupervisionError
from supervision.law.code_lists import CodeLists
from supervision.law.rules import Law
from supervision.messages import Message

BLANK = "空白"
IN_FORCE = "shared/in_force"
SHOWN = 12
PLAIN = re.compile(r"(?!(?:true|false|null)$)[^\W\d][\w（）()，、]*")


def with_known_words(
    entities: pd.DataFrame, populations: Collection[str], *, lists: CodeLists, law: Law
) -> pd.DataFrame:
    """Return units with their statuses as the law and the lists know them (登记状态归一).

    `entities`: columns status and type among others; `populations`: the conditions of the tasks to be framed. Raises
    SupervisionError `sampling.status_unknown` or `sampling.type_unknown` with the words, their counts and the lines
    that say what they are.
    """
    if any("type" in Population.parse(text).columns for text in populations):
        _refuse_types(entities["type"], lists)
    in_force = [str(word) for word in law.value(IN_FORCE)]
    words = entities["status"].fillna(BLANK)
    counts = {str(word): int(many) for word, many in words.value_counts().items()}
    known = {word: word if word in in_force else lists.named("status").find(word) for word in counts}
    unknown = {word: counts[word] for word, code in known.items() if code is None}
    if unknown:
        raise SupervisionError(
            "sampling.status_unknown",
            units=sum(unknown.values()),
            words=_counted(unknown),
            in_force=_rule_lines(law, [*in_force, *sorted(unknown)]),
            others=_list_lines(unknown),
        )
    return entities.assign(status=words.map(known).astype("str"))


def _refuse_types(types: pd.Series, lists: CodeLists) -> None:
    counts = {str(word): int(many) for word, many in types.value_counts().items()}
    unknown = {word: many for word, many in counts.items() if lists.named("entity_type").find(word) is None}
    if unknown:
        raise SupervisionError(
            "sampling.type_unknown", units=sum(unknown.values()), words=_counted(unknown), lines=_list_lines(unknown)
        )


def _counted(words: dict[str, int]) -> tuple[Message, ...]:
    """Return words with their numbers of units (用语与户数), the most frequent first."""
    listed = sorted(words.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]
    return tuple(Message.of("sampling.word", word=word, units=units) for word, units in listed)


def _rule_lines(law: Law, words: list[str]) -> str:
    """Return the lines of rules/shared/in_force.yaml that take words in (规则应写的各行)."""
    return "\n".join(
        (
            f"id: {IN_FORCE}",
            "title: {zh: 视为存续的登记状态, en: Register states that count as in force}",
            "unit: texts of the column status",
            "values:",
            f"  - from: {law.on.replace(month=1, day=1)}",
            f"    value: [{', '.join(map(_written, words))}]",
            "    basis: …",
            "    verified: true",
            f"    review_by: {law.on.replace(month=12, day=31)}",
        )
    )


def _list_lines(words: dict[str, int]) -> str:
    """Return the lines of a code list that take words in (代码表应补的各行)."""
    rows = (f"  {json.dumps(word, ensure_ascii=False)}:\n    zh: {_written(word)}" for word in sorted(words)[:SHOWN])
    return "\n".join(f"{row}\n    en: …" for row in rows)


def _written(word: str) -> str:
    """Return a word as YAML takes it in a list (YAML 写法), quoted where it would mean something else."""
    return word if PLAIN.fullmatch(word) else json.dumps(word, ensure_ascii=False)
