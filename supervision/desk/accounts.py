"""Accounts and sessions (账号与会话): who may come in, in which roles, for which office; passwords by Argon2."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Collection
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from supervision.desk.desk_file import DeskFile
from supervision.errors import UsageError
from supervision.sampling.bytes.identifiers import check_name

SHORTEST = 10  # characters of a password: GB/T 39786 asks for strength, not for a number
TRIES = 5  # wrong passwords in a row before the account rests
REST = 15 * 60.0  # seconds
IDLE = 30 * 60.0  # seconds without a request after which a session is over
# OWASP's Argon2id of 19 MiB, two passes, one lane: the library's own, of 64 MiB, keeps two cores busy for seconds when
# fifty people come in the same minute, and takes half a GiB; a rest after five wrong tries stands beside it.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@dataclass(frozen=True, kw_only=True)
class Account:
    """A person at the desk (账号): `name` stands in the log, `office` is blank for those who work for the city."""

    name: str
    display: str
    roles: tuple[str, ...]
    office: str
    active: bool


class Accounts:
    """The accounts of a desk (全部账号)."""

    def __init__(self, file: DeskFile) -> None:
        self.file = file

    def add(
        self, name: str, *, password: str | None, roles: Collection[str], office: str = "", display: str = ""
    ) -> Account:
        """Add a person (增加账号); without a password only a proxy in front can let them in.

        Errors: a name that the draw's protocol does not allow, one that is there, no role, a short password, a clerk
        without an office.
        """
        check_name(name, what="who")
        if not roles:
            raise UsageError("desk.no_role", name=name)
        if "clerk" in roles and not office:
            raise UsageError("desk.clerk_office", name=name)
        made = Account(name=name, display=display or name, roles=tuple(sorted(roles)), office=office, active=True)
        row = [name, made.display, hashed(password), " ".join(made.roles), office]
        with self.file.writing() as database:
            if database.execute("SELECT 1 FROM account WHERE name = ?", [name]).fetchone():
                raise UsageError("desk.account_there", name=name)
            database.execute("INSERT INTO account VALUES (?, ?, ?, ?, ?, 1, 0, 0)", row)
        return made

    def find(self, name: str) -> Account | None:
        """Return an account that may come in (查找账号), or None."""
        with self.file.reading() as database:
            row = database.execute("SELECT * FROM account WHERE name = ? AND active", [name]).fetchone()
        return None if row is None else _account(row)

    def all(self) -> list[Account]:
        """Return every account (全部账号), sorted by name."""
        with self.file.reading() as database:
            return [_account(row) for row in database.execute("SELECT * FROM account ORDER BY name")]

    def set_password(self, name: str, password: str) -> None:
        """Give a new password (改密码); sessions of the account end, a lock is lifted."""
        self._change(name, "password = ?, failed = 0, locked_until = 0", hashed(password))

    def disable(self, name: str) -> None:
        """Keep a person out (停用账号); what they did stays on record."""
        self._change(name, "active = ?", 0)

    def _change(self, name: str, what: str, value: object) -> None:
        with self.file.writing() as database:
            changed = database.execute(f"UPDATE account SET {what} WHERE name = ?", [value, name]).rowcount  # noqa: S608 – `what` is one of two texts of this class
            if not changed:
                raise UsageError("desk.account_unknown", name=name)
            database.execute("DELETE FROM session WHERE name = ?", [name])

    def log_in(self, name: str, password: str) -> Account:
        """Let a person in by their password (登录), or raise `desk.refused` or `desk.locked`.

        An unknown name takes as long as a wrong password. After `TRIES` wrong ones the account rests for `REST`
        seconds; a right one then is refused as well, so that trying on tells nothing.
        """
        with self.file.reading() as database:
            row = database.execute("SELECT * FROM account WHERE name = ?", [name]).fetchone()
        right = _matches(row["password"] if row else _NOBODY, password) and bool(row["active"])
        if row is None:
            raise UsageError("desk.refused")
        if row["locked_until"] > time.time():
            raise UsageError("desk.locked", minutes=int(REST // 60))
        with self.file.writing() as database:
            if right:
                database.execute("UPDATE account SET failed = 0 WHERE name = ?", [name])
                return _account(row)
            # counted in the file, not from the row read above: two tries at the same time are two
            failed = database.execute(
                "UPDATE account SET failed = failed + 1 WHERE name = ? RETURNING failed", [name]
            ).fetchone()[0]
            if failed >= TRIES:
                rest = [time.time() + REST, name]
                database.execute("UPDATE account SET failed = 0, locked_until = ? WHERE name = ?", rest)
        raise UsageError("desk.refused")

    def begin_session(self, name: str) -> str:
        """Begin a session (建立会话) and return its token, of which the file keeps a digest only."""
        token = secrets.token_urlsafe(32)
        with self.file.writing() as database:
            database.execute("DELETE FROM session WHERE seen < ?", [time.time() - IDLE])
            database.execute("INSERT INTO session VALUES (?, ?, ?)", [_digest(token), name, time.time()])
        return token

    def of_session(self, token: str) -> Account | None:
        """Return whose session this is (会话所属账号), None where it is over; its last use is noted once a minute."""
        with self.file.reading() as database:
            query = "SELECT account.*, seen FROM session JOIN account USING (name) WHERE token = ? AND active"
            row = database.execute(query, [_digest(token)]).fetchone()
            now = time.time()
            if row is None or row["seen"] < now - IDLE:
                return None
            if row["seen"] < now - 60:
                database.execute("UPDATE session SET seen = ? WHERE token = ?", [now, _digest(token)])
        return _account(row)

    def end_session(self, token: str) -> None:
        """End a session (退出登录)."""
        with self.file.writing() as database:
            database.execute("DELETE FROM session WHERE token = ?", [_digest(token)])


def hashed(password: str | None) -> str:
    """Return what is kept of a password (密码散列): Argon2id; "" for none; a short one is refused."""
    if password is None:
        return ""
    if len(password) < SHORTEST:
        raise UsageError("desk.short_password", shortest=SHORTEST)
    return _hasher.hash(password)


def _matches(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _account(row: object) -> Account:
    one = dict(row)  # type: ignore[call-overload]  # a row of SQLite
    return Account(
        name=one["name"],
        display=one["display"],
        roles=tuple(one["roles"].split()),
        office=one["office"],
        active=bool(one["active"]),
    )


_NOBODY = _hasher.hash(secrets.token_urlsafe(16))  # what an unknown name is compared with
