"""Mappings of foreign files (来源映射): a file is uploaded, its columns are proposed, a person confirms, it goes in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision.desk import jobs, uploads
from supervision.desk.acts import note
from supervision.desk.context import account, desk, the_city
from supervision.desk.pages.jobs import begin
from supervision.desk.pages.registers import KINDS, known_on
from supervision.desk.roles import needs
from supervision.desk.words import language
from supervision.directory.mapping.draft import shown_examples
from supervision.directory.mapping.fields import fields
from supervision.directory.mapping.overrides import NONE, Overrides
from supervision.directory.mapping.proposal import Guess, Proposal
from supervision.directory.mapping.source import to_yaml
from supervision.directory.register import register
from supervision.errors import SupervisionError, UsageError
from supervision.law.code_lists import CodeLists
from supervision.messages import Message
from supervision.month.city import City
from supervision.month.importing import ENDINGS
from supervision.month.mapped_files import Chosen, read_mapped, stored_units
from supervision.month.mapping_drafts import keep_mapping, listed, proposed

blueprint = Blueprint("mappings", __name__)
ACT = "registers"
MOST = 8  # rows that are shown as they would go in
LEFT_OUT = ("private", "number")  # columns that are never read, whatever a person says


@blueprint.get("/mappings")
@needs(ACT)
def all_mappings() -> str:
    """List the mappings that are kept (来源映射), and take a foreign file."""
    with the_city() as city:
        kept: Any = listed(city).facts["mappings"]
        today = city.now().date().isoformat()
    shown = [{"name": name, "kind": kind, "title": register(kind).title} for name, kind in kept.items()]
    kinds = [register(kind) for kind in KINDS]
    return render_template("mappings.html", mappings=shown, kinds=kinds, today=today, endings=",".join(ENDINGS))


@blueprint.post("/mappings")
@needs(ACT)
def upload() -> Response:
    """Take a foreign file (上传外来文件) and go on to its columns."""
    kind, day = request.form.get("kind", ""), known_on()
    if kind and kind not in KINDS:
        raise UsageError("desk.unknown_kind", kind=kind)
    token, names = uploads.take(desk().settings.store, request.files.getlist("files")[:1])
    note(desk().file, "upload", who=account().name, about={"kind": kind or "?", "files": names[0]})
    return redirect(url_for("mappings.columns", token=token, kind=kind or None, as_of=day or None))


@blueprint.get("/mappings/<token>")
@needs(ACT)
def columns(token: str) -> str:
    """Show what each column of a file may be (拟出的对应), to be confirmed or changed."""
    given = {"kind": request.args.get("kind", ""), "as_of": request.args.get("as_of", "")}
    path = _path(token)
    with the_city() as city:
        proposal, _ = _proposed(city, path, given["kind"], NONE)
        return _page(city, token, path, proposal, given, error=None)


@blueprint.post("/mappings/<token>")
@needs(ACT)
def change(token: str) -> Response | tuple[str, int] | str:
    """Look at the first rows as a person wants them read (看前几行), or keep the mapping and import with it."""
    given, path, day = request.form.to_dict(), _path(token), known_on()
    with the_city() as city:
        first, _ = _proposed(city, path, given.get("kind", ""), NONE)
        if request.form.get("do") == "kind":
            return _page(city, token, path, first, {"kind": first.kind, "as_of": day}, error=None)
        try:
            proposal, _ = _proposed(city, path, first.kind, _overrides(first, given))
            if request.form.get("do") != "import":
                return _page(city, token, path, proposal, given, error=None)
            jobs.refuse_if_running(desk().file)
            name = given.get("name", "").strip()
            _refuse_other(city, name, proposal, replace=given.get("replace") == "yes")
            keep_mapping(city, proposal.mapping, name)
        except SupervisionError as error:
            return _page(city, token, path, first, given, error=error.message), 422
    params = {"kind": proposal.kind, "upload": token, "names": [path.name], "as_of": day}
    job = begin("import", params | {"mapping": name})
    return redirect(url_for("jobs.one", number=job.id))


def _refuse_other(city: City, name: str, proposal: Proposal, *, replace: bool) -> None:
    """Refuse to take another mapping's name (不得覆盖同名映射), unless a person says that it is to be replaced."""
    if replace or name not in city.store.mappings():
        return
    if city.store.mapping(name) != to_yaml(proposal.mapping):
        raise UsageError("desk.mapping_there", name=name)


