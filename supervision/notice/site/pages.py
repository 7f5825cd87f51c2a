"""Write the public site (公示网站): pages, the data beside them, the proofs, the frames of open tasks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import jinja2
import pandas as pd

from supervision.messages import catalogue, say
from supervision.notice.estimate_content import scale_end
from supervision.notice.public_content import OPEN_FILES, OVERSIGHT_KINDS, Content
from supervision.notice.site import data, languages
from supervision.notice.site.charts import limits
from supervision.notice.site.checker import checker
from supervision.notice.site.citizen_scripts import joined
from supervision.notice.site.result_rows import facet_choices, filter_files

ROWS_A_PAGE = 1000
SECOND = re.compile(r"-[2-9][0-9]*$")
PAGES = (
    ("index", "首页", "Home"),
    ("plan", "抽查计划", "Plan"),
    ("commitment", "抽取承诺", "Commitment"),
    ("draw", "抽取结果", "Draw"),
    ("results", "检查结果", "Results"),
    ("oversight", "监督计数", "Oversight"),
    ("verify", "如何核验", "How to check"),
)


def write_pages(content: Content) -> dict[str, bytes]:
    """Return the files of the public folder (生成公示文件夹): path → bytes, the same bytes every time.

    Tables of more than `ROWS_A_PAGE` rows go on in draw-2.html, results-2.html …. The manifest and verify.py are
    added by whoever writes the folder.
    """
    files = data.data_files(content)
    files.update(content.proofs)
    for task_id, parts in content.frames.items():
        files.update({f"open/{task_id}/{name}": parts[name] for name in OPEN_FILES})
    shared = _shared(content)
    for name in ("index", "plan", "commitment", "oversight"):
        files[f"{name}.html"] = render(name, {**shared, "page": name})
    files["verify.html"] = render("verify", {**shared, "page": "verify", "checker": checker(content)})
    for part in _parts("draw", content.lists):
        files[part["here"]] = render("draw", {**shared, **part, "page": "draw", "groups": _groups(content, part)})
    files.update(filter_files(content.results, content.plan, content.english))
    choices = {"choices": facet_choices(content.results), "script": joined("shards", "words", "results")}
    for part in _parts("results", content.results):
        files[part["here"]] = render("results", {**shared, **part, **choices, "page": "results"})
    return dict(sorted(files.items()))


def stylesheet() -> str:
    """Return the style sheet that the pages carry (公示网站样式), for pages that link to it."""
    return _environment().get_template("style.css").render()


def _shared(content: Content) -> dict[str, Any]:
    committed = content.read.get("commitment.json", {})
    estimates = data.records(content.estimates)
    top = scale_end([float(row["high"]) for row in estimates] or [0.0])
    categories = Counter(content.results["category"])
    return {
        "heading": content.heading,
        "pages": PAGES,
        "say": say,
        "content": content,
        "plan": data.records(content.plan),
        "items": data.records(content.items),
        "clock": data.records(content.clock),
        "changes": data.records(content.changes),
        "corrections": data.records(content.corrections),
        "oversight": by_office(data.records(content.oversight)),
        "oversight_kinds": OVERSIGHT_KINDS,
        "english": content.english,
        "estimates": estimates,
        "estimate_lines": [limits(row["name"], row, top) for row in estimates],
        "estimate_top": top,
        "example": _example(content, committed),
        "stepped_in": int(content.oversight.loc[content.oversight["kind"] == "stepped_in", "number"].sum()),
        "awaits": content.awaits,
        "draws": data.draws(content),
        "sources": data.sources(content),
        "steps": [_steps(content, number) for number, _, _ in data.suffixes(content)],
        "committed": committed,
        "abandoned": content.read.get("abandoned.json"),
        "abandoned_rosters": [content.read[name] for name in sorted(content.read) if name.startswith("abandoned2")],
        "result": content.read.get("result.json"),
        "task_numbers": dict(zip(content.plan["task_id"], content.plan["number"], strict=True)),
        "task_names": dict(zip(content.plan["task_id"], content.plan["name"], strict=True)),
        "categories": sorted(categories.items(), key=lambda pair: (-pair[1], pair[0])),
        "samples": {entry["task_id"]: entry["sample"] for entry in committed.get("tasks", [])},
        "source_name": _source_name,
        "when": when,
    }


def _example(content: Content, committed: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return an open task as an example of a chance (中签机会举例): all units of its one group have the same."""
    names = dict(zip(content.plan["task_id"], content.plan["name"], strict=True))
    for entry in committed.get("tasks", []):
        if entry["task_id"] in content.frames and entry["units"]:
            chance = f"{100 * entry['sample'] / entry['units']:.1f}"
            return {"name": names[entry["task_id"]], "chance": chance, **{n: entry[n] for n in ("units", "sample")}}
    return None


