"""An owner's proof (本单位证明): its own row, salt and path to the committed root; draw protocol 2, section 9."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from supervision.canonical import canonical_json, digest
from supervision.errors import DoesNotVerify, SupervisionError
from supervision.sampling.bytes.merkle import inclusion_proof, proven_root
from supervision.sampling.bytes.unit_numbers import Secret, salts
from supervision.sampling.frame.unit_positions import rows_of
from supervision.sampling.protocol.fields import hex_bytes, read_fields, texts
from supervision.sampling.protocol.frozen_frames import FrozenFrame, excluded_leaves, frame_leaves

FRAME, EXCLUDED = "frame", "excluded"
FILE = "proof.json"
LARGEST = 1 << 20  # bytes; a row, 64 digests and some numbers are far fewer
_FIELDS: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("commitment", "kind", "salt", "task_id"), str),
    **dict.fromkeys(("index", "size"), int),
    **dict.fromkeys(("path", "row"), list),
}


@dataclass(frozen=True, kw_only=True)
class Proof:
    """That a row stands in a committed list (归属证明).

    `kind` is "frame" or "excluded"; `row` the row's fields as texts; `index` its place among `size` leaves; `path`
    hex digests from the leaf up; `salt` hex.
    """

    commitment: str
    task_id: str
    kind: str
    row: tuple[str, ...]
    salt: str
    index: int
    size: int
    path: tuple[str, ...]

    def to_bytes(self) -> bytes:
        """Return the proof as a file (证明文件)."""
        return canonical_json(vars(self))

    @classmethod
    def from_bytes(cls, source: bytes) -> Proof:
        """Read a proof's file (读取证明文件); anybody may bring one, so what is too large for one is not read."""
        if len(source) > LARGEST:
            raise DoesNotVerify("sampling.file_large", file=FILE, size=len(source), most=LARGEST)
        raw = read_fields(source, _FIELDS, file=FILE)
        raw |= {name: texts(raw[name], file=FILE, field=name) for name in ("path", "row")}
        for field, value in (("salt", raw["salt"]), *(("path", one) for one in raw["path"])):
            hex_bytes(value, file=FILE, field=field)
        if not raw["row"] or not 0 <= raw["index"] < raw["size"]:
            raise DoesNotVerify("sampling.file_field", file=FILE, field="index", value=raw["index"])
        return cls(**raw)

    def check(self, root: bytes, *, hash_name: str) -> None:
        """Compare the proof with the root that was committed (核验证明); DoesNotVerify where it does not lead there."""
        leaf = digest(
            hash_name,
            b"\x00",
            bytes.fromhex(self.salt),
            self.task_id.encode(),
            b"\x1f",
            "\x1f".join(self.row).encode(),
        )
        path = [bytes.fromhex(one) for one in self.path]
        if proven_root(leaf, self.index, self.size, path, hash_name=hash_name) != root:
            raise DoesNotVerify("sampling.proof", task=self.task_id, unit=self.row[0])


def prove(frozen: FrozenFrame, unit_id: str, *, commitment: str, secret: Secret) -> Proof:
    """Return a unit's own proof for one task (生成证明), whether it stood in the frame or was left out."""
    hash_name = secret.hash_name
    wanted = pd.Series([unit_id], dtype="str")
    for kind, rows in ((FRAME, frozen.rows), (EXCLUDED, frozen.excluded)):
        index = int(rows_of(rows["unit_id"], wanted)[0]) if len(rows) else -1
        if index < 0:
            continue
        if kind == FRAME:
            salt, joined = frozen.salt, frame_leaves(frozen.task_id, rows, frozen.salt, hash_name=hash_name)
        else:
            salt = salts(rows["unit_id"], group=frozen.group, secret=secret)
            joined = excluded_leaves(frozen.task_id, rows, salt, hash_name=hash_name)
        return Proof(
            commitment=commitment,
            task_id=frozen.task_id,
            kind=kind,
            row=tuple(str(value) for value in rows.iloc[index].tolist()),
            salt=salt[index].tobytes().hex(),
            index=index,
            size=len(rows),
            path=tuple(one.hex() for one in inclusion_proof(joined, index, hash_name=hash_name)),
        )
    raise SupervisionError("sampling.not_in_frame", unit=unit_id, task=frozen.task_id)
