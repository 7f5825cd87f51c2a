"""What a request works with (请求的环境): the desk's file, accounts, and the city, one thread at a time."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar, cast

from flask import current_app
from flask_login import current_user

from supervision.desk.accounts import Account, Accounts
from supervision.desk.desk_file import DeskFile
from supervision.desk.settings import Settings
from supervision.month.city import City
from supervision.store.store import Store

V = TypeVar("V")
WAIT = 1.0  # seconds
LATELY = 5.0  # seconds that a list may be behind, while it is made anew


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What was made once (缓存内容): for a stamp, from a time on."""

    stamp: object
    begun: float
    value: Any


class Desk:
    """A running desk (工作台).

    The store belongs to one thread at a time (supervision.store.connection says why), so `city` lets in one request
    after the other; what takes longer than a moment is a job in a process of its own (supervision.desk.jobs).
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.file = DeskFile.beside(settings.store)
        self.accounts = Accounts(self.file)
        self._lock = threading.RLock()
        self._rules_seen: object = None
        self._base: City | None = None
        self._kept: dict[object, Kept] = {}
        self.recorder = settings.recorder(settings.store, settings.out)

    @contextmanager
    def city(self, who: str) -> Iterator[City]:
        """Let one request use the city (使用本市数据) under a person's name; others wait."""
        with self._lock:
            yield replace(self._opened(), who=who, now=self.settings.now, _rounds={})

    def _opened(self) -> City:
        """Return the city with its rules, read anew where a file of them changed (本市与规则)."""
        seen = self.rules_stamp
        if self._base is None or seen != self._rules_seen:
            self._base, self._rules_seen = City.open(self.settings.store, who="desk"), seen
        return self._base

    @property
    def rules_stamp(self) -> object:
        """What changes when the city's own rules do (规则版本): times of their files."""
        folder = self.settings.store.parent / "rules"
        return sorted((str(path), path.stat().st_mtime_ns) for path in folder.rglob("*.yaml"))

    @property
    def stamp(self) -> object:
        """What changes when the store does (数据版本): sizes and times of its file and of its write-ahead log.

        An empty log comes and goes with whoever reads, and says nothing.
        """
        place = self.settings.store
        return [_seen(one) for one in (place, place.with_name(place.name + "-wal"))]

    def kept(
        self, name: object, stamp: object, make: Callable[[], V], *, since: float = math.inf, hurry: bool = False
    ) -> V:
        """Return what was made for `name`, made anew where its stamp changed (缓存).

        What is there is given without waiting for whoever works with the store. So is what is out of date, if it was
        begun at the time `since` or later and somebody works with the store now: one request makes it anew, others go
        on. Who is in a `hurry` leaves it to others even if nobody does.
        """
        asked = time.time()
        found = self._kept.get(name)
        if found is not None and found.stamp == stamp:
            return cast("V", found.value)
        will_do = found is not None and since <= found.begun <= asked  # not of a clock that was put back since
        if will_do and hurry:
            return cast("V", cast("Kept", found).value)
        if not self._lock.acquire(blocking=not will_do):
            return cast("V", cast("Kept", found).value)
        try:
            found = self._kept.get(name)
            begun = time.time()
            if found is None or (found.stamp != stamp and not asked <= found.begun <= begun):
                found = self._kept[name] = Kept(stamp=stamp, begun=begun, value=make())
            return cast("V", found.value)
        finally:
            self._lock.release()


def lately() -> float:
    """Return since when what was made may be shown while it is made anew (可容忍的时差)."""
    return time.time() - LATELY


def _seen(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return (found.st_mtime_ns, found.st_size) if found.st_size else None


def impatient(city: City) -> City:
    """Return the city for a short write (短时写入): a page does not wait for a command that writes for minutes."""
    return replace(city, store=Store(city.store.path, wait=WAIT), _rounds={})


def desk() -> Desk:
    """Return the desk that answers (当前工作台)."""
    found: Desk = current_app.extensions["desk"]
    return found


def account() -> Account:
    """Return who asks (当前账号)."""
    found: Account = current_user.account
    return found


@contextmanager
def the_city() -> Iterator[City]:
    """Use the city under the name of who asks (以当前账号使用本市数据)."""
    with desk().city(account().name) as city:
        yield city
