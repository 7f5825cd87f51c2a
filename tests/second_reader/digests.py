"""散列、盐与树 (0, 2.5 to 2.7, 6, 7): H, everything that is derived from frame_key, and the tree of RFC 9162."""

import hashlib
from collections.abc import Callable

Hash = Callable[[bytes], bytes]


def sha256(data: bytes) -> bytes:
    """Return SHA-256, which log and manifests always use (散列)."""
    return hashlib.sha256(data).digest()


def sm3(data: bytes) -> bytes:
    """Return SM3 (国密散列)."""
    return hashlib.new("sm3", data).digest()


HASHES: dict[str, Hash] = {"sha256": sha256, "sm3": sm3}


class Keys:
    """盐: what frame_key, round and H of one round give."""

    def __init__(self, digest: Hash, frame_key: bytes, round_id: str) -> None:
        """Remember H, the 32 bytes of frame_key and the round's name."""
        self.digest, self.frame_key, self.round_id = digest, frame_key, round_id

    def labelled(self, label: str, rest: str) -> bytes:
        """Return H(frame_key, H(label), rest)."""
        return self.digest(self.frame_key + self.digest(label.encode()) + rest.encode())

    def unit_salt(self, group: str, unit_id: str) -> bytes:
        """Return the salt of a unit of a sealed task, or of an excluded unit (2.5)."""
        return self.labelled(f"salt|{self.round_id}|{group}", unit_id)[:16]

    def strata_salt(self, task_id: str) -> bytes:
        """Return the salt of the strata table of a sealed task (2.7)."""
        return self.labelled(f"strata|{self.round_id}", task_id)[:16]

    def stratum_names(self, task_id: str, keys: list[str]) -> dict[str, str]:
        """Return the name s1, s2, … of each key of a task (2.7)."""
        ranked = sorted(keys, key=lambda key: self.labelled(f"stratum|{self.round_id}", f"{task_id}\x1f{key}"))
        return {key: f"s{number}" for number, key in enumerate(ranked, 1)}

    def list_salt(self, task_id: str) -> bytes:
        """Return the salt of a drawn list (6)."""
        return self.labelled(f"list|{self.round_id}", task_id)[:16]

    def file_salt(self, name: str, number: int) -> bytes:
        """Return the salt of calendar, roster or recusals of one roster commitment (7)."""
        return self.labelled(f"{name}|{self.round_id}", str(number))[:16]

    def file_digest(self, name: str, number: int, data: bytes) -> str:
        """Return the digest with which a roster commitment binds a file (7)."""
        return self.digest(b"\x03" + self.file_salt(name, number) + data).hex()

    def list_digest(self, task_id: str, drawn_json: bytes) -> str:
        """Return the digest of a drawn list that is not shown yet (6)."""
        return self.digest(b"\x04" + self.list_salt(task_id) + drawn_json).hex()

    def tie(self, seed1: bytes, unit_id: str) -> bytes:
        """Return T of a unit, which breaks ties of the calendar (7)."""
        salt = self.labelled(f"ties|{self.round_id}", unit_id)[:16]
        return self.digest(seed1 + self.digest(f"ties|{self.round_id}".encode()) + salt + unit_id.encode())


def leaf(digest: Hash, salt: bytes, task_id: str, cells: list[str]) -> bytes:
    """Return a leaf of a frame or of a list of excluded units (2.6)."""
    return digest(b"\x00" + salt + task_id.encode() + b"\x1f" + "\x1f".join(cells).encode())


def split(size: int) -> int:
    """Return the largest power of two below the size (RFC 9162 2.1.1)."""
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def tree_root(digest: Hash, leaves: list[bytes]) -> bytes:
    """Return the root over hashed leaves (树根)."""
    if not leaves:
        return digest(b"")
    if len(leaves) == 1:
        return leaves[0]
    middle = split(len(leaves))
    return digest(b"\x01" + tree_root(digest, leaves[:middle]) + tree_root(digest, leaves[middle:]))


def tree_path(digest: Hash, leaves: list[bytes], index: int) -> list[bytes]:
    """Return the inclusion proof of one leaf, from the leaf up (RFC 9162 2.1.3.1)."""
    if len(leaves) == 1:
        return []
    middle = split(len(leaves))
    if index < middle:
        return [*tree_path(digest, leaves[:middle], index), tree_root(digest, leaves[middle:])]
    return [*tree_path(digest, leaves[middle:], index - middle), tree_root(digest, leaves[:middle])]


def root_from_path(digest: Hash, start: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """Return the root that leaf and path give, None if the path has another length (RFC 9162 2.1.3.2)."""
    if size == 1:
        return start if index == 0 and not path else None
    if not 0 <= index < size or not path:
        return None
    middle = split(size)
    if index < middle:
        left = root_from_path(digest, start, index, middle, path[:-1])
        return left and digest(b"\x01" + left + path[-1])
    right = root_from_path(digest, start, index - middle, size - middle, path[:-1])
    return right and digest(b"\x01" + path[-1] + right)
