"""Messages of the browser of the store (浏览提示)."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "month.browse_at": (
        "浏览地址 {url}（只读，仅本机可访问；按 Ctrl+C 结束）。内容截至 {at}，不含个人信息。",
        "Browse at {url} (read-only, from this machine alone; Ctrl+C ends it). As of {at}; no personal data.",
    ),
    "month.browse_missing": (
        "浏览需要 Datasette。请运行 pip install 'shuangsuiji[browse]' 后再试。",
        "Browsing needs Datasette. Run pip install 'shuangsuiji[browse]' and try again.",
    ),
    "month.browse_port": (
        "端口 {port} 已被占用或不可用（{reason}）。请用 --port 另选一个，0 为任选。",
        "Port {port} is taken or cannot be used ({reason}). Choose another with --port, 0 for any.",
    ),
}
