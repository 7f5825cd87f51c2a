"""Messages of backups (备份)."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "store.copying": ("复制数据库", "Copying the database"),
    "store.encrypting": ("加密写出", "Encrypting"),
    "store.decrypting": ("解密并核对", "Decrypting and checking"),
    "store.comparing": ("核对批次文件", "Comparing the rounds' files"),
    "store.passphrase_empty": ("口令不能为空。请另设口令。", "The passphrase is empty. Choose one."),
    "store.passphrase_wrong": (
        "打不开备份 {file}：口令不对，或文件开头被改动。什么都没有写入；请核对口令，或换一份备份。",
        "Backup {file} does not open: the passphrase is wrong, or the file's beginning was changed. Nothing was "
        "written; check the passphrase, or take another backup.",
    ),
    "store.not_a_backup": (
        "{file} 不是本程序的备份。请核对文件。",
        "{file} is not a backup of this program. Check the file.",
    ),
    "store.backup_work": (
        "备份 {file} 的口令强度参数为 2^{work}，本程序最多 2^{most}。请用 age 程序解开。",
        "Backup {file} asks for work of 2^{work} to try a passphrase; this program does at most 2^{most}. "
        "Open it with the program age.",
    ),
    "store.backup_damaged": (
        "备份 {file} 被改动或不完整（可能没有复制完）。什么都没有留下；请重新复制，或换一份备份。",
        "Backup {file} was changed or is cut off (perhaps not copied to its end). Nothing was left behind; copy it "
        "again, or take another one.",
    ),
    "store.backup_differs": (
        "备份 {file} 中的 {path} 与清单不符。什么都没有留下；请换一份备份。",
        "{path} in backup {file} is not as its list says. Nothing was left behind; take another backup.",
    ),
    "store.backup_there": (
        "{file} 已存在，不会覆盖。请另取文件名。",
        "{file} is already there and is not overwritten. Choose another name.",
    ),
    "store.restore_there": (
        "{path} 已存在，不会覆盖。请恢复到新的位置（--store），或先把它移开。",
        "{path} is already there and is not overwritten. Restore into a new place (--store), or move it away first.",
    ),
    "store.other_restore": (
        "{folder} 中有另一份备份尚未完成的恢复。请用那份备份再运行一次，或删除该文件夹。",
        "{folder} holds the unfinished restoration of another backup. Run it again with that one or remove it.",
    ),
    "store.damaged": (
        "数据文件 {path} 已损坏（{reason}）。请用 supervision doctor 查看损坏的范围，把它和旁边的文件移到别处保存，"
        "再从备份恢复（supervision restore）。",
        "The store {path} is damaged ({reason}). See with supervision doctor how far it goes, move it and what stands "
        "beside it aside, and restore a backup (supervision restore).",
    ),
}
