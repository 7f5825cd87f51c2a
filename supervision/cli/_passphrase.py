"""A passphrase from the environment or the person at the keyboard (口令)."""

from __future__ import annotations

import os
import sys

import click

from supervision.errors import UsageError
from supervision.messages import Message

VARIABLE = "SUPERVISION_PASSPHRASE"
SHORTEST = 12  # characters: whoever has the file may try as many passphrases as they like, so a password's ten are few


def passphrase(*, new: bool = False) -> str:
    """Return a passphrase or password (取得口令): asked for twice where it is new, never shown."""
    found = os.environ.get(VARIABLE)
    if found is not None:
        return found
    if not sys.stdin.isatty():
        raise UsageError("cli.no_passphrase", variable=VARIABLE)
    return str(click.prompt(Message.of("cli.passphrase").text(), hide_input=True, confirmation_prompt=new, err=True))


def new_passphrase() -> str:
    """Return the passphrase for a file that will be encrypted (取得新口令); a short one is refused.

    Files of before are opened by `passphrase`, however short theirs is.
    """
    found = passphrase(new=True)
    if len(found.strip()) < SHORTEST:
        raise UsageError("cli.short_passphrase", length=len(found.strip()), shortest=SHORTEST)
    return found
