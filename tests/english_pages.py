"""Pages in their English state (英文状态), read without a browser: what a reader sees when the switch says English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import html

HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
UNSEEN = {"script", "style", "noscript", "title", "desc"}  # a title and an option keep their English beside them
SWITCH = "//*[@data-choose='zh'] and //*[@data-choose='en']"


def pages_of(folder: Path) -> list[Path]:
    """Return all pages of a folder (全部网页), sorted."""
    return sorted(folder.rglob("*.html"))


def has_switch(page: bytes) -> bool:
    """Tell whether a page has the switch of language and the script that works it (语言切换)."""
    tree = html.fromstring(page)
    scripts = [one.text or "" for one in tree.iter("script")]
    return bool(tree.xpath(SWITCH)) and any("data-choose" in one for one in scripts)


def chinese_left(page: bytes, city: str) -> list[str]:
    """Return the Chinese that a reader of English sees (英文状态的中文), but for marked names and the city's."""
    tree = html.fromstring(page)
    left = [text.strip() for _, text in _seen(tree, own=False)]
    held = [one.get("data-en", one.text or "") for one in tree.iter("title", "option") if one.getparent().tag != "svg"]
    labels = [one.get("data-en", one.get("data-label")) for one in tree.iter("td", "th") if one.get("data-label")]
    return [text for text in (*left, *held, *labels) if HAN.search(text.replace(city, ""))]


def masthead(page: bytes) -> str:
    """Return who publishes a page, as its head says in Chinese (主办单位); "" where there is no such line."""
    tree = html.fromstring(page)
    return "".join(tree.xpath("//header//p[@class='host']/span[@class='zh']/text()"))


def names(page: bytes) -> set[str]:
    """Return what a page marks as a name, an address, a title of law (原文)."""
    return {text.strip() for _, text in _seen(html.fromstring(page), own=True) if HAN.search(text)}


def _seen(element: html.HtmlElement, *, own: bool, inside: bool = False) -> Iterator[tuple[bool, str]]:
    """Yield the texts that the English state shows, those inside names or those outside."""
    if not isinstance(element.tag, str) or element.tag in UNSEEN or element.tag == "option":
        return
    classes = (element.get("class") or "").split()
    if "zh" in classes or element.get("data-choose") == "zh":
        return
    inside = inside or "own" in classes
    if element.text and inside == own:
        yield inside, element.text
    for child in element:
        yield from _seen(child, own=own, inside=inside)
        if child.tail and inside == own:
            yield inside, child.tail
