"""Roles (角色): what each may do, from the rule shared/desk_roles, and the check at every door."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import abort, g, request
from flask_login import current_user

from supervision.desk.acts import note
from supervision.desk.context import account, desk, the_city
from supervision.month.city import City

RULE = "shared/desk_roles"
F = TypeVar("F", bound=Callable[..., Any])


def role_acts(city: City) -> dict[str, list[str]]:
    """Return what each role may do (各角色可办的事), from today's rules."""
    value: dict[str, list[str]] = city.rules.on(city.now().date()).value(RULE)
    return value


def own_acts() -> frozenset[str]:
    """Return what who asks may do (当前账号可办的事)."""
    if "acts" not in g:
        stamp = (desk().settings.now().date(), desk().rules_stamp)
        known = desk().kept("roles", stamp, _known_acts)
        g.acts = frozenset(act for role in account().roles for act in known.get(role, []))
    found: frozenset[str] = g.acts
    return found


def _known_acts() -> dict[str, list[str]]:
    with the_city() as city:
        return role_acts(city)


def may(act: str) -> bool:
    """Tell whether who asks may do something (是否有权)."""
    return current_user.is_authenticated and act in own_acts()


def needs(act: str) -> Callable[[F], F]:
    """Let only those in who may do `act` (权限检查); others get 404, as if the page were not there, and are noted."""

    def wrap(view: F) -> F:
        @wraps(view)
        def checked(*args: Any, **kwargs: Any) -> Any:
            if not may(act):
                refuse(act)
            return view(*args, **kwargs)

        checked.needs = act  # type: ignore[attr-defined]  # the crawl of the tests reads it
        return cast("F", checked)

    return wrap


def own_office(office: str) -> None:
    """Refuse another office's things (只见本机构): 404 and a line in the log of acts."""
    own = account().office
    if own and own != office:
        refuse(f"office:{office}")


def refuse(what: str) -> None:
    """Answer 404 and note who asked for what (拒绝并记录)."""
    note(desk().file, "refused", who=account().name, about={"path": request.path[:200], "what": what})
    abort(404)
