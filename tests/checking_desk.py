"""The page for checking, as people use it (核验页的使用): files beside it that are chosen, and what it answers."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from protocol_rounds.bureau import write

from supervision.notice.site.pages import write_pages

ROUND = "2026-12"
TOLD = ("task_id", "access", "disclosure")
ANSWER = """
new Promise((good, bad) => {
  const started = Date.now();
  const timer = setInterval(() => {
    const box = document.querySelector("#check-answer .verdict");
    if (!box && Date.now() - started < 60000) return;
    clearInterval(timer);
    if (!box) return bad(new Error("no answer"));
    good({exit: box.dataset.exit || "input", text: document.getElementById("check-answer").innerText});
  }, 20);
})
"""


def public_of(files: dict[str, bytes], round_id: str = ROUND) -> dict[str, bytes]:
    """Return the files of a round's public folder."""
    head = f"public/{round_id}/"
    return {path.removeprefix(head): data for path, data in files.items() if path.startswith(head)}


def zipped(target: Path, files: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> Path:
    """Write files as a zip."""
    with zipfile.ZipFile(target, "w", method) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return target


def answer(browser, address, *paths, selector="#check-files", width=1200, english=False, unit="", drop=False):
    """Open a page, choose or drop files, one after the other, and return (exit, text) of the last answer."""
    browser.open(address, width=width)
    browser.value(f"document.getElementById('check-unit').value = {json.dumps(unit)}")
    language = "en" if english else "zh"  # the browser keeps it from page to page
    browser.value(f"document.querySelector('[data-choose={language}]').click()")
    for path in paths:
        if drop:
            browser.drop("#check-zone", path)
        else:
            browser.choose(selector, path)
        found = browser.value(ANSWER)
    return found["exit"], found["text"]


class Desk:
    """The page for one round, and files beside it that are chosen in it."""

    def __init__(self, browser, sample, folder, files):
        """Write the page of the round whose files are given, and the files."""
        self.browser, self.folder, self.files = browser, folder, files
        write(files, folder / "out")
        self.public = public_of(files)
        committed = json.loads(self.public["commitment.json"])
        tasks = [sample.make_task(**{name: task[name] for name in TOLD}) for task in committed["tasks"]]
        content = sample.make_content(
            rehearsal=committed["rehearsal"] == "yes",
            stage="committed",
            tasks=tasks,
            proofs={"commitment.json": self.public["commitment.json"]},
            frames={},
            **dict.fromkeys(("results", "clock", "counts")),
        )
        self.page = folder / "verify.html"
        self.page.write_bytes(write_pages(content)["verify.html"])

    def answer(self, *paths, address="", **given):
        """Choose files in the page and return (exit, text) of the last answer."""
        return answer(self.browser, address or self.page.as_uri(), *paths, **given)
