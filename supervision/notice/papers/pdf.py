"""A paper as PDF (文书 PDF): from the same blocks as its Word template, typeset with a font that comes along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from supervision.messages import say
from supervision.notice.entry.picture import pictures_in
from supervision.notice.formats.typeset import typeset
from supervision.notice.papers.blocks import COLUMNS, Block, Line, Listing, Row, Title
from supervision.notice.papers.field_texts import plain
from supervision.notice.papers.form import Form


def write(form: Form, values: Mapping[str, Any], *, fonts: Sequence[Path] = ()) -> bytes:
    """Return a form filled with values as PDF/A (生成文书 PDF), dated by the first day of the round's month."""
    year, month = values["轮次"].split("-")[:2]
    paper = {
        "author": values.get("检查机关", values["城市"]),
        "blocks": list(_blocks(form.blocks, values)),
        "columns": COLUMNS,
        "date": [int(year), int(month), 1],
        "foot": " ".join(values[name] for name in ("检查编号",) if name in values),
        "mark": values["演练"],
        "pictures": {str(one): {"svg": one.svg, "width": one.width} for one in pictures_in(values)},
        "title": f"{form.title.zh} {values['轮次']}",
        "wide": form.wide,
    }
    return typeset("paper.typ", paper, fonts=fonts)


def _blocks(blocks: Sequence[Block], values: Mapping[str, Any]) -> Iterator[dict[str, object]]:
    for block in blocks:
        if isinstance(block, Title):
            yield {"kind": "title", "text": _text(block.text, values)}
        elif isinstance(block, Line):
            indent = block.indent and block.align == "left"
            yield {"kind": "line", "text": _text(block.text, values), "align": block.align, "indent": indent}
        elif isinstance(block, Listing):
            rows = [_row(block.row, {**values, block.each: entry}) for entry in values[block.of]]
            yield {"kind": "table", "head": _row(block.head, values), "rows": rows, "together": False}
        else:
            rows = [_row(row, values) for row in block.rows]
            yield {"kind": "table", "head": None, "rows": rows, "together": block.together}


def _row(row: Row, values: Mapping[str, Any]) -> dict[str, object]:
    cells = [
        {"text": _text(cell.text, values), "span": cell.span, "label": cell.label, "small": cell.small}
        for cell in row.cells
    ]
    return {"cells": cells, "height": row.height}


def _text(text: str, values: Mapping[str, Any]) -> str:
    return plain(text).render(values) if "{{" in text else text


def mark_of(*, rehearsal: bool) -> str:
    """Return what every paper of a rehearsal says at its top (演练标记), "" in a real round."""
    return "　".join(say("notice.posted.rehearsal", lang) for lang in ("zh", "en")) if rehearsal else ""
