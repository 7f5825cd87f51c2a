"""A crawl of the desk, for tests: every route with every id that is there, every link and form of every page."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from desk_people import Desk, Person
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Rule

OPEN = {"static", "login.page", "login.enter", "style.sheet", "style.own"}  # what a stranger may ask for
UNCHECKED = OPEN | {"login.leave"}  # no role is needed to go out
MOST = 6  # values of an argument that are tried
EACH = 12  # pages of a route that links lead to
FOREIGN = "nobody-there"


@dataclass
class Page(HTMLParser):
    """What a page leads to: links, and forms with their fields as they stand."""

    links: set[str] = field(default_factory=set)
    forms: list[dict[str, Any]] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)  # what would run or be styled though it stands in the page itself

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Take a link, a form or a field."""
        at = {name: value or "" for name, value in attrs}
        self.runs += [f"{tag} {name}" for name in at if name.startswith(("on", "hx-on")) or name == "style"]
        self.runs += [tag] if tag == "style" or (tag == "script" and "src" not in at) else []
        self.runs += [one for one in at.values() if one.strip().lower().startswith(("javascript:", "data:text"))]
        if tag == "a" and "href" in at:
            self.links.add(at["href"])
        self.links |= {at[name] for name in ("hx-get",) if name in at}
        if tag == "form":
            self.forms.append({"action": at.get("action", ""), "method": at.get("method", "get").lower(), "fields": {}})
        if tag == "form" or any(name in at for name in ("hx-post", "hx-put", "hx-delete", "hx-patch")):
            posts = [at[name] for name in ("hx-post", "hx-put", "hx-delete", "hx-patch") if name in at]
            self.forms += [{"action": one, "method": "post", "fields": {}} for one in posts]
        if tag in ("input", "button", "select", "textarea") and self.forms and at.get("name"):
            self.forms[-1]["fields"].setdefault(at["name"], at.get("value", ""))


def read(text: str) -> Page:
    """Read a page."""
    page = Page()
    page.feed(text)
    return page


def rules(app: Flask, method: str) -> list[Rule]:
    """Return the routes that take a method."""
    return [rule for rule in app.url_map.iter_rules() if method in (rule.methods or set())]


def addresses(app: Flask, rule: Rule, known: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    """Yield a route's addresses with values that are there, and one with values that nobody has."""
    names = sorted(rule.arguments)
    whole = {name for name in names if isinstance(rule._converters[name], IntegerConverter)}
    tried = [[*known.get(name, [])[:MOST], 999_999 if name in whole else FOREIGN] for name in names]
    for values in itertools.product(*tried):
        given = dict(zip(names, values, strict=True))
        if all(isinstance(given[name], int) == (name in whole) for name in names):
            with app.test_request_context():
                yield app.url_map.bind("").build(rule.endpoint, given)


def gets(desk: Desk, known: Mapping[str, Sequence[Any]]) -> list[tuple[str, str]]:
    """Return every address that can be opened: endpoint and address."""
    found = [(rule.endpoint, one) for rule in rules(desk.app, "GET") for one in addresses(desk.app, rule, known)]
    return [(endpoint, address) for endpoint, address in found if endpoint != "static"]


def posts(desk: Desk, known: Mapping[str, Sequence[Any]]) -> list[tuple[str, str]]:
    """Return every address that a form can be sent to, going out last: endpoint and address."""
    found = [
        (rule.endpoint, one)
        for method in ("POST", "PUT", "PATCH", "DELETE")
        for rule in rules(desk.app, method)
        for one in addresses(desk.app, rule, known)
    ]
    return [(endpoint, address) for endpoint, address in found if endpoint not in ("login.enter", "login.leave")]


def walk(person: Person, starts: Sequence[str]) -> dict[str, Any]:
    """Open pages and what they link to, so many of each route, as somebody; return address → answer."""
    seen: dict[str, Any] = {}
    waiting, opened = list(starts), Counter[str]()
    routes = person.client.application.url_map.bind("desk")
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        answer = seen[address] = person.get(address)
        if "html" not in answer.content_type:
            continue
        for link in read(answer.text).links:
            parts = urlsplit(urljoin(f"http://desk{address}", link))
            onward = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.netloc != "desk" or re.search(r"(^|&|\?)lang=", parts.query) or onward in seen:
                continue
            try:
                endpoint = str(routes.match(parts.path, method="GET")[0])
            except HTTPException:  # no such page: opened, and found to be none
                endpoint = parts.path
            if opened[endpoint] < EACH:
                opened[endpoint] += 1
                waiting.append(onward)
    return seen
