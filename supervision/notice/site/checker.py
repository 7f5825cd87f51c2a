"""The check in the browser (浏览器核验): the scripts of `check/`, joined for the page, and what the page tells them."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import Any

from supervision.canonical import digest
from supervision.messages import catalogue
from supervision.notice.public_content import Content

WORKER = (
    *("hash", "sha256", "sm3", "report", "canonical", "folder", "forms", "rounds", "manifests", "records"),
    *("chain", "sources", "frame", "strata", "tasks", "lottery", "course", "changes", "log", "check"),
    *("own_rules", "zip", "input", "proof", "worker"),
)
PAGE = ("own_rules", "words", "page")
SOURCE_NAME = "notice.source."


def checker(content: Content) -> dict[str, str]:
    """Return what the page for checking holds (核验页所含): the texts of its elements `worker`, `script`, `settings`.

    `settings` names the round, its commitment and digest, so that a proof can be checked by the page alone and files
    of another round are noticed; the verifier's conditions in words; the sources' names.
    """
    page = None
    if "commitment.json" in content.proofs:
        committed, body = content.read["commitment.json"], content.proofs["commitment.json"]
        found = digest(committed["hash"], body).hex()
        page = {"commitment": b64encode(body).decode(), "digest": found, "round": content.heading.round}
    names = {
        code.removeprefix(SOURCE_NAME): pair
        for code, pair in catalogue("notice").items()
        if code.startswith(SOURCE_NAME)
    }
    told: dict[str, Any] = {"names": names, "page": page, "rules": dict(sorted(content.conditions.items()))}
    # "<" never stands in a script element as itself: a text of the commitment could end it.
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).replace("<", "\\u003c")
    return {"worker": joined(WORKER), "script": joined(PAGE), "settings": text}


@cache
def joined(names: tuple[str, ...]) -> str:
    """Return scripts one after the other (合并脚本): plain functions of one scope, no modules, no bundler."""
    folder = files(__package__) / "check"
    return '"use strict";\n' + "\n".join((folder / f"{name}.js").read_text(encoding="utf-8") for name in names)
