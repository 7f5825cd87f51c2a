"""The city's own Word templates (本市文书模板): one folder beside the store; the nearest one is taken.

`paper_templates/<form>.docx` is for everybody, `paper_templates/<department>/<form>.docx` for a department's offices,
`paper_templates/<office>/<form>.docx` for one office. A further .docx is a form of the city's own, made for every
visit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from supervision.domain.people import Office
from supervision.errors import UsageError
from supervision.month.city import City
from supervision.month.output_folder import write_whole
from supervision.month.report import Report
from supervision.notice.papers.field_list import field_list
from supervision.notice.papers.form import Form, shipped_forms
from supervision.notice.papers.word_form import word_form
from supervision.notice.papers.word_template import WordTemplate

FOLDER, FONTS, FIELDS = "paper_templates", "fonts", "fields.txt"
NAME = re.compile(r"[\w-]{1,40}")


@dataclass(frozen=True, kw_only=True)
class PaperTemplate:
    """A form with the template that it is filled from (文书及其模板).

    `form`: what its PDF is made from, None for a form of the city's own and where its own template says it otherwise.
    """

    name: str
    kind: str
    word: WordTemplate
    form: Form | None


class Templates:
    """The templates of a city (文书模板), each read and tried once."""

    def __init__(self, city: City) -> None:
        self._folder = city.store.path.parent / FOLDER
        self._read: dict[Path | str, WordTemplate] = {}

    @property
    def fonts(self) -> list[Path]:
        """The folder of the city's own fonts (本市字体), where there is one."""
        return [self._folder / FONTS] if (self._folder / FONTS).is_dir() else []

    def own_files(self) -> list[str]:
        """Return the city's own templates (本市模板文件), by their paths below its folder."""
        files = self._folder.rglob("*.docx") if self._folder.is_dir() else ()
        return sorted(path.relative_to(self._folder).as_posix() for path in files if not _left_by_word(path))

    def of(self, office: Office | None) -> list[PaperTemplate]:
        """Return the templates of an office (机构适用模板), sorted by name; without one those for everybody."""
        own = self._own([office.office_id, office.department, "."] if office else ["."])
        shipped = {form.name: form for form in shipped_forms()}
        found = []
        for name in sorted({*shipped, *own}):
            kind = shipped[name].kind if name in shipped else "visit"
            word = self._template(own[name], kind) if name in own else self._shipped(shipped[name])
            form = None if name in own else shipped[name]
            found.append(PaperTemplate(name=name, kind=kind, word=word, form=form))
        return found

    def _own(self, places: Sequence[str]) -> dict[str, Path]:
        """Form → the nearest of the city's own files."""
        found: dict[str, Path] = {}
        for place in places:
            for path in sorted((self._folder / place).glob("*.docx")):
                if _left_by_word(path):
                    continue
                if not NAME.fullmatch(path.stem):
                    raise UsageError("month.paper_name", file=path)
                found.setdefault(path.stem, path)
        return found

    def _template(self, path: Path, kind: str) -> WordTemplate:
        if path not in self._read:
            name = path.relative_to(self._folder.parent).as_posix()
            self._read[path] = WordTemplate(name, path.read_bytes(), kind=kind)
        return self._read[path]

    def _shipped(self, form: Form) -> WordTemplate:
        if form.name not in self._read:
            self._read[form.name] = WordTemplate(f"{form.name}.docx", word_form(form), kind=form.kind)
        return self._read[form.name]


def lay_templates(city: City) -> Report:
    """Lay the templates that come along beside the store (写出文书模板), and the list of fields; never over a file."""
    folder, report = city.store.path.parent / FOLDER, Report()
    files = {f"{form.name}.docx": word_form(form) for form in shipped_forms()}
    laid = [name for name in files if not (folder / name).exists()]
    for name in laid:
        write_whole(folder / name, files[name])
    write_whole(folder / FIELDS, field_list())
    report.facts |= {"folder": str(folder), "laid": laid, "kept": sorted(set(files) - set(laid))}
    report.say("month.templates_laid", folder=folder, count=len(laid), fields=FIELDS)
    if len(laid) < len(files):
        report.say("month.templates_kept", names="、".join(sorted(set(files) - set(laid))))
    return report


def _left_by_word(path: Path) -> bool:
    """Tell whether Word left a file beside one that is open (临时文件)."""
    return path.name.startswith(("~$", "."))
