"""Names of codes on pages (代码名称): in both languages, kept until the city's own lists change."""

from __future__ import annotations

from supervision.desk.context import desk, the_city
from supervision.messages import Label


def code_names(name: str) -> dict[str, Label]:
    """Return a code list as pages show it (代码与名称), code → name, in the list's order."""

    def make() -> dict[str, Label]:
        with the_city() as city:
            return {code: row.label for code, row in city.code_lists.named(name).codes.items()}

    return desk().kept(("code-names", name), desk().rules_stamp, make)