def by_office(counts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return counts as lines of a table (机构一行): office, name, and each kind's count under the kind's name."""
    lines: dict[str, dict[str, Any]] = {}
    for one in counts:
        lines.setdefault(one["office"], {"name": one["name"], "kinds": {}})["kinds"][one["kind"]] = one
    return list(lines.values())


def _steps(content: Content, number: str) -> list[dict[str, Any]]:
    """Return how a key string is put together (密钥串的组成): each source, its values, its piece."""
    revealed = next(row for row in data.draws(content) if row["draw"] == number)["key_string"]
    rows = [row for row in data.sources(content) if row["draw"] == number]
    pieces = [f"{piece}/" for piece in revealed.split("/")[:-1]] if revealed else [""] * len(rows)
    return [{**row, "piece": piece} for row, piece in zip(rows, pieces, strict=True)]


def _parts(name: str, frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield the pages of a long table: its rows, number of the first row, and the names of all its pages."""
    count = max(1, -(-len(frame) // ROWS_A_PAGE))
    names = [f"{name}.html", *(f"{name}-{number}.html" for number in range(2, count + 1))]
    for number, here in enumerate(names):
        first = number * ROWS_A_PAGE
        rows = list(frame.iloc[first : first + ROWS_A_PAGE].itertuples(index=False))
        yield {"here": here, "names": names, "number": number + 1, "first": first + 1, "rows": rows}


def _groups(content: Content, part: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a page's rows of the drawn lists by task, with the number of each row within its task."""
    starts: dict[str, int] = {}
    for number, task_id in enumerate(content.lists["task_id"], 1):
        starts.setdefault(task_id, number)
    groups: list[dict[str, Any]] = []
    for number, row in enumerate(part["rows"], part["first"]):
        if not groups or groups[-1]["task_id"] != row.task_id:
            groups.append({"task_id": row.task_id, "first": number - starts[row.task_id] + 1, "rows": []})
        groups[-1]["rows"].append(row)
    return groups


def _source_name(name: str, lang: str = "zh") -> str:
    """Return a source's name where it is a known one, without the "-2" of the second draw."""
    code = f"notice.source.{SECOND.sub('', name)}"
    return say(code, lang) if code in catalogue("notice") else name


def when(text: str) -> str:
    """Return a time in Beijing as people read it (北京时间), any other as it stands."""
    return text.removesuffix("+08:00").replace("T", " ") if text.endswith("+08:00") else text


def render(name: str, values: dict[str, Any]) -> bytes:
    """Return a page (生成网页) of a template and its values; `english` among them: names of code lists in English."""
    words = languages.Words(values.get("english", {}))
    shared = {"say": say, "when": when, "word": words.both, "drawn_word": words.drawn}
    text = _environment().get_template(f"{name}.html").render({**shared, **values})
    return (text.rstrip("\n") + "\n").encode("utf-8")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("supervision.notice.site"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    of_language = (languages.both, languages.said, languages.own, languages.label, languages.aria)
    environment.globals |= {one.__name__: one for one in of_language}
    environment.globals["language_script"] = joined("language")
    return environment