def _path(token: str) -> Path:
    """The file of an upload; one that is gone is refused."""
    store = desk().settings.store
    return uploads.place(store, token, uploads.named(store, token))


def _proposed(city: City, path: Path, kind: str, overrides: Overrides) -> tuple[Proposal, int]:
    if kind and kind not in KINDS:
        raise UsageError("desk.unknown_kind", kind=kind)
    return proposed(uploads.head(path), kind=kind or None, overrides=overrides, lists=_lists(city))


def _lists(city: City) -> CodeLists:
    return city.code_lists.on(city.now().date())


def _overrides(proposal: Proposal, given: dict[str, str]) -> Overrides:
    """What the form says of columns, of values for all rows, and of words of the result."""
    maps: dict[str, str] = {}
    for place, guess in _told(proposal):
        field = given.get(f"column-{place}", guess.field)
        unit = proposal.amounts.get(guess.header, "") if field == guess.field else ""
        maps.setdefault(guess.header, f"{guess.header}={field} {unit}".rstrip())
    sets = [
        f"{name.removeprefix('set-')}={value.strip()}"
        for name, value in given.items()
        if name.startswith("set-") and value.strip()
    ]
    words = {name.removeprefix("word-"): value for name, value in given.items() if name.startswith("word-")}
    results = [f"{word}={code}" for number, word in words.items() if (code := given.get(f"code-{number}", ""))]
    return Overrides(maps=list(maps.values()), sets=sets, results=results)


def _told(proposal: Proposal) -> list[tuple[int, Guess]]:
    """The columns that a person may speak of, with their places."""
    return [(place, guess) for place, guess in enumerate(proposal.guesses) if guess.why not in LEFT_OUT]


def _page(
    city: City, token: str, path: Path, proposal: Proposal, given: dict[str, str], *, error: Message | None
) -> str:
    """The form of a file's columns, and its first rows as they would go in now."""
    choices = {place: given.get(f"column-{place}", guess.field) for place, guess in _told(proposal)}
    values = {name.removeprefix("set-"): value for name, value in given.items() if name.startswith("set-")}
    known = set(register(proposal.kind).names)
    values = {name: value for name, value in values.items() if name in known}
    values = {**values, **{name: values.get(name) or value for name, value in proposal.fixed.items()}}
    values |= {column.name: values.get(column.name, "") for column in proposal.missing}
    look = None
    if error is None and not proposal.missing:
        look, error = _look(city, path, proposal, given.get("as_of", ""))
    lists = _lists(city)
    return render_template(
        "mapping.html",
        token=token,
        file=path.name,
        kinds=[register(kind) for kind in KINDS],
        proposal=proposal,
        private=LEFT_OUT,
        fields=fields(proposal.kind),
        titles={column.name: column.title for column in fields(proposal.kind)},
        choices=choices,
        values=values,
        needed={column.name for column in proposal.missing},
        words={**_words(given), **dict.fromkeys(proposal.unknown.get("result", {}), "")},
        codes={code: row.label for code, row in lists.by_name["result"].codes.items()},
        given={"as_of": given.get("as_of", ""), "name": given.get("name", "")},
        today=city.now().date().isoformat(),
        look=look,
        examples=lambda guess: shown_examples(guess, language()),
        error=error,
    )


def _words(given: dict[str, str]) -> dict[str, str]:
    """Words of the result that were given a code: word → code."""
    numbers = [name.removeprefix("word-") for name in given if name.startswith("word-")]
    return {given[f"word-{number}"]: given.get(f"code-{number}", "") for number in numbers}


def _look(city: City, path: Path, proposal: Proposal, day: str) -> tuple[dict[str, Any] | None, Message | None]:
    """The first rows as the mapping reads them, good and rejected; or why it cannot be read so."""
    choice = Chosen(name=path.name, mapping=proposal.mapping)
    as_of = date.fromisoformat(day) if day else None
    try:
        table, checked, _ = read_mapped(city, choice, uploads.head(path), as_of=as_of, units=lambda: stored_units(city))
    except SupervisionError as error:
        return None, error.message
    names = [name for name in checked.good.columns if checked.good[name].notna().any()]
    rows = checked.good[names].head(MOST).astype("str").replace({"nan": "", "NaT": "", "<NA>": ""})
    found = {"names": names, "good": rows.to_numpy().tolist(), "count": len(checked.good), "notes": checked.notes}
    return {**found, "bad": uploads.rejected_rows(table, checked, most=MOST)}, None
