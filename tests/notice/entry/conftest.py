"""What the tests of entry codes share: a browser, and the page's scripts in it."""

from __future__ import annotations

import pytest
from browser import Browser, chromium

from supervision.notice.site.entry_page import READING, scripts


@pytest.fixture(scope="session")
def browser():
    """A browser for all tests."""
    with Browser(chromium()) as one:
        yield one


@pytest.fixture
def reader(browser):
    """The browser with the scripts that read and judge codes in an empty page."""
    browser.open("about:blank")
    browser.value(f"{scripts(READING)}\nundefined")
    return browser
