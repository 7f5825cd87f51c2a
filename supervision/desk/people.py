"""Accounts as IT makes them (账号管理): checked against today's roles and offices."""

from __future__ import annotations

from collections.abc import Collection

from supervision.desk.accounts import Account, Accounts
from supervision.desk.acts import note
from supervision.desk.desk_file import DeskFile
from supervision.desk.roles import role_acts
from supervision.errors import UsageError
from supervision.month.city import City


def add(
    city: City, name: str, *, password: str | None, roles: Collection[str], office: str = "", display: str = ""
) -> Account:
    """Add a person (增加账号) whose roles and office are known; it is noted."""
    known = role_acts(city)
    for role in roles:
        if role not in known:
            raise UsageError("desk.unknown_role", role=role, known=" ".join(known))
    if office and office not in set(city.register("offices", on=city.now().date(), columns=["office_id"])["office_id"]):
        raise UsageError("desk.unknown_office", office=office)
    file = DeskFile.beside(city.store.path)
    made = Accounts(file).add(name, password=password, roles=roles, office=office, display=display)
    note(file, "account.add", who=city.who, about={"name": name, "roles": " ".join(made.roles), "office": office})
    return made


def change(city: City, name: str, *, password: str | None) -> None:
    """Give a new password, or keep a person out where there is none (改密码或停用); it is noted."""
    file = DeskFile.beside(city.store.path)
    if password is None:
        Accounts(file).disable(name)
    else:
        Accounts(file).set_password(name, password)
    note(file, "account.off" if password is None else "account.password", who=city.who, about={"name": name})


def listed(city: City) -> list[Account]:
    """Return every account (全部账号)."""
    return Accounts(DeskFile.beside(city.store.path)).all()
