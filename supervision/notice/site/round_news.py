"""What is new and what is due (最新动态与待办), told from what rounds have published, for the home page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from supervision.messages import Message
from supervision.notice.site.search_index import PublishedRound, SearchIndex

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


class Told:
    """Collects what rounds' public folders tell (各轮已公示的内容): `add` each round, from old to new."""

    def __init__(self) -> None:
        self.index = SearchIndex()
        self._news: list[News] = []
        self._due: list[News] = []
        self._newest: PublishedRound | None = None

    def add(self, one: PublishedRound, draws: Sequence[Draw], clock: Sequence[Mapping[str, Any]]) -> None:
        """Add a round (计入一轮); `clock`: its agencies' clock as index.json tells it."""
        self.index.add(one)
        self._news = sorted([*self._news, *_news(one, draws)], key=_order, reverse=True)[:NEWS]
        self._due += _due(one, draws, clock)
        if self._newest is None or _rank(one) > _rank(self._newest):
            self._newest = replace(one, lists=(), results=(), corrections=())

    @property
    def news(self) -> list[News]:
        """The newest things that happened (最新动态), the latest first."""
        return self._news

    @property
    def due(self) -> list[News]:
        """What is still to come (待办), the earliest first: draws that wait for their sources, results to publish.

        `day` is empty where no single day can be named.
        """
        return sorted(self._due, key=lambda line: (line.day == "", line.day, line.page))

    @property
    def newest(self) -> PublishedRound | None:
        """The newest round without its rows (最新一轮), a real one before a rehearsal; None without any."""
        return self._newest


def _rank(one: PublishedRound) -> tuple[bool, str]:
    return (not one.rehearsal, one.round)


def _order(one: News) -> tuple[str, str, str]:
    return (one.day, one.page, one.zh)


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


def _due(one: PublishedRound, draws: Sequence[Draw], clock: Sequence[Mapping[str, Any]]) -> Iterator[News]:
    for draw in draws:
        if not draw.held and not draw.abandoned:
            kind = "roster" if draw.second else "units"
            said = Message.of(f"notice.due.draw_{kind}", round=one.round)
            yield _line(one, draw.awaited[:10], said, "commitment.html")
    if one.stage == "matched" and one.tasks:  # inspectors are drawn, no result is recorded yet
        start, end = min(task["start"] for task in one.tasks), max(task["end"] for task in one.tasks)
        yield _line(
            one, end, Message.of("notice.due.visits", round=one.round, start=start, end=end), "plan.html#calendar"
        )
    for state in ("overdue", "pending"):
        count = sum(int(line[state]) for line in clock)
        if count:
            yield _line(one, "", Message.of(f"notice.due.{state}", round=one.round, count=count), "index.html#clock")
