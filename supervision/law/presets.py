"""Presets (外地做法): rules of one city or province, for another to copy by choice; never in force by themselves.

A file `<name>.yaml` holds id, title {zh, en} and `rules`: path of a rule → its dated values, as in a rule file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from supervision.errors import SupervisionError
from supervision.law.rules import Rules
from supervision.law.strict_yaml import check_keys, read_yaml, typed
from supervision.messages import Label


@dataclass(frozen=True, kw_only=True)
class Preset:
    """The rules of one place (一地的规则): path of a rule → its values as a rule file has them."""

    name: str
    title: Label
    rules: Mapping[str, list[Any]]

    @classmethod
    def read(cls, file: str, source: bytes) -> Preset:
        """Read a preset (读取外地做法); what is not as the module says raises SupervisionError naming the file."""
        raw = read_yaml(file, source)
        check_keys(raw, ("id", "title", "rules"), file=file)
        title = typed(raw["title"], dict, file=file, place="", key="title")
        check_keys(title, ("zh", "en"), file=file, place="title")
        rules = typed(raw["rules"], dict, file=file, place="", key="rules")
        for path, values in rules.items():
            typed(values, list, file=file, place="rules", key=str(path))
        return cls(name=str(raw["id"]), title=Label(str(title["zh"]), str(title["en"])), rules=rules)

    def files(self, shipped: Rules) -> dict[str, bytes]:
        """Return the rule files that the preset makes (写成规则文件): path → bytes, headed as the shipped ones.

        A rule that is not shipped raises `law.presets.rule_unknown`; the files are read once, so that they are sound.
        """
        found = {}
        for path, values in self.rules.items():
            if path not in shipped.rules:
                raise SupervisionError("law.presets.rule_unknown", name=self.name, rule=path)
            rule = shipped.rules[path]
            body = {"id": path, "title": rule.title._asdict(), "unit": rule.unit, "values": values}
            text = yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=1000)
            found[f"{path}.yaml"] = text.encode()
        Rules.read({}, found)
        return found


def find_preset(files: Mapping[str, bytes], name: str) -> Preset:
    """Return the preset of a name (取外地做法); an unknown one raises `law.presets.unknown` with the known ones."""
    if f"{name}.yaml" not in files:
        known = " ".join(sorted(file.removesuffix(".yaml") for file in files))
        raise SupervisionError("law.presets.unknown", name=name, known=known)
    return Preset.read(f"presets/{name}.yaml", files[f"{name}.yaml"])
