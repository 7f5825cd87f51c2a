"""Who went and who reviewed (检查人员与审核人): ids, or names as they stand on the calendar sheet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from supervision.law.code_lists import normal
from supervision.messages import Message

_MARKS = re.compile(r"[,，、;；|/\n]+")
_NAME_AND_ID = re.compile(r"(?P<name>[^(（]+)[(（](?P<id>[^)）]+)[)）]")

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_BETWEEN = re.compile(r"[\s,，、;；|/:：.。()（）\[\]【】<>《》_–—-]+|和|与|及|以及")
_TITLES = re.compile(
    "^(?:(?:由|经)?(?:审核|复核|审批|批准|核准|签批)(?:人|员|者|意见)?|(?:检查员|工号|姓名|编号|no|id))+"
    "|(?:同志|先生|女士|主任|科长|处长|局长|所长|队长|组长|组员|审核|复核|核准|批准|已|号|副|的)+$"
)


@dataclass(frozen=True, kw_only=True)
class People:
    """The register of inspectors as texts are held against it (检查人员名录): id → name, id → office."""

    names: Mapping[str, str]
    offices: Mapping[str, str]

    def named(self, text: str, among: Iterable[str]) -> list[str]:
        """Return the ids of those who have a name (同名人员), sorted."""
        return sorted(one for one in among if one in self.names and normal(self.names[one]) == normal(text))


def inspector_ids(text: str, *, holders: Collection[str], people: People) -> tuple[list[str], list[Message]]:
    """Return the ids that a cell names (检查人员工号), sorted, and what is wrong with it.

    `holders` are the ids of those who hold a place of this office in the visit: only they may have gone. A name is
    looked for among them; two of them with one name are told by their ids alone.
    """
    found: set[str] = set()
    wrong: list[Message] = []
    for word in _words(text, people):
        one = _find(word, holders, people)
        if isinstance(one, Message):
            wrong.append(one)
        else:
            found.add(one)
    return sorted(found, key=str.encode), wrong


def is_one_of(reviewer: str, inspectors: Collection[str], people: People) -> str | None:
    """Return what is meant where a reviewer may be one of the inspectors (审核人是否检查人员): their code, or None.

    "results.own_reviewer" where a word of the cell is the id or the name of one of them; a name that several people
    have, one of the inspectors among them, is "results.reviewer_ambiguous".
    """
    own = {normal(one) for one in inspectors}
    known = {normal(one) for one in people.names}
    for word in _said_of(reviewer, people):
        if word in own:
            return "results.own_reviewer"
        if word not in known and people.named(word, inspectors):
            several = len(people.named(word, people.names)) > 1
            return "results.reviewer_ambiguous" if several else "results.own_reviewer"
    return None


def _said_of(text: str, people: People) -> set[str]:
    """Everybody whom a cell may mean (可能所指的人), as words are compared: "审核：李娜（组长）" may mean 李娜.

    A remark, a title or an office beside a name or an id does not make another person of somebody.
    """
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    words = [*_words(plain, people), *_BETWEEN.split(plain)]
    pair = _NAME_AND_ID.fullmatch(plain.strip())
    if pair and pair["id"].strip() in people.names:  # 张伟（0010） is told by the id alone
        words = [pair["id"]]
    return {_TITLES.sub("", normal(word)) for word in words} | {normal(word) for word in words}


def _words(text: str, people: People) -> list[str]:
    """Return the people of a cell one by one (逐人拆分): marks part them, spaces where the whole is nobody's name."""
    words: list[str] = []
    for part in filter(None, map(str.strip, _MARKS.split(text))):
        whole = part in people.names or people.named(part, people.names) or _NAME_AND_ID.fullmatch(part)
        words += [part] if whole else part.split()
    return words


def _find(word: str, holders: Collection[str], people: People) -> str | Message:
    if word in holders:
        return word
    pair = _NAME_AND_ID.fullmatch(word)
    if pair:
        one = pair["id"].strip()
        if one in holders and normal(people.names.get(one, "")) == normal(pair["name"]):
            return one
        return Message.of("results.person_unknown", who=word)
    among = people.named(word, holders)
    if len(among) == 1:
        return among[0]
    if among:
        return Message.of("results.person_ambiguous", who=word, ids="、".join(among))
    others = [word] if word in people.names else people.named(word, people.names)
    if not others:
        return Message.of("results.person_unknown", who=word)
    offices = "、".join(sorted({people.offices.get(one, "") for one in others} - {""})) or "—"
    return Message.of("results.person_not_drawn", who=word, office=offices)
