"""The list of fields (字段说明): for those who write templates, laid beside them."""

from __future__ import annotations

from supervision.messages import Label, say
from supervision.notice.papers.fields import KINDS
from supervision.notice.papers.form import shipped_forms


def field_list() -> bytes:
    """Return the list as a text file that every editor opens (字段说明文件)."""
    lines = [say("notice.paper.fields_head"), ""]
    for kind, fields in KINDS.items():
        names = "、".join(f"{form.name}.docx {form.title.zh}" for form in shipped_forms() if form.kind == kind)
        lines += [say("notice.paper.fields_of", kind=say(f"notice.paper.kind.{kind}"), forms=names)]
        for name, said in fields.items():
            if isinstance(said, Label):
                lines.append(f"  {{{{ {name} }}}}　{said.zh}")
            else:
                lines.append(f"  {{%tr for 一 in {name} %}} … {{%tr endfor %}}")
                lines += [f"    {{{{ 一.{part} }}}}　{told.zh}" for part, told in said.items()]
        lines.append("")
    return "\r\n".join(lines).encode("utf-8-sig")
