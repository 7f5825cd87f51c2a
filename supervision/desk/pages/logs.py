"""The logs (日志): the store's of registers and rounds, the desk's of acts; each with its chain, to take away."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, render_template, request

from supervision.desk import act_search, acts
from supervision.desk.act_search import Asked
from supervision.desk.act_words import act_words
from supervision.desk.acts import note
from supervision.desk.attachments import attachment
from supervision.desk.context import account, desk, the_city
from supervision.desk.roles import needs
from supervision.month.step_logs import check_logs, log_names

blueprint = Blueprint("logs", __name__)
PAGE = 100
AT_SIGHT = 20_000  # entries up to which the desk's chain is checked while a page is made; beyond by the job alone


@blueprint.get("/log")
@needs("log")
def page() -> str:
    """Show the logs with their chains, and entries of one of them (日志及其链条)."""
    with the_city() as city:
        names = [acts.SCOPE, *log_names(city)]
        chains = dict(desk().kept("chains", desk().stamp, lambda: _chains(city, names[1:])))
        shown = request.args.get("log", acts.SCOPE)
        if shown not in names:
            abort(404)
        lines = b"" if shown == acts.SCOPE else city.store.log(shown)
    chains[acts.SCOPE] = _own_chain()
    asked, number = _asked(), min(max(request.args.get("page", 1, type=int), 1), 10**6)
    first = (number - 1) * PAGE
    if shown == acts.SCOPE:
        count, texts = act_search.of_desk(desk().file, asked, first=first, most=PAGE)
    else:
        found = act_search.of_lines(lines, asked)
        count, texts = len(found), found[first : first + PAGE]
    return render_template(
        "logs.html",
        logs=[(name, chains[name]) for name in names],
        shown=shown,
        asked=asked,
        entries=[act_search.parsed(text) for text in texts],
        count=count,
        number=number,
        pages=-(-count // PAGE),
        steps=act_search.steps_of(texts),
        people=[one.name for one in desk().accounts.all()],
        words=act_words,
        own=shown == acts.SCOPE,
    )


@blueprint.get("/log/<name>.jsonl")
@needs("log")
def download(name: str) -> Response:
    """Return a log as JSON lines (下载日志): all of it, byte by byte as it stands, or the entries asked for."""
    asked = _asked()
    if name == acts.SCOPE:
        note(desk().file, "log.download", who=account().name, about={"log": name})
        lines = acts.all_lines(desk().file)
        if not asked.all:
            texts = act_search.of_desk(desk().file, asked, first=0, most=-1)[1]
    else:
        with the_city() as city:
            if name not in log_names(city):
                abort(404)
            lines = city.store.log(name)
        note(desk().file, "log.download", who=account().name, about={"log": name})
        texts = act_search.of_lines(lines, asked)
    body = lines if asked.all else "".join(f"{text}\n" for text in reversed(texts)).encode()
    return attachment(body, f"log-{name}{'' if asked.all else '-part'}.jsonl")


def _asked() -> Asked:
    return Asked(**{name: request.args.get(name, "").strip()[:200] for name in ("who", "act", "round")})


def _chains(city: Any, names: list[str]) -> dict[str, Any]:
    facts: Any = check_logs({name: city.store.log(name) for name in names}).facts["logs"]
    return dict(facts)


def _own_chain() -> dict[str, Any]:
    """How many acts there are and whether their chain is sound; of very many the job tells."""
    count = act_search.count_of_desk(desk().file)
    if count > AT_SIGHT:
        return {"entries": count, "broken": None, "unchecked": True}
    facts: Any = check_logs({acts.SCOPE: acts.all_lines(desk().file)}).facts["logs"]
    return dict(facts[acts.SCOPE])
