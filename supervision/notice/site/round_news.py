"""What is new and what is due (最新动态与待办), told from what rounds have published, for the home page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from supervision.messages import Message
from supervision.notice.site.search_index import PublishedRound

NEWS = 8


@dataclass(frozen=True, kw_only=True)
class News:
    """One line of news (一条动态): its day, what happened in both languages, and the page that shows it."""

    day: str
    zh: str
    en: str
    page: str


@dataclass(frozen=True, kw_only=True)
class Draw:
    """A draw of a round (一次抽取): when it was committed to, when its last source is announced, when it was held.

    `second`: of inspectors; `held` is empty where nothing is revealed yet, `abandoned` where it was given up.
    """

    second: bool
    committed_at: str
    awaited: str
    held: str
    abandoned: bool = False


@dataclass(frozen=True, kw_only=True)
class Told:
    """What rounds' public folders tell (各轮已公示的内容): the rounds from old to new, their draws, their clocks."""

    rounds: Sequence[PublishedRound] = ()
    draws: Mapping[str, Sequence[Draw]] = field(default_factory=dict)
    clocks: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)

    @property
    def english(self) -> dict[str, str]:
        """Names of code lists in English (代码英文名称), the newest round's last."""
        return {zh: en for one in self.rounds for zh, en in one.english.items()}


NOTHING = Told()


def news(rounds: Sequence[PublishedRound], draws: Mapping[str, Sequence[Draw]]) -> list[News]:
    """Return the newest things that happened (最新动态), the latest first; `draws`: round → its draws."""
    told = [one for each in rounds for one in _news(each, draws.get(each.round, ()))]
    return sorted(told, key=lambda one: (one.day, one.page, one.zh), reverse=True)[:NEWS]


def _news(one: PublishedRound, draws: Sequence[Draw]) -> Iterator[News]:
    for draw in draws:
        kind = "roster" if draw.second else "units"
        yield _line(
            one, draw.committed_at[:10], Message.of(f"notice.news.committed_{kind}", round=one.round), "commitment.html"
        )
        if draw.held:
            yield _line(one, draw.held[:10], Message.of(f"notice.news.drawn_{kind}", round=one.round), "draw.html")
    shown: Counter[str] = Counter(row.get("published_on") or row["inspected_on"] for row in one.results)
    for day, count in shown.items():
        said = Message.of("notice.news.results", round=one.round, count=count)
        yield _line(one, day, said, "results.html")
    changed: Counter[str] = Counter(row["corrected_on"] for row in one.corrections)
    for day, count in changed.items():
        said = Message.of("notice.news.corrections", round=one.round, count=count)
        yield _line(one, day, said, "results.html#corrections")


def _line(one: PublishedRound, day: str, said: Message, page: str) -> News:
    zh, en = ("（演练）", " (rehearsal)") if one.rehearsal else ("", "")
    return News(day=day, zh=said.text("zh") + zh, en=said.text("en") + en, page=f"{one.round}/{page}")


def due(
    rounds: Sequence[PublishedRound],
    draws: Mapping[str, Sequence[Draw]],
    clocks: Mapping[str, Sequence[Mapping[str, Any]]],
) -> list[News]:
    """Return what is still to come (待办), the earliest first: draws that wait for their sources, results to publish.

    `clocks`: round → its agencies' clock as index.json tells it; `day` is empty where no single day can be named.
    """
    found: list[News] = []
    for one in rounds:
        for draw in draws.get(one.round, ()):
            if not draw.held and not draw.abandoned:
                kind = "roster" if draw.second else "units"
                said = Message.of(f"notice.due.draw_{kind}", round=one.round)
                found.append(_line(one, draw.awaited[:10], said, "commitment.html"))
        for state in ("overdue", "pending"):
            count = sum(int(line[state]) for line in clocks.get(one.round, ()))
            if count:
                said = Message.of(f"notice.due.{state}", round=one.round, count=count)
                found.append(_line(one, "", said, "index.html#clock"))
    return sorted(found, key=lambda line: (line.day == "", line.day, line.page))
