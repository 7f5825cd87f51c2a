"""What the tests of the check in the browser share: a browser, the scripts in it, the page for a round."""

from __future__ import annotations

import pytest
from browser import Browser, chromium
from checking_desk import Desk

from supervision.notice.site.checker import WORKER, joined


@pytest.fixture(scope="session")
def browser():
    """A browser for all tests."""
    with Browser(chromium()) as one:
        yield one


@pytest.fixture
def scripts(browser):
    """The browser with the worker's scripts in an empty page: what they define can be called."""
    browser.open("about:blank")
    browser.value(f"{joined(WORKER)}\nundefined")
    return browser


@pytest.fixture
def desk(browser, sample, tmp_path):
    """Return a function that makes the page of a round."""
    return lambda files: Desk(browser, sample, tmp_path, files)
