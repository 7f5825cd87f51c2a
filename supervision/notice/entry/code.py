"""The text of an entry code (入企码文字): lines of a letter and a value, signed with Ed25519; docs/entry-code.md.

Who comes, when, to whom, for what, on what ground, and the commitment that the draw rests on: readable to a person who
scans it with any program, and checked by the public page without network.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from supervision.notice.signatures import fingerprint

FORMAT, REHEARSED = "ENTRY1", "REHEARSAL"
LIST, PAIR, BLANK = "|", "/", "_"
KEY_DIGITS, NUMBER_DIGITS = 16, 16
GROUP = 5  # letters of a signature that stand together on paper
MOST = 900  # bytes of the statement: more makes a code whose squares a phone cannot tell apart on paper
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]+")
_PLAIN = str.maketrans({LIST: "｜", PAIR: "／"})


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What a code says of one visit of one office (入企码内容).

    `commitment`: the digest of the round's first commitment, hex; `people`: name and number of certificate, "" where
    there is none; `items`: item_id and name; `tasks`: numbers of the tasks that drew the unit; `half_days` sorted.
    """

    round: str
    rehearsal: bool
    commitment: str
    visit_id: str
    unit: str
    office_id: str
    office: str
    half_days: Sequence[str]
    people: Sequence[tuple[str, str]]
    tasks: Sequence[str]
    items: Sequence[tuple[str, str]]

    def text(self, key: str) -> str:
        """Return what is signed (签名内容): `key` is the fingerprint of the key that signs.

        Items go without names where the text would be longer than `MOST` bytes: the paper names them.
        """
        whole = self._lines(key, [_pair(item, name) for item, name in self.items])
        return whole if len(whole.encode()) <= MOST else self._lines(key, [item for item, _ in self.items])

    def _lines(self, key: str, items: Sequence[str]) -> str:
        values = {
            "R": _pair(self.round, REHEARSED if self.rehearsal else ""),
            "C": self.commitment,
            "V": self.visit_id,
            "U": _plain(self.unit),
            "O": _pair(self.office_id, self.office),
            "D": LIST.join(self.half_days),
            "P": LIST.join(_pair(name, number) for name, number in self.people),
            "B": LIST.join(_plain(one) for one in self.tasks),
            "I": LIST.join(items),
            "K": key[:KEY_DIGITS],
        }
        return "\n".join([FORMAT, *(f"{letter}:{value}" for letter, value in values.items())])


@dataclass(frozen=True, kw_only=True)
class EntryCode:
    """A signed code (入企码): `text` is what the QR holds; `number` names it on paper and in check-ins."""

    text: str
    number: str
    statement: Statement = field(repr=False)

    @property
    def printed(self) -> str:
        """The text as paper shows it, to be typed (印出的文字): the signature in groups, which checkers join again."""
        said, _, signature = self.text.rpartition("\nS:")
        groups = [signature[at : at + GROUP] for at in range(0, len(signature), GROUP)]
        return f"{said}\nS:{' '.join(groups)}"


def sign_entry(statement: Statement, key: Ed25519PrivateKey) -> EntryCode:
    """Sign a statement (签发入企码): the same key and statement give the same code."""
    said = statement.text(fingerprint(key.public_key()))
    signature = b32encode(key.sign(said.encode())).decode().rstrip("=")
    return EntryCode(text=f"{said}\nS:{signature}", number=code_number(said), statement=statement)


def code_number(said: str) -> str:
    """Return the number of a code (入企码编号): the first sixteen hex digits of SHA-256 over what is signed."""
    return hashlib.sha256(said.encode()).hexdigest()[:NUMBER_DIGITS]


def _pair(first: str, second: str) -> str:
    return PAIR.join(_plain(one) for one in (first, second) if one)


def _plain(text: str) -> str:
    """A value without blanks, breaks and signs that part values: where a paper breaks its lines does not matter."""
    return _BLANK.sub(BLANK, text.strip()).translate(_PLAIN)
