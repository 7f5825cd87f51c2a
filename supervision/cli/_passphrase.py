"""A passphrase from the environment or the person at the keyboard (口令)."""

from __future__ import annotations

import os
import sys

import click

from supervision.errors import UsageError
from supervision.messages import Message

VARIABLE = "SUPERVISION_PASSPHRASE"


def passphrase(*, new: bool = False) -> str:
    """Return the passphrase of a key (取得口令): asked for twice where it is new, never shown."""
    found = os.environ.get(VARIABLE)
    if found is not None:
        return found
    if not sys.stdin.isatty():
        raise UsageError("cli.no_passphrase", variable=VARIABLE)
    return str(click.prompt(Message.of("cli.passphrase").text(), hide_input=True, confirmation_prompt=new, err=True))
